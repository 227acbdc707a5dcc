"""Binds a parsed query to a lexicon: plain words become concepts or words to look for, values are checked.

The result is a tree of tests. Each says which keys it needs, so that ten thousand watches can be
found by the few keys that a text carries (`worker.domain.alerting.index`).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from worker.domain.alerting import query as q
from worker.domain.alerting.facts import Facts, Hit, Span
from worker.domain.alerting.words import ConceptIndex, forms, segments
from worker.domain.text.fold import fold_key
from worker.errors import QueryError

Keys = frozenset[str] | None
"""A text without any of these cannot answer; None: no such promise."""

Cost = Callable[[str], float]
"""How crowded a key is: of the parts of an AND the one with the least crowded keys is taken."""


class Test(Protocol):
    """One bound node."""

    def __call__(self, facts: Facts, now: datetime) -> tuple[Hit, ...] | None:
        """Hits when true (perhaps none to show), None when false."""
        ...

    def keys(self, cost: Cost) -> Keys:
        """What a text must carry at least one of."""
        ...


@dataclass(frozen=True, slots=True)
class HasConcept:
    """A concept, in whatever words and language."""

    asked: str
    ids: frozenset[str]
    shown: frozenset[str]
    """Ids whose words are marked for the reader."""

    def __call__(self, facts: Facts, now: datetime) -> tuple[Hit, ...] | None:  # noqa: ARG002
        """True when the analysis found it."""
        found = self.ids & facts.ids
        if not found:
            return None
        return (Hit(self.asked, found, self.places(facts)),)

    def places(self, facts: Facts) -> tuple[Span, ...]:
        """Where its words stand: those of the concept itself, else those that are evidence of it."""
        spans = [s for concept in self.ids & facts.spans.keys() for s in facts.spans[concept]]
        more = [s for concept in self.shown & facts.spans.keys() for s in facts.spans[concept]]
        return tuple(sorted(set(spans or more)))

    def keys(self, cost: Cost) -> Keys:  # noqa: ARG002
        """Find it by any of its ids."""
        return self.ids


@dataclass(frozen=True, slots=True)
class HasWords:
    """Words side by side; `exact` takes them as written, otherwise Arabic clitics and a plural s are forgiven."""

    asked: str
    words: tuple[str, ...]
    exact: bool

    def __call__(self, facts: Facts, now: datetime) -> tuple[Hit, ...] | None:  # noqa: ARG002
        """Look the first word up, then compare the rest."""
        places = self.places(facts)
        return (Hit(self.asked, spans=places),) if places else None

    def places(self, facts: Facts) -> tuple[Span, ...]:
        """Spans of all occurrences."""
        size, found = len(self.words), []
        for start in self._starts(facts):
            stretch = facts.tokens[start : start + size]
            if len(stretch) == size and all(map(self._same, self.words, (t.text for t in stretch))):
                found.append((stretch[0].start, stretch[-1].end))
        return tuple(found)

    def _starts(self, facts: Facts) -> tuple[int, ...] | range:
        first = self.words[0]
        return range(len(facts.tokens)) if "*" in first else facts.positions.get(first, ())

    def _same(self, asked: str, word: str) -> bool:
        if "*" in asked:
            return any(_star(asked).fullmatch(form) for form in forms(word))
        return word == asked if self.exact else asked in forms(word)

    def keys(self, cost: Cost) -> Keys:  # noqa: ARG002
        """Find it by its longest word without a star."""
        plain = [word for word in self.words if "*" not in word]
        return frozenset(("w:" + max(plain, key=len),)) if plain else None


@dataclass(frozen=True, slots=True)
class HasPattern:
    """A pattern of google-re2 over the folded text; shows no words, since folding moves them."""

    asked: str
    compiled: Any = field(compare=False)

    def __call__(self, facts: Facts, now: datetime) -> tuple[Hit, ...] | None:  # noqa: ARG002
        """Search in linear time."""
        return (Hit(self.asked),) if self.compiled.search(facts.folded) else None

    def keys(self, cost: Cost) -> Keys:  # noqa: ARG002
        """Nothing is known of what a pattern needs."""
        return None


@dataclass(frozen=True, slots=True)
class FieldIs:
    """A field of the story has one of the wanted values."""

    asked: str
    name: str
    wanted: frozenset[str]

    def __call__(self, facts: Facts, now: datetime) -> tuple[Hit, ...] | None:  # noqa: ARG002
        """Compare folded values."""
        return (Hit(self.asked),) if self.wanted & facts.named.get(self.name, frozenset()) else None

    def keys(self, cost: Cost) -> Keys:  # noqa: ARG002
        """Find it by field and value."""
        return frozenset(f"{self.name}={value}" for value in self.wanted)


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure compared; unknown figures are never compared."""

    asked: str
    name: str
    compare: Callable[[float], bool] = field(compare=False)

    def __call__(self, facts: Facts, now: datetime) -> tuple[Hit, ...] | None:  # noqa: ARG002
        """Compare when known."""
        value = facts.figure(self.name)
        return (Hit(self.asked),) if value is not None and self.compare(value) else None

    def keys(self, cost: Cost) -> Keys:  # noqa: ARG002
        """Figures are not indexed."""
        return None


@dataclass(frozen=True, slots=True)
class NotOlder:
    """`since:` on the event's or the report's time."""

    since: q.Since

    def __call__(self, facts: Facts, now: datetime) -> tuple[Hit, ...] | None:
        """Compare with the time of the facts."""
        return () if facts.at >= self.since.start(now) else None

    def keys(self, cost: Cost) -> Keys:  # noqa: ARG002
        """Times are not indexed."""
        return None


@dataclass(frozen=True, slots=True)
class IsNear:
    """Both sides within so many words of each other, in either order."""

    left: Test
    right: Test
    distance: int

    def __call__(self, facts: Facts, now: datetime) -> tuple[Hit, ...] | None:
        """Compare every pair of places; texts are short and places few."""
        left, right = self.left(facts, now), self.right(facts, now)
        if left is None or right is None:
            return None
        pairs = [
            (a, b)
            for a in (s for hit in left for s in hit.spans)
            for b in (s for hit in right for s in hit.spans)
            if self._close(facts, a, b)
        ]
        if not pairs:
            return None
        asked = f"{left[0].asked} near {right[0].asked}"
        concepts = left[0].concepts | right[0].concepts
        return (Hit(asked, concepts, tuple(sorted({span for pair in pairs for span in pair}))),)

    def _close(self, facts: Facts, a: Span, b: Span) -> bool:
        first, second = sorted((a, b))
        if first[1] > second[0]:
            return first != second
        between = sum(1 for t in facts.tokens if t.start >= first[1] and t.end <= second[0])
        return between <= self.distance

    def keys(self, cost: Cost) -> Keys:
        """Whichever side is less crowded."""
        return _narrowest((self.left.keys(cost), self.right.keys(cost)), cost)


@dataclass(frozen=True, slots=True)
class Nothing:
    """Not that."""

    part: Test

    def __call__(self, facts: Facts, now: datetime) -> tuple[Hit, ...] | None:
        """True when the part is false; there is nothing to show."""
        return () if self.part(facts, now) is None else None

    def keys(self, cost: Cost) -> Keys:  # noqa: ARG002
        """Absence has no key."""
        return None


@dataclass(frozen=True, slots=True)
class Every:
    """All parts."""

    parts: tuple[Test, ...]

    def __call__(self, facts: Facts, now: datetime) -> tuple[Hit, ...] | None:
        """Stop at the first that is false."""
        hits: list[Hit] = []
        for part in self.parts:
            found = part(facts, now)
            if found is None:
                return None
            hits.extend(found)
        return tuple(hits)

    def keys(self, cost: Cost) -> Keys:
        """One part's keys are enough: the least crowded."""
        return _narrowest((part.keys(cost) for part in self.parts), cost)


@dataclass(frozen=True, slots=True)
class OneOf:
    """At least one part; all that are true are shown."""

    parts: tuple[Test, ...]

    def __call__(self, facts: Facts, now: datetime) -> tuple[Hit, ...] | None:
        """Collect the hits of all."""
        results = [found for part in self.parts if (found := part(facts, now)) is not None]
        return tuple(hit for hits in results for hit in hits) if results else None

    def keys(self, cost: Cost) -> Keys:
        """All parts' keys, if each has some."""
        all_keys = [part.keys(cost) for part in self.parts]
        return None if None in all_keys else frozenset().union(*(k for k in all_keys if k))


def _narrowest(options: Iterable[Keys], cost: Cost) -> Keys:
    known = [keys for keys in options if keys is not None]
    return min(known, key=lambda keys: sum(map(cost, keys))) if known else None


def all_keys(test: Test) -> Iterator[str]:
    """Give every key under which a query could be found: what crowding is counted over."""
    for part in getattr(test, "parts", ()):
        yield from all_keys(part)
    if isinstance(test, IsNear):
        yield from all_keys(test.left)
        yield from all_keys(test.right)
    elif not isinstance(test, Every | OneOf | Nothing):
        yield from test.keys(lambda _: 0.0) or ()


def _star(asked: str) -> re.Pattern[str]:
    return re.compile(r"[\w'.\-]*".join(map(re.escape, asked.split("*"))))


@dataclass(frozen=True, slots=True)
class Values:
    """What fields may be compared with, by field; a field that is not here takes any value."""

    closed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def bind(node: q.Node, index: ConceptIndex, values: Values, *, where: str = "") -> Test:
    """Make the tests of a query; raises `QueryError` for a field value that exists nowhere."""

    def below(part: q.Node) -> Test:
        return bind(part, index, values, where=where)

    match node:
        case q.Near(left, right, distance):
            made: Test = IsNear(below(left), below(right), distance)
        case q.Not(part):
            made = Nothing(below(part))
        case q.Both(parts):
            made = Every(tuple(map(below, parts)))
        case q.Either(parts):
            made = OneOf(tuple(map(below, parts)))
        case _:
            made = _leaf(node, index, values, where)
    return made


def _leaf(node: q.Leaf, index: ConceptIndex, values: Values, where: str) -> Test:
    match node:
        case q.Words():
            parts = _run(node, index)
            made = parts[0] if len(parts) == 1 else Every(parts)
        case q.Phrase(words, exact):
            text = " ".join(words)
            ids = frozenset() if exact else index.ids(text)
            made = _worded(text, text, ids, index) if ids else HasWords(_quoted(text, exact), words, exact)
        case q.Regex(pattern):
            made = HasPattern(f"/{pattern}/", q.compile_pattern(pattern))
        case q.Field():
            made = _field(node, index, values, where)
        case q.Number(name, sign, value):
            asked = f"{name} {_SIGNS[sign]} {value:g}"
            made = Compared(asked, name, lambda figure: _COMPARES[sign](figure, value))
        case q.Since():
            made = NotOlder(node)
    return made


def _run(node: q.Words, index: ConceptIndex) -> tuple[Test, ...]:
    said = node.said or node.words
    return tuple(
        _worded(" ".join(node.words[start:end]), " ".join(said[start:end]), ids, index)
        for start, end, ids in segments(node.words, index)
    )


_SIGNS = {">=": "≥", "<=": "≤", "=": "=", ">": ">", "<": "<"}
_COMPARES: Mapping[str, Callable[[float, float], bool]] = {
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
    "=": lambda a, b: a == b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
}


def _quoted(text: str, exact: bool) -> str:
    return f"the very words “{text}”" if exact else f"“{text}”"


def _worded(text: str, said: str, ids: frozenset[str], index: ConceptIndex) -> Test:
    """A concept under the name that the watch gave it, or plain words."""
    if not ids:
        return HasWords(f"“{said}”", (text,), exact=False)
    covered = frozenset().union(*(index.covers(i) for i in ids))
    shown = frozenset().union(*(index.worded_by(i) for i in ids))
    return HasConcept(said, covered, shown)


def _field(node: q.Field, index: ConceptIndex, values: Values, where: str) -> Test:
    wanted: set[str] = set()
    for value in node.values:
        wanted |= _field_values(node, value, index, values, where)
    return FieldIs(f"{node.name}: {', '.join(node.values)}", node.name, frozenset(wanted))


def _field_values(
    node: q.Field, value: str, index: ConceptIndex, values: Values, where: str
) -> frozenset[str]:
    key = fold_key(value)
    closed = {fold_key(name): name for name in values.closed.get(node.name, ())}
    spelled = {key, key.replace(" ", "_")}
    if node.name in ("actor", "target", "weapon", "term"):
        for identifier in index.ids(value) | {f"{node.name}:{key}", f"{node.name}:{key.replace(' ', '_')}"}:
            spelled |= {covered.rpartition(":")[2] for covered in index.covers(identifier)}
    if node.name == "type":
        spelled |= {name for name in closed if set(key.split()) <= set(re.split(r"[ /]", name))}
    found = spelled & closed.keys() if closed else spelled
    if not found:
        close = difflib.get_close_matches(key, list(closed), 3, cutoff=0.5)
        known = ", ".join(closed[name] for name in close or sorted(closed)[:12])
        raise QueryError(
            f"{value!r} is no {node.name} that Marsad knows", column=node.column, where=where,
            remedy=f"did you mean one of: {known}?" if close else f"for instance: {known}",
        )  # fmt: skip
    return frozenset(found)
