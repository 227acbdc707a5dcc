"""The queries of the link room: follow keys to stories, and write stories in one short global section."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import (
    Connection,
    Engine,
    TextClause,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects import sqlite

from worker.domain.model import Lease, Report, Stage, Story
from worker.domain.stories.consolidation import Member
from worker.domain.stories.trace import Trace
from worker.ports import LinkSection, LinkWrite
from worker.storage import codec, leases, rows
from worker.storage.desk import reports
from worker.storage.engine import reading, writing
from worker.storage.read import fail, quarantine_exhausted
from worker.storage.tables import ITEM_WAITS, facts, items, link_keys, stories, story_changes, story_items

WHOLE = 200
"""Reports of one story that are loaded, newest first; a story of more keeps its counts itself."""

_LOCK = 7364924
"""The link section's advisory lock on PostgreSQL."""

_PRUNED = "links_pruned_before"

_WAITS = and_(items.c.stage == Stage.READ, ITEM_WAITS)

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Trace).decode

_REACH = """
SELECT k.key, l.story_id, l.item_id
FROM {keys} JOIN link_keys l ON l.key = k.key AND l.story_id >= coalesce(
    (SELECT x.story_id FROM link_keys x WHERE x.key = k.key ORDER BY x.story_id DESC LIMIT 1 OFFSET :cap), 0)
ORDER BY l.story_id
"""
_REACH_SQLITE = text(_REACH.format(keys="(SELECT value AS key FROM json_each(:keys)) k"))
_REACH_POSTGRES = text(_REACH.format(keys="unnest(cast(:keys AS bigint[])) AS k(key)"))
_FILE_POSTGRES = text(
    "INSERT INTO link_keys (key, story_id, item_id) SELECT * FROM unnest(cast(:key AS bigint[]), "
    "cast(:story_id AS bigint[]), cast(:item_id AS bigint[])) ON CONFLICT DO NOTHING"
)


class LinkQueries:
    """See `worker.ports.LinkStore`."""

    engine: Engine

    def claim_read(self, now: datetime, limit: int, lease: timedelta) -> list[tuple[Report, Lease]]:
        """Lease items at stage `read`, oldest publication first; exhausted ones go into quarantine."""
        with writing(self.engine) as connection:
            claimed = leases.claim(
                connection,
                items,
                _WAITS,
                [items.c.id],
                now=now,
                limit=limit,
                lease=lease,
                columns=[items.c.id, items.c.generation, items.c.attempts],
            )
            alive = quarantine_exhausted(connection, claimed, now)
            if not alive:
                return []
            found = reports(connection, items.c.id.in_(list(alive)))
        return [(report, alive[report.item_id]) for report in found]

    def link_mark(self) -> int:
        """Number of the newest story change."""
        with reading(self.engine) as connection:
            return _Look(connection).link_mark()

    def reach(self, keys: Sequence[int], per_key: int) -> list[tuple[int, int, int]]:
        """Follow keys to stories."""
        with reading(self.engine) as connection:
            return _Look(connection).reach(keys, per_key)

    def traces(self, item_ids: Sequence[int]) -> dict[int, Trace]:
        """Load traces."""
        with reading(self.engine) as connection:
            return _Look(connection).traces(item_ids)

    def whole(self, story_ids: Sequence[int]) -> list[tuple[Story, list[Member]]]:
        """Load stories with their reports."""
        with reading(self.engine) as connection:
            return _Look(connection).whole(story_ids)

    @contextmanager
    def link_section(self, held: Sequence[Lease], now: datetime) -> Iterator[LinkSection]:
        """Enter the one section in which stories are written; it ends with the transaction."""
        with writing(self.engine) as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            generations = {lease.id: lease.generation for lease in held}
            yield Section(connection, leases.held(connection, items, held), generations, now)

    def fail_link(self, lease: Lease, error: str, now: datetime) -> None:
        """Give the item back with its error; the third failure quarantines it with a notice."""
        with writing(self.engine) as connection:
            fail(connection, lease, error, now)

    def recent_traces(self, limit: int) -> list[Trace]:
        """Give the newest reports in stories."""
        query = select(story_items.c.trace).order_by(story_items.c.item_id.desc()).limit(limit)
        with reading(self.engine) as connection:
            return [_decode(row[0]) for row in connection.execute(query)]

    def idle_stories(self, before: datetime, limit: int) -> list[int]:
        """Name stories still developing that nothing was added to since `before`."""
        query = (
            select(stories.c.id)
            .where(
                stories.c.updated_at < before,
                text("stories.phase = 'developing'"),  # as in the partial index; see `_WAITS`
            )
            .order_by(stories.c.updated_at)
            .limit(limit)
        )
        with reading(self.engine) as connection:
            return [row[0] for row in connection.execute(query)]

    def prune_links(self, before: datetime) -> int:
        """Forget the keys of stories that were last updated before this, beginning where it ended last."""
        with writing(self.engine) as connection:
            known = connection.execute(select(facts.c.value).where(facts.c.key == _PRUNED)).scalar()
            query = select(stories.c.id).where(stories.c.updated_at < before)
            if known:
                query = query.where(stories.c.updated_at >= datetime.fromisoformat(known))
            ids = [row[0] for row in connection.execute(query)]
            for start in range(0, len(ids), 1000):
                part = ids[start : start + 1000]
                connection.execute(delete(link_keys).where(link_keys.c.story_id.in_(part)))
            connection.execute(delete(facts).where(facts.c.key == _PRUNED))
            connection.execute(insert(facts).values(key=_PRUNED, value=before.isoformat(), at=before))
        return len(ids)


class _Look:
    """See `worker.ports.LinkReader`; works on an open transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def link_mark(self) -> int:
        """Number of the newest story change."""
        return self.connection.execute(select(func.max(story_changes.c.id))).scalar() or 0

    def reach(self, keys: Sequence[int], per_key: int) -> list[tuple[int, int, int]]:
        """Follow keys to the newest stories filed under each."""
        if not keys:
            return []
        statement, given = self._keyed(keys)
        return [tuple(row) for row in self.connection.execute(statement, {"keys": given, "cap": per_key - 1})]

    def traces(self, item_ids: Sequence[int]) -> dict[int, Trace]:
        """Load traces; an item that is in no story has none."""
        found: dict[int, Trace] = {}
        for start in range(0, len(item_ids), 2000):
            query = select(story_items.c.item_id, story_items.c.trace, story_items.c.pinned).where(
                story_items.c.item_id.in_(item_ids[start : start + 2000])
            )
            for item, blob, pinned in self.connection.execute(query):
                found[item] = _trace(blob, pinned=pinned)
        return found

    def _keyed(self, keys: Sequence[int]) -> tuple[TextClause, Any]:
        if self.connection.dialect.name == "postgresql":
            return _REACH_POSTGRES, list(keys)
        return _REACH_SQLITE, json.dumps(list(keys))

    def whole(self, story_ids: Sequence[int]) -> list[tuple[Story, list[Member]]]:
        """Load stories with their newest reports."""
        if not story_ids:
            return []
        found = {
            row.id: rows.story(row)
            for row in self.connection.execute(
                select(stories).where(stories.c.id.in_(story_ids), stories.c.merged_into.is_(None))
            )
        }
        members: dict[int, list[Member]] = {story: [] for story in found}
        large = [story for story, s in found.items() if s.item_count > WHOLE]
        groups = [[story for story in found if story not in large], *([story] for story in large)]
        for group in groups:
            query = select(story_items).where(story_items.c.story_id.in_(group))
            if len(group) == 1 and group[0] in large:
                query = query.order_by(story_items.c.item_id.desc()).limit(WHOLE)
            for row in self.connection.execute(query) if group else ():
                members[row.story_id].append(_member(row))
        return [(found[story], sorted(m, key=lambda x: x.trace.item_id)) for story, m in members.items()]


class Section(_Look):
    """See `worker.ports.LinkSection`."""

    def __init__(
        self, connection: Connection, held: Collection[int], generations: dict[int, int], now: datetime
    ) -> None:
        """Write through `connection`, whose transaction is the section."""
        super().__init__(connection)
        self.held = held
        self._generations = generations
        self._now = now

    def write(self, writes: Sequence[LinkWrite]) -> dict[int, int]:
        """Write stories, then what hangs on them; new stories get their ids here."""
        real = self._insert([w.story for w in writes if w.story.id < 0])
        self._update([w.story for w in writes if w.story.id > 0])
        for write in writes:
            for gone in write.absorbed:
                self._absorb(gone, real.get(write.story.id, write.story.id))
        self._members(writes, real)
        self._keys(writes, real)
        self._changes(writes, real)
        return real

    def _insert(self, new: Sequence[Story]) -> dict[int, int]:
        """Write new stories; the database numbers them in order."""
        if not new:
            return {}
        statement = insert(stories).returning(stories.c.id, sort_by_parameter_order=True)
        made = self.connection.execute(statement, [_columns(story) for story in new])
        return {story.id: int(row[0]) for story, row in zip(new, made, strict=True)}

    def _update(self, changed: Sequence[Story]) -> None:
        if not changed:
            return
        given = [_columns(story) | {"_id": story.id} for story in changed]
        statement = update(stories).where(stories.c.id == bindparam("_id"))
        self.connection.execute(statement, given)

    def _absorb(self, gone: int, into: int) -> None:
        """Lead everything of one story to another; the older addresses go on working."""
        run = self.connection.execute
        run(
            update(stories)
            .where((stories.c.id == gone) | (stories.c.merged_into == gone))
            .values(merged_into=into, updated_at=self._now, phase="merged")
        )
        run(update(story_items).where(story_items.c.story_id == gone).values(story_id=into))
        run(update(items).where(items.c.story_id == gone).values(story_id=into))
        there = select(link_keys.c.key).where(link_keys.c.story_id == into)
        run(delete(link_keys).where(link_keys.c.story_id == gone, link_keys.c.key.in_(there)))
        run(update(link_keys).where(link_keys.c.story_id == gone).values(story_id=into))

    def _members(self, writes: Sequence[LinkWrite], real: dict[int, int]) -> None:
        made, moved = [], []
        for write in writes:
            story = real.get(write.story.id, write.story.id)
            for member in write.members:
                item = member.trace.item_id
                made.append(
                    {
                        "item_id": item,
                        "story_id": story,
                        "why": member.why,
                        "likeness": member.likeness,
                        "copy_of": member.copy_of,
                        "superseded": member.superseded,
                        "trace": _encode(member.trace),
                        "pinned": member.trace.pinned,
                        "added_at": self._now,
                    }
                )
                moved.append({"item": item, "story": story})
        if not made:
            return
        ids = [row["item_id"] for row in made]
        self.connection.execute(delete(story_items).where(story_items.c.item_id.in_(ids)))
        self.connection.execute(insert(story_items), made)
        self._settle(moved)

    def _settle(self, moved: Sequence[dict[str, int]]) -> None:
        """Move claimed items to the next stage; items that only changed stories keep theirs."""
        linked = [
            {
                "_id": m["item"],
                "_generation": self._generations[m["item"]],
                "story_id": m["story"],
                "stage": str(Stage.LINKED),
                "stage_at": self._now,
                "attempts": 0,
                "error": None,
            }
            for m in moved
            if m["item"] in self.held
        ]
        columns = ["story_id", "stage", "stage_at", "attempts", "error"]
        leases.settle_many(self.connection, items, linked, columns)
        for m in moved:
            if m["item"] not in self.held:
                self.connection.execute(
                    update(items).where(items.c.id == m["item"]).values(story_id=m["story"])
                )

    def _keys(self, writes: Sequence[LinkWrite], real: dict[int, int]) -> None:
        new = [
            {"key": key, "story_id": real.get(write.story.id, write.story.id), "item_id": item}
            for write in writes
            for key, item in write.keys
        ]
        if new and self.connection.dialect.name == "postgresql":
            # One statement: psycopg sends a row at a time otherwise, which is most of a batch's time.
            columns = {name: [row[name] for row in new] for name in ("key", "story_id", "item_id")}
            self.connection.execute(_FILE_POSTGRES, columns)
        elif new:
            self.connection.execute(sqlite.insert(link_keys).on_conflict_do_nothing(), new)

    def _changes(self, writes: Sequence[LinkWrite], real: dict[int, int]) -> None:
        """Append to the log; positions number the changes of one version."""
        new: list[dict[str, Any]] = []
        for write in writes:
            positions: dict[int, int] = {}
            for change in write.changes:
                position = positions[change.version] = positions.get(change.version, -1) + 1
                data = {k: real.get(v, v) if k in ("into", "absorbed") else v for k, v in change.data.items()}
                new.append(
                    {
                        "story_id": real.get(write.story.id, write.story.id),
                        "version": change.version,
                        "position": position,
                        "kind": str(change.kind),
                        "reason": change.reason,
                        "at": change.at,
                        "item_id": change.item_id,
                        "data": data,
                    }
                )
        if new:
            self.connection.execute(insert(story_changes), new)


def _trace(blob: bytes, *, pinned: bool) -> Trace:
    """Read a stored trace; the column says whether it is pinned, since people change that."""
    trace = _decode(blob)
    return trace if trace.pinned == pinned else replace(trace, pinned=pinned)


def _member(row: Any) -> Member:
    return Member(
        trace=_trace(row.trace, pinned=row.pinned),
        why=row.why,
        likeness=row.likeness,
        copy_of=row.copy_of,
        superseded=row.superseded,
    )


def _columns(story: Story) -> dict[str, Any]:
    """Make a story's row; a new one gets its id from the database."""
    event = story.event
    return {
        "version": story.version,
        "created_at": story.created_at,
        "updated_at": story.updated_at,
        "kind": str(story.kind),
        "gist": story.gist,
        "sub_event_type": event.sub_event_type if event else None,
        "event_date": event.date if event else None,
        "place": event.place if event else None,
        "governorate": event.governorate if event else None,
        "lat": event.lat if event else None,
        "lon": event.lon if event else None,
        "geo_precision": event.geo_precision if event else None,
        "killed": event.killed if event else None,
        "wounded": event.wounded if event else None,
        "corroboration": story.corroboration,
        "phase": story.phase,
        "item_count": story.item_count,
        "source_count": story.source_count,
        "first_published_at": story.first_published_at,
        "last_published_at": story.last_published_at,
        "merged_into": story.merged_into,
        "pinned": story.pinned,
        "body": codec.dump(story),
    }
