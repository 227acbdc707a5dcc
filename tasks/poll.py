"""The poll room's shell."""

from __future__ import annotations

from celery import shared_task

from tasks.shell import work
from worker.bootstrap import house


@shared_task(name="marsad.poll")
def poll() -> None:
    """Fetch, parse and store a batch of due feeds."""
    work("poll", house().poll, "read")
