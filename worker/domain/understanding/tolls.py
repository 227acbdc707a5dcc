"""Tolls: which figures of a sentence are its dead and its wounded.

Each word of killing or hurting takes the figure that stands nearest on the side where the language puts
it; a figure serves once; "two soldiers and a policeman" are added up; what "including" introduces is
part of the figure before it. Figures that count kilometres, rockets or years are no tolls.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import msgspec

from worker.domain.understanding.calendar import Dated
from worker.domain.understanding.meanings import Actor, Concept, Country
from worker.domain.understanding.numbers import Number, NumberWords, number_words, numbers_in
from worker.domain.understanding.phrases import normal
from worker.domain.understanding.reading import Hit, Reading
from worker.domain.understanding.tongue import Tongue

KINDS = ("killed", "wounded")
_REACH_BEFORE, _REACH_AFTER = 14, 9


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


class _Offer(msgspec.Struct, frozen=True):
    """A figure that a casualty word could take, and at what cost."""

    cost: float
    hit: Hit
    number: Number
    ahead: bool
    """The figure stands before the word."""


def counts_people(hit: Hit) -> bool:
    """Whether a figure before these words counts people."""
    meaning = hit.meaning
    if isinstance(meaning, Concept):
        return meaning.people
    return isinstance(meaning, Actor) or (isinstance(meaning, Country) and meaning.kind == "people")


def tolls_in(
    reading: Reading,
    tongue: Tongue,
    sentence: int,
    dates: Sequence[Dated],
    hits: Sequence[Hit] | None = None,
    span: tuple[int, int] | None = None,
) -> list[Toll]:
    """The tolls that a sentence, or the words of it that `span` bounds, gives; at most a few."""
    hits = reading.of(sentence) if hits is None else hits
    words = [h for h in hits if h.key in KINDS]
    found = _zeros(hits)
    if not words:
        return found
    words = [h for h in words if not any(t.first <= h.first and h.last <= t.last for t in found)]
    downed = [h for h in hits if h.key in ("intercept", "seize_arms")]
    words = [h for h in words if not any(d.first < h.last and h.first < d.last for d in downed)]
    causes = [h for h in hits if h.key == "in_response"]
    words = [
        h for h in words if not any(0 <= h.first - c.last <= 5 or c.first <= h.first < c.last for c in causes)
    ]
    if not words:
        return found
    first, last = span or reading.sentences[sentence]
    numbers = _figures(reading, tongue, hits, dates, first, last)
    numbers += _counted(reading, tongue, hits, numbers)
    numbers = sorted([*numbers, *_singles(reading, tongue, numbers, first, last)], key=lambda n: n.first)
    offers = sorted(_offers(reading, tongue, words, numbers, hits), key=lambda o: (o.cost, o.hit.start))
    used: set[int] = set()
    served: set[int] = set()
    taken: list[_Offer] = []
    for offer in offers:
        if offer.number.first in used or offer.hit.start in served:
            continue
        used.add(offer.number.first)
        served.add(offer.hit.start)
        taken.append(offer)
    for hit in words:
        if hit.phrase.value is not None and hit.start not in served:
            found.append(Toll(hit.key, hit.phrase.value, None, hit.first, hit.last))
    if not tongue.data.get("bare_singular"):
        found += _implied(reading, [w for w in words if w.start not in served], hits, taken)
    found += [
        _toll(reading, tongue, offer, numbers, used, hits)
        for offer in sorted(taken, key=lambda o: o.hit.start)
    ]
    return sorted(found, key=lambda t: t.first)


def _value(reading: Reading, tongue: Tongue, hit: Hit) -> int | None:
    """What a counted noun says by its form: its phrase's value, or one by its ending (Sorani شوانێک)."""
    if hit.phrase.value is not None or hit.group == "actor" or not counts_people(hit):
        return hit.phrase.value
    endings = tongue.cache.setdefault("one", tuple(normal(e) for e in tongue.data.get("one_endings") or ()))
    if not endings:
        return None
    word, stem = reading.word(hit.last - 1), normal(hit.phrase.say.strip("=*")).rpartition(" ")[2]
    return 1 if stem and word.startswith(stem) and word[len(stem) :] in endings else None


_ONE = frozenset({"official", "journalist", "activist", "soldiers", "police", "workers"})


def _implied(
    reading: Reading, words: Sequence[Hit], hits: Sequence[Hit], taken: Sequence[_Offer]
) -> list[Toll]:
    """One person without a figure: "gunmen shot dead Ali Hassan", "Baghdad governor assassinated"."""
    for word in words:
        if (
            word.key != "killed"
            or word.phrase.number == "before"
            or any(o.hit.key == "killed" for o in taken)
        ):
            continue
        if _named(reading, word, hits):
            return [Toll("killed", 1, None, word.first, word.last)]
        for hit in hits:
            near = 0 <= word.first - hit.last <= 2 or 0 <= hit.first - word.last <= 1
            if near and hit.key in _ONE and _singular(reading, hit):
                return [Toll("killed", 1, None, min(hit.first, word.first), max(hit.last, word.last))]
    return []


def _named(reading: Reading, word: Hit, hits: Sequence[Hit]) -> bool:
    """Whether two capitalised words of no other meaning, a name, follow."""
    if word.last + 1 >= len(reading.starts):
        return False
    for at in (word.last, word.last + 1):
        start, _ = reading.span(reading.starts[at], reading.ends[at])
        if not reading.folded.source[start].isupper() or any(h.first <= at < h.last for h in hits):
            return False
    return True


def _singular(reading: Reading, hit: Hit) -> bool:
    """Whether the words are the phrase itself, no ending joined."""
    return reading.plain[hit.start : hit.end] == normal(hit.phrase.say)


def _zeros(hits: Iterable[Hit]) -> list[Toll]:
    """Tolls of nobody: "no casualties" and the like."""
    zero = {"none_hurt": KINDS, "none_killed": ("killed",), "none_wounded": ("wounded",)}
    return [Toll(kind, 0, None, hit.first, hit.last) for hit in hits for kind in zero.get(hit.key, ())]


def _figures(
    reading: Reading, tongue: Tongue, hits: Sequence[Hit], dates: Sequence[Dated], first: int, last: int
) -> list[Number]:
    """The numbers of a sentence that can count people."""
    units = [h for h in hits if h.key == "ordinal_unit"]
    people = [h for h in hits if counts_people(h) or h.key in KINDS]
    kept = []
    for number in numbers_in(reading, tongue, first, last):
        if any(d.first < number.last and number.first < d.last for d in dates):
            continue
        if any(h.first < number.first < h.last for h in hits if counts_people(h)):
            continue  # members of one family
        unit = min((h.first - number.last for h in units if 0 <= h.first - number.last <= 1), default=9)
        noun = min((h.first - number.last for h in people if 0 <= h.first - number.last <= 4), default=9)
        if unit == 1 and any(h.key in KINDS and h.last == number.first for h in hits):
            unit = 9  # "wounded four by shells"
        if unit <= noun and unit < 9:
            continue
        thing = any(h.group == "weapon" and 0 <= h.first - number.last <= 1 for h in hits)
        if number.article and (thing or (noun > 2 and not _object(number, hits))):
            continue
        if number.digits and 1900 <= number.value <= 2100 and noun > 1:
            continue
        kept.append(number)
    return kept


def _object(article: Number, hits: Sequence[Hit]) -> bool:
    """Whether an article stands right behind a casualty word, so that what follows is one victim."""
    return any(h.key in KINDS and h.last == article.first for h in hits)


def _singles(
    reading: Reading, tongue: Tongue, numbers: Sequence[Number], first: int, last: int
) -> list[Number]:
    """Nouns for one person without article or figure, as headlines have them: "bomb kills police chief"."""
    words = number_words(tongue)
    found: list[Number] = []
    at = first
    while words.singles and at < last:
        length = next((n for n in (2, 1) if _is_single(reading, words, at, n, last)), 0)
        if not length:
            at += 1
            continue
        begin = at
        for step in (1, 2):  # his wife, their elderly father
            if at - step >= first and reading.word(at - step) in words.owners:
                begin = at - step
        taken = any(
            begin - 3 <= n.first < at + length
            and n.last <= at + length
            and not any("," in reading.between(i) for i in range(n.last - 1, begin))
            for n in numbers
        )
        if found and found[-1].last == at and "," not in reading.between(at - 1):
            found[-1] = Number(1, found[-1].first, at + length, noun=True, single=True)  # truck driver
        elif not taken:
            found.append(Number(1, begin, at + length, noun=True, single=True))
        at += length
    return found


def _is_single(reading: Reading, words: NumberWords, at: int, length: int, last: int) -> bool:
    """Whether the words at a place are one of the language's nouns for one person."""
    if at + length > last:
        return False
    return tuple(reading.word(i) for i in range(at, at + length)) in words.singles


def _counted(
    reading: Reading, tongue: Tongue, hits: Sequence[Hit], numbers: Sequence[Number]
) -> list[Number]:
    """Nouns that count by themselves (جنديان, "two soldiers"), unless a figure stands beside them."""
    found: dict[int, Number] = {}
    for hit in hits:
        value = None if hit.key in KINDS else _value(reading, tongue, hit)
        if value is None or not counts_people(hit):
            continue
        if any(n.last in (hit.first, hit.first - 1) or n.first == hit.last for n in numbers):
            continue
        found.setdefault(hit.first, Number(value, hit.first, hit.last, noun=True))
    return list(found.values())


def _offers(
    reading: Reading, tongue: Tongue, words: Sequence[Hit], numbers: Sequence[Number], hits: Sequence[Hit]
) -> Iterable[_Offer]:
    """Every figure that a casualty word could take, with its cost."""
    habit = str(tongue.data.get("number_side") or "both")
    parts = [h for h in hits if h.key == "including"]
    wholes = [h for h in hits if h.key == "among"]  # three soldiers were among seven killed
    hedges = [h for h in hits if h.key in ("at_least", "about", "up_to")]
    people = [h for h in hits if counts_people(h)]
    revised = _revised(reading, numbers, hits)
    reach = number_words(tongue).reach
    for word in words:
        side = word.phrase.number or habit
        for number in numbers:
            # leaving three people dead; in "toll from 2 bombs rose to 30" the figure stands behind
            inside = word.first < number.first and number.last < word.last and not word.phrase.number
            ahead = inside or number.last <= word.first
            if not ahead and number.first < word.last:
                continue
            gap = 0 if inside else word.first - number.last if ahead else number.first - word.last
            if _settled(word, number, gap, ahead=ahead, reach=reach):
                continue
            if gap > (_REACH_BEFORE if ahead or number.first in revised else _REACH_AFTER):
                continue
            low, high = (number.last, word.first) if ahead else (word.last, number.first)
            if inside:
                low, high = number.last, number.last
            elif not ahead:
                gap = round(1.6 * (gap - sum(low <= h.first < high for h in hedges)))
            cost = gap + 2.5 * _breaks(reading, low, high) + 4 * _rivals(words, word, low, high)
            cost += 7 * (not inside and side == ("after" if ahead else "before"))
            aside = number.first > 0 and "," in reading.between(number.first - 1)
            cost += 8 * any(
                _part(reading, number, h) or (aside and 0 < h.first - number.last <= 2) for h in parts
            )
            cost += 20 * (number.article and _speaker(reading, number, hits))
            cost += 8 * any(0 <= h.first - number.last <= 3 for h in wholes)
            cost += 8 * revised.get(number.first, 0)
            cost += 8 * any(h.key == "partitive" and h.first == number.last for h in hits)
            cost -= 1.5 * any(0 <= h.first - number.last <= 3 for h in people)
            cost += 2 * number.article
            if cost <= (max(7, reach) if number.noun else 16):
                yield _Offer(cost, word, number, ahead)


def _revised(reading: Reading, numbers: Sequence[Number], hits: Sequence[Hit]) -> dict[int, int]:
    """The figures of "rose from 3 to 6": the earlier one is put back (1), the corrected one drawn near (-1)."""
    found: dict[int, int] = {}
    marks = [h for h in hits if h.key == "correction"]
    for old, new in pairwise(numbers):
        part = any(h.key == "including" and old.last <= h.first < new.first for h in hits)
        close = 1 <= new.first - old.last <= 2 and not part and not _breaks(reading, old.last, new.first)
        beside = any(0 <= old.first - h.last <= 2 or 0 <= h.first - new.last <= 2 for h in marks)
        if close and beside:
            found[old.first], found[new.first] = 1, -1
    return found


def _part(reading: Reading, number: Number, including: Hit) -> bool:
    """Whether a figure is one that "including" introduces; a comma ends what it introduces."""
    if including.first <= number.first < including.last:
        return True
    return 0 <= number.first - including.last <= 3 and not _breaks(reading, including.last + 1, number.first)


def _speaker(reading: Reading, article: Number, hits: Sequence[Hit]) -> bool:
    """Whether an article behind a comma introduces who reports: "wounding several, a policeman said"."""
    if article.first == 0 or not reading.between(article.first - 1).strip():
        return False
    return any(h.key == "said" and 0 < h.first - article.last <= 5 for h in hits)


def _settled(word: Hit, number: Number, gap: int, *, ahead: bool, reach: int) -> bool:
    """Whether a casualty word or a noun that tells its own number leaves this figure alone."""
    own = word.phrase.value
    if own is not None and (own > 1 or number.noun or not ahead or gap > 1):
        return True
    if number.single:
        return gap > (reach if ahead else 3)
    return number.noun and gap > (1 if number.value == 1 and not ahead else 4)


def _breaks(reading: Reading, low: int, high: int) -> int:
    """How many commas, colons, dashes or brackets stand between two words."""
    return sum(any(c in ",;:()-" for c in reading.between(i).strip()) for i in range(low - 1, high) if i >= 0)


def _rivals(words: Sequence[Hit], word: Hit, low: int, high: int) -> int:
    """How many other casualty words stand between."""
    return sum(low <= h.first < high and h.start != word.start for h in words)


def _joined(reading: Reading, tongue: Tongue, at: int) -> bool:
    """Whether "and" stands before a word or is joined to it."""
    joins = number_words(tongue)
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


def _toll(
    reading: Reading,
    tongue: Tongue,
    offer: _Offer,
    numbers: Sequence[Number],
    used: set[int],
    hits: Sequence[Hit],
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
        if _inside(other, hits):
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
        offer.hit.key, value, most, first, last, corrected, number.vague, total, floor, number.last, summed
    )
