"""Which watch terms a text speaks of.

A term counts where the text means it: a weapon beside a deed, a party by name, a place that was hit;
not in a sentence about another country's affairs and not in the tail of links.
"""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.model import Event
from worker.domain.understanding.frame import Frame
from worker.domain.understanding.meanings import FIRM, Actor, Concept, Country
from worker.domain.understanding.reading import Reading, Row, speaks
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


_FORCES = {"US": "us_forces", "IR": "iran", "TR": "turkey_ops"}
"""Countries whose bare name stands for their forces where it stands close to a deed of arms."""
_OF_ARMS = frozenset(
    [
        "attack",
        "hit",
        "bombardment",
        "bombing",
        "raid",
        "airstrike",
        "strike",
        "launch",
        "shelling",
        "rocket_attack",
        "missile_attack",
        "drone_attack",
        "operation",
        "kill",
        "rocket",
        "missile",
        "drone",
        "aircraft",
        "artillery",
    ]
)
_POSTED = {
    "US": frozenset({"troops", "soldiers", "base", "airstrike", "strike", "military", "posture"}),
    "TR": frozenset({"troops", "soldiers", "airstrike", "shelling", "intervention", "operation", "posture"}),
}
"""What speaks of a country's forces anywhere in the same sentence."""
_FROM_AFAR = frozenset({"rocket", "missile", "mortar", "rocket_attack", "missile_attack", "shelling"})
_LOCAL = frozenset({"soldiers", "police"})
"""Whose men were hit: Iraq's own, unless the text speaks of another country's forces."""
_OTHERS = frozenset({"civilians", "official", "journalist", "activist", "pilgrims", "restaurant", "isis"})
"""Beside whom the police that a text names may but report."""
_ABROAD = frozenset({"turkey_ops", "us_forces", "coalition", "iran", "peshmerga"})
_EXACT = frozenset(
    {"suicide_attack", "car_bomb", "drone_attack", "rocket_attack", "shelling", "ied", "airstrike"}
)
"""Terms beside which a soft one ("bombing", "strike") says nothing of its own."""


def terms_of(reading: Reading, frames: Sequence[Frame], events: Sequence[Event]) -> tuple[str, ...]:
    """The terms in the order of the closed list."""
    found: set[str] = set()
    soft: set[str] = set()
    foreign = {f.sentence for f in frames if f.foreign}
    for index in range(len(reading.sentences)):
        hits = reading.of(index)
        if index not in foreign:
            _of_sentence(hits, found, soft)
        elif any(h.iraq >= FIRM for h in hits):
            found.update(h.meaning.term for h in hits if isinstance(h.meaning, Actor) and h.meaning.term)
    if not found & _EXACT:
        found |= soft
    for event in events:
        _of_event(event, found)
    if (
        "airstrike" in found
        and "drone_attack" in found
        and not any("air_strike" in e.weapons for e in events)
    ):
        found.discard("airstrike")
    return tuple(t for t in TERMS if t in found)


def _of_sentence(hits: Row, found: set[str], soft: set[str]) -> None:
    """What one sentence speaks of."""
    keys = hits.keys
    deed = "act" in hits.groups or "toll" in hits.groups
    for hit in hits:
        meaning = hit.meaning
        if isinstance(meaning, Actor):
            if meaning.term and not (meaning.term == "iraqi_forces" and speaks(hit, hits)):
                found.add(meaning.term)
        elif isinstance(meaning, Concept):
            if meaning.group == "weapon" and (
                not (deed or hit.key in ("suicide", "suicide_vehicle")) or keys & {"seize_arms", "arms_cache"}
            ):
                continue
            if hit.key == "green_zone" and not keys & _FROM_AFAR:
                continue
            (soft if meaning.soft else found).update(meaning.terms)
            local = meaning.id in ("security_forces", "army", "police_force")
            if local and _iraqi(hits) and not speaks(hit, hits):
                found.add("iraqi_forces")
        elif isinstance(meaning, Country) and meaning.code in _FORCES:
            armed = any(h.key in _OF_ARMS and -2 <= h.first - hit.last <= 2 for h in hits)
            if armed or keys & _POSTED.get(meaning.code, frozenset()):
                found.add(_FORCES[meaning.code])


def _of_event(event: Event, found: set[str]) -> None:
    """What a coded event adds to the words."""
    if event.sub_event_type == "Attack" and set(event.targets) & {"official", "journalist", "activist"}:
        found.add("assassination")
    if "air_strike" in event.weapons:
        found.add("airstrike")
    if event.sub_event_type in _BY_TYPE:
        found.add(_BY_TYPE[event.sub_event_type])
    if "turkish_forces" in event.actors:
        found.add("turkey_ops")
    hurt = bool(event.killed or event.wounded) and event.sub_event_type != "Attack"
    targets = set(event.targets)
    if hurt and targets & _LOCAL and not (targets & _OTHERS or found & _ABROAD):
        found.add("iraqi_forces")


def _iraqi(hits: Sequence[object]) -> bool:
    """Whether no other country is named beside unnamed forces."""
    countries = {h.meaning.code for h in hits if isinstance(getattr(h, "meaning", None), Country)}  # type: ignore[attr-defined]
    return not countries or "IQ" in countries
