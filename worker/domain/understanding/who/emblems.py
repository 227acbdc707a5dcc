"""Arms whose name a language gives to one nation: whose they are where another party had them."""

from __future__ import annotations

from worker.domain.understanding.who.roles import BY_COUNTRY
from worker.domain.understanding.words.meanings import Actor, Concept, Country
from worker.domain.understanding.words.reading import Hit, Reading

_OTHERS = frozenset({"us_forces", "coalition", "irgc", "isis", "islamic_resistance_in_iraq"})
"""Who is struck or strikes with drones that are not that nation's."""


def without_emblems(reading: Reading) -> None:
    """Take the nation out of words that only name an arm, where the text tells of others and never of that nation.

    Turkish *SİHA* is an armed drone, mostly Turkey's; one that a faction says it sent at an American base is not.
    """
    arms = {(h.start, h.end) for h in reading.hits if h.key == "drone"}
    if not arms:
        return
    marked = [h for h in reading.hits if isinstance(h.meaning, Actor) and (h.start, h.end) in arms]
    if not marked:
        return
    own = {h.meaning.coarse for h in marked if isinstance(h.meaning, Actor)}
    own |= {code for code, actor in BY_COUNTRY.items() if actor in own}
    rest = [h for h in reading.hits if h not in marked]
    if any(_is_of(h, own) for h in rest) or not any(_is_another(h, own) for h in rest):
        return
    reading.settle(h for h in reading.hits if h not in marked)


def _is_of(hit: Hit, own: set[str]) -> bool:
    """Whether words name that nation, its forces or those whom it fights."""
    if isinstance(hit.meaning, Country):
        return hit.meaning.code in own
    return isinstance(hit.meaning, Actor) and hit.meaning.coarse in own | {"pkk"}


def _is_another(hit: Hit, own: set[str]) -> bool:
    """Whether words name a party that sends drones itself, or is sent them."""
    if isinstance(hit.meaning, Actor):
        return hit.meaning.coarse in _OTHERS - own
    if isinstance(hit.meaning, Country):
        return hit.meaning.code in ("US", "IR")
    return isinstance(hit.meaning, Concept) and hit.key in ("pro_iran", "bare_coalition")
