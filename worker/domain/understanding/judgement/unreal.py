"""What only looks like a deed: an exercise, a gas cylinder that burst, a match told in the words of war, arrests abroad."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from worker.domain.understanding.sentence.families import ABDUCTION, PROTESTS
from worker.domain.understanding.sentence.frame import Frame
from worker.domain.understanding.words.meanings import Actor, Concept
from worker.domain.understanding.words.reading import Reading, Row

_FURTHER = 3
"""So many sentences from the first one on may explain what was heard."""


def only_staged(reading: Reading, frames: Sequence[Frame]) -> bool:
    """Whether nothing was told but an exercise, or noise that an exercise or a planned blast explains.

    The headline names the exercise, or the text says that something was heard; nobody was hurt and nobody blamed.
    """
    rows = [reading.of(i) for i in range(min(reading.title + _FURTHER, len(reading.sentences)))]
    if all(row.keys.isdisjoint(_STAGED) for row in rows):
        return False
    if any(_in_earnest(f) for f in frames) or any(not row.keys.isdisjoint(_OWNED_UP) for row in rows):
        return False
    if any(_exercise(row) for row in rows[: reading.title]):
        return True
    heads = [f for f in frames if f.title or f.lead]
    if any(_exercise(row) for row in rows[: reading.title + 1]) and all(f.type in _PLAYED for f in heads):
        return True  # "airport tests its response to a hijacking", and it was a drill
    heard = any("noise" in row.keys and row.keys.isdisjoint(_FOUND) for row in rows)
    return heard and any(_exercise(row) or "planned_blast" in row.keys for row in rows)


def _exercise(row: Row) -> bool:
    """Whether an exercise is named, and not as what a camp is for: a training base may be hit."""
    sites = row.of("base", "school")
    return any(
        all(site.first - drill.last > 1 or drill.first - site.last > 1 for site in sites)
        for drill in row.of("drill")
    )


_STAGED = frozenset({"drill", "planned_blast"})
_OWNED_UP = frozenset({"claim", "no_claim", "blame"})
_FOUND = frozenset({"seize_arms", "arms_cache"})


def _in_earnest(frame: Frame) -> bool:
    """Whether a deed left dead or wounded, or is one that no exercise plays: an arrest, a march."""
    if frame.idle or frame.past or frame.foreign:
        return False
    if frame.trigger.key == "defuse" and not frame.hits.keys.isdisjoint(_TAUGHT):
        return False
    return any(t.value for t in frame.tolls) or frame.type in _NEVER_PLAYED


_TAUGHT = frozenset({"planned_blast", "drill"})
"""Words beside which nobody defuses anything that an enemy laid: "learn to clear mines"."""
_PLAYED = frozenset({ABDUCTION, "Other"})
"""Deeds that special forces rehearse: hostages taken and freed."""
_NEVER_PLAYED = frozenset({"Arrests", "Peaceful protest", "Disrupted weapons use"})


def explained(reading: Reading, frames: Sequence[Frame]) -> bool:
    """Whether a blast that headline or first sentence tells is an accident, as a sentence below them says.

    Such deeds are made stale: they are no event, whoever was hurt.
    """
    blasts = [f for f in frames if _burst(f)]
    if not any(f.title or f.lead for f in blasts):
        return False
    told = [f for f in frames if not (f.idle or f.past or f.foreign or f.support or f.quiet)]
    if any(f not in blasts and not denies_more(f.signs) for f in told):
        return False
    rows = [reading.of(i) for i in range(min(reading.title + _FURTHER, len(reading.sentences)))]
    if all("accident" not in row.keys for row in rows):
        return False
    # "it was an accident, and talk of a car bomb was false"
    seen = [row for row in rows if not denies_more(row.keys)]
    if any(not row.keys.isdisjoint(_HOSTILE) or _armed(row) for row in seen):
        return False
    if any("accident" not in row.keys and not row.keys.isdisjoint(_LAID) for row in rows):
        return False
    for frame in blasts + [f for f in frames if denies_more(f.signs)]:
        frame.stale = frame.idle = True
    return True


def denies_more(keys: Collection[str]) -> bool:
    """Whether a sentence calls a deed an accident and denies what else is said of it."""
    return "accident" in keys and any(sign in keys for sign in _DENIED)


_DENIED = frozenset({"denial", "nothing_happened"})
_HOSTILE = frozenset({"attack", "suicide", "car_bomb", "suicide_vehicle"})
_LAID = frozenset({"blame", "claim", "suspected"})
"""Words that lay a blast at somebody's door; a leak is "to blame" or suspected as well."""


def _burst(frame: Frame) -> bool:
    """Whether a frame tells but that something burst or burnt, and with nobody's arms."""
    if frame.trigger.key == "bombing":  # "explosion at a restaurant injures nine": no bomb is named
        return frame.title and frame.hits.keys.isdisjoint(_BOMBS)
    return frame.trigger.key in ("explosion", "hit", "kill") and not frame.weapons


_BOMBS = frozenset({"ied", "bomb", "explosives", "car_bomb", "suicide", "grenade", "mine"})
"""Weapons of a bombing."""


def _armed(row: Row) -> bool:
    """Whether a weapon or an armed party that is no state's force is named."""
    if any(isinstance(h.meaning, Concept) and h.meaning.weapon for h in row.groups.get("weapon", ())):
        return True
    return any(
        isinstance(h.meaning, Actor)
        and h.meaning.kind != "person"
        and bool(h.meaning.coarse)
        and h.meaning.side not in ("government", "kurdish")
        for h in row.actors
    )


def only_held(frames: Sequence[Frame]) -> bool:
    """Whether another country's police seized people and nothing else is told: that happened there."""
    own = [f for f in frames if not (f.support or f.quiet)]
    held = [f for f in own if f.type == "Arrests"]
    return bool(held) and all(f in held or f.generic or f.trigger.key in _SEARCH for f in own)


_SEARCH = frozenset({"raid", "overrun", "take_ground", "seize_arms", "shooting", "explosion"})
"""What the police do where they seize somebody, and words that the same verb has."""


def of_a_match(reading: Reading, frames: Sequence[Frame]) -> bool:
    """Whether sport or a disease is told, and nobody under arms did or suffered anything: "bombarded the goal"."""
    heads = [reading.of(index) for index in range(reading.title)]
    told = {t: sum(h.key == t for h in reading.hits) for t in ("sport", "health")}
    opening = heads + [reading.of(i) for i in (reading.title, reading.title + 1)]
    game = told["sport"] >= _TOLD_AS and any("sport" in row.keys for row in opening)
    if game and frames and all(_of_a_club(f) for f in frames):
        return True
    if told["sport"] >= _TOLD_AS and any("sport" in row.keys for row in heads):
        hurt = any(t.value for f in frames for t in f.tolls)
        return not hurt and not any(f.actors or f.type in _REAL for f in frames)
    if told["health"] < _TOLD_AS or all(
        "health" not in reading.of(i).keys for i in range(min(reading.title + 1, len(reading.sentences)))
    ):
        return False
    return all((f.generic or f.quiet) and not (f.actors or f.weapons or f.day) for f in frames)


def _of_a_club(frame: Frame) -> bool:
    """Whether a deed may be a match's, whose clubs are called Police, Army and Air Force: no day's dead, and no bomb or rocket."""
    hurt = any(t.value for t in frame.tolls)
    clubs = set(frame.actors) <= _CLUBS and set(frame.targets) <= _CLUBS | {
        "police",
        "soldiers",
        "homes",
        "civilians",
    }
    return (
        not hurt and clubs and set(frame.weapons) <= _GAME_ARMS and frame.type not in PROTESTS | {"Arrests"}
    )


_CLUBS = frozenset({"iraqi_forces", "iraqi_army", "federal_police", "peshmerga", "turkish_forces"})
_GAME_ARMS = frozenset({"air_strike", "artillery", "small_arms"})
"""Arms in whose words games are told: the club's name, the bombarded goal, the shot."""


def only_figurative(reading: Reading, frames: Sequence[Frame]) -> bool:
    """Whether headline or first sentence speaks of business, games or films, and a fight is told that nobody fights.

    "A battle over Iraq's stake": no party, no weapon, nobody hurt, nobody under arms named.
    """
    if not frames:
        return False
    rows = [reading.of(i) for i in range(min(reading.title + 1, len(reading.sentences)))]
    if all(row.keys.isdisjoint(_CIVIL) for row in rows) or any(_armed_men(row) for row in rows):
        return False
    return all(
        (f.generic or f.quiet or f.trigger.key in _FIGURES)
        and not (f.actors or f.weapons or any(t.value for t in f.tolls))
        for f in frames
    )


def _armed_men(row: Row) -> bool:
    """Whether armed men of any side, or their arms, are named."""
    if not row.keys.isdisjoint(_MEN):
        return True
    return any(
        isinstance(h.meaning, Actor) and h.meaning.kind != "person" and h.meaning.coarse for h in row.actors
    )


_CIVIL = frozenset({"business", "oil_trade", "technology", "culture", "artwork"})
_FIGURES = frozenset({"clash", "launch", "attack", "raid", "storm"})
_MEN = frozenset(
    {"army", "troops", "soldiers", "militants", "militia", "security_forces", "gunmen", "tribesmen", "police"}
    | {"protest", "terrorism", "insurgency", "pro_iran", "base"}
)
_TOLD_AS = 2
_REAL = frozenset({"Arrests", "Disrupted weapons use", "Suicide bomb", "Abduction/forced disappearance"})
