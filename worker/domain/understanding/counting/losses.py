"""The dead of both sides of a fight, added up: "two soldiers and, in the same clash, five militants were killed"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from worker.domain.understanding.counting.figures import counts_people
from worker.domain.understanding.counting.tolls import Toll
from worker.domain.understanding.words.meanings import Actor, Concept
from worker.domain.understanding.words.reading import Hit, Row

REBELS, OTHERS, BOTH = "rebels", "others", "both"
"""Whose dead a figure counts."""


def with_sides(tolls: Sequence[Toll], hits: Row) -> list[Toll]:
    """The tolls of a fight with whose people they count; the dead of the two sides as one figure."""
    told = [replace(t, side=_whose(t, hits)) if t.kind == "killed" and t.value else t for t in tolls]
    dead = [t for t in told if t.kind == "killed" and t.value and not t.total]
    rebels = next((t for t in dead if t.side == REBELS), None)
    others = next((t for t in dead if t.side != REBELS), None)
    if rebels is None or others is None:
        return told
    both = added(*sorted((rebels, others), key=lambda t: t.first))
    rest = [t for t in told if t is not rebels and t is not others]
    return sorted([*rest, both], key=lambda t: t.first)


def added(first: Toll, second: Toll) -> Toll:
    """One figure for the dead of two sides."""
    return replace(
        first,
        value=first.value + second.value,
        most=None,
        side=BOTH,
        parts=(first.value, second.value),
    )


def opposed(known: Toll, new: Toll, *, beside: bool = False) -> bool:
    """Whether two figures of killed count the dead of opposite sides; in one sentence whoever is not a rebel."""
    sides = {known.side or (OTHERS if beside else ""), new.side or (OTHERS if beside else "")}
    return known.kind == new.kind == "killed" and known.value > 0 < new.value and sides == {REBELS, OTHERS}


def _whose(toll: Toll, hits: Row) -> str:
    """Whose dead a figure counts, as the nouns right behind it say; empty where they leave it open."""
    found: list[str] = []
    numeral = not any(h.first == toll.figure - 1 and counts_people(h) for h in hits)
    counted = any(h.first == toll.figure and counts_people(h) for h in hits)
    if numeral and (toll.value <= 2 or not counted):  # Arabic "gunman one"; Turkish "of the attackers three"
        found += [side for h in hits if 0 <= toll.figure - 1 - h.last <= 1 and (side := _side(h))]
    for start in toll.counted or (toll.last,):
        at = start
        while True:
            here = [h for h in hits if h.first == at]
            found += [side for h in here if (side := _side(h))]
            if any(isinstance(h.meaning, Actor) and _side(h) == OTHERS for h in here):
                return OTHERS  # "fighters of the Hashd": the party says more than the noun
            step = [
                h.last for h in here if counts_people(h) or h.key in ("of_party", "place_noun", "assailants")
            ]
            if not step:
                break
            at = max(step)
    if REBELS in found:
        return REBELS
    return OTHERS if OTHERS in found else ""


def _side(hit: Hit) -> str:
    """The side that a noun of people names; empty for people at large."""
    meaning = hit.meaning
    if isinstance(meaning, Actor):
        if meaning.kind == "person":
            return ""
        return REBELS if meaning.coarse in ("isis", "pkk") else OTHERS if meaning.coarse else ""
    if hit.key in ("militants", "gunmen", "assailants"):
        return REBELS
    if isinstance(meaning, Concept) and (meaning.duty or meaning.local or hit.key in _HIT):
        return OTHERS
    return ""


_HIT = frozenset({"civilians", "official", "workers", "pilgrims"})
