"""Sentences that go on with deeds told before without naming them: "Seven were near A and four near B".

"Twelve strikes", "two convoys" are told first; further sentences only say where so many of them, or the
first and the second, were. They take over what the deed was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from worker.domain.understanding.assembly.draft import MANY
from worker.domain.understanding.counting.tallies import (
    counts_in,
    first_and_second,
    goes_on_counting,
    shares_of,
)
from worker.domain.understanding.counting.tolls import tolls_in
from worker.domain.understanding.sentence.families import BLASTS
from worker.domain.understanding.sentence.frame import AIR, BOMB, SHELLING, Frame, Scene
from worker.domain.understanding.sentence.stale import UNREAL, is_question
from worker.domain.understanding.when.dates import dates_in
from worker.domain.understanding.when.dating import date_deed
from worker.domain.understanding.where.places import Located
from worker.domain.understanding.where.setting import locate
from worker.domain.understanding.words.meanings import Concept, Place
from worker.domain.understanding.words.reading import Hit, Row


def onward(scene: Scene, sentence: int, before: Frame) -> list[Frame]:
    """The deeds of a sentence without a word for a deed, which goes on with those told before it."""
    hits = scene.reading.of(sentence)
    if not hits.places or before.idle or before.foreign:
        return []
    span = scene.reading.sentences[sentence]
    if before.count and before.sentence == sentence - 1 and goes_on_counting(scene, hits, span):
        shares = shares_of(counts_in(scene, hits, span, ()))
        spots = [(c, c.place) for c in shares if c.place]
        like = replace(before, sentence=sentence, hits=hits, lead=False, others=(), landmark=None)
        return [
            replace(
                like,
                place=Located(spot.meaning, spot.first, spot.last, near=True),
                count=one.value if one.value > 1 else None,
                count_at=(one.first, one.last),
                share=True,
            )
            for one, spot in spots
            if isinstance(spot.meaning, Place)
        ]
    if before.sentence == sentence - 1 and before.place is None and _blows(before):
        return [
            replace(before, sentence=sentence, hits=hits, lead=False, tolls=[], landmark=None, place=place)
            for spot in first_and_second(hits)
            if isinstance(spot.meaning, Place)
            and (place := Located(spot.meaning, spot.first, spot.last, near=True))
        ]
    second = _opens_with(scene, hits, sentence, "second_of")
    if second is None or not _told_first(scene, before):
        return []
    dates = dates_in(scene.reading, scene.tongue, *span, scene.published)
    frame = Frame(sentence, before.type, before.rank, second, [], hits=hits)
    locate(scene, frame, hits)
    date_deed(scene, frame, dates, hits)
    if frame.foreign or not _elsewhere(frame, before):
        return []
    frame.tolls = tolls_in(scene.reading, scene.tongue, sentence, dates)
    frame.weapons, frame.strength = dict(before.weapons), before.strength
    frame.signs = {h.key for h in hits if h.group == "sign"} | {"separate"}
    return [frame]


def take_up(scene: Scene, before: Frame, made: Sequence[Frame]) -> None:
    """Give a general deed the type of those that it goes on with: "The second hit a convoy near B"."""
    for frame in made:
        if not frame.generic or frame.support:
            continue
        shared = frame.share and before.count is not None and before.sentence == frame.sentence - 1
        if not shared:
            second = _opens_with(scene, frame.hits, frame.sentence, "second_of")
            if second is None or not _told_first(scene, before) or not _elsewhere(frame, before):
                continue
            frame.signs.add("separate")
        frame.type, frame.rank, frame.generic = before.type, before.rank, False
        frame.weapons = frame.weapons or dict(before.weapons)


def take_turns(scene: Scene, frames: Sequence[Frame], made: Sequence[Frame]) -> None:
    """Give what "the first" and "the second" suffered to the two places told before: "in the first three died"."""
    for frame in made:
        if frame.place is not None or not frame.generic or not any(t.value for t in frame.tolls):
            continue
        for turn, key in enumerate(("first_of", "second_of")):
            if _opens_with(scene, frame.hits, frame.sentence, key) is None:
                continue
            told = _last_with_two(frames, frame.sentence)
            if told is None or told.place is None:
                break
            if turn and not any(_is_first(scene, f) for f in reversed(frames) if f.sentence > told.sentence):
                break
            spot = (told.place, *told.others)[turn]
            frame.place = replace(spot, near=False)
            frame.type, frame.rank, frame.generic, frame.support = told.type, told.rank, False, False
            frame.weapons = frame.weapons or dict(told.weapons)
            if turn:
                frame.signs.add("separate")
            break


def take_latest(frames: Sequence[Frame], made: Sequence[Frame]) -> None:
    """Let "the latest hit A on Thursday", behind attacks that are counted, be a blow of their kind and of its own."""
    if not frames or not made:
        return
    series, frame = frames[-1], made[0]
    if series.count is None or series.count < MANY or series.type not in BLASTS:
        return
    if "latest_of" not in frame.hits.keys or frame.place is None or frame.day is None:
        return
    if frame.support or frame.generic:
        frame.type, frame.rank = series.type, series.rank
        frame.weapons = frame.weapons or dict(series.weapons)
    frame.support = frame.generic = False
    frame.count = None
    frame.signs |= {"separate"}
    frame.strength = max(frame.strength, series.strength, 2.0)


def take_there(scene: Scene, frames: Sequence[Frame], made: Sequence[Frame]) -> None:
    """Give what happened "there" to the one place that the sentence before, which tells no deed, was in.

    "It went otherwise in Suq al-Shuyukh. A crowd demonstrating there set the office on fire."
    """
    for frame in made:
        before = frame.sentence - 1
        if frame.place is not None or frame.support or "there" not in frame.hits.keys:
            continue
        if before < scene.reading.title or any(f.sentence == before and not f.support for f in frames):
            continue
        probe = Frame(before, frame.type, frame.rank, frame.trigger, [], hits=scene.reading.of(before))
        locate(scene, probe, probe.hits)
        if probe.place is not None and probe.place.inside and not probe.others:
            frame.place, frame.named, frame.iraq = probe.place, True, True


def take_arms(scene: Scene, frames: Sequence[Frame]) -> None:
    """Give the first sentence's deed the arms that a headline without a verb names: "Two rockets at the base", they came down."""
    lead = next((f for f in frames if not f.title), None)
    if lead is None or not lead.lead or lead.support or lead.weapons or lead.trigger.key not in _CAME_DOWN:
        return
    title = range(scene.reading.title)
    if any(is_question(scene.reading, i) for i in title):
        return
    keys = {h.key for i in title for h in scene.reading.of(i)}
    if any(f.title for f in frames) or not keys.isdisjoint(_NOT_USED) or "weapon" in lead.hits.groups:
        return
    arms = [h for i in title for h in scene.reading.of(i).groups.get("weapon", ())]
    named = [(h, h.meaning) for h in arms if isinstance(h.meaning, Concept) and h.meaning.type]
    if not named or len({meaning.type for _, meaning in named}) > 1:
        return
    hit, meaning = named[0]
    lead.type, lead.rank, lead.generic = meaning.type, meaning.rank, False
    lead.weapons = {meaning.weapon: hit}


_CAME_DOWN = frozenset({"hit", "launch", "explosion"})
_NOT_USED = UNREAL | {
    "seize_arms",
    "arms_cache",
    "defuse",
    "intercept",
    "foil",
    "launcher",
    "plan",
    "warning",
}
"""What a headline may say of arms that were not used."""


def _is_first(scene: Scene, frame: Frame) -> bool:
    """Whether a frame tells of the first of two: without it "the second attack in two days" is none of them."""
    return _opens_with(scene, frame.hits, frame.sentence, "first_of") is not None


def _last_with_two(frames: Sequence[Frame], sentence: int) -> Frame | None:
    """The last deed before a sentence that was told of two places."""
    near = (f for f in reversed(frames) if sentence - f.sentence <= _TURNS)
    return next((f for f in near if _blows(f) and len(f.others) == 1), None)


_TURNS = 3
"""Sentences within which "the second" can go back to the two places: the sentence itself, the first's, the headline's."""


def _told_first(scene: Scene, before: Frame) -> bool:
    """Whether the sentence before tells the first of two: "The first was hit near A"."""
    return _blows(before) and _opens_with(scene, before.hits, before.sentence, "first_of") is not None


def _blows(before: Frame) -> bool:
    """Whether a sentence tells of blows from afar, of which there may be several."""
    return before.type in (AIR, SHELLING, BOMB) and not (before.generic or before.support or before.idle)


def _opens_with(scene: Scene, hits: Row, sentence: int, key: str) -> Hit | None:
    """The word for the first or the second of two where it opens a sentence."""
    first = scene.reading.sentences[sentence][0]
    return next((h for h in hits.of(key) if h.first <= first + 1), None)


def _elsewhere(frame: Frame, before: Frame) -> bool:
    """Whether two deeds have places of their own."""
    here, there = frame.place or frame.landmark, before.place or before.landmark
    return here is not None and there is not None and here.place.id != there.place.id


def mark_shares(frames: Sequence[Frame]) -> None:
    """Tell the counts that sentences give place by place from the total before them: "23 raids ... ten near A ... five near B"."""
    counted = [f for f in frames if f.count is not None and not f.idle]
    if len(counted) < 3:
        return
    total = counted[0]
    if total.place is not None and not total.others:
        return
    own = [f for f in counted[1:] if f.place and not f.others and not f.share and f.type == total.type]
    spots = {f.place.place.id: f.count or 0 for f in own if f.place}
    if len(spots) > 1 and sum(spots.values()) <= (total.count or 0):
        for frame in own:
            frame.share = True
