"""The poll room's queries: claim feeds, look entries up, write what a poll decided in one transaction."""

# ruff: noqa: S608 - tables and columns are constants of ours; values always travel beside the statement

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from worker.domain.polled import (
    ClaimedFeed,
    Lease,
    NewItem,
    Notice,
    PollOutcome,
    Stage,
)
from worker.domain.polling.entries import KnownEntry
from worker.storage.feeds import COLUMNS, FEED, STATE, TIMES, FeedQueries, feed_of, state_of
from worker.storage.plain import (
    Plain,
    dump_json,
    marks,
    open_sqlite,
    over_sqlite,
    read_json,
    read_time,
)

_KEYS_A_QUERY = 400

_INSERT_ENTRY = (
    "INSERT INTO entries (id, feed_id, identity, alias, fingerprint, revision, published_at, first_seen_at) "
    "VALUES (?, ?, ?, ?, ?, 1, ?, ?)"
)
_ITEM = (
    "entry_id", "feed_id", "revision", "url", "title_raw", "html_raw", "author", "categories", "published_at",
    "seen_at", "fresh", "stage", "stage_at",
)  # fmt: skip
_INSERT_ITEM = f"INSERT INTO items ({', '.join(_ITEM)}) VALUES ({marks(len(_ITEM))})"
_REVISE = "UPDATE entries SET alias = ?, fingerprint = ?, revision = ? WHERE id = ?"
_SETTLE = (
    f"UPDATE feeds SET claimed_until = NULL, attempts = 0, {', '.join(f'{name} = ?' for name in STATE)} "
    "WHERE id = ? AND generation = ?"
)


class PollQueries(FeedQueries):
    """Feeds and what polling learns of them."""

    def claim_feeds(self, now: datetime, limit: int, lease: timedelta) -> list[ClaimedFeed]:
        """Lease up to `limit` enabled feeds that are due, longest overdue first."""
        with self._plain(write=True) as db:
            at = db.time(now)
            found = db.all(
                "SELECT id FROM feeds WHERE enabled AND (next_poll_at IS NULL OR next_poll_at <= ?) "
                "AND (claimed_until IS NULL OR claimed_until <= ?) "
                "ORDER BY next_poll_at IS NOT NULL, next_poll_at, id LIMIT ?"
                + (" FOR UPDATE SKIP LOCKED" if db.postgres else ""),
                (at, at, limit),
            )
            return _lease(db, [row[0] for row in found], now + lease)

    def claim_feed_ids(self, ids: Sequence[int], now: datetime, lease: timedelta) -> list[ClaimedFeed]:
        """Lease these enabled feeds whether due or not: somebody asked for them by name."""
        with self._plain(write=True) as db:
            free: list[int] = []
            for part in _parts(ids):
                found = db.all(
                    f"SELECT id FROM feeds WHERE enabled AND id IN ({marks(len(part))}) "
                    "AND (claimed_until IS NULL OR claimed_until <= ?)"
                    + (" FOR UPDATE SKIP LOCKED" if db.postgres else ""),
                    (*part, db.time(now)),
                )
                free += [row[0] for row in found]
            return _lease(db, free, now + lease)

    def known_entries(self, feed_id: int, keys: Sequence[str]) -> dict[str, KnownEntry]:
        """The newest revision of each entry stored under one of these keys, identity or alias."""
        found: dict[str, KnownEntry] = {}
        with self._plain(write=False) as db:
            for part in _parts(list(dict.fromkeys(keys))):
                for column in ("alias", "identity"):
                    query = (
                        "SELECT identity, alias, fingerprint, published_at, revision FROM entries "
                        f"WHERE feed_id = ? AND {column} IN ({marks(len(part))})"
                    )
                    for identity, alias, fingerprint, published, count in db.all(query, (feed_id, *part)):
                        one = KnownEntry(identity, alias, fingerprint, read_time(published), count)
                        found[identity if column == "identity" else alias] = one
        return found

    def save_poll(self, outcomes: Sequence[PollOutcome], now: datetime) -> int:
        """Entries, items, validators and next poll time of each feed together; new items stored."""
        with self._plain(write=True) as db:
            alive = _held(db, [one.claimed.lease for one in outcomes])
            mine = [one for one in outcomes if one.claimed.lease.id in alive]
            stored = _save_items(db, mine, now)
            _save_states(db, mine)
            _tell(db, [notice for one in mine for notice in one.notices])
        return stored


class SqlitePollStore(PollQueries):
    """The same queries over one bare SQLite connection: what `run-once` opens on a file that is current."""

    def __init__(self, path: str) -> None:
        """Open the file; `close` it when done."""
        self.path = path
        self._turn = Lock()
        self.open()

    def open(self) -> None:
        """Open the file, again after `close`: no connection may live through a fork."""
        self._connection = open_sqlite(self.path)

    @contextmanager
    def _plain(self, *, write: bool) -> Iterator[Plain]:
        with self._turn, over_sqlite(self._connection, write=write) as db:
            yield db

    def level(self) -> str | None:
        """Name the revision the database is at; None for an empty one."""
        with self._plain(write=False) as db:
            if not db.all("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"):
                return None
            found = db.all("SELECT version_num FROM alembic_version")
        return str(found[0][0]) if found else None

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()


def _parts(keys: Sequence[Any]) -> list[Sequence[Any]]:
    """Slices that fit into one statement's list of values."""
    return [keys[start : start + _KEYS_A_QUERY] for start in range(0, len(keys), _KEYS_A_QUERY)]


def _lease(db: Plain, ids: Sequence[int], until: datetime) -> list[ClaimedFeed]:
    """Raise the generation of these rows and read them, in this order."""
    found: dict[int, ClaimedFeed] = {}
    for part in _parts(ids):
        where = f"WHERE id IN ({marks(len(part))})"
        db.run(
            f"UPDATE feeds SET claimed_until = ?, generation = generation + 1, attempts = attempts + 1 {where}",
            (db.time(until), *part),
        )
        for row in db.all(f"SELECT {COLUMNS}, generation, attempts FROM feeds {where}", part):
            lease = Lease(row[FEED.index("id")], row[-2], row[-1] - 1)
            found[lease.id] = ClaimedFeed(feed_of(row), state_of(row), lease)
    return [found[number] for number in ids]


def _held(db: Plain, leases: Sequence[Lease]) -> set[int]:
    """Ids of those leases that still hold, locked until the transaction ends."""
    wanted = {lease.id: lease.generation for lease in leases}
    alive: set[int] = set()
    for part in _parts(sorted(wanted)):
        lock = " ORDER BY id FOR UPDATE" if db.postgres else ""
        query = f"SELECT id, generation FROM feeds WHERE id IN ({marks(len(part))}){lock}"
        alive |= {number for number, generation in db.all(query, part) if wanted[number] == generation}
    return alive


def _save_states(db: Plain, outcomes: Sequence[PollOutcome]) -> None:
    """End the leases with the new states; moves and stops are rare and written one by one."""
    written = []
    for one in _with_promises(db, outcomes):
        state, lease = one.state, one.claimed.lease
        values = [
            db.time(getattr(state, name))
            if name in TIMES
            else dump_json(dict(state.memory))
            if name == "memory"
            else getattr(state, name)
            for name in STATE
        ]
        written.append((*values, lease.id, lease.generation))
    db.many(_SETTLE, written)
    for one in outcomes:
        if one.stop:
            db.run("UPDATE feeds SET enabled = ? WHERE id = ?", (False, one.claimed.feed.id))
        if one.saved_url and not db.all("SELECT 1 FROM feeds WHERE url = ?", (one.saved_url,)):
            db.run("UPDATE feeds SET url = ? WHERE id = ?", (one.saved_url, one.claimed.feed.id))


def _with_promises(db: Plain, outcomes: Sequence[PollOutcome]) -> list[PollOutcome]:
    """Keep what a hub promised while the poll was under way: its callback writes beside us."""
    hubs = [one.claimed.feed.id for one in outcomes if one.state.memory.get("hubs")]
    present = {}
    for part in _parts(hubs):
        for number, memory in db.all(f"SELECT id, memory FROM feeds WHERE id IN ({marks(len(part))})", part):
            present[number] = (read_json(memory) or {}).get("websub")
    kept = []
    for one in outcomes:
        promise = present.get(one.claimed.feed.id)
        memory = {**one.state.memory, "websub": promise} if promise else one.state.memory
        kept.append(one if promise is None else replace(one, state=replace(one.state, memory=memory)))
    return kept


def _tell(db: Plain, notices: Sequence[Notice]) -> None:
    """Store notices; one of a kind about one thing a day is enough."""
    if not notices:
        return
    db.many(
        "INSERT INTO notices (kind, subject, day, text, data, at) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        [
            (
                one.kind,
                one.subject,
                one.at.date() if db.postgres else one.at.date().isoformat(),
                one.text,
                dump_json(dict(one.data)),
                db.time(one.at),
            )
            for one in notices
        ],
    )


def _save_items(db: Plain, outcomes: Sequence[PollOutcome], now: datetime) -> int:
    """Insert entries in bulk; those that are there already get a revision."""
    new: list[tuple[int, NewItem]] = []
    revised: list[tuple[int, int, int, NewItem]] = []
    for one in outcomes:
        feed_id = one.claimed.feed.id
        known = _known(db, feed_id, one)
        for item in one.new:
            found = known.get(item.identity)
            if found is None:
                new.append((feed_id, item))
            elif found[2] != item.fingerprint:
                revised.append((feed_id, found[0], found[1] + 1, item))
    if not new and not revised:
        return 0
    at = db.time(now)
    ids = db.new_ids("entries", len(new))
    rows = [
        (number, feed_id, item.identity, item.alias, item.fingerprint, db.time(item.published_at), at)
        for number, (feed_id, item) in zip(ids, new, strict=True)
    ]
    db.many(_INSERT_ENTRY, rows)
    if revised:
        db.many(
            _REVISE, [(item.alias, item.fingerprint, count, number) for _, number, count, item in revised]
        )
    values = [
        _item_values(db, feed_id, number, 1, item, row[5], at)
        for number, (feed_id, item), row in zip(ids, new, rows, strict=True)
    ]
    values += [
        _item_values(db, feed_id, number, count, item, db.time(item.published_at), at)
        for feed_id, number, count, item in revised
    ]
    db.many(_INSERT_ITEM, values)
    return len(values)


def _known(db: Plain, feed_id: int, outcome: PollOutcome) -> dict[str, tuple[int, int, str]]:
    """Which of a poll's entries are stored already: id, revision, fingerprint."""
    found: dict[str, tuple[int, int, str]] = {}
    if outcome.claimed.state.last_success_at is None:
        return found
    for part in _parts([item.identity for item in outcome.new]):
        query = (
            "SELECT identity, id, revision, fingerprint FROM entries "
            f"WHERE feed_id = ? AND identity IN ({marks(len(part))})"
        )
        for identity, number, revision, fingerprint in db.all(query, (feed_id, *part)):
            found[identity] = (number, revision, fingerprint)
    return found


def _item_values(
    db: Plain, feed_id: int, entry_id: int, revision: int, item: NewItem, published: Any, at: Any
) -> tuple[Any, ...]:
    entry = item.entry
    categories = dump_json(list(entry.categories)) if entry.categories else None
    fresh = item.fresh if db.postgres else int(item.fresh)
    return (
        entry_id,
        feed_id,
        revision,
        entry.url,
        entry.title,
        entry.html,
        entry.author,
        categories,
        published,
        at,
        fresh,
        Stage.NEW.value,
        at,
    )
