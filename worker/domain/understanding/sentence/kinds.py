"""What kind of event a sentence tells: specific deeds by rank, generic ones by the weapon or the target beside them."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.sentence.captives import captive_killed, seized_first
from worker.domain.understanding.sentence.families import ABDUCTION, GROUND, MARCHES
from worker.domain.understanding.sentence.frame import AIR, ATTACK, BOMB, CLASH, DISRUPTED, SHELLING
from worker.domain.understanding.sentence.skies import FROM_AFAR, air_power
from worker.domain.understanding.sentence.stale import held_for_killing
from worker.domain.understanding.sentence.stopped import UNHURT, stopped_in_time
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
from worker.domain.understanding.words.meanings import Actor, Concept
from worker.domain.understanding.words.reading import Hit, Row, speaks


def decide(hits: Row, acts: Sequence[Hit]) -> tuple[str, int, Hit] | None:
    """The sub-event type of a sentence, its rank and the word that tells it."""
    keys = set(hits.keys)
    if keys & _FROM_SKY or _blew_up(hits):
        acts = [h for h in acts if h.key != "arms_cache"] or acts  # a hideout was bombed
        keys = keys - {"arms_cache"}
    if keys & _ASSAULTS and not state_acts(hits):
        acts = [h for h in acts if h.key != "seize_arms"] or acts  # raiders who carry arms off find nothing
    if "execution" in keys and keys & {"captives", "hostage", "abduction", "captors_word"}:
        acts = [h for h in acts if h.key not in _VIOLENT] or acts  # how captives were put to death is no blow
    if (ended := stopped_in_time(hits, acts)) is not None:
        return ended
    weapons = [h for h in hits.groups.get("weapon", ()) if isinstance(h.meaning, Concept) and h.meaning.type]
    specific = [h for h in acts if isinstance(h.meaning, Concept) and not h.meaning.generic]
    if (keys & _KILLINGS or ("kill" in keys and weapons)) and _losses(hits):
        specific = [h for h in specific if h.key != "arson"]  # people were killed: the fire is by the way
        acts = [h for h in acts if h.key != "arson"] or acts
    if (burst := hits.of("explosion")) and any(
        h.key == "arson" and h.first >= burst[0].last for h in specific
    ):
        specific = [h for h in specific if h.key != "arson"]  # what a blast set on fire
        acts = [h for h in acts if h.key != "arson"] or acts
    violent = [h for h in acts if _violent(h) or _fires(h, weapons)]
    best: tuple[str, int, Hit] | None = None
    for hit in specific:
        meaning = hit.meaning
        if isinstance(meaning, Concept) and (best is None or meaning.rank > best[1]):
            if best is not None and {hit.key, best[2].key} <= _FLYING:
                continue  # of missiles and drones together the first named tells
            best = (meaning.type, meaning.rank, hit)
    if "foil" in keys and "arrest" in keys and not _losses(hits):
        return "Arrests", 49, hits.of("arrest")[0]  # those who were to do it were seized before
    stopped = {"intercept"} if "arrest" in keys else {"intercept", "foil"}
    if keys & stopped and not keys & _IMPACT and not _losses(hits):
        downed = next((h for h in acts if h.key in ("intercept", "foil")), None)
        if downed is not None:
            return DISRUPTED, 69, downed
    seized = "arrest" in keys and {h.key for h in violent} == {"raid"}  # the arms of those who were seized
    if violent and weapons and not seized and not keys & {"seize_arms", "defuse", "arms_cache"}:
        arm = max(weapons, key=lambda h: h.meaning.rank if isinstance(h.meaning, Concept) else 0)
        meaning = arm.meaning
        soft = best is not None and isinstance(best[2].meaning, Concept) and best[2].meaning.soft
        if isinstance(meaning, Concept) and (best is None or soft or meaning.rank > best[1]):
            # The deed is the trigger, the weapon beside it gives the type.
            best = (meaning.type, meaning.rank, max(violent, key=_rank) if not meaning.trigger else arm)
    if best is not None and best[0] in (AIR, SHELLING) and (taken := _taken_after(hits, best[2])):
        best = taken  # "took the town after two nights of shelling"
    if best is not None and best[0] in (CLASH, ATTACK) and (deal := _deal_after(hits, best[2])):
        best = deal  # "a truce of two clans after a fight that left three dead"
    if best is not None and best[2].key == "seize_arms" and (held := _held_first(hits, best[2])):
        best = ("Arrests", best[1], held)
    if best is not None and best[0] == AIR and _missiles_first(hits):
        best = (SHELLING, best[1], best[2])
    if best is None:
        hit = max(acts, key=_rank)
        meaning = hit.meaning
        if not isinstance(meaning, Concept) or not meaning.type:
            return None
        best = (meaning.type, meaning.rank, hit)
    return (_refine(best[0], best[2], hits, keys), best[1], best[2])


def _taken_after(hits: Row, blow: Hit) -> tuple[str, int, Hit] | None:
    """The taking of ground that a sentence tells before a side clause with a blow: it is how the town was taken."""
    marks = [h.first for h in hits.of("side_clause") if h.last <= blow.first]
    for hit in hits.deeds:
        meaning = hit.meaning
        if isinstance(meaning, Concept) and meaning.type in GROUND and any(hit.last <= at for at in marks):
            return meaning.type, meaning.rank, hit
    return None


def _deal_after(hits: Row, fight: Hit) -> tuple[str, int, Hit] | None:
    """The truce that a sentence tells before a side clause with the fight that it ends."""
    marks = [h.first for h in hits.of("side_clause") if h.last <= fight.first]
    deal = next((h for h in hits.of("truce") if any(h.last <= at for at in marks)), None)
    meaning = deal.meaning if deal else None
    return (meaning.type, meaning.rank, deal) if deal and isinstance(meaning, Concept) else None


_KILLINGS = frozenset({"shooting", "clash", "attack", "assassination", "storm", "stabbing", "execution"})
"""Deeds beside which a fire is by the way, where they left dead or wounded."""


def _blew_up(hits: Row) -> bool:
    """Whether an arms store went off itself: "explosion at an arms depot", rockets hit it; it was not found."""
    if not hits.keys.isdisjoint({"seize_arms", "defuse"}):
        return False
    stores = [h.first for h in hits.of("arms_cache")]
    blasts = [h.last for h in hits.of("explosion", "rocket_attack", "missile_attack")]
    return any(0 <= store - blast <= 3 for store in stores for blast in blasts)


_ASSAULTS = frozenset({"storm", "attack", "ambush", "overrun", "shooting", "clash"})
_FROM_SKY = frozenset({"airstrike", "aircraft", "strike", "bombardment", "drone_attack"})
_FLYING = frozenset({"rocket_attack", "missile_attack", "drone_attack"})


def _missiles_first(hits: Row) -> bool:
    """Whether missiles or guns are named together with drones, drones last: "with missiles and drones"."""
    drones = [h.first for h in hits if h.key in ("drone", "drone_attack")]
    missiles = [h.last for h in hits if h.key in _GUNS]
    others = any(h.key in ("airstrike", "aircraft", "strike", "intercept") for h in hits)
    return bool(drones and missiles) and not others and 0 <= min(drones) - min(missiles) <= _LISTED


def _carried(hits: Row) -> bool:
    """Whether missiles are what a drone fired: it is named first, its blow and what it hit between them."""
    drones = [h.last for h in hits.of("drone", "drone_attack")]
    missiles = [h.first for h in hits.of("missile", "missile_attack")]
    if not drones or not missiles or min(missiles) < min(drones):
        return False
    first, last = min(drones), min(missiles)
    return any(first <= h.first < last for h in hits if h.group in ("act", "target", "geo"))


_LISTED = 9
"""Words of a list of arms: "artillery of the Guards and at least two armed drones"."""


_GUNS = frozenset({"missile", "missile_attack", "artillery", "shelling"})


def _held_first(hits: Row, arms: Hit) -> Hit | None:
    """The arrest that a sentence tells before the arms that were taken with it, and not found at a place of their own."""
    if "arms_cache" in hits.keys or any(h.first >= arms.last for h in hits.places):
        return None
    return next((h for h in hits.of("arrest") if h.last <= arms.first), None)


ATTACKS = frozenset({"attack", "rocket_attack", "missile_attack", "drone_attack", "airstrike"})
_IMPACT = frozenset({"hit", "explosion", "shelling", "airstrike", "damage", "clash", "kill"})


def _losses(hits: Row) -> bool:
    """Whether somebody was killed or wounded, as far as words tell."""
    return not hits.keys.isdisjoint(_HURT) and hits.keys.isdisjoint(UNHURT)


_HURT = frozenset({"killed", "wounded"})


def _rank(hit: Hit) -> int:
    """The rank of a concept's hit."""
    return hit.meaning.rank if isinstance(hit.meaning, Concept) else 0


def _violent(hit: Hit) -> bool:
    """Whether the deed is one that a weapon beside it can be the means of."""
    return hit.key in _VIOLENT


def _fires(hit: Hit, weapons: Sequence[Hit]) -> bool:
    """Whether a word of shooting is what a heavy weapon does: "a drone fired on a car"."""
    return hit.key == "shooting" and any(w.key in _GUNS and 0 <= hit.first - w.last <= 1 for w in weapons)


_GUNS = frozenset({"drone", "aircraft", "artillery", "mortar"})


_VIOLENT = frozenset(
    {
        "attack",
        "hit",
        "launch",
        "strike",
        "airstrike",
        "explosion",
        "bombing",
        "bombardment",
        "kill",
        "assassination",
        "rocket_attack",
        "missile_attack",
        "drone_attack",
        "shelling",
        "raid",
        "ambush",
        "suicide",
        "suicide_vehicle",
        "car_bomb",
        "suicide_bombing",
    }
)


def _refine(kind: str, trigger: Hit, hits: Row, keys: set[str]) -> str:
    """Adjust a type to what stands beside the deed."""
    if kind == "Excessive force against protesters" and gunmen_alone(trigger, hits):
        return ATTACK
    if kind == "Excessive force against protesters" and _burning(hits) and not _state_fires(hits):
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
    if kind in MARCHES and _losses(hits) and (keys & _DEADLY or fatal):
        state = _state_fires(hits) or any(
            isinstance(h.meaning, Actor) and h.meaning.coarse in STATE for h in hits
        )
        state = state or "dispersal" in keys  # tear gas and rubber bullets are the state's
        if state and not keys & {"gunmen", "assassination"}:
            return "Excessive force against protesters"
        return kind if kind == "Violent demonstration" and not keys & _SHOT else ATTACK
    if kind == "Government regains territory" and _losses(hits) and _killed_before(trigger, hits):
        return ATTACK  # "executed 40 people who celebrated the liberation of their village"
    if (
        kind == "Arrests"
        and _losses(hits)
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
    if trigger.key in ("arson", "storm") and "protesters" in keys and keys.isdisjoint(_SHOT | _MEN_IN_ARMS):
        return "Violent demonstration"  # a crowd that sets fire, or enters a house of the state
    wrecked = trigger.key == "sabotage" or (trigger.key in ("hit", "attack") and "power_line" in keys)
    if wrecked and keys & {"ied", "car_bomb", "mine", "bomb", "bombing", "explosives"}:
        return BOMB
    if kind == DISRUPTED and trigger.key == "defuse" and _losses(hits):
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
    if "protest" not in hits.keys or rebels_named(hits) or _losses(hits):
        return False
    if hits.keys.isdisjoint({"police", "police_force", "security_forces"}):
        return False
    return hits.keys.isdisjoint(_SHOT | {"tribesmen", "militia", "army", "militants"})


_MEN_IN_ARMS = frozenset(
    {"gunmen", "militants", "militia", "pro_iran", "tribesmen", "army", "small_arms", "rocket"}
)


def _killed_first(abduction: Hit, hits: Row) -> bool:
    """Whether an attack killed before it took captives: "stormed a village, killed three and led two away"."""
    if hits.keys.isdisjoint({"attack", "storm", "shooting", "raid"}) or not _losses(hits):
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
