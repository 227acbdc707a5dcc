"""How many attacks a sentence counts: "14 attacks between 4 and 18 August", "five strikes near A, three near B".

A count that stands with a place is that place's; a figure for Iraq and another country together gives
way to Iraq's own share.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from worker.domain.understanding.counting.figures import THINGS, counts_people
from worker.domain.understanding.counting.numbers import Number, number_words, numbers_in
from worker.domain.understanding.sentence.frame import METONYMS, Counted, Frame, Scene
from worker.domain.understanding.sentence.stale import STATISTIC
from worker.domain.understanding.when.calendar import Dated
from worker.domain.understanding.where.bearings import COMMAS
from worker.domain.understanding.words.meanings import Country, Place, is_vast
from worker.domain.understanding.words.phrases import normal
from worker.domain.understanding.words.reading import Hit, Reading, Row

_REACH = 12
"""Words within which the place of a counted attack stands."""
_CLOSE = 3
"""Words within which it stands behind a figure of people: "killed nine people in Hilla"."""
_BARE = 8
"""Words within which it stands where the noun is left out: "three in the outskirts of B"."""


def counts_in(scene: Scene, hits: Row, span: tuple[int, int], dates: Sequence[Dated]) -> list[Counted]:
    """The counts of attacks among the words of a span, in text order; those of other countries left out."""
    nouns = _attacks(hits)
    elliptic = goes_on_counting(scene, hits, span)
    if not nouns and not elliptic:
        return []
    names = {h.last for h in hits.of("numbered")}  # the 12th Brigade is not twelve attacks
    numbers = [n for n in numbers_in(scene.reading, scene.tongue, *span) if 1 <= n.value <= 5000]
    numbers = [n for n in numbers if n.first not in names]
    found: list[Counted] = []
    grammar = scene.tongue.grammar
    compounds = grammar.attributes_first or not grammar.bare_singular
    before = span[0]
    for index, number in enumerate(numbers):
        end = numbers[index + 1].first if index + 1 < len(numbers) else span[1]
        begin, before = before, number.last
        noun = _noun(scene.reading, number, nouns, hits, compounds=compounds)
        if _other(scene.reading, number, noun, hits, dates, compounds=compounds) or (
            number.value < 2 and not found
        ):
            continue
        place = _place(hits, number, noun, end, behind=grammar.attributes_first)
        if noun is None and (place is None or not (found or elliptic)):
            continue
        lands = _lands(hits, number.last, end) or _lands(hits, begin, number.first)
        if place is None and lands and "IQ" not in lands:
            continue
        found.append(Counted(number.value, number.first, number.last, place, lands))
    if elliptic and not nouns and len({c.place.key for c in found if c.place}) < 2:
        return []
    for again in hits.of("as_many") if found else ():
        place = next((h for h in hits.places if 0 <= h.first - again.last <= _CLOSE), None)
        value = max(
            (c for c in found if c.first < again.first), key=lambda c: c.first, default=found[0]
        ).value
        found.append(Counted(value, again.first, again.last, place, frozenset({"IQ"})))
    return found


def _attacks(hits: Row) -> list[Hit]:
    """The nouns that count attacks, not those inside a weapon's name: a *blast* belt."""
    nouns = list(hits.of("attacks_counted"))
    arms = [h for h in hits if h.group == "weapon" and h.last - h.first > 1] if nouns else []
    return [n for n in nouns if not any(a.first <= n.first and n.last <= a.last for a in arms)]


def people_by_place(
    scene: Scene, frame: Frame, dates: Sequence[Dated], span: tuple[int, int]
) -> list[tuple[Hit, Number]]:
    """The figures of people that a sentence gives place by place: "nine in Hilla and four in Kut", "in Hilla nine, in Kut four".

    Empty unless each of two or more figures stands right before a place of its own, or right behind it.
    """
    if len(frame.hits.places) < 2:
        return []
    numbers = [n for n in numbers_in(scene.reading, scene.tongue, *span) if 1 <= n.value < STATISTIC]
    numbers = [n for n in numbers if not any(d.first < n.last and n.first < d.last for d in dates)]
    numbers = [n for n in numbers if not (n.article or n.vague)]
    if len(numbers) < 2:
        return []
    head = next((t.figure for t in frame.tolls if t.kind == "killed" and t.figure), None)
    return _before_places(frame, numbers, head) or _behind_places(scene, frame, numbers)


def _before_places(frame: Frame, numbers: Sequence[Number], head: int | None) -> list[tuple[Hit, Number]]:
    """The figures that stand before their places, from the one of the toll on."""
    people = [h for h in frame.hits if counts_people(h) or h.key in _SUSPECTS]
    begin = next((i for i, n in enumerate(numbers) if n.last == head), None)
    if begin is None and head is None:
        begin = next(
            (i for i, n in enumerate(numbers) if any(0 <= h.first - n.last <= 1 for h in people)), None
        )
    found: list[tuple[Hit, Number]] = []
    for number in numbers[begin:] if begin is not None else ():
        if found and number.first - found[-1][0].last > 2:
            break
        spot = next((h for h in frame.hits.places if 1 <= h.first - number.last <= _CLOSE), None)
        if spot is None or not isinstance(spot.meaning, Place) or is_vast(spot.meaning):
            break
        found.append((spot, number))
    return found if len({s.key for s, _ in found}) > 1 else []


_SUSPECTS = frozenset({"suspected", "militants", "isis", "pkk"})
"""Words that count people whom an arrest or an operation took."""


def _behind_places(scene: Scene, frame: Frame, numbers: Sequence[Number]) -> list[tuple[Hit, Number]]:
    """The figures that stand behind their places, each at the end of its part or before those whom it counts."""
    joins = number_words(scene.tongue)
    found: list[tuple[Hit, Number]] = []
    spots = [h for h in frame.hits.places if isinstance(h.meaning, Place) and not is_vast(h.meaning)]
    end = 0
    for number in numbers:
        spot = next((h for h in reversed(spots) if end <= h.first and h.last <= number.first), None)
        if spot is None or number.first - spot.last > _AHEAD:
            if found:
                break
            continue
        if found and spot.first - found[-1][1].last > _AHEAD:
            break
        word = scene.reading.word(number.last) if number.last < len(scene.reading.starts) else ""
        parted = set(scene.reading.between(number.last - 1)) & COMMAS or word in joins.joins
        parted = parted or word.startswith(joins.clitic_and or "\0")
        if not parted and not any(
            h.first - number.last in (0, 1) and (counts_people(h) or h.group in ("toll", "actor", "sign"))
            for h in frame.hits
        ):
            return []
        found.append((spot, number))
        end = number.last
    return (
        found if len({s.key for s, _ in found}) > 1 and len(found) == len({s.key for s, _ in found}) else []
    )


_AHEAD = 4
"""Words between a place and the figure behind it: Turkish *Hakurk'ta tespit ettiği 5*."""


def first_and_second(hits: Row) -> list[Hit]:
    """The places of two deeds told as the one and the other: "bombs hit two convoys, the first near A, the second west of B"."""
    found: list[Hit] = []
    for key in ("first_of", "second_of"):
        begin = found[-1].last if found else 0
        words = [h for h in hits.of(key) if h.first >= begin]
        spot = next((p for w in words for p in hits.places if 0 <= p.first - w.last <= _ONE_AND_OTHER), None)
        if spot is None or not isinstance(spot.meaning, Place) or is_vast(spot.meaning):
            return []
        found.append(spot)
    return found if found[0].key != found[1].key else []


_ONE_AND_OTHER = 5
"""Words behind "the first" within which its place stands."""


def _noun(
    reading: Reading, number: Number, nouns: Iterable[Hit], hits: Row, *, compounds: bool
) -> Hit | None:
    """The word for the attacks that a figure counts, behind the arms that they were made with: "38 bomb attacks"."""
    arms = {
        h.last
        for h in hits.groups.get("weapon", ())
        if 0 <= h.first - number.last <= 1 and ((compounds and _bare(reading, h)) or h.key in _LAID)
    }
    return next((n for n in nouns if 0 <= n.first - number.last <= 1 or n.first in arms), None)


_LAID = frozenset({"bomb", "ied", "mine", "car_bomb", "explosives"})
"""Arms of which an attack takes one, so that a figure before both counts attacks; four drones that attack are counted themselves."""


def _bare(reading: Reading, arms: Hit) -> bool:
    """Whether arms are named without an ending: Turkish *8 roketle saldırı* is one attack, with eight rockets."""
    return reading.plain[arms.start : arms.end] == normal(arms.phrase.say.strip("=*~"))


def _other(
    reading: Reading,
    number: Number,
    noun: Hit | None,
    hits: Row,
    dates: Sequence[Dated],
    *,
    compounds: bool,
) -> bool:
    """Whether a figure counts days, rockets or people and not attacks.

    Compounds: the arms stand before the attack that is made with them, "17 drone attacks"; elsewhere a figure
    before them counts the drones that a verb behind them sends.
    """
    if number.article or number.vague:
        return True
    if any(d.first < number.last and number.first < d.last and not d.span for d in dates):
        return True
    things = [h for h in hits if h.key in THINGS or h.group == "weapon"]
    if compounds and noun is not None:
        things = [
            h
            for h in things
            if not ((h.last == noun.first and _bare(reading, h)) or noun.first <= h.first < noun.last)
        ]
    if any(
        h.first == number.last
        and (
            noun is None
            or h.last < noun.first
            or (h.group == "weapon" and h.key not in _LAID and h.last < noun.last)
        )
        for h in things
    ):
        return True
    return any(h.first == number.last and (counts_people(h) or h.group == "toll") for h in hits)


def _place(hits: Row, number: Number, noun: Hit | None, end: int, *, behind: bool) -> Hit | None:
    """The place that stands behind a figure, before the next one; what governs it stands before it or behind it."""
    reach = min(number.last + (_REACH if noun else _BARE), end)
    marks = {h.last for h in hits.of("near", "at_place", "in_place")} if noun is None else set()
    for noun_of in hits.of("place_noun") if marks else ():
        if noun_of.first in marks:  # "in the outskirts of"
            marks.add(noun_of.last)
    for hit in hits:
        if not number.last <= hit.first < reach:
            continue
        if isinstance(hit.meaning, Country) and hit.meaning.kind in ("names", "places"):
            return None
        if isinstance(hit.meaning, Place) and not is_vast(hit.meaning):
            close = (
                behind and hit.first - number.last < _CLOSE
            )  # Turkish "7'si Musul, 5'i Beyci yakınlarında"
            return hit if noun or hit.first in marks or close else None
    return None


def goes_on_counting(scene: Scene, hits: Row, span: tuple[int, int]) -> bool:
    """Whether a sentence counts on without the noun that the one before has: "eleven strikes ... Seven were near A and four in B"."""
    sentence = scene.reading.sentence_of[span[0]]
    if len(hits.places) < 2 or not sentence > 0 or span[0] != scene.reading.sentences[sentence][0]:
        return False
    if not hits.keys.isdisjoint(("killed", "wounded")):
        return False  # they may be the dead
    before = scene.reading.of(sentence - 1)
    return "attacks_counted" in before.keys and bool(before.keys & _FROM_AFAR)


_FROM_AFAR = frozenset(
    {"airstrike", "strike", "bombardment", "aircraft", "drone", "drone_attack", "shelling"}
)


def shares_of(counts: Sequence[Counted]) -> list[Counted]:
    """The counts that stand with a place each, where there are several places."""
    placed = [c for c in counts if c.place is not None]
    return placed if len({c.place.key for c in placed if c.place}) > 1 else []


def _lands(hits: Row, first: int, last: int) -> frozenset[str]:
    """The countries that are named behind a figure, before the next one."""
    found = set()
    for hit in hits:
        if not first <= hit.first < last:
            continue
        if isinstance(hit.meaning, Place):
            found.add("IQ")
        elif isinstance(hit.meaning, Country) and hit.meaning.kind in ("names", "places"):
            found.add(hit.meaning.code)
    return frozenset(found - set(METONYMS))
