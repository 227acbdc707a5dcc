"""`marsad run-once`: poll every feed of a list once, and if wanted go on to the alerts, in one process.

There is no Celery here and the whole run often takes a second, so imports wait until they are needed
and a second process takes half of the hosts when a first poll brings enough work.
"""

from __future__ import annotations

import asyncio
import gc
import os
import random
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zlib import crc32

from worker.domain.polled import ClaimedFeed, Feed
from worker.domain.polling.schedule import PollPolicy
from worker.errors import ConfigError, MarsadError
from worker.services.poll import PollLimits, PollReport, PollService
from worker.storage.poll import PollQueries, SqlitePollStore

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from config.settings import Settings

ROOMS = ("poll", "read", "link", "judge", "deliver")
_LEASE = timedelta(minutes=30)
_SHARE_FROM = 60
"""Documents to parse from which a second process pays."""


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
        if isinstance(store, SqlitePollStore):
            store.close()
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
        store.upsert_feeds(what.feeds, now(), only_new=True)
    wanted = None if what.feeds is None else [feed.url for feed in what.feeds]
    claimed = store.claim_feed_ids(store.feed_ids(wanted), now(), _LEASE)
    new = sum(1 for one in claimed if one.state.last_success_at is None)
    if new < _SHARE_FROM or not isinstance(store, SqlitePollStore) or (os.cpu_count() or 1) < 2:
        return _run_loop(_fetch_all(what, store, claimed, notes))
    return _share(what, store, claimed, notes)


def _share(what: Once, store: SqlitePollStore, claimed: Sequence[ClaimedFeed], notes: _Notes) -> PollReport:
    """Poll in two processes, each with half of the hosts, its own loop and its own connection."""
    from multiprocessing import get_context

    from worker.feeds import fast, fetch  # noqa: F401 - loaded once, before the fork

    halves: tuple[list[ClaimedFeed], list[ClaimedFeed]] = ([], [])
    for one in claimed:
        halves[crc32((urlsplit(one.feed.url).hostname or "").encode()) % 2].append(one)
    # SQLite forbids taking a connection through a fork.
    store.close()
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    helper = context.Process(target=_half, args=(what, store.path, halves[1], theirs), daemon=True)
    helper.start()
    theirs.close()
    store.open()
    report = _run_loop(
        _fetch_all(replace(what, progress=_doubled(what, len(claimed))), store, halves[0], notes)
    )
    try:
        other, faults = ours.recv()
    except EOFError:
        raise MarsadError(
            "the second polling process died",
            remedy="its feeds are due again in half an hour; run again then",
        ) from None
    helper.join()
    notes.faults += faults
    return report.plus(other)


def _half(what: Once, path: str, claimed: Sequence[ClaimedFeed], answer: Connection) -> None:
    """The second process: poll, send the figures, and leave without touching what the first one owns."""
    notes, store = _Notes(), SqlitePollStore(path)
    report = _run_loop(_fetch_all(replace(what, progress=None), store, claimed, notes))
    store.close()
    answer.send((report, notes.faults))
    answer.close()
    os._exit(0)


def _doubled(what: Once, total: int) -> Callable[[int, int], None] | None:
    """Progress of both halves, told from the first: they are alike."""
    tell = what.progress
    return None if tell is None else lambda done, mine: tell(total * done // max(mine, 1), total)


def _run_loop(work: Coroutine[Any, Any, PollReport]) -> PollReport:
    try:
        import uvloop
    except ImportError:  # pragma: no cover - platforms without uvloop
        return asyncio.run(work)
    return uvloop.run(work)


async def _fetch_all(
    what: Once, store: PollQueries, claimed: Sequence[ClaimedFeed], notes: _Notes
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
