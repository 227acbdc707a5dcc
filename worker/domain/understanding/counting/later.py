"""Those of the wounded who died of it: dead, and wounded no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from worker.domain.understanding.counting.figures import counts_people
from worker.domain.understanding.counting.numbers import Number, NumberWords, number_words, numbers_in
from worker.domain.understanding.words.reading import Hit, Reading, Row
from worker.domain.understanding.words.tongue import Tongue

if TYPE_CHECKING:
    from worker.domain.understanding.counting.tolls import Toll


def died_of_wounds(
    reading: Reading, tongue: Tongue, tolls: Sequence[Toll], hits: Row, span: tuple[int, int]
) -> list[Toll]:
    """The tolls, where a verb of dying goes on with those wounded: "three of the five wounded have died" leaves two.

    So does "five were wounded; two of them died".
    """
    if not hits.of("died", "wounded"):
        return list(tolls)
    words = number_words(tongue)
    kept = _turned(reading, tolls, hits)
    dead = [t for t in kept if t.kind == "killed" and t.value]
    if not dead:
        return kept
    figures = [n for n in numbers_in(reading, tongue, *span) if not n.article]
    for toll in dead:
        whole = _whole(reading, words, toll, figures, hits)
        if whole > toll.value:
            kept = [t for t in kept if t.kind != "wounded" or t.value not in (whole, toll.value)]
            if not any(t.kind == "wounded" for t in kept):
                left = replace(
                    toll, kind="wounded", value=whole - toll.value, most=None, later=False, parts=()
                )
                kept.append(replace(left, counted=()))
        elif _of_them(reading, words, toll):
            kept = [_less(t, toll) if t.kind == "wounded" and t.first < toll.first else t for t in kept]
            kept[kept.index(toll)] = replace(toll, of_them=True)
    return kept


def _turned(reading: Reading, tolls: Sequence[Toll], hits: Row) -> list[Toll]:
    """The tolls, those wounded of whom a verb without a figure of its own says that they died as dead."""
    verbs = [h for h in hits.of("died") if not any(_serves(t, h) for t in tolls)]
    return [
        replace(t, kind="killed", later=True)
        if t.kind == "wounded" and t.value and any(_goes_on(reading, t, v, hits) for v in verbs)
        else t
        for t in tolls
    ]


def _less(wounded: Toll, dead: Toll) -> Toll:
    """Those wounded without the ones of them who died."""
    return replace(wounded, value=wounded.value - dead.value) if wounded.value > dead.value else wounded


def _serves(toll: Toll, verb: Hit) -> bool:
    """Whether a figure of dead is that verb's."""
    return toll.kind == "killed" and toll.first <= verb.first < toll.last


def _goes_on(reading: Reading, toll: Toll, verb: Hit, hits: Row) -> bool:
    """Whether a verb of dying has those wounded for its subject: right before them, or behind them in one clause."""
    if verb.last == toll.first:
        return not reading.between(verb.last - 1).strip()
    if not 0 <= verb.first - toll.last <= _REACH:
        return False
    between = range(toll.last, verb.first)
    if any("," in reading.between(i) or ";" in reading.between(i) for i in range(toll.last - 1, verb.first)):
        return False
    return not any(h.first in between for h in hits.of("clause", "said", "killed", "wounded"))


def _whole(reading: Reading, words: NumberWords, toll: Toll, figures: Sequence[Number], hits: Row) -> int:
    """How many were wounded, where the dead are told as a part of them; 0 where they are not."""
    hurt = hits.of("wounded")
    people = {h.first for h in hits if counts_people(h)}
    for low, high in pairwise(figures):
        between = [reading.word(i) for i in range(low.last, high.first) if i not in people]
        if low.last == toll.figure and between and between[0] in words.of_whole:
            near = any(high.last <= h.first <= high.last + _NOUN for h in hurt)
            if near and words.whole.issuperset(between):
                return high.value
        if high.last == toll.figure and words.whole_endings and high.first - low.last <= _NOUN:
            part = reading.word(high.first - 1).endswith(words.whole_endings)
            if part and any(0 <= low.first - h.last <= 1 for h in hurt):
                return low.value
    return 0


def _of_them(reading: Reading, words: NumberWords, toll: Toll) -> bool:
    """Whether a figure counts some of those just told: "two of them", Turkish *ikisi*, Sorani *دوانیان*."""
    itself = (reading.word(toll.figure - 1),) if toll.figure else ()
    return itself in words.of_them or words.of_those(reading, toll.figure)


_REACH = 14
"""Words between those wounded and the verb of dying."""
_NOUN = 4
"""Words of the noun between a whole and the word for wounded, or a part."""
