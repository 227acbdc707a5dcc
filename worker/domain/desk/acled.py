"""A story as one row under ACLED's column names, for the tools that take them.

Source of the columns: ACLED codebook and export, 2023. What nobody reported stays empty: ACLED's coders
write 0 fatalities where none are mentioned, Marsad leaves the difference between none and unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from worker.domain.model import Story
from worker.domain.vocabulary import ACTORS, INTERACTION, WEAPONS

KINDS: dict[str, type] = {
    "event_id_cnty": str,
    "event_date": date,
    "year": int,
    "time_precision": int,
    "disorder_type": str,
    "event_type": str,
    "sub_event_type": str,
    "actor1": str,
    "assoc_actor_1": str,
    "inter1": int,
    "actor2": str,
    "inter2": int,
    "interaction": int,
    "iso": int,
    "region": str,
    "country": str,
    "admin1": str,
    "location": str,
    "latitude": float,
    "longitude": float,
    "geo_precision": int,
    "source": str,
    "notes": str,
    "fatalities": int,
    "tags": str,
    "timestamp": datetime,
}
COLUMNS = tuple(KINDS)
_DEMONSTRATIONS = {"Protests": "Demonstrations", "Riots": "Demonstrations"}


def row_of(story: Story) -> dict[str, Any]:
    """One row; a story without an event gives a row without codes."""
    event = story.event
    row: dict[str, Any] = dict.fromkeys(COLUMNS)
    row |= {
        "event_id_cnty": f"MRS{story.id}",
        "iso": 368,
        "region": "Middle East",
        "country": "Iraq",
        "source": "; ".join(story.sources),
        "notes": story.gist,
        "timestamp": story.updated_at,
    }
    if event is None:
        return row
    actors: Sequence[str] = event.actors
    first, second = ([*actors, None, None])[:2]
    codes = [INTERACTION.get(a) if a else None for a in (first, second)]
    tags = [f"weapon={WEAPONS.get(w, w)}" for w in event.weapons]
    tags += [word for word, holds in (("foiled", event.foiled), ("denied", event.denied)) if holds]
    tags += [f"wounded={event.wounded}"] if event.wounded is not None else []
    tags += [f"corroboration={story.corroboration}"]
    return row | {
        "event_date": event.date,
        "year": event.date.year if event.date else None,
        "time_precision": event.date_precision,
        "disorder_type": _disorder(event.event_type),
        "event_type": event.event_type,
        "sub_event_type": event.sub_event_type,
        "actor1": ACTORS.get(first, first) if first else None,
        "assoc_actor_1": "; ".join(ACTORS.get(a, a) for a in actors[2:]) or None,
        "inter1": codes[0],
        "actor2": ACTORS.get(second, second) if second else None,
        "inter2": codes[1],
        "interaction": _interaction(codes),
        "admin1": event.governorate,
        "location": event.place,
        "latitude": event.lat,
        "longitude": event.lon,
        "geo_precision": event.geo_precision,
        "fatalities": event.killed,
        "tags": "; ".join(tags),
    }


def _disorder(event_type: str) -> str:
    if event_type == "Strategic developments":
        return event_type
    return _DEMONSTRATIONS.get(event_type, "Political violence")


def _interaction(codes: Sequence[int | None]) -> int | None:
    """ACLED's two digits, the smaller first; one actor alone is tens."""
    known = sorted(code for code in codes if code is not None)
    if len(known) == 2:
        return known[0] * 10 + known[1]
    return known[0] * 10 if known else None
