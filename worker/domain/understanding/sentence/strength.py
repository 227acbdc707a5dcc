"""How much speaks for a fresh, concrete event in Iraq, and what speaks against it."""

from __future__ import annotations

from worker.domain.understanding.sentence.families import ABDUCTION
from worker.domain.understanding.sentence.frame import Frame, Scene
from worker.domain.understanding.words.meanings import Country
from worker.domain.understanding.words.reading import Hit, Row

_SAID = frozenset({"said"})
_ELSEWHERE = frozenset({"warning", "plan", "condemn", "analysis"})


def own_signs(hits: Row, trigger: Hit) -> set[str]:
    """The signs of a deed's own clause: "jets bombed the city amid fears of an assault" is no warning."""
    asides = [h.last for h in hits.of("aside", "clause") if h.first >= trigger.last]
    afters = {
        h.first for h in hits.of("side_clause") if h.first >= trigger.last
    }  # "two *days after* it began"
    signs = hits.groups.get("sign", ())
    own = {h.key for h in signs} | (hits.keys & _SAID)
    if not asides and not afters:
        return own
    aside = min(asides, default=1 << 30)
    elsewhere = {h for h in signs if h.key in _ELSEWHERE and h.first >= aside}
    elsewhere |= {h for h in signs if h.key == "background" and h.first in afters}
    return own & _SAID | {h.key for h in signs if h not in elsewhere}


def strength_of(scene: Scene, frame: Frame, hits: Row) -> float:
    """How much speaks for a fresh, concrete event in Iraq; about 0 is even."""
    keys = hits.keys
    score = 0.4 + 0.5 * (not frame.generic) - 0.9 * frame.quiet
    score += 0.9 * (frame.place is not None) + 0.3 * frame.iraq + 0.3 * scene.iraqi
    score += 0.9 * (frame.day is not None) + 0.8 * bool(frame.tolls) + 0.3 * bool(frame.weapons)
    score += 0.3 * (not keys.isdisjoint(_TOLD)) + 0.5 * frame.title
    score -= 0.05 * min(max(frame.sentence - scene.reading.title, 0), 12)
    score -= 2.5 * frame.foreign + 1.6 * frame.past + 1.5 * frame.future
    if keys.isdisjoint(_AGAINST):
        return score
    told = keys - (_ELSEWHERE - frame.signs)
    if "accident" in keys and frame.trigger.key in _MISHAPS and set(frame.weapons) <= {"air_strike"}:
        score -= 2.0  # a gas bottle burst, a helicopter fell
    held = frame.type == ABDUCTION  # captors' threats belong to the deed
    for sign, weight in _AGAINST.items():
        if sign in told and not (held and sign == "warning"):
            score -= weight * (0.5 if frame.day is not None and sign != "accident" else 1.0)
    return score


_MISHAPS = frozenset({"explosion", "hit", "kill"})
_TOLD = frozenset({"said", "claim", "no_claim", "damage", "blame"})
_AGAINST = {
    "anniversary": 2.2,
    "trial": 1.4,
    "drill": 2.0,
    "warning": 0.8,
    "plan": 0.7,
    "analysis": 0.5,
    "background": 1.2,
    "condemn": 0.9,
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
    "investigation": 0.8,
}
"""Signs and topics against a fresh event, and how much they weigh."""


def goes_on(headline: Frame, frame: Frame) -> bool:
    """Whether the first sentence only tells more of what the headline puts into a town abroad.

    It may name Iraq beside the deed: "jets hit a depot for arms that came through Iraq".
    """
    town = any(isinstance(h.meaning, Country) and h.meaning.kind == "places" for h in headline.hits.countries)
    return town and frame.lead and frame.place is None and frame.type == headline.type


def leave_abroad(frame: Frame) -> None:
    """A sentence that names no place goes on where the headline's deed lies: in another country."""
    if not frame.foreign:
        frame.foreign = True
        frame.strength -= 2.5
