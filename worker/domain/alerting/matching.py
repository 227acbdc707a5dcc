"""Takes one text through understanding and all watches, and says what would happen and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from worker.domain.alerting.facts import Hit, of_analysis
from worker.domain.alerting.index import WatchIndex
from worker.domain.alerting.severity import SeverityPolicy
from worker.domain.alerting.watch import Rule
from worker.domain.alerting.words import ConceptIndex
from worker.domain.model import Analysis, Document, Kind, Story
from worker.domain.text.language import detect


class Reader(Protocol):
    """Understanding, as this needs it."""

    def analyse(self, document: Document) -> Analysis:
        """Judge one document."""
        ...


def match_text(
    text: str,
    reader: Reader,
    rules: Iterable[Rule],
    severity: SeverityPolicy,
    index: ConceptIndex,
    now: datetime,
) -> dict[str, Any]:
    """Analyse a text as if it were published now; its first line is taken for the title."""
    text = text.strip()
    title_end = text.find("\n") if "\n" in text else len(text)
    language = detect(text[:title_end], text[title_end:]).code
    analysis = reader.analyse(Document(text, title_end, language, published=now))
    story = _story(analysis, now)
    rating = severity.rate(story)
    facts = of_analysis(text, analysis, language=language, at=now, severity=rating.severity)
    listed = list(rules)
    candidates = {rule.name for rule in WatchIndex.build(listed).candidates(facts)}
    said = []
    for rule in listed:
        hits = rule.test(facts, now) if rule.name in candidates else None
        fires, why = _weigh(rule, hits, story, rating.severity.rank)
        words = [(text[a:b], _means(analysis, a, b, index)) for a, b in _spans(hits)]
        said.append({"watch": rule.name, "fires": fires, "why": why, "words": words})
    return {
        "language": language,
        "kind": analysis.kind.value,
        "score": analysis.score,
        "terms": list(analysis.terms),
        "gist": analysis.gist,
        "severity": rating.severity.value,
        "severity_reasons": list(rating.reasons),
        "watches": said,
    }


def _story(analysis: Analysis, now: datetime) -> Story:
    """The story that this text alone would make."""
    event = analysis.events[0] if analysis.events else None
    return Story(
        0, 1, now, now, analysis.kind, analysis.gist, event, item_count=1, source_count=1,
        independent_sources=1, terms=analysis.terms, first_published_at=now, last_published_at=now,
    )  # fmt: skip


def _weigh(rule: Rule, hits: tuple[Hit, ...] | None, story: Story, rank: int) -> tuple[bool, str]:
    if hits is None:
        return False, "its query finds nothing here"
    asked = ", ".join(dict.fromkeys(hit.asked for hit in hits)) or "its query holds"
    inside, where = rule.area.judge(story.event)
    if not inside:
        return False, f"{asked}; but {where}"
    if story.kind is Kind.OTHER:
        return False, f"{asked}; but the text is not about security in Iraq"
    if story.kind is Kind.CONTEXT and rule.context != "alert":
        return False, f"{asked}; but no incident is reported: {rule.context}"
    if rank < rule.severity.rank:
        return False, f"{asked}; but its severity is below {rule.severity.value}"
    return True, asked


def _spans(hits: tuple[Hit, ...] | None) -> list[tuple[int, int]]:
    return sorted({span for hit in hits or () for span in hit.spans})


def _means(analysis: Analysis, start: int, end: int, index: ConceptIndex) -> str:
    for match in analysis.matches:
        if (match.start, match.end) == (start, end):
            return index.label(match.concept)
    return ""
