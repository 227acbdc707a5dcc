"""Plain SQL over a driver's own connection, alike on SQLite and PostgreSQL.

The poll room writes tens of thousands of rows a minute and `marsad run-once` starts and ends within
a second: neither has time for a query compiler. Statements use `?`; values are adapted here.
"""

# ruff: noqa: S608 - tables and columns are constants of ours; values always travel beside the statement

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec

from worker.errors import StorageError

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy import Engine

BUSY_TIMEOUT_S = 20


class Plain:
    """One transaction on one connection."""

    def __init__(self, connection: Any, *, postgres: bool) -> None:
        """Take a driver's connection whose transaction somebody else begins and ends."""
        self._connection, self.postgres = connection, postgres

    def _sql(self, statement: str) -> str:
        return statement.replace("?", "%s") if self.postgres else statement

    def all(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """Every row of a query."""
        return list(self._connection.execute(self._sql(statement), values).fetchall())

    def run(self, statement: str, values: Sequence[Any] = ()) -> int:
        """One statement; how many rows it touched."""
        return int(self._connection.execute(self._sql(statement), values).rowcount)

    def many(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """The same statement for many rows."""
        if self.postgres:
            with self._connection.cursor() as cursor:
                cursor.executemany(self._sql(statement), list(rows))
        else:
            self._connection.executemany(statement, rows)

    def new_ids(self, table: str, count: int) -> range | list[int]:
        """Ids for `count` rows that this transaction is about to insert."""
        if self.postgres:
            found = self.all(
                f"SELECT nextval(pg_get_serial_sequence('{table}', 'id')) FROM generate_series(1, ?)",
                (count,),
            )
            return [row[0] for row in found]
        highest = self.all(f"SELECT coalesce(max(id), 0) FROM {table}")[0][0]
        return range(highest + 1, highest + 1 + count)

    @property
    def among(self) -> str:
        """The condition that a column holds one of the ids or words that `listed` was given."""
        return "= ANY(?)" if self.postgres else "IN (SELECT value FROM json_each(?))"

    def listed(self, values: Iterable[int] | Iterable[str]) -> Any:
        """A list of ids or words as one value, however long: no statement is compiled for its length."""
        return list(values) if self.postgres else msgspec.json.encode(list(values)).decode()

    def time(self, value: datetime | None) -> Any:
        """A time as this database keeps it."""
        if value is None or self.postgres:
            return value
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def read_time(value: Any) -> datetime | None:
    """A stored time as UTC."""
    if value is None:
        return None
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    found: datetime = value
    return found.astimezone(UTC) if found.tzinfo is not None else found.replace(tzinfo=UTC)


def read_json(value: Any) -> Any:
    """A stored JSON value."""
    return json.loads(value) if isinstance(value, str) else value


def dump_json(value: Any) -> str:
    """A JSON value as text; both databases take it so."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def marks(count: int) -> str:
    """`?, ?, …` for a list of values."""
    return ", ".join("?" * count)


@contextmanager
def over_engine(engine: Engine, *, write: bool) -> Iterator[Plain]:
    """A transaction of the shared engine, as plain SQL."""
    from worker.storage.engine import reading, writing  # noqa: PLC0415 - the query compiler's import is slow

    driver: Any = engine.dialect.dbapi
    try:
        with (writing if write else reading)(engine) as connection:
            raw = connection.connection.driver_connection
            yield Plain(raw, postgres=connection.dialect.name == "postgresql")
    except driver.OperationalError as fault:
        raise StorageError(
            f"the database refused: {fault}", remedy="see `marsad doctor`; the work is kept and tried again"
        ) from fault


def open_sqlite(path: str, *, synchronous: str = "FULL") -> sqlite3.Connection:
    """Open a SQLite file with the same settings as the engine's, for one thread at a time.

    Only the cache is smaller: a round needs the ends of a few indexes, and polls in two processes.
    """
    import sqlite3  # noqa: PLC0415

    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
    for pragma in ("journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA cache_size=-8000")
    return connection


@contextmanager
def over_sqlite(connection: sqlite3.Connection, *, write: bool) -> Iterator[Plain]:
    """A transaction of a bare SQLite connection."""
    import sqlite3  # noqa: PLC0415

    try:
        connection.execute("BEGIN IMMEDIATE" if write else "BEGIN DEFERRED")
        try:
            yield Plain(connection, postgres=False)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    except sqlite3.OperationalError as fault:
        raise StorageError(
            f"the database refused: {fault}", remedy="see `marsad doctor`; the work is kept and tried again"
        ) from fault
