"""A story's own event: what is believed of each field, its range, and who says what.

Every source has one last word a field. Sources that carry copies of one wire text are one source, so
forty outlets with one agency's number do not outvote two that counted themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from worker.domain.model import Claim, Event, FieldView, Kind, Story
from worker.domain.stories.kinds import type_likeness
from worker.domain.stories.trace import GENERIC, Trace

SETS = ("actors", "targets", "weapons", "claimed_by")
TOLLS = ("killed", "wounded")


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


@dataclass(frozen=True, slots=True)
class Word:
    """One report's event with the voice it counts as."""

    trace: Trace
    event: Event
    voice: str


@dataclass(slots=True)
class _Tally:
    """All that is said of one value."""

    value: Any
    voices: dict[str, str] = field(default_factory=dict)
    items: list[int] = field(default_factory=list)
    first: datetime | None = None
    last: datetime | None = None
    official: bool = False

    def add(self, word: Word) -> None:
        """Count one report for this value."""
        self.voices.setdefault(word.voice, word.trace.source or word.voice)
        self.items.append(word.trace.item_id)
        at = word.trace.at
        self.first = at if self.first is None else min(self.first, at)
        self.last = at if self.last is None else max(self.last, at)
        self.official = self.official or word.trace.reliability == "A"

    def claim(self) -> Claim:
        """Make it a value of the story."""
        assert self.first is not None
        assert self.last is not None
        return Claim(self.value, tuple(self.voices.values()), tuple(self.items), self.first, self.last)


def voices(members: Iterable[Member]) -> dict[int, str]:
    """Give each report its voice: sources that copied from one another speak with one."""
    members = list(members)
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
) -> Story:
    """Make the story of its reports; `prior` gives what a new look must not forget.

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
    fields = _fields(affirming or words)
    event = _believed_event(fields, affirming or words)
    was_event = prior is not None and prior.event is not None
    independent = len({w.voice for w in affirming}) if words else len(set(speaks.values()))
    sources = {m.trace.group for m in members} | set(prior.sources if prior else ())
    published = [m.trace.at for m in members if m.trace.dated]
    return Story(
        id=story_id,
        version=prior.version if prior else 0,
        created_at=prior.created_at if prior else now,
        updated_at=now,
        kind=_kind(active, prior),
        gist=_gist(event, words, active, prior, tell),
        event=event if event is not None or prior is None else prior.event,
        fields=fields or (prior.fields if prior else {}),
        corroboration=_corroboration(words, affirming, independent, was_event=was_event, active=active),
        phase="developing",
        item_count=max(len(members), prior.item_count if prior else 0),
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


def _fields(words: Sequence[Word]) -> dict[str, FieldView]:
    """Consolidate each field over the reports that say something of it."""
    fields: dict[str, FieldView] = {}
    for name in ("sub_event_type", "date", "place"):
        view = _one_value(name, words)
        if view is not None:
            fields[name] = view
    for name in TOLLS:
        view = _toll(name, words)
        if view is not None:
            fields[name] = view
    for name in SETS:
        view = _set(name, words)
        if view is not None:
            fields[name] = view
    return fields


def _last_words(words: Sequence[Word], value: Callable[[Event], Any]) -> list[tuple[Word, Any]]:
    """Keep each voice's latest statement; earlier ones were taken back by it."""
    latest: dict[str, tuple[Word, Any]] = {}
    for word in words:  # in order of time
        said = value(word.event)
        if said is not None and said != ():
            latest[word.voice] = (word, said)
    return list(latest.values())


def _tallies(said: Iterable[tuple[Word, Any]]) -> list[_Tally]:
    tallies: dict[Any, _Tally] = {}
    for word, value in said:
        tallies.setdefault(value, _Tally(value)).add(word)
    return list(tallies.values())


def _every_word(words: Sequence[Word], value: Callable[[Event], Any]) -> list[tuple[Word, Any]]:
    return [(w, v) for w in words if (v := value(w.event)) is not None and v != ()]


def _one_value(name: str, words: Sequence[Word]) -> FieldView | None:
    """Believe what most independent sources say last; the exacter place, then the later word, decides."""
    every = _tallies(_every_word(words, lambda e: getattr(e, name)))
    if not every:
        return None
    last = _tallies(_last_words(words, lambda e: getattr(e, name)))
    exactness = {v: _exactness(name, v, words) for v in (t.value for t in last)}

    def rank(tally: _Tally) -> tuple[Any, ...]:
        support = len(tally.voices) + tally.official
        if name == "place":  # an exacter place contradicts nobody who knew only the district
            return (exactness[tally.value], support, tally.last)
        return (support, tally.last)

    best = max(last, key=rank)
    why = _because(best, len(last), exact=name == "place" and len(last) > 1)
    values = sorted({t.value for t in every}, key=str)
    if name == "date":
        return _view(best, why, every, min(values), max(values))
    return _view(best, why, every)


def _exactness(name: str, value: Any, words: Sequence[Word]) -> int:
    if name != "place":
        return 0
    found = [w.event for w in words if w.event.place == value]
    return -min((e.geo_precision or 1) for e in found) if found else -9


def _toll(name: str, words: Sequence[Word]) -> FieldView | None:
    """Believe the latest figure, unless it is lower than one that two sources (or an official one) stand by.

    A toll that rises after the first reports is how attacks are told; one that falls needs a second voice.
    The range spans every source's last word.
    """
    every = _tallies(_every_word(words, lambda e: getattr(e, name)))
    if not every:
        return None
    last_words = _last_words(words, lambda e: getattr(e, name))
    last = _tallies(last_words)
    firm = [t for t in last if len(t.voices) >= 2 or t.official]
    best = max(last, key=lambda t: (t.first, len(t.voices), t.value))
    floor = max(firm, key=lambda t: (t.first, len(t.voices), t.value), default=best)
    if floor.value > best.value:
        best = floor
    upper = _last_words(words, lambda e: getattr(e, f"{name}_max"))
    low = min(t.value for t in last)
    high = max([t.value for t in last] + [v for _, v in upper])
    return _view(best, _because(best, len(last)), every, low, high)


def _because(best: _Tally, rivals: int, *, exact: bool = False) -> str:
    """Say why a value is believed."""
    count = len(best.voices)
    if rivals == 1:
        return "the only source says so" if count == 1 else f"all {count} independent sources say so"
    if exact:
        return "the most exact place that a source names"
    if count >= 2:
        return f"{count} independent sources stand by it"
    return "the last word of an official source" if best.official else "the latest word"


def _set(name: str, words: Sequence[Word]) -> FieldView | None:
    """Believe each id that a third of the sources name which name any; named ones push out generic ones."""
    said = _last_words(words, lambda e: getattr(e, name))
    if not said:
        return None
    every: dict[str, _Tally] = {}
    for word, ids in _every_word(words, lambda e: getattr(e, name)):
        for one in ids:
            every.setdefault(one, _Tally(one)).add(word)
    support: dict[str, int] = {}
    for _, ids in said:
        for one in ids:
            support[one] = support.get(one, 0) + 1
    need = len(said) / 3 if name in ("targets", "weapons", "actors") else 0
    believed = [one for one, count in support.items() if count >= need]
    if any(one not in GENERIC for one in believed):
        believed = [one for one in believed if one not in GENERIC]
    why = f"named by at least a third of {len(said)} sources" if len(said) > 1 else "the only source says so"
    return FieldView(
        believed=tuple(sorted(believed)),
        why=why,
        claims=tuple(t.claim() for t in every.values()),
        changed_at=max((t.first for one, t in every.items() if one in believed and t.first), default=None),
    )


def _view(best: _Tally, why: str, every: Sequence[_Tally], low: Any = None, high: Any = None) -> FieldView:
    claims = tuple(t.claim() for t in sorted(every, key=lambda t: (t.first, str(t.value))))
    changed = next(t.first for t in every if t.value == best.value)
    return FieldView(best.value, why, low, high, claims, changed)


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
    return replace(
        pattern,
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
        killed_max=killed.high if killed and killed.high != killed.believed else None,
        wounded=wounded.believed if wounded else None,
        wounded_max=wounded.high if wounded and wounded.high != wounded.believed else None,
        denied=all(w.event.denied for w in words),
        foiled=2 * sum(w.event.foiled for w in words) > len(words),
        confidence=round(1 - _doubt(words), 3),
        evidence=(),
    )  # fmt: skip


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
