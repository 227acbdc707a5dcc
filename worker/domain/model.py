"""The nouns of the house as frozen values; every other module speaks in these.

Times are timezone-aware UTC. Offsets count code points of the clean text. Identifiers of types,
actors, targets, weapons and terms are the closed lists of `worker.domain.vocabulary`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import msgspec

from worker.domain.polled import (
    ClaimedFeed,
    Entry,
    Feed,
    FeedState,
    Lease,
    NewItem,
    Notice,
    Origin,
    PollOutcome,
    Stage,
)

__all__ = [
    "Alert",
    "AlertState",
    "Analysis",
    "ChangeKind",
    "Claim",
    "ClaimedFeed",
    "Delivery",
    "DeliveryState",
    "Document",
    "Entry",
    "Event",
    "Evidence",
    "Feed",
    "FeedState",
    "FieldView",
    "Item",
    "JudgeOutcome",
    "Kind",
    "Lease",
    "Match",
    "Message",
    "Neighbour",
    "NewItem",
    "Notice",
    "Origin",
    "PollOutcome",
    "Quote",
    "ReadOutcome",
    "Report",
    "SendResult",
    "Sent",
    "Severity",
    "Silence",
    "Situation",
    "Stage",
    "Story",
    "StoryChange",
    "StoryView",
    "Watch",
]


class Kind(StrEnum):
    """What an item is to an analyst."""

    INCIDENT = "incident"
    CONTEXT = "context"
    OTHER = "other"


class Severity(StrEnum):
    """How urgent a story is; ordered by `rank`."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for low to 3 for critical."""
        return list(Severity).index(self)


class AlertState(StrEnum):
    """Where an alert stands for its readers."""

    FIRED = "fired"
    ACKNOWLEDGED = "acknowledged"
    MUTED = "muted"
    RESOLVED = "resolved"


class DeliveryState(StrEnum):
    """Where one message to one recipient stands in the outbox."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    RETRY = "retry"
    UNCERTAIN = "uncertain"
    """The other side may or may not have taken it; never sent again without asking."""
    DEAD = "dead"
    """Given up, visible as a dead letter, can be sent again by hand."""
    HELD = "held"
    """Kept for a digest or the end of quiet hours."""
    SUPERSEDED = "superseded"
    """A newer version of the same story's message left before this one did."""


class ChangeKind(StrEnum):
    """What became different in a story. All but `COPY` are material: alerts may react."""

    NEW = "new"
    TOLL = "toll"
    PLACE = "place"
    ACTOR = "actor"
    CLAIMED = "claimed"
    TYPE = "type"
    DATE = "date"
    CORROBORATED = "corroborated"
    DISPUTED = "disputed"
    RETRACTED = "retracted"
    CORRECTED = "corrected"
    MERGED = "merged"
    SPLIT = "split"
    SETTLED = "settled"
    COPY = "copy"

    @property
    def material(self) -> bool:
        """Whether a reader who was told of the story wants to hear of this."""
        return self not in (ChangeKind.COPY, ChangeKind.SETTLED)


# --- items and what they say ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Item:
    """An entry revision on its way through the rooms."""

    id: int
    feed_id: int
    entry_id: int
    revision: int
    url: str
    title_raw: str
    html_raw: str
    published_at: datetime | None
    seen_at: datetime
    fresh: bool
    stage: Stage
    source: str = ""
    """The feed's name, as readers know the outlet."""
    reliability: str = "F"
    language_hint: str | None = None
    feed_scope: str = "world"
    fetch_articles: bool = True
    canonical_url: str | None = None
    title: str | None = None
    text: str | None = None
    """Title, newline, body: the text that every offset counts in."""
    language: str | None = None
    text_hash: str | None = None
    article_html: str | None = None
    """Text of the fetched page (paragraphs), when the article task got it."""
    story_id: int | None = None
    lease: Lease | None = None

    @property
    def time(self) -> datetime:
        """Publication where known, else when it was first seen."""
        return self.published_at or self.seen_at


@dataclass(frozen=True, slots=True)
class Document:
    """What understanding reads: a clean text and what is known about where it came from."""

    text: str
    """Title, newline, body; NFC, no markup."""
    title_end: int
    """Offset of the newline after the title."""
    language: str
    published: datetime | None = None
    source: str = ""
    url: str = ""
    feed_scope: str = "world"


class Match(msgspec.Struct, frozen=True):
    """Words of the text that stand for a concept, an actor or a place."""

    concept: str
    """Concept id (`rocket`), `actor:<id>` or `place:<id>`."""
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that a field of an event was taken from."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Event:
    """One concrete event, coded as an ACLED coder would (codebook of 2023)."""

    sub_event_type: str
    event_type: str
    """ACLED's parent type of `sub_event_type`."""
    date: date | None = None
    date_precision: int | None = None
    """ACLED time precision: 1 the day, 2 the week, 3 the month."""
    place: str | None = None
    place_id: str | None = None
    governorate: str | None = None
    lat: float | None = None
    lon: float | None = None
    geo_precision: int | None = None
    """ACLED geo precision: 1 the place, 2 near it or its district, 3 its governorate."""
    actors: tuple[str, ...] = ()
    suspected: tuple[str, ...] = ()
    """Those of `actors` that are suspected and not established."""
    claimed_by: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    killed: int | None = None
    wounded: int | None = None
    killed_max: int | None = None
    wounded_max: int | None = None
    count: int | None = None
    foiled: bool = False
    denied: bool = False
    confidence: float = 0.5
    evidence: tuple[Evidence, ...] = ()

    def at_least(self, name: str) -> int | None:
        """How many were `killed` or `wounded`, or what a vague word alone stands for (ACLED's 12 for "dozens")."""
        figure: int | None = getattr(self, name)
        return getattr(self, f"{name}_max") if figure is None else figure

    def vaguely(self, name: str) -> str:
        """The word of magnitude where no report gives a figure: `dozens`; empty where one does, or none was hurt."""
        about: int | None = getattr(self, f"{name}_max")
        if getattr(self, name) is not None or not about:
            return ""
        return "thousands" if about >= 1000 else "hundreds" if about >= 100 else "dozens"


@dataclass(frozen=True, slots=True)
class Analysis:
    """What an item says, with reasons; carries the lexicon version and can be redone."""

    relevant: bool
    score: float
    """Calibrated probability that the item is about security in Iraq."""
    kind: Kind
    terms: tuple[str, ...] = ()
    matches: tuple[Match, ...] = ()
    events: tuple[Event, ...] = ()
    gist: str = ""
    reasons: tuple[str, ...] = ()
    lexicon_version: str = ""


@dataclass(frozen=True, slots=True)
class ReadOutcome:
    """All that reading one item writes, in one transaction."""

    item: Item
    stage: Stage
    title: str
    text: str
    language: str
    text_hash: str
    canonical_url: str
    analysis: Analysis | None
    wants_article: bool = False
    """The feed gave a teaser only and the item matters: fetch the page."""


# --- stories ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Report:
    """An analysed item as linking and the story page see it."""

    item_id: int
    feed_id: int
    url: str
    canonical_url: str
    source: str
    reliability: str
    language: str
    title: str
    text: str
    text_hash: str
    published_at: datetime | None
    seen_at: datetime
    fresh: bool
    analysis: Analysis
    entry_id: int = 0
    revision: int = 0
    story_id: int | None = None
    pinned: bool = False
    """Put into its story by hand; the machine leaves it there."""

    @property
    def time(self) -> datetime:
        """Publication where known, else when it was first seen."""
        return self.published_at or self.seen_at


@dataclass(frozen=True, slots=True)
class Claim:
    """One value of one field of a story's event, and who says it."""

    value: Any
    sources: tuple[str, ...]
    """Outlet names, one a source group (copies of one wire text count once)."""
    items: tuple[int, ...]
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class FieldView:
    """A consolidated field: the believed value, its range, and every claim."""

    believed: Any
    why: str
    low: Any = None
    high: Any = None
    claims: tuple[Claim, ...] = ()
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """The items about one event across outlets and languages, with its consolidated event."""

    id: int
    version: int
    created_at: datetime
    updated_at: datetime
    kind: Kind
    gist: str
    event: Event | None
    """The believed event; None for a story of items that report none."""
    fields: Mapping[str, FieldView] = field(default_factory=dict)
    corroboration: str = "single source"
    """`single source`, `corroborated`, `disputed` or `retracted`."""
    phase: str = "developing"
    """`developing` or `settled`."""
    item_count: int = 0
    source_count: int = 0
    independent_sources: int = 0
    sources: tuple[str, ...] = ()
    """Who reported it: hosts, so that one outlet's feeds count once."""
    languages: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    first_published_at: datetime | None = None
    last_published_at: datetime | None = None
    merged_into: int | None = None
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class StoryChange:
    """An entry of the append-only log of what became different in a story."""

    story_id: int
    version: int
    kind: ChangeKind
    reason: str
    at: datetime
    item_id: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    """Before and after, for instance `{"field": "killed", "before": 3, "after": 5}`."""
    id: int = 0
    lease: Lease | None = None


# --- alerts ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Watch:
    """What somebody wants to know. `definition` is the YAML mapping, checked when it was read."""

    name: str
    query: str
    definition: Mapping[str, Any] = field(default_factory=dict)
    enabled: bool = True
    origin: Origin = Origin.FILE
    id: int = 0


@dataclass(frozen=True, slots=True)
class Alert:
    """A story that at least one watch fired for."""

    id: int
    story_id: int
    severity: Severity
    state: AlertState
    watches: tuple[str, ...]
    reasons: Mapping[str, Any]
    fired_at: datetime
    updated_at: datetime
    story_version: int
    state_by: str = ""
    state_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one recipient of one channel: a row of the outbox."""

    key: str
    """What it is about and at which version: `story:<id>:<version>`, `notice:…`, `digest:…`."""
    channel: str
    recipient: str
    thread: str
    """What it belongs to (`story:<id>`); updates find the first message's reference by it."""
    message: Message
    due_at: datetime
    state: DeliveryState = DeliveryState.PENDING
    attempts: int = 0
    reference: Mapping[str, Any] = field(default_factory=dict)
    """What the channel answered: Slack's channel and ts, a Message-ID."""
    error: str = ""
    alert_id: int | None = None
    story_id: int | None = None
    created_at: datetime | None = None
    sent_at: datetime | None = None
    id: int = 0
    lease: Lease | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Original words of a report, with what in them fired."""

    text: str
    language: str
    marks: tuple[tuple[int, int, str], ...] = ()
    """(start, end, English meaning) of each marked span of `text`."""
    source: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """What an alert says, free of any channel's format; channels only render it.

    The order of the fields is the order in which a reader gets them.
    """

    kind: str
    """`alert`, `update`, `correction`, `retraction`, `reminder`, `resolved`, `notice`, `digest`, `test`."""
    severity: Severity
    headline: str
    """The gist in English."""
    place: str = ""
    map_url: str = ""
    when: str = ""
    toll: str = ""
    actors: str = ""
    corroboration: str = ""
    changed: tuple[str, ...] = ()
    """What is different since the last message, one plain sentence each."""
    watches: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    links: tuple[tuple[str, str, str], ...] = ()
    """(source, language, address) of each report; addresses are validated http(s)."""
    story_id: int | None = None
    story_url: str = ""
    body: str = ""
    """Free text for notices, digests and tests."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """What machines want (webhook): ACLED-named fields of the event."""


class SendResult(StrEnum):
    """What became of one attempt to send."""

    SENT = "sent"
    RETRY = "retry"
    UNCERTAIN = "uncertain"
    REJECTED = "rejected"
    """This message will never be taken (bad recipient, malformed): dead letter."""
    CHANNEL_BROKEN = "channel broken"
    """The channel itself is refused (token revoked): disable it with a notice."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A channel's answer to one attempt, with the reason in words."""

    result: SendResult
    reason: str = ""
    reference: Mapping[str, Any] = field(default_factory=dict)
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story with all that a watch looks at."""

    story: Story
    reports: tuple[Report, ...]
    changes: tuple[StoryChange, ...]
    alert: Alert | None
    merged: tuple[int, ...] = ()
    """Stories that were merged into this one."""
    sent: tuple[Delivery, ...] = ()
    """The outbox rows of its thread and of the stories merged into it, oldest first, in every state."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Alerts that answer `query` stay quiet until `until`; what they would have said goes into the digest."""

    query: str
    until: datetime
    reason: str
    by: str = ""
    created_at: datetime | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another story that was alerted on lately, as grouping and inhibition see it."""

    story_id: int
    severity: Severity
    fired_at: datetime
    thread: str
    gist: str = ""
    event: Event | None = None
    state: AlertState = AlertState.FIRED


@dataclass(frozen=True, slots=True)
class Situation:
    """What else is going on while a story is judged."""

    now: datetime
    silences: tuple[Silence, ...] = ()
    lately: Mapping[tuple[str, str], tuple[tuple[int, datetime], ...]] = field(default_factory=dict)
    """(channel, recipient) to the stories first told to it within the last hour, and when."""
    neighbours: tuple[Neighbour, ...] = ()
    """Alerts of the last hours, newest first."""
    precedents: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """(sub-event type, governorate) to how many stories the 90 days before held."""


@dataclass(frozen=True, slots=True)
class JudgeOutcome:
    """All that judging one story's new changes writes, in one transaction."""

    story_id: int
    changes: tuple[StoryChange, ...]
    """The claimed changes that this settles, with their leases."""
    alert: Alert | None = None
    """As it is to be from now on; None leaves it."""
    deliveries: tuple[Delivery, ...] = ()
    reason: str = ""
    """Why it fired, updated, held or kept silent; kept for `marsad explain`."""
    base: datetime | None = None
    """`updated_at` of the alert that this was decided on; None: there was no alert."""
