"""Items as JSON in, analyses as JSON out: what `marsad analyse`, the evaluation and training share.

The form of both is the labelled set's (docs/understanding.md); labels in the input are ignored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from worker.domain.model import Analysis, Document, Event, Report
from worker.domain.stories.book import StoryBook
from worker.domain.text.boilerplate import Boilerplate
from worker.domain.text.document import CleanItem, clean_item
from worker.errors import ConfigError
from worker.ports import Analyser

Row = Mapping[str, Any]
_NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)


def published_at(value: Any) -> datetime | None:
    """ISO 8601 or RFC 2822; without a zone it is UTC; None for nothing and for what is no date."""
    if not value or not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        try:
            found = parsedate_to_datetime(value)
        except (ValueError, TypeError):
            return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def document_of(row: Row, boilerplate: Boilerplate) -> tuple[Document, CleanItem]:
    """The clean document of one item."""
    clean = clean_item(
        str(row.get("title") or ""),
        str(row.get("body_html") or ""),
        boilerplate,
        source=str(row.get("source") or ""),
        url=str(row.get("url") or ""),
    )
    document = Document(
        text=clean.text,
        title_end=clean.title_end,
        language=clean.language,
        published=published_at(row.get("published")),
        source=str(row.get("source") or ""),
        url=str(row.get("url") or ""),
        feed_scope=str(row.get("feed_scope") or "world"),
    )
    return document, clean


@dataclass(slots=True)
class AnalyseService:
    """Analyses items one by one; with a story book it also says which story each belongs to."""

    analyser: Analyser
    boilerplate: Boilerplate
    book: StoryBook | None = None

    def run(self, rows: Iterable[tuple[str, Row]]) -> Iterator[dict[str, Any]]:
        """Analyses of (place in the input, item) pairs; ConfigError names the place of an item without id."""
        for number, (where, row) in enumerate(rows, 1):
            if not isinstance(row, Mapping) or not isinstance(row.get("id"), str):
                raise ConfigError(
                    "an item needs an id", where=where, remedy='write {"id": "…", "title": "…", …}'
                )
            yield self.one(row, number)

    def one(self, row: Row, number: int = 1) -> dict[str, Any]:
        """One item's analysis in the output form."""
        document, clean = document_of(row, self.boilerplate)
        analysis = self.analyser.analyse(document)
        # Items that are none of our business get a story too: what was misjudged still finds its like.
        story = self._story(number, document, clean, analysis) if self.book else None
        return {
            "id": row["id"],
            "lang": document.language,
            "text": document.text,
            "relevant": analysis.relevant,
            "score": analysis.score,
            "kind": analysis.kind.value,
            "terms": list(analysis.terms),
            "matches": [
                {"concept": m.concept, "text": m.text, "start": m.start, "end": m.end}
                for m in analysis.matches
            ],
            "events": [event_row(e) for e in analysis.events],
            "gist": analysis.gist,
            "story": story,
            "reasons": list(analysis.reasons),
        }

    def _story(self, number: int, document: Document, clean: CleanItem, analysis: Analysis) -> str | None:
        """The story that the item joins or begins."""
        assert self.book is not None
        report = Report(
            item_id=number,
            feed_id=0,
            url=document.url,
            canonical_url=clean.canonical_url,
            source=document.source,
            reliability="F",
            language=document.language,
            title=clean.title,
            text=document.text,
            text_hash=clean.text_hash,
            published_at=document.published,
            seen_at=document.published or _NO_DATE,
            fresh=True,
            analysis=analysis,
        )
        self.book.add(report)
        story = self.book.story_of(number)
        return f"story-{story}" if story is not None else None


def event_row(event: Event) -> dict[str, Any]:
    """An event in the output form."""
    return {
        "sub_event_type": event.sub_event_type,
        "event_type": event.event_type,
        "date": event.date.isoformat() if event.date else None,
        "date_precision": event.date_precision,
        "place": event.place,
        "governorate": event.governorate,
        "lat": event.lat,
        "lon": event.lon,
        "geo_precision": event.geo_precision,
        "actors": list(event.actors),
        "suspected": list(event.suspected),
        "claimed_by": list(event.claimed_by),
        "targets": list(event.targets),
        "weapons": list(event.weapons),
        "killed": event.killed,
        "wounded": event.wounded,
        "killed_max": event.killed_max,
        "wounded_max": event.wounded_max,
        "count": event.count,
        "foiled": event.foiled,
        "denied": event.denied,
        "confidence": event.confidence,
        "evidence": [{"field": e.field, "start": e.start, "end": e.end} for e in event.evidence],
    }
