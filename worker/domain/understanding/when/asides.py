"""Days that a side clause tells and not the deed: "after escaping a blast on Monday, the mayor was killed on Friday"."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.when.calendar import Dated
from worker.domain.understanding.when.datewords import date_words
from worker.domain.understanding.words.reading import Hit, Reading, Row
from worker.domain.understanding.words.tongue import Tongue

_COMMAS = frozenset(",،")
_OPENING = 2
"""Words that may stand before the one that opens a side clause: "just after", "two days before"."""
_CLAUSE = 10
"""Words between a relative pronoun and a day of its clause."""


def tells_of_before(reading: Reading, dated: Dated, trigger: Hit, named: Sequence[Dated], hits: Row) -> bool:
    """Whether a day belongs to a clause beside the deed, and the sentence names another for the deed."""
    others = [d for d in named if d is not dated]
    if not others:
        return False
    if trigger.first < dated.first and dated.last < trigger.last:
        return True  # the body of a man *missing since Monday* was found on Wednesday
    if _in_opening_clause(reading, dated, trigger, others, hits):
        return True
    return dated.last <= trigger.first and _of_a_person(dated, trigger, others, hits)


def _in_opening_clause(
    reading: Reading, dated: Dated, trigger: Hit, others: Sequence[Dated], hits: Row
) -> bool:
    """Whether the sentence opens with "after" or "before", and a comma stands between its day and who was killed."""
    begin = _sentence(reading, trigger.first)
    if not any(
        begin <= h.first <= begin + _OPENING and h.last <= dated.first for h in hits.of("side_clause")
    ):
        return False
    comma = next((i for i in range(dated.last - 1, others[-1].first) if _comma(reading, i)), None)
    if comma is None or not any(d.first > comma for d in others):
        return False
    if trigger.first > comma:
        return True
    tolls = [h.first for h in hits.of("killed")]  # after *an attempt* on Monday, he was killed
    return any(t > comma for t in tolls) and not any(t <= comma for t in tolls)


def goes_on_since(reading: Reading, tongue: Tongue, dated: Dated, trigger: Hit, hits: Row) -> bool:
    """Whether a day stands behind "from" or "since": a square *occupied since Friday* was cleared on Tuesday.

    Behind the deed it may be when that began: "have been exchanging fire since Saturday"; in a clause about a
    person it is not.
    """
    if any(0 <= dated.first - h.last <= 1 for h in hits.of("from_place")):
        return True
    return (dated.last <= trigger.first or of_a_state(reading, tongue, dated, trigger, hits)) and _since(
        reading, tongue, dated
    )


def of_a_state(reading: Reading, tongue: Tongue, dated: Dated, trigger: Hit, hits: Row) -> bool:
    """Whether a day is the one since when those had done something whom the deed met: "who had kept them out since Sunday"."""
    told = any(trigger.last <= h.first < dated.first for h in hits.of("who"))
    return told and _since(reading, tongue, dated)


def _since(reading: Reading, tongue: Tongue, dated: Dated) -> bool:
    """Whether "since" stands right before a day, behind it where the verb ends the clause."""
    since, last = date_words(tongue).since, len(reading.starts)
    before = (reading.word(i) for i in (dated.first - 1, dated.first - 2) if i >= 0)
    behind = reading.word(dated.last) if dated.last < last else ""
    return any(w in since for w in before) or (tongue.grammar.verb_final and behind in since)


def _of_a_person(dated: Dated, trigger: Hit, others: Sequence[Dated], hits: Row) -> bool:
    """Whether a relative clause tells what somebody had done that day: "a judge *who* on Monday sentenced three"."""
    if not any(0 <= d.first - trigger.last <= _CLAUSE for d in others):
        return False
    return any(0 <= dated.first - h.last <= _CLAUSE for h in hits.of("who"))


def _sentence(reading: Reading, at: int) -> int:
    """Where the sentence of a word begins."""
    return reading.sentences[reading.sentence_of[at]][0]


def _comma(reading: Reading, at: int) -> bool:
    """Whether a comma stands behind a word."""
    return bool(set(reading.between(at)) & _COMMAS)
