"""Whose people a toll counts: "killed 15 fighters of ISIS" has ISIS on the receiving end."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.figures import counts_people
from worker.domain.understanding.meanings import Actor, Concept
from worker.domain.understanding.reading import Hit, Row
from worker.domain.understanding.tolls import Toll


def fallen_in(tolls: Sequence[Toll], hits: Row) -> frozenset[int]:
    """Where the parties stand whose people the tolls count.

    They stand right behind the figure, with nothing between but nouns of people and "of": "killed 15 men of
    ISIS", "15 ISIS fighters were killed".
    """
    found: set[int] = set()
    for toll in (t for t in tolls if t.value and t.figure):
        at = toll.figure
        while True:
            here = [h for h in hits if h.first == at]
            step = [h.last for h in here if counts_people(h) or h.key == "of_party"]
            reach = max(step, default=at + 1)  # "members of the police" holds the federal police
            party = next((h for h in hits if at <= h.first < reach and _is_party(h)), None)
            if party is not None:
                found.add(party.start)
                break
            if not step:
                break
            at = max(step)
    return frozenset(found)


def rebels_fell(fallen: frozenset[int], hits: Row) -> bool:
    """Whether those whom the tolls count are all rebels, and nobody was executed or found dead."""
    fell = [h.meaning for h in hits if h.start in fallen]
    if not fell or any(h.key in _MURDERS for h in hits):
        return False
    return all(isinstance(m, Actor) and m.coarse in ("isis", "pkk") for m in fell)


def _is_party(hit: Hit) -> bool:
    """Whether words name a party or Iraq's own forces."""
    return isinstance(hit.meaning, Actor) or (isinstance(hit.meaning, Concept) and hit.meaning.local)


_MURDERS = frozenset({"execution", "assassination", "found_bodies"})
