"""Which place a sentence is about, as exactly as it says, with coordinates and ACLED's geo precision.

A place that only tells a direction ("north of Baghdad") or an origin is a landmark. The most exact of
the places that are left wins; "Erbil's airport" is the airport of Erbil where the gazetteer has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from worker.domain.understanding.bearings import BUREAUS, COMMAS, Bearings, opens_dateline
from worker.domain.understanding.lexicon import Lexicon
from worker.domain.understanding.meanings import Country, Place, is_vast
from worker.domain.understanding.phrases import Word
from worker.domain.understanding.reading import Hit, Reading, Row
from worker.domain.understanding.tongue import Tongue

EXACTNESS: Mapping[str, float] = {
    "country": 0,
    "river": 1,
    "governorate": 2,
    "road": 3,
    "district": 3.2,
    "region": 3,
    "town": 4,
    "subdistrict": 4.5,
    "embassy-area": 4.6,
}
"""How exact a place of a type is; what is not listed (bases, airports, quarters, villages) is the most exact."""
MOST_EXACT = 5
CAPITAL_CITY = "baghdad"
WIDE = 0.5
"""A region across governorates: the Kurdistan region, the Western Desert."""
CAPITAL = 3.1
"""A town that shares its governorate's name may stand for all of it; any other town or district is more exact."""


_OWN_TYPES = {
    "airport": ("airport",),
    "base": ("base",),
    "gas_field": ("gas_field",),
    "oil_facility": ("oil_field", "refinery"),
}
"""Target ids and the place types that may be meant by "its airport"."""


@dataclass(frozen=True, slots=True)
class Located:
    """A place as a sentence names it."""

    place: Place
    first: int
    last: int
    near: bool = False
    landmark: bool = False
    aside: bool = False
    """Where a report was written, where somebody came from: tells nothing of the deed's place."""
    speaker: bool = False
    """Where somebody spoke of the deed: police in Baquba said."""
    inside: bool = False
    """Told by a word for in or at, which makes it the deed's own place before others."""
    off: bool = False
    """A direction or a distance is counted from it, or a road."""

    @property
    def exactness(self) -> float:
        """0 for the country to 5 for a base or a village."""
        if is_capital(self.place):
            return CAPITAL
        return WIDE if is_vast(self.place) else EXACTNESS.get(self.place.type, MOST_EXACT)


def is_capital(place: Place) -> bool:
    """Whether a town has its governorate's name."""
    return place.type == "town" and place.name.split()[0] == (place.governorate or "")


def located(reading: Reading, hits: Row, lexicon: Lexicon, tongue: Tongue) -> list[Located]:
    """The Iraqi places of a sentence, in text order; facilities are joined to the town before them."""
    if not hits.places:
        return []
    bearings = Bearings(reading, hits, tongue)
    found: list[Located] = []
    for hit in hits.places:
        if not isinstance(hit.meaning, Place) or _out_of_place(hit, reading):
            continue
        told = bearings.of(hit)
        place, first, last = hit.meaning, hit.first, hit.last
        if not told.off and (own := _facility(hit, hits, lexicon)) is not None:
            place, facility = own
            first, last = min(first, facility.first), max(last, facility.last)
        found.append(
            Located(
                place,
                first,
                last,
                told.near,
                told.landmark,
                told.aside,
                told.speaker,
                told.inside,
                told.off,
            )
        )
    return _without_strangers(_settle_doubles(found, reading), bearings)


def _without_strangers(found: list[Located], bearings: Bearings) -> list[Located]:
    """Names that no "in" governs are landmarks before one that it does: "an official of the Mosul club in Kirkuk".

    So is the other end of a road: "on the road from Tikrit to Kirkuk".
    """
    row = sorted(found, key=lambda one: one.first)
    if _gives_way_to_story(row, bearings.reading):
        row[0] = replace(row[0], landmark=True, aside=True)
    for index, one in enumerate(row):
        if one.landmark or one.near or one.inside:
            continue
        before = row[index - 1] if index else None
        end = before is not None and before.off and bearings.leads_on(before.last, one.first)
        if end or any(_beats(b, one, bearings) for b in row[index + 1 :]):
            row[index] = replace(one, landmark=True)
    return row


def _gives_way_to_story(row: Sequence[Located], reading: Reading) -> bool:
    """Whether the first place is a dateline's, and the sentence or the headline names the deed's own: "MOSUL, Iraq - ... in Sinjar"."""
    if not row or not opens_dateline(row[0].first, row[0].last, reading):
        return False
    desk = row[0].place
    here = [one.place for one in row[1:] if not one.landmark]
    here += [
        p for i in range(reading.title) for h in reading.of(i).places if isinstance(p := h.meaning, Place)
    ]
    return any(
        EXACTNESS.get(p.type, MOST_EXACT) >= EXACTNESS["road"]
        and p.id != desk.id
        and p.governorate == desk.governorate
        for p in here
    )


def _beats(inner: Located, one: Located, bearings: Bearings) -> bool:
    """Whether a place is told by "in" and a name before it only says where somebody is from."""
    if not inner.inside or inner.exactness < CAPITAL or _near_kin(inner.place, one.place):
        return False
    return bearings.parts(one.last, inner.first)


def _near_kin(first: Place, second: Place) -> bool:
    """Whether one of two places can lie in the other."""
    if first.governorate != second.governorate:
        return False
    if is_capital(first) or is_capital(second) or "governorate" in (first.type, second.type):
        return True
    return first.id == second.id or bool(first.district and first.district == second.district)


def without_namesakes(found: Sequence[Located], reading: Reading, joins: Sequence[str]) -> list[Located]:
    """Without quarters and villages whose own town, right behind them, lies elsewhere: "Qadisiya quarter in Kirkuk"."""

    def strange(one: Located, after: Located) -> bool:
        if one.place.type not in ("quarter", "village", "subdistrict") or after.place.type not in _TOWNS:
            return False
        apart = after.first - one.last
        house = any(
            h.first == one.last for h in reading.of(reading.sentence_of[one.first]).groups.get("target", ())
        )
        beside = 0 <= apart <= 1 + house and not set(reading.between(one.last - 1)) & COMMAS
        joined = any(reading.word(after.first).startswith(j) for j in joins)
        homes = {one.place.governorate, after.place.governorate}
        return beside and not joined and not after.landmark and len(homes - {None}) == 2

    row = sorted(found, key=lambda one: one.first)
    strays = [one for one, after in pairwise(row) if strange(one, after)]
    return [one for one in found if one not in strays]


_TOWNS = frozenset({"town", "district", "subdistrict", "governorate"})


def _out_of_place(hit: Hit, reading: Reading) -> bool:
    """Whether a doubtful name lies in none of the governorates that the text surely names.

    "The city" in a story from Baqubah is not the town of that name near Basra.
    """
    if _of_another_town(hit, reading):
        return True
    if not hit.phrase.ambiguous or not isinstance(hit.meaning, Place):
        return False
    row = reading.of(hit.sentence).places
    if _named_at(hit, reading) and not _is_a_house(hit, reading):
        return False
    if any(not h.phrase.ambiguous and (_in_row(h, hit, reading) or _in_row(hit, h, reading)) for h in row):
        return False  # in a row of towns: "in Najaf, Hilla and Karbala"
    if any(
        h.first - hit.last == 1 and len(reading.word(hit.last)) <= _SHORT
        for h in reading.hits
        if isinstance(h.meaning, Place) and not h.phrase.ambiguous and h.meaning.type == hit.meaning.type
    ):
        return False  # "in Gara and Hakurk": listed with one of its kind
    if _opens(hit, reading):
        return False
    named = {
        h.meaning.governorate
        for h in reading.hits
        if isinstance(h.meaning, Place) and not h.phrase.ambiguous and h.meaning.id not in BUREAUS
    } - {None}
    return bool(named) and hit.meaning.governorate not in named


def _of_another_town(hit: Hit, reading: Reading) -> bool:
    """Whether a mission is named without its town, and only towns of other governorates are: a consulate, in Basra."""
    mission = hit.meaning
    if not isinstance(mission, Place) or mission.type != "embassy-area" or hit.last - hit.first > _BARE:
        return False
    named = {
        p.governorate for h in reading.hits if isinstance(p := h.meaning, Place) and p.type != mission.type
    }
    return bool(named - {None}) and mission.governorate not in named


_BARE = 2
"""Words of a mission's name that no town is part of: *US consulate*."""


def _is_a_house(hit: Hit, reading: Reading) -> bool:
    """Whether the words also name a kind of house, and a name stands before them: *İmam Ali Hüseyniyesi'nde*."""
    if not any(h.first == hit.first for h in reading.of(hit.sentence).of("mosque")) or hit.first == 0:
        return False
    start = reading.span(reading.starts[hit.first - 1], reading.ends[hit.first - 1])[0]
    return reading.between(hit.first - 1) == " " and reading.folded.source[start].isupper()


def _in_row(first: Hit, second: Hit, reading: Reading) -> bool:
    """Whether nothing but a comma, or a joined "and", parts two names."""
    if first.last != second.first:
        return False
    head = second.phrase.parts[0]
    joined = isinstance(head, Word) and reading.word(second.first) not in head.forms
    return joined or bool(set(reading.between(first.last - 1)) & COMMAS)


def _opens(hit: Hit, reading: Reading) -> bool:
    """Whether a sentence opens with "in" and a name that is no word for a place: "In Hilla a bomb went off"."""
    start = reading.sentences[hit.sentence][0]
    if hit.first - start != 1:
        return False
    row = reading.of(hit.sentence)
    if any(h.first == hit.first for h in row.of("place_noun", "bearer", "person")):
        return False
    return any(h.first == start for h in row.of("in_place", "at_place"))


_SHORT = 3
"""Letters of the longest word for "and"."""
_APOSTROPHES = ("'", "’", "‘", "ʼ")


def _named_at(hit: Hit, reading: Reading) -> bool:
    """Whether capitals and a short word before them show a name and where: "in Amara"."""
    source = reading.folded.source
    start, end = reading.span(reading.starts[hit.first], reading.ends[hit.last - 1])
    if (
        source[start].isupper()
        and source[end : end + 1] in _APOSTROPHES
        and source[end + 1 : end + 2].isalpha()
    ):
        return True  # Turkish *Amara'da*
    if not source[start].isupper() or hit.first == 0 or reading.between(hit.first - 1) != " ":
        return False
    return len(reading.word(hit.first - 1)) <= 3


def _settle_doubles(found: list[Located], reading: Reading) -> list[Located]:
    """The same words may name several places: the one in a governorate that the text names, then the more exact."""
    spans: dict[tuple[int, int], list[Located]] = {}
    for one in found:
        spans.setdefault((one.first, one.last), []).append(one)
    if len(spans) == len(found):
        return found
    everywhere = [h for h in reading.hits if isinstance(h.meaning, Place)]
    readings = Counter((h.first, h.last) for h in everywhere)
    named = {
        h.meaning.governorate
        for h in everywhere
        if isinstance(h.meaning, Place) and readings[h.first, h.last] == 1
    }

    def rank(one: Located) -> tuple[bool, float, int]:
        return one.place.governorate in named, one.exactness, one.place.precision

    return [max(ones, key=rank) for ones in spans.values()]


def _facility(hit: Hit, hits: Sequence[Hit], lexicon: Lexicon) -> tuple[Place, Hit] | None:
    """The airport, base or field that "Erbil's airport" means, if the gazetteer has one of that name."""
    if not isinstance(hit.meaning, Place) or hit.meaning.type not in ("town", "district", "governorate"):
        return None
    for other in hits:
        types = _OWN_TYPES.get(other.key)
        apart = max(other.first - hit.last, hit.first - other.last)
        reach = 2 if hit.meaning.type == "town" else 0  # "a base in the province" is any
        if types is None or not 0 <= apart <= reach or _part_of_name(other, hits):
            continue
        if other.last <= hit.first and any(
            other.last <= h.first < hit.first for h in hits if h.key == "near"
        ):
            continue  # oil workers *near* Baiji
        stem = next(w for w in hit.meaning.name.lower().replace("-", " ").split() if w not in _ARTICLES)
        own = [
            p
            for p in lexicon.by_types(types)
            if p.governorate == hit.meaning.governorate and _headed(p.name, stem)
        ]
        if own:
            return min(own, key=lambda p: len(p.name)), other
    return None


def _part_of_name(hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether words are part of a place's own name: the base of "Saqr Base in Baghdad" is not Baghdad's."""
    return any(isinstance(h.meaning, Place) and h.first <= hit.first and hit.last <= h.last for h in hits)


_ARTICLES = frozenset({"al", "as", "ad", "an", "ar"})


def _headed(name: str, stem: str) -> bool:
    """Whether a facility's name begins with a town's: Balad Air Base, Al-Walid Base."""
    words = [w for w in name.lower().replace("-", " ").split() if w not in _ARTICLES]
    return bool(words) and words[0].startswith(stem)


def foreign_countries(hits: Sequence[Hit], *, kinds: Mapping[str, float] | None = None) -> dict[str, float]:
    """Countries other than Iraq that a sentence names, weighed by how they are named."""
    weights = kinds or {"names": 1.0, "seats": 1.0, "places": 1.0, "people": 0.4}
    found: dict[str, float] = {}
    for hit in hits:
        if isinstance(hit.meaning, Country) and hit.meaning.code != "IQ":
            found[hit.meaning.code] = found.get(hit.meaning.code, 0.0) + weights[hit.meaning.kind]
    return found
