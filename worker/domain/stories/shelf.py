"""What linking has at hand: traces, stories, and the postings that lead from a key to both.

The same shelf serves the whole archive of a short run in memory, and the neighbourhood of one batch that
a service loaded from the database. Nothing here decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from worker.domain.model import Story
from worker.domain.stories.consolidation import Member
from worker.domain.stories.trace import Trace, entry_key, sought_keys, stored_keys

PER_KEY = 30
"""Stories looked at under one key, newest first: a key that leads to more tells nothing."""

PER_WORD = 8
"""The same for the key of a single word."""

CANDIDATES = 16
"""Stories compared with one report, those with the most keys in common first."""

PER_STORY = 4
"""Reports of a candidate story that are compared before the story is looked at closely."""


COMPARED = 40
"""Reports of one story that a new one is compared with."""


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


class Shelf:
    """Stories and reports at hand, found by key."""

    def __init__(self) -> None:
        """Begin empty."""
        self.held: dict[int, Held] = {}
        self.home: dict[int, int] = {}
        """Item id to story id."""
        self.postings: dict[int, dict[int, int]] = {}
        """Key to stories (in order of filing), each with the report that was filed first."""
        self.loose: dict[int, Trace] = {}
        """Traces of candidate stories that are not loaded whole."""
        self.merged: dict[int, int] = {}
        """Story id to the story that it became part of."""
        self.fresh: set[int] = set()
        """Keys under which something was filed since the shelf was laid out."""
        self._sought: dict[tuple[int, str], tuple[list[int], list[int]]] = {}

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
        for key in stored_keys(trace):
            stories = self.postings.setdefault(key, {})
            if story not in stories:
                stories[story] = trace.item_id
                new.append(key)
                self.fresh.add(key)
        return new

    def post(self, key: int, story: int, item: int) -> None:
        """Take over one posting from a database."""
        self.postings.setdefault(key, {})[story] = item

    def lay(self, story: Story, members: Iterable[Member]) -> None:
        """Take over a whole story from a database."""
        self.held[story.id] = Held(story, {m.trace.item_id: m for m in members})
        for item in self.held[story.id].members:
            self.home[item] = story.id

    def sought(self, trace: Trace) -> tuple[list[int], list[int]]:
        """Make a report's search keys, once; see `worker.domain.stories.trace.sought_keys`."""
        known = (trace.item_id, trace.text_hash)
        found = self._sought.get(known)
        if found is None:
            if len(self._sought) > 2000:
                self._sought.clear()
            found = self._sought[known] = sought_keys(trace)
        return found

    def reached(self, trace: Trace, among: Collection[int] | None = None) -> dict[int, list[int]]:
        """Follow a report's keys: the few stories with the most keys in common, and the items that keys name.

        `among` narrows the keys to these.
        """
        shared: dict[int, int] = {}
        items: dict[int, dict[int, None]] = {}
        for keys, cap in zip(self.sought(trace), (PER_KEY, PER_WORD), strict=True):
            for key in keys if among is None else [key for key in keys if key in among]:
                stories = self.postings.get(key)
                if not stories:
                    continue
                for known in list(stories)[-cap:] if len(stories) > cap else stories:
                    item, story = stories[known], self.follow(known) if self.merged else known
                    if item == trace.item_id:
                        continue
                    if story in shared:
                        shared[story] += 1
                        items[story][item] = None
                    else:
                        shared[story] = 1
                        items[story] = {item: None}
        best = sorted(shared.items(), key=lambda pair: (-pair[1], -pair[0]))[:CANDIDATES]
        return {story: list(items[story])[:PER_STORY] for story, _ in best}

    def candidates(self, trace: Trace, among: Collection[int] | None = None) -> dict[int, list[Trace]]:
        """Find stories within reach of a report, each with the reports that its keys led to."""
        found: dict[int, list[Trace]] = {}
        for story, items in self.reached(trace, among).items():
            traces = [t for i in items if (t := self.trace(i)) is not None]
            if traces:
                found[story] = traces
        return found

    def candidates_by_entry(self, entry: int) -> list[int]:
        """Find the stories that a revision of this entry is in."""
        stories = self.postings.get(entry_key(entry), {})
        return [story for story in stories if story in self.held]

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
        keys = {k for m in self.held[loser].members.values() for k in stored_keys(m.trace)}
        self.repost(keys, loser, winner)
        del self.held[loser]
        self.merged[loser] = winner

    def repost(self, keys: Iterable[int], old: int, new: int) -> None:
        """Let keys that lead to one story lead to another."""
        for key in keys:
            stories = self.postings.get(key)
            if stories is not None and old in stories:
                item = stories.pop(old)
                stories.setdefault(new, item)

    def drop(self, story: int) -> None:
        """Forget a story that has left the window."""
        held = self.held.pop(story, None)
        if held is None:
            return
        for item, member in held.members.items():
            self.home.pop(item, None)
            for key in stored_keys(member.trace):
                stories = self.postings.get(key)
                if stories is not None:
                    stories.pop(story, None)
                    if not stories:
                        del self.postings[key]
