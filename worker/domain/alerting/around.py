"""What goes on around a story: silences, a graver alert that covers it, the wave that it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from worker.domain.alerting.area import distance_km
from worker.domain.alerting.bind import Test, Values, bind
from worker.domain.alerting.firing import facts_of
from worker.domain.alerting.query import parse
from worker.domain.alerting.severity import Rating
from worker.domain.alerting.words import ConceptIndex
from worker.domain.model import Event, Neighbour, Severity, Silence, Story, StoryView
from worker.errors import ConfigError

WAVE_WITHIN = timedelta(minutes=90)
WAVE_AT = 3
"""From the third attack of a kind in a governorate on they are one wave."""

COVER_WITHIN = timedelta(hours=6)
COVER_KM = 10.0


@dataclass(slots=True)
class Silences:
    """Asks silences, each bound once."""

    index: ConceptIndex
    values: Values = field(default_factory=Values)
    _bound: dict[str, Test | None] = field(default_factory=dict, repr=False)

    def over(
        self, view: StoryView, silences: Sequence[Silence], rating: Rating, now: datetime
    ) -> Silence | None:
        """Find the silence in force that a story falls under, the longest first."""
        for silence in sorted(silences, key=lambda one: one.until, reverse=True):
            test = self._test(silence.query)
            if silence.until <= now or test is None:
                continue
            if any(
                test(facts_of(view.story, report, rating), now) is not None for report in view.reports[-20:]
            ):
                return silence
        return None

    def _test(self, query: str) -> Test | None:
        if query not in self._bound:
            try:
                self._bound[query] = bind(parse(query), self.index, self.values)
            except ConfigError:  # checked when it was made; a lexicon since changed must not stop alerts
                self._bound[query] = None
        return self._bound[query]


def covered_by(
    story: Story, rating: Rating, neighbours: Sequence[Neighbour], now: datetime
) -> Neighbour | None:
    """Find the graver alert at the same place and day with an actor, target or type in common.

    Raids after a bombing need not wake anybody again; what is itself high or critical is never covered.
    """
    event = story.event
    if event is None or rating.severity.rank >= Severity.HIGH.rank:
        return None
    for other in neighbours:
        theirs = other.event
        if (
            theirs is None
            or other.story_id == story.id
            or other.severity.rank < Severity.HIGH.rank
            or now - other.fired_at > COVER_WITHIN
        ):
            continue
        if event.date == theirs.date and _same_place(event, theirs) and _akin(event, theirs):
            return other
    return None


def wave_of(story: Story, neighbours: Sequence[Neighbour], now: datetime) -> tuple[Neighbour, ...]:
    """Find the other attacks of a wave, oldest first; empty when there is none (yet).

    A wave is of one sub-event type, in one governorate, within an hour and a half.
    """
    event = story.event
    if event is None or event.governorate is None or event.count:
        return ()
    others = [
        other
        for other in neighbours
        if other.event is not None
        and other.story_id != story.id
        and now - other.fired_at <= WAVE_WITHIN
        and other.event.sub_event_type == event.sub_event_type
        and other.event.governorate == event.governorate
    ]
    return tuple(sorted(others, key=lambda one: one.fired_at)) if len(others) >= WAVE_AT - 1 else ()


def wave_lines(story: Story, wave: Sequence[Neighbour]) -> tuple[str, str]:
    """Headline and list of a wave."""
    event = story.event
    assert event is not None
    headline = f"{len(wave) + 1} events of one kind in {event.governorate}: {event.sub_event_type}"
    listed = [story.gist, *(other.gist for other in reversed(wave))]
    return headline, "\n".join(f"• {gist}" for gist in listed[:8] if gist)


def neighbour_of(story: Story, severity: Severity, thread: str, now: datetime) -> Neighbour:
    """Make a neighbour of a story that has just been alerted on."""
    return Neighbour(story.id, severity, now, thread, story.gist, story.event)


def _same_place(a: Event, b: Event) -> bool:
    if a.place_id and a.place_id == b.place_id:
        return True
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return False
    exact = (a.geo_precision or 1) < 3 and (b.geo_precision or 1) < 3
    return exact and distance_km((a.lat, a.lon), (b.lat, b.lon)) <= COVER_KM


def _akin(a: Event, b: Event) -> bool:
    pairs: Sequence[tuple[Sequence[str], Sequence[str]]] = (
        (a.actors, b.actors), (a.targets, b.targets), ((a.sub_event_type,), (b.sub_event_type,)),
    )  # fmt: skip
    return any(set(mine) & set(theirs) for mine, theirs in pairs)
