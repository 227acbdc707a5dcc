"""What a report is found by: numbers, made so that two reports of one event share at least one.

Few others should share it, however many stories are live: a new report looks at what its keys lead to and
at nothing else. The day stands at the front of a number, so that what is written and sought today lies side
by side in the index however large the archive is, and what has left the window goes as one stretch.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from worker.domain.model import Event
from worker.domain.stories import signature
from worker.domain.stories.kinds import kinds_near
from worker.domain.stories.trace import GENERIC, Trace, days, event_time
from worker.domain.text.fold import fold_key

KEY_WORDS = 5
BUCKET_DAYS = 4
CELL = 0.5
"""Degrees, about 50 km: the mesh in which events are looked up, each with its three nearest neighbours."""

_EPOCH = 719_163
"""1 January 1970 as a proleptic ordinal."""

INDEXED = 1 << 48
"""Keys from here on carry a day and lie in the index. An address's does not: items are found by it anyway."""

COPY = 6
"""Rank of an address or a band of the signature in common: such candidates are looked at whole."""

_SAME_KIND, _NEAR_KIND, _KIN, _DAY_BESIDE = 4, 3, 2, 2
_WORD = 1


class Sought(NamedTuple):
    """Where a report looks: key to rank, which is how much a story found under it is worth looking at."""

    main: dict[int, int]
    words: dict[int, int]
    """Keys of single words: they lead to much that is not meant, so fewer stories are followed from each."""


def first_key(day: int) -> int:
    """Give the lowest key of a day (proleptic ordinal): all keys of earlier days are smaller."""
    # Ordinals of this century lie near 730,000; 15 bits of what is beyond hold ninety years.
    return ((day - _EPOCH) & 0x7FFF) << 48


def day_of(key: int) -> int:
    """Give the day that stands at a key's front."""
    return (key >> 48) + _EPOCH


def address_key(url: str) -> int:
    """Give the key of an address, which knows no day."""
    return _low("url", url)


def _low(*parts: object) -> int:
    """Make the 48 bits that know no day."""
    text = "\x1f".join(map(str, parts))
    return int.from_bytes(blake2b(text.encode(), digest_size=6).digest(), "big")


@lru_cache(maxsize=20_000)
def _place_low(place: str) -> int:
    return _low("place", place)


@lru_cache(maxsize=200)
def _kind_low(sub_event_type: str) -> int:
    return _low("kind", sub_event_type)


class _Kinds(NamedTuple):
    """The kinds to seek for one kind, each with its rank."""

    near: tuple[tuple[int, int], ...]
    """On the days when it can have happened."""
    nearest: tuple[tuple[int, int], ...]
    """Of these the ones that are more than kin."""
    beside: tuple[tuple[int, int], ...]
    """The nearest on a day beside, where they tell less."""


@lru_cache(maxsize=200)
def _kinds(sub_event_type: str) -> _Kinds:
    """Give the kinds to seek with their ranks."""
    nearest = kinds_near(sub_event_type, 0.5)
    near = tuple(
        (_kind_low(k), _SAME_KIND if k == sub_event_type else _NEAR_KIND if k in nearest else _KIN)
        for k in kinds_near(sub_event_type, 0.25)
    )
    more = tuple((low, rank) for low, rank in near if rank > _KIN)
    return _Kinds(near, more, tuple((low, rank - _DAY_BESIDE) for low, rank in more))


@lru_cache(maxsize=60_000)
def _word_low(language: str, word: str, told: str) -> int:
    return _low("word", language, word, told)


def stored(trace: Trace) -> list[int]:
    """Make the keys that an item is filed under."""
    day = event_time(trace).date().toordinal()
    front = first_key(day - day % BUCKET_DAYS)
    found = dict.fromkeys(front | low for low in signature.bands(trace.signature))
    if trace.url:
        found[address_key(trace.url)] = None
    told = "placed" if _placed(trace) else ""
    for word in _key_words(trace):
        found[front | _word_low(trace.language, word, told)] = None
    for event in trace.told:
        first, last = days(event, trace.at)
        kind = _kind_low(event.sub_event_type)
        lows = [_place_low(place) ^ kind for place in _filed_places(event)]
        for day in range(first, min(last, first + 6) + 1):
            front = first_key(day)
            for low in lows:
                found[front | low] = None
    return list(found)


def sought(trace: Trace) -> Sought:
    """Make the keys under which reports of the same event or text may be filed."""
    day = event_time(trace).date().toordinal()
    own = day - day % BUCKET_DAYS
    # The own bucket and the nearer neighbour: what lies two days off is found in any case.
    beside = own + (BUCKET_DAYS if day % BUCKET_DAYS >= BUCKET_DAYS // 2 else -BUCKET_DAYS)
    fronts = (first_key(own), first_key(beside))
    lows = signature.bands(trace.signature)
    found = {front | low: COPY for front in fronts for low in lows}
    if trace.url:
        found[address_key(trace.url)] = COPY
    for event in trace.events if len(trace.events) <= 2 else trace.events[:1]:
        if event.count is None:
            _seek_event(found, event, trace)
    # Two reports that both name a place meet under it; words are for those that do not.
    told = ("",) if _placed(trace) else ("", "placed")
    words = {
        front | _word_low(trace.language, word, kind): _WORD
        for word in _key_words(trace)
        for kind in told
        for front in fronts
    }
    return Sought(found, words)


def _seek_event(found: dict[int, int], event: Event, trace: Trace) -> None:
    """Seek the days on which it can have happened under every near kind, the days beside under the nearest.

    A day beside counts so much against one event that the place must be the same, or told less exactly.
    """
    first, last = days(event, trace.at)
    last = min(last, first + 6)
    kinds = _kinds(event.sub_event_type)
    on = [(_place_low(place), kinds.near) for place in _sought_places(event)]
    if named := _named(event):
        on.append((_place_low(named), kinds.nearest))
    beside = [(_place_low(place), kinds.beside) for place in _same_places(event)]
    for day in range(first - 1, last + 2):
        front = first_key(day)
        for place, ranked in on if first <= day <= last else beside:
            low = front | place
            for kind, rank in ranked:
                found[low ^ kind] = rank


def _placed(trace: Trace) -> bool:
    """Whether the report's event lies in a cell or a governorate."""
    main = trace.main
    return main is not None and (bool(main.governorate) or _cell(main) is not None)


def _key_words(trace: Trace) -> list[str]:
    # Long words are rare words, in every language near enough to choose what to look up by.
    return sorted(trace.title or trace.lead, key=lambda w: (-len(w), w))[:KEY_WORDS]


def _cell(event: Event) -> tuple[int, int] | None:
    if event.lat is None or event.lon is None or (event.geo_precision or 1) > 2:
        return None
    return int(event.lat // CELL), int(event.lon // CELL)


def _named(event: Event) -> str:
    """Give the place's own name, under which those that name it come before those that lie near; else nothing."""
    if not event.place or (event.geo_precision or 1) > 2:
        return ""
    return f"p:{_folded(event.place)}"


_folded = lru_cache(maxsize=20_000)(fold_key)


def _filed_places(event: Event) -> list[str]:
    """File a place under its cell and its governorate; what has neither under its actors."""
    cell = _cell(event)
    governorate = event.governorate or ""
    places = [f"g:{governorate}"] if governorate else []
    places.append(f"c:{cell[0]}:{cell[1]}" if cell else f"coarse:{governorate}")
    places.append("any")
    if own := _named(event):
        places.append(own)
    named = [a for a in event.actors if a not in GENERIC]
    places.extend(f"a:{actor}" if cell or governorate else f"nowhere:{actor}" for actor in named[:3])
    return places


def _sought_places(event: Event) -> Iterator[str]:
    """Seek a known place in its cell and those next to it, and among reports that were less exact."""
    cell = _cell(event)
    governorate = event.governorate or ""
    named = [a for a in event.actors if a not in GENERIC][:3]
    if cell is None and not governorate:
        yield "any"
        yield from (f"{k}:{a}" for a in named for k in ("a", "nowhere"))
        return
    yield from (f"nowhere:{a}" for a in named)
    yield "coarse:"
    if cell is None or event.lat is None or event.lon is None:
        yield f"g:{governorate}"
        return
    if governorate:
        yield f"coarse:{governorate}"
    south, west = (event.lat / CELL) % 1 < 0.5, (event.lon / CELL) % 1 < 0.5
    for dy in (0, -1 if south else 1):
        yield from (f"c:{cell[0] + dy}:{cell[1] + dx}" for dx in (0, -1 if west else 1))


def _same_places(event: Event) -> Iterator[str]:
    """Seek a known place in its own cell alone, and among reports that were less exact."""
    cell = _cell(event)
    if cell is None:
        yield from _sought_places(event)
        return
    yield f"coarse:{event.governorate or ''}"
    yield f"c:{cell[0]}:{cell[1]}"
