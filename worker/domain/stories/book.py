"""Stories of a short run, all in memory: what `marsad analyse`, evaluation and `run-once` tests use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from worker.domain.model import Event, Report, Story, StoryChange
from worker.domain.stories import words
from worker.domain.stories.linker import Linker
from worker.domain.stories.scores import Scores
from worker.domain.stories.shelf import Shelf
from worker.domain.stories.trace import event_time, make_trace
from worker.domain.stories.weights import Weights
from worker.domain.stories.workbench import Outcome

KEPT = 50_000
"""Reports that are kept whatever their age: an archive read in any order finds its stories."""


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """What linking is told from outside."""

    common_words: Mapping[str, Iterable[str]] = field(default_factory=dict)
    """Function words by language: they make no two texts alike."""
    window_days: int = 30
    """Stories whose newest event is older than this, by event time, get no new reports."""
    tell: Callable[[Event], str] | None = None
    """Puts a consolidated event into one English sentence."""


class StoryBook:
    """Takes reports one by one and says which story each belongs to."""

    def __init__(self, settings: LinkSettings | None = None) -> None:
        """Begin with no stories."""
        self.settings = settings or LinkSettings()
        self._common = words.folded(self.settings.common_words)
        self._weights = Weights()
        self.shelf = Shelf()
        ids = count(1)
        self._linker = Linker(
            self.shelf, lambda: next(ids), scores=Scores(self._weights), tell=self.settings.tell
        )  # fmt: skip
        self.log: list[StoryChange] = []
        self._left: dict[int, int] = {}
        self._since_prune = 0

    def add(self, report: Report, now: datetime | None = None) -> Outcome:
        """Link one report; `now` defaults to the report's own time, so that a run can be repeated."""
        trace = make_trace(report, self._common)
        self._weights.observe(trace)
        outcome = self._linker.link(trace, now or report.time)
        self.shelf.fresh.clear()
        self.log.extend(outcome.changes)
        self._since_prune += 1
        if self._since_prune >= 1000 and len(self.shelf.home) > KEPT:
            self._since_prune = 0
            self.prune()
        return outcome

    def story_of(self, item_id: int) -> int | None:
        """Name the story that a report is in now, after all merges and splits."""
        story = self.shelf.home.get(item_id, self._left.get(item_id))
        return self.shelf.follow(story) if story is not None else None

    def stories(self) -> list[Story]:
        """List all stories at hand, oldest first."""
        return [held.story for _, held in sorted(self.shelf.held.items())]

    def prune(self) -> int:
        """Forget what lies further back than the window, counted from the newest event."""
        newest = {
            story: max(event_time(m.trace) for m in held.members.values())
            for story, held in self.shelf.held.items()
            if held.members
        }
        if not newest:
            return 0
        limit = max(newest.values()) - timedelta(days=self.settings.window_days)
        old = [story for story, at in newest.items() if at < limit]
        for story in old:
            self._left.update(dict.fromkeys(self.shelf.held[story].members, story))
            self.shelf.drop(story)
        return len(old)
