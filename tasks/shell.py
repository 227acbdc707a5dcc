"""What every task shares: do one batch of a room, then ring on."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from celery import current_app
from kombu.exceptions import OperationalError

log = structlog.get_logger("marsad.tasks")

BELL_EXPIRES_S = 20.0
"""A bell that nobody answered in this time is thrown away: the tick rings again for what is due."""


def ring(room: str) -> None:
    """Say that there is work in a room. A lost bell costs one tick, a doubled one an empty claim."""
    try:
        current_app.send_task(f"marsad.{room}", expires=BELL_EXPIRES_S)
    except OperationalError as fault:
        # The work is done and saved; failing the task for a bell would only look like lost work.
        log.warning("bell not rung; the next tick will", bell=room, error=str(fault))


def work(room: str, batch: Callable[[], int], *following: str) -> None:
    """Do one batch; while there was something to do, ring this room and the following ones."""
    done = batch()
    if done:
        log.info("worked", room=room, rows=done)
        for bell in (room, *following):
            ring(bell)
