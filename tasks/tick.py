"""The tick: rings every room that has due work. It is the sweep too, so nothing stands still for long."""

from __future__ import annotations

from celery import shared_task

from tasks.shell import ring
from worker.bootstrap import house


@shared_task(name="marsad.tick")
def tick() -> None:
    """Ring the rooms with due rows, and note the time for `marsad status` and the watchdog."""
    for room in house().tick():
        ring(room)
