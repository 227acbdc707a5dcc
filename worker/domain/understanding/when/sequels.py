"""The day of an event that has none of its own: that of the one told before it, or so many days later, or the only one that the text names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from worker.domain.understanding.assembly.draft import Draft
from worker.domain.understanding.assembly.entries import same_entry
from worker.domain.understanding.sentence.frame import Frame, Scene
from worker.domain.understanding.when.openings import NOT_NOW, dates_of, day_of

_NEAR = 5
"""Sentences within which an event has the day of the one before."""
_OPENING = 3
"""Sentences of the body in which a day of the only event is told."""


def date_after(event: Draft, before: Draft) -> None:
    """Give an event the day of the one told before it, or so many days later as it says: "the next day"."""
    back = event.frames[0].dated
    if event.day is not None and not (back and back.later and back.later < 0):
        return
    if (same_entry(event.frames[0], before.frames[-1]) or "separate" in event.frames[0].signs) and abs(
        event.frames[0].sentence - before.frames[-1].sentence
    ) <= _NEAR:
        _take_day(event, before)


def date_headed(events: Sequence[Draft]) -> None:
    """Give the headline's deed, where the text tells another one first, the day of that one, or the day before it."""
    event = events[0] if len(events) > 1 else None
    if event is None or event.count or not event.frames[0].title:
        return
    if event.day and not any(f.dated and f.dated.later < 0 for f in event.frames):
        return
    told = next((e for e in events[1:] if e.day and any(f.lead for f in e.frames)), None)
    own = min((f.sentence for f in event.frames if not f.title), default=0)
    if told and 0 < own - min(f.sentence for f in told.frames if f.lead) <= _NEAR:
        _take_day(event, told)


def _take_day(event: Draft, before: Draft) -> None:
    """Take over a day, or the one so many days later as the event says."""
    if (
        before.day is None
        or _told_as_earlier(event.frames[0])
        or any("undated" in f.hits.keys for f in event.frames)
        or any(f.dated and not (f.day or f.dated.later) for f in event.frames)
    ):
        return
    event.day, event.day_precision, event.dated_at = before.day, before.day_precision, before.dated_at
    later = next((f.dated for f in event.frames if f.dated and f.dated.later), None)
    if later:
        event.day, event.dated_at = before.day + timedelta(days=later.later), (later.first, later.last)


def _told_as_earlier(frame: Frame) -> bool:
    """Whether words before the deed put it before the one just told: "days earlier rockets had been fired"."""
    return any(h.first <= frame.trigger.first for h in frame.hits.of("background"))


def date_alone(scene: Scene, events: Sequence[Draft]) -> None:
    """Give events none of which has a day the only one that the text names in its opening, unless somebody spoke on it.

    "Seven picked truffles. They were on their way on Monday when fighters surrounded them."
    """
    if not events or any(e.day or e.count is not None or not _datable(e) for e in events):
        return
    lead, last = scene.reading.title, len(scene.reading.sentences)
    days = {d.day for i in range(last) for d in dates_of(scene, i) if d.day and d.precision == 1}
    if len(days) != 1:
        return
    reach = _OPENING if len(events) == 1 else 1
    told = (day_of(scene, index) for index in range(lead, min(lead + reach, last)))
    if (dated := next((d for d in told if d), None)) is not None:
        for event in events:
            event.day, event.day_precision, event.weak_day = dated.day, 1, True
            event.dated_at = (dated.first, dated.last)


def _datable(event: Draft) -> bool:
    """Whether nothing puts an event into the past or leaves its day open."""
    if any(f.past or f.series for f in event.frames):
        return False
    return all(f.signs.isdisjoint(NOT_NOW) and "undated" not in f.hits.keys for f in event.frames)
