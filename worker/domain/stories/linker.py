"""Puts one report after the other into stories: joins, merges, splits, and says what changed.

Pure: the shelf that it works on is given, and so is the time. A service loads a shelf from the database,
lets the linker work, and writes what it left; a short run keeps one shelf in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from worker.domain.model import ChangeKind, Event, Kind, Story, StoryChange
from worker.domain.stories.changes import changes
from worker.domain.stories.clustering import Choice, Scores, choose, in_conflict, one_story, parts
from worker.domain.stories.consolidation import Member, consolidate
from worker.domain.stories.shelf import Held, Shelf
from worker.domain.stories.trace import Trace
from worker.domain.stories.weights import Weights

NEAR = -0.12
"""A story whose first glance is not much below the limit is looked at closely."""

CLOSE_LOOKS = 4

SMALL_SPLIT = 24
"""Stories with more texts of their own than this are not taken apart by the machine."""


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


class Linker:
    """Decides over a shelf; `next_id` numbers new stories."""

    def __init__(
        self,
        shelf: Shelf,
        next_id: Callable[[], int],
        *,
        scores: Scores | None = None,
        tell: Callable[[Event], str] | None = None,
    ) -> None:
        """Work on this shelf; `scores` may be kept from a first look at the same reports."""
        self.shelf = shelf
        self._next_id = next_id
        self._scores = scores or Scores(Weights())
        self._tell = tell
        self._glanced: dict[int, dict[int, float]] = {}
        self.touched: set[int] = set()
        """Stories that are not any more what the shelf was given."""
        self.new_keys: dict[tuple[int, int], int] = {}
        """(Key, story) to the report that was filed under it."""
        self.placed: set[int] = set()
        """Items that are new in their story, were moved, or are not what they were."""

    def glance(self, traces: Sequence[Trace]) -> set[int]:
        """Name all stories near these reports, and remember them for when they are linked."""
        for trace in traces:
            self._glanced[trace.item_id] = self._at(trace, self.shelf.candidates(trace))
        return {story for trace in traces for story in self.near(trace)}

    def near(self, trace: Trace) -> list[int]:
        """Name the few stories that this report may belong to, by a first glance at single reports.

        What was glanced at before the batch is not looked at again: only what was filed since is added.
        """
        glances = self._glanced.get(trace.item_id)
        if glances is None:
            glances = self._at(trace, self.shelf.candidates(trace))
        elif self.shelf.fresh:
            glances = glances | self._at(trace, self.shelf.candidates(trace, self.shelf.fresh))
        best: dict[int, float] = {}
        for known, score in glances.items():
            story = self.shelf.follow(known)
            best[story] = max(score, best.get(story, -1.0))
        return sorted(best, key=lambda story: (-best[story], story))[:CLOSE_LOOKS]

    def _at(self, trace: Trace, candidates: Mapping[int, Sequence[Trace]]) -> dict[int, float]:
        """Glance at stories; those that are near enough, each with its best report's likeness."""
        found: dict[int, float] = {}
        for story, reports in candidates.items():
            scores = [self._scores(trace, other) for other in reports]
            best = max((s.score + s.copy for s in scores), default=-1.0)
            if best >= NEAR:
                found[story] = best
        return found

    def link(self, trace: Trace, now: datetime) -> Outcome:
        """Find or make the report's story and record what became different."""
        trace = self._as_settled(trace)
        present = self._present(trace)
        if present is not None and trace.pinned:
            choice = Choice(present, 1.0, "pinned here by hand")
        else:
            choice = self._choose(trace, present)
        vacated = present if present is not None and present != choice.story else None
        self._supersede(trace)
        outcome = self._join(trace, choice, now)
        if vacated is not None:
            self._look_again(vacated, f"report {trace.item_id} tells of another event", now, outcome)
        if choice.rivals and not trace.pinned:
            self._merge(trace, outcome, choice.rivals, now)
        self._part(trace, outcome, now)
        return outcome

    def merge_by_hand(self, winner: int, loser: int, why: str, now: datetime) -> Outcome:
        """Make two stories one because a person says so; the result is pinned."""
        outcome = Outcome(winner, why, 1.0)
        self._absorb(winner, loser, why, now, outcome)
        self._pin(winner)
        return outcome

    def split_by_hand(self, story: int, items: list[int], why: str, now: datetime) -> Outcome:
        """Give some reports of a story one of their own because a person says so; all are pinned."""
        outcome = Outcome(story, why, 1.0)
        held = self.shelf.held[story]
        self._split_off(story, [held.members[i].trace for i in items], why, now, outcome)
        for part in (story, *outcome.parted):
            self._pin(part)
        return outcome

    def pin_by_hand(self, story: int, why: str, now: datetime) -> Outcome:
        """Keep a story's present reports together because a person says so."""
        held = self.shelf.held[story]
        held.story = replace(held.story, version=held.story.version + 1)
        self._pin(story)
        outcome = Outcome(story, why, 1.0)
        outcome.changes.append(self._note(story, ChangeKind.COPY, why, now))
        return outcome

    def _pin(self, story: int) -> None:
        held = self.shelf.held[story]
        held.story = replace(held.story, pinned=True)
        self.touched.add(story)
        for item, member in held.members.items():
            held.members[item] = replace(member, trace=replace(member.trace, pinned=True))
            self.placed.add(item)

    def _present(self, trace: Trace) -> int | None:
        """Find the story that the item, or an earlier revision of its entry, is in already."""
        here = self.shelf.home.get(trace.item_id)
        if here is not None:
            return here
        older = self._older(trace)
        return self.shelf.home.get(older) if older is not None else None

    def _as_settled(self, trace: Trace) -> Trace:
        """Hold a revision where a person has put the report that it replaces."""
        older = self._older(trace)
        if older is None or trace.pinned:
            return trace
        return replace(trace, pinned=self.shelf.held[self.shelf.home[older]].members[older].trace.pinned)

    def _older(self, trace: Trace) -> int | None:
        if not trace.entry_id:
            return None
        for story in self.shelf.candidates_by_entry(trace.entry_id):
            for item, member in self.shelf.held[story].members.items():
                if member.trace.entry_id == trace.entry_id and item != trace.item_id:
                    return item
        return None

    def _choose(self, trace: Trace, present: int | None) -> Choice:
        """Choose among the near stories; a report that is somewhere stays there while it fits."""
        near = self.near(trace)
        if present is not None and present not in near:
            near.append(present)
        compared = {
            story: [t for t in self.shelf.held[story].own_texts() if t.item_id != trace.item_id]
            for story in near
            if story in self.shelf.held
        }
        if present is not None:
            older = self._older(trace)
            fits = [t for t in compared[present] if t.item_id != older]
            clash = bool(fits) and in_conflict(trace, fits, self._scores)
            taken_back = not trace.events and any(t.events for t in compared[present])
            if not clash or taken_back:
                return Choice(present, 1.0, "a later version of a report that is here")
            compared[present] = fits
        pinned = {story for story in compared if self.shelf.held[story].story.pinned}
        return choose(trace, compared, self._scores, pinned)

    def _supersede(self, trace: Trace) -> None:
        """Let the newest revision of an entry speak, and only that."""
        older = self._older(trace)
        if older is None:
            return
        story = self.shelf.home[older]
        member = self.shelf.held[story].members[older]
        if member.trace.revision < trace.revision:
            self.shelf.held[story].members[older] = replace(member, superseded=True)
            self.placed.add(older)
            self.touched.add(story)

    def _join(self, trace: Trace, choice: Choice, now: datetime) -> Outcome:
        story = choice.story
        before: Story | None = None
        if story is None:
            story = self._next_id()
            self.shelf.held[story] = Held(_blank(story, now))
        else:
            before = self.shelf.held[story].story
        member = Member(trace, choice.why, choice.score, copy_of=choice.copy_of)
        known = trace.item_id in self.shelf.held[story].members
        self.shelf.put(story, member)
        self.placed.add(trace.item_id)
        for key in self.shelf.file(trace, story):
            self.new_keys[(key, story)] = trace.item_id
        if before is not None and not known:
            before = replace(before, item_count=before.item_count + 1)
        outcome = Outcome(story, choice.why, choice.score)
        outcome.changes.extend(self._refresh(story, before, member, now))
        return outcome

    def _refresh(
        self, story: int, before: Story | None, member: Member | None, now: datetime
    ) -> list[StoryChange]:
        """Consolidate a story again and raise its version."""
        held = self.shelf.held[story]
        after = consolidate(
            list(held.members.values()), before, story_id=story, now=now, tell=self._tell
        )  # fmt: skip
        held.story = replace(after, version=after.version + 1)
        self.touched.add(story)
        return changes(before, held.story, member, now)

    def _note(self, story: int, kind: ChangeKind, why: str, now: datetime, **data: object) -> StoryChange:
        """Record a merge or a split as a change of its own."""
        current = self.shelf.held[story].story
        return StoryChange(story, current.version, kind, why, now, data=data)

    def _look_again(self, story: int, why: str, now: datetime, outcome: Outcome) -> None:
        """Consolidate a story that lost a report; an empty one is absorbed by where its report went."""
        held = self.shelf.held[story]
        if not any(not m.superseded for m in held.members.values()) and not held.members:
            self._absorb(outcome.story, story, why, now, outcome)
            return
        before = replace(held.story, item_count=max(0, len(held.members)))
        found = [c for c in self._refresh(story, before, None, now) if c.kind is not ChangeKind.COPY]
        outcome.changes.extend(found or [self._note(story, ChangeKind.SPLIT, why, now)])

    def _merge(self, trace: Trace, outcome: Outcome, rivals: tuple[int, ...], now: datetime) -> None:
        """Make one of stories that this report shows to be the same; the older one's id stays."""
        for rival in rivals:
            mine, other = self.shelf.held.get(outcome.story), self.shelf.held.get(rival)
            if mine is None or other is None or rival == outcome.story:
                continue
            if mine.story.pinned or other.story.pinned:
                continue  # a person has settled what belongs together here
            verdict = one_story(mine.own_texts(), other.own_texts(), self._scores)
            if not verdict.same:
                continue
            winner, loser = sorted(
                (outcome.story, rival), key=lambda s: (self.shelf.held[s].story.created_at, s < 0, abs(s))
            )
            why = f"report {trace.item_id} shows that they are one: {verdict.why}"
            self._absorb(winner, loser, why, now, outcome)
            outcome.story = winner

    def _absorb(self, winner: int, loser: int, why: str, now: datetime, outcome: Outcome) -> None:
        before = self.shelf.held[winner].story
        gone = self.shelf.held[loser].story
        self.shelf.absorb(winner, loser)
        self.touched.discard(loser)
        before_all = replace(before, item_count=before.item_count + gone.item_count)
        found = [c for c in self._refresh(winner, before_all, None, now) if c.kind is not ChangeKind.COPY]
        outcome.changes = [c for c in outcome.changes if c.story_id != loser]
        outcome.changes.append(self._note(winner, ChangeKind.MERGED, why, now, absorbed=loser))
        outcome.changes.extend(found)
        outcome.absorbed.append(loser)

    def _part(self, trace: Trace, outcome: Outcome, now: datetime) -> None:
        """Take a story apart that holds two events, when the new report contradicts part of it."""
        held = self.shelf.held[outcome.story]
        texts = held.own_texts()
        if held.story.pinned or not 3 <= len(texts) <= SMALL_SPLIT:
            return
        if not in_conflict(trace, texts, self._scores):
            return
        for part in parts(texts, self._scores)[1:]:
            why = "these reports tell of another event than the rest"
            self._split_off(outcome.story, part, why, now, outcome)

    def _split_off(self, story: int, part: list[Trace], why: str, now: datetime, outcome: Outcome) -> None:
        """Move some reports, with their copies, into a story of their own."""
        held = self.shelf.held[story]
        moving = {t.item_id for t in part}
        moving |= {i for i, m in held.members.items() if m.copy_of in moving}
        if len(moving) >= len(held.members):
            return
        new = self._next_id()
        self.shelf.held[new] = Held(_blank(new, now))
        for item in sorted(moving):
            member = held.members[item]
            self.shelf.put(new, member)
            self.placed.add(item)
            for key in self.shelf.file(member.trace, new):
                self.new_keys[(key, new)] = item
        first = self.shelf.held[new].members[min(moving)]
        reduced = replace(held.story, item_count=0, sources=(), languages=(), terms=())
        self._refresh(story, reduced, None, now)
        outcome.changes.append(self._note(story, ChangeKind.SPLIT, why, now, into=new, items=sorted(moving)))
        outcome.changes.extend(self._refresh(new, None, first, now))
        outcome.parted.append(new)
        if outcome.story == story and first.trace.item_id in moving:
            outcome.story = self.shelf.home.get(part[-1].item_id, story)


def _blank(story: int, now: datetime) -> Story:
    return Story(id=story, version=0, created_at=now, updated_at=now, kind=Kind.OTHER, gist="", event=None)
