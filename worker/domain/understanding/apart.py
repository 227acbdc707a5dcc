"""What a further sentence tells of a deed of its own, or of none: arms found later, launchers, dead in another town."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worker.domain.understanding.frame import AIR, BOMB, DISRUPTED, SHELLING, Frame

if TYPE_CHECKING:
    from worker.domain.understanding.draft import Draft

_BLASTS = frozenset({BOMB, "Suicide bomb", SHELLING, AIR, "Grenade", "Chemical weapon"})


def found_later(event: Draft, frame: Frame) -> bool:
    """Whether arms were found on another day than the blow was struck: troops reached the bombed cave next morning."""
    if frame.trigger.key not in ("seize_arms", "arms_cache") or event.type not in _BLASTS or event.weak_day:
        return False
    return bool(event.day and frame.day and event.day != frame.day)


def other_bomber(event: Draft, frame: Frame) -> bool:
    """Whether a second bomber was stopped while the first one was not."""
    return (
        event.type == "Suicide bomb"
        and frame.type == DISRUPTED
        and {"in_time", "separate"} <= frame.hits.keys
    )


def launchers(event: Draft, frame: Frame) -> bool:
    """Whether what was found is but what the rockets of the text were fired from."""
    found = frame.trigger.key in ("seize_arms", "arms_cache") and event.type == SHELLING
    fired = {arm for f in event.frames for arm in f.weapons}
    return found and bool(frame.weapons) and set(frame.weapons) <= {"rocket", "missile"} & fired


def opens_elsewhere(event: Draft, frame: Frame) -> bool:
    """Whether a further sentence opens with a place of its own and has its own dead: "In Hawija, a soldier died"."""
    place, before = frame.place, [f for f in event.frames if not f.title and not f.support]
    if frame.title or frame.lead or place is None or not before or not place.inside:
        return False
    if place.first - frame.hits[0].first > 1 or any(
        f.place and f.place.place.id == place.place.id for f in before
    ):
        return False
    told = {t.kind: t.value for f in before for t in f.tolls}
    return any(t.value and told.get(t.kind, 0) not in (0, t.value) and not t.latest for t in frame.tolls)
