"""A sentence's deed told place by place: so many frames, each with its own share of the count or the dead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from worker.domain.understanding.counting.tallies import first_and_second, people_by_place, shares_of
from worker.domain.understanding.sentence.clauses import Clause
from worker.domain.understanding.sentence.frame import Frame, Scene
from worker.domain.understanding.sentence.marches import taken_by_day
from worker.domain.understanding.when.calendar import Dated
from worker.domain.understanding.where.places import Located
from worker.domain.understanding.words.meanings import Place
from worker.domain.understanding.words.reading import Hit


def place_by_place(scene: Scene, frame: Frame, dates: Sequence[Dated], part: Clause) -> list[Frame]:
    """The frame of a clause, or one for each place of which the clause tells apart."""
    return [one for share in _shares(frame) for one in _by_place(scene, share, dates, part)]


def _by_place(scene: Scene, frame: Frame, dates: Sequence[Dated], part: Clause) -> list[Frame]:
    """One frame a place where a sentence gives the dead of each: "nine in Hilla and four in Kut"."""
    if frame.share or frame.count is not None:
        return [frame]
    if taken := taken_by_day(scene, frame, dates):
        return taken
    if (spots := first_and_second(frame.hits)) and not any(t.value for t in frame.tolls):
        return [_at(frame, spot) for spot in spots]
    dead = [t for t in frame.tolls if t.kind == "killed" and t.value]
    if not dead and frame.type != "Arrests" and "neutralised" not in frame.hits.keys:
        return [frame]
    told = people_by_place(scene, frame, dates, (part.first, part.last))
    values = [n.value for _, n in told]
    if not told or (dead and not {t.value for t in dead} & {*values, sum(values)}):
        return [frame]
    found = []
    for spot, number in told:
        if isinstance(spot.meaning, Place):
            place = Located(spot.meaning, spot.first, spot.last)
            own = [
                replace(t, value=number.value, first=number.first, last=number.last, parts=())
                for t in dead[:1]
            ]
            found.append(replace(frame, place=place, others=(), tolls=own))
    return found or [frame]


def _at(frame: Frame, spot: Hit) -> Frame:
    """The frame at one of several places."""
    if not isinstance(spot.meaning, Place):
        return frame
    place = Located(spot.meaning, spot.first, spot.last, near=True)
    return replace(frame, place=place, others=(), landmark=None)


def _shares(frame: Frame) -> list[Frame]:
    """One frame a place where a sentence counts place by place: "five strikes near A, three near B"."""
    shares = shares_of(frame.counts)
    found = []
    for one in shares:
        if one.place is None or not isinstance(one.place.meaning, Place):
            continue
        spot = Located(one.place.meaning, one.place.first, one.place.last, near=True)
        count = one.value if one.value > 1 else None
        found.append(
            replace(frame, place=spot, others=(), count=count, count_at=(one.first, one.last), share=True)
        )
    return found or [frame]
