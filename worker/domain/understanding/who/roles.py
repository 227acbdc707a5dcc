"""Who did it and who was hit: roles of the parties that a frame's sentence names.

Words settle it first ("by", "claimed", "blamed on"); where they don't, the type of event does: after an
air strike the air force is the doer, after a roadside bomb the convoy's army is not. ACLED's way of
seeing the initiator; a fight has both sides as actors.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from worker.domain.understanding.sentence.captives import victims_of
from worker.domain.understanding.sentence.families import ABDUCTION, LOOTING, MOVES
from worker.domain.understanding.sentence.frame import AIR, ATTACK, BOMB, CLASH, DISRUPTED, SHELLING, Frame
from worker.domain.understanding.sentence.skies import is_object, names_a_place, strikes_from_air, wields
from worker.domain.understanding.sentence.speech import announces
from worker.domain.understanding.who.blame import is_accused, is_accuser
from worker.domain.understanding.who.pruning import ABROAD, REBELS, STATE, TARGET_OF, prune
from worker.domain.understanding.who.sides import (
    acts,
    fell_to,
    fights,
    harboured,
    says_nothing,
    sides,
    suffers,
    undergoes,
)
from worker.domain.understanding.words.meanings import Actor, Concept, Country, Meaning
from worker.domain.understanding.words.reading import Hit, Row, speaks

BY_COUNTRY = {"TR": "turkish_forces", "IL": "israel", "IR": "irgc", "US": "us_forces"}
"""Forces that a country's bare name stands for where it strikes."""
MILITARY = frozenset(
    {"soldiers", "base", "troops", "military", "convoy", "airstrike", "strike", "aircraft", "drone"}
)

STRIKERS = STATE | ABROAD
_DOERS: dict[str, frozenset[str]] = {
    AIR: STRIKERS,
    SHELLING: frozenset({"turkish_forces", "irgc", "israel", "isis", "pkk"}),
    BOMB: REBELS,
    "Suicide bomb": REBELS,
    "Grenade": REBELS,
    "Chemical weapon": REBELS | {"turkish_forces"},
    "Sexual violence": REBELS | {"unknown_gunmen"},
    ATTACK: REBELS | {"unknown_gunmen", "tribal_gunmen"},
    CLASH: STATE | REBELS | {"unknown_gunmen", "tribal_gunmen", "turkish_forces"},
    "Arrests": STRIKERS,
    "Government regains territory": STRIKERS | {"hashd"},
    "Non-state actor overtakes territory": REBELS,
    "Looting/property destruction": REBELS | {"unknown_gunmen"},
    ABDUCTION: REBELS | {"unknown_gunmen"},
    DISRUPTED: STATE,
    "Excessive force against protesters": STATE | {"unknown_gunmen"},
    "Protest with intervention": STATE,
}
"""Parties that are the doers of a type where no word says otherwise; factions are added below."""
_FACTION_DOES = frozenset(
    {AIR, SHELLING, BOMB, ATTACK, DISRUPTED, ABDUCTION, CLASH, LOOTING, "Government regains territory"}
)
_SEATS = frozenset({"party_office", "lesser_base", "riot", "protest", "protesters"})
"""What a crowd burns, and the crowd: beside them a faction named is the one whose offices they were."""


def _near(hit: Hit, hits: Row) -> set[str]:
    """What stands beside the words of a hit."""
    return {h.key for h in hits if h.first - 4 <= hit.first <= h.last + 3}


def party(hit: Hit, frame_type: str, hits: Row, *, led: bool = False) -> tuple[str, str]:
    """Actor and target ids that the words of a hit can stand for; empty where none."""
    meaning = hit.meaning
    if isinstance(meaning, Actor):
        return meaning.coarse, meaning.target
    if isinstance(meaning, Concept):
        return meaning.actor, meaning.target
    if (
        isinstance(meaning, Country)
        and meaning.code in BY_COUNTRY
        and frame_type in (AIR, SHELLING, CLASH, DISRUPTED, "Government regains territory", "Arrests")
    ):
        if meaning.code == "US" and not led and not _near(hit, hits) & MILITARY:
            return "", ""
        actor = BY_COUNTRY[meaning.code]
        return actor, TARGET_OF.get(actor, "")
    return "", ""


def _is_party(meaning: Meaning) -> bool:
    """Whether words can stand for somebody who acts or is hit."""
    if isinstance(meaning, Concept):
        return bool(meaning.actor or meaning.target)
    return isinstance(meaning, Actor) or (isinstance(meaning, Country) and meaning.code in BY_COUNTRY)


def _led(hit: Hit, hits: Row, frame: Frame, *, behind: bool) -> bool:
    """Whether grammar makes a party the doer: "by ISIS", Turkish "IŞİD tarafından", "IŞİD'den saldırı"."""
    for mark in hits.of("by_agent", "from_party"):
        apart = mark.first - hit.last if behind else hit.first - mark.last
        if (
            mark.key == "by_agent"
            and 0 <= apart <= 2
            and not any(_holds(h, mark) for h in hits.of("to_party"))
        ):
            low, high = (hit.last, mark.first) if behind else (mark.last, hit.first)
            if not any(h.group == "actor" and low <= h.first < high for h in hits):
                return True
        if mark.key == "from_party" and apart == 0 and frame.type in _FROM_PARTY:
            return True
    return False


def _holds(longer: Hit, mark: Hit) -> bool:
    """Whether a mark is part of longer words: the *by* of "a base used by" makes nobody a doer."""
    return longer.first <= mark.first and mark.last <= longer.last


def _aimed(hit: Hit, hits: Row, *, behind: bool) -> bool:
    """Whether grammar makes a party the one that is attacked: "against ISIS", Turkish "IŞİD'e"."""
    for mark in hits.of("to_party"):
        apart = mark.first - hit.last if behind else hit.first - mark.last
        if 0 <= apart <= 1 and not (behind and apart and _another_between(hit, mark, hits)):
            return True
    if any(mark.last <= hit.first for mark in hits.of("aim_was")):
        return True
    return is_object(hit, hits) if behind else False


def _another_between(hit: Hit, mark: Hit, hits: Row) -> bool:
    """Whether an ending belongs to a name between: in "IŞİD Kerkük'e yürüyor" the town is the aim."""
    return any(h.group in ("geo", "actor") and hit.last <= h.first < mark.first for h in hits)


def _owns(hit: Hit, frame: Frame, hits: Row) -> bool:
    """Whether a name tells whose the place is that was hit: "a blast at a Hashd depot", "on a post of the Turkish army"."""
    if frame.type not in _STRUCK or not isinstance(hit.meaning, (Actor, Country)):
        return False
    if isinstance(hit.meaning, Actor) and hit.meaning.side not in ("pmf", "foreign"):
        return False
    owned = any(
        h.key in _PREMISES
        and (h.first == hit.last or hit.first <= h.first < h.last <= hit.last or h.last == _begins(hit, hits))
        for h in hits
    )
    if isinstance(hit.meaning, Actor) and hit.meaning.side == "pmf":
        return owned
    return (owned or _whose_men(hit, hits)) and not acts(frame, hit, hits)


def _begins(hit: Hit, hits: Row) -> int:
    """Where the words begin that join a party to the place before it: a depot (of the) Hashd."""
    joins = {h.last: h.first for h in hits.of("of_party", "place_noun")}
    first = hit.first
    while first in joins:
        first = joins[first]
    return first


def _is_struck(frame: Frame, keys: AbstractSet[str]) -> bool:
    """Whether a place was hit or attacked, so that those who are stationed there are on the receiving end."""
    attacked = frame.type == CLASH and frame.trigger.key in ("attack", "hit") and not keys & _MUTUAL
    return attacked or frame.type in _STRUCK_AT


_STRUCK_AT = frozenset({AIR, SHELLING, BOMB, "Suicide bomb", "Grenade", ATTACK, DISRUPTED})
"""Types in which troops who are stationed somewhere are those whose place was hit."""
_MUTUAL = frozenset({"clash", "repel"})
_NOT_COUNTED = frozenset({"clash", "repel", "fire_on_crowd"})
"""Deeds in which those beside a figure may be the doers."""
_STRUCK = frozenset({AIR, SHELLING, BOMB, "Suicide bomb"})
_PREMISES = frozenset(
    {"base", "premises", "checkpoint", "party_office", "convoy", "patrol", "soldiers", "militants"}
)


def _attackers(frame: Frame, hits: Row, *, behind: bool) -> set[str]:
    """The parties that stand right beside the word of the attack: the "ISIS attack" has one initiator.

    None where the words are those of a fight, or where both sides stand there.
    """
    marks = [mark for mark in frame.triggers if mark.key in ("attack", "ambush", "storm", "raid", "overrun")]
    if frame.type != CLASH or not marks or "clash" in hits.keys or "repel" in hits.keys:
        return set()
    free = [h for h in hits if not _aimed(h, hits, behind=behind) and h.start not in frame.fallen]
    free = [h for h in free if not undergoes(h, hits)]
    beside = [h for h in free if any(0 <= max(m.first - h.last, h.first - m.last) <= 2 for m in marks)]
    ends = {h.last for h in beside if h.key in ("gunmen", "militants")}
    beside += [h for h in hits.actors if h.first in ends and h not in beside]  # gunmen *of ISIS*, verb first
    beside = [h for h in beside if not _whose_men(h, hits)] or beside
    holding = [h for h in free if any(h.first <= m.first < m.last <= h.last for m in marks)]
    beside = [h for h in holding if party(h, frame.type, hits)[0]] or beside  # an "IS attack"
    found = {actor for h in beside if (actor := party(h, frame.type, hits)[0])}
    named = found - {"unknown_gunmen"} or found  # gunmen of ISIS are ISIS
    if not found:
        return _opener(frame, hits, behind=behind)
    return named if len(named) == 1 else set()


def _whose_men(hit: Hit, hits: Row) -> bool:
    """Whether a party only tells whose the men or the place before it are: "attack a patrol of the army"."""
    joins = {h.last: h.first for h in hits.of("of_party", "place_noun")}
    before = joins.get(hit.first, hit.first)
    return any(
        h.key in _POSTS and (h.last == before or (h.first < hit.first and hit.last <= h.last))
        for h in hits.groups.get("target", ())
    )


_POSTS = frozenset({"base", "checkpoint", "convoy", "embassy", "patrol"})


def _opener(frame: Frame, hits: Row, *, behind: bool) -> set[str]:
    """The one of two sides that a sentence opens with: in "ISIS men have on Tuesday the army's post … attacked" it attacks.

    Not where grammar makes the other the doer, or where the opening side is what was attacked.
    """
    ids = [(h, party(h, frame.type, hits)[0]) for h in hits if not speaks(h, hits)]
    named = [(h, actor) for h, actor in ids if actor in STATE | REBELS]
    if not named or not {a for _, a in named} & STATE or not {a for _, a in named} & REBELS:
        return set()
    first, opener = named[0]
    struck = first.start in frame.fallen or suffers(first, frame, hits) or _aimed(first, hits, behind=behind)
    led = any(_led(h, hits, frame, behind=behind) for h, _ in named)
    late = first.first >= frame.trigger.last
    return set() if struck or led or late else {opener}


_FROM_PARTY = frozenset({AIR, SHELLING, BOMB, ATTACK, CLASH, "Suicide bomb", ABDUCTION})
"""Types whose doer a party is that the deed comes from; a town is retaken *from* it as well."""


def assign(frame: Frame, hits: Row, *, agent_behind: bool = False, nation_behind: bool = False) -> None:
    """Fill the actors, suspected, claimed and targets of a frame."""
    keys = hits.keys
    claiming = "claim" in keys and "no_claim" not in keys
    aerial = "air_strike" in frame.weapons
    attackers = _attackers(frame, hits, behind=agent_behind)
    struck = _is_struck(frame, keys)
    for hit in hits:
        if not _is_party(hit.meaning):
            continue
        led = (
            _led(hit, hits, frame, behind=agent_behind)
            or _bombs(hit, hits, frame)
            or wields(hit, hits, frame, nation_behind=nation_behind)
        )
        housed = struck and harboured(hit, hits)
        led = (led or sides(hit, frame, hits)) and not housed
        actor, target = party(hit, AIR if frame.support else frame.type, hits, led=led)
        if announces(hit.first, frame.announced) or any(h.last == hit.first for h in hits.of("speaker")):
            target = ""  # who reported it was not hit
        fell = hit.start in frame.fallen and not keys & _NOT_COUNTED
        said = speaks(hit, hits) and not (fell and hit.group == "actor")
        local = frame.foreign and isinstance(hit.meaning, Concept) and hit.meaning.local
        if not (actor or target) or said or local or says_nothing(hit, frame, hits):
            continue
        if target and (fell or (target in ("us_forces", "coalition") and fell_to(hit, frame, hits))):
            frame.targets[target] = hit if fell else frame.targets.get(target, hit)
            continue
        accused = is_accused(hit, hits)
        aimed = housed or (not led and (_aimed(hit, hits, behind=agent_behind) or _owns(hit, frame, hits)))
        acting = actor and not aimed and acts(frame, hit, hits) and not _is_blown_up(frame.type, actor)
        if isinstance(hit.meaning, Country) and not (acting or led or accused):
            continue  # a country's bare name is a doer only where it is said to do something
        doer = actor and (led or acting or _does(frame.type, actor, aerial=aerial, keys=keys))
        doer = (doer or (actor and fights(hit, actor, frame, hits))) and not is_accuser(hit, hits)
        if frame.support and actor in STRIKERS:
            doer = led
        elif doer and not led:
            beaten = "neutralised" in keys and actor in REBELS
            other = attackers and actor not in attackers
            doer = not (beaten or other or aimed or undergoes(hit, hits))
        if actor and claiming and actor not in STATE | ABROAD - {"irgc"}:
            frame.actors.setdefault(actor, hit)
            frame.claimed.add(actor)
        elif actor and accused and actor not in STATE and actor != "us_forces":
            frame.actors.setdefault(actor, hit)
            frame.suspected.add(actor)
        elif doer:
            _enter(frame, actor, hit, hits)
        elif target:
            frame.targets.setdefault(target, hit)
    _enter_own(frame, hits)
    if not frame.targets and (whom := victims_of(frame.type, frame.trigger, hits)):
        frame.targets[whom] = frame.trigger
    prune(frame)


def _is_blown_up(kind: str, actor: str) -> bool:
    """Whether forces of the state stand beside a bomb, which hits them: "bomb attack on the Peshmerga"."""
    return kind in (BOMB, "Suicide bomb") and actor in STATE


def _enter_own(frame: Frame, hits: Row) -> None:
    """Put down the party that tells what it gives up itself: "Kataib Hezbollah said that it was suspending operations"."""
    if frame.trigger.key != "disband" or frame.actors:
        return
    for hit in hits.actors:
        meaning = hit.meaning
        if not isinstance(meaning, Actor) or not meaning.coarse or meaning.coarse in STATE | ABROAD:
            continue
        if hit.last <= frame.trigger.first and speaks(hit, hits):
            frame.actors.setdefault(meaning.coarse, hit)
            return


def _enter(frame: Frame, actor: str, hit: Hit, hits: Row) -> None:
    """Put down a doer, and whether it is only suspected."""
    frame.actors.setdefault(actor, hit)
    if actor not in STATE and "suspected" in _near(hit, hits):
        frame.suspected.add(actor)


def _bombs(hit: Hit, hits: Row, frame: Frame) -> bool:
    """Whether a foreign air force is the one that strikes."""
    if frame.type != AIR or "drone" in frame.weapons or is_object(hit, hits) or names_a_place(hit, hits):
        return False
    return strikes_from_air(hit, frame.trigger, hits[0].first)


def _does(kind: str, actor: str, *, aerial: bool, keys: AbstractSet[str]) -> bool:
    """Whether a party is by habit the doer of a type."""
    if actor == "protesters":
        return kind in (
            "Peaceful protest",
            "Violent demonstration",
            "Protest with intervention",
            "Mob violence",
        )
    if kind == AIR:
        if aerial:
            return actor in STRIKERS
        return actor in ("turkish_forces", "israel", "irgc") or actor not in STRIKERS | REBELS
    if kind in MOVES or actor in _DOERS.get(kind, frozenset()):
        return True
    faction = actor not in STATE | ABROAD | REBELS
    if kind == "Government regains territory" and actor == "tribal_gunmen":
        return False
    if kind == LOOTING and ("looting" not in keys or not keys.isdisjoint(_SEATS)):
        return False  # a crowd set a faction's offices on fire
    return faction and kind in _FACTION_DOES and "arrest" not in keys
