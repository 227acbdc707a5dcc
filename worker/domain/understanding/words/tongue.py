"""One language, searchable: an automaton over the first words of its phrases, and what has to follow them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from worker.domain.understanding.words.grammar import Grammar, grammar_of
from worker.domain.understanding.words.layers import Anchor, Layer, Register, layer_of
from worker.domain.understanding.words.meanings import FIRM, Sense, is_armed
from worker.domain.understanding.words.phrases import Affixes, Word, forget, normal
from worker.domain.understanding.words.sounds import Romanisation


class Tests:
    """Says which of a language's word tests a word passes."""

    def __init__(self, affixes: Affixes, layers: Sequence[Layer]) -> None:
        """Take the layers, the register of each going on where that of the next ended."""
        self.affixes = affixes
        self.numbers: Mapping[Word, int] = layers[0].register.numbers
        self.tables = tuple(layer.register.by_form for layer in layers)
        self.inside = [row for layer in layers for row in layer.register.inside]
        self.known: dict[str, frozenset[int]] = {}
        self.heads = ("", *sorted(affixes.before))

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
                form = word[len(head) : end]
                for table in self.tables:
                    for number, test in table.get(form, ()):
                        if number not in hits and test.fits(word, self.affixes):
                            hits.add(number)
        hits.update(number for number, test in self.inside if test.fits(word, self.affixes))
        return frozenset(hits)


_REMEMBERED = 60_000
"""Words whose tests or phrases are remembered, a language."""


class Opening:
    """What a word can begin: of the first words that it can be the phrases, taken together for a quick look."""

    __slots__ = (
        "_names",
        "anchors",
        "awaited",
        "careful",
        "firm",
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
        self.careful = any(_is_cased(a) for a in self.anchors)
        """Whether its letters' case matters."""
        self.firm = any(s.iraq >= FIRM for a in self.anchors if not _is_cased(a) for s in a.single)
        """Whether the word alone settles that a text names Iraq, however it is written."""
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
            fitting = [a for a in self.anchors if a.word.written_so(word)]
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


def _is_cased(anchor: Anchor) -> bool:
    """Whether capitals decide what a first word begins."""
    name = anchor.word.name and any(s.phrase.say[0].isupper() for s in anchor.senses())
    return bool(anchor.word.capitals) or name


NOTHING = Opening(())
_SPELLINGS = 20
"""Ways to write a word that are remembered."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language, searchable."""

    code: str
    affixes: Affixes
    layers: tuple[Layer, ...]
    """Its own phrases, and the names that it shares with all languages of its script."""
    grammar: Grammar
    data: Mapping[str, Any]
    """Numbers, dates and endings, as the language file has them."""
    romanisation: Romanisation | None = None
    """How it writes names of another script, where it does."""
    tests: Tests = field(init=False)
    cache: dict[str, Any] = field(default_factory=dict, init=False)
    """What numbers and dates compile from `data` on first use."""
    known: dict[str, Opening] = field(default_factory=dict, init=False)
    """Words met, and what they can begin."""

    def __post_init__(self) -> None:
        """Ready the tests of further words."""
        object.__setattr__(self, "tests", Tests(self.affixes, self.layers))

    def __reduce__(self) -> tuple[Any, ...]:
        """What it was made of; what texts taught it is left behind."""
        return Tongue, (
            self.code,
            self.affixes,
            self.layers,
            self.grammar,
            self.data,
            self.romanisation,
        )

    @property
    def phrases(self) -> int:
        """How many phrases it looks for."""
        return sum(layer.phrases for layer in self.layers)

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
        rows: list[dict[tuple[int, int, int], Anchor]] = [{} for _ in words]
        text = " ".join(words)
        for layer in self.layers:
            at, begin, behind = 0, 0, len(words[0])
            for pattern, start, end in layer.automaton.find_matches_as_indexes(text, overlapping=True):
                while end > behind:
                    at, begin = at + 1, behind + 1
                    behind = begin + len(words[at])
                for anchor in layer.anchors[pattern]:
                    word = anchor.word
                    if not word.tail_fits(text[end:behind], self.affixes):
                        continue
                    if word.open_start:
                        rows[at][end - begin, start - begin + 1, anchor.number] = anchor
                    elif word.head_fits(text[begin:start], end - start, self.affixes):
                        rows[at][end - begin, 0, anchor.number] = anchor
        return {
            word: tuple(row[k] for k in sorted(row)) if row else ()
            for word, row in zip(words, rows, strict=True)
        }


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
            forget()
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
        one = tuple(normal(a) for a in language.get("one_endings") or ())  # "a shepherd" is no town
        ends = (normal(a) for a in language.get("after") or ())
        return frozenset(end for end in ends if not (one and end.startswith(one)))
    return frozenset({"s"}) if language["script"] == "latin" else frozenset()


def compile_tongue(
    code: str,
    language: Mapping[str, Any],
    senses: Iterable[Sense],
    shared: Layer,
    romanisation: Romanisation | None = None,
) -> Tongue:
    """One language: its own phrases filed, and the names shared with others of its script."""
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
    own = layer_of(senses, Register(shared.register))
    return Tongue(
        code=code,
        affixes=affixes,
        layers=(own, shared),
        grammar=grammar_of(language),
        data={k: language.get(k) or {} for k in _TABLES},
        romanisation=romanisation,
    )


_TABLES = ("numbers", "dates", "sentences", "in_clitics", "journeys", "place_endings", "one_endings")
"""Lists of words that other rooms compile when they first need them."""
