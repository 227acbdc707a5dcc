"""Figures that two sources give for the same dead: of two the lower holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from worker.domain.understanding.counting.numbers import Number
from worker.domain.understanding.words.reading import Hit, Reading, Row

if TYPE_CHECKING:
    from worker.domain.understanding.counting.tolls import Toll


def by_the_lower(reading: Reading, tolls: list[Toll], numbers: Sequence[Number], hits: Row) -> list[Toll]:
    """The tolls, where a sentence gives another source's lower count of the dead as a bare figure.

    Turkish *polise göre üç, hastaneye göre dört kişi öldü*; German *es starben 18, das Krankenhaus sprach von 15*.
    """
    said, counts = hits.of("said"), hits.of("killed")
    if not (said or counts) or len(numbers) < 2:
        return tolls
    taken = {n for t in tolls for n in (t.figure, *t.counted)}
    kept: list[Toll] = []
    for toll in tolls:
        low = next(
            (
                n
                for n in numbers
                if _is_rival(reading, toll, n, said, taken, hits)
                or _is_first_count(reading, toll, n, counts, taken)
            ),
            None,
        )
        kept.append(toll if low is None else replace(toll, value=low.value, most=toll.value))
    return kept


def corrected(tolls: list[Toll], hits: Row) -> list[Toll]:
    """The tolls without the figure that the sentence puts right: "hospitals had spoken of 21 dead, the ministry *corrected* it: 16"."""
    marks = hits.of("correction")
    kept = list(tolls)
    for kind in ("killed", "wounded") if marks else ():
        row = [t for t in kept if t.kind == kind and t.value and not t.later]
        for first, second in pairwise(row):
            if any(first.last <= h.first and h.last <= second.first for h in marks):
                kept.remove(first)
                kept[kept.index(second)] = replace(second, latest=True)
    return kept


def of_two_sources(reading: Reading, tolls: list[Toll], hits: Row) -> list[Toll]:
    """The lower of two figures of one kind that two sources give: "police said five died, the hospital counted seven dead"."""
    kept = list(tolls)
    for kind in ("killed", "wounded"):
        row = [t for t in kept if t.kind == kind]
        for first, second in pairwise(row):
            if first in kept and _rival_tolls(reading, first, second, hits):
                kept.remove(max(first, second, key=lambda t: t.value))
    return kept


def _rival_tolls(reading: Reading, first: Toll, second: Toll, hits: Row) -> bool:
    """Whether a second source behind a comma or semicolon counts anew what the first has counted."""
    for toll in (first, second):
        if not toll.value or toll.vague or toll.later or toll.latest or toll.total or toll.corrected:
            return False
    if first.value == second.value or first.parts or second.parts:
        return False
    between = range(first.last, second.first)
    if not any(reading.between(i).strip()[:1] in _PARTED for i in range(first.last - 1, second.first)):
        return False
    if any(h.first in between for h in hits.of("another", "second_of", "background", "separate")):
        return False  # "and a second one in May killed 15"
    said = hits.of("said", "claim", "speaker")
    sources = [h for h in hits if h.key in _COUNT or h.group == "actor"]
    again = any(h.first in between for h in sources) and any(
        h.first in between or second.last <= h.first for h in said
    )
    return again and any(h.last <= first.first or h.first in between for h in said)


_PARTED = frozenset(",;،؛")


def _by_another(reading: Reading, toll: Toll, number: Number, hits: Row) -> bool:
    """Whether a second source and its figure follow a comma, the verb of saying left out: "a doctor spoke of six dead, the PMF of four"."""
    if number.first < toll.last:
        return False
    source = [h for h in hits if h.group == "actor" or h.key in _COUNT]
    return any(
        toll.last <= h.first
        and h.last <= number.first
        and number.first - h.last <= _CLOSE
        and any("," in reading.between(i) for i in range(toll.last - 1, h.first))
        for h in source
    )


_COUNT = frozenset({"official", "police", "hospital", "speaker", "army", "police_force", "institution"})
"""Who counts the dead."""


def _is_rival(
    reading: Reading, toll: Toll, number: Number, said: Sequence[Hit], taken: Collection[int], hits: Row
) -> bool:
    """Whether a figure stands alone behind a source of its own and is somewhat lower than a toll."""
    if toll.kind != "killed" or toll.vague or toll.parts or toll.total or number.last in taken:
        return False
    if number.noun or number.article or number.vague or not toll.value / 2 <= number.value < toll.value:
        return False
    if not any(0 <= number.first - h.last <= _CLOSE for h in said) and not _by_another(
        reading, toll, number, hits
    ):
        return False
    alone = any(c in ",;.:)" for c in reading.between(number.last - 1)) or number.last == len(reading.starts)
    return alone and abs(number.first - toll.first) <= _REACH


def _is_first_count(
    reading: Reading, toll: Toll, number: Number, counts: Sequence[Hit], taken: Collection[int]
) -> bool:
    """Whether a lower figure stands behind the word for the dead and before a comma, and another source's behind it.

    Turkish *yetkili ölü sayısını üç, hastane dört olarak verdi*.
    """
    if toll.kind != "killed" or toll.vague or toll.total or number.last in taken or number.article:
        return False
    if not toll.value / 2 <= number.value < toll.value or not any(h.last == number.first for h in counts):
        return False
    return reading.between(number.last - 1).startswith(",") and 0 < toll.figure - number.last <= _OTHERS


_OTHERS = 6
"""Words that name the second source."""
_CLOSE = 2
"""Words between who says it and the figure."""
_REACH = 16
