"""The deliver room: claims due messages of one channel, sends them one by one, settles each at once."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from worker.domain.alerting.sending import Next, after_asking, after_attempt
from worker.domain.model import Delivery, DeliveryState, Notice, Sent, SendResult
from worker.ports import Channel, Clock, DeliverStore

MARGIN = timedelta(seconds=40)
"""What must be left of the lease when an attempt begins: longer than any channel's own time limit."""


@dataclass(slots=True)
class DeliverService:
    """Sends what is due. A sender that dies in between leaves `sending`, which is asked about, not repeated."""

    store: DeliverStore
    channels: Mapping[str, Channel]
    clock: Clock
    lease: timedelta = timedelta(seconds=90)
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random
    _last: dict[str, float] = field(default_factory=dict, repr=False)

    def run(self, limit: int = 20) -> int:
        """Send one batch a channel that has due messages; returns how many were sent."""
        return sum(self.run_channel(name, limit) for name in self.store.due_channels(self.clock()))

    def run_channel(self, name: str, limit: int = 20) -> int:
        """Send one batch of one channel."""
        channel = self.channels.get(name)
        begun = self.clock()
        claimed = self.store.claim_deliveries(name, begun, limit, self.lease)
        sent = 0
        for number, delivery in enumerate(claimed):
            now = self.clock()
            if channel is None:
                self._missing(delivery, name, now)
                continue
            if now - begun > self.lease - MARGIN:
                self._give_back(claimed[number:], now)
                break
            outcome = self._attempt(channel, delivery)
            sent += outcome.state is DeliveryState.SENT
            if outcome.channel_broken:
                self._broken(name, outcome, now)
                self._give_back(claimed[number + 1 :], outcome.due_at or now)
                break
            if outcome.sent.result is SendResult.RETRY and outcome.sent.retry_after_s is not None:
                self._give_back(claimed[number + 1 :], outcome.due_at or now)
                break
        return sent

    def _attempt(self, channel: Channel, delivery: Delivery) -> Next:
        """Ask or send, then settle; the clock is read again since a send takes time."""
        self._pace(channel)
        if delivery.state is DeliveryState.UNCERTAIN:
            outcome = after_asking(channel.ask(delivery), delivery.attempts, self.clock())
        else:
            first = self.store.first_sent(delivery.thread, delivery.channel, delivery.recipient)
            answer = channel.send(delivery, first)
            outcome = after_attempt(
                answer, delivery.attempts, delivery.created_at, self.clock(), self.jitter()
            )
        self.store.save_delivery(delivery, outcome.state, outcome.sent, outcome.due_at, self.clock())
        if outcome.state is DeliveryState.DEAD:
            self._dead(delivery, outcome)
        return outcome

    def _pace(self, channel: Channel) -> None:
        """Leave the channel's pause between two messages."""
        pause = channel.pause_s
        if pause <= 0:
            return
        now = time.monotonic()
        wait = self._last.get(channel.name, now - pause) + pause - now
        if wait > 0:
            self.sleep(wait)
        self._last[channel.name] = time.monotonic()

    def _give_back(self, rest: list[Delivery], due_at: datetime) -> None:
        for delivery in rest:
            self.store.give_back(delivery, due_at)

    def _missing(self, delivery: Delivery, name: str, now: datetime) -> None:
        sent = Sent(SendResult.REJECTED, f"channel {name} is not configured")
        self.store.save_delivery(delivery, DeliveryState.DEAD, sent, None, now)

    def _broken(self, name: str, outcome: Next, now: datetime) -> None:
        text = f"{name} refuses Marsad: {outcome.sent.reason}. Its messages wait and are tried once an hour."
        self._notice(Notice("channel-broken", f"channel:{name}", text, now))

    def _dead(self, delivery: Delivery, outcome: Next) -> None:
        text = f"A message to {delivery.recipient} by {delivery.channel} was given up: {outcome.sent.reason}"
        subject = f"channel:{delivery.channel}"
        self._notice(Notice("dead-letter", subject, text, self.clock(), {"delivery": delivery.id}))

    def _notice(self, notice: Notice) -> None:
        self.store.add_notices([notice], self.clock())
