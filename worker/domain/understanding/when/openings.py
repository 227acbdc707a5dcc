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
from worker.domain.understanding.words.reading import Hit

_REACH = 4
"""Sentences behind the opening that its day holds for."""
_SAID = 2
"""Words between "said" and the day on which somebody said it."""
NOT_NOW = UNREAL | {"background", "plan", "warning", "may"}


def share_opening_day(scene: Scene, frames: Sequence[Frame]) -> None:
    """Give deeds that have no day the one of the body's first sentence, where that sentence tells no deed itself."""
    _date_headline(scene, frames)
    _date_word(scene, frames)
    lead = scene.reading.title
    if lead >= len(scene.reading.sentences) or any(f.sentence == lead and not f.support for f in frames):
        return
    bare = [f for f in frames if f.sentence > lead and f.day is None and f.dated is None and not f.support]
    bare = [f for f in bare if f.sentence - lead <= _REACH and not f.past and f.signs.isdisjoint(NOT_NOW)]
    bare = [f for f in bare if "undated" not in f.hits.keys and not dates_of(scene, f.sentence)]
    if not bare:
        return
    dated = day_of(scene, lead)
    if dated is None:
        return
    for frame in bare:
        frame.dated, frame.day, frame.day_precision = dated, dated.day, 1


def _date_word(scene: Scene, frames: Sequence[Frame]) -> None:
    """Give what a party gives up by its own word the day on which it said so: the word is the deed."""
    given = [f for f in frames if (f.title or f.lead) and f.trigger.key == "disband" and not f.support]
    if not given or any(f.day or f.dated for f in given):
        return
    lead = scene.reading.title
    told = (day_of(scene, i, spoken=True) for i in range(lead, min(lead + 2, len(scene.reading.sentences))))
    if (said := next((d for d in told if d), None)) is not None:
        for frame in given:
            frame.dated, frame.day, frame.day_precision = said, said.day, 1


def _date_headline(scene: Scene, frames: Sequence[Frame]) -> None:
    """Give a headline's deed the day of the first two sentences, where no word in them tells the deed again.

    "Grenade tossed into billiard hall", then "It rolled under a table on Sunday evening, and seven ...".
    """
    headed = [f for f in frames if f.title and not f.support]
    if len(headed) != 1 or any(f.day for f in frames if not f.title):
        return
    head, lead = headed[0], scene.reading.title
    if head.day or head.dated or head.past or not head.signs.isdisjoint(NOT_NOW):
        return
    for index in range(lead, min(lead + 2, len(scene.reading.sentences))):
        if any(f.sentence == index and not f.support for f in frames):
            return
        if (dated := day_of(scene, index)) is not None:
            head.dated, head.day, head.day_precision = dated, dated.day, 1
            return


def dates_of(scene: Scene, sentence: int) -> list[Dated]:
    """All days and times that a sentence names."""
    return list(dates_in(scene.reading, scene.tongue, *scene.reading.sentences[sentence], scene.published))


def day_of(scene: Scene, sentence: int, *, spoken: bool = False) -> Dated | None:
    """The one day that a sentence tells of what is neither past nor unreal; when somebody spoke only if that is the deed (`spoken`)."""
    hits = scene.reading.of(sentence)
    if not hits.keys.isdisjoint(NOT_NOW):
        return None
    dates = dates_of(scene, sentence)
    if any(d.past or d.future or d.span for d in dates):
        return None
    told = [d for d in dates if d.day and d.precision == 1]
    if len({d.day for d in told}) != 1:
        return None
    if spoken:
        return replace(told[0], weak=True)
    if any(beside(scene, d, h) for d in told for h in hits.of("said")):
        return None
    return replace(told[0], weak=True)


def beside(scene: Scene, dated: Dated, said: Hit) -> bool:
    """Whether a day stands beside a word of saying; one behind it and a comma is of who spoke later."""
    if abs(dated.first - said.last) <= _SAID:
        return True
    if not abs(said.first - dated.last) <= _SAID:
        return False
    return not any("," in scene.reading.between(i) for i in range(dated.last - 1, said.first))
