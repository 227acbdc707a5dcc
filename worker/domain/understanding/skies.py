"""Whether a foreign air force is the one that strikes, where the text only says that it attacked."""

from __future__ import annotations

from worker.domain.understanding.meanings import Actor, Country
from worker.domain.understanding.reading import Hit, Row, speaks

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
    return any(m.last == hit.last and hit.first < m.first for m in hits.of("to_party"))


def names_a_place(hit: Hit, hits: Row) -> bool:
    """Whether a nation's name only tells whose embassy or base it is that stands beside it."""
    return any(h.first == hit.last or h.last == hit.first for h in hits.of("embassy", "base", "convoy"))


def strikes_from_air(hit: Hit, trigger: Hit, opening: int) -> bool:
    """Whether a foreign air force stands right before the deed, or opens the sentence that the deed ends."""
    meaning = hit.meaning
    named = isinstance(meaning, Country) and meaning.code in ("US", "IL", "TR", "SA")
    named = named or (
        isinstance(meaning, Actor)
        and meaning.coarse in ("us_forces", "coalition", "israel", "turkish_forces")
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
