"""Chores: when they are done, and what a broken one does to the others."""

from datetime import UTC, datetime, timedelta

import pytest

from worker.errors import StorageError
from worker.services.keep import Chore, KeepService, retention, watchdog

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Store:
    """Facts and notices in memory."""

    def __init__(self, polled=0, answered=0, prunes=()):
        self.facts, self.notices, self.prunes = {}, [], list(prunes)
        self.polled, self.answered, self.limits = polled, answered, []

    def value(self, key):
        return self.facts.get(key)

    def set_value(self, key, value, now):
        self.facts[key] = value

    def add_notices(self, notices, now):
        new = [n for n in notices if (n.kind, n.subject) not in {(o.kind, o.subject) for o in self.notices}]
        self.notices += new
        return new

    def reached(self, since):
        return self.polled, self.answered

    def prune(self, **limits):
        self.limits.append(limits)
        return self.prunes.pop(0) if self.prunes else {"items": 0}


class Clock:
    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


def test_a_chore_is_done_when_it_is_due_and_not_before():
    done, clock = [], Clock()
    keeper = KeepService(Store(), [Chore("count", timedelta(hours=1), lambda: done.append(1) or "")], clock)
    assert keeper.run() == ["count"]
    assert keeper.run() == []
    clock.now += timedelta(minutes=61)
    assert keeper.run() == ["count"]
    assert len(done) == 2


@pytest.mark.parametrize(
    ("error", "said"),
    [(ValueError("secret detail"), "ValueError"), (StorageError("the disk is full"), "disk is full")],
)
def test_a_broken_chore_is_told_of_and_the_others_are_done(error, said):
    def broken():
        raise error

    store = Store()
    chores = [Chore("broken", timedelta(hours=1), broken), Chore("fine", timedelta(hours=1), lambda: "")]
    assert KeepService(store, chores, Clock()).run() == ["fine"]
    assert said in store.notices[0].text
    assert "secret detail" not in store.notices[0].text
    assert KeepService(store, chores, Clock()).run() == []


def test_retention_goes_on_batch_by_batch_until_nothing_is_left():
    store = Store(prunes=[{"items": 500, "stories": 2}, {"items": 3, "stories": 0}])
    said = retention(store, Clock(), keep=timedelta(days=90), keep_stories=timedelta(days=730))
    assert said == "503 items, 2 stories"
    assert len(store.limits) == 3
    assert store.limits[0]["loose_before"] == NOW - timedelta(days=90)


def test_that_nothing_can_be_reached_is_said_in_one_line_once_a_day():
    store = Store(polled=60)
    said = watchdog(store, Clock())
    assert said.startswith("None of the 60 feeds polled in the last 30 minutes answered.")
    assert "\n" not in said
    assert watchdog(store, Clock()) == ""


def test_one_answer_is_enough_and_nothing_polled_is_no_outage():
    assert watchdog(Store(polled=60, answered=1), Clock()) == ""
    assert watchdog(Store(), Clock()) == ""


def test_a_disk_that_fills_up_is_told_of():
    assert "100 MB are free" in watchdog(Store(), Clock(), free_bytes=lambda: 100 * 1024**2)
    assert watchdog(Store(), Clock(), free_bytes=lambda: 10**10) == ""
