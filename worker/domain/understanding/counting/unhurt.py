"""For which events it holds that nobody was hurt."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.assembly.draft import Draft
from worker.domain.understanding.sentence.families import VIOLENT
from worker.domain.understanding.sentence.frame import AIR, DISRUPTED, SHELLING, Frame


def only_unhurt(frame: Frame) -> bool:
    """Whether a frame tells that nobody was hurt, and no other toll."""
    return bool(frame.tolls) and not any(t.value for t in frame.tolls)


def says_unhurt(events: Sequence[Draft], frame: Frame) -> bool:
    """Whether a sentence only says of the event right before that nobody died; the event then has that toll."""
    if not (frame.generic and frame.trigger.key == "kill" and only_unhurt(frame)):
        return False
    if not events or frame.place or frame.day or frame.title:
        return False
    event = max(events, key=lambda e: e.frames[-1].sentence)
    if frame.sentence - event.frames[-1].sentence != 1:
        return False
    leave_unhurt(event, frame)
    event.frames.append(frame)
    hold_unhurt(events, event, frame)
    return True


def leave_unhurt(event: Draft, frame: Frame) -> None:
    """That nobody was hurt holds for the event before, where the deed beside it is none of its own."""
    if (frame.generic or frame.place is None) and frame.sentence - event.frames[-1].sentence <= 2:
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
        alike = alike or ("neither" in frame.hits.keys and event.type in VIOLENT | {DISRUPTED})
        if event is home or all(f.title for f in event.frames):
            continue
        if not alike or any(t.value for t in event.tolls.values()):
            return
        for toll in frame.tolls:
            event.tolls.setdefault(toll.kind, toll)
