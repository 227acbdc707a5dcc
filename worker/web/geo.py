"""The map as one drawing: governorates shaded by this week against the usual one, stories as marks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from worker.domain.desk.trends import Trend
from worker.storage.browse import Point

WEST, EAST, SOUTH, NORTH = 38.6, 48.75, 28.95, 37.5
WIDTH = 1000.0
SHRINK = math.cos(math.radians((SOUTH + NORTH) / 2))
"""A degree of longitude is this much shorter than one of latitude."""
HEIGHT = WIDTH * (NORTH - SOUTH) / ((EAST - WEST) * SHRINK)
CELL = 24.0
"""Marks closer than this are drawn as one, with their number."""
RANKS = {"critical": 4, "high": 3, "moderate": 2, "low": 1}
SHAPES = {"Explosions/Remote violence": "circle", "Battles": "square"}


@dataclass(frozen=True, slots=True)
class Area:
    """A governorate: its outline as an SVG path, and how this week compares."""

    name: str
    path: str
    heat: str
    week: int
    mean: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Mark:
    """One story or a cluster of them."""

    x: float
    y: float
    radius: float
    severity: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the template draws."""

    width: float
    height: float
    areas: tuple[Area, ...]
    lines: tuple[tuple[str, str], ...]
    marks: tuple[Mark, ...]


def project(lat: float, lon: float) -> tuple[float, float]:
    """Degrees to the drawing's units."""
    return (lon - WEST) / (EAST - WEST) * WIDTH, (NORTH - lat) / (NORTH - SOUTH) * HEIGHT


def drawing(
    governorates: Sequence[Mapping[str, Any]],
    outline: Sequence[Mapping[str, Any]],
    points: Sequence[Point],
    heat: Sequence[Trend],
) -> Drawing:
    """Put everything where it belongs."""
    by_name = {trend.name: trend for trend in heat}
    lines = tuple((str(line["kind"]), _path(line["points"])) for line in outline)
    areas = tuple(_area(one, by_name.get(str(one["name"]))) for one in governorates)
    return Drawing(WIDTH, HEIGHT, areas, lines, _marks(points))


def _area(one: Mapping[str, Any], trend: Trend | None) -> Area:
    ring = max(one["rings"], key=len)
    x, y = project(sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring))
    path = "".join(_path(r) + "Z" for r in one["rings"])
    week, mean = (trend.week, trend.mean) if trend else (0, 0.0)
    return Area(str(one["name"]), path, _heat(trend), week, mean, x, y)


def _heat(trend: Trend | None) -> str:
    """`none`, `some`, `usual`, `rising`: a class name, so that colours stay in the style sheet."""
    if trend is None or not trend.week:
        return "none"
    if trend.verdict == "rising":
        return "rising"
    return "some" if trend.verdict in ("too early to tell", "falling") else "usual"


def _path(points: Sequence[Sequence[float]]) -> str:
    steps = (project(lat, lon) for lat, lon in points)
    return "".join(f"{'L' if n else 'M'}{x:.0f} {y:.0f}" for n, (x, y) in enumerate(steps))


def _marks(points: Sequence[Point]) -> tuple[Mark, ...]:
    cells: dict[tuple[int, int], list[Point]] = {}
    for point in points:
        x, y = project(point.lat, point.lon)
        cells.setdefault((int(x // CELL), int(y // CELL)), []).append(point)
    marks = []
    for held in cells.values():
        placed = [project(p.lat, p.lon) for p in held]
        worst = max((p.severity or "" for p in held), key=lambda s: RANKS.get(s, 0))
        x = sum(p[0] for p in placed) / len(placed)
        y = sum(p[1] for p in placed) / len(placed)
        marks.append(Mark(x, y, 9 + 4 * math.log2(len(held)), worst or "none", tuple(held)))
    return tuple(sorted(marks, key=lambda m: RANKS.get(m.severity, 0)))
