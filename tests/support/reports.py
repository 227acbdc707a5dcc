"""Reports made up for the tests of understanding, and what the analyser makes of them.

A file whose reports all came out at another time binds it once:
`events_of = partial(reports.events_of, published=MONDAY)`.
"""

from __future__ import annotations

from datetime import UTC, datetime

from tests.support.lexicon import shipped_lexicon
from worker.domain.model import Analysis, Document, Event
from worker.domain.understanding.analyser import Analyser
from worker.domain.understanding.words.matcher import read

WEDNESDAY = datetime(2026, 3, 11, 9, tzinfo=UTC)
"""When most of the reports came out: "on Tuesday" is 10 March."""


def document(
    language: str,
    text: str,
    body: str | None = None,
    *,
    published: datetime | None = WEDNESDAY,
    feed_scope: str = "world",
) -> Document:
    """Make a report of a text whose first line is the title, or of a title and a body; without a title if that is empty."""
    if body is None:
        return Document(text, (text + "\n").index("\n"), language, published, feed_scope=feed_scope)
    whole = f"{text}\n{body}" if text else body
    return Document(whole, len(text), language, published, feed_scope=feed_scope)


def analysis_of(
    analyser: Analyser,
    language: str,
    text: str,
    body: str | None = None,
    *,
    published: datetime | None = WEDNESDAY,
) -> Analysis:
    """Analyse a report, given as `document` takes it."""
    return analyser.analyse(document(language, text, body, published=published))


def events_of(
    analyser: Analyser,
    language: str,
    text: str,
    body: str | None = None,
    *,
    published: datetime | None = WEDNESDAY,
) -> tuple[Event, ...]:
    """Analyse a report for all its events."""
    return analysis_of(analyser, language, text, body, published=published).events


def only_event(
    analyser: Analyser,
    language: str,
    text: str,
    body: str | None = None,
    *,
    published: datetime | None = WEDNESDAY,
) -> Event:
    """Analyse a report that must have one event and no other; where it has not, the failure shows its text."""
    report = document(language, text, body, published=published)
    found = analyser.analyse(report).events
    assert len(found) == 1, f"not one event but {[e.sub_event_type for e in found]} in {report.text!r}"
    return found[0]


def concepts_read(language: str, text: str) -> set[str]:
    """Keys of all that the shipped lexicon finds in the words, before anything is made of them."""
    return {hit.key for hit in read(text, shipped_lexicon().tongues[language]).hits}


def concepts_understood(
    analyser: Analyser, language: str, text: str, *, published: datetime | None = WEDNESDAY
) -> set[str]:
    """Keys that are left of a text without a title when the analyser has dropped what is doubtful."""
    return {
        hit.key for hit in analyser.understand(document(language, "", text, published=published)).reading.hits
    }
