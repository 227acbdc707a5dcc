"""Whether words tell of Iraq, or of an armed party of Marsad's business."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.sentence.frame import METONYMS
from worker.domain.understanding.words.meanings import FIRM, Actor, Country, Place, is_armed
from worker.domain.understanding.words.reading import Hit, Reading


def names_iraq(reading: Reading) -> bool:
    """Whether anything in a text settles that Iraq is named, or an armed party of Marsad's business."""
    return about_iraq(reading) or _names_party(reading.hits)


def may_name_iraq(hits: Sequence[Hit]) -> bool:
    """Whether names alone leave it open that `names_iraq` holds once everything else is found."""
    return _surely(hits) or _names_party(hits) or any(isinstance(h.meaning, Place) for h in hits)


def _names_party(hits: Sequence[Hit]) -> bool:
    """Whether an armed party of Marsad's business is named by a name of its own."""
    return any(is_armed(h.meaning) and not h.phrase.ambiguous for h in hits)


def about_iraq(reading: Reading) -> bool:
    """Whether one sure sign, two doubtful ones, or one place alone settle that a text names Iraq.

    One place alone settles it where a deed or a weapon is told and nothing of another country is named, if it
    is small and its name is no word of another meaning ("Gunmen storm Sidakan police post"), or if the text
    uses it as a place's ("rioters sack party offices in Ranya"; "Zubair: lawyer knifed") or names an armed
    party of Marsad's business beside it.
    """
    hits = reading.hits
    if _surely(hits):
        return True
    doubtful = [h for h in hits if isinstance(h.meaning, Place) and h.phrase.ambiguous]
    if not doubtful or not _told_at_home(hits):
        return False
    return _names_party(hits) or any(_used_as_place(h, reading) for h in doubtful)


def _used_as_place(hit: Hit, reading: Reading) -> bool:
    """Whether a name with a capital stands behind a word for in, at or near, or heads a headline with a colon.

    In scripts without capitals "in" says too little: *fi al-imara* is "in the building".
    """
    row = reading.of(hit.sentence)
    if hit.phrase.say.lstrip(_NOTATION)[:1] >= _NO_CAPITALS:
        return any(
            h.last == hit.first and len(reading.word(h.last - 1)) > _SHORT for h in row.of(*_BESIDE)
        )  # "in the Nashwa subdistrict", "near Rabia"
    source = reading.folded.source
    start, end = reading.span(reading.starts[hit.first], reading.ends[hit.last - 1])
    if not source[start].isupper():
        return False
    if source[end : end + 1] in _APOSTROPHES and source[end + 1 : end + 3] in _IN_ENDINGS:
        return True  # Turkish *Amara'da*
    if any(h.last == hit.first and reading.word(h.last - 1) not in _ARTICLES for h in row.of(*_PLACING)):
        return True
    heads = hit.sentence < reading.title and hit.first == reading.sentences[hit.sentence][0]
    return heads and reading.between(hit.last - 1).strip().startswith(":")


_PLACING = ("in_place", "at_place", "near", "distance", "place_noun")
_ARTICLES = frozenset(
    [
        "the",
        "a",
        "an",
        "la",
        "el",
        "los",
        "las",
        "un",
        "una",
        "le",
        "les",
        "l",
        "une",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "des",
        "ein",
        "eine",
    ]
)
"""Words that may stand before any noun, and so tell no place."""
_APOSTROPHES = ("'", "’", "‘", "ʼ")
_IN_ENDINGS = frozenset({"da", "de", "ta", "te"})


_BESIDE = ("near", "distance", "place_noun")
_SHORT = 2
_NOTATION = "=^~*"
_NO_CAPITALS = "\u0590"
"""From this character on scripts have no capitals: Hebrew, Arabic."""


def _surely(hits: Sequence[Hit]) -> bool:
    """Whether one sure sign, two doubtful ones, or a small place with a deed settle that a text names Iraq."""
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


def headed_abroad(reading: Reading) -> bool:
    """Whether a country stands before a colon at the head of the headline that neither acts in Iraq nor borders on it: "Pakistan: ..."."""
    hits = reading.of(0)
    first = next((h for h in hits.countries if h.first == 0), None)
    if first is None or not isinstance(first.meaning, Country) or first.meaning.kind != "names":
        return False
    if first.meaning.code in ("IQ", *METONYMS, *_BORDERING):
        return False
    return reading.between(first.last - 1).strip() == ":"


_BORDERING = ("SY", "JO", "SA", "KW")
"""Countries in whose name headlines tell what goes on at Iraq's borders."""


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
    borne = [h for h in hits if _in_iraq(h) and (h.last in bearers or h.first in bearers)]
    likened = {i for h in hits if h.key == "likened" for i in (h.first, h.last)}
    whole = any(isinstance(h.meaning, Country) and (h.last in likened or h.first in likened) for h in borne)
    if not borne or not (towns or whole):  # "this looks like Iraq"
        return list(hits)
    if any(h.iraq >= FIRM and h.key not in {b.key for b in borne} and not _demonym(h) for h in hits):
        return list(hits)
    return [h for h in hits if h.key not in {b.key for b in borne}]


def _in_iraq(hit: Hit) -> bool:
    """Whether words name a place in Iraq, or the country."""
    return isinstance(hit.meaning, Place) or (isinstance(hit.meaning, Country) and hit.meaning.code == "IQ")


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
    afar = any(h.key in _FROM_AFAR for h in hits)
    strikers = any(isinstance(h.meaning, Actor) and h.meaning.coarse in _STRIKERS for h in hits)
    heads: dict[int, int] = {}
    for hit in hits:
        heads.setdefault(hit.sentence, hit.first)
    peoples = {h.first: h.meaning.code for h in hits if isinstance(h.meaning, Country) and _demonym(h)}
    if any(
        isinstance(h.meaning, Country)
        and h.meaning.code != "IQ"
        and not _comes_in(h.meaning)
        and not (afar and h.meaning.code in _NEIGHBOURS and (strikers or h.first == heads[h.sentence]))
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
_NEIGHBOURS = frozenset({"TR", "IR"})
"""Countries that strike across the border and are named as who does it: "Iran shells Sidakan"."""
_STRIKERS = frozenset({"irgc", "turkish_forces"})
_FROM_AFAR = frozenset(
    {"shelling", "bombardment", "airstrike", "drone_attack", "missile_attack", "rocket_attack"}
)


def without_doubtful(reading: Reading, hits: Sequence[Hit]) -> list[Hit]:
    """The hits without places and parties that mean Iraq's only if the text is about Iraq, which it is not."""
    if _surely(hits) or about_iraq(reading):
        return list(hits)
    return [
        h
        for h in hits
        if not (isinstance(h.meaning, Place) or (isinstance(h.meaning, Actor) and h.phrase.ambiguous))
    ]
