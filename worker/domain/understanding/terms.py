"""Which watch terms a text speaks of.

A term counts where the text means it: a weapon beside a deed, a party by name, a place that was hit;
not in a sentence about another country's affairs and not in the tail of links.
"""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.model import Event
from worker.domain.understanding.frames import Frame
from worker.domain.understanding.lexicon import Actor, Concept, Country
from worker.domain.understanding.matcher import Reading, speaks
from worker.domain.vocabulary import TERMS

_BY_TYPE = {
    "Suicide bomb": "suicide_attack",
    "Abduction/forced disappearance": "kidnapping",
    "Peaceful protest": "protest",
    "Violent demonstration": "protest",
    "Excessive force against protesters": "protest",
    "Protest with intervention": "protest",
}
_ARMS = {
    "rocket": "rocket_attack",
    "missile": "rocket_attack",
    "drone": "drone_attack",
    "car_bomb": "car_bomb",
}


def terms_of(reading: Reading, frames: Sequence[Frame], events: Sequence[Event]) -> tuple[str, ...]:
    """The terms in the order of the closed list."""
    found: set[str] = set()
    soft: set[str] = set()
    foreign = {f.sentence for f in frames if f.foreign}
    for index in range(len(reading.sentences)):
        hits = reading.of(index)
        keys = {h.key for h in hits}
        deed = any(isinstance(h.meaning, Concept) and h.meaning.group == "act" for h in hits)
        if index in foreign:
            continue
        for hit in hits:
            meaning = hit.meaning
            if isinstance(meaning, Actor):
                if meaning.term and not speaks(hit, hits):
                    found.add(meaning.term)
            elif isinstance(meaning, Concept):
                if meaning.group == "weapon" and not (deed or hit.key == "suicide"):
                    continue
                if meaning.group == "weapon" and keys & {"seize_arms", "arms_cache"}:
                    continue
                if meaning.soft:
                    soft.update(meaning.terms)
                else:
                    found.update(meaning.terms)
                local = meaning.id in ("security_forces", "army", "police_force")
                if local and _iraqi(hits) and not speaks(hit, hits):
                    found.add("iraqi_forces")
            elif (
                isinstance(meaning, Country)
                and meaning.code == "US"
                and keys & {"troops", "soldiers", "base", "airstrike", "strike", "military"}
            ):
                found.add("us_forces")
    if not found & {
        "suicide_attack",
        "car_bomb",
        "drone_attack",
        "rocket_attack",
        "shelling",
        "ied",
        "airstrike",
    }:
        found |= soft
    for event in events:
        if event.sub_event_type == "Remote explosive/landmine/IED" and not set(event.weapons) & {
            "car_bomb",
            "drone",
        }:
            found.add("ied")
        if event.sub_event_type == "Attack" and set(event.targets) & {"official", "journalist", "activist"}:
            found.add("assassination")
        if "air_strike" in event.weapons:
            found.add("airstrike")
        if event.sub_event_type in _BY_TYPE:
            found.add(_BY_TYPE[event.sub_event_type])
        if "turkish_forces" in event.actors:
            found.add("turkey_ops")
    if (
        "airstrike" in found
        and "drone_attack" in found
        and not any("air_strike" in e.weapons for e in events)
    ):
        found.discard("airstrike")
    return tuple(t for t in TERMS if t in found)


def _iraqi(hits: Sequence[object]) -> bool:
    """Whether no other country is named beside unnamed forces."""
    countries = {h.meaning.code for h in hits if isinstance(getattr(h, "meaning", None), Country)}  # type: ignore[attr-defined]
    return not countries or "IQ" in countries
