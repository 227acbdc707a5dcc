"""A small linear model: weights are data, a decision is explained by its strongest features.

Logistic regression over named features, so that nothing needs a download, a GPU or numpy, and so that
an analyst can read why. `fit` is what `marsad train` runs; the weights ship as JSON.
"""

from __future__ import annotations

import math
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
        return self.bias + sum([weights[name] * value for name, value in features.items() if name in weights])

    def probability(self, features: Features) -> float:
        """The calibrated probability, 0 to 1."""
        return _sigmoid(self.scale * self.margin(features) + self.shift)

    def strongest(self, features: Features, most: int = 6) -> list[tuple[str, float]]:
        """The features that moved the decision most, with their share of the sum."""
        weights = self.weights
        shares = [(name, weights[name] * value) for name, value in features.items() if name in weights]
        return sorted((s for s in shares if abs(s[1]) > 0.05), key=lambda s: -abs(s[1]))[:most]


def load_linear(data: Mapping[str, object]) -> Linear:
    """A model from its JSON form; unknown keys are ignored."""
    weights = data.get("weights")
    numbers = {k: float(str(data.get(k, d))) for k, d in (("bias", 0.0), ("scale", 1.0), ("shift", 0.0))}
    return Linear(
        {str(k): float(v) for k, v in weights.items()} if isinstance(weights, Mapping) else {}, **numbers
    )


def dump_linear(model: Linear, least: float = 0.005) -> dict[str, object]:
    """The JSON form, rounded, weights below `least` left out, sorted so that a new training shows as a small diff."""
    weights = {k: round(v, 3) for k, v in sorted(model.weights.items()) if abs(v) >= least}
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


Column = Sequence[tuple[int, float]]
"""The rows that have a feature, with its value."""
RIDGE = 3.3
"""The penalty on weights fitted from nothing."""
_STILL = 1e-4
"""A step that moves a weight less than this is none."""


def fit(
    rows: Sequence[tuple[Features, bool, float]],
    *,
    start: Linear | None = None,
    ridge: float = RIDGE,
    sweeps: int = 60,
) -> Linear:
    """Fit weights by ridge-penalised logistic regression on (features, label, weight) rows.

    Coordinate descent with Newton steps, to convergence: the same rows give the same weights, whatever
    their order. `ridge` is the penalty on half the squared distance of the weights from those of `start`
    (from zero without one), in units of one row. What no row has keeps the weight of `start`.
    """
    begin = start or Linear({})
    columns: dict[str, list[tuple[int, float]]] = {}
    for index, (features, _, _) in enumerate(rows):
        for name, value in features.items():
            columns.setdefault(name, []).append((index, value))
    bias_column = [(index, 1.0) for index in range(len(rows))]
    labels, shares = [float(y) for _, y, _ in rows], [w for _, _, w in rows]
    moved = dict.fromkeys(sorted(columns), 0.0)
    margins, bias = [begin.margin(features) for features, _, _ in rows], 0.0
    for _ in range(sweeps):
        step = _newton(bias_column, labels, shares, margins, bias, ridge if start else 1e-3)
        bias, most = bias + step, abs(step)
        for name in moved:
            step = _newton(columns[name], labels, shares, margins, moved[name], ridge)
            moved[name] += step
            most = max(most, abs(step))
        if most < _STILL:
            break
    weights = {**begin.weights, **{name: begin.weights.get(name, 0.0) + by for name, by in moved.items()}}
    return Linear(weights, begin.bias + bias, begin.scale, begin.shift)


def _newton(
    column: Column,
    labels: Sequence[float],
    shares: Sequence[float],
    margins: list[float],
    moved: float,
    ridge: float,
) -> float:
    """The Newton step of a weight that moved so far, taken into the margins of the rows that have the feature."""
    slope, bend, tanh = ridge * moved, ridge, math.tanh
    for index, x in column:
        p = 0.5 + 0.5 * tanh(0.5 * margins[index])  # the logistic function, without a call of our own
        share = shares[index] * x
        slope += share * (p - labels[index])
        bend += share * p * (1.0 - p) * x
    step = max(-1.0, min(1.0, -slope / bend))
    for index, x in column:
        margins[index] += step * x
    return step


def calibrate(model: Linear, rows: Sequence[tuple[Features, bool]], *, steps: int = 30) -> Linear:
    """Platt scaling on rows that the weights were not fitted on, by Newton's method.

    A single row's weight holds the scale at 1 and the shift at 0, so that few rows settle nothing.
    """
    points = [(model.margin(f), float(y)) for f, y in rows]
    scale, shift = 1.0, 0.0
    for _ in range(steps):
        d_scale, d_shift, ss, st, tt = scale - 1.0, shift, 1.0, 0.0, 1.0
        for margin, label in points:
            p = _sigmoid(scale * margin + shift)
            bend = p * (1.0 - p)
            d_scale += (p - label) * margin
            d_shift += p - label
            ss += bend * margin * margin
            st += bend * margin
            tt += bend
        spread = ss * tt - st * st
        by_scale, by_shift = (tt * d_scale - st * d_shift) / spread, (ss * d_shift - st * d_scale) / spread
        scale, shift = scale - by_scale, shift - by_shift
        if max(abs(by_scale), abs(by_shift)) < _STILL:
            break
    return Linear(model.weights, model.bias, max(scale, 0.05), shift)
