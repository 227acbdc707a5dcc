"""What words of a query mean: concepts in every language, or the very words of a text.

A watch says `rocket attack`; stories hold ids (`rocket_attack`, `actor:badr`, `place:taji`). Whoever
owns the lexicon lends a `ConceptIndex`; this room never knows a phrase itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from worker.domain.text.fold import fold, fold_key

LONGEST_PHRASE = 7
"""Words of the longest phrase that is looked up as one concept."""

_TOKEN = re.compile(r"\w+(?:['.\-]\w+)*")
_ARABIC_LETTER = re.compile(r"[\u0600-\u06ff]")
_CLITICS = ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ف", "ب", "ك", "ل")
"""What Arabic writes onto the front of a word: and, so, by, like, for, the."""


class ConceptIndex(Protocol):
    """The lexicon as queries see it."""

    def ids(self, phrase: str) -> frozenset[str]:
        """Ids of the concepts that a phrase names in any language; empty when it names none."""
        ...

    def covers(self, concept: str) -> frozenset[str]:
        """Ids whose presence in a text means this one: itself, its narrower concepts, its factions."""
        ...

    def worded_by(self, concept: str) -> frozenset[str]:
        """Ids whose words in a text are what this one shows: `rocket` is marked for `rocket_attack`."""
        ...

    def label(self, concept: str) -> str:
        """What it is called in English."""
        ...


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: folded, with its place in the clean text."""

    text: str
    start: int
    end: int


def tokens(text: str) -> tuple[Token, ...]:
    """Split a text into folded words with offsets of the text as given."""
    folded = fold(text)
    return tuple(
        Token(found.group(), *folded.span(found.start(), found.end()))
        for found in _TOKEN.finditer(folded.text)
    )


def key_words(phrase: str) -> tuple[str, ...]:
    """Split a phrase of a query the way texts are split; `*` stays."""
    return tuple(re.findall(r"[\w*]+(?:['.\-][\w*]+)*", fold_key(phrase)))


@lru_cache(maxsize=50_000)
def forms(word: str) -> frozenset[str]:
    """Ways in which a folded word of a text answers a plain word: bare, and freed from Arabic clitics.

    `بصاروخ` and `الصاروخ` answer `صاروخ`. At least three letters must be left.
    """
    found = {word}
    if _ARABIC_LETTER.search(word):
        found.update(
            word[len(clitic) :]
            for clitic in _CLITICS
            if word.startswith(clitic) and len(word) - len(clitic) >= 3
        )
    elif len(word) > 4 and word.endswith("s") and not word.endswith("ss"):
        found.add(word[:-1])
    return frozenset(found)


def readable(identifier: str) -> str:
    """Turn an id into words: `actor:kataib_hezbollah` becomes `Kataib Hezbollah`, `car_bomb` `car bomb`."""
    kind, _, name = identifier.rpartition(":")
    words = name.replace("_", " ")
    return words.title() if kind in ("actor", "place") else words


@dataclass(frozen=True, slots=True)
class WordTable:
    """A `ConceptIndex` over plain mappings: folded phrase to ids, id to narrower ids, id to label."""

    phrases: Mapping[str, frozenset[str]]
    narrower: Mapping[str, frozenset[str]]
    worded: Mapping[str, frozenset[str]]
    labels: Mapping[str, str]

    @classmethod
    def build(
        cls,
        phrases: Iterable[tuple[str, str]],
        narrower: Mapping[str, Iterable[str]] | None = None,
        worded: Mapping[str, Iterable[str]] | None = None,
        labels: Mapping[str, str] | None = None,
    ) -> WordTable:
        """Make one from (phrase, id) pairs; several ids may share a phrase."""
        table: dict[str, set[str]] = {}
        for phrase, identifier in phrases:
            table.setdefault(" ".join(key_words(phrase)), set()).add(identifier)
        table.pop("", None)
        return cls(
            {phrase: frozenset(ids) for phrase, ids in table.items()},
            {name: frozenset((name, *below)) for name, below in (narrower or {}).items()},
            {name: frozenset((name, *words)) for name, words in (worded or {}).items()},
            dict(labels or {}),
        )

    def ids(self, phrase: str) -> frozenset[str]:
        """Look a phrase up, as given and without a plain plural or article."""
        words = key_words(phrase)
        direct = self.phrases.get(" ".join(words))
        if direct or not words:
            return direct or frozenset()
        for last in forms(words[-1]):
            found = self.phrases.get(" ".join((*words[:-1], last)))
            if found:
                return found
        return frozenset()

    def covers(self, concept: str) -> frozenset[str]:
        """Itself and what lies below it."""
        return self.narrower.get(concept, frozenset((concept,)))

    def worded_by(self, concept: str) -> frozenset[str]:
        """Itself, what it covers, and the concepts that are evidence of it."""
        return self.worded.get(concept, frozenset()) | self.covers(concept)

    def label(self, concept: str) -> str:
        """Give its English name, made from the id where none was given."""
        return self.labels.get(concept) or readable(concept)


def segments(words: Sequence[str], index: ConceptIndex) -> list[tuple[int, int, frozenset[str]]]:
    """Cut a run of words into the longest phrases that name concepts and single words that don't.

    Returns (first word, behind the last, ids); ids are empty for a plain word.
    """
    cut: list[tuple[int, int, frozenset[str]]] = []
    at = 0
    while at < len(words):
        for end in range(min(at + LONGEST_PHRASE, len(words)), at, -1):
            ids = index.ids(" ".join(words[at:end]))
            if ids:
                break
        else:
            end, ids = at + 1, frozenset()
        cut.append((at, end, ids))
        at = end
    return cut
