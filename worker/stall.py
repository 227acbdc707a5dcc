"""Ends a worker that takes nothing although bells wait for it; whoever keeps it running starts it again.

Celery has had several faults of this kind, each after the server was lost and found again
(celery#8030, celery#8384, celery#10205). One of this version: where the server dies while a task runs, the
acknowledgement fails, is logged and dropped, and with it goes the credit that the message had taken;
with one child and a prefetch of one the worker is connected, healthy to look at, and deaf for ever.

So nothing here asks for the cause. A worker that has no task while its queues hold bells, and accepts
none over `PATIENCE_S`, is deaf. Its successor loses nothing: the database knows what is due.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import Any

import redis
import structlog
from celery import bootsteps
from celery.worker import state
from redis.backoff import NoBackoff
from redis.retry import Retry

log = structlog.get_logger("marsad.worker")

CHECK_EVERY_S = 3.0
PATIENCE_S = 10.0
"""Longer than a tick and than what a busy machine takes to hand over one message."""
ASK_TIMEOUT_S = 1.0


@dataclass(slots=True)
class Watch:
    """Remembers since when a worker has been idle beside waiting bells."""

    patience_s: float = PATIENCE_S
    _since: float | None = None
    _accepted: int = -1

    def deaf(self, now: float, *, busy: bool, accepted: int, waiting: int) -> bool:
        """Whether the worker has taken nothing for too long.

        `now` in seconds of a clock that does not jump; `accepted` counts the tasks that it ever took,
        `waiting` the bells in its queues now.
        """
        if busy or not waiting or accepted != self._accepted:
            self._accepted, self._since = accepted, None
            return False
        if self._since is None:
            self._since = now
        return now - self._since >= self.patience_s


class StallStep(bootsteps.StartStopStep):  # type: ignore[misc]
    """Puts the watch into the worker's own loop, anew with each connection."""

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, parent: Any, **options: Any) -> None:
        super().__init__(parent, **options)
        self._watch = Watch()
        self._timer: Any = None
        self._client: Any = None

    def start(self, parent: Any) -> None:
        """Look every `CHECK_EVERY_S` from now on."""
        queues = [queue.name for queue in parent.task_consumer.queues]
        self._client = self._client or _client(parent.app.conf.broker_url)
        self._timer = parent.timer.call_repeatedly(CHECK_EVERY_S, self._look, (queues,))

    def stop(self, parent: Any) -> None:  # noqa: ARG002 — Celery's signature
        """Cancel the look; the connection has ended."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    shutdown = stop

    def _look(self, queues: list[str]) -> None:
        """Ask how many bells wait, and end the worker where it does not hear them."""
        waiting = _waiting(self._client, queues)
        busy = bool(state.reserved_requests or state.active_requests)
        if self._watch.deaf(monotonic(), busy=busy, accepted=state.all_total_count[0], waiting=waiting):
            log.warning("the worker no longer hears its bells; ending it to start anew", waiting=waiting)
            state.should_stop = 1


def exit_code() -> int:
    """1 after a worker that was ended here, so that a service manager starts it again; Celery says 0 always."""
    return int(state.should_stop or 0)


def _client(broker_url: str) -> Any:
    """A client of its own that gives up soon: the worker's is what may be broken."""
    return redis.Redis.from_url(
        broker_url.replace("redis+socket://", "unix://", 1),
        socket_timeout=ASK_TIMEOUT_S,
        socket_connect_timeout=ASK_TIMEOUT_S,
        retry=Retry(NoBackoff(), 0),
    )


def _waiting(client: Any, queues: list[str]) -> int:
    """How many bells wait in these queues; 0 where the server does not say."""
    try:
        return sum(client.llen(queue) for queue in queues)
    except redis.RedisError:
        return 0
