"""Figures that count who killed, and no victims: "two bombers killed eight", "the attacker killed four policemen"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from worker.domain.understanding.counting.figures import KINDS, counts_people
from worker.domain.understanding.counting.numbers import Number, numbers_in
from worker.domain.understanding.words.reading import Hit, Reading, Row, overlap
from worker.domain.understanding.words.tongue import Tongue

if TYPE_CHECKING:
    from worker.domain.understanding.counting.tolls import Toll

NEXT_VERB = 4
"""Words between a figure and the verb of its own that follows."""


def doing(
    reading: Reading,
    tongue: Tongue,
    word: Hit,
    number: Number,
    numbers: Sequence[Number],
    hits: Sequence[Hit],
) -> int:
    """What it costs to take a figure before the verb for its victims, where it counts who did it."""
    if _kills(reading, word, number, numbers, hits) or _of_agent(tongue, number, hits):
        return 20
    return 6 * (not tongue.grammar.verb_final and _of_doers(word, number, numbers, hits))


def with_killers(reading: Reading, tongue: Tongue, tolls: list[Toll], hits: Row) -> list[Toll]:
    """The tolls, the dead with those who killed them where a sentence tells them apart: "besides the bomber four died"."""
    beside = next(iter(hits.of("with_killer")), None)
    if beside is None:
        return tolls
    more = next((n.value for n in numbers_in(reading, tongue, beside.first, beside.last) if not n.article), 1)
    return [
        replace(t, value=t.value + more, most=None, parts=(t.value, more))
        if t.kind == "killed" and t.value and not (t.vague or t.parts or overlap(t, beside))
        else t
        for t in tolls
    ]


def _of_doers(word: Hit, number: Number, numbers: Sequence[Number], hits: Sequence[Hit]) -> bool:
    """Whether a figure counts who killed others: "two suicide bombers killed at least eight Kurds"."""
    if not any(0 <= n.first - word.last <= 4 for n in numbers):
        return False
    if any(h.key == "died" and overlap(h, word) for h in hits):
        return False  # "two guards and an attacker died, three were hurt"
    return any(
        h.first == number.last and h.last == word.first and h.group in ("actor", "weapon") for h in hits
    )


def _kills(
    reading: Reading, word: Hit, number: Number, numbers: Sequence[Number], hits: Sequence[Hit]
) -> bool:
    """Whether a noun for one person right before the verb is who killed those counted behind: "the attacker killed four"."""
    own = word.first - number.last
    if not (own == 0 if number.single else number.article and 0 < own <= _NOUN):
        return False
    row = range(number.last, word.last)
    if any((h.key == "died" and overlap(h, word)) or (h.key == "passive" and h.first in row) for h in hits):
        return False
    victims = [n for n in numbers if 0 <= n.first - word.last <= _VICTIMS and not n.single]
    if not victims or any("," in reading.between(i) for i in range(word.last - 1, victims[0].first)):
        return False
    behind = range(victims[0].last, victims[0].last + NEXT_VERB + 1)
    return not any(h.key in KINDS and h.first in behind for h in hits)


_NOUN = 2
"""Words of a noun behind its article."""
_VICTIMS = 8
"""Words between a verb of killing and whom it killed, day and place among them."""


def _of_agent(tongue: Tongue, number: Number, hits: Sequence[Hit]) -> bool:
    """Whether a figure counts the doers, as the mark behind them tells: Turkish *iki silahlı kişi tarafından*.

    In *üç kişi PKK tarafından* it counts those whom another party killed.
    """
    if not tongue.grammar.agent_behind:
        return False
    marks = [h for h in hits if h.key == "by_agent"]
    nouns = [h for h in hits if h.first == number.last and h.group in ("actor", "grammar")]
    return any(
        (counts_people(n) and m.first <= n.last <= m.last)
        or (
            n.group == "actor"
            and any(h.first == n.last and h.last == m.first and h.key in _ANYBODY for h in hits)
        )
        for m in marks
        for n in nouns
    )


_ANYBODY = frozenset({"person", "gunmen", "militants"})
