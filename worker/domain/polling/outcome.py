"""One poll of one feed as what it writes: state, items, notices, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from worker.domain.polled import ClaimedFeed, Entry, FeedState, NewItem, Notice, PollOutcome
from worker.domain.polling.entries import EntryDecision, believed_date
from worker.domain.polling.failures import Failure
from worker.domain.polling.health import silence_notice
from worker.domain.polling.redirects import watch_redirect
from worker.domain.polling.schedule import PollPolicy, next_poll, rhythm_of
from worker.errors import FetchError


@dataclass(frozen=True, slots=True)
class Answer:
    """What a good response said besides its entries."""

    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    permanent_url: str | None = None
    cache_s: float | None = None
    hubs: tuple[str, ...] = ()
    self_url: str | None = None


@dataclass(frozen=True, slots=True)
class Hints:
    """What a document says about itself that polling remembers."""

    ttl_s: int | None = None
    period_s: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()


def after_unchanged(
    policy: PollPolicy, claimed: ClaimedFeed, answer: Answer, *, now: datetime, jitter: float
) -> PollOutcome:
    """Nothing new: a 304, or a body that we have seen."""
    memory = dict(claimed.state.memory)
    memory["unchanged"] = int(memory.get("unchanged", 0)) + 1
    if "shrink" in memory:
        _relax(memory)
    return _success(policy, claimed, answer, memory, (), now=now, jitter=jitter, brought=False)


def after_document(
    policy: PollPolicy,
    claimed: ClaimedFeed,
    answer: Answer,
    hints: Hints,
    entries: Sequence[Entry],
    decision: EntryDecision,
    *,
    now: datetime,
    jitter: float,
    pushed: bool = False,
) -> PollOutcome:
    """A document was read: its items, its rhythm and what it says about itself."""
    memory = {**claimed.state.memory, **decision.memory, "size": len(entries)}
    memory.setdefault("since", now.isoformat())
    if claimed.state.last_success_at is not None:
        memory["items"] = int(memory.get("items", 0)) + decision.new
    if not memory.get("redates"):
        memory.update(rhythm_of([d for e in entries if (d := believed_date(e, now))], now))
    _remember_hints(memory, hints, answer)
    if decision.missed is not None:
        _remember_gap(memory, decision.missed, now, policy)
    elif "shrink" in memory:
        _relax(memory)
    if decision.new:
        memory.pop("silent", None)
    _trust_hub(memory, decision, pushed=pushed, now=now)
    brought = bool(decision.items)
    return _success(policy, claimed, answer, memory, decision.items, now=now, jitter=jitter, brought=brought)


def after_error(
    policy: PollPolicy, claimed: ClaimedFeed, error: FetchError, failure: Failure, *, now: datetime
) -> PollOutcome:
    """A failed poll: validators stay, the error is remembered with its sentence."""
    state, feed = claimed.state, claimed.feed
    sentence = f"{error.message} — {error.remedy}" if error.remedy else error.message
    failures = state.failures + 1
    memory = dict(state.memory)
    memory["why"] = f"after failure {failures}"
    notices: list[Notice] = []
    if failure.gone:
        text = f"{feed.name or feed.url} is gone for good, says its server (410); it is no longer polled."
        notices.append(Notice("feed-gone", f"feed:{feed.id}", text, now, {"url": feed.url}))
    elif failures >= policy.tell_failures and not memory.get("told"):
        memory["told"] = True
        text = f"{feed.name or feed.url} has failed {failures} times in a row: {sentence}."
        notices.append(Notice("feed-failing", f"feed:{feed.id}", text, now, {"kind": error.kind}))
    written = replace(
        state,
        next_poll_at=now + timedelta(seconds=failure.wait_s),
        last_polled_at=now,
        failures=failures,
        error_class=error.kind,
        error=sentence,
        polls=state.polls + 1,
        memory=memory,
    )
    return PollOutcome(claimed, written, notices=tuple(notices), stop=failure.gone)


def postponed(claimed: ClaimedFeed, wait_s: float, why: str, *, now: datetime) -> PollOutcome:
    """Not polled after all, through no fault of the feed: only the time moves."""
    memory = {**claimed.state.memory, "why": why}
    state = replace(claimed.state, next_poll_at=now + timedelta(seconds=wait_s), memory=memory)
    return PollOutcome(claimed, state)


def _success(
    policy: PollPolicy,
    claimed: ClaimedFeed,
    answer: Answer,
    memory: dict[str, Any],
    items: tuple[NewItem, ...],
    *,
    now: datetime,
    jitter: float,
    brought: bool,
) -> PollOutcome:
    feed, state = claimed.feed, claimed.state
    following = next_poll(
        policy, feed, memory, now=now, brought=brought, cache_s=answer.cache_s, jitter=jitter
    )
    memory["interval_s"] = round(following.interval_s)
    memory["why"] = following.reason
    redirect = watch_redirect(policy, feed, answer.permanent_url, memory, now)
    memory.pop("redirect", None)
    if redirect.memory is not None:
        memory["redirect"] = redirect.memory
    notices = [redirect.notice] if redirect.notice else []
    if memory.pop("told", None):
        text = f"{feed.name or feed.url} works again after {state.failures} failures."
        notices.append(Notice("feed-recovered", f"feed:{feed.id}", text, now))
    written = FeedState(
        etag=answer.etag,
        last_modified=answer.last_modified,
        body_hash=answer.body_hash or state.body_hash,
        next_poll_at=following.at,
        last_polled_at=now,
        last_success_at=now,
        last_new_at=now if items else state.last_new_at,
        failures=0,
        polls=state.polls + 1,
        memory=memory,
    )
    silence = silence_notice(policy, feed, written, now)
    if silence is not None:
        memory["silent"] = now.isoformat()
        notices.append(silence)
    return PollOutcome(claimed, written, items, tuple(notices), redirect.save)


def _trust_hub(memory: dict[str, Any], decision: EntryDecision, *, pushed: bool, now: datetime) -> None:
    """Count what polling found although a hub had promised to push it; a push restores the trust."""
    if pushed:
        memory.pop("hub_missed", None)
        return
    late = now - timedelta(minutes=10)
    missed = [one for one in decision.items if one.published_at is not None and one.published_at < late]
    if missed and decision.known and (memory.get("websub") or {}).get("state") == "active":
        memory["hub_missed"] = int(memory.get("hub_missed", 0)) + 1


def _remember_hints(memory: dict[str, Any], hints: Hints, answer: Answer) -> None:
    values: Mapping[str, Any] = {
        "ttl_s": hints.ttl_s,
        "period_s": hints.period_s,
        "skip_hours": list(hints.skip_hours),
        "skip_days": list(hints.skip_days),
        "hubs": list(answer.hubs),
        "self": answer.self_url if answer.hubs else None,
    }
    for name, value in values.items():
        if value:
            memory[name] = value
        else:
            memory.pop(name, None)


def _remember_gap(
    memory: dict[str, Any], missed: tuple[datetime, datetime], now: datetime, policy: PollPolicy
) -> None:
    """Note that entries between two polls are lost, and come twice as often from now on."""
    count = int((memory.get("missed") or {}).get("count", 0)) + 1
    start, end = missed
    memory["missed"] = {
        "count": count,
        "at": now.isoformat(),
        "from": start.isoformat(),
        "to": end.isoformat(),
    }
    memory["shrink"] = max(float(memory.get("shrink", 1.0)) / 2, policy.floor_s / policy.ceiling_s)


def _relax(memory: dict[str, Any]) -> None:
    """Let a shortened interval grow back, a tenth a poll without loss."""
    shrink = min(1.0, float(memory["shrink"]) * 1.1)
    if shrink >= 1.0:
        del memory["shrink"]
    else:
        memory["shrink"] = round(shrink, 4)
