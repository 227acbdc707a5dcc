"""Watches and silences: what readers ask to be told, and when not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, update

from worker.domain.model import Origin, Silence, Watch
from worker.errors import ConfigError
from worker.storage.engine import reading, writing
from worker.storage.tables import silences, watches


class WatchQueries:
    """The part of `worker.ports.JudgeStore` that keeps watches and silences."""

    engine: Engine

    def watches(self) -> list[Watch]:
        """List the enabled watches by name."""
        return [watch for watch in self.all_watches() if watch.enabled]

    def all_watches(self) -> list[Watch]:
        """List every watch by name."""
        with reading(self.engine) as connection:
            return [_watch(row) for row in connection.execute(select(watches).order_by(watches.c.name))]

    def watches_mark(self) -> str:
        """Give a mark that changes whenever a watch is added, changed or removed."""
        query = select(func.count(), func.max(watches.c.updated_at), func.sum(watches.c.id))
        with reading(self.engine) as connection:
            count, newest, ids = connection.execute(query).one()
            return f"{count}/{newest}/{ids}"

    def upsert_watches(self, given: Iterable[Watch], now: datetime) -> int:
        """Make the file's watches so: add, change, and remove those that left the file."""
        wanted = {watch.name: watch for watch in given}
        changed = 0
        with writing(self.engine) as connection:
            stored = {row.name: _watch(row) for row in connection.execute(select(watches))}
            for name, watch in wanted.items():
                there = stored.get(name)
                if there and there.origin is Origin.DATABASE:
                    raise ConfigError(
                        f"watch {name!r} exists in the database as well", where="watches.yaml",
                        remedy=f"rename it in the file, or run: marsad watch remove {name}",
                    )  # fmt: skip
                if there is None or replace(there, id=0) != replace(watch, id=0, origin=Origin.FILE):
                    _write_watch(connection, replace(watch, origin=Origin.FILE), there, now)
                    changed += 1
            gone = [n for n, w in stored.items() if w.origin is Origin.FILE and n not in wanted]
            if gone:
                connection.execute(delete(watches).where(watches.c.name.in_(gone)))
        return changed + len(gone)

    def save_watch(self, watch: Watch, now: datetime) -> Watch:
        """Add or change a watch of the database; raises `ConfigError` for one that a file defines."""
        with writing(self.engine) as connection:
            row = connection.execute(select(watches).where(watches.c.name == watch.name)).one_or_none()
            there = _watch(row) if row else None
            if there and there.origin is Origin.FILE:
                raise ConfigError(
                    f"watch {watch.name!r} is defined in a file", remedy="change it there, or choose another name"
                )  # fmt: skip
            _write_watch(connection, replace(watch, origin=Origin.DATABASE), there, now)
            saved = connection.execute(select(watches).where(watches.c.name == watch.name)).one()
            return _watch(saved)

    def remove_watch(self, name: str) -> bool:
        """Remove a watch of the database; those of a file stay."""
        with writing(self.engine) as connection:
            done = connection.execute(
                delete(watches).where(watches.c.name == name, watches.c.origin == str(Origin.DATABASE))
            )
            return done.rowcount == 1

    def add_silence(self, silence: Silence, now: datetime) -> int:
        """Begin a silence; returns its id."""
        with writing(self.engine) as connection:
            values = {"query": silence.query, "until": silence.until, "reason": silence.reason}
            done = connection.execute(insert(silences).values(**values, by=silence.by, created_at=now))
            return int(done.inserted_primary_key[0])  # type: ignore[index]

    def silences(self, now: datetime | None = None) -> list[Silence]:
        """List silences, those in force at `now` or all."""
        query = select(silences).order_by(silences.c.until.desc())
        with reading(self.engine) as connection:
            found = connection.execute(query.where(silences.c.until > now) if now else query)
            return [_silence(row) for row in found]

    def end_silence(self, silence_id: int, now: datetime) -> bool:
        """End a silence now."""
        with writing(self.engine) as connection:
            done = connection.execute(
                update(silences).where(silences.c.id == silence_id, silences.c.until > now).values(until=now)
            )
            return done.rowcount == 1


def _watch(row: Row[Any]) -> Watch:
    return Watch(
        name=row.name,
        query=row.query,
        definition=row.definition or {},
        enabled=row.enabled,
        origin=Origin(row.origin),
        id=row.id,
    )


def _write_watch(connection: Connection, watch: Watch, there: Watch | None, now: datetime) -> None:
    values = {
        "query": watch.query,
        "definition": dict(watch.definition),
        "enabled": watch.enabled,
        "origin": str(watch.origin),
        "updated_at": now,
    }
    if there:
        connection.execute(update(watches).where(watches.c.id == there.id).values(**values))
    else:
        connection.execute(insert(watches).values(name=watch.name, created_at=now, **values))


def silences_in_force(connection: Connection, now: datetime) -> tuple[Silence, ...]:
    """Read the silences that have not ended."""
    query = select(silences).where(silences.c.until > now)
    return tuple(_silence(row) for row in connection.execute(query))


def _silence(row: Row[Any]) -> Silence:
    return Silence(row.query, row.until, row.reason, row.by, row.created_at, row.id)
