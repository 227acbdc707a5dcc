"""Words for a target that name something else: ranks that the police share, the airport whose name a place bears."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.assembly.draft import Draft
from worker.domain.understanding.words.reading import Hit


def settle_ranks(event: Draft, targets: dict[str, Hit], hits: Sequence[Hit]) -> None:
    """Take officers for the police's where the text tells that it was hit."""
    in_title = {t for t in ("police", "soldiers") if t in targets and only_in_title(targets[t], event)}
    if "police" in targets and in_title == {"soldiers"}:
        del targets["soldiers"]  # the headline's officers are the police of the text
    if {"official", "police"} <= set(targets) and _is_rank(targets["official"], hits):
        del targets["official"]


def _is_rank(hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether a word is one for men in uniform as well: *Beamte*."""
    return any(h.key == "ranks" and h.start == hit.start for h in hits)


def names_another(target: str, hit: Hit, event: Draft) -> bool:
    """Whether an airport is but the name of another place that was hit too: beside a base in another governorate."""
    if target != "airport":
        return False
    here = event.place
    spots = [s for f in event.frames for s in (f.place, *f.others) if s and s.first <= hit.first < s.last]
    if here is None or not spots:
        return False
    return all(s.place.governorate != here.place.governorate for s in spots)


def only_in_title(hit: Hit, event: Draft) -> bool:
    """Whether words stand in a headline, and its sentence only is asked."""
    return any(f.title and hit.sentence == f.sentence for f in event.frames)
