"""The keep room's shell."""

from __future__ import annotations

from celery import shared_task

from worker.bootstrap import house


@shared_task(name="marsad.keep")
def keep() -> None:
    """Do what is due of retention, digests, reminders, backups and the watchdog."""
    house().keep()
