"""Keys in memory answer as a plain table of rows would, however they came in."""

import random

import numpy as np
import pytest

from worker.domain.stories.keys import first_key
from worker.errors import StorageError
from worker.storage.filed import Filed, pack, pack_pairs, run_of, unpack

DAY = 739_700


def as_run(rows):
    return run_of([(story, item, [key]) for key, story, item in rows])


class Table:
    """Runs as a database would hand them out."""

    def __init__(self):
        self.runs = []
        self.merged = []

    def add(self, rows, *, floor=0, merged=()):
        number = self.runs[-1][0] + 1 if self.runs else 1
        self.runs.append((number, floor, pack(as_run(rows)), pack_pairs(merged)))

    def all(self, query, values=()):
        if "merged_into" in query:
            return self.merged
        after, first = values
        rows = [(n, floor, body if n > after else None, m) for n, floor, body, m in self.runs if n >= first]
        return rows[:100]


def reference(rows, keys, per_key):
    found = []
    for key in keys:
        found += [row for row in rows if row[0] == key][-per_key:]
    return found


@pytest.mark.parametrize("seed", range(5))
def test_rows_that_come_in_runs_are_found_as_in_one_table(seed):
    dice = random.Random(seed)
    table, filed, rows = Table(), Filed(), []
    for batch in range(150):
        new = sorted(
            (first_key(DAY + dice.randrange(12)) | dice.randrange(60), batch * 50 + n, batch * 50 + n)
            for n in range(dice.choice((1, 3, 40)))
        )
        table.add(new)
        rows += new
        if batch % 10 == 0:
            keys = sorted({first_key(DAY + dice.randrange(12)) | dice.randrange(80) for _ in range(70)})
            for per_key in (1, 3, 1000):
                assert filed.reach(table, keys, per_key) == reference(rows, keys, per_key)
    assert len(filed) <= len(rows)
    late = Filed()
    keys = sorted({key for key, _, _ in rows})
    assert late.reach(table, keys, 4) == filed.reach(table, keys, 4) == reference(rows, keys, 4)
    assert len(late) == len(rows)


def test_what_lies_below_the_floor_is_gone_from_memory_and_not_taken_in_again():
    table, filed = Table(), Filed()
    keys = [first_key(DAY + n) | 7 for n in range(10)]
    table.add([(key, 1, 1) for key in keys])
    assert len(filed.reach(table, keys, 5)) == 10
    table.add([], floor=DAY + 6)
    table.add([(keys[0], 2, 2), (keys[9], 2, 2)])
    expected = [(key, 1, 1) for key in keys[6:]] + [(keys[9], 2, 2)]
    assert filed.reach(table, keys, 5) == expected
    assert len(filed) == 5
    assert Filed().reach(table, keys, 5) == expected


def test_a_merged_storys_keys_lead_to_the_story_that_it_is_part_of_now():
    table, filed = Table(), Filed()
    key = first_key(DAY) | 3
    table.add([(key, 1, 10), (key, 2, 20)])
    assert filed.reach(table, [key], 5) == [(key, 1, 10), (key, 2, 20)]
    table.add([(key, 3, 30)], merged=[(2, 1)])
    table.add([], merged=[(1, 3)])
    assert filed.reach(table, [key], 5) == [(key, 3, 10), (key, 3, 20), (key, 3, 30)]
    table.merged = [(7, 3)]
    table.runs = [(9, 0, pack(as_run([(key, 7, 70)])), b"")]
    assert Filed().reach(table, [key], 5) == [(key, 3, 70)]


def test_a_run_of_bytes_reads_as_it_was_written():
    rows = [(-5, 1, 2), (first_key(DAY), 2**32 - 1, 7)]
    run = unpack(pack(as_run(rows)))
    assert list(zip(run.keys.tolist(), run.stories.tolist(), run.items.tolist(), strict=True)) == rows
    assert len(unpack(pack(run_of([]))).keys) == 0
    assert np.frombuffer(pack_pairs([(1, 2)]), "<u4").tolist() == [1, 2]


def test_an_id_that_does_not_fit_is_refused_and_not_cut():
    with pytest.raises(StorageError, match="32 bits"):
        pack(as_run([(1, 2**32, 1)]))
