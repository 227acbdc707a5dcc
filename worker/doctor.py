"""`marsad doctor`: looks at everything the service stands on, and says what to do where it is weak.

Each check is one function that gives a `Finding`; one that raises is a finding too, so that a broken
database does not hide the state of the disk.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from worker import bundled
from worker.errors import FetchError, MarsadError

if TYPE_CHECKING:
    from config.settings import Settings
    from worker.bootstrap import House

GOOD, WEAK, BAD = "good", "weak", "bad"
PROBED = 5
"""Feeds that are really fetched."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the examination."""

    name: str
    state: str
    """`good`, `weak` (works, but) or `bad`."""
    found: str
    remedy: str = ""


def examine(settings: Settings, *, probe: bool = True) -> Iterator[Finding]:
    """Look at one thing after the other; `probe` allows requests to a few feeds."""
    from worker.bootstrap import house  # noqa: PLC0415 - the command line stays fast

    home = house(settings)
    checks: list[tuple[str, Callable[[], Finding]]] = [
        ("settings", lambda: _settings(settings)),
        ("home", lambda: _home(settings)),
        ("disk", lambda: _disk(settings)),
        ("files", lambda: _files(home)),
        ("database", lambda: _database(home)),
        ("server", lambda: _server(settings)),
        ("clock", lambda: _clock(home, settings)),
        ("tick", lambda: _tick(home)),
        ("feeds", lambda: _feeds(home, probe=probe)),
        ("outbox", lambda: _outbox(home)),
        ("channels", lambda: _channels(home)),
        ("sentry", lambda: _sentry(settings)),
    ]
    for name, check in checks:
        try:
            yield check()
        except MarsadError as error:
            yield Finding(name, BAD, str(error))
        except Exception as error:  # noqa: BLE001 - an unforeseen fault is what a doctor is for
            yield Finding(
                name, BAD, f"{type(error).__name__}: {error}", "report this, it is a fault of Marsad"
            )


def _settings(settings: Settings) -> Finding:
    """They were read; what they only warned of is repeated here."""
    if settings.warnings:
        return Finding("settings", WEAK, "; ".join(settings.warnings), "correct or remove these names")
    return Finding("settings", GOOD, "all understood")


def _home(settings: Settings) -> Finding:
    """Ours, and writable."""
    home = settings.home
    if not home.exists():
        return Finding("home", WEAK, f"{home} does not exist yet", "the first start makes it")
    if not os.access(home, os.W_OK | os.X_OK):
        return Finding("home", BAD, f"{home} cannot be written", "set MARSAD_HOME to a folder of your own")
    return Finding("home", GOOD, str(home))


def _disk(settings: Settings) -> Finding:
    """Room for the database to grow."""
    place = next(p for p in (settings.home, *settings.home.parents) if p.exists())
    free = shutil.disk_usage(place).free // 1024**2
    if free < 500:
        return Finding("disk", BAD, f"{free} MB free", "make room: a full disk stops storing")
    return Finding(
        "disk", WEAK if free < 2000 else GOOD, f"{free} MB free", "make room soon" if free < 2000 else ""
    )


def _files(home: House) -> Finding:
    """Feeds, watches and words can be read."""
    from config.sources import read_feeds  # noqa: PLC0415

    feeds = read_feeds(home.settings.feeds_file)
    watches = home.watches_of_file()
    return Finding("files", GOOD, f"{len(feeds)} feeds, {len(watches)} watches, lexicon {home.words.version}")


def _database(home: House) -> Finding:
    """Reachable and at this version's level."""
    from worker.storage.level import HEAD  # noqa: PLC0415
    from worker.storage.migrate import level  # noqa: PLC0415

    name, at = home.engine.dialect.name, level(home.engine)
    version = ".".join(map(str, home.engine.dialect.server_version_info or ()))
    if at != HEAD:
        return Finding(
            "database", BAD, f"{name} at level {at or 'none'}, needs {HEAD}", "run `marsad migrate`"
        )
    return Finding("database", GOOD, f"{name} {version} at level {at}".replace("  ", " "))


def server_address(settings: Settings) -> str:
    """`REDIS_URL`, or the bundled server of a running `marsad up`."""
    return settings.redis_url or bundled.address(settings.home)


def _server(settings: Settings) -> Finding:
    """Answers, is new enough, and throws nothing away."""
    import redis  # noqa: PLC0415

    try:
        about = _info(settings)
    except (redis.RedisError, OSError) as error:
        if not settings.redis_url:
            return Finding("server", WEAK, "the bundled server does not run", "`marsad up` starts it")
        return Finding("server", BAD, f"REDIS_URL: {error}", "start the server or correct the address")
    kind = "Valkey" if "valkey_version" in about else "Redis"
    version = about.get("valkey_version") or about.get("redis_version", "0")
    policy = about.get("maxmemory_policy", "noeviction")
    if policy != "noeviction":
        return Finding(
            "server", BAD, f"maxmemory-policy is {policy}: queued bells may be thrown away",
            "set `maxmemory-policy noeviction`",
        )  # fmt: skip
    if int(str(version).split(".")[0]) < 6:
        return Finding("server", WEAK, f"{kind} {version}", "use Redis 6.2 or newer")
    kept = "append-only file" if about.get("aof_enabled") else "nothing kept on disk (bells only, harmless)"
    return Finding("server", GOOD, f"{kind} {version}, noeviction, {kept}")


def _info(settings: Settings) -> dict[str, Any]:
    """What the server says about itself."""
    import redis  # noqa: PLC0415

    url = server_address(settings)
    with redis.Redis.from_url(url, socket_timeout=3, socket_connect_timeout=3) as client:
        return dict(client.info())


def _clock(home: House, settings: Settings) -> Finding:
    """This machine's clock against those of the server and the database."""
    import redis  # noqa: PLC0415
    from sqlalchemy import text  # noqa: PLC0415

    others: dict[str, float] = {}
    try:
        with redis.Redis.from_url(server_address(settings), socket_timeout=3) as client:
            others["server"] = abs(datetime.now(UTC).timestamp() - client.time()[0])
    except (redis.RedisError, OSError):
        others.clear()
    if home.engine.dialect.name == "postgresql":
        with home.engine.connect() as connection:
            at = connection.execute(text("SELECT clock_timestamp()")).scalar()
        others["database"] = abs((datetime.now(UTC) - at).total_seconds()) if at else 0
    apart = {name: off for name, off in others.items() if off > 5}
    if apart:
        said = ", ".join(f"{off:.0f} s from the {name}" for name, off in apart.items())
        return Finding("clock", BAD, f"{said}", "switch time synchronisation (NTP) on on all machines")
    return Finding("clock", GOOD, f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC")


def _tick(home: House) -> Finding:
    """Whether the service is running at all."""
    last = home.store.value("last_tick")
    if not last:
        return Finding("tick", WEAK, "there has been none yet", "start the service: `marsad up`")
    age = datetime.now(UTC) - datetime.fromisoformat(last)
    if age > timedelta(seconds=max(60, 10 * home.settings.tick_s)):
        return Finding("tick", BAD, f"the last was {_age(age)} ago", "is `beat` running, and `worker-alert`?")
    return Finding("tick", GOOD, f"the last was {_age(age)} ago")


def _feeds(home: House, *, probe: bool) -> Finding:
    """Known, healthy, in reach."""
    known = [(feed, state) for feed, state in home.store.feeds() if feed.enabled]
    failing = [feed.name or feed.url for feed, state in known if state.failures]
    said = f"{len(known)} enabled, {len(failing)} failing"
    if not known:
        return Finding(
            "feeds", BAD, "none is enabled", "`marsad migrate` takes in the file, `marsad feeds add` adds one"
        )
    if probe:
        answered = home.wait(_reach(home, [feed.url for feed, _ in known[:PROBED]]))
        tried = min(PROBED, len(known))
        said += f"; {answered} of {tried} answered just now"
        if not answered:
            return Finding(
                "feeds", BAD, said, "is there a way to the internet, a proxy (MARSAD_PROXY), a firewall?"
            )
    if len(failing) * 2 > len(known):
        return Finding("feeds", WEAK, said, "`marsad feeds list` says why")
    return Finding("feeds", GOOD, said)


async def _reach(home: House, urls: list[str]) -> int:
    """How many of these answer."""
    import asyncio  # noqa: PLC0415

    from worker.ports import Request  # noqa: PLC0415

    async def one(url: str) -> bool:
        try:
            await home.fetcher.fetch(Request(url, total_timeout_s=10))
        except FetchError as error:
            # A refusal is an answer too.
            return error.status is not None
        return True

    return sum(await asyncio.gather(*(one(url) for url in urls)))


def _outbox(home: House) -> Finding:
    """Nothing dead, nothing that waits for long."""
    about = home.store.status(datetime.now(UTC))
    dead, unsure = about["outbox"].get("dead", 0), about["outbox"].get("uncertain", 0)
    if dead or unsure:
        return Finding(
            "outbox", WEAK, f"{dead} dead, {unsure} uncertain", "`marsad deliveries --state dead` says why"
        )
    oldest = about["oldest_undelivered"]
    if oldest and datetime.now(UTC) - oldest > timedelta(hours=1):
        return Finding(
            "outbox",
            WEAK,
            f"the oldest message waits for {_age(datetime.now(UTC) - oldest)}",
            "see `channels`",
        )
    return Finding("outbox", GOOD, f"{about['outbox'].get('sent', 0)} sent, none stuck")


def _channels(home: House) -> Finding:
    """Which are switched on."""
    names = list(home.channels)
    beyond = [name for name in names if name != "console"]
    if not beyond:
        return Finding("channels", WEAK, "only the console", "set Slack or e-mail up: docs/configure.md")
    return Finding("channels", GOOD, ", ".join(names), "try one: `marsad channels test NAME`")


def _sentry(settings: Settings) -> Finding:
    """On or off."""
    if not settings.sentry_dsn:
        return Finding("sentry", GOOD, "off")
    parts = urlsplit(settings.sentry_dsn)
    if not parts.username or not parts.path.strip("/"):
        return Finding(
            "sentry", BAD, "SENTRY_DSN has no key or no project", "copy it again from the project's settings"
        )
    return Finding("sentry", GOOD, f"on, to {parts.hostname}")


def _age(span: timedelta) -> str:
    """A span in the unit that fits."""
    seconds = max(0, int(span.total_seconds()))
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
