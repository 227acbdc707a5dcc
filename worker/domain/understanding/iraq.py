"""Whether words tell of Iraq, or of an armed party of Marsad's business."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.meanings import FIRM, Actor, Place, is_armed
from worker.domain.understanding.reading import Hit


def names_iraq(hits: Sequence[Hit]) -> bool:
    """Whether anything in a text settles that Iraq is named, or an armed party of Marsad's business."""
    return about_iraq(hits) or any(is_armed(h.meaning) and not h.phrase.ambiguous for h in hits)


def about_iraq(hits: Sequence[Hit]) -> bool:
    """Whether one sure sign, or two doubtful ones, settle that a text names Iraq."""
    doubtful: set[str] = set()
    for hit in hits:
        weight = hit.iraq
        if weight >= FIRM:
            return True
        if weight:
            doubtful.add(hit.key)
    return len(doubtful) >= 2


def without_doubtful(hits: Sequence[Hit]) -> list[Hit]:
    """The hits without places and parties that mean Iraq's only if the text is about Iraq, which it is not."""
    if about_iraq(hits):
        return list(hits)
    return [
        h
        for h in hits
        if not (isinstance(h.meaning, Place) or (isinstance(h.meaning, Actor) and h.phrase.ambiguous))
    ]
