"""Where a text is a list: its lines and what each opens with, a place, a land, a day, or a short heading.

"MOSUL - Gunmen shot ...", "• ديالى: قُتل شرطي ...", "Erbil | ...", "Bagdad. Cinq obus ...", "19 nov. : ...", a heading on a line of
its own. A list is known by two lines and more that open with different places, lands or days; once it is
known, a line with a short heading of any other kind ("Armée américaine. ...") is one of it too.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from worker.domain.understanding.sentence.frame import Scene
from worker.domain.understanding.when.calendar import Dated
from worker.domain.understanding.when.dates import dates_in
from worker.domain.understanding.where.bearings import COMMAS
from worker.domain.understanding.words.meanings import Country, Place
from worker.domain.understanding.words.reading import Hit, Reading, openings

_BULLETS = "*•·▪●■◆◉◾▶►➤➢✔✅☑‣○⭕🔴🔵🟢🟡🔶🔷🔸🔹🔺🔻📌📍"
_CLOCK = r"\d{1,2}[:.h]\d{2}(?:\s?(?:h|gmt|uhr))?\s*[-–—:|]*\s+"
_MARK = re.compile(rf"\s*(?:{_CLOCK}|[{_BULLETS}–—+\-]+\s*|\d{{1,2}}\s*[-–.)]\s+)")
_INNER = re.compile(rf"[{_BULLETS}]|\+\+")
_HEAD = re.compile(r"(?:[^\n.!?؟;؛،]|\.(?=[,\w])){2,60}?(\s[-–—]+\s|\s?[:/|]\s|\.{1,3}\s|\n)")
_ENDS = re.compile(r"\s?:|\s[-–—]+\s|\.{1,3}\s")
_SHORT = 6
"""So many words a line's opening has at most that only says where."""
_TERSE = 4
"""So many words a heading has at most that no dash or colon shows to be one."""


@dataclass(slots=True)
class Line:
    """A line of the text below its headline."""

    start: int
    marked: bool = False
    agency: bool = False
    place: Hit | None = None
    """The place or the country that it opens with."""
    dated: Dated | None = None
    form: str = ""
    """What its heading ends with; nothing where it has none."""
    alone: bool = False
    """The heading has a line of its own, and holds for the marked lines below it."""

    @property
    def headed(self) -> bool:
        """Whether it opens with a place, a land or a day."""
        return self.place is not None or self.dated is not None


def lines_of(scene: Scene) -> list[Line]:
    """The lines of the list; none where a text has no list."""
    reading = scene.reading
    places = [h for h in reading.hits if isinstance(h.meaning, Place | Country)]
    if len(places) < 2:
        return []
    first = reading.folded.text.find("\n") + 1
    made = (_line(scene, at, places, inner=inner) for at, inner in _openings(reading, places))
    lines = [line for line in made if line is not None]
    top = lines[0] if lines and lines[0].place and lines[0].start == first else None
    if top and not top.marked and (top.agency or any(one.marked and one.place for one in lines)):
        lines = lines[1:]  # where the report was written
    spots = {one.place.key for one in lines if one.place}
    days = {one.dated.day for one in lines if one.dated and one.form != "\n"}
    if max(len(spots), len(days)) < 2:
        return (
            _each_its_place(lines, places)
            or _paragraphs(reading, first, places)
            or _bulletin(reading, first, places)
        )
    if len(spots) < 2:
        lines = [one for one in lines if one.dated or not one.place]
    forms = {one.form for one in lines if one.headed and one.form}
    begin = next(one.start for one in lines if one.headed)
    kept = [
        one
        for one in lines
        if one.headed or one.marked or (one.form in forms and (one.start > begin or one.form == "|"))
    ]
    return _under_headings(kept)


def _each_its_place(lines: Sequence[Line], places: Sequence[Hit]) -> list[Line]:
    """The marked lines, where each names a place and no two the same first: "• Jets bombed ... in Hamrin", "• Police found ... in Daquq"."""
    marked = [one for one in lines if one.marked]
    if len(marked) < 2:
        return []
    ends = [one.start for one in marked[1:]] + [sys.maxsize]
    firsts = [
        next((h.key for h in places if one.start <= h.start < end and isinstance(h.meaning, Place)), None)
        for one, end in zip(marked, ends, strict=True)
    ]
    return marked if None not in firsts and len(set(firsts)) == len(firsts) else []


def _under_headings(lines: list[Line]) -> list[Line]:
    """The lines, each with the place or the day of the heading that stands above it on a line of its own."""
    place: Hit | None = None
    dated: Dated | None = None
    for line in lines:
        if line.alone and line.headed:
            place, dated = line.place or (place if line.marked else None), line.dated or dated
        elif line.form == "\n":
            place = None
        elif line.marked:
            line.place, line.dated = line.place or place, line.dated or dated
        elif line.place:
            line.dated = line.dated or dated
    return lines


def _openings(reading: Reading, places: Sequence[Hit]) -> Iterator[tuple[int, bool]]:
    """Where a line may begin: behind each line break, and at sentences inside a line that a sign or a place's heading sets apart."""
    text = reading.folded.text
    behind = {h.first: reading.between(h.last - 1) for h in places}
    end = text.find("\n") + 1
    if not end:
        return
    for first, _ in reading.sentences[reading.title :]:
        if first == 0:
            continue
        since, start = reading.ends[first - 1], reading.starts[first]
        gap = text[since:start]
        at = since + gap.rfind("\n") + 1
        if at > since:
            yield at, False
        elif _INNER.search(gap):
            yield start, True
        elif _ENDS.match(behind.get(first, "")):
            yield start, False


def _line(scene: Scene, at: int, places: Sequence[Hit], *, inner: bool) -> Line | None:
    """What a line opens with; None where it is no line of a list."""
    reading = scene.reading
    text = reading.folded.text
    mark = None if inner else _MARK.match(text, at)
    start = mark.end() if mark else at
    marked = inner or bool(mark)
    head = _HEAD.match(text, start)
    word = bisect_right(reading.starts, start - 1)
    if head is not None and (line := _headed(scene, at, word, head)) is not None:
        line.marked = marked
        return line
    if not marked:
        return None
    end = text.find("\n", start)
    end = end if end >= 0 else len(text)
    spot = next(
        (h for h in places if word <= h.first <= word + 2 and h.end <= end and isinstance(h.meaning, Place)),
        None,
    )
    return Line(at, marked=True, place=spot)


def _headed(scene: Scene, at: int, word: int, head: re.Match[str]) -> Line | None:
    """The line that a heading opens; None where the words are no heading."""
    reading = scene.reading
    last = bisect_left(reading.starts, head.end())
    sign = head.group(1)
    form = next((s for s in (":", "|", ".", "\n") if s in sign), "-")
    terse = form in ".\n"
    if not word < last <= word + (_TERSE if terse else _SHORT + 1):
        return None
    low = bisect_left(reading.hits, word, key=lambda h: h.first)
    own = reading.hits[low : bisect_left(reading.hits, last, key=lambda h: h.first)]
    spots = [h for h in own if isinstance(h.meaning, Place | Country)]
    spot = next(iter(spots), None)
    covered = {i for h in spots for i in range(h.first, h.last)}
    if any(h.group in ("act", "toll") and h.first not in covered for h in own):
        return None
    if terse and any(h.key in _SPOKEN for h in own):
        return None
    alone = head.end() >= len(reading.folded.text) or "\n" in sign
    line = Line(at, agency="(" in head.group(), form=form, alone=alone)
    if spot is not None and (not terse or len(covered) * 2 >= last - word):
        line.place = spot
        return line
    dates = dates_in(reading, scene.tongue, word, last, scene.published)
    day = next((d for d in dates if d.day and d.precision == 1 and not (d.future or d.span)), None)
    if day is not None and (not terse or sum(d.last - d.first for d in dates) >= last - word - 1):
        line.dated = day
    if line.dated is None and (last > word + _TERSE or any(h.key in _SPOKEN for h in own)):
        return None
    return line


_SPOKEN = frozenset({"said", "that", "clause_strong", "including"})


def _paragraphs(reading: Reading, first: int, places: Sequence[Hit]) -> list[Line]:
    """The paragraphs "In Mosul, ...", where what stands above says that it sums up."""
    starts = {
        reading.starts[a]: a
        for a, _ in reading.sentences
        if reading.starts[a] >= first and "\n" in reading.between(a - 1)
    }
    found = []
    for start, word in starts.items():
        spot = next((h for h in places if word < h.first <= word + 2 and isinstance(h.meaning, Place)), None)
        if spot and set(reading.between(spot.last - 1)) & COMMAS:
            found.append(Line(start, place=spot))
    if len({one.place.key for one in found if one.place}) < 2:
        return []
    top = found[0].start
    if not any(h.key == "summary" and h.start < top for h in reading.hits):
        return []
    return found


def _bulletin(reading: Reading, first: int, places: Sequence[Hit]) -> list[Line]:
    """The paragraphs of a bulletin that each tell a deed at a place of its own, under a headline that calls it one."""
    if all(row.keys.isdisjoint({"bulletin", "actor:security_media_cell"}) for row in openings(reading, 1)):
        return []
    starts = [first] + [
        reading.starts[a]
        for a, _ in reading.sentences
        if reading.starts[a] > first and "\n" in reading.between(a - 1)
    ]
    ends = [*starts[1:], sys.maxsize]
    deeds = [h.start for row in map(reading.of, range(len(reading.sentences))) for h in row.deeds]
    found: list[Line] = []
    for start, end in zip(starts, ends, strict=True):
        spot = next((h for h in places if start <= h.start < end and isinstance(h.meaning, Place)), None)
        if spot is not None and any(start <= at < end for at in deeds):
            found.append(Line(start))
    return found if len(found) >= _PARAGRAPHS else []


_PARAGRAPHS = 3
"""So many paragraphs a bulletin without marks has at least."""
