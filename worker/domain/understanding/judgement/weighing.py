"""Events that all the words of a text together make likely or unlikely, whatever the one sentence said.

What the odds hold for sure and no rule found is told in words that no rule knows; what they hold for
impossible was read off words that meant something else, mostly the toll of the deed beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from worker.domain.understanding.assembly.absorb import absorb
from worker.domain.understanding.assembly.draft import Draft, kin, same_spot
from worker.domain.understanding.judgement.model import Linear
from worker.domain.understanding.judgement.odds import Models, share
from worker.domain.understanding.sentence.families import BLASTS
from worker.domain.understanding.sentence.frame import Frame, Scene
from worker.domain.understanding.sentence.supports import support_of
from worker.domain.understanding.where.places import EXACTNESS, Located

SURE = 0.8
"""From this on a kind of deed that no rule found is taken to be told."""
DOUBTED = 0.3
"""Below it an event takes a kind like its own that is sure and that no rule found."""
EVEN = 0.5
"""Below it an event takes the kind that is sure of the sentence which tells it."""
UNLIKELY = 0.1
"""Below it an event takes any such kind."""
UNTOLD = 0.02
"""Below it an event beside others is none of its own."""
BELOW = 0.06
"""Below it an event that neither headline nor first sentence of a full text tells is none, unless it killed somebody."""
NOTHING = 0.01
"""Below it the only event of a text is none, unless it hurt anybody or the text is too bare to tell its place."""
SPOKEN = 2.0
"""How much the words of a sentence must speak for a kind that no rule found there."""


def weighed(
    scene: Scene,
    frames: Sequence[Frame],
    found: Sequence[Draft],
    likely: Mapping[str, float],
    kinds: Models,
    *,
    full: bool,
) -> list[Draft]:
    """The events of a text as the odds correct them: of another kind, part of another one, none, or one more.

    `likely` is the probability of each kind by all the text's words; where it is empty the rules stand. `full`:
    the text names so much that what they leave out is not there.
    """
    if not likely:
        return list(found)
    missing = [t for t, p in likely.items() if p > SURE and all(d.type != t for d in found)]
    _take_kinds(found, missing, likely, kinds)
    sure = [d for d in found if likely.get(d.type, 1.0) >= UNTOLD]
    for event in found:
        kind = None if event in sure else _one_more(event, sure)
        if kind is not None:
            event.type, event.generic = kind, False
            sure.append(event)
    late = [d for d in found if full and likely.get(d.type, 1.0) < BELOW and _told_late(d)]
    kept = [d for d in found if d not in late and (d in sure or _stands(d, found))]
    if not kept:
        return [d for d in found if likely.get(d.type, 1.0) >= NOTHING or d.place is None or _cost(d)]
    for event in found:
        if event not in kept:
            _fold(event, kept)
    for kind in missing:
        _add(scene, frames, kept, kind, likely, kinds[kind])
    return sorted(kept, key=lambda d: d.frames[0].sentence)


def _take_kinds(
    found: Sequence[Draft], missing: list[str], likely: Mapping[str, float], known: Models
) -> None:
    """Give doubtful events, the least likely first, the sure kinds that no rule found; `missing` keeps the others."""
    for event in sorted(found, key=lambda d: likely.get(d.type, 1.0)):
        chance = likely.get(event.type, 1.0)
        kinds = [t for t in missing if chance < (DOUBTED if _alike(event.type, t) else UNLIKELY)]
        if kinds:
            event.type = max(kinds, key=lambda t: sum(share(known[t], f.hits) for f in event.frames))
            event.generic = False
            missing.remove(event.type)


def _add(
    scene: Scene,
    frames: Sequence[Frame],
    kept: list[Draft],
    kind: str,
    likely: Mapping[str, float],
    model: Linear,
) -> None:
    """Add an event of a sure kind, or make one that is much the same of that kind."""
    event = _told_of(scene, frames, kind, model)
    if event is None:
        return
    other = _other_view(event, kept)
    if other is None:
        kept.append(event)
    elif likely.get(other.type, 1.0) < EVEN:
        other.type, other.generic = kind, False


def _cost(event: Draft) -> bool:
    """Whether an event killed or wounded anybody."""
    return any(t.value for t in event.tolls.values())


def _alike(first: str, second: str) -> bool:
    """Whether two kinds of deed are easily taken for each other."""
    return kin(first, second) or {first, second} <= BLASTS


def _one_more(event: Draft, sure: Sequence[Draft]) -> str | None:
    """The kind of the likely blasts whose like an unlikely one is: it killed somebody in another district."""
    dead, spot = event.tolls.get("killed"), event.place
    if not (dead and dead.value) or spot is None or all(f.title for f in event.frames):
        return None
    alike = [d for d in sure if {event.type, d.type} <= BLASTS]
    apart = all(d.place and not same_spot(d.place, spot) for d in sure)
    return alike[-1].type if alike and apart else None


def _told_late(event: Draft) -> bool:
    """Whether neither headline nor first sentence nor a line of a list tells an event, and it killed nobody."""
    dead = event.tolls.get("killed")
    return not (dead and dead.value) and not any(f.title or f.lead or f.entry > 0 for f in event.frames)


def _stands(event: Draft, found: Sequence[Draft]) -> bool:
    """Whether an event, unlikely as its kind is, has a deed and a place of its own, with dead, hurt or a day."""
    if any(f.entry > 0 for f in event.frames):
        return True  # a line of a list tells a deed of its own
    spot, dead = event.place, event.tolls.get("killed")
    others = [d for d in found if d is not event]
    told = any(not (f.generic or f.support) for f in event.frames)
    if told and dead and all((d.tolls.get("killed") or dead).value != dead.value for d in others):
        return True  # its dead would be lost
    dated = any(f.day and (f.lead or not f.generic) and not (f.title or f.support) for f in event.frames)
    if dated and all(d.day not in (None, event.day) for d in others):
        return True  # a day of its own
    if spot is None or not any(_is_own(f, spot) for f in event.frames):
        return False
    return all(d.place is not None and not same_spot(d.place, spot) for d in others)


def _is_own(frame: Frame, spot: Located) -> bool:
    """Whether a sentence tells its deed at a place, and the place is not where somebody counts the dead: "doctors in Amara spoke of four"."""
    place = frame.place
    if frame.title or frame.support or place is None or place.place.id != spot.place.id:
        return False
    if not frame.generic:
        return bool(frame.tolls or frame.day)
    told = place.inside and place.exactness >= EXACTNESS["town"] and (frame.tolls or frame.day)
    spoken = any(
        0 <= place.first - h.last <= _BESIDE or h.first == place.last
        for h in frame.hits.of("said", "speaker")
    )
    return bool(told) and not spoken


_BESIDE = 4
"""Words between a word of saying and the place of who says it: "according to the security office in Erbil"."""


def _fold(event: Draft, kept: Sequence[Draft]) -> None:
    """Give what an unlikely event was told to have cost to the one that stands nearest."""
    at = event.frames[0].sentence
    near = min(kept, key=lambda d: (abs(d.frames[-1].sentence - at), d.frames[0].sentence > at))
    for toll in event.tolls.values():
        near.tolls.setdefault(toll.kind, toll)
    if near.place is None:
        near.place = event.place


def _told_of(scene: Scene, frames: Sequence[Frame], kind: str, model: Linear) -> Draft | None:
    """The event of a kind that no rule found, made of the sentence whose words speak for it most."""
    shares = {i: share(model, scene.reading.of(i)) for i in range(len(scene.reading.sentences))}
    at = max(shares, key=lambda i: shares[i], default=-1)
    if at < 0 or shares[at] < SPOKEN:
        return None
    own = [f for f in frames if f.sentence == at]
    before = [f for f in frames if f.sentence < at]
    told = max(own, key=lambda f: f.strength, default=None)
    if told is None and before:
        told = support_of(scene, at, before[-1])
    if told is None or told.foreign or told.past:
        return None
    event = Draft(kind, told.rank, False, [])
    absorb(event, replace(told, type=kind, generic=False, support=False, idle=False))
    if event.day is None:
        _date(event, [f for f in frames if abs(f.sentence - at) == 1 and f.day])
    return event


def _other_view(event: Draft, kept: Sequence[Draft]) -> Draft | None:
    """The event that a sentence was taken to tell, where what it is now said to tell is much the same, and no second one."""
    at = event.frames[0].sentence

    def same(other: Draft) -> bool:
        near = event.place is None or other.place is None or same_spot(event.place, other.place)
        return near and _alike(other.type, event.type) and any(f.sentence == at for f in other.frames)

    return next(filter(same, kept), None)


def _date(event: Draft, beside: Sequence[Frame]) -> None:
    """Give an event the day of the sentence beside it."""
    for frame in beside[:1]:
        if frame.dated:
            event.day, event.day_precision = frame.day, frame.day_precision
            event.dated_at = (frame.dated.first, frame.dated.last)
