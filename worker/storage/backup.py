"""Copies of the database that can be put back: whole or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, make_url

from worker.errors import ConfigError, StorageError

KEPT = 7
"""Scheduled backups that stay; older ones go."""

Progress = Callable[[float], None]
"""Called with the share that is done, 0 to 1."""


def sqlite_file(url: str) -> Path | None:
    """The file of a SQLite address; None for other databases and for one in memory."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        return None
    return Path(parsed.database)


def backup_name(now: datetime, url: str) -> str:
    """A name that sorts by time."""
    ending = "sqlite" if sqlite_file(url) else "dump"
    return f"marsad-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.{ending}"


def backup(url: str, target: Path, progress: Progress = lambda _share: None) -> Path:
    """Copy the database to `target` while the service runs; the file appears only when it is whole.

    SQLite by its own online copy of one consistent state, checked afterwards; PostgreSQL by `pg_dump`.
    """
    partial = target.with_name(f"{target.name}.partial")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        source = sqlite_file(url)
        if source:
            _copy_sqlite(source, partial, progress)
            check_sqlite(partial)
        else:
            _run_postgres("pg_dump", url, ["--format=custom", f"--file={partial}"])
        partial.chmod(0o600)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    progress(1.0)
    return target


def restore(url: str, source: Path, now: datetime) -> Path | None:
    """Put a backup in the database's place; where the replaced SQLite file lies now, None if there was none.

    The service must not run. Raises `ConfigError` for a file that is no backup, before anything is touched.
    """
    if not source.is_file():
        raise ConfigError("there is no such file", where=str(source))
    target = sqlite_file(url)
    if not target:
        _run_postgres(
            "pg_restore", url, ["--clean", "--if-exists", "--no-owner", "--single-transaction", str(source)]
        )
        return None
    check_sqlite(source)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = target.with_name(f"{target.name}.restoring")
    shutil.copyfile(source, fresh)
    fresh.chmod(0o600)
    aside = None
    if target.exists():
        _empty_log(target)
        aside = target.with_name(f"{target.name}.before-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
        target.replace(aside)
    for side in ("-wal", "-shm"):
        target.with_name(target.name + side).unlink(missing_ok=True)
    fresh.replace(target)
    return aside


def scheduled(engine: Engine, url: str, folder: Path, now: datetime) -> str:
    """One backup into the folder, and the oldest of too many away; what was done, in words."""
    if engine.dialect.name != "sqlite":
        return ""
    made = backup(url, folder / backup_name(now, url))
    for old in sorted(folder.glob("marsad-*.sqlite"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return f"{made} ({made.stat().st_size // 1024} KB)"


def check_sqlite(path: Path) -> None:
    """Raise `ConfigError` unless this is a whole database of Marsad's."""
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            state = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            connection.execute("SELECT version_num FROM alembic_version").fetchone()
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise ConfigError(
            f"is no backup of Marsad's ({error})", where=str(path), remedy="name another file"
        ) from error
    if state != "ok":
        raise ConfigError(f"is damaged ({state})", where=str(path), remedy="name another file")


def _copy_sqlite(source: Path, partial: Path, progress: Progress) -> None:
    """Page by page within one read transaction, so that writers neither wait nor make it start over."""
    if not source.exists():
        raise ConfigError("there is no database yet", where=str(source), remedy="run `marsad migrate`")
    partial.unlink(missing_ok=True)
    origin, copy = sqlite3.connect(source), sqlite3.connect(partial)
    try:
        origin.execute("PRAGMA busy_timeout=10000")
        origin.execute("BEGIN")
        origin.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        origin.backup(
            copy, pages=4096, progress=lambda _s, left, all_: progress(1 - left / max(all_, 1)), sleep=0
        )
        copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise StorageError(
            f"the copy failed: {error}", where=str(partial), remedy="is the disk full?"
        ) from error
    finally:
        origin.close()
        copy.close()


def _empty_log(target: Path) -> None:
    """Bring what is in the write-ahead log into the file, so that the file alone is the whole."""
    connection = sqlite3.connect(target)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError:
        return  # a damaged database may be the reason for the restore; it is put aside as it is
    finally:
        connection.close()


def _run_postgres(program: str, url: str, options: list[str]) -> None:
    """Run PostgreSQL's own tool; the password goes by the environment, where `ps` does not show it."""
    found = shutil.which(program)
    if not found:
        raise ConfigError(
            f"{program} is not installed",
            where="DATABASE_URL",
            remedy="install PostgreSQL's client tools, of the server's version or newer",
        )
    parsed = make_url(url)
    env = {**os.environ, "PGPASSWORD": str(parsed.password or "")}
    address = parsed._replace(drivername="postgresql", password=None).render_as_string(hide_password=False)
    command = [found, f"--dbname={address}", *options]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)  # noqa: S603 - no shell, and the program was found by name
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise StorageError(f"{program} failed: {last}", where="DATABASE_URL")
