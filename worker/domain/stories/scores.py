"""Likeness of pairs, worked out once: a second look inside the lock costs only what is new."""

from __future__ import annotations

from itertools import count

from worker.domain.stories.evidence import Likeness
from worker.domain.stories.face import Face
from worker.domain.stories.likeness import cannot_be, compare
from worker.domain.stories.trace import Sight, Trace
from worker.domain.stories.weights import Weights

_MOST_FACES = 6_000
_MOST_PAIRS = 50_000


class Scores:
    """Compares reports and remembers it, within bounds."""

    def __init__(self, weights: Weights) -> None:
        """Compare with these word weights."""
        self.weights = weights
        self._numbers = count(1)
        self._faces: dict[int, Face] = {}
        self._known: dict[tuple[int, int], Likeness] = {}

    def __call__(self, a: Trace, b: Trace) -> Likeness:
        """Compare two reports; the order does not matter."""
        left, right = self.face(a), self.face(b)
        if left.item > right.item:
            left, right = right, left
        key = (left.number, right.number)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _MOST_PAIRS:
                self._known.clear()
            found = self._known[key] = compare(left, right, self.weights)
        return found

    def cannot_be(self, trace: Trace, sight: Sight) -> bool:
        """Whether a report's event keeps it apart from another one for sure."""
        return cannot_be(self.face(trace), sight)

    def face(self, trace: Trace) -> Face:
        """Find what comparing needs of a report; another reading of the item gets a face of its own."""
        face = self._faces.get(trace.item_id)
        if face is None or face.trace is not trace:
            if len(self._faces) >= _MOST_FACES:
                self._faces.clear()
            face = self._faces[trace.item_id] = Face(trace, next(self._numbers))
        return face
