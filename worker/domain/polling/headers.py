"""What response headers say about caching and hubs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_MAX_AGE = re.compile(r"(?:^|[\s,])(?:s-maxage|max-age)\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_LINK = re.compile(r"<([^<>]{1,2000})>\s*((?:;\s*[^;,<]{1,300})*)")
_REL = re.compile(r";\s*rel\s*=\s*\"?([^\";,]{1,200})", re.IGNORECASE)


def http_date(value: str | None) -> datetime | None:
    """A date of HTTP, also in the forms that servers make of it; None when it cannot be read."""
    if not value:
        return None
    try:
        found = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def cache_seconds(headers: Mapping[str, str], now: datetime) -> float | None:
    """How long a response may be kept (RFC 9111 §4.2.1); None when nothing is said or caching is refused."""
    control = headers.get("cache-control", "")
    lowered = control.lower()
    if "no-store" in lowered or "no-cache" in lowered:
        return None
    ages = [int(age) for age in _MAX_AGE.findall(control)]
    if ages:
        age = headers.get("age", "")
        spent = int(age) if age.isdigit() else 0
        return float(max(0, max(ages) - spent))
    expires = http_date(headers.get("expires"))
    if expires is None:
        return None
    sent = http_date(headers.get("date")) or now
    return max(0.0, (expires - sent).total_seconds())


def links(headers: Mapping[str, str], relation: str) -> tuple[str, ...]:
    """Targets of `Link` headers with this relation (RFC 8288)."""
    found = []
    for target, parameters in _LINK.findall(headers.get("link", "")[:8000]):
        rel = _REL.search(parameters)
        if rel and relation in rel[1].lower().split():
            found.append(target)
    return tuple(found)
