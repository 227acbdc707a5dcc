"""What recipients were told, and in which thread the next message belongs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from worker.domain.alerting.around import WAVE_AT, neighbour_of, wave_lines
from worker.domain.model import (
    Alert,
    ChangeKind,
    Delivery,
    DeliveryState,
    JudgeOutcome,
    Neighbour,
    Situation,
    Story,
    StoryChange,
    StoryView,
)

TOLD = frozenset((DeliveryState.SENT, DeliveryState.SENDING, DeliveryState.UNCERTAIN))

FIRST = ("alert", "wave")
"""Kinds of message that begin a story for a recipient."""

Recipient = tuple[str, str]
"""Channel and recipient."""


def thread_of(view: StoryView) -> str:
    """The thread that was begun first: a merged story goes on where readers already look."""
    begun = next((d for d in view.sent if d.state in TOLD), None)
    if begun:
        return begun.thread
    return str((view.alert and view.alert.reasons.get("thread")) or f"story:{view.story.id}")


def as_wave(
    story: Story, alert: Alert, deliveries: Sequence[Delivery], wave: Sequence[Neighbour]
) -> tuple[Alert, list[Delivery]]:
    """Answer in the thread of the wave's first attack, with the list, instead of beginning another."""
    thread = wave[0].thread
    headline, listed = wave_lines(story, wave)

    def joined(delivery: Delivery) -> Delivery:
        first_notice = len(wave) == WAVE_AT - 1
        message = delivery.message
        data = {**message.data, "member": True} | ({} if first_notice else {"quiet": True})
        message = replace(message, kind="wave", headline=headline, body=listed, data=data)
        return replace(delivery, thread=thread, message=message)

    reasons = {**alert.reasons, "thread": thread, "wave": [other.story_id for other in wave]}
    return replace(alert, reasons=reasons), [joined(d) for d in deliveries]


def last_told(view: StoryView) -> dict[Recipient, Delivery]:
    """Who got, or may have got, a message of this story, and which was the last."""
    return {(d.channel, d.recipient): d for d in view.sent if d.state in TOLD}


def changes_since(view: StoryView, told: Delivery) -> list[StoryChange]:
    """What became different after the version that this recipient knows."""
    head, _, version = told.key.rpartition(":")
    if head != f"story:{view.story.id}" or not version.isdigit():
        return []
    return [
        change
        for change in view.changes
        if change.version > int(version) and change.kind.material and change.kind is not ChangeKind.NEW
    ]


def summed_up(changes: Sequence[StoryChange], story: Story) -> list[str]:
    """Say several changes of one field as one, from what it was first to what it is now.

    Otherwise an update that waited would give the first figure beside a line that gives the last.
    """
    by_field: dict[object, list[StoryChange]] = {}
    for change in sorted(_once(changes), key=lambda c: c.version):
        name = change.data.get("field")
        by_field.setdefault(name if name in _ONE_VALUE else change.reason, []).append(change)
    return [_sum(found, story) for found in by_field.values()]


def _once(changes: Sequence[StoryChange]) -> list[StoryChange]:
    """Drop what is listed twice: a change that is told now may also lie after the last message."""
    return list({(c.version, c.kind, c.reason): c for c in changes}.values())


_ONE_VALUE = frozenset({"killed", "wounded", "sub_event_type", "place", "date", "corroboration"})


def _sum(found: Sequence[StoryChange], story: Story) -> str:
    last = found[-1]
    name = last.data.get("field")
    if name == "corroboration" and last.kind is ChangeKind.CORROBORATED:
        return f"reported by {story.independent_sources} independent sources"
    if name in ("killed", "wounded") and len(found) > 1:
        before, after = found[0].data.get("before"), last.data.get("after")
        if before is None:
            return f"{after} {name}"
        if isinstance(before, int) and isinstance(after, int) and before != after:
            return f"{name} {'up' if after > before else 'down'} from {before} to {after}"
    return last.reason


def advance(situation: Situation, outcome: JudgeOutcome, story: Story) -> Situation:
    """The situation after an outcome, so that the next story of the same batch sees it."""
    lately = dict(situation.lately)
    for delivery in outcome.deliveries:
        if delivery.message.kind in FIRST and delivery.state is DeliveryState.PENDING:
            key = (delivery.channel, delivery.recipient)
            lately[key] = (*lately.get(key, ()), (outcome.story_id, situation.now))
    neighbours = situation.neighbours
    alert = outcome.alert
    if alert and alert.id == 0:
        thread = str(alert.reasons.get("thread"))
        neighbours = (neighbour_of(story, alert.severity, thread, situation.now), *neighbours)
    return replace(situation, lately=lately, neighbours=neighbours)
