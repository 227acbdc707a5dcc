"""Who fell along with the one told: "was killed with his driver", "Abu Karim and two guards died"."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.counting.figures import KINDS, counts_people
from worker.domain.understanding.counting.numbers import Number, number_words
from worker.domain.understanding.counting.offers import Offer
from worker.domain.understanding.words.meanings import Actor
from worker.domain.understanding.words.reading import Hit, Reading, Row
from worker.domain.understanding.words.tongue import Tongue

FAR = 12
"""Words within which "and his" joins somebody to the one named: "a commander of the ... and his bodyguard"."""
_BESIDE = 5
"""Words between the verb and the word that brings in who was with him."""


def company_of(
    reading: Reading, tongue: Tongue, offer: Offer, numbers: Sequence[Number], hits: Row
) -> list[Number]:
    """Those who fell with the ones counted: "a judge was killed along with his driver", "he and his driver were"."""
    fell, fights = hits.of(*KINDS), hits.of("clash")
    beside = [
        h
        for h in hits.of("in_company")
        if not any(k.first <= h.first < k.last for k in fell) and not any(c.last == h.first for c in fights)
    ]
    behind = tongue.grammar.agent_behind
    if any(_in_company(offer.number, h, behind=behind) for h in beside):  # the verb took the companion
        leaders = [n for n in numbers if n.last <= offer.number.first <= n.last + FAR]
        return leaders[-1:] or _subject(offer, hits) or _whose(offer.number, hits)
    found = []
    for other in numbers:
        if other.article and not _counts(other, hits):
            continue
        if not offer.number.last <= other.first <= offer.hit.last + FAR:
            continue
        between = offer.ahead and other.last <= offer.hit.first and not other.article
        joined = between and and_theirs(reading, tongue, offer.number, other)
        owned = any(_in_company(other, h, behind=behind) and h.first >= offer.number.last for h in beside)
        if joined or owned:
            found.append(other)
    return found[:1]


def _counts(article: Number, hits: Row) -> bool:
    """Whether an article stands right before a noun for people: "with *a colleague*"."""
    return any(counts_people(h) and h.first == article.last for h in hits)


def _subject(offer: Offer, hits: Row) -> list[Number]:
    """Whom the verb itself makes one: "Ali Hassan was killed along with his driver"."""
    word = offer.hit
    for hit in hits.of("one_passive"):
        if hit.last == word.first or (word.first <= hit.first and hit.last <= word.last):
            return [Number(1, word.first, word.last, noun=True)]
    return []


def _whose(number: Number, hits: Row) -> list[Number]:
    """Somebody whom nothing counts, told by those who were his."""
    theirs = any(number.first <= h.first <= number.last + _OF_HIS for h in hits.of("retinue"))
    return [Number(1, number.first, number.first, noun=True)] if theirs and number.first else []


_OF_HIS = 2
"""Words between a figure and the noun that makes those counted somebody's: three *of his guards*."""


def owner_before(
    reading: Reading, tongue: Tongue, offer: Offer, numbers: Sequence[Number], hits: Row
) -> list[Number]:
    """Whom no capital and no figure shows before "and his guard", where a script has no capitals."""
    number = offer.number
    if "retinue" not in hits.keys or not joined(reading, tongue, number.first):
        return []
    low = reading.sentences[reading.sentence_of[number.first]][0] if offer.ahead else offer.hit.first
    if any(max(low, number.first - FAR) <= n.first < number.first for n in numbers):
        return []
    end = number.first - (reading.word(number.first - 1) in number_words(tongue).joins)
    if offer.ahead and any(h.last == end and h.group == "act" for h in hits):
        return []  # "the bomb went off *and* its driver died"
    return _whose(number, hits)


def named_before(
    reading: Reading, tongue: Tongue, offer: Offer, numbers: Sequence[Number], hits: Row
) -> list[Number]:
    """Who is only named before "and": "Abu Karim and an aide died", "killed Ali Hassan and two guards"."""
    at = offer.number.first
    if at and reading.word(at - 1) in number_words(tongue).owners:
        at -= 1
    if at < _NAME or reading.word(at - 1) not in number_words(tongue).joins:
        return []
    end = at - 1
    if end > 1 and reading.word(end - 1).isdigit() and "," in reading.between(end - 2):
        end -= 1  # Ahmed Saleh, 41, and his wife
    low = reading.sentences[reading.sentence_of[end]][0] if offer.ahead else offer.hit.last
    if any(low <= n.first < end for n in numbers):
        return []
    if any(
        isinstance(h.meaning, Actor) and h.meaning.kind == "person" and h.last == end for h in hits.actors
    ):
        return [Number(1, end - 1, end, noun=True)]
    start = end
    while start > low and _is_name(reading, start - 1, hits, last=start == end):
        start -= 1
    titled = start == low or any(h.last == start and counts_people(h) for h in hits)
    return [Number(1, start, end, noun=True)] if end - start >= _NAME and titled else []


_NAME = 2
"""Words of a name at least."""


def _is_name(reading: Reading, at: int, hits: Row, *, last: bool) -> bool:
    """Whether a word has a capital and no other meaning."""
    start, _ = reading.span(reading.starts[at], reading.ends[at])
    if not reading.folded.source[start].isupper() or ("," in reading.between(at) and not last):
        return False
    return not any(h.first <= at < h.last for h in hits)


def with_company(word: Hit, numbers: Sequence[Number], hits: Row) -> tuple[int, int, tuple[int, ...]]:
    """How many fell with the one whom a verb tells, where their words end, and the two figures."""
    for beside in hits.of("in_company"):
        if not word.last <= beside.first <= word.last + _BESIDE:
            continue
        for number in numbers:
            near = number.first - beside.last in (0, 1)
            reach = 1 if number.article else 3
            if near and (
                number.noun or any(0 <= h.first - number.last <= reach and counts_people(h) for h in hits)
            ):
                return number.value, number.last, (1, number.value)
    return 0, word.last, ()


def _in_company(number: Number, word: Hit, *, behind: bool) -> bool:
    """Whether a word says of those counted that they were with somebody."""
    return number.first - word.last in (0, 1) or (behind and word.first == number.last)


def joined(reading: Reading, tongue: Tongue, at: int) -> bool:
    """Whether "and" stands before a word or is joined to it."""
    joins = number_words(tongue)
    if at > 0 and reading.word(at - 1) in joins.owners:
        at -= 1  # a woman and *her* two sons
    if at > 1 and reading.word(at - 1) in joins.repeated:
        at -= 1  # French "à un lieutenant et *à* deux de ses hommes"
    joined = any(reading.word(at).startswith(j) for j in joins.clitic_and)
    return joined or (at > 0 and reading.word(at - 1) in joins.joins)


def and_theirs(reading: Reading, tongue: Tongue, low: Number, high: Number, begin: int | None = None) -> bool:
    """Whether those counted are somebody's: "and his driver", "and three of his guards", "and his 12-year-old son"."""
    begin = high.first if begin is None else begin
    beside = {reading.word(i) for i in range(begin - 1, min(high.last + 2, len(reading.starts)))}
    if high.first - low.last > FAR or not beside & number_words(tongue).owners:
        return False
    return joined(reading, tongue, begin)
