"""What words can stand for, whatever the language: concepts, actors, places, countries; checked rows of the data files."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from worker.domain import vocabulary
from worker.domain.understanding.words.phrases import Phrase
from worker.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Concept:
    """What words can stand for, whatever the language."""

    id: str
    says: str
    group: str
    type: str = ""
    rank: int = 0
    weapon: str = ""
    target: str = ""
    actor: str = ""
    terms: tuple[str, ...] = ()
    trigger: bool = False
    generic: bool = False
    soft: bool = False
    quiet: bool = False
    foils: bool = False
    duty: bool = False
    local: bool = False
    people: bool = False
    yields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """An armed group, force or service."""

    id: str
    name: str
    coarse: str = ""
    term: str = ""
    target: str = ""
    side: str = ""
    kind: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in Iraq with what is known of it."""

    id: str
    name: str
    type: str
    governorate: str | None
    district: str = ""
    lat: float | None = None
    lon: float | None = None
    precision: int = 3


def is_vast(place: Place) -> bool:
    """Too wide to be an event's place (the country, "northern Iraq"); it still tells that it lies in Iraq."""
    return place.type == "country" or (place.type == "region" and place.governorate is None)


@dataclass(frozen=True, slots=True)
class Country:
    """A country's name, demonym or city; `IQ` is Iraq itself."""

    code: str
    kind: str
    """`names`, `people`, `seats` (a capital that stands for its government) or `places`."""


Meaning = Concept | Actor | Place | Country


NAMED = frozenset(
    {
        "hashd",
        "kataib_hezbollah",
        "asaib_ahl_al_haq",
        "harakat_al_nujaba",
        "kataib_sayyid_al_shuhada",
        "saraya_al_salam",
        "islamic_resistance_in_iraq",
        "peshmerga",
    }
)
"""Parties that exist in Iraq alone; "security forces" or "gunmen" exist everywhere."""
HINTING = frozenset({"badr", "pro_iran_faction", "cts"})
SMALL = frozenset(
    {
        "village",
        "quarter",
        "road",
        "subdistrict",
        "mountain",
        "camp",
        "crossing",
        "river",
        "bridge",
    }
)
"""Types of places whose names are also found elsewhere: they tell of Iraq only beside another sign."""
FIRM = 0.8
"""From this weight on words alone settle that a text names Iraq."""


def iraq_weight(meaning: Meaning, *, ambiguous: bool) -> float:
    """How strongly words tell that a text is about Iraq: 1 by themselves, below `FIRM` only with others."""
    if isinstance(meaning, Place):
        return 0.3 if ambiguous or meaning.type in SMALL else 1.0
    if isinstance(meaning, Country) and meaning.code == "IQ":
        return 1.0
    if isinstance(meaning, Actor) and not ambiguous:
        return FIRM if meaning.coarse in NAMED else 0.3 if meaning.coarse in HINTING else 0.0
    return 0.0


def is_armed(meaning: Meaning) -> bool:
    """Whether a meaning is an armed party that is Marsad's business beyond Iraq's name: ISIS, PKK."""
    return isinstance(meaning, Actor) and meaning.coarse in ("isis", "pkk")


class Sense(msgspec.Struct, frozen=True, eq=False, gc=False):
    """A phrase and what it means."""

    phrase: Phrase
    meaning: Meaning
    key: str
    """`rocket`, `actor:isis`, `place:taji`, `country:SY:places`."""
    group: str
    """Within a group the longer of two overlapping matches wins."""
    iraq: float = 0.0
    """How strongly it tells of Iraq (`iraq_weight`)."""


def named(phrase: Phrase, meaning: Meaning, key: str, group: str) -> Sense:
    """A name as a sense, weighed for Iraq."""
    weight = iraq_weight(meaning, ambiguous=phrase.ambiguous)
    return Sense(phrase, meaning, sys.intern(key), group, weight)


def _allowed(value: str, allowed: Iterable[str], where: str, what: str) -> str:
    """Check an id against a closed list."""
    if value and value not in allowed:
        raise ConfigError(
            f"unknown {what} {value!r}", where=where, remedy="use an id of worker/domain/vocabulary.py"
        )
    return value


def concept_of(row: Mapping[str, Any]) -> Concept:
    """A checked concept."""
    where = f"concepts.yaml, {row['id']}"
    for term in row.get("terms") or ():
        _allowed(term, vocabulary.TERMS, where, "term")
    return Concept(
        id=row["id"],
        says=row["says"],
        group=row["group"],
        type=_allowed(row.get("type", ""), vocabulary.PARENT, where, "sub-event type"),
        rank=int(row.get("rank", 0)),
        weapon=_allowed(row.get("weapon", ""), vocabulary.WEAPONS, where, "weapon"),
        target=_allowed(row.get("target", ""), vocabulary.TARGETS, where, "target"),
        actor=_allowed(row.get("actor", ""), vocabulary.ACTORS, where, "actor"),
        terms=tuple(row.get("terms") or ()),
        yields=tuple(row.get("yields") or ()),
        trigger=bool(row.get("trigger", row["group"] == "act")),
        **{k: bool(row.get(k)) for k in ("generic", "soft", "quiet", "foils", "duty", "local", "people")},
    )


def actor_of(row: Mapping[str, Any]) -> Actor:
    """A checked actor."""
    where = f"actors.yaml, {row['id']}"
    return Actor(
        id=row["id"],
        name=row["name"],
        coarse=_allowed(row.get("coarse") or "", vocabulary.ACTORS, where, "actor"),
        term=_allowed(row.get("term") or "", vocabulary.TERMS, where, "term"),
        target=_allowed(row.get("target") or "", vocabulary.TARGETS, where, "target"),
        side=str(row.get("side") or ""),
        kind=str(row.get("kind") or ""),
        parent=str(row.get("parent") or ""),
    )


def place_of(row: Mapping[str, str]) -> Place:
    """A checked place."""
    where = f"places.tsv, {row['id']}"
    return Place(
        id=row["id"],
        name=row["name"],
        type=row.get("type", ""),
        governorate=_allowed(row.get("governorate", ""), vocabulary.GOVERNORATES, where, "governorate")
        or None,
        district=row.get("district", ""),
        lat=float(row["lat"]) if row.get("lat") else None,
        lon=float(row["lon"]) if row.get("lon") else None,
        precision=int(row["precision"]) if row.get("precision", "").isdigit() else 3,
    )
