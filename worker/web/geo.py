"""The map as one drawing: governorates shaded by how they compare, stories as marks, areas of watches."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from worker.domain.alerting.area import EARTH_KM, Circle, Corridor, Outline
from worker.domain.desk.trends import Heat
from worker.domain.vocabulary import PARENT
from worker.errors import ConfigError
from worker.storage.browse import Point
from worker.web import labels

WEST, EAST, SOUTH, NORTH = 38.6, 48.75, 28.95, 37.5
WIDTH = 1000.0
SHRINK = math.cos(math.radians((SOUTH + NORTH) / 2))
"""A degree of longitude is this much shorter than one of latitude."""
HEIGHT = WIDTH * (NORTH - SOUTH) / ((EAST - WEST) * SHRINK)
UNITS_A_KM = HEIGHT / (NORTH - SOUTH) / (math.radians(1) * EARTH_KM)
CELL = 26.0
"""Marks closer than this are drawn as one, with their number."""
MOST_ZOOM = 32
RANKS = {"critical": 4, "high": 3, "moderate": 2, "low": 1}
FORMS = {
    "Explosions/Remote violence": "circle",
    "Battles": "square",
    "Violence against civilians": "diamond",
    "Protests": "triangle",
    "Riots": "triangle",
    "Strategic developments": "hexagon",
}
"""What a mark looks like by ACLED's event type; colour says the severity."""
_CORNERS = {"square": (4, 45), "diamond": (4, 0), "triangle": (3, -90), "hexagon": (6, 0)}
_SWELL = {"square": 1.2, "diamond": 1.3, "triangle": 1.4, "hexagon": 1.1}


@dataclass(frozen=True, slots=True)
class View:
    """The part of the map that is looked at: its middle in the drawing's units, and how much larger."""

    x: float = WIDTH / 2
    y: float = HEIGHT / 2
    zoom: int = 1

    @classmethod
    def of(cls, at: str, zoom: str) -> View:
        """Read `at=<latitude>,<longitude>` and `zoom` of an address; nonsense shows the whole country."""
        factor = min(MOST_ZOOM, max(1, int(zoom))) if zoom.isdigit() and len(zoom) < 4 else 1
        try:
            lat, lon = (float(part) for part in at.split(","))
            x, y = project(min(NORTH, max(SOUTH, lat)), min(EAST, max(WEST, lon)))
        except ValueError:
            x, y = WIDTH / 2, HEIGHT / 2
        half_x, half_y = WIDTH / factor / 2, HEIGHT / factor / 2
        return cls(min(WIDTH - half_x, max(half_x, x)), min(HEIGHT - half_y, max(half_y, y)), factor)

    @property
    def width(self) -> float:
        """How much of the drawing is seen from west to east."""
        return WIDTH / self.zoom

    @property
    def height(self) -> float:
        """And from north to south."""
        return HEIGHT / self.zoom

    @property
    def box(self) -> str:
        """As `viewBox` wants it."""
        return (
            f"{self.x - self.width / 2:.1f} {self.y - self.height / 2:.1f} {self.width:.1f} {self.height:.1f}"
        )

    @property
    def at(self) -> str:
        """The middle, for an address."""
        lat, lon = unproject(self.x, self.y)
        return f"{lat:.3f},{lon:.3f}"


@dataclass(frozen=True, slots=True)
class Area:
    """A governorate: its outline as an SVG path, and how it compares."""

    name: str
    path: str
    heat: str
    said: str
    x: float
    y: float
    named: bool = True
    """Whether its name is written: not where a town of the same name stands in it."""


@dataclass(frozen=True, slots=True)
class Town:
    """A dot with a name."""

    name: str
    x: float
    y: float
    rank: int
    dx: int = 5
    """Where its name begins beside the dot; left of it when negative."""
    dy: int = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """One story or a cluster of them."""

    x: float
    y: float
    radius: float
    severity: str
    form: str
    vague: bool
    """Only the governorate is known: it stands in its middle."""
    points: tuple[Point, ...]
    closer: str = ""
    """Where to look (`at`) so that a cluster comes apart; empty when its stories are at one point."""

    @property
    def path(self) -> str:
        """Its outline round the origin, for forms that are no circle."""
        corners, turn = _CORNERS[self.form]
        reach = self.radius * _SWELL[self.form]
        steps = (math.radians(turn + 360 / corners * n) for n in range(corners))
        return "M" + "L".join(f"{math.cos(a) * reach:.1f} {math.sin(a) * reach:.1f}" for a in steps) + "Z"


@dataclass(frozen=True, slots=True)
class Figure:
    """An area of a watch as SVG: a path to fill, or a road to stroke so wide."""

    kind: str
    path: str
    stroke: float = 0.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the template draws."""

    view: View
    areas: tuple[Area, ...]
    lines: tuple[tuple[str, str], ...]
    towns: tuple[Town, ...]
    marks: tuple[Mark, ...]
    figures: tuple[Figure, ...] = ()
    bounds: Mapping[str, float] = field(
        default_factory=lambda: {
            "west": WEST, "north": NORTH, "width": WIDTH, "height": round(HEIGHT, 3),
            "x": WIDTH / (EAST - WEST), "y": HEIGHT / (NORTH - SOUTH), "km": UNITS_A_KM,
        }
    )  # fmt: skip
    """What the script needs to turn a press of the finger into degrees."""


def project(lat: float, lon: float) -> tuple[float, float]:
    """Degrees to the drawing's units."""
    return (lon - WEST) / (EAST - WEST) * WIDTH, (NORTH - lat) / (NORTH - SOUTH) * HEIGHT


def unproject(x: float, y: float) -> tuple[float, float]:
    """The drawing's units to latitude and longitude."""
    return NORTH - y / HEIGHT * (NORTH - SOUTH), WEST + x / WIDTH * (EAST - WEST)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands under every map; the paths are worked out once a process."""

    governorates: tuple[tuple[str, str, float, float], ...]
    lines: tuple[tuple[str, str], ...]
    towns: tuple[Town, ...]

    @classmethod
    def of(
        cls,
        governorates: Sequence[Mapping[str, Any]],
        outline: Sequence[Mapping[str, Any]],
        towns: Sequence[tuple[str, str, float, float, int]],
    ) -> Sheet:
        """Turn degrees into paths."""
        return cls(
            tuple(_governorate(one) for one in governorates),
            tuple((str(line["kind"]), _path(line["points"])) for line in outline),
            tuple(Town(name, *project(lat, lon), rank) for _, name, lat, lon, rank in towns),
        )

    def drawing(
        self,
        points: Sequence[Point] = (),
        heat: Iterable[Heat] = (),
        view: View | None = None,
        figures: Iterable[Circle | Corridor | Outline] = (),
        swell: float = 1.0,
    ) -> Drawing:
        """Put everything where it belongs; `swell` is how much larger than here marks are drawn on the screen."""
        seen = view or View()
        by_name = {one.name: one for one in heat}
        towns = {town.name for town in self.towns if town.rank == 1}
        areas = tuple(
            Area(name, path, *_told(by_name.get(name)), x, y, name not in towns)
            for name, path, x, y in self.governorates
        )
        marks = _marks(points, seen.zoom, swell)
        areas, placed = labels.place(areas, self.towns, marks, seen)
        return Drawing(seen, areas, self.lines, placed, marks, tuple(figure(f) for f in figures))


def figure(shape: Circle | Corridor | Outline) -> Figure:
    """An area of a watch, drawn."""
    match shape:
        case Circle(center=center, km=km):
            (x, y), reach = project(*center), km * UNITS_A_KM
            return Figure(
                "circle",
                f"M{x - reach:.1f} {y:.1f}a{reach:.1f} {reach:.1f} 0 1 0 {2 * reach:.1f} 0"
                f"a{reach:.1f} {reach:.1f} 0 1 0 {-2 * reach:.1f} 0Z",
            )
        case Corridor(road=road, width_km=width):
            return Figure("corridor", _path(road), round(width * UNITS_A_KM, 2))
        case Outline(points=points):
            return Figure("outline", _path(points) + "Z")
    raise ConfigError(f"{shape!r} cannot be drawn")


def _governorate(one: Mapping[str, Any]) -> tuple[str, str, float, float]:
    ring = max(one["rings"], key=len)
    x, y = project(sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring))
    return str(one["name"]), "".join(_path(r) + "Z" for r in one["rings"]), x, y


def _told(heat: Heat | None) -> tuple[str, str]:
    """A class name, so that colours stay in the style sheet, and a sentence."""
    if heat is None:
        return "none", "no story"
    said = f"{heat.count} stories" if heat.count != 1 else "1 story"
    if heat.verdict == "too early to tell":
        return ("some" if heat.count else "none"), f"{said}; too early to tell what is usual"
    said += f", usually {heat.usual:.1f}: {heat.verdict}"
    return {"rising": "rising", "as usual": "usual", "falling": "some", "quiet": "none"}[heat.verdict], said


def _path(points: Sequence[Sequence[float]]) -> str:
    steps = (project(lat, lon) for lat, lon in points)
    return "".join(f"{'L' if n else 'M'}{x:.1f} {y:.1f}" for n, (x, y) in enumerate(steps))


def _marks(points: Sequence[Point], zoom: int, swell: float) -> tuple[Mark, ...]:
    """Stories that would lie on one another become one mark; a closer look takes them apart."""
    size = CELL / zoom
    cells: dict[tuple[int, int], _Group] = {}
    for point in points:
        x, y = project(point.lat, point.lon)
        cells.setdefault((int(x // size), int(y // size)), _Group()).take(x, y, [point])
    marks = [_mark(group, zoom) for group in _apart(list(cells.values()), zoom / swell)]
    return tuple(sorted(marks, key=lambda m: RANKS.get(m.severity, 0)))


@dataclass(slots=True)
class _Group:
    """Stories drawn as one, and the sums that their middle is made of."""

    points: list[Point] = field(default_factory=list)
    x: float = 0.0
    y: float = 0.0

    def take(self, x: float, y: float, points: Sequence[Point]) -> None:
        self.x, self.y = self.x + x, self.y + y
        self.points.extend(points)

    @property
    def middle(self) -> tuple[float, float]:
        return self.x / len(self.points), self.y / len(self.points)

    @property
    def radius(self) -> float:
        return min(26.0, 9 + 3 * math.log2(len(self.points)))


def _apart(groups: list[_Group], zoom: float) -> list[_Group]:
    """Groups whose marks would cover one another become one, until none do; the smallest first."""
    waiting = sorted(groups, key=lambda group: -len(group.points))
    placed: list[tuple[float, float, float, _Group]] = []
    while waiting:
        group = waiting.pop()
        (x, y), reach = group.middle, group.radius / zoom
        for number, (other_x, other_y, other_reach, other) in enumerate(placed):
            if (x - other_x) ** 2 + (y - other_y) ** 2 < (reach + other_reach) ** 2:
                del placed[number]
                other.take(group.x, group.y, group.points)
                waiting.append(other)
                break
        else:
            placed.append((x, y, reach, group))
    return [group for *_, group in placed]


def _mark(group: _Group, zoom: int) -> Mark:
    held = sorted(group.points, key=lambda point: point.at, reverse=True)
    worst = max((p.severity or "" for p in held), key=lambda s: RANKS.get(s, 0))
    forms = {FORMS.get(PARENT.get(kind or "", ""), "circle") for kind in {p.sub_event_type for p in held}}
    x, y = group.middle
    apart = len({(p.lat, p.lon) for p in held}) > 1 and zoom < MOST_ZOOM
    at = "{:.3f},{:.3f}".format(*unproject(x, y)) if apart else ""
    return Mark(
        x, y, group.radius, worst or "none", forms.pop() if len(forms) == 1 else "circle",
        all((p.geo_precision or 1) >= 3 for p in held), tuple(held), at,
    )  # fmt: skip
