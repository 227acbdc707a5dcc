"""What readers answer: acknowledge, mute, not relevant. It counts in the database; messages then say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any, Protocol, runtime_checkable

from worker.domain.model import AlertState, Delivery, DeliveryState, Message, Sent, StoryView
from worker.ports import Channel, Clock


class AnswerStore(Protocol):
    """What answers read and write."""

    def set_alert_state(self, story_id: int, state: AlertState, by: str, now: datetime) -> bool:
        """False when there is no such alert."""
        ...

    def give_feedback(self, story_id: int, by: str, now: datetime, *, relevant: bool) -> bool:
        """False when there is no such alert."""
        ...

    def deliveries(
        self, *, state: DeliveryState | None = None, story_id: int | None = None, limit: int = 100
    ) -> list[Delivery]:
        """Newest first."""
        ...


@runtime_checkable
class Marking(Protocol):
    """A channel that can write a line into a sent message."""

    def mark(self, reference: Mapping[str, Any], message: Message, state: str) -> Sent:
        """Write the line, take the buttons away."""
        ...


SAID = {
    AlertState.ACKNOWLEDGED: "acknowledged",
    AlertState.MUTED: "muted",
    AlertState.RESOLVED: "resolved",
}


@dataclass(slots=True)
class Answers:
    """One answer at a time, from a button, the page or the command line."""

    store: AnswerStore
    channels: Mapping[str, Channel]
    clock: Clock

    def set_state(self, story_id: int, state: AlertState, by: str) -> bool:
        """Change the alert's state and write who did it into the messages that can be edited."""
        now = self.clock()
        if not self.store.set_alert_state(story_id, state, by, now):
            return False
        self._mark(story_id, f"{SAID.get(state, state.value)} by {by} at {now:%H:%M} UTC on {now:%d %b}")
        return True

    def not_relevant(self, story_id: int, by: str) -> bool:
        """Note that an alert was not worth it, and mute its story."""
        now = self.clock()
        if not self.store.give_feedback(story_id, by, now, relevant=False):
            return False
        self.store.set_alert_state(story_id, AlertState.MUTED, by, now)
        self._mark(story_id, f"called not relevant by {by} at {now:%H:%M} UTC on {now:%d %b}; muted")
        return True

    def _mark(self, story_id: int, line: str) -> None:
        """Edit the newest content into the first message of each thread, with the line below it."""
        newest: dict[tuple[str, str, str], Message] = {}
        first: dict[tuple[str, str, str], Delivery] = {}
        for delivery in self.store.deliveries(state=DeliveryState.SENT, story_id=story_id):
            key = (delivery.channel, delivery.recipient, delivery.thread)
            newest.setdefault(key, delivery.message)
            first[key] = delivery
        for key, delivery in first.items():
            channel = self.channels.get(delivery.channel)
            if isinstance(channel, Marking) and delivery.reference.get("ts"):
                channel.mark(delivery.reference, newest[key], line)


Feedback = tuple[int, str, bool, tuple[str, ...], datetime]
"""Story, reader, whether it was worth it, the watches that had fired, when."""


def precision_by_watch(feedback: Iterable[Feedback]) -> list[tuple[str, int, int]]:
    """Count (watch, alerts that readers found worth it, alerts judged); a story counts once, by its last word."""
    last = {(story, watch): worth for story, _, worth, watches, _ in feedback for watch in watches}
    names = sorted({watch for _, watch in last})
    return [
        (name, sum(worth for (_, watch), worth in last.items() if watch == name),
         sum(1 for _, watch in last if watch == name))
        for name in names
    ]  # fmt: skip


def labelled(feedback: Iterable[Feedback], views: Mapping[int, StoryView]) -> Iterator[dict[str, Any]]:
    """Give the judged stories' reports as labelled items: what `marsad train` and `evaluate` read."""
    last = {story: worth for story, _, worth, _, _ in feedback}
    for story, worth in last.items():
        view = views.get(story)
        for report in view.reports if view else ():
            kind = report.analysis.kind.value if worth else "other"
            body = report.text.partition("\n")[2]
            yield {
                "id": f"feedback-{report.item_id}",
                "lang": report.language,
                "published": report.published_at.isoformat() if report.published_at else None,
                "source": report.source,
                "url": report.url,
                "title": escape(report.title),
                "body_html": "".join(f"<p>{escape(line)}</p>" for line in body.splitlines() if line.strip()),
                "relevant": worth,
                "kind": kind,
                "terms": list(report.analysis.terms) if worth else [],
                "events": [],
                "story": str(story),
            }
