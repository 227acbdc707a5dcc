"""The opening's words and what stands beside what, as features of relevance."""

import math

import pytest

from tests.support.lexicon import shipped_analyser
from tests.support.reports import document
from worker.domain.understanding.judgement.pairing import pairing
from worker.domain.understanding.judgement.reasons import reason
from worker.domain.understanding.judgement.relevance import concepts_alone
from worker.domain.understanding.judgement.wording import OPENING, stem, wording


def reading_of(text):
    return shipped_analyser().understand(document("en", text, published=None)).reading


def words_of(text):
    return wording(reading_of(text))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("militants", "milita"),
        ("والحكومه", "حكومه"),
        ("بالعراق", "عراق"),
        ("للجيش", "جيش"),
        ("وفد", "وفد"),
        ("الى", "الى"),
    ],
)
def test_a_stem_is_the_beginning_of_the_word_without_what_arabic_joins_to_it(word, expected):
    assert stem(word) == expected


def test_every_text_spends_the_same_whatever_its_length():
    short = words_of("Troops leave")
    long = words_of("Troops leave the northern town after the council had asked them to go")
    assert list(short) == ["word.troops", "word.leave"]  # in text order, whatever the hash seed
    for found in (short, long):
        assert math.isclose(sum(v * v for v in found.values()), 36.0)


def test_only_the_opening_counts_and_no_digits():
    found = words_of("One 44 " + "two " * OPENING + "three")
    assert set(found) == {"word.one", "word.two"}
    assert words_of("44 7") == {}


def test_concepts_remain_when_words_and_pairs_are_left_out():
    vector = {"deed.title": 1.0, "word.troops": 0.5, "pair.Iraq+bombing.title": 0.7}
    assert concepts_alone(vector) == {"deed.title": 1.0}


def test_pairs_hold_for_any_place_and_any_other_country():
    one, other = (pairing(reading_of(t)) for t in ("Rockets hit Erbil", "Rockets hit Mosul"))
    assert one == other
    assert any(name.startswith("pair.Iraq+") and name.endswith(".title") for name in one)
    abroad = pairing(reading_of("Rockets fired from Iraq hit Jordan"))
    assert abroad == pairing(reading_of("Rockets fired from Iraq hit Kuwait"))
    assert "pair.Iraq+another country.title" in abroad


def test_only_headline_and_first_sentence_are_paired_each_by_itself():
    headline = "Rockets hit Erbil"
    found = pairing(reading_of(f"{headline}\nTroops left. Elections were held in Mosul."))
    assert {name.rpartition(".")[2] for name in found} <= {"title", "lead"}
    assert not any("election" in name for name in found)


def test_a_pair_is_told_as_a_reason():
    concepts = shipped_analyser().lexicon.concepts
    said = concepts["rocket"].says
    assert reason("pair.Iraq+rocket.title", 0.3, concepts) == f"for (+0.3): headline has Iraq beside {said}"
    assert (
        reason("pair.Iraq+another country.lead", -0.3, {})
        == "against (-0.3): first sentence has Iraq beside another country"
    )


def test_a_word_is_told_as_a_reason():
    assert reason("word.milita", 0.4, {}) == "for (+0.4): the word “milita…”"
    assert reason("word.war", -0.9, {}) == "against (-0.9): the word “war”"
