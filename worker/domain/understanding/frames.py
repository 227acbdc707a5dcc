"""A sentence's deed as a frame: its type, who, whom, with what, where, when, how many.

One sentence makes one frame, or one for each clause that tells a deed of its own (`clauses`); `events`
puts the frames of a text together. What decides the type: specific deeds by rank, generic ones by the
weapon or the target beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from worker.domain.understanding.clauses import Clause, clauses_of
from worker.domain.understanding.dates import Dated, dates_in
from worker.domain.understanding.lexicon import Lexicon
from worker.domain.understanding.matcher import Hit, Reading, speaks
from worker.domain.understanding.meanings import Actor, Concept, Country, Place
from worker.domain.understanding.numbers import numbers_in
from worker.domain.understanding.places import (
    Located,
    beside,
    choose,
    foreign_countries,
    headline_place,
    is_sharper,
    landmark_of,
    located,
)
from worker.domain.understanding.tolls import Toll, tolls_in
from worker.domain.understanding.tongue import Tongue

CLASH, ATTACK, AIR, SHELLING, BOMB, DISRUPTED = (
    "Armed clash",
    "Attack",
    "Air/drone strike",
    "Shelling/artillery/missile attack",
    "Remote explosive/landmine/IED",
    "Disrupted weapons use",
)
QUIET_SIGNS = (
    "anniversary",
    "trial",
    "drill",
    "warning",
    "plan",
    "analysis",
    "background",
    "condemn",
    "investigation",
)
METONYMS = ("US", "TR", "IR", "IL", "GB", "FR")
"""Countries that reports name as doers in Iraq, so that their name alone does not place a deed there."""


@dataclass(slots=True)
class Frame:
    """What one sentence reports; `events` merges frames."""

    sentence: int
    type: str
    rank: int
    trigger: Hit
    triggers: list[Hit]
    place: Located | None = None
    landmark: Located | None = None
    others: tuple[Located, ...] = ()
    """Further places of the same deed: drones hit A and B."""
    day: date | None = None
    day_precision: int | None = None
    dated: Dated | None = None
    actors: dict[str, Hit] = field(default_factory=dict)
    suspected: set[str] = field(default_factory=set)
    claimed: set[str] = field(default_factory=set)
    targets: dict[str, Hit] = field(default_factory=dict)
    weapons: dict[str, Hit] = field(default_factory=dict)
    tolls: list[Toll] = field(default_factory=list)
    count: int | None = None
    count_at: tuple[int, int] | None = None
    signs: set[str] = field(default_factory=set)
    foreign: bool = False
    iraq: bool = False
    past: bool = False
    future: bool = False
    generic: bool = False
    quiet: bool = False
    foiled: bool = False
    strength: float = 0.0
    support: bool = False
    """A sentence without a deed of its own that adds a toll, a claim or a place to the deed before."""
    title: bool = False
    lead: bool = False
    hits: Sequence[Hit] = ()
    """The words of its sentence or clause that stand for something."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What frames of one text share."""

    reading: Reading
    tongue: Tongue
    lexicon: Lexicon
    published: datetime | None
    iraqi: bool
    """The text as a whole is about Iraq."""


def frames_of(scene: Scene, sentence: int) -> list[Frame]:
    """The frames of a sentence, one a clause that tells a deed of its own; none where it reports no deed."""
    first, last = scene.reading.sentences[sentence]
    hits = scene.reading.of(sentence)
    if not any(isinstance(h.meaning, Concept) and h.meaning.trigger for h in hits):
        return []
    dates = dates_in(scene.reading, scene.tongue, first, last, scene.published)
    parts = clauses_of(scene.reading, scene.tongue, sentence, hits)
    made = [_frame(scene, sentence, part, _dates_within(dates, part)) for part in parts]
    return [frame for frame in made if frame is not None]


def _dates_within(dates: Sequence[Dated], part: Clause) -> Sequence[Dated]:
    """The dates of a clause; those of the whole sentence where it names none."""
    own = [d for d in dates if part.first <= d.first < part.last]
    return own or dates


def _frame(scene: Scene, sentence: int, part: Clause, dates: Sequence[Dated]) -> Frame | None:
    """The frame of a clause; None where it reports no deed."""
    hits = part.hits
    acts = [h for h in hits if isinstance(h.meaning, Concept) and h.meaning.trigger]
    if not any(h.group == "weapon" or h.key in _ATTACKS for h in hits):
        acts = [h for h in acts if h.key != "intercept"]
    if not acts:
        return None
    causes = _causes(scene.reading, hits, acts)
    acts = [a for a in _near_iraq(acts, hits) if not _within(a, causes)] or acts
    acts = _without_grievances(acts, hits)
    arms = [h for h in hits if h.group == "weapon" and not _within(h, causes)]
    arms = _near_iraq(arms, hits)
    decided = _decide([h for h in hits if h.group != "weapon" or h in arms], acts)
    if decided is None:
        return None
    kind, rank, trigger = decided
    frame = Frame(sentence, kind, rank, trigger, acts, hits=hits)
    frame.title, frame.lead = sentence < scene.reading.title, sentence == scene.reading.title
    meaning = trigger.meaning
    frame.generic = isinstance(meaning, Concept) and meaning.generic and meaning.rank == rank
    frame.quiet = isinstance(meaning, Concept) and meaning.quiet
    frame.signs = {h.key for h in hits if h.group == "sign" or h.key == "said"}
    frame.tolls = tolls_in(scene.reading, scene.tongue, sentence, dates, hits, (part.first, part.last))
    _locate(scene, frame, hits)
    _when(scene, frame, dates, hits)
    _things(frame, hits)
    if kind == AIR and not frame.weapons and trigger.key in _FROM_AFAR:
        frame.weapons["air_strike"] = trigger
    _count(scene, frame, hits, dates)
    frame.foiled = any(isinstance(h.meaning, Concept) and h.meaning.foils for h in acts)
    frame.strength = _strength(scene, frame, hits)
    return frame


def _causes(reading: Reading, hits: Sequence[Hit], acts: Sequence[Hit]) -> list[tuple[int, int]]:
    """The words that tell of an earlier deed as the cause of this one: a protest "against the raid that killed 25".

    Only where a deed that carries its own type is left over: "20 dead after an attack" is one deed.
    """
    spans = []
    for cause in (h for h in hits if h.key == "in_response"):
        end = cause.last
        while end - cause.last < 10 and end < len(reading.starts):
            if end > cause.last and set(reading.between(end - 1)) & _CLAUSE_ENDS:
                break
            end += 1
        spans.append((cause.first, end))
    left = [a for a in acts if not _within(a, spans)]
    own = any(isinstance(a.meaning, Concept) and not a.meaning.generic for a in left)
    return spans if own else []


_CLAUSE_ENDS = frozenset(",;:.!?–—،؛()")


def _within(hit: Hit, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether words lie in one of the spans."""
    return any(first <= hit.first < last for first, last in spans)


def support_of(scene: Scene, sentence: int, before: Frame) -> Frame | None:
    """What a sentence without a deed adds to the frame before it: "No casualties were reported."."""
    hits = scene.reading.of(sentence)
    told = [
        h
        for h in hits
        if h.group == "toll" or h.key in ("claim", "blame", "no_claim") or isinstance(h.meaning, Place)
    ]
    first, last = scene.reading.sentences[sentence]
    dates = dates_in(scene.reading, scene.tongue, first, last, scene.published)
    if not told and any(d.day for d in dates) and last - first <= 12:
        told = [h for h in hits if h.group != "geo"][:1]
    if not told or sentence - before.sentence > 2 or any(h.key in _TURNS for h in hits):
        return None
    frame = Frame(sentence, before.type, 0, told[0], [], generic=True, support=True, hits=hits)
    frame.signs = {h.key for h in hits if h.group == "sign"}
    frame.tolls = tolls_in(scene.reading, scene.tongue, sentence, dates)
    _locate(scene, frame, hits)
    if frame.foreign or any(d.past for d in dates):
        return None
    frame.strength = min(before.strength, 1.0)
    _when(scene, frame, [d for d in dates if not d.future], hits)
    if before.title or not (frame.tolls or "claim" in frame.signs or "blame" in frame.signs):
        frame.others = ()
    return frame


_TURNS = frozenset({"background", "toll_background", "anniversary", "trial", "analysis", "separate"})


def _near_iraq(acts: list[Hit], hits: Sequence[Hit]) -> list[Hit]:
    """Where a sentence names other countries too, the deeds that stand nearest to Iraq's name."""
    own = [
        h
        for h in hits
        if isinstance(h.meaning, Place) or (isinstance(h.meaning, Country) and h.meaning.code == "IQ")
    ]
    abroad = [
        h
        for h in hits
        if isinstance(h.meaning, Country)
        and h.meaning.code not in _NEVER_PLACES
        and h.meaning.kind != "people"
        and not _acts_itself(h, hits)
    ]
    acts = _without_strange(acts, own, hits)
    if not own or not abroad or len(acts) < 2:
        return acts

    def apart(act: Hit, others: Sequence[Hit]) -> int:
        return min(abs(act.first - o.first) for o in others)

    nearest = [a for a in acts if apart(a, own) <= apart(a, abroad)]
    return nearest or [min(acts, key=lambda a: apart(a, own))]


def _without_grievances(acts: list[Hit], hits: Sequence[Hit]) -> list[Hit]:
    """Without the deeds that a protest is about: thousands march against US strikes."""
    if not any(h.key == "protest" for h in acts):
        return acts
    causes = [h for h in hits if h.key == "grievance"]
    kept = [a for a in acts if not any(0 <= a.first - c.last <= 4 for c in causes)]
    return kept if any(h.key == "protest" for h in kept) else acts


def _without_strange(acts: list[Hit], own: Sequence[Hit], hits: Sequence[Hit]) -> list[Hit]:
    """Without another nation's deeds far from Iraq's name where a deed stands beside that name.

    "US thwarts Iranian missile barrage, joins Saudis in Iraq strikes": the barrage flew elsewhere.
    """

    def apart(act: Hit) -> int:
        return min((max(act.first - o.last, o.first - act.last) for o in own), default=99)

    def strange(act: Hit) -> bool:
        nations = [h for h in hits if isinstance(h.meaning, Country) and h.meaning.code != "IQ"]
        return apart(act) >= 6 and any(0 <= act.first - n.last <= 1 for n in nations)

    if any(apart(a) <= 3 and isinstance(a.meaning, Concept) and not a.meaning.generic for a in acts):
        return [a for a in acts if not strange(a)]
    return acts


_NEVER_PLACES = frozenset({"IQ", "US"})
"""Countries whose names beside a deed near Iraq's tell the doer: US strikes militias in Iraq."""
_POWERS = frozenset({"troops", "military", "security_forces", "soldiers"})


def _acts_itself(country: Hit, hits: Sequence[Hit]) -> bool:
    """Whether a country is named as a doer and not as a place: Saudi Arabia strikes, with Turkey's forces."""
    if any(h.key == "together_with" and h.last == country.first for h in hits):
        return True
    return any(h.key in _POWERS and 0 <= h.first - country.last <= 1 for h in hits)


def _decide(hits: Sequence[Hit], acts: Sequence[Hit]) -> tuple[str, int, Hit] | None:
    """The sub-event type of a sentence, its rank and the word that tells it."""
    keys = {h.key for h in hits}
    weapons = [h for h in hits if h.group == "weapon" and isinstance(h.meaning, Concept) and h.meaning.type]
    specific = [h for h in acts if isinstance(h.meaning, Concept) and not h.meaning.generic]
    if keys & {"shooting", "clash", "attack", "assassination"} and _losses(hits):
        specific = [h for h in specific if h.key != "arson"]  # people were killed: the fire is by the way
    violent = [h for h in acts if _violent(h)]
    best: tuple[str, int, Hit] | None = None
    for hit in specific:
        meaning = hit.meaning
        if isinstance(meaning, Concept) and (best is None or meaning.rank > best[1]):
            if best is not None and {hit.key, best[2].key} <= _FLYING:
                continue  # of missiles and drones together the first named tells
            best = (meaning.type, meaning.rank, hit)
    stopped = {"intercept"} if "arrest" in keys else {"intercept", "foil"}
    if keys & stopped and not keys & _IMPACT and not _losses(hits):
        downed = next((h for h in acts if h.key in ("intercept", "foil")), None)
        if downed is not None:
            return DISRUPTED, 69, downed
    if violent and weapons and not keys & {"seize_arms", "defuse", "arms_cache"}:
        arm = max(weapons, key=lambda h: h.meaning.rank if isinstance(h.meaning, Concept) else 0)
        meaning = arm.meaning
        soft = best is not None and isinstance(best[2].meaning, Concept) and best[2].meaning.soft
        if isinstance(meaning, Concept) and (best is None or soft or meaning.rank > best[1]):
            # The deed is the trigger, the weapon beside it gives the type.
            best = (meaning.type, meaning.rank, max(violent, key=_rank) if not meaning.trigger else arm)
    if best is not None and best[0] == AIR and _missiles_first(hits):
        best = (SHELLING, best[1], best[2])
    if best is None:
        hit = max(acts, key=_rank)
        meaning = hit.meaning
        if not isinstance(meaning, Concept) or not meaning.type:
            return None
        best = (meaning.type, meaning.rank, hit)
    return (_refine(best[0], best[2], hits, keys), best[1], best[2])


_FLYING = frozenset({"rocket_attack", "missile_attack", "drone_attack"})


def _missiles_first(hits: Sequence[Hit]) -> bool:
    """Whether missiles and drones are named together, missiles first: "with missiles and drones"."""
    drones = [h.first for h in hits if h.key in ("drone", "drone_attack")]
    missiles = [h.last for h in hits if h.key in ("missile", "missile_attack")]
    others = any(h.key in ("airstrike", "aircraft", "strike", "intercept") for h in hits)
    return bool(drones and missiles) and not others and 0 <= min(drones) - min(missiles) <= 2


_ATTACKS = frozenset({"attack", "rocket_attack", "missile_attack", "drone_attack", "airstrike"})
_IMPACT = frozenset({"hit", "explosion", "shelling", "airstrike", "damage", "clash", "kill"})


def _losses(hits: Sequence[Hit]) -> bool:
    """Whether somebody was killed or wounded, as far as words tell."""
    keys = {h.key for h in hits}
    return bool(keys & {"killed", "wounded"}) and not keys & {"none_hurt", "none_killed", "none_wounded"}


def _rank(hit: Hit) -> int:
    """The rank of a concept's hit."""
    return hit.meaning.rank if isinstance(hit.meaning, Concept) else 0


def _violent(hit: Hit) -> bool:
    """Whether the deed is one that a weapon beside it can be the means of."""
    return hit.key in _VIOLENT


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
        "car_bomb",
        "suicide_bombing",
    }
)
_REBELS = frozenset({"isis", "pkk", "hashd"})


def _refine(kind: str, trigger: Hit, hits: Sequence[Hit], keys: set[str]) -> str:
    """Adjust a type to what stands beside the deed."""
    if kind == "Peaceful protest" and keys & {"clash", "arson", "storm"}:
        return "Violent demonstration"
    if kind in _PROTESTS and _losses(hits) and (keys & _DEADLY or kind == "Protest with intervention"):
        state = any(
            h.key in ("security_forces", "army", "police_force", "police") and not speaks(h, hits)
            for h in hits
        )
        state = state or any(isinstance(h.meaning, Actor) and h.meaning.coarse in _STATE for h in hits)
        return (
            "Excessive force against protesters"
            if state and not keys & {"gunmen", "assassination"}
            else ATTACK
        )
    if (
        kind == "Arrests"
        and _losses(hits)
        and keys & {"kill", "execution", "shooting"}
        and not _state_acts(hits)
    ):
        return ATTACK
    if kind == "Non-state actor overtakes territory" and _holders(hits) and not _rebels(hits):
        return "Government regains territory"
    if kind == "Abduction/forced disappearance" and "found_bodies" in keys:
        return ATTACK
    if kind == DISRUPTED and trigger.key == "defuse" and _losses(hits):
        return BOMB
    if kind == "Grenade" and keys & {"small_arms", "shooting", "clash"}:
        return CLASH if _on_duty(hits) else ATTACK
    if kind == CLASH and trigger.key == "operation" and not keys & _CIVIL:
        return CLASH
    if trigger.key in _FROM_AFAR and not keys & _ON_GROUND and _air_power(hits, trigger):
        return AIR
    if kind in (ATTACK, CLASH) and trigger.key in _BY_VICTIM:
        if keys & {"suicide", "suicide_bombing"}:
            return "Suicide bomb"
        if keys & {"clash", "repel", "neutralised"}:
            return CLASH
        return CLASH if _on_duty(hits) and not keys & {"assassination", "execution"} else ATTACK
    if (
        kind == SHELLING
        and keys & {"aircraft", "airstrike"}
        and not keys & {"rocket_attack", "mortar", "artillery"}
    ):
        return AIR
    if kind == BOMB and keys & {"airstrike", "aircraft"} and trigger.key not in ("ied", "car_bomb"):
        return AIR
    if kind == AIR and keys & {"missile", "missile_attack"} and keys & {"drone", "drone_attack"}:
        return AIR if keys & {"airstrike", "aircraft"} else SHELLING
    guns = keys & {"rocket", "missile", "artillery", "mortar", "missile_attack", "rocket_attack"}
    unmanned = keys & {"aircraft", "drone", "airstrike"}
    if trigger.key == "strike" and kind == AIR and guns and not unmanned:
        return SHELLING
    return kind


def _holders(hits: Sequence[Hit]) -> bool:
    """Whether forces of the state, Peshmerga or Popular Mobilization are named as those who take ground."""
    for hit in hits:
        meaning = hit.meaning
        own = isinstance(meaning, Actor) and meaning.side in ("government", "kurdish", "pmf")
        own = own or (isinstance(meaning, Concept) and meaning.local)
        if own and not speaks(hit, hits):
            return True
    return False


def _rebels(hits: Sequence[Hit]) -> bool:
    """Whether insurgents are named."""
    return any(
        h.key in ("militants", "gunmen")
        or (isinstance(h.meaning, Actor) and h.meaning.coarse in ("isis", "pkk"))
        for h in hits
    )


_PROTESTS = frozenset({"Peaceful protest", "Protest with intervention", "Violent demonstration"})
_DEADLY = frozenset({"shooting", "kill", "assassination", "small_arms", "fire_on_crowd", "launch"})
_CIVIL = frozenset({"civilians", "official", "journalist", "activist", "workers", "homes"})
_STATE = frozenset({"iraqi_army", "federal_police", "cts", "iraqi_forces", "peshmerga"})


def _state_acts(hits: Sequence[Hit]) -> bool:
    """Whether state or allied forces are named among those who may have acted."""
    for hit in hits:
        meaning = hit.meaning
        if (
            isinstance(meaning, Actor)
            and meaning.coarse in _STATE | {"us_forces", "coalition"}
            and not speaks(hit, hits)
        ):
            return True
        if isinstance(meaning, Concept) and meaning.local and not speaks(hit, hits):
            return True
    return False


_FROM_AFAR = frozenset({"attack", "hit", "launch", "strike", "bombardment"})
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
        "suicide_bombing",
        "grenade",
        "small_arms",
        "convoy",
    }
)


def _air_power(hits: Sequence[Hit], trigger: Hit) -> bool:
    """Whether a foreign air force is the one who strikes: US forces attack militias in Iraq."""
    opening = min(h.first for h in hits)
    return any(strikes_from_air(hit, trigger, opening) for hit in hits)


def strikes_from_air(hit: Hit, trigger: Hit, opening: int) -> bool:
    """Whether a foreign air force stands right before the deed, or opens the sentence that the deed ends."""
    meaning = hit.meaning
    named = isinstance(meaning, Country) and meaning.code in ("US", "IL", "TR", "SA")
    named = named or (
        isinstance(meaning, Actor)
        and meaning.coarse in ("us_forces", "coalition", "israel", "turkish_forces")
    )
    return named and 0 <= trigger.first - hit.last <= (8 if hit.first == opening else 4)


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
    }
)


def _on_duty(hits: Sequence[Hit]) -> bool:
    """Whether armed forces on duty are the ones attacked, or state forces attack rebels."""
    hits = [h for h in hits if not speaks(h, hits)]
    forces = [h for h in hits if isinstance(h.meaning, Concept) and h.meaning.duty]
    posts = [h for h in hits if h.key in ("checkpoint", "base", "patrol")]
    actors = [h.meaning for h in hits if isinstance(h.meaning, Actor)]
    sides = {a.target for a in actors} | {a.coarse for a in actors}
    civil = [h for h in hits if h.key in _CIVIL]
    armed = bool(
        sides
        & {
            "peshmerga",
            "hashd",
            "us_forces",
            "coalition",
            "iraqi_army",
            "iraqi_forces",
            "federal_police",
            "cts",
        }
    )
    rebels = bool(sides & {"isis", "pkk"}) or any(h.key in ("militants", "gunmen") for h in hits)
    if not forces and not posts and not armed:
        return False
    return rebels or not civil or len(forces) + len(posts) >= len(civil)


def _locate(scene: Scene, frame: Frame, hits: Sequence[Hit]) -> None:
    """Place, and whether the deed lies in Iraq at all."""
    behind = scene.tongue.data.get("distance_side") == "after"
    found = located(scene.reading, hits, scene.lexicon, behind=behind)
    frame.place = choose(found, frame.trigger.first)
    frame.landmark = landmark_of(found)
    told = headline_place(scene.reading, scene.lexicon, behind=behind) if frame.lead else None
    if told and (frame.place is None or is_sharper(told, frame.place, early=True)):
        frame.place = told
    if frame.place is not None:
        frame.others = beside(frame.place, found)
        first = min(frame.others, key=lambda o: o.first, default=frame.place)
        if first.first < frame.place.first:  # of places in a row the first named
            frame.others = (*(o for o in frame.others if o is not first), frame.place)
            frame.place = first
    origins = {h.last for h in hits if h.key == "from_place"}
    named = [
        h
        for h in hits
        if isinstance(h.meaning, Country) and h.meaning.code == "IQ" and h.first not in origins
    ]
    abroad = foreign_countries(hits, kinds={"names": 1.0, "places": 1.5, "people": 0.0})
    frame.iraq = bool(found or named)
    if not frame.iraq:
        strange = {c: w for c, w in abroad.items() if w > 0 and (c not in METONYMS or not scene.iraqi)}
        frame.foreign = bool(strange)
    elif (
        frame.place is None
        and abroad
        and not any(h.meaning.kind != "people" for h in named if isinstance(h.meaning, Country))
    ):
        frame.foreign = any(c not in METONYMS for c, w in abroad.items() if w > 0)


def _when(scene: Scene, frame: Frame, dates: Sequence[Dated], hits: Sequence[Hit]) -> None:
    """The date nearest to the deed, unless it is only when somebody spoke."""
    said = [h for h in hits if h.key == "said"]
    deeds = [h.first for h in hits if h.group == "act"]
    best: Dated | None = None
    best_cost = 1e9
    for dated in dates:
        apart = min(abs(dated.first - frame.trigger.last), abs(frame.trigger.first - dated.last))
        cost = float(apart) + 10 * (dated.precision > 1)
        speech = min(
            (
                dated.first - h.last
                for h in said
                if dated.first >= h.last and ":" not in scene.reading.between(h.last - 1)
            ),
            default=99,
        )
        if speech <= 1 and apart > 3 and scene.tongue.data.get("number_side") != "before":
            cost += 60
        elif len(dates) > 1 and any(
            0 <= dated.first - h.last <= 6 and not any(h.last <= d < dated.first for d in deeds) for h in said
        ):
            cost += 15  # "a source said on Wednesday that ... the day before"
        if cost < best_cost:
            best, best_cost = dated, cost
    frame.past = any(d.past for d in dates) and (best is None or best.past or best.day is None)
    frame.future = best is not None and best.future
    if best is not None and best_cost < 60:
        frame.dated = best
        if best.precision == 1 and not best.span and not best.future:
            frame.day, frame.day_precision = best.day, 1


def _things(frame: Frame, hits: Sequence[Hit]) -> None:
    """Weapons, and everybody who is named; roles are given later."""
    for hit in hits:
        meaning = hit.meaning
        if isinstance(meaning, Concept) and meaning.weapon and not meaning.soft:
            frame.weapons.setdefault(meaning.weapon, hit)
    for hit in hits:
        meaning = hit.meaning
        if (
            isinstance(meaning, Concept)
            and meaning.soft
            and meaning.weapon
            and meaning.weapon not in frame.weapons
        ):
            bombs = {
                "ied",
                "car_bomb",
                "suicide_vest",
                "mine",
                "drone",
                "rocket",
                "mortar",
                "missile",
                "artillery",
            }
            if not (bombs & set(frame.weapons)):
                frame.weapons[meaning.weapon] = hit
    if len(frame.weapons) > 1:
        # A car bomb, a belt or a mine is also "a bomb": the more exact word stays.
        generic = frame.weapons.get("ied")
        if generic is not None and generic.key in ("bomb", "bombing", "explosion"):
            del frame.weapons["ied"]
        if "car_bomb" in frame.weapons:
            frame.weapons.pop("suicide_vest", None)


def _count(scene: Scene, frame: Frame, hits: Sequence[Hit], dates: Sequence[Dated]) -> None:
    """How many attacks a summary counts: "14 attacks between 4 and 18 August"."""
    nouns = [h for h in hits if h.key == "attacks_counted"]
    if not nouns:
        return
    first, last = scene.reading.sentences[frame.sentence]
    for number in numbers_in(scene.reading, scene.tongue, first, last):
        if number.article or number.vague or not 2 <= number.value <= 5000:
            continue
        if any(d.first < number.last and number.first < d.last and not d.span for d in dates):
            continue
        things = (h for h in hits if h.key == "ordinal_unit" or h.group == "weapon")
        if any(h.first == number.last and h.last < n.last for h in things for n in nouns):
            continue  # rockets or hours, and not attacks, are counted
        if any(0 <= n.first - number.last <= 1 for n in nouns):
            frame.count, frame.count_at = number.value, (number.first, number.last)
            return


def _strength(scene: Scene, frame: Frame, hits: Sequence[Hit]) -> float:
    """How much speaks for a fresh, concrete event in Iraq; about 0 is even."""
    keys = {h.key for h in hits}
    score = 0.4 + 0.5 * (not frame.generic) - 0.9 * frame.quiet
    score += 0.9 * (frame.place is not None) + 0.3 * frame.iraq + 0.3 * scene.iraqi
    score += 0.9 * (frame.day is not None) + 0.8 * bool(frame.tolls) + 0.3 * bool(frame.weapons)
    score += 0.3 * bool({"said", "claim", "no_claim", "damage", "blame"} & keys) + 0.5 * frame.title
    score -= 0.05 * min(max(frame.sentence - scene.reading.title, 0), 12)
    score -= 2.5 * frame.foreign + 1.6 * frame.past + 1.5 * frame.future
    held = frame.type == "Abduction/forced disappearance"  # captors' threats belong to the deed
    for sign, weight in _AGAINST.items():
        if sign in keys and not (held and sign == "warning"):
            score -= weight * (0.5 if frame.day is not None else 1.0)
    return score


_AGAINST = {
    "anniversary": 1.6,
    "trial": 1.4,
    "drill": 2.0,
    "warning": 0.8,
    "plan": 0.7,
    "analysis": 0.5,
    "background": 1.2,
    "condemn": 0.5,
    "nothing_happened": 2.5,
    "denial": 0.4,
    "accident": 1.2,
    "figurative": 1.5,
    "sport": 2.0,
    "culture": 1.2,
    "space": 2.0,
    "traffic": 1.5,
    "weather": 1.0,
    "animals": 1.5,
    "ordinary_crime": 0.6,
    "wedding": 1.0,
    "labour": 1.0,
    "toll_background": 0.8,
    "investigation": 0.3,
}
"""Signs and topics against a fresh event, and how much they weigh."""


def is_fresh(frame: Frame, published: datetime | None) -> bool:
    """Whether a frame reports a concrete deed, with place and day, of the week before publication."""
    if published is None or frame.day is None or frame.place is None:
        return False
    if frame.past or frame.generic or frame.support or frame.strength < 2.0:
        return False
    return 0 <= (published.date() - frame.day).days <= 7


def leave_abroad(frame: Frame) -> None:
    """A sentence that names no place goes on where the headline's deed lies: in another country."""
    if not frame.foreign:
        frame.foreign = True
        frame.strength -= 2.5
