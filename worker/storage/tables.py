"""The tables. Every row that is worked on carries its stage and its lease.

Columns are the same on SQLite and PostgreSQL; times are UTC; JSON holds what is read whole and
never searched by. The partial indexes are the queues: they hold only rows that still wait.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    DDL,
    JSON,
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    cast,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.event import listen
from sqlalchemy.types import TypeDecorator

from worker.storage.wordindex import WORD_INDEX_POSTGRES, WORD_INDEX_SQLITE

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ID = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts up on INTEGER primary keys only."""

JsonColumn = JSON().with_variant(JSONB(), "postgresql")


class Whole(TypeDecorator[str]):
    """JSON that is read whole into one of the domain's classes: it comes as text, to be decoded in one step."""

    impl = JsonColumn
    cache_ok = True

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """Ask for the text."""
        return cast(column, Text)

    def result_processor(self, dialect: Any, coltype: Any) -> None:  # noqa: ARG002
        """Leave it as it is: `worker.storage.codec.load` makes the class of it."""
        return


class UtcDateTime(TypeDecorator[datetime]):
    """A timezone-aware UTC time; refuses naive ones, which would silently shift by hours."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Store UTC; SQLite keeps no zone, so it is dropped there after the shift."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}: times in Marsad carry their zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        """Give UTC back, whatever the database keeps."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _lease_columns() -> list[Column[Any]]:
    """Fresh columns of a lease for one table; see ground rule 5 of the architecture."""
    return [
        Column("claimed_until", UtcDateTime),
        Column("generation", Integer, nullable=False, server_default="0"),
        Column("attempts", Integer, nullable=False, server_default="0"),
    ]


feeds = Table(
    "feeds",
    metadata,
    Column("id", ID, primary_key=True),
    Column("url", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False, server_default=""),
    Column("language", String(8)),
    Column("country", Text),
    Column("scope", String(16), nullable=False, server_default="world"),
    Column("reliability", String(1), nullable=False, server_default="F"),
    Column("reliability_reason", Text, nullable=False, server_default=""),
    Column("homepage", Text, nullable=False, server_default=""),
    Column("documented_at", Text, nullable=False, server_default=""),
    Column("folder", Text, nullable=False, server_default=""),
    Column("enabled", Boolean, nullable=False, server_default=text("true")),
    Column("urgent", Boolean, nullable=False, server_default=text("false")),
    Column("interval_s", Integer),
    Column("fetch_articles", Boolean, nullable=False, server_default=text("true")),
    Column("options", JsonColumn, nullable=False),
    Column("origin", String(8), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", String(64)),
    Column("next_poll_at", UtcDateTime),
    Column("last_polled_at", UtcDateTime),
    Column("last_success_at", UtcDateTime),
    Column("last_new_at", UtcDateTime),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("error_class", Text),
    Column("error", Text),
    Column("polls", Integer, nullable=False, server_default="0"),
    Column("memory", JsonColumn, nullable=False),
    *_lease_columns(),
    Index("ix_feeds_due", "next_poll_at", sqlite_where=text("enabled"), postgresql_where=text("enabled")),
)

entries = Table(
    "entries",
    metadata,
    Column("id", ID, primary_key=True),
    Column("feed_id", ForeignKey("feeds.id", ondelete="CASCADE"), nullable=False),
    Column("identity", String(64), nullable=False),
    Column("alias", String(32), nullable=False, server_default=""),
    Column("fingerprint", String(32), nullable=False),
    Column("revision", Integer, nullable=False, server_default="1"),
    Column("published_at", UtcDateTime),
    Column("first_seen_at", UtcDateTime, nullable=False),
    UniqueConstraint("feed_id", "identity"),
    Index("ix_entries_feed_id_alias", "feed_id", "alias"),
)
"""What a feed delivered, once an entry, with the fingerprint of its newest revision."""

_ITEM_WAITS = text("stage IN ('new', 'read')")

ITEM_WAITS = text("items.stage IN ('new', 'read')")
"""The partial index's own condition, word for word: beside `stage = …` it says nothing new, but without
it SQLite does not see that it may use the index and reads the whole archive at every claim."""

items = Table(
    "items",
    metadata,
    Column("id", ID, primary_key=True),
    Column("entry_id", ForeignKey("entries.id", ondelete="CASCADE"), nullable=False),
    Column("feed_id", ForeignKey("feeds.id", ondelete="CASCADE"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("url", Text, nullable=False),
    Column("title_raw", Text, nullable=False),
    Column("html_raw", Text, nullable=False),
    Column("author", Text, nullable=False, server_default=""),
    Column("categories", JsonColumn),
    Column("published_at", UtcDateTime),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("fresh", Boolean, nullable=False),
    Column("stage", String(12), nullable=False),
    Column("stage_at", UtcDateTime, nullable=False),
    Column("error", Text),
    Column("canonical_url", Text),
    Column("title", Text),
    Column("text", Text),
    Column("language", String(8)),
    Column("text_hash", String(64)),
    Column("article_text", Text),
    Column("article", JsonColumn),
    Column("story_id", ID),
    *_lease_columns(),
    UniqueConstraint("entry_id", "revision"),
    Index("ix_items_waiting", "stage", "id", sqlite_where=_ITEM_WAITS, postgresql_where=_ITEM_WAITS),
    Index("ix_items_feed_id_id", "feed_id", "id"),
    Index("ix_items_seen_at_feed_id", "seen_at", "feed_id"),
    Index("ix_items_language_story_id", "language", "story_id"),
    Index("ix_items_story_id", "story_id"),
    Index("ix_items_canonical_url", "canonical_url"),
)
"""Entry revisions on their way: raw markup, clean text, stage."""

articles = Table(
    "articles",
    metadata,
    Column("item_id", ForeignKey("items.id", ondelete="CASCADE"), primary_key=True),
    Column("url", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("verdict", String(20)),
    Column("reason", Text),
    *_lease_columns(),
    Index(
        "ix_articles_due",
        "due_at",
        sqlite_where=text("state = 'wanted'"),
        postgresql_where=text("state = 'wanted'"),
    ),
)
"""Pages to fetch; `state` is `wanted` or `done`."""

analyses = Table(
    "analyses",
    metadata,
    Column("item_id", ForeignKey("items.id", ondelete="CASCADE"), primary_key=True),
    Column("lexicon_version", String(64), nullable=False),
    Column("relevant", Boolean, nullable=False),
    Column("score", Float, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("gist", Text, nullable=False),
    Column("terms", JsonColumn, nullable=False),
    Column("matches", Whole, nullable=False),
    Column("reasons", JsonColumn, nullable=False),
    Column("events", Whole, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)
"""What an item says. `events` holds `model.Event` values whole; `events` the table is for searching."""

item_words = Table(
    "item_words",
    metadata,
    Column("item_id", ForeignKey("items.id", ondelete="CASCADE"), primary_key=True),
    Column("words", Text, nullable=False),
)
"""The terms under which a relevant item is found, a space between them; see `worker.storage.words`."""


def _when(event: str, database: str, statements: Iterable[str]) -> None:
    for statement in statements:
        said: Any = DDL(statement)  # type: ignore[no-untyped-call]
        listen(item_words, event, said.execute_if(dialect=database))


_when("after_create", "sqlite", WORD_INDEX_SQLITE)
_when("after_create", "postgresql", WORD_INDEX_POSTGRES)
_when("after_drop", "sqlite", ["DROP TABLE IF EXISTS word_index"])

cap_messages = Table(
    "cap_messages",
    metadata,
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("sender", Text, nullable=False),
    Column("sent", UtcDateTime, nullable=False),
)
"""CAP messages that left: a later one about the same story has to name them."""

events = Table(
    "events",
    metadata,
    Column("id", ID, primary_key=True),
    Column("item_id", ForeignKey("items.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("event_type", Text, nullable=False),
    Column("sub_event_type", Text, nullable=False),
    Column("event_date", Date),
    Column("place", Text),
    Column("governorate", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("killed", Integer),
    Column("wounded", Integer),
    Column("confidence", Float, nullable=False),
    UniqueConstraint("item_id", "position"),
    Index("ix_events_event_date", "event_date"),
)

_STORY_OPEN = text("phase = 'developing'")
_MERGED = text("merged_into IS NOT NULL")
_COUNTED = text("kind = 'incident' AND merged_into IS NULL")

stories = Table(
    "stories",
    metadata,
    Column("id", ID, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("gist", Text, nullable=False),
    Column("sub_event_type", Text),
    Column("event_date", Date),
    Column("place", Text),
    Column("governorate", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("killed", Integer),
    Column("wounded", Integer),
    Column("corroboration", String(16), nullable=False),
    Column("phase", String(12), nullable=False),
    Column("item_count", Integer, nullable=False),
    Column("source_count", Integer, nullable=False),
    Column("first_published_at", UtcDateTime),
    Column("last_published_at", UtcDateTime),
    Column("merged_into", ID),
    Column("pinned", Boolean, nullable=False, server_default=text("false")),
    Column("body", Whole, nullable=False),
    Column("geo_precision", Integer),
    Index("ix_stories_updated_at_id", "updated_at", "id"),
    Index("ix_stories_governorate_updated_at", "governorate", "updated_at"),
    Index("ix_stories_sub_event_type_updated_at", "sub_event_type", "updated_at"),
    Index("ix_stories_merged_into", "merged_into", sqlite_where=_MERGED, postgresql_where=_MERGED),
    Index(
        "ix_stories_counted",
        "updated_at",
        "event_date",
        "created_at",
        "governorate",
        "sub_event_type",
        "kind",
        "merged_into",
        sqlite_where=_COUNTED,
        postgresql_where=_COUNTED,
    ),
    Index(
        "ix_stories_developing",
        "updated_at",
        sqlite_where=_STORY_OPEN,
        postgresql_where=_STORY_OPEN,
    ),
)
"""`body` holds the whole `model.Story`; the columns are what lists filter and sort by."""

story_items = Table(
    "story_items",
    metadata,
    Column("item_id", ForeignKey("items.id", ondelete="CASCADE"), primary_key=True),
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False),
    Column("why", Text, nullable=False),
    Column("likeness", Float, nullable=False),
    Column("copy_of", ID, nullable=False, server_default="0"),
    Column("superseded", Boolean, nullable=False, server_default=text("false")),
    Column("trace", LargeBinary, nullable=False),
    Column("pinned", Boolean, nullable=False, server_default=text("false")),
    Column("added_at", UtcDateTime, nullable=False),
    Index("ix_story_items_story_id", "story_id"),
)

link_runs = Table(
    "link_runs",
    metadata,
    Column("id", ID, primary_key=True),
    Column("first_day", Integer, nullable=False),
    Column("last_day", Integer, nullable=False),
    Column("floor", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("merged", LargeBinary, nullable=False),
)
"""Where linking finds candidates: numbers of near-copy bands, words, event cells, the day in front.

A batch is one row: its keys in order, each with a story and an item (`worker.storage.filed`), the days
(proleptic ordinals) of the first and the last, and the stories that became part of others. A row with a
`floor` says that what is filed under earlier days is forgotten. The newest row never goes.
"""

_CHANGE_WAITS = text("judged_at IS NULL")

story_changes = Table(
    "story_changes",
    metadata,
    Column("id", ID, primary_key=True),
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("position", Integer, nullable=False, server_default="0"),
    Column("kind", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("item_id", ID),
    Column("data", JsonColumn, nullable=False),
    Column("judged_at", UtcDateTime),
    Column("judgement", Text),
    *_lease_columns(),
    UniqueConstraint("story_id", "version", "position"),
    Index("ix_story_changes_waiting", "id", sqlite_where=_CHANGE_WAITS, postgresql_where=_CHANGE_WAITS),
)
"""The append-only log; ids are given inside the link section, so their order is the commit order."""

watches = Table(
    "watches",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("query", Text, nullable=False),
    Column("definition", JsonColumn, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("origin", String(8), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)

alerts = Table(
    "alerts",
    metadata,
    Column("id", ID, primary_key=True),
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("story_version", Integer, nullable=False),
    Column("severity", String(10), nullable=False),
    Column("state", String(12), nullable=False),
    Column("state_by", Text, nullable=False, server_default=""),
    Column("state_at", UtcDateTime),
    Column("watches", JsonColumn, nullable=False),
    Column("reasons", JsonColumn, nullable=False),
    Column("fired_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Index("ix_alerts_updated_at_id", "updated_at", "id"),
    Index("ix_alerts_state_updated_at", "state", "updated_at"),
)

_DELIVERY_WAITS = text("state IN ('pending', 'retry', 'sending', 'uncertain')")

_DELIVERY_LOST = text("state IN ('dead', 'uncertain')")
DELIVERY_LOST = text("deliveries.state IN ('dead', 'uncertain')")
"""The partial index's own condition; see `ITEM_WAITS`."""

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", ID, primary_key=True),
    Column("key", String(120), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("recipient", String(255), nullable=False),
    Column("thread", String(120), nullable=False),
    Column("alert_id", ForeignKey("alerts.id", ondelete="SET NULL")),
    Column("story_id", ID),
    Column("severity_rank", Integer, nullable=False, server_default="0"),
    Column("message", Whole, nullable=False),
    Column("state", String(12), nullable=False),
    Column("reference", JsonColumn, nullable=False),
    Column("error", Text, nullable=False, server_default=""),
    Column("due_at", UtcDateTime, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    *_lease_columns(),
    UniqueConstraint("key", "channel", "recipient"),
    Index(
        "ix_deliveries_due",
        "channel",
        "due_at",
        sqlite_where=_DELIVERY_WAITS,
        postgresql_where=_DELIVERY_WAITS,
    ),
    Index("ix_deliveries_lost", "id", sqlite_where=_DELIVERY_LOST, postgresql_where=_DELIVERY_LOST),
    Index("ix_deliveries_thread", "thread", "channel", "recipient"),
    Index("ix_deliveries_story_id", "story_id"),
)
"""The outbox. The unique key is what makes a second alert about the same thing impossible."""

silences = Table(
    "silences",
    metadata,
    Column("id", ID, primary_key=True),
    Column("query", Text, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False, server_default=""),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_silences_until", "until"),
)
"""Alerts that answer the query stay quiet until then."""

feedback = Table(
    "feedback",
    metadata,
    Column("id", ID, primary_key=True),
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False),
    Column("by", Text, nullable=False),
    Column("relevant", Boolean, nullable=False),
    Column("watches", JsonColumn, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("story_id", "by"),
)
"""What readers said of an alert: the last word of each."""

notices = Table(
    "notices",
    metadata,
    Column("id", ID, primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("day", Date, nullable=False),
    Column("text", Text, nullable=False),
    Column("data", JsonColumn, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("resolved_at", UtcDateTime),
    UniqueConstraint("kind", "subject", "day"),
)

facts = Table(
    "facts",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("value", JsonColumn, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
"""Small facts about the service itself: the last tick, the lexicon version."""

# --- the desk: who may look, what they did and noted ----------------------------------------------

users = Table(
    "users",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("password", Text, nullable=False),
    Column("role", String(10), nullable=False),
    Column("enabled", Boolean, nullable=False, server_default=text("true")),
    Column("created_at", UtcDateTime, nullable=False),
)
"""Accounts of the page; `password` is an argon2id hash."""

sessions = Table(
    "sessions",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("role", String(10), nullable=False),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE")),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)
"""Who is logged in, by the SHA-256 of the cookie; without a user: by a login link on this machine."""

login_links = Table(
    "login_links",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)
"""Login links, each good once."""

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", String(80), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Column("scopes", JsonColumn, nullable=False),
    Column("created_by", String(80), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)

audit = Table(
    "audit",
    metadata,
    Column("id", ID, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("who", String(80), nullable=False),
    Column("what", String(40), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("data", JsonColumn, nullable=False),
    Index("ix_audit_at", "at"),
)
"""What people changed on the page or through the API."""

notes = Table(
    "notes",
    metadata,
    Column("id", ID, primary_key=True),
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), nullable=False),
    Column("text", Text, nullable=False),
    Column("by", String(80), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_notes_story_id", "story_id"),
)
"""What analysts wrote beside a story."""
