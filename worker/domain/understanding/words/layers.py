"""Phrases filed by their first words: what an automaton looks for, and what has to follow behind.

A language has two layers: its own phrases, and the names that all languages of its script share, filed
once for all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from ahocorasick_rs import AhoCorasick

from worker.domain.understanding.words.meanings import Sense
from worker.domain.understanding.words.phrases import Gap, Word


class Register:
    """The word tests of a layer's phrases behind their first word, numbered; goes on where another ended."""

    def __init__(self, before: Register | None = None) -> None:
        self.numbers: dict[Word, int] = dict(before.numbers) if before is not None else {}
        """Those of the register before as well."""
        self.by_form: defaultdict[str, list[tuple[int, Word]]] = defaultdict(list)
        self.inside: list[tuple[int, Word]] = []

    def number(self, test: Word) -> int:
        """The test's number; new tests get the next."""
        found = self.numbers.get(test)
        if found is None:
            found = self.numbers[test] = len(self.numbers)
            for form in test.forms:
                self.by_form[form].append((found, test))
            if test.open_start:
                self.inside.append((found, test))
        return found


class Longer(msgspec.Struct, eq=False):
    """The phrases that go on behind a first word, by what has to follow; in tuples, as most hold one or none."""

    second: dict[int, tuple[Sense, ...]] = {}
    """Number of the second word's test to the phrases that demand it."""
    loose: tuple[tuple[int, int, Sense], ...] = ()
    """(words that the gap may hold, number of the test behind it, phrase)."""
    numbered: tuple[Sense, ...] = ()
    """A number has to follow."""
    reach: int = 0
    """The most that a gap right behind the first word may hold."""
    awaited: frozenset[int] = frozenset()
    """The numbers of the tests behind such gaps."""

    def uncapitalised(self) -> Longer | None:
        """The same without phrases that begin with a capital; None where none is left."""
        second = {
            number: left
            for number, senses in self.second.items()
            if (left := tuple(s for s in senses if not s.phrase.say[0].isupper()))
        }
        loose = tuple(row for row in self.loose if not row[2].phrase.say[0].isupper())
        numbered = tuple(s for s in self.numbered if not s.phrase.say[0].isupper())
        return (
            Longer(second, loose, numbered, self.reach, self.awaited) if second or loose or numbered else None
        )

    def add(self, sense: Sense, register: Register) -> None:
        """Put a phrase where its second part says."""
        parts = sense.phrase.parts
        # Numbered before any text is read: what a word passes is remembered.
        numbers = [register.number(part) if isinstance(part, Word) else -1 for part in parts[1:]]
        behind, number = parts[1], numbers[0]
        if number >= 0:
            self.second[number] = (*self.second.get(number, ()), sense)
        elif isinstance(behind, Gap) and numbers[1] >= 0:
            number = numbers[1]
            self.loose = (*self.loose, (behind.most, number, sense))
            self.reach = max(self.reach, behind.most)
            self.awaited |= {number}
        else:
            self.numbered = (*self.numbered, sense)


class Anchor(msgspec.Struct, eq=False):
    """The phrases that a first word may begin."""

    word: Word
    number: int
    """Its place among the language's first words: what a word begins is told in this order."""
    single: tuple[Sense, ...] = ()
    """Those that end with it."""
    longer: Longer | None = None

    def senses(self) -> Iterator[Sense]:
        """All its phrases."""
        yield from self.single
        if self.longer is not None:
            for senses in self.longer.second.values():
                yield from senses
            yield from (sense for _, _, sense in self.longer.loose)
            yield from self.longer.numbered

    def uncapitalised(self) -> Anchor:
        """The same without phrases that begin with a capital: "popular mobilizations" is no party's name."""
        left = Anchor(self.word, self.number, tuple(s for s in self.single if not s.phrase.say[0].isupper()))
        if self.longer is not None:
            left.longer = self.longer.uncapitalised()
        return left

    def add(self, sense: Sense, register: Register) -> None:
        """Take a phrase in."""
        if len(sense.phrase.parts) == 1:
            self.single = (*self.single, sense)
            return
        if self.longer is None:
            self.longer = Longer()
        self.longer.add(sense, register)


@dataclass(frozen=True, slots=True)
class Layer:
    """Phrases filed by their first words."""

    automaton: AhoCorasick
    forms: tuple[str, ...]
    """What the automaton looks for, in the order of its numbers."""
    anchors: tuple[tuple[Anchor, ...], ...]
    """For each form the first words that it can be."""
    register: Register
    phrases: int

    def __reduce__(self) -> tuple[Any, ...]:
        """All but the automaton, which is made anew in no time."""
        return layer_from, (self.forms, self.anchors, self.register, self.phrases)


def layer_from(
    forms: tuple[str, ...], anchors: tuple[tuple[Anchor, ...], ...], register: Register, phrases: int
) -> Layer:
    """Make the automaton of phrases that are filed already."""
    return Layer(AhoCorasick(forms), forms, anchors, register, phrases)


BEHIND = 1 << 24
"""Numbers of the first words of a layer that comes behind a language's own begin here."""


def layer_of(senses: Iterable[Sense], register: Register, *, begin: int = 0) -> Layer:
    """File phrases by their first words, which are numbered from `begin` on."""
    by_word: dict[Word, Anchor] = {}
    phrases = 0
    for sense in senses:
        phrases += 1
        first = sense.phrase.parts[0]
        if isinstance(first, Word):
            anchor = by_word.get(first)
            if anchor is None:
                anchor = by_word[first] = Anchor(first, begin + len(by_word))
            anchor.add(sense, register)
    table: defaultdict[str, list[Anchor]] = defaultdict(list)
    for word, anchor in by_word.items():
        for form in dict.fromkeys(word.forms):
            table[form].append(anchor)
    return layer_from(tuple(table), tuple(map(tuple, table.values())), register, phrases)
