"""When a worker counts as deaf to its bells."""

from worker.stall import Watch


def looks(watch, *rows):
    return [
        watch.deaf(now, busy=busy, accepted=accepted, waiting=waiting)
        for now, busy, accepted, waiting in rows
    ]


def test_a_worker_that_is_idle_beside_waiting_bells_for_long_is_deaf():
    assert looks(Watch(patience_s=10), (0, False, 5, 0), (3, False, 5, 1), (6, False, 5, 2), (13, False, 5, 9)) == [
        False, False, False, True,
    ]  # fmt: skip


def test_a_task_at_work_or_one_just_accepted_or_an_empty_queue_begins_the_patience_anew():
    for between in [(8, True, 5, 3), (8, False, 6, 3), (8, False, 5, 0)]:
        accepted = between[2]
        assert looks(Watch(patience_s=10), (0, False, 5, 3), (3, False, 5, 3), between, (14, False, accepted, 3)) == [
            False, False, False, False,
        ]  # fmt: skip


def test_a_worker_may_be_deaf_from_its_start():
    assert looks(Watch(patience_s=10), (0, False, 0, 3), (1, False, 0, 3), (12, False, 0, 3)) == [
        False, False, True,
    ]  # fmt: skip
