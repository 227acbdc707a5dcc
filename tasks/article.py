"""The article room's shell."""

from __future__ import annotations

from celery import shared_task

from tasks.shell import work
from worker.bootstrap import house


@shared_task(name="marsad.article")
def article() -> None:
    """Fetch the pages that items with a mere teaser ask for."""
    work("article", house().article, "read")
