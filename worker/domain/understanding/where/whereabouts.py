"""Which of the places that a sentence names the deed happened in, and whether two can be one.

A place that only tells a direction or an origin gives way; the most exact of the rest wins.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from worker.domain.understanding.sentence.frame import Scene
from worker.domain.understanding.where.datelines import BUREAUS
from worker.domain.understanding.where.places import (
    CAPITAL,
    EXACTNESS,
    MOST_EXACT,
    VALLEY,
    Located,
    is_capital,
    located,
)
from worker.domain.understanding.words.meanings import Place, is_vast
from worker.domain.understanding.words.reading import Row


def choose(found: Sequence[Located], near_word: int, *, behind: bool = False) -> Located | None:
    """The place that a deed at this word happened in: exact before vague, close before far."""
    told = [one for one in found if not one.landmark and (not is_vast(one.place) or _is_named(one))]
    real = _without_neighbours(told, behind=behind)
    if not real:
        return None

    def rank(one: Located) -> tuple[float, int]:
        apart = min(abs(one.first - near_word), abs(one.last - near_word))
        # What a wide name is told to hold is more exact, even where the deed was but near it.
        held = one.near and any(
            (o.first < one.first) is behind and _holds_near(o) and within(one.place, o.place)
            for o in real
            if o is not one
        )
        return one.exactness - 0.6 * (one.near and not held) - (apart // 6) / 4, -one.first

    return max(real, key=rank)


def _holds_near(one: Located) -> bool:
    """Whether a name is wide enough to hold what is near another: a district, a subdistrict."""
    return one.exactness <= VALLEY or one.place.type == "subdistrict"


def _without_neighbours(real: Sequence[Located], *, behind: bool) -> Sequence[Located]:
    """Without places that are only near one that the deed was in: "at Radwaniyah, near Baghdad airport".

    A capital's name is too wide for that: "in Baghdad near the Turkish embassy" is at the embassy. So is
    the district that a village is told to be in: "near Chalal, in the Riyadh subdistrict".
    """
    exact = [one for one in real if not one.near and one.exactness > VALLEY]

    def holds(e: Located, one: Located) -> bool:
        if one.place.type in _SETTLED and _is_in(one, e):
            return False  # "in Penjwin, near the Nalparez subdistrict"
        wide = (
            e.place.type == "district" and one.exactness >= MOST_EXACT
        )  # "in Sinjar district, near Khanasor"
        if (one.first < e.first) is not behind or wide:
            return e.inside and not within(one.place, e.place)
        return e.inside or max(one.first - e.last, e.first - one.last) <= _CLOSE

    def yields(one: Located) -> bool:
        return one.near and any(holds(e, one) for e in exact)

    return [one for one in real if not yields(one)]


_CLOSE = 4
"""Words within which "near" takes up a place that no "in" governs: "attacked Hawija, a town near the refinery"."""


def _is_named(one: Located) -> bool:
    """Whether a deed is told to be in a wide region that has a name of its own: in the Kurdistan region."""
    return one.inside and one.place.type == "region"


def landmark_of(found: Sequence[Located]) -> Located | None:
    """The place that a bearing is told from, before one where somebody spoke."""
    marks = [one for one in found if one.landmark and not one.aside]
    return max(marks, key=lambda one: (not one.speaker, one.exactness, -one.first), default=None)


def within(inner: Place, outer: Place) -> bool:
    """Whether one place can be the other, more exactly told."""
    if inner.id == outer.id or outer.type in ("country", "region"):
        return True
    if inner.governorate and outer.governorate and inner.governorate != outer.governorate:
        return False
    if outer.type == "governorate":
        return True
    if inner.district and outer.district and inner.district == outer.district:
        return not _are_two(inner, outer)
    if inner.name.endswith(f", {outer.name}"):
        return True  # the base of Zilkan, which the news puts into the subdistrict beside its own
    # A capital's name stands for all that lies in it: Karrada is in Baghdad.
    return is_capital(outer)


_SPOTS = frozenset({"village", "quarter", "base", "airport", "camp"})
_ALIKE = frozenset(
    {"mountain", "oil_field", "gas_field", "refinery", "crossing", "shrine", "dam", "bridge", "port"}
)
"""Two of the same such type are two, and one and an airport; one may lie in a village or beside it."""


def _are_two(first: Place, second: Place) -> bool:
    """Whether neither of two places of a district can hold the other: two quarters of Baghdad, two subdistricts."""
    types = {first.type, second.type}
    alike = len(types) == 1 and types <= _ALIKE and first.id != second.id and not _is_part(first, second)
    alike = alike or ("airport" in types and bool(types & _ALIKE))
    return alike or types <= _SPOTS or types in ({"subdistrict"}, {"subdistrict", "quarter"})


def is_sharper(new: Located, old: Located, *, early: bool) -> bool:
    """Whether a further sentence tells the same place more exactly.

    Behind the headline and the first sentence a subdistrict beside a known town may be where the fight goes
    next.
    """
    if old.place.type == "river" and early:
        return new.exactness > old.exactness  # "two towns on the Euphrates", then which
    if early and new.near and not old.near and new.place.type in _SETTLED and _is_in(new, old):
        return True
    if new.near != old.near and early and min(new.exactness, old.exactness) > VALLEY:
        wide = new.place.type == "district" or old.place.type in _SETTLED
        wide = wide and _is_in(old, new)
        return (
            old.near and not wide and adjoin(new.place, old.place)
        )  # "near Baghdad airport", "at Radwaniyah"
    if early and new.near and old.near and min(new.exactness, old.exactness) > VALLEY:
        return adjoin(new.place, old.place) and not within(
            old.place, new.place
        )  # "near the airport", "near Camp X"
    if new.exactness <= old.exactness or not within(new.place, old.place):
        return False
    return early or new.place.type != "subdistrict" or old.exactness < EXACTNESS["town"]


def is_valley_of(new: Located, old: Located) -> bool:
    """Whether a valley or desert of the headline's town's district is told: the town's name stood for its district."""
    if new.place.type != "region" or new.exactness < VALLEY or new.near or old.place.type != "town":
        return False
    return new.place.district is not None and new.place.district == old.place.district


_SETTLED = frozenset({"village", "subdistrict", "quarter", "town"})


def _is_in(new: Located, old: Located) -> bool:
    """Whether one name is the more exact, and the other can hold it: Khanasor and Sinuni."""
    return new.exactness > old.exactness and within(new.place, old.place)


def _is_part(first: Place, second: Place) -> bool:
    """Whether one field is a numbered part of the other: West Qurna-1 and the West Qurna oil field."""
    here, there = (p.name.replace("-", " ").split() for p in (first, second))
    return (
        here[:2] == there[:2]
        and any(w.isdigit() for w in (*here, *there))
        and here[-1:] != there[-1:]
        and not (here[-1].isdigit() and there[-1].isdigit())
    )


WIDE_AROUND = "baghdad"
"""The bureau whose bearings reach into other governorates."""
NEIGHBOURS = 40
"""Kilometres within which a report may call one place near another."""


def adjoin(first: Place, second: Place) -> bool:
    """Whether one place may be called near the other."""
    if None in (first.lat, first.lon, second.lat, second.lon) or max(first.precision, second.precision) > 2:
        return first.governorate == second.governorate
    north = (first.lat or 0) - (second.lat or 0)
    east = ((first.lon or 0) - (second.lon or 0)) * 0.84  # the cosine of Iraq's latitude
    return 111 * math.hypot(north, east) <= NEIGHBOURS


def headline_place(scene: Scene, landmark: Located | None = None) -> Located | None:
    """The place that the headline names, of several the one that the text tells a bearing from."""
    reading = scene.reading
    for sentence in range(reading.title):
        if "funeral" in reading.of(sentence).keys:
            return None  # where the dead are buried, and not where they died
        found = located(reading, reading.of(sentence), scene.lexicon, scene.tongue)
        if landmark is not None:
            found = [one for one in found if one.place.id == landmark.place.id and not one.landmark] or found
        if _apart([one for one in found if not one.landmark and one.exactness >= EXACTNESS["governorate"]]):
            return None  # of several places it is not said which one the text goes on with
        if landmark is None and _each_its_deed(found, reading.of(sentence)):
            return None
        behind = scene.tongue.grammar.attributes_first
        if (place := choose(found, reading.sentences[sentence][0], behind=behind)) is not None:
            return place
    return None


def of_another_deed(scene: Scene, told: Located, place: Located) -> bool:
    """Whether a headline names the text's place as well, and a deed between both: "four held in A, arms found in B"."""
    for sentence in range(scene.reading.title):
        row = scene.reading.of(sentence)
        spots = [h for h in row.places if h.meaning == place.place]
        if told.place != place.place and any(
            min(s.last, told.last) <= h.first and h.last <= max(s.first, told.first)
            for s in spots
            for h in row.deeds
        ):
            return True
    return False


def _apart(found: Sequence[Located]) -> bool:
    """Whether places lie in different governorates and are no mere row: "raid in Anbar, blast in Kirkuk"."""
    for one, other in pairwise(found):
        here, there = one.place.governorate, other.place.governorate
        if here and there and here != there and other.first - one.last > 2:
            return True
    return False


def _each_its_deed(found: Sequence[Located], hits: Row) -> bool:
    """Whether a deed is told between two exact places, neither in the other: "one downed near A, two hit B"."""
    exact = [one for one in found if not one.landmark and one.exactness > VALLEY]
    return any(
        not (within(one.place, other.place) or within(other.place, one.place))
        and any(one.last <= h.first and h.last <= other.first for h in hits.groups.get("act", ()))
        for one, other in pairwise(exact)
    )


def sharpen(place: Located | None, landmark: Located | None) -> Located | None:
    """The place of a deed that is told by its bearing: "villages north of Muqdadiyah" are near Muqdadiyah.

    Only where nothing more exact than the landmark's own governorate is known, and not from a bureau's
    town: what lies "north of Baghdad" may lie in another governorate.
    """
    if landmark is None or landmark.aside or is_vast(landmark.place) or landmark.exactness < CAPITAL:
        return place
    if place is None:
        desk = landmark.place.id in BUREAUS and not (landmark.off and landmark.place.id != WIDE_AROUND)
        return None if desk else replace(landmark, near=True)
    wide = place.place.type == "governorate" or is_vast(place.place)
    vague = wide and not landmark.speaker and landmark.exactness >= EXACTNESS["town"]
    if vague and place.place.governorate in (None, landmark.place.governorate):
        return replace(landmark, near=True)
    return place
