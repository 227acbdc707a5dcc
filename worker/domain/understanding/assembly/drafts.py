"""From frames to events: what the sentences of a text say about one deed is put together.

The headline and the body mostly report the same deed, so a frame joins an earlier event unless place,
date or type say that it is another one, or the text says so ("separately"). Every value keeps the words
that it came from as evidence.
"""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.assembly.absorb import absorb
from worker.domain.understanding.assembly.alike import (
    GUNMEN,
    become,
    clans_fought,
    fired_at_gathering,
    only_searched,
    shot_at_crowd,
    without_second_views,
)
from worker.domain.understanding.assembly.apart import (
    crowd_ransacks,
    falls_beside,
    fell_in_riot,
    found_dead,
    found_with_arms,
    kind_like,
    strikes_alike,
)
from worker.domain.understanding.assembly.costs import (
    cost_of,
    cost_of_next_blow,
    cost_of_series,
    counted_in_hospital,
    leave_cost,
    says_of_it,
)
from worker.domain.understanding.assembly.draft import WEAK, Draft, kin
from worker.domain.understanding.assembly.entries import without_opening
from worker.domain.understanding.assembly.headlines import date_headline, dropped
from worker.domain.understanding.assembly.joining import fits, home_of
from worker.domain.understanding.assembly.neighbours import inherit_place
from worker.domain.understanding.assembly.quiet import beside_violence, settle_ground
from worker.domain.understanding.assembly.splitting import LOUD, settle_there, split_places
from worker.domain.understanding.assembly.standing import stands_alone
from worker.domain.understanding.assembly.totals import (
    counting_headlines,
    day_of_totals,
    share_total,
    without_totals,
)
from worker.domain.understanding.counting.unhurt import hold_unhurt, leave_unhurt, only_unhurt, says_unhurt
from worker.domain.understanding.sentence.families import (
    ABDUCTION,
    FIGHTS,
    GROUND,
    LOOTING,
    RIOTS,
    TRANSFER,
)
from worker.domain.understanding.sentence.frame import AIR, ATTACK, BOMB, CLASH, Frame
from worker.domain.understanding.sentence.marches import goes_on_taking
from worker.domain.understanding.sentence.takers import name_takers
from worker.domain.understanding.when.sequels import date_after, date_headed
from worker.domain.understanding.where.places import VALLEY
from worker.domain.understanding.where.whereabouts import adjoin, within


def drafts(frames: Sequence[Frame]) -> list[Draft]:
    """Put the frames of a text together; strongest facts first come, first kept."""
    frames = without_opening(frames)
    name_takers(frames)
    settle_there(frames)
    told = without_totals(frames)
    dated = day_of_totals(frames, told) if len(told) < len(frames) else None
    old = next((f for f in told if f.lead and (f.stale or _rehearsed(f))), None)
    told = [f for f in told if not (old and f.title and kin(f.type, old.type))]
    told = [f for f in told if not (old and old.stale and cost_of(old, f))]
    _part_headline(told)
    events: list[Draft] = []
    for frame in told:
        goes_on_taking(events, frame)
        if events and says_of_it(events, frame):
            _lend(events, frame, told)
            continue
        if frame.strength < WEAK or frame.idle or (events and _recalls(frame)) or _nameless(frame, events):
            continue
        _take(events, frame, told)
    _place_and_date(events, told, dated)
    events = [e for i, e in enumerate(events) if not any(_echoes(e, known) for known in events[:i])]
    for event in events:
        if _blown_up(event):
            event.type = BOMB
        if _burnt_by_crowd(event, told):
            event.type = "Violent demonstration"
        elif shot_at_crowd(event):
            event.type = "Excessive force against protesters"
        elif clans_fought(event):
            event.type = CLASH
    settle_ground(events)
    events = without_second_views(beside_violence(events))
    share_total(events)
    if len(events) > 1:
        for heading in counting_headlines(frames, told):
            for event in events:
                event.frames.append(heading)  # who is said to have done it all, and to whom
    _uncount(events)
    _fold_totals(events)
    return [part for event in events for part in split_places(event, events)]


def _part_headline(told: Sequence[Frame]) -> None:
    """Give a headline over an attack and a bomb the kind of the one that the text tells first, where it tells both."""
    head = next((f for f in told if f.title), None)
    lead = next((f for f in told if f.lead and not f.support), None)
    if head is None or lead is None or head.type != BOMB or lead.type not in (ATTACK, CLASH):
        return
    if not set(lead.weapons) <= {"small_arms"}:
        return
    deed = head.trigger
    both = any(a.key in _ASSAULTS and (a is deed or a.last <= deed.first) for a in head.triggers)
    bombs = [f for f in told if f.type == BOMB and not (f.title or f.lead or f.support)]
    if both and any(_elsewhere_or_later(f, lead) for f in bombs):
        head.type, head.rank, head.generic, head.weapons = lead.type, lead.rank, True, {}


def _elsewhere_or_later(bomb: Frame, lead: Frame) -> bool:
    """Whether a bomb is told of another place or day than the attack of the first sentence."""
    if bomb.place and lead.place and bomb.place.place.id != lead.place.place.id:
        return True
    return bool(bomb.day and lead.day and bomb.day != lead.day)


_ASSAULTS = frozenset({"attack", "clash", "ambush", "shooting", "raid", "storm", "kill"})


def _take(events: list[Draft], frame: Frame, told: Sequence[Frame]) -> None:
    """Put a frame to the event that it speaks of, or make one of it."""
    if frame.support:
        _lend(events, frame, told)
        return
    if says_unhurt(events, frame):
        return
    if events and falls_beside(events[-1], frame):
        events[-1].frames.append(frame)
        return
    if events and only_searched(events[-1], frame):
        become(events[-1], frame)
        absorb(events[-1], frame)
        return
    if events and _how_it_went(events, frame):
        _lend(events, frame, told)
        return
    if events:
        _retype(events, frame)
    if events and cost_of_series(events[-1], frame):
        frame.day = frame.dated = None
        absorb(events[-1], frame)
        return
    if events and counted_in_hospital(events[-1], frame):
        frame.place = None
    home = home_of(events, frame)
    if (struck := next((e for e in reversed(events) if found_with_arms(e, frame)), None)) is not None:
        for toll in frame.tolls:
            struck.tolls.setdefault(toll.kind, toll)
        frame.tolls = []
    if home is None and (home := next((e for e in reversed(events) if found_dead(e, frame)), None)):
        frame.actors.clear()  # who searched the place
        frame.place = None  # the dead man's "sector"
        frame.signs -= {"background"}  # what had burnt beside them
    if home is None:
        if events and not stands_alone(events, frame):
            leave_unhurt(events[-1], frame)
            leave_cost(events[-1], frame)
            return
        home = Draft(kind_like(events, frame), frame.rank, frame.generic, [])
        events.append(home)
    absorb(home, frame)
    if frame.generic and not (frame.day or frame.title or frame.lead):
        hold_unhurt(events, home, frame)


def _place_and_date(events: list[Draft], told: Sequence[Frame], dated: Frame | None) -> None:
    """Give each event the place and the day that only the rest of the text tells; `dated` tells the day of them all."""
    for index, event in enumerate(events):
        inherit_place(event, events, told)
        if event.day is None and dated and dated.dated:
            event.day, event.day_precision = dated.day, dated.day_precision
            event.dated_at = (dated.dated.first, dated.dated.last)
        if event.day is None and len(events) > 1 and not index and all(f.title for f in event.frames):
            date_headline(event, events[1])
        if index and (not event.count or event.share):
            before = next((e for e in reversed(events[:index]) if e.day), events[index - 1])
            date_after(event, before, told)
    date_headed(events)


def _retype(events: Sequence[Draft], frame: Frame) -> None:
    """Give a frame the type that what was told before makes of its deed."""
    last = events[-1]
    if dropped(last, frame):
        frame.type, frame.weapons = AIR, {}
    elif cost_of_next_blow(last, frame):
        frame.type = last.type
    elif fell_in_riot(last, frame):
        frame.type, frame.rank, frame.generic = last.type, 0, True
    elif strikes_alike(last, frame):
        frame.type, frame.weapons, frame.generic = last.type, {}, False
    elif _moves_into_next(last, frame):
        frame.type, frame.quiet = TRANSFER, False
    elif _makes_peace(last, frame):
        frame.type, frame.weapons, frame.tolls = last.type, {}, []
    elif fired_at_gathering(last, frame):
        by_gunmen = not frame.hits.keys.isdisjoint(GUNMEN)
        last.type = frame.type = ATTACK if by_gunmen else "Excessive force against protesters"
    elif crowd_ransacks(events, frame):
        frame.type = "Violent demonstration"


def _moves_into_next(last: Draft, frame: Frame) -> bool:
    """Whether a party moves into a second town behind one that changed hands without a fight: "and the Hashd entered Sinjar"."""
    if last.type != TRANSFER or frame.trigger.key not in ("advance", "enter", "deploy") or frame.tolls:
        return False
    here, there = last.place, frame.place
    if here is None or there is None or there.near or there.exactness <= VALLEY or frame.title or frame.lead:
        return False
    return bool(frame.actors) and not (within(here.place, there.place) or within(there.place, here.place))


def _makes_peace(last: Draft, frame: Frame) -> bool:
    """Whether the first sentence tells the headline's truce and in a side clause the fight that it ends."""
    if last.type != "Agreement" or not frame.lead or frame.type not in FIGHTS:
        return False
    return any(h.key == "truce" for h in frame.triggers) and all(f.title for f in last.frames)


def _lend(events: list[Draft], frame: Frame, told: Sequence[Frame]) -> None:
    """Give what a sentence without a deed of its own adds to the last event that it fits."""
    reach = 2 + only_unhurt(frame)
    if frame.place and _names_home(events, frame, told):
        frame.place = None
    near = [e for e in events if frame.sentence - e.frames[-1].sentence <= reach and fits(e, frame)]
    home = max(reversed(near), key=lambda e: (_named(e, frame), e.frames[-1].sentence), default=None)
    if home is not None:
        absorb(home, frame)
        hold_unhurt(events, home, frame)


def _how_it_went(events: Sequence[Draft], frame: Frame) -> bool:
    """Whether a sentence only tells how those who struck came: "fighters surrounded them", "the advance had air cover"."""
    if frame.trigger.key not in ("advance", "enter") or frame.title or frame.lead or frame.tolls:
        return False
    last = events[-1]
    if last.type not in _CAME_FOR or frame.sentence - last.frames[-1].sentence > 1:
        return False
    if "separate" in frame.signs or frame.place is None:
        return "separate" not in frame.signs
    return last.place is not None and (
        within(frame.place.place, last.place.place) or adjoin(frame.place.place, last.place.place)
    )


_CAME_FOR = GROUND | {ABDUCTION}


def _names_home(events: Sequence[Draft], frame: Frame, told: Sequence[Frame]) -> bool:
    """Whether a sentence behind a deed without a place names one, and the first sentence named another: a speaker's home."""
    if frame.tolls or frame.place is None or not events or events[-1].place is not None:
        return False
    home = frame.place.place.id
    return any(f.lead and f.support and f.place and f.place.place.id != home for f in told)


def _named(event: Draft, frame: Frame) -> bool:
    """Whether a sentence names the very place of an event."""
    return (
        event.place is not None and frame.place is not None and event.place.place.id == frame.place.place.id
    )


def _blown_up(event: Draft) -> bool:
    """Whether the pylons that were wrecked were blown up: a further sentence names the charges under them."""
    if event.type != LOOTING or not any("power_line" in f.targets for f in event.frames):
        return False
    return any(not f.hits.keys.isdisjoint(_CHARGES) for f in event.frames)


_CHARGES = frozenset({"explosives", "ied", "bomb", "mine", "bombing", "explosion"})


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


def _burnt_by_crowd(event: Draft, told: Sequence[Frame]) -> bool:
    """Whether the party offices that a headline saw burn were burnt by the protesters whom the text tells of."""
    if event.type != LOOTING:
        return False
    if any("protesters" in f.actors and f.type in RIOTS for f in event.frames):
        return True
    if not any(f.title and "party_office" in f.targets for f in event.frames):
        return False
    return any(f.type in RIOTS and "protesters" in f.actors for f in told if not f.title)


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


def _uncount(events: Sequence[Draft]) -> None:
    """A headline's count ends where each attack is told: "two attacks in a day", then the one and the other."""
    loud = [e for e in events if e.type in LOUD]
    if loud and len(loud) == loud[0].count and not loud[0].share and loud[0].frames[0].title:
        loud[0].count = loud[0].count_at = None
