"""From frames to events: what the sentences of a text say about one deed is put together.

The headline and the body mostly report the same deed, so a frame joins an earlier event unless place,
date or type say that it is another one, or the text says so ("separately"). Every value keeps the words
that it came from as evidence.
"""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.assembly.apart import (
    broken_up,
    fell_in_riot,
    found_dead,
    kind_like,
    struck_deal,
)
from worker.domain.understanding.assembly.draft import (
    MANY,
    Draft,
    bombed_first,
    borrowed,
    fits,
    heads,
    home_of,
    kin,
    stands_alone,
    told_again,
)
from worker.domain.understanding.assembly.entries import without_opening
from worker.domain.understanding.assembly.headlines import (
    date_headline,
    dropped,
    headline_of_origin,
    nearer_town,
    one_got_through,
    repelled_again,
    said_bombed,
    told_nearby,
    told_twice,
)
from worker.domain.understanding.assembly.neighbours import inherit_place
from worker.domain.understanding.assembly.splitting import LOUD, settle_there, split_places
from worker.domain.understanding.assembly.totals import (
    counting_headlines,
    day_of_totals,
    share_total,
    without_totals,
)
from worker.domain.understanding.counting.kept import take_toll
from worker.domain.understanding.counting.unhurt import hold_unhurt, leave_unhurt, only_unhurt, says_unhurt
from worker.domain.understanding.sentence.families import BLASTS, FIGHTS, GROUND, LOOTING, PROTESTS, RIOTS
from worker.domain.understanding.sentence.frame import AIR, ATTACK, BOMB, CLASH, SHELLING, Frame
from worker.domain.understanding.sentence.marches import goes_on_taking
from worker.domain.understanding.sentence.takers import name_takers
from worker.domain.understanding.when.sequels import date_after, date_headed
from worker.domain.understanding.where.whereabouts import is_sharper

WEAK = 0.3
"""Frames below this strength report no fresh event in Iraq."""


def drafts(frames: Sequence[Frame]) -> list[Draft]:
    """Put the frames of a text together; strongest facts first come, first kept."""
    events: list[Draft] = []
    frames = without_opening(frames)
    name_takers(frames)
    settle_there(frames)
    told = without_totals(frames)
    dated = day_of_totals(frames, told) if len(told) < len(frames) else None
    old = next((f for f in told if f.lead and (f.stale or _rehearsed(f))), None)
    told = [f for f in told if not (old and f.title and kin(f.type, old.type))]
    for frame in told:
        goes_on_taking(events, frame)
        if frame.strength < WEAK or frame.idle or (events and _recalls(frame)) or _nameless(frame, events):
            continue
        if frame.support:
            _lend(events, frame)
            continue
        if says_unhurt(events, frame):
            continue
        if events and dropped(events[-1], frame):
            frame.type, frame.weapons = AIR, {}
        elif events and fell_in_riot(events[-1], frame):
            frame.type, frame.rank, frame.generic = events[-1].type, 0, True
        home = home_of(events, frame)
        if home is None and (home := next((e for e in reversed(events) if found_dead(e, frame)), None)):
            frame.actors.clear()  # who searched the place
        if home is None:
            if events and not stands_alone(events, frame):
                leave_unhurt(events[-1], frame)
                continue
            home = Draft(kind_like(events, frame), frame.rank, frame.generic, [])
            events.append(home)
        _absorb(home, frame)
        if frame.generic and not (frame.day or frame.title or frame.lead):
            hold_unhurt(events, home, frame)
    for index, event in enumerate(events):
        inherit_place(event, events, told)
        if event.day is None and dated and dated.dated:
            event.day, event.day_precision = dated.day, dated.day_precision
            event.dated_at = (dated.dated.first, dated.dated.last)
        if event.day is None and len(events) > 1 and not index and all(f.title for f in event.frames):
            date_headline(event, events[1])
        if index and (not event.count or event.share):
            date_after(event, events[index - 1])
    date_headed(events)
    events = [e for i, e in enumerate(events) if not any(_echoes(e, known) for known in events[:i])]
    if any(not _quiet(e) for e in events):
        events = [e for e in events if not _quiet(e) or _settled(e) or _line_of_its_own(e)]
    share_total(events)
    if len(events) > 1:
        for heading in counting_headlines(frames, told):
            for event in events:
                event.frames.append(heading)  # who is said to have done it all, and to whom
    _uncount(events)
    _fold_totals(events)
    return [part for event in events for part in split_places(event, events)]


def _lend(events: list[Draft], frame: Frame) -> None:
    """Give what a sentence without a deed of its own adds to the last event that it fits."""
    reach = 2 + only_unhurt(frame)
    near = (e for e in reversed(events) if frame.sentence - e.frames[-1].sentence <= reach and fits(e, frame))
    home = next(near, None)
    if home is not None:
        _absorb(home, frame)
        hold_unhurt(events, home, frame)


def _fold_totals(events: list[Draft]) -> None:
    """Take out an event that is but the total of others, and give them what it told of all."""
    for total in [e for e in events if _sums_up(e, events)]:
        events.remove(total)
        for share in (e for e in events if e.share and e.type == total.type):
            share.frames += total.frames  # who struck whom holds for every place
            if total.day and (share.day is None or share.weak_day):
                share.day, share.day_precision, share.dated_at = (
                    total.day,
                    total.day_precision,
                    total.dated_at,
                )


def _nameless(frame: Frame, events: Sequence[Draft]) -> bool:
    """Whether ground of no name is told in the body, and none before: "groups that are not under his full control"."""
    if frame.type not in GROUND or frame.place or frame.title or frame.lead or frame.support:
        return False
    return not any(e.type in GROUND for e in events)


def _rehearsed(frame: Frame) -> bool:
    """Whether a first sentence tells what happens in an exercise: the headline's deed is then the exercise's too."""
    return "drill" in frame.signs and not frame.tolls and frame.strength < WEAK


def _recalls(frame: Frame) -> bool:
    """Whether a sentence of the body only recalls what happened months ago: "in February a car bomb killed 125 in Hilla"."""
    told = frame.title or frame.lead or frame.support or frame.series
    return frame.past and frame.day is None and not told


def _echoes(event: Draft, known: Draft) -> bool:
    """Whether an event tells nothing that an earlier one does not: "the president called the raid an outrage"."""
    if any(f.place or f.day for f in event.frames) or event.type != known.type or event.count is not None:
        return False
    if any(f.sentence == g.sentence for f in event.frames for g in known.frames):
        return False
    return all(
        kind in known.tolls and known.tolls[kind].value == toll.value for kind, toll in event.tolls.items()
    )


def _sums_up(event: Draft, events: Sequence[Draft]) -> bool:
    """Whether an event is but the total of attacks that are told place by place."""
    parts = [e.count or 1 for e in events if e.share and e.type == event.type]
    if event.share or event.type != next((e.type for e in events if e.share), None) or len(parts) < 2:
        return False
    if event.count is None:
        return not event.tolls and not any(f.place for f in event.frames)
    return sum(parts) <= event.count


def _line_of_its_own(event: Draft) -> bool:
    """Whether a round-up gives a move or a deal a line with its place and day: it is then told for its own sake."""
    return bool(event.place and event.day) and any(f.entry > 0 and not f.support for f in event.frames)


def _quiet(event: Draft) -> bool:
    """A move, a deal: no event of its own beside violence, but for a deal that the text gives a day."""
    if any(struck_deal(f) for f in event.frames):
        return False
    return all(f.quiet or f.support for f in event.frames)


def _settled(event: Draft) -> bool:
    """Whether a truce or a new base is news beside the fighting: told with its day, at a place or above all else."""
    headed = event.type == "Agreement" and any(f.title or f.lead for f in event.frames)
    return event.type in _SETTLED and event.day is not None and (headed or event.place is not None)


_SETTLED = frozenset({"Agreement", "Headquarters or base established"})


def _take_tolls(event: Draft, frame: Frame) -> None:
    """Take a frame's figures; a total of many events and what was long ago only where nothing is told yet."""
    old = "background" in frame.signs and not frame.title and not frame.lead
    old = old and (frame.day is None or frame.past)  # "On Monday they had fought" is of these days
    old = old and not (frame.support and only_unhurt(frame))
    told = bool(event.tolls) or event.frames[0].title
    for toll in frame.tolls:
        if not (told and (toll.total or old)):
            take_toll(event, toll, frame)


def _absorb(event: Draft, frame: Frame) -> None:
    """Take over what the frame adds."""
    first = not event.frames
    again = not first and told_again(event, frame)
    headed = not first and (heads(event, frame) or again)
    twice = not first and (
        told_twice(event, frame) or told_nearby(event, frame) or headed or headline_of_origin(event, frame)
    )
    lent = not first and not frame.support and borrowed(event)
    beaten = not first and repelled_again(event, frame)
    twice = twice or beaten
    event.frames.append(frame)
    event.strength = max(event.strength, frame.strength)
    event.fixed = event.fixed or any(h.key in ("ied", "mine") for h in frame.weapons.values())
    better = (event.generic and not frame.generic) or (
        not first and (bombed_first(event, frame) or said_bombed(event, frame))
    )
    sharper = frame.rank > event.rank and (frame.title or frame.lead) and not (frame.generic or beaten)
    named = all(f.title for f in event.frames[:-1])
    alike = event.generic or (frame.lead and event.frames[0].trigger.key == frame.trigger.key == "ambush")
    armed = event.type == ATTACK and alike and frame.type == CLASH and named
    blown = event.type == BOMB and frame.type == "Suicide bomb" and not event.fixed and not frame.quiet
    burnt = frame.type == LOOTING and event.type in BLASTS  # what a blast set on fire
    blown = blown or (event.type == LOOTING and frame.type == BOMB and frame.lead)
    exact = headed and (
        again
        or frame.type not in FIGHTS
        or (event.type == ATTACK and not any(f.targets for f in event.frames[:-1]))
    )
    stopped = frame.trigger.key == "intercept" and event.type == AIR and named
    stopped = stopped and not event.tolls  # the headline's drone was brought down
    unquiet = event.type == "Peaceful protest" and frame.type in PROTESTS
    unquiet = unquiet and (frame.lead or broken_up(event, frame))
    unquiet = unquiet or (event.type == LOOTING and named and frame.lead and frame.type in RIOTS)
    if not first and not burnt and (unquiet or better or sharper or armed or blown or exact or stopped):
        event.type, event.rank = frame.type, frame.rank
        event.generic = event.generic and frame.generic
    if one_got_through(event, frame):
        event.type, event.rank = SHELLING, event.frames[0].rank
    if event.type == CLASH and frame.type == ATTACK and frame.lead and "off_duty" in frame.hits.keys:
        event.type = ATTACK  # the headline did not say that they were off duty
    counted = frame.count if first else event.count
    summed = counted is not None and (
        bool(frame.others) or (counted >= MANY and event.own_count and frame.count is None)
    )
    if (
        frame.place
        and not (summed or (event.share and not first))
        and (
            event.place is None
            or twice
            or lent
            or is_sharper(frame.place, event.place, early=frame.title or frame.lead)
        )
    ):
        event.place = frame.place
    if event.landmark is None or (frame.lead and nearer_town(event, frame)):
        event.landmark = frame.landmark or event.landmark
    recalled = frame.lead and frame.generic and "background" in frame.signs and event.frames[0].title
    if (
        frame.day
        and frame.dated
        and not (recalled and len(event.frames) > 1)
        and (event.day is None or (event.weak_day and not frame.dated.weak))
    ):
        event.weak_day = frame.dated.weak
        event.day, event.day_precision = frame.day, frame.day_precision
        event.dated_at = (frame.dated.first, frame.dated.last)
    counts = event.count is not None and (event.own_count or not frame.own_count)
    opened = first or (frame.own_count and event.place is None)
    opened = opened or (frame.lead and all(f.title for f in event.frames[:-1]))
    if frame.count is not None and not counts and (opened or event.count is not None):
        event.count, event.count_at = frame.count, frame.count_at
        event.own_count, event.share = frame.own_count, frame.share
    _take_tolls(event, frame)


def _uncount(events: Sequence[Draft]) -> None:
    """A headline's count ends where each attack is told: "two attacks in a day", then the one and the other."""
    loud = [e for e in events if e.type in LOUD]
    if loud and len(loud) == loud[0].count and not loud[0].share and loud[0].frames[0].title:
        loud[0].count = loud[0].count_at = None
