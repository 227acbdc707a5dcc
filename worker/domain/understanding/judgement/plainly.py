"""Deeds that are told so plainly that no sum of small signs can make them doubtful: place, day, and dead or wounded."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from worker.domain.understanding.assembly.draft import MANY, Draft
from worker.domain.understanding.sentence.families import (
    ABDUCTION,
    BLASTS,
    FIGHTS,
    GROUND,
    LOOTING,
    MARCHES,
)
from worker.domain.understanding.sentence.frame import ATTACK, DISRUPTED, Frame, told
from worker.domain.understanding.sentence.stale import UNREAL
from worker.domain.understanding.when.finder import day_in_iraq
from worker.domain.understanding.where.iraq import names_iraq
from worker.domain.understanding.where.places import VALLEY
from worker.domain.understanding.who.pruning import ABROAD
from worker.domain.understanding.words.meanings import FIRM, Country
from worker.domain.understanding.words.reading import Reading, openings


def told_plainly(reading: Reading, frames: Sequence[Frame], *, armed: bool = False) -> bool:
    """Whether headline or first sentence tells a deed of the last days with place, day and dead or wounded.

    Armed: only one that tells how, so that no accident and no family's quarrel is taken for it.
    """
    if unreal_headline(reading):
        return False
    return any(
        (f.title or f.lead)
        and told(f)
        and f.place is not None
        and has_day(f)
        and bool(f.tolls)
        and not f.quiet
        and (f.signs - ({"trial"} if _of_a_judge(f) else set())).isdisjoint(AGAINST)
        and (
            not armed
            or (
                f.trigger.key not in UNSAID and "accident" not in f.signs and f.hits.keys.isdisjoint(EVERYDAY)
            )
        )
        for f in frames
    )


def has_day(frame: Frame) -> bool:
    """Whether a deed has its day, be it one that nobody can place: "on Tuesday" in a report without a date."""
    told = frame.dated
    if frame.day is not None or told is None or told.day is not None:
        return frame.day is not None
    return told.precision == 1 and not (told.past or told.future or told.span or told.weak)


def _of_a_judge(frame: Frame) -> bool:
    """Whether somebody of the courts was shot or blown up: then the court that is named is no trial."""
    return "official" in frame.targets and frame.trigger.key in _MURDERS and hurt(frame)


_MURDERS = frozenset({"assassination", "shooting", "kill", "bombing", "attack"})


def told_within(events: Sequence[Draft], published: datetime | None) -> bool:
    """Whether a text, whatever it opens with, tells a blow from afar or a blast of the last days: place, day and toll.

    A long report on talks in Washington may say in its tenth paragraph that a missile fell on the airport on
    Tuesday and hurt nobody.
    """
    return any(
        e.type in BLASTS
        and not e.generic
        and e.count is None
        and e.place is not None
        and _of_these_days(e, published)
        and bool(e.tolls)
        and not any(f.past or f.idle or f.foreign for f in e.frames)
        and e.frames[0].signs.isdisjoint(UNREAL | {"warning", "plan"})
        for e in events
    )


def blast_killed(reading: Reading, events: Sequence[Draft], published: datetime | None) -> bool:
    """Whether a text tells a blast or blow of the last days that killed somebody, at a place that is surely Iraq's, wherever it tells it."""
    if unreal_headline(reading) or not _opens_in_iraq(reading):
        return False
    if any("accident" in f.signs or "accident" in f.hits.keys for e in events for f in e.frames):
        return False
    return told_within([e for e in events if (dead := e.tolls.get("killed")) and dead.value], published)


def _of_these_days(event: Draft, published: datetime | None) -> bool:
    """Whether an event lies in the last days before its report, or in a report without a date on a day that it names."""
    if published is None:
        return any(has_day(f) for f in event.frames)
    return event.day is not None and 0 <= (day_in_iraq(published) - event.day).days <= _LAST_DAYS


def rioted(reading: Reading, events: Sequence[Draft], published: datetime | None) -> bool:
    """Whether a text tells a riot of the last days with its place, and what was burnt or stormed or who was killed in it."""
    if unreal_headline(reading) or not _opens_in_iraq(reading):
        return False
    return any(
        e.type in _UNREST
        and e.place is not None
        and _of_these_days(e, published)
        and (any(t.value for t in e.tolls.values()) or any(_HOUSES & f.targets.keys() for f in e.frames))
        and any("protesters" in f.actors or e.type != "Violent demonstration" for f in e.frames)
        and all(f.signs.isdisjoint(UNREAL | {"plan", "warning"}) for f in e.frames)
        for e in events
    )


_UNREST = frozenset({"Violent demonstration", "Excessive force against protesters"})
_HOUSES = frozenset({"party_office", "embassy"})


def gathered_plainly(reading: Reading, frames: Sequence[Frame]) -> bool:
    """Whether headline or first sentence tells a crowd's protest of the last days with place and day, whatever it is about."""
    if unreal_headline(reading):
        return False
    return any(
        (f.title or f.lead)
        and f.type in MARCHES
        and told(f)
        and (f.place is not None or f.landmark is not None)  # "sat across the road to the field"
        and has_day(f)
        and f.signs.isdisjoint(UNREAL | {"background", "plan"})
        for f in frames
    )


def done_plainly(reading: Reading, frames: Sequence[Frame]) -> bool:
    """Whether headline or first sentence tells a deed of the last days by its own name, with place, day and a party to it, though nobody was hurt."""
    if unreal_headline(reading) or not names_iraq(reading):
        return False
    return any(
        _opens_with_deed(f) and f.type in _NAMED and not f.generic and bool(f.actors or f.targets)
        for f in frames
    )


def _opens_with_deed(frame: Frame) -> bool:
    """Whether headline or first sentence tells a frame's deed with place and day, and nothing speaks against it."""
    return (
        (frame.title or frame.lead)
        and told(frame)
        and frame.place is not None
        and has_day(frame)
        and frame.signs.isdisjoint(AGAINST | {"accident"})
        and frame.hits.keys.isdisjoint(EVERYDAY)
    )


_NAMED = GROUND | {ABDUCTION, LOOTING, "Arrests", "Grenade", "Chemical weapon", "Sexual violence"}
"""Deeds whose words say all: not those of a war, which comments speak of as well."""


def set_upon_plainly(reading: Reading, frames: Sequence[Frame]) -> bool:
    """Whether headline or first sentence tells that unknown or armed men set upon somebody of public life, with place and day.

    "Masked men beat up an activist in Nasiriyah on Sunday": no arms and no dead, and no quarrel of neighbours.
    """
    if unreal_headline(reading):
        return False
    return any(
        _opens_with_deed(f)
        and f.type == ATTACK
        and not _PUBLIC.isdisjoint(f.targets)
        and (bool(f.weapons) or not f.hits.keys.isdisjoint({"strangers", "gunmen"}))
        and any(h.iraq >= FIRM for h in f.hits)
        for f in frames
    )


_PUBLIC = frozenset({"journalist", "activist", "official"})


def clans_fought(reading: Reading, frames: Sequence[Frame]) -> bool:
    """Whether headline or opening tells that clans fought with arms or had dead or hurt, or made peace, whatever else it names.

    Their quarrels over land and water are told in the words of ordinary crime.
    """
    if unreal_headline(reading) or not _opens_in_iraq(reading):
        return False
    return any(
        f.sentence <= reading.title + 2
        and ((f.type in FIGHTS and (bool(f.weapons) or hurt(f))) or f.trigger.key == "truce")
        and told(f)
        and has_day(f)
        and not f.hits.keys.isdisjoint(_CLANS)
        and f.signs.isdisjoint(AGAINST)
        for f in frames
    )


_CLANS = frozenset({"tribesmen"})


def counts_attacks(frames: Sequence[Frame]) -> bool:
    """Whether headline or first sentence counts blows from afar or blasts of some weeks: "32 attacks since mid-October"."""
    return any(
        (f.title or f.lead)
        and told(f)
        and f.type in BLASTS
        and f.count is not None
        and MANY <= f.count <= _A_YEAR
        and f.signs.isdisjoint(UNREAL | {"background", "plan"})
        for f in frames
    )


def moved_plainly(reading: Reading, events: Sequence[Draft], published: datetime | None) -> bool:
    """Whether headline or first sentence tells what a party under arms did of the last days without violence.

    A truce, a town or base given up, a base set up, arms laid down: the model of incidents met too few of them
    to trust their words.
    """
    if unreal_headline(reading):
        return False
    return any(
        _of_these_days(e, published)
        and any(_moves(f) for f in e.frames)
        and any(f.actors or f.targets for f in e.frames)
        and all(told(f) or f.support for f in e.frames)
        and any(h.iraq >= FIRM for f in e.frames for h in f.hits)
        for e in events
    )


def _moves(frame: Frame) -> bool:
    """Whether headline or first sentence tells a move that a party made, and does not plan or fear it."""
    opens = frame.title or frame.lead
    if not opens or not told(frame):
        return False
    if frame.trigger.key in _MARCHED:
        spot = frame.place
        there = spot is not None and spot.exactness > VALLEY and has_day(frame) and bool(frame.actors)
        return there and frame.signs.isdisjoint(AGAINST) and not _names_abroad(frame)
    if frame.trigger.key not in _MOVES:
        return False
    if frame.trigger.key == "truce" and _names_abroad(frame):
        return False  # Ankara and Baghdad sign a memorandum
    deed = frame.trigger
    denied = (max(deed.first - h.last, h.first - deed.last) <= _DENIED for h in frame.hits.of("negation"))
    if frame.trigger.key == "disband" and any(denied):
        return False  # "that they dissolve does not mean that our bases close"
    return frame.signs.isdisjoint(AGAINST)


def _names_abroad(frame: Frame) -> bool:
    """Whether a frame's sentence names another country."""
    return any(isinstance(h.meaning, Country) and h.meaning.code != "IQ" for h in frame.hits)


_DENIED = 3
"""Words between a deed and the negation that denies it."""
_MARCHED = frozenset({"withdraw", "deploy"})
"""What counts where it is told with the day, the party and a town, a quarter or a base."""
_MOVES = frozenset({"truce", "hand_over", "open_base", "disband"})
_A_YEAR = 400
"""More attacks than this are counted of a war."""
_LAST_DAYS = 7


def found_plainly(reading: Reading, frames: Sequence[Frame], *, dated: bool = False) -> bool:
    """Whether the first sentence tells of arms that forces found or a plot that they stopped, at a place in Iraq.

    Dated: in the headline too and on a day of its own; then it may tell as well who had buried the arms, and when.
    """
    if unreal_headline(reading):
        return False
    if dated and not any(f.title and f.type == DISRUPTED for f in frames):
        return False
    against = AGAINST - {"background"} if dated else AGAINST
    return any(
        f.lead
        and f.type == DISRUPTED
        and f.trigger.key in _FINDS
        and told(f)
        and f.place is not None
        and bool(f.actors)
        and (has_day(f) or not dated)
        and f.signs.isdisjoint(against)
        and f.hits.keys.isdisjoint(EVERYDAY)
        for f in frames
    )


def struck_from_afar(frames: Sequence[Frame]) -> bool:
    """Whether the headline tells who struck from afar in Iraq, whatever else it lists: "war live: US jets bomb ... in Iraq"."""
    return any(
        f.title
        and told(f)
        and f.type in BLASTS
        and not f.generic
        and not ABROAD.isdisjoint(f.actors)
        and f.signs.isdisjoint(AGAINST)
        and any(h.iraq >= FIRM for h in f.hits)
        for f in frames
    )


def blast_told(reading: Reading, frames: Sequence[Frame]) -> bool:
    """Whether the headline, or one of the first two sentences with its day or its dead, tells a blast or a blow with its weapon, or two and more, at a place that is surely Iraq's.

    "Two drones hit Khurmala oil field": what fires follow, and what topic the text goes on to, makes no doubt of it.
    The dead may be those of the next sentence, and what makes the place Iraq's may stand in the sentences around.
    """
    if unreal_headline(reading) or not _opens_in_iraq(reading):
        return False
    costly = {f.sentence for f in frames if told(f) and hurt(f)}
    return any(
        (f.title or (_fresh_or_costly(f, costly) and f.sentence <= reading.title + 1))
        and told(f)
        and f.type in BLASTS
        and ((f.weapons and not f.generic) or (f.count or 0) > 1 or "power_line" in f.targets)
        and (f.place is not None or _off_town(f))
        and f.signs.isdisjoint(AGAINST | {"accident"})
        and f.hits.keys.isdisjoint(_PEST if not hurt(f) else EVERYDAY - {"blaze", "sport"})
        and (any(h.iraq >= FIRM for h in f.hits) or not f.title)
        for f in frames
    )


def _fresh_or_costly(frame: Frame, costly: Collection[int]) -> bool:
    """Whether a deed has its day or its dead, in its sentence or the next."""
    return has_day(frame) or hurt(frame) or frame.sentence + 1 in costly


def attack_in_headline(reading: Reading, frames: Sequence[Frame]) -> bool:
    """Whether the headline tells an attack with its dead in Iraq, be it the sum of several: "many dead after attacks in Iraq"."""
    return not unreal_headline(reading) and any(
        f.title
        and told(f)
        and f.trigger.key == "attack"
        and "killed" in f.hits.keys
        and f.signs.isdisjoint((AGAINST | {"accident"}) - {"summary"})
        and f.hits.keys.isdisjoint(EVERYDAY)
        and not _names_abroad(f)
        and any(h.iraq >= FIRM for h in f.hits)
        for f in frames
    )


def _off_town(frame: Frame) -> bool:
    """Whether a deed is told by its bearing from a town: "south of Mosul"."""
    return frame.landmark is not None and not (frame.landmark.aside or frame.landmark.speaker)


def unreal_headline(reading: Reading) -> bool:
    """Whether the headline makes of the deed below it an old or an unreal one."""
    return any(not reading.of(index).keys.isdisjoint(UNREAL) for index in range(reading.title))


def _opens_in_iraq(reading: Reading) -> bool:
    """Whether headline or the first three sentences name a place or party that is surely Iraq's."""
    return any(h.iraq >= FIRM for row in openings(reading, _OPENING) for h in row)


_OPENING = 3
"""Sentences below the headline that tell where a text is set."""


def hurt(frame: Frame) -> bool:
    """Whether anybody was killed or wounded: then a bomb beside a football pitch is no sport."""
    return any(t.value for t in frame.tolls)


def captors_spoke(reading: Reading, frames: Sequence[Frame]) -> bool:
    """Whether headline or first sentence tells what captors did or said of those whom they hold: a tape, a threat."""
    if unreal_headline(reading):
        return False
    return any(
        (f.title or f.lead)
        and told(f)
        and f.type == ABDUCTION
        and "captors_word" in f.hits.keys
        and any(h.iraq >= FIRM for h in f.hits)
        and f.signs.isdisjoint(UNREAL | {"background"})
        for f in frames
    )


_FINDS = frozenset({"seize_arms", "arms_cache", "defuse", "foil"})
UNSAID = frozenset({"kill", "found_bodies", "crash", "hit"})
"""Deeds that tell nothing of arms."""
EVERYDAY = frozenset({"ordinary_crime", "traffic", "blaze", "sport", "figurative", "weather"})
_PEST = (EVERYDAY - {"blaze"}) | {"animals"}
"""Aircraft that spray locusts bomb nobody."""
AGAINST = UNREAL | {"background", "toll_background", "warning", "plan"}
