"""Where a headline names another place than the first sentence, and both tell one deed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worker.domain.understanding.frame import Frame
from worker.domain.understanding.whereabouts import adjoin

if TYPE_CHECKING:
    from worker.domain.understanding.draft import Draft


def beside_headline(event: Draft, frame: Frame) -> bool:
    """Whether headline and first sentence call one place near the other: "near Baghdad airport", "at Radwaniyah"."""
    here, there = event.place, frame.place
    if here is None or there is None or not frame.lead or not all(f.title for f in event.frames):
        return False
    return here.near != there.near and adjoin(here.place, there.place)


def headline_of_origin(event: Draft, frame: Frame) -> bool:
    """Whether the headline's place only tells whose man it was, and the first sentence where: "Ramadi officer shot"."""
    here, there = event.place, frame.place
    if here is None or there is None or not frame.lead or not all(f.title for f in event.frames):
        return False
    if here.inside or here.near or not there.inside or event.type != frame.type or event.count is not None:
        return False
    if frame.others or any(f.others for f in event.frames):
        return False
    known = event.tolls.get("killed")
    told = next((t for t in frame.tolls if t.kind == "killed"), None)
    return known is None or told is None or known.value == told.value
