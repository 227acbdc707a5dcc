"""A watch, checked: from the YAML mapping that somebody wrote to a rule that can be asked.

The same checks run for a file, the command line and the page; every fault names the watch and the key.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from worker.domain.alerting.area import Area, Circle, Corridor, Gazetteer, Outline, Point
from worker.domain.alerting.bind import Test, Values, bind
from worker.domain.alerting.query import parse
from worker.domain.alerting.words import ConceptIndex
from worker.domain.model import Origin, Severity, Watch
from worker.errors import ConfigError

KEYS = (
    "name", "about", "query", "enabled", "severity", "confidence", "corroboration", "context", "fresh",
    "area", "languages", "sources", "channels", "throttle", "quiet", "digest", "reminder", "owner", "timezone",
)  # fmt: skip
CORROBORATION = {"any": 1, "two sources": 2}
CONTEXT = ("alert", "digest", "ignore")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Route:
    """A channel of a watch: from which severity on, and to whom when not to the channel's own recipients."""

    channel: str
    severity: Severity
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which alerts wait, in the watch's own time zone; `but` and above come through."""

    start: time
    end: time
    but: Severity

    def until(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """When the quiet that reigns at `now` ends; None when it does not reign."""
        local = now.astimezone(zone)
        clock = local.time()
        over_midnight = self.start > self.end
        reigns = (
            (clock >= self.start or clock < self.end) if over_midnight else self.start <= clock < self.end
        )
        if not reigns:
            return None
        day = local.date() + timedelta(days=1 if over_midnight and clock >= self.start else 0)
        return datetime.combine(day, self.end, zone).astimezone(now.tzinfo)


@dataclass(frozen=True, slots=True)
class DigestTime:
    """Daily at a time, or weekly on a day (0 Monday) at a time."""

    at: time
    weekday: int | None = None

    @property
    def span(self) -> timedelta:
        """What it looks back on."""
        return timedelta(days=1 if self.weekday is None else 7)

    def last(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The latest moment not after `now` at which it was due."""
        local = now.astimezone(zone)
        day = local.date()
        if self.weekday is not None:
            day -= timedelta(days=(day.weekday() - self.weekday) % 7)
        moment = datetime.combine(day, self.at, zone)
        if moment > local:
            moment = datetime.combine(day - self.span, self.at, zone)
        return moment.astimezone(now.tzinfo)


@dataclass(frozen=True, slots=True)
class Rule:
    """A watch that was checked and bound to the lexicon."""

    name: str
    query: str
    test: Test
    severity: Severity = Severity.LOW
    confidence: float = 0.0
    sources_wanted: int = 1
    context: str = "digest"
    """What becomes of stories that report no incident: `alert`, `digest` or `ignore`."""
    fresh: timedelta | None = None
    """Own freshness; None leaves the setting's 48 hours."""
    area: Area = field(default_factory=Area)
    languages: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    routes: tuple[Route, ...] = ()
    """Empty: every configured channel."""
    throttle: int | None = None
    """Alerts an hour; what is beyond goes into the next digest."""
    quiet: Quiet | None = None
    digests: tuple[DigestTime, ...] = ()
    reminder: timedelta | None = None
    owner: str = ""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Baghdad"))
    about: str = ""

    def route(self, channel: str) -> Route | None:
        """How this watch uses a channel; None when it does not."""
        if not self.routes:
            return Route(channel, Severity.LOW)
        return next((route for route in self.routes if route.channel == channel), None)


@dataclass(frozen=True, slots=True)
class Known:
    """What a definition is checked against."""

    index: ConceptIndex
    gazetteer: Gazetteer
    values: Values
    languages: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()


Where = Callable[[str], str]
"""Key path of a watch (`area.near`) to file and line."""


def check(watch: Watch, known: Known, where: Where | None = None) -> Rule:
    """Turn a watch into a rule; raises `ConfigError` (`QueryError` for the query) naming the key."""
    at = where or (lambda key: f"watch {watch.name!r}" + (f", {key}" if key else ""))
    given = watch.definition
    _only_keys(given, KEYS, at, "")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,62}", watch.name):
        raise ConfigError(
            f"{watch.name!r} is no name for a watch", where=at("name"),
            remedy="small letters, digits and hyphens, at most 63",
        )  # fmt: skip
    test = bind(parse(watch.query, where=at("query")), known.index, known.values, where=at("query"))
    zone = _zone(given.get("timezone", "Asia/Baghdad"), at("timezone"))
    only, never = _sources(given.get("sources") or {}, at)
    return Rule(
        name=watch.name,
        query=watch.query,
        test=test,
        severity=_severity(given.get("severity", "low"), at("severity")),
        confidence=_share(given.get("confidence", 0.0), at("confidence")),
        sources_wanted=CORROBORATION[
            _choice(given.get("corroboration", "any"), CORROBORATION, at("corroboration"))
        ],
        context=_choice(given.get("context", "digest"), CONTEXT, at("context")),
        fresh=span_of(given["fresh"], at("fresh")) if "fresh" in given else None,
        area=_area(given.get("area") or {}, known, at),
        languages=_languages(given.get("languages"), known.languages, at("languages")),
        only=only,
        never=never,
        routes=_routes(given.get("channels"), known.channels, at),
        throttle=_throttle(given.get("throttle"), at("throttle")),
        quiet=_quiet(given.get("quiet"), at),
        digests=_digests(given.get("digest"), at),
        reminder=span_of(given["reminder"], at("reminder")) if given.get("reminder") else None,
        owner=str(given.get("owner", "")),
        zone=zone,
        about=str(given.get("about", "")),
    )


def watch_of(definition: Mapping[str, Any], *, origin: Origin, where: Where | None = None) -> Watch:
    """Take a YAML mapping as a watch; name and query must be there, the rest is checked by `check`."""
    at = where or (lambda key: f"watch {definition.get('name', '?')!r}, {key}")
    for key in ("name", "query"):
        if not isinstance(definition.get(key), str) or not definition[key].strip():
            raise ConfigError(f"a watch needs a {key}", where=at(key), remedy=f"add a line {key}: …")
    rest = {key: value for key, value in definition.items() if key not in ("name", "query", "enabled")}
    enabled = definition.get("enabled", True)
    if not isinstance(enabled, bool):
        raise ConfigError(f"{enabled!r} is neither true nor false", where=at("enabled"))
    return Watch(
        name=definition["name"], query=" ".join(definition["query"].split()), definition=rest, enabled=enabled,
        origin=origin,
    )  # fmt: skip


def definition_of(watch: Watch) -> dict[str, Any]:
    """The YAML mapping of a watch: what export writes and import reads."""
    mapping: dict[str, Any] = {"name": watch.name, "query": watch.query, **watch.definition}
    return mapping if watch.enabled else {**mapping, "enabled": False}


def _only_keys(given: Mapping[str, Any], keys: Iterable[str], at: Where, path: str) -> None:
    known = list(keys)
    for key in given:
        if key not in known:
            close = difflib.get_close_matches(str(key), known, 1)
            raise ConfigError(
                f"there is no key {key!r} here", where=at(f"{path}{key}"),
                remedy=f"did you mean {close[0]}?" if close else "the keys are " + ", ".join(known),
            )  # fmt: skip


def _choice(value: Any, known: Iterable[str], where: str) -> str:
    if value not in list(known):
        raise ConfigError(f"{value!r} is none of {', '.join(known)}", where=where)
    return str(value)


def _severity(value: Any, where: str) -> Severity:
    return Severity(_choice(value, [s.value for s in Severity], where))


def _share(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ConfigError(f"{value!r} is no number from 0 to 1", where=where)
    return float(value)


def _positive(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 20_000:
        raise ConfigError(f"{value!r} is no number above 0", where=where)
    return float(value)


def span_of(value: Any, where: str) -> timedelta:
    """Read a span such as `30m`, `2h`, `3d`, `1w`; raises `ConfigError`."""
    found = re.fullmatch(r"(\d{1,4})\s*([mhdw])", str(value).strip())
    if not found:
        raise ConfigError(f"{value!r} is no span of time", where=where, remedy="write 30m, 2h, 3d or 1w")
    unit = {"m": 1, "h": 60, "d": 1440, "w": 10080}[found[2]]
    return timedelta(minutes=int(found[1]) * unit)


def _clock(value: Any, where: str) -> time:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1440:
        return time(value // 60, value % 60)  # YAML 1.1 reads an unquoted 22:30 as 22 × 60 + 30
    try:
        return datetime.strptime(str(value), "%H:%M").time()  # noqa: DTZ007 - a time of day has no zone
    except ValueError:
        raise ConfigError(f"{value!r} is no time of day", where=where, remedy='write "07:00"') from None


def _zone(value: Any, where: str) -> ZoneInfo:
    try:
        return ZoneInfo(str(value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ConfigError(
            f"{value!r} is no time zone",
            where=where,
            remedy="write for instance Asia/Baghdad or Europe/Paris",
        ) from None


def _names(value: Any, where: str) -> list[str]:
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(name, str) and name.strip() for name in listed):
        raise ConfigError(f"{value!r} is no list of names", where=where, remedy="write [one, another]")
    return listed


def _languages(value: Any, known: frozenset[str], where: str) -> frozenset[str]:
    names = frozenset(_names(value, where)) if value else frozenset()
    for name in sorted(names - known if known else ()):
        raise ConfigError(
            f"{name!r} is no language that Marsad reads",
            where=where,
            remedy="one of " + ", ".join(sorted(known)),
        )
    return names


def _sources(given: Any, at: Where) -> tuple[frozenset[str], frozenset[str]]:
    if not isinstance(given, Mapping):
        raise ConfigError(
            f"{given!r} is no mapping", where=at("sources"), remedy="write only: […] or not: […]"
        )
    _only_keys(given, ("only", "not"), at, "sources.")
    only, never = (
        frozenset(name.casefold() for name in _names(given[key], at(f"sources.{key}"))) if given.get(key) else frozenset()
        for key in ("only", "not")
    )  # fmt: skip
    return only, never


def _routes(given: Any, known: frozenset[str], at: Where) -> tuple[Route, ...]:
    if given is None:
        return ()
    if isinstance(given, list):
        given = dict.fromkeys(given, "low")
    if not isinstance(given, Mapping) or not given:
        raise ConfigError(
            f"{given!r} names no channels", where=at("channels"), remedy="write slack: moderate"
        )
    routes = []
    for name, wish in given.items():
        path = f"channels.{name}"
        if known and name not in known:
            close = difflib.get_close_matches(str(name), known, 1)
            raise ConfigError(
                f"there is no channel {name!r}", where=at(path),
                remedy=f"did you mean {close[0]}?" if close else "one of " + ", ".join(sorted(known)),
            )  # fmt: skip
        if isinstance(wish, Mapping):
            _only_keys(wish, ("severity", "to"), at, path + ".")
            to = tuple(_names(wish["to"], at(path + ".to"))) if wish.get("to") else ()
            routes.append(Route(name, _severity(wish.get("severity", "low"), at(path)), to))
        else:
            routes.append(Route(name, _severity(wish, at(path))))
    return tuple(routes)


def _throttle(given: Any, where: str) -> int | None:
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= 1000:
        raise ConfigError(f"{given!r} is no number of alerts an hour", where=where, remedy="1 to 1000")
    return given


def _quiet(given: Any, at: Where) -> Quiet | None:
    if not given:
        return None
    if not isinstance(given, Mapping):
        raise ConfigError(
            f"{given!r} is no mapping", where=at("quiet"), remedy='write from: "22:00", to: "06:00"'
        )
    _only_keys(given, ("from", "to", "but"), at, "quiet.")
    start, end = (_clock(given.get(key), at(f"quiet.{key}")) for key in ("from", "to"))
    if start == end:
        raise ConfigError("begins when it ends", where=at("quiet"), remedy="give two different times")
    return Quiet(start, end, _severity(given.get("but", "critical"), at("quiet.but")))


def _digests(given: Any, at: Where) -> tuple[DigestTime, ...]:
    if not given:
        return ()
    if not isinstance(given, Mapping):
        raise ConfigError(f"{given!r} is no mapping", where=at("digest"), remedy='write daily: "07:00"')
    _only_keys(given, ("daily", "weekly"), at, "digest.")
    times = []
    if given.get("daily") is not None:
        times.append(DigestTime(_clock(given["daily"], at("digest.daily"))))
    if given.get("weekly") is not None:
        day, _, clock = str(given["weekly"]).lower().partition(" ")
        if day[:3] not in DAYS:
            raise ConfigError(f"{day!r} is no weekday", where=at("digest.weekly"), remedy='write "mon 07:00"')
        times.append(DigestTime(_clock(clock, at("digest.weekly")), DAYS.index(day[:3])))
    return tuple(times)


def _area(given: Any, known: Known, at: Where) -> Area:
    if not isinstance(given, Mapping):
        raise ConfigError(
            f"{given!r} is no mapping", where=at("area"), remedy="write governorates: [Al Anbar]"
        )
    _only_keys(given, ("governorates", "near", "corridors", "outlines", "without_place"), at, "area.")
    shapes: list[Circle | Corridor | Outline] = []
    for one in _mappings(given.get("near"), at("area.near")):
        _only_keys(one, ("place", "at", "km"), at, "area.near.")
        name = str(one.get("place") or one.get("at"))
        shapes.append(Circle(_point(one.get("place") or one.get("at"), known, at("area.near")),
                             _positive(one.get("km"), at("area.near.km")), name))  # fmt: skip
    for one in _mappings(given.get("corridors"), at("area.corridors")):
        _only_keys(one, ("name", "along", "width_km"), at, "area.corridors.")
        road = _road(one.get("along"), 2, known, at("area.corridors.along"))
        width = _positive(one.get("width_km"), at("area.corridors.width_km"))
        shapes.append(Corridor(road, width, str(one.get("name", ""))))
    for one in _mappings(given.get("outlines"), at("area.outlines")):
        _only_keys(one, ("name", "points"), at, "area.outlines.")
        shapes.append(
            Outline(_road(one.get("points"), 3, known, at("area.outlines.points")), str(one.get("name", "")))
        )
    names = _names(given["governorates"], at("area.governorates")) if given.get("governorates") else []
    listed = known.values.closed.get("governorate", ())
    for name in names:
        if listed and name not in listed:
            close = difflib.get_close_matches(name, listed, 1)
            raise ConfigError(
                f"{name!r} is no governorate", where=at("area.governorates"),
                remedy=f"did you mean {close[0]}?" if close else "one of " + ", ".join(listed),
            )  # fmt: skip
    return Area(frozenset(names), tuple(shapes), bool(given.get("without_place", False)))


def _mappings(given: Any, where: str) -> list[Mapping[str, Any]]:
    listed = [given] if isinstance(given, Mapping) else given or []
    if not isinstance(listed, list) or not all(isinstance(one, Mapping) for one in listed):
        raise ConfigError(f"{given!r} is no list of mappings", where=where)
    return listed


def _road(given: Any, least: int, known: Known, where: str) -> tuple[Point, ...]:
    if not isinstance(given, list) or len(given) < least:
        raise ConfigError(f"{given!r} has fewer than {least} points", where=where)
    return tuple(_point(point, known, where) for point in given)


def _point(given: Any, known: Known, where: str) -> Point:
    if isinstance(given, list) and len(given) == 2 and all(isinstance(n, int | float) for n in given):
        lat, lon = float(given[0]), float(given[1])
        if -90 <= lat <= 90 and -180 <= lon <= 180:
            return lat, lon
    if isinstance(given, str):
        point = known.gazetteer.point(given)
        if point:
            return point
        raise ConfigError(
            f"{given!r} is no place in the gazetteer",
            where=where,
            remedy="give [latitude, longitude] instead",
        )
    raise ConfigError(f"{given!r} is no place", where=where, remedy="a name or [latitude, longitude]")
