"""Tries a watch over the archive, a few hundred stories at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from worker.domain.alerting.severity import SeverityPolicy
from worker.domain.alerting.trial import Trial, try_rule
from worker.domain.alerting.watch import Rule
from worker.domain.model import Alert, Story, StoryView
from worker.ports import StoryFilter

CHUNK = 200


class Archive(Protocol):
    """What a trial reads."""

    def stories(self, wanted: StoryFilter) -> list[tuple[Story, Alert | None]]:
        """Stories, newest change first."""
        ...

    def story_views(self, ids: Sequence[int]) -> dict[int, StoryView]:
        """Stories with their reports."""
        ...


def walk(
    archive: Archive, since: datetime, progress: Callable[[int], None] | None = None
) -> Iterator[StoryView]:
    """Give every live story that changed since, newest first; memory holds one chunk."""
    before: tuple[datetime, int] | None = None
    done = 0
    while True:
        chunk = archive.stories(StoryFilter(since=since, before=before, limit=CHUNK))
        if not chunk:
            return
        views = archive.story_views([story.id for story, _ in chunk])
        yield from views.values()
        done += len(chunk)
        if progress:
            progress(done)
        last = chunk[-1][0]
        before = (last.updated_at, last.id)


def try_watch(
    archive: Archive,
    rule: Rule,
    others: Sequence[Rule],
    severity: SeverityPolicy,
    *,
    since: datetime,
    now: datetime,
    progress: Callable[[int], None] | None = None,
) -> Trial:
    """Run one rule over the archive since a time."""
    views = walk(archive, since, progress)
    return try_rule(rule, views, severity, others, since=since.date(), now=now)
