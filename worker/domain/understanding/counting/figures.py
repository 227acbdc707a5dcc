"""Which numbers of a sentence count people: figures, nouns that count by their form, nouns for one person.

Figures that count kilometres, rockets or years are left out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from worker.domain.understanding.counting.numbers import Number, NumberWords, number_words, numbers_in
from worker.domain.understanding.when.calendar import Dated
from worker.domain.understanding.words.meanings import Actor, Concept, Country
from worker.domain.understanding.words.phrases import normal
from worker.domain.understanding.words.reading import Hit, Reading
from worker.domain.understanding.words.tongue import Tongue

KINDS = ("killed", "wounded")


def counts_people(hit: Hit) -> bool:
    """Whether a figure before these words counts people."""
    meaning = hit.meaning
    if isinstance(meaning, Concept):
        return meaning.people
    return isinstance(meaning, Actor) or (isinstance(meaning, Country) and meaning.kind == "people")


def counts_arms(number: Number, hits: Sequence[Hit]) -> bool:
    """Whether a figure counts things to kill with: "two suicide belts", but not "three *shot dead*", "two suicide bombers"."""
    behind = [h for h in hits if h.first == number.last]
    if any(h.group in ("toll", "act") or counts_people(h) for h in behind):
        return False
    return any(h.group == "weapon" and h.key not in _BOMBERS for h in behind)


_BOMBERS = frozenset({"suicide", "suicide_vehicle"})


def is_part(number: Number, hits: Sequence[Hit]) -> bool:
    """Whether the word behind a figure makes it a part of another one: Turkish *8'i*, but not *30'u aşkın*, "over 30"."""
    behind = {h.key for h in hits if h.first == number.last}
    return "partitive" in behind and "at_least" not in behind


def people_counted(
    reading: Reading, tongue: Tongue, hits: Sequence[Hit], dates: Sequence[Dated], first: int, last: int
) -> list[Number]:
    """All that counts people in the words from `first` to `last`, in their order."""
    numbers = _without_wholes(reading, tongue, _figures(reading, tongue, hits, dates, first, last), last)
    numbers += _counted(reading, tongue, hits, numbers)
    singles = _singles(reading, tongue, numbers, hits, first, last)
    return sorted([*numbers, *singles], key=lambda n: n.first)


def _without_wholes(reading: Reading, tongue: Tongue, numbers: list[Number], last: int) -> list[Number]:
    """The numbers, the part alone where one is told of a whole: "one of three brothers died", "two of the nine"."""
    words, kept = number_words(tongue), list(numbers)
    for low, high in pairwise(numbers):
        between = [reading.word(i) for i in range(low.last, high.first)]
        of = 1 <= len(between) <= _OF and between[0] in words.of_whole and words.whole.issuperset(between)
        if of and low.value < high.value and not (low.noun or high.article):
            kept.remove(high)
    for number in numbers if words.whole_endings else ():
        for at in range(number.last, min(number.last + _OF, last - 1)):
            part = words.shares.get(reading.word(at + 1))
            if part is None or not reading.word(at).endswith(words.whole_endings) or number not in kept:
                continue
            if part < number.value:
                kept[kept.index(number)] = Number(part, at + 1, at + 2, noun=True)
    return kept


_OF = 3
"""Words between a part and its whole, or a whole and its part."""


def _figures(
    reading: Reading, tongue: Tongue, hits: Sequence[Hit], dates: Sequence[Dated], first: int, last: int
) -> list[Number]:
    """The numbers of a sentence that can count people."""
    units = [h for h in hits if h.key == "ordinal_unit"]
    things = {h.first for h in units}
    people = [h for h in hits if (counts_people(h) and not _of_things(h, things)) or h.key in KINDS]
    apart = [h for h in hits if h.key in ("one_family", "not_figure")]
    families = [h for h in hits if h.last - h.first > 1 and counts_people(h)]
    weapons = [h for h in hits if h.group == "weapon"]
    kinds_end = {h.last for h in hits if h.key in KINDS}
    numbered_end = {h.last for h in hits if h.key == "numbered"}
    attacks = {h.first for h in hits if h.key == "attacks_counted"}
    inside = tuple(tongue.data.get("in_clitics") or ()) or ("\0",)
    deeds = {h.first for h in hits if h.key in _BLOWS and not reading.word(h.first).startswith(inside)}
    kept: list[Number] = []
    ages: dict[int, bool] = {}
    numbers = numbers_in(reading, tongue, first, last, some=True)
    joins = number_words(tongue).joins
    old = _their_ages(reading, numbers, {h.first: h.last for h in people}, joins)
    for number in numbers:
        if number.first in old or any(d.first < number.last and number.first < d.last for d in dates):
            continue
        if any(h.first < number.first < h.last for h in families):
            continue  # members of one family
        if number.first in numbered_end:
            continue  # the 28th Brigade
        if number.digits and number.last - number.first == 1 and _set_off(reading, number):
            continue  # Hayder Jassim, 34, was shot
        if number.digits and _minutes(reading, number):
            continue  # at 09.30
        if any(
            (h.first <= number.first and number.last <= h.last)
            or (h.first == number.last and h.last - h.first == 1)
            for h in apart
        ):
            continue  # "not 11"; the one family that five were of
        if number.some and not any(0 <= h.first - number.last <= 2 for h in people):
            continue
        unit = min((h.first - number.last for h in units if 0 <= h.first - number.last <= 1), default=9)
        noun = _to_people(number, people)
        if number.first in kinds_end and (unit == 1 or "," in reading.between(number.last - 1)):
            unit = 9  # "wounded four by shells"; "the dead at three, the district's hospital at four"
        if unit <= noun and unit < 9:
            ages[number.first] = number.digits
            continue
        thing = any(0 <= h.first - number.last <= 1 for h in weapons)
        counted = number.last in attacks
        if counted and noun > 0 and tongue.grammar.number_side == "before":
            continue  # "the victims of two explosions"
        if noun > 0 and number.last in deeds:
            continue  # "killed in three bombings"
        armed = any(h.first == number.last and h.key not in _MEN for h in weapons)
        if armed and noun > 2 and not number.article:
            continue  # "the blast of two car bombs"
        if number.article and (thing or (noun > 2 and not _object(number, hits)) or _deed(number, hits)):
            continue
        if number.article and _of_owner(number, people, hits, reading):
            continue
        if number.digits and 1900 <= number.value <= 2100 and noun > 1:
            continue
        if kept and kept[-1].article and kept[-1].last == number.first:
            kept.pop()  # another 21
        kept.append(number)
    return [  # "9 and 14 years": both are ages
        n for n in kept if ages.get(n.last + 1) is not n.digits or reading.word(n.last) not in joins
    ]


_BLOWS = frozenset(
    {"bombing", "explosion", "suicide_bombing", "airstrike", "strike", "clash", "ambush", "raid"}
)
"""Deeds that a figure counts where it stands before them, and nobody whom they killed."""


def _to_people(number: Number, people: Sequence[Hit]) -> int:
    """How many words stand between a figure and the people that it counts; 9 where there are none.

    Of an article a casualty word may be the noun only right behind it: not in "*a* crowded market, killing several".
    """
    found = [
        h.first - number.last
        for h in people
        if 0 <= h.first - number.last <= (1 if number.article and h.key in KINDS else 4)
    ]
    return min(found, default=9)


def _their_ages(
    reading: Reading, numbers: Sequence[Number], people: Mapping[int, int], joins: Collection[str]
) -> set[int]:
    """Where the ages of counted people stand, since as many figures as people count nobody: "two brothers, 11 and 14,"."""
    old: set[int] = set()
    for at, number in enumerate(numbers):
        row = numbers[at + 1 : at + 1 + number.value] if 1 < number.value <= _ROW else []
        if not row or len(row) != number.value or any(n.article or n.value > _OLDEST for n in row):
            continue
        if people.get(number.last) != row[0].first or not _commas_around(reading, row):
            continue
        if all(_follows(reading, low, high, joins) for low, high in pairwise(row)):
            old |= {n.first for n in row}
    return old


_ROW = 4
"""More people than this are not named with the age of each."""


def _commas_around(reading: Reading, row: Sequence[Number]) -> bool:
    """Whether commas set a row of figures off."""
    return all(reading.between(at).strip()[:1] == "," for at in (row[0].first - 1, row[-1].last - 1))


def _follows(reading: Reading, low: Number, high: Number, joins: Collection[str]) -> bool:
    """Whether but a comma or "and" stands between two figures."""
    words = [reading.word(i) for i in range(low.last, high.first)]
    return all(w in joins for w in words) and (bool(words) or "," in reading.between(low.last - 1))


_OLDEST = 99


_CLOCK = 2
"""Digits of hours and minutes."""


def _minutes(reading: Reading, number: Number) -> bool:
    """Whether a figure is the minutes of a clock, behind its hours and a full stop or a colon."""
    at = number.first
    return (
        at > 0
        and reading.between(at - 1) in (".", ":")
        and reading.word(at - 1).isdigit()
        and len(reading.word(at)) == _CLOCK >= len(reading.word(at - 1))
    )


def _set_off(reading: Reading, number: Number) -> bool:
    """Whether commas set a bare figure off behind a name: somebody's age."""
    at = number.first
    if not at or number.value > _OLDEST or reading.between(at).strip()[:1] != ",":
        return False
    return reading.between(at - 1).strip() == "," and not reading.word(at - 1).isdigit()


def _of_owner(article: Number, people: Sequence[Hit], hits: Sequence[Hit], reading: Reading) -> bool:
    """Whether an article stands before those whose men were counted: "five men *of a militia*"."""
    sources = {h.last for h in hits if h.key == "said"}
    joins = {h.last: h.first for h in hits if h.key == "of_party"}
    at = joins.get(article.first, article.first)
    counted = any(h.last == at and h.group != "toll" and h.first not in sources for h in people)
    return counted and "," not in reading.between(article.first - 1)


_MEN = frozenset({"suicide", "suicide_vehicle"})
"""Arms that are people as well: two suicide bombers."""


def _of_things(hit: Hit, things: set[int]) -> bool:
    """Whether a people's name only tells whose things are counted: "two Iraqi cities"."""
    return isinstance(hit.meaning, Country) and hit.last in things


def _object(article: Number, hits: Sequence[Hit]) -> bool:
    """Whether an article stands right behind a casualty word or before its verb, so that it means one victim."""
    return any(
        (h.key in KINDS and h.last == article.first) or (h.key == "passive" and h.first == article.last)
        for h in hits
    )


def _deed(article: Number, hits: Sequence[Hit]) -> bool:
    """Whether an article belongs to a deed: "an attack of the militia left soldiers dead"."""
    behind = [h for h in hits if h.first == article.last]
    if any(counts_people(h) or h.key in KINDS for h in behind):
        return False
    return any(h.group == "act" for h in behind)


_POSSESSIVE = ("'", "’")
"""Behind a noun: the officer's wife was hit, and not he."""
_AGED = 5
"""Words within which an article and its noun stand: a 14-year-old boy."""


def _singles(
    reading: Reading, tongue: Tongue, numbers: Sequence[Number], hits: Sequence[Hit], first: int, last: int
) -> list[Number]:
    """Nouns for one person without article or figure, as headlines have them: "bomb kills police chief"."""
    words = number_words(tongue)
    found: list[Number] = []
    if not words.singles:
        return found
    texts, opening = reading.words, words.single_firsts
    before_noun = bool(words.articles) and not tongue.grammar.nation_behind
    at = first
    while at < last:
        length = 0
        if texts[at] in opening:
            length = next((n for n in (3, 2, 1) if _is_single(reading, words, at, n, last)), 0)
        if not length or (before_noun and _describes(reading, words, at, at + length, hits)):
            at += max(length, 1)
            continue
        begin = _begins(reading, words, hits, first, at)
        own = range(at, at + length)
        taken = reading.between(own.stop - 1) in _POSSESSIVE or any(
            _has_figure(reading, words, own, begin, n) for n in numbers
        )
        if found and found[-1].last == at and "," not in reading.between(at - 1):
            found[-1] = Number(1, found[-1].first, at + length, noun=True, single=True)  # truck driver
        elif not taken:
            found.append(Number(1, begin, at + length, noun=True, single=True))
        at += length
    return found


def _begins(reading: Reading, words: NumberWords, hits: Sequence[Hit], first: int, at: int) -> int:
    """Where a noun for one person begins: *his* wife, *their elderly* father, *their six-year-old* daughter, *the* driver."""
    begin = at
    for step in (1, 2):
        if at - step >= first and reading.word(at - step) in words.owners:
            begin = at - step
    if begin == at and any(h.key == "ordinal_unit" and at - 2 <= h.first < at for h in hits):
        own = [i for i in range(max(first, at - _AGED), at) if reading.word(i) in words.owners]
        begin = own[0] if own else at
    if begin == at and at > first and reading.word(at - 1) in words.definite:
        begin = at - 1
    return begin


def _describes(reading: Reading, words: NumberWords, at: int, end: int, hits: Sequence[Hit]) -> bool:
    """Whether a noun only tells what others are: "several American service members", "civilian contractors"."""
    if end >= len(reading.starts) or reading.between(end - 1).strip():
        return False
    if any(tuple(reading.words[end : end + n]) in words.singles for n in (1, 2, 3)):
        return False
    for hit in hits:
        meaning = hit.meaning
        if isinstance(meaning, Actor) and meaning.kind != "person" and hit.first <= at and hit.last > end:
            return (reading.words[hit.last - 1],) not in words.singles
        if hit.first == end and isinstance(meaning, Concept) and meaning.people:
            return True
    return False


def _has_figure(reading: Reading, words: NumberWords, noun: range, begin: int, number: Number) -> bool:
    """Whether a figure or an article counts a noun already; behind a comma or "and" it does not."""
    if not number.article and number.first <= noun.start < number.last:
        return True
    if number.article and begin < noun.start:
        return False  # a judge died with his driver
    reach = _AGED if number.article else 3
    if not (begin - reach < number.last <= noun.stop and number.first < noun.stop):
        return False
    row = range(number.last - 1, begin)
    return not any("," in reading.between(i) or reading.word(i + 1) in words.joins for i in row)


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
        if not _and_so(reading, tongue, hit) and any(
            n.last in (hit.first, hit.first - 1)
            or (n.first == hit.last and not _and_figure(reading, tongue, n))
            for n in numbers
        ):
            continue
        found.setdefault(hit.first, Number(value, hit.first, hit.last, noun=True))
    return list(found.values())


def _and_figure(reading: Reading, tongue: Tongue, number: Number) -> bool:
    """Whether "and" is joined to a figure, so that it counts others: Arabic *a policeman and-four civilians*."""
    words, first = number_words(tongue), reading.word(number.first)
    return (first,) not in words.values and any(first.startswith(c) for c in words.clitic_and)


def _and_so(reading: Reading, tongue: Tongue, hit: Hit) -> bool:
    """Whether "and" sets a noun apart from the figure before it: three men *and their child*."""
    words = number_words(tongue)
    if hit.first and reading.word(hit.first - 1) in words.joins:
        return True
    say, word = normal(hit.phrase.say.strip("=*~")), reading.word(hit.first)
    return any(word.startswith(c) and not say.startswith(c) for c in words.clitic_and)


def _value(reading: Reading, tongue: Tongue, hit: Hit) -> int | None:
    """What a counted noun says by its form: its phrase's value, or one by its ending (Sorani شوانێک)."""
    if hit.phrase.value is not None or hit.group == "actor" or not counts_people(hit):
        return hit.phrase.value
    endings = tongue.cache.setdefault("one", tuple(normal(e) for e in tongue.data.get("one_endings") or ()))
    if not endings:
        return None
    word, stem = reading.word(hit.last - 1), normal(hit.phrase.say.strip("=*")).rpartition(" ")[2]
    return 1 if stem and word.startswith(stem) and word[len(stem) :] in endings else None
