"""Scores analyses against labels: precision, recall and F1 for every field, as the acceptance test counts.

An item without an analysis counts as judged not relevant. Events of an item are paired so that the
pairs fit best, the type weighing most; strict means type, place (or governorate), date and dead right.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any

Row = Mapping[str, Any]
LISTS = ("actors", "targets", "weapons")
SINGLE = ("date", "governorate", "killed", "wounded", "count")
KINDS = ("incident", "context", "other")
_EXACT_PAIRING = 5
"""With more events than this on a side pairing is greedy."""
_SMALL_WORDS = frozenset(
    [
        "al",
        "el",
        "ad",
        "as",
        "ar",
        "an",
        "ash",
        "the",
        "of",
        "city",
        "district",
        "town",
        "village",
        "province",
    ]
) | frozenset(["governorate", "near", "area"])


@dataclass(frozen=True, slots=True)
class Score:
    """How well one thing was found; `support` is how often the labels have it."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class Table:
    """Scores by name, shares that were right, and the items with an error."""

    scores: Mapping[str, Score]
    language: float
    evidence: float
    stories: Score | None
    misses: Sequence[tuple[str, Sequence[str]]]


def f_score(right: int, surplus: int, missed: int) -> Score:
    """Precision, recall and F1; nothing to find and nothing found is perfect."""
    precision = right / (right + surplus) if right + surplus else float(not missed)
    recall = right / (right + missed) if right + missed else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Score(precision, recall, f1, right + missed)


def place_words(name: str | None) -> str:
    """A place's name without case, accents, articles and words such as district."""
    plain = unicodedata.normalize("NFKD", name or "").lower()
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("'", "")
    return " ".join(w for w in re.sub(r"[^\w\s]", " ", plain).split() if w not in _SMALL_WORDS)


def same_place(first: str | None, second: str | None) -> bool:
    """Whether two names are one place: equal, one within the other, or four fifths alike."""
    a, b = place_words(first), place_words(second)
    if not a or not b:
        return a == b
    one, two = set(a.split()), set(b.split())
    return a == b or one <= two or two <= one or difflib.SequenceMatcher(None, a, b).ratio() >= 0.8


def likeness(gold: Row, found: Row) -> float:
    """How well a found event fits a labelled one."""
    fit: float = 4.0 * (gold["sub_event_type"] == found.get("sub_event_type"))
    fit += same_place(gold.get("place"), found.get("place"))
    fit += 0.5 * sum(gold.get(key) == found.get(key) for key in SINGLE)
    for key in LISTS:
        a, b = set(gold.get(key) or ()), set(found.get(key) or ())
        fit += 0.5 * (len(a & b) / len(a | b) if a | b else 1.0)
    return fit


def pair(golds: Sequence[Row], founds: Sequence[Row]) -> list[tuple[Row, Row]]:
    """The one-to-one pairing of labelled and found events that fits best."""
    if max(len(golds), len(founds)) > _EXACT_PAIRING:
        free, pairs = list(founds), []
        for gold in golds:
            if free:
                best = max(free, key=lambda f: likeness(gold, f))
                free.remove(best)
                pairs.append((gold, best))
        return pairs
    if len(golds) <= len(founds):
        ways = [list(zip(golds, order, strict=True)) for order in permutations(founds, len(golds))]
    else:
        ways = [list(zip(order, founds, strict=True)) for order in permutations(golds, len(founds))]
    return max(ways, key=lambda way: sum(likeness(g, f) for g, f in way), default=[])


class _Tally:
    """Counts of right, surplus and missed by name."""

    def __init__(self) -> None:
        self.counts: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def sets(self, name: str, want: set[Any], got: set[Any]) -> bool:
        """Compare two sets of values."""
        self.add(name, len(want & got), len(got - want), len(want - got))
        return want == got

    def add(self, name: str, right: int, surplus: int, missed: int) -> None:
        """Add to one name's counts."""
        counts = self.counts[name]
        counts["right"] += right
        counts["surplus"] += surplus
        counts["missed"] += missed

    def scores(self) -> dict[str, Score]:
        """All names' scores."""
        return {n: f_score(c["right"], c["surplus"], c["missed"]) for n, c in sorted(self.counts.items())}


def evaluate(labels: Mapping[str, Row], analyses: Mapping[str, Row]) -> Table:
    """Score analyses against labels, both by id."""
    tally = _Tally()
    langs = [
        analyses[i]["lang"] == gold["lang"] for i, gold in labels.items() if "lang" in analyses.get(i, {})
    ]
    proven: list[bool] = []
    misses: list[tuple[str, Sequence[str]]] = []
    for identity, gold in labels.items():
        found = analyses.get(identity) or {"relevant": False, "kind": "other", "terms": [], "events": []}
        wrong = _item(tally, gold, found)
        wrong += _events(tally, gold.get("events") or [], found.get("events") or [])
        proven += [_proven(event, str(found.get("text") or "")) for event in found.get("events") or []]
        if wrong:
            misses.append((identity, wrong))
    return Table(
        scores=tally.scores(),
        language=sum(langs) / len(langs) if langs else 0.0,
        evidence=sum(proven) / len(proven) if proven else 0.0,
        stories=_stories(labels, analyses),
        misses=misses,
    )


def _item(tally: _Tally, gold: Row, found: Row) -> list[str]:
    """Relevance, kind and terms of one item."""
    wrong = []
    if not tally.sets(
        "relevant", {1} if gold["relevant"] else set(), {1} if found.get("relevant") else set()
    ):
        wrong.append("relevant")
    for kind in KINDS:
        tally.sets(
            f"kind:{kind}",
            {1} if gold["kind"] == kind else set(),
            {1} if found.get("kind") == kind else set(),
        )
    if gold["kind"] != found.get("kind"):
        wrong.append(f"kind: {found.get('kind')} for {gold['kind']}")
    want, got = set(gold["terms"]), set(found.get("terms") or ())
    if not tally.sets("terms", want, got):
        wrong.append(f"terms: missed {sorted(want - got)}, surplus {sorted(got - want)}")
    return wrong


def _events(tally: _Tally, golds: Sequence[Row], founds: Sequence[Row]) -> list[str]:
    """All fields of one item's events."""
    pairs = pair(golds, founds)
    right = sum(g["sub_event_type"] == f.get("sub_event_type") for g, f in pairs)
    tally.add("event:type", right, len(founds) - right, len(golds) - right)
    paired = {id(g) for g, _ in pairs}
    strict = 0
    for gold, found in [*pairs, *((g, {}) for g in golds if id(g) not in paired)]:
        same = same_place(gold.get("place"), found.get("place"))
        if gold.get("place") or found.get("place"):
            both = bool(gold.get("place") and found.get("place") and same)
            tally.add(
                "event:place",
                both,
                bool(found.get("place")) and not both,
                bool(gold.get("place")) and not both,
            )
        for name in SINGLE:
            tally.sets(
                f"event:{name}",
                set() if gold.get(name) is None else {gold[name]},
                set() if found.get(name) is None else {found[name]},
            )
        for name in LISTS:
            tally.sets(f"event:{name}", set(gold.get(name) or ()), set(found.get(name) or ()))
        strict += _strictly(gold, found, same=same)
    tally.add("event:strict", strict, len(founds) - strict, len(golds) - strict)
    if right < max(len(golds), len(founds)):
        have, want = [f.get("sub_event_type") for f in founds], [g["sub_event_type"] for g in golds]
        return [f"events: {have} for {want}"]
    return []


def _strictly(gold: Row, found: Row, *, same: bool) -> bool:
    """Type, place or governorate, date and dead all right."""
    there = same or bool(gold.get("governorate") and gold.get("governorate") == found.get("governorate"))
    fields = ("sub_event_type", "date", "killed")
    return there and all(gold.get(name) == found.get(name) for name in fields)


def _proven(event: Row, text: str) -> bool:
    """Whether an event has evidence and every span of it holds words of the text."""
    spans = event.get("evidence") or []
    return bool(spans) and all(
        0 <= s.get("start", -1) < s.get("end", -1) <= len(text) and text[s["start"] : s["end"]].strip()
        for s in spans
    )


def _stories(labels: Mapping[str, Row], analyses: Mapping[str, Row]) -> Score | None:
    """B-cubed over incidents and whatever else carries a story; None where no label has one."""
    if not any(gold.get("story") for gold in labels.values()):
        return None
    gold = {
        i: g.get("story") or f"own:{i}"
        for i, g in labels.items()
        if g["kind"] == "incident" or g.get("story")
    }
    told = {i: (analyses.get(i) or {}).get("story") or f"own:{i}" for i in gold}
    right, have = defaultdict(set), defaultdict(set)
    for i in gold:
        right[gold[i]].add(i)
        have[told[i]].add(i)
    shared = {i: len(right[gold[i]] & have[told[i]]) for i in gold}
    precision = sum(shared[i] / len(have[told[i]]) for i in gold) / max(len(gold), 1)
    recall = sum(shared[i] / len(right[gold[i]]) for i in gold) / max(len(gold), 1)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Score(precision, recall, f1, len(gold))


def lines(table: Table) -> list[str]:
    """The table as text, one score a line."""
    said = [f"{'':22} {'P':>6} {'R':>6} {'F1':>6} {'n':>5}"]
    rows = dict(table.scores)
    if table.stories:
        rows["story:b3"] = table.stories
    said += [f"{n:22} {s.precision:6.3f} {s.recall:6.3f} {s.f1:6.3f} {s.support:5d}" for n, s in rows.items()]
    return [
        *said,
        f"{'language right':22} {table.language:20.3f}",
        f"{'events with evidence':22} {table.evidence:20.3f}",
    ]
