"""The opening's words as features of relevance."""

import math

import pytest

from tests.support.lexicon import shipped_analyser
from worker.domain.model import Document
from worker.domain.understanding.reasons import reason
from worker.domain.understanding.wording import OPENING, stem, without_words, wording


def words_of(text):
    return wording(shipped_analyser().understand(Document(text, len(text), "en")).reading)


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
        assert math.isclose(sum(v * v for v in found.values()), 16.0)


def test_only_the_opening_counts_and_no_digits():
    found = words_of("One 44 " + "two " * OPENING + "three")
    assert set(found) == {"word.one", "word.two"}
    assert words_of("44 7") == {}


def test_concepts_remain_when_words_are_left_out():
    assert without_words({"deed.title": 1.0, "word.troops": 0.5}) == {"deed.title": 1.0}


def test_a_word_is_told_as_a_reason():
    assert reason("word.milita", 0.4, {}) == "for (+0.4): the word “milita…”"
    assert reason("word.war", -0.9, {}) == "against (-0.9): the word “war”"
