"""What stands beside what in headline and first sentence, as features of relevance.

A weapon beside Iraq tells another story than the same weapon beside an election or another country: what
two concepts mean together is no sum of what each means. Names are left out, so that a pair holds in any
language and for any place: places and countries count as Iraq's or as another country's, parties by camp.
"""

from __future__ import annotations

from itertools import combinations

from worker.domain.understanding.words.meanings import Actor, Country
from worker.domain.understanding.words.reading import Hit, Reading

PREFIX = "pair."
BESIDE = "+"
IRAQ, ABROAD = "Iraq", "another country"
_EACH = 0.7
"""The value of a pair: less than a concept's, as there are many."""
_SURE = 0.5
"""From this weight on a name is Iraq's."""
_MOST = 16
"""Things of one sentence that are paired; a list of countries and weapons is no longer a statement."""


def pairing(reading: Reading) -> dict[str, float]:
    """A feature for each two things that headline or first sentence name together."""
    found: dict[str, float] = {}
    for index in range(min(reading.title + 1, len(reading.sentences))):
        zone = "title" if index < reading.title else "lead"
        things = sorted(dict.fromkeys(_thing(h) for h in reading.of(index) if h.group != "grammar"))
        for one, other in combinations(things[:_MOST], 2):
            found[f"{PREFIX}{one}{BESIDE}{other}.{zone}"] = _EACH
    return found


def _thing(hit: Hit) -> str:
    """What words stand for, without the name."""
    if hit.iraq >= _SURE:
        return IRAQ
    if isinstance(hit.meaning, Country):
        return ABROAD
    if isinstance(hit.meaning, Actor):
        return f"party {hit.meaning.coarse}".rstrip()
    return hit.key


def is_pair(feature: str) -> bool:
    """Whether a feature tells of two things together."""
    return feature.startswith(PREFIX)


def pair_of(feature: str) -> tuple[str, str, str]:
    """The two things of a pair and the zone."""
    both, _, zone = feature.removeprefix(PREFIX).rpartition(".")
    one, _, other = both.partition(BESIDE)
    return one, other, zone
