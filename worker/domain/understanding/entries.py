"""Round-ups as lists: "MOSUL - Gunmen shot ...", "• ديالى: قُتل شرطي ...", each line an event with place and day of its own.

A list is known by two lines and more that open with different places, before a dash or a colon or behind
a bullet. What opens the text above it only sums up; its day holds for the lines that name none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from worker.domain.understanding.bearings import COMMAS
from worker.domain.understanding.calendar import Dated
from worker.domain.understanding.dates import dates_in
from worker.domain.understanding.frame import Frame, Scene
from worker.domain.understanding.meanings import Place
from worker.domain.understanding.places import Located, located
from worker.domain.understanding.reading import Hit, Reading, Row
from worker.domain.understanding.whereabouts import choose, within

_MARK = re.compile(r"\s*(?:[*•·▪●■◆‣○–—-]+\s*|\d{1,2}\s*[-–.)]\s+)")
_HEAD = re.compile(r"[^\n.!?؟;؛،]{2,60}?(?:\s[-–—]+\s|\s?[:/]\s)")
_SHORT = 6
"""So many words a line's opening has at most that only says where."""


@dataclass(slots=True)
class _Line:
    """A line of the text below its headline."""

    start: int
    marked: bool
    agency: bool
    place: Hit | None


def mark_entries(scene: Scene, frames: Sequence[Frame]) -> None:
    """Tell the frames of a list's lines apart and give each the place and the day that hold for its line."""
    reading = scene.reading
    if reading.folded.text.count("\n") < 2 or len(frames) < 2:
        return
    lines = _entries(reading)
    if not lines:
        return
    starts = [line.start for line in lines]
    dated = _opening_day(scene, starts[0])
    for frame in frames:
        at = reading.starts[reading.sentences[frame.sentence][0]]
        frame.entry = 0 if frame.title else bisect_right(starts, at)
        if not frame.entry:
            frame.entry = -1
            continue
        line = lines[frame.entry - 1]
        _place(scene, frame, line.place)
        if frame.dated is None and dated and not frame.support:
            frame.dated, frame.day, frame.day_precision = dated, dated.day, dated.precision


def _place(scene: Scene, frame: Frame, head: Hit | None) -> None:
    """Give a frame its line's place, or the one that the line names below it: "Kirkuk: three held in Hawija district"."""
    if head is None or not isinstance(head.meaning, Place) or frame.count is not None:
        return
    if frame.place is not None and frame.place.first != head.first:
        return
    frame.place = frame.place or Located(head.meaning, head.first, head.last)
    rest = Row([h for h in frame.hits if h.first >= head.last])
    found = located(scene.reading, rest, scene.lexicon, scene.tongue)
    spot = choose(found or _vouched(rest), frame.trigger.first)
    if spot is None or spot.near or spot.place.governorate != head.meaning.governorate:
        return
    if spot.place.type not in ("governorate", "region"):
        frame.place = spot


def _vouched(rest: Row) -> list[Located]:
    """The doubtful names behind an "in": a line that opens with their governorate vouches for them."""
    ends = {h.last for h in rest.of("in_place", "at_place")}
    told = [h for h in rest.places if h.phrase.ambiguous and h.first in ends]
    return [Located(h.meaning, h.first, h.last, inside=True) for h in told if isinstance(h.meaning, Place)]


def _entries(reading: Reading) -> list[_Line]:
    """The lines of the list; none where a text has no list."""
    text = reading.folded.text
    places = [h for h in reading.hits if isinstance(h.meaning, Place)]
    at = text.find("\n") + 1
    lines: list[_Line] = []
    first = at
    while 0 < at < len(text):
        line = _line(reading, at, places)
        if line is not None:
            lines.append(line)
        at = text.find("\n", at) + 1
    top = lines[0] if lines and lines[0].place and lines[0].start == first else None
    if top and not top.marked and (top.agency or any(one.marked and one.place for one in lines)):
        lines = lines[1:]  # where the report was written
    headed = [one for one in lines if one.place is not None]
    if len({one.place.key for one in headed if one.place}) < 2:
        return _paragraphs(reading, first, places)
    return lines


def _paragraphs(reading: Reading, first: int, places: Sequence[Hit]) -> list[_Line]:
    """The paragraphs "In Mosul, ...", where what stands above says that it sums up."""
    starts = {
        reading.starts[a]: a
        for a, _ in reading.sentences
        if reading.starts[a] >= first and "\n" in reading.between(a - 1)
    }
    found = []
    for start, word in starts.items():
        spot = next((h for h in places if word < h.first <= word + 2), None)
        if spot and set(reading.between(spot.last - 1)) & COMMAS:
            found.append(_Line(start, marked=False, agency=False, place=spot))
    if len({one.place.key for one in found if one.place}) < 2:
        return []
    top = found[0].start
    if not any(h.key == "summary" and h.start < top for h in reading.hits):
        return []
    return found


def _line(reading: Reading, at: int, places: Sequence[Hit]) -> _Line | None:
    """What a line opens with; None where it is no line of a list."""
    text = reading.folded.text
    mark = _MARK.match(text, at)
    start = mark.end() if mark else at
    head = _HEAD.match(text, start)
    word = bisect_right(reading.starts, start - 1)
    end = text.find("\n", start)
    end = end if end >= 0 else len(text)
    if head is not None and len(head.group().split()) <= _SHORT + 1:
        spot = next((h for h in places if start <= h.start and h.end <= head.end()), None)
        deed = any(start <= h.start < head.end() for h in reading.hits if h.group == "act")
        if spot is not None and not deed:
            return _Line(at, bool(mark), "(" in head.group(), spot)
    if mark is None:
        return None
    spot = next((h for h in places if word <= h.first <= word + 2 and h.end <= end), None)
    return _Line(at, marked=True, agency=False, place=spot)


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

    return [f for f in frames if f.entry >= 0 or not again(f)]
