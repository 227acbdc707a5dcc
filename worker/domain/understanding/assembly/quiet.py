"""What moves and deals come to: a town taken, a transfer; and which stand beside the violence that a text tells."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.assembly.apart import struck_deal
from worker.domain.understanding.assembly.draft import Draft
from worker.domain.understanding.sentence.families import GROUND, TRANSFER
from worker.domain.understanding.who.pruning import REBELS
from worker.domain.understanding.words.meanings import Actor

SETTLED = frozenset({"Agreement", "Headquarters or base established", TRANSFER})


def beside_violence(events: list[Draft]) -> list[Draft]:
    """Leave out the moves and deals of a text that tells violence, but for those told for their own sake."""
    if all(_quiet(e) for e in events):
        return events
    return [e for e in events if not _quiet(e) or _own_sake(e)]


def _quiet(event: Draft) -> bool:
    """Whether an event is but a move, a deal, a crowd."""
    return all(f.quiet or f.support for f in event.frames)


def _own_sake(event: Draft) -> bool:
    """Whether it is told for its own sake.

    A deal struck on a day of its own is; a truce or a new base that has its day and its place, or heads the
    text; and what a round-up gives a line with place and day.
    """
    if any(struck_deal(f) for f in event.frames):
        return True
    if event.day is None:
        return False
    if event.place and any(f.entry > 0 and not f.support for f in event.frames):
        return True
    headed = event.type == "Agreement" and any(f.title or f.lead for f in event.frames)
    return event.type in SETTLED and (headed or event.place is not None)


def settle_ground(events: Sequence[Draft]) -> None:
    """Tell a town taken, and a transfer, from a mere move.

    A transfer is told where one side's forces left a place and another's came, and no fight is told.
    """
    for event in events:
        if event.type not in GROUND | {"Change to group/activity"} or event.tolls:
            continue
        keys = {key for f in event.frames for key in f.hits.keys}
        left = "withdraw" in keys
        came = any(h.key in _CAME for f in event.frames for h in f.triggers)
        parties = {a for f in event.frames for a in (*f.actors, *f.targets)}
        named = {
            h.meaning.coarse for f in event.frames for h in f.hits.actors if isinstance(h.meaning, Actor)
        }
        if event.type not in GROUND and _came_to_stay(event, parties):
            event.type = "Non-state actor overtakes territory"
            continue
        sides = {_SIDES[a] for a in parties | named if a in _SIDES}
        calm = keys.isdisjoint(_FOUGHT) or "bloodless" in keys
        if (
            (left or "bloodless" in keys)
            and came
            and len(sides) > 1
            and calm
            and (parties | named).isdisjoint(REBELS)
        ):
            event.type = TRANSFER


def _came_to_stay(event: Draft, parties: set[str]) -> bool:
    """Whether rebels alone are told to have entered a town: "Islamic State enters Baghdadi"."""
    place = event.place
    entered = any(h.key == "enter" for f in event.frames for h in f.triggers)
    town = place is not None and place.inside and not place.near and place.place.type in _TOWNS
    return entered and town and bool(parties) and parties <= {"isis"}


_TOWNS = frozenset({"town", "district", "subdistrict", "village"})
_CAME = frozenset({"take_ground", "retake", "enter", "advance", "deploy", "overrun"})
_FOUGHT = frozenset({"clash", "shooting", "attack", "killed", "wounded", "shelling", "airstrike", "storm"})
_SIDES = {
    "peshmerga": "kurds",
    "coalition": "abroad",
    "us_forces": "abroad",
    "turkish_forces": "turks",
} | dict.fromkeys(
    ("iraqi_army", "iraqi_forces", "federal_police", "cts", "hashd", "soldiers", "police"), "state"
)
"""Whose forces hold a place."""
