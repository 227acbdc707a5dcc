"""Doers and targets set in order: the exact over the vague, nobody on both sides but in a fight."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.sentence.families import ABDUCTION, MOVES
from worker.domain.understanding.sentence.frame import BOMB, CLASH, DISRUPTED, Frame
from worker.domain.understanding.words.meanings import Actor
from worker.domain.understanding.words.reading import Hit

STATE = frozenset({"iraqi_army", "federal_police", "cts", "iraqi_forces", "peshmerga"})
ABROAD = frozenset({"us_forces", "coalition", "turkish_forces", "israel", "irgc"})
REBELS = frozenset({"isis", "pkk"})
TARGET_OF = {
    "us_forces": "us_forces",
    "coalition": "coalition",
    "peshmerga": "peshmerga",
    "isis": "isis",
    "pkk": "pkk",
}


def prune(frame: Frame) -> None:
    """Keep the exact over the vague, and nobody on both sides but in a fight."""
    targets = frame.targets
    if "soldiers" in targets and set(targets) & _OTHERS and not _fell_beside(targets["soldiers"], frame):
        del targets["soldiers"]
    own = frame.type == CLASH and set(frame.actors) & (STATE | ABROAD) and "soldiers" in targets
    others = frame.fallen and not any(t.value for t in frame.tolls if not t.figure)
    if (
        own
        and targets["soldiers"].start not in frame.fallen
        and (others or not any(t.value for t in frame.tolls))
    ):
        del targets["soldiers"]  # "US army and marine units": the doers' own
    captive = "civilians" in targets and targets["civilians"].key in ("civilians", "execution", "abduction")
    if captive and _only_captives(targets, frame):
        del targets["civilians"]
    if "gas_field" in targets:
        targets.pop("oil_facility", None)
    if "convoy" in targets and frame.type == BOMB and not any(t.value for t in frame.tolls):
        targets.pop("coalition", None)  # its contractors' trucks
    if frame.type in _BLOODLESS:
        for key in ("base", "market", "mosque", "homes", "soldiers", "police", "airport"):
            if key in targets and not _fought(targets[key], frame):
                del targets[key]
    if frame.type in MOVES:
        targets.clear()
    actors = frame.actors
    if "pro_iran_faction" in actors and any(_is_faction(a) for a in actors if a != "pro_iran_faction"):
        del actors["pro_iran_faction"]
    only_exact(actors)
    for actor in [a for a in ABROAD & set(actors) if frame.claimed - {a} and actors[a].phrase.ambiguous]:
        del actors[actor]  # whose drones they mostly are, where others claim the blow
    if "hashd" in actors and any(_is_faction(a) for a in actors if a != "hashd"):
        del actors["hashd"]
    if frame.type != CLASH:
        for actor in list(actors):
            if TARGET_OF.get(actor) in targets:
                del targets[TARGET_OF[actor]]


def _fought(hit: Hit, frame: Frame) -> bool:
    """Whether a crowd clashed with those: "brief clashes with the police"."""
    if frame.type != "Violent demonstration" or hit.key not in ("police", "soldiers"):
        return False
    return any(
        0 <= mark.first - clash.last <= 1 and 0 <= hit.first - mark.last <= 2
        for clash in frame.hits.of("clash")
        for mark in frame.hits.of("together_with")
    )


_OTHERS = frozenset({"us_forces", "coalition", "peshmerga", "hashd"})
"""Parties whose men the word "soldiers" mostly means where they are named."""


def _fell_beside(soldiers: Hit, frame: Frame) -> bool:
    """Whether soldiers are counted on their own: "three coalition troops and two Iraqi soldiers"."""
    if soldiers.start not in frame.fallen:
        return False
    return not any(
        h.start == soldiers.start and isinstance(h.meaning, Actor) and h.meaning.target in _OTHERS
        for h in frame.hits
    )


_FINDS = frozenset({"seize_arms", "arms_cache", "defuse"})
"""Deeds of which men in uniform are the doers."""


def without_bystanders_of(
    kind: str, actors: dict[str, Hit], targets: dict[str, Hit], frames: Sequence[Frame]
) -> None:
    """Leave out who found the arms, and of a convoy of trucks whose goods they carried and that a driver was hurt."""
    fallen = [f.fallen for f in frames]
    found = any(f.trigger.key in _FINDS for f in frames)
    if kind == DISRUPTED and (found or not STATE.isdisjoint(actors)):
        for finder in {"soldiers", "police"} & set(targets):
            if not any(targets[finder].start in f for f in fallen):
                hit = targets.pop(finder)
                if not actors:
                    actors["iraqi_forces"] = hit
    if kind != BOMB or "convoy" not in targets:
        return
    if "coalition" in targets and not any(targets["coalition"].start in f for f in fallen):
        del targets["coalition"]
    if "civilians" in targets and targets["civilians"].key == "workers":
        del targets["civilians"]


_BLOODLESS = frozenset(
    {
        "Peaceful protest",
        "Violent demonstration",
        "Arrests",
        ABDUCTION,
    }
)
"""Types in whose reports bases, markets and men on duty are the scene and not what was hit."""


def _only_captives(targets: dict[str, Hit], frame: Frame) -> bool:
    """Whether the civilians are but the word "hostages", and who they were is told: soldiers, journalists."""
    named = {"soldiers", "police", "journalist", "official", "peshmerga", "us_forces"} & set(targets)
    word = targets["civilians"]
    return bool(named) and any(h.first <= word.first < h.last for h in frame.hits.of("captives", "hostage"))


def only_exact(actors: dict[str, Hit]) -> None:
    """Named forces go before Iraq's forces, and any party before gunmen."""
    if "iraqi_forces" in actors and set(actors) & {"iraqi_army", "federal_police", "cts"}:
        del actors["iraqi_forces"]
    if "unknown_gunmen" in actors and len(actors) > 1:
        del actors["unknown_gunmen"]


def _is_faction(actor: str) -> bool:
    """Whether the id is a named faction."""
    return actor not in STATE | ABROAD | REBELS | {"protesters", "unknown_gunmen", "tribal_gunmen", "hashd"}
