"""Puts one report after the other into stories: joins, merges, splits, and says what changed.

Pure: the shelf that it works on is given, and so is the time. A service loads a shelf from the database,
lets the linker work, and writes what it left; a short run keeps one shelf in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from worker.domain.model import Event, Story
from worker.domain.stories.clustering import Choice, choose, in_conflict, one_story, parts
from worker.domain.stories.consolidation import Member
from worker.domain.stories.likeness import NEAR
from worker.domain.stories.scores import Scores
from worker.domain.stories.shelf import Reached, Shelf
from worker.domain.stories.trace import Trace
from worker.domain.stories.weights import Weights
from worker.domain.stories.workbench import Outcome, Workbench

CLOSE_LOOKS = 4

SMALL_SPLIT = 24
"""Stories with more texts of their own than this are not taken apart by the machine."""


class Linker(Workbench):
    """Decides over a shelf."""

    def __init__(
        self,
        shelf: Shelf,
        next_id: Callable[[], int],
        *,
        scores: Scores | None = None,
        tell: Callable[[Event], str] | None = None,
    ) -> None:
        """Work on this shelf; `scores` may be kept from a first look at the same reports."""
        super().__init__(shelf, next_id, tell=tell)
        self._scores = scores or Scores(Weights())
        self._reached: dict[int, Mapping[int, Reached]] = {}
        self._glanced: dict[int, dict[int, float]] = {}

    def reach(self, traces: Iterable[Trace]) -> tuple[set[int], set[int]]:
        """Follow the reports' keys; the items whose traces are wanted, and those of which a sight will do."""
        whole: set[int] = set()
        sights: set[int] = set()
        for trace in traces:
            found = self._reached[trace.item_id] = self.shelf.reached(trace, self.shelf.postings)
            for one in found.values():
                (whole if one.copy else sights).update(one.items)
        return whole, sights - whole

    def open(self, traces: Iterable[Trace]) -> set[int]:
        """Name the items that the sights do not rule out: their traces are wanted as well."""
        sights, rules_out = self.shelf.sights, self._scores.cannot_be
        wanted: set[int] = set()
        for trace in traces:
            for one in self._reached[trace.item_id].values():
                if one.copy:
                    continue
                # Without a sight is what another report of the batch wants whole.
                one.items = [i for i in one.items if i not in sights or not rules_out(trace, sights[i])]
                wanted.update(one.items)
        return wanted

    def glance(self, traces: Sequence[Trace]) -> set[int]:
        """Name all stories near these reports, and remember them for when they are linked."""
        for trace in traces:
            reached = self._reached.get(trace.item_id)
            if reached is None:
                reached = self.shelf.reached(trace, self.shelf.postings)
            self._glanced[trace.item_id] = self._at(trace, reached)
        return {story for trace in traces for story in self.near(trace)}

    def near(self, trace: Trace) -> list[int]:
        """Name the few stories that this report may belong to, by a first glance at single reports.

        What was glanced at before the batch is not looked at again: only what was filed since is added.
        """
        glances = self._glanced.get(trace.item_id)
        if glances is None:
            glances = self._at(trace, self.shelf.reached(trace, self.shelf.postings))
        elif self.shelf.fresh:
            glances = glances | self._at(trace, self.shelf.reached(trace, self.shelf.fresh))
        best: dict[int, float] = {}
        for known, score in glances.items():
            story = self.shelf.follow(known)
            best[story] = max(score, best.get(story, -1.0))
        return sorted(best, key=lambda story: (-best[story], story))[:CLOSE_LOOKS]

    def _at(self, trace: Trace, reached: Mapping[int, Reached]) -> dict[int, float]:
        """Glance at stories; those that are near enough, each with its best report's likeness."""
        found: dict[int, float] = {}
        for story, one in reached.items():
            best = -1.0
            for item in one.items:
                other = self.shelf.trace(item)
                if other is not None:
                    likeness = self._scores(trace, other)
                    best = max(best, likeness.score + likeness.copy)
            if best >= NEAR:
                found[story] = best
        return found

    def link(self, trace: Trace, now: datetime) -> Outcome:
        """Find or make the report's story and record what became different."""
        editions = self.shelf.editions(trace)
        if editions and not trace.pinned and any(m.trace.pinned for m in editions):
            trace = replace(trace, pinned=True)  # a revision stays where a person has put the report
        present = self.shelf.home.get(trace.item_id)
        if present is None and editions:
            present = self.shelf.home[editions[-1].trace.item_id]
        if present is not None and trace.pinned:
            choice = Choice(present, 1.0, "pinned here by hand")
        else:
            choice = self._choose(trace, present, {m.trace.item_id for m in editions})
        vacated = present if present is not None and present != choice.story else None
        for member in editions:
            if member.trace.revision < trace.revision and not member.superseded:
                self.supersede(member.trace.item_id)
        outcome = self._join(trace, choice, now)
        if vacated is not None:
            self.look_again(vacated, f"report {trace.item_id} tells of another event", now, outcome)
        if choice.rivals and not trace.pinned:
            self._merge(trace, outcome, choice.rivals, now)
        self._part(trace, outcome, now)
        return outcome

    def _choose(self, trace: Trace, present: int | None, editions: set[int]) -> Choice:
        """Choose among the near stories; a report that is somewhere stays there while it fits."""
        held = self.shelf.held
        near = [story for story in self.near(trace) if story in held]
        if present is not None and present not in near:
            near.append(present)
        if not near:
            return choose(trace, {}, self._scores)
        compared = {
            story: [t for t in held[story].own_texts() if t.item_id != trace.item_id] for story in near
        }
        if present is not None:
            fits = [t for t in compared[present] if t.item_id not in editions]
            clash = bool(fits) and in_conflict(trace, fits, self._scores)
            taken_back = not trace.events and any(t.events for t in compared[present])
            if not clash or taken_back:
                return Choice(present, 1.0, "a later version of a report that is here")
            compared[present] = fits
        pinned = {story for story in compared if held[story].story.pinned}
        return choose(trace, compared, self._scores, pinned)

    def _join(self, trace: Trace, choice: Choice, now: datetime) -> Outcome:
        """Lay the report into its story, or a new one."""
        story = choice.story
        before: Story | None = None
        known = False
        if story is None:
            story = self.new_story(now)
        else:
            before = self.shelf.held[story].story
            known = trace.item_id in self.shelf.held[story].members
        member = Member(trace, choice.why, choice.score, copy_of=choice.copy_of)
        self.place(story, member)
        found = self.refresh(story, before, member, now, grown=0 if known else 1)
        return Outcome(story, choice.why, choice.score, changes=found)

    def _merge(self, trace: Trace, outcome: Outcome, rivals: tuple[int, ...], now: datetime) -> None:
        """Make one of stories that this report shows to be the same; the older one's id stays."""
        held = self.shelf.held
        for rival in rivals:
            mine, other = held.get(outcome.story), held.get(rival)
            if mine is None or other is None or rival == outcome.story:
                continue
            if mine.story.pinned or other.story.pinned:
                continue  # a person has settled what belongs together here
            verdict = one_story(mine.own_texts(), other.own_texts(), self._scores)
            if not verdict.same:
                continue
            winner, loser = sorted(
                (outcome.story, rival), key=lambda s: (held[s].story.created_at, s < 0, abs(s))
            )
            why = f"report {trace.item_id} shows that they are one: {verdict.why}"
            self.absorb(winner, loser, why, now, outcome)
            outcome.story = winner

    def _part(self, trace: Trace, outcome: Outcome, now: datetime) -> None:
        """Take a story apart that holds two events, when the new report contradicts part of it."""
        held = self.shelf.held[outcome.story]
        if held.story.pinned or len(held.members) < 3:
            return
        texts = held.own_texts()
        if not 3 <= len(texts) <= SMALL_SPLIT or not in_conflict(trace, texts, self._scores):
            return
        for part in parts(texts, self._scores)[1:]:
            why = "these reports tell of another event than the rest"
            self.split_off(outcome.story, [t.item_id for t in part], why, now, outcome)
