"""Polling as the running service does it: the bundled server, a Celery worker with its children, bells.

Used by `bench.poll`. The worker is up before the clock starts; the tick is rung, and the clock stops when
every feed has been polled and its lease given back. The worker polls as it is installed, with the turns
at hosts kept in the server; only the addresses of the feed server are allowed besides.
"""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parent.parent
_RING = """
import sys
from worker.app import app
from tasks.tick import tick
app.finalize()
with app.connection_for_write() as connection:
    connection.ensure_connection(max_retries=3)
for _ in sys.stdin:
    tick()
    print("rung", flush=True)
"""


def environment(home: Path, port: int) -> dict[str, str]:
    """What the processes of a service in this home find, without a feed or a setting of the caller's."""
    from worker import bundled

    feeds = home / "feeds.yaml"
    feeds.write_text("feeds: []\n", encoding="utf-8")
    env = {name: value for name, value in os.environ.items() if not name.startswith("MARSAD_")}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    return {
        **env,
        "HOME": str(home),
        "MARSAD_HOME": str(home),
        "MARSAD_FEEDS_FILE": str(feeds),
        "MARSAD_ALLOW_ADDRESSES": f"127.0.0.0/8:{port}",
        "DATABASE_URL": f"sqlite:///{home}/service.sqlite",
        "REDIS_URL": bundled.address(home),
    }


class Service:
    """A running poll room over its own server and database."""

    def __init__(self, home: Path, urls: Path, port: int) -> None:
        self.home, self.urls, self.env = home, urls, environment(home, port)
        self.database = home / "service.sqlite"
        self.processes: list[subprocess.Popen[str]] = []

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _start(self) -> None:
        from worker import bundled

        path = bundled.prepare(self.home)
        self._run(bundled.command(path), env=bundled.environment())
        if not bundled.wait_ready(path):
            raise SystemExit("the bundled server does not answer")
        marsad = [sys.executable, "-m", "worker"]
        for words in (["migrate"], ["feeds", "import", str(self.urls)]):
            subprocess.run([*marsad, *words], env=self.env, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        self.worker = self._run([*marsad, "worker", "poll"])
        self.bell = self._run([sys.executable, "-c", _RING], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        # A round over no feed: children, engines and clients are there when the clock starts.
        self._set("enabled = 0")
        self.ring()
        time.sleep(3)
        self._set("enabled = 1")

    def _run(
        self, command: list[str], env: dict[str, str] | None = None, **pipes: int
    ) -> subprocess.Popen[str]:
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        made = subprocess.Popen(command, env=env or self.env, cwd=ROOT, text=True, **{**quiet, **pipes})
        self.processes.append(made)
        return made

    def __exit__(self, *_: object) -> None:
        for process in reversed(self.processes):
            process.terminate()
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def ring(self) -> None:
        """Do what the beat does every few seconds."""
        self.bell.stdin.write("\n")
        self.bell.stdin.flush()
        if not self.bell.stdout.readline():
            raise SystemExit("the bell cannot be rung")

    def _set(self, change: str) -> None:
        with self._open() as db:
            db.execute(f"UPDATE feeds SET {change}")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self.database, timeout=20, isolation_level=None)
        try:
            yield db
        finally:
            db.close()

    def round(self, within_s: float = 300.0) -> dict[str, float]:
        """Poll every feed once; seconds, and CPU seconds and peak memory of the worker with its children."""
        self._set("next_poll_at = NULL")
        stop, peak = threading.Event(), [0]
        watch = threading.Thread(target=_peak, args=(self.worker.pid, stop, peak))
        watch.start()
        cpu, started = _cpu(self.worker.pid), time.monotonic()
        try:
            self.ring()
            with self._open() as db:
                left = "SELECT count(*) FROM feeds WHERE next_poll_at IS NULL OR claimed_until IS NOT NULL"
                rung = time.monotonic()
                while db.execute(left).fetchone()[0]:
                    time.sleep(0.02)
                    if time.monotonic() - rung > 2.0:  # as the beat would
                        self.ring()
                        rung = time.monotonic()
                    if time.monotonic() - started > within_s:
                        raise SystemExit("the service did not come to an end")
        finally:
            wall = time.monotonic() - started
            stop.set()
            watch.join()
        return {"wall": wall, "cpu": _cpu(self.worker.pid) - cpu, "mb": peak[0] / 1024}


def _tree(pid: int) -> list[int]:
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return [pid]
    return [pid, *(one for child in below for one in _tree(int(child)))]


def _cpu(pid: int) -> float:
    """CPU seconds of the processes that are there, and of those that they have buried."""
    ticks = 0
    for one in _tree(pid):
        try:
            parts = Path(f"/proc/{one}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2]
        except OSError:
            continue
        ticks += sum(int(n) for n in parts.split()[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def _peak(pid: int, stop: threading.Event, found: list[int]) -> None:
    while not stop.wait(0.05):
        total = 0
        for one in _tree(pid):
            try:
                status = Path(f"/proc/{one}/status").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            resident = re.search(r"VmRSS:\s+(\d+)", status)
            total += int(resident[1]) if resident else 0
        found[0] = max(found[0], total)
