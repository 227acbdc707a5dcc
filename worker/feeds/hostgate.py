"""Per-host courtesy: a few requests at once, spaced, and none while the host asked for a pause.

`LocalGate` serves one process (`run-once`, tests); `worker.feeds.sharedgate` is shared by every worker.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

_POLL_S = 0.2


@dataclass(slots=True)
class _Host:
    running: int = 0
    next_start: float = 0.0
    rests_until: float = 0.0


class LocalGate:
    """Keeps hosts apart within one process."""

    def __init__(
        self, *, at_once: int = 2, spacing_s: float = 0.5, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`at_once` requests a host, their starts `spacing_s` apart."""
        self._at_once, self._spacing, self._clock = at_once, spacing_s, clock
        self._hosts: dict[str, _Host] = {}

    async def enter(self, host: str, patience_s: float) -> float | None:
        """Wait up to `patience_s` for a turn; None when it came, else seconds to stay away."""
        waited = 0.0
        while True:
            wait = self._try(host)
            if wait <= 0:
                return None
            if waited + wait > patience_s:
                return max(wait, 1.0)
            pause = min(wait, _POLL_S)
            await asyncio.sleep(pause)
            waited += pause

    def _try(self, host: str) -> float:
        """Take a turn and return 0, or say how long to wait."""
        state = self._hosts.get(host)
        if state is None:
            if len(self._hosts) > 10_000:
                self._forget()
            state = self._hosts[host] = _Host()
        now = self._clock()
        if state.rests_until > now:
            return state.rests_until - now
        if state.running >= self._at_once:
            return _POLL_S
        if state.next_start > now:
            return state.next_start - now
        state.running += 1
        state.next_start = now + self._spacing
        return 0.0

    def _forget(self) -> None:
        now = self._clock()
        idle = [h for h, s in self._hosts.items() if not s.running and max(s.next_start, s.rests_until) < now]
        for host in idle:
            del self._hosts[host]

    async def leave(self, host: str) -> None:
        """Give the turn back."""
        state = self._hosts.get(host)
        if state is not None and state.running:
            state.running -= 1

    async def rest(self, host: str, seconds: float) -> None:
        """Let nobody in for so long."""
        state = self._hosts.setdefault(host, _Host())
        state.rests_until = max(state.rests_until, self._clock() + seconds)
