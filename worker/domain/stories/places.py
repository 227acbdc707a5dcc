"""Whether two events can have happened at one place: by name, by distance, by governorate."""

from __future__ import annotations

import math

from worker.domain.model import Event
from worker.domain.stories.face import Aspect
from worker.domain.text.fold import fold_key

CONFLICT = -20.0
"""What no reporting error explains."""

Points = tuple[float, tuple[object, ...]]
"""Evidence in steps of log odds, and its reason: a pattern with its values, put into words when asked for."""

_OTHER_NAME, _OTHER_TOWN = 0.6, 2.0
"""Two names for two points near each other, and for two towns some way apart, are seldom one place."""

_DIAMETER_KM = 12742.0


def distance_km(x: Event, y: Event) -> float | None:
    """Great-circle distance (haversine, sphere of 6371 km); None where a point is not known."""
    if x.lat is None or x.lon is None or y.lat is None or y.lon is None:
        return None
    return _apart(math.radians(x.lat), math.radians(x.lon), math.radians(y.lat), math.radians(y.lon))


def _apart(lat_x: float, lon_x: float, lat_y: float, lon_y: float) -> float:
    h = (
        math.sin((lat_y - lat_x) / 2) ** 2
        + math.cos(lat_x) * math.cos(lat_y) * math.sin((lon_y - lon_x) / 2) ** 2
    )
    return _DIAMETER_KM * math.asin(math.sqrt(min(1.0, h)))


def elsewhere(x: Aspect | None, y: Aspect | None) -> bool:
    """Whether two events name two places, both exactly enough that neither can be the other's district."""
    if x is None or y is None or x.broad or y.broad or not x.parts or not y.parts:
        return False
    return x.named != y.named and x.parts.isdisjoint(y.parts)


def where(x: Aspect, y: Aspect) -> Points:
    """Compare the places, by name, by distance and by governorate, as far as each is known."""
    other_province = bool(x.governorate and y.governorate and x.governorate != y.governorate)
    if x.named and x.named == y.named and not other_province:
        return (0.6 if x.broad and y.broad else 2.0), ("both at {}", x.place)
    apart = _apart(x.lat, x.lon, y.lat, y.lon) if x.pointed and y.pointed else None
    if apart is not None and not (x.broad or y.broad):
        points = _by_distance(apart, coarse=x.coarse or y.coarse, other_province=other_province)
        if points > CONFLICT and elsewhere(x, y):
            points -= _OTHER_NAME if apart <= 35 else _OTHER_TOWN if x.precision == y.precision else 0.4
        return points, ("{:.0f} km apart", apart)
    if other_province:
        if apart is not None and apart < 40:
            return -0.5, ("{:.0f} km apart, across a provincial border", apart)
        return CONFLICT, ("{} and {}", x.governorate, y.governorate)
    return _by_name(x, y)


def _by_distance(apart: float, *, coarse: bool, other_province: bool) -> float:
    """Judge two points by how far they lie apart; a coarse one may be a district's centre."""
    if other_province and apart > 60:
        return CONFLICT
    if apart <= 3:
        return 1.8
    if apart <= 15:
        return 1.2
    if apart <= 35:
        return 0.6 if coarse else 0.1
    if apart <= 80:
        return -0.4 if coarse else -1.6
    return -2.0 if coarse and not other_province else CONFLICT


def _by_name(x: Aspect, y: Aspect) -> Points:
    """Judge by names and governorate where no distance can be taken."""
    if not x.parts.isdisjoint(y.parts):
        return 1.0, ("{} and {}", x.place, y.place)
    if x.governorate and x.governorate == y.governorate:
        if not x.named or not y.named or fold_key(x.governorate) in (x.named, y.named) or x.broad or y.broad:
            return 0.6, ("both in {}", x.governorate)
        return -0.2, ("{} and {}, both in {}", x.place, y.place, x.governorate)
    if x.named and y.named:
        return -2.0, ("{} and {}", x.place, y.place)
    return (-0.5 if x.named or y.named or x.governorate or y.governorate else -0.8), ()
