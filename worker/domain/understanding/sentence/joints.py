"""Two deeds of different kinds in one sentence, each at its own place: "bomb in Kirkuk and arrests in Mosul".

Kinds and places tell them apart without any toll; a headline joins them with a comma or a joined "and".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from worker.domain.understanding.counting.numbers import number_words
from worker.domain.understanding.sentence.frame import Frame
from worker.domain.understanding.when.calendar import Dated
from worker.domain.understanding.where.datelines import date_of_line
from worker.domain.understanding.where.whereabouts import within
from worker.domain.understanding.words.meanings import Concept, Place
from worker.domain.understanding.words.reading import Reading, Row
from worker.domain.understanding.words.tongue import Tongue


@dataclass(frozen=True, slots=True)
class Link:
    """Where a sentence may be cut: a connecting word, or a comma, which has no word."""

    first: int
    last: int
    strong: bool
    own: bool = False
    """The word ends the clause before it: Turkish *öldürülürken*, "while ... was killed"."""
    dated: bool = False
    """Another day than the one before stands at the head of what follows."""

    @property
    def behind(self) -> int:
        """Where the further clause begins: in "and two others died" the figure belongs to it."""
        return self.last if self.own else min(self.first + 1, self.last)


def joints(reading: Reading, tongue: Tongue, sentence: int, hits: Row) -> list[Link]:
    """Where two deeds may be joined without a word of their own: an "and" joined to the deed, a headline's comma."""
    first, last = reading.sentences[sentence]
    joined = number_words(tongue).clitic_and
    told = (*hits.groups.get("act", ()), *hits.groups.get("weapon", ()))
    at = {h.first for h in told if joined and reading.word(h.first).startswith(joined)}
    ands = frozenset[int]()
    if sentence < reading.title:
        at |= {i + 1 for i in range(first, last - 1) if set(reading.between(i)) & _MARKS}
        words = number_words(tongue).joins
        ands = frozenset(i for i in range(first + 1, last) if reading.word(i) in words)
    return [Link(i, i + (i in ands), strong=False) for i in at | ands if i > first]


def other_days(reading: Reading, tongue: Tongue, dates: Sequence[Dated]) -> list[Link]:
    """Where a sentence goes on with another day: "hit A on Tuesday, and on Wednesday fell on B"."""
    told = [d for d in dates if d.day and d.precision == 1 and not (d.future or d.past or d.span)]
    told = [d for d in told if not date_of_line(d.first, d.last, reading)]
    found: list[Link] = []
    joins = number_words(tongue).joins
    for before, dated in pairwise(told):
        if dated.day == before.day:
            continue
        for at in range(dated.first, max(dated.first - 3, before.last), -1):
            worded = reading.word(at - 1) in joins
            if worded or set(reading.between(at - 1)) & _MARKS:
                found.append(Link(at - worded, at, strong=False, dated=True))
                break
    return found


_MARKS = frozenset(",;،؛")


def two_deeds(left: Row, right: Row) -> bool:
    """Whether both sides tell a deed at a place of its own, and deeds that cannot be one."""
    kinds = [kinds_of(part) for part in (left, right)]
    if not kinds[0] or not kinds[1] or kinds[0] & kinds[1]:
        return False
    return two_places(left, right)


def two_places(left: Row, right: Row) -> bool:
    """Whether both sides name an exact place, none of which can be one of the other side's."""
    spots = [_innermost(part) for part in (left, right)]
    if not all(spots):
        return False
    return not any(within(a, b) or within(b, a) for a in spots[0] for b in spots[1])


def _innermost(part: Row) -> list[Place]:
    """The exact places of a part without those that only tell where another one lies: the town, not its province."""
    places = [h.meaning for h in part.places if isinstance(h.meaning, Place) and _exact(h.meaning)]
    return [p for p in places if not any(within(q, p) and not within(p, q) for q in places)]


def _exact(place: Place) -> bool:
    """Whether a place is more than the country."""
    return place.type not in ("country", "region")


def kinds_of(hits: Row) -> set[str]:
    """The kinds of deeds that a part tells, as far as they set events apart; none where a general word leaves it open."""
    if hits.of("intercept"):
        return {"downed"}  # what was shot down struck nothing there
    found = set()
    for hit in (*hits.groups.get("act", ()), *hits.groups.get("weapon", ())):
        if isinstance(hit.meaning, Concept) and not hit.meaning.generic and hit.meaning.type in _KINDS:
            found.add(_KINDS[hit.meaning.type])
        elif hit.key in _BY_KEY:
            found.add(_BY_KEY[hit.key])
    return found if found.isdisjoint({"air", "guns", "blast"}) else found - {"found"}  # a hideout was bombed


def kind_of(frame: Frame) -> str:
    """The kind of a frame's deed, as far as it sets events apart; empty where it does not."""
    return _KINDS.get(frame.type, "")


def kinds_told(frame: Frame) -> set[str]:
    """The kinds of all deeds that a frame's words name, whatever its weapons could do: a headline may list several."""
    acts = (h.meaning for h in frame.hits.groups.get("act", ()))
    named = {_KINDS.get(m.type, "") for m in acts if isinstance(m, Concept) and not m.generic}
    keyed = {_BY_KEY.get(h.key, "") for h in frame.hits.groups.get("act", ())}
    return (named | keyed | {kind_of(frame)}) - {""}


_BY_KEY = {"explosion": "blast", "raid": "police"}
"""General deeds that are of one kind all the same."""
_KINDS = {
    "Remote explosive/landmine/IED": "blast",
    "Suicide bomb": "blast",
    "Grenade": "blast",
    "Looting/property destruction": "burnt",
    "Air/drone strike": "air",
    "Shelling/artillery/missile attack": "guns",
    "Arrests": "police",
    "Disrupted weapons use": "found",
    "Peaceful protest": "crowd",
    "Protest with intervention": "crowd",
    "Violent demonstration": "riot",
    "Excessive force against protesters": "fired",
    "Abduction/forced disappearance": "abduction",
    "Armed clash": "fight",
    "Attack": "fight",
    "Government regains territory": "fight",
    "Non-state actor overtakes territory": "fight",
}
