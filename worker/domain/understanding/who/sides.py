"""Sides of a fight and those whom a blow hit, as grammar shows them."""

from __future__ import annotations

from worker.domain.understanding.sentence.families import ABDUCTION
from worker.domain.understanding.sentence.frame import AIR, ATTACK, BOMB, CLASH, SHELLING, Frame
from worker.domain.understanding.who.pruning import REBELS
from worker.domain.understanding.words.meanings import Actor, Country
from worker.domain.understanding.words.reading import Hit, Row, speaks


def says_nothing(hit: Hit, frame: Frame, hits: Row) -> bool:
    """Whether words name nobody who was hit: "people" whom a fight killed, the title before a leader's name."""
    if hit.key == "homes" and any(o.first <= hit.first < o.last for o in hits.of("off_duty")):
        return True  # who was shot outside his home
    if hit.key in ("official", "homes") and any(
        frame.trigger.last <= h.first and h.last <= hit.first <= h.last + 6 for h in hits.of("aside")
    ):
        return True
    if hit.key in ("civilians", "workers") and _owner(hit, frame, hits):
        return True
    if hit.key in ("official", "workers") and any(
        isinstance(h.meaning, Actor)
        and h.meaning.coarse in REBELS
        and (0 <= h.first - hit.last <= 1 or (h.last == hit.first and hit.key == "workers"))
        for h in hits
    ):
        return True  # the official *of ISIS*, its helpers
    if hit.key == "gunmen" and any(h.start == hit.start and h.end == hit.end for h in hits.of("strangers")):
        return True  # unknown or masked men, of whose arms nothing is said
    if any(o.first <= hit.first < o.last for o in hits.of("disguise")):
        return True  # as whom the attackers were dressed
    if hit.key in ("soldiers", "official") and _of_police(hit, hits):
        return True
    if frame.type == "Non-state actor overtakes territory" and any(
        max(h.first - hit.last, hit.first - h.last) <= _LEFT for h in hits.of("withdraw")
    ):
        return True  # who had left the town before
    if hit.key == "official" and any(
        max(h.first - hit.last, hit.first - h.last) <= 2 for h in hits.of("funeral")
    ):
        return True  # whose funeral it was
    if hit.key == "official" and harboured(hit, hits) and _of_foreign_troops(hit, hits):
        return True  # the American advisers who are stationed there
    office = hit.key == "official" or (isinstance(hit.meaning, Actor) and hit.meaning.target == "official")
    if office and any(0 <= hit.first - h.last <= 4 for h in hits.of("kin_of")):
        return True  # the brother *of a minister* was hit
    if hit.key == "official" and frame.type == CLASH:
        return any(isinstance(h.meaning, Actor) and h.first == hit.last for h in hits)
    if hit.key == "civilians" and any(h.key in _CALLINGS and h.start == hit.end + 1 for h in hits):
        return True  # a *woman* reporter
    if hit.key != "civilians" or frame.type in (ATTACK, ABDUCTION):
        return False
    return any(h.first == hit.first for h in hits.of("mere_people"))


_LEFT = 2
"""Words between a party and the word of its withdrawal."""
_CALLINGS = frozenset({"journalist", "activist", "official", "police", "soldiers", "protesters"})


def _owner(hit: Hit, frame: Frame, hits: Row) -> bool:
    """Whether somebody is named only as the one whose house was hit: "a grenade at a doctor's house"."""
    if any(t.value for t in frame.tolls) or frame.type not in _THROWN:
        return False
    return any(0 <= max(hit.first - h.last, h.first - hit.last) <= 1 for h in hits.of("homes"))


_THROWN = frozenset({BOMB, SHELLING, AIR, "Grenade", "Looting/property destruction"})


def _of_police(hit: Hit, hits: Row) -> bool:
    """Whether a rank is the police's: "attacked a police patrol, killing an officer"."""
    if not any(h.start == hit.start for h in hits.of("ranks")) or not hits.keys.isdisjoint(_ARMY):
        return False
    return any(not speaks(h, hits) for h in hits.of("police", "police_force"))


_ARMY = frozenset({"army", "security_forces"})


def _of_foreign_troops(hit: Hit, hits: Row) -> bool:
    """Whether a name of foreign troops or their country stands beside words: American advisers."""
    for other in hits:
        foreign = isinstance(other.meaning, Actor) and other.meaning.coarse in ("us_forces", "coalition")
        foreign = foreign or (isinstance(other.meaning, Country) and other.meaning.code != "IQ")
        if foreign and max(hit.first - other.last, other.first - hit.last) <= 1:
            return True
    return False


def fights(hit: Hit, actor: str, frame: Frame, hits: Row) -> bool:
    """Whether foreign troops are a side of a fight or carry out an operation, and not those whom a blow hit."""
    if frame.type != CLASH or actor not in ("us_forces", "coalition"):
        return False
    if suffers(hit, frame, hits):
        return False
    return not hits.keys.isdisjoint(_MUTUAL) or frame.trigger.key in _OWN_DEEDS


_MUTUAL = frozenset({"clash", "repel"})
_OWN_DEEDS = frozenset({"operation", "storm", "raid"})


def sides(hit: Hit, frame: Frame, hits: Row) -> bool:
    """Whether a country's name stands for its troops in a fight: between the US and a militia, US and Iraqi forces."""
    if frame.type not in (CLASH, "Government regains territory", "Arrests") or not isinstance(
        hit.meaning, Country
    ):
        return False
    if "clash" in hits.keys and any(0 <= hit.first - m.last <= 1 for m in hits.of("mutual")):
        return True
    ands = [h.last for h in hits.of("clause") if h.first == hit.last]
    troops = [h for h in hits if any(0 <= h.first - a <= 1 for a in ands) and h.key in _TROOPS]
    fighting = not hits.keys.isdisjoint(_MUTUAL) or frame.trigger.key in _OWN_DEEDS | {
        "retake",
        "take_ground",
    }
    return any(fighting or acts(frame, h, hits) for h in troops)


_TROOPS = frozenset({"security_forces", "army", "soldiers", "troops"})
_OPERATES = _OWN_DEEDS | {
    "clash", "retake", "attack", "hit", "airstrike", "strike", "arrest", "launch", "bombardment", "shelling", "bombing",
    "missile_attack", "drone_attack", "rocket_attack", "ambush",
}  # fmt: skip


def acts(frame: Frame, hit: Hit, hits: Row) -> bool:
    """Whether a party stands right before a deed of the frame, or before the arms that it uses."""
    if suffers(hit, frame, hits):
        return False
    for other in (*frame.triggers, *frame.weapons.values()):
        apart = other.first - hit.last
        own = apart == 0 if other.group == "weapon" else 0 <= apart <= 2 and other.key in _OPERATES
        if own and not any(_parts(h) and hit.last <= h.first < other.first for h in hits):
            return True
    return False


def _parts(hit: Hit) -> bool:
    """Whether words between a party and a deed make the deed another's: "Israel as US strikes"."""
    return isinstance(hit.meaning, (Actor, Country)) or hit.key in ("clause", "clause_strong")


_PASSIVE = frozenset({"killed", "wounded", "passive", "abduction"})


def suffers(hit: Hit, frame: Frame, hits: Row) -> bool:
    """Whether something was done to a party: "US soldier killed", and not "US forces killed 50"."""
    if hit.first <= frame.trigger.first and frame.trigger.last <= hit.last:
        return False  # the name holds the blow: those whom a "US airstrike" killed
    for mark in hits.of(*_PASSIVE):
        if 0 <= mark.first - hit.last <= 2:
            object_follows = any(t.first <= mark.first and mark.last < t.last for t in frame.tolls)
            if not object_follows:
                return True
    return False


def undergoes(hit: Hit, hits: Row) -> bool:
    """Whether words of several parts right behind a party say that it was attacked: "came under fire"."""
    for mark in hits.of("passive"):
        apart = mark.first - hit.last
        if mark.last - mark.first > 1 and 0 <= apart <= _SUBJECT:
            between = (h for h in hits if hit.last <= h.first < mark.first)
            if apart <= 2 or not any(isinstance(h.meaning, Actor) or h.group == "act" for h in between):
                return True
    return False


_SUBJECT = 8
"""Words between a subject and its verb, with the place and the time between."""


def fell_to(hit: Hit, frame: Frame, hits: Row) -> bool:
    """Whether a party's people fell, as the words right behind say: "US soldier killed in attack"."""
    if any(hit.first <= arm.first <= hit.last for arm in hits.groups.get("weapon", ())):
        return False  # whom a "US drone" killed
    fallen = [m for m in hits.of("killed", "wounded") if 0 <= m.first - hit.last <= 1]
    return bool(fallen) and suffers(hit, frame, hits)


def harboured(hit: Hit, hits: Row) -> bool:
    """Whether words only tell whose men a place holds that was hit: "a base housing US soldiers"."""
    for mark in hits.of("stationed"):
        low, high = min(mark.last, hit.last), max(mark.first, hit.first)
        if high - low <= _HOUSED and not any(h.group == "act" and low <= h.first < high for h in hits):
            return True
    return False


_HOUSED = 4
"""Words between troops and the word that they are stationed somewhere."""
