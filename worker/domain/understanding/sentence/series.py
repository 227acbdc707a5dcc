"""A series that is counted behind the event: "in July eleven such attacks were counted", an event with that count.

It has no day and no place of the event told before; what is counted by years is background.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from worker.domain.understanding.counting.figures import counts_people
from worker.domain.understanding.counting.numbers import numbers_in
from worker.domain.understanding.sentence.families import ABDUCTION
from worker.domain.understanding.sentence.frame import Frame, Scene
from worker.domain.understanding.when.calendar import Dated
from worker.domain.understanding.when.finder import day_in_iraq
from worker.domain.understanding.words.reading import Row

_FEW = 3
"""From so many deeds on they are a series."""
_OTHERS = frozenset({"years_back", "anniversary", "trial", "drill", "warning", "plan", "nothing_happened"})


def count_series(scene: Scene, frame: Frame, dates: Sequence[Dated], span: tuple[int, int]) -> None:
    """Mark a further sentence that counts deeds of weeks or months; of people who were seized the people count."""
    if frame.title or frame.lead or frame.foreign or frame.day is not None or frame.share:
        return
    counts = frame.count is not None and frame.count >= _FEW
    if not counts and frame.type != ABDUCTION:
        return
    if not _OTHERS.isdisjoint(frame.hits.keys) or not _of_months(scene, dates, frame.hits):
        return
    if not counts:
        seized = _people(scene, frame.hits, span)
        if seized is None:
            return
        frame.count, frame.count_at = seized[0], seized[1:]
        frame.tolls = []
    frame.series = True


def open_span(scene: Scene, frame: Frame) -> None:
    """Make a span of the day since which a frame counts attacks: "32 attacks since 17 October" are of no one day."""
    told = frame.dated
    if frame.count is None or frame.count < _FEW or told is None or told.day is None or told.span:
        return
    if not any(p.first <= told.last and told.first <= p.last for p in frame.hits.of("period")):
        return
    recent = scene.published and 0 <= (day_in_iraq(scene.published) - told.day).days <= _WEEKS
    frame.dated = replace(told, day=None, precision=2, span=True, past=told.past and not recent)
    frame.day, frame.past = None, frame.past and not recent


_WEEKS = 60
"""A count that began so many days ago is still news."""


def _of_months(scene: Scene, dates: Sequence[Dated], hits: Row) -> bool:
    """Whether a month, a span of days or "in three months" is named, and no year long gone."""
    year = scene.published.year if scene.published else 9999
    for dated in dates:
        last = scene.reading.word(dated.last - 1)
        if last.isdigit() and len(last) == 4 and int(last) < year - 1:
            return False
    if not hits.keys.isdisjoint({"period", "toll_background"}):
        return True
    return any(d.span or d.precision == 3 for d in dates)


def _people(scene: Scene, hits: Row, span: tuple[int, int]) -> tuple[int, int, int] | None:
    """The figure that counts people, and where it stands."""
    people = {h.first for h in hits if counts_people(h)}
    for number in numbers_in(scene.reading, scene.tongue, *span):
        if number.value >= _FEW and not number.vague and number.last in people:
            return number.value, number.first, number.last
    return None
