"""An event while the frames of a text are being put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from worker.domain.understanding.counting.tolls import Toll
from worker.domain.understanding.sentence.families import (
    BLASTS,
    FIGHTS,
    GROUND,
    LOOTING,
    PROTESTS,
    TRANSFER,
)
from worker.domain.understanding.sentence.frame import ATTACK, BOMB, DISRUPTED, SHELLING, Frame
from worker.domain.understanding.where.places import Located
from worker.domain.understanding.where.whereabouts import within

WEAK = 0.3
"""Frames below this strength report no fresh event in Iraq."""
MANY = 5
"""From so many attacks on a count is a summary of its own, of no one place."""


@dataclass(slots=True)
class Draft:
    """An event while the frames of a text are being put together."""

    type: str
    rank: int
    generic: bool
    frames: list[Frame]
    place: Located | None = None
    day: date | None = None
    day_precision: int | None = None
    dated_at: tuple[int, int] | None = None
    weak_day: bool = False
    tolls: dict[str, Toll] = field(default_factory=dict)
    count: int | None = None
    count_at: tuple[int, int] | None = None
    own_count: bool = False
    share: bool = False
    """A place's part of attacks that are counted place by place."""
    strength: float = 0.0
    landmark: Located | None = None
    fixed: bool = False
    """A device that needs nobody to carry it was named."""


def kin(first: str, second: str) -> bool:
    """Whether two types can be two views of one deed."""
    if first == second:
        return True
    pair = {first, second}
    return (
        pair <= FIGHTS | GROUND
        or pair <= PROTESTS | {"Mob violence"}
        or pair <= {ATTACK, "Excessive force against protesters"}
        or pair <= {BOMB, "Suicide bomb"}
        or pair == {"Chemical weapon", SHELLING}  # gas comes in shells
        or (LOOTING in pair and bool(pair & (BLASTS | {"Violent demonstration"})))
        or (DISRUPTED in pair and bool(pair & BLASTS))
        or pair == {"Change to group/activity", TRANSFER}
        or (TRANSFER in pair and bool(pair & GROUND))
    )


def borrowed(event: Draft) -> bool:
    """Whether a place comes but from a sentence without a deed of its own: "stopped teachers from Sulaymaniyah"."""
    own = [f for f in event.frames if not f.support]
    return event.type in PROTESTS and all(f.title and f.place is None for f in own)


def same_spot(first: Located, second: Located) -> bool:
    """Whether two places can be one, more or less exactly told."""
    return within(first.place, second.place) or within(second.place, first.place)
