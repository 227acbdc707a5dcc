"""PagerDuty by Events API v2: one incident a story; `dedup_key` makes repeating harmless.

Source: developer.pagerduty.com/docs/events-api-v2.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from worker.channels.http import judge, post
from worker.channels.text import plain, title
from worker.domain.model import Delivery, Message, SendResult, Sent, Severity

URL = "https://events.pagerduty.com/v2/enqueue"
LEVELS = {
    Severity.CRITICAL: "critical",
    Severity.HIGH: "error",
    Severity.MODERATE: "warning",
    Severity.LOW: "info",
}


@dataclass(slots=True)
class PagerDutyChannel:
    """One service of PagerDuty."""

    routing_key: str = field(repr=False)
    url: str = field(default=URL, repr=False)
    timeout_s: float = 15
    name: str = "pagerduty"
    can_edit: bool = True
    pause_s: float = 0.0

    def recipients(self) -> Sequence[str]:
        """Whoever is on call."""
        return ("on-call",)

    def send(self, delivery: Delivery, first: Delivery | None) -> Sent:
        """Trigger, or trigger again with what changed, or resolve."""
        del first
        resolves = delivery.message.kind in ("resolved", "retraction")
        body = json.dumps(self.event(delivery, "resolve" if resolves else "trigger"), ensure_ascii=False)
        answer = post(
            self.url,
            body.encode("utf-8", "replace"),
            {"Content-Type": "application/json"},
            timeout_s=self.timeout_s,
        )
        return judge(answer, reference={"dedup_key": delivery.thread})

    def ask(self, delivery: Delivery, first: Delivery | None) -> Sent | None:
        """Let it be sent again: the same `dedup_key` makes no second incident."""
        del delivery, first
        return Sent(SendResult.REJECTED, "sending again is harmless")

    def event(self, delivery: Delivery, action: str) -> dict[str, Any]:
        """The event as the API documents it."""
        message = delivery.message
        return {
            "routing_key": self.routing_key,
            "event_action": action,
            "dedup_key": f"marsad:{delivery.thread}"[:255],
            "client": "Marsad",
            "client_url": message.story_url or None,
            "payload": {
                "summary": title(message)[:1024],
                "source": message.place or "Iraq",
                "severity": LEVELS[message.severity],
                "component": "marsad",
                "group": str(message.data.get("admin1") or ""),
                "class": str(message.data.get("sub_event_type") or message.kind),
                "custom_details": {"text": plain(message)},
            },
            "links": _links(message),
        }


def _links(message: Message) -> list[dict[str, str]]:
    return [{"href": url, "text": f"{source} ({language})"} for source, language, url in message.links]
