"""Places that somebody was only on the way to when the deed happened elsewhere."""

from __future__ import annotations

from worker.domain.understanding.words.reading import Hit, Row

_AIMS = ("base", "airport", "embassy", "checkpoint")
"""What a place holds that a journey may lead to."""


def is_bound_for(place: Hit, hits: Row) -> bool:
    """Whether somebody was on the way to a place, or to the base there: Turkish *Beled'deki üsse yakıt taşıyan*."""
    bound = {h.first for h in hits.of("destined")}
    if not bound:
        return False
    there = (h.last for h in hits.of(*_AIMS) if 0 <= h.first - place.last <= 1)
    return not bound.isdisjoint((place.last, *there))
