"""What is believed of each field of a story's event, its range, and who says what.

Every source has one last word a field; a voice is one source, or several that copied one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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


class _Tally:
    """All that is said of one value."""

    __slots__ = ("first", "items", "last", "official", "value", "voices")

    def __init__(self, value: Any, first: datetime) -> None:
        self.value, self.first, self.last = value, first, first
        self.voices: dict[str, str] = {}
        self.items: list[int] = []
        self.official = False

    def add(self, word: Word) -> None:
        """Count one report for this value."""
        trace, voice = word.trace, word.voice
        if voice not in self.voices:
            self.voices[voice] = trace.source or voice
        self.items.append(trace.item_id)
        if trace.at > self.last:
            self.last = trace.at
        elif trace.at < self.first:
            self.first = trace.at
        if trace.reliability == "A":
            self.official = True

    def claim(self) -> Claim:
        """Make it a value of the story."""
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
    once = len({word.voice for word in words}) == len(words)
    fields: dict[str, FieldView] = {}
    for names, look in ((SINGLES, _one_value), (TOLLS, _toll), (SETS, _set)):
        for name in names:
            said = _every_word(words, name)
            if said:
                fields[name] = look(name, said, words, once=once)
    return fields


Said = Sequence[tuple[Word, Any]]
"""Reports, in order of time, each with what it says of one field."""


def _last_words(said: Said, *, once: bool) -> Said:
    """Keep each voice's latest statement; earlier ones were taken back by it."""
    if once:
        return said
    return list({word.voice: (word, value) for word, value in said}.values())


def _tallies(said: Said) -> list[_Tally]:
    tallies: dict[Any, _Tally] = {}
    for word, value in said:
        tally = tallies.get(value)
        if tally is None:
            tally = tallies[value] = _Tally(value, word.trace.at)
        tally.add(word)
    return list(tallies.values())


def _every_word(words: Sequence[Word], name: str) -> list[tuple[Word, Any]]:
    return [(w, v) for w in words if (v := getattr(w.event, name)) is not None and v != ()]


def _last_tallies(said: Said, every: list[_Tally], *, once: bool) -> list[_Tally]:
    last_words = _last_words(said, once=once)
    return every if len(last_words) == len(said) else _tallies(last_words)


def _one_value(name: str, said: Said, words: Sequence[Word], *, once: bool) -> FieldView:
    """Believe what most independent sources say last; the exacter place, then the later word, decides."""
    every = _tallies(said)
    last = _last_tallies(said, every, once=once)

    def rank(tally: _Tally) -> tuple[Any, ...]:
        support = len(tally.voices) + tally.official
        if name == "place":  # an exacter place contradicts nobody who knew only the district
            return (_exactness(tally.value, words), support, tally.last)
        return (support, tally.last)

    best = max(last, key=rank) if len(last) > 1 else last[0]
    why = _because(best, len(last), exact=name == "place" and len(last) > 1)
    if name != "date":
        return _view(best, why, every)
    days = [t.value for t in every]
    return _view(best, why, every, min(days), max(days))


def _exactness(place: str, words: Sequence[Word]) -> int:
    return -min((w.event.geo_precision or 1) for w in words if w.event.place == place)


def _toll(name: str, said: Said, words: Sequence[Word], *, once: bool) -> FieldView:
    """Believe the latest figure, unless it is lower than one that two sources (or an official one) stand by.

    A toll that rises after the first reports is how attacks are told; one that falls needs a second voice.
    The range spans every source's last word.
    """
    every = _tallies(said)
    last = _last_tallies(said, every, once=once)
    firm = [t for t in last if len(t.voices) >= 2 or t.official]
    best = max(last, key=_newest)
    floor = max(firm, key=_newest, default=best)
    if floor.value > best.value:
        best = floor
    upper = _last_words(_every_word(words, f"{name}_max"), once=once)
    low = min(t.value for t in last)
    high = max([t.value for t in last] + [v for _, v in upper])
    return _view(best, _because(best, len(last)), every, low, high)


def _newest(tally: _Tally) -> tuple[Any, ...]:
    return (tally.first, len(tally.voices), tally.value)


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


def _set(name: str, said: Said, _words: Sequence[Word], *, once: bool) -> FieldView:
    """Believe each id that a third of the sources name which name any; named ones push out generic ones."""
    every = _tallies([(word, one) for word, ids in said for one in ids])
    last = _last_words(said, once=once)
    support: dict[str, int] = {}
    for _, ids in last:
        for one in ids:
            support[one] = support.get(one, 0) + 1
    need = len(last) / 3 if name != "claimed_by" else 0
    believed = [one for one, count in support.items() if count >= need]
    if any(one not in GENERIC for one in believed):
        believed = [one for one in believed if one not in GENERIC]
    why = f"named by at least a third of {len(last)} sources" if len(last) > 1 else _because_one(1)
    return FieldView(
        believed=tuple(sorted(believed)),
        why=why,
        claims=tuple([t.claim() for t in every]),
        changed_at=max((t.first for t in every if t.value in believed), default=None),
    )


def _view(best: _Tally, why: str, every: Sequence[_Tally], low: Any = None, high: Any = None) -> FieldView:
    if len(every) == 1:
        return FieldView(best.value, why, low, high, (every[0].claim(),), every[0].first)
    claims = tuple([t.claim() for t in sorted(every, key=lambda t: (t.first, str(t.value)))])
    changed = next(t.first for t in every if t.value == best.value)
    return FieldView(best.value, why, low, high, claims, changed)
