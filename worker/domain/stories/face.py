"""What comparing needs of a report, worked out once: sets, days, folded names, words with their weights."""

from __future__ import annotations

import math
from datetime import datetime
from functools import lru_cache

from worker.domain.model import Event
from worker.domain.stories import signature
from worker.domain.stories.trace import GENERIC, Trace, days, main_event, second_event
from worker.domain.text.fold import fold_key


class Aspect:
    """One event as it is compared."""

    __slots__ = (
        "actors", "broad", "coarse", "day", "event", "exact", "first", "governorate", "last", "lat", "lon", "named",
        "parts", "place", "pointed", "precision", "vague",
    )  # fmt: skip

    def __init__(self, event: Event, at: datetime) -> None:
        """Take an event and when it was told."""
        self.event = event
        self.first, self.last = days(event, at)
        self.day = event.date
        self.vague = event.date is None
        self.exact = event.date is not None and event.date_precision == 1
        """Dated to the day by the report itself."""
        self.precision = precision = event.geo_precision or 1
        self.coarse, self.broad = precision > 1, precision > 2
        self.place, self.governorate = event.place, event.governorate or ""
        self.named, self.parts = _name(event.place or "")
        self.pointed = event.lat is not None and event.lon is not None
        """Whether it lies at a point, which is then given in radians."""
        self.lat, self.lon = math.radians(event.lat or 0.0), math.radians(event.lon or 0.0)
        self.actors = event.actors and tuple(a for a in event.actors if a not in GENERIC)


@lru_cache(maxsize=20_000)
def _name(place: str) -> tuple[str, frozenset[str]]:
    folded = fold_key(place)
    return folded, frozenset(folded.split())


class Face:
    """One report as it is compared; made once for each trace that is looked at."""

    __slots__ = (
        "at", "digits", "era", "events", "group", "item", "kind", "language", "length", "main", "names", "number",
        "numbers", "second", "signature", "text_hash", "title", "trace", "url", "vector",
    )  # fmt: skip

    def __init__(self, trace: Trace, number: int = 0) -> None:
        """Take a trace; `number` tells this face from all others."""
        self.trace, self.number = trace, number
        self.item, self.at = trace.item_id, trace.at.timestamp()
        self.language, self.group, self.kind = trace.language, trace.group, trace.kind
        self.url, self.text_hash = trace.url, trace.text_hash
        self.signature = signature.values(trace.signature)
        self.events = trace.events
        main, second = main_event(trace.events), second_event(trace.events)
        self.main = None if main is None else Aspect(main, trace.at)
        self.second = None if second is None else Aspect(second, trace.at)
        self.title: frozenset[str] = frozenset(trace.title)
        # Places are weighed as places: named once more here, one place in common would count twice.
        self.names: frozenset[str] = frozenset([n for n in trace.names if not n.startswith("place:")])
        self.numbers: frozenset[int] = frozenset(trace.numbers)
        self.digits: frozenset[str] | None = None
        self.era = 0
        """When the words were weighed; see `worker.domain.stories.weights`."""
        self.vector: dict[str, float] = {}
        self.length = 1.0

    def with_digits(self) -> frozenset[str]:
        """Pick the headline's words that hold a digit."""
        if self.digits is None:
            self.digits = frozenset(word for word in self.title if any(map(str.isdigit, word)))
        return self.digits
