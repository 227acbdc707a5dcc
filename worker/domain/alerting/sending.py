"""What becomes of a message after one attempt: sent, tried again later, uncertain, or a dead letter.

One table for all channels, so that a channel only says what happened.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from worker.domain.model import DeliveryState, Message, SendResult, Sent

BACKOFF = tuple(timedelta(seconds=s) for s in (10, 30, 120, 300, 900, 1800, 3600, 7200))
"""Waits after the first, second … failed attempt; the last repeats."""

GIVE_UP = timedelta(hours=24)
"""How long a message is worth trying; news of yesterday's attack goes into the digest."""

LONGEST_WAIT = timedelta(hours=6)
"""A longer Retry-After is not waited for in one go."""

ASK_AGAIN = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Next:
    """The state to write, when it is due again, and whether the channel is to be switched off."""

    state: DeliveryState
    due_at: datetime | None
    sent: Sent
    channel_broken: bool = False


def after_attempt(
    sent: Sent, attempts: int, created_at: datetime | None, now: datetime, jitter: float
) -> Next:
    """Decide by the answer of the other side.

    `attempts` counts this one; `jitter` is random from 0 to 1 and spreads what failed together.
    """
    match sent.result:
        case SendResult.SENT:
            return Next(DeliveryState.SENT, None, sent)
        case SendResult.REJECTED:
            return Next(DeliveryState.DEAD, None, sent)
        case SendResult.UNCERTAIN:
            return Next(DeliveryState.UNCERTAIN, now + ASK_AGAIN, sent)
        case SendResult.CHANNEL_BROKEN:
            return Next(DeliveryState.RETRY, now + timedelta(hours=1), sent, channel_broken=True)
    if created_at is not None and now - created_at > GIVE_UP:
        reason = f"given up after {attempts} attempts in 24 hours: {sent.reason}"
        return Next(DeliveryState.DEAD, None, Sent(sent.result, reason))
    wait = BACKOFF[min(attempts, len(BACKOFF)) - 1] * (1 + 0.2 * jitter)
    if sent.retry_after_s is not None:
        asked = timedelta(seconds=max(0.0, sent.retry_after_s))
        wait = min(max(asked, timedelta(seconds=1)), LONGEST_WAIT)
    return Next(DeliveryState.RETRY, now + wait, sent)


def after_asking(answer: Sent | None, attempts: int, now: datetime) -> Next:
    """Decide for an uncertain message by what the channel said when asked.

    `answer` is `SENT` when it arrived, `REJECTED` when it surely did not, `RETRY` when the channel could
    not say now, and None when this channel can never say: then a person decides.
    """
    if answer is None:
        reason = "the other side may or may not have taken it and cannot be asked"
        return Next(DeliveryState.UNCERTAIN, None, Sent(SendResult.UNCERTAIN, reason))
    match answer.result:
        case SendResult.SENT:
            return Next(DeliveryState.SENT, None, answer)
        case SendResult.REJECTED:
            return Next(DeliveryState.PENDING, now, answer)
        case SendResult.CHANNEL_BROKEN:
            return Next(DeliveryState.UNCERTAIN, now + timedelta(hours=1), answer, channel_broken=True)
    wait = BACKOFF[min(max(attempts, 1), len(BACKOFF)) - 1]
    if answer.retry_after_s is not None:
        wait = min(timedelta(seconds=max(1.0, answer.retry_after_s)), LONGEST_WAIT)
    return Next(DeliveryState.UNCERTAIN, now + wait, answer)


_COMPARED = (
    ("severity", "severity"),
    ("place", "place"),
    ("when", "date"),
    ("toll", "toll"),
    ("actors", "actors"),
    ("corroboration", "sources"),
)
"""Fields of a message that a reader would want to hear of again, with their names."""


def as_update(told: Message, message: Message) -> Message | None:
    """Turn a first message into an update when its reader was told meanwhile; None when it adds nothing.

    A story can change while its first message is already on its way: the judge then does not know yet
    that somebody was told, and only the sender can keep the story from being told twice.
    """
    changed = []
    for name, label in _COMPARED:
        before, after = getattr(told, name), getattr(message, name)
        if before != after and after:
            changed.append(f"{label}: {after}" + (f", before {before}" if before else ""))
    return replace(message, kind="update", changed=tuple(changed)) if changed else None
