"""What an event of a type can have as doers and targets, once its sentences are put together.

A sentence names many who were neither: the official who spoke, the checkpoint that rebels had, the
university that was retaken. Nobody stands on both sides, the exact name goes before the vague one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from worker.domain.understanding.assembly.draft import Draft
from worker.domain.understanding.sentence.families import GROUND, LOOTING, MARCHES, MOVES
from worker.domain.understanding.sentence.frame import AIR, ATTACK, BOMB, CLASH, DISRUPTED, SHELLING
from worker.domain.understanding.who.foes import settle_sides
from worker.domain.understanding.who.named import names_another, only_in_title, settle_ranks
from worker.domain.understanding.who.pruning import REBELS, STATE, only_exact
from worker.domain.understanding.who.roles import STRIKERS
from worker.domain.understanding.words.meanings import Actor
from worker.domain.understanding.words.reading import Hit

_HELD = frozenset(
    {"soldiers", "police", "checkpoint", "patrol", "base", "school", "official", "convoy", "journalist"}
    | {"party_office", "market", "mosque"}
)
"""What a sentence on blows against rebels names that was theirs, or somebody else's."""
_PLACES = frozenset({"port", "oil_facility", "gas_field", "embassy", "airport", "party_office", "bank"})
_PARTIES = frozenset({"isis", "pkk", "peshmerga", "us_forces", "coalition", "hashd"})
_NEVER: Mapping[str, frozenset[str]] = {
    CLASH: frozenset({"official", "homes", "school", "journalist"}),
    "Violent demonstration": frozenset({"civilians", "soldiers"}),
    "Abduction/forced disappearance": frozenset({"homes", "us_forces", "market"}),
    "Arrests": frozenset({"patrol"}),
    ATTACK: frozenset({"party_office"}),
    "Change to group/activity": frozenset({"civilians", "homes"}),
    "Excessive force against protesters": frozenset({"official", "soldiers", "police"}),
    LOOTING: frozenset({"soldiers", "police"}),
}
"""Targets that a type's sentences name and that were not hit."""
_HURT_NOBODY = MOVES - {"Change to group/activity"}
"""Moves that say more of their parties than who is named."""
_BEATEN_BY: Mapping[str, frozenset[str]] = {
    "Government regains territory": STRIKERS | {"hashd", "tribal_gunmen"},
    "Arrests": STRIKERS | {"hashd"},
    AIR: STRIKERS,
    DISRUPTED: STRIKERS | {"hashd"},
}
"""Types in which rebels are on the receiving end where one of these is the doer."""


def settle(
    event: Draft,
    actors: dict[str, Hit],
    targets: dict[str, Hit],
    weapons: dict[str, Hit],
    hits: Iterable[Hit],
) -> None:
    """Take from the parties and arms of an event what its type cannot have; `hits` are the whole text's."""
    kind, hits = event.type, list(hits)
    fallen = frozenset[int]().union(*(f.fallen for f in event.frames))
    if kind in _HURT_NOBODY:
        _of_nobody_hit(kind, actors, targets)
        return
    if kind == ATTACK and any("found_bodies" in f.hits.keys for f in event.frames):
        _without_finders(actors, targets, fallen)
        held = next((f for f in event.frames if "captivity" in f.hits.keys), None)
        if held and not targets:
            targets["civilians"] = held.trigger
    only_exact(actors)
    settle_ranks(event, targets, hits)
    if "civilians" in targets and targets["civilians"].group == "act" and _CAPTIVE & set(targets):
        del targets["civilians"]  # a sentence did not say who the captives were, another one does
    _settle_arms(event, weapons, hits)
    _drop_idle(event, actors, targets)
    beaten = kind in (DISRUPTED, "Arrests") and actors and set(actors) <= REBELS and not _hostages(targets)
    if (beaten or set(actors) & _BEATEN_BY.get(kind, frozenset())) and "drone" not in weapons:
        for rebel in REBELS & set(actors):
            targets.setdefault(rebel, actors.pop(rebel))
    if (
        kind == AIR
        and "drone" not in weapons
        and "official" in targets
        and targets["official"].start not in fallen
    ):
        del targets["official"]  # who spoke of the raid, or is looked for
    if kind in _BLASTS and "isis" in actors and "isis" in targets and targets["isis"].start in fallen:
        del actors["isis"]  # its own people were killed
    one_sided = kind in _HEAVY or (kind == CLASH and not any("clash" in f.hits.keys for f in event.frames))
    if one_sided and {"pkk", "turkish_forces"} <= set(actors) and _fell("soldiers", targets, fallen):
        del actors["turkish_forces"]  # its soldiers were the ones who died
    if kind == CLASH and "isis" in actors and len(actors) > 1 and not targets.keys() - _PLACES - {"base"}:
        targets.setdefault("isis", actors["isis"])  # a fight of both sides
    settle_sides(event, actors, targets, fallen)
    if targets.keys() & _CIVIL:
        for rebel in REBELS & set(targets):
            if targets[rebel].start not in fallen and _only_held(targets[rebel], hits):
                del targets[rebel]
    if kind in _FOUGHT and not targets.keys() & _PARTIES:
        _default(actors, targets, hits)
    if kind == "Excessive force against protesters":
        targets.setdefault("civilians", event.frames[0].trigger)  # the crowd
        _accuse_police(actors, targets, fallen)
    if kind in MARCHES:
        _protested(event, actors)
    if kind == ATTACK and targets.keys() & _KNOWN and not _fell("civilians", targets, fallen):
        targets.pop("civilians", None)  # what she was beside that, or a friend
    if kind == AIR:
        _without_own_side(actors, targets, fallen)
    if kind in GROUND and "isis" in actors:
        targets.pop("isis", None)
    if kind == AIR and "hashd" in targets:
        targets.pop("party_office", None)  # a faction's headquarters
    if kind == "Arrests" and REBELS & set(targets):
        targets.pop("official", None)  # what he was among them
    _without_bystanders(event, targets, fallen)


def _without_own_side(actors: dict[str, Hit], targets: dict[str, Hit], fallen: frozenset[int]) -> None:
    """Drop the air force that a headline names from those who were hit."""
    for force in _AIR_FORCES & set(actors) & set(targets):
        if not _fell(force, targets, fallen):
            del targets[force]


def _without_bystanders(event: Draft, targets: dict[str, Hit], fallen: frozenset[int]) -> None:
    """Drop who cannot have been hit by such a deed."""
    for target in list(targets):
        if (
            _besieged(event.type, targets[target])
            or names_another(target, targets[target], event)
            or (targets[target].start not in fallen and _impossible(event.type, target, set(targets)))
        ):
            del targets[target]


def _of_nobody_hit(kind: str, actors: dict[str, Hit], targets: dict[str, Hit]) -> None:
    """Leave the parties alone where nothing is hit, of a deal those who made it, of a new base those who build it."""
    targets.clear()
    if kind == "Agreement" and "tribal_gunmen" in actors:
        for mediator in STATE & set(actors):
            del actors[mediator]  # between two clans the state only stands
    if kind != "Agreement" and STRIKERS & set(actors):
        for rebel in REBELS & set(actors):
            del actors[rebel]


def _protested(event: Draft, actors: dict[str, Hit]) -> None:
    """A crowd is the doer of its protest whatever it is called (teachers, graduates), and not who dispersed it."""
    actors.setdefault("protesters", event.frames[0].trigger)
    if event.type != "Peaceful protest":
        for actor in STATE & set(actors):
            del actors[actor]


def _accuse_police(actors: dict[str, Hit], targets: dict[str, Hit], fallen: frozenset[int]) -> None:
    """Where a crowd was fired on, the police that a text names fired, unless some of them fell."""
    if "police" in targets and targets["police"].start not in fallen:
        officers = targets.pop("police")
        if not actors.keys() & STATE:
            actors["iraqi_forces"] = officers


def _settle_arms(event: Draft, weapons: dict[str, Hit], hits: Sequence[Hit]) -> None:
    """Keep of the arms the ones that were used, by their exact name."""
    kind = event.type
    if (
        kind == AIR
        and {"drone", "air_strike"} <= set(weapons)
        and only_in_title(weapons["air_strike"], event)
    ):
        del weapons["air_strike"]  # the headline's strike was the drone's
    if kind == SHELLING and weapons.keys() & {"missile", "rocket"} and _only_said(weapons):
        del weapons["air_strike"]  # "Iran bombs bases with missiles"
    if "rocket" in weapons and "missile" not in weapons:
        exact = next((f.weapons["missile"] for f in event.frames if "missile" in f.weapons), None)
        if exact is not None and _any_rocket(exact, hits):
            weapons["missile"] = exact
    if {"missile", "rocket"} <= set(weapons) and _any_rocket(weapons["rocket"], hits):
        del weapons["rocket"]  # the same word, made exact: *ballistische Raketen*
    if kind == AIR and "air_strike" in weapons:
        for arm in set(weapons) - _FLOWN:
            del weapons[arm]
        if "drone" in weapons and weapons["air_strike"].key != "aircraft":
            del weapons["air_strike"]  # "a strike by a drone"


def beaten_back(event: Draft, actors: dict[str, Hit], targets: dict[str, Hit]) -> None:
    """Those who beat an attack back were attacked: the others are its doers."""
    if event.type != CLASH or all("repel" not in f.hits.keys for f in event.frames):
        return
    if actors.keys().isdisjoint(REBELS | {"unknown_gunmen"}):
        if not actors or not set(actors) <= _DEFENDERS.keys() or not REBELS & set(targets):
            return
        for rebel in REBELS & set(targets):
            actors.setdefault(rebel, targets.pop(rebel))
    for actor in list(actors):
        whom = _DEFENDERS.get(actor) or ("" if actor in STRIKERS | REBELS else "hashd")
        if whom and actor not in _ASSAILANTS:
            targets.setdefault(whom, actors.pop(actor))
    if (
        targets.keys() & {"hashd", "peshmerga"}
        and "soldiers" in targets
        and targets["soldiers"].group != "target"
    ):
        targets.pop("soldiers")


_ASSAILANTS = frozenset({"unknown_gunmen", "tribal_gunmen", "protesters"})
_DEFENDERS: Mapping[str, str] = {
    "iraqi_army": "soldiers",
    "iraqi_forces": "soldiers",
    "cts": "soldiers",
    "federal_police": "police",
    "peshmerga": "peshmerga",
    "hashd": "hashd",
}


def _hostages(targets: Mapping[str, Hit]) -> bool:
    """Whether others are named whom rebels may have seized, and not themselves."""
    return not targets.keys().isdisjoint({"civilians", "activist", "journalist", "soldiers", "police"})


def _only_said(weapons: Mapping[str, Hit]) -> bool:
    """Whether an air strike is but the verb of a report: to strike, to bomb."""
    return "air_strike" in weapons and weapons["air_strike"].key == "strike"


def _between(event: Draft) -> set[str]:
    """The two sides that a fight is told to have been between; empty where it is not told so."""
    for frame in event.frames:
        for mark in frame.hits.of("mutual"):
            sides = {a for a, h in frame.actors.items() if 0 <= h.first - mark.last <= _SPAN}
            if len(sides) == 2:
                return sides
    return set()


_SPAN = 9
"""Words behind "between" within which both sides are named."""


def _fell(target: str, targets: Mapping[str, Hit], fallen: frozenset[int]) -> bool:
    """Whether those of a target are counted among the dead or hurt."""
    return target in targets and targets[target].start in fallen


def _any_rocket(rocket: Hit, hits: Sequence[Hit]) -> bool:
    """Whether the language has one word for rockets and missiles, and it is what was said."""
    return any(h.key == "any_rocket" and rocket.start <= h.start < rocket.end for h in hits)


def _without_finders(actors: dict[str, Hit], targets: dict[str, Hit], fallen: frozenset[int]) -> None:
    """Whoever found the dead has neither killed nor died."""
    for actor in (STATE | {"us_forces", "coalition"}) & set(actors):
        del actors[actor]
    for target in _FINDERS & set(targets):
        if targets[target].start not in fallen:
            del targets[target]


_KNOWN = frozenset({"activist", "journalist", "official"})
_CAPTIVE = frozenset({"soldiers", "police", "journalist"})
_FINDERS = frozenset({"police", "soldiers", "peshmerga", "patrol", "us_forces", "coalition", "hashd"})
_FLOWN = frozenset({"air_strike", "drone", "missile"})
_BLASTS = frozenset({BOMB, "Suicide bomb"})
_HEAVY = _BLASTS | {SHELLING, ATTACK, AIR, "Grenade"}
_FOUGHT = frozenset({AIR, "Government regains territory"})
"""Types that have somebody on the receiving end whom the text names somewhere."""


def _drop_idle(event: Draft, actors: dict[str, Hit], targets: dict[str, Hit]) -> None:
    """Take out parties that are none of the type's doers; a faction beside a nation's air force was struck by it."""
    claimed = {a for f in event.frames for a in f.claimed}
    if event.type in _BLASTS and "convoy" in targets:
        for owner in {"us_forces", "coalition"} & set(actors):  # whose convoy a bomb hit: they plant none
            del actors[owner]
    if event.type == CLASH and (sides := _between(event)):
        for other in STATE & set(actors) - sides:
            del actors[other]  # who came to part them
    for actor in [a for a in actors if _idle(event.type, a, set(actors))]:
        hit = actors.pop(actor)
        faction = isinstance(hit.meaning, Actor) and hit.meaning.side == "pmf"
        if event.type == AIR and faction and actor not in claimed:
            targets.setdefault("hashd", hit)


def _idle(kind: str, actor: str, actors: set[str]) -> bool:
    """Whether a party is none of the type's doers: the army where a bomb went off, who is protected by raids."""
    if kind in _BLASTS:
        return actor in STATE | {"unknown_gunmen", "hashd"}
    if kind == AIR:
        return actor == "peshmerga" or (bool(actors & _AIR_FORCES) and actor not in _AIR_FORCES)
    if kind == SHELLING and "irgc" in actors:
        return actor == "israel"  # whose base Iran says that its missiles were meant for
    if kind == "Non-state actor overtakes territory" and actors & REBELS:
        return actor not in REBELS  # who held it, or is called in to take it back
    return kind == "Excessive force against protesters" and actor == "protesters"


_AIR_FORCES = frozenset({"coalition", "us_forces", "turkish_forces"})


def _besieged(kind: str, hit: Hit) -> bool:
    """Whether a firm is only where those out of work protest."""
    return kind == "Peaceful protest" and hit.key == "oil_company"


def _impossible(kind: str, target: str, targets: set[str]) -> bool:
    """Whether a target is none of the type's."""
    if kind == "Peaceful protest":
        return target not in _PLACES
    if kind in GROUND:
        return target not in _PARTIES | {"airport"}
    if kind == "Violent demonstration" and target == "hashd" and "party_office" in targets:
        return True  # whose office was burnt
    if kind in (AIR, SHELLING) and target in ("soldiers", "police") and targets - {"soldiers", "police"}:
        return True
    if kind == AIR and targets & REBELS and target in _HELD:
        return True
    return target in _NEVER.get(kind, frozenset())


_FOES = {"turkish_forces": "pkk", "coalition": "isis", **dict.fromkeys(STATE, "isis")}
"""Whom an air force strikes in Iraq where the text names them and nobody else."""


def _default(actors: Mapping[str, Hit], targets: dict[str, Hit], hits: Sequence[Hit]) -> None:
    """The rebels whom the text names, where air power strikes and no sentence says whom."""
    foes = {_FOES[a] for a in actors if a in _FOES}
    civil = bool(targets.keys() & _CIVIL)
    for hit in hits:
        if (
            isinstance(hit.meaning, Actor)
            and hit.meaning.target in foes
            and not (civil and _only_held(hit, hits))
        ):
            targets.setdefault(hit.meaning.target, hit)


def _only_held(rebel: Hit, hits: Sequence[Hit]) -> bool:
    """Whether a text only says whose place it is held to be: "Ankara regards the camp as a PKK stronghold"."""
    return any(
        h.key == "regarded" and h.sentence == rebel.sentence and _apart(h, rebel) <= _HELD_TO_BE for h in hits
    )


def _apart(first: Hit, second: Hit) -> int:
    """How many words lie between two hits."""
    return max(first.first - second.last, second.first - first.last)


_HELD_TO_BE = 9
"""Words between a party and the word of holding something to be its place."""
_CIVIL = frozenset(
    {"civilians", "school", "homes", "market", "restaurant", "journalist", "activist", "official"}
)
"""Targets beside which rebels who are said to have their base there were not hit."""
