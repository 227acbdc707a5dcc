"""What linking keeps of a report: small, comparable, and enough to decide without the text.

A trace is stored beside the item, so that finding its story later costs a few hundred bytes an item and
no second reading. What it is found by is in `worker.domain.stories.keys`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from worker.domain.model import Event, Kind, Report
from worker.domain.stories import signature, words

LEAD_WORDS = 40
"""Words of the body that are compared; what an item is about stands at its head."""

VAGUE_DAYS = 2
"""An event without a date is taken to have happened up to this many days before its report."""

GENERIC = frozenset({"unknown_gunmen", "protesters"})
"""Actors that say nothing of who it was."""


@dataclass(frozen=True, slots=True)
class Trace:
    """The comparable remains of one report."""

    item_id: int
    entry_id: int
    revision: int
    source: str
    group: str
    """Who speaks: the host without `www.`, so that one outlet's feeds are one source."""
    reliability: str
    language: str
    at: datetime
    """Publication where known, else when first seen."""
    dated: bool
    url: str
    text_hash: str
    kind: Kind
    fresh: bool
    title: tuple[str, ...]
    """Stems of the headline's words that carry meaning."""
    lead: tuple[str, ...]
    numbers: tuple[int, ...]
    names: tuple[str, ...]
    """Concepts, actors and places that the lexicon recognised, the same in every language."""
    terms: tuple[str, ...]
    events: tuple[Event, ...]
    gist: str
    headline: str
    signature: bytes
    pinned: bool = False

    @property
    def main(self) -> Event | None:
        """The first event: what the item is about. A summary that counts attacks has none."""
        return main_event(self.events)

    @property
    def told(self) -> tuple[Event, ...]:
        """The events that the item can be found by: the first, and the second of two of one day."""
        main = self.main
        if main is None:
            return ()
        second = second_event(self.events)
        return (main,) if second is None else (main, second)


@dataclass(frozen=True, slots=True)
class Sight:
    """The part of a trace that most candidates are dismissed by: read in a third of the time."""

    item_id: int
    at: datetime
    events: tuple[Event, ...]


def main_event(events: tuple[Event, ...]) -> Event | None:
    """Pick the first event; a summary that counts attacks has none."""
    return events[0] if events and events[0].count is None else None


def second_event(events: tuple[Event, ...]) -> Event | None:
    """Pick the second of exactly two events of one day: an earlier one is only recalled."""
    if len(events) != 2 or events[1].count is not None:
        return None
    return events[1] if events[0].date is not None and events[0].date == events[1].date else None


def make_trace(report: Report, common: Mapping[str, frozenset[str]]) -> Trace:
    """Work out a report's trace; `common` gives each language's function words, folded."""
    head, _, body = report.text.partition("\n")
    title_words, body_words = words.tokens(report.title or head), words.tokens(body)
    function_words = common.get(report.language, frozenset())
    title = words.content(title_words, report.language, function_words)
    lead = words.content(body_words[:LEAD_WORDS], report.language, function_words)
    analysis = report.analysis
    return Trace(
        item_id=report.item_id,
        entry_id=report.entry_id,
        revision=report.revision,
        source=report.source,
        group=source_group(report),
        reliability=report.reliability,
        language=report.language,
        at=report.time,
        dated=report.published_at is not None,
        url=report.canonical_url or report.url,
        text_hash=report.text_hash,
        kind=analysis.kind,
        fresh=report.fresh,
        title=tuple(title),
        lead=tuple(lead),
        numbers=words.numbers(title_words + body_words[: 3 * LEAD_WORDS]),
        names=tuple(sorted({m.concept for m in analysis.matches})),
        terms=analysis.terms,
        events=tuple([replace(e, evidence=()) if e.evidence else e for e in analysis.events]),
        gist=analysis.gist,
        headline=report.title,
        signature=signature.signature(words.shingles(title_words + body_words)),
        pinned=report.pinned,
    )  # fmt: skip


AGGREGATORS = frozenset({"news.google.com", "news.yahoo.com", "msn.com", "flipboard.com"})
"""Hosts that carry everybody's reports: there the outlet's name tells who speaks."""


def source_group(report: Report) -> str:
    """Name who speaks: the host of the address, so that an outlet's feeds count once.

    Where the host names nobody (an aggregator, a bare IP address, none at all) the outlet's name does.
    """
    host = (urlsplit(report.canonical_url or report.url).hostname or "").removeprefix("www.")
    if not host or host in AGGREGATORS or host.replace(".", "").isdigit() or ":" in host:
        return report.source or host
    return host


def days(event: Event, at: datetime) -> tuple[int, int]:
    """Give the first and last day (proleptic ordinals) on which an event told of at that time can have happened."""
    if event.date is None:
        last = at.toordinal()
        return last - VAGUE_DAYS, last
    day = event.date.toordinal()
    slack = {2: 3, 3: 15}.get(event.date_precision or 1, 0)
    return day - slack, day + slack


def event_time(trace: Trace) -> datetime:
    """When what the item tells of happened, as far as known: windows go by this and not by arrival."""
    main = trace.main
    if main is None or main.date is None:
        return trace.at
    behind = trace.at.toordinal() - main.date.toordinal()
    return trace.at - timedelta(days=behind) if behind > 0 else trace.at
