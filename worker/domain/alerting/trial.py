"""Try before you trust: what a watch would have done over the archive, and what it only just missed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from worker.domain.alerting import bind as b
from worker.domain.alerting.facts import Facts
from worker.domain.alerting.firing import Verdict, ask, facts_of
from worker.domain.alerting.index import WatchIndex
from worker.domain.alerting.severity import Rating, SeverityPolicy
from worker.domain.alerting.watch import Rule
from worker.domain.model import Story, StoryView

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Tried:
    """One story with what the watch would have made of it."""

    story: Story
    rating: Rating
    day: date
    why: str


@dataclass(frozen=True, slots=True)
class Trial:
    """The answer of a trial."""

    stories: int
    """Stories that were looked at."""
    hits: tuple[Tried, ...]
    near: tuple[Tried, ...]
    """What was missed by one condition, gravest first."""
    days: tuple[tuple[date, int], ...]
    """Alerts a day, days without any included."""
    overlap: tuple[tuple[str, int], ...]
    """Other watches that would have fired for the same stories, and how often."""
    digest: int = 0
    """Hits that would have waited for the digest."""

    @property
    def strongest(self) -> tuple[Tried, ...]:
        """The hits that weigh most."""
        return tuple(sorted(self.hits, key=lambda one: -one.rating.points)[:SHOWN])


def try_rule(
    rule: Rule,
    views: Iterable[StoryView],
    severity: SeverityPolicy,
    others: Sequence[Rule],
    *,
    since: date,
    now: datetime,
) -> Trial:
    """Run a rule over stories as they are now; freshness does not count here, the past is the point."""
    mine, rest = WatchIndex.build([rule]), WatchIndex.build(others)
    hits: list[Tried] = []
    near: list[Tried] = []
    overlap: dict[str, int] = {}
    seen = digest = 0
    for view in views:
        if _day(view) < since:
            continue  # an old story that changed lately would have alerted when it was new
        seen += 1
        rating = severity.rate(view.story)
        verdict = next(iter(ask(mine, view.story, view.reports, rating, now)), None)
        tried = Tried(view.story, rating, _day(view), _why(verdict))
        if verdict and verdict.fired:
            hits.append(tried)
            digest += verdict.digest
            for other in ask(rest, view.story, view.reports, rating, now):
                overlap[other.rule.name] = overlap.get(other.rule.name, 0) + bool(other.fired)
            continue
        missed = _missed(rule, view, rating, verdict, now)
        if missed:
            near.append(Tried(view.story, rating, tried.day, missed))
    near.sort(key=lambda one: -one.rating.points)
    shared = sorted(((n, c) for n, c in overlap.items() if c), key=lambda pair: -pair[1])
    return Trial(
        seen, tuple(hits), tuple(near[:SHOWN]), _by_day(hits, since, now.date()), tuple(shared), digest
    )


def missing(test: b.Test, facts: Facts, now: datetime) -> tuple[float, str]:
    """Say how much of a query is true (0 to 1) and what is missing."""
    match test:
        case b.Every(parts):
            found = [missing(part, facts, now) for part in parts]
            share = sum(one for one, _ in found) / len(found)
            return share, ", ".join(what for one, what in found if one < 1 and what)
        case b.OneOf(parts):
            return max((missing(part, facts, now) for part in parts), key=lambda one: one[0])
    if test(facts, now) is not None:
        return 1.0, ""
    if isinstance(test, b.Nothing):
        return 0.0, "something it excludes is there"
    if isinstance(test, b.NotOlder):
        return 0.0, "older than since:"
    return 0.0, f"without {_asked(test)}"


def _asked(test: b.Test) -> str:
    if isinstance(test, b.IsNear):
        return f"{_asked(test.left)} within {test.distance} words of {_asked(test.right)}"
    return str(getattr(test, "asked", "what it asks for"))


def _missed(rule: Rule, view: StoryView, rating: Rating, verdict: Verdict | None, now: datetime) -> str:
    if verdict is not None:
        return verdict.why.removeprefix(f"{rule.name}: ")
    best, what = 0.0, ""
    for report in view.reports[-10:]:
        share, said = missing(rule.test, facts_of(view.story, report, rating), now)
        if share > best:
            best, what = share, said
    return what if best >= 0.5 else ""


def _why(verdict: Verdict | None) -> str:
    if verdict is None or verdict.fired is None:
        return ""
    return ", ".join(dict.fromkeys(hit.asked for _, hit in verdict.fired.hits))


def _day(view: StoryView) -> date:
    return (view.story.first_published_at or view.story.created_at).date()


def _by_day(hits: Sequence[Tried], since: date, until: date) -> tuple[tuple[date, int], ...]:
    counts: dict[date, int] = {}
    for hit in hits:
        counts[hit.day] = counts.get(hit.day, 0) + 1
    first = since.toordinal()
    days = [date.fromordinal(n) for n in range(first, until.toordinal() + 1)]
    return tuple((day, counts.get(day, 0)) for day in days)
