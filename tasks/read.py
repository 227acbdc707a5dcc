"""The read room's shell."""

from __future__ import annotations

from celery import shared_task

from tasks.shell import work
from worker.bootstrap import house


@shared_task(name="marsad.read")
def read() -> None:
    """Clean, detect the language of and analyse a batch of new items."""
    work("read", house().read, "link", "article")
