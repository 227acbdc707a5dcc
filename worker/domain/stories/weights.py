"""How much a word tells: rare words tell more, and what is rare is learned from the reports themselves."""

from __future__ import annotations

import math
from collections import Counter

from worker.domain.stories.trace import Trace

PRIOR = 60.0
"""Reports that the guess by a word's length weighs as much as."""

LEAD_SHARE = 0.5
"""A word of the lead counts this much of one of the headline."""

NAMES = "*"
"""Stands for a language in which all languages meet: the lexicon's concepts."""

_TELLING = 1.5
"""Weight up to which a word that two headlines share is no evidence of its own."""

_MOST_WORDS = 50_000
_MOST_REPORTS = 20_000
_MOST_VECTORS = 20_000


class Weights:
    """Word weights by language (inverse document frequency), over the reports seen so far.

    Before anything was seen a word's length stands in for its rarity. Counts fade, so that a word that a
    new war makes common loses its weight within days, and memory stays bounded.
    """

    def __init__(self) -> None:
        """Begin without having seen anything."""
        self._found: dict[str, Counter[str]] = {}
        self._reports: Counter[str] = Counter()
        self._vectors: dict[int, tuple[str, int, dict[str, float], float]] = {}

    def observe(self, trace: Trace) -> None:
        """Count a report's words."""
        found = self._found.setdefault(trace.language, Counter())
        found.update({*trace.title, *trace.lead})
        self._reports[trace.language] += 1
        if self._reports[trace.language] > _MOST_REPORTS or len(found) > _MOST_WORDS:
            self._fade(trace.language)

        if trace.names:
            named = self._found.setdefault(NAMES, Counter())
            named.update(trace.names)
            self._reports[NAMES] += 1
            if self._reports[NAMES] > _MOST_REPORTS:
                self._fade(NAMES)

    def _fade(self, language: str) -> None:
        """Halve all counts; what was seen once is forgotten."""
        halved = {word: count // 2 for word, count in self._found[language].items() if count > 1}
        self._found[language] = Counter(halved)
        self._reports[language] //= 2

    def of(self, word: str, language: str) -> float:
        """Weight of one stem: about 1 for the commonest words to 8 for those never seen."""
        seen = self._found.get(language)
        guess = 0.02 if language == NAMES or word.isdigit() else 0.05 * math.exp(-0.35 * (len(word) - 2))
        count = seen[word] if seen else 0
        return 0.2 + math.log((self._reports[language] + PRIOR) / (count + PRIOR * guess))

    def vector(self, trace: Trace) -> tuple[dict[str, float], float]:
        """Words of headline (whole) and lead (half) with their weights, and the vector's length."""
        era = (self._reports[trace.language] + 60).bit_length()
        known = self._vectors.get(trace.item_id)
        if known is not None and known[0] == trace.text_hash and known[1] == era:
            return known[2], known[3]
        weights = {word: self.of(word, trace.language) for word in trace.title}
        for word in trace.lead:
            if word not in weights:
                weights[word] = LEAD_SHARE * self.of(word, trace.language)
        length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
        if len(self._vectors) > _MOST_VECTORS:
            self._vectors.clear()
        self._vectors[trace.item_id] = (trace.text_hash, era, weights, length)
        return weights, length

    def cosine(self, a: Trace, b: Trace) -> float:
        """Compare two texts of one language, 0 to 1; 0 for two languages."""
        if a.language != b.language:
            return 0.0
        (small, length_a), (large, length_b) = self.vector(a), self.vector(b)
        if len(small) > len(large):
            small, large = large, small
        dot = sum(weight * large[word] for word, weight in small.items() if word in large)
        return dot / (length_a * length_b)

    def shared(self, a: Trace, b: Trace) -> float:
        """Add up what the words that two headlines share tell: three rare names are much, one is little."""
        if a.language != b.language:
            return 0.0
        return sum(max(0.0, self.of(word, a.language) - _TELLING) for word in set(a.title) & set(b.title))

    def headlines(self, a: Trace, b: Trace) -> float:
        """Compare two headlines of one language alone, 0 to 1."""
        left, right = set(a.title), set(b.title)
        if not left or not right or a.language != b.language:
            return 0.0
        total = {word: self.of(word, a.language) ** 2 for word in left | right}
        shared = sum(total[word] for word in left & right)
        return shared / math.sqrt(sum(total[w] for w in left) * sum(total[w] for w in right))

    def names(self, a: Trace, b: Trace) -> float:
        """Compare what the lexicon recognised in two texts of any languages, rare concepts counting more."""
        left, right = set(a.names), set(b.names)
        if not left or not right:
            return 0.0
        total = {name: self.of(name, NAMES) ** 2 for name in left | right}
        shared = sum(total[name] for name in left & right)
        return shared / math.sqrt(sum(total[n] for n in left) * sum(total[n] for n in right))
