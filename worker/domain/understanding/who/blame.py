"""Who is said to have done it, and who says so: "the militia accused Israel" names Israel."""

from __future__ import annotations

from worker.domain.understanding.words.meanings import Actor, Concept, Country
from worker.domain.understanding.words.reading import Hit, Row

_BEHIND, _AHEAD = 6, 8
"""Words within which the one who is blamed stands behind or ahead of the word of blaming."""


def is_accused(hit: Hit, hits: Row) -> bool:
    """Whether a party stands where a word of blaming has the one it blames."""
    return any(_near(hit, mark) and not _accuses(hit, mark, hits) for mark in hits.of("blame"))


def is_accuser(hit: Hit, hits: Row) -> bool:
    """Whether a party is the one who blames another."""
    marks = [mark for mark in hits.of("blame") if _near(hit, mark)]
    return bool(marks) and all(_accuses(hit, mark, hits) for mark in marks)


def _near(hit: Hit, mark: Hit) -> bool:
    """Whether a party stands in reach of a word of blaming."""
    inside = mark.first <= hit.first and hit.last <= mark.last  # German *machte die Miliz verantwortlich*
    return inside or 0 <= hit.first - mark.last <= _BEHIND or 0 <= mark.first - hit.last <= _AHEAD


def _accuses(hit: Hit, mark: Hit, hits: Row) -> bool:
    """Whether a party is the subject of a word of blaming whose object is another one.

    The object stands behind the word, or, where the verb ends the sentence, between the two; unless "by"
    turns them about, or "and" makes both of them objects.
    """
    if hit.last > mark.first:
        return False
    others = [h for h in hits if _can_be_blamed(h) and _near(h, mark) and _apart(h, hit)]
    behind = [h for h in others if h.last > mark.first]
    if behind:
        return not any(mark.first <= by.first < behind[0].first for by in hits.of("by_agent"))
    between = [h for h in others if hit.last <= h.first and h.last <= mark.first]
    joined = any(hit.last <= h.first < between[0].first for h in hits.of("clause")) if between else True
    return not joined


def _can_be_blamed(hit: Hit) -> bool:
    """Whether words name a party or a country."""
    if isinstance(hit.meaning, Concept):
        return bool(hit.meaning.actor)
    return isinstance(hit.meaning, Country) or (isinstance(hit.meaning, Actor) and bool(hit.meaning.coarse))


def _apart(first: Hit, second: Hit) -> bool:
    """Whether two hits have no word in common."""
    return first.last <= second.first or second.last <= first.first
