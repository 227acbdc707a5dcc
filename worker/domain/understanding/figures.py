"""Which numbers of a sentence count people: figures, nouns that count by their form, nouns for one person.

Figures that count kilometres, rockets or years are left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.calendar import Dated
from worker.domain.understanding.meanings import Actor, Concept, Country
from worker.domain.understanding.numbers import Number, NumberWords, number_words, numbers_in
from worker.domain.understanding.phrases import normal
from worker.domain.understanding.reading import Hit, Reading
from worker.domain.understanding.tongue import Tongue

KINDS = ("killed", "wounded")


def counts_people(hit: Hit) -> bool:
    """Whether a figure before these words counts people."""
    meaning = hit.meaning
    if isinstance(meaning, Concept):
        return meaning.people
    return isinstance(meaning, Actor) or (isinstance(meaning, Country) and meaning.kind == "people")


def people_counted(
    reading: Reading, tongue: Tongue, hits: Sequence[Hit], dates: Sequence[Dated], first: int, last: int
) -> list[Number]:
    """All that counts people in the words from `first` to `last`, in their order."""
    numbers = _figures(reading, tongue, hits, dates, first, last)
    numbers += _counted(reading, tongue, hits, numbers)
    return sorted([*numbers, *_singles(reading, tongue, numbers, first, last)], key=lambda n: n.first)


def _figures(
    reading: Reading, tongue: Tongue, hits: Sequence[Hit], dates: Sequence[Dated], first: int, last: int
) -> list[Number]:
    """The numbers of a sentence that can count people."""
    units = [h for h in hits if h.key == "ordinal_unit"]
    things = {h.first for h in units}
    people = [h for h in hits if (counts_people(h) and not _of_things(h, things)) or h.key in KINDS]
    kept = []
    for number in numbers_in(reading, tongue, first, last):
        if any(d.first < number.last and number.first < d.last for d in dates):
            continue
        if any(h.first < number.first < h.last for h in hits if counts_people(h)):
            continue  # members of one family
        if any(h.key == "numbered" and h.last == number.first for h in hits):
            continue  # the 28th Brigade
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


def _of_things(hit: Hit, things: set[int]) -> bool:
    """Whether a people's name only tells whose things are counted: "two Iraqi cities"."""
    return isinstance(hit.meaning, Country) and hit.last in things


def _object(article: Number, hits: Sequence[Hit]) -> bool:
    """Whether an article stands right behind a casualty word, so that what follows is one victim."""
    return any(h.key in KINDS and h.last == article.first for h in hits)


def _singles(
    reading: Reading, tongue: Tongue, numbers: Sequence[Number], first: int, last: int
) -> list[Number]:
    """Nouns for one person without article or figure, as headlines have them: "bomb kills police chief"."""
    words = number_words(tongue)
    found: list[Number] = []
    if not words.singles:
        return found
    texts, opening = reading.words, words.single_firsts
    at = first
    while at < last:
        length = 0
        if texts[at] in opening:
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


def _value(reading: Reading, tongue: Tongue, hit: Hit) -> int | None:
    """What a counted noun says by its form: its phrase's value, or one by its ending (Sorani شوانێک)."""
    if hit.phrase.value is not None or hit.group == "actor" or not counts_people(hit):
        return hit.phrase.value
    endings = tongue.cache.setdefault("one", tuple(normal(e) for e in tongue.data.get("one_endings") or ()))
    if not endings:
        return None
    word, stem = reading.word(hit.last - 1), normal(hit.phrase.say.strip("=*")).rpartition(" ")[2]
    return 1 if stem and word.startswith(stem) and word[len(stem) :] in endings else None
