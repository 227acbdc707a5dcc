"""`marsad run-once`: poll every feed of a list once, and if wanted go on to the alerts, in one process.

There is no Celery here and the whole run often takes a second, so imports wait until they are needed
and parsing has a process of its own when a first poll brings enough work.
"""

from __future__ import annotations

import asyncio
import gc
import random
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worker.domain.model import ClaimedFeed, Feed
from worker.domain.polling.schedule import PollPolicy
from worker.errors import ConfigError
from worker.services.poll import PollLimits, PollReport, PollService

if TYPE_CHECKING:
    from config.settings import Settings
    from worker.storage.poll import PollQueries

ROOMS = ("poll", "read", "link", "judge", "deliver")
_LEASE = timedelta(minutes=30)
_POOL_FROM = 60
"""Documents to parse from which a process of its own pays."""


@dataclass(frozen=True, slots=True)
class Once:
    """What to run."""

    settings: Settings
    feeds: Sequence[Feed] | None = None
    """Only these; None polls all feeds of the database."""
    through: str = "deliver"
    progress: Callable[[int, int], None] | None = None
    """Told how many of how many feeds are done."""


class _Notes:
    """Keeps what polling has to say until the run is over."""

    def __init__(self) -> None:
        self.faults: list[dict[str, str]] = []

    def info(self, event: str, **facts: Any) -> None:
        """Failures alone are of interest here."""
        if event == "poll-failed":
            self.faults.append({"feed": str(facts["feed"]), "fault": str(facts["error"])})

    def warning(self, event: str, **facts: Any) -> None:
        """Missed entries are in the feed's health."""

    error = warning


def now() -> datetime:
    """Tell the time, in UTC."""
    return datetime.now(UTC)


def read_list(path: Path) -> list[Feed]:
    """Feeds of a file: OPML, YAML as feeds.yaml, or one address a line with `#` for remarks."""
    if not path.is_file():
        raise ConfigError("there is no such file", where=str(path), remedy="name a list of feeds")
    kind = path.suffix.lower()
    if kind in (".opml", ".xml"):
        from worker.feeds.opml import read_opml

        return read_opml(path.read_bytes(), where=str(path))
    if kind in (".yaml", ".yml"):
        from config.sources import read_feeds
        from worker.bootstrap import feed_of

        return [feed_of(row) for row in read_feeds(path)]
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        address = line.partition(" #")[0].strip()
        if not address or address.startswith("#"):
            continue
        if not address.startswith(("http://", "https://")):
            raise ConfigError(
                f"{address[:100]!r} is no address",
                where=f"{path}:{number}",
                remedy="write http:// or https://",
            )
        found.append(Feed(url=address))
    return found


def run(what: Once) -> dict[str, Any]:
    """Do it; returns figures by room."""
    # Thousands of entries live at once and none in a cycle: the collector would only walk them.
    gc.set_threshold(200_000, 50, 100)
    figures: dict[str, Any] = {}
    notes = _Notes()
    store = _open(what.settings)
    try:
        report = _poll(what, store, notes)
    finally:
        close = getattr(store, "close", None)
        if close is not None:
            close()
    figures["poll"] = {
        "feeds": report.feeds,
        "unchanged": report.unchanged,
        "failed": report.failed,
        "postponed": report.postponed,
        "items": report.items,
        "errors": dict(sorted(report.errors.items())),
        "outage": report.outage,
        "faults": notes.faults,
    }
    if what.through != "poll":
        figures |= _later_rooms(what)
    return figures


def _open(settings: Settings) -> PollQueries:
    """The store: a bare connection to a SQLite file that is current, else the house's, migrated."""
    from worker.storage.level import HEAD
    from worker.storage.poll import SqlitePollStore

    url = settings.database_url
    if not url.startswith("sqlite:///"):
        store_of_house: PollQueries = _migrated(settings).store
        return store_of_house
    path = url.removeprefix("sqlite:///").partition("?")[0]
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    store = SqlitePollStore(path)
    if store.level() != HEAD:
        store.close()
        _migrated(settings)
        store = SqlitePollStore(path)
    return store


def _migrated(settings: Settings) -> Any:
    from worker.bootstrap import house
    from worker.storage.migrate import migrate

    made = house(settings)
    migrate(made.engine)
    return made


def _poll(what: Once, store: PollQueries, notes: _Notes) -> PollReport:
    if what.feeds is not None:
        store.upsert_feeds(what.feeds, now())
    wanted = None if what.feeds is None else [feed.url for feed in what.feeds]
    claimed = store.claim_feed_ids(store.feed_ids(wanted), now(), _LEASE)
    new = sum(1 for one in claimed if one.state.last_success_at is None)
    pool = _parsing_process() if new >= _POOL_FROM else None
    with pool or nullcontext():
        report: PollReport = _run_loop(_fetch_all(what, store, claimed, pool, notes))
    return report


def _parsing_process() -> ProcessPoolExecutor:
    """One process that parses, forked before any thread or loop exists in this one."""
    from multiprocessing import get_context

    from worker.feeds import fast  # noqa: F401 - loaded once, before the fork

    pool = ProcessPoolExecutor(1, mp_context=get_context("fork"))
    pool.submit(gc.freeze)
    return pool


def _run_loop(work: Any) -> Any:
    try:
        import uvloop
    except ImportError:  # pragma: no cover - platforms without uvloop
        return asyncio.run(work)
    return uvloop.run(work)


async def _fetch_all(
    what: Once, store: PollQueries, claimed: Sequence[ClaimedFeed], pool: Executor | None, notes: _Notes
) -> PollReport:
    from worker import __version__
    from worker.feeds.fetch import HttpFetcher
    from worker.feeds.guard import AddressGuard
    from worker.feeds.hostgate import LocalGate
    from worker.feeds.parse import parse_feed

    chosen = what.settings
    contact = chosen.user_agent_contact
    done = 0

    def step(count: int) -> None:
        nonlocal done
        done += count
        if what.progress is not None:
            what.progress(done, len(claimed))

    fetcher = HttpFetcher(
        AddressGuard(chosen.allow_addresses),
        user_agent=f"Marsad/{__version__}" + (f" (+{contact})" if contact else ""),
        connections=chosen.poll_concurrency,
        proxy=chosen.proxy,
    )
    async with fetcher:
        service = PollService(
            store=store,
            fetcher=fetcher,
            parser=parse_feed,
            gate=LocalGate(at_once=chosen.poll_per_host),
            clock=now,
            jitter=random.random,
            policy=PollPolicy(floor_s=chosen.poll_min_s, ceiling_s=chosen.poll_max_s),
            limits=PollLimits(
                concurrency=chosen.poll_concurrency,
                patience_s=600.0,
                total_timeout_s=chosen.poll_timeout_s,
                max_bytes=chosen.poll_max_bytes,
                save_every=50,
            ),
            pool=pool,
            log=notes,
        )
        return await service.poll(claimed, step)


def _later_rooms(what: Once) -> dict[str, Any]:
    """Run the other rooms until none has work left."""
    from worker.bootstrap import house

    made = house(what.settings)
    made.store.upsert_watches(made.watches_of_file(), now())
    counted: dict[str, Any] = {}
    for room in ROOMS[1 : ROOMS.index(what.through) + 1]:
        batch: Callable[[], int] = getattr(made, room)
        rows = 0
        while done := batch():
            rows += done
        counted[room] = rows
    return counted


def with_options(
    settings: Settings, *, database: str = "", allow: Sequence[str] = (), concurrency: int = 0
) -> Settings:
    """The environment's settings with what the command line says instead."""
    changes: dict[str, Any] = {}
    if database:
        url = database if "://" in database else f"sqlite:///{Path(database).absolute()}"
        changes["database_url"] = url
    if allow:
        changes["allow_addresses"] = (*settings.allow_addresses, *allow)
    if concurrency:
        changes["poll_concurrency"] = concurrency
    return replace(settings, **changes) if changes else settings
