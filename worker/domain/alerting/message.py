"""Says what an alert says, free of any channel's format, in the order in which a reader needs it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from worker.domain.alerting.facts import Hit
from worker.domain.alerting.severity import Rating
from worker.domain.alerting.words import ConceptIndex
from worker.domain.model import Event, FieldView, Message, Quote, Report, Story

QUOTE_LENGTH = 170
"""Characters of original text a quote shows: two lines on a phone."""
MAX_QUOTES = 2
FORMAT = frozenset("\u200c\u200d\u200e\u200f")
"""Joiners and direction marks: Persian and Kurdish words need them."""
MAX_LINKS = 8
MAX_HEADLINE = 180


@dataclass(frozen=True, slots=True)
class Fired:
    """A watch that fired, with what made it fire, by report."""

    watch: str
    hits: tuple[tuple[Report, Hit], ...]
    where: str = ""
    """Why the event lies in the watch's area, when it names one."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What message building needs besides the story: English names and the address of the page."""

    index: ConceptIndex
    base_url: str = ""
    mark: str = ""
    """What every headline begins with: says of the demonstration that it is one, wherever it arrives."""

    def message(
        self,
        kind: str,
        story: Story,
        reports: Sequence[Report],
        rating: Rating,
        fired: Sequence[Fired],
        changed: Sequence[str] = (),
    ) -> Message:
        """Build the message of one story."""
        event = story.event
        changed = [printable(one) for one in changed]
        return Message(
            kind=kind,
            severity=rating.severity,
            headline=self.mark + headline(story, reports),
            place=place_line(event),
            map_url=map_url(event),
            when=when_line(event, story),
            toll=toll_line(story),
            actors=self.actors_line(event),
            corroboration=sure_line(story),
            changed=tuple(dict.fromkeys(changed))[:4],
            watches=tuple(one.watch for one in fired),
            reasons=_reasons(fired, rating),
            quotes=tuple(self.quotes(fired, story)),
            links=links(reports),
            story_id=story.id or None,
            story_url=self.story_url(story.id),
            data=data_of(story, rating),
        )

    def story_url(self, story_id: int) -> str:
        """Address of a story's page; empty when no page is reachable."""
        return f"{self.base_url.rstrip('/')}/stories/{story_id}" if self.base_url and story_id else ""

    def actors_line(self, event: Event | None) -> str:
        """Name who did it: who claimed it, who is suspected."""
        if event is None:
            return ""
        said = []
        for actor in dict.fromkeys((*event.claimed_by, *event.actors)):
            name = self.index.label(f"actor:{actor}")
            if actor in event.claimed_by:
                name += " (claimed)"
            elif actor in event.suspected:
                name += " (suspected)"
            said.append(name)
        return ", ".join(said)

    def quotes(self, fired: Sequence[Fired], story: Story) -> list[Quote]:
        """Quote original words, each marked with its English meaning, one of a language.

        Of reports that say as much of what was asked for, one with the toll that is believed comes first,
        then the newest: what is quoted must not be behind what stands above it.
        """
        believed = (story.event.killed, story.event.wounded) if story.event else None
        by_report: dict[int, tuple[Report, list[Hit]]] = {}
        for one in fired:
            for report, hit in one.hits:
                by_report.setdefault(report.item_id, (report, []))[1].append(hit)
        ranked = sorted(
            by_report.values(),
            key=lambda pair: (
                -len({hit.asked for hit in pair[1]}),
                (believed not in {(e.killed, e.wounded) for e in pair[0].analysis.events}),
                -pair[0].time.timestamp(),
            ),
        )
        chosen: list[Quote] = []
        for report, hits in ranked:
            quote = self._quote(report, hits)
            if quote and quote.language not in {q.language for q in chosen}:
                chosen.append(quote)
            if len(chosen) == MAX_QUOTES:
                break
        return chosen

    def _quote(self, report: Report, hits: Iterable[Hit]) -> Quote | None:
        spans: dict[tuple[int, int], str] = {}
        for hit in hits:
            for start, end in hit.spans:
                if 0 <= start < end <= len(report.text):
                    spans.setdefault((start, end), self._meaning(report, start, end, hit))
        if not spans:
            return None
        low, high = excerpt(report.text, sorted(spans))
        text = printable(report.text[low:high])
        marks, behind = [], low
        for (start, end), meaning in sorted(spans.items()):
            if start >= behind and end <= high:
                marks.append((start - low, end - low, meaning))
                behind = end
        return Quote(text, report.language, tuple(marks), report.source, safe_url(report.url))

    def _meaning(self, report: Report, start: int, end: int, hit: Hit) -> str:
        """What the words mean in English: the concept that the lexicon read in them; nothing for English."""
        if report.language == "en":
            return ""
        for match in report.analysis.matches:
            if (match.start, match.end) == (start, end) and match.concept:
                return self.index.label(match.concept)
        return hit.asked.strip("“”") if hit.concepts else ""


def headline(story: Story, reports: Sequence[Report]) -> str:
    """Give the English gist, else an English title, else the first title."""
    text = story.gist
    if not text and reports:
        english = [report for report in reports if report.language == "en"]
        text = (english or list(reports))[0].title
    text = " ".join(printable(text).split())
    return text if len(text) <= MAX_HEADLINE else text[: MAX_HEADLINE - 1].rsplit(" ", 1)[0] + "…"


def place_line(event: Event | None) -> str:
    """Place and governorate, and how exact that is."""
    if event is None or not (event.place or event.governorate):
        return ""
    parts = [event.place] if event.place else []
    if event.governorate and event.governorate != event.place:
        parts.append(f"{event.governorate} governorate" if not event.place else event.governorate)
    line = ", ".join(part for part in parts if part)
    return f"near {line}" if event.geo_precision == 2 and event.place else line


def map_url(event: Event | None) -> str:
    """Link to OpenStreetMap; a governorate's middle is shown from further away and without a pin."""
    if event is None or event.lat is None or event.lon is None:
        return ""
    if event.geo_precision == 3:
        return f"https://www.openstreetmap.org/#map=8/{event.lat:.3f}/{event.lon:.3f}"
    zoom = 13 if event.geo_precision == 1 else 11
    return f"https://www.openstreetmap.org/?mlat={event.lat:.4f}&mlon={event.lon:.4f}&zoom={zoom}"


def when_line(event: Event | None, story: Story) -> str:
    """The day of the event, or when it was first reported."""
    if event and event.date:
        day = f"{event.date:%a} {event.date.day} {event.date:%b %Y}"
        return {2: f"week of {day}", 3: f"{event.date:%B %Y}"}.get(event.date_precision or 1, day)
    first = story.first_published_at
    if first is None:
        return ""
    return f"reported {first:%a} {first.day} {first:%b %Y %H:%M} UTC, day of the event not given"


def sure_line(story: Story) -> str:
    """How sure it is: who agrees, who contradicts."""
    match story.corroboration:
        case "corroborated":
            return f"corroborated by {story.independent_sources} independent sources"
        case "disputed":
            return "sources contradict each other"
        case "retracted":
            return "retracted by its source"
        case _:
            copies = f", {story.source_count} outlets carry it" if story.source_count > 1 else ""
            return f"single source, not confirmed{copies}"


def toll_line(story: Story) -> str:
    """Killed and wounded as believed, with the range that sources give."""
    event = story.event
    if event is None:
        return ""
    if event.killed == 0 and event.wounded == 0:
        return "nobody killed or wounded"
    parts = [
        f"{vague} {name}"
        if (vague := event.vaguely(name))
        else _figure(name, getattr(event, name), getattr(event, f"{name}_max"), story.fields.get(name))
        for name in ("killed", "wounded")
    ]
    said = ", ".join(part for part in parts if part)
    if event.count:
        return f"{event.count} attacks counted" + (f"; {said}" if said else "")
    return said or "toll not known"


def _figure(name: str, believed: int | None, highest: int | None, view: FieldView | None) -> str:
    if believed is None:
        return ""
    low = view.low if view and isinstance(view.low, int) else believed
    high = view.high if view and isinstance(view.high, int) else (highest or believed)
    figure = "nobody" if believed == 0 else str(believed)
    return f"{figure} {name}" + (f" (reports: {low} to {high})" if high > low else "")


def links(reports: Sequence[Report]) -> tuple[tuple[str, str, str], ...]:
    """One address a source, newest report of each, oldest source first; only http and https."""
    by_source: dict[str, tuple[str, str, str]] = {}
    for report in sorted(reports, key=lambda r: r.time):
        url = safe_url(report.url)
        if url:
            by_source[report.source] = (printable(report.source), report.language, url)
    return tuple(by_source.values())[:MAX_LINKS]


def printable(text: str) -> str:
    """Replace, one for one so that offsets stay, what no format can carry: control characters, surrogates."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in FORMAT else " " for c in text)


def safe_url(url: str) -> str:
    """Give back an address that no format can be broken with, or nothing."""
    if re.search(r"[\x00-\x20\x7f<>|\"'`\\^{}]|\s", url) or len(url) > 2000:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.hostname else ""


def excerpt(text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Bounds of the line that holds the first span, cut at words to `QUOTE_LENGTH` round it."""
    start, end = spans[0]
    low = text.rfind("\n", 0, start) + 1
    high = text.find("\n", end)
    high = len(text) if high < 0 else high
    stop = re.compile(r"[.!?؟。](?=\s)")
    for found in stop.finditer(text, low, start):
        low = found.end() + 1
    found_end = stop.search(text, end, high)
    high = found_end.end() if found_end else high
    if high - low > QUOTE_LENGTH:
        middle = (QUOTE_LENGTH - (end - start)) // 2
        low = max(low, _at_word(text, start - middle, low, start)) if start - middle > low else low
        cut = text.rfind(" ", end, low + QUOTE_LENGTH)
        high = cut if cut > end else min(high, max(end, low + QUOTE_LENGTH))
    return low, high


def _at_word(text: str, near: int, low: int, limit: int) -> int:
    space = text.find(" ", max(near, low), limit)
    return space + 1 if space >= 0 else low


def _reasons(fired: Sequence[Fired], rating: Rating) -> tuple[str, ...]:
    asked: dict[str, None] = {}
    for one in fired:
        for _, hit in one.hits:
            asked.setdefault(hit.asked)
        if one.where:
            asked.setdefault(one.where)
    return (
        "fired by: " + ", ".join(asked) if asked else "fired by its fields",
        f"severity {rating.severity.value}: " + ", ".join(rating.reasons[:4]),
    )


def data_of(story: Story, rating: Rating) -> Mapping[str, Any]:
    """The event under ACLED's column names: what a webhook's reader wants."""
    event = story.event
    data: dict[str, Any] = {
        "story_id": story.id,
        "story_version": story.version,
        "severity": rating.severity.value,
        "kind": story.kind.value,
        "corroboration": story.corroboration,
        "independent_sources": story.independent_sources,
        "terms": list(story.terms),
    }
    if event is None:
        return data
    return data | {
        "event_date": event.date.isoformat() if event.date else None,
        "time_precision": event.date_precision,
        "event_type": event.event_type,
        "sub_event_type": event.sub_event_type,
        "actors": list(event.actors),
        "suspected": list(event.suspected),
        "claimed_by": list(event.claimed_by),
        "targets": list(event.targets),
        "weapons": list(event.weapons),
        "admin1": event.governorate,
        "location": event.place,
        "latitude": event.lat,
        "longitude": event.lon,
        "geo_precision": event.geo_precision,
        "fatalities": event.killed,
        "fatalities_max": _high(story, "killed", event.killed_max),
        "wounded": event.wounded,
        "wounded_max": _high(story, "wounded", event.wounded_max),
        "attacks": event.count,
        "confidence": round(event.confidence, 3),
    }


def _high(story: Story, name: str, otherwise: int | None) -> int | None:
    view = story.fields.get(name)
    return view.high if view and isinstance(view.high, int) else otherwise
