"""A generic webhook: every alert as JSON, signed. `docs/webhook.schema.json` is its schema."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from worker.channels.http import judge, post
from worker.channels.text import plain, title
from worker.domain.model import Delivery, Sent

VERSION = 1


@dataclass(slots=True)
class WebhookChannel:
    """One address. The idempotency key is the same for every attempt at one message."""

    url: str = field(repr=False)
    secret: str = field(default="", repr=False)
    timeout_s: float = 15
    now: Callable[[], float] = time.time
    name: str = "webhook"
    can_edit: bool = False
    pause_s: float = 0.0

    def recipients(self) -> Sequence[str]:
        """Call it by a name: the address may hold a secret and must not be shown."""
        return ("webhook",)

    def send(self, delivery: Delivery, first: Delivery | None) -> Sent:
        """Post the message; an update names the first message's key."""
        body = json.dumps(payload(delivery, first), ensure_ascii=False, separators=(",", ":")).encode(
            "utf-8", "replace"
        )
        stamp = str(int(self.now()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Marsad",
            "Idempotency-Key": idempotency_key(delivery),
            "X-Marsad-Timestamp": stamp,
        }
        if self.secret:
            headers["X-Marsad-Signature"] = signature(self.secret, stamp, body)
        answer = post(self.url, body, headers, timeout_s=self.timeout_s)
        return judge(answer, reference={"key": delivery.key})

    def ask(self, delivery: Delivery, first: Delivery | None) -> Sent | None:
        """Say that a webhook can't be asked."""
        del delivery, first
        return None


def signature(secret: str, stamp: str, body: bytes) -> str:
    """Give `v1=` and the HMAC-SHA256 of `timestamp.body`, hexadecimal."""
    return "v1=" + hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def idempotency_key(delivery: Delivery) -> str:
    """Give the same key however often this message is tried."""
    return hashlib.sha256(f"{delivery.key}\n{delivery.channel}\n{delivery.recipient}".encode()).hexdigest()[
        :32
    ]


def payload(delivery: Delivery, first: Delivery | None) -> dict[str, Any]:
    """The JSON document."""
    message = delivery.message
    return {
        "version": VERSION,
        "key": delivery.key,
        "thread": delivery.thread,
        "first_key": first.key if first else None,
        "kind": message.kind,
        "severity": message.severity.value,
        "title": title(message),
        "headline": message.headline,
        "place": message.place,
        "map_url": message.map_url,
        "when": message.when,
        "toll": message.toll,
        "actors": message.actors,
        "corroboration": message.corroboration,
        "watches": list(message.watches),
        "reasons": list(message.reasons),
        "quotes": [
            {
                "text": quote.text,
                "language": quote.language,
                "source": quote.source,
                "url": quote.url,
                "marks": [{"start": s, "end": e, "means": means} for s, e, means in quote.marks],
            }
            for quote in message.quotes
        ],
        "links": [{"source": s, "language": lang, "url": url} for s, lang, url in message.links],
        "changed": list(message.changed),
        "story_url": message.story_url,
        "body": message.body,
        "text": plain(message),
        "data": {k: v for k, v in message.data.items() if k not in ("pictures", "quiet", "member", "seen")},
    }
