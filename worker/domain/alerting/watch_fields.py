"""Reads the values of a watch's keys; every fault names the key, the value and the remedy."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from worker.domain.alerting.area import Area, Circle, Corridor, Gazetteer, Outline, Point
from worker.domain.alerting.bind import Values
from worker.domain.alerting.rule import DigestTime, Quiet, Route
from worker.domain.alerting.words import ConceptIndex
from worker.domain.model import Severity
from worker.errors import ConfigError

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


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


def only_keys(given: Mapping[str, Any], keys: Iterable[str], at: Where, path: str) -> None:
    """Refuse a key that nobody reads, with the one that was meant."""
    known = list(keys)
    for key in given:
        if key not in known:
            close = difflib.get_close_matches(str(key), known, 1)
            raise ConfigError(
                f"there is no key {key!r} here", where=at(f"{path}{key}"),
                remedy=f"did you mean {close[0]}?" if close else "the keys are " + ", ".join(known),
            )  # fmt: skip


def read_choice(value: Any, known: Iterable[str], where: str) -> str:
    """Take one of a few words."""
    if value not in list(known):
        raise ConfigError(f"{value!r} is none of {', '.join(known)}", where=where)
    return str(value)


def read_severity(value: Any, where: str) -> Severity:
    """Take a severity."""
    return Severity(read_choice(value, [s.value for s in Severity], where))


def read_share(value: Any, where: str) -> float:
    """Take a number from 0 to 1."""
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


def read_zone(value: Any, where: str) -> ZoneInfo:
    """Take a time zone."""
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


def read_languages(value: Any, known: frozenset[str], where: str) -> frozenset[str]:
    """Take languages that Marsad reads."""
    names = frozenset(_names(value, where)) if value else frozenset()
    for name in sorted(names - known if known else ()):
        raise ConfigError(
            f"{name!r} is no language that Marsad reads",
            where=where,
            remedy="one of " + ", ".join(sorted(known)),
        )
    return names


def read_sources(given: Any, at: Where) -> tuple[frozenset[str], frozenset[str]]:
    """Take outlets to hear alone, and outlets not to hear."""
    if not isinstance(given, Mapping):
        raise ConfigError(
            f"{given!r} is no mapping", where=at("sources"), remedy="write only: […] or not: […]"
        )
    only_keys(given, ("only", "not"), at, "sources.")
    only, never = (
        frozenset(name.casefold() for name in _names(given[key], at(f"sources.{key}"))) if given.get(key) else frozenset()
        for key in ("only", "not")
    )  # fmt: skip
    return only, never


def read_routes(given: Any, known: frozenset[str], at: Where) -> tuple[Route, ...]:
    """Take channels with their least severity and recipients."""
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
            only_keys(wish, ("severity", "to"), at, path + ".")
            to = tuple(_names(wish["to"], at(path + ".to"))) if wish.get("to") else ()
            routes.append(Route(name, read_severity(wish.get("severity", "low"), at(path)), to))
        else:
            routes.append(Route(name, read_severity(wish, at(path))))
    return tuple(routes)


def read_throttle(given: Any, where: str) -> int | None:
    """Take a number of alerts an hour."""
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= 1000:
        raise ConfigError(f"{given!r} is no number of alerts an hour", where=where, remedy="1 to 1000")
    return given


def read_quiet(given: Any, at: Where) -> Quiet | None:
    """Take quiet hours."""
    if not given:
        return None
    if not isinstance(given, Mapping):
        raise ConfigError(
            f"{given!r} is no mapping", where=at("quiet"), remedy='write from: "22:00", to: "06:00"'
        )
    only_keys(given, ("from", "to", "but"), at, "quiet.")
    start, end = (_clock(given.get(key), at(f"quiet.{key}")) for key in ("from", "to"))
    if start == end:
        raise ConfigError("begins when it ends", where=at("quiet"), remedy="give two different times")
    return Quiet(start, end, read_severity(given.get("but", "critical"), at("quiet.but")))


def read_digests(given: Any, at: Where) -> tuple[DigestTime, ...]:
    """Take digest times."""
    if not given:
        return ()
    if not isinstance(given, Mapping):
        raise ConfigError(f"{given!r} is no mapping", where=at("digest"), remedy='write daily: "07:00"')
    only_keys(given, ("daily", "weekly"), at, "digest.")
    times = []
    if given.get("daily") is not None:
        times.append(DigestTime(_clock(given["daily"], at("digest.daily"))))
    if given.get("weekly") is not None:
        day, _, clock = str(given["weekly"]).lower().partition(" ")
        if day[:3] not in DAYS:
            raise ConfigError(f"{day!r} is no weekday", where=at("digest.weekly"), remedy='write "mon 07:00"')
        times.append(DigestTime(_clock(clock, at("digest.weekly")), DAYS.index(day[:3])))
    return tuple(times)


def read_area(given: Any, known: Known, at: Where) -> Area:
    """Take governorates and shapes."""
    if not isinstance(given, Mapping):
        raise ConfigError(
            f"{given!r} is no mapping", where=at("area"), remedy="write governorates: [Al Anbar]"
        )
    only_keys(given, ("governorates", "near", "corridors", "outlines", "without_place"), at, "area.")
    shapes: list[Circle | Corridor | Outline] = []
    for one in _mappings(given.get("near"), at("area.near")):
        only_keys(one, ("place", "at", "km"), at, "area.near.")
        name = str(one.get("place") or one.get("at"))
        shapes.append(Circle(_point(one.get("place") or one.get("at"), known, at("area.near")),
                             _positive(one.get("km"), at("area.near.km")), name))  # fmt: skip
    for one in _mappings(given.get("corridors"), at("area.corridors")):
        only_keys(one, ("name", "along", "width_km"), at, "area.corridors.")
        road = _road(one.get("along"), 2, known, at("area.corridors.along"))
        width = _positive(one.get("width_km"), at("area.corridors.width_km"))
        shapes.append(Corridor(road, width, str(one.get("name", ""))))
    for one in _mappings(given.get("outlines"), at("area.outlines")):
        only_keys(one, ("name", "points"), at, "area.outlines.")
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
