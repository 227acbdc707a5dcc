"""Bombers who were stopped: killed before they could blow themselves up, which is no blast but one prevented."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.counting.tolls import Toll
from worker.domain.understanding.sentence.frame import DISRUPTED
from worker.domain.understanding.words.reading import Hit, Row

_RANK = 83
"""Above every kind of suicide attack, so that the first sentence sets the headline right."""
_BOMBERS = frozenset({"suicide", "suicide_vehicle", "suicide_bombing", "explosive_belt", "car_bomb"})
UNHURT = frozenset({"none_hurt", "none_killed", "none_wounded"})
"""Words that say that nobody was hurt, or killed, or wounded."""


def stopped_in_time(hits: Row, acts: Sequence[Hit]) -> tuple[str, int, Hit] | None:
    """The type of a sentence that tells of a bomber who was killed before he reached anybody; None for all others."""
    keys = hits.keys
    if "in_time" not in keys or keys.isdisjoint(_BOMBERS):
        return None
    if "separate" in keys and len(hits.of("suicide", "suicide_bombing", "suicide_vehicle")) > 1:
        return None  # another bomber was stopped, the first was not
    if "wounded" in keys and keys.isdisjoint(UNHURT):
        return None  # somebody was hurt all the same
    deed = next((h for h in acts if h.key in ("foil", "kill", "shooting")), None)
    late = hits.of("in_time")[0]
    killed = deed is not None and deed.first < late.first
    if not killed and any(h.first < late.first for h in hits.of("explosion", "bombing")):
        return None  # "set off a bomb-packed ambulance before detonating his vest"
    return DISRUPTED, _RANK, deed or late


def lone_bomber(tolls: Sequence[Toll], hits: Row) -> list[Toll]:
    """The tolls, with the bomber himself where he is the only one who is said to have died."""
    if any(t.kind == "killed" and t.value for t in tolls) or "killed" not in hits.keys:
        return list(tolls)
    word = hits.of("killed")[0]
    rest = [t for t in tolls if t.kind != "killed"]
    dead = max((h.phrase.value or 1 for h in hits.of("suicide")), default=1)
    return [*rest, Toll("killed", dead, None, word.first, word.last)]
