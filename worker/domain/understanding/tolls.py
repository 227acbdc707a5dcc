"""Tolls: which figures of a sentence are its dead and its wounded.

Each word of killing or hurting takes the figure that stands nearest on the side where the language puts
it; a figure serves once; "two soldiers and a policeman" are added up; what "including" introduces is
part of the figure before it. Figures that count kilometres, rockets or years are no tolls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from worker.domain.understanding.calendar import Dated
from worker.domain.understanding.figures import KINDS, counts_people, people_counted
from worker.domain.understanding.numbers import Number, number_words
from worker.domain.understanding.offers import Offer, taken
from worker.domain.understanding.phrases import normal
from worker.domain.understanding.reading import Hit, Reading, Row
from worker.domain.understanding.tongue import Tongue


@dataclass(frozen=True, slots=True)
class Toll:
    """One figure of one kind, and the words that say so."""

    kind: str
    value: int
    most: int | None
    first: int
    last: int
    corrected: bool = False
    vague: bool = False
    """Dozens: gives way to a figure."""
    total: bool = False
    """A total of many events and not this one's."""
    floor: bool = False
    """At least, more than: a later figure may be more exact."""
    figure: int = 0
    """Where the figure ends and what it counts begins; 0 where the word is itself a number."""
    parts: tuple[int, ...] = ()
    """The figures that were added up: four fighters and a civilian."""
    counted: tuple[int, ...] = ()
    """Where begins what each of the figures counts: behind it, or the noun itself where that is the figure."""


def tolls_in(
    reading: Reading,
    tongue: Tongue,
    sentence: int,
    dates: Sequence[Dated],
    hits: Row | None = None,
    span: tuple[int, int] | None = None,
) -> list[Toll]:
    """The tolls that a sentence, or the words of it that `span` bounds, gives; at most a few."""
    hits = reading.of(sentence) if hits is None else hits
    found = _zeros(hits)
    words = _casualties(hits, found)
    if not words:
        return found
    first, last = span or reading.sentences[sentence]
    numbers = people_counted(reading, tongue, hits, dates, first, last)
    offers = taken(reading, tongue, words, numbers, hits)
    served = {offer.hit.start for offer in offers}
    for hit in words:
        if hit.phrase.value is not None and hit.start not in served:
            found.append(Toll(hit.key, hit.phrase.value, None, hit.first, hit.last))
    if not tongue.data.get("bare_singular"):
        found += _implied(reading, tongue, [w for w in words if w.start not in served], hits, offers)
    used = {offer.number.first for offer in offers}
    found += [
        _toll(reading, tongue, offer, numbers, used, hits)
        for offer in sorted(offers, key=lambda o: o.hit.start)
    ]
    return sorted(found, key=lambda t: t.first)


def _casualties(hits: Row, zeros: Sequence[Toll]) -> list[Hit]:
    """The words of killing and hurting that tell of people, of this deed, and not that nobody was."""
    words = hits.of(*KINDS)
    if not words:
        return []
    downed = hits.of("intercept", "seize_arms")
    causes = hits.of("in_response")
    return [
        h
        for h in words
        if not any(t.first <= h.first and h.last <= t.last for t in zeros)
        and not any(d.first < h.last and h.first < d.last for d in downed)
        and not any(0 <= h.first - c.last <= 5 or c.first <= h.first < c.last for c in causes)
    ]


_ONE = frozenset({"official", "journalist", "activist", "soldiers", "police", "workers"})


def _implied(
    reading: Reading, tongue: Tongue, words: Sequence[Hit], hits: Sequence[Hit], offers: Sequence[Offer]
) -> list[Toll]:
    """One person without a figure: "gunmen shot dead Ali Hassan", "Baghdad governor assassinated"."""
    for word in words:
        if (
            word.key != "killed"
            or word.phrase.number == "before"
            or any(o.hit.key == "killed" for o in offers)
        ):
            continue
        if _one_captive(word, hits) or _named(reading, word, hits):
            return [Toll("killed", 1, None, word.first, word.last)]
        for hit in hits:
            near = 0 <= word.first - hit.last <= 2 or 0 <= hit.first - word.last <= 1
            if near and hit.key in _ONE and _singular(reading, tongue, hit):
                return [Toll("killed", 1, None, min(hit.first, word.first), max(hit.last, word.last))]
    return []


def _one_captive(word: Hit, hits: Sequence[Hit]) -> bool:
    """Whether one captive is named before the word of dying: "hostage Ken Hall has been killed"."""
    many = {h.first for h in hits if h.key == "captives"}
    return any(h.key == "hostage" and 0 <= word.first - h.last <= 5 and h.first not in many for h in hits)


def _named(reading: Reading, word: Hit, hits: Sequence[Hit]) -> bool:
    """Whether two capitalised words of no other meaning, a name, follow."""
    if word.last + 1 >= len(reading.starts):
        return False
    for at in (word.last, word.last + 1):
        start, _ = reading.span(reading.starts[at], reading.ends[at])
        if not reading.folded.source[start].isupper() or any(h.first <= at < h.last for h in hits):
            return False
    return True


def _singular(reading: Reading, tongue: Tongue, hit: Hit) -> bool:
    """Whether the words are the phrase itself, no ending joined, and one of the nouns for one person if those are listed."""
    singles = number_words(tongue).singles
    last = (reading.word(hit.last - 1),)
    if singles and last not in singles and tuple(reading.words[hit.first : hit.last]) not in singles:
        return False
    return reading.plain[hit.start : hit.end] == normal(hit.phrase.say)


_ZERO = {"none_hurt": KINDS, "none_killed": ("killed",), "none_wounded": ("wounded",)}


def _zeros(hits: Row) -> list[Toll]:
    """Tolls of nobody: "no casualties" and the like."""
    return [Toll(kind, 0, None, hit.first, hit.last) for hit in hits.of(*_ZERO) for kind in _ZERO[hit.key]]


def _joined(reading: Reading, tongue: Tongue, at: int) -> bool:
    """Whether "and" stands before a word or is joined to it."""
    joins = number_words(tongue)
    if at > 0 and reading.word(at - 1) in joins.owners:
        at -= 1  # a woman and *her* two sons
    joined = any(reading.word(at).startswith(j) for j in joins.clitic_and)
    return joined or (at > 0 and reading.word(at - 1) in joins.joins)


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
    return any(h.first == number.last for h in hits.of("partitive"))


def _toll(
    reading: Reading,
    tongue: Tongue,
    offer: Offer,
    numbers: Sequence[Number],
    used: set[int],
    hits: Row,
) -> Toll:
    """The figure with those that are added to it: two soldiers and a policeman."""
    number = offer.number
    value, most = number.value, number.most
    first, last = min(number.first, offer.hit.first), max(number.last, offer.hit.last)
    people = [h for h in hits if counts_people(h)]
    stops = [h for h in hits if h.key in ("including", "among", "said", *KINDS)]
    anchor = number
    listed = False
    parts = [number.value]
    counted = [_counts_from(number)]
    chain = [n for n in numbers if (n.first < number.first if offer.ahead else n.first > number.first)]
    for other in reversed(chain) if offer.ahead else chain:
        low, high = (other, anchor) if offer.ahead else (anchor, other)
        between = low.noun or any(low.last <= h.first < high.first for h in people)
        near = high.first - low.last <= 5 and between
        owned = high.noun or any(0 <= h.first - high.last <= 3 for h in people)
        row = listed and reading.between(high.first - 1).strip() == ","
        row = row or (high.single and _comma_joins(reading, low.last, high.first))
        loose = low.noun or high.noun or low.article or high.article
        if loose and not row and not _joined(reading, tongue, high.first):
            break  # five members of a family
        cut = any(low.last <= h.first < high.first for h in stops)
        apart = any(h.key == "including" and 0 <= h.first - other.last <= 3 for h in hits)
        told = other.article and any(0 <= h.first - other.last <= 4 for h in stops if h.key == "said")
        aside = any(c in "()-–" for i in range(low.last - 1, high.first) for c in reading.between(i).strip())
        if _inside(other, hits) or _of_them(other, hits):
            break
        if (
            other.first in used
            or not near
            or not owned
            or cut
            or aside
            or told
            or (apart and not offer.ahead)
        ):
            break
        used.add(other.first)
        value += other.value
        counted.append(_counts_from(other))
        if row or _joined(reading, tongue, high.first):
            parts.append(other.value)
        most = None
        first, last = min(first, other.first), max(last, other.last)
        anchor, listed = other, True
    total = any(h.key == "toll_background" for h in hits)
    corrected = any(h.key == "correction" for h in hits)
    if most is not None and any(h.key == "correction" and 0 <= number.first - h.last <= 2 for h in hits):
        value, most = most, None  # passed from four to six: no range
    floor = any(h.key == "at_least" and 0 <= number.first - h.last <= 1 for h in hits)
    summed = tuple(parts) if len(parts) > 1 else ()
    return Toll(
        offer.hit.key,
        value,
        most,
        first,
        last,
        corrected,
        number.vague,
        total,
        floor,
        number.last,
        summed,
        tuple(counted),
    )


def _counts_from(number: Number) -> int:
    """Where begins what a figure counts."""
    return number.first if number.noun else number.last
