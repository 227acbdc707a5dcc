"""Finds stories by a filter that may hold words of the watches' query language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from worker.domain.alerting.firing import facts_of
from worker.domain.alerting.severity import SeverityPolicy
from worker.domain.alerting.watch import Rule
from worker.domain.model import Alert, Story, StoryView
from worker.ports import StoryFilter

CHUNK = 100
REACH = 500
"""Stories that a search by words looks through before it stops and says so."""


class Shelf(Protocol):
    """What is searched."""

    def stories(self, wanted: StoryFilter) -> list[tuple[Story, Alert | None]]:
        """Newest change first."""
        ...

    def story_views(self, ids: Sequence[int]) -> dict[int, StoryView]:
        """With their reports."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """A page of stories."""

    stories: tuple[tuple[Story, Alert | None], ...]
    more: tuple[datetime, int] | None
    """Where the next page begins; None: that was all."""
    looked_at: int = 0
    """How many were read for their words, when the search stopped before the end; else 0."""


def find(shelf: Shelf, wanted: StoryFilter, rule: Rule | None, severity: SeverityPolicy | None,
         now: datetime) -> Found:  # fmt: skip
    """One page of the stories that fit; `rule` is the checked query of `wanted.words`."""
    if rule is None or severity is None:
        found = shelf.stories(replace(wanted, limit=wanted.limit + 1))
        page = found[: wanted.limit]
        return Found(tuple(page), _key(page[-1][0]) if len(found) > wanted.limit else None)
    kept: list[tuple[Story, Alert | None]] = []
    before, looked = wanted.before, 0
    while looked < REACH:
        chunk = shelf.stories(replace(wanted, before=before, limit=CHUNK))
        views = shelf.story_views([story.id for story, _ in chunk])
        for story, alert in chunk:
            looked += 1
            before = _key(story)
            if _answers(views[story.id], rule, severity, now):
                kept.append((story, alert))
            if len(kept) >= wanted.limit:
                return Found(tuple(kept), before)
        if len(chunk) < CHUNK:
            return Found(tuple(kept), None)
    return Found(tuple(kept), before, looked)


def _answers(view: StoryView, rule: Rule, severity: SeverityPolicy, now: datetime) -> bool:
    rating = severity.rate(view.story)
    return any(
        rule.test(facts_of(view.story, report, rating), now) is not None for report in view.reports[-60:]
    )


def _key(story: Story) -> tuple[datetime, int]:
    return story.updated_at, story.id
