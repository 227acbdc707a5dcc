"""What rises: this week against the mean of the twelve weeks before, with a Poisson interval."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

Counts = Sequence[tuple[date, str, str, int]]
"""(day, governorate, sub-event type, stories)."""

WEEKS = 12
USUAL_DAYS = 90
"""What the map compares with: the mean of so many days before."""


@dataclass(frozen=True, slots=True)
class Trend:
    """One governorate, type or all of them."""

    name: str
    week: int
    """Stories of the last seven days."""
    mean: float
    """Mean of the twelve weeks before."""
    low: float
    high: float
    """95 % Poisson interval of this week's count."""
    weeks: tuple[int, ...]
    """Thirteen weeks, oldest first."""
    weeks_known: int = WEEKS
    """Weeks before this one since the first story: a young archive has no usual week yet."""

    @property
    def verdict(self) -> str:
        """`rising`, `falling`, `as usual`, or that there is nothing to compare with."""
        if self.weeks_known < 4:
            return "too early to tell"
        if self.mean < self.low:
            return "rising"
        return "falling" if self.mean > self.high else "as usual"


@dataclass(frozen=True, slots=True)
class Trends:
    """All that the page shows."""

    total: Trend
    governorates: tuple[Trend, ...]
    types: tuple[Trend, ...]
    days: tuple[tuple[date, int], ...]
    """Thirty days, oldest first."""


@dataclass(frozen=True, slots=True)
class Heat:
    """A governorate on the map: what the days shown hold against what as many days usually do."""

    name: str
    count: int
    usual: float
    """Mean of the 90 days before, for as many days as are shown."""
    low: float
    high: float
    """95 % Poisson interval of `count`."""
    days_known: int

    @property
    def verdict(self) -> str:
        """`quiet`, `rising`, `falling`, `as usual`, or that there is nothing to compare with."""
        if self.days_known < 28:
            return "too early to tell"
        if self.usual < self.low:
            return "rising"
        if self.usual > self.high:
            return "falling"
        return "as usual" if self.count else "quiet"


def heat(counts: Counts, last: date, days: int) -> tuple[Heat, ...]:
    """Each governorate's `days` up to `last` against the mean of the 90 days before them."""
    begin = last - timedelta(days=days - 1)
    before = begin - timedelta(days=USUAL_DAYS)
    known = min(USUAL_DAYS, max(0, (begin - min((day for day, *_ in counts), default=begin)).days))
    here: Counter[str] = Counter()
    then: Counter[str] = Counter()
    for day, governorate, _, count in counts:
        if begin <= day <= last:
            here[governorate] += count
        elif before <= day < begin:
            then[governorate] += count
    found = []
    for name in sorted({*here, *then} - {""}):
        usual = then[name] / known * days if known else 0.0
        found.append(Heat(name, here[name], usual, *poisson_interval(here[name]), known))
    return tuple(found)


def poisson_interval(count: int) -> tuple[float, float]:
    """The 95 % interval of a Poisson mean of which `count` was seen, by Byar's approximation."""
    if count == 0:
        return 0.0, 3.69
    low = count * (1 - 1 / (9 * count) - 1.96 / (3 * math.sqrt(count))) ** 3
    above = count + 1
    high = above * (1 - 1 / (9 * above) + 1.96 / (3 * math.sqrt(above))) ** 3
    return max(0.0, low), high


def trends(counts: Counts, today: date) -> Trends:
    """Work the figures out; today is part of this week."""
    by_day: Counter[date] = Counter()
    first = min((day for day, *_ in counts), default=today)
    for day, _, _, count in counts:
        by_day[day] += count
    days = tuple((today - timedelta(days=n), by_day[today - timedelta(days=n)]) for n in range(29, -1, -1))
    known = min(WEEKS, max(0, ((today - first).days + 1) // 7 - 1))
    weeks = _weeks(counts, today)
    return Trends(
        total=_trend("All incidents", weeks["", ""], known),
        governorates=_parts(weeks, 0, known),
        types=_parts(weeks, 1, known),
        days=days,
    )


Weeks = dict[tuple[str, str], list[int]]
"""(governorate, "") or ("", type) or ("", "") for all, to thirteen weeks, oldest first."""


def _weeks(counts: Counts, today: date) -> Weeks:
    """Add everything up in one pass."""
    found: Weeks = {("", ""): [0] * (WEEKS + 1)}
    for day, governorate, kind, count in counts:
        back = (today - day).days // 7 if day <= today else 0
        if not 0 <= back <= WEEKS:
            continue
        found["", ""][WEEKS - back] += count
        for key in ((governorate, ""), ("", kind)):
            if any(key):
                found.setdefault(key, [0] * (WEEKS + 1))[WEEKS - back] += count
    return found


def _parts(weeks: Weeks, which: int, known: int) -> tuple[Trend, ...]:
    found = [_trend(key[which], counts, known) for key, counts in weeks.items() if key[which]]
    return tuple(sorted(found, key=lambda one: (-one.week, -one.mean, one.name)))


def _trend(name: str, weeks: Sequence[int], known: int) -> Trend:
    low, high = poisson_interval(weeks[-1])
    before = weeks[WEEKS - known : WEEKS] if known else []
    mean = sum(before) / len(before) if before else 0.0
    return Trend(name, weeks[-1], mean, low, high, tuple(weeks), known)
