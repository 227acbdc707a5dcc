"""The nouns that polling speaks in, apart from the rest: a command that polls pays for no other.

Everybody else finds them in `worker.domain.model`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Stage(StrEnum):
    """How far an item has come. The database holds it; a sweep finds whatever stands still."""

    NEW = "new"
    """Stored as the feed delivered it."""
    READ = "read"
    """Clean text, language and analysis are there."""
    LINKED = "linked"
    """Part of a story."""
    PASSED = "passed"
    """Read and found to be none of Marsad's business: no story, no alert."""
    QUARANTINED = "quarantined"
    """Failed three times; kept, with its last error, for `marsad explain` and a retry by hand."""


class Origin(StrEnum):
    """Where a feed or a watch was defined; what a file defines is read-only elsewhere."""

    FILE = "file"
    DATABASE = "database"


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work on one row until a time; a commit with another generation writes nothing."""

    id: int
    generation: int
    attempts: int = 0
    """How often this row was claimed before without success; three put it into quarantine."""


@dataclass(frozen=True, slots=True)
class Feed:
    """An address that is polled, as its owner described it."""

    url: str
    name: str = ""
    language: str | None = None
    """ISO 639 code, a weak prior for language detection."""
    country: str | None = None
    scope: str = "world"
    """`iraq`, `region`, `world`, `humanitarian` or `military`."""
    reliability: str = "F"
    """NATO source letter (AJP-2.1): A completely reliable … E unreliable, F cannot be judged."""
    reliability_reason: str = ""
    homepage: str = ""
    documented_at: str = ""
    """Where the publisher documents this address."""
    folder: str = ""
    enabled: bool = True
    urgent: bool = False
    interval_s: int | None = None
    """A fixed interval in seconds; None lets the feed's own rhythm decide."""
    fetch_articles: bool = True
    options: Mapping[str, Any] = field(default_factory=dict)
    """Per-feed HTTP options: user_agent, headers, basic_auth, bearer, proxy."""
    origin: Origin = Origin.DATABASE
    id: int = 0


@dataclass(frozen=True, slots=True)
class FeedState:
    """What polling has learned about a feed; written in the same transaction as its entries."""

    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    next_poll_at: datetime | None = None
    last_polled_at: datetime | None = None
    last_success_at: datetime | None = None
    last_new_at: datetime | None = None
    failures: int = 0
    """Consecutive failures; a success resets it."""
    error_class: str | None = None
    error: str | None = None
    """A sentence that a person understands; None when the last poll succeeded."""
    polls: int = 0
    memory: Mapping[str, Any] = field(default_factory=dict)
    """What the scheduling policy remembers: rhythm, redirects under observation, gaps, hubs."""


@dataclass(frozen=True, slots=True)
class ClaimedFeed:
    """A feed whose poll is due, leased to this worker."""

    feed: Feed
    state: FeedState
    lease: Lease


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed document, as parsed; text fields are still markup."""

    guid: str
    """The publisher's identifier as given; empty when there was none."""
    url: str
    title: str
    html: str
    """The fullest of content and summary."""
    published: datetime | None = None
    updated: datetime | None = None
    author: str = ""
    categories: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class NewItem:
    """An entry that is new or was edited, ready to be stored as an item."""

    identity: str
    """What makes it the same entry at the next poll (see `worker.domain.polling`)."""
    fingerprint: str
    """Hash of what a reader would see; a change makes a revision."""
    entry: Entry
    published_at: datetime | None
    """Publication time as believed: clamped when in the future, None when the feed gave none."""
    fresh: bool = True
    """False for undated items of a feed's first poll and for re-dated archives: never alerts."""
    alias: str = ""
    """A second key, of link and title: finds the entry again when its GUID changes."""


@dataclass(frozen=True, slots=True)
class PollOutcome:
    """All that one poll of one feed writes, in one transaction."""

    claimed: ClaimedFeed
    state: FeedState
    new: tuple[NewItem, ...] = ()
    notices: tuple[Notice, ...] = ()
    saved_url: str | None = None
    """A permanent redirect that proved stable: the feed's new address."""
    stop: bool = False
    """The server says that the feed is gone for good (410): disable it."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the service itself: a feed gone silent, a redirect to approve."""

    kind: str
    subject: str
    """What it is about, e.g. `feed:12`."""
    text: str
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    id: int = 0
    resolved_at: datetime | None = None
