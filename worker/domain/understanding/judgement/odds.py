"""The odds of kinds, parties, arms and watch terms, by all that the words of a text stand for.

A rule reads a deed and its parties off the few words that tell them; reporters choose among many more. What
else a text speaks of (a ransom, a crowd, craters, a flag) still tells what it is about. Linear models over
the concepts that a text names, learned from labelled ones, say how likely each answer is; what they hold
for sure or for impossible corrects the rules (`weighing`, `parties`, `terms`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from worker.domain.understanding.judgement.model import Features, Linear, load_linear
from worker.domain.understanding.words.reading import Hit

OWN = "own:"
"""Before the concepts of an event's own sentences."""


def of_text(hits: Iterable[Hit]) -> Features:
    """What words stand for, places and countries aside: each counts once, however often it is said."""
    return {h.key: 1.0 for h in hits if h.group != "geo"}


def of_event(text: Features, kind: str, own: Iterable[Hit], *, several: bool) -> Features:
    """The concepts of a text, and what is an event's own: its kind, its sentences' concepts, whether there are others."""
    mine = {f"{OWN}{h.key}": 1.0 for h in own if h.group != "geo"}
    return {**text, **mine, f"type:{kind}": 1.0, "several": float(several)}


RICH = 16
"""Concepts that a text must name before its odds say more than the rules: those of a bare report say what is common."""


FULL = 24
"""Concepts from which on a text says nearly all that it is about."""

Models = Mapping[str, Linear]
"""A model for each answer that was common enough to learn; without any, nothing is likely or unlikely."""


def chances(models: Models, seen: Features) -> dict[str, float]:
    """How likely each answer is, 0 to 1."""
    return {name: model.probability(seen) for name, model in models.items()}


@dataclass(frozen=True, slots=True)
class Odds:
    """What is asked of a text and of its events."""

    types: Models
    terms: Models
    actors: Models
    targets: Models
    weapons: Models

    def of(self, text: Features) -> Odds:
        """What the odds of a text of these concepts say; nothing of a bare one."""
        return self if len(text) >= RICH else _SILENT


def share(model: Linear, hits: Iterable[Hit]) -> float:
    """How much words speak for an answer."""
    return sum(model.weights.get(key, 0.0) for key in of_text(hits))


def strongest(model: Linear, hits: Sequence[Hit], least: float) -> Hit | None:
    """The word that speaks most for an answer, if any speaks for it so much."""
    best = max(hits, key=lambda h: _weight(model, h), default=None)
    return best if best is not None and _weight(model, best) >= least else None


def _weight(model: Linear, hit: Hit) -> float:
    return model.weights.get(hit.key, 0.0) + model.weights.get(OWN + hit.key, 0.0)


FAMILIES = tuple(field.name for field in fields(Odds))


def load_odds(data: Mapping[str, Any]) -> Odds:
    """From the JSON of `odds_model.json`."""
    return Odds(**{f: {n: load_linear(m) for n, m in (data.get(f) or {}).items()} for f in FAMILIES})


_SILENT = load_odds({})
