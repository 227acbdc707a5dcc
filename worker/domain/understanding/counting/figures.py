"""Which numbers of a sentence count people: figures, nouns that count by their form, nouns for one person.

Figures that count kilometres, rockets or years are left out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from worker.domain.understanding.counting.numbers import Number, number_words, numbers_in
from worker.domain.understanding.counting.singles import singles_in
from worker.domain.understanding.when.calendar import Dated
from worker.domain.understanding.words.meanings import Actor, Concept, Country
from worker.domain.understanding.words.phrases import normal
from worker.domain.understanding.words.reading import Hit, Reading
from worker.domain.understanding.words.tongue import Tongue

KINDS = ("killed", "wounded")
THINGS = ("ordinal_unit", "beasts")
"""What a figure counts that is nobody: kilometres, rockets, sheep."""


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
    numbers = _figures(reading, tongue, hits, dates, first, last)
    numbers = _without_parts(reading, tongue, _without_wholes(reading, tongue, numbers, hits, last), hits)
    numbers += _counted(reading, tongue, hits, numbers)
    singles = singles_in(reading, tongue, numbers, hits, first, last)
    return sorted([*numbers, *singles], key=lambda n: n.first)


def _without_wholes(
    reading: Reading, tongue: Tongue, numbers: list[Number], hits: Sequence[Hit], last: int
) -> list[Number]:
    """The numbers, the part alone where one is told of a whole: "one of three brothers died", "two of the nine"."""
    words, kept = number_words(tongue), list(numbers)
    counters = {h.first for h in hits if h.key == "person"}
    for low, high in pairwise(numbers):
        between = [reading.word(i) for i in range(low.last, high.first)]
        if between and low.last in counters and between[0] not in words.of_whole:
            del between[0]  # Persian *چهار تن از پنج سرنشین*
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


def _without_parts(
    reading: Reading, tongue: Tongue, numbers: list[Number], hits: Sequence[Hit]
) -> list[Number]:
    """The numbers without those that only describe some of the ones before: "17 killed, four of them foreigners"."""
    words = number_words(tongue)
    kept: list[Number] = []
    for number in numbers:
        part = not number.noun and words.of_those(reading, number.last)
        part = part and any(n.value > number.value and not n.article for n in kept)
        own = any(h.key in KINDS and (h.last > number.last or _leads(reading, h, number)) for h in hits)
        if own or not part:
            kept.append(number)
    return kept


def _leads(reading: Reading, word: Hit, number: Number) -> bool:
    """Whether a figure stands right behind a casualty word: "and wounded seven of them"."""
    return word.last == number.first and not reading.between(number.first - 1).strip()


_OF = 3
"""Words between a part and its whole, or a whole and its part."""


def _figures(
    reading: Reading, tongue: Tongue, hits: Sequence[Hit], dates: Sequence[Dated], first: int, last: int
) -> list[Number]:
    """The numbers of a sentence that can count people."""
    beside = _Beside(reading, tongue, hits)
    numbers = numbers_in(reading, tongue, first, last, some=True)
    joins = number_words(tongue).joins
    old = _their_ages(reading, numbers, {h.first: h.last for h in beside.people}, joins)
    kept: list[Number] = []
    ages: dict[int, bool] = {}
    for number in numbers:
        if number.first in old or any(d.first < number.last and number.first < d.last for d in dates):
            continue
        if beside.names_itself(number):
            continue
        if beside.counts_things(number):
            ages[number.first] = number.digits
            continue
        if beside.counts_deeds(number) or (number.article and beside.is_mere_article(number)):
            continue
        if kept and kept[-1].article and kept[-1].last == number.first:
            kept.pop()  # another 21
        kept.append(number)
    return [  # "9 and 14 years": both are ages
        n for n in kept if ages.get(n.last + 1) is not n.digits or reading.word(n.last) not in joins
    ]


class _Beside:
    """What stands beside the numbers of a sentence and tells that they count no people."""

    def __init__(self, reading: Reading, tongue: Tongue, hits: Sequence[Hit]) -> None:
        self.reading, self.tongue, self.hits = reading, tongue, hits
        self.units = [h for h in hits if h.key in THINGS]
        things = {h.first for h in self.units}
        self.people = [h for h in hits if (counts_people(h) and not _of_things(h, things)) or h.key in KINDS]
        self.officials = [h for h in hits if h.key == "official"]
        self.apart = [h for h in hits if h.key in ("one_family", "not_figure")]
        self.families = [h for h in hits if h.last - h.first > 1 and counts_people(h)]
        self.weapons = [h for h in hits if h.group == "weapon"]
        self.kinds_end = {h.last for h in hits if h.key in KINDS}
        self.numbered_end = {h.last for h in hits if h.key == "numbered"}
        self.attacks = {h.first for h in hits if h.key == "attacks_counted"}
        within = tuple(tongue.data.get("in_clitics") or ()) or ("\0",)
        self.deeds = {
            h.first for h in hits if h.key in _BLOWS and not reading.word(h.first).startswith(within)
        }

    def names_itself(self, number: Number) -> bool:
        """Whether a number is a name's, an age, a clock's, denied, or one that nobody knows of nobody."""
        reading = self.reading
        if any(h.first < number.first < h.last for h in self.families):
            return True  # members of one family
        if number.first in self.numbered_end:
            return True  # the 28th Brigade
        if number.digits and number.last - number.first == 1 and _set_off(reading, number):
            return True  # Hayder Jassim, 34, was shot
        if number.digits and _minutes(reading, number):
            return True  # at 09.30
        if any(
            (h.first <= number.first and number.last <= h.last)
            or (h.first == number.last and h.last - h.first == 1)
            for h in self.apart
        ):
            return True  # "not 11"; the one family that five were of
        return number.some and not any(0 <= h.first - number.last <= 2 for h in self.people)

    def counts_things(self, number: Number) -> bool:
        """Whether a unit stands closer behind a number than people do."""
        unit = min(
            (
                h.first - number.last
                for h in self.units
                if 0 <= h.first - number.last <= 1
                and not any(
                    p.first == h.first and p.last > h.last for p in self.officials
                )  # a party's member
            ),
            default=_NOBODY,
        )
        comma = "," in self.reading.between(number.last - 1)
        of = any(h.key == "of_party" and h.first == number.last for h in self.hits)
        if number.first in self.kinds_end and ((unit == 1 and not of) or comma):
            return False  # "wounded four by shells"; "the dead at three, the district's hospital at four"
        return unit <= _to_people(number, self.people) and unit < _NOBODY

    def counts_deeds(self, number: Number) -> bool:
        """Whether a number counts attacks or arms, or is a year."""
        noun = _to_people(number, self.people)
        if noun > 0 and (
            number.last in self.deeds  # "killed in three bombings"
            or (number.last in self.attacks and self.tongue.grammar.number_side == "before")
        ):
            return True
        armed = any(h.first == number.last and h.key not in _MEN for h in self.weapons)
        if armed and noun > _NEAR and not number.article:
            return True  # "the blast of two car bombs"
        return number.digits and 1900 <= number.value <= 2100 and noun > 1

    def is_mere_article(self, number: Number) -> bool:
        """Whether an article stands before no victim."""
        noun = _to_people(number, self.people)
        thing = any(0 <= h.first - number.last <= 1 for h in self.weapons)
        if thing or (noun > _NEAR and not _object(number, self.hits)) or _deed(number, self.hits):
            return True
        return _of_owner(number, self.people, self.hits, self.reading)


_NEAR = 2
"""Words within which a noun is what an article or a figure counts."""
_NOBODY = 9
_BLOWS = frozenset(
    {"bombing", "explosion", "suicide_bombing", "airstrike", "strike", "clash", "ambush", "raid"}
)
"""Deeds that a figure counts where it stands before them, and nobody whom they killed."""


def _to_people(number: Number, people: Sequence[Hit]) -> int:
    """How many words stand between a figure and the people that it counts; `_NOBODY` where there are none.

    Of an article a casualty word may be the noun only right behind it: not in "*a* crowded market, killing several".
    """
    found = [
        h.first - number.last
        for h in people
        if 0 <= h.first - number.last <= (1 if number.article and h.key in KINDS else 4)
    ]
    return min(found, default=_NOBODY)


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
