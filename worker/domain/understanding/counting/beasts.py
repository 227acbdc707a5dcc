"""Sheep and cattle that a shell killed: they take the verb, and nobody is counted."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.counting.numbers import Number
from worker.domain.understanding.words.reading import Hit


def without_beasts(
    words: Sequence[Hit], numbers: Sequence[Number], hits: Sequence[Hit]
) -> tuple[list[Number], list[Hit]]:
    """The figures and words without those of sheep and cattle: "dozens of sheep killed", "killed 14 of his animals"."""
    beasts = [h for h in hits if h.key == "beasts"]
    people = [n for n in numbers if n.noun or not any(0 <= b.first - n.last <= _OWNED for b in beasts)]
    return people, [
        w
        for w in words
        if w.key != "killed"
        or w.phrase.value is not None
        or not any(
            0 <= w.first - b.last <= 1
            or (0 <= b.first - w.last <= _HERD and not any(w.last <= n.first < b.first for n in people))
            for b in beasts
        )
    ]


_OWNED = 2
"""Words between a figure and the beasts that it counts: 14 *of his* animals."""
_HERD = 4
"""Words between a verb and the beasts that it killed."""
