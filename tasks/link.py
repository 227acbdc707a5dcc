"""The link room's shell."""

from __future__ import annotations

from celery import shared_task

from tasks.shell import work
from worker.bootstrap import house


@shared_task(name="marsad.link")
def link() -> None:
    """Put a batch of analysed items into stories."""
    work("link", house().link, "judge")
