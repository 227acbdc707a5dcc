"""Opening sentences that only sum up: "20 killed in attacks across Baghdad", then each attack is told.

Such a sentence is no event beside those that it counts. It is known by what it says ("in separate
incidents") or by its figures, which are the sums of those that follow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from worker.domain.understanding.assembly.draft import Draft, kin, same_spot
from worker.domain.understanding.counting.tolls import Toll
from worker.domain.understanding.sentence.families import LOOTING, VIOLENT
from worker.domain.understanding.sentence.frame import ATTACK, CLASH, Frame
from worker.domain.understanding.sentence.joints import kind_of, kinds_told
from worker.domain.understanding.where.whereabouts import adjoin, within
from worker.domain.understanding.words.meanings import Place
from worker.domain.understanding.words.reading import Reading

_KINDS = ("killed", "wounded")


def without_totals(frames: Sequence[Frame]) -> list[Frame]:
    """The frames without headlines and first sentences that sum up what further ones tell one by one."""
    opening = next((f for f in frames if not (f.title or f.support)), None)
    opening = None if opening and opening.entry > 0 else opening  # a line of a list sums up nothing
    later = [f for f in frames if not (f.title or f is opening or f.support) and f.place and f.strength > 0]
    told = [f for f in later if any(t.value for t in f.tolls)]
    kept = [
        f
        for f in frames
        if not ((f.title or f is opening) and _sums_up(f, told))
        and not (f.title and opening and _counts_all(f, [opening, *told]))
        and not (f.title and (_heads_several(f, frames) or _mixes(f, frames) or _lists(f, frames)))
        and not ("summary" in f.signs and f.entry <= 0 and _sums_up(f, _behind(f, told)))
        and not (f is opening and f.generic and f.signs >= {"summary", "separate"} and _set_in_several(later))
    ]
    return kept if any(not f.support for f in kept) else list(frames)


def _set_in_several(later: Sequence[Frame]) -> bool:
    """Whether the text goes on to tell deeds of two and more places: what "separate attacks" before them cost is their sum."""
    return len({f.place.place.id for f in later if f.place and not f.generic}) > 1


def share_last_day(reading: Reading, frames: Sequence[Frame]) -> None:
    """Give the day at the end of a list to all that it lists: "in A gunmen ...; in B a bomb ... on Monday"."""
    for one, following in zip(reversed(frames[:-1]), reversed(frames[1:]), strict=True):
        if one.dated or following.day is None or following.sentence != one.sentence + 1:
            continue
        if ";" in reading.between(reading.sentences[one.sentence][1] - 1):
            one.dated, one.day, one.day_precision = following.dated, following.day, following.day_precision


def _behind(frame: Frame, told: Sequence[Frame]) -> list[Frame]:
    """What the few sentences behind a frame tell."""
    return [f for f in told if 0 < f.sentence - frame.sentence <= _NEAR]


_NEAR = 3


def day_of_totals(frames: Sequence[Frame], kept: Sequence[Frame]) -> Frame | None:
    """The sentence that dates what it sums up, where it was left out."""
    return next((f for f in frames if f not in kept and f.day and f.dated), None)


def _sums_up(frame: Frame, told: Sequence[Frame]) -> bool:
    """Whether a frame tells nothing but what several others tell one by one."""
    if len({f.place.place.id for f in told if f.place}) < 2:
        return False
    if "summary" in frame.signs:
        return not _tells_worst(frame, told)
    sums = [_is_sum(t, told) for t in frame.tolls if t.kind in _KINDS and t.value > 1]
    return bool(sums) and all(sums)


def _tells_worst(frame: Frame, told: Sequence[Frame]) -> bool:
    """Whether a sentence that counts deeds tells one of them itself: "three attacks, the worst in A, where a car bomb killed nine"."""
    spot = frame.place
    if spot is None or not frame.weapons or frame.count is not None or spot.place.type == "governorate":
        return False
    others = [f.place.place for f in told if f.place and f is not frame]
    if any(within(other, spot.place) or within(spot.place, other) for other in others):
        return False
    dead = [t for t in frame.tolls if t.kind == "killed" and t.value]
    return bool(dead) and not any(_is_sum(t, told) for t in dead)


def counting_headlines(frames: Sequence[Frame], kept: Sequence[Frame]) -> list[Frame]:
    """The headlines left out for their sums; of their arms nobody knows where they were used."""
    left = (f for f in frames if f.title and f.tolls and f.strength > 0 and f not in kept)
    return [replace(f, weapons={}) for f in left if f.actors or f.targets]


def _counts_all(frame: Frame, told: Sequence[Frame]) -> bool:
    """Whether a headline's round figure is the sum of those that the text gives from its first sentence on."""
    if len({f.place.place.id for f in told if f.place}) < 2 or frame.count is not None:
        return False
    sums = [_is_sum(t, told) for t in frame.tolls if t.kind in _KINDS and t.value > 1]
    return bool(sums) and all(sums)


def _is_sum(total: Toll, told: Sequence[Frame]) -> bool:
    """Whether a figure is the sum of those that the next two and more frames give."""
    reached, parts = 0, 0
    for frame in told:
        value = next((t.value for t in frame.tolls if t.kind == total.kind), 0)
        reached, parts = reached + value, parts + bool(value)
        if reached >= total.value:
            break
    return parts > 1 and (reached == total.value or _rounded(total.value, reached))


def _rounded(total: int, reached: int) -> bool:
    """Whether a figure is but the round one below another: "more than 140 dead", then 85 and 58."""
    step = 10 if total < 1000 else 100
    return total >= 3 * step and total % step == 0 and 0 < reached - total < step


def _heads_several(frame: Frame, frames: Sequence[Frame]) -> bool:
    """Whether a headline lists the places of deeds that are told one by one and are of different kinds.

    "Nine held, arms seized in A and B", then the arrests in A and the cache in B.
    """
    if not frame.others or frame.place is None or frame.tolls:
        return False
    kinds = set()
    for spot in (frame.place, *frame.others):
        own = {f.type for f in frames if _tells(f) and f.place and f.place.place.id == spot.place.id}
        if len(own) != 1:
            return False
        kinds |= own
    return len(kinds) > 1


def _lists(frame: Frame, frames: Sequence[Frame]) -> bool:
    """Whether a headline lists deeds of several kinds that the text tells one by one, at other places or on other days.

    "Army retakes A, bomb workshop found in school", then the one on Saturday and the other on Sunday.
    """
    heads = [f for f in frames if f.title and f.sentence == frame.sentence]
    kinds = set().union(*(kinds_told(f) for f in heads))
    if len(kinds) < 2 or (_counts_dead(heads) and not _counts_dead([f for f in frames if not f.title])):
        return False
    told = [f for f in frames if _tells(f) and f.strength > 0 and not f.past]
    own = [(kind_of(f), f) for f in told if kind_of(f) in kinds]
    return any(a != b and _set_apart(f, g) for (a, f), (b, g) in combinations(own, 2))


def _counts_dead(frames: Sequence[Frame]) -> bool:
    """Whether any of some sentences tells how many were killed."""
    return any(t.kind == "killed" and t.value for f in frames for t in f.tolls)


def _set_apart(first: Frame, second: Frame) -> bool:
    """Whether two deeds are told of places or of days that cannot be one."""
    if first.sentence == second.sentence:
        return False
    if first.day and second.day and first.day != second.day:
        return True
    here, there = first.place, second.place
    if here is None or there is None:
        return False
    return not (same_spot(here, there) or adjoin(here.place, there.place))


def _mixes(frame: Frame, frames: Sequence[Frame]) -> bool:
    """Whether a headline joins two deeds of the text in one: "clan fight in the south, hand grenade in Karbala".

    Its kind is that of the one deed and its place, named once, that of the other.
    """
    place = frame.place
    if place is None or frame.tolls or frame.others or frame.count is not None:
        return False
    told = [f for f in frames if _tells(f) and f.strength > 0 and f.place]
    kinds = {f.type for f in told if f.place and f.place.place.id == place.place.id}
    if kinds and not any(kin(kind, frame.type) for kind in kinds):
        same = [f.place.place for f in told if f.type == frame.type and f.place]
        if same and not any(within(p, place.place) or within(place.place, p) for p in same):
            return True
    own = [f.place and _meets(f.place.place, place.place) for f in told if f.type == frame.type]
    here = [f for f in told if f.place and f.place.place.governorate == place.place.governorate]
    other = [f for f in here if not kin(f.type, frame.type) and set(f.weapons) & set(frame.weapons)]
    return bool(own) and not any(own) and bool(other)


def _meets(first: Place, second: Place) -> bool:
    """Whether one place can lie in the other."""
    return first.governorate == second.governorate or within(first, second)


def _tells(frame: Frame) -> bool:
    """Whether a sentence of the text tells a deed of its own."""
    return not (frame.title or frame.support or frame.generic or frame.idle)


def _leave_to_others(events: Sequence[Draft]) -> None:
    """Take the headline's toll from the deed beside which it stands, where the text tells it of another one.

    "Arms cache found, a soldier killed", then the cache, and then the bomb that killed one.
    """
    for event in events:
        if not any(f.title for f in event.frames) or all(f.title for f in event.frames):
            continue
        for kind, toll in list(event.tolls.items()):
            body = [t for f in event.frames if not f.title for t in f.tolls if t.kind == kind]
            if body or not toll.value:
                continue
            shares = [
                e.tolls[kind].value
                for e in events
                if e is not event and kind in e.tolls and any(not f.title for f in e.frames)
            ]
            if toll.value in shares or sum(shares) == toll.value:
                del event.tolls[kind]


def share_total(events: Sequence[Draft]) -> None:
    """Where the headline sums up what the text tells event by event, each event keeps its own toll."""
    _leave_to_others(events)
    if len(events) < 2:
        return
    first = events[0]
    for kind, total in list(first.tolls.items()):
        heads = [t for f in first.frames if f.title for t in f.tolls if t.kind == kind]
        own = [t for f in first.frames if not f.title for t in f.tolls if t.kind == kind]
        own = _with_those_after(own)
        others = [e for e in events[1:] if kind in e.tolls]
        rest = sum(e.tolls[kind].value for e in others if _same_day(first, e))
        exact = bool(own) and total.value == own[0].value + sum(e.tolls[kind].value for e in others)
        untold = any(kind not in e.tolls and _kills_elsewhere(first, e) for e in events[1:])
        fits = bool(own) and (exact or 0 < total.value - own[0].value >= rest > -untold)
        if total in heads and (others or untold) and fits and total.value > own[0].value and not own[0].vague:
            first.tolls[kind] = own[0]
            heading = [f for f in first.frames if f.title and not (f.weapons or f.others)]
            for event in events[1:] if own[0].value else ():  # who is said to have done it all
                event.frames += heading
            _leave_targets(events)


def _kills_elsewhere(first: Draft, event: Draft) -> bool:
    """Whether the text tells at another place of a deed in which some of the headline's dead may have fallen."""
    if event.type not in _LETHAL or event.place is None or first.place is None or event.tolls:
        return False
    return event.place.place.id != first.place.place.id and any(not f.title for f in event.frames)


_LETHAL = VIOLENT - {LOOTING}


def _leave_targets(events: Sequence[Draft]) -> None:
    """Of the headline's targets leave each deed those that the text does not tell of another one alone."""
    told = [{k for f in e.frames if not f.title for k in f.targets} for e in events]
    for event, own in zip(events, told, strict=True):
        others = set().union(*told) - own if own else set()
        if not any(f.title and others & f.targets.keys() for f in event.frames):
            continue
        event.frames[:] = [
            replace(f, targets={k: h for k, h in f.targets.items() if k not in others}) if f.title else f
            for f in event.frames
        ]
        kept = next((f for f in event.frames if not (f.title or f.support)), None)
        if kept and {event.type, kept.type} == {
            ATTACK,
            CLASH,
        }:  # whom the headline names beside made it a fight
            event.type = kept.type


def _same_day(first: Draft, second: Draft) -> bool:
    """Whether two events can be of one day."""
    return first.day is None or second.day is None or first.day == second.day


def _with_those_after(own: list[Toll]) -> list[Toll]:
    """The first figure with those who died as well afterwards: "killing six", then "four more died"."""
    late = [t for t in own[1:] if t.later]
    if not own or not late:
        return own
    return [replace(own[0], value=own[0].value + sum(t.value for t in late), most=None)]
