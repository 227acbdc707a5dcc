"""One deed in several places as so many events, each with what is told of its own place alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from worker.domain.understanding.assembly.draft import Draft, kin, same_spot
from worker.domain.understanding.sentence.families import GROUND, PROTESTS, VIOLENT
from worker.domain.understanding.sentence.frame import AIR, BOMB, DISRUPTED, SHELLING, Frame
from worker.domain.understanding.where.places import Located
from worker.domain.understanding.where.whereabouts import within
from worker.domain.understanding.words.meanings import Place
from worker.domain.understanding.words.reading import Hit

LOUD = VIOLENT | PROTESTS
"""Types of which a place's own event is told."""


def settle_there(frames: Sequence[Frame]) -> None:
    """Give what happened "there" to the last place of the list right before it: "hit A and B. Two died there".

    So does a short sentence that only names another governorate's town: "Nor was Mosul spared."
    """
    for before, frame in pairwise(frames):
        if frame.place is not None or before.place is None:
            continue
        if _turns_elsewhere(before, frame, frames):
            frame.place = before.place
        if not before.others:
            continue
        if frame.sentence - before.sentence == 1 and not frame.hits.keys.isdisjoint({"there"}):
            frame.place = max(before.place, *before.others, key=lambda spot: spot.first)


def _turns_elsewhere(before: Frame, frame: Frame, frames: Sequence[Frame]) -> bool:
    """Whether a short sentence without a deed has named where the next one's deed was, and nobody had before."""
    place = before.place
    if (
        not before.support
        or before.tolls
        or frame.support
        or frame.generic
        or place is None
        or not place.inside
    ):
        return False
    if frame.sentence - before.sentence != 1 or before.hits[-1].last - before.hits[0].first > _SHORT:
        return False
    return all(
        f.place is None or f.place.place.governorate != place.place.governorate
        for f in frames
        if f.sentence < before.sentence
    )


_SHORT = 8
"""Words of a sentence at most that only says where the text goes on."""


def split_places(event: Draft, events: Sequence[Draft]) -> list[Draft]:
    """One deed in several places is as many events; only a toll of nobody holds for each.

    A place of which another event is told is left to that one.
    """
    elsewhere = [(e.type, e.place) for e in events if e is not event and e.place and e.type in LOUD]
    lists = [f for f in event.frames if event.place and _lists(f, event.place)]
    frame = next((f for f in lists if not f.title), lists[0] if lists else None)
    if frame is None or event.count is not None or event.type not in _MANIFOLD:
        return [event]
    first = (
        event.place if event.place and frame.place and same_spot(event.place, frame.place) else frame.place
    )
    spots = [*([first] if first else []), *frame.others[:8]]
    told = [[f for f in event.frames if f is not frame and _only_at(f, spot, spots)] for spot in spots]
    known = {(t.kind, t.value) for own in told for f in own for t in f.tolls}
    again = _named_again(frame, spots)
    if again is None:
        again = _where_they_fell(frame, spots)
    if again is not None:
        told[again] = [*told[again], frame]
        known |= {(t.kind, t.value) for t in frame.tolls}
    if any(t.value and (t.kind, t.value) not in known for t in event.tolls.values()):
        return [event]
    parts = []
    for spot, own in zip(spots, told, strict=True):
        if not own and any(_told_there(event, spot, kind, place) for kind, place in elsewhere):
            continue
        part = replace(event, place=spot)
        if any(t.value for t in event.tolls.values()):
            part.tolls = {t.kind: t for f in reversed(own) for t in reversed(f.tolls)}
        dated = next((f for f in own if f.day and f.dated), None)
        if dated is not None and dated.dated is not None:
            part.day, part.day_precision = dated.day, dated.day_precision
            part.dated_at = (dated.dated.first, dated.dated.last)
        parts.append(part)
    return sorted(parts, key=lambda part: part.place.first if part.place else 0) or [event]


def _lists(frame: Frame, place: Located) -> bool:
    """Whether a frame lists a place with others."""
    return bool(frame.others) and any(o and same_spot(place, o) for o in (frame.place, *frame.others))


def _told_there(event: Draft, spot: Located, kind: str, place: Located) -> bool:
    """Whether another event is told of a place: of the same, or of one in it where it may be the same deed."""
    return spot.place.id == place.place.id or (kin(event.type, kind) and same_spot(spot, place))


def _named_again(frame: Frame, spots: Sequence[Located]) -> int | None:
    """Which of the places of a list is named once more with the toll: "bombed A and B: nine died in A"."""
    end = max(spot.last for spot in spots)
    if not frame.tolls or any(t.first < end for t in frame.tolls):
        return None
    later = {h.key for h in frame.hits.places if h.first >= end}
    again = [i for i, spot in enumerate(spots) if f"place:{spot.place.id}" in later]
    return again[0] if len(again) == 1 and len(later) == 1 else None


def _where_they_fell(frame: Frame, spots: Sequence[Located]) -> int | None:
    """Behind which of the places of a list the dead are told: "bombed A and B, where two died"."""
    words = frame.hits.of("where")
    if not words or not frame.tolls:
        return None
    word = max((h for h in words if h.last <= min(t.first for t in frame.tolls)), key=_at, default=None)
    if word is None:
        return None
    before = [i for i, spot in enumerate(spots) if 0 <= word.first - spot.last <= _BEARING]
    behind = [s for s in spots if s.first >= word.last]
    if any(s.first < t.first for s in behind for t in frame.tolls):
        return None
    return max(before, key=lambda i: spots[i].first, default=None)


_BEARING = 6
"""Words between a place and "where", which may tell a bearing."""


def _at(hit: Hit) -> int:
    """Where words stand."""
    return hit.first


def _only_at(frame: Frame, spot: Located, spots: Sequence[Located]) -> bool:
    """Whether a frame tells what happened at one place of several."""
    if not frame.place or frame.others or not same_spot(frame.place, spot):
        return False
    if frame.place.place.id != spot.place.id and any(
        o is not spot and same_spot(frame.place, o) for o in spots
    ):
        return False
    if "there" in frame.hits.keys:
        return True
    if frame.hits and frame.place.last <= frame.hits[0].first:
        return False  # the headline's place, which the sentence does not name itself
    end = max((t.last for t in frame.tolls), default=frame.hits[-1].last if frame.hits else 0)
    end = max(end, frame.place.last)  # "one died at A, said those who gave no figures for B"
    named = [h.meaning for h in frame.hits.places if isinstance(h.meaning, Place) and h.first < end]
    rest = [one.place for one in spots if one.place.id != spot.place.id]
    return not any(within(a, b) and not within(a, spot.place) for a in named for b in rest)


_MANIFOLD = frozenset({AIR, SHELLING, BOMB, DISRUPTED, "Peaceful protest"}) | GROUND
"""Types that reports give for several places at once."""
