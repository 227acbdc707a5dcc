"""Measures polling: `marsad run-once` on a SQLite file beside the least a Python program can do.

    python -m bench.poll [--feeds 1000] [--repeat 3] [--dir HARNESS]

Four polls each: the first, one with nothing changed, one where 5 % of the feeds have three new items, and
the first with 50 ms of latency; then the same three as the running service polls (`bench.poll_service`: bundled
server, Celery worker, no start-up) beside `run-once`; then a list of which a tenth is broken in ten ways. The
programs take turns, so that a machine that drifts drifts for both; the ratio is what counts. Without `--dir` everything
comes from this project (`bench.feed_server`, `bench.poll_floor`); with it, the harness in that folder runs
`marsad` beside its own programs.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

from bench.poll_service import Service

MARK = re.compile(r"f(\d+)-n(\d+)")
ROOT = Path(__file__).resolve().parent.parent


class Server:
    """The feed server as a process of its own."""

    def __init__(self, feeds: int, broken: float = 0.0) -> None:
        command = [sys.executable, "-m", "bench.feed_server", "--feeds", str(feeds), "--broken", str(broken)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        self.port = int(self.process.stdout.readline())

    def ask(self, what: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/ctl/{what}") as answer:
            return answer.read().decode()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def peak_of(pid: int, stop: threading.Event, found: list[int]) -> None:
    """Highest resident memory of a process and its children, sampled every 20 ms."""
    while not stop.wait(0.02):
        total = 0
        for process in (pid, *_children(pid)):
            try:
                status = Path(f"/proc/{process}/status").read_text()
            except OSError:
                continue
            resident = re.search(r"VmRSS:\s+(\d+)", status)
            total += int(resident[1]) if resident else 0
        found[0] = max(found[0], total)


def _children(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def timed(command: list[str], home: Path) -> dict:
    env = {**os.environ, "HOME": str(home), "MARSAD_HOME": str(home)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    stop, peak, started = threading.Event(), [0], time.monotonic()
    process = subprocess.Popen(
        command, env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    watch = threading.Thread(target=peak_of, args=(process.pid, stop, peak))
    watch.start()
    out, err = process.communicate()
    wall = time.monotonic() - started
    stop.set()
    watch.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}: {err[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": wall, "cpu": cpu, "mb": peak[0] / 1024, "out": out}


def programs(folder: Path, urls: Path, concurrency: int) -> dict[str, list[str]]:
    marsad = [
        sys.executable,
        "-m",
        "worker",
        "run-once",
        "--feeds",
        str(urls),
        "--database",
        str(folder / "marsad.sqlite"),
    ]
    marsad += ["--through", "poll", "--allow", "127.0.0.0/8:*", "--concurrency", str(concurrency), "--json"]
    floor = [
        sys.executable,
        "-m",
        "bench.poll_floor",
        str(folder / "floor.sqlite"),
        str(urls),
        str(concurrency),
    ]
    return {"marsad": marsad, "floor": floor}


def stored(path: Path, table: str) -> set[tuple[str, str]]:
    with sqlite3.connect(path) as db:
        return {
            MARK.search(url).groups()
            for (url,) in db.execute(f"select url from {table}")
            if MARK.search(url or "")
        }


def speed(feeds: int, repeat: int, latency: float, concurrency: int) -> dict:
    figures: dict[str, dict[str, list[dict]]] = {name: {} for name in ("marsad", "floor")}
    with tempfile.TemporaryDirectory() as home:
        for turn in range(repeat):
            folder = Path(home) / str(turn)
            folder.mkdir()
            with Server(feeds) as server:
                server.ask(f"latency?{latency}")
                urls = folder / "urls.txt"
                urls.write_text(server.ask("urls"))
                commands = programs(folder, urls, concurrency)
                expected = feeds * 30
                for phase in ("first", "unchanged", "changed"):
                    if phase == "changed":
                        time.sleep(1.1)
                        expected += int(server.ask("grow"))
                    for name, command in commands.items():
                        figures[name].setdefault(phase, []).append(timed(command, folder))
                    for name, table in (("marsad", "items"), ("floor", "item")):
                        found = len(stored(folder / f"{name}.sqlite", table))
                        if found != expected:
                            raise SystemExit(f"{name} stored {found} of {expected} items")
    return figures


def served(feeds: int, repeat: int, concurrency: int) -> dict:
    """The running service beside `run-once`, over the same feeds in turns."""
    figures: dict[str, dict[str, list[dict]]] = {"service": {}, "run-once": {}}
    for _ in range(repeat):
        with tempfile.TemporaryDirectory() as home, Server(feeds) as server:
            folder = Path(home)
            urls = folder / "urls.txt"
            urls.write_text(server.ask("urls"))
            once = programs(folder, urls, concurrency)["marsad"]
            expected = feeds * 30
            with Service(folder, urls, server.port) as service:
                for phase in ("first", "unchanged", "changed"):
                    if phase == "changed":
                        time.sleep(1.1)
                        expected += int(server.ask("grow"))
                    figures["run-once"].setdefault(phase, []).append(timed(once, folder))
                    figures["service"].setdefault(phase, []).append(service.round())
                    for database in (service.database, folder / "marsad.sqlite"):
                        found = len(stored(database, "items"))
                        if found != expected:
                            raise SystemExit(f"{database.name} holds {found} of {expected} items")
    return figures


def show(title: str, figures: dict, program: str = "marsad", beside: str = "floor") -> None:
    print(f"\n{title}\n")
    print(
        f"| poll | {program} s | {beside} s | ratio | {program} CPU s | {beside} CPU s | {program} peak MB |"
    )
    print("| --- | --: | --: | --: | --: | --: | --: |")
    for phase, runs in figures[program].items():
        own = {key: statistics.median(run[key] for run in runs) for key in ("wall", "cpu")}
        floor = {
            key: statistics.median(run[key] for run in figures[beside][phase]) for key in ("wall", "cpu")
        }
        peak = max(run["mb"] for run in runs)
        print(
            f"| {phase} | {own['wall']:.2f} | {floor['wall']:.2f} | {own['wall'] / floor['wall']:.2f} "
            f"| {own['cpu']:.2f} | {floor['cpu']:.2f} | {peak:.0f} |"
        )


def broken(feeds: int, concurrency: int) -> None:
    """A tenth of the feeds broken in ten ways: what is lost, what it costs."""
    with tempfile.TemporaryDirectory() as home, Server(feeds, 0.1) as server:
        folder = Path(home)
        urls = folder / "urls.txt"
        urls.write_text(server.ask("urls"))
        run = timed(programs(folder, urls, concurrency)["marsad"], folder)
        kinds = json.loads(server.ask("kinds"))
        found: dict[int, int] = {}
        for feed, _ in stored(folder / "marsad.sqlite", "items"):
            found[int(feed)] = found.get(int(feed), 0) + 1
        healthy = [feed for feed, kind in enumerate(kinds) if kind == "healthy"]
        lost = sum(30 - found.get(feed, 0) for feed in healthy)
        print(
            f"\n{feeds} feeds, {feeds - len(healthy)} broken in ten ways: {run['wall']:.1f} s, peak {run['mb']:.0f} MB,"
        )
        print(f"{len(healthy) * 30 - lost} of {len(healthy) * 30} healthy items stored; faults by kind:")
        print(json.dumps(json.loads(run["out"])["poll"]["errors"]))


def harness(folder: Path, repeat: int) -> None:
    """Run another harness with `marsad` as one more of its programs."""
    poll = f"{sys.executable} -m worker run-once --feeds {{urls}} --database {{dir}}/m.sqlite --through poll --allow 127.0.0.0/8:* --json"
    links = "sqlite3 {dir}/m.sqlite 'select url from items'"
    python = folder / "venv" / "bin" / "python"
    command = [
        str(python if python.exists() else sys.executable),
        str(folder / "run_peer.py"),
        "ceiling",
        "--name",
        "marsad",
    ]
    command += [
        "--poll",
        poll,
        "--links",
        links,
        "--reps",
        str(repeat),
        "--work",
        tempfile.mkdtemp(),
        "--out",
        os.devnull,
    ]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run(command, check=True, env=env)


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--feeds", type=int, default=1000)
    arguments.add_argument("--repeat", type=int, default=3)
    arguments.add_argument("--concurrency", type=int, default=50)
    arguments.add_argument("--dir", type=Path, help="folder of another harness (run_peer.py)")
    given = arguments.parse_args()
    if given.dir is not None:
        harness(given.dir.resolve(), given.repeat)
        return
    show(
        f"{given.feeds} feeds of 30 items, no latency",
        speed(given.feeds, given.repeat, 0.0, given.concurrency),
    )
    slow = speed(given.feeds, given.repeat, 0.05, given.concurrency)
    show(f"{given.feeds} feeds of 30 items, 50 ms of latency", slow)
    show(
        f"{given.feeds} feeds of 30 items, the running service without start-up",
        served(given.feeds, given.repeat, given.concurrency),
        "service",
        "run-once",
    )
    broken(given.feeds, given.concurrency)


if __name__ == "__main__":
    main()
