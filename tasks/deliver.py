"""The deliver room's shell."""

from __future__ import annotations

from celery import shared_task

from tasks.shell import work
from worker.bootstrap import house


@shared_task(name="marsad.deliver")
def deliver() -> None:
    """Send what is due in the outbox, channel by channel."""
    work("deliver", house().deliver)
