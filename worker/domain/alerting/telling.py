"""Whom an alert tells, what, and when: the deliveries and the alert that leave for a story.

Pure. One message a story, channel and recipient: the whole story for those who hear of it first, and for
those who were told what changed since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from worker.domain.alerting.firing import Verdict
from worker.domain.alerting.holding import hold
from worker.domain.alerting.message import Fired, Wording
from worker.domain.alerting.severity import Rating
from worker.domain.alerting.threads import TOLD, Recipient, changes_since, last_told, summed_up, thread_of
from worker.domain.model import Alert, AlertState, Delivery, Message, Situation, StoryChange, StoryView


@dataclass(frozen=True, slots=True)
class Telling:
    """The channels in force, and how a message is worded for them."""

    wording: Wording
    recipients: Mapping[str, Sequence[str]]
    """Configured channels and whom they reach by default."""
    editing: frozenset[str] = frozenset()
    """Channels that change a sent message in place."""
    gap: timedelta = timedelta(minutes=10)
    """How long small changes wait for others, and loud ones after three updates within an hour."""

    def tell(
        self,
        view: StoryView,
        fired: Sequence[Verdict],
        kind: str,
        material: Sequence[StoryChange],
        also: Sequence[str],
        rating: Rating,
        situation: Situation,
        *,
        loud: bool = True,
    ) -> list[Delivery]:
        """One row a recipient: an update for those who were told, the whole story for the others."""
        told, deliveries = last_told(view), []
        wishes = self.wishes(fired, rating)
        for key in dict.fromkeys((*told, *wishes)):
            if key[0] not in self.recipients:
                continue
            if key in told and (material or also):
                since = [*changes_since(view, told[key]), *material]
                changed = (*summed_up(since, view.story), *also)
                message = self.message(view, fired, kind, changed, rating, loud=loud)
                due = self._update_due(view, key, situation.now, loud=loud, urgent=kind != "update")
                deliveries.append(self.delivery(view, key, message, due))
            elif key not in told and kind != "retraction":
                deliveries.append(self._first_delivery(view, key, wishes[key], rating, situation))
        return deliveries

    def wishes(self, fired: Sequence[Verdict], rating: Rating) -> dict[Recipient, list[Verdict]]:
        """Who is to be told by which rules."""
        wishes: dict[Recipient, list[Verdict]] = {}
        for channel, defaults in self.recipients.items():
            for verdict in fired:
                route = verdict.rule.route(channel)
                if route is None or rating.severity.rank < route.severity.rank:
                    continue
                for recipient in route.to or defaults:
                    wishes.setdefault((channel, recipient), []).append(verdict)
        return wishes

    def _first_delivery(
        self,
        view: StoryView,
        key: Recipient,
        verdicts: Sequence[Verdict],
        rating: Rating,
        situation: Situation,
    ) -> Delivery:
        message = self.message(view, verdicts, "alert", (), rating, loud=True)
        held = hold(verdicts, key, rating, situation, view.story.id)
        delivery = self.delivery(view, key, message, held.until if held else situation.now)
        if held is None:
            return delivery
        return replace(delivery, state=held.state, error=held.why)

    def _update_due(
        self, view: StoryView, key: Recipient, now: datetime, *, loud: bool, urgent: bool
    ) -> datetime:
        """At once, or when small changes have gathered; an edit in place disturbs nobody and never waits."""
        mine = [d for d in view.sent if (d.channel, d.recipient) == key and d.state in TOLD]
        lately = [d for d in mine if d.created_at and now - d.created_at < timedelta(hours=1)]
        if urgent or (loud and len(lately) <= 3) or (not loud and key[0] in self.editing):
            return now
        return now + self.gap

    def pointers(self, view: StoryView, now: datetime) -> list[Delivery]:
        """Point the threads of stories that were merged into this one to the oldest: once each."""
        main, pointers = thread_of(view), []
        pointed = {(d.channel, d.recipient, d.thread) for d in view.sent if ":merged:" in d.key}
        for told in view.sent:
            key = (told.channel, told.recipient, told.thread)
            if told.thread == main or told.state not in TOLD or key in pointed:
                continue
            pointed.add(key)
            message = Message(
                kind="update",
                severity=told.message.severity,
                headline=told.message.headline,
                body=f"The same event as story {view.story.id}: {view.story.gist} It is told there from now on.",
                changed=(f"found to be the same event as story {view.story.id}",),
                story_id=view.story.id,
                story_url=self.wording.story_url(view.story.id),
                data={"quiet": True},
            )
            delivery = self.delivery(view, (told.channel, told.recipient), message, now)
            merged = f"{told.thread}:merged:{view.story.id}"
            pointers.append(replace(delivery, key=merged, thread=told.thread))
        return pointers

    def message(
        self,
        view: StoryView,
        verdicts: Sequence[Verdict],
        kind: str,
        changed: Sequence[str],
        rating: Rating,
        *,
        loud: bool,
    ) -> Message:
        """Word a message; who acknowledged the alert, and that it is part of a wave, travels with it."""
        fired: list[Fired] = [v.fired for v in verdicts if v.fired]
        message = self.wording.message(kind, view.story, view.reports, rating, fired, changed)
        flags: dict[str, Any] = {} if loud else {"quiet": True}
        if view.alert and view.alert.state is AlertState.ACKNOWLEDGED and view.alert.state_at:
            flags["seen"] = (
                f"acknowledged by {view.alert.state_by} at {view.alert.state_at:%H:%M UTC on %d %b}"
            )
        if view.alert and view.alert.reasons.get("wave"):
            flags["member"] = True  # its thread was begun by another story, whose message must not be edited
        return replace(message, data={**message.data, **flags})

    def delivery(self, view: StoryView, key: Recipient, message: Message, due: datetime) -> Delivery:
        """Address a message: one row of the outbox, in the story's thread."""
        return Delivery(
            key=f"story:{view.story.id}:{view.story.version}",
            channel=key[0],
            recipient=key[1],
            thread=thread_of(view),
            message=message,
            due_at=due,
            alert_id=view.alert.id if view.alert else None,
            story_id=view.story.id,
        )


def alert_of(view: StoryView, fired: Sequence[Verdict], rating: Rating, now: datetime) -> Alert:
    """Raise the story's alert, or bring it up to date: one that is graver or had been resolved fires again."""
    before = view.alert
    watches = dict.fromkeys((*(before.watches if before else ()), *(v.rule.name for v in fired)))
    reasons = {
        "severity": list(rating.reasons),
        "points": rating.points,
        "thread": thread_of(view),
        "watches": {v.rule.name: _asked(v) for v in fired},
    }
    if before is None:
        return Alert(
            0, view.story.id, rating.severity, AlertState.FIRED, tuple(watches), reasons, now, now,
            view.story.version,
        )  # fmt: skip
    state = AlertState.FIRED if before.state is AlertState.RESOLVED else before.state
    if rating.severity.rank > before.severity.rank:
        state = AlertState.FIRED
    reasons["watches"] = {**dict(before.reasons.get("watches", {})), **dict(reasons["watches"])}  # type: ignore[call-overload]
    return replace(
        before, severity=rating.severity, state=state, watches=tuple(watches), reasons=reasons,
        updated_at=now, story_version=view.story.version,
    )  # fmt: skip


def _asked(verdict: Verdict) -> list[str]:
    if verdict.fired is None:
        return []
    return list(dict.fromkeys(hit.asked for _, hit in verdict.fired.hits))
