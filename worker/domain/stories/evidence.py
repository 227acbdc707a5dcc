"""How likely two reports tell of one event: evidence for and against, field by field, in steps of log odds.

What both reports say and agree on counts for, what contradicts counts against, what only one of them says
counts nothing. A contradiction that no reporting error explains (another week, another province) is a
conflict, which also keeps apart what a third report would join.
"""

from __future__ import annotations

from typing import NamedTuple

from worker.domain.model import Event
from worker.domain.stories.face import Aspect, Face
from worker.domain.stories.kinds import (
    IN_COMMON,
    actor_likeness,
    target_likeness,
    type_likeness,
    weapon_likeness,
)
from worker.domain.stories.places import CONFLICT, Points, elsewhere, where
from worker.domain.stories.weights import Weights

SAME_EVENT = 3.0
"""Log odds from which two events are taken for one."""

BEYOND_WORDS = 3.2
"""More than the reports' wording, names and figures can make good; from here on they are not looked at."""

FRAME_AT_MOST = 0.3
"""What the reports around two events can add where these are apart; see `_reports`."""

STEPS = 6.0
"""Log odds that make up the whole way from the limit to certainty."""

_NIGHT = 36_000
"""Seconds within which two reports may date one night by either day."""

_OTHER_PURPOSE = 2.5
"""A report of an attack and a piece about one (a comment, a funeral) are two stories unless all else agrees."""

_SERIES = 3.0
"""An outlet that fills one frame with another place or day tells of another event."""


class Likeness(NamedTuple):
    """How alike, from -1 (cannot be one event) over 0 (the limit) to 1 (the same), and why."""

    score: float
    reasons: tuple[tuple[object, ...], ...]
    """Patterns with their values: most comparisons are never told to anybody."""
    copy: bool = False
    conflict: bool = False

    @property
    def same(self) -> bool:
        """Whether these two belong into one story, as far as the two alone can tell."""
        return self.score >= 0

    @property
    def why(self) -> str:
        """The reasons in words."""
        return ", ".join(str(pattern).format(*values) for pattern, *values in self.reasons)


def because(score: float, pattern: str, *values: object, copy: bool = False) -> Likeness:
    """Make a likeness that has one reason."""
    return Likeness(score, ((pattern, *values),), copy)


def event_likeness(x: Aspect, y: Aspect, a: Face, b: Face, weights: Weights) -> Likeness:
    """Weigh two events of two reports against each other."""
    score, reasons = of_events(x, y, a.at, b.at)
    if score <= CONFLICT:
        return Likeness(-1.0, reasons, conflict=True)
    if score > SAME_EVENT - BEYOND_WORDS:
        score += _reports(a, b, weights, apart=is_apart(x, y, a.at, b.at))
    return Likeness(max(-0.99, min(0.99, (score - SAME_EVENT) / STEPS)), reasons)


def of_events(x: Aspect, y: Aspect, at: float, other: float) -> tuple[float, tuple[tuple[object, ...], ...]]:
    """Add up what the events alone tell; `CONFLICT`, or less, where they cannot be one."""
    score, reason = _when(x, y, abs(at - other))
    if score <= CONFLICT:
        return score, (reason,)
    points, place = where(x, y)
    if points <= CONFLICT:
        return points, (place,)
    alike, kind = _kind(x.event.sub_event_type, y.event.sub_event_type)
    sets, shared = _sets(x, y)
    tolls, figures = _toll(x.event, y.event) if at <= other else _toll(y.event, x.event)
    told = tuple([said for said in (reason, place, kind, shared, figures) if said])
    return score + points + alike + sets + tolls, told


def _when(x: Aspect, y: Aspect, between: float) -> Points:
    """Compare the days on which the two can have happened."""
    gap = max(0, y.first - x.last, x.first - y.last)
    exact = x.first == x.last and y.first == y.last
    if gap == 0:
        return (1.5, ("both on {}", x.day)) if exact else (0.4, ("days that can be the same",))
    if gap == 1:
        if not exact:
            # What is told without a day cannot have happened after it was told.
            foretold = (x.vague and y.first > x.last) or (y.vague and x.first > y.last)
            return (-2.5 if foretold else -0.6), ("one day apart",)
        # Reports of one night date it by either day; a day later it is a look-alike more often than not.
        return (-2.0 if between < _NIGHT else -2.8), ("one day apart",)
    return CONFLICT, ("{} days apart", gap)


def is_apart(x: Aspect, y: Aspect, at: float, other: float) -> bool:
    """Whether two reports name two places, or date their events exactly to two days and came as far apart."""
    next_day = x.exact and y.exact and x.day != y.day and abs(at - other) >= _NIGHT
    return next_day or elsewhere(x, y)


def _kind(one: str, other: str) -> Points:
    """Compare the sub-event types."""
    if one == other:
        return 1.5, ("{}", one)
    likeness = type_likeness(one, other)
    if likeness == 0:
        return -4.0, ("{} and {}", one, other)
    return 2.6 * likeness - 1.4, ("{} or {}", one, other)


def _sets(x: Aspect, y: Aspect) -> Points:
    """Compare weapons, targets and actors, each only where both reports name some."""
    one, other = x.event, y.event
    score = 0.0
    shared: list[str] = []
    if one.weapons and other.weapons:
        score += 1.5 * weapon_likeness(one.weapons, other.weapons) - 0.7
    if one.targets and other.targets:
        alike = target_likeness(one.targets, other.targets)
        score += 1.7 * alike - 0.7
        if alike >= IN_COMMON:
            shared.extend([t for t in one.targets if t in other.targets])
    if x.actors and y.actors:
        alike = actor_likeness(x.actors, y.actors)
        score += 1.6 * alike - 0.7
        if alike >= IN_COMMON:
            shared.extend([a for a in x.actors if a in y.actors])
    return score, ("same {}", ", ".join(shared)) if shared else ()


def _toll(early: Event, late: Event) -> Points:
    """Compare the dead and wounded; a toll grows with time, and seldom shrinks."""
    killed, told = _figures(early.killed, late.killed, 1.0, "killed")
    wounded, too = _figures(early.wounded, late.wounded, 0.7, "wounded")
    return killed + wounded, told or too


def _figures(old: int | None, new: int | None, weight: float, what: str) -> Points:
    if old is None or new is None or (old == 0 and new == 0):
        return 0.0, ()
    if old == new:
        return weight * (0.7 if old < 4 else 1.3), ("{} {} in both", old, what)
    if old == 0 or new == 0:
        return -weight * (0.4 if old == 0 and new < 5 else 1.2), ()
    return -weight * _contradiction(old, new), ()


def _contradiction(old: int, new: int) -> float:
    """Weigh two unlike figures: early ones are low and grow, and few are corrected downwards."""
    ratio, gap = min(old, new) / max(old, new), abs(old - new)
    if new > old:
        if ratio >= 0.5 or gap <= 2:
            return -0.2
        return 0.6 if gap < 10 else 0.9
    if gap <= 2:
        return 0.1
    return 0.6 if ratio >= 0.6 else 1.6


def _reports(a: Face, b: Face, weights: Weights, *, apart: bool) -> float:
    """Compare the reports around the events: time between them, names, figures and wording.

    Of reports that name two places or days, the wording and names in common are the frame of such reports.
    """
    hours = abs(a.at - b.at) / 3600
    score = FRAME_AT_MOST if hours <= 36 else -0.3 * min(4.0, (hours - 36) / 48)
    if a.kind is not b.kind:
        score -= _OTHER_PURPOSE
    cosine = weights.cosine(a, b)
    if apart:
        series = a.group == b.group and hours <= 48
        return score - (_SERIES if series else 1.0 if cosine >= 0.5 else 0.0)
    if a.names and b.names:
        score += max(-0.2, min(1.2, 2.4 * (weights.names(a, b) - 0.25)))
    score += min(0.6, 0.2 * len(a.numbers & b.numbers))
    if a.language == b.language:
        score += max(-0.5, min(1.5, 4.0 * (cosine - 0.2)))
    return score
