"""For which events it holds that nobody was hurt."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.draft import Draft
from worker.domain.understanding.frame import AIR, SHELLING, Frame


def leave_unhurt(event: Draft, frame: Frame) -> None:
    """That nobody was hurt holds for the event before, where the deed beside it is none of its own."""
    if frame.generic and frame.sentence - event.frames[-1].sentence <= 2:
        for toll in frame.tolls:
            if not toll.value:
                event.tolls.setdefault(toll.kind, toll)


def hold_unhurt(events: Sequence[Draft], home: Draft, frame: Frame) -> None:
    """Where nobody was hurt in the last of like deeds told in a row, nobody was in those before."""
    if frame.place or not frame.tolls or any(t.value for t in frame.tolls):
        return
    for event in reversed(events):
        alike = event.type == home.type or {event.type, home.type} <= {AIR, SHELLING}
        alike = alike and frame.sentence - event.frames[-1].sentence <= 3
        if event is home:
            continue
        if not alike or any(t.value for t in event.tolls.values()):
            return
        for toll in frame.tolls:
            event.tolls.setdefault(toll.kind, toll)
