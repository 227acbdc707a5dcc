"""What each process of the service does before its work: logs and Sentry, the same way everywhere."""

from __future__ import annotations

from config.settings import Settings, secrets
from worker import log, sentry


def prepare(settings: Settings, process: str) -> None:
    """Send this process's lines to the log and its errors to Sentry. `process` where none is set."""
    name, hidden = settings.process or process, secrets(settings)
    log.configure(
        style=log.style_for(settings.log_format), level=settings.log_level, process=name, secrets=hidden
    )
    sentry.start(
        dsn=settings.sentry_dsn, environment=settings.sentry_environment, process=name, secrets=hidden
    )
    for warning in settings.warnings:
        log.get(__name__).warning(warning)
