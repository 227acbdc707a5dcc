"""An event while the frames of a text are being put together, and which frames speak of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from worker.domain.understanding.assembly.answers import answered, strikes_back
from worker.domain.understanding.assembly.apart import (
    another_deed,
    another_of,
    at_odds,
    burnt_by_others,
    ends_fight,
    found_later,
    found_of_captives,
    is_its_cost,
    is_the_means,
    launchers,
    led_from_crowd,
    moves_on,
    one_more,
    opens_elsewhere,
)
from worker.domain.understanding.assembly.entries import same_entry
from worker.domain.understanding.assembly.headlines import (
    beside_headline,
    crowd_from,
    crowd_of_headline,
    greater_town,
    headline_of_origin,
    home_of_victims,
    marched_in,
    meets,
    murdered_by_bomb,
    other_half,
    repelled_again,
    said_bombed,
    stormed_again,
    told_nearby,
    told_twice,
)
from worker.domain.understanding.counting.losses import opposed
from worker.domain.understanding.counting.tolls import Toll
from worker.domain.understanding.sentence.families import (
    BLASTS,
    FIGHTS,
    GROUND,
    LOOTING,
    PROTESTS,
    TRANSFER,
    VIOLENT,
)
from worker.domain.understanding.sentence.frame import AIR, ATTACK, BOMB, CLASH, DISRUPTED, SHELLING, Frame
from worker.domain.understanding.where.places import EXACTNESS, VALLEY, Located
from worker.domain.understanding.where.whereabouts import WIDE_AROUND, within
from worker.domain.understanding.words.meanings import Concept, Place

MANY = 5
"""From so many attacks on a count is a summary of its own, of no one place."""


@dataclass(slots=True)
class Draft:
    """An event while the frames of a text are being put together."""

    type: str
    rank: int
    generic: bool
    frames: list[Frame]
    place: Located | None = None
    day: date | None = None
    day_precision: int | None = None
    dated_at: tuple[int, int] | None = None
    weak_day: bool = False
    tolls: dict[str, Toll] = field(default_factory=dict)
    count: int | None = None
    count_at: tuple[int, int] | None = None
    own_count: bool = False
    share: bool = False
    """A place's part of attacks that are counted place by place."""
    strength: float = 0.0
    landmark: Located | None = None
    fixed: bool = False
    """A device that needs nobody to carry it was named."""


def kin(first: str, second: str) -> bool:
    """Whether two types can be two views of one deed."""
    if first == second:
        return True
    pair = {first, second}
    return (
        pair <= FIGHTS | GROUND
        or pair <= PROTESTS | {"Mob violence"}
        or pair <= {ATTACK, "Excessive force against protesters"}
        or pair <= {BOMB, "Suicide bomb"}
        or pair == {"Chemical weapon", SHELLING}  # gas comes in shells
        or (LOOTING in pair and bool(pair & (BLASTS | {"Violent demonstration"})))
        or (DISRUPTED in pair and bool(pair & BLASTS))
        or pair == {"Change to group/activity", TRANSFER}
        or (TRANSFER in pair and bool(pair & GROUND))
    )


def home_of(events: Sequence[Draft], frame: Frame) -> Draft | None:
    """The event that a frame speaks of: of those that it can join the likest, of like ones the first."""
    open_to = [e for e in events if joins(e, frame)]
    return max(open_to, key=lambda e: _likeness(e, frame), default=None)


def _likeness(event: Draft, frame: Frame) -> float:
    """How much type, place and toll of a frame speak for an event."""
    score = 1.0 * (event.type == frame.type)
    if event.place and frame.place:
        score += 1.0 + (event.place.place.id == frame.place.place.id)
    for toll in frame.tolls:
        known = event.tolls.get(toll.kind)
        if known and known.value and toll.value:
            score += 1.0 if known.value == toll.value else -0.5
    untold = any(t.kind not in event.tolls for t in frame.tolls)
    goes_on = untold and frame.place is None and frame.sentence - event.frames[-1].sentence == 1
    # "The raids came after midnight" goes on with what has just been told, not with a headline's other deed.
    counts = any(t.value for t in frame.tolls)  # "this attack hurt nobody" is of the last one
    close = frame.generic and not counts and frame.sentence - event.frames[-1].sentence == 1
    return (
        score + 0.4 * goes_on + 1.1 * (close and frame.place is None and not frame.title and not frame.lead)
    )


def joins(event: Draft, frame: Frame) -> bool:
    """Whether a frame speaks of this event."""
    if not same_entry(event.frames[-1], frame):
        return False
    if any(f.sentence == frame.sentence for f in event.frames):
        # Clauses of one sentence are told apart because they tell different deeds.
        return _other_side(event, frame) or _its_toll(event, frame)
    if frame.series or any(f.series for f in event.frames):
        return frame.count is not None and frame.count == event.count and not event.share
    if frame.share:
        here = event.place and frame.place and event.place.place.id == frame.place.place.id
        return bool(here) and event.type == frame.type and event.count in (None, frame.count)
    if frame.count is not None and frame.count == event.count and not event.share:
        return True
    told = (frame.place or (frame.landmark and frame.day)) and (bool(frame.tolls) or one_more(event, frame))
    told = told or (
        frame.place is not None and "similar" in frame.hits.keys
    )  # "another device hit a similar convoy"
    turns = _turns_first(frame) or bool(frame.dated and frame.dated.later)
    separate = turns and (not frame.generic or told)
    separate = separate and not all(f.title for f in event.frames)
    vague = (frame.generic or event.generic) and {event.type, frame.type} <= VIOLENT | {DISRUPTED}
    vague = vague or (
        event.generic
        and frame.lead
        and frame.type in PROTESTS | {"Mob violence"}
        and event.frames[-1].title
        and not (event.tolls and not (event.place and frame.place and meets(event, frame)))
    )
    vague = vague and not strikes_back(event, frame)
    alike = (
        kin(event.type, frame.type)
        or vague
        or bombed_first(event, frame)
        or said_bombed(event, frame)
        or is_the_means(event, frame)
    )
    alike = alike or is_its_cost(event, frame)
    headed = heads(event, frame) or told_again(event, frame)
    headed = headed or found_of_captives(event, frame)
    headed = headed or crowd_of_headline(event, frame) or marched_in(event, frame)
    headed = headed or repelled_again(event, frame) or stormed_again(event, frame)
    headed = headed or murdered_by_bomb(event, frame)
    if not alike and not headed and not _same_toll(event, frame):
        return False
    if other_half(event, frame):
        return False
    if (
        (event.count is None) != (frame.count is None)
        and frame.count is not None
        and event.frames[0].sentence > 0
    ):
        return False
    apart = event.place and frame.place and not meets(event, frame) and not told_twice(event, frame)
    apart = apart and not (frame.place and frame.place.aside)  # where those came from who were stopped here
    apart = apart and not borrowed(event)
    apart = apart and (event.place is None or event.place.exactness > EXACTNESS["river"])
    apart = apart and not told_nearby(event, frame) and not greater_town(event, frame)
    apart = apart and not headline_of_origin(event, frame) and not crowd_from(event, frame)
    apart = apart and not (repelled_again(event, frame) and _one_province(event, frame))
    if apart and not (headed and _named_again(event, frame)) and not beside_headline(event, frame):
        return False
    if _part_of_many(event, frame) or _other_bearing(event, frame) or found_later(event, frame):
        return False
    if burnt_by_others(event, frame) or opens_elsewhere(event, frame) or another_deed([event], frame):
        return False
    if at_odds(event, frame) or (vague and _other_victims(event, frame)):
        return False
    firm = not event.weak_day and not (frame.dated and frame.dated.weak)
    if event.day and frame.day and firm and abs((event.day - frame.day).days) > 1:
        return False
    fresh = frame.place is not None or frame.day is not None or any(t.value for t in frame.tolls)
    return not (separate and not frame.title and not frame.lead and fresh)


def _turns_first(frame: Frame) -> bool:
    """Whether a sentence turns to something else before it tells its deed: what "also" adds behind it is of the same."""
    if "separate" not in frame.signs:
        return False
    told = frame.hits.of("separate")
    return not told or any(h.first <= frame.trigger.last for h in told)


def heads(event: Draft, frame: Frame) -> bool:
    """Whether the headline says no more than that there was violence, and the first sentence what it was.

    "Massacre in Karrada", then a suicide bomb there; "Raid on a village", then the village and its dead.
    """
    cried = (
        frame.title and frame.type in BLASTS and all(f.trigger.key == "massacre" for f in event.frames)
    )  # "Massacre: truck bomb ..."
    if event.type not in FIGHTS or frame.type not in _TOLD or event.tolls or event.day:
        return False
    if not (frame.lead or cried):
        return False
    arms, doers = set(frame.weapons), set(frame.actors)
    return all(
        f.title and f.count is None and set(f.weapons) <= arms and (not f.actors or set(f.actors) & doers)
        for f in event.frames
    )


def told_again(event: Draft, frame: Frame) -> bool:
    """Whether the first sentence tells the headline's deed and more of it: "attack foiled", then the arrests it took."""
    if not frame.lead or event.type == frame.type or {event.type, frame.type} & PROTESTS:
        return False
    head = event.frames[0].trigger.key
    return head in _SEQUELS and head in frame.hits.keys and all(f.title for f in event.frames)


_SEQUELS = frozenset({"foil", "release"})
_TOLD = VIOLENT | {DISRUPTED, "Arrests", "Abduction/forced disappearance"}


def _named_again(event: Draft, frame: Frame) -> bool:
    """Whether the place of the headline stands in the sentence too: its village is told more exactly."""
    named = [h.meaning for h in frame.hits.places if isinstance(h.meaning, Place)]
    return any(event.place and within(place, event.place.place) for place in named)


def _one_province(event: Draft, frame: Frame) -> bool:
    """Whether both are told of one governorate."""
    here, there = event.place, frame.place
    return here is not None and there is not None and here.place.governorate == there.place.governorate


def _part_of_many(event: Draft, frame: Frame) -> bool:
    """Whether a sentence tells, with place and toll or day and type, one of many attacks that the event only counts."""
    many = event.count is not None and event.count >= MANY and not event.share and event.place is None
    many = many and any(not f.title for f in event.frames)
    own = any(t.value and t.kind == "killed" for t in frame.tolls)
    own = own or (frame.day is not None and (frame.type != event.type or "separate" in frame.hits.keys))
    return many and own and frame.count is None and frame.place is not None


def _other_bearing(event: Draft, frame: Frame) -> bool:
    """Whether a deed with a toll of its own lies off a town of another governorate: "north of Baquba a bomb killed two"."""
    mark = frame.landmark
    if frame.place or mark is None or mark.aside or mark.speaker or event.place is None or frame.title:
        return False
    if mark.place.id == WIDE_AROUND:
        return False  # bearings from the bureau reach into other governorates
    here, there = event.place.place.governorate, mark.place.governorate
    return bool(here and there and here != there) and any(t.value for t in frame.tolls)


def _other_side(event: Draft, frame: Frame) -> bool:
    """Whether a further clause of a sentence only tells whom a fight cost its other side."""
    if event.type != CLASH or frame.type not in FIGHTS or (frame.place and not meets(event, frame)):
        return False
    known = event.tolls.get("killed")
    return known is not None and any(opposed(known, t, beside=True) for t in frame.tolls)


def _its_toll(event: Draft, frame: Frame) -> bool:
    """Whether a further clause only tells what the deed before it cost: "the clash, with machine guns, cost three their lives"."""
    if frame.place or frame.day or frame.actors or not all(h.key in _COSTS for h in frame.triggers):
        return False
    last = event.frames[-1]
    return last.sentence == frame.sentence and not last.tolls and event.type in VIOLENT and bool(frame.tolls)


_COSTS = frozenset({"kill", "wounded", "died"})


def _other_victims(event: Draft, frame: Frame) -> bool:
    """Whether a further sentence has a toll of its own among others than those hit before: a bomb for the relief."""
    if frame.title or frame.lead or any(t.later for t in frame.tolls):
        return False
    before = [f for f in event.frames if not f.title and not f.support]
    first = {t for f in before for t in f.targets} & _VICTIMS
    second = set(frame.targets) & _VICTIMS
    if not first or not second or first & second:
        return False
    return any(
        t.value and (k := event.tolls.get(t.kind)) and k.value not in (0, t.value) for t in frame.tolls
    )


_VICTIMS = frozenset({"soldiers", "police", "hashd", "peshmerga", "isis", "pkk", "coalition", "us_forces"})


def bombed_first(event: Draft, frame: Frame) -> bool:
    """Whether the headline only says "bombs" or "strikes" and the first sentence tells that it was with missiles."""
    head = event.frames[0]
    soft = isinstance(head.trigger.meaning, Concept) and head.trigger.meaning.soft
    return head.title and frame.lead and soft and {event.type, frame.type} == {AIR, SHELLING}


def _same_toll(event: Draft, frame: Frame) -> bool:
    """Whether headline and first sentence give one toll for two views of a deed: ambush, mine; shots at a crowd."""
    kinds = VIOLENT | PROTESTS | {"Mob violence"}
    if not (frame.lead and event.frames[0].title and {event.type, frame.type} <= kinds):
        return False
    return any(
        t.kind == "killed" and t.value and (known := event.tolls.get("killed")) and known.value == t.value
        for t in frame.tolls
    )


def fits(event: Draft, frame: Frame) -> bool:
    """Whether what a supporting sentence says does not speak against the event."""
    if not same_entry(event.frames[-1], frame):
        return False
    if event.place is None or frame.place is None or same_spot(event.place, frame.place):
        return True
    if home_of_victims(event):
        return True
    return any(same_spot(o, frame.place) for f in event.frames for o in f.others)


def borrowed(event: Draft) -> bool:
    """Whether a place comes but from a sentence without a deed of its own: "stopped teachers from Sulaymaniyah"."""
    own = [f for f in event.frames if not f.support]
    return event.type in PROTESTS and all(f.title and f.place is None for f in own)


def _elsewhere(events: Sequence[Draft], frame: Frame) -> bool:
    """Whether a blow of its own type is told at an exact place, in another governorate than all that is told before."""
    spot = frame.place
    if frame.generic or frame.type not in _TOLD or spot is None or spot.near or spot.exactness <= VALLEY:
        return False
    if frame.strength < _FIRM or "background" in frame.signs or spot.place.governorate is None:
        return False
    known = [e.place for e in events if e.place]
    return bool(known) and all(p.place.governorate not in (None, spot.place.governorate) for p in known)


_FIRM = 2.0


def same_spot(first: Located, second: Located) -> bool:
    """Whether two places can be one, more or less exactly told."""
    return within(first.place, second.place) or within(second.place, first.place)


def stands_alone(events: Sequence[Draft], frame: Frame) -> bool:
    """Whether a frame that fits no event is a further event and no mere mention."""
    if not same_entry(events[-1].frames[-1], frame) and not frame.quiet:
        return True
    if any(launchers(e, frame) for e in events) or led_from_crowd(events[-1], frame):
        return False
    bearing = any(_other_bearing(e, frame) for e in events)
    own = (
        (frame.place is not None or bearing)
        + (frame.day is not None and not (frame.dated and frame.dated.weak))
        + bool(frame.tolls)
        + ("separate" in frame.signs or bool(frame.dated and frame.dated.later))
    )
    own += frame.share or frame.title or any(f.sentence == frame.sentence for e in events for f in e.frames)
    own += "similar" in frame.hits.keys and "separate" in frame.signs
    own += any(_part_of_many(e, frame) for e in events) + 2 * another_of(events[-1], frame)
    own += any(opens_elsewhere(e, frame) for e in events) + moves_on(events, frame)
    if frame.series or another_deed(events, frame) or answered(events, frame) or ends_fight(events, frame):
        return True
    own += 2 * (frame.count is not None and frame.count >= MANY) + bool(frame.others)
    recalled = "background" in frame.signs
    if frame.generic and frame.place and any(t.value for t in frame.tolls) and not recalled:
        own += not any(e.place and same_spot(e.place, frame.place) for e in events)  # dead elsewhere
    own += bool(events) and one_more(events[-1], frame)
    own += _elsewhere(events, frame)
    if frame.generic or frame.quiet:
        return own >= 3
    same = any(
        kin(e.type, frame.type) and not (burnt_by_others(e, frame) or found_later(e, frame)) for e in events
    )
    firm = 1.2 if "separate" in frame.signs and frame.type != DISRUPTED else 1.6
    if same:
        return own >= 2
    return own >= 1 and frame.strength > (1.0 if own >= 2 and frame.dated and frame.dated.later else firm)
