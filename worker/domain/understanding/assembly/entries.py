"""Round-ups as lists (`lists.py`): each line an event with place and day of its own.

What opens the text above the list only sums up; its day holds for the lines that name none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from worker.domain.understanding.assembly.lists import Line, lines_of
from worker.domain.understanding.sentence.frame import Frame, Scene
from worker.domain.understanding.sentence.joints import kinds_told
from worker.domain.understanding.sentence.strength import leave_abroad
from worker.domain.understanding.when.calendar import Dated
from worker.domain.understanding.when.dates import dates_in
from worker.domain.understanding.where.places import Located, is_capital, located
from worker.domain.understanding.where.whereabouts import choose, within
from worker.domain.understanding.words.meanings import Country, Place
from worker.domain.understanding.words.reading import Hit, Row


def mark_entries(scene: Scene, frames: Sequence[Frame]) -> None:
    """Tell the frames of a list's lines apart and give each the place and the day that hold for its line."""
    reading = scene.reading
    if "\n" not in reading.folded.text or len(frames) < 2:
        return
    lines = lines_of(scene)
    if not lines:
        return
    starts = [line.start for line in lines]

    def entry_of(sentence: int) -> int:
        return bisect_right(starts, reading.starts[reading.sentences[sentence][0]])

    own = {entry_of(f.sentence) for f in frames if not f.title and not f.support}
    if all(line.alone for line in lines) and len(own - {0}) < 2:
        return  # tags, a place above its text
    opening = _opening_day(scene, starts[0])
    undated = {entry_of(h.sentence) for h in reading.hits if h.key == "undated"}
    dated_alone = {entry_of(f.sentence) for f in frames if f.day and f.dated and not f.title}
    days = dated_alone | {i + 1 for i, line in enumerate(lines) if line.dated}
    lone = (
        len(days & own) >= _DATED and len(own - days - {0}) == 1
    )  # every other line says its day, this one leaves it open
    for frame in frames:
        frame.entry = 0 if frame.title else entry_of(frame.sentence)
        if not frame.entry:
            frame.entry = -1
            continue
        line = lines[frame.entry - 1]
        _place(scene, frame, line)
        dated = line.dated or (None if lone else opening)
        settled = frame.entry in undated or frame.entry in dated_alone  # "on Sunday; one died"
        if frame.dated is None and dated and not frame.support and not settled:
            frame.dated, frame.day, frame.day_precision = dated, dated.day, dated.precision


_DATED = 2
"""Lines with a day of their own from which on one without is meant to have none."""


def _place(scene: Scene, frame: Frame, line: Line) -> None:
    """Give a frame its line's place, or the one that the line names below it: "Kirkuk: three held in Hawija district"."""
    head = line.place
    if head is None or frame.count is not None:
        return
    if isinstance(head.meaning, Country) and frame.place is None:
        if head.meaning.code != "IQ":
            leave_abroad(frame)
        return
    if not isinstance(head.meaning, Place):
        return
    if frame.place is not None and frame.place.first != head.first and not _strays(frame.place, head):
        return
    frame.place = Located(head.meaning, head.first, head.last)
    rest = Row([h for h in frame.hits if h.first >= head.last])
    found = located(scene.reading, rest, scene.lexicon, scene.tongue)
    found = [one for one in found if one.place.governorate == head.meaning.governorate]
    spot = choose(found or _vouched(rest), frame.trigger.first)
    if spot is None or spot.near or spot.place.governorate != head.meaning.governorate:
        return
    if spot.place.type not in ("governorate", "region") and not _governs(spot.place, head.meaning):
        frame.place = spot


def _governs(town: Place, head: Place) -> bool:
    """Whether a town's name only tells the governorate of the place that a line opens with: "HAWIJA (Kirkuk) - ..."."""
    return is_capital(town) and head.type != "governorate"


def _strays(place: Located, head: Hit) -> bool:
    """Whether a place lies in another governorate than the one that its line opens with: a namesake of one there."""
    home = head.meaning
    if not isinstance(home, Place) or home.type == "country" or not home.governorate:
        return False
    return place.place.governorate != home.governorate


def _vouched(rest: Row) -> list[Located]:
    """The doubtful names behind an "in": a line that opens with their governorate vouches for them."""
    ends = {h.last for h in rest.of("in_place", "at_place")}
    told = [h for h in rest.places if h.phrase.ambiguous and h.first in ends]
    return [Located(h.meaning, h.first, h.last, inside=True) for h in told if isinstance(h.meaning, Place)]


def _opening_day(scene: Scene, end: int) -> Dated | None:
    """The day that the text gives for all above its list, the last named one."""
    found: Dated | None = None
    for first, last in scene.reading.sentences:
        if scene.reading.starts[first] >= end:
            break
        for dated in dates_in(scene.reading, scene.tongue, first, last, scene.published):
            if dated.day and dated.precision == 1 and not dated.future and not dated.span:
                found = dated
    return found


def same_entry(first: Frame, second: Frame) -> bool:
    """Whether nothing keeps two frames apart: they are of one line, or of no list."""
    return first.entry == second.entry


def without_opening(frames: Sequence[Frame]) -> list[Frame]:
    """The frames without what stands above a list that tells it again line by line."""
    told = [f for f in frames if f.entry > 0 and not (f.idle or f.support) and f.strength > 0]
    if len({f.entry for f in told}) < 2:
        return list(frames)
    spots = [f.place.place for f in told if f.place]

    def again(frame: Frame) -> bool:
        named = [one.place for one in (frame.place, *frame.others) if one]
        return all(any(within(a, b) or within(b, a) for b in spots) for a in named)

    above = {f.sentence for f in frames if f.title and not again(f) and len(kinds_told(f)) < 2}
    return [f for f in frames if (not f.title or f.sentence in above) and (f.entry >= 0 or not again(f))]
