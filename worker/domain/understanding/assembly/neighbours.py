"""What an event without a place takes from the sentences around it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from worker.domain.understanding.assembly.draft import MANY, Draft, kin
from worker.domain.understanding.assembly.entries import same_entry
from worker.domain.understanding.sentence.frame import DISRUPTED, Frame
from worker.domain.understanding.where.places import Located
from worker.domain.understanding.where.whereabouts import sharpen


def _set_elsewhere(event: Draft, frames: Sequence[Frame]) -> bool:
    """Whether a further event's own words say that it lies somewhere else, without saying where.

    "Elsewhere in Iraq", "in western Iraq"; or a bearing from a town that no other sentence tells of.
    """
    own = event.frames[0]
    if own.title or not any(f is not own and f.place for f in frames):
        return False
    if "elsewhere" in own.hits.keys:
        return True
    return "separate" in own.signs and event.landmark is not None


def _anothers(frame: Frame, event: Draft, events: Sequence[Draft]) -> bool:
    """Whether a later sentence tells a deed of another kind, an event of its own: where that was says nothing of this one."""
    if frame.sentence <= event.frames[-1].sentence:
        return False
    owner = next((e for e in events if any(f is frame for f in e.frames)), None)
    return owner is not None and owner is not event and not kin(owner.type, event.type)


def _only_place(event: Draft, events: Sequence[Draft]) -> Located | None:
    """The one place of all that a text tells, for a later deed without one: clans fight in Dayr, and nineteen are held."""
    if event is events[0] or event.frames[0].entry or (event.day is None and event.type not in _FOLLOWS):
        return None
    spots = [e.place for e in events if e is not event]
    first = spots[0]
    if first is None or any(s is None or s.place.id != first.place.id for s in spots):
        return None
    return first


_FOLLOWS = frozenset({"Arrests", DISRUPTED})
"""What follows a deed where that was."""


def inherit_place(event: Draft, events: Sequence[Draft], frames: Sequence[Frame]) -> None:
    """Fill the place from sentences around that report no deed of another kind, or from the event before ("in the same town")."""
    if event.place is None and "same_place" in event.frames[0].hits.keys:
        event.place = next((before.place for before, one in pairwise(events) if one is event), None)
    if event.place is None and event.count is None and not _set_elsewhere(event, frames):
        told = [f for f in frames if same_entry(event.frames[0], f) and not _anothers(f, event, events)]
        near = sorted(told, key=lambda f: abs(f.sentence - event.frames[0].sentence))
        own = sharpen(None, event.landmark)  # "north of Baquba" is not where the sentence before lies
        for frame in near:
            if (
                frame.place is not None
                and frame.place.place.type != "river"
                and (own is None or frame.place.place.governorate == own.place.governorate)
                and not frame.past
                and abs(frame.sentence - event.frames[0].sentence) <= 3
            ):
                event.place = sharpen(frame.place, frame.landmark)
                break
        if event.place is None and own is None:
            event.place = _only_place(event, events)
    if event.count is None or event.count < MANY:
        event.place = sharpen(event.place, event.landmark)
