"""The day of an event that has none of its own: that of the one told before it, or so many days later."""

from __future__ import annotations

from datetime import timedelta

from worker.domain.understanding.draft import Draft

_NEAR = 5
"""Sentences within which an event has the day of the one before."""


def date_after(event: Draft, before: Draft) -> None:
    """Give an event the day of the one told before it, or so many days later as it says: "the next day"."""
    timed = any(f.dated and not (f.day or f.dated.later) for f in event.frames)
    if timed or before.day is None or abs(event.frames[0].sentence - before.frames[-1].sentence) > _NEAR:
        return
    event.day, event.day_precision, event.dated_at = before.day, before.day_precision, before.dated_at
    later = next((f.dated for f in event.frames if f.dated and f.dated.later), None)
    if later:
        event.day, event.dated_at = before.day + timedelta(days=later.later), (later.first, later.last)
