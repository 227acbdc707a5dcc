"""What deciding works on: a shelf, what was touched of it, and the moves that every decision is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from worker.domain.model import ChangeKind, Event, Kind, Story, StoryChange
from worker.domain.stories.changes import changes
from worker.domain.stories.consolidation import Member, consolidate
from worker.domain.stories.keys import INDEXED
from worker.domain.stories.shelf import Held, Shelf


@dataclass(slots=True)
class Outcome:
    """What came of one report."""

    story: int
    why: str
    likeness: float
    changes: list[StoryChange] = field(default_factory=list)
    absorbed: list[int] = field(default_factory=list)
    """Stories that turned out to be this one."""
    parted: list[int] = field(default_factory=list)
    """Stories that were split off."""


class Workbench:
    """Stories at hand and what became of them; `next_id` numbers new ones."""

    def __init__(
        self, shelf: Shelf, next_id: Callable[[], int], *, tell: Callable[[Event], str] | None = None
    ) -> None:
        """Work on this shelf."""
        self.shelf = shelf
        self.touched: set[int] = set()
        """Stories that are not any more what the shelf was given."""
        self.filed: list[tuple[int, int, list[int]]] = []
        """Story, report, and the keys that did not lead from the one to the other before."""
        self.placed: set[int] = set()
        """Items that are new in their story, were moved, or are not what they were."""
        self._next_id = next_id
        self._tell = tell

    def new_story(self, now: datetime) -> int:
        """Make room for a story and number it."""
        story = self._next_id()
        blank = Story(
            id=story, version=0, created_at=now, updated_at=now, kind=Kind.OTHER, gist="", event=None
        )
        self.shelf.held[story] = Held(blank)
        return story

    def place(self, story: int, member: Member) -> None:
        """Lay a report into a story and file it there."""
        self.shelf.put(story, member)
        item = member.trace.item_id
        self.placed.add(item)
        new = [key for key in self.shelf.file(member.trace, story) if key >= INDEXED]
        if new:
            self.filed.append((story, item, new))

    def refresh(
        self, story: int, before: Story | None, member: Member | None, now: datetime, *, grown: int = 0
    ) -> list[StoryChange]:
        """Consolidate a story again and raise its version; it has so many reports more than before."""
        held = self.shelf.held[story]
        held.story = consolidate(
            list(held.members.values()), before, story_id=story, now=now, tell=self._tell, grown=grown
        )
        self.touched.add(story)
        return changes(before, held.story, member, now)

    def note(self, story: int, kind: ChangeKind, why: str, now: datetime, **data: object) -> StoryChange:
        """Record a merge or a split as a change of its own."""
        current = self.shelf.held[story].story
        return StoryChange(story, current.version, kind, why, now, data=data)

    def supersede(self, item: int) -> None:
        """Let a newer revision speak in place of this report."""
        story = self.shelf.home[item]
        members = self.shelf.held[story].members
        members[item] = replace(members[item], superseded=True)
        self.placed.add(item)
        self.touched.add(story)

    def absorb(self, winner: int, loser: int, why: str, now: datetime, outcome: Outcome) -> None:
        """Make one story part of another."""
        before = self.shelf.held[winner].story
        gone = self.shelf.held[loser].story
        self.shelf.absorb(winner, loser)
        self.touched.discard(loser)
        refreshed = self.refresh(winner, before, None, now, grown=gone.item_count)
        outcome.changes = [c for c in outcome.changes if c.story_id != loser]
        outcome.changes.append(self.note(winner, ChangeKind.MERGED, why, now, absorbed=loser))
        outcome.changes.extend(c for c in refreshed if c.kind is not ChangeKind.COPY)
        outcome.absorbed.append(loser)

    def split_off(self, story: int, part: Iterable[int], why: str, now: datetime, outcome: Outcome) -> None:
        """Move some reports, with their copies, into a story of their own."""
        held = self.shelf.held[story]
        chosen = list(part)
        moving = set(chosen) | {i for i, m in held.members.items() if m.copy_of in chosen}
        if len(moving) >= len(held.members):
            return
        new = self.new_story(now)
        for item in sorted(moving):
            self.place(new, held.members[item])
        first = self.shelf.held[new].members[min(moving)]
        reduced = replace(held.story, item_count=0, sources=(), languages=(), terms=())
        self.refresh(story, reduced, None, now)
        outcome.changes.append(self.note(story, ChangeKind.SPLIT, why, now, into=new, items=sorted(moving)))
        outcome.changes.extend(self.refresh(new, None, first, now))
        outcome.parted.append(new)
        if outcome.story == story and first.trace.item_id in moving:
            outcome.story = self.shelf.home.get(chosen[-1], story)

    def look_again(self, story: int, why: str, now: datetime, outcome: Outcome) -> None:
        """Consolidate a story that lost a report; an empty one is absorbed by where its report went."""
        held = self.shelf.held[story]
        if not held.members:
            self.absorb(outcome.story, story, why, now, outcome)
            return
        before = replace(held.story, item_count=len(held.members))
        found = [c for c in self.refresh(story, before, None, now) if c.kind is not ChangeKind.COPY]
        outcome.changes.extend(found or [self.note(story, ChangeKind.SPLIT, why, now)])
