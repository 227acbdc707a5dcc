"""A further sentence that recalls what happened on another day close by: "on Wednesday an officer had been shot there"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worker.domain.understanding.sentence.frame import AIR, ATTACK, BOMB, CLASH, DISRUPTED, SHELLING, Frame

if TYPE_CHECKING:
    from worker.domain.understanding.assembly.draft import Draft

_DAYS = 10
"""Days between two deeds within which a report tells both as news; older ones are background."""
_DEEDS = frozenset(
    {AIR, ATTACK, BOMB, CLASH, DISRUPTED, SHELLING, "Suicide bomb", "Grenade", "Chemical weapon"}
    | {"Excessive force against protesters", "Violent demonstration", "Mob violence", "Peaceful protest"}
    | {"Protest with intervention", "Abduction/forced disappearance", "Arrests"}
    | {"Looting/property destruction", "Government regains territory", "Non-state actor overtakes territory"}
)
_NO_NEWS = frozenset(
    {"plan", "warning", "anniversary", "trial", "drill", "nothing_happened", "denial", "analysis"}
    | {"investigation", "toll_background"}
)
"""Signs of a sentence that tells what was said or done about a deed on that day."""


_REVISED = frozenset({"correction", "toll_now", "died_later"})


def on_another_day(event: Draft, frame: Frame) -> bool:
    """Whether a further sentence dates a deed of its own to another day than the one told before.

    A day apart is not enough, for a night lies between two days, unless the text says "already" or "also".
    """
    dated = frame.dated
    if frame.title or frame.lead or frame.support or dated is None or frame.day is None:
        return False
    if any(not f.hits.keys.isdisjoint(_REVISED) for f in event.frames):
        return False  # a day on which the toll rose; the deed itself is told again
    if event.day is None or frame.foreign or frame.past or frame.quiet or frame.type not in _DEEDS:
        return False
    if dated.weak or dated.span or dated.precision != 1 or event.weak_day or event.day_precision != 1:
        return False
    apart = abs((event.day - frame.day).days)
    if not 1 <= apart <= _DAYS or (apart == 1 and not (is_already(frame) or _in_another_place(event, frame))):
        return False
    return _NO_NEWS.isdisjoint(frame.signs) and _tells_a_deed(frame)


def _in_another_place(event: Draft, frame: Frame) -> bool:
    """Whether a deed of another kind, with its own dead, stands behind a place that opens its sentence: "In Daquq on Sunday"."""
    place = frame.place
    if place is None or frame.type == event.type or place.first - frame.hits[0].first > 1:
        return False
    known = event.tolls.get("killed")
    own = any(
        t.value and t.kind == "killed" and (known is None or known.value != t.value) for t in frame.tolls
    )
    return own and all(f.place is None or f.place.place.id != place.place.id for f in event.frames)


def is_already(frame: Frame) -> bool:
    """Whether "already" or "also" stands beside the day: "on Thursday already", of a deed like the one before."""
    dated = frame.dated
    if dated is None or frame.title or frame.lead:
        return False
    return any(
        -2 <= h.first - dated.last <= 1 or -1 <= dated.first - h.last <= 2 for h in frame.hits.of("already")
    )


def _tells_a_deed(frame: Frame) -> bool:
    """Whether the sentence tells who did what to whom, or what it cost; a bare "attack" is but named again."""
    if any(t.value for t in frame.tolls):
        return True
    if not frame.generic:
        return frame.strength > 1.0
    if frame.trigger.key in ("attack", "operation"):
        return False
    return is_already(frame) or (bool(frame.targets) and (bool(frame.actors) or frame.place is not None))
