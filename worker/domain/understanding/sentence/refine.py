"""How what stands beside a deed changes its kind: who was hit, who did it, whether anybody fell, a crowd, captives."""

from __future__ import annotations

from worker.domain.understanding.sentence.captives import captive_killed, seized_first
from worker.domain.understanding.sentence.families import ABDUCTION, MARCHES
from worker.domain.understanding.sentence.frame import AIR, ATTACK, BOMB, CLASH, DISRUPTED, SHELLING
from worker.domain.understanding.sentence.skies import FROM_AFAR, air_power
from worker.domain.understanding.sentence.stale import held_for_killing
from worker.domain.understanding.sentence.stopped import UNHURT
from worker.domain.understanding.who.parties import (
    CIVIL,
    gunmen_alone,
    holders_named,
    on_duty,
    rebels_named,
    rebels_took,
    state_acts,
)
from worker.domain.understanding.who.pruning import REBELS, STATE
from worker.domain.understanding.words.meanings import Actor
from worker.domain.understanding.words.reading import Hit, Row, speaks


def refine(kind: str, trigger: Hit, hits: Row, keys: set[str]) -> str:
    """Adjust a type to what stands beside the deed."""
    if kind == "Excessive force against protesters" and gunmen_alone(trigger, hits):
        return ATTACK
    stormed = bool(keys & {"embassy", "party_office"}) and bool(keys & {"riot", "arson", "storm"})
    if (
        kind == "Excessive force against protesters"
        and _burning(hits)
        and (stormed or not _state_fires(hits))
    ):
        return "Violent demonstration"  # they were shot by the guards of the office that they burnt
    if kind == CLASH and trigger.key == "clash" and "protesters" in keys and not keys & _MEN_IN_ARMS:
        kind = "Violent demonstration"  # a crowd that fights the police
    gunmen = keys & {"gunmen", "actor:unknown_gunmen"}
    if kind == "Peaceful protest" and gunmen and keys & {"shooting", "small_arms", "launch"}:
        return ATTACK  # gunmen fired at the place of a sit-in
    if kind == "Protest with intervention" and keys & {"riot", "arson", "storm"} and "killed" not in keys:
        return "Violent demonstration"  # who stormed or stoned was answered with tear gas
    if kind == "Peaceful protest" and keys & {"clash", "arson", "storm"}:
        return "Violent demonstration"
    fatal = kind == "Protest with intervention" and "killed" in keys  # bruises from gas are no such force
    if kind in MARCHES and losses(hits) and (keys & _DEADLY or fatal):
        state = _state_fires(hits) or any(
            isinstance(h.meaning, Actor) and h.meaning.coarse in STATE for h in hits
        )
        state = state or "dispersal" in keys  # tear gas and rubber bullets are the state's
        if state and not keys & {"gunmen", "assassination"}:
            return "Excessive force against protesters"
        return kind if kind == "Violent demonstration" and not keys & _SHOT else ATTACK
    if kind == "Government regains territory" and losses(hits) and _killed_before(trigger, hits):
        return ATTACK  # "executed 40 people who celebrated the liberation of their village"
    if (
        kind == "Arrests"
        and losses(hits)
        and keys & {"kill", "execution", "shooting"}
        and (not state_acts(hits) or _of_captives(trigger, hits))
        and not held_for_killing(trigger, hits)
    ):
        fought = on_duty(hits) or "clash" in keys
        return CLASH if fought and not _of_captives(trigger, hits) else ATTACK
    if kind == "Arrests" and _by_rebels(trigger, hits) and keys & CIVIL and not state_acts(hits):
        return ABDUCTION  # "five farmers were captured by IS members"
    if trigger.key == "take_ground":
        return "Non-state actor overtakes territory" if rebels_took(trigger, hits) else kind
    if trigger.key == "overrun" and "checkpoint" in keys and rebels_named(hits):
        return CLASH  # a post that was overrun is no town that fell
    if kind == "Non-state actor overtakes territory" and holders_named(hits) and not rebels_named(hits):
        return "Government regains territory"
    if (
        kind == ABDUCTION
        and any(h.first < trigger.first for h in hits.of("arrest"))
        and not rebels_named(hits)
    ):
        return "Arrests"  # of kidnappers
    if kind == ABDUCTION and any(0 <= h.first - trigger.last <= 1 for h in hits.of("charges")):
        return "Arrests"  # "seized two men wanted for belonging to IS"
    if kind == ABDUCTION and _led_away(trigger, hits) and state_acts(hits) and not rebels_named(hits):
        return "Arrests"
    if trigger.key == "release" and seized_first(trigger, hits):
        return ABDUCTION
    if kind == ABDUCTION and captive_killed(hits):
        return ATTACK
    if kind == ABDUCTION and _killed_first(trigger, hits):
        return CLASH if on_duty(hits) else ATTACK
    if kind == CLASH and trigger.key == "clash" and _crowd(hits):
        return "Violent demonstration"
    if kind == CLASH and "found_bodies" in keys and "clash" not in keys:
        return ATTACK
    ransacks = trigger.key in ("arson", "storm", "looting") and "protesters" in keys
    if ransacks and keys.isdisjoint(_SHOT | _MEN_IN_ARMS):
        return "Violent demonstration"  # a crowd that sets fire, or enters a house of the state
    wrecked = trigger.key == "sabotage" or (trigger.key in ("hit", "attack") and "power_line" in keys)
    if wrecked and keys & {"ied", "car_bomb", "mine", "bomb", "bombing", "explosives"}:
        return BOMB
    if kind == DISRUPTED and trigger.key == "defuse" and losses(hits) and "found_bodies" not in hits.keys:
        return BOMB
    if kind == "Grenade" and keys & {"small_arms", "shooting", "clash"}:
        return CLASH if on_duty(hits) else ATTACK
    if kind == CLASH and trigger.key == "operation" and not keys & CIVIL:
        return CLASH
    if trigger.key in FROM_AFAR and not keys & _ON_GROUND and air_power(hits, trigger):
        return AIR
    if kind in (ATTACK, CLASH) and trigger.key in _BY_VICTIM:
        if keys & {"suicide", "suicide_vehicle", "suicide_bombing"}:
            return "Suicide bomb"
        if keys & {"clash", "repel", "neutralised"}:
            return CLASH
        if trigger.key == "ambush" and keys.isdisjoint(CIVIL | {"off_duty", "pilgrims"}):
            return CLASH
        return CLASH if on_duty(hits) and not keys & _MURDERS else ATTACK
    if (
        kind == SHELLING
        and keys & {"aircraft", "airstrike"}
        and not keys & {"rocket_attack", "mortar", "artillery"}
    ):
        return AIR
    if kind == BOMB and keys & {"airstrike", "aircraft"} and trigger.key not in ("ied", "car_bomb"):
        return AIR
    if kind == AIR and keys & {"missile", "missile_attack"} and keys & {"drone", "drone_attack"}:
        if _carried(hits):
            return AIR  # "a drone hit a car with three missiles"
        return AIR if keys & {"airstrike", "aircraft"} else SHELLING
    guns = keys & {"rocket", "missile", "artillery", "mortar", "missile_attack", "rocket_attack"}
    unmanned = keys & {"aircraft", "drone", "airstrike"}
    if trigger.key == "strike" and kind == AIR and guns and not unmanned:
        return SHELLING
    return kind


def _burning(hits: Row) -> bool:
    """Whether a crowd set fire where it was shot at, and not elsewhere: "five shot in A, offices burnt in B"."""
    fires = hits.of("arson", "riot")
    if not fires:
        return False
    before = {h.key for h in hits.places if h.first < fires[0].first}
    return all(h.key in before for h in hits.places if h.first >= fires[0].last) or not before


def _state_fires(hits: Row) -> bool:
    """Whether the state's forces are named, and not only as those who tell of it."""
    return any(h.key in _FORCES and not speaks(h, hits) for h in hits)


_FORCES = frozenset({"security_forces", "army", "police_force", "police"})


def _by_rebels(trigger: Hit, hits: Row) -> bool:
    """Whether rebels stand behind "by" as those who seized somebody."""
    agents = [h.last for h in hits.of("by_agent") if h.first >= trigger.first]
    rebels = [h.first for h in hits.actors if isinstance(h.meaning, Actor) and h.meaning.coarse in REBELS]
    folk = {i for h in hits.of(*_MEMBERS) for i in range(h.first, h.last)}
    return any(
        0 <= rebel - agent <= _OF_REBELS and folk.issuperset(range(agent, rebel))
        for rebel in rebels
        for agent in agents
    )


_MEMBERS = ("person", "militants", "gunmen", "of_party", "place_noun")
_OF_REBELS = 3
"""Words between "by" and the rebels: "by members of the"."""


def _led_away(trigger: Hit, hits: Row) -> bool:
    """Whether the verb leaves open who led people away, and no gunmen are named."""
    leads = hits.of("led_away") if "gunmen" not in hits.keys else ()
    return any(h.first < trigger.last and trigger.first < h.last for h in leads)


def _crowd(hits: Row) -> bool:
    """Whether those who clashed are a crowd and nobody under arms but the police: "protests marred by clashes"."""
    if "protest" not in hits.keys or rebels_named(hits) or losses(hits):
        return False
    if hits.keys.isdisjoint({"police", "police_force", "security_forces"}):
        return False
    return hits.keys.isdisjoint(_SHOT | {"tribesmen", "militia", "army", "militants"})


_MEN_IN_ARMS = frozenset(
    {"gunmen", "militants", "militia", "pro_iran", "tribesmen", "army", "small_arms", "rocket"}
)


def _killed_first(abduction: Hit, hits: Row) -> bool:
    """Whether an attack killed before it took captives: "stormed a village, killed three and led two away"."""
    if hits.keys.isdisjoint({"attack", "storm", "shooting", "raid"}) or not losses(hits):
        return False
    return any(h.last <= abduction.first for h in hits.of("killed"))


_SHOT = frozenset({"shooting", "small_arms", "fire_on_crowd", "launch", "gunmen", "assassination"})
_MURDERS = frozenset({"assassination", "execution", "found_bodies"})
_DEADLY = frozenset(
    {"stabbing", "knife", "shooting", "kill", "assassination", "small_arms", "fire_on_crowd", "launch"}
)
_ON_GROUND = frozenset(
    {
        "clash",
        "storm",
        "raid",
        "operation",
        "shooting",
        "ambush",
        "arrest",
        "rocket",
        "missile",
        "mortar",
        "artillery",
        "ied",
        "bomb",
        "bombing",
        "mine",
        "car_bomb",
        "suicide",
        "suicide_vehicle",
        "suicide_bombing",
        "grenade",
        "small_arms",
        "convoy",
    }
)


def _killed_before(trigger: Hit, hits: Row) -> bool:
    """Whether captors' killing is told before a deed that only tells of whom: "executed those who cheered the army"."""
    return rebels_named(hits) and any(h.first < trigger.first for h in hits.of("execution"))


def _of_captives(trigger: Hit, hits: Row) -> bool:
    """Whether the word of seizing only says that those whom rebels killed were captives: "killed six captured soldiers"."""
    return rebels_named(hits) and any(0 <= trigger.first - h.last <= 2 for h in hits.of("kill", "execution"))


_BY_VICTIM = frozenset(
    {
        "attack",
        "hit",
        "launch",
        "kill",
        "shooting",
        "raid",
        "operation",
        "storm",
        "ambush",
        "massacre",
        "small_arms",
        "bombardment",
    }
)


def _carried(hits: Row) -> bool:
    """Whether missiles are what a drone fired: it is named first, its blow and what it hit between them."""
    drones = [h.last for h in hits.of("drone", "drone_attack")]
    missiles = [h.first for h in hits.of("missile", "missile_attack")]
    if not drones or not missiles or min(missiles) < min(drones):
        return False
    first, last = min(drones), min(missiles)
    return any(first <= h.first < last for h in hits if h.group in ("act", "target", "geo"))


def losses(hits: Row) -> bool:
    """Whether somebody was killed or wounded, as far as words tell."""
    return not hits.keys.isdisjoint(_HURT) and hits.keys.isdisjoint(UNHURT)


_HURT = frozenset({"killed", "wounded"})
