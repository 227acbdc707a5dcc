"""The one whom a verb at the end of a long sentence tells, with no figure: "a member of the council ... was shot dead"."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.counting.numbers import Number, number_words
from worker.domain.understanding.words.reading import Hit, Reading, Row
from worker.domain.understanding.words.tongue import Tongue


def lone_victim(
    reading: Reading, tongue: Tongue, words: Sequence[Hit], numbers: Sequence[Number], hits: Row
) -> Hit | None:
    """The word of killing whose victim is one person of a calling, named far before it, if there is one.

    `words` are those that no figure serves. Only in languages whose verb ends the sentence: there many words
    may part the two, and the endings of the noun say whether it is one.
    """
    plurals = number_words(tongue).plurals
    if not plurals or hits.of(*_FINDS):
        return None
    word = next((w for w in reversed(words) if w.key == "killed"), None)
    doers = {h.first for h in hits if h.group == "actor"}
    if word is None or any(n.value > 1 and n.last <= word.first and n.last not in doers for n in numbers):
        return None
    roles = [
        h for h in hits if h.key in _CALLINGS and h.group == "target" and 0 <= word.first - h.last <= _REACH
    ]
    agents = [h.first for h in hits.of("by_agent")]
    roles = [h for h in roles if not any(0 <= a - h.last <= 1 for a in agents)]
    ends = tuple(plurals)
    behind = tongue.grammar.attributes_first  # there the noun stands last, and its attributes before
    if not roles or any(reading.word(h.last - 1 if behind else h.first).endswith(ends) for h in roles):
        return None
    return word


_CALLINGS = frozenset({"official", "journalist", "activist", "police"})
_REACH = 30
"""Words between the one and the verb at the end."""
_FINDS = ("seize_arms", "arms_cache", "defuse", "intercept")
"""Where things are found, what is then "destroyed" is no person."""
