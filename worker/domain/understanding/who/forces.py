"""Whether a country's bare name speaks of its forces: the "Turkish troops" do, the Turkish ambassador does not."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from worker.domain.understanding.sentence.skies import is_object
from worker.domain.understanding.words.meanings import Actor, Country
from worker.domain.understanding.words.reading import Hit, Row

FORCES = {"US": "us_forces", "IR": "iran", "TR": "turkey_ops"}
"""Countries whose bare name stands for their forces where it stands close to a deed of arms, and their term."""
_ARMS = frozenset(
    {
        "bombardment",
        "bombing",
        "airstrike",
        "strike",
        "shelling",
        "rocket_attack",
        "missile_attack",
        "drone_attack",
        "rocket",
        "missile",
        "drone",
        "aircraft",
        "artillery",
        "soldiers",
        "troops",
        "base",
        "convoy",
        "patrol",
    }
)
"""Men, arms and blows that are a country's where its name stands beside them."""
_DEEDS = frozenset({"attack", "raid", "operation"})
"""Deeds that are a country's only where its adjective stands right beside them: an American attack."""
_POSTED = {
    "US": frozenset({"troops", "soldiers", "base", "airstrike", "strike", "posture"}),
    "TR": frozenset(
        {
            "troops",
            "soldiers",
            "base",
            "airstrike",
            "shelling",
            "intervention",
            "operation",
            "posture",
            "withdraw",
        }
    ),
}
"""What speaks of a country's forces from farther away as well."""
_REACH = 6
_CIVIL = frozenset({"embassy", "sanctions", "diplomacy"})
"""Whose neighbour a country's name belongs to its diplomats: "the American consulate was not hit"."""


def stands_for_forces(hit: Hit, hits: Row, doers: AbstractSet[int], *, owned: bool) -> bool:
    """Whether a country's name speaks of its forces.

    `doers` are the hits that the frames took for one who acts; `owned`: an owner stands right behind
    what it owns, as in Arabic and Persian.
    """
    meaning = hit.meaning
    if not isinstance(meaning, Country) or meaning.code not in FORCES:
        return False
    if id(hit) in doers:
        return True
    if _aimed(hit, hits) or any(_apart(hit, h) <= 1 for h in hits if h.key in _CIVIL):
        return False
    posted = _POSTED.get(meaning.code, frozenset())
    for other in hits:
        apart = _apart(hit, other)
        if other.key in _ARMS:
            near = apart <= 2 and _owns(hit, other, hits, owned=owned)
        else:
            before = hit.first < other.first
            near = other.key in _DEEDS and apart <= 0 and (before or meaning.kind == "people")
        near = near or (other.key in posted and apart <= _REACH)
        if near and not _divides(hit, other, hits):
            return True
    return False


def by_air_power(strike: Hit, hits: Row) -> bool:
    """Whether a strike is one from the air because of whose it is: a state's that is named before it."""
    if not hits.keys.isdisjoint(("drone", "drone_attack")):
        return False
    for hit in (*hits.countries, *hits.actors):
        meaning = hit.meaning
        striker = isinstance(meaning, Country) and meaning.code in _AIR_POWERS
        striker = striker or (isinstance(meaning, Actor) and meaning.coarse in _AIR_FORCES)
        if striker and 0 <= strike.first - hit.last <= _REACH and not _aimed(hit, hits):
            return True
    return False


_AIR_POWERS = frozenset({"US", "IL", "TR", "SA"})
_AIR_FORCES = frozenset({"us_forces", "coalition", "israel", "turkish_forces"})


def _apart(hit: Hit, other: Hit) -> int:
    """Words between two hits; below zero where they overlap."""
    return max(other.first - hit.last, hit.first - other.last)


def _owns(hit: Hit, other: Hit, hits: Row, *, owned: bool) -> bool:
    """Whether grammar can make arms a country's: "Iran's missiles" and "missiles of Iran", not "strike Iran"."""
    meaning = hit.meaning
    if hit.first < other.last or (isinstance(meaning, Country) and meaning.kind == "people"):
        return True
    marks = hits.of("of_party", "by_agent", "from_place")
    return (owned and hit.first == other.last) or any(
        other.last <= m.first and m.last <= hit.first for m in marks
    )


def _divides(hit: Hit, other: Hit, hits: Row) -> bool:
    """Whether another party stands between a country and what may be its own."""
    low, high = min(hit.last, other.last), max(hit.first, other.first)
    return any(
        low <= h.first < high and (isinstance(h.meaning, Actor) or _is_abroad(h))
        for h in (*hits.actors, *hits.countries)
    )


def _is_abroad(hit: Hit) -> bool:
    """Whether words name another country than Iraq: "Ankara keeps its bases in Iraq's north"."""
    return isinstance(hit.meaning, Country) and hit.meaning.code != "IQ"


def _aimed(hit: Hit, hits: Row) -> bool:
    """Whether the country is what a deed is aimed at."""
    return is_object(hit, hits) or any(0 <= hit.first - m.last <= 1 for m in hits.of("to_party"))
