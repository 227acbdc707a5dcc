"""What linking keeps of a report: small, comparable, and enough to decide without the text.

A trace is stored beside the item, so that finding its story later costs a few hundred bytes an item and
no second reading. Keys are what it is found by; they are made so that two reports of one event share at
least one, and few others do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import urlsplit

from worker.domain.model import Event, Kind, Report
from worker.domain.stories import signature, words
from worker.domain.stories.kinds import kinds_near

LEAD_WORDS = 40
"""Words of the body that are compared; what an item is about stands at its head."""

KEY_WORDS = 5
BUCKET_DAYS = 4
VAGUE_DAYS = 2
"""An event without a date is taken to have happened up to this many days before its report."""

CELL = 0.5
"""Degrees, about 50 km: the mesh in which events are looked up, each with its three nearest neighbours."""

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
        return self.events[0] if self.events and self.events[0].count is None else None


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
        events=tuple(replace(e, evidence=()) for e in analysis.events),
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


def days(event: Event, trace: Trace) -> tuple[int, int]:
    """Give the first and last day (proleptic ordinals) on which the event can have happened."""
    if event.date is None:
        last = trace.at.date().toordinal()
        return last - VAGUE_DAYS, last
    day = event.date.toordinal()
    slack = {2: 3, 3: 15}.get(event.date_precision or 1, 0)
    return day - slack, day + slack


def event_time(trace: Trace) -> datetime:
    """When what the item tells of happened, as far as known: windows go by this and not by arrival."""
    main = trace.main
    if main is None or main.date is None:
        return trace.at
    behind = trace.at.date() - main.date
    return trace.at - behind if behind > timedelta(0) else trace.at


def number(kind: str, day: int, *parts: object) -> int:
    """Make a key a signed 64-bit number: a database indexes it in eight bytes.

    The day stands in front (0 where a key knows no time), so that what is written and sought today lies
    side by side in the index, however large the archive behind it.
    """
    return _front(day) | _low(kind, *parts)


def _front(day: int) -> int:
    # Ordinals of this century lie near 730,000; 15 bits of what is beyond hold ninety years.
    return ((day - _EPOCH) & 0x7FFF) << 48 if day else 0


@lru_cache(maxsize=100_000)
def _low(*parts: object) -> int:
    """Make the 48 bits that know no day; places and kinds come again with every report."""
    text = "\x1f".join(map(str, parts))
    return int.from_bytes(blake2b(text.encode(), digest_size=6).digest(), "big")


_EPOCH = 719_163
"""1 January 1970 as a proleptic ordinal."""


def stored_keys(trace: Trace) -> list[int]:
    """Make the keys that an item is filed under."""
    found = dict.fromkeys(
        (*_fixed_keys(trace), *_band_keys(trace, _bucket(trace)), *_word_keys(trace, _bucket(trace)))
    )
    main = trace.main
    if main is not None:
        first, last = days(main, trace)
        cell = _cell(main)
        for day in range(first, min(last, first + 6) + 1):
            for place in _filed_places(main, cell):
                found.setdefault(number("event", day, place, main.sub_event_type))
    return list(found)


def sought_keys(trace: Trace) -> tuple[list[int], list[int]]:
    """Make the keys under which reports of the same event or text may be filed, and those of single words.

    A word leads to much that is not meant, so fewer stories are followed from it.
    """
    near = _near_buckets(trace)
    found = dict.fromkeys(_fixed_keys(trace))
    found.update(dict.fromkeys(key for bucket in near for key in _band_keys(trace, bucket)))
    if len(trace.events) <= 2:
        for event in trace.events:
            if event.count is None:
                found.update(dict.fromkeys(_sought_events(event, trace)))
    elif trace.main is not None:
        found.update(dict.fromkeys(_sought_events(trace.main, trace)))
    return list(found), list(dict.fromkeys(key for bucket in near for key in _word_keys(trace, bucket)))


def _bucket(trace: Trace) -> int:
    """Give the first day of the few that share band and word keys."""
    day = event_time(trace).date().toordinal()
    return day - day % BUCKET_DAYS


def _near_buckets(trace: Trace) -> tuple[int, int]:
    """Give the own bucket and the nearer neighbour: what lies two days off is found in any case."""
    day = event_time(trace).date().toordinal()
    own = day - day % BUCKET_DAYS
    return own, own + (BUCKET_DAYS if day % BUCKET_DAYS >= BUCKET_DAYS // 2 else -BUCKET_DAYS)


def entry_key(entry: int) -> int:
    """Make the key that leads to the revisions of an entry."""
    return number("entry", 0, entry)


def _sought_events(event: Event, trace: Trace) -> Iterator[int]:
    """Seek the days on which it can have happened under every near kind, the days beside under the nearest."""
    first, last = days(event, trace)
    last = min(last, first + 6)
    places = _sought_places(event)
    for day in range(first - 1, last + 2):
        front = _front(day)
        for near in kinds_near(event.sub_event_type, 0.25 if first <= day <= last else 0.5):
            for place in places:
                yield front | _low("event", place, near)


def _fixed_keys(trace: Trace) -> Iterator[int]:
    """Make the keys that know no time: an address and an entry are found however late."""
    if trace.url:
        yield number("url", 0, trace.url)
    if trace.entry_id:
        yield entry_key(trace.entry_id)


def _band_keys(trace: Trace, bucket: int) -> Iterator[int]:
    for band in signature.bands(trace.signature):
        yield number("band", bucket, band.hex())


def _word_keys(trace: Trace, bucket: int) -> Iterator[int]:
    # Long words are rare words, in every language near enough to choose what to look up by.
    for word in sorted(trace.title or trace.lead, key=lambda w: (-len(w), w))[:KEY_WORDS]:
        yield number("word", bucket, trace.language, word)


def _cell(event: Event) -> tuple[int, int] | None:
    if event.lat is None or event.lon is None or (event.geo_precision or 1) > 2:
        return None
    return int(event.lat // CELL), int(event.lon // CELL)


def _filed_places(event: Event, cell: tuple[int, int] | None) -> list[str]:
    """File a place under its cell and its governorate; what has neither under its actors."""
    governorate = event.governorate or ""
    places = [f"g:{governorate}"] if governorate else []
    places.append(f"c:{cell[0]}:{cell[1]}" if cell else f"coarse:{governorate}")
    places.append("any")
    named = [a for a in event.actors if a not in GENERIC]
    places.extend(f"a:{actor}" if cell or governorate else f"nowhere:{actor}" for actor in named[:3])
    return places


def _sought_places(event: Event) -> list[str]:
    """Seek a known place in its cell and those next to it, and among reports that were less exact."""
    cell = _cell(event)
    governorate = event.governorate or ""
    named = [a for a in event.actors if a not in GENERIC][:3]
    if cell is None and not governorate:
        return ["any", *(f"{k}:{a}" for a in named for k in ("a", "nowhere"))]
    places = [f"nowhere:{a}" for a in named] + ["coarse:"]
    if cell is None:
        return [*places, f"g:{governorate}"]
    if governorate:
        places.append(f"coarse:{governorate}")
    assert event.lat is not None
    assert event.lon is not None
    south, west = (event.lat / CELL) % 1 < 0.5, (event.lon / CELL) % 1 < 0.5
    for dy in (0, -1 if south else 1):
        places.extend(f"c:{cell[0] + dy}:{cell[1] + dx}" for dx in (0, -1 if west else 1))
    return places
