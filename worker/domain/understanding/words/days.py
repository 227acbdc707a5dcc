"""Days that stand inside a phrase: "a hissé *jeudi* le drapeau" says what "a hissé le drapeau" says.

A sentence that names a day is read once more without it, from the words before the day; what is found
across the gap counts as if the day stood elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from worker.domain.understanding.words.phrases import normal
from worker.domain.understanding.words.tongue import Tongue

_LONGEST = 5
"""Words of the longest day: "in der Nacht zum Sonntag"."""


@dataclass(frozen=True, slots=True)
class _Days:
    """A language's days, compiled to their words."""

    named: frozenset[tuple[str, ...]]
    before: frozenset[tuple[str, ...]]
    after: frozenset[tuple[str, ...]]
    firsts: frozenset[str]


def _days(tongue: Tongue) -> _Days:
    """Compile weekdays, "today" and "yesterday", and what stands beside them, once."""
    known = tongue.cache.get("days")
    if isinstance(known, _Days):
        return known
    data = tongue.data["dates"]
    beside = data.get("beside") or {}
    named = frozenset(_key(t) for table in ("weekdays", "relative") for t in data.get(table) or {})
    days = _Days(
        named,
        frozenset(_key(t) for t in beside.get("before") or ()),
        frozenset(_key(t) for t in beside.get("after") or ()),
        frozenset(words[0] for words in named if words),
    )
    tongue.cache["days"] = days
    return days


def _key(text: object) -> tuple[str, ...]:
    """The words of a day."""
    return tuple(normal(str(text)).split())


def without_days(words: Sequence[str], tongue: Tongue) -> tuple[list[int], list[int]] | None:
    """Which of a sentence's words are left without its days, and where the days stood; None where none stands within.

    Both as places in `words`; a day stood right before the place given.
    """
    days = _days(tongue)
    if days.firsts.isdisjoint(words):
        return None
    kept: list[int] = []
    gaps: list[int] = []
    at = 0
    while at < len(words):
        length = _length(words, at, days.named) if words[at] in days.firsts else 0
        if not length:
            kept.append(at)
            at += 1
            continue
        while back := _length_before(words, kept, days.before):
            del kept[-back:]
        at += length
        while more := _length(words, at, days.after):
            at += more
        if kept and at < len(words):
            gaps.append(at)
    return (kept, gaps) if gaps else None


def _length(words: Sequence[str], at: int, known: frozenset[tuple[str, ...]]) -> int:
    """How many words from `at` on are the longest of the known ones."""
    return next(
        (n for n in range(min(_LONGEST, len(words) - at), 0, -1) if tuple(words[at : at + n]) in known), 0
    )


def _length_before(words: Sequence[str], kept: Sequence[int], known: frozenset[tuple[str, ...]]) -> int:
    """How many of the last words kept are the longest of the known ones."""
    return next(
        (n for n in range(min(_LONGEST, len(kept)), 0, -1) if tuple(words[i] for i in kept[-n:]) in known),
        0,
    )
