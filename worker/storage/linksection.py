"""What linking writes, in one short global section."""

# ruff: noqa: S608 - what is put together are constants of ours; values always travel beside the statement

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import msgspec

from worker.domain.model import Stage, Story
from worker.domain.stories.keys import day_of
from worker.ports import LinkWrite
from worker.storage.bulk import Bulk
from worker.storage.filed import Filed, pack, pack_pairs, run_of
from worker.storage.linkrows import KEPT, STORY_COLUMNS, Look, story_row
from worker.storage.plain import Plain
from worker.storage.tables import items, link_runs, stories, story_changes, story_items

_encode = msgspec.msgpack.Encoder().encode

_NEW_STORIES = Bulk(stories, ("id", *STORY_COLUMNS))
_STORIES = Bulk(stories, STORY_COLUMNS, key=("id",))
_MEMBERS = Bulk(
    story_items,
    ("item_id", "story_id", "why", "likeness", "copy_of", "superseded", "trace", "pinned", "added_at"),
)  # fmt: skip
_LINKED = Bulk(
    items, ("claimed_until", "story_id", "stage", "stage_at", "attempts", "error"), key=("id", "generation")
)
_MOVED = Bulk(items, ("story_id",), key=("id",))
_CHANGES = Bulk(story_changes, ("story_id", "version", "position", "kind", "reason", "at", "item_id", "data"))
RUNS = Bulk(link_runs, ("first_day", "last_day", "floor", "body", "merged"))


class Section(Look):
    """See `worker.ports.LinkSection`."""

    def __init__(self, plain: Plain, filed: Filed, generations: dict[int, int], now: datetime) -> None:
        """Write through this transaction, which is the section; `generations` are the leases by item."""
        super().__init__(plain, filed)
        self._generations = generations
        self._now = now
        self.held: Collection[int] = self._still_held()

    def _still_held(self) -> set[int]:
        """Find the leases that hold, and lock their items until the section ends."""
        if not self._generations:
            return set()
        lock = " ORDER BY id FOR UPDATE" if self.plain.postgres else ""
        query = f"SELECT id, generation FROM items WHERE id {self.plain.among}{lock}"
        rows = self.plain.all(query, (self.plain.listed(list(self._generations)),))
        return {item for item, generation in rows if generation == self._generations[item]}

    def write(self, writes: Sequence[LinkWrite]) -> dict[int, int]:
        """Write stories, then what hangs on them; new stories get their ids here."""
        real = self._insert([w.story for w in writes if w.story.id < 0])
        _STORIES.update(self.plain, [(*story_row(w.story), w.story.id) for w in writes if w.story.id > 0])
        for write in writes:
            for gone in write.absorbed:
                self._absorb(gone, real.get(write.story.id, write.story.id))
        self._members(writes, real)
        self._keys(writes, real)
        self._changes(writes, real)
        return real

    def _insert(self, new: Sequence[Story]) -> dict[int, int]:
        """Write new stories, numbered in order."""
        if not new:
            return {}
        ids = self.plain.new_ids("stories", len(new))
        _NEW_STORIES.insert(self.plain, [(i, *story_row(s)) for i, s in zip(ids, new, strict=True)])
        return {story.id: i for i, story in zip(ids, new, strict=True)}

    def _absorb(self, gone: int, into: int) -> None:
        """Lead everything of one story to another; the older addresses go on working."""
        plain, now = self.plain, self.plain.time(self._now)
        plain.run(
            "UPDATE stories SET merged_into = ?, updated_at = ?, phase = 'merged' WHERE id = ? OR merged_into = ?",
            (into, now, gone, gone),
        )
        plain.run("UPDATE story_items SET story_id = ? WHERE story_id = ?", (into, gone))
        plain.run("UPDATE items SET story_id = ? WHERE story_id = ?", (into, gone))

    def _members(self, writes: Sequence[LinkWrite], real: dict[int, int]) -> None:
        made: list[tuple[Any, ...]] = []
        linked: list[tuple[Any, ...]] = []
        moved: list[tuple[int, int]] = []
        for write in writes:
            story = real.get(write.story.id, write.story.id)
            for member in write.members:
                trace = member.trace
                item, blob = trace.item_id, _encode(trace)
                KEPT.put(blob, trace)
                made.append((item, story, member.why, member.likeness, member.copy_of, member.superseded, blob,
                             trace.pinned, self._now))  # fmt: skip
                if item in self.held:  # claimed: on to the next stage
                    linked.append(
                        (None, story, str(Stage.LINKED), self._now, 0, None, item, self._generations[item])
                    )
                else:
                    moved.append((story, item))
        _MEMBERS.put(self.plain, made)
        _LINKED.update(self.plain, linked)
        _MOVED.update(self.plain, moved)

    def _keys(self, writes: Sequence[LinkWrite], real: dict[int, int]) -> None:
        """Add one run: under which keys the batch is filed, and which stories are part of others now."""
        new, merged = [], []
        for write in writes:
            story = real.get(write.story.id, write.story.id)
            new += [(story, item, keys) for item, keys in write.filed]
            merged += [(gone, story) for gone in write.absorbed]
        if new or merged:
            run = run_of(new)
            days = (run.keys[0], run.keys[-1]) if new else ()
            first, last = (day_of(int(key)) for key in days) if new else (self._now.toordinal(),) * 2
            RUNS.insert(self.plain, [(first, last, 0, pack(run), pack_pairs(merged))])

    def _changes(self, writes: Sequence[LinkWrite], real: dict[int, int]) -> None:
        """Append to the log; positions number the changes of one version."""
        new: list[tuple[Any, ...]] = []
        for write in writes:
            story = real.get(write.story.id, write.story.id)
            positions: dict[int, int] = {}
            for change in write.changes:
                position = positions[change.version] = positions.get(change.version, -1) + 1
                data = {k: real.get(v, v) if k in ("into", "absorbed") else v for k, v in change.data.items()}
                new.append((story, change.version, position, str(change.kind), change.reason, change.at,
                            change.item_id, data))  # fmt: skip
        _CHANGES.insert(self.plain, new)
