"""The composition root: settings to adapters to services. Nothing below it imports `config`.

Everything is made on first use and once a process, so that a command pays only for what it runs.
`reset()` throws all of it away; a forked child does so before its first task, because engines, HTTP
clients and event loops must not be shared with the parent.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from config import settings as configuration
from config.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from config.catalogue import LexiconData
    from worker.domain.understanding.analyser import Analyser
    from worker.feeds.fetch import HttpFetcher
    from worker.ports import HostGate
    from worker.services.link import LinkService
    from worker.services.poll import PollService
    from worker.storage.store import Store

T = TypeVar("T")

LEASE = timedelta(seconds=90)
"""A task's hard limit plus a margin: what is claimed and older than this is due again."""

BATCH = 200
"""Rows that one task of the read, link and judge rooms claims."""


def now() -> datetime:
    """Tell the time, in UTC."""
    return datetime.now(UTC)


class House:
    """One process's parts, each made when it is first asked for."""

    def __init__(self, settings: Settings) -> None:
        """Nothing is opened here."""
        self.settings = settings

    # --- adapters ----------------------------------------------------------------------------------

    @cached_property
    def engine(self) -> Engine:
        """The database."""
        from worker.storage.engine import open_engine

        return open_engine(self.settings.database_url)

    @cached_property
    def store(self) -> Store:
        """All rooms' queries."""
        from worker.storage.store import Store

        return Store(self.engine)

    @cached_property
    def loop(self) -> asyncio.AbstractEventLoop:
        """This process's one event loop, for the rooms that fetch."""
        try:
            import uvloop
        except ImportError:  # pragma: no cover - platforms without uvloop
            return asyncio.new_event_loop()
        return uvloop.new_event_loop()

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """Run asynchronous work to its end on this process's loop."""
        return self.loop.run_until_complete(work)

    @cached_property
    def fetcher(self) -> HttpFetcher:
        """The HTTP client with its limits and the address guard."""
        from worker import __version__
        from worker.feeds.fetch import HttpFetcher
        from worker.feeds.guard import AddressGuard

        contact = self.settings.user_agent_contact
        return HttpFetcher(
            AddressGuard(self.settings.allow_addresses),
            user_agent=f"Marsad/{__version__}" + (f" (+{contact})" if contact else ""),
            connections=self.settings.poll_concurrency,
        )

    @cached_property
    def gate(self) -> HostGate:
        """Turns at a host: shared through Redis where there is one, else within this process."""
        from worker.feeds.hostgate import LocalGate, RedisGate

        if not self.settings.redis_url:
            return LocalGate(at_once=self.settings.poll_per_host)
        from redis.asyncio import Redis

        redis = Redis.from_url(self.settings.redis_url, socket_timeout=5, socket_connect_timeout=5)
        return RedisGate(redis, at_once=self.settings.poll_per_host)

    @cached_property
    def lexicon(self) -> LexiconData:
        """Concepts, actors, places and languages, with the operator's overlay."""
        from config.catalogue import load_lexicon

        return load_lexicon(self.settings.overlay_dir)

    @cached_property
    def analyser(self) -> Analyser:
        """Understanding, with the lexicon and the models of this house."""
        from worker.domain.understanding.analyser import Analyser
        from worker.domain.understanding.lexicon import build_lexicon

        data = self.lexicon
        lexicon = build_lexicon(
            concepts=data.concepts,
            languages=data.languages,
            actors=data.actors,
            places=data.places,
            version=data.version,
        )
        return Analyser(lexicon, data.model)

    # --- services ----------------------------------------------------------------------------------

    @cached_property
    def poller(self) -> PollService:
        """The poll room."""
        from worker.domain.polling.schedule import PollPolicy
        from worker.feeds.parse import parse_feed
        from worker.services.poll import PollLimits, PollService

        chosen = self.settings
        return PollService(
            store=self.store,
            fetcher=self.fetcher,
            parser=parse_feed,
            gate=self.gate,
            clock=now,
            jitter=random.random,
            policy=PollPolicy(floor_s=chosen.poll_min_s, ceiling_s=chosen.poll_max_s),
            limits=PollLimits(
                batch=chosen.poll_batch,
                concurrency=chosen.poll_concurrency,
                lease=LEASE,
                total_timeout_s=chosen.poll_timeout_s,
                max_bytes=chosen.poll_max_bytes,
            ),
        )

    @cached_property
    def linker(self) -> LinkService:
        """The link room."""
        from worker.services.link import LinkService

        return LinkService(self.store, clock=now, lease=LEASE)

    # --- what the tasks ask for ----------------------------------------------------------------------

    def tick(self) -> list[str]:
        """Note the time and name the rooms that have due work."""
        at = now()
        self.store.set_value("last_tick", at.isoformat(), at)
        return self.store.due_rooms(at)

    def poll(self) -> int:
        """Poll a batch of due feeds; how many were due."""
        return self.wait(self.poller.poll_due()).feeds

    def read(self) -> int:
        """Read a batch of new items."""
        return self.reader.run(BATCH)

    def link(self) -> int:
        """Link a batch of analysed items."""
        return self.linker.run(BATCH)

    def judge(self) -> int:
        """Judge a batch of story changes."""
        return self.judging.run(BATCH)[0]

    def deliver(self) -> int:
        """Send what is due."""
        return self.deliverer.run()

    def close(self) -> None:
        """Give back what was opened."""
        if "fetcher" in self.__dict__:
            self.wait(self.fetcher.close())
        if "loop" in self.__dict__:
            self.loop.close()
        if "engine" in self.__dict__:
            self.engine.dispose()


_house: House | None = None


def house(settings: Settings | None = None) -> House:
    """Give this process's house; it is built for `settings`, or for the environment's."""
    global _house  # noqa: PLW0603 - one house a process is what this module is for
    if _house is None or (settings is not None and settings != _house.settings):
        _house = House(settings or configuration.load())
    return _house


def reset() -> None:
    """Forget everything without closing it: after a fork it belongs to the parent."""
    global _house  # noqa: PLW0603
    if _house is not None and "engine" in _house.__dict__:
        _house.engine.dispose(close=False)
    _house = None


def migrate(settings: Settings) -> str:
    """Bring the database to the present level; says what was done."""
    from worker.storage.migrate import migrate as bring

    return bring(house(settings).engine)
