"""A story's own event: what is believed of each field, its range, and who says what.

Every source has one last word a field. Sources that carry copies of one wire text are one source, so
forty outlets with one agency's number do not outvote two that counted themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from worker.domain.model import Event, FieldView, Kind, Story
from worker.domain.stories.beliefs import Word, beliefs
from worker.domain.stories.kinds import type_likeness
from worker.domain.stories.trace import Trace


@dataclass(frozen=True, slots=True)
class Member:
    """A report in its story, and why it is there."""

    trace: Trace
    why: str
    likeness: float
    copy_of: int = 0
    """Item id of the report that this one is a copy of; 0 for a text of its own."""
    superseded: bool = False
    """A newer revision of the same entry speaks instead."""


def voices(members: Iterable[Member]) -> dict[int, str]:
    """Give each report its voice: sources that copied from one another speak with one."""
    members = list(members)
    if not any(m.copy_of for m in members):
        return {m.trace.item_id: m.trace.group for m in members}
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    group = {m.trace.item_id: m.trace.group for m in members}
    for member in members:
        original = group.get(member.copy_of)
        if original is not None:
            left, right = root(original), root(member.trace.group)
            parent[max(left, right)] = min(left, right)
    return {item: root(name) for item, name in group.items()}


def told(trace: Trace, seed: Event | None) -> Event | None:
    """Pick the event of a report that its story is about: the first, unless another fits the seed better."""
    main = trace.main
    if main is None or seed is None or len(trace.events) == 1:
        return main
    return max(
        (e for e in trace.events[:4] if e.count is None),
        key=lambda e: (
            2.0 * type_likeness(e.sub_event_type, seed.sub_event_type)
            + 1.5 * (e.date == seed.date)
            + 1.0 * (e.governorate == seed.governorate)
            + 1.0 * (e.place == seed.place)
            + 0.5 * (e is main)
        ),
    )


def consolidate(
    members: Sequence[Member],
    prior: Story | None,
    *,
    story_id: int,
    now: datetime,
    tell: Callable[[Event], str] | None = None,
    grown: int = 0,
) -> Story:
    """Make the story of its reports, one version on; `prior` gives what a new look must not forget.

    `grown` is how many reports it has gained since, which counts where not all of them are at hand.

    `tell` puts an event into one English sentence; without it the sentence of the report that comes
    nearest to the believed event stands.
    """
    active = sorted((m for m in members if not m.superseded), key=lambda m: (m.trace.at, m.trace.item_id))
    speaks = voices(active)
    seed = _seed(active)
    words = [
        Word(m.trace, event, speaks[m.trace.item_id])
        for m in active
        if (event := told(m.trace, seed)) is not None
    ]
    affirming = [w for w in words if not w.event.denied]
    fields = beliefs(affirming or words)
    event = _believed_event(fields, affirming or words)
    was_event = prior is not None and prior.event is not None
    independent = len({w.voice for w in affirming}) if words else len(set(speaks.values()))
    sources = {m.trace.group for m in members} | set(prior.sources if prior else ())
    published = [m.trace.at for m in members if m.trace.dated]
    return Story(
        id=story_id,
        version=1 + (prior.version if prior else 0),
        created_at=prior.created_at if prior else now,
        updated_at=now,
        kind=_kind(active, prior),
        gist=_gist(event, words, active, prior, tell),
        event=event if event is not None or prior is None else prior.event,
        fields=fields or (prior.fields if prior else {}),
        corroboration=_corroboration(words, affirming, independent, was_event=was_event, active=active),
        phase="developing",
        item_count=max(len(members), prior.item_count + grown if prior else 0),
        source_count=len(sources),
        independent_sources=independent,
        sources=tuple(sorted(sources)),
        languages=_union((m.trace.language for m in members), prior.languages if prior else ()),
        terms=_union((t for m in active for t in m.trace.terms), ()),
        first_published_at=min(
            [*published, *_known(prior.first_published_at if prior else None)], default=None
        ),
        last_published_at=max(
            [*published, *_known(prior.last_published_at if prior else None)], default=None
        ),
        pinned=prior.pinned if prior else False,
    )


def _known(value: datetime | None) -> list[datetime]:
    return [value] if value is not None else []


def _union(new: Iterable[str], old: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({*new, *old}))


def _seed(active: Sequence[Member]) -> Event | None:
    """Take the first main event that is dated, else the first at all."""
    mains = [m.trace.main for m in active if m.trace.main is not None]
    return next((e for e in mains if e.date is not None), mains[0] if mains else None)


def _kind(active: Sequence[Member], prior: Story | None) -> Kind:
    kinds = {m.trace.kind for m in active}
    for kind in (Kind.INCIDENT, Kind.CONTEXT):
        if kind in kinds:
            return kind
    return prior.kind if prior is not None and not active else Kind.OTHER


def _corroboration(
    words: Sequence[Word],
    affirming: Sequence[Word],
    independent: int,
    *,
    was_event: bool,
    active: Sequence[Member],
) -> str:
    """Say how well the story stands: see `worker.domain.model.Story.corroboration`."""
    if was_event and not affirming:
        return "retracted"
    if words and not affirming:
        return "disputed"
    denying = {w.voice for w in words} - {w.voice for w in affirming}
    if denying:
        return "disputed"
    if independent >= 2:
        return "corroborated"
    return "single source" if active else "retracted"


def _believed_event(fields: Mapping[str, FieldView], words: Sequence[Word]) -> Event | None:
    """Put the believed values together; point and precision come with the place that is believed."""
    if not words or "sub_event_type" not in fields:
        return None
    kind = fields["sub_event_type"].believed
    pattern = next(w.event for w in words if w.event.sub_event_type == kind)
    place = fields["place"].believed if "place" in fields else None
    at = [w.event for w in words if w.event.place == place] or [pattern]
    where = max(at, key=lambda e: (e.lat is not None, e.governorate is not None, -(e.geo_precision or 9)))
    day: date | None = fields["date"].believed if "date" in fields else None
    dated = [w.event.date_precision for w in words if w.event.date == day and w.event.date_precision]
    actors: tuple[str, ...] = fields["actors"].believed if "actors" in fields else ()
    sure = {a for w in words for a in w.event.actors if a not in w.event.suspected}
    killed, wounded = fields.get("killed"), fields.get("wounded")
    return Event(
        sub_event_type=pattern.sub_event_type,
        event_type=pattern.event_type,
        date=day,
        date_precision=min(dated, default=None),
        place=place,
        place_id=where.place_id,
        governorate=where.governorate or next((w.event.governorate for w in words if w.event.governorate), None),
        lat=where.lat,
        lon=where.lon,
        geo_precision=where.geo_precision,
        actors=actors,
        suspected=tuple(a for a in actors if a not in sure),
        claimed_by=fields["claimed_by"].believed if "claimed_by" in fields else (),
        targets=fields["targets"].believed if "targets" in fields else (),
        weapons=fields["weapons"].believed if "weapons" in fields else (),
        killed=killed.believed if killed else None,
        wounded=wounded.believed if wounded else None,
        killed_max=_most(killed, [w.event.killed_max for w in words]),
        wounded_max=_most(wounded, [w.event.wounded_max for w in words]),
        count=pattern.count,
        foiled=2 * sum(w.event.foiled for w in words) > len(words),
        denied=all(w.event.denied for w in words),
        confidence=round(1 - _doubt(words), 3),
    )  # fmt: skip


def _most(view: FieldView | None, told: Sequence[int | None]) -> int | None:
    """The highest figure that any report gives above the believed one; without a figure what vague words stand for."""
    if view is None or view.believed is None:
        return max((most for most in told if most), default=None)
    return view.high if isinstance(view.high, int) and view.high != view.believed else None


def _doubt(words: Sequence[Word]) -> float:
    """Multiply the doubts of independent sources, of each the best report's."""
    best: dict[str, float] = {}
    for word in words:
        best[word.voice] = max(best.get(word.voice, 0.0), min(0.95, word.event.confidence))
    doubt = 1.0
    for confidence in best.values():
        doubt *= 1 - confidence
    return max(0.01, doubt)


def _gist(
    event: Event | None,
    words: Sequence[Word],
    active: Sequence[Member],
    prior: Story | None,
    tell: Callable[[Event], str] | None,
) -> str:
    if event is not None and tell is not None:
        return tell(event)
    fitting = [w for w in words if w.trace.gist and event is not None]
    if fitting and event is not None:
        best = max(
            fitting,
            key=lambda w: (
                w.event.killed == event.killed,
                w.event.sub_event_type == event.sub_event_type,
                w.event.place == event.place,
                w.trace.at,
            ),
        )
        return best.trace.gist
    if prior is not None and prior.gist:
        return prior.gist
    return active[0].trace.gist or active[0].trace.headline if active else ""
