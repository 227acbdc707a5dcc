"""The live stream: one reader of the story log for all who listen, each with a bounded queue.

A listener that cannot keep up is let go; the browser comes back with `Last-Event-ID`, and everything after
it is replayed from the database. So nothing is missed, and nobody slow holds up the others.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from anyio import to_thread

from worker.domain.model import StoryChange

EVERY_S = 1.0
ROOM = 200
"""Changes that may wait for one listener."""
BATCH = 200
HEARTBEAT_S = 15.0
"""A comment line this often, so that proxies keep the connection and dead ones are noticed."""


@dataclass(slots=True)
class Live:
    """Reads while somebody listens, and only then."""

    after: Callable[[int, int], list[StoryChange]]
    """(id, limit) to the changes after it, in order."""
    newest: Callable[[], int]
    every_s: float = EVERY_S
    heartbeat_s: float = HEARTBEAT_S
    _listeners: set[asyncio.Queue[StoryChange | None]] = field(default_factory=set)
    _reader: asyncio.Task[None] | None = None

    async def stream(self, last: int | None) -> AsyncIterator[str]:
        """Events from `last` on as text; None begins now."""
        queue: asyncio.Queue[StoryChange | None] = asyncio.Queue(ROOM)
        at = await to_thread.run_sync(self.newest) if last is None else last
        self._listeners.add(queue)
        if self._reader is None or self._reader.done():
            self._reader = asyncio.create_task(self._read(await to_thread.run_sync(self.newest)))
        try:
            # The first id, so that a connection that breaks before any change knows where it was.
            yield f"retry: 2000\nid: {at}\nevent: hello\ndata: {at}\n\n"
            while missed := await to_thread.run_sync(self.after, at, BATCH):
                for change in missed:
                    yield told(change)
                at = missed[-1].id
            while True:
                try:
                    async with asyncio.timeout(self.heartbeat_s):
                        coming = await queue.get()
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if coming is None:
                    return
                if coming.id > at:
                    at = coming.id
                    yield told(coming)
        finally:
            self._listeners.discard(queue)

    async def _read(self, at: int) -> None:
        """Look for changes once a second and hand each to everybody."""
        while self._listeners:
            try:
                found = await to_thread.run_sync(self.after, at, BATCH)
            except Exception:  # noqa: BLE001 - a database that is away for a moment must not end the stream
                found = []
            for change in found:
                at = change.id
                for queue in list(self._listeners):
                    self._give(queue, change)
            if len(found) < BATCH:
                await asyncio.sleep(self.every_s)

    def _give(self, queue: asyncio.Queue[StoryChange | None], change: StoryChange) -> None:
        """Hand over, or let a listener go that is `ROOM` changes behind."""
        try:
            queue.put_nowait(change)
        except asyncio.QueueFull:
            self._listeners.discard(queue)
            while not queue.empty():
                queue.get_nowait()
            queue.put_nowait(None)


def told(change: StoryChange) -> str:
    """One change as an event."""
    data = {
        "story": change.story_id,
        "version": change.version,
        "kind": change.kind.value,
        "reason": change.reason,
        "at": change.at.isoformat(),
    }
    return f"id: {change.id}\nevent: change\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
