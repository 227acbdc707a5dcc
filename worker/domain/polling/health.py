"""A feed's health in figures and sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from worker.domain.polled import Feed, FeedState, Notice
from worker.domain.polling.schedule import PollPolicy, span_words


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """What a person wants to know about a feed."""

    status: str
    """`new`, `ok`, `empty`, `silent`, `failing`, `gone` or `paused`."""
    sentence: str
    last_success_at: datetime | None
    items_a_day: float | None
    share_unchanged: float | None
    """Share of polls that were answered with 304 or the same body."""
    gap_s: float | None
    gaps: int
    """How often entries between two polls were missed."""
    interval: str


def silence_limit_s(policy: PollPolicy, state: FeedState) -> float:
    """How long this feed may publish nothing before somebody is told."""
    usual = max(float(state.memory.get("gap_s") or 0), float(state.memory.get("wide_gap_s") or 0))
    return max(policy.silence_s, policy.silence_factor * usual)


def silent_for_s(state: FeedState, now: datetime) -> float | None:
    """Seconds since the feed last published anything; None when it never did."""
    last = state.last_new_at
    newest = state.memory.get("newest")
    if newest:
        published = datetime.fromisoformat(newest)
        last = published if last is None else max(last, published)
    return None if last is None else (now - last).total_seconds()


def silence_notice(policy: PollPolicy, feed: Feed, state: FeedState, now: datetime) -> Notice | None:
    """A notice once when a feed that used to speak has fallen silent."""
    silent = silent_for_s(state, now)
    if silent is None or state.memory.get("silent") or state.memory.get("gap_s") is None:
        return None
    if silent <= silence_limit_s(policy, state):
        return None
    usual = span_words(float(state.memory["gap_s"]))
    text = f"{feed.name or feed.url} has published nothing for {span_words(silent)}; usually an entry comes every {usual}."
    return Notice("feed-silent", f"feed:{feed.id}", text, now, {"silent_s": round(silent)})


def health_of(policy: PollPolicy, feed: Feed, state: FeedState, now: datetime) -> FeedHealth:
    """Figures and one sentence, from what polling remembers."""
    memory = state.memory
    silent = silent_for_s(state, now)
    status, sentence = "ok", "works"
    if state.error_class == "gone":
        status, sentence = "gone", state.error or "the server says that it is gone for good"
    elif not feed.enabled:
        status, sentence = "paused", "paused by a person"
    elif state.failures:
        status, sentence = "failing", state.error or "failing"
    elif state.last_success_at is None:
        status, sentence = "new", "not polled yet"
    elif silent is not None and memory.get("gap_s") is not None and silent > silence_limit_s(policy, state):
        status, sentence = "silent", f"nothing for {span_words(silent)}"
    elif not memory.get("size"):
        status, sentence = "empty", "valid, but without entries"
    since = memory.get("since")
    days = (now - datetime.fromisoformat(since)).total_seconds() / 86_400 if since else 0.0
    per_day = memory.get("items", 0) / days if days >= 1 else _rate(memory.get("gap_s"))
    share = memory.get("unchanged", 0) / state.polls if state.polls else None
    return FeedHealth(
        status=status,
        sentence=sentence,
        last_success_at=state.last_success_at,
        items_a_day=per_day,
        share_unchanged=share,
        gap_s=memory.get("gap_s"),
        gaps=int((memory.get("missed") or {}).get("count", 0)),
        interval=str(memory.get("why", "")),
    )


def _rate(gap_s: float | None) -> float | None:
    return None if gap_s is None else 86_400 / max(gap_s, 1)
