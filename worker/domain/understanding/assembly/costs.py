"""Sentences that tell no deed of their own, only whom the one before cost."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.assembly.draft import MANY, WEAK, Draft
from worker.domain.understanding.counting.unhurt import only_unhurt
from worker.domain.understanding.sentence.families import FIGHTS, PROTESTS, VIOLENT
from worker.domain.understanding.sentence.frame import AIR, BOMB, SHELLING, Frame
from worker.domain.understanding.where.whereabouts import within


def cost_of(old: Frame, frame: Frame) -> bool:
    """Whether a sentence only tells whom the accident that the first sentence tells cost."""
    bare = frame.generic and frame.trigger.key in ("kill", "hit") and not (frame.weapons or frame.actors)
    return bare and frame.place is None and 0 < frame.sentence - old.sentence <= 2


def counted_in_hospital(last: Draft, frame: Frame) -> bool:
    """Whether a sentence only gives the dead and hurt of the deed before it, and the place is the hospital's or who counted them's."""
    if not frame.generic or frame.trigger.key not in ("kill", "wounded") or not frame.tolls:
        return False
    if frame.title or frame.lead or frame.day or frame.weapons or frame.actors or last.place is None:
        return False
    spot = frame.place
    if spot is None or "separate" in frame.signs or frame.sentence - last.frames[-1].sentence != 1:
        return False
    counters = frame.hits.of("hospital", "taken_to", "speaker")
    return any(max(spot.first - h.last, h.first - spot.last) <= _WARD for h in counters)


def leave_cost(last: Draft, frame: Frame) -> None:
    """Give the dead and hurt of a sentence that tells no deed of its own to the one right before it, which has none."""
    if frame.title or frame.past or frame.sentence - last.frames[-1].sentence > 1 or last.tolls:
        return
    if last.type not in VIOLENT | PROTESTS or not frame.signs.isdisjoint(_OF_OLD):
        return
    spot = frame.place
    if spot is not None and (last.place is None or not within(last.place.place, spot.place)):
        return
    for toll in frame.tolls:
        if toll.value and not toll.total:
            last.tolls.setdefault(toll.kind, toll)


_WARD = 3
"""Words between a hospital or a source and its town."""


def cost_of_series(last: Draft, frame: Frame) -> bool:
    """Whether a clause tells whom attacks that were just counted killed: "35 attacks since June; seven guards lost their lives"."""
    if last.count is None or last.count < MANY or last.tolls or not frame.generic or not frame.tolls:
        return False
    if frame.trigger.key not in ("kill", "wounded") or frame.place or frame.title or frame.weapons:
        return False
    told = last.frames[-1]
    return told.count is not None and frame.sentence - told.sentence <= 1


def says_of_it(events: Sequence[Draft], frame: Frame) -> bool:
    """Whether a sentence that tells too little for a deed tells how many the one right before it hurt."""
    if not frame.tolls or frame.title:
        return False
    if not _calls_it_a_brawl(events, frame) and (not frame.generic or frame.strength >= WEAK or frame.idle):
        return False
    old = _OF_OLD - (
        {"background"} if only_unhurt(frame) else set()
    )  # "nobody was hurt, most had left already"
    if frame.place or frame.day or frame.past or frame.foreign or not frame.signs.isdisjoint(old):
        return False
    return any(frame.sentence - e.frames[-1].sentence == 1 for e in events)


def _calls_it_a_brawl(events: Sequence[Draft], frame: Frame) -> bool:
    """Whether a sentence tells whom a fight cost that it only calls a brawl or a quarrel, as of ordinary crime."""
    return bool(events) and events[-1].type in FIGHTS and frame.idle and "ordinary_crime" in frame.hits.keys


_OF_OLD = frozenset(
    {"background", "toll_background", "anniversary", "trial", "analysis", "drill", "accident"}
)


def cost_of_next_blow(last: Draft, frame: Frame) -> bool:
    """Whether a clause without a verb of its own tells whom the second of two blows killed: "two strikes: first A ...; then B, which left one dead"."""
    if not frame.generic or frame.trigger.key not in ("kill", "wounded") or frame.actors or frame.title:
        return False
    if last.type not in (AIR, SHELLING, BOMB) or frame.place is None or not frame.place.inside:
        return False
    heads = [f for f in last.frames if f.title and f.others]
    named = any(o.place.id == frame.place.place.id for f in heads for o in (*f.others, f.place) if o)
    return named and frame.sentence - last.frames[-1].sentence == 1
