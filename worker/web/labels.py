"""Where names stand on the map, so that they cover neither each other nor a mark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from worker.web.geo import Area, Mark, Town, View

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
TOWN_LETTER, TOWN_HEIGHT = 8.8, 14.0
AREA_LETTER, AREA_HEIGHT = 9.9, 17.0
"""Sizes of letters, as the style sheet sets them on a wide screen."""
BESIDE = tuple((side * reach, drop) for reach in (5, 14, 26, 40) for drop in (4, 14, -6) for side in (1, -1))
"""Where a town's name may begin, the best first: close by and on its line, else farther, lower, higher."""
SHIFTS = (0, 18, -18, 32, -32)
REACH = 170.0
"""No name comes as far as this from its point."""


def place(
    areas: Sequence[Area], towns: Sequence[Town], marks: Sequence[Mark], view: View
) -> tuple[tuple[Area, ...], tuple[Town, ...]]:
    """Move names out of the way; a governorate's is left out (hovering tells it) where no room is."""
    k = 1 / view.zoom
    half = view.width / 2 + REACH * k, view.height / 2 + REACH * k
    window = (view.x - half[0], view.y - half[1], view.x + half[0], view.y + half[1])
    shown = [t for t in towns if (t.rank == 1 or view.zoom > 1) and _covered(_dot(t, k), [window])]
    taken = [box for box in (_round(m.x, m.y, m.radius * k) for m in marks) if _covered(box, [window])]
    taken += [_dot(town, k) for town in shown]
    beside: dict[Town, Town] = {}
    for town in sorted(shown, key=lambda t: t.rank):
        beside[town] = _beside(town, _near(town, taken, k), k)
        taken.append(_town_box(beside[town], k))
    named = []
    for area in areas:
        spot = _over(area, _near(area, taken, k), k) if area.named else None
        if spot is not None:
            taken.append(_area_box(spot, k))
        named.append(spot or replace(area, named=False))
    return tuple(named), tuple(beside.get(town, town) for town in towns)


def _near(one: Town | Area, taken: Sequence[Box], k: float) -> list[Box]:
    """What a name of this point may lie on at all."""
    reach = _round(one.x, one.y, REACH * k)
    return [box for box in taken if _covered(reach, [box])]


def _beside(town: Town, taken: Sequence[Box], k: float) -> Town:
    """The first spot that covers least: nothing, if there is one."""
    spots = (replace(town, dx=dx, dy=dy) for dx, dy in BESIDE)
    others = [box for box in taken if box != _dot(town, k)]
    return min(spots, key=lambda spot: _covered(_town_box(spot, k), others)) if others else town


def _over(area: Area, taken: Sequence[Box], k: float) -> Area | None:
    spots = (replace(area, y=area.y + shift * k) for shift in SHIFTS)
    return next((spot for spot in spots if not _covered(_area_box(spot, k), taken)), None)


def _town_box(town: Town, k: float) -> Box:
    width, bottom = len(town.name) * TOWN_LETTER * k, town.y + (town.dy + 2) * k
    left = town.x + town.dx * k - (width if town.dx < 0 else 0)
    return left, bottom - TOWN_HEIGHT * k, left + width, bottom


def _area_box(area: Area, k: float) -> Box:
    half, bottom = len(area.name) * AREA_LETTER * k / 2, area.y + 3 * k
    return area.x - half, bottom - AREA_HEIGHT * k, area.x + half, bottom


def _dot(town: Town, k: float) -> Box:
    return _round(town.x, town.y, 3 * k)


def _round(x: float, y: float, reach: float) -> Box:
    return x - reach, y - reach, x + reach, y + reach


def _covered(box: Box, taken: Iterable[Box]) -> int:
    """How many of the boxes a name would lie on."""
    left, top, right, bottom = box
    return sum(left < b[2] and b[0] < right and top < b[3] and b[1] < bottom for b in taken)
