"""Backups: whole, taken from a live database, and put back without losing what was there."""

import sqlite3
import threading
from datetime import UTC, datetime

import pytest

from worker.errors import ConfigError
from worker.storage import backup as backups
from worker.storage.engine import open_engine
from worker.storage.migrate import migrate

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.fixture
def url(tmp_path):
    url = f"sqlite:///{tmp_path}/marsad.sqlite"
    engine = open_engine(url)
    migrate(engine)
    engine.dispose()
    return url


def write(path, key):
    connection = sqlite3.connect(path, timeout=10)
    connection.execute("INSERT INTO facts VALUES (?, '1', '2026-01-01')", (key,))
    connection.commit()
    connection.close()


def keys(path):
    connection = sqlite3.connect(path)
    found = {row[0] for row in connection.execute("SELECT key FROM facts")}
    connection.close()
    return found


def test_a_backup_put_back_is_what_was_there_and_the_replaced_one_is_kept(url, tmp_path):
    live = tmp_path / "marsad.sqlite"
    write(live, "before")
    copy = backups.backup(url, tmp_path / "backups" / "one.sqlite")
    assert copy.stat().st_mode & 0o777 == 0o600
    write(live, "after")
    aside = backups.restore(url, copy, NOW)
    assert keys(live) == {"before"}
    assert keys(aside) == {"before", "after"}


def test_a_backup_taken_while_others_write_is_whole_and_of_one_moment(url, tmp_path):
    live, stop = tmp_path / "marsad.sqlite", threading.Event()
    big = sqlite3.connect(live)
    big.executemany(
        "INSERT INTO facts VALUES (?, ?, '2026-01-01')", ((f"big{i}", "x" * 4000) for i in range(8000))
    )
    big.commit()
    big.close()

    def go_on():
        number = 0
        while not stop.is_set():
            write(live, f"w{number}")
            number += 1

    writer = threading.Thread(target=go_on)
    writer.start()
    try:
        shares = []
        copy = backups.backup(url, tmp_path / "copy.sqlite", shares.append)
    finally:
        stop.set()
        writer.join()
    backups.check_sqlite(copy)
    written = sorted(int(k[1:]) for k in keys(copy) if k.startswith("w"))
    assert written == list(range(len(written)))
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_what_is_no_backup_is_refused_before_anything_is_touched(url, tmp_path):
    write(tmp_path / "marsad.sqlite", "mine")
    (tmp_path / "text").write_text("no database")
    other = sqlite3.connect(tmp_path / "other.sqlite")
    other.execute("CREATE TABLE x (y)")
    other.close()
    for name in ("text", "other.sqlite", "missing"):
        with pytest.raises(ConfigError, match=name):
            backups.restore(url, tmp_path / name, NOW)
    assert keys(tmp_path / "marsad.sqlite") == {"mine"}


def test_a_damaged_backup_is_refused(url, tmp_path):
    for number in range(300):
        write(tmp_path / "marsad.sqlite", f"k{number}" * 20)
    copy = backups.backup(url, tmp_path / "copy.sqlite")
    data = bytearray(copy.read_bytes())
    data[8192:-4096] = bytes(len(data) - 8192 - 4096)
    copy.write_bytes(data)
    with pytest.raises(ConfigError, match=r"copy\.sqlite"):
        backups.restore(url, copy, NOW)


def test_a_failed_backup_leaves_nothing_half_done(tmp_path):
    with pytest.raises(ConfigError, match="no database yet"):
        backups.backup(f"sqlite:///{tmp_path}/none.sqlite", tmp_path / "copy.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_scheduled_backups_are_named_by_time_and_the_oldest_go(url, tmp_path):
    engine = open_engine(url)
    folder = tmp_path / "backups"
    for hour in range(backups.KEPT + 2):
        backups.scheduled(engine, url, folder, NOW.replace(hour=hour))
    engine.dispose()
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == backups.KEPT
    assert names[-1] == f"marsad-20261122T{backups.KEPT + 1:02}0000Z.sqlite"


def test_without_postgresql_s_tools_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ConfigError, match="pg_dump is not installed"):
        backups.backup("postgresql+psycopg://u:p@h/d", tmp_path / "x.dump")
