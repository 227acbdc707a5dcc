"""What a failed fetch means: how long to wait, whether the host or only the feed rests, when to stop."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from worker.domain.polled import FeedState
from worker.domain.polling.schedule import PollPolicy
from worker.errors import FetchError

_NETWORK = frozenset({"dns", "connect", "timeout"})


@dataclass(frozen=True, slots=True)
class Failure:
    """The consequence of one failure."""

    wait_s: float
    host_wait_s: float = 0.0
    """The whole host rests this long: a rate limit counts requests, not feeds."""
    gone: bool = False


def is_network_failure(kind: str) -> bool:
    """Whether a failure may as well be ours: name resolution, connection, time-out."""
    return kind in _NETWORK


def after_failure(policy: PollPolicy, state: FeedState, error: FetchError, jitter: float) -> Failure:
    """How long to wait after the `state.failures + 1`-th failure in a row; grows, never for ever.

    A 403 is a refusal for good only where the feed never worked: one that worked before is held to
    be a rate limit, as content networks answer them so.
    """
    spread = 1 + policy.jitter * (2 * jitter - 1)
    growth = 2.0 ** min(state.failures, 12)
    if error.kind == "gone":
        return Failure(policy.ceiling_s, gone=True)
    if error.kind == "rate-limited" or (error.status == 403 and state.last_success_at is not None):
        asked = error.retry_after_s
        wait = min(asked if asked is not None else policy.rate_limit_s * growth, policy.ceiling_s)
        wait = max(wait, policy.floor_s)
        return Failure(wait * (1 + policy.jitter * jitter), host_wait_s=wait)
    base = policy.not_found_s if error.status in (401, 403, 404) else policy.failure_s
    wait = base * growth
    if error.retry_after_s is not None:
        wait = max(wait, error.retry_after_s)
    return Failure(min(wait * spread, policy.ceiling_s))


def is_outage(failed: Iterable[tuple[str, str]], reached: Iterable[str]) -> bool:
    """Whether the fault is on our side: several hosts failed at network level and none was reached.

    `failed` are (host, kind) pairs, `reached` hosts that answered anything, of one stretch of time.
    """
    if any(True for _ in reached):
        return False
    hosts = {host for host, kind in failed if is_network_failure(kind)}
    return len(hosts) >= 3
