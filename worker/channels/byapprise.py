"""Everything that Apprise speaks: Microsoft Teams, Telegram, ntfy and a hundred more."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from worker.channels.text import plain, title
from worker.domain.model import Delivery, SendResult, Sent
from worker.errors import ConfigError

LIMIT = 3500
"""Telegram takes 4096 characters, Teams more; a phone's screen holds less than either."""


@dataclass(slots=True)
class AppriseChannel:
    """One recipient an address; recipients are named by service and a digest, for addresses hold secrets."""

    urls: tuple[str, ...] = field(repr=False)
    name: str = "apprise"
    can_edit: bool = False
    pause_s: float = 0.0
    _made: dict[str, Any] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Parse every address now, so that a wrong one is told at start."""
        import apprise  # noqa: PLC0415 - 0.3 s that only users of it pay

        for number, url in enumerate(self.urls, 1):
            service = apprise.Apprise.instantiate(url, suppress_exceptions=True)
            if service is None:
                raise ConfigError(
                    f"address {number} is none that Apprise knows", where="MARSAD_APPRISE_URLS",
                    remedy="see github.com/caronc/apprise/wiki for the forms of addresses",
                )  # fmt: skip
            self._made[recipient_name(url)] = service

    def recipients(self) -> Sequence[str]:
        """Each address under its safe name."""
        return tuple(self._made)

    def send(self, delivery: Delivery, first: Delivery | None) -> Sent:
        """Notify one service; Apprise tells only whether it went well."""
        del first
        service = self._made.get(delivery.recipient)
        if service is None:
            return Sent(SendResult.REJECTED, f"{delivery.recipient} is no longer configured")
        heard = _Listener()
        logger = logging.getLogger("apprise")
        logger.addHandler(heard)
        try:
            done = service.notify(
                title=title(delivery.message), body=plain(delivery.message)[:LIMIT], body_format="text"
            )
        except (OSError, ValueError, TypeError) as fault:
            return Sent(SendResult.RETRY, f"{type(fault).__name__}: {fault}")
        finally:
            logger.removeHandler(heard)
        return Sent(SendResult.SENT) if done else heard.verdict()

    def ask(self, delivery: Delivery, first: Delivery | None) -> Sent | None:
        """Say that Apprise cannot ask."""
        del delivery, first
        return None


class _Listener(logging.Handler):
    """Apprise says in its log alone why a notification failed."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what was said."""
        self.said.append(record.getMessage())

    def verdict(self) -> Sent:
        """Tell a refusal from an outage by the status that Apprise logs."""
        said = " ".join(" ".join(self.said).split())[:200]
        if "error=429" in said:
            return Sent(SendResult.RETRY, said, retry_after_s=30.0)
        if any(f"error={status}" in said for status in (400, 413, 422)):
            return Sent(SendResult.REJECTED, said)
        if any(f"error={status}" in said for status in (401, 403, 404, 410)):
            return Sent(SendResult.CHANNEL_BROKEN, said)
        if any(sign in said for sign in ("Read timed out", "RemoteDisconnected", "Connection aborted")):
            return Sent(SendResult.UNCERTAIN, said)
        return Sent(SendResult.RETRY, said or "the service did not take it")


def recipient_name(url: str) -> str:
    """Name an address without its secrets: service and six characters of a digest."""
    service = url.split("://", 1)[0].lower() or "apprise"
    return f"{service}-{hashlib.sha256(url.encode()).hexdigest()[:6]}"
