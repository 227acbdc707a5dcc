"""Areas as people draw or write them, and the keys of a watch that they become.

A point is a line: latitude and longitude, or the name of a place. So a shape that was drawn with a finger
can be read, corrected and written by hand, and needs neither a map nor a mouse.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from worker.domain.alerting.area import Circle, Corridor, Outline, Point, distance_km
from worker.errors import ConfigError

KINDS = {
    "outline": "Outline of points",
    "rectangle": "Rectangle of two corners",
    "corridor": "Road, a strip along points",
    "circle": "Round one place",
}
LEAST = {"outline": 3, "rectangle": 2, "corridor": 2, "circle": 1}
MOST_POINTS = 200
SQUARE_KM_A_DEGREE = (math.pi / 180 * 6371.0088) ** 2


@dataclass(frozen=True, slots=True)
class Drawn:
    """One shape as it stands in a form; everything is text as it was written."""

    kind: str = "outline"
    name: str = ""
    km: str = ""
    """Width of a road's strip in all, or how far round a place."""
    points: str = ""
    """One a line."""

    @property
    def empty(self) -> bool:
        """Whether nobody wrote or drew anything."""
        return not self.points.strip()


def read_points(text: str) -> list[list[float] | str]:
    """Read points, one a line; raises `ConfigError` naming the line."""
    found: list[list[float] | str] = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.strip()
        if not words:
            continue
        pair = re.fullmatch(r"([-+]?\d+(?:[.٫]\d+)?)\s*[,;،\s]\s*([-+]?\d+(?:[.٫]\d+)?)", words)
        if pair:
            lat, lon = (round(float(n.replace("٫", ".")), 5) for n in pair.groups())
            if not (-90 <= lat <= 90 and -180 <= lon <= 180):
                raise ConfigError(
                    f"{words} is no point on Earth", where=f"line {number}", remedy="latitude first"
                )
            found.append([lat, lon])
        elif any(letter.isalpha() for letter in words) and len(words) <= 80:
            found.append(words)
        else:
            raise ConfigError(
                f"{words[:40]!r} is no point", where=f"line {number}", remedy="write 33.34, 44.40 or a place"
            )
    if len(found) > MOST_POINTS:
        raise ConfigError(f"{len(found)} points are too many", remedy=f"at most {MOST_POINTS}")
    return found


def key_of(drawn: Drawn) -> tuple[str, dict[str, Any]]:
    """The key of a watch's area and the value that this shape adds there; raises `ConfigError`."""
    if drawn.kind not in KINDS:
        raise ConfigError(f"{drawn.kind!r} is no kind of area", remedy=f"one of {', '.join(KINDS)}")
    points, name = read_points(drawn.points), drawn.name.strip()[:80]
    if len(points) < LEAST[drawn.kind]:
        kind = KINDS[drawn.kind].lower()
        raise ConfigError(f"{kind}: {LEAST[drawn.kind]} points are needed, there are {len(points)}")
    named = {"name": name} if name else {}
    if drawn.kind == "corridor":
        return "corridors", {**named, "along": points, "width_km": _km(drawn.km, "the road's width")}
    if drawn.kind == "circle":
        where = points[0]
        at = {"place": where} if isinstance(where, str) else {"at": where}
        return "near", {**at, "km": _km(drawn.km, "the distance")}
    if drawn.kind == "rectangle":
        return "outlines", {**named, "points": _corners(points[0], points[-1])}
    return "outlines", {**named, "points": points}


def area_of(drawn: Iterable[Drawn], base: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A watch's area with these shapes besides what `base` holds; raises `ConfigError`."""
    area = dict(base or {})
    for one in drawn:
        if not one.empty:
            key, value = key_of(one)
            area[key] = [*_listed(area.get(key)), value]
    return area


def drawn_in(area: Mapping[str, Any]) -> Iterator[Drawn]:
    """The shapes of a watch's area, as a form shows them."""
    for one in _listed(area.get("outlines")):
        yield Drawn("outline", str(one.get("name", "")), "", _lines(one.get("points", ())))
    for one in _listed(area.get("corridors")):
        yield Drawn(
            "corridor", str(one.get("name", "")), str(one.get("width_km", "")), _lines(one.get("along", ()))
        )
    for one in _listed(area.get("near")):
        at = one.get("place") or one.get("at")
        yield Drawn("circle", "", str(one.get("km", "")), _lines([at] if at else ()))


def size_of(shape: Circle | Corridor | Outline) -> str:
    """How large a shape is, in words."""
    match shape:
        case Circle(center=_, km=km):
            return f"a circle of {km:g} km round it"
        case Corridor(road=road, width_km=width):
            length = sum(distance_km(a, b) for a, b in itertools.pairwise(road))
            return f"{length:,.0f} km of road, {width:g} km wide"
        case Outline(points=points):
            return f"about {square_km(points):,.0f} km²"


def square_km(points: Sequence[Point]) -> float:
    """The area of an outline; flat geometry at its middle, good to a few per cent in Iraq."""
    scale = math.cos(math.radians(sum(p[0] for p in points) / len(points)))
    around = zip(points, (*points[1:], points[0]), strict=True)
    return abs(sum(a[1] * b[0] - b[1] * a[0] for a, b in around)) / 2 * scale * SQUARE_KM_A_DEGREE


def _corners(one: Any, other: Any) -> list[list[float]]:
    if isinstance(one, str) or isinstance(other, str):
        raise ConfigError("a rectangle's corners are coordinates", remedy="write latitude, longitude")
    south, north = sorted((one[0], other[0]))
    west, east = sorted((one[1], other[1]))
    if south == north or west == east:
        raise ConfigError("the corners of a rectangle lie on one line", remedy="draw from corner to corner")
    return [[south, west], [south, east], [north, east], [north, west]]


def _km(text: str, what: str) -> float:
    try:
        km = float(text.replace(",", ".").replace("٫", "."))
    except ValueError:
        km = math.nan
    if not 0 < km <= 2000:
        raise ConfigError(f"{what} is missing", where="kilometres", remedy="a number from 0.1 to 2000")
    return int(km) if km.is_integer() else km


def _listed(given: Any) -> list[Mapping[str, Any]]:
    return [given] if isinstance(given, Mapping) else list(given or ())


def _lines(points: Iterable[Any]) -> str:
    return "\n".join(p if isinstance(p, str) else f"{p[0]}, {p[1]}" for p in points)
