"""Clauses of one sentence that tell deeds of their own: "gunmen killed X in A while a bomb killed two in B".

A sentence is cut at a connecting word only where both sides have a deed, and what stands behind the word
begins with somebody or something that acts. Where the verb ends the clause (`verb_final`), a comma or a
connecting word behind a deed and before another place is such a cut: "in A two died, in B three were hurt".
Language-free: the connecting words are the concept `clause`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from worker.domain.understanding.counting.tolls import tolls_in
from worker.domain.understanding.sentence.joints import Link, joints, other_days, two_deeds, two_places
from worker.domain.understanding.when.calendar import Dated
from worker.domain.understanding.where.datelines import date_of_line
from worker.domain.understanding.who.victims import fallen_in
from worker.domain.understanding.words.meanings import Actor, Concept, Place
from worker.domain.understanding.words.reading import Hit, Reading, Row
from worker.domain.understanding.words.tongue import Tongue

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


def clauses_of(
    reading: Reading, tongue: Tongue, sentence: int, hits: Row, dates: Sequence[Dated] = ()
) -> list[Clause]:
    """The sentence cut where further deeds begin; mostly one clause, the whole sentence."""
    first, last = reading.sentences[sentence]
    parts: list[Clause] = []
    begin = _behind_known(reading, hits, first, last)
    if begin > first:
        hits = hits.within(begin, last)
    links = _links(reading, tongue, hits, last)
    if len(hits.places) > 1:
        further = (*joints(reading, tongue, sentence, hits), *other_days(reading, tongue, dates))
        links = sorted({*links, *further}, key=lambda link: (link.first, not link.dated))
    for number, link in enumerate(links):
        end = link.last if link.own else link.first
        left = hits.within(begin, end)
        right = hits.within(link.behind, last)
        later = link.dated and _deed(left) and _deed(right) and two_places(left, right)
        if later or two_deeds(left, right):
            if not later and _tolled_yet(hits, link, links[number + 1 :]):
                continue
            parts.append(Clause(begin, end, left))
            begin = link.last if link.own or link.last > link.first else link.first
            continue
        worded = link.last > link.first and _parts(reading, tongue, left, right, (begin, link, last))
        if worded or (tongue.grammar.verb_final and _follows_verb(left, right, end, link.last)):
            parts.append(Clause(begin, end, left))
            begin = link.behind
    parts.append(Clause(begin, last, hits.within(begin, last) if parts else hits))
    return parts


def _links(reading: Reading, tongue: Tongue, hits: Row, last: int) -> list[Link]:
    """Where a sentence may be cut, in text order."""
    words = hits.of("clause", "clause_strong", "and_also")
    found = [Link(h.first, h.last, h.key == "clause_strong", _is_deed(h, hits)) for h in words]
    if tongue.grammar.verb_final:
        ends = {h.last + apart for h in hits if h.group in _VERBS for apart in (0, 1)}
        marks = {h.first for h in words} | {h.last for h in words}
        found += [
            Link(at, at, strong=False)
            for at in ends - marks
            if 0 < at < last and set(reading.between(at - 1)) & _COMMAS
        ]
    return sorted(found, key=lambda link: link.first)


def _tolled_yet(hits: Row, link: Link, further: Sequence[Link]) -> bool:
    """Whether the deed before a link gets its toll behind it: "hit A *and* left two hurt, and a drone fell on B"."""
    behind = next((other for other in further if other.first > link.last), None)
    if behind is None:
        return False
    between = hits.within(link.last, behind.first)
    told = {h.group for h in between if h.group in ("act", "weapon", "geo", "actor")}
    turned = any(h.key in ("separate", "another") for h in between)
    return bool(between.of(*_DEADLY)) and not told and not turned


_VERBS = frozenset({"act", "toll"})


def _is_deed(link: Hit, hits: Row) -> bool:
    """Whether a connecting word is itself the verb of the clause before it."""
    return any(h.group in _VERBS and h.first < link.last and link.first < h.last for h in hits)


def _follows_verb(left: Row, right: Row, end: int, begin: int) -> bool:
    """Whether a deed has just been told at one place and another place stands at the head of what follows."""
    if not _deed(left) or not _deed(right) or _comes_down(left, right):
        return False
    told = any(h.group in _VERBS and end - h.last <= 2 and not _since_when(h, left) for h in left)
    places = {h.key for h in left if isinstance(h.meaning, Place)}
    opening = [h for h in right if isinstance(h.meaning, Place) and h.first - begin <= _REACH]
    return told and bool(places) and any(h.key not in places for h in opening)


def _since_when(verb: Hit, left: Row) -> bool:
    """Whether a part's only deed is what the next comes after: Persian *پس از دوازده ساعت نبرد*, "after twelve hours of battle"."""
    deeds = [h for h in left.deeds if h.first != verb.first]
    return not deeds and any(0 <= verb.first - h.last <= _AFTER for h in left.of("side_clause"))


_AFTER = 4
"""Words between "after" and the deed that came before."""


def _comes_down(left: Row, right: Row) -> bool:
    """Whether what was fired in one part only falls in the next: "fired from A and fell near B" is one deed at B."""
    fired, fell = {h.key for h in left.deeds}, {h.key for h in right.deeds}
    return fired == {"launch"} and fell == {"hit"} and not right.groups.get("weapon")


def _behind_known(reading: Reading, hits: Row, first: int, last: int) -> int:
    """Where a sentence goes on that opens with a deed told already: "besides the blast in A, two died in B"."""
    opening = next((h for h in hits.of("besides") if h.first <= first + 1), None)
    if opening is None:
        return first
    comma = next((i + 1 for i in range(opening.last, last - 1) if set(reading.between(i)) & _COMMAS), first)
    known, new = hits.within(opening.last, comma), hits.within(comma, last)
    return comma if _deed(known) and _deed(new) else first


_COMMAS = frozenset(",;،؛")


def _parts(
    reading: Reading,
    tongue: Tongue,
    left: Row,
    right: Row,
    bounds: tuple[int, Link, int],
) -> bool:
    """Whether what stands behind a connecting word is a deed of its own."""
    begin, link, end = bounds
    if not _deed(left) or not _deed(right):
        return False
    if _later(left, right, link.last):
        return True
    places = {
        h.key
        for h in left
        if isinstance(h.meaning, Place) and not date_of_line(h.first, h.last, reading)  # the desk
    }
    others = {h.key for h in right if isinstance(h.meaning, Place)}
    apart = bool(places) and bool(others) and not places & others
    if apart and link.strong and any(h.first - link.last <= 4 for h in right.of("separate", "another")):
        return True
    if apart and link.strong and "arrest" in left.keys and "arrest" in right.keys:
        return True  # three were seized in A while two others were in B
    if not _begins_with_doer(right, link.last):
        verb = link.strong and (apart or _turns_to(left, right, link.last))
        verb = verb and _begins_with_deed(right, link.last)
        return verb and any(h.key in _DEADLY for h in left) and not _only_hurt(left, right)
    tolls = _told(reading, tongue, left, begin, link.first) and _told(
        reading, tongue, right, link.behind, end
    )
    if tolls:
        if apart or _for_help(left, right):
            return True
        return not (_says_only_who_died(left) and _head_fell(reading, tongue, right, link, end))
    if link.strong:
        return apart or _told(reading, tongue, right, link.behind, end)
    return apart and any(h.key in _DEADLY for h in left) and any(h.key in _DEADLY for h in right)


def _says_only_who_died(hits: Row) -> bool:
    """Whether a part tells of deaths and not how they came about."""
    return "weapon" not in hits.groups and all(
        isinstance(h.meaning, Concept) and h.meaning.generic for h in hits.deeds
    )


def _for_help(left: Row, right: Row) -> bool:
    """Whether those who came to help in the deed just told were hit themselves: "then ambushed troops who rushed to help"."""
    return "relief" in right.keys and "relief" not in left.keys


def _head_fell(reading: Reading, tongue: Tongue, right: Row, link: Link, end: int) -> bool:
    """Whether those at the head of a part are its dead or hurt: "and three US soldiers wounded by rockets"."""
    tolls = tolls_in(reading, tongue, reading.sentence_of[link.first], (), right, (link.behind, end))
    fallen = fallen_in(tolls, right)
    return any(h.start in fallen and h.first - link.last <= _REACH for h in right)


def _later(left: Row, right: Row, at: int) -> bool:
    """Whether words that begin another event stand behind the link: "and minutes later a bomber drove"."""
    turn = next((h for h in right.of("separate") if h.first == at), None)
    if turn is None or not _begins_with_doer(right, turn.last):
        return False
    kinds = [{h.meaning.type for h in part.deeds if isinstance(h.meaning, Concept)} for part in (left, right)]
    return not kinds[0] & kinds[1]


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
    """Whether the verb stands first, or behind a figure: Arabic "while were killed two in B", "and two others died"."""
    return any(0 <= h.first - at <= 1 and (h.group == "act" or h.key in _DEADLY) for h in hits)


def _only_hurt(left: Row, right: Row) -> bool:
    """Whether the part behind only adds the wounded to the dead: "ten died and three others were hurt in the attack"."""
    verb = next((h for h in right if h.key in _DEADLY), None)
    return verb is not None and verb.key == "wounded" and "wounded" not in left.keys


def _turns_to(left: Row, right: Row, at: int) -> bool:
    """Whether the deed at the head is one that no fight or blast is: "while arrested a force four men"."""
    return any(h.first == at and h.key in _OTHERS and h.key not in left.keys for h in right)


_OTHERS = frozenset({"arrest", "abduction", "defuse", "seize_arms"})


def _told(reading: Reading, tongue: Tongue, hits: Row, first: int, last: int) -> bool:
    """Whether a part gives a toll."""
    sentence = reading.sentence_of[first]
    return any(t.value for t in tolls_in(reading, tongue, sentence, (), hits, (first, last)))
