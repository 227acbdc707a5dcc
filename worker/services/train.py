"""Fits the two linear models of relevance and kind to labelled items, an analyst's feedback included.

Deterministic: the same items and lexicon give the same weights. Some dozens of items of one's own move the
weights that ship a little; they would make poor ones alone. Thousands of items make weights anew: there,
margins of items that a fold did not see calibrate the probabilities (Platt), so that a confidence of .8 is
right in about 8 of 10.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from worker.domain.model import Document
from worker.domain.understanding.analyser import Analyser
from worker.domain.understanding.judgement.model import (
    RIDGE,
    Features,
    Linear,
    calibrate,
    dump_linear,
    fit,
    load_linear,
)
from worker.domain.understanding.judgement.relevance import concepts_alone, is_small
from worker.domain.understanding.where.iraq import names_iraq
from worker.errors import ConfigError

FOLDS = 5
LEAST = 40
"""Fewer labelled items than this say too little."""
SMALL_TEXTS = 3
"""A word or a pair counts from this many texts on."""
SMALL_WEIGHT = 0.06
"""Words and pairs that weigh less are left out."""
STIFFNESS = 10.0
"""The penalty that holds weights to those begun from; those were fitted to some 5,000 items."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled item, ready to be read."""

    id: str
    document: Document
    relevant: bool
    incident: bool
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Trained:
    """The models as JSON, and how well each does on items that it did not see (cross-validated)."""

    models: Mapping[str, Any]
    items: int
    accuracy: Mapping[str, float]
    before: Mapping[str, float]
    """The same of the models begun from; empty where there were none."""
    reliability: Mapping[str, Sequence[tuple[float, float, int]]]
    """For each model: (mean probability, share that was so, items) by tenth of probability."""


def fold_of(identity: str) -> int:
    """A stable fold for an item."""
    return int(hashlib.sha256(f"fold:{identity}".encode()).hexdigest()[:8], 16) % FOLDS


def train_models(
    analyser: Analyser, items: Iterable[Labelled], start: Mapping[str, Any] | None = None
) -> Trained:
    """Fit both models, moving those of `start` (their JSON) where it is given.

    Raises `ConfigError` where there is too little to learn from.
    """
    rows = [
        (item, features) for item in items if (features := _features(analyser, item.document)) is not None
    ]
    if len(rows) < LEAST or len({i.relevant for i, _ in rows}) < 2:
        raise ConfigError(
            f"{len(rows)} labelled items that name Iraq are too few",
            remedy=f"give at least {LEAST}, of both kinds",
        )
    relevant = [(i.id, f, i.relevant, i.weight) for i, f in rows]
    # Words and pairs tell what a text is about; whether its deed is fresh they tell no better than concepts.
    incident = [(i.id, concepts_alone(f), i.incident, i.weight) for i, f in rows if i.relevant]
    models: dict[str, Any] = {}
    accuracy: dict[str, float] = {}
    before: dict[str, float] = {}
    reliability: dict[str, Sequence[tuple[float, float, int]]] = {}
    for name, examples in (("relevant", relevant), ("incident", incident)):
        begun = load_linear(start[name]) if start else None
        model, points = _fit(examples, begun)
        models[name] = dump_linear(model)
        accuracy[name] = _share_right(points)
        if begun:
            before[name] = _share_right([(begun.probability(f), y) for _, f, y, w in examples if w >= 1])
        reliability[name] = _tenths(points)
    return Trained(models, len(rows), accuracy, before, reliability)


def _share_right(points: Sequence[tuple[float, bool]]) -> float:
    return sum((p >= 0.5) == y for p, y in points) / max(1, len(points))


def _features(analyser: Analyser, document: Document) -> Features | None:
    """The features, None where the text never reaches the models."""
    seen = analyser.understand(document)
    if document.feed_scope != "iraq" and not names_iraq(seen.reading):
        return None
    return seen.features


Example = tuple[str, Features, bool, float]


def _fit(examples: Sequence[Example], start: Linear | None) -> tuple[Linear, list[tuple[float, bool]]]:
    """The model on all examples, and the probabilities by folds that each did not see.

    These calibrate it; one that was begun from another keeps that one's calibration, since few items
    settle none.
    """
    unseen: list[tuple[Linear, Features, bool]] = []
    for fold in range(FOLDS):
        seen = [(f, y, w) for i, f, y, w in examples if fold_of(i) != fold]
        part = _fitted(seen, start)
        unseen += [(part, f, y) for i, f, y, w in examples if fold_of(i) == fold and w >= 1]
    model = _fitted([(f, y, w) for _, f, y, w in examples], start)
    if start:
        return model, [(part.probability(f), y) for part, f, y in unseen]
    margins = [({"margin": part.margin(f)}, y) for part, f, y in unseen]
    scaled = calibrate(Linear({"margin": 1.0}), margins)
    calibrated = Linear(model.weights, model.bias, scaled.scale, scaled.shift)
    return calibrated, [(scaled.probability(f), y) for f, y in margins]


def _fitted(rows: Sequence[tuple[Features, bool, float]], start: Linear | None) -> Linear:
    """A model without the words and pairs that are rare or move little: they would only remember single items."""
    texts = Counter(name for features, _, _ in rows for name in features if is_small(name))
    known = start.weights if start else {}
    rare = {name for name, count in texts.items() if count < SMALL_TEXTS and name not in known}
    model = fit(
        [({n: v for n, v in f.items() if n not in rare}, y, w) for f, y, w in rows],
        start=start,
        ridge=STIFFNESS if start else RIDGE,
    )
    kept = {n: w for n, w in model.weights.items() if not is_small(n) or abs(w) >= SMALL_WEIGHT}
    return Linear(kept, model.bias, model.scale, model.shift)


def _tenths(points: Sequence[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """The reliability diagram's points."""
    found = []
    for tenth in range(10):
        inside = [
            (p, y) for p, y in points if tenth / 10 <= p < (tenth + 1) / 10 or (tenth == 9 and p == 1.0)
        ]
        if inside:
            mean = sum(p for p, _ in inside) / len(inside)
            found.append((round(mean, 3), round(sum(y for _, y in inside) / len(inside), 3), len(inside)))
    return found
