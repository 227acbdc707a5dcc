"""Follows keys to stories in memory; in the database they lie as runs, one for each batch of linking.

A key of a report is a random number behind its day: as rows of an index, the keys of one batch change
a page each, and most of what linking reads and writes in a large archive are these pages. As one sorted
array of bytes they are a row at the end of a table. Whoever links reads the runs that it has not seen
yet and lays them into arrays of its own, a stretch of days each, which are sought by halving.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from threading import Lock
from typing import Any, NamedTuple

import numpy as np

from worker.domain.stories.keys import first_key
from worker.errors import StorageError
from worker.storage.plain import Plain

ROW_BYTES = 16
"""A key of eight bytes, a story and an item of four each."""

_STRETCH = 50
"""Bits of a key below its stretch of days: four days each, so that old ones go as a whole."""

_RATIO = 16
"""An array is laid into the next one before it reaches this part of it: few are to be sought, and few sorted."""

_AT_ONCE = 100
"""Runs read at a time, when a process begins."""

_RUNS = f"""
SELECT id, floor, CASE WHEN id > ? THEN body END, merged FROM link_runs WHERE id >= ? ORDER BY id LIMIT {_AT_ONCE}
"""  # noqa: S608 - a constant of ours
_MERGED = "SELECT id, merged_into FROM stories WHERE merged_into IS NOT NULL"

Array = np.ndarray[Any, np.dtype[Any]]


class Run(NamedTuple):
    """Rows in order of their keys, those of one key in the order of filing; three arrays of one length."""

    keys: Array
    stories: Array
    items: Array

    def take(self, where: Array | slice) -> Run:
        """Pick rows."""
        return Run(self.keys[where], self.stories[where], self.items[where])


def run_of(filed: Sequence[tuple[int, int, Sequence[int]]]) -> Run:
    """Make a run of (story, item, keys), in any order."""
    counts = [len(keys) for _, _, keys in filed]
    stories, items = (np.repeat(np.array([one[i] for one in filed], np.int64), counts) for i in (0, 1))
    keys = np.fromiter(chain.from_iterable(keys for _, _, keys in filed), np.int64, sum(counts))
    return _in_order([Run(keys, stories, items)])


def pack(run: Run) -> bytes:
    """Write a run as bytes.

    Raises `StorageError` for an id beyond 32 bits.
    """
    for ids in run[1:]:
        if len(ids) and not 0 <= int(ids.min()) <= int(ids.max()) < 1 << 32:
            raise StorageError("an id does not fit into 32 bits", where="link_runs", remedy="report this")
    return b"".join(
        part.astype(kind).tobytes() for part, kind in zip(run, ("<i8", "<u4", "<u4"), strict=True)
    )


def unpack(body: bytes) -> Run:
    """Read a run's bytes."""
    count = len(body) // ROW_BYTES
    return Run(
        np.frombuffer(body, "<i8", count),
        np.frombuffer(body, "<u4", count, 8 * count),
        np.frombuffer(body, "<u4", count, 12 * count),
    )


def pack_pairs(pairs: Iterable[tuple[int, int]]) -> bytes:
    """Make the bytes of (story that is gone, story that it is part of)."""
    return np.array(list(pairs), dtype="<u4").tobytes()


class Filed:
    """What every key of the window leads to, as far as this process has read it."""

    def __init__(self) -> None:
        """Begin empty; the first look reads the window."""
        self._lock = Lock()
        self._begin()

    def _begin(self) -> None:
        self._last = 0
        """The newest run that was read."""
        self._floor = 0
        self._stretches: dict[int, list[Run]] = {}
        """Largest run first."""
        self._merged: dict[int, int] = {}

    def reach(self, plain: Plain, keys: Sequence[int], per_key: int) -> list[tuple[int, int, int]]:
        """Follow keys, in their order, to the stories that were filed last under each: (key, story, item)."""
        with self._lock:
            self._read_on(plain)
            found = self._follow(np.array(keys, dtype=np.int64), per_key)
            stories = found.stories.tolist()
            if self._merged:
                stories = [self._present(s) if s in self._merged else s for s in stories]
            return list(zip(found.keys.tolist(), stories, found.items.tolist(), strict=True))

    def __len__(self) -> int:
        """Rows held."""
        return sum(len(run.keys) for levels in self._stretches.values() for run in levels)

    # --- reading ---------------------------------------------------------------------------------------

    def _read_on(self, plain: Plain) -> None:
        rows = self._next(plain)
        if self._last and not rows:  # the newest run never goes: this is another database
            self._begin()
            rows = self._next(plain)
        if rows and not self._last:
            self._merged.update(plain.all(_MERGED))
        while rows:
            self._take([row for row in rows if row[2] is not None])
            rows = self._next(plain) if len(rows) == _AT_ONCE else []

    def _next(self, plain: Plain) -> list[Any]:
        return plain.all(_RUNS, (self._last, self._last))

    def _take(self, rows: Sequence[tuple[int, int, bytes, bytes]]) -> None:
        """Lay runs into the stretches of their days."""
        if not rows:
            return
        self._last = rows[-1][0]
        floor = max(row[1] for row in rows)
        if floor > self._floor:
            self._floor = floor
            self._drop(first_key(floor))
        gone, into = np.frombuffer(b"".join(row[3] for row in rows), "<u4").reshape(-1, 2).T.tolist()
        self._merged.update(zip(gone, into, strict=True))
        run = _in_order([unpack(row[2]) for row in rows])
        if self._floor:
            run = run.take(slice(int(np.searchsorted(run.keys, first_key(self._floor))), None))
        for stretch, first, last in _stretches(run.keys):
            self._lay(stretch, Run(*(part[first:last].copy() for part in run)))

    def _lay(self, stretch: int, run: Run) -> None:
        levels = self._stretches.setdefault(stretch, [])
        levels.append(run)
        while len(levels) > 1 and _RATIO * len(levels[-1].keys) > len(levels[-2].keys):
            young, old = levels.pop(), levels.pop()
            levels.append(_in_order([old, young]))

    def _drop(self, below: int) -> None:
        """Forget what lies before a key."""
        for stretch in [s for s in self._stretches if s <= below >> _STRETCH]:
            left = [
                r.take(slice(int(np.searchsorted(r.keys, below)), None)) for r in self._stretches.pop(stretch)
            ]
            if left := [run for run in left if len(run.keys)]:
                self._stretches[stretch] = left

    # --- following -------------------------------------------------------------------------------------

    def _follow(self, keys: Array, per_key: int) -> Run:
        found = [
            run.take(hits)
            for stretch, first, last in _stretches(keys)
            for run in self._stretches.get(stretch, ())
            if len(hits := _hits(run.keys, keys[first:last], per_key))
        ]
        if not found:
            return unpack(b"")
        if len(found) == 1:
            return found[0]
        together = _in_order(found)
        return together.take(_newest(together.keys, per_key))

    def _present(self, story: int) -> int:
        while story in self._merged:
            story = self._merged[story]
        return story


def _stretches(keys: Array) -> list[tuple[int, int, int]]:
    """Cut ordered keys into stretches of days: number, first and behind last index."""
    numbers = keys >> _STRETCH
    cuts = [0, *(np.flatnonzero(np.diff(numbers)) + 1).tolist(), len(keys)]
    return [(int(numbers[a]), a, b) for a, b in pairwise(cuts) if a < b]


def _in_order(runs: Sequence[Run]) -> Run:
    """Put runs together; among rows of one key an earlier run's go first."""
    together = runs[0] if len(runs) == 1 else Run(*(np.concatenate(part) for part in zip(*runs, strict=True)))
    if np.all(together.keys[1:] >= together.keys[:-1]):
        return together
    return together.take(np.argsort(together.keys, kind="stable"))


def _hits(held: Array, sought: Array, per_key: int) -> Array:
    """Find the rows of the sought keys, at most so many a key, the last ones."""
    first = np.searchsorted(held, sought)
    there = held[np.minimum(first, len(held) - 1)] == sought
    first, behind = first[there], np.searchsorted(held, sought[there], side="right")
    first = np.maximum(first, behind - per_key)
    counts = behind - first
    return np.repeat(first - (np.cumsum(counts) - counts), counts) + np.arange(int(counts.sum()))


def _newest(keys: Array, per_key: int) -> Array:
    """Find the last rows of each key."""
    place = np.arange(len(keys))
    return place[np.searchsorted(keys, keys, side="right") - place <= per_key]
