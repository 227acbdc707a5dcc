"""The digest: what happened in a day or a week, against what is usual, and what nobody was woken for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from worker.domain.model import Alert, Delivery, Message, Severity, Story

MAX_STORIES = 15
MAX_LINES = 8
USUAL_DAYS = 90


@dataclass(frozen=True, slots=True)
class DigestData:
    """All that one digest tells."""

    watch: str
    since: datetime
    until: datetime
    told: tuple[tuple[Alert, Story], ...]
    """Alerts of this watch in the span, with their stories."""
    usual: Mapping[tuple[str, str], int]
    """(governorate, sub-event type) to stories of the last 90 days."""
    first_at: datetime | None
    """When the oldest story of those 90 days was made: a young archive has a shorter mean."""
    held: tuple[Delivery, ...] = ()
    silent: tuple[tuple[str, int], ...] = ()
    """Why stories stayed silent, and how many."""
    quiet_feeds: tuple[tuple[str, str], ...] = ()
    """Feed and what is wrong with it."""

    @property
    def days(self) -> float:
        """Length of the span."""
        return max((self.until - self.since).total_seconds() / 86400, 1e-6)

    def counted(self, field: str) -> list[tuple[str, int, float]]:
        """Rows (name, this span, usual for such a span) by `governorate` or `sub_event_type`, most first."""
        at = 0 if field == "governorate" else 1
        now = Counter(
            getattr(story.event, field) or "not known" for _, story in self.told if story.event is not None
        )
        before: Counter[str] = Counter()
        for key, count in self.usual.items():
            before[key[at] or "not known"] += count
        known = USUAL_DAYS if self.first_at is None else (self.until - self.first_at).total_seconds() / 86400
        share = self.days / min(USUAL_DAYS, max(known, self.days))
        names = sorted(now.keys() | before.keys(), key=lambda name: (-now[name], -before[name], name))
        return [
            (name, now[name], before[name] * share)
            for name in names
            if now[name] or before[name] * share >= 0.5
        ]


def digest_message(data: DigestData, *, weekly: bool, base_url: str = "") -> Message:
    """Put the digest into words."""
    incidents = [(alert, story) for alert, story in data.told if story.event is not None]
    ranked = sorted(incidents, key=lambda pair: (-pair[0].severity.rank, -(_killed(pair[1])), -pair[1].id))
    worst = ranked[0][0].severity if ranked else Severity.LOW
    span = "week" if weekly else "day"
    headline = (
        f"{data.watch}: {len(incidents)} {'incident' if len(incidents) == 1 else 'incidents'} in the {span} to "
        f"{data.until:%a} {data.until.day} {data.until:%b %Y %H:%M} UTC"
    )
    parts = [
        _stories(ranked, base_url),
        _table("By governorate", data.counted("governorate")),
        _table("By type", data.counted("sub_event_type")),
        _held(data.held),
        _section("Silent, and why", [f"{count} × {why}" for why, count in data.silent[:MAX_LINES]]),
        _section("Feeds to look at", [f"{name}: {what}" for name, what in data.quiet_feeds[:MAX_LINES]]),
    ]
    sections = [part for part in parts if part["rows"]]
    return Message(
        kind="digest",
        severity=worst,
        headline=headline,
        body="\n\n".join(map(_text, sections)) or "Nothing happened that this watch asks for.",
        watches=(data.watch,),
        story_url=base_url.rstrip("/") if base_url else "",
        data={"sections": sections} if sections else {},
    )


def overflow_message(held: Sequence[Delivery]) -> Message:
    """Tell what was held back without a digest of its own: nothing is lost to a limit."""
    worst = max((one.message.severity for one in held), key=lambda s: s.rank, default=Severity.LOW)
    section = _held(tuple(held))
    return Message(
        kind="digest",
        severity=worst,
        headline=f"{len(held)} {'story' if len(held) == 1 else 'stories'} held back until now",
        body=_text(section),
        links=tuple(one.message.links[0] for one in held if one.message.links)[:MAX_STORIES],
        data={"sections": [section]},
    )


Section = dict[str, Any]
"""`title` and `rows`, each with `text`, perhaps `severity` and `url`: what HTML needs besides the body."""


def _stories(ranked: Sequence[tuple[Alert, Story]], base_url: str) -> Section:
    rows = []
    for alert, story in ranked[:MAX_STORIES]:
        sure = "" if story.corroboration == "single source" else f" ({story.corroboration})"
        url = f"{base_url.rstrip('/')}/stories/{story.id}" if base_url else ""
        rows.append({"severity": alert.severity.value, "text": story.gist + sure, "url": url})
    return {"title": "", "rows": _limited(rows, len(ranked))}


def _table(title: str, rows: Sequence[tuple[str, int, float]]) -> Section:
    lines = [f"{name}: {now} (usual {usual:.1f})" for name, now, usual in rows[:MAX_LINES]]
    return _section(f"{title}, against the mean of 90 days", lines)


def _held(held: Sequence[Delivery]) -> Section:
    rows = [
        {
            "severity": one.message.severity.value,
            "text": f"{one.message.headline} — {one.error}",
            "url": one.message.story_url,
        }
        for one in held[:MAX_STORIES]
    ]
    return {"title": "Held back until now", "rows": _limited(rows, len(held))}


def _limited(rows: list[dict[str, str]], total: int) -> list[dict[str, str]]:
    more = total - MAX_STORIES
    return [*rows, {"text": f"and {more} more"}] if more > 0 else rows


def _section(title: str, lines: Sequence[str]) -> Section:
    return {"title": title, "rows": [{"text": line} for line in lines]}


def _text(section: Section) -> str:
    lines = [section["title"]] if section["title"] else []
    for row in section["rows"]:
        level = str(row.get("severity", "")).upper()
        lines.append(f"{level:<8} {row['text']}" if level else row["text"])
        if row.get("url"):
            lines.append(f"         {row['url']}")
    return "\n".join(lines)


def _killed(story: Story) -> int:
    return (story.event.killed or 0) if story.event else 0
