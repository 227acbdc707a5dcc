"""Kinds, parties and terms as all the words of a text together make them likely; places however romanised."""

from __future__ import annotations

import json

import pytest

from config.catalogue import load_lexicon, load_model
from tests.support.reports import document, events_of, only_event
from worker.domain.model import Document
from worker.domain.understanding.analyser import Analyser
from worker.domain.understanding.assembly.draft import Draft
from worker.domain.understanding.judgement.corrections import kinds_changed, terms_changed
from worker.domain.understanding.judgement.model import Linear
from worker.domain.understanding.judgement.odds import FAMILIES, chances, load_odds, strongest
from worker.domain.understanding.words.matcher import read
from worker.domain.understanding.words.sounds import letters_of, sound
from worker.domain.vocabulary import SUB_EVENT_TYPES, TERMS
from worker.errors import ConfigError
from worker.services import train_odds
from worker.services.train_odds import Coded, odds_json

TAKEN = (
    "Family of tribal elder seized by gunmen near Suwaira, Iraq, appeals\nNo word has come from the tribal elder whom men in army fatigues took from his home outside"
    " Suwaira at dawn on Wednesday, his family said. His son was let go hours later. The men drove pickups without"
    " plates and asked about a land case; the police have opened an inquiry, and nobody has asked for a ransom."
)
SPOKEN = (
    "Stammesfehde im Irak: Armee riegelt Stadt ab\nIn Madschar al-Kabir in der irakischen Provinz Maisan haben sich am"
    " Montagabend bewaffnete Angehörige zweier Stämme mit Maschinengewehren bekämpft. Ärzte in Amara sprechen von vier"
    " Toten; elf Menschen wurden verletzt. Eine Brigade der Armee trennte die Parteien."
)


def test_the_model_that_ships_knows_every_family_and_no_answer_outside_the_closed_lists() -> None:
    odds = load_odds(load_model()["odds"])
    assert set(odds.types) <= set(SUB_EVENT_TYPES)
    assert set(odds.terms) <= set(TERMS)
    assert all(len(getattr(odds, family)) > 9 for family in FAMILIES)


def test_without_odds_the_rules_stand(analyser: Analyser) -> None:
    alone = Analyser(analyser.lexicon, {**load_model(), "odds": {}})
    assert events_of(alone, "de", SPOKEN)
    assert chances({}, {"bomb": 1.0}) == {}


def test_an_abduction_that_no_phrase_knows_is_told_by_all_that_surrounds_it(analyser: Analyser) -> None:
    assert only_event(analyser, "en", TAKEN).sub_event_type == "Abduction/forced disappearance"


def test_a_toll_that_doctors_elsewhere_give_is_the_fights_and_no_attack_of_its_own(
    analyser: Analyser,
) -> None:
    event = only_event(analyser, "de", SPOKEN)
    assert (event.sub_event_type, event.place, event.killed, event.wounded) == (
        "Armed clash",
        "Majar al-Kabir",
        4,
        11,
    )


def test_what_the_odds_changed_is_among_the_reasons(analyser: Analyser) -> None:
    reasons = analyser.analyse(document("de", SPOKEN)).reasons
    assert any(r.startswith("odds of all its words: no event of its own: Attack (0.0") for r in reasons)
    assert "odds of all its words: Armed clash with the weapon small_arms" in reasons


def test_each_change_of_the_odds_is_told_with_its_chance() -> None:
    raid, fight, blast = (Draft(kind, 1, False, []) for kind in ("Arrests", "Attack", "Suicide bomb"))
    read_as = [(raid, "Arrests"), (fight, "Armed clash")]
    likely = {"Attack": 0.913, "Armed clash": 0.04, "Arrests": 0.0042, "Suicide bomb": 0.97}
    assert kinds_changed(read_as, [fight, blast], likely) == [
        "odds of all its words: no event of its own: Arrests (0.004)",
        "odds of all its words: Attack (0.91) in place of Armed clash (0.04)",
        "odds of all its words: Suicide bomb (0.97), told in no phrase that is known",
    ]
    assert kinds_changed([(raid, "Arrests")], [raid], likely) == []
    assert terms_changed(("ied", "airport"), ("ied",), {"airport": 0.006}) == [
        "odds of all its words: no term airport (0.006)"
    ]


def test_a_bare_report_is_left_to_the_rules(analyser: Analyser) -> None:
    event = only_event(
        analyser, "en", "Baghdad\nA bomb killed two policemen in Karrada, Baghdad, on Tuesday."
    )
    assert (event.sub_event_type, event.targets) == ("Remote explosive/landmine/IED", ("police",))


def test_what_is_added_comes_with_the_word_that_speaks_for_it(analyser: Analyser) -> None:
    tongue = analyser.lexicon.tongues["en"]
    hits = read("Masked men burned the office of a party.", tongue).hits
    found = strongest(Linear({"party_office": 2.0, "own:strangers": 0.4}), hits, 0.5)
    assert found is not None
    assert found.key == "party_office"
    assert strongest(Linear({"rocket": 2.0}), hits, 0.5) is None


def test_too_few_coded_items_give_no_odds(analyser: Analyser) -> None:
    with pytest.raises(ConfigError, match="1 coded items are too few"):
        train_odds.train_odds(analyser, {}, [Coded(_document("Nothing"), frozenset(), ())])


def test_odds_are_learned_from_coded_items(analyser: Analyser, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LEAST", "COMMON", "COMMON_OF_EVENTS", "RARE"):
        monkeypatch.setattr(train_odds, name, 3)
    bomb = "A bomb killed two policemen in Karrada, Baghdad, on Tuesday. No group claimed it."
    quiet = "Clans in Qurna, Iraq, signed a truce on Tuesday, and the elders shook hands."
    items = [_coded(bomb, "Remote explosive/landmine/IED", ["ied"], ["police"])] * 4
    items += [_coded(quiet, "Agreement", [], [])] * 4
    models = load_model()
    made = train_odds.train_odds(analyser, models, items)
    assert set(made) == set(FAMILIES)
    assert set(made["types"]) == {"Agreement", "Remote explosive/landmine/IED"}
    assert made["terms"]["ied"]["weights"]["bomb"] > 0 > made["terms"]["ied"]["weights"]["truce"]
    assert "police" in made["targets"]
    assert json.loads(odds_json(made)) == json.loads(json.dumps(made))


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        (
            "fr",
            "Irak\nUn engin a explosé jeudi à Choumali, au sud-est de Hilla, en Irak ; deux policiers tués.",
            "Shomali",
        ),
        (
            "tr",
            "Irak\nPerşembe günü Irak'ta Hille'nin güneydoğusundaki Şumali'de bomba patladı, iki polis öldü.",
            "Shomali",
        ),
        (
            "de",
            "Irak\nBei Sirgues in der Provinz Sulaimanija explodierte am Donnerstag eine Bombe.",
            "Zirgwez",
        ),
    ],
)
def test_a_place_is_known_in_a_romanisation_that_no_list_has(
    analyser: Analyser, language: str, text: str, place: str
) -> None:
    assert only_event(analyser, language, text).place == place


def test_a_short_sound_is_the_place_in_the_governorate_that_the_sentence_names(analyser: Analyser) -> None:
    body = "In {} traf eine türkische Drohne am Mittwoch ein Auto. Zwei Menschen starben."
    near = body.format("Scharawa im Bezirk Pischdar (Provinz Sulaimanija)")
    assert [e.place for e in events_of(analyser, "de", "Drohnenangriff", near)] == ["Zharawa"]
    far = body.format("Scharawa in der Provinz Basra")
    assert "Zharawa" not in {e.place for e in events_of(analyser, "de", "Drohnenangriff", far)}


def test_a_name_that_only_sounds_like_a_place_says_nothing_of_iraq(analyser: Analyser) -> None:
    reading = read("Bombe\nBei Schalke explodierte am Donnerstag eine Bombe.", analyser.lexicon.tongues["de"])
    assert not reading.of(1).places


def test_names_that_sound_alike_are_one_sound() -> None:
    german = letters_of(load_lexicon().languages["de"])
    assert sound("Schumali", german) == sound("Shomali") == sound("Al-Shumali")
    assert sound("Mosul") != sound("Taji")


@pytest.mark.parametrize(
    ("language", "name", "english"),
    [
        ("de", "Dschalawla", "Jalawla"),
        ("de", "Tschoman", "Choman"),
        ("fr", "Tchoman", "Choman"),
        ("tr", "Çoman", "Choman"),
    ],
)
def test_a_letter_that_another_one_became_is_not_read_again(language: str, name: str, english: str) -> None:
    assert sound(name, letters_of(load_lexicon().languages[language])) == sound(english)


def _document(text: str) -> Document:
    return document("en", "Iraq", text)


def _coded(text: str, kind: str, terms: list[str], targets: list[str]) -> Coded:
    event = {
        "sub_event_type": kind,
        "date": None,
        "place": None,
        "governorate": None,
        "actors": [],
        "targets": targets,
        "weapons": [],
        "killed": None,
        "wounded": None,
        "count": None,
    }
    return Coded(_document(text), frozenset(terms), [event])
