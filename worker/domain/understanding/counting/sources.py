"""Figures that two sources give for the same dead: of two the lower holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from worker.domain.understanding.counting.numbers import Number
from worker.domain.understanding.words.reading import Hit, Reading, Row

if TYPE_CHECKING:
    from worker.domain.understanding.counting.tolls import Toll


def by_the_lower(reading: Reading, tolls: list[Toll], numbers: Sequence[Number], hits: Row) -> list[Toll]:
    """The tolls, where a sentence gives another source's lower count of the dead as a bare figure.

    Turkish *polise göre üç, hastaneye göre dört kişi öldü*; German *es starben 18, das Krankenhaus sprach von 15*.
    """
    said = hits.of("said")
    if not said or len(numbers) < 2:
        return tolls
    taken = {n for t in tolls for n in (t.figure, *t.counted)}
    kept: list[Toll] = []
    for toll in tolls:
        low = next((n for n in numbers if _is_rival(reading, toll, n, said, taken)), None)
        kept.append(toll if low is None else replace(toll, value=low.value, most=toll.value))
    return kept


def _is_rival(
    reading: Reading, toll: Toll, number: Number, said: Sequence[Hit], taken: Collection[int]
) -> bool:
    """Whether a figure stands alone behind a source of its own and is somewhat lower than a toll."""
    if toll.kind != "killed" or toll.vague or toll.parts or toll.total or number.last in taken:
        return False
    if number.noun or number.article or number.vague or not toll.value / 2 <= number.value < toll.value:
        return False
    if not any(0 <= number.first - h.last <= _CLOSE for h in said):
        return False
    alone = any(c in ",;.:)" for c in reading.between(number.last - 1)) or number.last == len(reading.starts)
    return alone and abs(number.first - toll.first) <= _REACH


_CLOSE = 2
"""Words between who says it and the figure."""
_REACH = 16
