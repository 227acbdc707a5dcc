"""What a deed only happened near: an airport or embassy beside the place that the text tells was neither hit nor meant.

"A post at Radwaniyah, near Baghdad airport" speaks of no attack on the airport; "a drone shot down near
Erbil airport" does, for nothing more exact is told.
"""

from __future__ import annotations

from worker.domain.understanding.where.bearings import Bearings
from worker.domain.understanding.where.places import VALLEY, Located
from worker.domain.understanding.words.meanings import Concept, Place
from worker.domain.understanding.words.reading import Hit, Reading, Row, overlap
from worker.domain.understanding.words.tongue import Tongue

_MARKS = ("near", "meant_for", "taken_to")
_ALWAYS = frozenset({"airport", "embassy"})
_NAMED = frozenset({"base", "oil_facility", "gas_field", "port"})
"""What is passed by only where it has a name: "near a base" may well be what was aimed at."""
_REACH = 3
"""Words that may stand between "near" and a facility: near the heavily guarded US embassy."""


def without_bystanders(reading: Reading, tongue: Tongue) -> None:
    """Take the facilities that a deed was only near from what the text speaks of."""
    dropped: set[Hit] = set()
    for index in range(reading.title, len(reading.sentences)):
        hits = reading.of(index)
        if not hits.keys.isdisjoint(_MARKS) and hits.places:
            dropped.update(_passed_by(reading, hits, tongue))
    names = _in_names(reading)
    if not dropped and not names:
        return
    kinds = {h.key for h in dropped}
    for index in range(reading.title):  # "killed near Baghdad airport"
        hits = reading.of(index)
        marks = hits.of(*_MARKS)
        dropped.update(
            h for h in hits if h.key in kinds and any(_stands_by(m, h, hits, tongue) for m in marks)
        )
    reading.bystanders = frozenset(
        place
        for place in reading.hits
        if isinstance(place.meaning, Place) and any(overlap(place, thing) for thing in dropped)
    )
    reading.settle(h for h in reading.hits if h not in dropped and h not in names)


def _in_names(reading: Reading) -> set[Hit]:
    """The words of a target that are part of a town's or a quarter's own name: the market of Suq al-Shuyukh."""
    nouns = {h.last for h in reading.hits if h.key == "place_noun"}  # "in the district of Husseiniya"
    towns = [
        h
        for h in reading.hits
        if isinstance(h.meaning, Place)
        and h.meaning.type in _SETTLEMENTS
        and (h.first in nouns or not h.phrase.ambiguous)
    ]
    if not towns:
        return set()
    ends: dict[int, int] = {}
    for town in towns:
        for at in range(town.first, town.last):
            ends[at] = max(town.last, ends.get(at, 0))
    things = (h for h in reading.hits if h.group == "target" and _kind(h))
    return {h for h in things if h.last <= ends.get(h.first, 0)}


_SETTLEMENTS = frozenset({"village", "quarter", "town", "subdistrict", "district", "governorate"})


def _passed_by(reading: Reading, hits: Row, tongue: Tongue) -> list[Hit]:
    """The facilities of a sentence that stand behind "near", where it also tells a place that the deed was in."""
    things = [h for h in hits.groups.get("target", ()) if _kind(h) in _ALWAYS or _named(h, hits)]
    near = [h for h in things if any(_stands_by(m, h, hits, tongue) for m in hits.of(*_MARKS))]
    if not near:
        return []
    bearings = Bearings(reading, hits, tongue)
    firm = [h for h in hits.places if _is_firm(h, bearings)]
    return [
        thing
        for thing in near
        if any(
            (place.last <= thing.first) is not bearings.behind and not overlap(place, thing) for place in firm
        )
    ]


def _kind(hit: Hit) -> str:
    """What kind of facility words name."""
    return hit.meaning.target if isinstance(hit.meaning, Concept) else ""


def _named(hit: Hit, hits: Row) -> bool:
    """Whether a base or field is called by its name."""
    return _kind(hit) in _NAMED and any(overlap(place, hit) for place in hits.places)


def _stands_by(mark: Hit, hit: Hit, hits: Row, tongue: Tongue) -> bool:
    """Whether "near" speaks of a facility; nothing else that was done or hit stands between."""
    behind = tongue.grammar.attributes_first
    low, high = (hit.last, mark.first) if behind else (mark.last, hit.first)
    if not 0 <= high - low <= _REACH:
        return False
    groups = ("act", "toll", "target", "weapon")
    return not any(low <= h.first and h.last <= high for g in groups for h in hits.groups.get(g, ()))


def _is_firm(hit: Hit, bearings: Bearings) -> bool:
    """Whether a place is where the deed was: no landmark, no neighbour, and more exact than a capital's name."""
    if not isinstance(hit.meaning, Place):
        return False
    told = bearings.of(hit)
    return not (told.near or told.landmark) and Located(hit.meaning, hit.first, hit.last).exactness > VALLEY
