"""Names that the languages of a script share are filed once, and each language still says its own."""

from __future__ import annotations

from worker.domain.understanding.words.lexicon import Lexicon, build_lexicon
from worker.domain.understanding.words.matcher import read, read_if

ACTORS = {
    "units": {"id": "units", "name": "Units", "aliases": {"en": ["YBS", "Hill Units"], "tr": ["YBŞ"]}},
    "prime": {"id": "prime", "name": "Prime", "aliases": {"en": ["Prime"]}, "ambiguous": ["Prime"]},
}
PLACES = {
    "hilltown": {"id": "hilltown", "name": "Hilltown", "de": "Hügelstadt", "governorate": "", "type": "town"},
    "batman": {"id": "batman", "name": "Batman", "ambiguous": "tr:Batman", "governorate": "", "type": "town"},
    "raised": {
        "id": "raised",
        "name": "Raised",
        "ambiguous": "tr:!Raised",
        "governorate": "",
        "type": "town",
    },
}


def lexicon() -> Lexicon:
    languages = {
        code: {"code": code, "script": "latin", "concepts": {}, "numbers": {}, "dates": {}}
        for code in ("en", "tr", "de")
    }
    return build_lexicon(concepts={}, languages=languages, actors=ACTORS, places=PLACES)


def keys(text: str, code: str) -> list[str]:
    return [hit.key for hit in read(text, lexicon().tongues[code]).hits]


def test_languages_of_a_script_have_their_shared_names_in_one_object() -> None:
    tongues = lexicon().tongues
    assert tongues["en"].layers[1] is tongues["de"].layers[1]


def test_a_shared_name_is_found_in_every_language() -> None:
    assert all(
        keys("Hill Units in Hilltown", code) == ["actor:units", "place:hilltown"]
        for code in ("en", "tr", "de")
    )


def test_a_name_of_one_language_is_found_in_no_other() -> None:
    assert keys("Hügelstadt", "de") == ["place:hilltown"]
    assert keys("Hügelstadt", "en") == []


def test_a_spelling_in_its_own_capitals_counts_beside_the_shared_one() -> None:
    assert keys("YBŞ", "tr") == ["actor:units"]


def test_a_name_that_needs_care_in_its_language_is_not_lent() -> None:
    assert keys("Prime", "en") == ["actor:prime"]
    assert keys("Prime", "de") == []


def test_a_place_is_doubtful_only_where_its_row_says_so() -> None:
    doubtful = {c: read("Batman", lexicon().tongues[c]).hits[0].phrase.ambiguous for c in ("en", "tr")}
    assert doubtful == {"en": False, "tr": True}


def test_a_word_that_is_no_place_in_one_language_stays_one_in_the_others() -> None:
    assert [keys("Raised", code) for code in ("en", "tr", "de")] == [["place:raised"], [], ["place:raised"]]


def test_a_languages_own_spelling_holds_where_the_others_is_barred() -> None:
    own = {"id": "own", "name": "Own", "en": "Held", "tr": "=Held", "ambiguous": "tr:!Held"}
    row = {**own, "governorate": "", "type": "town"}
    tongue = {"code": "tr", "script": "latin", "concepts": {}, "numbers": {}, "dates": {}}
    made = build_lexicon(concepts={}, languages={"tr": tongue}, actors={}, places={"own": row})
    assert [h.key for h in read("Held", made.tongues["tr"]).hits] == ["place:own"]


def test_a_word_that_names_iraq_by_itself_needs_no_first_search() -> None:
    def wanted(hits: object) -> bool:
        raise AssertionError("the first search was made")

    arabic = {"code": "ar", "script": "arabic", "concepts": {}, "numbers": {}, "dates": {}}
    place = {"id": "taji", "name": "Taji", "ar": "التاجي", "governorate": "", "type": "town"}
    made = build_lexicon(concepts={}, languages={"ar": arabic}, actors={}, places={"taji": place})
    found = read_if("قصف التاجي", made.tongues["ar"], wanted)
    assert found is not None
    assert [h.key for h in found.hits] == ["place:taji"]
