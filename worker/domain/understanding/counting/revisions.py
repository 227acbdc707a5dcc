"""Which of two figures for one event holds: the more exact one, the one that a count has come to, both together."""

from __future__ import annotations

from dataclasses import replace

from worker.domain.understanding.assembly.draft import Draft
from worker.domain.understanding.counting.tolls import Toll
from worker.domain.understanding.sentence.frame import Frame


def told_exactly(known: Toll, new: Toll, named: bool, *, headed: bool) -> bool:
    """Whether a figure makes exact what was only a floor, or counts others in.

    "More than 110 dead", then "119 dead"; "four soldiers killed", then "four soldiers and a civilian".
    A second floor does so only for the headline's (`headed`).
    """
    if (known.value > 1 or named) and known.value in new.parts and not known.parts:
        return True  # the headline named but the first of them
    if known.parts and len(new.parts) > len(known.parts) and new.parts[: len(known.parts)] == known.parts:
        return True
    if new.latest and not known.latest:
        return True
    if new.floor and not headed:
        return False  # "at least 77", and by others' account "more than 90"
    return known.floor and known.value < new.value <= 1.5 * known.value


def with_later_dead(event: Draft, known: Toll, late: Toll, frame: Frame) -> Toll:
    """The dead told before and those who died of wounds afterwards, where the headline does not hold both."""
    body = {
        t.value for f in event.frames if not f.title for t in f.tolls if t.kind == known.kind and not t.later
    }
    reached = known.latest or any(t.latest for t in frame.tolls if t.kind == known.kind)
    if reached or known.value not in body:
        return known
    told = any(t.value == known.value and t.kind == known.kind and not t.later for t in frame.tolls)
    if told and "correction" in frame.hits.keys:
        return known  # the toll rose to 15 after four of the wounded had died
    return replace(known, value=known.value + late.value, most=None)
