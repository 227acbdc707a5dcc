"""What kind of event a sentence tells: specific deeds by rank, generic ones by the weapon or the target beside them."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.sentence.families import GROUND
from worker.domain.understanding.sentence.frame import AIR, ATTACK, CLASH, DISRUPTED, SHELLING
from worker.domain.understanding.sentence.refine import losses, refine
from worker.domain.understanding.sentence.stopped import stopped_in_time
from worker.domain.understanding.who.parties import rebels_named, state_acts
from worker.domain.understanding.words.meanings import Concept
from worker.domain.understanding.words.reading import Hit, Row


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
    if (keys & _KILLINGS or ("kill" in keys and weapons)) and losses(hits):
        specific = [h for h in specific if h.key != "arson"]  # people were killed: the fire is by the way
        acts = [h for h in acts if h.key != "arson"] or acts
    if (burst := hits.of("explosion")) and any(
        h.key == "arson" and h.first >= burst[0].last for h in specific
    ):
        specific = [h for h in specific if h.key != "arson"]  # what a blast set on fire
        acts = [h for h in acts if h.key != "arson"] or acts
    violent = [h for h in acts if _violent(h) or _fires(h, weapons)]
    if any(h.key == "bombardment" for h in acts):
        specific = [h for h in specific if h.key != "advance"]  # "bombed a headquarters at the gates of Qaim"
    best: tuple[str, int, Hit] | None = None
    for hit in specific:
        meaning = hit.meaning
        if isinstance(meaning, Concept) and (best is None or meaning.rank > best[1]):
            if best is not None and {hit.key, best[2].key} <= _FLYING:
                continue  # of missiles and drones together the first named tells
            best = (meaning.type, meaning.rank, hit)
    if "foil" in keys and "arrest" in keys and not losses(hits):
        return "Arrests", 49, hits.of("arrest")[0]  # those who were to do it were seized before
    stopped = {"intercept"} if "arrest" in keys else {"intercept", "foil"}
    if keys & stopped and not keys & _IMPACT and not losses(hits):
        downed = next((h for h in acts if h.key in ("intercept", "foil")), None)
        if downed is not None:
            return DISRUPTED, 69, downed
    seized = "arrest" in keys and {h.key for h in violent} == {"raid"}  # the arms of those who were seized
    if violent and weapons and not seized and not keys & {"seize_arms", "defuse", "arms_cache"}:
        arm = max(weapons, key=lambda h: h.meaning.rank if isinstance(h.meaning, Concept) else 0)
        meaning = arm.meaning
        soft = best is not None and isinstance(best[2].meaning, Concept) and best[2].meaning.soft
        covered = best is not None and best[0] in GROUND and arm.key == "aircraft"  # retaken under air cover
        if isinstance(meaning, Concept) and (
            best is None or soft or (meaning.rank > best[1] and not covered)
        ):
            # The deed is the trigger, the weapon beside it gives the type.
            best = (meaning.type, meaning.rank, max(violent, key=_rank) if not meaning.trigger else arm)
    if best is not None:
        best = _set_right(hits, best)
    if best is None:
        hit = max(acts, key=_rank)
        meaning = hit.meaning
        if not isinstance(meaning, Concept) or not meaning.type:
            return None
        best = (meaning.type, meaning.rank, hit)
    return (refine(best[0], best[2], hits, keys), best[1], best[2])


def _set_right(hits: Row, best: tuple[str, int, Hit]) -> tuple[str, int, Hit]:
    """The type that the strongest word tells, set right by how the sentence is built and what stands beside it."""
    if best[0] in (AIR, SHELLING) and (taken := _taken_after(hits, best[2])):
        best = taken  # "took the town after two nights of shelling"
    if best[0] in (CLASH, ATTACK) and (deal := _deal_after(hits, best[2])):
        best = deal  # "a truce of two clans after a fight that left three dead"
    if best[2].key in ("release", "abduction") and (held := _rescued(hits)):
        best = ("Arrests", best[1], held)
    if best[2].key == "seize_arms" and (held := _held_first(hits, best[2])):
        best = ("Arrests", best[1], held)
    if best[0] == AIR and _missiles_first(hits):
        best = (SHELLING, best[1], best[2])
    return best


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
    missiles = [h.last for h in hits if h.key in _MISSILES]
    others = any(h.key in ("airstrike", "aircraft", "strike", "intercept") for h in hits)
    return bool(drones and missiles) and not others and 0 <= min(drones) - min(missiles) <= _LISTED


_LISTED = 9
"""Words of a list of arms: "artillery of the Guards and at least two armed drones"."""


_MISSILES = frozenset({"missile", "missile_attack", "artillery", "shelling"})


def _rescued(hits: Row) -> Hit | None:
    """The arrest that a sentence tells beside a release: captives freed and their captors caught."""
    freed = [h for h in hits.of("release") if isinstance(h.meaning, Concept)]
    held = hits.of("arrest")
    return held[0] if freed and held and not rebels_named(hits) else None


def _held_first(hits: Row, arms: Hit) -> Hit | None:
    """The arrest that a sentence tells before the arms that were taken with it, and not found at a place of their own."""
    if "arms_cache" in hits.keys or any(h.first >= arms.last for h in hits.places):
        return None
    return next((h for h in hits.of("arrest") if h.last <= arms.first), None)


ATTACKS = frozenset({"attack", "rocket_attack", "missile_attack", "drone_attack", "airstrike"})
_IMPACT = frozenset({"hit", "explosion", "shelling", "airstrike", "damage", "clash", "kill"})


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
