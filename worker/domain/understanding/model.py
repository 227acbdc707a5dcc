"""A small linear model: weights are data, a decision is explained by its strongest features.

Logistic regression over named features, so that nothing needs a download, a GPU or numpy, and so that
an analyst can read why. `fit` is what `marsad train` runs; the weights ship as JSON.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights by feature name, a bias, and the scale that makes the score a calibrated probability."""

    weights: Mapping[str, float]
    bias: float = 0.0
    scale: float = 1.0
    shift: float = 0.0

    def margin(self, features: Features) -> float:
        """The weighed sum; above 0 speaks for."""
        weights = self.weights
        return self.bias + sum(weights.get(name, 0.0) * value for name, value in features.items())

    def probability(self, features: Features) -> float:
        """The calibrated probability, 0 to 1."""
        return _sigmoid(self.scale * self.margin(features) + self.shift)

    def strongest(self, features: Features, most: int = 6) -> list[tuple[str, float]]:
        """The features that moved the decision most, with their share of the sum."""
        shares = [(name, self.weights.get(name, 0.0) * value) for name, value in features.items()]
        return sorted((s for s in shares if abs(s[1]) > 0.05), key=lambda s: -abs(s[1]))[:most]


def load_linear(data: Mapping[str, object]) -> Linear:
    """A model from its JSON form; unknown keys are ignored."""
    weights = data.get("weights")
    numbers = {k: float(str(data.get(k, d))) for k, d in (("bias", 0.0), ("scale", 1.0), ("shift", 0.0))}
    return Linear(
        {str(k): float(v) for k, v in weights.items()} if isinstance(weights, Mapping) else {}, **numbers
    )


def dump_linear(model: Linear) -> dict[str, object]:
    """The JSON form, rounded, small weights left out, sorted so that a new training shows as a small diff."""
    weights = {k: round(v, 3) for k, v in sorted(model.weights.items()) if abs(v) >= 0.005}
    return {
        "bias": round(model.bias, 4),
        "scale": round(model.scale, 4),
        "shift": round(model.shift, 4),
        "weights": weights,
    }


def _sigmoid(x: float) -> float:
    """The logistic function without overflow."""
    if x < 0:
        e = math.exp(max(x, -60.0))
        return e / (1.0 + e)
    return 1.0 / (1.0 + math.exp(-min(x, 60.0)))


def fit(
    rows: Sequence[tuple[Features, bool, float]], *, epochs: int = 60, ridge: float = 0.02, seed: int = 1
) -> Linear:
    """Fit weights by AdaGrad on (features, label, weight) rows; deterministic for a seed."""
    order = list(range(len(rows)))
    shuffle = random.Random(seed).shuffle  # noqa: S311  order of training, no secret
    weights: dict[str, float] = {}
    squares: dict[str, float] = {}
    bias, bias_square = 0.0, 1e-3
    for epoch in range(epochs):
        shuffle(order)
        rate = 0.3 / (1 + epoch / 20)
        for index in order:
            features, label, weight = rows[index]
            margin = bias + sum(weights.get(k, 0.0) * v for k, v in features.items())
            error = (_sigmoid(margin) - label) * weight
            bias_square += error * error
            bias -= rate * error / math.sqrt(bias_square)
            for name, value in features.items():
                gradient = error * value + ridge * weights.get(name, 0.0)
                squares[name] = squares.get(name, 1e-3) + gradient * gradient
                weights[name] = weights.get(name, 0.0) - rate * gradient / math.sqrt(squares[name])
    return Linear(weights, bias)


def calibrate(model: Linear, rows: Sequence[tuple[Features, bool]]) -> Linear:
    """Platt scaling on rows that the weights were not fitted on."""
    points = [(model.margin(f), y) for f, y in rows]
    scale, shift = 1.0, 0.0
    for _ in range(3000):
        d_scale = d_shift = 0.0
        for margin, label in points:
            error = _sigmoid(scale * margin + shift) - label
            d_scale += error * margin
            d_shift += error
        scale -= 0.02 * d_scale / len(points)
        shift -= 0.02 * d_shift / len(points)
    return Linear(model.weights, model.bias, max(scale, 0.05), shift)
