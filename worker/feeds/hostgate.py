"""Per-host courtesy: a few requests at once, spaced, and none while the host asked for a pause.

`LocalGate` serves one process (`run-once`, tests); `RedisGate` is shared by every worker.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

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


_ENTER = """
local now = tonumber(ARGV[1])
local rests = redis.call('PTTL', KEYS[3])
if rests > 0 then return rests end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 200 end
local gap = redis.call('PTTL', KEYS[2])
if gap > 0 then return gap end
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[4]), ARGV[5])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
if tonumber(ARGV[3]) > 0 then redis.call('SET', KEYS[2], '1', 'PX', ARGV[3]) end
return 0
"""


class RedisGate:
    """The same for all workers on all machines; a turn that is never given back ends by itself."""

    def __init__(
        self,
        redis: Any,
        *,
        at_once: int = 2,
        spacing_s: float = 0.5,
        turn_s: float = 90.0,
        prefix: str = "marsad:host",
    ) -> None:
        """`redis` is a `redis.asyncio.Redis`; `turn_s` is a lease's length."""
        self._redis, self._at_once, self._prefix = redis, at_once, prefix
        self._spacing_ms, self._turn_ms = int(spacing_s * 1000), int(turn_s * 1000)
        self._enter = redis.register_script(_ENTER)
        self._turns: dict[str, list[str]] = {}

    def _keys(self, host: str) -> list[str]:
        return [f"{self._prefix}:{what}:{host}" for what in ("turns", "gap", "rest")]

    async def enter(self, host: str, patience_s: float) -> float | None:
        """Wait up to `patience_s` for a turn; None when it came, else seconds to stay away."""
        turn, waited = uuid.uuid4().hex, 0.0
        while True:
            arguments = [int(time.time() * 1000), self._at_once, self._spacing_ms, self._turn_ms, turn]
            wait = int(await self._enter(keys=self._keys(host), args=arguments)) / 1000
            if wait <= 0:
                self._turns.setdefault(host, []).append(turn)
                return None
            if waited + wait > patience_s:
                return max(wait, 1.0)
            pause = min(max(wait, 0.02), _POLL_S)
            await asyncio.sleep(pause)
            waited += pause

    async def leave(self, host: str) -> None:
        """Give a turn back."""
        turns = self._turns.get(host)
        if turns:
            # Settled before waiting: two that leave one host at a time meet in the await.
            turn = turns.pop()
            if not turns:
                del self._turns[host]
            await self._redis.zrem(self._keys(host)[0], turn)

    async def rest(self, host: str, seconds: float) -> None:
        """Let nobody in for so long; a longer pause that stands already stays."""
        key = self._keys(host)[2]
        wanted = max(int(seconds * 1000), 1)
        if int(await self._redis.pttl(key)) < wanted:
            await self._redis.set(key, "1", px=wanted)
