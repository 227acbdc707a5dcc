"""Which sentences that speak of no event told before tell a further one, and are no mere mention."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.assembly.answers import answered
from worker.domain.understanding.assembly.apart import (
    another_deed,
    another_of,
    burnt_by_others,
    ends_fight,
    found_later,
    launchers,
    led_from_crowd,
    moves_on,
    one_more,
    opens_elsewhere,
)
from worker.domain.understanding.assembly.draft import MANY, Draft, kin, same_spot
from worker.domain.understanding.assembly.entries import same_entry
from worker.domain.understanding.assembly.joining import TOLD, other_bearing, part_of_many
from worker.domain.understanding.sentence.families import TRANSFER
from worker.domain.understanding.sentence.frame import DISRUPTED, Frame
from worker.domain.understanding.where.places import VALLEY


def stands_alone(events: Sequence[Draft], frame: Frame) -> bool:
    """Whether a frame that fits no event is a further event and no mere mention."""
    if not same_entry(events[-1].frames[-1], frame) and not frame.quiet:
        return True
    if any(launchers(e, frame) for e in events) or led_from_crowd(events[-1], frame):
        return False
    bearing = any(other_bearing(e, frame) for e in events)
    own = (
        (frame.place is not None or bearing)
        + (frame.day is not None and not (frame.dated and frame.dated.weak))
        + bool(frame.tolls)
        + ("separate" in frame.signs or bool(frame.dated and frame.dated.later))
    )
    own += frame.share or frame.title or any(f.sentence == frame.sentence for e in events for f in e.frames)
    own += "similar" in frame.hits.keys and "separate" in frame.signs
    own += any(part_of_many(e, frame) for e in events) + 2 * another_of(events[-1], frame)
    if frame.type == TRANSFER and frame.actors and _another_town(events, frame):
        return True
    own += any(opens_elsewhere(e, frame) for e in events) + moves_on(events, frame)
    if frame.series or another_deed(events, frame) or answered(events, frame) or ends_fight(events, frame):
        return True
    own += 2 * (frame.count is not None and frame.count >= MANY) + bool(frame.others)
    recalled = "background" in frame.signs
    if frame.generic and frame.place and any(t.value for t in frame.tolls) and not recalled:
        own += not any(e.place and same_spot(e.place, frame.place) for e in events)  # dead elsewhere
    own += bool(events) and one_more(events[-1], frame)
    own += _elsewhere(events, frame) or _opens_at(events, frame)
    if frame.generic or frame.quiet:
        return own >= 3
    same = any(
        kin(e.type, frame.type) and not (burnt_by_others(e, frame) or found_later(e, frame)) for e in events
    )
    firm = 1.2 if "separate" in frame.signs and frame.type != DISRUPTED else 1.6
    if same:
        return own >= 2
    return own >= 1 and frame.strength > (1.0 if own >= 2 and frame.dated and frame.dated.later else firm)


def _another_town(events: Sequence[Draft], frame: Frame) -> bool:
    """Whether a further sentence names a town or base of its own that changed hands."""
    spot = frame.place
    if spot is None or spot.near or spot.exactness <= VALLEY or "background" in frame.signs:
        return False
    return all(e.place is not None and not same_spot(e.place, spot) for e in events)


def _elsewhere(events: Sequence[Draft], frame: Frame) -> bool:
    """Whether a blow of its own type is told at an exact place, in another governorate than all that is told before."""
    spot = frame.place
    if frame.generic or frame.type not in TOLD or spot is None or spot.near or spot.exactness <= VALLEY:
        return False
    if frame.strength < _FIRM or "background" in frame.signs or spot.place.governorate is None:
        return False
    known = [e.place for e in events if e.place]
    return bool(known) and all(p.place.governorate not in (None, spot.place.governorate) for p in known)


def _opens_at(events: Sequence[Draft], frame: Frame) -> bool:
    """Whether a sentence opens with an exact place of its own and tells a blow of its own type: "And in Amil a bomb went off"."""
    spot = frame.place
    if frame.generic or frame.title or frame.lead or spot is None or spot.near or spot.exactness <= VALLEY:
        return False
    if frame.strength < _FIRM or "background" in frame.signs or not spot.inside or not frame.hits:
        return False
    opens = spot.first - frame.hits[0].first <= _OPENS
    return opens and all(e.place is not None and not same_spot(e.place, spot) for e in events)


_OPENS = 2
"""Words before a place that a sentence opens with."""
_FIRM = 2.0
