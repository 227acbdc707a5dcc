"""How alike two reports are, and why: by their events, needing no common language, or by their texts.

Event likeness adds up evidence for and against, field by field, in steps of log odds: what both reports
say and agree on counts for, what contradicts counts against, what only one of them says counts nothing.
A contradiction that no reporting error explains (another week, another province) is a conflict, which
also keeps apart what a third report would join.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from worker.domain.model import Event
from worker.domain.stories import signature
from worker.domain.stories.kinds import (
    actor_likeness,
    target_likeness,
    type_likeness,
    weapon_likeness,
)
from worker.domain.stories.trace import GENERIC, Trace, days
from worker.domain.stories.weights import Weights
from worker.domain.text.fold import fold_key

NEAR_COPY = 0.6
"""Share of shingles from which one text is a copy of the other, edited."""

COPY_HOURS = 96.0
"""A template that comes back days later reports something new."""

SAME_EVENT = 3.0
"""Log odds from which two events are taken for one."""

SAME_TEXT = 0.34
"""Cosine of weighted headline and lead from which two texts of one language tell one story."""

_A_DAY_ON = 0.06
"""More is asked for each day between two texts: news that goes on in the same words is another piece of it."""

_OWN_OUTLET = 0.06
"""More is asked of two texts of one outlet, which seldom tells one thing twice."""

_RARE, _RARE_AT_MOST = 0.01, 0.15
"""Less is asked for each step of weight that the headlines' common words have: three rare names are proof."""

CONFLICT = -20.0

_OTHER_NAME, _OTHER_TOWN = 0.6, 2.0
"""Two names for two points near each other, and for two towns some way apart, are seldom one place."""

_NIGHT = 36_000
"""Seconds within which two reports may date one night by either day."""

_OTHER_PURPOSE = 2.5
"""A report of an attack and a piece about one (a comment, a funeral) are two stories unless all else agrees."""

_SERIES = 3.0
"""An outlet that fills one frame with another place or day tells of another event."""

_BEYOND_WORDS = 3.2
"""More than the reports' wording, names and figures can make good; from here on they are not looked at."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike, from -1 (cannot be one event) over 0 (the limit) to 1 (the same), and why."""

    score: float
    why: str
    copy: bool = False
    conflict: bool = False

    @property
    def same(self) -> bool:
        """Whether these two belong into one story, as far as the two alone can tell."""
        return self.score >= 0


def compare(a: Trace, b: Trace, weights: Weights) -> Likeness:
    """Decide on two reports, cheapest evidence first."""
    main_a, main_b = a.main, b.main
    events = event_likeness(main_a, main_b, a, b, weights) if main_a and main_b else None
    clash = events is not None and events.conflict
    hours = abs((a.at - b.at).total_seconds()) / 3600
    if not clash or hours < 1:
        if a.title and a.text_hash and a.text_hash == b.text_hash and hours <= 2 * COPY_HOURS:
            return Likeness(1.0, "the same text, word for word", copy=True)
        if a.url and a.url == b.url and _same_page(a, b, hours, weights):
            return Likeness(0.95, f"the same address {a.url}")
    if not clash and hours <= COPY_HOURS:
        resemblance = signature.likeness(a.signature, b.signature)
        if resemblance >= NEAR_COPY:
            if not _template(a, b, hours, weights) and not _elsewhere(main_a, main_b):
                return Likeness(
                    resemblance, f"near-copy: {resemblance:.0%} of the wording is shared", copy=True
                )
            if events is None:
                return Likeness(-0.4, "the same frame, filled in anew")
    if events is not None:
        second = _through_second(a, b, weights) if not events.same else None
        return second or events
    return text_likeness(a, b, weights, hours)


def _same_page(a: Trace, b: Trace, hours: float, weights: Weights) -> bool:
    """Tell an updated article from a live page, which keeps its address and changes its subject."""
    return hours <= 2 or a.language != b.language or weights.cosine(a, b) >= 0.5 * SAME_TEXT


def _template(a: Trace, b: Trace, hours: float, weights: Weights) -> bool:
    """Tell what one desk fills in anew (a daily brief, a live page's frame) from a copy of one text.

    Between two outlets shared wording is shared origin. Within one it may be the frame alone: then the
    headline must be much the same too, and say the same date and figures if hours have passed.
    """
    if a.group == b.group:
        if weights.headlines(a, b) < (0.25 if hours <= 2 else 0.5):
            return True
        dated_a, dated_b = _with_digits(a), _with_digits(b)
        if hours > 2 and dated_a != dated_b:
            return True
        if len(dated_a & dated_b) >= 2 and a.title != b.title:
            return True  # editions of a series: the day's brief for one city and for another
    return hours > 12 and bool(a.numbers) and bool(b.numbers) and not set(a.numbers) & set(b.numbers)


def _elsewhere(x: Event | None, y: Event | None) -> bool:
    """Whether two events name two places, both exactly enough that neither can be the other's district."""
    if x is None or y is None or (x.geo_precision or 1) > 2 or (y.geo_precision or 1) > 2:
        return False
    named_x, named_y = set(fold_key(x.place or "").split()), set(fold_key(y.place or "").split())
    return bool(named_x and named_y and not named_x & named_y)


def _with_digits(trace: Trace) -> set[str]:
    return {word for word in trace.title if any(c.isdigit() for c in word)}


def text_likeness(a: Trace, b: Trace, weights: Weights, hours: float) -> Likeness:
    """Compare two texts where at least one of them reports no event that could be compared."""
    cosine = weights.cosine(a, b)
    limit = SAME_TEXT + _A_DAY_ON * hours / 24 + (_OWN_OUTLET if a.group == b.group else 0.0)
    if cosine > 0.1:
        limit -= min(_RARE_AT_MOST, _RARE * weights.shared(a, b))
    if a.events and b.events:  # a summary that counts attacks beside a single one
        limit += 0.25
    elif a.events or b.events:
        limit += 0.12
    if hours > 24 * 7:
        limit = 1.01
    score = max(-1.0, min(1.0, (cosine - limit) / (1.0 - SAME_TEXT)))
    return Likeness(score, f"headline and lead are alike (cosine {cosine:.2f}, needed {limit:.2f})")


def _through_second(a: Trace, b: Trace, weights: Weights) -> Likeness | None:
    """Join through the second event of an item that tells of two, when nearly everything agrees."""
    best: Likeness | None = None
    for one, other, swap in ((a, b, False), (b, a, True)):
        if len(one.events) != 2 or one.events[1].count is not None or other.main is None:
            continue
        if one.events[0].date is None or one.events[0].date != one.events[1].date:
            continue  # an earlier event that is only recalled
        found = event_likeness(one.events[1], other.main, one, other, weights)
        if found.score >= 0.25 and (best is None or found.score > best.score):
            which = "second" if not swap else "first"
            best = Likeness(
                found.score - 0.2, f"{found.why} (the event that the {which} report names second)"
            )
    return best


def event_likeness(x: Event, y: Event, a: Trace, b: Trace, weights: Weights) -> Likeness:
    """Weigh two events of two reports against each other."""
    score = 0.0
    reasons: list[str] = []
    for look in (_when, _where, _kind, _sets, _toll):
        points, reason = look(x, y, a, b)
        if points <= CONFLICT:
            return Likeness(-1.0, reason, conflict=True)
        score += points
        if reason:
            reasons.append(reason)
    if score > SAME_EVENT - _BEYOND_WORDS:
        score += _reports(a, b, weights, elsewhere=_elsewhere(x, y) or _next_day(x, y, a, b))
    scaled = max(-0.99, min(0.99, (score - SAME_EVENT) / 6.0))
    return Likeness(scaled, ", ".join(reasons))


def _when(x: Event, y: Event, a: Trace, b: Trace) -> tuple[float, str]:
    """Compare the days on which the two can have happened."""
    (x0, x1), (y0, y1) = days(x, a), days(y, b)
    gap = max(0, y0 - x1, x0 - y1)
    exact = x0 == x1 and y0 == y1
    if gap == 0:
        if exact:
            return 1.5, f"both on {x.date}"
        return 0.4, "days that can be the same"
    if gap == 1:
        if not exact:
            # What is told without a day cannot have happened after it was told.
            foretold = (x.date is None and y0 > x1) or (y.date is None and x0 > y1)
            return (-2.5 if foretold else -0.6), "one day apart"
        # Reports of one night date it by either day; a day later it is a look-alike more often than not.
        return (-2.0 if abs((a.at - b.at).total_seconds()) < _NIGHT else -2.8), "one day apart"
    return CONFLICT, f"{gap} days apart"


def distance_km(x: Event, y: Event) -> float | None:
    """Great-circle distance (haversine, sphere of 6371 km); None where a point is not known."""
    if x.lat is None or x.lon is None or y.lat is None or y.lon is None:
        return None
    p, q = math.radians(x.lat), math.radians(y.lat)
    h = (
        math.sin((q - p) / 2) ** 2
        + math.cos(p) * math.cos(q) * math.sin(math.radians(y.lon - x.lon) / 2) ** 2
    )
    return 12742.0 * math.asin(math.sqrt(min(1.0, h)))


def _next_day(x: Event, y: Event, a: Trace, b: Trace) -> bool:
    """Whether two reports date their events exactly to two days, and came as far apart."""
    exact = x.date is not None and y.date is not None and x.date_precision == y.date_precision == 1
    return exact and x.date != y.date and abs((a.at - b.at).total_seconds()) >= _NIGHT


def _where(x: Event, y: Event, _a: Trace, _b: Trace) -> tuple[float, str]:
    """Compare the places, by name, by distance and by governorate, as far as each is known."""
    named_x, named_y = fold_key(x.place or ""), fold_key(y.place or "")
    other_province = bool(x.governorate and y.governorate and x.governorate != y.governorate)
    if named_x and named_x == named_y and not other_province:
        broad = (x.geo_precision or 1) > 2 and (y.geo_precision or 1) > 2
        return (0.6 if broad else 2.0), f"both at {x.place}"
    apart = distance_km(x, y)
    coarse = (x.geo_precision or 1) > 1 or (y.geo_precision or 1) > 1
    if apart is not None and not ((x.geo_precision or 1) > 2 or (y.geo_precision or 1) > 2):
        points, reason = _by_distance(apart, coarse=coarse, other_province=other_province)
        if points > CONFLICT and _elsewhere(x, y):
            points -= (
                _OTHER_NAME if apart <= 35 else _OTHER_TOWN if x.geo_precision == y.geo_precision else 0.4
            )
        return points, reason
    if other_province:
        if apart is not None and apart < 40:
            return -0.5, f"{apart:.0f} km apart, across a provincial border"
        return CONFLICT, f"{x.governorate} and {y.governorate}"
    return _by_name(x, y, named_x, named_y)


def _by_distance(apart: float, *, coarse: bool, other_province: bool) -> tuple[float, str]:
    """Judge two points by how far they lie apart; a coarse one may be a district's centre."""
    reason = f"{apart:.0f} km apart"
    if other_province and apart > 60:
        return CONFLICT, reason
    if apart <= 3:
        return 1.8, reason
    if apart <= 15:
        return 1.2, reason
    if apart <= 35:
        return (0.6 if coarse else 0.1), reason
    if apart <= 80:
        return (-0.4 if coarse else -1.6), reason
    return (-2.0, reason) if coarse and not other_province else (CONFLICT, reason)


def _by_name(x: Event, y: Event, named_x: str, named_y: str) -> tuple[float, str]:
    """Judge by names and governorate where no distance can be taken."""
    if named_x and named_y and set(named_x.split()) & set(named_y.split()):
        return 1.0, f"{x.place} and {y.place}"
    if x.governorate and x.governorate == y.governorate:
        if not named_x or not named_y or fold_key(x.governorate) in (named_x, named_y):
            return 0.6, f"both in {x.governorate}"
        if max(x.geo_precision or 1, y.geo_precision or 1) > 2:
            return 0.6, f"both in {x.governorate}"
        return -0.2, f"{x.place} and {y.place}, both in {x.governorate}"
    if named_x and named_y:
        return -2.0, f"{x.place} and {y.place}"
    return (-0.5 if named_x or named_y or x.governorate or y.governorate else -0.8), ""


def _kind(x: Event, y: Event, _a: Trace, _b: Trace) -> tuple[float, str]:
    """Compare the sub-event types."""
    likeness = type_likeness(x.sub_event_type, y.sub_event_type)
    if likeness == 1:
        return 1.5, x.sub_event_type
    if likeness == 0:
        return -4.0, f"{x.sub_event_type} and {y.sub_event_type}"
    return 2.6 * likeness - 1.4, f"{x.sub_event_type} or {y.sub_event_type}"


def _sets(x: Event, y: Event, _a: Trace, _b: Trace) -> tuple[float, str]:
    """Compare weapons, targets and actors, each only where both reports name some."""
    score = 0.0
    shared: list[str] = []
    if x.weapons and y.weapons:
        likeness = weapon_likeness(x.weapons, y.weapons)
        score += 1.5 * likeness - 0.7
    if x.targets and y.targets:
        likeness = target_likeness(x.targets, y.targets)
        score += 1.7 * likeness - 0.7
        shared.extend(t for t in x.targets if t in y.targets)
    actors_x = tuple(a for a in x.actors if a not in GENERIC)
    actors_y = tuple(a for a in y.actors if a not in GENERIC)
    if actors_x and actors_y:
        likeness = actor_likeness(actors_x, actors_y)
        score += 1.6 * likeness - 0.7
        shared.extend(a for a in actors_x if a in actors_y)
    return score, ("same " + ", ".join(shared)) if shared else ""


def _toll(x: Event, y: Event, a: Trace, b: Trace) -> tuple[float, str]:
    """Compare the dead and wounded; a toll grows with time, and seldom shrinks."""
    early, late = (x, y) if a.at <= b.at else (y, x)
    score, reason = 0.0, ""
    for old, new, weight, what in (
        (early.killed, late.killed, 1.0, "killed"),
        (early.wounded, late.wounded, 0.7, "wounded"),
    ):
        if old is None or new is None or (old == 0 and new == 0):
            continue
        if old == new:
            score += weight * (0.7 if old < 4 else 1.3)
            reason = reason or f"{old} {what} in both"
        elif min(old, new) == 0:
            score -= weight * (0.4 if old == 0 and new < 5 else 1.2)
        else:
            score -= weight * _contradiction(old, new)
    return score, reason


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


def _reports(a: Trace, b: Trace, weights: Weights, *, elsewhere: bool) -> float:
    """Compare the reports around the events: time between them, names, figures and wording.

    Of reports that name two places or days, the wording and names in common are the frame of such reports.
    """
    hours = abs((a.at - b.at).total_seconds()) / 3600
    score = 0.3 if hours <= 36 else -0.3 * min(4.0, (hours - 36) / 48)
    if a.kind is not b.kind:
        score -= _OTHER_PURPOSE
    cosine = weights.cosine(a, b)
    if elsewhere:
        series = a.group == b.group and hours <= 48
        return score - (_SERIES if series else 1.0 if cosine >= 0.5 else 0.0)
    if a.names and b.names:
        score += max(-0.2, min(1.2, 2.4 * (weights.names(a, b) - 0.25)))
    figures = set(a.numbers) & set(b.numbers)
    score += min(0.6, 0.2 * len(figures))
    if a.language == b.language:
        score += max(-0.5, min(1.5, 4.0 * (cosine - 0.2)))
    return score
