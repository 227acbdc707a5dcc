"""WebSub (https://www.w3.org/TR/websub/): hubs push what a feed publishes the moment it appears.

A subscription is a promise that may be broken at any time, so polling goes on, only less often; what
a hub pushes takes the same way as a polled document and is known at the next poll.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol
from urllib.parse import urljoin

from worker.domain.polled import Feed, FeedState
from worker.errors import FetchError
from worker.ports import Clock, Request, Response

_ALGORITHMS = {
    "sha1": hashlib.sha1,
    "sha256": hashlib.sha256,
    "sha384": hashlib.sha384,
    "sha512": hashlib.sha512,
}
LEASE_S = 7 * 86_400
_RENEW_BEFORE_S = 86_400
_RETRY_S = 3_600
MAX_PUSH = 15 * 1024 * 1024


class _Sender(Protocol):
    """The part of the HTTP client that subscriptions need."""

    async def send(self, method: str, request: Request, *, data: Mapping[str, str] | None = None) -> Response:
        """One request within the client's limits and guard."""
        ...


class _Memory(Protocol):
    """Where subscriptions are remembered: with their feed."""

    def feeds(self) -> list[tuple[Feed, FeedState]]:
        """All feeds with what is known of them."""
        ...

    def remember_of_feed(self, feed_id: int, memory: dict[str, Any], *, due: bool = False) -> bool:
        """Change what is remembered of one feed."""
        ...


@dataclass(frozen=True, slots=True)
class Subscription:
    """One feed's subscription at its hub."""

    hub: str
    topic: str
    secret: str
    token: str
    """Part of the callback's address; nobody but the hub knows it."""
    state: str = "asked"
    """`asked`, `active`, `denied`."""
    until: datetime | None = None
    asked_at: datetime | None = None
    pushes: int = 0

    def as_memory(self) -> dict[str, Any]:
        """As the feed's memory keeps it."""
        return {
            "hub": self.hub,
            "topic": self.topic,
            "secret": self.secret,
            "token": self.token,
            "state": self.state,
            "until": self.until.isoformat() if self.until else None,
            "asked_at": self.asked_at.isoformat() if self.asked_at else None,
            "pushes": self.pushes,
        }


def subscription_of(state: FeedState) -> Subscription | None:
    """What the feed's memory holds, if it holds a subscription."""
    kept = state.memory.get("websub")
    if not kept:
        return None
    times = {
        name: datetime.fromisoformat(kept[name]) if kept.get(name) else None for name in ("until", "asked_at")
    }
    return Subscription(**{**kept, **times})


def is_active(state: FeedState, now: datetime) -> bool:
    """Whether a hub vouches for this feed at the moment."""
    found = subscription_of(state)
    return found is not None and found.state == "active" and found.until is not None and found.until > now


def verify_signature(secret: str, body: bytes, header: str) -> bool:
    """Check `X-Hub-Signature: method=hex` (WebSub §7.1), in constant time."""
    method, _, given = header.strip().partition("=")
    algorithm = _ALGORITHMS.get(method.lower())
    if algorithm is None or not given:
        return False
    wanted = hmac.new(secret.encode(), body, algorithm).hexdigest()
    return hmac.compare_digest(wanted, given.strip().lower())


class WebSub:
    """Subscribes, answers the hub's questions and takes what it pushes."""

    def __init__(self, *, sender: _Sender, memory: _Memory, clock: Clock, public_url: str) -> None:
        """`public_url` is where hubs reach this service; callbacks lie below `/websub/`."""
        self._sender, self._memory, self._clock = sender, memory, clock
        self._public_url = public_url.rstrip("/")

    def callback(self, feed_id: int, token: str) -> str:
        """The address that the hub verifies and pushes to."""
        return f"{self._public_url}/websub/{feed_id}/{token}"

    async def renew_due(self) -> int:
        """Subscribe feeds that offer a hub, and renew what runs out soon; returns how many were asked."""
        asked = 0
        for feed, state in self._memory.feeds():
            if feed.enabled and self._is_due(state):
                asked += await self._subscribe(feed, state)
        return asked

    def _is_due(self, state: FeedState) -> bool:
        hubs = state.memory.get("hubs")
        if not hubs:
            return False
        found, now = subscription_of(state), self._clock()
        if found is None or found.hub not in hubs:
            return True
        if found.asked_at is not None and (now - found.asked_at).total_seconds() < _RETRY_S:
            return False
        if found.state == "denied":
            return found.asked_at is None or (now - found.asked_at).total_seconds() > LEASE_S
        return found.until is None or (found.until - now).total_seconds() < _RENEW_BEFORE_S

    async def _subscribe(self, feed: Feed, state: FeedState) -> bool:
        """Ask the hub; what is active stays so while the new question is open."""
        before, now = subscription_of(state), self._clock()
        hub = state.memory["hubs"][0]
        topic = urljoin(feed.url, state.memory.get("self") or feed.url)
        if before is not None and before.hub == hub and before.topic == topic:
            asked = replace(before, asked_at=now, state="active" if before.state == "active" else "asked")
        else:
            asked = Subscription(hub, topic, secrets.token_hex(24), secrets.token_urlsafe(24), asked_at=now)
        # Remembered before the hub is asked: its verification may arrive before its answer.
        self._memory.remember_of_feed(feed.id, {"websub": asked.as_memory()})
        form = {
            "hub.mode": "subscribe",
            "hub.topic": topic,
            "hub.callback": self.callback(feed.id, asked.token),
            "hub.secret": asked.secret,
            "hub.lease_seconds": str(LEASE_S),
        }
        try:
            await self._sender.send("POST", Request(url=hub, accept="*/*", max_bytes=65_536), data=form)
        except FetchError:
            return False
        return True

    def _find(self, feed_id: int, token: str) -> tuple[Feed, FeedState, Subscription] | None:
        for feed, state in self._memory.feeds():
            found = subscription_of(state) if feed.id == feed_id else None
            if found is not None and hmac.compare_digest(found.token.encode(), token.encode()):
                return feed, state, found
        return None

    def confirm(self, feed_id: int, token: str, query: Mapping[str, str]) -> tuple[int, str]:
        """Answer the hub's GET (status, body): the challenge for what we asked for, 404 for the rest."""
        found = self._find(feed_id, token)
        if found is None or query.get("hub.topic") != found[2].topic:
            return 404, ""
        subscription, mode = found[2], query.get("hub.mode")
        if mode == "denied":
            refused = replace(subscription, state="denied", until=None)
            self._memory.remember_of_feed(feed_id, {"websub": refused.as_memory()})
            return 200, ""
        challenge = query.get("hub.challenge", "")
        if mode != "subscribe" or not challenge or len(challenge) > 2_000:
            return 404, ""
        seconds = query.get("hub.lease_seconds", "")
        lease = min(int(seconds[:9]), 30 * 86_400) if seconds.isdigit() and int(seconds[:9]) > 0 else LEASE_S
        active = replace(subscription, state="active", until=self._clock() + timedelta(seconds=lease))
        self._memory.remember_of_feed(feed_id, {"websub": active.as_memory()})
        return 200, challenge

    def accept(
        self, feed_id: int, token: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, bytes | None]:
        """Judge the hub's POST: (status, the document to take in or None).

        A push whose signature is missing or wrong is answered 202 like any other and thrown away
        (§7.1), so that a forger learns nothing; 410 ends a subscription that we do not know.
        """
        found = self._find(feed_id, token)
        if found is None:
            return 410, None
        if len(body) > MAX_PUSH:
            return 413, None
        signature = {name.lower(): value for name, value in headers.items()}.get("x-hub-signature", "")
        if not verify_signature(found[2].secret, body, signature):
            return 202, None
        counted = replace(found[2], pushes=found[2].pushes + 1)
        self._memory.remember_of_feed(feed_id, {"websub": counted.as_memory()})
        return 202, body
