"""One language, searchable: an automaton over the first words of its phrases, and what has to follow them."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ahocorasick_rs import AhoCorasick

from worker.domain.understanding.meanings import Sense, is_armed
from worker.domain.understanding.phrases import Affixes, Gap, Word, normal


class Tests:
    """The word tests of a language's phrases behind their first word, numbered; says which of them a word passes."""

    def __init__(self, affixes: Affixes) -> None:
        self.affixes = affixes
        self.numbers: dict[Word, int] = {}
        self.by_form: defaultdict[str, list[tuple[int, Word]]] = defaultdict(list)
        self.inside: list[tuple[int, Word]] = []
        self.known: dict[str, frozenset[int]] = {}
        self.heads = ("", *sorted(affixes.before))

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

    def passed(self, word: str) -> frozenset[int]:
        """The numbers of the tests that a word passes; remembered, texts repeat their words."""
        found = self.known.get(word)
        if found is None:
            found = self._work_out(word)
            if len(self.known) < _REMEMBERED:
                self.known[word] = found
        return found

    def _work_out(self, word: str) -> frozenset[int]:
        """Look up every stem that the word may be made of."""
        hits: set[int] = set()
        for head in self.heads:
            if head and not word.startswith(head):
                continue
            for end in range(len(head) + 1, len(word) + 1):
                for number, test in self.by_form.get(word[len(head) : end], ()):
                    if number not in hits and test.fits(word, self.affixes):
                        hits.add(number)
        hits.update(number for number, test in self.inside if test.fits(word, self.affixes))
        return frozenset(hits)


_REMEMBERED = 60_000
"""Words whose tests or phrases are remembered, a language."""


@dataclass(slots=True)
class Longer:
    """The phrases that go on behind a first word, by what has to follow."""

    second: dict[int, list[Sense]] = field(default_factory=dict)
    """Number of the second word's test to the phrases that demand it."""
    loose: list[tuple[int, int, Sense]] = field(default_factory=list)
    """(words that the gap may hold, number of the test behind it, phrase)."""
    numbered: list[Sense] = field(default_factory=list)
    """A number has to follow."""
    reach: int = 0
    """The most that a gap right behind the first word may hold."""
    awaited: set[int] = field(default_factory=set)
    """The numbers of the tests behind such gaps."""

    def uncapitalised(self) -> Longer | None:
        """The same without phrases that begin with a capital; None where none is left."""
        second = {
            number: left
            for number, senses in self.second.items()
            if (left := [s for s in senses if not s.phrase.say[0].isupper()])
        }
        loose = [row for row in self.loose if not row[2].phrase.say[0].isupper()]
        numbered = [s for s in self.numbered if not s.phrase.say[0].isupper()]
        return (
            Longer(second, loose, numbered, self.reach, self.awaited) if second or loose or numbered else None
        )

    def add(self, sense: Sense, tests: Tests) -> None:
        """Put a phrase where its second part says."""
        parts = sense.phrase.parts
        # Numbered before any text is read: what a word passes is remembered.
        numbers = [tests.number(part) if isinstance(part, Word) else -1 for part in parts[1:]]
        behind, number = parts[1], numbers[0]
        if number >= 0:
            if number in self.second:
                self.second[number].append(sense)
            else:
                self.second[number] = [sense]
        elif isinstance(behind, Gap) and numbers[1] >= 0:
            number = numbers[1]
            self.loose.append((behind.most, number, sense))
            self.reach = max(self.reach, behind.most)
            self.awaited.add(number)
        else:
            self.numbered.append(sense)


@dataclass(slots=True)
class Anchor:
    """The phrases that a first word may begin."""

    word: Word
    number: int
    """Its place among the language's first words: what a word begins is told in this order."""
    single: list[Sense] = field(default_factory=list)
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
        left = Anchor(self.word, self.number, [s for s in self.single if not s.phrase.say[0].isupper()])
        if self.longer is not None:
            left.longer = self.longer.uncapitalised()
        return left

    def add(self, sense: Sense, tests: Tests) -> None:
        """Take a phrase in."""
        if len(sense.phrase.parts) == 1:
            self.single.append(sense)
            return
        if self.longer is None:
            self.longer = Longer()
        self.longer.add(sense, tests)


class Opening:
    """What a word can begin: of the first words that it can be the phrases, taken together for a quick look."""

    __slots__ = (
        "_names",
        "anchors",
        "awaited",
        "careful",
        "longer",
        "numbered",
        "reach",
        "second",
        "single",
        "spelled",
    )

    def __init__(self, anchors: Iterable[Anchor]) -> None:
        """Take the first words in their order."""
        self.anchors = tuple(anchors)
        self.single = tuple(sense for anchor in self.anchors for sense in anchor.single)
        """Phrases that end with the word."""
        self.careful = any(a.word.capitals or a.word.name for a in self.anchors)
        """Whether its letters' case matters."""
        longer = [a.longer for a in self.anchors if a.longer is not None]
        self.longer = bool(longer)
        self.second = frozenset(number for one in longer for number in one.second)
        """Of the tests of second words all numbers."""
        self.awaited = frozenset(number for one in longer for number in one.awaited)
        self.reach = max((one.reach for one in longer), default=0)
        self.numbered = any(one.numbered for one in longer)
        self._names: Opening | None = None
        self.spelled: dict[tuple[str, bool], Opening] = {}
        """What of it counts for each way to write the word that was met."""

    def written(self, word: str, *, small: bool) -> Opening:
        """What counts where the word is written so; `small`: with a small letter in a text that knows capitals."""
        found = self.spelled.get((word, small))
        if found is None:
            fitting = [a for a in self.anchors if not a.word.capitals or a.word.capitals == word]
            found = Opening([a.uncapitalised() if small and a.word.name else a for a in fitting])
            found.careful = False
            if len(self.spelled) < _SPELLINGS:
                self.spelled[word, small] = found
        return found

    @property
    def names(self) -> Opening:
        """The same with none but the first words of names that tell of Iraq or of an armed party."""
        if self._names is None:
            own = [a for a in self.anchors if any(s.iraq or is_armed(s.meaning) for s in a.senses())]
            self._names = (Opening(own) if len(own) < len(self.anchors) else self) if own else NOTHING
        return self._names


NOTHING = Opening(())
_SPELLINGS = 20
"""Ways to write a word that are remembered."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language, searchable."""

    code: str
    affixes: Affixes
    automaton: AhoCorasick
    anchors: tuple[tuple[Anchor, ...], ...]
    """For each form that the automaton looks for the first words that it can be."""
    phrases: int
    tests: Tests
    data: Mapping[str, Any]
    """Numbers, dates and habits, as the language file has them."""
    cache: dict[str, Any] = field(default_factory=dict)
    """What numbers and dates compile from `data` on first use."""
    known: dict[str, Opening] = field(default_factory=dict)
    """Words met, and what they can begin."""

    def openings(self, words: Sequence[str]) -> list[Opening]:
        """For each word of a text what it can begin.

        The automaton runs once over the words that were not met before; texts repeat the others.
        """
        known = self.known
        try:
            return [known[word] for word in words]
        except KeyError:
            fresh = {word for word in words if word not in known}
        if len(known) > _REMEMBERED:
            known.clear()
            fresh = set(words)
        for word, anchors in self._learn(sorted(fresh)).items():
            known[word] = Opening(anchors) if anchors else NOTHING
        return [known[word] for word in words]

    def _learn(self, words: Sequence[str]) -> dict[str, tuple[Anchor, ...]]:
        """What new words can begin; one whose clitic swallowed the article also begins what the article does."""
        affixes = self.affixes
        whole = {
            word: article + word.removeprefix(clitic)
            for word in words
            for article, clitic in affixes.contracted
            if word.startswith(clitic) and len(word) - len(clitic) >= affixes.min_stem
        }
        found = self._look(sorted({*words, *whole.values()}))
        for word, articled in whole.items():
            told = {a.number for a in found[word]}
            more = (a for a in found[articled] if not a.word.exact and a.number not in told)
            found[word] = (*found[word], *more)
        return found

    def _look(self, words: Sequence[str]) -> dict[str, tuple[Anchor, ...]]:
        """Look for all forms in new words and keep what clitics and endings allow, in the order of their ends."""
        found: dict[str, tuple[Anchor, ...]] = dict.fromkeys(words, ())
        text = " ".join(words)
        row: dict[tuple[int, int, int], Anchor] = {}
        at, begin, behind = 0, 0, len(words[0])
        for pattern, start, end in self.automaton.find_matches_as_indexes(text, overlapping=True):
            while end > behind:
                found[words[at]] = tuple(row[k] for k in sorted(row))
                row, at, begin = {}, at + 1, behind + 1
                behind = begin + len(words[at])
            for anchor in self.anchors[pattern]:
                word = anchor.word
                if not word.tail_fits(text[end:behind], self.affixes):
                    continue
                if word.open_start:
                    row[end, start - begin + 1, anchor.number] = anchor
                elif word.head_fits(text[begin:start], end - start, self.affixes):
                    row[end, 0, anchor.number] = anchor
        found[words[at]] = tuple(row[k] for k in sorted(row))
        return found


class Tongues(Mapping[str, Tongue]):
    """The languages, each made when it is first asked for: who reads English need not wait for Turkish.

    Two threads that ask at once may both make it; one of the two is kept.
    """

    def __init__(self, codes: Iterable[str], make: Callable[[str], Tongue]) -> None:
        """Take the codes in the files' order, and what makes a language."""
        self._codes, self._make = tuple(codes), make
        self._made: dict[str, Tongue] = {}

    def __getitem__(self, code: str) -> Tongue:
        """The language, searchable; KeyError for one without a file."""
        if code in self._made:
            return self._made[code]
        if code not in self._codes:
            raise KeyError(code)
        collecting = gc.isenabled()
        gc.disable()  # nothing that is built here is garbage; searching for some takes a third of the time
        try:
            return self._made.setdefault(code, self._make(code))
        finally:
            if collecting:
                gc.freeze()  # it stays as long as the process: the collector need not look at it
                gc.enable()

    def __contains__(self, code: object) -> bool:
        """Whether there is such a language; makes none."""
        return code in self._codes

    def __iter__(self) -> Iterator[str]:
        """The codes."""
        return iter(self._codes)

    def __len__(self) -> int:
        """How many languages there are."""
        return len(self._codes)


def _name_endings(language: Mapping[str, Any]) -> frozenset[str]:
    """What may be joined to a name: every ending where names inflect, else a Latin plural or genitive s."""
    if language.get("names_inflect"):
        return frozenset(normal(a) for a in language.get("after") or ())
    return frozenset({"s"}) if language["script"] == "latin" else frozenset()


def compile_tongue(code: str, language: Mapping[str, Any], senses: list[Sense]) -> Tongue:
    """The automaton of one language over the first words of its phrases."""
    affixes = Affixes(
        frozenset(normal(a) for a in language.get("before") or ()),
        frozenset(normal(a) for a in language.get("after") or ()),
        int(language.get("min_stem") or 3),
        _name_endings(language),
        tuple(
            (normal(article), normal(clitic))
            for article, clitics in (language.get("contracted") or {}).items()
            for clitic in clitics
        ),
        tuple(normal(n) + "=" * n.endswith("=") for n in language.get("negated") or ()),
    )
    tests = Tests(affixes)
    by_word: dict[Word, Anchor] = {}
    for sense in senses:
        first = sense.phrase.parts[0]
        if isinstance(first, Word):
            anchor = by_word.get(first)
            if anchor is None:
                anchor = by_word[first] = Anchor(first, len(by_word))
            anchor.add(sense, tests)
    table: defaultdict[str, list[Anchor]] = defaultdict(list)
    for word, anchor in by_word.items():
        for form in dict.fromkeys(word.forms):
            table[form].append(anchor)
    return Tongue(
        code=code,
        affixes=affixes,
        automaton=AhoCorasick(list(table)),
        anchors=tuple(map(tuple, table.values())),
        phrases=len(senses),
        tests=tests,
        data={k: language.get(k) or {} for k in ("numbers", "dates", "sentences")}
        | {
            k: language.get(k)
            for k in (
                "number_side",
                "bare_singular",
                "passive_agent",
                "script",
                "distance_side",
                "one_endings",
                "agent_side",
            )
        },
    )
