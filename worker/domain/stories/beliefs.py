"""What is believed of each field of a story's event, its range, and who says what.

Every source has one last word a field; a voice is one source, or several that copied one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from worker.domain.model import Claim, Event, FieldView
from worker.domain.stories.trace import GENERIC, Trace

SINGLES = ("sub_event_type", "date", "place")
SETS = ("actors", "targets", "weapons", "claimed_by")
TOLLS = ("killed", "wounded")


@dataclass(slots=True)
class Word:
    """One report's event with the voice it counts as."""

    trace: Trace
    event: Event
    voice: str


@dataclass(slots=True)
class _Tally:
    """All that is said of one value."""

    value: Any
    voices: dict[str, str] = field(default_factory=dict)
    items: list[int] = field(default_factory=list)
    first: datetime | None = None
    last: datetime | None = None
    official: bool = False

    def add(self, word: Word) -> None:
        """Count one report for this value."""
        self.voices.setdefault(word.voice, word.trace.source or word.voice)
        self.items.append(word.trace.item_id)
        at = word.trace.at
        self.first = at if self.first is None else min(self.first, at)
        self.last = at if self.last is None else max(self.last, at)
        self.official = self.official or word.trace.reliability == "A"

    def claim(self) -> Claim:
        """Make it a value of the story."""
        assert self.first is not None
        assert self.last is not None
        return Claim(self.value, tuple(self.voices.values()), tuple(self.items), self.first, self.last)


def beliefs(words: Sequence[Word]) -> dict[str, FieldView]:
    """Consolidate each field over the reports that say something of it."""
    return _of_one(words[0]) if len(words) == 1 else _of_many(words)


def _of_one(word: Word) -> dict[str, FieldView]:
    """Take a report at its word: half of all stories begin so, and many stay so."""
    event, at = word.event, word.trace.at
    who, items, why = (word.trace.source or word.voice,), (word.trace.item_id,), _because_one(1)
    fields: dict[str, FieldView] = {}
    for name in SINGLES + TOLLS:
        value = getattr(event, name)
        if value is None:
            continue
        low = high = None if name in ("sub_event_type", "place") else value
        if name in TOLLS:
            high = max(value, getattr(event, f"{name}_max") or 0)
        fields[name] = FieldView(value, why, low, high, (Claim(value, who, items, at, at),), at)
    for name in SETS:
        ids: tuple[str, ...] = tuple(dict.fromkeys(getattr(event, name)))
        if ids:
            believed = [one for one in ids if one not in GENERIC] or ids
            claims = tuple([Claim(one, who, items, at, at) for one in ids])
            fields[name] = FieldView(tuple(sorted(believed)), why, claims=claims, changed_at=at)
    return fields


def _of_many(words: Sequence[Word]) -> dict[str, FieldView]:
    fields: dict[str, FieldView] = {}
    for name in SINGLES:
        view = _one_value(name, words)
        if view is not None:
            fields[name] = view
    for name in TOLLS:
        view = _toll(name, words)
        if view is not None:
            fields[name] = view
    for name in SETS:
        view = _set(name, words)
        if view is not None:
            fields[name] = view
    return fields


def _last_words(said: Iterable[tuple[Word, Any]]) -> list[tuple[Word, Any]]:
    """Keep each voice's latest statement; earlier ones were taken back by it."""
    latest: dict[str, tuple[Word, Any]] = {}
    for word, value in said:  # in order of time
        latest[word.voice] = (word, value)
    return list(latest.values())


def _tallies(said: Iterable[tuple[Word, Any]]) -> list[_Tally]:
    tallies: dict[Any, _Tally] = {}
    for word, value in said:
        tallies.setdefault(value, _Tally(value)).add(word)
    return list(tallies.values())


def _every_word(words: Sequence[Word], name: str) -> list[tuple[Word, Any]]:
    return [(w, v) for w in words if (v := getattr(w.event, name)) is not None and v != ()]


def _one_value(name: str, words: Sequence[Word]) -> FieldView | None:
    """Believe what most independent sources say last; the exacter place, then the later word, decides."""
    said = _every_word(words, name)
    if not said:
        return None
    every, last_words = _tallies(said), _last_words(said)
    last = every if len(last_words) == len(said) else _tallies(last_words)
    exactness = {v: _exactness(name, v, words) for v in (t.value for t in last)}

    def rank(tally: _Tally) -> tuple[Any, ...]:
        support = len(tally.voices) + tally.official
        if name == "place":  # an exacter place contradicts nobody who knew only the district
            return (exactness[tally.value], support, tally.last)
        return (support, tally.last)

    best = max(last, key=rank)
    why = _because(best, len(last), exact=name == "place" and len(last) > 1)
    values = sorted({t.value for t in every}, key=str)
    if name == "date":
        return _view(best, why, every, min(values), max(values))
    return _view(best, why, every)


def _exactness(name: str, value: Any, words: Sequence[Word]) -> int:
    if name != "place":
        return 0
    found = [w.event for w in words if w.event.place == value]
    return -min((e.geo_precision or 1) for e in found) if found else -9


def _toll(name: str, words: Sequence[Word]) -> FieldView | None:
    """Believe the latest figure, unless it is lower than one that two sources (or an official one) stand by.

    A toll that rises after the first reports is how attacks are told; one that falls needs a second voice.
    The range spans every source's last word.
    """
    said = _every_word(words, name)
    if not said:
        return None
    every, last_words = _tallies(said), _last_words(said)
    last = every if len(last_words) == len(said) else _tallies(last_words)
    firm = [t for t in last if len(t.voices) >= 2 or t.official]
    best = max(last, key=lambda t: (t.first, len(t.voices), t.value))
    floor = max(firm, key=lambda t: (t.first, len(t.voices), t.value), default=best)
    if floor.value > best.value:
        best = floor
    upper = _last_words(_every_word(words, f"{name}_max"))
    low = min(t.value for t in last)
    high = max([t.value for t in last] + [v for _, v in upper])
    return _view(best, _because(best, len(last)), every, low, high)


def _because(best: _Tally, rivals: int, *, exact: bool = False) -> str:
    """Say why a value is believed."""
    count = len(best.voices)
    if rivals == 1:
        return _because_one(count)
    if exact:
        return "the most exact place that a source names"
    if count >= 2:
        return f"{count} independent sources stand by it"
    return "the last word of an official source" if best.official else "the latest word"


def _because_one(voices: int) -> str:
    """Say why a value is believed that nobody contradicts."""
    return "the only source says so" if voices == 1 else f"all {voices} independent sources say so"


def _set(name: str, words: Sequence[Word]) -> FieldView | None:
    """Believe each id that a third of the sources name which name any; named ones push out generic ones."""
    said = _last_words(_every_word(words, name))
    if not said:
        return None
    every: dict[str, _Tally] = {}
    for word, ids in _every_word(words, name):
        for one in ids:
            every.setdefault(one, _Tally(one)).add(word)
    support: dict[str, int] = {}
    for _, ids in said:
        for one in ids:
            support[one] = support.get(one, 0) + 1
    need = len(said) / 3 if name in ("targets", "weapons", "actors") else 0
    believed = [one for one, count in support.items() if count >= need]
    if any(one not in GENERIC for one in believed):
        believed = [one for one in believed if one not in GENERIC]
    why = f"named by at least a third of {len(said)} sources" if len(said) > 1 else "the only source says so"
    return FieldView(
        believed=tuple(sorted(believed)),
        why=why,
        claims=tuple(t.claim() for t in every.values()),
        changed_at=max((t.first for one, t in every.items() if one in believed and t.first), default=None),
    )


def _view(best: _Tally, why: str, every: Sequence[_Tally], low: Any = None, high: Any = None) -> FieldView:
    claims = tuple(t.claim() for t in sorted(every, key=lambda t: (t.first, str(t.value))))
    changed = next(t.first for t in every if t.value == best.value)
    return FieldView(best.value, why, low, high, claims, changed)
