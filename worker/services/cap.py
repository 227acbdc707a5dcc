"""Stories as messages of the Common Alerting Protocol 1.2 (OASIS, 2010).

A message that left can't be called back: a later one about the same story is an update that names it, or
cancels it when the reports were retracted. So what left is written down.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from worker.domain.model import Alert, Severity, Story
from worker.services.told import Told, heard, tags, url_of

SEVERITY = {
    Severity.CRITICAL: "Extreme",
    Severity.HIGH: "Severe",
    Severity.MODERATE: "Moderate",
    Severity.LOW: "Minor",
}
CERTAINTY = {"corroborated": "Likely", "retracted": "Unlikely", "disputed": "Unknown"}


@dataclass(frozen=True, slots=True)
class CapMessage:
    """A message that left, by what others name it with."""

    story_id: int
    version: int
    sender: str
    sent: datetime

    @property
    def identifier(self) -> str:
        """Ours alone, by the standard's words."""
        return f"marsad-story-{self.story_id}-v{self.version}"

    @property
    def reference(self) -> str:
        """As `references` takes it."""
        return f"{self.sender},{self.identifier},{_time(self.sent)}"


class Ledger(Protocol):
    """Where messages that left are written down."""

    def cap_messages(self, story_ids: Sequence[int]) -> Mapping[int, Sequence[CapMessage]]:
        """By story, those of stories that were merged into it as well, oldest first."""
        ...

    def note_cap(self, messages: Sequence[CapMessage]) -> None:
        """Write down that these leave; those that are there stay as they are."""
        ...


def message_of(story: Story, page: str) -> CapMessage:
    """What a story's message is named by: one version, one message."""
    host = re.sub(r"^https?://", "", page).split("/")[0]
    return CapMessage(story.id, story.version, f"marsad@{host}" if host else "marsad", story.updated_at)


def leave(ledger: Ledger, told: Sequence[Story], page: str) -> dict[int, list[CapMessage]]:
    """Write down that these stories' messages leave now; by story, the earlier ones that each has to name."""
    there = ledger.cap_messages([story.id for story in told])
    now = {story.id: message_of(story, page) for story in told}
    known = {(one.story_id, one.version) for listed in there.values() for one in listed}
    new = [one for one in now.values() if (one.story_id, one.version) not in known]
    if new:
        ledger.note_cap(new)
    return {
        story.id: [
            one for one in there.get(story.id, ()) if one.story_id != story.id or one.version < story.version
        ]
        for story in told
    }


def cap_of(
    story: Story,
    alert: Alert | None,
    page: str,
    *,
    earlier: Sequence[CapMessage] = (),
    exercise: bool = False,
) -> bytes:
    """One message; elements stand in the order of the standard's schema."""
    mine = message_of(story, page)
    parts = [
        ("identifier", mine.identifier),
        ("sender", mine.sender),
        ("sent", _time(mine.sent)),
        ("status", "Exercise" if exercise else "Actual"),
        ("msgType", _kind(story, earlier)),
        ("scope", "Restricted"),
        ("restriction", "For the readers of this Marsad"),
    ]
    if earlier:
        parts.append(("references", " ".join(one.reference for one in earlier)))
    inside = f"<info>{tags(_info(story, alert, page))}<area>{tags(_area(story))}</area></info>"
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">'
    return f"{head}{tags(parts)}{inside}</alert>\n".encode()


def as_cap(
    told: Sequence[Told], page: str, earlier: Mapping[int, Sequence[CapMessage]] | None = None
) -> bytes:
    """A ZIP of messages, one a story; `earlier` is what `leave` gave."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for story, alert in told:
            body = cap_of(story, alert, page, earlier=(earlier or {}).get(story.id, ()))
            packed.writestr(f"story-{story.id}-v{story.version}.xml", body)
    return out.getvalue()


def _kind(story: Story, earlier: Sequence[CapMessage]) -> str:
    if not earlier:
        return "Alert"
    return "Cancel" if story.corroboration == "retracted" else "Update"


def _info(story: Story, alert: Alert | None, page: str) -> list[tuple[str, str]]:
    event = story.event
    info = [
        ("language", "en"),
        ("category", "Security"),
        ("event", event.sub_event_type if event else "Security report"),
        ("urgency", "Past" if event else "Unknown"),
        ("severity", SEVERITY[alert.severity] if alert else "Unknown"),
        ("certainty", CERTAINTY.get(story.corroboration, "Possible")),
        ("senderName", "Marsad"),
        ("headline", (story.gist or f"Story {story.id}")[:160]),
        ("description", f"{story.gist or 'No sentence could be made of it'}. {heard(story)}; {story.corroboration}."),
    ]  # fmt: skip
    url = url_of(page, story)
    return [*info, ("web", url)] if url else info


def _area(story: Story) -> list[tuple[str, str]]:
    event = story.event
    where = ", ".join(dict.fromkeys(n for n in (event.place, event.governorate) if n)) if event else ""
    area = [("areaDesc", f"{where}, Iraq" if where else "Iraq")]
    if event is not None and event.lat is not None and event.lon is not None:
        radius = {1: 2, 2: 15}.get(event.geo_precision or 3, 60)
        area.append(("circle", f"{event.lat:.5f},{event.lon:.5f} {radius}"))
    return area


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S") + "-00:00"
