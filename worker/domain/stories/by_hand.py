"""What people say about stories: they merge, split and pin, and the machine respects it from then on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from worker.domain.model import ChangeKind
from worker.domain.stories.workbench import Outcome, Workbench


def merge(bench: Workbench, winner: int, loser: int, why: str, now: datetime) -> Outcome:
    """Make two stories one; the result is pinned."""
    outcome = Outcome(winner, why, 1.0)
    bench.absorb(winner, loser, why, now, outcome)
    _pin(bench, winner)
    return outcome


def split(bench: Workbench, story: int, items: Sequence[int], why: str, now: datetime) -> Outcome:
    """Give some reports of a story one of their own; all are pinned."""
    outcome = Outcome(story, why, 1.0)
    bench.split_off(story, items, why, now, outcome)
    for part in (story, *outcome.parted):
        _pin(bench, part)
    return outcome


def pin(bench: Workbench, story: int, why: str, now: datetime) -> Outcome:
    """Keep a story's present reports together."""
    held = bench.shelf.held[story]
    held.story = replace(held.story, version=held.story.version + 1)
    _pin(bench, story)
    outcome = Outcome(story, why, 1.0)
    outcome.changes.append(bench.note(story, ChangeKind.COPY, why, now))
    return outcome


def _pin(bench: Workbench, story: int) -> None:
    held = bench.shelf.held[story]
    held.story = replace(held.story, pinned=True)
    bench.touched.add(story)
    for item, member in held.members.items():
        held.members[item] = replace(member, trace=replace(member.trace, pinned=True))
        bench.placed.add(item)
