"""The link room: claimed reports find their stories.

Reading, comparing and deciding happen outside any lock. Inside the one global section only the log's
mark is looked at again: if nobody wrote meanwhile, the plan is written as it is; if somebody did, it is
made again over what is there now, with all comparisons remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count

import structlog

from worker.domain.model import ChangeKind, Lease, Report, StoryChange
from worker.domain.stories import by_hand, words
from worker.domain.stories.book import LinkSettings
from worker.domain.stories.consolidation import Member
from worker.domain.stories.keys import INDEXED, address_key
from worker.domain.stories.linker import Linker
from worker.domain.stories.scores import Scores
from worker.domain.stories.shelf import PER_KEY, PER_WORD, Shelf
from worker.domain.stories.trace import Trace, make_trace
from worker.domain.stories.weights import Weights
from worker.domain.stories.workbench import Outcome, Workbench
from worker.errors import MarsadError
from worker.ports import Clock, LinkReader, LinkStore, LinkWrite

log = structlog.get_logger("marsad.link")

WARM_UP = 2000
"""Reports from which a new process learns which words are rare."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What one batch is to write, and the mark of the log that it was made on."""

    mark: int
    writes: tuple[LinkWrite, ...]


class LinkService:
    """Claims analysed items and puts them into stories."""

    def __init__(
        self,
        store: LinkStore,
        *,
        clock: Clock,
        settings: LinkSettings | None = None,
        lease: timedelta = timedelta(seconds=90),
        settle_after: timedelta = timedelta(hours=24),
    ) -> None:
        """`settle_after` is how long a story stays `developing` without a new report."""
        self._store = store
        self._clock = clock
        self._settings = settings or LinkSettings()
        self._common = words.folded(self._settings.common_words)
        self._lease = lease
        self._settle_after = settle_after
        self._weights = Weights()
        self._scores = Scores(self._weights)
        self._warm = False

    def run(self, limit: int) -> int:
        """Link up to `limit` items; returns how many moved on."""
        claimed = self._store.claim_read(self._clock(), limit, self._lease)
        if claimed and not self._warm:
            for trace in reversed(self._store.recent_traces(WARM_UP)):
                self._weights.observe(trace)
            self._warm = True
        traced: list[tuple[Trace, Lease]] = []
        for report, lease in sorted(claimed, key=lambda pair: (pair[0].time, pair[0].item_id)):
            made = self._trace(report, lease)
            if made is not None:
                traced.append((made, lease))
        return self._link(traced) if traced else 0

    def _trace(self, report: Report, lease: Lease) -> Trace | None:
        try:
            trace = make_trace(report, self._common)
            self._weights.observe(trace)
        except Exception as fault:  # noqa: BLE001 - one bad item must not keep the batch from its stories
            self._store.fail_link(lease, f"{type(fault).__name__}: {fault}", self._clock())
            return None
        return trace

    def _link(self, traced: Sequence[tuple[Trace, Lease]]) -> int:
        """Write the batch; where it fails as a whole, item by item, so that one cannot hold up the rest."""
        try:
            return self._write([t for t, _ in traced], [lease for _, lease in traced])
        except MarsadError:
            raise
        except Exception as fault:  # noqa: BLE001 - likewise
            if len(traced) > 1:
                return sum(self._link([pair]) for pair in traced)
            self._store.fail_link(traced[0][1], f"{type(fault).__name__}: {fault}", self._clock())
            return 0

    def _write(self, traces: Sequence[Trace], leases: Sequence[Lease]) -> int:
        plan = self._plan(self._store, traces)
        with self._store.link_section(leases, self._clock()) as section:
            mine = [t for t in traces if t.item_id in section.held]
            if len(mine) < len(traces) or section.link_mark() != plan.mark:
                plan = self._plan(section, mine)
            real = section.write(plan.writes)
        for write in plan.writes:
            items = [member.trace.item_id for member in write.members]
            story = real.get(write.story.id, write.story.id)
            log.info("linked", story=story, version=write.story.version, items=items)
        return len(mine)

    def _plan(self, reader: LinkReader, traces: Sequence[Trace]) -> _Plan:
        """Decide over the stories that these reports' keys lead to."""
        mark = reader.link_mark()
        shelf = Shelf()
        ids = count(-1, -1)
        linker = Linker(shelf, lambda: next(ids), scores=self._scores, tell=self._settings.tell)
        _gather(reader, shelf, linker, traces, timedelta(days=self._settings.window_days))
        now = self._clock()
        outcomes = [linker.link(trace, now) for trace in traces]
        return _Plan(mark, writes_of(linker, outcomes))

    def settle(self, limit: int) -> int:
        """Mark stories that nothing was added to for a day as settled; returns how many."""
        now = self._clock()
        ids = self._store.idle_stories(now - self._settle_after, limit)
        if not ids:
            return 0
        with self._store.link_section([], now) as section:
            writes = []
            for story, _ in section.whole(ids):
                settled = replace(story, phase="settled", version=story.version + 1)
                hours = self._settle_after.total_seconds() / 3600
                why = f"no further report for {hours:.0f} hours"
                change = StoryChange(story.id, settled.version, ChangeKind.SETTLED, why, now)
                writes.append(LinkWrite(settled, changes=(change,)))
            section.write(writes)
        return len(writes)

    def prune(self) -> int:
        """Forget the keys of events that have left the window; returns how many."""
        return self._store.prune_links(self._clock(), self._settings.window_days)

    def merge(self, winner: int, loser: int, by: str) -> int:
        """Make two stories one because a person says so; returns the id that stays.

        Raises `MarsadError` for an id that is no story.
        """
        if winner == loser:
            raise MarsadError("a story cannot be merged with itself", where=f"story {winner}")
        self._by_hand(
            [winner, loser],
            lambda bench, now: by_hand.merge(bench, winner, loser, f"merged by {by}", now),
        )
        return winner

    def split(self, story: int, item_ids: Sequence[int], by: str) -> int:
        """Give some reports of a story one of their own because a person says so; returns its id."""

        def part(bench: Workbench, now: datetime) -> Outcome:
            members = bench.shelf.held[story].members
            strange = [i for i in item_ids if i not in members]
            if strange or not item_ids or len(set(item_ids)) >= len(members):
                raise MarsadError(
                    f"items {strange} are not in it" if strange else "some reports must go and some stay",
                    where=f"story {story}",
                    remedy=f"choose among items {sorted(members)}",
                )
            return by_hand.split(bench, story, item_ids, f"split by {by}", now)

        outcome, real = self._by_hand([story], part)
        return real[outcome.parted[0]]

    def pin(self, story: int, by: str) -> None:
        """Keep a story's present reports together: the machine neither splits nor merges it any more."""
        self._by_hand([story], lambda bench, now: by_hand.pin(bench, story, f"pinned by {by}", now))

    def _by_hand(
        self, ids: Sequence[int], act: Callable[[Workbench, datetime], Outcome]
    ) -> tuple[Outcome, dict[int, int]]:
        now = self._clock()
        with self._store.link_section([], now) as section:
            shelf = Shelf()
            numbers = count(-1, -1)
            bench = Workbench(shelf, lambda: next(numbers), tell=self._settings.tell)
            for found, members in section.whole(ids):
                shelf.lay(found, members)
            for wanted in ids:
                if wanted not in shelf.held:
                    raise MarsadError(
                        "there is no such story, or it was merged into another", where=f"story {wanted}"
                    )
            outcome = act(bench, now)
            return outcome, section.write(writes_of(bench, [outcome]))


def _gather(
    reader: LinkReader, shelf: Shelf, linker: Linker, traces: Sequence[Trace], window: timedelta
) -> None:
    """Lay onto the shelf what these reports may belong to: sights first, then traces, then stories whole."""
    sought = [shelf.sought(trace) for trace in traces]
    for part, per_key in ((0, PER_KEY), (1, PER_WORD)):
        # In order, so that what lies side by side in the index is read once.
        keys = sorted({key for pair in sought for key in pair[part] if key >= INDEXED})
        shelf.post(reader.reach(keys, per_key))
    urls = list({trace.url for trace in traces if trace.url})
    found = reader.addressed(urls, min(trace.at for trace in traces) - window)
    shelf.post((address_key(url), story, item) for url, story, item in found)
    whole, seen = linker.reach(traces)
    shelf.sights.update(reader.sights(sorted(seen)))
    shelf.loose.update(reader.traces(sorted(whole | linker.open(traces))))
    needed = linker.glance(traces) | reader.entered([t.entry_id for t in traces if t.entry_id])
    for story, members in reader.whole(sorted(needed)):
        shelf.lay(story, members)


def writes_of(bench: Workbench, outcomes: Sequence[Outcome]) -> tuple[LinkWrite, ...]:
    """Collect what deciding left behind, one write a story."""
    shelf = bench.shelf
    members: dict[int, list[Member]] = {}
    for item in sorted(bench.placed):
        story = shelf.home[item]
        members.setdefault(story, []).append(shelf.held[story].members[item])
    filed: dict[int, list[tuple[int, Sequence[int]]]] = {}
    for story, item, keys in bench.filed:
        filed.setdefault(shelf.follow(story), []).append((item, keys))
    changes: dict[int, list[StoryChange]] = {}
    absorbed: dict[int, list[int]] = {}
    for outcome in outcomes:
        for change in outcome.changes:
            changes.setdefault(change.story_id, []).append(change)
        for gone in outcome.absorbed:
            if gone > 0:
                absorbed.setdefault(shelf.follow(gone), []).append(gone)
    return tuple(
        LinkWrite(
            story=shelf.held[story].story,
            members=tuple(members.get(story, ())),
            filed=tuple(filed.get(story, ())),
            changes=tuple(changes.get(story, ())),
            absorbed=tuple(absorbed.get(story, ())),
        )
        for story in sorted(bench.touched, key=lambda s: (s < 0, abs(s)))
    )
