"""robots.txt: whether a page may be fetched (RFC 9309), read by Protego, fetched like everything else.

Feeds are published to be polled and need no leave; pages behind them do.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from worker.errors import FetchError
from worker.ports import Fetcher, Request

_MAX_BYTES = 1_000_000
_KEEP_S = 24 * 3600.0
_KEEP_FAILURE_S = 600.0
_MAX_HOSTS = 2_000
_MAX_DELAY_S = 60.0


@dataclass(frozen=True, slots=True)
class Leave:
    """Whether a page may be fetched; `settled` is False when the rules could not be read just now."""

    allowed: bool
    settled: bool = True
    delay_s: float = 0.0
    """The pause between two pages that the site asks for."""


class Robots:
    """The rules of the sites met lately, one instance a process."""

    def __init__(
        self, fetcher: Fetcher, *, agent: str = "Marsad", clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`agent` is the product token that sites address us by."""
        self._fetcher, self._agent, self._clock = fetcher, agent, clock
        self._known: OrderedDict[str, tuple[float, Protego | bool | None]] = OrderedDict()

    async def may_fetch(self, url: str) -> Leave:
        """Judge one address. A site without rules allows all; one whose server fails allows nothing yet.

        Raises `FetchError` for an address that the guard refuses.
        """
        parts = urlsplit(url)
        rules = await self._rules(f"{parts.scheme}://{parts.netloc}")
        if isinstance(rules, Protego):
            delay = rules.crawl_delay(self._agent) or 0.0
            return Leave(rules.can_fetch(url, self._agent), delay_s=min(float(delay), _MAX_DELAY_S))
        return Leave(allowed=rules is True, settled=rules is True)

    async def _rules(self, origin: str) -> Protego | bool | None:
        """Parsed rules, True for none at all, None for not readable now."""
        until, rules = self._known.get(origin, (0.0, None))
        now = self._clock()
        if until > now:
            self._known.move_to_end(origin)
            return rules
        rules = await self._read(origin)
        self._known[origin] = (now + (_KEEP_FAILURE_S if rules is None else _KEEP_S), rules)
        while len(self._known) > _MAX_HOSTS:
            self._known.popitem(last=False)
        return rules

    async def _read(self, origin: str) -> Protego | bool | None:
        """Fetch and parse; RFC 9309, 2.3.1.3: a client error means that there are no rules."""
        request = Request(
            f"{origin}/robots.txt", accept="text/plain, */*;q=0.5", max_bytes=_MAX_BYTES, total_timeout_s=15
        )
        try:
            answer = await self._fetcher.fetch(request)
        except FetchError as fault:
            if fault.kind == "refused-address":
                raise
            missing = fault.kind == "gone" or (fault.status is not None and 400 <= fault.status < 500)
            return True if missing and fault.kind != "rate-limited" else None
        if b"<html" in answer.body[:1_000].lower():
            return True  # a page that says "not found" with status 200
        return Protego.parse(answer.body.decode("utf-8", "replace"))
