"""Which place a sentence is about, as exactly as it says, with coordinates and ACLED's geo precision.

A place that only tells a direction ("north of Baghdad") or an origin is a landmark. The most exact of
the places that are left wins; "Erbil's airport" is the airport of Erbil where the gazetteer has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from worker.domain.understanding.where.bearings import COMMAS, Bearings
from worker.domain.understanding.where.datelines import BUREAUS, heads_item, opens_dateline
from worker.domain.understanding.where.doubtful import out_of_place
from worker.domain.understanding.words.lexicon import Lexicon
from worker.domain.understanding.words.meanings import Country, Place, is_vast
from worker.domain.understanding.words.reading import Hit, Reading, Row
from worker.domain.understanding.words.tongue import Tongue

EXACTNESS: Mapping[str, float] = {
    "country": 0,
    "river": 1,
    "governorate": 2,
    "road": 3,
    "district": 3.12,
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
VALLEY = 3.15
"""A valley or desert of one district: more exact than its district, and than the town that may stand for its governorate."""


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
        if self.place.type == "region" and self.place.district:
            return VALLEY
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
        if not isinstance(hit.meaning, Place) or out_of_place(hit, reading):
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
    found = _settle_doubles(found, reading)
    found = _without_seats(_without_quoted(found, reading), hits)
    return _without_strangers(_without_journeys(found, hits, bearings), bearings)


def _without_seats(found: list[Located], hits: Row) -> list[Located]:
    """Without the town that only says whose police they were, where they worked off another one: "Karbala police ... west of Ain al-Tamr"."""
    police = {h.first for h in hits.groups.get("target", ()) if h.key == "police"}
    off = [one for one in found if one.off and not one.aside and one.exactness >= CAPITAL]
    return [
        one
        for one in found
        if one.inside
        or one.landmark
        or one.last not in police
        or not any(o.place.governorate == one.place.governorate and o.place.id != one.place.id for o in off)
    ]


def _without_quoted(found: list[Located], reading: Reading) -> list[Located]:
    """The places that the report itself names, where it does, and not those of the words that it quotes."""
    if len(found) < 2:
        return found
    own = [one for one in found if not _quoted(one, reading)]
    return own if any(not one.landmark and one.exactness >= CAPITAL for one in own) else found


def _quoted(one: Located, reading: Reading) -> bool:
    """Whether a place stands between quotation marks that hold more than its name."""
    begin, end = reading.sentences[reading.sentence_of[one.first]]
    before = [i for i in range(begin, one.first) if '"' in reading.between(i - 1)]
    marks = sum(reading.between(i - 1).count('"') for i in range(max(begin, 1), one.first + 1))
    closes = any('"' in reading.between(i) for i in range(one.last, end))
    return bool(before) and marks % 2 == 1 and (closes or before[-1] < one.first - 1)


def _without_journeys(found: list[Located], hits: Row, bearings: Bearings) -> list[Located]:
    """The ends of a journey are landmarks where the sentence tells where it was cut short: "on the way from A to B, near C"."""
    if len(found) < 3 or not (bearings.bound or bearings.to_place):
        return found
    spots = {one.first: one for one in found}
    names = sorted((h for h in hits.places if h.first in spots), key=lambda h: h.first)
    ends = {
        h.first
        for a, b in pairwise(names)
        if a.last <= b.first and not _held_by(spots[a.first], spots[b.first]) and bearings.travels(a, b)
        for h in (a, b)
    }
    told = any(
        one.first not in ends and (not one.landmark or one.off) and one.exactness >= CAPITAL for one in found
    )
    if not ends or not told:
        return found
    return [replace(o, landmark=True, aside=True) if o.first in ends else o for o in found]


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


def _held_by(one: Located, after: Located) -> bool:
    """Whether a place lies in the town or governorate behind it: French *de la Zone verte à Bagdad* is no journey."""
    small = one.exactness >= EXACTNESS["subdistrict"] or after.place.type == "governorate"
    return small and _near_kin(one.place, after.place)


def _gives_way_to_story(row: Sequence[Located], reading: Reading) -> bool:
    """Whether the first place is a dateline's, and the sentence or the headline names the deed's own: "MOSUL, Iraq - ... in Sinjar"."""
    if not row:
        return False
    item = heads_item(row[0].first, row[0].last, reading)
    if not item and not opens_dateline(row[0].first, row[0].last, reading):
        return False
    desk = row[0].place
    if any((one.off or one.near) and _is_elsewhere(one, row[0]) for one in row[1:]):
        return True  # "TIKRIT, Iraq - ... northwest of Khalis, Diyala province"
    here = [one.place for one in row[1:] if not one.landmark]
    if item:  # the headline names one of many
        return any(
            one.exactness > row[0].exactness or (one.near and one.exactness >= CAPITAL)
            for one in row[1:]
            if one.place.governorate == desk.governorate and one.place.id != desk.id
        )
    headed = [
        p for i in range(reading.title) for h in reading.of(i).places if isinstance(p := h.meaning, Place)
    ]
    if _heads_elsewhere(headed, desk):
        return True
    return any(
        EXACTNESS.get(p.type, MOST_EXACT) >= EXACTNESS["road"]
        and p.id != desk.id
        and p.governorate == desk.governorate
        for p in (*here, *headed)
    )


def _heads_elsewhere(headed: Sequence[Place], desk: Place) -> bool:
    """Whether the headline names towns or villages of another governorate than the dateline's, and none of its own."""
    towns = [p for p in headed if EXACTNESS.get(p.type, MOST_EXACT) >= EXACTNESS["district"]]
    homes = {p.governorate for p in headed}
    return bool(towns) and desk.governorate not in homes


def _is_elsewhere(one: Located, desk: Located) -> bool:
    """Whether a bearing is told from a town of another governorate than the dateline's, or of its own if that is its capital."""
    own = one.place.governorate
    if own == desk.place.governorate and is_capital(desk.place) and one.place.id != desk.place.id:
        return not one.aside and one.exactness > CAPITAL
    if one.aside or own in (None, desk.place.governorate) or one.place.id in BUREAUS:
        return False
    return one.exactness >= CAPITAL


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


def without_namesakes(
    found: Sequence[Located], reading: Reading, joins: Sequence[str], ands: Container[str]
) -> list[Located]:
    """Without quarters and villages whose own town lies elsewhere: right behind them ("Qadisiya quarter in Kirkuk"), or where headline or sentence are set."""

    def strange(one: Located, after: Located) -> bool:
        if one.place.type not in ("quarter", "village", "subdistrict") or after.place.type not in _TOWNS:
            return False
        apart = after.first - one.last
        house = any(
            h.first == one.last for h in reading.of(reading.sentence_of[one.first]).groups.get("target", ())
        )
        beside = 0 <= apart <= 1 + house and not set(reading.between(one.last - 1)) & COMMAS
        joined = any(reading.word(after.first).startswith(j) for j in joins)
        joined = joined or any(reading.word(i) in ands for i in range(one.last, after.first))
        homes = {one.place.governorate, after.place.governorate}
        return beside and not joined and not after.landmark and len(homes - {None}) == 2

    row = sorted(found, key=lambda one: one.first)
    strays = [one for one, after in pairwise(row) if strange(one, after)]
    strays += [one for one in row if _of_another_town(one, reading)]
    return [one for one in found if one not in strays]


def _of_another_town(one: Located, reading: Reading) -> bool:
    """Whether a quarter's name is that of one elsewhere: headline or sentence name a town of one other governorate, and nothing in the text its own."""
    if one.place.type != "quarter":
        return False
    here = reading.sentence_of[one.first]
    homes: set[str | None] = set()
    near: set[str | None] = set()
    for hit in reading.hits:
        place = hit.meaning
        if not isinstance(place, Place) or place.id == one.place.id or place.governorate is None:
            continue
        homes.add(place.governorate)
        if place.type in _TOWNS and (hit.sentence < reading.title or hit.sentence == here):
            near.add(place.governorate)
    return len(near) == 1 and one.place.governorate not in homes


_TOWNS = frozenset({"town", "district", "subdistrict", "governorate"})


def _settle_doubles(found: list[Located], reading: Reading) -> list[Located]:
    """The same words may name several places: the one in a governorate that is named beside them, then one that the text names, then the more exact.

    Beside them is in their sentence or the one before, which may be a dateline.
    """
    spans: dict[tuple[int, int], list[Located]] = {}
    for one in found:
        spans.setdefault((one.first, one.last), []).append(one)
    if len(spans) == len(found):
        return found
    everywhere = [(h, h.meaning.governorate) for h in reading.hits if isinstance(h.meaning, Place)]
    readings = Counter((h.first, h.last) for h, _ in everywhere)
    sure = [(h, home) for h, home in everywhere if readings[h.first, h.last] == 1]
    named = {home for _, home in sure}

    def rank(one: Located) -> tuple[bool, bool, float, int]:
        sentence, home = reading.sentence_of[one.first], one.place.governorate
        beside = any(h.sentence in (sentence, sentence - 1) and place == home for h, place in sure)
        return beside, home in named, one.exactness, one.place.precision

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
