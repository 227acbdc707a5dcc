"""Which watches a story fires: asks each candidate rule about every report, and says why or why not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from worker.domain.alerting.facts import Facts, Hit, of_story
from worker.domain.alerting.index import WatchIndex
from worker.domain.alerting.message import Fired
from worker.domain.alerting.severity import Rating
from worker.domain.alerting.watch import Rule
from worker.domain.model import Kind, Report, Story

IRAQ = ZoneInfo("Asia/Baghdad")
MAX_REPORTS = 60
"""Reports of one story that are asked; the newest. A story with more has said what it has to say."""
PRECISION_SLACK = {1: timedelta(), 2: timedelta(days=6), 3: timedelta(days=27)}
"""What an event date stands for by ACLED's time precision: a day, a week, a month."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule says about a story."""

    rule: Rule
    fired: Fired | None
    digest: bool = False
    """It would only be told in the digest."""
    why: str = ""
    reports: tuple[Report, ...] = field(default=())
    """The reports that answered."""


def happened_at(story: Story) -> datetime | None:
    """The end of the event's day in Iraq (of its week or month where no better is known)."""
    if story.event is None or story.event.date is None:
        return None
    end = datetime.combine(story.event.date + timedelta(days=1), time(), IRAQ).astimezone(UTC)
    return end + PRECISION_SLACK.get(story.event.date_precision or 1, timedelta())


def freshness(story: Story, reports: Iterable[Report], limit: timedelta, now: datetime) -> tuple[bool, str]:
    """Whether the event, or failing that a report, is recent enough to wake somebody.

    Both dates count: a new report of an old event is history, an old report is an archive.
    """
    listed = list(reports)
    fresh = [report for report in listed if report.fresh]
    if not fresh:
        return False, "every report was already old when it was first seen"
    recent = [report for report in fresh if now - report.time <= limit]
    if not recent:
        newest = max(report.time for report in fresh)
        return False, f"published {_ago(now - newest)} ago, fresh is {_ago(limit)}"
    happened = happened_at(story)
    if happened is not None and now - happened > limit:
        return False, f"the event is {_ago(now - happened)} old, fresh is {_ago(limit)}"
    return True, "the event is recent" if happened else "published recently, day of the event not given"


def ask(
    index: WatchIndex, story: Story, reports: Iterable[Report], rating: Rating, now: datetime
) -> list[Verdict]:
    """Ask every rule that could fire; rules whose query says no are left out."""
    found: dict[str, tuple[Rule, list[tuple[Report, Hit]], list[Report]]] = {}
    newest = sorted(reports, key=lambda report: report.time)[-MAX_REPORTS:]
    for report in newest:
        facts = facts_of(story, report, rating)
        for rule in index.candidates(facts):
            if not _wanted_source(rule, report):
                continue
            hits = rule.test(facts, now)
            if hits is not None:
                _, all_hits, answered = found.setdefault(rule.name, (rule, [], []))
                all_hits.extend((report, hit) for hit in hits)
                answered.append(report)
    return [_verdict(rule, hits, answered, story, rating) for rule, hits, answered in found.values()]


def facts_of(story: Story, report: Report, rating: Rating) -> Facts:
    """Put one report as the query language sees it."""
    at = happened_at(story)
    return of_story(story, report, rating.severity, min(at, report.time) if at else report.time)


def _wanted_source(rule: Rule, report: Report) -> bool:
    if rule.languages and report.language not in rule.languages:
        return False
    name = report.source.casefold()
    return name not in rule.never and (not rule.only or name in rule.only)


def _verdict(
    rule: Rule, hits: list[tuple[Report, Hit]], answered: list[Report], story: Story, rating: Rating
) -> Verdict:
    """Weigh the watch's other wishes, now that its query said yes."""
    inside, where = rule.area.judge(story.event)
    refused = where if not inside else _refused(rule, story, rating)
    if refused:
        return Verdict(rule, None, why=f"{rule.name}: {refused}")
    digest = story.kind is Kind.CONTEXT and rule.context == "digest"
    why = "context, told in the digest" if digest else "fires"
    return Verdict(rule, Fired(rule.name, tuple(hits), where), digest, f"{rule.name}: {why}", tuple(answered))


def _refused(rule: Rule, story: Story, rating: Rating) -> str:
    """Why a watch does not want this story; empty when it does."""
    confidence = story.event.confidence if story.event else 1.0
    reasons = (
        (story.kind is Kind.OTHER, "the story is not about security in Iraq"),
        (story.kind is Kind.CONTEXT and rule.context == "ignore",
         "no incident is reported and this watch ignores context"),
        (rating.severity.rank < rule.severity.rank,
         f"severity {rating.severity.value} is below {rule.severity.value}"),
        (confidence < rule.confidence, f"confidence {confidence:.2f} is below {rule.confidence:.2f}"),
        (story.independent_sources < rule.sources_wanted,
         f"waits for {rule.sources_wanted} independent sources, there is {story.independent_sources}"),
    )  # fmt: skip
    return next((why for holds, why in reasons if holds), "")


def _ago(span: timedelta) -> str:
    hours = span.total_seconds() / 3600
    return f"{hours:.0f} h" if hours < 96 else f"{hours / 24:.0f} days"
