"""Permanent redirects are followed at once and believed late: servers send them by mistake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from worker.domain.polled import Feed, Notice
from worker.domain.polling.schedule import PollPolicy

_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "ac", "edu", "gob", "or", "ne", "go"})


@dataclass(frozen=True, slots=True)
class Redirect:
    """What to do about a permanent redirect."""

    save: str | None = None
    notice: Notice | None = None
    memory: Mapping[str, Any] | None = field(default=None)
    """The observation to remember; None forgets it."""


def site_of(url: str) -> str:
    """The registrable domain, nearly: enough to tell a move within a house from one out of it."""
    host = (urlsplit(url).hostname or "").rstrip(".").lower()
    labels = host.split(".")
    if len(labels) < 3 or host.replace(".", "").isdigit() or ":" in host:
        return host
    keep = 3 if len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-keep:])


def same_site(one: str, other: str) -> bool:
    """Whether two addresses belong to the same registrable domain."""
    return site_of(one) == site_of(other)


def watch_redirect(
    policy: PollPolicy, feed: Feed, to: str | None, memory: Mapping[str, Any], now: datetime
) -> Redirect:
    """Judge the permanent redirect that this poll met (`to`), given what was seen of it before.

    Saved when the same target stood for `redirect_stable_s` over at least `redirect_sightings`
    polls; across domains only when a person approved it.
    """
    if to is None or to == feed.url:
        return Redirect()
    seen = memory.get("redirect") or {}
    if seen.get("to") != to:
        seen = {"to": to, "since": now.isoformat(), "polls": 0}
    seen = {**seen, "polls": int(seen["polls"]) + 1}
    stood = (now - datetime.fromisoformat(seen["since"])).total_seconds()
    if stood < policy.redirect_stable_s or seen["polls"] < policy.redirect_sightings:
        return Redirect(memory=seen)
    if same_site(feed.url, to) or seen.get("approved") is True:
        return Redirect(save=to)
    if seen.get("approved") is False or seen.get("told"):
        return Redirect(memory=seen)
    text = (
        f"{feed.name or feed.url} has been moving to {to} for {stood / 86_400:.0f} days, which is another "
        "domain. It is followed; approve or reject the new address with `marsad feeds redirect`."
    )
    notice = Notice("feed-redirect", f"feed:{feed.id}", text, now, {"from": feed.url, "to": to})
    return Redirect(notice=notice, memory={**seen, "told": True})
