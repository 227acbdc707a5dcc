"""Fits the odds of kinds, watch terms, parties, targets and arms to texts that were coded in full.

Deterministic, like the models of relevance: the same items and lexicon give the same weights. Some dozens of
items tell nothing of a hundred answers, so that there is no way to move the weights that ship: thousands of
coded items make them anew.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from worker.domain.model import Document
from worker.domain.understanding.analyser import Analyser, Understood
from worker.domain.understanding.assembly.events import build
from worker.domain.understanding.judgement.model import Features, dump_linear, fit
from worker.domain.understanding.judgement.odds import of_event
from worker.errors import ConfigError
from worker.services.analyse import event_row
from worker.services.evaluate import pair

LEAST = 1000
"""Fewer coded items than this give no odds."""
COMMON = 30
"""An answer that fewer texts or events have is too rare to learn."""
COMMON_OF_EVENTS = 15
RIDGE = 1.0
SWEEPS = 25
SMALL = 0.1
"""Weights below this are left out: they move no chance by a hundredth."""


@dataclass(frozen=True, slots=True)
class Coded:
    """One item with its terms and events, as the labelled sets have them."""

    document: Document
    terms: frozenset[str]
    events: Sequence[Mapping[str, Any]]


def train_odds(analyser: Analyser, models: Mapping[str, Any], items: Iterable[Coded]) -> dict[str, Any]:
    """The JSON of `odds_model.json`: a model for each answer by family.

    `analyser` reads the texts; `models` are the weights of relevance and kind that go with them. Raises
    `ConfigError` where there is too little to learn from.
    """
    texts = [(item, analyser.understand(item.document)) for item in items]
    if len(texts) < LEAST:
        raise ConfigError(
            f"{len(texts)} coded items are too few for the odds of kinds and parties",
            remedy=f"give at least {LEAST} with their events and terms",
        )
    rows = [(seen.concepts, item) for item, seen in texts]
    odds: dict[str, Any] = {
        "types": _family([(f, {e["sub_event_type"] for e in i.events}) for f, i in rows], COMMON),
        "terms": _family([(f, i.terms) for f, i in rows], COMMON),
    }
    coder = Analyser(analyser.lexicon, {**models, "odds": odds})
    events = [row for item, seen in texts if item.events for row in _events(coder, seen, item.events)]
    for field in ("actors", "targets", "weapons"):
        odds[field] = _family([(f, set(gold[field])) for f, gold in events], COMMON_OF_EVENTS)
    return odds


def odds_json(odds: Mapping[str, Any]) -> str:
    """The file's text, one answer a line, so that a new training shows as a small diff."""
    families = []
    for family, models in odds.items():
        lines = ",\n".join(
            f"  {json.dumps(name)}: {json.dumps(model, ensure_ascii=False, separators=(',', ':'))}"
            for name, model in models.items()
        )
        families.append(f" {json.dumps(family)}: {{\n{lines}\n }}")
    return "{\n" + ",\n".join(families) + "\n}\n"


def _events(
    coder: Analyser, seen: Understood, labelled: Sequence[Mapping[str, Any]]
) -> list[tuple[Features, Mapping[str, Any]]]:
    """The features of each event that was found, with the labelled one that it is."""
    drafts, _ = coder.found(seen)
    rows = [{"number": i, **event_row(build(seen.scene, d, 1.0))} for i, d in enumerate(drafts)]
    found = []
    for gold, row in pair(labelled, rows):
        sentences = {f.sentence for f in drafts[row["number"]].frames}
        own = [h for i in sorted(sentences) for h in seen.reading.of(i)]
        found.append((of_event(seen.concepts, row["sub_event_type"], own, several=len(drafts) > 1), gold))
    return found


def _family(rows: Sequence[tuple[Features, Iterable[str]]], common: int) -> dict[str, Any]:
    """A model for each answer that is common enough."""
    sets = [(features, frozenset(answers)) for features, answers in rows]
    counts = Counter(answer for _, answers in sets for answer in answers)
    texts = Counter(name for features, _ in sets for name in features)
    known = [({n: v for n, v in f.items() if texts[n] >= RARE}, a) for f, a in sets]
    found = {}
    for answer in sorted(a for a, n in counts.items() if n >= common):
        model = fit([(f, answer in a, 1.0) for f, a in known], ridge=RIDGE, sweeps=SWEEPS)
        found[answer] = dump_linear(model, least=SMALL)
    return found


RARE = 3
"""Texts that must have a concept before it counts."""
