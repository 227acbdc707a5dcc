"""Why a first message does not leave now: context, a full throttle, quiet hours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from worker.domain.alerting.firing import Verdict
from worker.domain.alerting.rule import DigestTime, Rule
from worker.domain.alerting.severity import Rating
from worker.domain.alerting.threads import Recipient
from worker.domain.model import DeliveryState, Severity, Situation

MORNING = DigestTime(time(7))
"""When context is told for watches that name no digest time."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A first message that does not leave now."""

    state: DeliveryState
    until: datetime
    why: str


def hold(
    verdicts: Sequence[Verdict],
    key: Recipient,
    rating: Rating,
    situation: Situation,
    story_id: int,
) -> Hold | None:
    """Why a first message waits: context, throttle, quiet hours. One watch that lets it through is enough."""
    now = situation.now
    awake = [v for v in verdicts if not v.digest]
    if not awake:
        return Hold(DeliveryState.HELD, next_digest(verdicts, now, MORNING), "context: told in the digest")
    if rating.severity is Severity.CRITICAL:
        return _shortest(_quiet(v.rule, rating, now) for v in awake)
    lately = len(
        {
            story
            for story, at in situation.lately.get(key, ())
            if now - at < timedelta(hours=1) and story != story_id
        }
    )
    limits = [v.rule.throttle for v in awake]
    if all(limit is not None and lately >= limit for limit in limits):
        most = max(limit for limit in limits if limit is not None)
        return Hold(
            DeliveryState.HELD,
            next_digest(awake, now, None),
            f"throttled: {most} alerts within the hour",
        )
    return _shortest(_quiet(v.rule, rating, now) for v in awake)


def _quiet(rule: Rule, rating: Rating, now: datetime) -> Hold | None:
    if rule.quiet is None or rating.severity.rank >= rule.quiet.but.rank:
        return None
    until = rule.quiet.until(now, rule.zone)
    return Hold(DeliveryState.PENDING, until, f"quiet hours of {rule.name}") if until else None


def _shortest(holds: Iterable[Hold | None]) -> Hold | None:
    """None as soon as one watch does not hold; otherwise the one that ends first."""
    listed = list(holds)
    return None if None in listed else min((h for h in listed if h), key=lambda h: h.until)


def next_digest(verdicts: Sequence[Verdict], now: datetime, otherwise: DigestTime | None) -> datetime:
    """When what is held is told: the watches' next digest, else at `otherwise`, else in an hour."""
    moments = [
        when.last(now, v.rule.zone) + when.span
        for v in verdicts
        for when in v.rule.digests or ((otherwise,) if otherwise else ())
    ]
    return min(moments) if moments else now + timedelta(hours=1)
