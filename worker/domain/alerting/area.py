"""Where a watch looks: governorates, a radius round a point, a drawn outline, a corridor along a road."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from worker.domain.model import Event

Point = tuple[float, float]
"""Latitude and longitude in degrees, WGS 84."""

EARTH_KM = 6371.0088
EXACT_ENOUGH = 2
"""ACLED geo precision up to which coordinates say where it was; 3 is a governorate's middle."""


class Gazetteer(Protocol):
    """Names of places as watches may use them."""

    def point(self, name: str) -> Point | None:
        """Coordinates of a place by its name in any language; None when it is not known."""
        ...


def distance_km(a: Point, b: Point) -> float:
    """Great-circle distance (haversine)."""
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (*a, *b))
    half = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def leg_distance_km(point: Point, start: Point, end: Point) -> float:
    """Distance to a leg of a road; flat geometry round the point, exact enough below 500 km."""
    scale = math.cos(math.radians(point[0]))
    ax, ay = (start[1] - point[1]) * scale, start[0] - point[0]
    bx, by = (end[1] - point[1]) * scale, end[0] - point[0]
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    share = 0.0 if length == 0 else max(0.0, min(1.0, -(ax * dx + ay * dy) / length))
    return math.hypot(ax + share * dx, ay + share * dy) * math.radians(1) * EARTH_KM


def inside(point: Point, outline: Sequence[Point]) -> bool:
    """Whether a point lies in a drawn outline (even-odd rule)."""
    within = False
    for (lat_a, lon_a), (lat_b, lon_b) in zip(outline, (*outline[1:], outline[0]), strict=True):
        crosses = (lat_a > point[0]) != (lat_b > point[0])
        if crosses and point[1] < (lon_b - lon_a) * (point[0] - lat_a) / (lat_b - lat_a) + lon_a:
            within = not within
    return within


@dataclass(frozen=True, slots=True)
class Circle:
    """So many kilometres round a point."""

    center: Point
    km: float
    name: str = ""

    def why(self, point: Point) -> str | None:
        """Say how far it is when inside."""
        away = distance_km(self.center, point)
        return f"{away:.0f} km from {self.name or 'the point'}" if away <= self.km else None


@dataclass(frozen=True, slots=True)
class Corridor:
    """A strip of so many kilometres in all along a road given by its points."""

    road: tuple[Point, ...]
    width_km: float
    name: str = ""

    def why(self, point: Point) -> str | None:
        """Say how far from the road it is when inside the strip."""
        away = min(leg_distance_km(point, a, b) for a, b in zip(self.road, self.road[1:], strict=False))
        return f"{away:.1f} km from {self.name or 'the road'}" if away <= self.width_km / 2 else None


@dataclass(frozen=True, slots=True)
class Outline:
    """A drawn area."""

    points: tuple[Point, ...]
    name: str = ""

    def why(self, point: Point) -> str | None:
        """Name it when inside."""
        return f"inside {self.name or 'the drawn area'}" if inside(point, self.points) else None


@dataclass(frozen=True, slots=True)
class Area:
    """Any of several shapes; an event without a place is outside unless the watch says otherwise."""

    governorates: frozenset[str] = frozenset()
    shapes: tuple[Circle | Corridor | Outline, ...] = ()
    without_place: bool = False

    @property
    def named(self) -> bool:
        """Whether the watch names an area at all."""
        return bool(self.governorates or self.shapes)

    def judge(self, event: Event | None) -> tuple[bool, str]:
        """Whether an event lies inside, and why."""
        if not self.named:
            return True, ""
        if event is None or (event.governorate is None and event.lat is None):
            return self.without_place, "no place is known" + (
                ", which this watch accepts" * self.without_place
            )
        if event.governorate in self.governorates:
            return True, f"in {event.governorate}"
        if event.lat is not None and event.lon is not None and (event.geo_precision or 1) <= EXACT_ENOUGH:
            for shape in self.shapes:
                why = shape.why((event.lat, event.lon))
                if why:
                    return True, why
        return False, f"{event.place or event.governorate} lies outside the watch's area"
