"""What a further sentence tells of a deed of its own, or of none: arms found later, launchers, dead in another town."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from worker.domain.understanding.assembly.earlier import is_already, on_another_day
from worker.domain.understanding.sentence.families import (
    ABDUCTION,
    ASSAULTS,
    BLASTS,
    FIGHTS,
    LOOTING,
    PROTESTS,
    RIOTS,
)
from worker.domain.understanding.sentence.frame import AIR, ATTACK, BOMB, CLASH, DISRUPTED, SHELLING, Frame
from worker.domain.understanding.sentence.stale import UNREAL
from worker.domain.understanding.where.whereabouts import within
from worker.domain.understanding.who.pruning import ABROAD, REBELS, STATE
from worker.domain.understanding.words.meanings import Concept
from worker.domain.understanding.words.reading import Hit

if TYPE_CHECKING:
    from worker.domain.understanding.assembly.draft import Draft


def found_later(event: Draft, frame: Frame) -> bool:
    """Whether arms were found on another day than the blow was struck: troops reached the bombed cave next morning."""
    if frame.trigger.key not in ("seize_arms", "arms_cache") or event.type not in BLASTS or event.weak_day:
        return False
    return bool(event.day and frame.day and event.day != frame.day)


def other_bomber(event: Draft, frame: Frame) -> bool:
    """Whether a second bomber was stopped while the first one was not."""
    return (
        event.type == "Suicide bomb"
        and frame.type == DISRUPTED
        and {"in_time", "separate"} <= frame.hits.keys
    )


def stopped_beside(event: Draft, frame: Frame) -> bool:
    """Whether a further bomb was made harmless beside those that killed: "police defused a third car"."""
    if frame.trigger.key != "defuse" or event.type not in (BOMB, "Suicide bomb") or frame.title or frame.lead:
        return False
    if any(f.trigger.key in ("defuse", "foil") for f in event.frames) or any(t.value for t in frame.tolls):
        return False
    hurt = any(t.value for t in event.tolls.values())
    return hurt and not frame.hits.keys.isdisjoint({"another", "separate"})


def blown_up_searching(event: Draft, frame: Frame) -> bool:
    """Whether a blast hurt those who had found arms: "in the course of it a mine went off under a vehicle"."""
    if event.type != DISRUPTED or frame.type not in BLASTS or frame.title or frame.lead or frame.generic:
        return False
    found = any(f.trigger.key in ("seize_arms", "arms_cache") for f in event.frames)
    return found and not any(t.value for t in event.tolls.values()) and any(t.value for t in frame.tolls)


def another_deed(events: Sequence[Draft], frame: Frame) -> bool:
    """Whether a frame tells another deed than the one before it whatever else it lacks: a second bomber, a bomb for the relief."""
    return any(
        test(e, frame)
        for test in (
            other_bomber,
            stopped_beside,
            blown_up_searching,
            hits_relief,
            freed_too_late,
            mourned_first,
            on_another_day,
            strikes_alike,
            the_second,
        )
        for e in events
    )


def found_dead(event: Draft, frame: Frame) -> bool:
    """Whether bodies were found where a strike had hit: its dead, and no murder; or some of those who had been abducted."""
    if event.type == ABDUCTION and {"found_bodies", "including"} <= frame.hits.keys:
        return frame.type == ATTACK and not frame.title and frame.sentence - event.frames[-1].sentence <= 2
    if frame.trigger.key != "found_bodies" or event.type not in (AIR, SHELLING):
        return False
    return frame.place is None or bool(event.place and within(frame.place.place, event.place.place))


def found_with_arms(event: Draft, frame: Frame) -> bool:
    """Whether the bodies that lay beside the arms are the dead of the strike that the text told before."""
    if event.type not in (AIR, SHELLING) or frame.type != DISRUPTED or "found_bodies" not in frame.hits.keys:
        return False
    return frame.place is None or bool(event.place and within(frame.place.place, event.place.place))


def found_of_captives(event: Draft, frame: Frame) -> bool:
    """Whether the headline tells that some of those were found dead whose abduction the text tells: "two of six captives found dead"."""
    if frame.type != ABDUCTION or event.type != ATTACK or any(not f.title for f in event.frames):
        return False
    keys = event.frames[0].hits.keys
    return not keys.isdisjoint({"found_bodies", "execution", "killed"}) and not keys.isdisjoint(_HELD)


_HELD = frozenset({"captives", "hostage", "captivity", "abduction"})


def fell_in_riot(event: Draft, frame: Frame) -> bool:
    """Whether a sentence only tells who fell in the riot told right before: "a man died of gunshot wounds"."""
    if event.type not in RIOTS or frame.type != ATTACK or frame.actors or frame.title or frame.lead:
        return False
    if frame.trigger.key not in _ONLY_FELL | {"riot"} or frame.sentence - event.frames[-1].sentence > 2:
        return False
    here = frame.place is None or (event.place is not None and frame.place.place == event.place.place)
    return here and frame.day in (None, event.day) and bool(frame.tolls)


_ONLY_FELL = frozenset({"kill", "died", "shooting", "small_arms", "hit"})


def led_from_crowd(event: Draft, frame: Frame) -> bool:
    """Whether those arrested are some of the crowd that was dispersed right before: "and took away nine"."""
    if event.type not in PROTESTS or frame.type != "Arrests" or frame.place is not None or frame.title:
        return False
    told = frame.day if frame.dated and not frame.dated.weak else None
    return frame.sentence - event.frames[-1].sentence <= 1 and told in (None, event.day)


def crowd_ransacks(events: Sequence[Draft], frame: Frame) -> bool:
    """Whether who burns or wrecks is the crowd that the text tells of: "hundreds stormed the airport and broke windows"."""
    if frame.type != LOOTING or frame.weapons or frame.title or not set(frame.actors) <= {"protesters"}:
        return False
    return any(e.type in PROTESTS for e in events)


def mourned_first(event: Draft, frame: Frame) -> bool:
    """Whether a sentence tells who was killed the day before, for whose funeral people had come when the bomb went off."""
    if frame.title or frame.lead or event.type not in BLASTS or frame.type not in (ATTACK, CLASH):
        return False
    if not (event.day and frame.day and frame.day < event.day) or frame.place:
        return False
    funeral = any(not f.hits.keys.isdisjoint({"funeral"}) for f in event.frames)
    known = event.tolls.get("killed")
    return funeral and any(t.kind == "killed" and known and 0 < t.value < known.value for t in frame.tolls)


def launchers(event: Draft, frame: Frame) -> bool:
    """Whether what was found is but what the rockets of the text were fired from."""
    found = frame.trigger.key in ("seize_arms", "arms_cache") and event.type == SHELLING
    fired = {arm for f in event.frames for arm in f.weapons}
    return found and bool(frame.weapons) and set(frame.weapons) <= {"rocket", "missile"} & fired


def freed_too_late(event: Draft, frame: Frame) -> bool:
    """Whether a fight is told, with its dead, behind captives who were seized or killed: the raid that found them."""
    if frame.title or frame.type != CLASH or frame.hits.keys.isdisjoint(("operation", "clash")):
        return False
    before = [f for f in event.frames if not f.title] or event.frames
    if event.type not in (ATTACK, ABDUCTION) or all(f.trigger.key not in _SEIZED for f in before):
        return False
    armed = any(f.targets[t].start in f.fallen for f in before for t in _ARMED & set(f.targets))
    return not armed and any(t.value and t.kind == "killed" for t in frame.tolls)


_SEIZED = frozenset({"abduction", "hostage", "captives", "execution"})
_ARMED = frozenset({"soldiers", "police", "peshmerga", "hashd"})


def hits_relief(event: Draft, frame: Frame) -> bool:
    """Whether a blast caught those who came to help in the fight told before: an event of its own, at its place."""
    late = not (frame.title or frame.lead) and "relief" in frame.hits.keys
    return late and event.type in ASSAULTS and frame.type == BOMB and bool(frame.weapons)


def is_its_cost(event: Draft, frame: Frame) -> bool:
    """Whether a sentence only tells who died in the riot or the fire told before: "One protester was killed"."""
    if event.type not in RIOTS or frame.place or frame.day or frame.weapons or frame.title or frame.lead:
        return False
    if any(h.key not in ("kill", "hit", "protest", "riot") for h in frame.triggers) or not frame.tolls:
        return False
    return frame.sentence - event.frames[-1].sentence <= 2


def moves_on(events: Sequence[Draft], frame: Frame) -> bool:
    """Whether a further sentence opens with a place in another governorate than all before: "In Karbala lawyers marched"."""
    place = frame.place
    if frame.title or frame.lead or place is None or not place.inside or not place.place.governorate:
        return False
    if place.first - frame.hits[0].first > 1 or "background" in frame.signs:
        return False
    return all(e.place and e.place.place.governorate != place.place.governorate for e in events)


def opens_elsewhere(event: Draft, frame: Frame) -> bool:
    """Whether a further sentence opens with a place of its own and has its own dead: "In Hawija, a soldier died"."""
    place, before = frame.place, [f for f in event.frames if not f.title and not f.support]
    if frame.title or frame.lead or place is None or not before or not place.inside:
        return False
    if place.first - frame.hits[0].first > 1 or any(
        f.place and f.place.place.id == place.place.id for f in before
    ):
        return False
    told = {t.kind: t.value for f in before for t in f.tolls}
    return any(t.value and told.get(t.kind, 0) not in (0, t.value) and not t.latest for t in frame.tolls)


def the_second(event: Draft, frame: Frame) -> bool:
    """Whether a sentence opens with the second of two that were hit, at a place of its own."""
    if frame.title or frame.lead or frame.support or not frame.hits or frame.hits[0].key != "second_of":
        return False
    spots = [f.place or f.landmark for f in event.frames if not f.title]
    spot = frame.place
    if spot is None:
        return False
    return not any(s and (within(s.place, spot.place) or within(spot.place, s.place)) for s in spots)


def another_of(event: Draft, frame: Frame) -> bool:
    """Whether a sentence tells that another one of what was hit before was hit elsewhere: "another convoy near B"."""
    where = frame.place or frame.landmark
    if (
        where is None
        or event.place is None
        or within(where.place, event.place.place)
        or within(event.place.place, where.place)
    ):
        return False
    more = frame.hits.of("another")
    hit = {t for f in event.frames for t in f.targets}
    if any(name in hit and _beside(at, w) for name, at in frame.targets.items() for w in more):
        return True
    blows = [h for h in frame.hits if h.key in _BLOWS and h.first <= frame.trigger.last]
    return event.type in (AIR, SHELLING) and any(_beside(at, w) for at in blows for w in more)


_BLOWS = frozenset({"strike", "shooting", "shelling", "launch", "small_arms"})
"""Words that say of a further blow only that it was of the kind of those told before: other strikes, further fire."""


def _beside(one: Hit, other: Hit) -> bool:
    """Whether words stand side by side, or with one between them."""
    return 0 <= one.first - other.last <= 1 or 0 <= other.first - one.last <= 1


def one_more(event: Draft, frame: Frame) -> bool:
    """Whether a sentence tells "another strike" at a place of its own, which the one before does not name."""
    at = frame.trigger
    if event.type not in (AIR, SHELLING) or not any(
        h.first < at.last and at.first <= h.last for h in frame.hits.of("separate", "another")
    ):
        return False
    return frame.place is not None and all(
        f.place is None or f.place.place.id != frame.place.place.id for f in event.frames
    )


def kind_like(events: Sequence[Draft], frame: Frame) -> str:
    """The kind of a further event: that of one told before where a general deed is only said to be like it."""
    if frame.series and frame.generic:
        return next((e.type for e in reversed(events) if e.type in BLASTS | ASSAULTS), frame.type)
    return events[-1].type if events and like_the_last(events[-1], frame) else frame.type


def like_the_last(event: Draft, frame: Frame) -> bool:
    """Whether a general deed is only said to be similar to the one told before: "in a similar incident", "another convoy"."""
    if not frame.generic or frame.type not in (ATTACK, CLASH):
        return False
    if is_already(frame) or (frame.hits and frame.hits[0].key == "second_of" and the_second(event, frame)):
        return True
    return "similar" in frame.hits.keys or another_of(event, frame) or one_more(event, frame)


def strikes_alike(event: Draft, frame: Frame) -> bool:
    """Whether a blow is only said to be like the one before, on a day of its own: "as with a similar strike on Tuesday"."""
    if event.type not in BLASTS or frame.title or not frame.day:
        return False
    soft = isinstance(frame.trigger.meaning, Concept) and frame.trigger.meaning.soft
    if not (frame.generic or (frame.type in BLASTS and (soft or frame.type == event.type))):
        return False
    alike = any(h.first <= frame.trigger.first < h.last for h in frame.hits.of("similar"))
    return alike and event.day not in (None, frame.day)


def falls_beside(event: Draft, frame: Frame) -> bool:
    """Whether a clause only tells where another of the rockets came down: "two fell on the airport, the third on a house"."""
    if event.type not in (AIR, SHELLING) or frame.trigger.key != "hit" or not frame.generic:
        return False
    if frame.weapons or frame.actors or frame.tolls or frame.sentence != event.frames[-1].sentence:
        return False
    here, there = event.place, frame.place
    return here is not None and there is not None and here.place.governorate == there.place.governorate


def at_odds(event: Draft, frame: Frame) -> bool:
    """Whether blows of opposite sides are told, each with its dead: the army's guns, the rebels' rockets."""
    before = [f for f in event.frames if not f.title and not f.support]
    if frame.title or not before or not {event.type, frame.type} <= {AIR, SHELLING}:
        return False
    if not any(t.value for t in frame.tolls) or not any(t.value for f in before for t in f.tolls):
        return False
    first, second = {a for f in before for a in f.actors}, set(frame.actors)
    return any(
        one and two and one <= REBELS and two <= STATE | ABROAD
        for one, two in ((first, second), (second, first))
    )


def broken_up(event: Draft, frame: Frame) -> bool:
    """Whether the sentence behind a protest's first tells how it ended: the police broke it up with tear gas."""
    if frame.trigger.key != "dispersal" or frame.day or frame.place or "background" in frame.signs:
        return False
    last = event.frames[-2] if event.frames[-1] is frame and len(event.frames) > 1 else event.frames[-1]
    return last.lead and frame.sentence - last.sentence == 1


def struck_deal(frame: Frame) -> bool:
    """Whether a sentence of the body tells a truce or a deal with its day, and not that it is planned or awaited."""
    return (
        frame.trigger.key == "truce"
        and frame.day is not None
        and not (frame.title or frame.idle)
        and frame.signs.isdisjoint(UNREAL | {"plan", "warning", "background", "condemn"})
    )


def ends_fight(events: Sequence[Draft], frame: Frame) -> bool:
    """Whether the fight told right before ends in a deal of a day of its own: "on Monday night they agreed on a truce"."""
    before = events[-1]
    close = frame.sentence - before.frames[-1].sentence <= 1
    return before.type in FIGHTS and close and not frame.place and struck_deal(frame)


def burnt_by_others(event: Draft, frame: Frame) -> bool:
    """Whether houses were burnt by people whom the text names, and not by the blast told before: reprisals."""
    if frame.title or frame.type != LOOTING or event.type not in BLASTS or all(f.title for f in event.frames):
        return False
    return not _DOERS.isdisjoint(frame.actors) and not any(
        set(f.actors) & set(frame.actors) for f in event.frames
    )


_DOERS = frozenset({"unknown_gunmen", "tribal_gunmen", "protesters", "isis", "hashd", "pro_iran_faction"})


def is_the_means(event: Draft, frame: Frame) -> bool:
    """Whether a blast is but how captives were put to death: "locked in a car that was blown up with a rocket"."""
    head = event.frames[0]
    if head.trigger.key != "execution" or frame.type not in BLASTS or frame.place or frame.day:
        return False
    return not frame.hits.keys.isdisjoint({"captives", "captivity", "execution", "captors_word", "detainees"})
