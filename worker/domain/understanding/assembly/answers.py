"""What a deed was answered with, told in a further sentence: suspects seized, jets that struck back, a crowd that marched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from worker.domain.understanding.sentence.families import ASSAULTS, BLASTS, MARCHES, RIOTS
from worker.domain.understanding.sentence.frame import AIR, DISRUPTED, SHELLING, Frame
from worker.domain.understanding.who.pruning import ABROAD, REBELS, STATE

if TYPE_CHECKING:
    from worker.domain.understanding.assembly.draft import Draft


def answered(events: Sequence[Draft], frame: Frame) -> bool:
    """Whether a further sentence tells what forces did next: suspects arrested, jets that struck where rebels hid."""
    if frame.title or frame.lead or frame.generic or "background" in frame.signs:
        return False
    if frame.type == "Arrests" and any(
        e.type in RIOTS and e.day and frame.day and e.day < frame.day for e in events
    ):
        return not (frame.foreign or _denied(frame))  # who set fire to an office was seized the day after
    if any(e.type == frame.type or e.type not in _ANSWERED for e in events):
        return False
    if frame.type == "Arrests":
        return frame.trigger.key in ("arrest", "abduction") and not (frame.foreign or _denied(frame))
    if frame.type in MARCHES:
        return _takes_to_the_street(events, frame)
    rebels = any(not REBELS.isdisjoint(f.actors) for e in events if e.type in ASSAULTS for f in e.frames)
    return (
        frame.type == AIR
        and "air_strike" in frame.weapons
        and (rebels or not STATE.isdisjoint(frame.actors))
        and not any(e.type in (SHELLING, DISRUPTED) for e in events)
    )


def _denied(frame: Frame) -> bool:
    """Whether nobody was seized, or not yet: "no one was arrested", German "Festnahmen gab es keine", "vowed to arrest"."""
    at = frame.trigger
    if any(0 <= at.first - m.last <= 4 for m in frame.hits.of("demand")):
        return True
    return any(
        -3 <= no.first - at.last <= 3 or 0 <= at.first - no.last <= 3 for no in frame.hits.of("negation")
    )


def strikes_back(event: Draft, frame: Frame) -> bool:
    """Whether a further sentence tells that jets struck where rebels had attacked on foot: "after that aircraft bombed the area"."""
    if frame.title or frame.lead or frame.generic or frame.type != AIR or "air_strike" not in frame.weapons:
        return False
    if event.type not in ASSAULTS or (STATE | ABROAD).isdisjoint(frame.actors):
        return False
    told = [f for f in event.frames if not f.title and not f.support]
    return any(not REBELS.isdisjoint(f.actors) and not f.weapons.keys() & _FLOWN for f in told)


_FLOWN = frozenset({"air_strike", "drone"})


def _takes_to_the_street(events: Sequence[Draft], frame: Frame) -> bool:
    """Whether a crowd answers the deed with a march of its own: somewhere, later, at a funeral, or against a house."""
    if frame.foreign or frame.trigger.key not in ("protest", "riot"):
        return False
    if frame.strength < (_PLAIN if frame.hits.keys.isdisjoint({"demand"}) else 0.0):
        return False
    if any(e.type in RIOTS | MARCHES for e in events):
        return False
    own = frame.place is not None or frame.day is not None or "separate" in frame.signs
    return own or not frame.hits.keys.isdisjoint({"funeral"}) or bool(frame.targets.keys() & _HOUSES)


_HOUSES = frozenset({"embassy", "party_office", "base"})
_PLAIN = 0.9
"""From this strength on a march is told as news and not recalled."""


_ANSWERED = BLASTS | ASSAULTS | {DISRUPTED, "Government regains territory"}
