"""Whether words tell of Iraq, or of an armed party of Marsad's business."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.sentence.frame import METONYMS
from worker.domain.understanding.words.meanings import FIRM, Actor, Country, Place, is_armed
from worker.domain.understanding.words.reading import Hit


def names_iraq(hits: Sequence[Hit]) -> bool:
    """Whether anything in a text settles that Iraq is named, or an armed party of Marsad's business."""
    return about_iraq(hits) or any(is_armed(h.meaning) and not h.phrase.ambiguous for h in hits)


def may_name_iraq(hits: Sequence[Hit]) -> bool:
    """Whether names alone leave it open that `names_iraq` holds once everything else is found."""
    return names_iraq(hits) or any(_small_place(h) for h in hits)


def about_iraq(hits: Sequence[Hit]) -> bool:
    """Whether one sure sign, two doubtful ones, or a small place alone settle that a text names Iraq.

    A small place settles it where its name is no word of another meaning, a deed or a weapon is told and
    nothing of another country is named: "Gunmen storm Sidakan police post".
    """
    doubtful: set[str] = set()
    small = False
    for hit in hits:
        weight = hit.iraq
        if weight >= FIRM:
            return True
        if weight:
            doubtful.add(hit.key)
            small = small or _small_place(hit)
    return len(doubtful) >= 2 or (small and _told_at_home(hits))


_AT_HOME = frozenset({"government", "kurdish"})
"""Sides whose forces act in Iraq."""


def only_iraqis_abroad(hits: Sequence[Hit]) -> bool:
    """Whether of Iraq its people alone are named, beside a place abroad: an Iraqi arrested in London."""
    abroad = False
    origins = {h.last for h in hits if h.key == "from_place"}
    peoples = {h.first for h in hits if _demonym(h)}
    for hit in hits:
        meaning = hit.meaning
        if isinstance(meaning, Place) and hit.first in origins:
            continue  # "a family from Mosul" names a people as well
        if hit.first in peoples and isinstance(meaning, Place | Country) and not _demonym(hit):
            continue  # Turkish *Iraklı*, which is the country's name with an ending
        if not isinstance(meaning, Country):
            if hit.iraq >= FIRM or (isinstance(meaning, Actor) and meaning.side in _AT_HOME):
                return False
        elif meaning.code != "IQ":
            abroad = (
                abroad
                or meaning.kind == "places"
                or (meaning.kind == "names" and meaning.code not in METONYMS)
            )
        elif meaning.kind != "people":
            return False
    return abroad


def without_borrowed(hits: Sequence[Hit]) -> list[Hit]:
    """The hits without places whose name a street or an inn abroad bears, or that a town abroad is likened to.

    The Mosul restaurant in Stockholm; shots in Grenoble, where it is "like Baghdad". Only where a town abroad is
    named, and no place in Iraq but those. A road right behind such a town is its own.
    """
    towns = [
        h.last
        for h in hits
        if isinstance(h.meaning, Country) and h.meaning.kind == "places" and h.meaning.code != "IQ"
    ]
    if towns:
        hits = [h for h in hits if not (_is_road(h) and any(0 <= h.first - end <= 1 for end in towns))]
    bearers = {i for h in hits if h.key in ("bearer", "likened") for i in (h.first, h.last)}
    if not bearers:
        return list(hits)
    borne = [h for h in hits if isinstance(h.meaning, Place) and (h.last in bearers or h.first in bearers)]
    if not borne or not any(
        isinstance(h.meaning, Country) and h.meaning.kind == "places" and h.meaning.code != "IQ" for h in hits
    ):
        return list(hits)
    if any(h.iraq >= FIRM and h.key not in {b.key for b in borne} and not _demonym(h) for h in hits):
        return list(hits)
    return [h for h in hits if h.key not in {b.key for b in borne}]


def _is_road(hit: Hit) -> bool:
    """Whether words name a road of Iraq; such names are common: Airport Road."""
    return isinstance(hit.meaning, Place) and hit.meaning.type == "road"


def _demonym(hit: Hit) -> bool:
    """Whether words name a people."""
    return isinstance(hit.meaning, Country) and hit.meaning.kind == "people"


def _small_place(hit: Hit) -> bool:
    """Whether words name a small place of Iraq and are no word of another meaning."""
    return isinstance(hit.meaning, Place) and not hit.phrase.ambiguous


def _told_at_home(hits: Sequence[Hit]) -> bool:
    """Whether a deed or a weapon is told, and nothing of another country named but those that act in Iraq."""
    peoples = {h.first: h.meaning.code for h in hits if isinstance(h.meaning, Country) and _demonym(h)}
    if any(
        isinstance(h.meaning, Country)
        and h.meaning.code != "IQ"
        and not _comes_in(h.meaning)
        and not (
            peoples.get(h.first) == h.meaning.code in _COMING
        )  # Arabic *إيراني*, the name with an ending
        for h in hits
    ):
        return False
    return any(h.group in ("act", "weapon") for h in hits)


def _comes_in(country: Country) -> bool:
    """Whether words name the people or the government of a country that has forces in Iraq: a Turkish base in Bashiqa."""
    return country.kind in ("people", "seats") and country.code in _COMING


_COMING = frozenset({"US", "TR", "GB", "IR"})
"""Countries whose forces are in Iraq or strike there across the border."""


def without_doubtful(hits: Sequence[Hit]) -> list[Hit]:
    """The hits without places and parties that mean Iraq's only if the text is about Iraq, which it is not."""
    if about_iraq(hits):
        return list(hits)
    return [
        h
        for h in hits
        if not (isinstance(h.meaning, Place) or (isinstance(h.meaning, Actor) and h.phrase.ambiguous))
    ]
