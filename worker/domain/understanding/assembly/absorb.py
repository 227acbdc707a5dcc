"""What a frame adds to the event that it speaks of: a sharper type, place and day, its count and its figures."""

from __future__ import annotations

from dataclasses import dataclass

from worker.domain.understanding.assembly.apart import broken_up, found_of_captives
from worker.domain.understanding.assembly.draft import MANY, Draft, borrowed
from worker.domain.understanding.assembly.headlines import (
    crowd_from,
    greater_town,
    headline_of_origin,
    home_of_victims,
    murdered_by_bomb,
    nearer_town,
    one_got_through,
    repelled_again,
    said_bombed,
    told_nearby,
    told_twice,
)
from worker.domain.understanding.assembly.joining import bombed_first, heads, told_again
from worker.domain.understanding.counting.kept import take_toll
from worker.domain.understanding.counting.unhurt import only_unhurt
from worker.domain.understanding.sentence.families import (
    BLASTS,
    FIGHTS,
    GROUND,
    LOOTING,
    PROTESTS,
    RIOTS,
    TRANSFER,
)
from worker.domain.understanding.sentence.frame import AIR, ATTACK, BOMB, CLASH, SHELLING, Frame
from worker.domain.understanding.where.whereabouts import is_sharper, is_valley_of


@dataclass(frozen=True, slots=True)
class _Link:
    """How a frame stands to what is told of its event already."""

    first: bool
    again: bool = False
    """The deed is told once more, from its beginning."""
    headed: bool = False
    """All that is told yet is the headline, which the frame goes into."""
    beaten: bool = False
    """An attack said to be repelled is told once more."""
    twice: bool = False
    """It is told a second time, so that its place may take the other's."""


def absorb(event: Draft, frame: Frame) -> None:
    """Take over what the frame adds."""
    link = _link(event, frame)
    lent = not link.first and ((not frame.support and borrowed(event)) or home_of_victims(event))
    event.frames.append(frame)
    event.strength = max(event.strength, frame.strength)
    event.fixed = event.fixed or any(h.key in ("ied", "mine") for h in frame.weapons.values())
    _take_type(event, frame, link)
    _take_place(event, frame, lent=lent, link=link)
    _take_day(event, frame)
    _take_count(event, frame, first=link.first)
    _take_tolls(event, frame)


def _link(event: Draft, frame: Frame) -> _Link:
    if not event.frames:
        return _Link(first=True)
    again = told_again(event, frame)
    headed = heads(event, frame) or again
    beaten = repelled_again(event, frame)
    tests = (told_twice, told_nearby, headline_of_origin, greater_town, crowd_from)
    twice = any(test(event, frame) for test in tests)
    return _Link(first=False, again=again, headed=headed, beaten=beaten, twice=twice or headed or beaten)


def _take_type(event: Draft, frame: Frame, link: _Link) -> None:
    """Take a frame's type where it says more exactly what happened."""
    if not link.first and _says_more(event, frame, link):
        event.type, event.rank = frame.type, frame.rank
        event.generic = event.generic and frame.generic
    if one_got_through(event, frame):
        event.type, event.rank = SHELLING, event.frames[0].rank
    if event.type == CLASH and frame.type == ATTACK and frame.lead and "off_duty" in frame.hits.keys:
        event.type = ATTACK  # the headline did not say that they were off duty


_FOUGHT = frozenset({"attack", "clash", "storm", "airstrike"})


def _only_shots(frame: Frame) -> bool:
    """Whether a later sentence only tells of the shooting that a fight was: "the shooting went on for two hours"."""
    return frame.trigger.key == "shooting" and not (frame.title or frame.lead or frame.tolls or frame.targets)


def _says_more(event: Draft, frame: Frame, link: _Link) -> bool:
    """Whether a frame's type is more exact than its event's, which has taken the frame in already."""
    if frame.type == LOOTING and event.type in BLASTS:
        return False  # what a blast set on fire
    if frame.type in GROUND and event.type == TRANSFER:
        return not frame.hits.keys.isdisjoint(_FOUGHT)  # else they were said to come without a fight
    if event.type in GROUND and frame.type == TRANSFER and all(f.title for f in event.frames[:-1]):
        told = {key for f in event.frames for key in f.hits.keys}  # "raises flag at A", then: no resistance
        return told.isdisjoint(_FOUGHT)
    if event.type == CLASH and event.tolls and _only_shots(frame):
        return False
    if (event.generic and not frame.generic) or bombed_first(event, frame) or said_bombed(event, frame):
        return True
    general = all(f.generic and f.trigger.key == "attack" and not f.weapons for f in event.frames[:-1])
    if event.type in (ATTACK, CLASH) and frame.type == BOMB and general and not event.tolls:
        return True  # "two convoys attacked", then "the blast tore a tyre"
    early = frame.title or frame.lead
    if frame.rank > event.rank and early and not (frame.generic or link.beaten):
        return True
    named = all(f.title for f in event.frames[:-1])
    if event.type == ATTACK and frame.type == "Excessive force against protesters" and named:
        return True
    if event.type == ATTACK and frame.type == CLASH and named:
        ambushed = frame.lead and event.frames[0].trigger.key == frame.trigger.key == "ambush"
        if event.generic or ambushed:
            return True
    if event.type == BOMB and frame.type == "Suicide bomb" and not event.fixed and not frame.quiet:
        return True
    if found_of_captives(event, frame):
        return True
    if murdered_by_bomb(event, frame):
        return True
    if event.type == LOOTING and frame.lead and (frame.type == BOMB or (named and frame.type in RIOTS)):
        return True
    if link.headed and (link.again or frame.type not in FIGHTS):
        return True
    if link.headed and event.type == ATTACK and not any(f.targets for f in event.frames[:-1]):
        return True
    if frame.trigger.key == "intercept" and event.type == AIR and named and not event.tolls:
        return True  # the headline's drone was brought down
    if event.type == "Change to group/activity" and frame.type == TRANSFER and named:
        return True  # "the coalition leaves the base", whose keys it hands over
    if event.type != "Peaceful protest" or frame.type not in PROTESTS:
        return False
    unrest = all(f.day is None and not f.tolls for f in event.frames[:-1])  # "The protests spread."
    if event.place is None and frame.place is not None and frame.type != "Peaceful protest":
        return True  # "demonstrators were back on Friday", then what they did in Samawah
    shot_at = frame.type in ("Excessive force against protesters", "Protest with intervention")
    shot_at = shot_at or (frame.trigger.key == "riot" and frame.sentence - event.frames[0].sentence <= 2)
    later = unrest and frame.day is not None and (bool(frame.tolls) or shot_at)
    return frame.lead or broken_up(event, frame) or later


def _take_place(event: Draft, frame: Frame, *, lent: bool, link: _Link) -> None:
    """Take a frame's place where none is told yet, where it is told again, or where it is sharper."""
    many = event.count if not link.first else frame.count
    summed = many is not None and (
        bool(frame.others) or (many >= MANY and event.own_count and frame.count is None)
    )
    aimed = frame.support and "plan" in frame.signs  # what a new base is to cut off
    aimed = aimed or (
        frame.support
        and event.place is not None
        and (_spares(frame) or _still_held(event, frame) or _far_off(event, frame))
    )
    if frame.place and not aimed and not (summed or (event.share and not link.first)):
        headed = all(f.title for f in event.frames[:-1])
        early = frame.title or frame.lead or (frame.support and headed)
        if (
            event.place is None
            or link.twice
            or lent
            or is_sharper(frame.place, event.place, early=early)
            or (headed and frame.lead and is_valley_of(frame.place, event.place))
        ):
            event.place = frame.place
    if event.landmark is None or (frame.lead and nearer_town(event, frame)):
        event.landmark = frame.landmark or event.landmark


def _still_held(event: Draft, frame: Frame) -> bool:
    """Whether a sentence without a deed names a base beside a town that changed hands: "the army holds the base"."""
    spot = frame.place
    return (
        event.type in GROUND
        and spot is not None
        and spot.place.type in ("base", "airport")
        and not frame.tolls
    )


def _far_off(event: Draft, frame: Frame) -> bool:
    """Whether a sentence that tells no toll stands well behind the deed: what the shelled base is for."""
    below = next((f.sentence for f in event.frames if not f.title), frame.sentence)
    return not frame.tolls and frame.sentence - below > _TOLD


_TOLD = 2
"""Sentences within which the place of a deed is told to the end."""


def _spares(frame: Frame) -> bool:
    """Whether a sentence without a deed only denies something of a place: "pumping at Halfaya was not affected"."""
    return bool(frame.hits.of("negation")) and not frame.tolls


def _take_day(event: Draft, frame: Frame) -> None:
    """Take a frame's day where none, or a weaker one, is told yet."""
    if not (frame.day and frame.dated):
        return
    if event.count and any(f.dated and f.dated.span for f in event.frames):
        return  # what was counted over days has none
    recalled = frame.lead and frame.generic and "background" in frame.signs and event.frames[0].title
    if recalled and len(event.frames) > 1:
        return
    guessed = event.weak_day or _reckoned_in_headline(event)
    if event.day is None or (guessed and not frame.dated.weak):
        event.weak_day = frame.dated.weak
        event.day, event.day_precision = frame.day, frame.day_precision
        event.dated_at = (frame.dated.first, frame.dated.last)


def _reckoned_in_headline(event: Draft) -> bool:
    """Whether a headline alone dates an event by another that it tells: "drone stops field, other one hit the day before"."""
    told = [f for f in event.frames[:-1] if f.dated]
    return bool(told) and all(f.title and f.dated and f.dated.later < 0 for f in told)


def _take_count(event: Draft, frame: Frame, *, first: bool) -> None:
    """Take how many attacks a frame tells of, unless the text's opening has said it."""
    if frame.count is None or (event.count is not None and (event.own_count or not frame.own_count)):
        return
    opened = first or (frame.own_count and event.place is None)
    opened = opened or (frame.lead and all(f.title for f in event.frames[:-1]))
    if opened or event.count is not None:
        event.count, event.count_at = frame.count, frame.count_at
        event.own_count, event.share = frame.own_count, frame.share


def _take_tolls(event: Draft, frame: Frame) -> None:
    """Take a frame's figures; a total of many events and what was long ago only where nothing is told yet."""
    old = "background" in frame.signs and not frame.title and not frame.lead
    old = old and (frame.day is None or frame.past)  # "On Monday they had fought" is of these days
    old = old and not (frame.support and only_unhurt(frame))
    told = bool(event.tolls) or (event.frames[0].title and event.type not in GROUND)
    for toll in frame.tolls:
        if not (told and (toll.total or old)):
            take_toll(event, toll, frame)
