"""Which place a sentence is about, as exactly as it says, with coordinates and ACLED's geo precision.

A place that only tells a direction ("north of Baghdad") or an origin is a landmark. The most exact of
the places that are left wins; "Erbil's airport" is the airport of Erbil where the gazetteer has it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from worker.domain.understanding.lexicon import Lexicon
from worker.domain.understanding.meanings import Country, Place
from worker.domain.understanding.reading import Hit, Reading

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
CAPITAL = 3.1
"""A town that shares its governorate's name may stand for all of it; any other town or district is more exact."""


def is_vast(place: Place) -> bool:
    """Too wide to be an event's place (the country, "northern Iraq"); it still tells that it lies in Iraq."""
    return place.type == "country" or (place.type == "region" and place.governorate is None)


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

    @property
    def exactness(self) -> float:
        """0 for the country to 5 for a base or a village."""
        return CAPITAL if is_capital(self.place) else EXACTNESS.get(self.place.type, MOST_EXACT)


def is_capital(place: Place) -> bool:
    """Whether a town has its governorate's name."""
    return place.type == "town" and place.name.split()[0] == (place.governorate or "")


def located(
    reading: Reading, hits: Sequence[Hit], lexicon: Lexicon, *, behind: bool = False
) -> list[Located]:
    """The Iraqi places of a sentence, in text order; facilities are joined to the town before them."""
    if not any(isinstance(h.meaning, Place) for h in hits):
        return []
    marks = [h for h in hits if h.key in ("distance", "from_place", "near")]
    nouns = {i for h in hits if h.key == "place_noun" or _iraqs(h) for i in range(h.first, h.last)}
    for _ in range(2):  # the *s* and the article of "Iraq's al-Qaim"
        nouns |= {i + 1 for i in nouns if i + 1 < len(reading.starts) and len(reading.word(i + 1)) <= 2}
    inside = {h.first for h in hits if h.key == "at_place"}  # a bomb beside the road *in* Baghdad
    found: list[Located] = []
    for hit in hits:
        if not isinstance(hit.meaning, Place) or _out_of_place(hit, reading):
            continue
        start = _row_start(hit, hits)
        ahead = {
            h.key
            for h in marks
            if 0 <= start - h.last <= 1 + _skipped(h.last, start, nouns)
            and not (h.key == "distance" and h.last < hit.first and hit.first - 1 in inside)
        }
        speaker = _speaks(hit, hits, reading)
        aside = ("from_place" in ahead and not _of_a_thing(hit, hits)) or _datelined(hit, reading)
        aside = aside or (speaker and hit.meaning.id in BUREAUS)
        landmark = aside or speaker or "distance" in ahead or _far_end(hit, hits)
        landmark = landmark or any(h.key == "destined" and h.first == hit.last for h in hits)
        landmark = landmark or (
            behind and any(h.key == "distance" and 0 <= h.first - hit.last <= 1 for h in marks)
        )
        place, first, last = hit.meaning, hit.first, hit.last
        if "distance" not in ahead and (own := _facility(hit, hits, lexicon)) is not None:
            place, facility = own
            first, last = min(first, facility.first), max(last, facility.last)
        found.append(Located(place, first, last, "near" in ahead, landmark, aside, speaker))
    return _settle_doubles(found, reading)


def without_namesakes(found: Sequence[Located], reading: Reading, joins: Sequence[str]) -> list[Located]:
    """Without quarters and villages whose own town, right behind them, lies elsewhere: "Qadisiya quarter in Kirkuk"."""

    def strange(one: Located, after: Located) -> bool:
        if one.place.type not in ("quarter", "village") or after.place.type not in _TOWNS:
            return False
        beside = 0 <= after.first - one.last <= 1 and not set(reading.between(one.last - 1)) & _COMMAS
        joined = any(reading.word(after.first).startswith(j) for j in joins)
        homes = {one.place.governorate, after.place.governorate}
        return beside and not joined and not after.landmark and len(homes - {None}) == 2

    row = sorted(found, key=lambda one: one.first)
    strays = [one for one, after in pairwise(row) if strange(one, after)]
    return [one for one in found if one not in strays]


def _row_start(hit: Hit, hits: Sequence[Hit]) -> int:
    """The first word of a place, or of the other country that it is joined to: "on its way to Iran and Iraq"."""
    if not _iraqs(hit) and not (isinstance(hit.meaning, Place) and is_vast(hit.meaning)):
        return hit.first
    for link in hits:
        if link.key == "clause" and link.last == hit.first:
            return next(
                (h.first for h in hits if h.last == link.first and isinstance(h.meaning, Country)), hit.first
            )
    return hit.first


_TOWNS = frozenset({"town", "district", "subdistrict", "governorate"})


def _far_end(hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether the place is the second of two that a deed lies between: "on the road between Baghdad and Najaf"."""
    for mark in hits:
        if mark.key == "mutual" and 2 <= hit.first - mark.last <= 5:
            near = [h for h in hits if isinstance(h.meaning, Place) and mark.last <= h.first < hit.first]
            if near and max(h.last for h in near) == hit.first - 1:
                return True
    return False


def _of_a_thing(hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether the place only tells where a house or office is that somebody was taken from: "from his Baghdad home"."""
    return any(h.group == "target" and h.first == hit.last for h in hits)


def _iraqs(hit: Hit) -> bool:
    """Whether words name Iraq, as in "from Iraq's Qaim"."""
    return isinstance(hit.meaning, Country) and hit.meaning.code == "IQ"


def _skipped(first: int, last: int, nouns: set[int]) -> int:
    """How many words of a row that only say what kind of place follows: "from (the holy city of) Najaf"."""
    row = range(first, last)
    return len(row) if 1 < len(row) <= 6 and all(i in nouns for i in row) else 0


BUREAUS = frozenset({"baghdad", "erbil"})
"""Where correspondents sit: as a dateline these name the desk; any other town's dateline is the story's place."""
_DATELINE = re.compile(r"[^\n]{0,48}?(?:\s[-–—]+\s|\)\s?[-–—:]|\.\s?[-–—])")
"""How a body begins that has a dateline: few words, then a dash, or an agency in brackets."""


def _datelined(hit: Hit, reading: Reading) -> bool:
    """Whether the place is a bureau in the dateline: BAGHDAD (Agency) - ..."""
    if not isinstance(hit.meaning, Place) or hit.meaning.id not in BUREAUS:
        return False
    text = reading.folded.text
    head = text.find("\n") + 1
    if head == len(text):
        head = 0  # a post that has no headline
    if not head and len(text) < 100:
        return False  # a headline by itself
    if not head <= hit.start < head + 60:
        return False
    found = _DATELINE.match(text, head)
    if found is None:
        return False
    line = text.find("\n", head)
    return hit.end <= found.end() or (found.end() <= hit.start and hit.end == line)


_SPEECH = frozenset({"said", "blame", "condemn", "denial", "warning"})


def _speaks(hit: Hit, hits: Sequence[Hit], reading: Reading) -> bool:
    """Whether the place stands for its government or for where somebody spoke: Baghdad blames, police in Baquba said.

    A comma between parts them: in "killed in Mosul, officials said" the deed is in Mosul.
    """
    if set(reading.between(hit.last - 1)) & _COMMAS:
        return False
    if any(h.key == "at_place" and h.last == hit.first for h in hits):
        return False
    return any(h.key in _SPEECH and h.first == hit.last for h in hits)


_COMMAS = frozenset(",،؛:")


def _out_of_place(hit: Hit, reading: Reading) -> bool:
    """Whether a doubtful name lies in none of the governorates that the text surely names.

    "The city" in a story from Baqubah is not the town of that name near Basra.
    """
    if not hit.phrase.ambiguous or not isinstance(hit.meaning, Place) or _named_at(hit, reading):
        return False
    named = {
        h.meaning.governorate
        for h in reading.hits
        if isinstance(h.meaning, Place) and not h.phrase.ambiguous and h.meaning.id not in BUREAUS
    } - {None}
    return bool(named) and hit.meaning.governorate not in named


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
