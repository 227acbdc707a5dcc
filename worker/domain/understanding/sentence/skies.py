"""Whether a foreign air force is the one that strikes, where the text only says that it attacked."""

from __future__ import annotations

from worker.domain.understanding.sentence.frame import AIR, SHELLING, Frame
from worker.domain.understanding.who.pruning import ABROAD
from worker.domain.understanding.words.meanings import Actor, Country
from worker.domain.understanding.words.reading import Hit, Row, speaks

FROM_AFAR = frozenset({"attack", "hit", "launch", "strike", "bombardment"})


def air_power(hits: Row, trigger: Hit) -> bool:
    """Whether a foreign air force is the one who strikes: US forces attack militias in Iraq."""
    opening = min(h.first for h in hits)
    return any(
        strikes_from_air(hit, trigger, opening)
        and not is_object(hit, hits)
        and not speaks(hit, hits)
        and not names_a_place(hit, hits)
        and not _fell_before(hit, trigger, hits)
        for hit in hits
    )


def is_object(hit: Hit, hits: Row) -> bool:
    """Whether a party's last word itself says that it was attacked: Turkish *ABD üslerine*, "on US bases"."""
    return any(
        m.last == hit.last and (hit.first < m.first or hit.start == m.start) for m in hits.of("to_party")
    )


def names_a_place(hit: Hit, hits: Row) -> bool:
    """Whether a nation's name only tells whose embassy or base it is that stands beside it."""
    return any(h.first == hit.last or h.last == hit.first for h in hits.of("embassy", "base", "convoy"))


_ARMS = frozenset({"drone", "aircraft", "missile", "artillery"})
_BLOWS = frozenset(
    {"airstrike", "strike", "drone_attack", "missile_attack", "rocket_attack", "bombardment", "shelling"}
)


def wields(hit: Hit, hits: Row, frame: Frame, *, nation_behind: bool) -> bool:
    """Whether a foreign nation's name belongs to the arms or the blow: a "US drone", "une frappe américaine".

    Where adjectives follow their noun (`nation_behind`), the name stands right behind it.
    """
    meaning = hit.meaning
    foreign = isinstance(meaning, Country) and meaning.code in ("US", "IL", "TR", "IR")
    foreign = foreign or (isinstance(meaning, Actor) and meaning.coarse in ABROAD)
    if not foreign or frame.type not in _FROM_AFAR or names_a_place(hit, hits):
        return False
    arms = [h for h in hits if h.key in _ARMS]
    if isinstance(meaning, Actor) and any(hit.first <= a.first and a.last <= hit.last for a in arms):
        return True
    if not nation_behind:
        return False
    blows = [h for h in hits if h.key in _BLOWS]
    return any(h.last == hit.first for h in (*arms, *blows)) or owns_blow(hit, hits)


def owns_blow(nation: Hit, hits: Row) -> bool:
    """Whether a nation's name is joined to the blow or the arms before it: Spanish "un bombardeo de Turquía"."""
    meaning = nation.meaning
    if not isinstance(meaning, Country) or meaning.code not in ("US", "IL", "TR", "IR"):
        return False
    joins = {h.last: h.first for h in hits.of("of_party", "place_noun")}
    first = nation.first
    while first in joins:
        first = joins[first]
    blows = [h for h in hits if h.key in _BLOWS | _ARMS and h.first < nation.first]
    return any((h.last == first < nation.first) or nation.last <= h.last for h in blows)


_FROM_AFAR = frozenset({AIR, SHELLING})


def strikes_from_air(hit: Hit, trigger: Hit, opening: int) -> bool:
    """Whether a foreign air force stands right before the deed, or opens the sentence that the deed ends."""
    meaning = hit.meaning
    named = isinstance(meaning, Country) and meaning.code in ("US", "IL", "TR", "SA")
    named = named or (isinstance(meaning, Country) and meaning.code == "IR" and meaning.kind == "names")
    named = named or (
        isinstance(meaning, Actor)
        and meaning.coarse in ("us_forces", "coalition", "israel", "turkish_forces", "irgc")
        and meaning.target != "soldiers"  # men on foot
    )
    holds = hit.first <= trigger.first and trigger.last <= hit.last  # "the coalition bombs" is one name
    return named and (holds or 0 <= trigger.first - hit.last <= (8 if hit.first == opening else 4))


def _fell_before(hit: Hit, trigger: Hit, hits: Row) -> bool:
    """Whether a party's people died in the deed: "dead are six US soldiers in two attacks"."""
    return any(
        0 <= hit.first - word.last <= 2 or hit.last <= word.first < trigger.first
        for word in hits.of("killed", "wounded")
    )
