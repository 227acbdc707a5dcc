"""Which figures are added to the one that a casualty word takes: "two soldiers and a policeman".

What "including" introduces, what brackets hold and what tells the figure before it one by one ("five of
one family, a mother and four children") is not added.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from worker.domain.understanding.counting.company import (
    FAR,
    and_theirs,
    company_of,
    joined,
    named_before,
    owner_before,
)
from worker.domain.understanding.counting.figures import KINDS, counts_people, is_part
from worker.domain.understanding.counting.numbers import Number, number_words
from worker.domain.understanding.counting.offers import Offer
from worker.domain.understanding.words.reading import Hit, Reading, Row
from worker.domain.understanding.words.tongue import Tongue

_NEAR = 5
"""Words within which the next figure of a row stands."""

_PAIR = 2
"""The highest figure that is never a total of those behind it."""

_SEIZED = frozenset({"abduction", "arrest"})
_STOPS = frozenset({"including", "among", "said", *_SEIZED, *KINDS})
_TRADES = frozenset({"activist", "journalist", "official", "civilians", "workers"})


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure with those that are added to it, and the words of them all."""

    value: int
    first: int
    last: int
    parts: tuple[int, ...]
    """The figures, in text order; empty where nothing was added."""
    counted: tuple[int, ...] = ()
    """Where begins what each of the figures counts: behind it, or the noun itself where that is the figure."""


def summed(
    reading: Reading, tongue: Tongue, offer: Offer, numbers: Sequence[Number], used: set[int], hits: Row
) -> Sum:
    """The figure that a word takes and those beside it, which `used` then holds as well."""
    number = offer.number
    first, last = min(number.first, offer.hit.first), max(number.last, offer.hit.last)
    parts, counted = [number.value], [_counts_from(number)]
    numbers = [n for n in numbers if not n.some]
    chain = [n for n in numbers if (n.first < number.first if offer.ahead else n.first > number.first)]
    if offer.ahead:
        chain.reverse()
    row = _Row(reading, tongue, hits, ahead=offer.ahead)
    anchor = number
    for index, other in enumerate(chain):
        if any(low <= other.first < high for low, high in row.asides):
            continue
        following = None if offer.ahead else next(iter(chain[index + 1 :]), None)
        if row.calls_again(anchor, other):
            anchor = other
            continue
        if other.first in used or not row.holds(anchor, other, following, listed=len(parts) > 1):
            break
        used.add(other.first)
        parts.append(other.value)
        counted.append(_counts_from(other))
        first, last = min(first, other.first), max(last, other.last)
        anchor = other
    if offer.ahead:
        parts.reverse()
        counted.reverse()
    shares = number_words(tongue).shares
    free = [n for n in numbers if n.first not in used and reading.word(n.last - 1) not in shares]
    others = company_of(reading, tongue, offer, free, hits)
    if len(parts) == 1 and not others:
        others = named_before(reading, tongue, offer, numbers, hits) or owner_before(
            reading, tongue, offer, numbers, hits
        )
    for other in others:
        used.add(other.first)
        parts.append(other.value)
        counted.append(_counts_from(other))
        last = max(last, other.last)
    if len(parts) > 2 and parts[0] == sum(parts[1:]) and parts[0] > _PAIR:
        parts = parts[:1]  # told one by one; "two nurses, a driver and a visitor" are four
    return Sum(sum(parts), first, last, tuple(parts) if len(parts) > 1 else (), tuple(counted))


def _counts_from(number: Number) -> int:
    """Where begins what a figure counts."""
    return number.first if number.noun else number.last


class _Row:
    """Judges which figure of a sentence goes on with the one before."""

    def __init__(self, reading: Reading, tongue: Tongue, hits: Row, *, ahead: bool) -> None:
        self.reading, self.tongue, self.hits, self.ahead = reading, tongue, hits, ahead
        self.people = [h for h in hits if counts_people(h)]
        self.stops = [h for h in hits if h.key in _STOPS]
        self.asides = _asides(reading, hits)

    def holds(self, anchor: Number, other: Number, following: Number | None, *, listed: bool) -> bool:
        """Whether a figure is added to the last one of the row."""
        low, high = (other, anchor) if self.ahead else (anchor, other)
        return (
            self._near(low, high)
            and self._joins(low, high, following, listed=listed)
            and not self._apart(low, high, other)
        )

    def calls_again(self, anchor: Number, other: Number) -> bool:
        """Whether a noun behind a comma names the same one anew: Arabic "a commander, the leader in the group, and his aide"."""
        if self.ahead or not (anchor.noun and other.noun and anchor.value == other.value == 1):
            return False
        apart = "," in self.reading.between(other.first - 1) and other.first - anchor.last <= FAR
        return apart and not other.single and not joined(self.reading, self.tongue, other.first)

    def _near(self, low: Number, high: Number) -> bool:
        """Whether both count people and stand close enough."""
        if _and_more(self.reading, self.tongue, low, high, self.hits):
            return True
        owned = high.noun or any(0 <= h.first - high.last <= 3 for h in self.people)
        if not owned:
            return False
        between = low.noun or any(low.first <= h.first < high.first for h in self.people)
        gap = high.first - low.last
        gap -= sum(b - a for a, b in self.asides if low.last <= a and b <= high.first)
        gap -= sum(h.last - h.first - 1 for h in self.hits.actors if low.last <= h.first < high.first)
        theirs = and_theirs(self.reading, self.tongue, low, high, self._before_age(high.first))
        return (between and gap <= _NEAR) or theirs

    def _joins(self, low: Number, high: Number, following: Number | None, *, listed: bool) -> bool:
        """Whether "and" or a comma makes one row of them; five members of a family are none."""
        reading, tongue = self.reading, self.tongue
        row = (
            (listed and reading.between(high.first - 1).strip() == ",")
            or (high.single and _comma_joins(reading, low.last, high.first))
            or (low.single and _comma_joins(reading, low.last - 1, low.last))
            or (following is not None and _goes_on(reading, tongue, low, high, following))
        )
        if row:
            return True
        if _other_and(reading, tongue, low, high) or self._one_of_two_trades(low, high):
            return False
        if self._two_offices(low, high):
            return False
        if joined(reading, tongue, self._before_age(high.first)) or self._with_ending(high.first):
            return True
        loose = low.noun or high.noun or low.article or high.article
        return not loose and any("," in reading.between(i) for i in range(low.last - 1, high.first))

    def _one_of_two_trades(self, low: Number, high: Number) -> bool:
        """Whether two nouns right before a name are one person: Arabic "the activist and physician Nour"."""
        if not (low.noun and high.noun and low.last == high.first):
            return False
        keys = [{h.key for h in self.hits if h.first == n.first} & _TRADES for n in (low, high)]
        spoken = self.reading.sentence_of
        named = high.last < len(spoken) and spoken[high.last] == spoken[high.first]
        named = named and not any(h.first <= high.last < h.last for h in self.hits)
        return bool(keys[0] and keys[1]) and not keys[0] & keys[1] and named

    def _two_offices(self, low: Number, high: Number) -> bool:
        """Whether one article serves two offices of one person: "a councillor and candidate in the election"."""
        if not low.article or not high.single:
            return False
        offices = self.hits.of("official")
        second = any(h.first == high.first for h in offices)
        return second and any(low.last <= h.first and h.last == high.first - 1 for h in offices)

    def _with_ending(self, at: int) -> bool:
        """Whether an ending of the noun before means "and": Turkish *bir askerle bir polis*."""
        endings = self.tongue.data["numbers"].get("joined_endings")
        if not endings or not any(h.last == at for h in self.people):
            return False
        return self.reading.word(at - 1).endswith(tuple(endings))

    def _before_age(self, at: int) -> int:
        """Where an age before a noun begins: Turkish *ile 6 yaşındaki oğulları*."""
        age = next((h for h in self.hits.of("ordinal_unit") if h.last == at and h.first > 0), None)
        return age.first - 1 if age else at

    def _apart(self, low: Number, high: Number, other: Number) -> bool:
        """Whether what stands between or beside keeps a figure out of the row."""
        reading, hits = self.reading, self.hits
        if any(
            (low.last <= h.first < high.first or low.last < h.last <= high.first)
            and not any(a <= h.first < b for a, b in self.asides)
            for h in self.stops
        ):
            return True
        short = _abbreviated(reading, hits)
        if any(_brackets(reading.between(i)) and i not in short for i in range(low.last - 1, high.first)):
            return True
        if low.noun and any(low.last <= h.first < high.first for h in hits.of("suicide", "explosion")):
            return True  # "blew himself up beside a pilgrim and took six with him"
        if any(h.key in _SEIZED and 0 <= other.first - h.last <= 1 for h in self.stops):
            return True  # arrested four men, two were killed
        if other.article and any(h.key == "said" and 0 <= h.first - other.last <= 4 for h in self.stops):
            return True
        if not self.ahead and any(0 <= h.first - other.last <= 3 for h in hits.of("including")):
            return True
        return _inside(other, hits) or _of_them(other, hits)


def _and_more(reading: Reading, tongue: Tongue, low: Number, high: Number, hits: Row) -> bool:
    """Whether nothing but a word that no list has stands with "and" between two figures: "52 inmates and eight guards"."""
    joins = number_words(tongue)
    length = 2 if reading.word(high.first - 1) in joins.joins else 1
    if high.article or high.noun or not joined(reading, tongue, high.first):
        return False
    gap = high.first - low.last
    one = (low.article or low.noun) and any(
        h.first == (low.first if low.noun else low.last) and counts_people(h) for h in hits
    )
    if gap != length and not (one and length - 1 <= gap <= length + 1):
        return False  # else "a sergeant and two privates"
    return reading.between(low.last - 1) == " " and all(
        h.group == "sign" for h in hits if h.first <= low.last < h.last
    )


def _asides(reading: Reading, hits: Row) -> list[tuple[int, int]]:
    """What stands between commas behind "including": "four attackers, including a bomber, and a soldier"."""
    found = []
    for hit in hits.of("including"):
        if hit.first == 0 or "," not in reading.between(hit.first - 1):
            continue
        end = next((i + 1 for i in range(hit.last, hit.last + 5) if "," in reading.between(i)), None)
        if end is not None:
            found.append((hit.first, end))
    return found


def _goes_on(reading: Reading, tongue: Tongue, low: Number, high: Number, third: Number) -> bool:
    """Whether a comma stands between the first two of a row that "and" ends: "him, his wife and two children"."""
    if high.first - low.last > _NEAR + 1 or third.first - high.last > _NEAR - 1:
        return False
    comma = any("," in reading.between(i) for i in range(low.last - 1, high.first))
    return comma and joined(reading, tongue, third.first)


def _other_and(reading: Reading, tongue: Tongue, low: Number, high: Number) -> bool:
    """Whether "and" joins a figure to something else behind a comma: "five of a family, mother and four children"."""
    commas = [i for i in range(low.last - 1, high.first - 1) if "," in reading.between(i)]
    if not commas:
        return False
    behind = commas[-1] + 1
    words = number_words(tongue)
    while behind < high.first and reading.word(behind) in words.joins | words.owners:
        behind += 1
    return behind < high.first


def _abbreviated(reading: Reading, hits: Row) -> set[int]:
    """Behind which words brackets open and close that hold but a party's letters: "the Workers' Party (PKK) and two guards"."""
    found: set[int] = set()
    for hit in hits.actors:
        opens, closes = reading.between(hit.first - 1) if hit.first else "", reading.between(hit.last - 1)
        if opens.strip() == "(" and closes.strip().startswith(")"):
            found |= {hit.first - 1, hit.last - 1}
    return found


def _brackets(gap: str) -> bool:
    """Whether brackets or a dash stand between two words; the hyphen of "14-year-old" is none."""
    return any(c in "()–" for c in gap) or ("-" in gap and gap.strip() != gap)


def _comma_joins(reading: Reading, low: int, high: int) -> bool:
    """Whether a headline's comma stands for "and": "kill 22 Iraqis, U.S. soldier"."""
    if reading.sentence_of[high] >= reading.title:
        return False
    return any(reading.between(i).strip() == "," for i in range(low, high))


def _inside(number: Number, hits: Sequence[Hit]) -> bool:
    """Whether "including" and no word of killing or hurting stands before a figure: it is part of another one."""
    if any(h.key == "including" and h.first <= number.first < h.last for h in hits):
        return True  # "including one" is one phrase
    before = [h for h in hits if h.last <= number.first and h.key in ("including", *KINDS)]
    return bool(before) and max(before, key=lambda h: h.last).key == "including"


def _of_them(number: Number, hits: Row) -> bool:
    """Whether the word behind a figure makes it a part of the next one: Turkish *8'i sivil 12 kişi*."""
    return is_part(number, hits)
