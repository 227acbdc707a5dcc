"""What linking reads: reports that it claimed, and what keys lead to; rows become the domain's values here."""

# ruff: noqa: S608 - what is put together are constants of ours; values always travel beside the statement

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec

from worker.domain.model import Analysis, Event, Kind, Match, Report, Story
from worker.domain.stories.consolidation import Member
from worker.domain.stories.trace import Sight, Trace
from worker.errors import StorageError
from worker.storage.filed import Filed
from worker.storage.plain import Plain, read_time

WHOLE = 200
"""Reports of one story that are loaded, newest first; a story of more keeps its counts itself."""

_MOST_KEPT = 4000

_sight = msgspec.msgpack.Decoder(Sight).decode
_trace = msgspec.msgpack.Decoder(Trace).decode
_story = msgspec.json.Decoder(Story).decode
_events = msgspec.json.Decoder(tuple[Event, ...]).decode
_matches = msgspec.json.Decoder(tuple[Match, ...]).decode
_words = msgspec.json.Decoder(tuple[str, ...]).decode

_ADDRESSED = """
SELECT i.canonical_url, s.story_id, s.item_id FROM items i JOIN story_items s ON s.item_id = i.id
WHERE i.canonical_url {among} AND i.seen_at >= ? ORDER BY s.story_id
"""
_ENTERED = """
SELECT DISTINCT s.story_id FROM items i JOIN story_items s ON s.item_id = i.id WHERE i.entry_id {among}
"""

_REPORTS = """
SELECT i.id, i.feed_id, i.url, i.canonical_url, f.name, f.reliability, i.language, i.title, i.text, i.text_hash,
    i.published_at, i.seen_at, i.fresh, i.entry_id, i.revision, i.story_id, s.pinned,
    a.relevant, a.score, a.kind, {json}, a.gist, a.lexicon_version
FROM items i JOIN feeds f ON f.id = i.feed_id JOIN analyses a ON a.item_id = i.id
LEFT JOIN story_items s ON s.item_id = i.id WHERE i.id {among}
ORDER BY coalesce(i.published_at, i.seen_at), i.id
"""
_JSON = ("a.terms", "a.matches", "a.events")

_MEMBERS = (
    "SELECT story_id, item_id, trace, pinned, why, likeness, copy_of, superseded FROM story_items WHERE "
)


def reports(plain: Plain, item_ids: Sequence[int]) -> list[Report]:
    """Read analysed items as reports, in order of publication; what linking never looks at is left out."""
    cast = "::text" if plain.postgres else ""
    query = _REPORTS.format(json=", ".join(name + cast for name in _JSON), among=plain.among)
    return [_report(row) for row in plain.all(query, (plain.listed(item_ids),))]


def _report(row: Sequence[Any]) -> Report:
    (item, feed, url, canonical, source, reliability, language, title, text, text_hash, published, seen, fresh, entry,
     revision, story, pinned, relevant, score, kind, terms, matches, events, gist, lexicon) = row  # fmt: skip
    analysis = Analysis(
        relevant=bool(relevant), score=score, kind=Kind(kind), terms=_words(terms), matches=_matches(matches),
        events=_events(events), gist=gist, lexicon_version=lexicon,
    )  # fmt: skip
    seen_at = read_time(seen)
    assert seen_at is not None
    return Report(
        item_id=item, feed_id=feed, url=url, canonical_url=canonical or url, source=source, reliability=reliability,
        language=language or "other", title=title or "", text=text or "", text_hash=text_hash or "",
        published_at=read_time(published), seen_at=seen_at, fresh=bool(fresh), analysis=analysis, entry_id=entry,
        revision=revision, story_id=story, pinned=bool(pinned),
    )  # fmt: skip


class Kept:
    """Traces that were read or written lately, each with its bytes: what is the same is not read again."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[bytes, bool, Trace]] = {}

    def put(self, blob: bytes, trace: Trace) -> None:
        """Remember a trace."""
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        self._kept[trace.item_id] = (blob, trace.pinned, trace)

    def read(self, item: int, blob: bytes, pinned: object) -> Trace:
        """Read a stored trace; the column says whether it is pinned, since people change that."""
        held = bool(pinned)
        known = self._kept.get(item)
        if known is not None and known[1] == held and known[0] == blob:
            return known[2]
        trace = _trace(blob)
        if trace.pinned != held:
            trace = replace(trace, pinned=held)
        self.put(blob, trace)
        return trace


KEPT = Kept()


class Look:
    """See `worker.ports.LinkReader`; works on an open transaction."""

    def __init__(self, plain: Plain, filed: Filed) -> None:
        """Read through this transaction; `filed` is what this process holds of the keys."""
        self.plain, self._filed = plain, filed

    def link_mark(self) -> int:
        """Number of the newest story change."""
        return self.plain.all("SELECT max(id) FROM story_changes")[0][0] or 0

    def reach(self, keys: Sequence[int], per_key: int) -> list[tuple[int, int, int]]:
        """Follow keys, in their order, to the newest stories filed under each."""
        return self._filed.reach(self.plain, keys, per_key) if keys else []

    def addressed(self, urls: Sequence[str], since: datetime) -> list[tuple[str, int, int]]:
        """Follow addresses to the stories of items that were seen since then."""
        query = _ADDRESSED.format(among=self.plain.among)
        return self.plain.all(query, (self.plain.listed(urls), self.plain.time(since)))

    def entered(self, entry_ids: Sequence[int]) -> set[int]:
        """Follow entries to the stories that their revisions are in."""
        query = _ENTERED.format(among=self.plain.among)
        return {row[0] for row in self.plain.all(query, (self.plain.listed(entry_ids),))}

    def sights(self, item_ids: Sequence[int]) -> dict[int, Sight]:
        """Read the parts of traces that most candidates are dismissed by."""
        return {item: _sight(blob) for item, blob, _ in self._blobs(item_ids)}

    def traces(self, item_ids: Sequence[int]) -> dict[int, Trace]:
        """Load traces; an item that is in no story has none."""
        return {item: KEPT.read(item, blob, pinned) for item, blob, pinned in self._blobs(item_ids)}

    def _blobs(self, item_ids: Sequence[int]) -> list[tuple[int, bytes, object]]:
        if not item_ids:
            return []
        query = f"SELECT item_id, trace, pinned FROM story_items WHERE item_id {self.plain.among}"
        return self.plain.all(query, (self.plain.listed(item_ids),))

    def whole(self, story_ids: Sequence[int]) -> list[tuple[Story, list[Member]]]:
        """Load stories with their newest reports."""
        if not story_ids:
            return []
        plain = self.plain
        body = "body::text" if plain.postgres else "body"
        query = (
            f"SELECT id, version, pinned, {body} FROM stories WHERE merged_into IS NULL AND id {plain.among}"
        )
        found = {row[0]: _read_story(*row) for row in plain.all(query, (plain.listed(story_ids),))}
        members: dict[int, list[Member]] = {story: [] for story in found}
        large = [story for story, s in found.items() if s.item_count > WHOLE]
        small = [story for story, s in found.items() if s.item_count <= WHOLE]
        rows = plain.all(f"{_MEMBERS} story_id {plain.among} ORDER BY item_id", (plain.listed(small),))
        for story in large:
            query = f"{_MEMBERS} story_id = ? ORDER BY item_id DESC LIMIT {WHOLE}"
            rows.extend(reversed(plain.all(query, (story,))))
        for row in rows:
            members[row[0]].append(_member(row))
        return [(found[story], held) for story, held in members.items()]


def recent(plain: Plain, limit: int) -> list[Trace]:
    """Read the newest reports in stories."""
    rows = plain.all("SELECT trace FROM story_items ORDER BY item_id DESC LIMIT ?", (limit,))
    return [_trace(row[0]) for row in rows]


def _member(row: Sequence[Any]) -> Member:
    _, item, blob, pinned, why, likeness, copy_of, superseded = row
    return Member(KEPT.read(item, blob, pinned), why, likeness, copy_of, superseded=bool(superseded))


def _read_story(story_id: int, version: int, pinned: object, body: str | bytes) -> Story:
    """Read a story; the columns win over the body where both hold a value that people or merges change."""
    try:
        story = _story(body)
    except msgspec.ValidationError as fault:
        raise StorageError(
            f"a stored Story cannot be read: {fault}", where=f"story {story_id}", remedy="run `marsad doctor`"
        ) from fault
    if (story.id, story.version, story.pinned, story.merged_into) == (story_id, version, bool(pinned), None):
        return story
    return replace(story, id=story_id, version=version, pinned=bool(pinned), merged_into=None)


STORY_COLUMNS = (
    "version", "created_at", "updated_at", "kind", "gist", "sub_event_type", "event_date", "place", "governorate",
    "lat", "lon", "geo_precision", "killed", "wounded", "corroboration", "phase", "item_count", "source_count",
    "first_published_at", "last_published_at", "merged_into", "pinned", "body",
)  # fmt: skip


def story_row(story: Story) -> tuple[Any, ...]:
    """Make a story's row, in the order of `STORY_COLUMNS`."""
    event = story.event
    if event is None:
        told: tuple[Any, ...] = (None,) * 9
    else:
        told = (event.sub_event_type, event.date, event.place, event.governorate, event.lat, event.lon,
                event.geo_precision, event.killed, event.wounded)  # fmt: skip
    return (
        story.version, story.created_at, story.updated_at, str(story.kind), story.gist, *told, story.corroboration,
        story.phase, story.item_count, story.source_count, story.first_published_at, story.last_published_at,
        story.merged_into, story.pinned, story,
    )  # fmt: skip
