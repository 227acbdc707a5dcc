"""How much a word tells: rare words tell more, and what is rare is learned from the reports themselves."""

from __future__ import annotations

import math
from collections import Counter

from worker.domain.stories.face import Face
from worker.domain.stories.trace import Trace

PRIOR = 60.0
"""Reports that the guess by a word's length weighs as much as."""

LEAD_SHARE = 0.5
"""A word of the lead counts this much of one of the headline."""

NAMES = "*"
"""Stands for a language in which all languages meet: the lexicon's concepts."""

_TELLING = 1.5
"""Weight up to which a word that two headlines share is no evidence of its own."""

_FRESH = 64
"""Reports of a language after which its weights are worked out anew: one report more changes none of them much."""

_MOST_WORDS = 50_000
_MOST_REPORTS = 20_000

_RARE = PRIOR * 0.02
_GUESSES = [PRIOR * 0.05 * math.exp(-0.35 * (length - 2)) for length in range(64)]
"""How many of `PRIOR` reports a word of each length is taken to be in before any was seen."""


class Weights:
    """Word weights by language (inverse document frequency), over the reports seen so far.

    Before anything was seen a word's length stands in for its rarity. Counts fade, so that a word that a
    new war makes common loses its weight within days, and memory stays bounded.
    """

    def __init__(self) -> None:
        """Begin without having seen anything."""
        self._found: dict[str, Counter[str]] = {}
        self._reports: Counter[str] = Counter()
        self._known: dict[str, dict[str, float]] = {}
        """Weights that were worked out, by language."""

    def observe(self, trace: Trace) -> None:
        """Count a report's words."""
        self._count(trace.language, {*trace.title, *trace.lead})
        if trace.names:
            self._count(NAMES, set(trace.names))

    def _count(self, language: str, words: set[str]) -> None:
        found = self._found.setdefault(language, Counter())
        found.update(words)
        self._reports[language] += 1
        if not self._reports[language] % _FRESH:
            self._known.pop(language, None)
        if self._reports[language] > _MOST_REPORTS or len(found) > _MOST_WORDS:
            self._fade(language)

    def _fade(self, language: str) -> None:
        """Halve all counts; what was seen once is forgotten."""
        halved = {word: count // 2 for word, count in self._found[language].items() if count > 1}
        self._found[language] = Counter(halved)
        self._known.pop(language, None)
        self._reports[language] //= 2

    def of(self, word: str, language: str) -> float:
        """Weight of one stem: about 1 for the commonest words to 8 for those never seen."""
        known = self._known.setdefault(language, {})
        weight = known.get(word)
        if weight is None:
            weight = known[word] = self._worked_out(word, language)
        return weight

    def _worked_out(self, word: str, language: str) -> float:
        seen = self._found.get(language)
        guess = _RARE if language == NAMES or word.isdigit() else _GUESSES[min(len(word), 63)]
        count = seen.get(word, 0) if seen else 0
        return 0.2 + math.log((self._reports[language] + PRIOR) / (count + guess))

    def weigh(self, face: Face) -> None:
        """Give words of headline (whole) and lead (half) their weights, anew when much was learned since."""
        era = (self._reports[face.language] + 60).bit_length()
        if face.era == era:
            return
        trace, language = face.trace, face.language
        known = self._known.setdefault(language, {})
        for word in (*trace.title, *trace.lead):
            if word not in known:
                known[word] = self._worked_out(word, language)
        weights = {word: LEAD_SHARE * known[word] for word in trace.lead}
        weights.update([(word, known[word]) for word in trace.title])
        face.vector, face.era = weights, era
        face.length = math.sqrt(sum([w * w for w in weights.values()])) or 1.0

    def cosine(self, a: Face, b: Face) -> float:
        """Compare two texts of one language, 0 to 1; 0 for two languages."""
        if a.language != b.language:
            return 0.0
        self.weigh(a)
        self.weigh(b)
        left, right = a.vector, b.vector
        # In a fixed order, so that comparing is the same forth and back to the last digit.
        dot = math.fsum([left[word] * right[word] for word in left.keys() & right.keys()])
        return dot / (a.length * b.length)

    def shared(self, a: Face, b: Face) -> float:
        """Add up what the words that two headlines share tell: three rare names are much, one is little."""
        if a.language != b.language:
            return 0.0
        return math.fsum([max(0.0, self.of(word, a.language) - _TELLING) for word in a.title & b.title])

    def headlines(self, a: Face, b: Face) -> float:
        """Compare two headlines of one language alone, 0 to 1."""
        return self._alike(a.title, b.title, a.language) if a.language == b.language else 0.0

    def names(self, a: Face, b: Face) -> float:
        """Compare what the lexicon recognised in two texts of any languages, rare concepts counting more."""
        return self._alike(a.names, b.names, NAMES)

    def _alike(self, left: frozenset[str], right: frozenset[str], language: str) -> float:
        """Cosine of two sets of words."""
        if not left or not right:
            return 0.0
        shared = left & right
        if not shared:
            return 0.0
        squares = {word: self.of(word, language) ** 2 for word in left | right}
        common = math.fsum([squares[word] for word in shared])
        both = math.fsum([squares[w] for w in left]) * math.fsum([squares[w] for w in right])
        return common / math.sqrt(both)
