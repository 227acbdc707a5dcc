"""Makes the digests that are due, tells what was held back, reminds, and passes notices on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from worker.domain.alerting.digest import USUAL_DAYS, DigestData, digest_message, overflow_message
from worker.domain.alerting.policy import AlertPolicy
from worker.domain.alerting.watch import DigestTime, Rule
from worker.domain.model import Alert, Delivery, Message, Notice, Severity, Story, StoryView
from worker.ports import Clock

NO_DIGEST = frozenset(("pagerduty",))
"""Channels on which a digest would wake somebody."""

ILLUSTRATED = frozenset(("email", "slack"))
"""Channels that carry a digest's pictures."""

CATCH_UP = timedelta(hours=6)
"""A digest that is later than this (the service was down) is left out: the next one tells all."""


class DigestStore(Protocol):
    """What digests read and write."""

    def alerts_between(self, since: datetime, until: datetime) -> list[tuple[Alert, Story]]: ...  # noqa: D102
    def usual(self, since: datetime) -> tuple[dict[tuple[str, str], int], datetime | None]: ...  # noqa: D102
    def silences_kept(self, since: datetime, until: datetime) -> list[tuple[str, int]]: ...  # noqa: D102
    def feeds_to_look_at(self, now: datetime) -> list[tuple[str, str]]: ...  # noqa: D102
    def held(self, now: datetime) -> list[Delivery]: ...  # noqa: D102
    def tell_in_digest(  # noqa: D102
        self, held: Sequence[Delivery], digest: Sequence[Delivery], now: datetime
    ) -> int: ...
    def unacknowledged(self, now: datetime) -> list[StoryView]: ...  # noqa: D102
    def enqueue(self, deliveries: Sequence[Delivery], now: datetime) -> int: ...  # noqa: D102
    def open_notices(self, since: datetime) -> list[Notice]: ...  # noqa: D102
    def value(self, key: str) -> Any: ...  # noqa: D102
    def set_value(self, key: str, value: Any, now: datetime) -> None: ...  # noqa: D102


Draw = Callable[[DigestData], Sequence[Mapping[str, str]]]
"""Makes the pictures of a digest: each `png` in hexadecimal with its `alt`."""


@dataclass(slots=True)
class DigestService:
    """Everything alerting does by the clock. Each part is idempotent: keys carry the moment that was due."""

    store: DigestStore
    policy: Callable[[], AlertPolicy]
    recipients: Mapping[str, Sequence[str]]
    clock: Clock
    ops: Sequence[str] = ()
    """Channels that notices about the service go to."""
    base_url: str = ""
    draw: Draw | None = None

    def run(self) -> str:
        """Do what is due; a sentence about it, empty when nothing was."""
        counts = {
            "digests": self.digests(),
            "reminders": self.reminders(),
            "notices passed on": self.notices(),
        }
        return ", ".join(f"{count} {what}" for what, count in counts.items() if count)

    def digests(self) -> int:
        """Make each digest whose time has come, then tell what is held without one."""
        now, made = self.clock(), 0
        for rule in self.policy().index.rules:
            for when in rule.digests:
                made += self._digest(rule, when, now)
        return made + self._overflow(now)

    def reminders(self) -> int:
        """Remind of alerts that nobody acknowledged."""
        now, policy = self.clock(), self.policy()
        if not any(rule.reminder for rule in policy.index.rules):
            return 0
        due = [d for view in self.store.unacknowledged(now) for d in policy.remind(view, now)]
        return self.store.enqueue(due, now) if due else 0

    def notices(self) -> int:
        """Pass notices about the service on to the channels of the operators, once a notice."""
        now = self.clock()
        last = self.store.value("notices_passed_on")
        since = datetime.fromisoformat(last) if last else now - timedelta(days=1)
        found = self.store.open_notices(since)
        messages = [
            Delivery(
                key=f"notice:{notice.kind}:{notice.subject}:{notice.at:%Y%m%d}"[:120],
                channel=channel,
                recipient=recipient,
                thread=f"notice:{notice.kind}:{notice.subject}"[:120],
                message=Message(kind="notice", severity=Severity.LOW, headline=notice.text),
                due_at=now,
            )
            for notice in found
            for channel in self.ops
            if f"channel:{channel}" != notice.subject  # a broken channel cannot tell that it is
            for recipient in self.recipients.get(channel, ())
        ]
        added = self.store.enqueue(messages, now) if messages else 0
        if found:
            self.store.set_value("notices_passed_on", max(n.at for n in found).isoformat(), now)
        return added

    def _digest(self, rule: Rule, when: DigestTime, now: datetime) -> int:
        due = when.last(now, rule.zone)
        name = "daily" if when.weekday is None else "weekly"
        key = f"digest:{rule.name}:{name}"
        done = self.store.value(key)
        if done and datetime.fromisoformat(done) >= due:
            return 0
        added = 0
        if (
            done and now - due <= CATCH_UP
        ):  # the first run only notes the time: there is nothing to look back on
            added = self._send(rule, when, due, now)
        self.store.set_value(key, due.isoformat(), now)
        return added

    def _send(self, rule: Rule, when: DigestTime, due: datetime, now: datetime) -> int:
        data = self._data(rule, due - when.span, due)
        held = self.store.held(now)
        message = digest_message(data, weekly=when.weekday is not None, base_url=self.base_url)
        pictures = [dict(p) for p in self.draw(data)] if self.draw and data.told else []
        deliveries: list[Delivery] = []
        told: list[Delivery] = []
        for channel, recipient in self._recipients(rule):
            mine = tuple(d for d in held if (d.channel, d.recipient) == (channel, recipient))
            told += mine
            own = digest_message(
                replace(data, held=mine), weekly=when.weekday is not None, base_url=self.base_url
            )
            own = (
                replace(own, data={**own.data, "pictures": pictures})
                if channel == "email" and pictures
                else own
            )
            deliveries.append(
                Delivery(
                    key=f"digest:{rule.name}:{due:%Y%m%dT%H%M}",
                    channel=channel,
                    recipient=recipient,
                    thread=f"digest:{rule.name}:{due:%Y%m%dT%H%M}",
                    message=own if mine or channel in ILLUSTRATED else message,
                    due_at=now,
                )
            )
        return self.store.tell_in_digest(told, deliveries, now)

    def _data(self, rule: Rule, since: datetime, until: datetime) -> DigestData:
        told = [pair for pair in self.store.alerts_between(since, until) if rule.name in pair[0].watches]
        usual, first_at = self.store.usual(until - timedelta(days=USUAL_DAYS))
        return DigestData(
            watch=rule.name,
            since=since,
            until=until,
            told=tuple(told),
            usual=usual,
            first_at=first_at,
            silent=tuple(self.store.silences_kept(since, until)),
            quiet_feeds=tuple(self.store.feeds_to_look_at(until)),
        )

    def _recipients(self, rule: Rule) -> list[tuple[str, str]]:
        found = []
        for channel, defaults in self.recipients.items():
            route = rule.route(channel)
            if route is not None and channel not in NO_DIGEST:
                found += [(channel, recipient) for recipient in route.to or defaults]
        return found

    def _overflow(self, now: datetime) -> int:
        groups: dict[tuple[str, str], list[Delivery]] = {}
        for delivery in self.store.held(now):
            groups.setdefault((delivery.channel, delivery.recipient), []).append(delivery)
        added = 0
        for (channel, recipient), held in groups.items():
            key = f"digest:held:{max(d.id for d in held)}"
            message = overflow_message(held)
            told = [] if channel in NO_DIGEST else [Delivery(key, channel, recipient, key, message, now)]
            added += self.store.tell_in_digest(held, told, now)
        return added
