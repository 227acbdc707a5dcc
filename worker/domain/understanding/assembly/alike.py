"""Events of a text that are another view of one that it tells better: the raid that made an arrest, a captive's release."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.assembly.draft import Draft, same_spot
from worker.domain.understanding.sentence.families import ABDUCTION, BLASTS, FIGHTS
from worker.domain.understanding.sentence.frame import AIR, ATTACK, DISRUPTED, SHELLING, Frame


def shot_at_crowd(event: Draft) -> bool:
    """Whether the sentences of an event together tell that guards or forces fired at a crowd: one names the crowd, another the dead."""
    if event.type not in (*FIGHTS, "Peaceful protest") or event.count is not None:
        return False
    if not any(t.value for t in event.tolls.values()):
        return False
    keys = {key for f in event.frames if not f.support for key in f.hits.keys}
    if keys.isdisjoint({"protesters", "protest"}) or keys.isdisjoint(
        {"shooting", "small_arms", "fire_on_crowd"}
    ):
        return False
    return not keys.isdisjoint(_SHOOTERS) and keys.isdisjoint(_NO_CROWD)


def fired_at_gathering(event: Draft, frame: Frame) -> bool:
    """Whether the sentence behind a gathering tells who opened fire, and nothing of another place or day."""
    if event.type != "Peaceful protest" or frame.type not in FIGHTS or frame.trigger.key != "shooting":
        return False
    if frame.place or frame.day or frame.title or not 0 <= frame.sentence - event.frames[-1].sentence <= 1:
        return False
    return not frame.hits.keys.isdisjoint(_SHOOTERS | GUNMEN)


_SHOOTERS = frozenset({"guards", "police", "security_forces", "army", "police_force", "fire_on_crowd"})
GUNMEN = frozenset({"gunmen", "strangers", "actor:unknown_gunmen"})
"""Who fires at a crowd and is not of the state."""
_NO_CROWD = GUNMEN | frozenset(
    {
        "militants",
        "riot",
        "arson",
        "storm",
        "clash",
        "ambush",
        "assassination",
        "funeral",
    }
)


def clans_fought(event: Draft) -> bool:
    """Whether an attack is told of two clans, who fight: "a quarrel between two tribes left three dead"."""
    if event.type != ATTACK or not any(t.value for t in event.tolls.values()):
        return False
    own = [f for f in event.frames if not f.support]
    clans = any("tribal_gunmen" in f.actors and "mutual" in f.hits.keys for f in own)
    return clans and not any({"official", "police", "soldiers", "journalist"} & f.targets.keys() for f in own)


_SEARCHES = frozenset({"raid", "operation"})
_CAME_OF_IT = frozenset({"Arrests", DISRUPTED, AIR, SHELLING})
"""What a raid or an operation is told to have been, in the sentence behind it."""


def only_searched(event: Draft, frame: Frame) -> bool:
    """Whether an event is but a raid or an operation, and the sentence behind it tells what that was.

    "Air landing south-west of Kirkuk. Counter-terrorism force seizes a financier", "announced an operation. In it
    guns pounded the heights of Sidakan".
    """
    if frame.type not in _CAME_OF_IT or frame.generic or event.tolls or "separate" in frame.signs:
        return False
    own = [f for f in event.frames if not f.support]
    searches = [f for f in own if f.generic and f.trigger.key in _SEARCHES and not f.weapons]
    if (
        event.count is not None
        or not searches
        or not all(f in searches or (f.title and f.type in FIGHTS) for f in own)
    ):
        return False
    if frame.sentence - event.frames[-1].sentence > 1:
        return False
    if event.day and frame.day and event.day != frame.day:
        return False
    return event.place is None or frame.place is None or same_spot(event.place, frame.place)


def become(event: Draft, frame: Frame) -> None:
    """Let an event be what a frame tells."""
    event.type, event.rank, event.generic = frame.type, frame.rank, frame.generic


def without_second_views(events: list[Draft]) -> list[Draft]:
    """Leave out what another event tells better.

    Releases beside the abduction that they end, a headline's capture that the text tells as an abduction, and an
    opening that names the places of several blows without their cost, where the text goes on to tell them one by one.
    """
    events = _without_openings(events)
    taken = [e for e in events if e.type == ABDUCTION]
    if not taken:
        return events
    return [e for e in events if not (_only_released(e) or _called_capture(e, taken))]


def _without_openings(events: list[Draft]) -> list[Draft]:
    """Leave out blows that headline or first sentence alone tell, of places whose blows further sentences tell."""
    told = [e for e in events if e.type in BLASTS and not any(f.title or f.lead for f in e.frames)]
    if len(told) < 2:
        return events
    kept: list[Draft] = []
    for event in events:
        again = next((e for e in told if e is not event and _covers(e, event)), None)
        if again is None:
            kept.append(event)
        else:
            again.frames += [f for f in event.frames if not f.support]  # who is said to have struck holds
            if again.day is None and event.day:
                again.day, again.day_precision, again.dated_at = (
                    event.day,
                    event.day_precision,
                    event.dated_at,
                )
    return kept


def _covers(event: Draft, opening: Draft) -> bool:
    """Whether an event is one that an opening without any toll named before."""
    own = [f for f in opening.frames if not f.support]
    if opening.type not in BLASTS | FIGHTS or opening.tolls or opening.count is not None:
        return False
    if not all(f.title or f.lead for f in own) or opening.place is None or event.place is None:
        return False
    if opening.day and event.day and opening.day != event.day:
        return False
    first, second = opening.place.place, event.place.place
    return same_spot(opening.place, event.place) or (
        first.district != "" and (first.governorate, first.district) == (second.governorate, second.district)
    )


def _only_released(event: Draft) -> bool:
    """Whether an event is but that captives were let go."""
    return event.type == "Other" and all(f.trigger.key == "release" or f.support for f in event.frames)


def _called_capture(event: Draft, taken: Sequence[Draft]) -> bool:
    """Whether a headline alone tells of men captured, by nobody of the state, and the text tells who carried them off."""
    own = [f for f in event.frames if not f.support]
    if event.type != "Arrests" or not all(f.title for f in own) or any(f.actors for f in own):
        return False
    return any(e.place is None or event.place is None or same_spot(e.place, event.place) for e in taken)
