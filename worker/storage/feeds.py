"""Feeds as they are described and known: what files, people and polls write of them."""

# ruff: noqa: S608 - tables and columns are constants of ours; values always travel beside the statement

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import fields as dataclass_fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from worker.domain.polled import Feed, FeedState, Origin
from worker.storage.plain import Plain, dump_json, marks, over_engine, read_json, read_time

if TYPE_CHECKING:
    from sqlalchemy import Engine

FEED = tuple(one.name for one in dataclass_fields(Feed))
STATE = tuple(one.name for one in dataclass_fields(FeedState))
_DESCRIPTION = tuple(name for name in FEED if name not in ("id", "url", "enabled"))
TIMES = frozenset({"next_poll_at", "last_polled_at", "last_success_at", "last_new_at"})
_FLAGS = frozenset({"enabled", "urgent", "fetch_articles"})
COLUMNS = ", ".join((*FEED, *STATE))


class FeedQueries:
    """The feeds that are polled, with their settings and state."""

    engine: Engine

    def _plain(self, *, write: bool) -> AbstractContextManager[Plain]:
        return over_engine(self.engine, write=write)

    def upsert_feeds(self, feeds: Iterable[Feed], now: datetime, *, only_new: bool = False) -> int:
        """Make the file's feeds so; those of the database stay. Returns how many changed.

        `only_new` leaves those that are there as they are: a bare list of addresses knows no names.
        """
        wanted = {feed.url: feed for feed in feeds}
        columns = ("url", "enabled", *_DESCRIPTION)
        with self._plain(write=True) as db:
            present = {}
            for row in db.all(f"SELECT {', '.join(('id', 'url', *_DESCRIPTION))} FROM feeds"):
                values = dict(zip(_DESCRIPTION, row[2:], strict=True))
                values["options"] = read_json(values["options"])
                present[row[1]] = (row[0], values)
            new = [feed for url, feed in wanted.items() if url not in present]
            db.many(
                f"INSERT INTO feeds ({', '.join(columns)}, created_at, memory, failures, polls) "
                f"VALUES ({marks(len(columns))}, ?, '{{}}', 0, 0)",
                [(*(_stored(feed, name) for name in columns), db.time(now)) for feed in new],
            )
            changed = [
                (feed, present[url][0])
                for url, feed in wanted.items()
                if not only_new and url in present and _differs(feed, present[url][1])
            ]
            db.many(
                f"UPDATE feeds SET {', '.join(f'{name} = ?' for name in _DESCRIPTION)} WHERE id = ?",
                [(*(_stored(feed, name) for name in _DESCRIPTION), number) for feed, number in changed],
            )
        return len(new) + len(changed)

    def feeds(self) -> list[tuple[Feed, FeedState]]:
        """All feeds with what is known of them, by name."""
        with self._plain(write=False) as db:
            found = db.all(f"SELECT {COLUMNS} FROM feeds ORDER BY name, url")
        return [(feed_of(row), state_of(row)) for row in found]

    def feed_ids(self, urls: Sequence[str] | None = None) -> list[int]:
        """Ids of the enabled feeds, or of those among them with these addresses."""
        with self._plain(write=False) as db:
            found = db.all("SELECT id, url FROM feeds WHERE enabled ORDER BY id")
        wanted = None if urls is None else set(urls)
        return [number for number, url in found if wanted is None or url in wanted]

    def set_feed_enabled(self, feed_id: int, *, enabled: bool) -> bool:
        """Pause or resume; False when there is no such feed."""
        more = ", next_poll_at = NULL, failures = 0, error = NULL, error_class = NULL" if enabled else ""
        with self._plain(write=True) as db:
            return db.run(f"UPDATE feeds SET enabled = ?{more} WHERE id = ?", (enabled, feed_id)) == 1

    def remember_of_feed(self, feed_id: int, memory: dict[str, Any], *, due: bool = False) -> bool:
        """Change what polling remembers by a person's or a hub's word; None forgets a name.

        `due` makes the next poll due at once.
        """
        with self._plain(write=True) as db:
            found = db.all(
                "SELECT memory FROM feeds WHERE id = ?" + (" FOR UPDATE" if db.postgres else ""), (feed_id,)
            )
            if not found:
                return False
            merged = {**(read_json(found[0][0]) or {}), **memory}
            merged = {name: value for name, value in merged.items() if value is not None}
            now_due = ", next_poll_at = NULL" if due else ""
            db.run(f"UPDATE feeds SET memory = ?{now_due} WHERE id = ?", (dump_json(merged), feed_id))
        return True


def feed_of(row: Sequence[Any]) -> Feed:
    """Read a feed from a row of `COLUMNS`."""
    values = dict(zip(FEED, row, strict=False))
    values.update({name: bool(values[name]) for name in _FLAGS})
    values["options"] = read_json(values["options"]) or {}
    values["origin"] = Origin(values["origin"])
    return Feed(**values)


def state_of(row: Sequence[Any]) -> FeedState:
    """Read what polling knows of a feed from a row of `COLUMNS`."""
    values = dict(zip(STATE, row[len(FEED) :], strict=False))
    values.update({name: read_time(values[name]) for name in TIMES})
    values["memory"] = read_json(values["memory"]) or {}
    return FeedState(**values)


def _stored(feed: Feed, name: str) -> Any:
    value = getattr(feed, name)
    if name == "options":
        return dump_json(dict(value))
    return value.value if isinstance(value, Origin) else value


def _differs(feed: Feed, present: dict[str, Any]) -> bool:
    for name, value in present.items():
        wanted = getattr(feed, name)
        if name == "options":
            wanted, value = dict(wanted), value or {}  # noqa: PLW2901 - a stored NULL means none
        if wanted != value:
            return True
    return False
