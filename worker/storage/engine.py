"""Opens the database: one engine a process, made after the fork, with safe settings for each kind."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError, ProgrammingError
from sqlalchemy.pool import NullPool

from worker.errors import ConfigError, StorageError

BUSY_TIMEOUT_MS = 20_000
"""How long a SQLite writer waits for another; writes are short, so this is never reached in health."""


def _dump_json(value: Any) -> str:
    """JSON as it is stored: letters as they are, which halves the Arabic; what is no text stays escaped."""
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        return json.dumps(value)


JSON: dict[str, Any] = {"json_serializer": _dump_json, "json_deserializer": msgspec.json.decode}
"""Reading stories is mostly reading JSON; this is several times as fast as the standard library."""


def open_engine(url: str, *, synchronous: str = "FULL", pooled: bool = True) -> Engine:
    """Make an engine for `sqlite:///path` or `postgresql://…`.

    SQLite runs in WAL mode with `synchronous=FULL`: a lost `sent` would be a second alert.
    Raises `ConfigError` for an address that names neither.
    """
    address = normalise(url)
    try:
        if address.startswith("sqlite"):
            return _open_sqlite(address, synchronous)
        options: dict[str, Any] = {"pool_pre_ping": True} if pooled else {"poolclass": NullPool}
        engine = create_engine(address, future=True, **options, **JSON)
    except (ArgumentError, NoSuchModuleError) as fault:
        raise ConfigError(
            f"{mask(url)!r} is no database address: {fault}",
            where="DATABASE_URL",
            remedy="use sqlite:///path/to/file or postgresql://user:password@host/name",
        ) from fault
    return engine


def normalise(url: str) -> str:
    """Name the driver that Marsad ships, and take a bare path for SQLite."""
    if re.match(r"^postgres(ql)?://", url):
        return "postgresql+psycopg://" + url.split("://", 1)[1]
    if "://" not in url:
        return f"sqlite:///{url}"
    return url


def mask(url: str) -> str:
    """Hide the password of a database address."""
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", url)


def _open_sqlite(address: str, synchronous: str) -> Engine:
    path = address.split("sqlite:///", 1)[-1].split("?", 1)[0]
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, future=True, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000}, **JSON)

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
        # We begin transactions ourselves: pysqlite's own BEGIN comes too late for BEGIN IMMEDIATE.
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            "foreign_keys=ON",
            "temp_store=MEMORY",
            "cache_size=-64000",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get("begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")

    return engine


_MISSING = re.compile(r"no such (table|column)|(relation|column) .* does not exist")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One write transaction; on SQLite it takes the write lock at once, so that it cannot fail halfway."""
    with (
        _faults(engine),
        engine.connect().execution_options(begin="IMMEDIATE") as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One read transaction: a consistent picture, no lock taken."""
    with _faults(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def _faults(engine: Engine) -> Iterator[None]:
    try:
        yield
    except (OperationalError, ProgrammingError) as fault:
        if _MISSING.search(str(fault.orig)):
            raise StorageError(
                f"the database lacks what this version of Marsad keeps in it ({fault.orig})".replace(
                    "\n", " "
                ),
                where=mask(str(engine.url)),
                remedy="run `marsad migrate`",
            ) from fault
        if isinstance(fault, ProgrammingError):
            raise
        raise StorageError(
            f"the database refused: {fault.orig}",
            where=mask(str(engine.url)),
            remedy="see `marsad doctor`; the work is kept and tried again",
        ) from fault
