"""Whether words tell of Iraq, or of an armed party of Marsad's business."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.matcher import Hit
from worker.domain.understanding.meanings import Actor, Country, Place

NAMED = frozenset(
    {
        "hashd",
        "kataib_hezbollah",
        "asaib_ahl_al_haq",
        "harakat_al_nujaba",
        "kataib_sayyid_al_shuhada",
        "saraya_al_salam",
        "islamic_resistance_in_iraq",
        "peshmerga",
    }
)
"""Parties that exist in Iraq alone; "security forces" or "gunmen" exist everywhere."""
HINTING = frozenset({"badr", "pro_iran_faction", "cts"})
SMALL = frozenset(
    {
        "village",
        "quarter",
        "road",
        "embassy-area",
        "subdistrict",
        "mountain",
        "camp",
        "crossing",
        "river",
        "bridge",
    }
)
"""Types of places whose names are also found elsewhere: they tell of Iraq only beside another sign."""
FIRM = 0.8
"""From this weight on words alone settle that a text names Iraq."""


def iraq_weight(hit: Hit) -> float:
    """How strongly words tell that a text is about Iraq: 1 by themselves, below `FIRM` only with others."""
    meaning = hit.meaning
    if isinstance(meaning, Place):
        return 0.3 if hit.phrase.ambiguous or meaning.type in SMALL else 1.0
    if isinstance(meaning, Country) and meaning.code == "IQ":
        return 1.0
    if isinstance(meaning, Actor) and not hit.phrase.ambiguous:
        return FIRM if meaning.coarse in NAMED else 0.3 if meaning.coarse in HINTING else 0.0
    return 0.0


def names_iraq(hits: Sequence[Hit]) -> bool:
    """Whether anything in a text settles that Iraq is named, or an armed party of Marsad's business."""
    return about_iraq(hits) or any(armed_weight(h) for h in hits)


def about_iraq(hits: Sequence[Hit]) -> bool:
    """Whether one sure sign, or two doubtful ones, settle that a text names Iraq."""
    doubtful: set[str] = set()
    for hit in hits:
        weight = iraq_weight(hit)
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


def armed_weight(hit: Hit) -> float:
    """Whether words name an armed party that is Marsad's business beyond Iraq's name: ISIS, PKK."""
    meaning = hit.meaning
    return float(
        isinstance(meaning, Actor) and meaning.coarse in ("isis", "pkk") and not hit.phrase.ambiguous
    )
