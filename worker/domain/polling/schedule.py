"""When to poll next: a feed's own rhythm within what its server and its owner ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from worker.domain.polled import Feed

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class PollPolicy:
    """The limits of scheduling, all in seconds."""

    floor_s: int = 60
    ceiling_s: int = 86_400
    default_s: int = 900
    """Interval of a feed whose rhythm is not known yet."""
    urgent_s: int = 60
    hint_cap_s: int = 3_600
    """The most that `ttl`, `sy:updatePeriod`, Cache-Control and Expires may ask for: they are
    generator defaults more often than decisions."""
    jitter: float = 0.1
    """Share of the interval by which polls are spread, so that a restart is no stampede."""
    websub_s: int = 3_600
    """Interval of a feed whose hub pushes: polling is then the safety net."""
    failure_s: int = 300
    not_found_s: int = 3_600
    rate_limit_s: int = 900
    outage_s: int = 60
    silence_s: int = 6 * 3_600
    """A feed is never called silent earlier than this."""
    silence_factor: float = 3.0
    redirect_stable_s: int = 3 * 86_400
    """How long a permanent redirect must have stood before the address is saved."""
    redirect_sightings: int = 3
    tell_failures: int = 10
    """Failures in a row after which a person is told."""


@dataclass(frozen=True, slots=True)
class NextPoll:
    """When, and why then."""

    at: datetime
    interval_s: float
    reason: str


def rhythm_of(dates: Sequence[datetime], now: datetime) -> dict[str, Any]:
    """What publication dates say of a feed's rhythm: typical and wide gap, and the span of a document.

    Returns `gap_s` (median), `wide_gap_s` (nine tenths are shorter), `span_s`, `newest`; empty when
    fewer than two dates are given.
    """
    ordered = sorted((d for d in dates if d <= now), reverse=True)[:50]
    if not ordered:
        return {}
    memory: dict[str, Any] = {"newest": ordered[0].isoformat()}
    if len(ordered) < 2:
        return memory
    gaps = sorted((a - b).total_seconds() for a, b in pairwise(ordered))
    memory["gap_s"] = round(gaps[len(gaps) // 2])
    memory["wide_gap_s"] = round(gaps[min(len(gaps) - 1, int(len(gaps) * 0.9))])
    memory["span_s"] = round((max(dates) - min(dates)).total_seconds())
    return memory


def next_poll(
    policy: PollPolicy,
    feed: Feed,
    memory: Mapping[str, Any],
    *,
    now: datetime,
    brought: bool,
    cache_s: float | None,
    jitter: float,
) -> NextPoll:
    """The next poll after a success.

    `brought` says whether the poll found something new, `cache_s` how long the response may be
    kept, `jitter` is a random number from 0 to 1.
    """
    if feed.urgent or feed.interval_s:
        seconds = float(feed.interval_s or policy.urgent_s)
        why = "urgent" if feed.urgent else "fixed by its owner"
        return NextPoll(now + timedelta(seconds=seconds), seconds, f"every {_span(seconds)}: {why}")
    seconds, why = _own_rhythm(policy, memory, now, brought)
    shrink = float(memory.get("shrink", 1.0))
    if shrink < 1.0:
        seconds, why = seconds * shrink, f"{why}; shortened after entries were missed"
    if _vouched(memory, now) and seconds < policy.websub_s:
        seconds, why = float(policy.websub_s), "its hub pushes what is new"
    hint, hint_why = _hint(policy, memory, cache_s)
    if hint > seconds:
        seconds, why = hint, hint_why
    seconds = min(max(seconds, policy.floor_s), policy.ceiling_s)
    spread = seconds * (1 + policy.jitter * (2 * jitter - 1))
    at = now + timedelta(seconds=min(max(spread, policy.floor_s), policy.ceiling_s))
    allowed = _skip(at, memory)
    if allowed != at:
        why = f"{why}; moved out of its skipHours or skipDays"
    return NextPoll(
        min(allowed, now + timedelta(seconds=policy.ceiling_s)), seconds, f"every {_span(seconds)}: {why}"
    )


def _vouched(memory: Mapping[str, Any], now: datetime) -> bool:
    """Whether a WebSub hub has promised to push this feed, and the promise still runs and is kept."""
    if int(memory.get("hub_missed", 0)) >= 2:
        return False
    kept = memory.get("websub") or {}
    return (
        kept.get("state") == "active"
        and bool(kept.get("until"))
        and datetime.fromisoformat(kept["until"]) > now
    )


def _own_rhythm(
    policy: PollPolicy, memory: Mapping[str, Any], now: datetime, brought: bool
) -> tuple[float, str]:
    gap = memory.get("gap_s")
    if gap is None:
        last = float(memory.get("interval_s", policy.default_s))
        if "interval_s" not in memory:
            return last, "its rhythm is not known yet"
        return (last * 0.6, "it brought something") if brought else (last * 1.3, "nothing new last time")
    seconds, why = max(gap, 1) / 2, f"an entry comes every {_span(gap)}"
    newest = memory.get("newest")
    if newest:
        silence = (now - datetime.fromisoformat(newest)).total_seconds()
        if silence > 3 * max(gap, 1) and silence / 12 > seconds:
            seconds, why = silence / 12, f"quiet for {_span(silence)}"
    span = memory.get("span_s") or 0
    if span and span / 3 < seconds and span / 3 > policy.floor_s:
        seconds, why = span / 3, f"its document holds only {_span(span)}"
    return seconds, why


def _hint(policy: PollPolicy, memory: Mapping[str, Any], cache_s: float | None) -> tuple[float, str]:
    """The longest interval that server and document ask for, within reason."""
    hints = [
        (float(cache_s or 0), "Cache-Control or Expires"),
        (float(memory.get("ttl_s") or 0), "its ttl"),
        (float(memory.get("period_s") or 0), "its sy:updatePeriod"),
    ]
    seconds, name = max(hints)
    seconds = min(seconds, policy.hint_cap_s)
    span = memory.get("span_s") or 0
    if span:
        seconds = min(seconds, span / 3)
    return seconds, f"asked for by {name}"


def _skip(at: datetime, memory: Mapping[str, Any]) -> datetime:
    """The first moment from `at` on that skipHours and skipDays (GMT) allow."""
    hours = {int(hour) % 24 for hour in memory.get("skip_hours", ())}
    days = {str(day).lower() for day in memory.get("skip_days", ())}
    if len(hours) >= 24 or len(days) >= 7:
        return at
    moved = at
    for _ in range(24 * 7):
        if moved.hour not in hours and _WEEKDAYS[moved.weekday()] not in days:
            return moved
        moved = moved.replace(minute=at.minute, second=at.second) + timedelta(hours=1)
    return at


def _span(seconds: float) -> str:
    """A length of time as people say it."""
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds:.0f} s"


span_words = _span
