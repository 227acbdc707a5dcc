"""From frames to events: what the sentences of a text say about one deed is put together.

The headline and the body mostly report the same deed, so a frame joins an earlier event unless place,
date or type say that it is another one, or the text says so ("separately"). Every value keeps the words
that it came from as evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from worker.domain.model import Event, Evidence
from worker.domain.understanding.frames import AIR, ATTACK, BOMB, CLASH, DISRUPTED, SHELLING, Frame, Scene
from worker.domain.understanding.places import Located, is_sharper, sharpen, within
from worker.domain.understanding.tolls import Toll
from worker.domain.vocabulary import PARENT

LOOTING = "Looting/property destruction"
WEAK = 0.3
"""Frames below this strength report no fresh event in Iraq."""
BLASTS = frozenset({BOMB, "Suicide bomb", SHELLING, AIR, "Grenade", "Chemical weapon"})
FIGHTS = frozenset({ATTACK, CLASH})
PROTESTS = frozenset(
    {
        "Peaceful protest",
        "Protest with intervention",
        "Violent demonstration",
        "Excessive force against protesters",
    }
)
GROUND = frozenset({"Government regains territory", "Non-state actor overtakes territory"})
VIOLENT = BLASTS | FIGHTS


@dataclass(slots=True)
class Draft:
    """An event while the frames of a text are being put together."""

    type: str
    rank: int
    generic: bool
    frames: list[Frame]
    place: Located | None = None
    place_sentence: int = 0
    day: date | None = None
    day_precision: int | None = None
    dated_at: tuple[int, int] | None = None
    weak_day: bool = False
    tolls: dict[str, Toll] = field(default_factory=dict)
    toll_sentence: dict[str, int] = field(default_factory=dict)
    count: int | None = None
    count_at: tuple[int, int] | None = None
    strength: float = 0.0
    landmark: Located | None = None
    fixed: bool = False
    """A device that needs nobody to carry it was named."""


def drafts(frames: Sequence[Frame]) -> list[Draft]:
    """Put the frames of a text together; strongest facts first come, first kept."""
    events: list[Draft] = []
    for frame in frames:
        if frame.strength < WEAK:
            continue
        if frame.support:
            home = next(
                (
                    e
                    for e in reversed(events)
                    if frame.sentence - e.frames[-1].sentence <= 2 and _fits(e, frame)
                ),
                None,
            )
            if home is not None:
                _absorb(home, frame)
            continue
        home = _home(events, frame)
        if home is None:
            if events and not _stands_alone(events, frame):
                continue
            home = Draft(frame.type, frame.rank, frame.generic, [])
            events.append(home)
        _absorb(home, frame)
    for index, event in enumerate(events):
        _inherit(event, frames)
        if (
            index
            and event.day is None
            and not event.count
            and not any("said" in f.signs for f in event.frames)
        ):
            before = events[index - 1]
            if before.day and abs(event.frames[0].sentence - before.frames[-1].sentence) <= 2:
                event.day, event.day_precision, event.dated_at = (
                    before.day,
                    before.day_precision,
                    before.dated_at,
                )
    if any(not _quiet(e) for e in events):
        events = [e for e in events if not _quiet(e)]
    _share_total(events)
    return [part for event in events for part in _split_places(event)]


def _quiet(event: Draft) -> bool:
    """A move, a deal: no event of its own beside violence."""
    return all(f.quiet or f.support for f in event.frames)


def _split_places(event: Draft) -> list[Draft]:
    """One deed in several places is as many events; only a toll of nobody holds for each."""
    frame = next(
        (
            f
            for f in event.frames
            if f.others and event.place and f.place and _same_spot(event.place, f.place)
        ),
        None,
    )
    if frame is None or event.count is not None or event.type not in _MANIFOLD:
        return [event]
    if any(t.value for t in event.tolls.values()):
        return [event]
    parts = [event]
    for place in frame.others[:8]:
        part = replace(event, place=place, place_sentence=frame.sentence)
        parts.append(part)
    return sorted(parts, key=lambda part: part.place.first if part.place else 0)


_MANIFOLD = frozenset({AIR, SHELLING, BOMB, DISRUPTED, "Peaceful protest"})
"""Types that reports give for several places at once."""


def _kin(first: str, second: str) -> bool:
    """Whether two types can be two views of one deed."""
    if first == second:
        return True
    pair = {first, second}
    return (
        pair <= FIGHTS | GROUND
        or pair <= PROTESTS
        or pair <= {ATTACK, "Excessive force against protesters"}
        or pair <= {BOMB, "Suicide bomb"}
        or (LOOTING in pair and bool(pair & BLASTS))
        or (DISRUPTED in pair and bool(pair & BLASTS))
    )


def _home(events: Sequence[Draft], frame: Frame) -> Draft | None:
    """The event that a frame speaks of: of those that it can join the likest, of like ones the first."""
    open_to = [e for e in events if _joins(e, frame)]
    return max(open_to, key=lambda e: _likeness(e, frame), default=None)


def _likeness(event: Draft, frame: Frame) -> float:
    """How much type, place and toll of a frame speak for an event."""
    score = 1.0 * (event.type == frame.type)
    if event.place and frame.place:
        score += 1.0 + (event.place.place.id == frame.place.place.id)
    for toll in frame.tolls:
        known = event.tolls.get(toll.kind)
        if known and known.value and toll.value:
            score += 1.0 if known.value == toll.value else -0.5
    return score


def _share_total(events: Sequence[Draft]) -> None:
    """Where the headline sums up what the text tells event by event, each event keeps its own toll."""
    if len(events) < 2:
        return
    first = events[0]
    for kind, total in list(first.tolls.items()):
        heads = [t for f in first.frames if f.title for t in f.tolls if t.kind == kind]
        own = [t for f in first.frames if not f.title for t in f.tolls if t.kind == kind]
        rest = sum(e.tolls[kind].value for e in events[1:] if kind in e.tolls)
        if total in heads and rest and own and own[0].value + rest == total.value:
            first.tolls[kind] = own[0]


def _joins(event: Draft, frame: Frame) -> bool:
    """Whether a frame speaks of this event."""
    if any(f.sentence == frame.sentence for f in event.frames):
        return False  # clauses of one sentence are told apart because they tell different deeds
    if frame.count is not None and frame.count == event.count:
        return True
    told = frame.place is not None and bool(frame.tolls)
    separate = "separate" in frame.signs and (not frame.generic or told)
    separate = separate and not all(f.title for f in event.frames)
    vague = (frame.generic or event.generic) and {event.type, frame.type} <= VIOLENT | {DISRUPTED}
    if not _kin(event.type, frame.type) and not vague and not _same_toll(event, frame):
        return False
    if (
        (event.count is None) != (frame.count is None)
        and frame.count is not None
        and event.frames[0].sentence > 0
    ):
        return False
    if event.place and frame.place and not _meets(event, frame):
        return False
    if event.day and frame.day and abs((event.day - frame.day).days) > 1:
        return False
    fresh = frame.place is not None or frame.day is not None or any(t.value for t in frame.tolls)
    return not (separate and not frame.title and not frame.lead and fresh)


def _same_toll(event: Draft, frame: Frame) -> bool:
    """Whether headline and first sentence give one toll for two views of a deed: ambush, mine."""
    if not (frame.lead and event.frames[0].title and {event.type, frame.type} <= VIOLENT):
        return False
    return any(
        t.kind == "killed" and t.value and (known := event.tolls.get("killed")) and known.value == t.value
        for t in frame.tolls
    )


def _fits(event: Draft, frame: Frame) -> bool:
    """Whether what a supporting sentence says does not speak against the event."""
    return event.place is None or frame.place is None or _same_spot(event.place, frame.place)


def _meets(event: Draft, frame: Frame) -> bool:
    """Whether any place of the one can be any place of the other."""
    own = [event.place, *(o for f in event.frames for o in f.others)]
    new = [frame.place, *frame.others]
    return any(a and b and _same_spot(a, b) for a in own for b in new)


def _same_spot(first: Located, second: Located) -> bool:
    """Whether two places can be one, more or less exactly told."""
    return within(first.place, second.place) or within(second.place, first.place)


def _stands_alone(events: Sequence[Draft], frame: Frame) -> bool:
    """Whether a frame that fits no event is a further event and no mere mention."""
    own = (
        (frame.place is not None) + (frame.day is not None) + bool(frame.tolls) + ("separate" in frame.signs)
    )
    own += frame.title or any(f.sentence == frame.sentence for e in events for f in e.frames)
    own += 2 * (frame.count is not None and frame.count >= 5) + bool(frame.others)
    if frame.generic or frame.quiet:
        return own >= 3
    same = any(_kin(e.type, frame.type) for e in events)
    return own >= 2 if same else own >= 1 and frame.strength > 1.6


def _absorb(event: Draft, frame: Frame) -> None:
    """Take over what the frame adds."""
    first = not event.frames
    event.frames.append(frame)
    event.strength = max(event.strength, frame.strength)
    event.fixed = event.fixed or any(h.key in ("ied", "mine") for h in frame.weapons.values())
    better = event.generic and not frame.generic
    sharper = frame.rank > event.rank and (frame.title or frame.lead) and not frame.generic
    armed = event.type == ATTACK and event.generic and frame.type == CLASH and frame.lead
    blown = event.type == BOMB and frame.type == "Suicide bomb" and not event.fixed and not frame.quiet
    burnt = frame.type == LOOTING and event.type in BLASTS  # what a blast set on fire
    if not first and not burnt and (better or sharper or armed or blown):
        event.type, event.rank = frame.type, frame.rank
        event.generic = event.generic and frame.generic
    counted = frame.count if first else event.count
    summed = counted is not None and bool(frame.others)
    if (
        frame.place
        and not summed
        and (event.place is None or is_sharper(frame.place, event.place, early=frame.title or frame.lead))
    ):
        event.place, event.place_sentence = frame.place, frame.sentence
    event.landmark = event.landmark or frame.landmark
    recalled = frame.lead and frame.generic and "background" in frame.signs and event.frames[0].title
    if (
        frame.day
        and frame.dated
        and not (recalled and len(event.frames) > 1)
        and (event.day is None or (event.weak_day and not frame.dated.weak))
    ):
        event.weak_day = frame.dated.weak
        event.day, event.day_precision = frame.day, frame.day_precision
        event.dated_at = (frame.dated.first, frame.dated.last)
    if frame.count is not None and event.count is None and len(event.frames) == 1:
        event.count, event.count_at = frame.count, frame.count_at
    old = "background" in frame.signs and not frame.title and not frame.lead
    for toll in frame.tolls:
        if (toll.total or old) and (event.tolls or event.frames[0].title):
            continue
        known = event.tolls.get(toll.kind)
        first_told = known is None or (known.value == 0 and toll.value > 0)
        if first_told or (known and ((known.vague and not toll.vague) or _told_exactly(known, toll))):
            event.tolls[toll.kind] = toll


def _told_exactly(known: Toll, new: Toll) -> bool:
    """Whether a figure makes exact what was only a floor: "more than 110 dead", then "119 dead"."""
    return known.floor and known.value < new.value <= 1.5 * known.value


def _inherit(event: Draft, frames: Sequence[Frame]) -> None:
    """Fill place, date and toll from sentences around that report no deed of their own."""
    if event.place is None and event.count is None:
        near = sorted(frames, key=lambda f: abs(f.sentence - event.frames[0].sentence))
        for frame in near:
            if (
                frame.place is not None
                and not frame.past
                and abs(frame.sentence - event.frames[0].sentence) <= 3
            ):
                event.place, event.place_sentence = frame.place, frame.sentence
                break
    if event.count is None:
        event.place = sharpen(event.place, event.landmark)


def build(scene: Scene, event: Draft, confidence: float) -> Event:
    """The event with its evidence, offsets in the source text."""
    evidence: dict[str, tuple[int, int]] = {}
    reading = scene.reading

    def words(first: int, last: int) -> tuple[int, int]:
        return reading.span(reading.starts[first], reading.ends[last - 1])

    lead = max(event.frames, key=lambda f: (f.type == event.type, f.strength))
    evidence["sub_event_type"] = words(lead.trigger.first, lead.trigger.last)
    place = event.place.place if event.place else None
    if event.place:
        evidence["place"] = words(event.place.first, event.place.last)
        evidence["governorate"] = evidence["place"]
    if event.dated_at:
        evidence["date"] = words(*event.dated_at)
    actors, targets, weapons = {}, {}, {}
    suspected: set[str] = set()
    claimed: set[str] = set()
    main = max(event.frames, key=lambda f: f.strength)
    for frame in event.frames:
        if "background" in frame.signs and frame is not main and not frame.title:
            continue
        actors.update({k: v for k, v in frame.actors.items() if k not in actors})
        if frame.sentence <= event.frames[0].sentence + 1 or frame is main:
            targets.update({k: v for k, v in frame.targets.items() if k not in targets})
            weapons.update({k: v for k, v in frame.weapons.items() if k not in weapons})
        suspected |= frame.suspected
        claimed |= frame.claimed
    for name, found in (("actors", actors), ("targets", targets), ("weapons", weapons)):
        if found:
            hit = next(iter(found.values()))
            evidence[name] = words(hit.first, hit.last)
    figures: dict[str, int | None] = {}
    for kind in ("killed", "wounded"):
        toll = event.tolls.get(kind)
        figures[kind] = toll.value if toll else None
        figures[f"{kind}_max"] = toll.most if toll else None
        if toll:
            evidence[kind] = words(toll.first, toll.last)
    if event.count is not None and event.count_at:
        evidence["count"] = words(*event.count_at)
    point = place or (event.landmark.place if event.landmark else None)
    if place is None and event.landmark and point and point.lat is not None:
        evidence["lat"] = words(event.landmark.first, event.landmark.last)
    located = place is not None and place.type != "country"
    signs = {s for f in event.frames for s in f.signs}
    return Event(
        sub_event_type=event.type,
        event_type=PARENT[event.type],
        date=event.day,
        date_precision=event.day_precision if event.day else None,
        place=_name(place.name, place.type) if place and located else None,
        place_id=place.id if place and located else None,
        governorate=place.governorate if place else None,
        lat=point.lat if point else None,
        lon=point.lon if point else None,
        geo_precision=_geo_precision(event.place)
        if place
        else 2
        if point and point.lat is not None
        else None,
        actors=tuple(actors),
        suspected=tuple(a for a in actors if a in suspected and a not in claimed),
        claimed_by=tuple(a for a in actors if a in claimed),
        targets=tuple(targets),
        weapons=tuple(weapons),
        killed=figures["killed"],
        wounded=figures["wounded"],
        killed_max=figures["killed_max"],
        wounded_max=figures["wounded_max"],
        count=event.count,
        foiled=any(f.foiled for f in event.frames),
        denied="denial" in signs and bool(suspected),
        confidence=round(confidence, 3),
        evidence=tuple(Evidence(k, *v) for k, v in evidence.items()),
    )


def _name(name: str, kind: str) -> str:
    """A place's name as the labels have it: a governorate or district without that word."""
    for word in (" Governorate", " District"):
        if kind in ("governorate", "district") and name.endswith(word):
            return name[: -len(word)]
    return name


def _geo_precision(located: Located | None) -> int | None:
    """ACLED: 1 the place, 2 near it or its district, 3 its governorate."""
    if located is None or located.place.lat is None:
        return None
    if located.place.type in ("governorate", "region"):
        return 3
    floor = 2 if located.near or located.place.type == "district" else 1
    return max(floor, located.place.precision)
