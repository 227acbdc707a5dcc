"""What the services need from outside, as protocols; adapters and fakes fulfil them.

Every store method is one transaction. A claim leases rows (`worker.domain.model.Lease`); a save
takes the lease along and writes nothing for a row whose generation moved on, reporting how many
rows it really wrote, so that a worker that was paused past its lease does no harm.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:  # some bring numpy and the stemmers along, half a second for a command that polls
    from worker.domain.model import (
        Alert,
        AlertState,
        Analysis,
        ClaimedFeed,
        Delivery,
        DeliveryState,
        Document,
        Entry,
        Feed,
        FeedState,
        Item,
        JudgeOutcome,
        Lease,
        Notice,
        PollOutcome,
        ReadOutcome,
        Report,
        Sent,
        Severity,
        Situation,
        Story,
        StoryChange,
        StoryView,
        Watch,
    )
    from worker.domain.polling.entries import KnownEntry
    from worker.domain.stories.consolidation import Member
    from worker.domain.stories.trace import Sight, Trace


class Clock(Protocol):
    """The time now; tests hold it still."""

    def __call__(self) -> datetime:
        """Timezone-aware UTC."""
        ...


# --- poll ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Request:
    """One conditional GET."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    accept: str = "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"
    max_bytes: int = 15 * 1024 * 1024
    """Limit for the decompressed body."""
    total_timeout_s: float = 30.0
    options: Mapping[str, Any] = field(default_factory=dict)
    """A feed's own HTTP options: user_agent, headers, basic_auth, bearer, proxy."""


@dataclass(frozen=True, slots=True)
class Response:
    """What came back; `status` 304 has no body."""

    status: int
    url: str
    """Address of the last hop."""
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Lower-case names."""
    permanent_url: str | None = None
    """Where an unbroken chain of 301/308 from the first hop led, if it did."""
    elapsed_s: float = 0.0


class Fetcher(Protocol):
    """An HTTP client with the address guard and all limits built in."""

    async def fetch(self, request: Request) -> Response:
        """Return any response below 400 and 304; raise `FetchError` for everything else."""
        ...


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed document as entries, and what it says about itself."""

    title: str = ""
    homepage: str = ""
    language: str | None = None
    entries: tuple[Entry, ...] = ()
    ttl_s: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()
    update_period_s: int | None = None
    hubs: tuple[str, ...] = ()
    self_url: str | None = None
    bozo: str = ""
    """What was malformed, if anything; the entries that could be saved are there."""
    format: str = ""


class Parser(Protocol):
    """Bytes to entries; raises `ParseError` when there is no feed in them."""

    def __call__(self, body: bytes, *, content_type: str = "", url: str = "") -> ParsedFeed:
        """Parse one document."""
        ...


class HostGate(Protocol):
    """Courtesy towards hosts, shared by all that fetch: how many at once, how close together."""

    async def enter(self, host: str, patience_s: float) -> float | None:
        """Wait for a turn. None: go ahead, then `leave`; else seconds after which to ask again."""
        ...

    async def leave(self, host: str) -> None:
        """The turn is over."""
        ...

    async def rest(self, host: str, seconds: float) -> None:
        """The host asked for a pause: nobody enters until it is over."""
        ...


class PollStore(Protocol):
    """What the poll room reads and writes."""

    def claim_feeds(self, now: datetime, limit: int, lease: timedelta) -> list[ClaimedFeed]:
        """Lease up to `limit` enabled feeds that are due, longest overdue first."""
        ...

    def claim_feed_ids(self, ids: Sequence[int], now: datetime, lease: timedelta) -> list[ClaimedFeed]:
        """Lease these enabled feeds whether due or not: somebody asked for them by name."""
        ...

    def known_entries(self, feed_id: int, keys: Sequence[str]) -> dict[str, KnownEntry]:
        """The newest revision of each entry stored under one of these keys, identity or alias."""
        ...

    def save_poll(self, outcomes: Sequence[PollOutcome], now: datetime) -> int:
        """Entries, items, validators and next poll time of each feed together; new items stored."""
        ...

    def upsert_feeds(self, feeds: Iterable[Feed], now: datetime, *, only_new: bool = False) -> int:
        """Make the file's feeds so; those of the database stay. Returns how many changed."""
        ...

    def feeds(self) -> list[tuple[Feed, FeedState]]:
        """All feeds with what is known of them, by name."""
        ...

    def set_feed_enabled(self, feed_id: int, *, enabled: bool) -> bool:
        """Pause or resume; False when there is no such feed."""
        ...


# --- read ----------------------------------------------------------------------------------------


class Analyser(Protocol):
    """Understanding: what a clean text says."""

    @property
    def version(self) -> str:
        """Lexicon version, stored with every analysis."""
        ...

    def analyse(self, document: Document) -> Analysis:
        """Judge one document; pure."""
        ...


class ReadStore(Protocol):
    """What the read and article rooms read and write."""

    def claim_items(self, now: datetime, limit: int, lease: timedelta) -> list[Item]:
        """Lease items at stage `new`, oldest first."""
        ...

    def save_read(self, outcomes: Sequence[ReadOutcome], now: datetime) -> int:
        """Text, language, analysis, events and the next stage of each; wanted articles are queued."""
        ...

    def fail_item(self, item: Item, error: str, now: datetime) -> None:
        """Count an attempt; the third puts the item into quarantine with a notice."""
        ...

    def claim_articles(self, now: datetime, limit: int, lease: timedelta) -> list[Item]:
        """Lease items whose page is wanted and due."""
        ...

    def save_article(self, item: Item, outcome: ArticleOutcome, now: datetime) -> bool:
        """Store the page's text and set the item back to `new`, or note why there is none."""
        ...


@dataclass(frozen=True, slots=True)
class ArticleOutcome:
    """What came of fetching one page."""

    text: str | None = None
    """The article's text; None when there is none to be had."""
    canonical_url: str | None = None
    verdict: str = "ok"
    """`ok`, `paywall`, `consent`, `needs-javascript`, `robots`, `too-short`, `error`."""
    reason: str = ""
    retry_at: datetime | None = None
    """Try again then; None: settled."""
    published_at: datetime | None = None
    author: str = ""
    image: str | None = None


# --- link ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LinkWrite:
    """All that linking one batch writes about one story, inside the link section."""

    story: Story
    """The story as it is from now on; a negative id asks for a new one."""
    members: tuple[Member, ...] = ()
    """Reports that are new in it, moved into it, or not what they were."""
    filed: tuple[tuple[int, Sequence[int]], ...] = ()
    """(Item id, keys): what else leads to this story."""
    changes: tuple[StoryChange, ...] = ()
    """In order; the store numbers them, and puts real ids in the place of negative ones."""
    absorbed: tuple[int, ...] = ()
    """Stories that turned out to be this one: they point here, with their reports and keys."""


class LinkReader(Protocol):
    """What linking looks at, outside the section and again inside it."""

    def link_mark(self) -> int:
        """Number of the newest story change: the same mark twice means that nothing happened."""
        ...

    def reach(self, keys: Sequence[int], per_key: int) -> list[tuple[int, int, int]]:
        """Follow keys to stories: (key, story id, item id), oldest story first, the newest few a key."""
        ...

    def addressed(self, urls: Sequence[str], since: datetime) -> list[tuple[str, int, int]]:
        """Follow addresses to stories: (address, story id, item id), items seen since then."""
        ...

    def entered(self, entry_ids: Sequence[int]) -> set[int]:
        """The stories that revisions of these entries are in."""
        ...

    def sights(self, item_ids: Sequence[int]) -> dict[int, Sight]:
        """When items that are in stories were told and of what events: enough to dismiss most of them."""
        ...

    def traces(self, item_ids: Sequence[int]) -> dict[int, Trace]:
        """Traces of items that are in stories."""
        ...

    def whole(self, story_ids: Sequence[int]) -> list[tuple[Story, list[Member]]]:
        """Load stories with their reports, the newest 200 each; merged ones are left out."""
        ...


class LinkSection(LinkReader, Protocol):
    """The short global section in which candidates are looked at again and stories are written."""

    held: Collection[int]
    """Item ids whose lease still holds; what others have taken over is not to be written."""

    def write(self, writes: Sequence[LinkWrite]) -> dict[int, int]:
        """Write stories; returns the real id for each negative one. Held items become `linked`."""
        ...


class LinkStore(LinkReader, Protocol):
    """What the link room reads and writes."""

    def claim_read(self, now: datetime, limit: int, lease: timedelta) -> list[tuple[Report, Lease]]:
        """Lease items at stage `read`, oldest publication first."""
        ...

    def link_section(self, leases: Sequence[Lease], now: datetime) -> AbstractContextManager[LinkSection]:
        """Enter the section: advisory lock on PostgreSQL, BEGIN IMMEDIATE on SQLite."""
        ...

    def fail_link(self, lease: Lease, error: str, now: datetime) -> None:
        """Count an attempt; the third puts the item into quarantine with a notice."""
        ...

    def recent_traces(self, limit: int) -> list[Trace]:
        """The newest reports in stories: what a new process learns the rarity of words from."""
        ...

    def idle_stories(self, before: datetime, limit: int) -> list[int]:
        """Stories still developing that were last updated before this, longest idle first."""
        ...

    def prune_links(self, today: datetime, window_days: int) -> int:
        """Forget the keys of events that happened before the window; returns how many."""
        ...


# --- judge and deliver -----------------------------------------------------------------------------


class JudgeStore(Protocol):
    """What the judge room reads and writes."""

    def claim_changes(self, now: datetime, limit: int, lease: timedelta) -> list[StoryChange]:
        """Lease unjudged story changes, whole stories at a time, oldest first."""
        ...

    def story_views(self, ids: Sequence[int]) -> dict[int, StoryView]:
        """Stories with reports, all their changes and their alert."""
        ...

    def situation(self, now: datetime) -> Situation:
        """Silences in force, what recipients got lately, recent alerts, precedents of 90 days."""
        ...

    def precedents(self, now: datetime) -> dict[tuple[str, str], int]:
        """Count stories of the last 90 days by sub-event type and governorate."""
        ...

    def watches(self) -> list[Watch]:
        """Enabled watches, of the file and of the database, by name."""
        ...

    def watches_mark(self) -> str:
        """Give a mark that changes whenever a watch is added, changed or removed."""
        ...

    def all_watches(self) -> list[Watch]:
        """Every watch, switched off ones too, by name."""
        ...

    def upsert_watches(self, watches: Iterable[Watch], now: datetime) -> int:
        """Make the file's watches so; those of the database stay. Returns how many changed."""
        ...

    def save_watch(self, watch: Watch, now: datetime) -> Watch:
        """Add or change a watch of the database; refuses one that a file defines."""
        ...

    def remove_watch(self, name: str) -> bool:
        """Remove a watch of the database; False when there is none of that name."""
        ...

    def save_judgement(self, outcomes: Sequence[JudgeOutcome], now: datetime) -> int:
        """Alerts and their outbox rows together; a delivery that is there already stays as it is.

        A message that waits for the same recipient and thread is superseded by a newer one. An outcome
        decided on an alert that changed meanwhile is not written; its changes are due again at once.
        """
        ...

    def fail_changes(self, changes: Sequence[StoryChange], error: str, now: datetime) -> None:
        """Count an attempt; the third settles the changes with their error."""
        ...

    def set_alert_state(self, story_id: int, state: AlertState, by: str, now: datetime) -> bool:
        """Acknowledge, mute or resolve; False when there is no such alert."""
        ...

    def unacknowledged(self, now: datetime) -> list[StoryView]:
        """Stories of alerts of the last day that nobody has acknowledged."""
        ...

    def alerts(self, limit: int = 50) -> list[tuple[Alert, Story]]:
        """Newest first."""
        ...


class DeliverStore(Protocol):
    """What the deliver room reads and writes."""

    def due_channels(self, now: datetime) -> list[str]:
        """Channels with due deliveries."""
        ...

    def claim_deliveries(self, channel: str, now: datetime, limit: int, lease: timedelta) -> list[Delivery]:
        """Lease due deliveries, highest severity then oldest first.

        A delivery found `sending` past its lease comes back with `state=UNCERTAIN`: its sender died
        during the attempt, so the channel is asked before it is sent again.
        """
        ...

    def begin(self, delivery: Delivery) -> bool:
        """Write `sending` just before an attempt; False when the lease was lost."""
        ...

    def save_delivery(
        self, delivery: Delivery, state: DeliveryState, sent: Sent, due_at: datetime | None, now: datetime
    ) -> bool:
        """Write what became of an attempt; False when the lease was lost."""
        ...

    def give_back(self, delivery: Delivery, due_at: datetime) -> bool:
        """Return a claimed delivery that was never attempted."""
        ...

    def sent_in_thread(self, thread: str, channel: str, recipient: str) -> list[Delivery]:
        """What this recipient got, or may have got, about it, oldest first: what updates refer to."""
        ...

    def deliveries(
        self, *, state: DeliveryState | None = None, story_id: int | None = None, limit: int = 100
    ) -> list[Delivery]:
        """Newest first, for people."""
        ...

    def requeue(self, delivery_id: int, now: datetime) -> bool:
        """Send a dead or uncertain letter again, by a person's decision."""
        ...

    def enqueue(self, deliveries: Sequence[Delivery], now: datetime) -> int:
        """Put messages that no judgement made (notices, digests, tests) into the outbox."""
        ...

    def add_notices(self, notices: Sequence[Notice], now: datetime) -> list[Notice]:
        """Store notices; returns those that are new today (kind, subject, day)."""
        ...


class Channel(Protocol):
    """A way to reach people. One file a channel; one contract suite runs over all of them."""

    @property
    def name(self) -> str:
        """As watches name it: `console`, `slack`, `email`."""
        ...

    @property
    def can_edit(self) -> bool:
        """Whether a sent message can be changed in place."""
        ...

    @property
    def pause_s(self) -> float:
        """Seconds to leave between two messages: Slack takes one a second."""
        ...

    def recipients(self) -> Sequence[str]:
        """The configured default recipients; each gets a message of its own."""
        ...

    def send(self, delivery: Delivery, first: Delivery | None) -> Sent:
        """Make one attempt; `first` is the thread's first sent message, to edit or answer.

        Never raises for what the other side does; every outcome is a `Sent` with its reason.
        """
        ...

    def ask(self, delivery: Delivery, first: Delivery | None) -> Sent | None:
        """Find out whether an uncertain message arrived; None when this channel cannot be asked.

        `SENT` with its reference: it did. `REJECTED`: it surely did not. `RETRY`: ask again later.
        """
        ...


class Policy(Protocol):
    """Alert policy: pure, with its reason. See `worker.domain.alerting`."""

    def judge(self, view: StoryView, new: Sequence[StoryChange], situation: Situation) -> JudgeOutcome:
        """Fire, update, hold or keep silent for one story."""
        ...


# --- desk and operation ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StoryFilter:
    """What the stream of stories is narrowed to; None means any."""

    since: datetime | None = None
    until: datetime | None = None
    governorate: str | None = None
    sub_event_type: str | None = None
    actor: str | None = None
    severity: Severity | None = None
    language: str | None = None
    source: str | None = None
    words: str | None = None
    kind: str | None = None
    before: tuple[datetime, int] | None = None
    """Keyset: older than this (updated_at, id)."""
    among: frozenset[int] | None = None
    """Only these stories."""
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Leaf:
    """A report as a search turns it over: what shows at a glance, and the whole when it is asked for."""

    text: str
    ids: str
    """Terms and matches as they are stored: an id that the report carries stands in it between quotes."""
    whole: Callable[[], Report]
