"""The judge room's shell."""

from __future__ import annotations

from celery import shared_task

from tasks.shell import work
from worker.bootstrap import house


@shared_task(name="marsad.judge")
def judge() -> None:
    """Let the watches look at what became different in stories."""
    work("judge", house().judge, "deliver")
