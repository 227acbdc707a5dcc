"""The poll room's shell."""

from __future__ import annotations

from functools import partial

from celery import shared_task

from tasks.shell import log, ring
from worker.bootstrap import house


@shared_task(name="marsad.poll")
def poll() -> None:
    """Fetch, parse and store a batch of due feeds.

    The next batch is rung for when this one is claimed, not when it is done: else one bell would keep
    one child busy while the others wait.
    """
    done = house().poll(partial(ring, "poll"))
    if done:
        log.info("worked", room="poll", rows=done)
        ring("read")
