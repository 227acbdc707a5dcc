"""What a watch looks at: one report of a story, as ids with their words, tokens and the event's fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from worker.domain.alerting.words import Token, forms, tokens
from worker.domain.model import Analysis, Event, Kind, Report, Severity, Story
from worker.domain.text.fold import fold, fold_key

Span = tuple[int, int]


@dataclass(frozen=True)
class Facts:
    """One text and the event it belongs to. Not slotted: what is dear is worked out once, when asked for."""

    text: str
    analysis: Analysis
    event: Event | None
    language: str
    source: str
    kind: Kind
    severity: Severity
    at: datetime
    """When it happened or, failing that, was published: what `since:` compares."""
    sources: int = 1
    """Independent sources."""
    title_end: int = 0

    @cached_property
    def spans(self) -> Mapping[str, tuple[Span, ...]]:
        """Concept id to where its words stand in the text."""
        found: dict[str, list[Span]] = {}
        for match in self.analysis.matches:
            found.setdefault(match.concept, []).append((match.start, match.end))
        return {concept: tuple(sorted(spans)) for concept, spans in found.items()}

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every id that this text or its event carries: terms, concepts, `actor:…`, `place:…`."""
        ids = {*self.analysis.terms, *self.spans}
        if self.event:
            ids.update(f"actor:{actor}" for actor in (*self.event.actors, *self.event.claimed_by))
            ids.update(self.event.targets)
            ids.update(self.event.weapons)
            if self.event.place_id:
                ids.add(f"place:{self.event.place_id}")
        return frozenset(ids)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words of the text."""
        return tokens(self.text)

    @cached_property
    def folded(self) -> str:
        """The folded text: what patterns run over."""
        return fold(self.text).text

    @cached_property
    def positions(self) -> Mapping[str, tuple[int, ...]]:
        """Folded word, also freed from clitics, to the numbers of the tokens it stands at."""
        found: dict[str, list[int]] = {}
        for number, token in enumerate(self.tokens):
            for form in forms(token.text):
                found.setdefault(form, []).append(number)
        return {word: tuple(numbers) for word, numbers in found.items()}

    @cached_property
    def named(self) -> Mapping[str, frozenset[str]]:
        """Folded values of each text field of the query language."""
        event = self.event
        values: dict[str, Iterable[str | None]] = {
            "source": (self.source,),
            "lang": (self.language,),
            "kind": (self.kind.value,),
            "severity": (self.severity.value,),
            "term": self.analysis.terms,
        }
        if event:
            values |= {
                "type": (event.sub_event_type, event.event_type),
                "actor": (*event.actors, *event.claimed_by),
                "target": event.targets,
                "weapon": event.weapons,
                "place": (event.place, event.place_id, event.governorate),
                "governorate": (event.governorate,),
            }
        return {name: frozenset(fold_key(v) for v in vs if v) for name, vs in values.items()}

    def figure(self, name: str) -> float | None:
        """One of the figures a query can compare; None when nobody says."""
        if name == "sources":
            return self.sources
        if name == "confidence":
            return self.event.confidence if self.event else self.analysis.score
        if self.event is not None and name in ("killed", "wounded"):
            return self.event.at_least(name)
        return getattr(self.event, name) if self.event else None


def of_story(story: Story, report: Report, severity: Severity, at: datetime) -> Facts:
    """One report seen as part of its story: the words are its own, the event is the story's."""
    own = report.analysis.events
    return Facts(
        text=report.text,
        analysis=report.analysis,
        event=story.event or (own[0] if own else None),
        language=report.language,
        source=report.source,
        kind=story.kind,
        severity=severity,
        at=at,
        sources=max(1, story.independent_sources),
        title_end=len(report.title),
    )


def of_analysis(
    text: str, analysis: Analysis, *, language: str, at: datetime, source: str = "", severity: Severity
) -> Facts:
    """Take one text by itself: what `marsad watch match` looks at."""
    return Facts(
        text=text,
        analysis=analysis,
        event=analysis.events[0] if analysis.events else None,
        language=language,
        source=source,
        kind=analysis.kind,
        severity=severity,
        at=at,
        title_end=text.find("\n") if "\n" in text else len(text),
    )


@dataclass(frozen=True, slots=True)
class Hit:
    """One part of a query that came true, and the words that made it so."""

    asked: str
    """What the watch asked for, as a reader would say it: `rocket attack`, `killed ≥ 3`."""
    concepts: frozenset[str] = frozenset()
    spans: tuple[Span, ...] = field(default=())
