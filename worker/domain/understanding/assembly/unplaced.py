"""The place of an event that has none of its own: the one that the headline names, else the only one of the opening."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.assembly.draft import Draft
from worker.domain.understanding.sentence.frame import Scene
from worker.domain.understanding.where.places import EXACTNESS, Located, located
from worker.domain.understanding.where.whereabouts import headline_place

_OPENING = 2
"""Sentences of the body that may name where it all was."""


def place_last(scene: Scene, events: Sequence[Draft]) -> None:
    """Give events without a place the headline's, or the only town of the opening.

    Not in a list, where each line has its own, and not where an event says that it lies elsewhere.
    """
    bare = [
        e
        for e in events
        if e.place is None and e.count is None and not e.frames[0].entry and e.landmark is None
    ]
    bare = [e for e in bare if not any("elsewhere" in f.hits.keys or f.foreign for f in e.frames)]
    if not bare:
        return
    headed = headline_place(scene)
    for event in bare:
        spot = headed or _of_opening(scene, max(f.sentence for f in event.frames))
        if spot is not None and spot.exactness >= EXACTNESS["governorate"]:
            event.place = spot


def _of_opening(scene: Scene, last: int) -> Located | None:
    """The one place that the first sentences name, up to the one that tells the deed."""
    reading, first = scene.reading, scene.reading.title
    row = [
        one
        for i in range(first, min(first + _OPENING, last + 1))
        for one in located(reading, reading.of(i), scene.lexicon, scene.tongue)
        if not (one.speaker or one.aside) and one.exactness >= EXACTNESS["governorate"]
    ]
    return row[0] if len({one.place.id for one in row}) == 1 and not row[0].landmark else None
