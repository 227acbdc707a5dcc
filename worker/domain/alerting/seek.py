"""What a text must hold for a query to answer, as terms of a word index: no story that answers is left out.

The index knows which terms a text carries: its folded words in all their `forms`, and the ids of what was
understood of it, marked with `#`. A query becomes clauses; a story that answers it has, for each clause, a
report that carries all terms of one of the clause's alternatives. What only reading can tell (that words
stand side by side, that something is absent) is left to the query itself, which looks at what was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from worker.domain.alerting.bind import Every, FieldIs, HasConcept, HasWords, IsNear, Nothing, OneOf, Test
from worker.domain.alerting.words import forms
from worker.domain.model import Analysis, Event
from worker.domain.text.fold import fold

LONGEST = 60
"""Letters of a word that the index keeps; longer words that begin alike are told apart by reading."""
MOST_CLAUSES = 8
SHORTEST_PREFIX = 3

Alternative = frozenset[str]
"""Terms of one text; `explo*` stands for every word that begins so."""
Clause = frozenset[Alternative]

_WORD = re.compile(r"\w+(?:['.\-]\w+)*")
"""As texts are split for queries; see `worker.domain.alerting.words`."""


def terms_of(text: str, analysis: Analysis) -> set[str]:
    """Every term under which a report is found."""
    found = {form[:LONGEST] for word in set(_WORD.findall(fold(text).text)) for form in forms(word)}
    return found.union(_understood(analysis), *map(_ids, analysis.events))


def sought(test: Test) -> tuple[Clause, ...]:
    """Clauses that a story must fulfil, all of them; none when the index can tell nothing."""
    found: tuple[Clause, ...] = ()
    match test:
        case HasConcept(ids=ids):
            found = _either(f"#{one}" for one in ids)
        case HasWords(words=words):
            terms = frozenset(term for word in words if (term := _term(word)))
            found = (frozenset((terms,)),) if terms else ()
        case FieldIs(name="term" | "target" | "weapon", wanted=wanted):
            found = _either(f"#{one}" for one in wanted)
        case FieldIs(name="actor", wanted=wanted):
            found = _either(f"#actor:{one}" for one in wanted)
        case Every(parts=parts):
            found = _all(parts)
        case IsNear(left=left, right=right):
            found = _all((left, right))
        case OneOf(parts=parts):
            found = _any(parts)
    return found


def asks_of(test: Test, field: str) -> bool:
    """Whether a query looks at this field of a story at all."""
    match test:
        case FieldIs(name=name):
            return name == field
        case Every(parts=parts) | OneOf(parts=parts):
            return any(asks_of(part, field) for part in parts)
        case Nothing(part=part):
            return asks_of(part, field)
        case _:
            return False


class Glimpse(Protocol):
    """A report before it is read."""

    @property
    def text(self) -> str:
        """Its clean text."""
        ...

    @property
    def ids(self) -> str:
        """Every id that it carries, between quotes."""
        ...


def may_answer(clauses: Iterable[Clause], event: Event | None, told: Sequence[Glimpse]) -> bool:
    """Whether a story may fulfil all clauses, by a glance that splits no text into words."""
    own = _ids(event)
    texts: list[str] = []

    def stands(one: Alternative) -> bool:
        if any(term.startswith("#") for term in one):
            return all(term in own or any(f'"{term[1:]}"' in report.ids for report in told) for term in one)
        if not texts:
            texts.extend(fold(report.text).text for report in told)
        return any(all(term.rstrip("*") in text for term in one) for text in texts)

    return all(any(map(stands, clause)) for clause in clauses)


def _understood(analysis: Analysis) -> set[str]:
    return {f"#{one}" for one in (*analysis.terms, *(match.concept for match in analysis.matches))}


def _ids(event: Event | None) -> set[str]:
    """What an event carries besides its report's words; as `Facts.ids` has it."""
    if event is None:
        return set()
    found = {f"#actor:{one}" for one in (*event.actors, *event.claimed_by)}
    found.update(f"#{one}" for one in (*event.targets, *event.weapons))
    return found | ({f"#place:{event.place_id}"} if event.place_id else set())


def _either(terms: Iterable[str]) -> tuple[Clause, ...]:
    return (frozenset(frozenset((term,)) for term in terms),)


def _all(parts: Iterable[Test]) -> tuple[Clause, ...]:
    """What every part asks for; fewer clauses only find more."""
    return tuple(dict.fromkeys(clause for part in parts for clause in sought(part)))[:MOST_CLAUSES]


def _any(parts: Iterable[Test]) -> tuple[Clause, ...]:
    """(a and b) or c is (a or c) and (b or c); a part that asks for nothing makes it all open."""
    found: tuple[Clause, ...] | None = None
    for part in parts:
        clauses = sought(part)
        if not clauses:
            return ()
        found = clauses if found is None else tuple(dict.fromkeys(a | b for a in found for b in clauses))
        found = found[:MOST_CLAUSES]
    return found or ()


def _term(word: str) -> str:
    """A word of a query as a term; empty for one whose beginning is too open."""
    if "*" not in word:
        return word[:LONGEST]
    begin = word.partition("*")[0]
    return f"{begin[:LONGEST]}*" if len(begin) >= SHORTEST_PREFIX else ""
