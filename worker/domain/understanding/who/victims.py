"""Whose people a toll counts: "killed 15 fighters of ISIS" has ISIS on the receiving end."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.counting.figures import counts_people
from worker.domain.understanding.counting.tolls import Toll
from worker.domain.understanding.words.meanings import Actor, Concept
from worker.domain.understanding.words.reading import Hit, Row

_REACH = 4
"""Words behind "among them" within which one of the dead or hurt is named."""


def fallen_in(tolls: Sequence[Toll], hits: Row) -> frozenset[int]:
    """Where the parties stand whose people the tolls count.

    They stand right behind a figure, with nothing between but nouns of people and "of": "killed 15 men of
    ISIS", "three coalition troops and two Iraqi soldiers"; or behind "among them".
    """
    told = [t for t in tolls if t.value]
    found = {
        one.start
        for toll in told
        for one in ([_counted(at, hits) for at in toll.counted] or [_alone(toll, hits)])
        if one is not None
    }
    if told:
        for mark in hits.of("including"):
            named = (h for h in hits if mark.last <= h.first < mark.last + _REACH)
            one = next((h for h in named if _is_party(h) or _are_people(h)), None)
            if one is not None:
                found.add(one.start)
    return frozenset(found)


def _counted(at: int, hits: Row) -> Hit | None:
    """The party whose people a figure counts, or the people of none."""
    plain: Hit | None = None
    while True:
        here = [h for h in hits if h.first == at]
        step = [h.last for h in here if counts_people(h) or h.key == "of_party"]
        reach = max(step, default=at + 1)  # "members of the police" holds the federal police
        party = next((h for h in hits if h.first < reach and at < h.last and _is_party(h)), None)
        if party is not None:
            return party
        plain = plain or next((h for h in here if _are_people(h)), None)
        if not step:
            return plain
        at = max(step)


def _alone(toll: Toll, hits: Row) -> Hit | None:
    """Who stands beside a word that by itself tells of one: "a soldier was wounded"."""
    near = [h for h in hits if -1 <= toll.first - h.last <= 1 or -1 <= h.first - toll.last <= 1]
    return next((h for h in near if _is_party(h)), None) or next((h for h in near if _are_people(h)), None)


def rebels_fell(fallen: frozenset[int], hits: Row) -> bool:
    """Whether those whom the tolls count are all rebels, and nobody was executed or found dead."""
    fell = [h.meaning for h in hits if h.start in fallen and _is_party(h)]
    if not fell or any(h.key in _MURDERS for h in hits):
        return False
    return all(isinstance(m, Actor) and m.coarse in ("isis", "pkk") for m in fell)


def civilians_fell(fallen: frozenset[int], hits: Row) -> bool:
    """Whether those whom the tolls count are all civilians by name, and not merely people."""
    people = {h.start for h in hits.of("mere_people")}
    fell = [h for h in hits if h.start in fallen and (h.group == "target" or _is_party(h))]
    return bool(fell) and all(h.key in _UNARMED and h.start not in people for h in fell)


_UNARMED = frozenset({"civilians", "journalist", "activist", "pilgrims"})


def _is_party(hit: Hit) -> bool:
    """Whether words name a party or Iraq's own forces."""
    return isinstance(hit.meaning, Actor) or (isinstance(hit.meaning, Concept) and hit.meaning.local)


def _are_people(hit: Hit) -> bool:
    """Whether words name people of no party: soldiers without saying whose, civilians, journalists."""
    return isinstance(hit.meaning, Concept) and hit.group == "target" and hit.meaning.people


_MURDERS = frozenset({"execution", "assassination", "found_bodies"})
