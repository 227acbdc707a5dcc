"""Which event a sentence speaks of, if it speaks of one that was told before."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.assembly.answers import strikes_back
from worker.domain.understanding.assembly.apart import (
    another_deed,
    at_odds,
    burnt_by_others,
    found_later,
    found_of_captives,
    is_its_cost,
    is_the_means,
    one_more,
    opens_elsewhere,
)
from worker.domain.understanding.assembly.draft import MANY, Draft, borrowed, kin, same_spot
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
from worker.domain.understanding.sentence.families import (
    BLASTS,
    FIGHTS,
    PROTESTS,
    VIOLENT,
)
from worker.domain.understanding.sentence.frame import AIR, CLASH, DISRUPTED, SHELLING, Frame
from worker.domain.understanding.where.places import EXACTNESS
from worker.domain.understanding.where.whereabouts import WIDE_AROUND, within
from worker.domain.understanding.words.meanings import Concept, Place


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
    if not (_told_as_one(event, frame) or _same_toll(event, frame)) or other_half(event, frame):
        return False
    if (
        (event.count is None) != (frame.count is None)
        and frame.count is not None
        and not event.frames[0].title
    ):
        return False
    if _apart(event, frame) or any(test(event, frame) for test in _ANOTHER) or another_deed([event], frame):
        return False
    if _vague(event, frame) and _other_victims(event, frame):
        return False
    firm = not event.weak_day and not (frame.dated and frame.dated.weak)
    if event.day and frame.day and firm and abs((event.day - frame.day).days) > 1:
        return False
    if firm and _next_day_elsewhere(event, frame):
        return False
    fresh = frame.place is not None or frame.day is not None or any(t.value for t in frame.tolls)
    return not (_turned_to(event, frame) and not frame.title and not frame.lead and fresh)


def _next_day_elsewhere(event: Draft, frame: Frame) -> bool:
    """Whether a sentence below the first names another day and another place for a deed of its own: "on Monday they fought in Sinuni"."""
    if frame.title or frame.lead or frame.generic or all(f.title for f in event.frames):
        return False
    if event.day is None or frame.day is None or event.day == frame.day:
        return False
    if event.place is None or frame.place is None or event.place.place.id == frame.place.place.id:
        return False
    return min(event.place.exactness, frame.place.exactness) >= EXACTNESS["town"]


def _told_as_one(event: Draft, frame: Frame) -> bool:
    """Whether what happened is of one kind, or told as two views of one deed."""
    return (
        kin(event.type, frame.type)
        or _vague(event, frame)
        or any(test(event, frame) for test in (*_VIEWS, *_HEADED))
    )


def _vague(event: Draft, frame: Frame) -> bool:
    """Whether one of the two only says that there was violence, which the other may have been."""
    vague = (frame.generic or event.generic) and {event.type, frame.type} <= VIOLENT | {DISRUPTED}
    vague = vague or (
        event.generic
        and frame.lead
        and frame.type in PROTESTS | {"Mob violence"}
        and event.frames[-1].title
        and not (event.tolls and not (event.place and frame.place and meets(event, frame)))
    )
    return vague and not strikes_back(event, frame)


def _turned_to(event: Draft, frame: Frame) -> bool:
    """Whether a sentence turns to something else than what was told below the headline."""
    told = (frame.place or (frame.landmark and frame.day)) and (bool(frame.tolls) or one_more(event, frame))
    told = told or (
        frame.place is not None and "similar" in frame.hits.keys
    )  # "another device hit a similar convoy"
    turns = _turns_first(frame) or bool(frame.dated and frame.dated.later)
    if event.type in PROTESTS and frame.type in PROTESTS and frame.place is None and frame.day is None:
        return False  # "after two hours police came"
    return turns and (not frame.generic or bool(told)) and not all(f.title for f in event.frames)


def _apart(event: Draft, frame: Frame) -> bool:
    """Whether the two are told of places that do not go together."""
    if event.place is None or frame.place is None or meets(event, frame):
        return False
    if frame.place.aside:  # where those came from who were stopped here
        return False
    if borrowed(event) or event.place.exactness <= EXACTNESS["river"]:
        return False
    if any(test(event, frame) for test in _ONE_PLACE):
        return False
    if repelled_again(event, frame) and _one_province(event, frame):
        return False
    headed = _named_again(event, frame) and any(test(event, frame) for test in _HEADED)
    return not headed and not beside_headline(event, frame)


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
    if event.type not in FIGHTS or frame.type not in TOLD or event.tolls or event.day:
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
TOLD = VIOLENT | {DISRUPTED, "Arrests", "Abduction/forced disappearance"}


def _named_again(event: Draft, frame: Frame) -> bool:
    """Whether the place of the headline stands in the sentence too: its village is told more exactly."""
    named = [h.meaning for h in frame.hits.places if isinstance(h.meaning, Place)]
    return any(event.place and within(place, event.place.place) for place in named)


def _one_province(event: Draft, frame: Frame) -> bool:
    """Whether both are told of one governorate."""
    here, there = event.place, frame.place
    return here is not None and there is not None and here.place.governorate == there.place.governorate


def part_of_many(event: Draft, frame: Frame) -> bool:
    """Whether a sentence tells, with place and toll or day and type, one of many attacks that the event only counts."""
    many = event.count is not None and event.count >= MANY and not event.share
    spread = event.place is None or any(f.dated and f.dated.span for f in event.frames)
    many = many and spread and any(not f.title for f in event.frames)
    own = any(t.value and t.kind == "killed" for t in frame.tolls)
    own = own or (frame.day is not None and (frame.type != event.type or "separate" in frame.hits.keys))
    return many and own and frame.count is None and frame.place is not None


def other_bearing(event: Draft, frame: Frame) -> bool:
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


_VIEWS = (bombed_first, said_bombed, is_the_means, is_its_cost)
"""How two kinds of deed can be two views of one."""
_HEADED = (
    heads,
    told_again,
    found_of_captives,
    crowd_of_headline,
    marched_in,
    repelled_again,
    stormed_again,
    murdered_by_bomb,
)
"""How a sentence goes into the headline's deed, of whatever kind that is said to be."""
_ONE_PLACE = (told_twice, told_nearby, greater_town, headline_of_origin, crowd_from)
"""How two places can be one deed's."""
_ANOTHER = (part_of_many, other_bearing, found_later, burnt_by_others, opens_elsewhere, at_odds)
"""What makes a sentence tell another deed, whatever speaks for this one."""
