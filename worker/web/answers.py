"""The shapes of what the API takes and gives; the OpenAPI document is made of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from worker.domain.model import AlertState, Kind, Origin, Severity


class EventFields(BaseModel):
    """An event, coded as ACLED codes it; what nobody said is null."""

    sub_event_type: str
    event_type: str
    date: dt.date | None
    date_precision: int | None
    place: str | None
    place_id: str | None
    governorate: str | None
    lat: float | None
    lon: float | None
    geo_precision: int | None
    actors: list[str]
    suspected: list[str]
    claimed_by: list[str]
    targets: list[str]
    weapons: list[str]
    killed: int | None
    wounded: int | None
    killed_max: int | None
    wounded_max: int | None
    count: int | None
    foiled: bool
    denied: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class StoryOut:
    """A story as lists show it."""

    id: int
    version: int
    kind: Kind
    gist: str
    event: EventFields | None
    corroboration: str
    phase: str
    item_count: int
    source_count: int
    independent_sources: int
    sources: tuple[str, ...]
    languages: tuple[str, ...]
    created_at: datetime
    updated_at: datetime
    first_published_at: datetime | None
    severity: Severity | None = None
    alert_state: AlertState | None = None
    watches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AlertOut:
    """An alert with its story."""

    story: StoryOut
    severity: Severity
    state: AlertState
    state_by: str
    watches: tuple[str, ...]
    fired_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class ItemOut:
    """A report as it was read."""

    id: int
    url: str
    source: str
    stage: str
    seen_at: datetime
    published_at: datetime | None
    title: str | None
    text: str | None
    language: str | None
    story_id: int | None
    relevant: bool | None = None
    score: float | None = None
    kind: Kind | None = None
    terms: tuple[str, ...] = ()
    gist: str = ""
    reasons: tuple[str, ...] = ()
    events: tuple[EventFields, ...] = ()


@dataclass(frozen=True, slots=True)
class EventOut:
    """An event as one item reports it."""

    id: int
    item_id: int
    story_id: int | None
    event_type: str
    sub_event_type: str
    event_date: date | None
    place: str | None
    governorate: str | None
    lat: float | None
    lon: float | None
    killed: int | None
    wounded: int | None
    confidence: float
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class FeedOut:
    """A feed with its health."""

    id: int
    name: str
    url: str
    language: str | None
    scope: str
    reliability: str
    enabled: bool
    origin: Origin
    status: str
    health: str
    last_success_at: datetime | None
    items_a_day: float | None


@dataclass(frozen=True, slots=True)
class WatchOut:
    """A watch."""

    name: str
    query: str
    enabled: bool
    origin: Origin
    definition: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoryPage:
    """Stories; `next` is null on the last page."""

    data: list[StoryOut]
    next: str | None


@dataclass(frozen=True, slots=True)
class AlertPage:
    """Alerts; `next` is null on the last page."""

    data: list[AlertOut]
    next: str | None


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Items; `next` is null on the last page."""

    data: list[ItemOut]
    next: str | None


@dataclass(frozen=True, slots=True)
class EventPage:
    """Events; `next` is null on the last page."""

    data: list[EventOut]
    next: str | None


class TextIn(BaseModel):
    """A text to analyse."""

    title: str = Field("", max_length=2_000)
    body: str = Field("", max_length=200_000)
    source: str = Field("", max_length=200)


class StateIn(BaseModel):
    """What an alert is to be."""

    state: AlertState


def story_out(story: Any, alert: Any) -> StoryOut:
    """A story with what its alert says."""
    names = [n for n in StoryOut.__slots__ if n not in ("severity", "alert_state", "watches")]
    said = {"severity": alert.severity, "alert_state": alert.state, "watches": alert.watches} if alert else {}
    return StoryOut(**{name: getattr(story, name) for name in names}, **said)


def item_out(item: Any, report: Any) -> ItemOut:
    """An item with what was understood of it, if it was read."""
    names = ("id", "url", "source", "seen_at", "published_at", "title", "text", "language", "story_id")
    known = {name: getattr(item, name) for name in names}
    if report is None:
        return ItemOut(**known, stage=str(item.stage))
    said = report.analysis
    told = ("relevant", "score", "kind", "terms", "gist", "reasons", "events")
    return ItemOut(**known, stage=str(item.stage), **{name: getattr(said, name) for name in told})
