"""The words that a text opens with, as features of relevance: what no concept was written for.

Stems of a fixed length, so that endings do not matter, without the conjunctions and articles that Arabic
writes onto its words. Each text has the same weight to spend, whatever its length: a headline's ten
words count as much as an article's opening.
"""

from __future__ import annotations

import math

from worker.domain.understanding.words.reading import Reading

PREFIX = "word."
OPENING = 90
"""Words that are looked at: headline and some 500 characters."""
STEM = 6
"""Letters of a stem."""
_SPEND = 6.0
"""What a text's words weigh together, as the length of their vector."""
_JOINED = "\u0648\u0641"  # wa-, fa-
_ARTICLES = (
    "\u0628\u0627\u0644",
    "\u0643\u0627\u0644",
    "\u0627\u0644",
    "\u0644\u0644",
)  # bi-l-, ka-l-, al-, li-l-
_ARABIC = "\u0600"


def wording(reading: Reading) -> dict[str, float]:
    """A feature for each stem among the opening words."""
    # In text order: with a set's, sums and equally strong reasons would differ from run to run.
    stems = dict.fromkeys(stem(word) for word in reading.words[:OPENING] if len(word) > 1 and word.isalpha())
    if not stems:
        return {}
    each = _SPEND / math.sqrt(len(stems))
    return {PREFIX + name: each for name in stems}


def stem(word: str) -> str:
    """The first letters of a folded word, without what Arabic script joins before it."""
    if word[0] >= _ARABIC and len(word) > 4:
        if word[0] in _JOINED:
            word = word[1:]
        for article in _ARTICLES:
            if word.startswith(article) and len(word) - len(article) >= 3:
                word = word[len(article) :]
                break
    return word[:STEM]


def is_word(feature: str) -> bool:
    """Whether a feature is a stem."""
    return feature.startswith(PREFIX)
