"""The day that a text opens with, for the deeds that it goes on to tell without one.

"Last night saw three attacks in Diyala:", then a list; "Pick-ups came up at eight on Friday. Gunmen fired ...".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from worker.domain.understanding.sentence.frame import Frame, Scene
from worker.domain.understanding.sentence.stale import UNREAL
from worker.domain.understanding.when.calendar import Dated
from worker.domain.understanding.when.dates import dates_in

_REACH = 4
"""Sentences behind the opening that its day holds for."""
_SAID = 2
"""Words between "said" and the day on which somebody said it."""
_NOT_NOW = UNREAL | {"background", "plan", "warning", "may"}


def share_opening_day(scene: Scene, frames: Sequence[Frame]) -> None:
    """Give deeds that have no day the one of the body's first sentence, where that sentence tells no deed itself."""
    _date_headline(scene, frames)
    lead = scene.reading.title
    if lead >= len(scene.reading.sentences) or any(f.sentence == lead and not f.support for f in frames):
        return
    moves = [
        f for f in frames if f.title and f.trigger.key == "disband" and f.day is None and f.dated is None
    ]
    told = (_day_of(scene, i, spoken=True) for i in range(lead, min(lead + 2, len(scene.reading.sentences))))
    if moves and (said := next((d for d in told if d), None)):
        for frame in moves:  # a party's own word of what it gives up is the deed
            frame.dated, frame.day, frame.day_precision = said, said.day, 1
    bare = [f for f in frames if f.sentence > lead and f.day is None and f.dated is None and not f.support]
    bare = [f for f in bare if f.sentence - lead <= _REACH and not f.past and f.signs.isdisjoint(_NOT_NOW)]
    bare = [f for f in bare if "undated" not in f.hits.keys and not _dates(scene, f.sentence)]
    if not bare:
        return
    dated = _day_of(scene, lead)
    if dated is None:
        return
    for frame in bare:
        frame.dated, frame.day, frame.day_precision = dated, dated.day, 1


def _date_headline(scene: Scene, frames: Sequence[Frame]) -> None:
    """Give a headline's deed the day of the first two sentences, where no word in them tells the deed again.

    "Grenade tossed into billiard hall", then "It rolled under a table on Sunday evening, and seven ...".
    """
    headed = [f for f in frames if f.title and not f.support]
    if len(headed) != 1 or any(f.day for f in frames if not f.title):
        return
    head, lead = headed[0], scene.reading.title
    if head.day or head.dated or head.past or not head.signs.isdisjoint(_NOT_NOW):
        return
    for index in range(lead, min(lead + 2, len(scene.reading.sentences))):
        if any(f.sentence == index and not f.support for f in frames):
            return
        if (dated := _day_of(scene, index)) is not None:
            head.dated, head.day, head.day_precision = dated, dated.day, 1
            return


def _dates(scene: Scene, sentence: int) -> list[Dated]:
    """All days and times that a sentence names."""
    return list(dates_in(scene.reading, scene.tongue, *scene.reading.sentences[sentence], scene.published))


def _day_of(scene: Scene, sentence: int, *, spoken: bool = False) -> Dated | None:
    """The one day that a sentence tells of what is neither past nor unreal; when somebody spoke only if that is the deed (`spoken`)."""
    hits = scene.reading.of(sentence)
    if not hits.keys.isdisjoint(_NOT_NOW):
        return None
    dates = _dates(scene, sentence)
    if any(d.past or d.future or d.span for d in dates):
        return None
    told = [d for d in dates if d.day and d.precision == 1]
    if len({d.day for d in told}) != 1:
        return None
    if spoken:
        return replace(told[0], weak=True)
    if any(
        abs(d.first - h.last) <= _SAID or abs(h.first - d.last) <= _SAID
        for d in told
        for h in hits.of("said")
    ):
        return None
    return replace(told[0], weak=True)
