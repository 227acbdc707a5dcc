"""The deliver room: claims due messages of one channel, sends them one by one, settles each at once."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from worker.domain.alerting.sending import Next, after_asking, after_attempt, as_update
from worker.domain.model import Delivery, DeliveryState, Notice, SendResult, Sent
from worker.ports import Channel, Clock, DeliverStore

log = structlog.get_logger("marsad.deliver")

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
            if outcome is None:
                continue
            sent += outcome.state is DeliveryState.SENT
            if outcome.channel_broken:
                self._broken(name, outcome, now)
                self._give_back(claimed[number + 1 :], outcome.due_at or now)
                break
            if outcome.sent.result is SendResult.RETRY and outcome.sent.retry_after_s is not None:
                self._give_back(claimed[number + 1 :], outcome.due_at or now)
                break
        return sent

    def _attempt(self, channel: Channel, delivery: Delivery) -> Next | None:
        """Ask or send, then settle; None when another worker has taken the message over meanwhile."""
        self._pace(channel)
        told = self.store.sent_in_thread(delivery.thread, delivery.channel, delivery.recipient)
        first = next((one for one in told if one.state is DeliveryState.SENT), None)
        if told and delivery.message.kind == "alert" and delivery.state is not DeliveryState.UNCERTAIN:
            update = as_update(told[-1].message, delivery.message)
            if update is None:
                nothing = Sent(SendResult.REJECTED, "adds nothing to what its reader was told meanwhile")
                self.store.save_delivery(delivery, DeliveryState.SUPERSEDED, nothing, None, self.clock())
                return None
            delivery = replace(delivery, message=update)
        if delivery.state is DeliveryState.UNCERTAIN:
            outcome = after_asking(channel.ask(delivery, first), delivery.attempts, self.clock())
        elif not self.store.begin(delivery):
            return None
        else:
            answer = channel.send(delivery, first)
            outcome = after_attempt(
                answer, delivery.attempts, delivery.created_at, self.clock(), self.jitter()
            )
        self.store.save_delivery(delivery, outcome.state, outcome.sent, outcome.due_at, self.clock())
        log.info(
            "delivery",
            delivery=delivery.id,
            story=delivery.story_id,
            alert=delivery.alert_id,
            channel=delivery.channel,
            state=str(outcome.state),
        )
        if outcome.due_at is None and outcome.state in (DeliveryState.DEAD, DeliveryState.UNCERTAIN):
            self._given_up(delivery, outcome)
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

    def _given_up(self, delivery: Delivery, outcome: Next) -> None:
        """Tell people: only they can decide what becomes of it now."""
        kind = "dead-letter" if outcome.state is DeliveryState.DEAD else "uncertain"
        said = "was given up" if outcome.state is DeliveryState.DEAD else "is uncertain"
        text = (
            f"Message {delivery.id} to {delivery.recipient} by {delivery.channel} {said}: {outcome.sent.reason}."
            f" Send it again with: marsad deliveries resend {delivery.id}"
        )
        now = self.clock()
        self._notice(Notice(kind, f"delivery:{delivery.id}", text, now, {"delivery": delivery.id}))

    def _notice(self, notice: Notice) -> None:
        self.store.add_notices([notice], self.clock())
