"""Finds stories by a filter that may hold words of the watches' query language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from worker.domain.alerting.bind import Keys
from worker.domain.alerting.firing import facts_of
from worker.domain.alerting.severity import SeverityPolicy
from worker.domain.alerting.watch import Rule
from worker.domain.model import Alert, Event, Story, StoryView
from worker.domain.text.fold import fold
from worker.ports import StoryFilter

CHUNK = 40
REACH = 2000
"""Stories that a search by words looks through before it stops and says so, if its time lasts."""

Row = tuple[int, str, str]
"""A report as a search sifts it: story, text, and the ids it carries as stored."""


class Shelf(Protocol):
    """What is searched."""

    def stories(self, wanted: StoryFilter) -> list[tuple[Story, Alert | None]]:
        """Newest change first."""
        ...

    def sift_rows(self, ids: Sequence[int]) -> Sequence[Row]:
        """Texts and ids of these stories' reports, and no more."""
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

    A search goes on while `patient()`; after that it gives what it has, and where to go on.
    """
    if rule is None or severity is None:
        found = shelf.stories(replace(wanted, limit=wanted.limit + 1))
        page = found[: wanted.limit]
        return Found(tuple(page), _key(page[-1][0]) if len(found) > wanted.limit else None)
    keys = rule.test.keys(lambda _: 1.0)
    kept: list[tuple[Story, Alert | None]] = []
    before, looked = wanted.before, 0
    while looked < REACH and (patient() or not looked):
        chunk = shelf.stories(replace(wanted, before=before, limit=CHUNK))
        hopeful = _sifted(shelf, [story for story, _ in chunk], keys)
        views = shelf.story_views(hopeful) if hopeful else {}
        for story, alert in chunk:
            looked += 1
            before = _key(story)
            if story.id in views and _answers(views[story.id], rule, severity, now):
                kept.append((story, alert))
            if len(kept) >= wanted.limit:
                return Found(tuple(kept), before)
        if len(chunk) < CHUNK:
            return Found(tuple(kept), None)
    return Found(tuple(kept), before, looked)


def _sifted(shelf: Shelf, stories: Sequence[Story], keys: Keys) -> list[int]:
    """Stories that may answer: without one of the query's keys none can, and most show at a glance that they don't."""
    fields = keys is None or any("=" in key for key in keys)
    if fields or not stories:
        return [story.id for story in stories]
    words = [key[2:] for key in keys or () if key.startswith("w:")]
    ids = [f'"{key}"' for key in keys or () if not key.startswith("w:")]
    found = {story.id for story in stories if _ids_of(story.event) & (keys or frozenset())}
    for story_id, text, stored in shelf.sift_rows([story.id for story in stories]):
        if story_id not in found and (
            any(one in stored for one in ids) or (words and _names(fold(text).text, words))
        ):
            found.add(story_id)
    return [story.id for story in stories if story.id in found]


def _names(folded: str, words: Sequence[str]) -> bool:
    return any(word in folded for word in words)


def _ids_of(event: Event | None) -> set[str]:
    """What a story's own event carries besides its reports' words; as `Facts.ids` has it."""
    if event is None:
        return set()
    ids = {f"actor:{actor}" for actor in (*event.actors, *event.claimed_by)}
    return {*ids, *event.targets, *event.weapons, f"place:{event.place_id}"}


def _answers(view: StoryView, rule: Rule, severity: SeverityPolicy, now: datetime) -> bool:
    rating = severity.rate(view.story)
    return any(
        rule.test(facts_of(view.story, report, rating), now) is not None for report in view.reports[-60:]
    )


def _key(story: Story) -> tuple[datetime, int]:
    return story.updated_at, story.id
