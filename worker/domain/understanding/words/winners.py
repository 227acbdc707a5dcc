"""Which of the phrases found in a text count: the longest of a group, those whose conditions hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from worker.domain.understanding.words.meanings import Actor, Concept, Country, Place
from worker.domain.understanding.words.phrases import Gap
from worker.domain.understanding.words.reading import Hit


def settled(found: Sequence[Hit]) -> list[Hit]:
    """The hits that count: the longest whose conditions hold; one whose conditions fail hides no shorter one."""
    found = _without_barred(_without_idle(found))
    kept = longest(found)
    for _ in range(_ROUNDS):
        failed = _failed(kept)
        if not failed:
            return kept
        gone = {id(h) for h in failed}
        if not _hides(failed, found, kept):
            return [h for h in kept if id(h) not in gone]
        found = [h for h in found if id(h) not in gone]
        kept = longest(found)
    return conditions(kept)


_ROUNDS = 4
"""How often a phrase that takes the words of one that failed may fail itself."""


def _without_idle(found: Sequence[Hit]) -> Sequence[Hit]:
    """Without the void phrases whose conditions fail: they take no words from others."""
    voids = [h for h in found if h.phrase.void and (h.phrase.need or h.phrase.unless)]
    if not voids:
        return found
    idle = {id(h) for h in _failed([*longest(found), *voids]) if h.phrase.void}
    return [h for h in found if id(h) not in idle] if idle else found


def _without_barred(found: Sequence[Hit]) -> Sequence[Hit]:
    """Without what a longer void phrase of the same concept keeps off its words, whoever else takes some of them.

    *Riot police dispersed the crowd*: the longer phrase begins with the police, and yet there is no riot.
    """
    voids = [h for h in found if h.phrase.void and h.group != "grammar"]
    if not voids:
        return found
    return [h for h in found if h.phrase.void or not any(_bars(v, h) for v in voids)]


def _bars(void: Hit, hit: Hit) -> bool:
    """Whether a void phrase of a hit's own concept is longer and holds all of its words."""
    covers = void.first <= hit.first and hit.last <= void.last
    return void.key == hit.key and covers and void.last - void.first > hit.last - hit.first


def _hides(failed: Sequence[Hit], found: Sequence[Hit], kept: Sequence[Hit]) -> bool:
    """Whether a phrase of the same group lost its words to one that does not hold."""
    rivals: dict[tuple[str, int], list[Hit]] = {}
    for hit in failed:
        rivals.setdefault((_rival(hit), hit.sentence), []).append(hit)
    known = {id(h) for h in kept}
    return any(
        id(hit) not in known and any(hit.first < f.last and f.first < hit.last for f in beside)
        for hit in found
        if (beside := rivals.get((_rival(hit), hit.sentence)))
    )


def _rival(hit: Hit) -> str:
    """What a hit rivals others in; grammar's concepts do not rival each other: in "30 km from" the unit counts as well."""
    return hit.key if hit.group == "grammar" else hit.group


def longest(hits: Sequence[Hit]) -> list[Hit]:
    """Within a group the longest of overlapping hits; equal spans may mean several things."""
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        name = _rival(hit)
        if name in groups:
            groups[name].append(hit)
        else:
            groups[name] = [hit]
    kept: list[Hit] = []
    for members in groups.values():
        # Hits come in the order of their first words: a new cluster begins where nothing reaches.
        cluster, end = [members[0]], members[0].last
        for hit in members[1:]:
            if hit.first >= end:
                kept += _winners(cluster) if len(cluster) > 1 else cluster
                cluster, end = [hit], hit.last
            else:
                cluster.append(hit)
                end = max(end, hit.last)
        kept += _winners(cluster) if len(cluster) > 1 else cluster
    return _without_doubles([h for h in kept if not h.phrase.void])


def _spelled_out(hit: Hit) -> tuple[int, int, int, int]:
    """More words first, then more letters; of two phrases for the same words the one that spells out more.

    It was written for them.
    """
    return hit.first - hit.last, hit.start - hit.end, hit.start, -len(hit.phrase.say)


def _winners(cluster: list[Hit]) -> list[Hit]:
    """Of hits that overlap those whose words no longer one has."""
    cluster.sort(key=_spelled_out)
    kept: list[Hit] = []
    owner: dict[int, tuple[int, int]] = {}
    seen: set[tuple[str, int, int]] = set()
    for hit in cluster:
        first, last = span = hit.first, hit.last
        if (hit.key, first, last) in seen:
            continue
        if last - first > _WIDE and _spans_gap(hit):
            ends = (first, last - 1)  # what stands in the gap keeps its own meaning
            free = all(owner.get(word, span) == span for word in ends)
            if free:
                owner.update(dict.fromkeys(ends, span))
        elif last - first == 1:
            free = owner.setdefault(first, span) == span
        else:
            free = all(owner.get(word, span) == span for word in range(first, last))
            if free:
                owner.update(dict.fromkeys(range(first, last), span))
        if free:
            seen.add((hit.key, first, last))
            kept.append(hit)
    return kept


_WIDE = 2


def _spans_gap(hit: Hit) -> bool:
    """Whether a general deed's phrase runs over words of its own meaning: "target of US *air strikes* was"."""
    meaning = hit.meaning
    return (
        isinstance(meaning, Concept) and meaning.generic and any(isinstance(p, Gap) for p in hit.phrase.parts)
    )


def _without_doubles(kept: list[Hit]) -> list[Hit]:
    """Without what other groups' words take away: inside an actor's name, beside what it yields to."""
    named: dict[int, list[Hit]] = {}
    for hit in kept:
        if hit.group == "actor" and hit.last - hit.first > 1:
            for word in range(hit.first, hit.last):
                named.setdefault(word, []).append(hit)
    if named:
        inner = [
            h
            for h in kept
            if h.group in _COVERED
            and h.first in named
            and not _iraqs(h)
            and any(_covers(a, h) and not _both(a, h) for a in named[h.first])
        ]
        if inner:
            gone = {id(h) for h in inner}
            towns = [h for h in inner if h.group == "geo" and h.iraq]
            kept = [_with_town(h, towns) if h.group == "actor" else h for h in kept if id(h) not in gone]
    yielding = [h for h in kept if isinstance(h.meaning, Concept) and h.meaning.yields]
    if yielding:
        gone = {id(h) for h in yielding if _gives_way(h, kept)}
        kept = [h for h in kept if id(h) not in gone]
    sure = {h.key for h in kept if h.group == "geo" and not h.phrase.ambiguous}
    if spots := {(h.first, h.last) for h in kept if h.key in sure}:
        kept = [
            h for h in kept if h.key not in _FOLK or not any(a <= h.first and h.last <= b for a, b in spots)
        ]
    doubtful = [h for h in kept if h.phrase.ambiguous]
    if not doubtful:
        return kept
    gone = set()
    if any(h.group == "actor" for h in doubtful):
        # Süleymani with an ending reads as Süleymaniye: the town's own name, or its airport's, wins.
        towns = [h for h in kept if h.group == "geo" and not h.phrase.ambiguous]
        gone = {id(h) for h in doubtful if h.group == "actor" and any(_covers(t, h) for t in towns)}
    if any(h.group == "geo" for h in doubtful):
        ordinary = {
            word for h in kept if h.group in _ORDINARY and id(h) not in gone for word in _own_words(h)
        }
        gone |= {id(h) for h in doubtful if h.group == "geo" and _meets(h, ordinary)}
    return [h for h in kept if id(h) not in gone] if gone else kept


def _with_town(actor: Hit, towns: Sequence[Hit]) -> Hit:
    """A party that tells of Iraq as strongly as the town that its name holds: the police of Baqubah."""
    most = max((t.iraq for t in towns if _covers(actor, t)), default=0.0)
    return replace(actor, iraq=most) if most > actor.iraq else actor


def _gives_way(hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether a concept stands right beside one that it yields to: the suicide of a suicide drone."""
    meaning = hit.meaning
    if not isinstance(meaning, Concept) or not meaning.yields:
        return False
    return any(h.key in meaning.yields and h.first <= hit.last and hit.first <= h.last for h in hits)


_FOLK = frozenset({"civilians", "workers", "person"})
"""Nouns of people that may be a town's name: Sorani *Shwan*, shepherd."""
_COVERED = frozenset({"geo", "target", "toll"})
"""Groups whose words say nothing of their own inside an actor's name: Revolutionary *Guards*."""


def _both(actor: Hit, hit: Hit) -> bool:
    """Whether words of an actor's name stand for a target too: the *US base* is a base and American.

    So do what belongs to foreign troops, and their men who bear no arms: *contractor of the coalition*.
    """
    if hit.key in ("workers", "civilians", "convoy", "base", "embassy"):
        return isinstance(actor.meaning, Actor) and actor.meaning.coarse in _TROOPS_ABROAD
    return hit.group == "target" and (hit.first, hit.last) == (actor.first, actor.last)


_TROOPS_ABROAD = ("coalition", "us_forces", "turkish_forces")


def _iraqs(hit: Hit) -> bool:
    """Whether words name Iraq itself: they keep their weight inside "Iraqi army"."""
    return isinstance(hit.meaning, Country) and hit.meaning.code == "IQ"


def _covers(outer: Hit, inner: Hit) -> bool:
    """Whether a hit lies within another."""
    return outer.first <= inner.first and inner.last <= outer.last


_ORDINARY = frozenset({"act", "weapon", "toll", "sign", "topic"})


def _own_words(hit: Hit) -> Iterable[int]:
    """The words that a phrase names; what stands in its gap keeps its own meaning: "nahmen ... *Rawa* ... ein"."""
    if hit.last - hit.first > _WIDE and any(isinstance(p, Gap) for p in hit.phrase.parts):
        return (hit.first, hit.last - 1)
    return range(hit.first, hit.last)


def _meets(hit: Hit, words: set[int]) -> bool:
    """Whether any of a hit's words is among these: Hit in "rocket hit" is an ordinary word and no place."""
    return any(word in words for word in range(hit.first, hit.last))


def conditions(hits: list[Hit]) -> list[Hit]:
    """Drop hits whose needed neighbours are missing or whose forbidden ones are there."""
    gone = {id(h) for h in _failed(hits)}
    return [h for h in hits if id(h) not in gone] if gone else hits


def _failed(hits: Sequence[Hit]) -> list[Hit]:
    """Those whose conditions fail."""
    bound = [h for h in hits if h.phrase.need or h.phrase.unless]
    if not bound:
        return []
    around: dict[int, list[Hit]] = {h.sentence: [] for h in bound}
    for hit in hits:
        if hit.sentence in around:
            around[hit.sentence].append(hit)
    return [h for h in bound if not _condition(h, around[h.sentence])]


def _condition(hit: Hit, around: Sequence[Hit]) -> bool:
    """Whether the neighbours in its sentence allow this reading."""
    phrase = hit.phrase
    if phrase.near is not None:
        low, high = hit.first - phrase.near, hit.last + phrase.near
        around = [h for h in around if h.last > low and h.first < high]
    keys = {h.key for h in around if (h.first, h.last) != (hit.first, hit.last) or h.key != hit.key}
    if not TOWN_SIDES.isdisjoint(phrase.need):
        keys |= _town_sides(hit, around)
    return (not phrase.need or not keys.isdisjoint(phrase.need)) and keys.isdisjoint(phrase.unless)


TOWN_SIDES = frozenset({"town_behind", "town_before", "town_within"})
"""What a phrase may need that no words stand for: a town right beside it that no preposition governs, or in its gap."""


def _town_sides(hit: Hit, around: Sequence[Hit]) -> set[str]:
    """On which sides of a phrase a town of Iraq stands as its subject or object: "captured Rawa", "Rutba fell"."""
    governed = {h.last: h.first for h in around if h.key in _PREPOSITIONS}
    things = [h.first for h in around if h.group in _THINGS]
    found = set()
    for town in around:
        if not isinstance(town.meaning, Place) or town.meaning.type not in _TAKEN_PLACES:
            continue
        if hit.first < town.first and town.last < hit.last:
            found.add("town_within")
        elif 0 <= town.first - hit.last <= _OBJECT:
            own = governed.get(town.first, -1) < hit.last
            if own and not any(hit.last <= at < town.first for at in things):
                found.add("town_behind")
        elif 0 <= hit.first - town.last <= 1 and town.first not in governed:
            found.add("town_before")
    return found


_OBJECT = 3
"""Words between a verb and the town that it takes, which may be a day."""
_PREPOSITIONS = frozenset({"in_place", "at_place", "near", "from_place", "of_party", "by_agent", "distance"})
_THINGS = frozenset({"act", "target", "actor", "toll", "weapon"})
_TAKEN_PLACES = frozenset(
    {"town", "district", "subdistrict", "village", "quarter", "governorate", "base", "airport"}
    | {"refinery", "oil_field", "gas_field", "dam", "crossing", "mountain", "camp", "bridge"}
)
