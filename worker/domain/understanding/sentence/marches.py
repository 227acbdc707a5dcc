"""Towns taken one after the other: on several days in one sentence, or by a further sentence that only says "entered"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from worker.domain.understanding.counting.tolls import Toll
from worker.domain.understanding.sentence.families import GROUND
from worker.domain.understanding.sentence.frame import Frame, Scene
from worker.domain.understanding.when.calendar import Dated
from worker.domain.understanding.where.places import EXACTNESS, Located, located
from worker.domain.understanding.where.whereabouts import within
from worker.domain.understanding.who.pruning import REBELS
from worker.domain.understanding.words.meanings import Actor
from worker.domain.understanding.words.reading import Hit

if TYPE_CHECKING:
    from worker.domain.understanding.assembly.draft import Draft


def taken_by_day(scene: Scene, frame: Frame, dates: Sequence[Dated]) -> list[Frame]:
    """One frame a town where a sentence gives the day of each: "took Rawa on Saturday after al-Qaim on Friday".

    Where the first town stands before the first day each day closes its towns, else it opens them.
    """
    if frame.type not in GROUND or len(frame.hits.places) < 2:
        return []
    days = [
        d for d in _told(dates) if d.day and d.precision == 1 and not (d.future or d.past or d.span or d.weak)
    ]
    if len({d.day for d in days}) < 2:
        return []
    found = located(scene.reading, frame.hits, scene.lexicon, scene.tongue)
    towns = [t for t in found if not (t.landmark or t.near) and t.exactness >= EXACTNESS["district"]]
    pairs = _paired(towns, days)
    if len({t.place.id for t, _ in pairs}) < 2 or len({d.day for _, d in pairs}) < 2:
        return []
    tolls: dict[int, list[Toll]] = {}
    told = [(at, town.first) for town, day in pairs for at in (town.first, day.first)]
    for toll in frame.tolls:
        before = [one for one in told if one[0] < toll.first]
        tolls.setdefault((max(before) if before else min(told))[1], []).append(toll)
    return [
        replace(
            frame,
            place=town,
            others=(),
            landmark=None,
            tolls=tolls.get(town.first, []),
            dated=dated,
            day=dated.day,
            day_precision=1,
        )
        for town, dated in pairs
    ]


def _told(dates: Sequence[Dated]) -> list[Dated]:
    """The days of a sentence, "the next day" counted from the one before it: "A fell on Saturday, B the day after"."""
    days: list[Dated] = []
    for dated in dates:
        before = days[-1].day if days else None
        if before is not None and dated.later > 0 and dated.day is None:
            days.append(replace(dated, day=before + timedelta(days=dated.later), precision=1))
        else:
            days.append(dated)
    return days


def _paired(towns: Sequence[Located], days: Sequence[Dated]) -> list[tuple[Located, Dated]]:
    """Each town with its day, in text order."""
    row: list[Located | Dated] = sorted((*towns, *days), key=lambda one: one.first)
    pairs: list[tuple[Located, Dated]] = []
    waiting: list[Located] = []
    last: Dated | None = None
    closes = isinstance(row[0], Located) if row else False
    for one in row:
        if isinstance(one, Located):
            if closes or last is None:
                waiting.append(one)
            else:
                pairs.append((one, last))
            continue
        if closes and not waiting:
            closes = False  # two days in a row: the second opens what follows
        pairs += [(town, one) for town in waiting]
        waiting, last = [], one
    return pairs + [(town, last) for town in waiting if last is not None]


def goes_on_taking(events: Sequence[Draft], frame: Frame) -> None:
    """Let whoever took the towns told before take the next: "then they took Ana", "on Sunday they entered Rutba"."""
    if frame.trigger.key not in _TAKING or not events or frame.future or "plan" in frame.signs:
        return
    before = next((e for e in reversed(events) if e.type in GROUND), None)
    if before is not None and frame.trigger.key == "enter" and _same_ground(before, frame):
        frame.type, frame.rank, frame.idle, frame.quiet = before.type, before.rank, False, False
        return
    if before is None or frame.sentence - before.frames[-1].sentence > _NEAR or _names_doer(before, frame):
        return
    if frame.trigger.key in ("enter", "hit") and not _further_town(before, frame.place):
        return
    if frame.trigger.key == "hit" and not _fell(frame):
        return
    doers = {k: v for f in before.frames for k, v in f.actors.items()}
    if frame.type == before.type:
        frame.actors = frame.actors or doers
    elif frame.trigger.key in ("enter", "take_ground", "hit"):
        frame.type, frame.rank, frame.actors = before.type, before.rank, doers
        frame.idle = frame.stale = frame.quiet = frame.generic = False
        frame.strength = max(frame.strength, before.strength)


def _names_doer(before: Draft, frame: Frame) -> bool:
    """Whether somebody else under arms stands before the verb or right behind it: no mere "they", "the same fighters"."""
    doers = {a for f in before.frames for a in f.actors}
    armed = [h for h in frame.hits if isinstance(h.meaning, Actor) or h.key in _ARMED]
    armed = [h for h in armed if h.first <= frame.trigger.last + 1]
    rebels = bool(doers) and doers <= REBELS
    return any(not (rebels and h.key in _THEY and _nameless(armed)) for h in armed)


def _nameless(armed: Sequence[Hit]) -> bool:
    """Whether words for those under arms name no party."""
    return not any(isinstance(h.meaning, Actor) and h.key not in _NOBODY for h in armed)


def _same_ground(before: Draft, frame: Frame) -> bool:
    """Whether those who took a town are told again to enter it: how it was taken, and no move of its own."""
    old, new = before.place, frame.place
    doers = {k for f in before.frames for k in f.actors}
    if old is None or new is None or not frame.actors or not doers.issuperset(frame.actors):
        return False
    return old.place.id == new.place.id or within(new.place, old.place) or within(old.place, new.place)


def _further_town(before: Draft, place: Located | None) -> bool:
    """Whether a place is an exact one that the towns taken before neither hold nor lie in."""
    if place is None or place.near or place.exactness < EXACTNESS["district"]:
        return False
    old = before.place.place if before.place else None
    return old is None or not (within(place.place, old) or within(old, place.place))


def _fell(frame: Frame) -> bool:
    """Whether the town itself is what fell, and no rocket on it: "Qaim, on the border, fell on Friday"."""
    place, trigger = frame.place, frame.trigger
    return not frame.weapons and place is not None and 0 <= trigger.first - place.last <= _ASIDE


_ASIDE = 6
"""Words between a town and the verb that says that it fell."""
_TAKING = frozenset({"enter", "take_ground", "overrun", "retake", "hit"})
_ARMED = frozenset({"army", "security_forces", "militants", "militia", "gunmen", "pro_iran"})
_THEY = frozenset({"militants", "gunmen"})
_NOBODY = frozenset({"actor:insurgents"})
_NEAR = 2
