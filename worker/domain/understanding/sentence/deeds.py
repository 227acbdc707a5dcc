"""The deeds that a sentence reports: not those that it gives as a cause, holds against somebody or tells of another country."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.counting.figures import counts_people
from worker.domain.understanding.sentence.frame import ATTACK, BOMB, METONYMS
from worker.domain.understanding.sentence.skies import owns_blow
from worker.domain.understanding.sentence.stale import is_old
from worker.domain.understanding.words.meanings import Actor, Concept, Country
from worker.domain.understanding.words.reading import Hit, Reading, Row


def causes_in(reading: Reading, hits: Row, acts: Sequence[Hit], reach: int = 10) -> list[tuple[int, int]]:
    """The words that tell of an earlier deed as the cause of this one: a protest "against the raid that killed 25".

    Only where a deed that carries its own type is left over: "20 dead after an attack" is one deed.
    """
    blow = _answers(hits)
    if "in_response" not in hits.keys and blow is None:
        return []
    spans = []
    for cause in [*hits.of("in_response"), *([blow] if blow else [])]:
        end = cause.last
        while end - cause.last < reach and end < len(reading.starts):
            if end > cause.last and set(reading.between(end - 1)) & _CLAUSE_ENDS:
                break
            end += 1
        spans.append((cause.first, end))
    left = [a for a in acts if not inside(a, spans)]
    own = any(isinstance(a.meaning, Concept) and not a.meaning.generic for a in left)
    # "a day after the attack in A, a drone dropped ... in B": the weapon tells the deed
    own = own or (bool(left) and any(not inside(h, spans) for h in hits.groups.get("weapon", ())))
    return spans if own or blow else []


def _answers(hits: Row) -> Hit | None:
    """The word that opens what a nation's blow answered: "US hits militia *after* missile attack on base"."""
    if "side_clause" not in hits.keys:
        return None
    struck = [
        act
        for act in hits.of("hit", "strike", "airstrike", "attack", "bombardment")
        if any(h.last <= act.first and _is_nation(h) for h in hits)
    ]
    for mark in hits.of("side_clause"):
        before = any(act.last <= mark.first for act in struck)
        if before and any(mark.last <= h.first and h.key in _ANSWERED for h in hits.deeds):
            return mark
    return None


def _is_nation(hit: Hit) -> bool:
    """Whether words name a nation from abroad that strikes in Iraq, or its forces."""
    meaning = hit.meaning
    if isinstance(meaning, Country):
        return meaning.code in METONYMS and meaning.kind != "people"
    return isinstance(meaning, Actor) and meaning.coarse in (
        "us_forces",
        "coalition",
        "turkish_forces",
        "irgc",
        "israel",
    )


_ANSWERED = frozenset(
    {"rocket_attack", "missile_attack", "drone_attack", "attack", "bombing", "suicide_bombing"}
)
_CLAUSE_ENDS = frozenset(",;:.!?–—،؛()")


def inside(hit: Hit, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether words lie in one of the spans."""
    return any(first <= hit.first < last for first, last in spans)


def without_places_of(spans: Sequence[tuple[int, int]], hits: Row, *, headline: bool) -> Row:
    """The words of a sentence without the places where only its cause happened: "strikes in Jurf after the attack in Erbil".

    Where no other place is left, only a headline's, for the text below tells its own.
    """
    causes = [h for h in hits.places if inside(h, spans)]
    if not causes or not (headline or len(causes) < len(hits.places)):
        return hits
    return Row([h for h in hits if h not in causes])


def near_iraq(acts: list[Hit], hits: Row) -> list[Hit]:
    """Where a sentence names other countries too, the deeds that stand nearest to Iraq's name."""
    own = [*hits.places, *(h for h in hits.countries if _code(h) == "IQ")]
    if not own or len(own) == len(hits.places) + len(hits.countries):
        return acts
    abroad = [
        h
        for h in hits.countries
        if isinstance(h.meaning, Country)
        and h.meaning.code not in _NEVER_PLACES
        and h.meaning.kind != "people"
        and not _acts_itself(h, hits)
        and not _owns_house(h, hits)
    ]
    acts = _without_strange(acts, own, hits)
    listed = any(h.first - o.last == 1 for o in own for h in abroad)  # "in Iraq and Syria"
    if not abroad or listed or len(acts) < 2:
        return acts

    def apart(act: Hit, others: Sequence[Hit]) -> int:
        return min(abs(act.first - o.first) for o in others)

    def abroad_behind(act: Hit) -> bool:
        """Whether it happened where what stands right behind it is: "strikes in Iraq and missile attacks on Jordan"."""
        return any(o.last <= act.first for o in own) and any(0 <= h.first - act.last <= 1 for h in abroad)

    nearest = [a for a in acts if apart(a, own) <= apart(a, abroad) and not abroad_behind(a)]
    return nearest or [min(acts, key=lambda a: apart(a, own))]


def _code(hit: Hit) -> str:
    """A country's code."""
    return hit.meaning.code if isinstance(hit.meaning, Country) else ""


def without_grievances(acts: list[Hit], hits: Row) -> list[Hit]:
    """Without the deeds that a protest or a fight is about: thousands march against US strikes, clashes over arrests."""
    about = {h.key for h in acts} & {"protest", "clash"}
    causes = hits.of("grievance") if about else ()
    if not causes:
        return acts
    reach = 4 if "protest" in about else 1
    kept = [a for a in acts if not any(0 <= a.first - c.last <= reach for c in causes)]
    return kept if any(h.key in about for h in kept) else acts


def without_demands(hits: Row, *, verb_final: bool) -> Row:
    """Without what a crowd asks for: "marched to demand the arrest of the killers"."""
    marks = hits.of("demand")
    if not marks or hits.keys.isdisjoint(CROWD):
        return hits

    def asked(hit: Hit) -> bool:
        before = any(0 <= hit.first - m.last <= _ASKED for m in marks)
        behind = verb_final and any(0 <= m.first - hit.last <= 2 for m in marks)
        return hit.group in _TOLD and hit.key not in CROWD and (before or behind)

    return Row([h for h in hits if not asked(h)])


_TOLD = frozenset({"act", "toll", "weapon"})
_ASKED = 5
"""Words behind "demanding" within which what is asked for stands."""
CROWD = frozenset({"protest", "riot", "dispersal", "fire_on_crowd"})


def without_charges(acts: list[Hit], hits: Row) -> list[Hit]:
    """Without what those who are arrested are charged with: "wanted for kidnappings and bombings"."""
    charges = hits.of("charges")
    if not charges or "arrest" not in hits.keys:
        return acts

    def held_against(act: Hit) -> bool:
        return act.key != "arrest" and any(
            0 <= act.first - c.last <= _CHARGED or 0 <= c.first - act.last <= 1 for c in charges
        )

    kept = [a for a in acts if not held_against(a)]
    return kept if any(h.key == "arrest" for h in kept) else acts


_CHARGED = 5
"""Words behind "wanted for" within which the charges stand."""


def without_titles(acts: list[Hit], hits: Row) -> list[Hit]:
    """Without the deeds that only tell who somebody is: "a figure of the protests was shot dead"."""
    people = [h for h in hits.groups.get("target", ()) if h.last - h.first > 1 and counts_people(h)]
    if not people or len(acts) < 2:
        return acts
    kept = [
        a
        for a in acts
        if not any(
            p.first <= a.first and a.last <= p.last and p.last - p.first > a.last - a.first for p in people
        )
    ]
    return kept or acts


def _without_strange(acts: list[Hit], own: Sequence[Hit], hits: Row) -> list[Hit]:
    """Without another nation's deeds far from Iraq's name where a deed stands beside that name.

    "US thwarts Iranian missile barrage, joins Saudis in Iraq strikes": the barrage flew elsewhere.
    """

    def apart(act: Hit) -> int:
        return min((max(act.first - o.last, o.first - act.last) for o in own), default=99)

    def strange(act: Hit) -> bool:
        nations = [h for h in hits.countries if _code(h) != "IQ"]
        return apart(act) >= 6 and any(0 <= act.first - n.last <= 1 for n in nations)

    if any(apart(a) <= 3 and isinstance(a.meaning, Concept) and not a.meaning.generic for a in acts):
        return [a for a in acts if not strange(a)]
    return acts


_NEVER_PLACES = frozenset({"IQ", "US"})
"""Countries whose names beside a deed near Iraq's tell the doer: US strikes militias in Iraq."""
_BLOWS = frozenset({"strike", "airstrike", "bombardment", "launch", "attack", "shelling"})
_POWERS = frozenset({"troops", "military", "security_forces", "soldiers"})


def _acts_itself(country: Hit, hits: Row) -> bool:
    """Whether a country is named as a doer and not as a place: Saudi Arabia strikes, with Turkey's forces."""
    if any(h.last == country.first for h in hits.of("together_with")):
        return True
    if any(h.key in _BLOWS and h.first == country.last for h in hits):
        return True  # Iran bombs bases in Erbil
    if owns_blow(country, hits):
        return True  # Spanish "un bombardeo de Turquía"
    return any(h.key in _POWERS and 0 <= h.first - country.last <= 1 for h in hits)


def _owns_house(country: Hit, hits: Row) -> bool:
    """Whether a country only tells whose embassy or consulate it is: a crowd burnt the consulate of Iran."""
    houses = hits.of("embassy")
    return any(0 <= country.first - h.last <= 1 or 0 <= h.first - country.last <= 1 for h in houses)


def only_backs(hit: Hit, hits: Row) -> bool:
    """Whether words tell but the help that somebody has: backed by warplanes."""
    return any(
        0 <= hit.first - h.last <= 2 or h.first <= hit.first < h.last for h in hits.of("backed_by")
    )  # one phrase where the word of backing stands behind


def stands_idle(arm: Hit, hits: Row) -> bool:
    """Whether jets are only what is kept where rockets came down: "rockets hit the hangar of a firm that serves the F-16s"."""
    if arm.key != "aircraft" or not hits.keys.isdisjoint(_FLOWN):
        return False
    return any(h.last <= arm.first for h in hits.of("rocket", "rocket_attack", "mortar", "shelling"))


_FLOWN = frozenset({"airstrike", "strike", "bombardment"})


def without_help(acts: list[Hit], hits: Row) -> list[Hit]:
    """Without the deeds that only back another: forces backed by air strikes take a town."""
    helps = hits.of("backed_by")
    if not helps:
        return acts
    kept = [a for a in acts if not only_backs(a, hits)]
    return kept if any(isinstance(a.meaning, Concept) and a.meaning.type for a in kept) else acts


def without_unused_arms(hits: Row) -> Row:
    """Without belts that were found, tear gas, and bombers who were seized."""
    return without_held_bombers(without_tear_gas(without_found_belts(hits)))


def without_found_belts(hits: Row) -> Row:
    """Without explosive belts that were found on the side: "the raid left five dead, two belts were found"."""
    belts = hits.of("explosive_belt")
    if not belts:
        return hits
    inside_name = [h for h in hits.of("explosion", "bombing") if any(_within(h, b) for b in belts)]
    others = {h.key for h in hits if h not in inside_name}
    if not others.isdisjoint(_SET_OFF):
        return hits
    return Row([h for h in hits if h.key != "explosive_belt" and h not in inside_name])


def without_held_bombers(hits: Row) -> Row:
    """Without bombers who set nothing off and were seized: "three suicide bombers arrested in Kirkuk"."""
    if "arrest" not in hits.keys or "suicide" not in hits.keys:
        return hits
    bombers = hits.of("suicide")
    spans = {(h.first, h.last) for h in bombers}
    rest = [h for h in hits if h.key not in _BOMBERS or (h.first, h.last) not in spans]
    return Row(rest) if _STRUCK.isdisjoint(h.key for h in rest) else hits


_BOMBERS = frozenset({"suicide", "suicide_bombing"})


_STRUCK = frozenset(
    {"suicide_bombing", "explosion", "bombing", "attack", "storm", "ambush", "hit", "kill", "clash", "damage"}
    | {"killed", "wounded", "in_time", "explosive_belt", "suicide_vehicle"}
)


def _within(inner: Hit, outer: Hit) -> bool:
    """Whether words are part of others: the explosive of an explosive belt."""
    return outer.first <= inner.first and inner.last <= outer.last


_SET_OFF = frozenset(
    {"suicide", "suicide_vehicle", "suicide_bombing", "explosion", "bombing", "attack", "storm", "ambush"}
    | {"seize_arms", "arms_cache", "defuse", "foil"}
)
"""Deeds beside which a belt was worn, or was itself what was found."""


def without_intents(hits: Row, *, verb_final: bool) -> Row:
    """Without what those who were hit had been about to do: "struck men who were preparing to launch drones"."""
    marks = hits.of("intent")
    blows = hits.of("strike", "airstrike", "bombardment", "hit", "arrest", "kill") if marks else ()

    def meant(hit: Hit, mark: Hit) -> bool:
        if verb_final:
            return 0 <= mark.first - hit.last <= _MEANT
        return 0 <= hit.first - mark.last <= _MEANT and any(b.last <= mark.first for b in blows)

    arms = [
        h
        for h in hits
        if (h.group == "weapon" or h.key in _FIRED) and any(meant(h, m) for m in marks) and h not in blows
    ]
    kept = Row([h for h in hits if h not in arms]) if arms and blows else hits
    return kept if kept.deeds else hits


_MEANT = 4
_FIRED = frozenset({"launch", "attack", "rocket_attack", "missile_attack", "drone_attack", "shooting"})


def without_tear_gas(hits: Row) -> Row:
    """Without the grenades that are but tear gas or noise against a crowd."""
    gas = hits.of("dispersal")
    shells = [h for h in hits.of("grenade") if any(_within(h, g) for g in gas)]
    return Row([h for h in hits if h not in shells]) if shells else hits


def without_old(reading: Reading, acts: list[Hit], hits: Row) -> list[Hit]:
    """Without the deeds that time is counted from, where others are left: "killed, for the first time since the raid"."""
    kept = [a for a in acts if not is_old(reading, a, hits)]
    return kept if any(isinstance(a.meaning, Concept) and a.meaning.type for a in kept) else acts


def wrecked(arms: Sequence[Hit], hits: Row) -> list[Hit]:
    """The arms that were destroyed and not used: "the raid left six vehicles and a car bomb destroyed"."""
    if "explosion" in hits.keys or "bombing" in hits.keys:
        return []
    ruins = [h for h in hits.of("damage") if not any(a.first <= h.first < a.last for a in arms)]
    named = {a.start for a in hits.actors}  # in "دمر طيران التحالف" the air force is the doer
    return [a for a in arms if a.start not in named and any(0 <= a.first - r.last <= 4 for r in ruins)]


def everyday(kind: str, trigger: Hit, hits: Row) -> bool:
    """Whether a sentence tells of ordinary crime or of an accident, and of nobody under arms: a gas tank that burst."""
    if _of_beasts(kind, trigger, hits):
        return True
    if trigger.key != "kill" and "accident" not in hits.keys and "ordinary_crime" not in hits.keys:
        return False
    generic = isinstance(trigger.meaning, Concept) and trigger.meaning.generic
    if any(h.key in _AIMED_AT or (_armed(h) and "funeral" not in hits.keys) for h in hits):
        return False
    if trigger.key == "kill" and hits.keys.isdisjoint(_WAR | {"attack", "airstrike", "strike", "shooting"}):
        laid = any(
            h.last <= trigger.first for h in hits.of("funeral")
        )  # the burial of men who fell elsewhere
        if laid or (kind == ATTACK and "traffic" in hits.keys):
            return True
    if "accident" in hits.keys and kind in (BOMB, ATTACK) and generic:
        return hits.keys.isdisjoint(_WAR - {"explosion"})
    return "ordinary_crime" in hits.keys and kind in (ATTACK, "Arrests") and hits.keys.isdisjoint(_WAR)


def _of_beasts(kind: str, trigger: Hit, hits: Row) -> bool:
    """Whether animals attacked, and nobody with any weapon: "a pack of hyenas attacked a village"."""
    if kind != ATTACK or "animals" not in hits.keys or trigger.key not in ("attack", "kill", "hit"):
        return False
    return not any(h.group == "weapon" or _armed(h) for h in hits)


def _armed(hit: Hit) -> bool:
    """Whether words name an armed party that is no force of the state."""
    if isinstance(hit.meaning, Actor):
        return bool(hit.meaning.coarse) and hit.meaning.side not in ("government", "kurdish")
    return hit.key in ("militants", "militia", "pro_iran", "gunmen", "tribesmen")


_AIMED_AT = frozenset({"official", "journalist", "activist", "terrorism", "assassination"})
_WAR = frozenset(
    {"bomb", "ied", "car_bomb", "explosion", "bombing", "rocket", "mortar", "abduction", "arms_cache"}
)
