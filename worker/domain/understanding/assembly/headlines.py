"""What a headline says against what the first sentence does: another place, no day, the toll of one side alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worker.domain.understanding.counting.tolls import Toll
from worker.domain.understanding.sentence.families import BLASTS, FIGHTS, GROUND, PROTESTS, RIOTS
from worker.domain.understanding.sentence.frame import AIR, ATTACK, BOMB, DISRUPTED, SHELLING, Frame
from worker.domain.understanding.where.places import EXACTNESS, is_capital
from worker.domain.understanding.where.whereabouts import adjoin, within

if TYPE_CHECKING:
    from worker.domain.understanding.assembly.draft import Draft


def beside_headline(event: Draft, frame: Frame) -> bool:
    """Whether headline and first sentence call one place near the other: "near Baghdad airport", "at Radwaniyah"."""
    here, there = event.place, frame.place
    if here is None or there is None or not frame.lead or not all(f.title for f in event.frames):
        return False
    return (here.near or there.near) and adjoin(here.place, there.place)


def crowd_of_headline(event: Draft, frame: Frame) -> bool:
    """Whether the headline only says who fired, and the first sentence on whom: "police open fire, three dead", a crowd."""
    if not frame.lead or frame.type not in PROTESTS or event.count is not None:
        return False
    return all(f.title and f.trigger.key in _FIRED for f in event.frames)


_FIRED = frozenset({"shooting", "fire_on_crowd", "clash"})


def stormed_again(event: Draft, frame: Frame) -> bool:
    """Whether a general deed of the first sentence is the headline's riot or fire: "burn consulate", hundreds broke in."""
    if not frame.lead or not frame.generic or frame.type not in FIGHTS or event.type not in RIOTS:
        return False
    if any(t.value for t in frame.tolls) or event.tolls or not all(f.title for f in event.frames):
        return False
    return frame.trigger.key in _BROKE_IN and (frame.place is None or meets(event, frame))


_BROKE_IN = frozenset({"storm", "attack", "launch", "hit", "raid"})


def marched_in(event: Draft, frame: Frame) -> bool:
    """Whether the headline's advance is the taking that the first sentence tells, or the other way round.

    "IS enters Hit", then it took the town; "Insurgents take two towns", then they pushed into Rawa.
    """
    if not frame.lead or event.tolls or not all(f.title for f in event.frames):
        return False
    if event.type in GROUND and any(h.key in _ADVANCES for h in frame.triggers):
        return event.place is None or event.place.exactness < EXACTNESS["town"] or meets(event, frame)
    return frame.type in GROUND and all(f.trigger.key in _ADVANCES for f in event.frames)


_ADVANCES = frozenset({"advance", "enter"})


def headline_of_origin(event: Draft, frame: Frame) -> bool:
    """Whether the headline's place only tells whose man it was, and the first sentence where: "Ramadi officer shot"."""
    here, there = event.place, frame.place
    if here is None or there is None or not frame.lead or not all(f.title for f in event.frames):
        return False
    if here.inside or here.near or event.type != frame.type or event.count is not None:
        return False
    if not there.inside and not home_of_victims(event):
        return False
    if frame.others or any(f.others for f in event.frames):
        return False
    known = event.tolls.get("killed")
    told = next((t for t in frame.tolls if t.kind == "killed"), None)
    return known is None or told is None or known.value == told.value


def crowd_from(event: Draft, frame: Frame) -> bool:
    """Whether the text begins with the headline's protest, on a day and at another place: the headline's is where they came from."""
    if event.type not in PROTESTS or frame.type != event.type or frame.title or frame.day is None:
        return False
    if (
        not all(f.title for f in event.frames)
        or len(event.frames) > 1
        or event.frames[0].others
        or frame.others
    ):
        return False
    return (
        frame.place is not None and frame.place.inside and event.place is not None and not event.place.inside
    )


def home_of_victims(event: Draft) -> bool:
    """Whether all that tells of a place is a headline that says whose people they were: "tear gas against teachers of A"."""
    place = event.place
    told = [f for f in event.frames if f.place]
    if place is None or place.inside or place.near or not all(f.title for f in told):
        return False
    return any(
        0 <= place.first - at.last <= _OF_HOME and at.key in _FOLK for f in told for at in f.targets.values()
    )


_OF_HOME = 2
"""Words between people and their town: teachers *of*."""
_FOLK = frozenset({"civilians", "workers", "pilgrims", "activist", "protesters"})


def repelled_again(event: Draft, frame: Frame) -> bool:
    """Whether the first sentence says in other words that the headline's attack was beaten off: "repels", "foiled"."""
    if not frame.lead or frame.trigger.key != "foil" or frame.type != DISRUPTED:
        return False
    head = [f for f in event.frames if not f.support]
    return bool(head) and all(f.title for f in head) and head[0].trigger.key == "repel"


def other_half(event: Draft, frame: Frame) -> bool:
    """Whether a headline's second sentence names its own place and others who were hit: "Judge shot; convoy hit near B"."""
    if not frame.title or frame.place is None or frame.trigger.key == "kill":
        return False
    if not all(f.title and f.sentence != frame.sentence for f in event.frames):
        return False
    hit = {t for f in event.frames for t in f.targets} - _ANYBODY
    own = set(frame.targets) - _ANYBODY
    return bool(hit and own) and hit.isdisjoint(own) and (event.place is None or not meets(event, frame))


_ANYBODY = frozenset({"civilians", "market", "homes"})


def said_bombed(event: Draft, frame: Frame) -> bool:
    """Whether the headline only says that something was bombed, and the first sentence how: from the air, with rockets."""
    if not frame.lead or frame.type not in _FROM_AFAR or event.type != BOMB or event.tolls:
        return False
    return all(
        f.title
        and f.trigger.key in ("bombing", "explosion")
        and all(at.start == f.trigger.start for at in f.weapons.values())
        for f in event.frames
        if f is not frame
    )


_FROM_AFAR = frozenset({AIR, SHELLING})


def dropped(event: Draft, frame: Frame) -> bool:
    """Whether the first sentence's "the bomb" is the one that the headline's aircraft or drone dropped."""
    if not frame.lead or frame.type != BOMB or event.type != AIR or not all(f.title for f in event.frames):
        return False
    plain = all(at.key in _ANY_BOMB for at in frame.weapons.values())
    return plain and (event.place is None or frame.place is None or meets(event, frame))


_ANY_BOMB = frozenset({"bomb", "bombing", "explosion"})


def date_headline(event: Draft, following: Draft) -> None:
    """Give a headline's deed the day on which the first sentence tells another one at its place."""
    lead = next((f for f in following.frames if f.lead and f.day and f.dated), None)
    if lead is None or lead.dated is None or lead.place is None or event.place is None:
        return
    here, there = event.place.place, lead.place.place
    if (within(here, there) or within(there, here)) and not lead.dated.weak:
        event.day, event.day_precision = lead.day, lead.day_precision
        event.dated_at = (lead.dated.first, lead.dated.last)


def of_headline(event: Draft, toll: Toll) -> bool:
    """Whether a figure is the headline's, which may count what a sentence below tells of one side alone."""
    return any(toll in f.tolls for f in event.frames if f.title)


def told_nearby(event: Draft, frame: Frame) -> bool:
    """Whether the first sentence names the headline's place only as the neighbour of another: in Radwaniyah, near the airport."""
    if not (frame.lead and event.place and frame.place) or frame.place.near:
        return False
    place = frame.place.place.id
    return (
        all(f.title for f in event.frames)
        and event.place.place.id in frame.passed
        and place not in frame.passed
    )


def one_got_through(event: Draft, frame: Frame) -> bool:
    """Whether one of the headline's rockets was shot down and another one came down: "the other landed in a street"."""
    head = event.frames[0]
    if event.type != DISRUPTED or not head.title or head.type != SHELLING or frame.trigger.key != "hit":
        return False
    return any(0 <= frame.trigger.first - h.last <= 2 for h in frame.hits.of("another"))


def nearer_town(event: Draft, frame: Frame) -> bool:
    """Whether the first sentence tells a bearing from a nearer town than the headline: off Baghdad, on the Latifiya road."""
    old, new = event.landmark, frame.landmark
    if old is None or new is None or new.aside or new.speaker:
        return False
    return is_capital(old.place) and not is_capital(new.place) and new.exactness >= EXACTNESS["town"]


def told_twice(event: Draft, frame: Frame) -> bool:
    """Whether headline and first sentence give one exact toll in one governorate: the headline's town stands for it.

    A high toll needs no one governorate: "25 killed in the south, curfew in Najaf".
    """
    if not (frame.lead and all(f.title for f in event.frames) and event.place and frame.place):
        return False
    if any(h.meaning == event.place.place for h in frame.hits.places):
        return False  # on the road from one to the other
    known = event.tolls.get("killed")
    same = any(t.kind == "killed" and known and t.value == known.value > 1 for t in frame.tolls)
    return (
        same
        and not meets(event, frame)
        and event.type == frame.type
        and (
            event.place.place.governorate == frame.place.place.governorate
            or (known is not None and known.value >= _TELLING)
        )
    )


def greater_town(event: Draft, frame: Frame) -> bool:
    """Whether the headline names but the better known town of the governorate: "Mine in Mosul", then in Sinjar on Sunday."""
    here, there = event.place, frame.place
    if here is None or there is None or not frame.lead or event.type != frame.type or event.count is not None:
        return False
    if not all(f.title and not f.others for f in event.frames) or event.day or event.tolls or frame.others:
        return False
    if here.place.type != "town" or here.place.governorate != there.place.governorate or not frame.day:
        return False
    return all(h.meaning != here.place for h in frame.hits.places)


_TELLING = 10
"""So many dead, given by headline and first sentence alike, are those of one deed wherever the headline puts them."""


def meets(event: Draft, frame: Frame) -> bool:
    """Whether any place of the one can be any place of the other."""
    told = any(f.place and not f.title for f in event.frames)
    own = [event.place, *(o for f in event.frames if not (told and f.title) for o in f.others)]
    new = [frame.place, *frame.others]
    return any(a and b and (within(a.place, b.place) or within(b.place, a.place)) for a in own for b in new)


def murdered_by_bomb(event: Draft, frame: Frame) -> bool:
    """Whether the first sentence tells with what the headline's assassination was done: a bomb under the car."""
    heads = [f for f in event.frames if f is not frame]
    only = all(f.title and f.trigger.key == "assassination" and not f.weapons for f in heads)
    return only and frame.lead and frame.type in BLASTS and event.type == ATTACK
