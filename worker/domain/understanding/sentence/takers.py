"""Who took a place where only "they" did: those who took the one told before."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.sentence.frame import Frame
from worker.domain.understanding.who.parties import holders_named, rebels_named

_OVERTAKEN, _REGAINED = "Non-state actor overtakes territory", "Government regains territory"


def name_takers(frames: Sequence[Frame]) -> None:
    """Let a sentence that names nobody go on with those before: "IS overran the province … on Sunday they took Rutba"."""
    last: Frame | None = None
    for frame in frames:
        if frame.type not in (_OVERTAKEN, _REGAINED):
            continue
        nobody = not frame.actors and not rebels_named(frame.hits) and not holders_named(frame.hits)
        if (
            last is not None
            and nobody
            and frame.trigger.key == "take_ground"
            and last.type == _OVERTAKEN != frame.type
        ):
            frame.type = last.type
            frame.actors = dict(last.actors)
        last = frame
