"""Finds stories by a filter that may hold words of the watches' query language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from worker.domain.alerting.firing import MAX_REPORTS, facts_of
from worker.domain.alerting.seek import Clause, asks_of, may_answer, sought
from worker.domain.alerting.severity import Rating, SeverityPolicy
from worker.domain.alerting.watch import Rule
from worker.domain.model import Alert, Severity, Story
from worker.ports import Leaf, StoryFilter

CHUNK = 40
REACH = 2000
"""Stories that a search by words reads before it stops and says so, if its time lasts."""
FEW = 3000
"""Reports that the word index is followed to; words of more are so common that reading soon fills a page."""


UNRATED = Rating(Severity.LOW, 0, ())
"""For queries that don't ask how severe a story is."""


class Shelf(Protocol):
    """What is searched."""

    def stories(self, wanted: StoryFilter) -> list[tuple[Story, Alert | None]]:
        """Newest change first."""
        ...

    def holding(self, clauses: Sequence[Clause], most: int) -> frozenset[int] | None:
        """Every story that fulfils these clauses (and perhaps more); None when they are too many, or unknown."""
        ...

    def leaves(self, ids: Sequence[int]) -> Mapping[int, Sequence[Leaf]]:
        """The reports of these stories, in order of publication."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """A page of stories."""

    stories: tuple[tuple[Story, Alert | None], ...]
    more: tuple[datetime, int] | None
    """Where the next page begins; None: that was all."""
    looked_at: int = 0
    """How many were read for their words, when the search stopped before the end; else 0."""


def find(
    shelf: Shelf,
    wanted: StoryFilter,
    rule: Rule | None,
    severity: SeverityPolicy | None,
    now: datetime,
    *,
    patient: Callable[[], bool] = lambda: True,
) -> Found:
    """One page of the stories that fit; `rule` is the checked query of `wanted.words`.

    The word index names the stories that may answer, however old; they are read to be sure. Where it
    names too many, or knows nothing of such a query, the newest are read one after the other while
    `patient()`; after that the search gives what it has, and where to go on.
    """
    if rule is None or severity is None:
        found = shelf.stories(replace(wanted, limit=wanted.limit + 1))
        page = found[: wanted.limit]
        return Found(tuple(page), _key(page[-1][0]) if len(found) > wanted.limit else None)
    clauses = sought(rule.test)
    if clauses:
        wanted = replace(wanted, among=shelf.holding(clauses, FEW))
    kept: list[tuple[Story, Alert | None]] = []
    before, looked = wanted.before, 0
    while looked < REACH and (patient() or not looked):
        chunk = shelf.stories(replace(wanted, before=before, limit=CHUNK))
        told = shelf.leaves([story.id for story, _ in chunk])
        for story, alert in chunk:
            looked += 1
            before = _key(story)
            if _answers(story, told[story.id], clauses, rule, severity, now):
                kept.append((story, alert))
            if len(kept) >= wanted.limit:
                return Found(tuple(kept), before)
        if len(chunk) < CHUNK:
            return Found(tuple(kept), None)
    return Found(tuple(kept), before, looked)


def _answers(
    story: Story,
    told: Sequence[Leaf],
    clauses: Iterable[Clause],
    rule: Rule,
    severity: SeverityPolicy,
    now: datetime,
) -> bool:
    newest = told[-MAX_REPORTS:]
    if not may_answer(clauses, story.event, newest):
        return False
    rating = severity.rate(story) if asks_of(rule.test, "severity") else UNRATED
    return any(rule.test(facts_of(story, leaf.whole(), rating), now) is not None for leaf in newest)


def _key(story: Story) -> tuple[datetime, int]:
    return story.updated_at, story.id
