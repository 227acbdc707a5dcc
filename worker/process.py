"""What each process of the service does before its work: logs and Sentry, the same way everywhere."""

from __future__ import annotations

import gc

from config.settings import Settings, secrets
from worker import log, sentry


def prepare(settings: Settings, process: str) -> None:
    """Send this process's lines to the log and its errors to Sentry. `process` where none is set."""
    name, hidden = settings.process or process, secrets(settings)
    ease_collector()
    log.configure(
        style=log.style_for(settings.log_format), level=settings.log_level, process=name, secrets=hidden
    )
    sentry.start(
        dsn=settings.sentry_dsn, environment=settings.sentry_environment, process=name, secrets=hidden
    )
    for warning in settings.warnings:
        log.get(__name__).warning(warning)


def ease_collector() -> None:
    """Let the garbage collector look seldom.

    A batch's entries, reports and stories live at once and hardly any in a cycle: with Python's own
    thresholds the collector walks all of them, and what the caches hold, again and again and frees
    next to nothing. That was a sixth of what linking takes beside a large archive.
    """
    gc.set_threshold(200_000, 10, 100)
