"""Which figure each word of killing or hurting takes: the cheapest, by distance, side and what stands between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from worker.domain.understanding.counting.beasts import without_beasts
from worker.domain.understanding.counting.doers import NEXT_VERB, doing
from worker.domain.understanding.counting.figures import KINDS, counts_arms, counts_people, is_part
from worker.domain.understanding.counting.numbers import Number, number_words
from worker.domain.understanding.when.calendar import Dated
from worker.domain.understanding.words.meanings import Actor
from worker.domain.understanding.words.phrases import normal
from worker.domain.understanding.words.reading import Hit, Reading
from worker.domain.understanding.words.tongue import Tongue

_REACH_BEFORE, _REACH_AFTER = 14, 9
_BRACKET = 7
"""How far the end of a verb counts as being from the helping verb that it belongs to, whatever stands between."""


class Offer(msgspec.Struct, frozen=True):
    """A figure that a casualty word could take, and at what cost."""

    cost: float
    hit: Hit
    number: Number
    ahead: bool
    """The figure stands before the word."""


def taken(
    reading: Reading,
    tongue: Tongue,
    words: Sequence[Hit],
    numbers: Sequence[Number],
    hits: Sequence[Hit],
    dates: Sequence[Dated] = (),
) -> list[Offer]:
    """One figure a word at most, one word a figure, the cheapest first."""
    used: set[int] = set()
    served: set[int] = set()
    chosen: list[Offer] = []
    numbers = [n for n in numbers if n.noun or not counts_arms(n, hits)]
    numbers, words = without_beasts(words, numbers, hits)
    offers = _offers(reading, tongue, words, numbers, hits, dates)
    for offer in sorted(offers, key=lambda o: (o.cost, o.hit.start)):
        if offer.number.first in used or offer.hit.start in served:
            continue
        used.add(offer.number.first)
        served.add(offer.hit.start)
        chosen.append(offer)
    return chosen


def _offers(
    reading: Reading,
    tongue: Tongue,
    words: Sequence[Hit],
    numbers: Sequence[Number],
    hits: Sequence[Hit],
    dates: Sequence[Dated],
) -> Iterable[Offer]:
    """Every figure that a casualty word could take, with its cost."""
    habit = tongue.grammar.number_side
    parts = [h for h in hits if h.key == "including"]
    wholes = [h for h in hits if h.key == "among"]  # three soldiers were among seven killed
    agents = {h.last for h in hits if h.key == "by_agent"}
    whos = [h for h in hits if h.key == "who"]
    hedges = [h for h in hits if h.key in ("at_least", "about", "up_to")]
    people = [h for h in hits if counts_people(h)]
    revised = _revised(reading, numbers, hits)
    reach = number_words(tongue).reach
    closes = tongue.grammar.verb_final
    verb_first = tongue.grammar.speaker_behind
    for word in words:
        side = word.phrase.number or habit
        for number in numbers:
            # leaving three people dead; in "toll from 2 bombs rose to 30" the figure stands behind
            inside = word.first < number.first and number.last < word.last and not word.phrase.number
            ahead = inside or number.last <= word.first
            if not ahead and number.first < word.last:
                continue
            gap = 0 if inside else _gap(tongue, number, word, hits)
            gap -= _relative(reading, number, word, whos) if closes and ahead else 0
            if verb_first and number.noun and not ahead:
                gap -= _subject(reading, tongue, word, number, hits, gap) + _time(word, number, dates)
            if number.single and ahead:
                gap -= _age(reading, tongue, number, word, hits) or _name(reading, tongue, number, word)
            told_of = ahead and bool(whos) and _of_their_deed(word, number, numbers, whos, people)
            if (
                _settled(word, number, gap, ahead=ahead, reach=reach)
                or (told_of and word.phrase.value)
                or (ahead and _of_some(number, word, numbers))
            ):
                continue
            reached = closes and not ahead and word.key == "killed" and _reached(number, numbers, hits)
            if not reached and gap > (_REACH_BEFORE if ahead or number.first in revised else _REACH_AFTER):
                continue
            low, high = (number.last, word.first) if ahead else (word.last, number.first)
            low, high, spared = (
                (low, low, 0) if inside else (low, high, ahead * _set_apart(reading, low, high, hits))
            )
            if not ahead:
                gap = round(1.6 * (gap - sum(low <= h.first < high for h in hedges)))
            cost = (
                gap
                - spared
                + 2.5 * (_breaks(reading, low, high) - 2 * bool(spared))
                + 4 * _rivals(words, word, low, high)
            )
            cost += 7 * (not inside and side == ("after" if ahead else "before"))
            aside = number.first > 0 and "," in reading.between(number.first - 1)
            cost += 8 * any(
                _part(reading, tongue, number, h, numbers) or (aside and 0 < h.first - number.last <= 2)
                for h in parts
                if not any(
                    h.last <= w.first < number.first for w in words
                )  # "killing one of them and wounding his cousin"
            )
            cost += 20 * ((number.article or number.single) and _speaker(reading, number, hits))
            cost += 8 * any(0 <= h.first - number.last <= 3 for h in wholes)
            cost += 12 * (side != "after" and number.first in agents)  # was shot by two men
            cost += 8 * (told_of + revised.get(number.first, 0) + is_part(number, hits))
            cost -= 1.5 * any(0 <= h.first - number.last <= 3 for h in people)
            cost += 8 * (verb_first and ahead and not inside and _begins_with_and(reading, tongue, word))
            cost += 2 * number.article + 4 * (not ahead and _next_verbs(reading, tongue, word, number, words))
            behind = number.single and ahead and _counted_before(number, numbers, people)
            cost += 6 * (behind and not _with_theirs(reading, tongue, number))
            cost += ahead * doing(reading, tongue, word, number, numbers, hits)
            cost = min(cost, 9.0) if reached else cost
            if cost <= (max(7, reach) if number.noun else 16):
                yield Offer(cost, word, number, ahead)


def _of_some(number: Number, word: Hit, numbers: Sequence[Number]) -> bool:
    """Whether several people stand between an article and the word: "at *a* station several people were killed"."""
    return number.article and any(n.some and number.last <= n.first < word.first for n in numbers)


def _gap(tongue: Tongue, number: Number, word: Hit, hits: Sequence[Hit]) -> int:
    """How many words stand between a figure and the casualty word before or behind it."""
    if number.last > word.first:
        return number.first - word.last
    gap = word.first - number.last - _names_between(number, word, hits)
    return min(gap, _BRACKET) if _opened(tongue, number, word, hits) else gap


def _relative(reading: Reading, number: Number, word: Hit, whos: Sequence[Hit]) -> int:
    """How many words a clause on those counted has, up to its comma: Persian "three women *who had gone to pick pomegranates*, ... died"."""
    who = next((h for h in whos if 0 <= h.first - number.last <= _NOUNS), None)
    if who is None:
        return 0
    end = next((i + 1 for i in range(who.last, word.first) if "," in reading.between(i)), who.first)
    return end - who.first


_NOUNS = 3
"""Words of those counted before a clause on them."""


def _names_between(number: Number, word: Hit, hits: Sequence[Hit]) -> int:
    """How many words between a figure and its verb only spell out a party's name, which counts as one word."""
    return sum(
        h.last - h.first - 1
        for h in hits
        if h.group == "actor"
        and number.last <= h.first
        and h.last <= word.first
        and isinstance(h.meaning, Actor)
    )


def _set_apart(reading: Reading, low: int, high: int, hits: Sequence[Hit]) -> int:
    """How many words two commas set off that only describe those counted: "two of the YBS, *close to the PKK*, died"."""
    end = next((i + 1 for i in range(high - 1, max(low, high - 3), -1) if "," in reading.between(i)), low)
    begin = next((i + 1 for i in range(end - 2, low - 1, -1) if "," in reading.between(i)), end)
    told = any(
        h.first < end and begin < h.last for h in hits if h.group in ("act", "toll") or h.key == "including"
    )
    return 0 if told or end - begin > _DESCRIBES else end - begin


_DESCRIBES = 8
"""Words that an aside on a party has at most."""


def _opened(tongue: Tongue, number: Number, word: Hit, hits: Sequence[Hit]) -> bool:
    """Whether a helping verb right behind those counted waits for this word: *zehn Beamte sind bei … getötet worden*."""
    if not tongue.grammar.verb_bracket or word.first - number.last <= _BRACKET:
        return False
    end = _described(number, hits)
    verb = next((h.first for h in hits if h.key == "passive" and 0 <= h.first - end <= 3), None)
    return verb is not None and not any(h.key in KINDS and verb < h.first < word.first for h in hits)


def _described(number: Number, hits: Sequence[Hit]) -> int:
    """Where those counted and the names of whose they are end: *acht Kämpfer der Miliz Kataib Hisbollah*."""
    end = number.last
    while step := [
        h.last
        for h in hits
        if h.first == end and (h.group == "actor" or h.key == "of_party" or counts_people(h))
    ]:
        end = max(step)
    return end


def _with_theirs(reading: Reading, tongue: Tongue, single: Number) -> bool:
    """Whether "and" and a word of owning stand before a noun: "a farmer and his son were killed" are two."""
    words, at = number_words(tongue), single.first
    if not single.noun or at == 0 or reading.word(at) not in words.owners | words.definite:
        return False
    return reading.word(at - 1) in words.joins


def _counted_before(single: Number, numbers: Sequence[Number], people: Sequence[Hit]) -> bool:
    """Whether people are counted before a bare noun for one: "three protesters fighting police were killed"."""
    firsts = {h.first for h in people}
    return any(not n.noun and n.last <= single.first and n.last in firsts for n in numbers)


def _reached(number: Number, numbers: Sequence[Number], hits: Sequence[Hit]) -> bool:
    """Whether words hold the figure that a count has come to: Persian *به ۸۴ نفر رسید*, at the end of a long clause."""
    spans = [h for h in hits if h.key == "toll_now" and h.first <= number.first < h.last]
    return any(not any(number.first < n.first < h.last for n in numbers) for h in spans)


def _subject(
    reading: Reading, tongue: Tongue, word: Hit, number: Number, hits: Sequence[Hit], gap: int
) -> int:
    """How many words of a verb-first sentence name who killed: "killed unknown gunmen a policeman".

    None where "and" joins what follows: then both were killed; all where it joins somebody's man to whoever
    is named: "killed was Abu Ali *and his driver*".
    """
    if _joined(reading, tongue, number.first):
        theirs = any(h.first == number.first and h.key == "retinue" for h in hits)
        return gap - 1 if theirs and gap > 1 else 0
    at, doer = word.last, False
    while at < number.first:
        here = [h for h in hits if h.first == at]
        party = [h.last for h in here if h.group == "actor"]
        step = party or [
            h.last for h in here if h.key == "of_party" or (counts_people(h) and not h.phrase.value)
        ]
        if not step or max(step) > number.first:
            break
        at, doer = max(step), doer or bool(party)
    return at - word.last if doer else 0


def _time(word: Hit, number: Number, dates: Sequence[Dated]) -> int:
    """How many words between a verb and whom it hit only tell when: "killed *yesterday evening* a policeman"."""
    return sum(max(0, min(d.last, number.first) - max(d.first, word.last)) for d in dates)


def _joined(reading: Reading, tongue: Tongue, at: int) -> bool:
    """Whether "and" is joined to a word."""
    return any(reading.word(at).startswith(j) for j in number_words(tongue).clitic_and)


def _revised(reading: Reading, numbers: Sequence[Number], hits: Sequence[Hit]) -> dict[int, int]:
    """The figures of "rose from 3 to 6": the earlier one is put back (1), the corrected one drawn near (-1)."""
    found: dict[int, int] = {}
    marks = [h for h in hits if h.key == "correction"]
    for old, new in pairwise(numbers):
        part = any(h.key == "including" and old.last <= h.first < new.first for h in hits)
        close = 1 <= new.first - old.last <= 2 and not part and not _breaks(reading, old.last, new.first)
        beside = any(
            0 <= old.first - h.last <= 2
            or 0 <= h.first - new.last <= 2
            or (h.first <= old.first and new.last <= h.last)
            for h in marks
        )
        if close and beside:
            found[old.first], found[new.first] = 1, -1
    return found


def _part(
    reading: Reading, tongue: Tongue, number: Number, including: Hit, numbers: Sequence[Number]
) -> bool:
    """Whether a figure is one that "including" introduces; a comma ends what it introduces.

    Where marks stand behind what they mark, the part comes first: Turkish *biri subay 5 peşmerge* were five.
    """
    if including.first <= number.first < including.last:
        return True
    if tongue.grammar.agent_behind and any(
        n.last == including.first or including.first <= n.first < including.last for n in numbers
    ):
        return number.noun and number.first == including.last
    return 0 <= number.first - including.last <= 3 and not _breaks(reading, including.last + 1, number.first)


def _age(reading: Reading, tongue: Tongue, number: Number, word: Hit, hits: Sequence[Hit]) -> int:
    """How many words tell the age of one person: "their son of 6 years"."""
    figures = number_words(tongue).firsts
    for hit in hits:
        if hit.key == "ordinal_unit" and number.last < hit.first < word.first and hit.last - number.last <= 4:
            before = reading.word(hit.first - 1)
            if before.isdigit() or before in figures:
                return hit.last - number.last
    return 0


_BEFORE_WHO = 6


def _of_their_deed(
    word: Hit, number: Number, numbers: Sequence[Number], whos: Sequence[Hit], people: Sequence[Hit]
) -> bool:
    """Whether a figure stands in a clause on the one who fell: "a judge *who* sentenced three men was killed"."""
    who = next((h for h in whos if h.last <= number.first and number.last <= word.first), None)
    if who is None:
        return False
    return any(
        0 <= who.first - n.last <= _BEFORE_WHO
        and (n.noun or any(n.last <= h.first < who.first for h in people))
        for n in numbers
    )


def _next_verbs(reading: Reading, tongue: Tongue, word: Hit, number: Number, words: Sequence[Hit]) -> bool:
    """Whether "and" leads a figure over to the next verb: "was shot dead *and* two others were *wounded*"."""
    joins = number_words(tongue).joins
    if not any(reading.word(i) in joins for i in range(word.last, number.first)):
        return False
    return any(w.key != word.key and 0 <= w.first - number.last <= NEXT_VERB for w in words)


_LONGEST_NAME = 8
_PARTICLE = 3


def _name(reading: Reading, tongue: Tongue, number: Number, word: Hit) -> int:
    """How many words behind a noun are its bearer's name and age: "activist Hayder Jassim al-Maliki, 34, was"."""
    joins = number_words(tongue).joins
    at, end = number.last, min(word.first, number.last + _LONGEST_NAME)
    while at < end and (
        _capital(reading, at)
        or (
            at + 1 < end
            and len(reading.word(at)) <= _PARTICLE
            and reading.word(at) not in joins
            and _capital(reading, at + 1)
        )
    ):
        at += 1
    return at - number.last


def _capital(reading: Reading, at: int) -> bool:
    """Whether a word begins with a capital or is a figure."""
    first = reading.folded.source[reading.span(reading.starts[at], reading.ends[at])[0]]
    return first.isupper() or first.isdigit()


def _begins_with_and(reading: Reading, tongue: Tongue, word: Hit) -> bool:
    """Whether "and" is joined to a verb-first word, which takes what follows: "and the wounding of others"."""
    say, text = normal(word.phrase.say.strip("=*~")), reading.word(word.first)
    return any(text.startswith(c) and not say.startswith(c) for c in number_words(tongue).clitic_and)


def _speaker(reading: Reading, number: Number, hits: Sequence[Hit]) -> bool:
    """Whether one person behind a comma is who reports: "wounding several, a policeman said", "a déclaré un officier"."""
    at = number.first
    if (at and reading.between(at - 1).strip()) or (at > 1 and reading.between(at - 2).strip()):
        # the second: "wie ein Offizier am Montag sagte"; in "wounding a woman, police said" others speak
        verb = next((h for h in hits if h.key == "said" and 0 < h.first - number.last <= 5), None)
        if verb is not None:
            return not any("," in reading.between(i) for i in range(at, verb.first))
    said = [h for h in hits if h.key == "said" and 0 <= at - h.last <= 2]
    return any("," in reading.between(i) for h in said for i in range(max(h.first - 3, 0), h.first))


def _settled(word: Hit, number: Number, gap: int, *, ahead: bool, reach: int) -> bool:
    """Whether a casualty word or a noun that tells its own number leaves this figure alone."""
    own = word.phrase.value
    if own is not None and (own > 1 or number.noun or not ahead or gap > 1):
        return True
    if number.single:
        return gap > (reach if ahead else 3)
    return number.noun and gap > (1 if number.value == 1 and not ahead else max(4, reach))


def _breaks(reading: Reading, low: int, high: int) -> int:
    """How many commas, colons, dashes or brackets stand between two words."""
    return sum(any(c in ",;:()-" for c in reading.between(i).strip()) for i in range(low - 1, high) if i >= 0)


def _rivals(words: Sequence[Hit], word: Hit, low: int, high: int) -> int:
    """How many other casualty words stand between."""
    return sum(low <= h.first < high and h.start != word.start for h in words)
