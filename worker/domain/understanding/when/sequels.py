"""The day of an event that has none of its own: that of the one told before it, or so many days later, or the only one that the text names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from worker.domain.understanding.assembly.draft import Draft
from worker.domain.understanding.assembly.entries import same_entry
from worker.domain.understanding.sentence.frame import Frame, Scene
from worker.domain.understanding.when.calendar import Dated
from worker.domain.understanding.when.dating import MADE_KNOWN
from worker.domain.understanding.when.finder import day_in_iraq
from worker.domain.understanding.when.openings import NOT_NOW, beside, dates_of, day_of

_NEAR = 5
"""Sentences within which an event has the day of the one before."""
_OPENING = 3
"""Sentences of the body in which a day of the only event is told."""


def date_after(event: Draft, before: Draft, told: Sequence[Frame]) -> None:
    """Give an event the day of the one told before it, or so many days later as it says: "the next day".

    Rather that of the sentence right before it, which tells no deed: "by Saturday the force had sealed off the village".
    """
    back = event.frames[0].dated
    if event.day is None and not back:
        led = next(
            (f for f in told if f.support and f.day and f.sentence == event.frames[0].sentence - 1), None
        )
        if (
            led
            and led.dated
            and before.day
            and led.day
            and led.day > before.day
            and not _told_as_earlier(event.frames[0])
        ):
            event.day, event.day_precision, event.dated_at = led.day, 1, (led.dated.first, led.dated.last)
            return
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
    """Whether words before the deed, and not those of its own day, put it before the one just told: "days earlier rockets had been fired"."""
    day = range(frame.dated.first, frame.dated.last) if frame.dated and frame.dated.later else range(0)
    return any(h.first <= frame.trigger.first and h.first not in day for h in frame.hits.of("background"))


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


def date_last(scene: Scene, events: Sequence[Draft]) -> None:
    """Give an event that has no day the only one that the whole text names, unless its own sentences name another time.

    Not in a list of lines that each tell a deed: there the day is another line's.
    """
    bare = [e for e in events if not e.day and e.count is None and not e.frames[0].entry and _datable(e)]
    if not bare:
        return
    days = {d.day: d for i in range(len(scene.reading.sentences)) for d in _near_days(scene, i)}
    if len(days) != 1:
        return
    dated = next(iter(days.values()))
    at = scene.reading.sentence_of[dated.first]
    spoken = not scene.reading.of(at).keys.isdisjoint({"said", "speaker"})
    others = spoken or any(e.day == dated.day for e in events)
    for event in bare:
        if event.type in MADE_KNOWN and (others or at > max(f.sentence for f in event.frames)):
            continue
        own = [d for f in event.frames for d in dates_of(scene, f.sentence)]
        other = any(d.day or d.past or d.future or d.precision > 1 for d in own)
        if not other or any(d.day == dated.day for f in event.frames for d in _near_days(scene, f.sentence)):
            event.day, event.day_precision, event.weak_day = dated.day, 1, True
            event.dated_at = (dated.first, dated.last)


def _near_days(scene: Scene, sentence: int) -> list[Dated]:
    """The days of the last ten that a sentence names, but for those on which somebody spoke."""
    hits, today = scene.reading.of(sentence), scene.published and day_in_iraq(scene.published)
    unreal = [h for h in hits if h.key in NOT_NOW and h.key != "background"]
    return [
        d
        for d in dates_of(scene, sentence)
        if d.day
        and d.precision == 1
        and not (d.past or d.future or d.span or d.back or d.later)
        and (not today or 0 <= (today - d.day).days <= _RECENT)
        and not any(beside(scene, d, h) for h in hits.of("said"))
        and not any(max(d.first - h.last, h.first - d.last) <= _CLOSE for h in unreal)
    ]


_CLOSE = 8
"""Words between a day and a word for what is planned, feared or denied, within which that is what the day is of."""
_RECENT = 10
"""Days before publication within which a day can be that of a deed told without one."""
