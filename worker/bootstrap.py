"""The composition root: settings to adapters to services. Nothing below it imports `config`.

Everything is made on first use and once a process, so that a command pays only for what it runs.
`reset()` throws all of it away; a forked child does so before its first task, because engines, HTTP
clients and event loops must not be shared with the parent.
"""

from __future__ import annotations

import asyncio
import gc
import hashlib
import random
import shutil
from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from config import settings as configuration
from config.settings import Settings
from worker.domain.model import Feed, Notice, Origin
from worker.errors import ConfigError

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from config.catalogue import LexiconData
    from worker.domain.alerting.lexical import LexiconIndex
    from worker.domain.alerting.policy import AlertPolicy
    from worker.domain.alerting.severity import SeverityPolicy
    from worker.domain.alerting.watch import Known, Rule
    from worker.domain.model import Watch
    from worker.domain.understanding.analyser import Analyser
    from worker.domain.understanding.words.lexicon import Lexicon
    from worker.feeds.article import Words
    from worker.feeds.fetch import HttpFetcher
    from worker.feeds.websub import WebSub
    from worker.ports import Channel, HostGate
    from worker.services.answers import Answers
    from worker.services.article import ArticleService
    from worker.services.deliver import DeliverService
    from worker.services.digest import DigestService
    from worker.services.judge import JudgeService
    from worker.services.keep import KeepService
    from worker.services.link import LinkService
    from worker.services.poll import PollService
    from worker.services.read import ReadService
    from worker.services.watching import PolicySource
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
            proxy=self.settings.proxy,
        )

    @cached_property
    def gate(self) -> HostGate:
        """Turns at a host: shared through Redis where there is one, else within this process."""
        if not self.settings.redis_url:
            from worker.feeds.hostgate import LocalGate

            return LocalGate(at_once=self.settings.poll_per_host)
        from redis.asyncio import Redis

        from worker.feeds.sharedgate import RedisGate

        redis = Redis.from_url(self.settings.redis_url, socket_timeout=5, socket_connect_timeout=5)
        return RedisGate(redis, at_once=self.settings.poll_per_host)

    @cached_property
    def lexicon(self) -> LexiconData:
        """Concepts, actors, places and languages, with the operator's overlay."""
        from config.catalogue import load_lexicon

        return load_lexicon(self.settings.overlay_dir)

    @cached_property
    def words(self) -> Lexicon:
        """The lexicon, compiled for searching: as it was kept, else each language made when it is first used."""
        from config.catalogue import lexicon_version
        from worker.domain.understanding.words.lexicon import lexicon_of
        from worker.storage import compiled

        kept = compiled.load(self.settings.cache_dir, lexicon_version(self.settings.overlay_dir))
        return kept or lexicon_of(self.lexicon)

    def keep_words(self) -> Path | None:
        """Compile the lexicon and keep it for the processes to come; None where that was done before.

        Raises `CatalogueError` for a file of words that a person must correct, OSError for a folder that
        cannot be written.
        """
        from config.catalogue import lexicon_version, load_lexicon
        from worker.domain.understanding.words.lexicon import lexicon_of
        from worker.storage import compiled

        version = lexicon_version(self.settings.overlay_dir)
        if compiled.is_kept(self.settings.cache_dir, version):
            return None
        made = lexicon_of(load_lexicon(self.settings.overlay_dir)).whole()
        return compiled.save(self.settings.cache_dir, made)

    @cached_property
    def analyser(self) -> Analyser:
        """Understanding, with the lexicon and the models of this house."""
        from config.catalogue import load_model
        from worker.domain.understanding.analyser import Analyser

        return Analyser(self.words, load_model(self.settings.overlay_dir))

    @cached_property
    def index(self) -> LexiconIndex:
        """The lexicon as watch queries see it."""
        from worker.domain.alerting.lexical import LexiconIndex

        return LexiconIndex(self.words)

    @cached_property
    def channels(self) -> dict[str, Channel]:
        """The channels that the settings switch on, by name."""
        from worker.channels.make import make_channels

        return make_channels(self.settings)

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
    def reader(self) -> ReadService:
        """The read room."""
        from config.boilerplate import load_boilerplate
        from worker.domain.text.boilerplate import Boilerplate
        from worker.domain.text.title import name_key
        from worker.services.read import ReadService

        return ReadService(
            store=self.store,
            analyser=self.analyser,
            clock=now,
            boilerplate=Boilerplate(**load_boilerplate(self.settings.overlay_dir)),
            outlets=frozenset(name_key(feed.name) for feed, _ in self.store.feeds()),
            fetch_articles=self.settings.fetch_articles,
            lease=LEASE,
        )

    @cached_property
    def page_words(self) -> Words:
        """What extraction needs to know of boilerplate and walls."""
        from config.boilerplate import load_boilerplate, load_walls
        from worker.domain.text.boilerplate import Boilerplate
        from worker.domain.text.walls import Walls
        from worker.feeds.article import Words

        overlay = self.settings.overlay_dir
        return Words(Boilerplate(**load_boilerplate(overlay)), Walls(**load_walls(overlay)))

    @cached_property
    def pages(self) -> ArticleService:
        """The article room."""
        from functools import partial

        from worker.feeds.article import extract_bytes
        from worker.feeds.robots import Robots
        from worker.services.article import ArticleService

        return ArticleService(
            store=self.store,
            fetcher=self.fetcher,
            gate=self.gate,
            robots=Robots(self.fetcher),
            extract=partial(extract_bytes, words=self.page_words),
            clock=now,
        )

    @cached_property
    def websub(self) -> WebSub:
        """Subscriptions at hubs that push feeds."""
        from worker.feeds.websub import WebSub

        return WebSub(sender=self.fetcher, memory=self.store, clock=now, public_url=self.settings.public_url)

    async def take_push(self, feed_id: int, body: bytes, content_type: str) -> int:
        """Store what a hub pushed; when the feed is being polled just now, that poll is repeated instead."""
        claimed = await asyncio.to_thread(self.store.claim_feed_ids, [feed_id], now(), LEASE)
        if not claimed:
            await asyncio.to_thread(self.store.remember_of_feed, feed_id, {}, due=True)
            return 0
        return await self.poller.take_in(claimed[0], body, content_type)

    @cached_property
    def linker(self) -> LinkService:
        """The link room."""
        from config.common_words import load_common_words
        from worker.domain.stories.book import LinkSettings
        from worker.domain.understanding.gist import gist
        from worker.services.link import LinkService

        words = load_common_words(self.settings.overlay_dir)
        common = {language: frozenset(found) for language, found in words.items()}
        settings = LinkSettings(common_words=common, tell=gist)
        return LinkService(self.store, clock=now, settings=settings, lease=LEASE)

    # --- the files ------------------------------------------------------------------------------------

    def take_in_files(self) -> list[str]:
        """Make the database's feeds and watches those of the files; says what changed, for people.

        Raises `ConfigError` naming file and line before anything is written, so that the last good
        configuration stays.
        """
        from config.sources import read_feeds

        feeds = [feed_of(row) for row in read_feeds(self.settings.feeds_file)]
        watches = self.watches_of_file()
        said = []
        if changed := self.store.upsert_feeds(feeds, now()):
            said.append(f"{changed} feeds taken in from the file")
        if changed := self.store.upsert_watches(watches, now()):
            said.append(f"{changed} watches taken in from the file")
        return said

    def follow_files(self) -> str:
        """Take the files in again when one of them changed; a wrong one leaves all as it was, with a notice.

        What was looked at is remembered in the database, so that no process repeats it.
        """
        from config.sources import FEEDS
        from config.watchfile import SHIPPED

        paths = (self.settings.feeds_file or FEEDS, self.settings.watches_file or SHIPPED)
        held = b"".join(path.read_bytes() if path.is_file() else b"" for path in paths)
        mark = hashlib.sha256(held).hexdigest()
        if self.store.value("files") == mark:
            return ""
        self.store.set_value("files", mark, now())
        try:
            return "; ".join(self.take_in_files())
        except ConfigError as fault:
            self.store.add_notices([Notice("file-refused", str(fault.where), str(fault), now())], now())
            return f"the last good feeds and watches stay: {fault}"

    @cached_property
    def severity(self) -> SeverityPolicy:
        """The severity file, with the operator's own where the overlay holds one."""
        from config.watchfile import load_severity
        from worker.domain.alerting.severity import SeverityPolicy

        return SeverityPolicy.read(load_severity(self.settings.overlay_dir))

    @cached_property
    def known(self) -> Known:
        """What definitions of watches are checked against."""
        from worker.channels.make import CHANNEL_NAMES
        from worker.domain.alerting.assemble import known_by

        return known_by(self.index, CHANNEL_NAMES)

    def watches_of_file(self) -> list[Watch]:
        """Read and check the watches of the file; `ConfigError` names file and line."""
        from config.watchfile import load_watches
        from worker.domain.alerting.watch import check, watch_of

        watches = []
        for given in load_watches(self.settings.watches_file):
            watch = watch_of(given.definition, origin=Origin.FILE, where=given.where)
            check(watch, self.known, given.where)
            watches.append(watch)
        return watches

    def assemble(self, rules: Sequence[Rule]) -> AlertPolicy:
        """The alert policy over these rules, for the channels of this house."""
        from worker.domain.alerting.assemble import make_policy

        return make_policy(
            rules,
            self.index,
            self.severity,
            recipients={name: channel.recipients() for name, channel in self.channels.items()},
            editing=[name for name, channel in self.channels.items() if channel.can_edit],
            base_url=self.settings.public_url,
            mark="DEMONSTRATION · " if self.settings.demo else "",
            fresh=timedelta(hours=self.settings.fresh_hours),
        )

    @cached_property
    def policy(self) -> PolicySource:
        """The alert policy in force; follows the watches as they change."""
        from worker.domain.alerting.watch import check
        from worker.services.watching import PolicySource

        return PolicySource(
            store=self.store,
            notices=self.store,
            check=lambda watch: check(watch, self.known),
            assemble=self.assemble,
            clock=now,
        )

    @cached_property
    def judging(self) -> JudgeService:
        """The judge room."""
        from worker.services.judge import JudgeService

        return JudgeService(self.store, self.policy, now, LEASE)

    @cached_property
    def deliverer(self) -> DeliverService:
        """The deliver room."""
        from worker.services.deliver import DeliverService

        return DeliverService(self.store, self.channels, now, LEASE)

    @cached_property
    def answers(self) -> Answers:
        """What readers answer to alerts, by button, page or command line."""
        from worker.services.answers import Answers

        return Answers(self.store, self.channels, now)

    @cached_property
    def digests(self) -> DigestService:
        """What alerting does by the clock: digests, reminders, notices to the operators."""
        from config.watchfile import load_outline
        from worker.channels.chart import pictures
        from worker.services.digest import DigestService

        return DigestService(
            store=self.store,
            policy=self.policy,
            recipients={name: channel.recipients() for name, channel in self.channels.items()},
            clock=now,
            ops=self.settings.ops_channels,
            base_url=self.settings.public_url,
            draw=lambda data: pictures(data, load_outline()),
        )

    @cached_property
    def keeper(self) -> KeepService:
        """The keep room and its chores."""
        from worker.services.keep import Chore, KeepService, fill_words, retention, watchdog
        from worker.storage.backup import scheduled

        chosen = self.settings
        keep, keep_stories = timedelta(days=chosen.keep_days), timedelta(days=chosen.keep_story_days)

        def settle() -> str:
            settled = self.linker.settle(BATCH)
            return f"{settled} stories settled" if settled else ""

        def forget() -> str:
            self.linker.prune()
            return retention(self.store, now, keep=keep, keep_stories=keep_stories)

        def free_bytes() -> int:
            return shutil.disk_usage(chosen.home).free

        def hubs() -> str:
            asked = self.wait(self.websub.renew_due())
            return f"{asked} hubs asked" if asked else ""

        chores = [
            Chore(
                "watchdog",
                timedelta(minutes=5),
                lambda: watchdog(self.store, now, free_bytes=free_bytes if chosen.home.exists() else None),
            ),
            Chore("files", timedelta(minutes=1), self.follow_files),
            Chore("digests", timedelta(minutes=1), self.digests.run),
            Chore("settle", timedelta(minutes=10), settle),
            Chore("retention", timedelta(hours=1), forget),
            Chore("words", timedelta(minutes=1), lambda: fill_words(self.store, now)),
        ]
        if chosen.websub:
            chores.append(Chore("hubs", timedelta(minutes=5), hubs))
        if chosen.backup_hours and self.engine.dialect.name == "sqlite":
            folder = chosen.home / "backups"
            chores.append(
                Chore(
                    "backup",
                    timedelta(hours=chosen.backup_hours),
                    lambda: scheduled(self.engine, chosen.database_url, folder, now()),
                )
            )
        return KeepService(self.store, chores, now)

    # --- what the tasks ask for ----------------------------------------------------------------------

    def tick(self) -> list[str]:
        """Note the time and name the rooms that have due work."""
        at = now()
        self.store.set_value("last_tick", at.isoformat(), at)
        return self.store.due_rooms(at)

    def poll(self, more: Callable[[], None] | None = None) -> int:
        """Poll a batch of due feeds; how many were due. `more` is told at once when others may wait too."""
        return self.wait(self.poller.poll_due(more)).feeds

    def read(self) -> int:
        """Read a batch of new items."""
        return self.reader.run(BATCH)

    def article(self) -> int:
        """Fetch a batch of wanted pages; how many were wanted."""
        return self.wait(self.pages.run())

    def link(self) -> int:
        """Link a batch of analysed items."""
        return self.linker.run(BATCH)

    def judge(self) -> int:
        """Judge a batch of story changes."""
        return self.judging.run(BATCH)[0]

    def deliver(self) -> int:
        """Send what is due."""
        return self.deliverer.run()

    def keep(self) -> list[str]:
        """Do the chores that are due; their names."""
        return self.keeper.run()

    def close(self) -> None:
        """Give back what was opened."""
        if "fetcher" in self.__dict__:
            self.wait(self.fetcher.close())
        if "loop" in self.__dict__:
            self.loop.close()
        if "engine" in self.__dict__:
            self.engine.dispose()


def feed_of(row: Mapping[str, Any]) -> Feed:
    """Make a feed of a checked mapping of feeds.yaml."""
    names = {"reason": "reliability_reason", "documented": "documented_at"}
    given = {names.get(name, name): value for name, value in row.items() if value is not None}
    return Feed(**given, origin=Origin.FILE)


_house: House | None = None


def house(settings: Settings | None = None) -> House:
    """Give this process's house; it is built for `settings`, or for the environment's."""
    global _house  # noqa: PLW0603 - one house a process is what this module is for
    if _house is None or (settings is not None and settings != _house.settings):
        _house = House(settings or configuration.load())
    return _house


_PURE = ("lexicon", "words", "analyser", "index", "severity")
"""Parts that hold nothing but memory: a forked child shares them with its parent."""


def warm(settings: Settings) -> None:
    """Build what takes seconds before the children are forked, so that they have it at once and share it."""
    made = house(settings)
    _ = made.analyser, made.index, made.severity, list(made.words.tongues.values())
    gc.collect()
    # What the collector never looks at again is never copied into a child either.
    gc.freeze()


def reset() -> None:
    """Forget what a forked child must not share with its parent, without closing it; keep what is pure."""
    global _house  # noqa: PLW0603
    if _house is None:
        return
    if "engine" in _house.__dict__:
        _house.engine.dispose(close=False)
    fresh = House(_house.settings)
    fresh.__dict__.update({name: _house.__dict__[name] for name in _PURE if name in _house.__dict__})
    _house = fresh


def migrate(settings: Settings) -> str:
    """Bring the database to the present level and take in the files; says what was done.

    Raises `ConfigError` for a file that a person must correct.
    """
    from worker.storage.migrate import migrate as bring

    done = bring(house(settings).engine)
    house(settings).take_in_files()
    return done
