"""The poll room's queries: claim feeds, look entries up, write what a poll decided in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields as dataclass_fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, and_, bindparam, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from worker.domain.model import ClaimedFeed, Feed, FeedState, Notice, Origin, PollOutcome, Stage
from worker.domain.polling.entries import KnownEntry
from worker.storage import rows
from worker.storage.engine import reading, writing
from worker.storage.leases import claim, held, lease_of, settle_many
from worker.storage.tables import entries, feeds, items, notices

_STATE_COLUMNS = tuple(one.name for one in dataclass_fields(FeedState))
_DESCRIPTION = tuple(one.name for one in dataclass_fields(Feed) if one.name not in ("id", "url", "enabled"))
_KEYS_A_QUERY = 400


class PollQueries:
    """Feeds and what polling learns of them."""

    engine: Engine

    def claim_feeds(self, now: datetime, limit: int, lease: timedelta) -> list[ClaimedFeed]:
        """Lease up to `limit` enabled feeds that are due, longest overdue first."""
        due = and_(feeds.c.enabled, or_(feeds.c.next_poll_at.is_(None), feeds.c.next_poll_at <= now))
        order = (feeds.c.next_poll_at.asc().nulls_first(), feeds.c.id)
        with writing(self.engine) as connection:
            found = claim(connection, feeds, due, order, now=now, limit=limit, lease=lease)
        return [_claimed(row) for row in found]

    def claim_feed_ids(self, ids: Sequence[int], now: datetime, lease: timedelta) -> list[ClaimedFeed]:
        """Lease these enabled feeds whether due or not: somebody asked for them by name."""
        if not ids:
            return []
        wanted = and_(feeds.c.enabled, feeds.c.id.in_(list(ids)))
        with writing(self.engine) as connection:
            found = claim(connection, feeds, wanted, (feeds.c.id,), now=now, limit=len(ids), lease=lease)
        return [_claimed(row) for row in found]

    def known_entries(self, feed_id: int, keys: Sequence[str]) -> dict[str, KnownEntry]:
        """The newest revision of each entry stored under one of these keys, identity or alias."""
        found: dict[str, KnownEntry] = {}
        wanted = list(dict.fromkeys(keys))
        columns = (entries.c.identity, entries.c.alias, entries.c.fingerprint, entries.c.published_at)
        with reading(self.engine) as connection:
            for start in range(0, len(wanted), _KEYS_A_QUERY):
                part = wanted[start : start + _KEYS_A_QUERY]
                for column in (entries.c.alias, entries.c.identity):
                    query = select(*columns).where(entries.c.feed_id == feed_id, column.in_(part))
                    for row in connection.execute(query):
                        one = KnownEntry(row.identity, row.alias, row.fingerprint, row.published_at)
                        found[row.identity if column is entries.c.identity else row.alias] = one
        return found

    def save_poll(self, outcomes: Sequence[PollOutcome], now: datetime) -> int:
        """Entries, items, validators and next poll time of each feed together; new items stored."""
        with writing(self.engine) as connection:
            alive = held(connection, feeds, [one.claimed.lease for one in outcomes])
            mine = [one for one in outcomes if one.claimed.lease.id in alive]
            stored = _save_items(connection, mine, now)
            _save_states(connection, mine)
            told = [notice for one in mine for notice in one.notices]
            _tell(connection, told)
        return stored

    def upsert_feeds(self, feeds_: Iterable[Feed], now: datetime) -> int:
        """Make the file's feeds so; those of the database stay. Returns how many changed."""
        wanted = {feed.url: feed for feed in feeds_}
        changed = 0
        with writing(self.engine) as connection:
            present = {row.url: row for row in connection.execute(select(feeds))}
            fresh = [feed for url, feed in wanted.items() if url not in present]
            if fresh:
                connection.execute(insert(feeds), [_feed_values(feed, now) for feed in fresh])
            for url, feed in wanted.items():
                row = present.get(url)
                if row is None:
                    continue
                values = {name: getattr(feed, name) for name in _DESCRIPTION} | {"origin": feed.origin.value}
                if any(getattr(row, name) != value for name, value in values.items()):
                    connection.execute(update(feeds).where(feeds.c.id == row.id).values(**values))
                    changed += 1
        return changed + len(fresh)

    def feeds(self) -> list[tuple[Feed, FeedState]]:
        """All feeds with what is known of them, by name."""
        with reading(self.engine) as connection:
            found = connection.execute(select(feeds).order_by(feeds.c.name, feeds.c.url))
            return [(rows.feed(row), rows.feed_state(row)) for row in found]

    def set_feed_enabled(self, feed_id: int, *, enabled: bool) -> bool:
        """Pause or resume; False when there is no such feed."""
        values: dict[str, Any] = {"enabled": enabled}
        if enabled:
            values |= {"next_poll_at": None, "failures": 0, "error": None, "error_class": None}
        with writing(self.engine) as connection:
            return (
                connection.execute(update(feeds).where(feeds.c.id == feed_id).values(**values)).rowcount == 1
            )

    def remember_of_feed(self, feed_id: int, memory: dict[str, Any]) -> bool:
        """Change what polling remembers by a person's or a hub's word; None forgets a name."""
        with writing(self.engine) as connection:
            row = connection.execute(select(feeds.c.memory).where(feeds.c.id == feed_id)).first()
            if row is None:
                return False
            merged = {**(row.memory or {}), **memory}
            merged = {name: value for name, value in merged.items() if value is not None}
            connection.execute(update(feeds).where(feeds.c.id == feed_id).values(memory=merged))
        return True


def _claimed(row: Any) -> ClaimedFeed:
    return ClaimedFeed(rows.feed(row), rows.feed_state(row), lease_of(row))


def _feed_values(feed: Feed, now: datetime) -> dict[str, Any]:
    values = {name: getattr(feed, name) for name in _DESCRIPTION}
    values |= {"url": feed.url, "enabled": feed.enabled, "origin": Origin(feed.origin).value}
    return values | {"options": dict(feed.options), "created_at": now, "memory": {}}


def _tell(connection: Connection, told: Sequence[Notice]) -> None:
    """Store notices; one of a kind about one thing a day is enough."""
    if not told:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(notices).on_conflict_do_nothing()
    connection.execute(statement, [_notice(notice) for notice in told])


def _notice(notice: Any) -> dict[str, Any]:
    return {
        "kind": notice.kind,
        "subject": notice.subject,
        "day": notice.at.date(),
        "text": notice.text,
        "at": notice.at,
        "data": dict(notice.data),
    }


def _save_states(connection: Connection, outcomes: Sequence[PollOutcome]) -> None:
    """End the leases with the new states; moves and stops are rare and written one by one."""
    written = []
    for one in outcomes:
        values = {name: getattr(one.state, name) for name in _STATE_COLUMNS}
        lease = one.claimed.lease
        written.append({"_id": lease.id, "_generation": lease.generation, "attempts": 0, **values})
    settle_many(connection, feeds, written, (*_STATE_COLUMNS, "attempts"))
    for one in outcomes:
        if one.stop:
            connection.execute(update(feeds).where(feeds.c.id == one.claimed.feed.id).values(enabled=False))
        if one.saved_url:
            taken = select(feeds.c.id).where(feeds.c.url == one.saved_url)
            if connection.execute(taken).first() is None:
                moved = update(feeds).where(feeds.c.id == one.claimed.feed.id).values(url=one.saved_url)
                connection.execute(moved)


def _save_items(connection: Connection, outcomes: Sequence[PollOutcome], now: datetime) -> int:
    """Insert entries in bulk; those that are there already get a revision."""
    new: list[dict[str, Any]] = []
    made: dict[tuple[int, str], Any] = {}
    for one in outcomes:
        for item in one.new:
            made[one.claimed.feed.id, item.identity] = item
    if not made:
        return 0
    known = _stored(
        connection, [one for one in outcomes if one.claimed.state.last_success_at or one.new], made
    )
    for (feed_id, identity), item in made.items():
        if (feed_id, identity) not in known:
            new.append(
                {
                    "feed_id": feed_id,
                    "identity": identity,
                    "alias": item.alias,
                    "fingerprint": item.fingerprint,
                    "published_at": item.published_at,
                    "first_seen_at": now,
                    "revision": 1,
                }
            )
    ids = _insert_entries(connection, new)
    revised = [(key, *row) for key, row in known.items() if row[2] != made[key].fingerprint]
    _revise(connection, revised, made)
    values = [_item_values(key[0], entry_id, 1, made[key], now) for key, entry_id in ids.items()]
    values += [
        _item_values(key[0], entry_id, number + 1, made[key], now) for key, entry_id, number, _ in revised
    ]
    if values:
        connection.execute(insert(items), values)
    return len(values)


def _stored(
    connection: Connection, outcomes: Sequence[PollOutcome], made: dict[tuple[int, str], Any]
) -> dict[tuple[int, str], tuple[int, int, str]]:
    """Entries among these that are stored already: id, revision, fingerprint."""
    found: dict[tuple[int, str], tuple[int, int, str]] = {}
    columns = (entries.c.id, entries.c.identity, entries.c.revision, entries.c.fingerprint)
    for one in outcomes:
        if one.claimed.state.last_success_at is None:
            continue
        feed_id = one.claimed.feed.id
        wanted = [identity for owner, identity in made if owner == feed_id]
        for start in range(0, len(wanted), _KEYS_A_QUERY):
            part = wanted[start : start + _KEYS_A_QUERY]
            query = select(*columns).where(entries.c.feed_id == feed_id, entries.c.identity.in_(part))
            for row in connection.execute(query):
                found[feed_id, row.identity] = (row.id, row.revision, row.fingerprint)
    return found


def _insert_entries(connection: Connection, new: list[dict[str, Any]]) -> dict[tuple[int, str], int]:
    """Insert new entries and return their ids by key."""
    if not new:
        return {}
    columns = (entries.c.id, entries.c.feed_id, entries.c.identity)
    found = connection.execute(insert(entries).returning(*columns), new)
    return {(row.feed_id, row.identity): row.id for row in found}


def _revise(
    connection: Connection,
    revised: Sequence[tuple[tuple[int, str], int, int, str]],
    made: dict[tuple[int, str], Any],
) -> None:
    if not revised:
        return
    statement = (
        update(entries)
        .where(entries.c.id == bindparam("_id"))
        .values(
            alias=bindparam("_alias"),
            fingerprint=bindparam("_fingerprint"),
            revision=bindparam("_revision"),
        )
    )
    parameters = [
        {
            "_id": entry_id,
            "_alias": made[key].alias,
            "_fingerprint": made[key].fingerprint,
            "_revision": number + 1,
        }
        for key, entry_id, number, _ in revised
    ]
    connection.execute(statement, parameters)


def _item_values(feed_id: int, entry_id: int, revision: int, item: Any, now: datetime) -> dict[str, Any]:
    entry = item.entry
    return {
        "entry_id": entry_id,
        "feed_id": feed_id,
        "revision": revision,
        "url": entry.url,
        "title_raw": entry.title,
        "html_raw": entry.html,
        "author": entry.author,
        "categories": list(entry.categories) or None,
        "published_at": item.published_at,
        "seen_at": now,
        "fresh": item.fresh,
        "stage": Stage.NEW.value,
        "stage_at": now,
    }
