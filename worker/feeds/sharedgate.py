"""Per-host courtesy over all workers on all machines, kept in Redis or Valkey."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Sequence
from hashlib import sha1
from typing import Any

from redis.exceptions import NoScriptError

_POLL_S = 0.2
_TOGETHER_S = 0.01
"""How long a turn that is given back waits for others that are."""

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


class _Line:
    """A way to the server on which the commands of a moment travel together.

    A worker asks for the turns of a whole batch at once; one by one that costs more than fetching what
    has not changed.
    """

    def __init__(self, redis: Any, script: str) -> None:
        self._redis, self._text = redis, script
        self._digest = sha1(script.encode(), usedforsecurity=False).hexdigest()
        self._waiting: list[tuple[tuple[Any, ...], asyncio.Future[Any]]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._due = 0.0
        self._sending: set[asyncio.Task[None]] = set()

    async def script(self, keys: Sequence[str], arguments: Sequence[Any]) -> Any:
        """Run the script, and teach it to a server that does not know it."""
        values = (len(keys), *keys, *arguments)
        try:
            return await self.send("EVALSHA", self._digest, *values)
        except NoScriptError:
            return await self.send("EVAL", self._text, *values)

    async def send(self, *command: Any, within_s: float = 0.0) -> Any:
        """Send a command with others that come within so long; its answer."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Any] = loop.create_future()
        self._waiting.append((command, answer))
        due = loop.time() + within_s
        if self._timer is None or self._due > due:
            if self._timer is not None:
                self._timer.cancel()
            self._timer, self._due = loop.call_at(due, self._leave), due
        return await answer

    def _leave(self) -> None:
        batch, self._waiting, self._timer = self._waiting, [], None
        task = asyncio.get_running_loop().create_task(self._carry(batch))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _carry(self, batch: Sequence[tuple[tuple[Any, ...], asyncio.Future[Any]]]) -> None:
        try:
            pipe = self._redis.pipeline(transaction=False)
            for command, _ in batch:
                pipe.execute_command(*command)
            answers = await pipe.execute(raise_on_error=False)
        except Exception as fault:  # noqa: BLE001 - whoever waits gets it
            answers = [fault] * len(batch)
        for (_, waiting), answer in zip(batch, answers, strict=True):
            if waiting.done():
                continue
            if isinstance(answer, Exception):
                waiting.set_exception(answer)
            else:
                waiting.set_result(answer)


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
        self._line = _Line(redis, _ENTER)
        self._turns: dict[str, list[str]] = {}

    def _keys(self, host: str) -> list[str]:
        return [f"{self._prefix}:{what}:{host}" for what in ("turns", "gap", "rest")]

    async def enter(self, host: str, patience_s: float) -> float | None:
        """Wait up to `patience_s` for a turn; None when it came, else seconds to stay away."""
        turn, waited = uuid.uuid4().hex, 0.0
        while True:
            arguments = [int(time.time() * 1000), self._at_once, self._spacing_ms, self._turn_ms, turn]
            wait = int(await self._line.script(self._keys(host), arguments)) / 1000
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
            await self._line.send("ZREM", self._keys(host)[0], turn, within_s=_TOGETHER_S)

    async def rest(self, host: str, seconds: float) -> None:
        """Let nobody in for so long; a longer pause that stands already stays."""
        key = self._keys(host)[2]
        wanted = max(int(seconds * 1000), 1)
        if int(await self._redis.pttl(key)) < wanted:
            await self._redis.set(key, "1", px=wanted)
