"""Which watch terms a text speaks of.

A term counts where the text means it: a weapon beside a deed, a party by name, a place that was hit;
not in a sentence about another country's affairs and not in the tail of links.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from worker.domain.model import Event
from worker.domain.understanding.judgement.mentions import (
    ABROAD,
    is_campaign,
    is_idle,
    is_no_force,
    is_of_rockets,
    is_on_duty,
)
from worker.domain.understanding.sentence.frame import AIR, ATTACK, BOMB, CLASH, DISRUPTED, SHELLING, Frame
from worker.domain.understanding.who.forces import FORCES, by_air_power, stands_for_forces
from worker.domain.understanding.words.meanings import FIRM, Actor, Concept, Country, Place
from worker.domain.understanding.words.reading import Reading, Row
from worker.domain.vocabulary import TERMS

_BY_TYPE = {
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

_LOCAL = frozenset({"soldiers", "police"})
"""Whose men were hit: Iraq's own, unless the text speaks of another country's forces."""
_OTHERS = frozenset({"civilians", "official", "journalist", "activist", "pilgrims", "restaurant", "isis"})
"""Beside whom the police that a text names may but report."""
_BLOWS = frozenset({AIR, SHELLING, CLASH, BOMB, ATTACK, DISRUPTED})
"""Types in which a country that acts acts with its forces."""
_MARKED = frozenset({"official", "journalist", "activist"})
"""Whom an attack singles out."""
_EXACT = frozenset(
    {"suicide_attack", "car_bomb", "drone_attack", "rocket_attack", "shelling", "ied", "airstrike"}
)
"""Terms beside which a soft one ("bombing", "strike") says nothing of its own."""


def terms_of(
    reading: Reading, frames: Sequence[Frame], events: Sequence[Event], *, owned: bool = False
) -> tuple[str, ...]:
    """The terms in the order of the closed list; `owned` as in `stands_for_forces`."""
    found: set[str] = set()
    soft: set[str] = set()
    foreign = {f.sentence for f in frames if f.foreign}
    doers = {id(hit) for f in frames if f.type in _BLOWS for hit in f.actors.values()}
    for index in range(len(reading.sentences)):
        hits = reading.of(index)
        if not reading.bystanders.isdisjoint(hits):
            hits = Row(h for h in hits if h not in reading.bystanders)
        if index not in foreign:
            _of_sentence(reading, hits, doers, found, soft, owned=owned)
        else:
            _of_foreign(hits, found)
    if "hashd" in soft and not found & {"isis", "pkk", "peshmerga"}:
        found.add("hashd")
    if "iraqi_forces" in soft and not found & ABROAD:
        found.add("iraqi_forces")
    if "clashes" in soft and any(e.sub_event_type == CLASH for e in events):
        found.add("clashes")
    if not found & _EXACT:
        found |= soft - {"iraqi_forces", "hashd", "clashes"}
    one_by_one = not events or any(e.sub_event_type == ATTACK for e in events)
    if one_by_one and any(_singles_out(f) for f in frames):
        found.add("assassination")
    forces = any(_forces_named(reading.of(index)) for index in range(len(reading.sentences)))
    for event in events:
        _of_event(event, found, forces=forces)
    if (
        "airstrike" in found
        and "drone_attack" in found
        and not any("air_strike" in e.weapons for e in events)
    ):
        found.discard("airstrike")
    return tuple(t for t in TERMS if t in found)


def _of_sentence(
    reading: Reading, hits: Row, doers: AbstractSet[int], found: set[str], soft: set[str], *, owned: bool
) -> None:
    """What one sentence speaks of."""
    deed = "act" in hits.groups or "toll" in hits.groups
    own = _iraqi(hits)
    for hit in hits:
        meaning = hit.meaning
        if isinstance(meaning, Actor):
            if meaning.term and not (meaning.term == "iraqi_forces" and is_no_force(hit, hits, reading)):
                found.add(meaning.term)
        elif isinstance(meaning, Concept):
            if meaning.id in _MEN:
                if own and not is_no_force(hit, hits, reading):
                    if meaning.local:
                        found.add("iraqi_forces")
                    elif is_on_duty(hit, hits, deed=deed):
                        (found if meaning.id == "police" else soft).add("iraqi_forces")
            elif hit.key == "militia" and any(
                isinstance(h.meaning, Country) and h.meaning.code == "IQ" for h in hits.countries
            ):
                soft.add("hashd")
            elif is_of_rockets(hit, hits):
                found.add("rocket_attack")
            elif is_campaign(hit, hits):
                soft.add("clashes")
            elif not is_idle(hit, hits, deed=deed):
                firm = not meaning.soft or (hit.key == "strike" and by_air_power(hit, hits))
                (found if firm else soft).update(meaning.terms)
        elif isinstance(meaning, Place):
            if meaning.type == "base":
                found.add("base")
        elif isinstance(meaning, Country) and stands_for_forces(hit, hits, doers, owned=owned):
            found.add(FORCES[meaning.code])


_MEN = frozenset({"security_forces", "army", "police_force", "soldiers", "police"})


def _of_foreign(hits: Row, found: set[str]) -> None:
    """What a sentence about another country's affairs speaks of: parties of Iraq, arms that fly over borders."""
    firm = any(h.iraq >= FIRM for h in hits)
    for hit in hits.actors:
        if isinstance(hit.meaning, Actor) and hit.meaning.term and (firm or not hit.phrase.ambiguous):
            found.add(hit.meaning.term)
    if "act" in hits.groups:
        found.update(_FLYING[h.key] for h in hits if h.key in _FLYING)
        if any(by_air_power(h, hits) for h in hits.of("strike")):
            found.add("airstrike")


_FLYING = {
    "drone": "drone_attack",
    "drone_attack": "drone_attack",
    "missile": "rocket_attack",
    "missile_attack": "rocket_attack",
    "airstrike": "airstrike",
}


def _forces_named(hits: Row) -> bool:
    """Whether soldiers or policemen are named who are no guards of a house or a person: border guards are."""
    guards = {h.first: h.last for h in hits.of("guards")}
    return any(h.last > guards.get(h.first, h.first) for h in hits.of("soldiers", "police"))


def _of_event(event: Event, found: set[str], *, forces: bool) -> None:
    """What a coded event adds to the words."""
    if event.sub_event_type == ATTACK and _MARKED & set(event.targets):
        found.add("assassination")
    if "air_strike" in event.weapons and "shelling" not in found:  # which a "bombardment" may be as well
        found.add("airstrike")
    if event.sub_event_type in (AIR, BOMB, SHELLING):
        found.update(_ARMS[arm] for arm in event.weapons if arm in _ARMS)
    if event.sub_event_type in _BY_TYPE:
        found.add(_BY_TYPE[event.sub_event_type])
    if "turkish_forces" in event.actors:
        found.add("turkey_ops")
    hurt = bool(event.killed or event.wounded) and event.sub_event_type != "Attack"
    targets = set(event.targets)
    if hurt and forces and targets & _LOCAL and not (targets & _OTHERS or found & ABROAD):
        found.add("iraqi_forces")


def _iraqi(hits: Row) -> bool:
    """Whether no other country is named beside unnamed forces."""
    countries = {h.meaning.code for h in hits.countries if isinstance(h.meaning, Country)}
    return not countries or "IQ" in countries


def _singles_out(frame: Frame) -> bool:
    """Whether a sentence tells of somebody killed for who he is, event or not."""
    return (
        frame.type == ATTACK
        and not frame.foreign
        and frame.trigger.key in ("kill", "shooting")
        and not _MARKED.isdisjoint(frame.targets)
        and not any(h.first <= frame.trigger.first < h.last for h in frame.hits.of("trial"))
    )
