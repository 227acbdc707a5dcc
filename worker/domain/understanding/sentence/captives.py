"""Hostages: what captors do is an event, what families and governments do about it is none.

A captive who is killed is an attack and no abduction; a threat to kill belongs to the abduction. The plea
of a family, the march for a release, the envoy who is sent: they tell of an abduction that is known.
"""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.sentence.families import ABDUCTION
from worker.domain.understanding.sentence.frame import AIR, BOMB, CLASH, SHELLING
from worker.domain.understanding.words.meanings import Concept
from worker.domain.understanding.words.reading import Hit, Row


def captive_killed(hits: Row) -> bool:
    """Whether a captive was killed or found dead, and not only threatened with death."""
    if "found_bodies" in hits.keys:
        return True
    threats = hits.of("warning", "plan", "may")
    links = hits.of("clause", "clause_strong", "aside", "warning", "plan")
    for killing in hits.of("killed"):
        for seizure in hits.of("abduction"):
            near = 1 <= seizure.first - killing.last <= 6
            if near and not any(killing.first - 3 <= m.first < seizure.first for m in links):
                return True  # "shot dead eleven soldiers taken hostage"
    return any(
        not any(0 <= killing.first - threat.last <= 3 for threat in threats)
        for killing in hits.of("execution")
    )


def seized_first(release: Hit, hits: Row) -> bool:
    """Whether a sentence tells who seized somebody before it tells of the release: "gunmen abducted him and let him go"."""
    if not any(h.last <= release.first for h in hits.of("abduction")):
        return False
    agents = [h.last for h in hits.of("by_agent")]
    return any(
        d.first < release.first and not any(0 <= d.first - at <= 1 for at in agents)
        for d in hits.of("gunmen", "militants", "militia")
    )


def only_pleaded(hits: Row) -> bool:
    """Whether a sentence tells what others do about captives and nothing that their captors did."""
    return "plea" in hits.keys and "captors_word" not in hits.keys and not captive_killed(hits)


def beside_captives(acts: Sequence[Hit]) -> list[Hit]:
    """The blows that a sentence tells beside what is done about captives: "she pleaded, as seven died in air strikes"."""
    return [
        a
        for a in acts
        if a.key not in _OF_CAPTIVES
        and isinstance(a.meaning, Concept)
        and a.meaning.type in _BLOWS
        and not a.meaning.generic
    ]


_OF_CAPTIVES = frozenset({"abduction", "hostage", "captives", "release", "execution"})
_BLOWS = frozenset({AIR, SHELLING, BOMB, CLASH, "Suicide bomb"})


def release_wanted(trigger: Hit, hits: Row) -> bool:
    """Whether a release is only asked for or worked for: "the family begged for his release"."""
    if trigger.key != "release":
        return False
    return any(p.first - trigger.last <= 2 and trigger.first - p.last <= 2 for p in hits.of("plea"))


def victims_of(kind: str, trigger: Hit, hits: Row) -> str:
    """Whom an abduction or a killing of captives hit where the text names nobody: civilians."""
    seized = kind == ABDUCTION and trigger.key != "release"
    if seized or (kind == "Attack" and trigger.key == "execution" and not _forces(hits)):
        return "civilians"
    return ""


def _forces(hits: Row) -> bool:
    """Whether men under arms are named."""
    return any(isinstance(h.meaning, Concept) and h.meaning.duty for h in hits)
