"""Tolls: which figures of a sentence are its dead and its wounded.

Each word of killing or hurting takes the figure that stands nearest on the side where the language puts
it; a figure serves once; "two soldiers and a policeman" are added up; what "including" introduces is
part of the figure before it. Figures that count kilometres, rockets or years are no tolls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from worker.domain.understanding.counting.company import with_company
from worker.domain.understanding.counting.doers import with_killers
from worker.domain.understanding.counting.figures import KINDS, people_counted
from worker.domain.understanding.counting.later import died_of_wounds
from worker.domain.understanding.counting.lone import lone_victim
from worker.domain.understanding.counting.numbers import Number, number_words
from worker.domain.understanding.counting.offers import Offer, taken
from worker.domain.understanding.counting.sources import by_the_lower, corrected, of_two_sources
from worker.domain.understanding.counting.sums import summed
from worker.domain.understanding.when.calendar import Dated
from worker.domain.understanding.words.phrases import normal
from worker.domain.understanding.words.reading import Hit, Reading, Row, overlap
from worker.domain.understanding.words.tongue import Tongue


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
    later: bool = False
    """Some of the wounded, who died afterwards: they come on top of the dead told before."""
    of_them: bool = False
    """Some of the wounded told before."""
    latest: bool = False
    """The figure that a count has reached: it holds instead of those before."""
    side: str = ""
    """In a fight, whose dead the figure counts: rebels, others, both (`losses`)."""


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
    offers = taken(reading, tongue, words, numbers, hits, dates)
    served = {offer.hit.start for offer in offers}
    for hit in words:
        if hit.phrase.value is not None and hit.start not in served:
            toll = Toll(hit.key, hit.phrase.value, None, hit.first, hit.last)
            found.append(_with_company(hit, hit.first, numbers, hits) if toll.value == 1 else toll)
    if not tongue.grammar.bare_singular:
        found += _implied(reading, tongue, [w for w in words if w.start not in served], hits, offers, numbers)
    if not any(t.kind == "killed" for t in found) and not any(o.hit.key == "killed" for o in offers):
        left = [w for w in words if w.start not in served]
        if (alone := lone_victim(reading, tongue, left, numbers, hits)) is not None:
            found.append(Toll("killed", 1, None, alone.first, alone.last))
    used = {offer.number.first for offer in offers}
    offers = [o for o in offers if not (o.number.some or _shared(o, words, served))]
    found += [
        _toll(reading, tongue, offer, numbers, used, hits)
        for offer in sorted(offers, key=lambda o: o.hit.start)
    ]
    found = with_killers(reading, tongue, found, hits)
    found = sorted(_with_later(found, hits), key=lambda t: t.first)
    found = died_of_wounds(reading, tongue, found, hits, (first, last))
    found = of_two_sources(reading, by_the_lower(reading, corrected(found, hits), numbers, hits), hits)
    return _with_others(reading, tongue, found, hits) if len(found) > 1 else found


def _with_others(reading: Reading, tongue: Tongue, tolls: list[Toll], hits: Row) -> list[Toll]:
    """The tolls, where a verb of its own tells of somebody else who was hurt too: "one lost a leg *and another* was shot"."""
    joins = number_words(tongue)
    kept: list[Toll] = []
    for toll in tolls:
        before = kept[-1] if kept else None
        if before is None or not _goes_with(reading, before, toll, hits, joins.owners, joins.clitic_and):
            kept.append(toll)
            continue
        kept[-1] = replace(
            before,
            value=before.value + toll.value,
            most=None,
            last=toll.last,
            parts=(*(before.parts or (before.value,)), *(toll.parts or (toll.value,))),
            counted=(*before.counted, *toll.counted),
        )
    return kept


def _goes_with(
    reading: Reading, one: Toll, other: Toll, hits: Row, owners: frozenset[str], clitics: Sequence[str]
) -> bool:
    """Whether two small figures of one kind count different people of one deed."""
    if one.kind != other.kind or not 0 < one.value <= _FEW or not 0 < other.value <= _FEW:
        return False
    plain = not (one.vague or other.vague or one.total or other.total or one.later or other.later)
    if not plain or one.latest or other.latest or one.corrected or not 0 <= other.first - one.last <= _ASIDE:
        return False
    between = range(one.last, max(other.figure, other.first + 1))
    if any(h.key in _PARTS and h.first in between for h in hits):
        return False
    words = [reading.word(i) for i in between]
    theirs = any(w in owners for w in words) or any(
        h.key == "retinue"
        and h.first in between
        and reading.word(h.first).startswith(tuple(clitics) or ("\0",))
        for h in hits
    )
    return theirs or any(h.key in ("another", "also_died") and h.first in between for h in hits)


_FEW = 4
_ASIDE = 12
"""Words between the verb that tells of one and the figure of the other."""
_PARTS = frozenset({"including", "among", "partitive", "said", "correction"})


def _casualties(hits: Row, zeros: Sequence[Toll]) -> list[Hit]:
    """The words of killing and hurting that tell of people, of this deed, and not that nobody was."""
    words = hits.of(*KINDS)
    if not words:
        return []
    downed = hits.of("intercept", "seize_arms")
    causes = hits.of("in_response")
    later = hits.of("died_later")
    threats = {h.last for h in hits.of("may")}
    return [
        h
        for h in words
        if not any(t.first <= h.first and h.last <= t.last for t in zeros)
        and not any(d.first < h.last and h.first < d.last for d in downed)
        and not any(0 <= h.first - c.last <= 5 or c.first <= h.first < c.last for c in causes)
        and not (h.key == "wounded" and any(d.first <= h.first < d.last for d in later))
        and h.first not in threats  # "would behead them"
    ]


_ONE = frozenset({"official", "journalist", "activist", "soldiers", "police", "workers"})


def _implied(
    reading: Reading,
    tongue: Tongue,
    words: Sequence[Hit],
    hits: Row,
    offers: Sequence[Offer],
    numbers: Sequence[Number],
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
            return [_with_company(word, word.first, numbers, hits)]
        for hit in hits:
            near = 0 <= word.first - hit.last <= 2 or 0 <= hit.first - word.last <= 1
            if near and hit.key in _ONE and _singular(reading, tongue, hit):
                return [_with_company(word, min(hit.first, word.first), numbers, hits)]
    found = []
    for kind in KINDS:
        told = [w for w in words if w.key == kind]
        if any(o.hit.key == kind for o in offers) or any(w.phrase.value is not None for w in told):
            continue
        one = next((w for w in told if _of_one(reading, tongue, w, hits)), None)
        if one is not None:
            found.append(_with_company(one, one.first, numbers, hits))
    return found


def _with_company(word: Hit, first: int, numbers: Sequence[Number], hits: Row) -> Toll:
    """The one whom a verb tells, and those who were with him."""
    more, last, parts = with_company(word, numbers, hits)
    return Toll(word.key, 1 + more, None, first, last, parts=parts)


_VERB_REACH = 8
"""Words between the auxiliary and the verb behind it where the verb ends the sentence."""


def _of_one(reading: Reading, tongue: Tongue, word: Hit, hits: Sequence[Hit]) -> bool:
    """Whether the verb itself tells that one was hit: "Abu Omar, who led the cell, was killed"."""
    reach = 1 if number_words(tongue).reach <= _SHORT else _VERB_REACH
    for hit in hits:
        if hit.key != "one_passive":
            continue
        within = word.first <= hit.first and hit.last <= word.last
        behind = hit.last <= word.first <= hit.last + reach
        if within or (behind and not any("," in reading.between(i) for i in range(hit.last - 1, word.first))):
            return True
    return False


_SHORT = 3


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
    zeros = hits.of(*_ZERO)
    spared = [h for h in zeros if h.key == "none_wounded"]
    if spared and not any(h.key == "none_killed" for h in zeros):  # "slight damage, nobody was wounded"
        nays = hits.of("negation")
        zeros = [
            h for h in zeros if h.key != "none_hurt" or any(overlap(h, other) for other in (*spared, *nays))
        ]
    return [Toll(kind, 0, None, hit.first, hit.last) for hit in zeros for kind in _ZERO[hit.key]]


def _shared(offer: Offer, words: Sequence[Hit], served: set[int]) -> bool:
    """Whether a vague figure counts dead and wounded together: "dozens of dead and wounded" tells neither."""
    if not offer.number.vague:
        return False
    rest = [w for w in words if w.key != offer.hit.key and w.start not in served]
    return any(0 <= w.first - offer.hit.last <= 1 or 0 <= offer.hit.first - w.last <= 1 for w in rest)


def _spans(hit: Hit, number: Number) -> bool:
    """Whether words hold a figure: Persian *از ۸۰ نفر گذشت*, "passed 80"."""
    return hit.first <= number.first < hit.last


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
    found = summed(reading, tongue, offer, numbers, used, hits)
    value, most = found.value, None if found.parts else number.most
    if most is not None and any(0 <= number.first - h.last <= 2 for h in hits.of("correction")):
        value, most = most, None  # passed from four to six: no range
    return Toll(
        offer.hit.key,
        value,
        most,
        found.first,
        found.last,
        corrected="correction" in hits.keys,
        vague=number.vague,
        total=any(
            not any(c.first <= h.first < c.last for c in hits.of("correction"))
            for h in hits.of("toll_background")
        ),
        floor=any(0 <= number.first - h.last <= 1 or _spans(h, number) for h in hits.of("at_least")),
        figure=number.last,
        parts=found.parts,
        latest=_reached(number, hits),
        counted=found.counted,
    )


def _reached(number: Number, hits: Row) -> bool:
    """Whether a figure is what a count has come to: "the toll rose to 31"."""
    return any(
        0 <= number.first - h.last <= 2 or 0 <= h.first - number.last <= 2 or h.first <= number.first < h.last
        for h in hits.of("toll_now")
    )


def _with_later(tolls: list[Toll], hits: Row) -> list[Toll]:
    """Mark who died as well, or of wounds afterwards; a larger figure of dead beside them is what the count has come to."""
    marks = hits.of("died_later", "also_died")
    if not marks:
        return tolls
    late = [t for t in tolls if t.kind == "killed" and any(overlap(t, m) for m in marks)]
    most = max((t.value for t in late), default=0)
    return [
        replace(t, later=True, total=False)
        if t in late
        else replace(t, latest=True, total=False)
        if late and t.kind == "killed" and t.value > most and t.first > late[0].first
        else t
        for t in tolls
    ]
