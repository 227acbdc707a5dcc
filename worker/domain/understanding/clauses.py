"""Clauses of one sentence that tell deeds of their own: "gunmen killed X in A while a bomb killed two in B".

A sentence is cut at a connecting word only where both sides have a deed, and what stands behind the word
begins with somebody or something that acts. Language-free: the connecting words are the concept `clause`.
"""

from __future__ import annotations

from dataclasses import dataclass

from worker.domain.understanding.meanings import Actor, Concept, Place
from worker.domain.understanding.reading import Hit, Reading, Row
from worker.domain.understanding.tolls import tolls_in
from worker.domain.understanding.tongue import Tongue

_REACH = 4
"""Words behind the connecting word within which the doer has to stand."""
_AGENTS = frozenset(
    {"gunmen", "militants", "militia", "pro_iran", "army", "security_forces", "police_force", "explosion"}
)
_DEEDS = frozenset(
    {"bombing", "suicide_bombing", "airstrike", "clash", "drone_attack", "rocket_attack", "missile_attack"}
    | {"shelling", "bombardment", "ambush", "strike"}
)
"""Deeds that stand for their doer: "a drone attack killed four"."""
_BEFORE_AGENT = frozenset({"sign", "geo", "target", "grammar"})
_DEADLY = frozenset({"killed", "wounded"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence: its words and what they stand for."""

    first: int
    last: int
    hits: Row


def clauses_of(reading: Reading, tongue: Tongue, sentence: int, hits: Row) -> list[Clause]:
    """The sentence cut where further deeds begin; mostly one clause, the whole sentence."""
    first, last = reading.sentences[sentence]
    parts: list[Clause] = []
    begin = _behind_known(reading, hits, first, last)
    if begin > first:
        hits = hits.within(begin, last)
    for link in sorted(hits.of("clause", "clause_strong"), key=lambda h: h.first):
        left = hits.within(begin, link.first)
        right = hits.within(link.last, last)
        if _parts(reading, tongue, left, right, (begin, link, last)):
            parts.append(Clause(begin, link.first, left))
            begin = link.last
    parts.append(Clause(begin, last, hits.within(begin, last) if parts else hits))
    return parts


def _behind_known(reading: Reading, hits: Row, first: int, last: int) -> int:
    """Where a sentence goes on that opens with a deed told already: "besides the blast in A, two died in B"."""
    opening = next((h for h in hits.of("besides") if h.first <= first + 1), None)
    if opening is None:
        return first
    comma = next((i + 1 for i in range(opening.last, last - 1) if set(reading.between(i)) & _COMMAS), first)
    known, new = hits.within(opening.last, comma), hits.within(comma, last)
    return comma if _deed(known) and _deed(new) else first


_COMMAS = frozenset(",،")


def _parts(
    reading: Reading,
    tongue: Tongue,
    left: Row,
    right: Row,
    bounds: tuple[int, Hit, int],
) -> bool:
    """Whether what stands behind a connecting word is a deed of its own."""
    begin, link, end = bounds
    if not _deed(left) or not _deed(right):
        return False
    places = {h.key for h in left if isinstance(h.meaning, Place)}
    others = {h.key for h in right if isinstance(h.meaning, Place)}
    apart = bool(places) and bool(others) and not places & others
    if not _begins_with_doer(right, link.last):
        verb = link.key == "clause_strong" and apart and _begins_with_deed(right, link.last)
        return verb and any(h.key in _DEADLY for h in left)
    tolls = _told(reading, tongue, left, begin, link.first) and _told(reading, tongue, right, link.last, end)
    if tolls:
        return True
    if link.key == "clause_strong":
        return apart or _told(reading, tongue, right, link.last, end)
    return apart and any(h.key in _DEADLY for h in left) and any(h.key in _DEADLY for h in right)


def _deed(hits: Row) -> bool:
    """Whether a part tells a deed that makes a type."""
    return any(isinstance(h.meaning, Concept) and h.meaning.trigger and h.meaning.type for h in hits)


def _begins_with_doer(hits: Row, at: int) -> bool:
    """Whether somebody or something that acts stands at the head: "a second bomber", "gunmen"."""
    for hit in hits:
        if hit.first - at > _REACH or hit.key in _DEADLY:
            return False
        if hit.group == "weapon" or hit.key in _AGENTS or isinstance(hit.meaning, Actor):
            return True
        if hit.group not in _BEFORE_AGENT and hit.key not in ("explosion", "bombing"):
            return hit.key in _DEEDS
    return False


def _begins_with_deed(hits: Row, at: int) -> bool:
    """Whether the verb stands first: Arabic "while were killed two in B"."""
    return any(h.first == at and (h.group == "act" or h.key in _DEADLY) for h in hits)


def _told(reading: Reading, tongue: Tongue, hits: Row, first: int, last: int) -> bool:
    """Whether a part gives a toll."""
    sentence = reading.sentence_of[first]
    return any(t.value for t in tolls_in(reading, tongue, sentence, (), hits, (first, last)))
