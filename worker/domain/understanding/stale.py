"""What makes a deed no fresh event whatever its words: it is asked for, planned, a year old, or counts a whole war."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.frame import Frame, Scene
from worker.domain.understanding.reading import Hit, Row
from worker.domain.understanding.tolls import Toll

STATISTIC = 10_000
"""So many dead are those of a war or a year, and of no one attack."""


def counts_a_war(tolls: Sequence[Toll]) -> bool:
    """Whether the only figures are those of a war or a year."""
    return bool(tolls) and all(t.value >= STATISTIC for t in tolls)


def planned(frame: Frame, hits: Row) -> bool:
    """Whether the only deed is one that is planned or feared: "final preparations for an offensive"."""
    if not frame.generic or frame.tolls or len(frame.triggers) > 1:
        return False
    return any(0 <= frame.trigger.first - h.last <= 3 for h in hits.of("plan", "warning"))


def asks(scene: Scene, sentence: int, trigger: Hit) -> bool:
    """Whether the words of the deed are a question: "Are hostages victims of militants?"."""
    last = scene.reading.sentences[sentence][1]
    end = scene.reading.ends[last - 1]
    if not set(scene.reading.folded.text[end : end + 2]) & _ASKING:
        return False
    return not any(":" in scene.reading.between(at) for at in range(trigger.last - 1, last - 1))


_ASKING = frozenset("?؟")


def years_back(trigger: Hit, hits: Row) -> bool:
    """Whether words right behind a deed put it a year or more back: "the bombing of the offices last year"."""
    turns = hits.of("clause_strong", "aside")
    return any(
        0 <= h.first - trigger.last <= 9 and not any(trigger.last <= t.first < h.first for t in turns)
        for h in hits.of("years_back")
    )


def is_old(act: Hit, hits: Row) -> bool:
    """Whether a deed is one that time is counted from: "since the launch of the assault"."""
    return any(0 <= act.first - h.last <= 4 for h in hits.of("since"))
