"""Nouns for one person without article or figure, as headlines have them: "bomb kills police chief"."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.counting.numbers import Number, NumberWords, number_words
from worker.domain.understanding.words.meanings import Actor, Concept
from worker.domain.understanding.words.reading import Hit, Reading
from worker.domain.understanding.words.tongue import Tongue

_POSSESSIVE = ("'", "’")
"""Behind a noun: the officer's wife was hit, and not he."""
_AGED = 5
"""Words within which an article and its noun stand: a 14-year-old boy."""


def singles_in(
    reading: Reading, tongue: Tongue, numbers: Sequence[Number], hits: Sequence[Hit], first: int, last: int
) -> list[Number]:
    """Nouns for one person without article or figure, as headlines have them: "bomb kills police chief"."""
    words = number_words(tongue)
    found: list[Number] = []
    if not words.singles:
        return found
    texts, opening = reading.words, words.single_firsts
    before_noun = bool(words.articles) and not tongue.grammar.nation_behind
    at = first
    while at < last:
        length = 0
        if texts[at] in opening:
            length = next((n for n in (3, 2, 1) if _is_single(reading, words, at, n, last)), 0)
        if not length or (before_noun and _describes(reading, words, at, at + length, hits)):
            at += max(length, 1)
            continue
        begin = _begins(reading, words, hits, first, at)
        own = range(at, at + length)
        taken = reading.between(own.stop - 1) in _POSSESSIVE or any(
            _has_figure(reading, words, own, begin, n) for n in numbers
        )
        if found and found[-1].last == at and "," not in reading.between(at - 1):
            found[-1] = Number(1, found[-1].first, at + length, noun=True, single=True)  # truck driver
        elif not taken:
            begin -= (
                begin == at and at > first and texts[at - 1] in words.articles
            )  # an article that counts nobody
            found.append(Number(1, begin, at + length, noun=True, single=True))
        at += length
    return found


def _begins(reading: Reading, words: NumberWords, hits: Sequence[Hit], first: int, at: int) -> int:
    """Where a noun for one person begins: *his* wife, *their elderly* father, *their six-year-old* daughter, *the* driver."""
    begin = at
    for step in (1, 2):
        if at - step >= first and reading.word(at - step) in words.owners:
            begin = at - step
    if begin == at and any(h.key == "ordinal_unit" and at - 2 <= h.first < at for h in hits):
        own = [i for i in range(max(first, at - _AGED), at) if reading.word(i) in words.owners]
        begin = own[0] if own else at
    if begin == at and at > first and reading.word(at - 1) in words.definite:
        begin = at - 1
    return begin


def _describes(reading: Reading, words: NumberWords, at: int, end: int, hits: Sequence[Hit]) -> bool:
    """Whether a noun only tells what others are: "several American service members", "civilian contractors"."""
    if end >= len(reading.starts) or reading.between(end - 1).strip():
        return False
    if any(tuple(reading.words[end : end + n]) in words.singles for n in (1, 2, 3)):
        return False
    for hit in hits:
        meaning = hit.meaning
        if isinstance(meaning, Actor) and meaning.kind != "person" and hit.first <= at and hit.last > end:
            return (reading.words[hit.last - 1],) not in words.singles
        if hit.first == end and isinstance(meaning, Concept) and meaning.people:
            return True
    return False


def _has_figure(reading: Reading, words: NumberWords, noun: range, begin: int, number: Number) -> bool:
    """Whether a figure or an article counts a noun already; behind a comma or "and" it does not."""
    if not number.article and number.first <= noun.start < number.last:
        return True
    if number.article and begin < noun.start:
        return False  # a judge died with his driver
    reach = _AGED if number.article else 3
    if not (begin - reach < number.last <= noun.stop and number.first < noun.stop):
        return False
    row = range(number.last - 1, begin)
    return not any("," in reading.between(i) or reading.word(i + 1) in words.joins for i in row)


def _is_single(reading: Reading, words: NumberWords, at: int, length: int, last: int) -> bool:
    """Whether the words at a place are one of the language's nouns for one person."""
    if at + length > last:
        return False
    return tuple(reading.word(i) for i in range(at, at + length)) in words.singles
