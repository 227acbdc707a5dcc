"""What linking has at hand: traces, stories, and the postings that lead from a key to both.

The same shelf serves the whole archive of a short run in memory, and the neighbourhood of one batch that
a service loaded from the database. Nothing here decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter

from worker.domain.model import Story
from worker.domain.stories.consolidation import Member
from worker.domain.stories.keys import COPY, Sought, sought, stored
from worker.domain.stories.trace import Sight, Trace

PER_KEY = 12
"""Stories looked at under one key, newest first: a key that leads to more tells nothing."""

PER_WORD = 8
"""The same for the key of a single word."""

CANDIDATES = 3
"""Stories compared with one report, those first whose keys in common tell most."""

PER_STORY = 4
"""Reports of a candidate story that are compared before the story is looked at closely."""

COMPARED = 40
"""Reports of one story that a new one is compared with."""

_MOST_SOUGHT = 2000

Postings = dict[int, dict[int, int]]
"""Key to stories (in order of filing), each with the report that was filed first."""


@dataclass(slots=True)
class Held:
    """A story with its reports as far as they are loaded."""

    story: Story
    members: dict[int, Member] = field(default_factory=dict)

    def own_texts(self) -> list[Trace]:
        """List the reports that are compared, in order of time: texts of their own that still stand.

        Of a long story the first few and the newest, so that comparing does not grow with it.
        """
        found = [m.trace for m in self.members.values() if not m.superseded and not m.copy_of]
        if not found:
            found = [m.trace for m in self.members.values() if not m.superseded]
        found.sort(key=lambda t: (t.at, t.item_id))
        return found if len(found) <= COMPARED else [*found[:8], *found[8 - COMPARED :]]


@dataclass(slots=True)
class Reached:
    """A story that a report's keys lead to."""

    rank: int = 0
    items: list[int] = field(default_factory=list)
    """The reports that the keys name."""
    copy: bool = False
    """Whether one of them may be a copy, which only the whole texts can tell."""


class Shelf:
    """Stories and reports at hand, found by key."""

    def __init__(self) -> None:
        """Begin empty."""
        self.held: dict[int, Held] = {}
        self.home: dict[int, int] = {}
        """Item id to story id."""
        self.entries: dict[int, dict[int, None]] = {}
        """Entry to the items that are its revisions."""
        self.postings: Postings = {}
        self.fresh: Postings = {}
        """The part of the postings that was filed since the shelf was laid out."""
        self.loose: dict[int, Trace] = {}
        """Traces of candidate stories that are not loaded whole."""
        self.sights: dict[int, Sight] = {}
        """What was read of candidates whose traces are not at hand."""
        self.merged: dict[int, int] = {}
        """Story id to the story that it became part of."""
        self._sought: dict[tuple[int, str], Sought] = {}

    def follow(self, story: int) -> int:
        """Lead a merged story's id to the story that it is part of now."""
        while story in self.merged:
            story = self.merged[story]
        return story

    def trace(self, item: int) -> Trace | None:
        """Find a report's trace wherever it lies."""
        story = self.home.get(item)
        if story is not None and story in self.held:
            member = self.held[story].members.get(item)
            if member is not None:
                return member.trace
        return self.loose.get(item)

    def file(self, trace: Trace, story: int) -> list[int]:
        """File a report under its keys; returns the keys that did not lead to this story before."""
        new = []
        item = trace.item_id
        for key in stored(trace):
            stories = self.postings.get(key)
            if stories is None:
                self.postings[key] = {story: item}
            elif story in stories:
                continue
            else:
                stories[story] = item
            self.fresh.setdefault(key, {})[story] = item
            new.append(key)
        self._enter(trace)
        return new

    def post(self, found: Iterable[tuple[int, int, int]]) -> None:
        """Take over postings from a database: key, story, item."""
        postings = self.postings
        for key, story, item in found:
            stories = postings.get(key)
            if stories is None:
                postings[key] = {story: item}
            else:
                stories.setdefault(story, item)

    def lay(self, story: Story, members: Iterable[Member]) -> None:
        """Take over a whole story from a database."""
        self.held[story.id] = Held(story, {m.trace.item_id: m for m in members})
        for item, member in self.held[story.id].members.items():
            self.home[item] = story.id
            self._enter(member.trace)

    def _enter(self, trace: Trace) -> None:
        if trace.entry_id:
            self.entries.setdefault(trace.entry_id, {})[trace.item_id] = None

    def editions(self, trace: Trace) -> list[Member]:
        """List the other revisions of a report's entry that lie in stories, the newest last."""
        others = [i for i in self.entries.get(trace.entry_id, ()) if i != trace.item_id and i in self.home]
        found = [self.held[self.home[i]].members[i] for i in others]
        return sorted(found, key=lambda m: (m.trace.revision, m.trace.item_id))

    def sought(self, trace: Trace) -> Sought:
        """Make a report's search keys, once; see `worker.domain.stories.keys.sought`."""
        known = (trace.item_id, trace.text_hash)
        found = self._sought.get(known)
        if found is None:
            if len(self._sought) >= _MOST_SOUGHT:
                self._sought.clear()
            found = self._sought[known] = sought(trace)
        return found

    def reached(self, trace: Trace, postings: Postings) -> Mapping[int, Reached]:
        """Follow a report's keys: the few stories whose keys in common tell most."""
        reached: dict[int, Reached] = {}
        merged, own = self.merged, trace.item_id
        for keys, cap in zip(self.sought(trace), (PER_KEY, PER_WORD), strict=True):
            for key in sorted(keys.keys() & postings.keys()):
                stories, rank = postings[key], keys[key]
                for known in list(stories)[-cap:] if len(stories) > cap else stories:
                    item, story = stories[known], self.follow(known) if merged else known
                    if item == own:
                        continue
                    one = reached.get(story)
                    if one is None:
                        one = reached[story] = Reached()
                    one.rank += rank
                    one.copy = one.copy or (rank == COPY and cap == PER_KEY)
                    if item not in one.items and len(one.items) < PER_STORY:
                        one.items.append(item)
        if len(reached) <= CANDIDATES:
            return reached
        ranked = sorted(
            [(one.rank, story) for story, one in reached.items()], key=itemgetter(0, 1), reverse=True
        )
        return {story: reached[story] for _, story in ranked[:CANDIDATES]}

    def put(self, story: int, member: Member) -> None:
        """Lay a report into a story, out of any other one."""
        item = member.trace.item_id
        before = self.home.get(item)
        if before is not None and before != story and before in self.held:
            self.held[before].members.pop(item, None)
        self.held[story].members[item] = member
        self.home[item] = story
        self.loose.pop(item, None)

    def absorb(self, winner: int, loser: int) -> None:
        """Move all reports of one story into another, and let its keys lead there."""
        for item, member in list(self.held[loser].members.items()):
            self.held[winner].members[item] = member
            self.home[item] = winner
        for key in {k for m in self.held[loser].members.values() for k in stored(m.trace)}:
            for postings in (self.postings, self.fresh):
                stories = postings.get(key)
                if stories is not None and loser in stories:
                    stories.setdefault(winner, stories.pop(loser))
        del self.held[loser]
        self.merged[loser] = winner

    def drop(self, story: int) -> None:
        """Forget a story that has left the window."""
        held = self.held.pop(story, None)
        if held is None:
            return
        for item, member in held.members.items():
            self.home.pop(item, None)
            self.entries.get(member.trace.entry_id, {}).pop(item, None)
            for key in stored(member.trace):
                stories = self.postings.get(key)
                if stories is not None:
                    stories.pop(story, None)
                    if not stories:
                        del self.postings[key]
