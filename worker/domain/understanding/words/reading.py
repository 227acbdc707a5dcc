"""A text as the machine reads it: words, sentences, and what they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

import msgspec

from worker.domain.text.fold import Folded
from worker.domain.understanding.words.meanings import Actor, Concept, Country, Meaning, Place
from worker.domain.understanding.words.phrases import Phrase


class Hit(msgspec.Struct, frozen=True, eq=False, gc=False):
    """Words of the text that stand for something. `start`, `end` count folded characters."""

    key: str
    group: str
    meaning: Meaning
    phrase: Phrase
    iraq: float
    """How strongly the words tell of Iraq (`meanings.iraq_weight`)."""
    start: int
    end: int
    first: int
    """First word."""
    last: int
    """Behind the last word."""
    sentence: int


class Row(list[Hit]):
    """The hits of a text, a sentence or a clause, in text order, and which of them are what.

    Sorted once when the row is made: rules ask dozens of times for the deeds, the places, "said".
    """

    __slots__ = ("actors", "countries", "deeds", "groups", "keys", "named", "places")

    def __init__(self, hits: Iterable[Hit] = ()) -> None:
        """Take the hits and sort them by what they stand for."""
        super().__init__(hits)
        self.named: dict[str, list[Hit]] = {}
        """By key."""
        self.groups: dict[str, list[Hit]] = {}
        """By group."""
        self.deeds: list[Hit] = []
        """Those that can make an event."""
        self.places: list[Hit] = []
        """Those of Iraq."""
        self.countries: list[Hit] = []
        self.actors: list[Hit] = []
        named, groups = self.named, self.groups
        for hit in self:
            if hit.key in named:
                named[hit.key].append(hit)
            else:
                named[hit.key] = [hit]
            if hit.group in groups:
                groups[hit.group].append(hit)
            else:
                groups[hit.group] = [hit]
            meaning = hit.meaning
            if isinstance(meaning, Concept):
                if meaning.trigger:
                    self.deeds.append(hit)
            elif isinstance(meaning, Place):
                self.places.append(hit)
            elif isinstance(meaning, Country):
                self.countries.append(hit)
            elif isinstance(meaning, Actor):
                self.actors.append(hit)
        self.keys = named.keys()

    def of(self, *keys: str) -> list[Hit]:
        """The hits of some keys, in text order."""
        if len(keys) == 1:
            return self.named.get(keys[0]) or []
        found = [self.named[key] for key in keys if key in self.named]
        if len(found) == 1:
            return found[0]
        return [h for h in self if h.key in keys] if found else []

    def within(self, first: int, last: int) -> Row:
        """The hits among the words [first, last)."""
        return Row([h for h in self if first <= h.first and h.last <= last])


_NOTHING = Row()


@dataclass(slots=True)
class Reading:
    """A text as the machine reads it: words, sentences and what they stand for."""

    folded: Folded
    plain: str
    words: list[str]
    """The words in normal form."""
    starts: list[int]
    ends: list[int]
    sentence_of: list[int]
    sentences: list[tuple[int, int]]
    """First word and behind the last word of each sentence; those of the title come first."""
    small: bool | None = None
    """Whether the source has no capitals, once that was asked."""
    title: int = 1
    """How many sentences the title has; a semicolon ends one."""
    hits: list[Hit] = field(default_factory=list)
    bystanders: frozenset[Hit] = frozenset()
    """Named facilities that a deed was only near; they place it and are no matter of its own."""
    _by_sentence: dict[int, Row] = field(default_factory=dict)
    _unmoved: bool | None = None
    """Whether every folded character stands where its source does, once that was asked."""

    def word(self, index: int) -> str:
        """A word in normal form."""
        return self.words[index]

    def between(self, index: int) -> str:
        """What stands in the folded text between this word and the next."""
        if index + 1 >= len(self.starts):
            return ""
        return self.folded.text[self.ends[index] : self.starts[index + 1]]

    def of(self, sentence: int) -> Row:
        """The hits of a sentence, in text order."""
        return self._by_sentence.get(sentence, _NOTHING)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Source offsets of folded ones."""
        if self._unmoved is None:
            self._unmoved = isinstance(self.folded.starts, range)
        return (start, end) if self._unmoved and start < end else self.folded.span(start, end)

    def settle(self, hits: Iterable[Hit]) -> None:
        """Take over the hits that remain after all conditions."""
        self.hits = sorted(hits, key=_place_of)
        table: dict[int, list[Hit]] = {}
        for hit in self.hits:
            if hit.sentence in table:
                table[hit.sentence].append(hit)
            else:
                table[hit.sentence] = [hit]
        self._by_sentence = {sentence: Row(row) for sentence, row in table.items()}


class Span(Protocol):
    """Anything that stands on words of the text."""

    @property
    def first(self) -> int:
        """First word."""

    @property
    def last(self) -> int:
        """Behind the last word."""


def overlap(one: Span, other: Span) -> bool:
    """Whether two things stand on a word that is the same."""
    return one.first < other.last and other.first < one.last


def openings(reading: Reading, most: int) -> Iterator[Row]:
    """The words of headline and first sentences that stand for something."""
    for index in range(min(reading.title + most, len(reading.sentences))):
        yield reading.of(index)


def _place_of(hit: Hit) -> int:
    """Text order, the longer first; a text has fewer than 2^20 characters."""
    return (hit.start << 20) - hit.end


def speaks(hit: Hit, hits: Row) -> bool:
    """Whether words name who reports and not who acts: "police and medical sources said"."""
    for said in hits.named.get("said", ()):
        if said.first <= hit.first and hit.last <= said.last:
            return True  # "officials said" is one phrase
        if hit.group == "target" and 0 <= hit.first - said.last <= 1:
            return True  # verb first: "said the minister", أعلن وزير الصحة
        if 0 <= said.first - hit.last <= (0 if _is_thing(hit) else 3):
            told = any(hit.last <= h.first < said.first for h in hits.groups.get("act", ()))
            return not (told or _own_deed(said, hits))
    return False


def _own_deed(said: Hit, hits: Row) -> bool:
    """Whether who reports tells what he did himself: "the US military says it struck a depot"."""
    for own in hits.named.get("own_word", ()):
        if not (own.first < said.last and said.first < own.last):
            continue
        suffered = {h.first for h in hits.of("passive", "one_passive")}
        return any(
            h.first == own.last or (h.first == own.last + 1 and own.last not in suffered)
            for h in hits.groups.get("act", ())
        )
    return False


def _is_thing(hit: Hit) -> bool:
    """Whether words name a place that was hit and nobody who could speak from afar: a mosque, a base."""
    return hit.group == "target" and isinstance(hit.meaning, Concept) and not hit.meaning.people
