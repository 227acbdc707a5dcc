"""Events from drafts: every field with the words that it came from, as offsets in the source text."""

from __future__ import annotations

from collections.abc import Mapping

from worker.domain.model import Event, Evidence
from worker.domain.understanding.assembly.draft import Draft
from worker.domain.understanding.sentence.frame import AIR, ATTACK, CLASH, SHELLING, Frame, Scene
from worker.domain.understanding.sentence.frames import without_vague_arms
from worker.domain.understanding.where.places import Located
from worker.domain.understanding.who.habits import beaten_back, settle
from worker.domain.understanding.who.pruning import without_bystanders_of
from worker.domain.understanding.who.sides import harboured
from worker.domain.understanding.words.reading import Hit
from worker.domain.vocabulary import PARENT

_PUBLIC = frozenset({"market", "restaurant", "school", "homes"})
"""Places where those who are hurt are civilians unless the text says who they are."""


def _settle_blow(event: Draft, actors: dict[str, Hit], targets: dict[str, Hit], trigger: Hit) -> None:
    """A field that is called by its name alone was hit, who beat an attack back too; foreign forces that struck were not."""
    beaten_back(event, actors, targets)
    if event.type not in (AIR, SHELLING):
        return
    if event.place and event.place.place.type in _FIELDS:
        targets.setdefault("oil_facility", trigger)
    for force in {"us_forces", "coalition"} & set(actors) if event.type == AIR else ():
        targets.pop(force, None)


_FIELDS = frozenset({"oil_field", "refinery"})


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
    actors: dict[str, Hit] = {}
    targets: dict[str, Hit] = {}
    weapons: dict[str, Hit] = {}
    suspected: set[str] = set()
    claimed: set[str] = set()
    main = max(event.frames, key=lambda f: f.strength)
    for frame in event.frames:
        if "background" in frame.signs and frame is not main and not frame.title:
            continue
        actors.update({k: v for k, v in frame.actors.items() if k not in actors})
        opens = frame.sentence <= event.frames[0].sentence + 1 or frame is main
        _add_targets(targets, frame, opens=opens)
        if opens:
            weapons.update({k: v for k, v in frame.weapons.items() if k not in weapons})
        suspected |= frame.suspected
        claimed |= frame.claimed
    without_vague_arms(weapons)
    if targets and set(targets) <= _PUBLIC and any(t.value for t in event.tolls.values()):
        targets["civilians"] = next(iter(targets.values()))  # who was hurt in a market
    event.type = _type_of(event, armed=bool(actors or weapons))
    _settle_blow(event, actors, targets, lead.trigger)
    without_bystanders_of(event.type, actors, targets, event.frames)
    settle(event, actors, targets, weapons, reading.hits)
    for name, found in (("actors", actors), ("targets", targets), ("weapons", weapons)):
        if found:
            hit = next(iter(found.values()))
            evidence[name] = words(hit.first, hit.last)
    figures: dict[str, int | None] = {}
    for kind, toll in ((k, event.tolls.get(k)) for k in ("killed", "wounded")):
        name = f"{kind}_max" if toll and toll.vague else kind  # dozens: no figure, but not nothing either
        figures |= {kind: None, f"{kind}_max": toll.most if toll else None}
        if toll:
            figures[name], evidence[name] = toll.value, words(toll.first, toll.last)
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
        geo_precision=geo_precision(event.place) if place else 2 if point and point.lat is not None else None,
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


def _add_targets(targets: dict[str, Hit], frame: Frame, *, opens: bool) -> None:
    """Add whom a sentence says to have been hit: of further sentences only the dead and hurt whom it counts."""
    opens = opens or "aim_was" in frame.hits.keys
    for key, hit in frame.targets.items():
        fell = hit.start in frame.fallen and "fire_on_crowd" not in frame.hits.keys
        fell = fell and (opens or not _guards(hit, targets))
        housed = key in _FOREIGN and harboured(hit, frame.hits)
        if fell or ((opens or housed) and key not in targets):
            targets[key] = hit


_FOREIGN = frozenset({"us_forces", "coalition"})


def _guards(hit: Hit, targets: Mapping[str, Hit]) -> bool:
    """Whether the men in uniform who were hurt are those of an official whom the attack was meant for."""
    return "official" in targets and hit.key in ("soldiers", "police")


def _type_of(event: Draft, *, armed: bool) -> str:
    """The type once all is put together: a fight that but begins, deaths of which nobody says how."""
    if event.type == CLASH and _only_begins(event):
        return "Change to group/activity"
    if event.type == "Excessive force against protesters" and _by_gunmen(event):
        return ATTACK
    if event.type in (ATTACK, CLASH) and not armed and _untold(event):
        return "Other"
    return event.type


def _by_gunmen(event: Draft) -> bool:
    """Whether the headline's protesters were shot by gunmen, as the text says, which names no forces of the state."""
    told = [f for f in event.frames if not f.title and not f.support]
    if not any(f.type == ATTACK and "unknown_gunmen" in f.actors for f in told):
        return False
    state = {"security_forces", "army", "police_force", "police", "dispersal"}
    return all(f.hits.keys.isdisjoint(state) for f in event.frames)


def _untold(event: Draft) -> bool:
    """Whether a text says that people died and neither by whom nor of what: "one soldier killed in northern Iraq"."""
    told = [f for f in event.frames if not f.support]
    if any(not _SOUGHT.isdisjoint(f.targets) for f in told):
        return False  # who is killed for what he is
    if not any(_FOREIGN & set(f.targets) for f in told) and not all(_only_died(f) for f in told):
        return False
    return all(
        f.trigger.key == "kill"
        and f.hits.keys.isdisjoint(_DOINGS)
        and all(h.key == "kill" for h in f.triggers)
        for f in told
    )


def _only_died(frame: Frame) -> bool:
    """Whether the word tells no more than that they died."""
    return any(h.first <= frame.trigger.first < h.last for h in frame.hits.of("died"))


_FOREIGN = frozenset({"us_forces", "coalition"})
_SOUGHT = frozenset({"official", "journalist", "activist", "police", "soldiers", "pilgrims"})
_DOINGS = frozenset(
    {"gunmen", "militants", "militia", "tribesmen", "pro_iran", "by_agent", "claim", "blame", "suspected"}
)


def _only_begins(event: Draft) -> bool:
    """Whether forces but begin an operation: nobody is said to have fought, died or been found."""
    told = [f for f in event.frames if not f.support]
    return (
        not event.tolls
        and all(
            f.trigger.key == "operation" and "clash" not in f.hits.keys and "act" in f.hits.groups
            for f in told
        )
        and any("begun" in f.hits.keys for f in told)
    )


def _name(name: str, kind: str) -> str:
    """A place's name as the labels have it: a governorate or district without that word."""
    for word in (" Governorate", " District"):
        if kind in ("governorate", "district") and name.endswith(word):
            return name[: -len(word)]
    return name


def geo_precision(located: Located | None) -> int | None:
    """ACLED: 1 the place, 2 near it or its district, 3 its governorate."""
    if located is None or located.place.lat is None:
        return None
    if located.place.type in ("governorate", "region"):
        return 3
    floor = 2 if located.near or located.place.type == "district" else 1
    return max(floor, located.place.precision)
