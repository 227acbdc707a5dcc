"""Which entries of a document are new, edited or known: identity is judged here and nowhere else.

A GUID is believed before a link, a link before a hash of title and date. Publishers break each of
them: GUIDs repeat, are empty, change on every fetch or are recycled; links carry tracking words;
dates move. So an entry is known under two keys: its identity, and an alias made of link and title.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any
from zlib import crc32

from worker.domain.polled import Entry, NewItem

_TRACKING = re.compile(
    r"(?<=[?&])(?:utm_\w+|fbclid|gclid|mc_cid|mc_eid|at_\w+|ns_\w+|cmpid|ref_src|ftag|__twitter_impression)=[^&#]*&?",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]*>")
_SCHEME = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Nothing was published in a feed before; such dates are a generator's zero."""
FUTURE_TOLERANCE = timedelta(minutes=5)
"""A clock may be this far ahead of ours before a date counts as one of the future."""
MOST_REVISIONS = 24
"""A text that keeps changing beyond this is a counter or a clock, not an edit."""
_REDATED = timedelta(minutes=15)
_CONTENT, _LINK, _TITLE = slice(0, 16), slice(16, 24), slice(24, 32)


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """What is stored of an entry: enough to tell an edit from another entry."""

    identity: str
    alias: str
    fingerprint: str
    published_at: datetime | None = None
    revision: int = 1


@dataclass(frozen=True, slots=True)
class Keyed:
    """An entry of a document with the keys it may be known under."""

    entry: Entry
    identity: str
    alias: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class EntryDecision:
    """What a document brought: new items, edits among them, and whether something was missed."""

    items: tuple[NewItem, ...] = ()
    new: int = 0
    revised: int = 0
    known: int = 0
    missed: tuple[datetime, datetime] | None = None
    """(newest known, oldest now) when nothing in the document was known: entries between are lost."""
    newest: datetime | None = None
    """Newest believed date in the document."""
    memory: Mapping[str, Any] = field(default_factory=dict)
    """What to remember about how this feed treats identity and dates."""


def _hash(size: int, *parts: str) -> str:
    return blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=size).hexdigest()


def link_key(url: str) -> str:
    """An address without what does not tell entries apart: scheme, `www.`, tracking words."""
    if "?" in url:
        address, mark, fragment = url.partition("#")
        url = _TRACKING.sub("", address).rstrip("?&") + mark + fragment
    return _SCHEME.sub("", url.strip())


def fingerprint(entry: Entry, link: str | None = None) -> str:
    """32 hex digits: 16 of what a reader sees, 8 of the link, 8 of the title.

    Markup is left out of the first part: image tokens and tracking pixels change on every fetch.
    """
    title = " ".join(entry.title.split())
    text = " ".join(_TAG.sub(" ", entry.html).split())
    address = link_key(entry.url) if link is None else link
    link_part, title_part = _crc(address), _crc(title)
    return f"{_hash(8, title, text)}{link_part:08x}{title_part:08x}"


def _crc(text: str) -> int:
    return crc32(text.encode("utf-8", "replace"))


def keys_of(entries: Iterable[Entry]) -> list[Keyed]:
    """Each entry once, with identity and alias. Entries that share a GUID get their link added to it."""
    bases, rows, seen = Counter[str](), [], set[tuple[str, str]]()
    for entry in entries:
        title = " ".join(entry.title.split())
        link = link_key(entry.url)
        dated = link or str(entry.published or entry.updated or entry.html[:500])
        base = entry.guid.strip() or link or f"{title}\x1f{dated}"
        alias = _hash(16, "alias", dated, title)
        if (base, alias) in seen:
            continue
        seen.add((base, alias))
        bases[base] += 1
        rows.append((entry, base, alias, link))
    return [
        Keyed(
            entry,
            _hash(16, base, alias) if bases[base] > 1 else _hash(16, base),
            alias,
            fingerprint(entry, link),
        )
        for entry, base, alias, link in rows
    ]


def believed_date(entry: Entry, now: datetime) -> datetime | None:
    """Publication as believed: `now` for the future, None for the generator's zero or no date."""
    date = entry.published or entry.updated
    if date is None or date < EARLIEST:
        return None
    return now if date > now + FUTURE_TOLERANCE else date


def _all_dated_now(rows: Sequence[Keyed], now: datetime) -> bool:
    """Whether the generator stamps every entry with the time of the request."""
    dates = [row.entry.published or row.entry.updated for row in rows]
    near = sum(1 for date in dates if date is not None and abs(date - now) < _REDATED)
    return len(rows) >= 5 and near >= 0.9 * len(rows)


def _match(row: Keyed, known: Mapping[str, KnownEntry], aliases: Counter[str]) -> KnownEntry | None:
    """The stored entry that this one is, if any."""
    same_words = known.get(row.alias) if aliases[row.alias] == 1 else None
    by_identity = known.get(row.identity)
    if by_identity is not None:
        if by_identity.alias == row.alias or not _recycled(row, by_identity):
            return by_identity
        return same_words
    if same_words is None:
        return None
    published = row.entry.published or row.entry.updated
    same_text = same_words.fingerprint[_CONTENT] == row.fingerprint[_CONTENT]
    return same_words if same_text or published in (None, same_words.published_at) else None


def _recycled(row: Keyed, known: KnownEntry) -> bool:
    """Whether a GUID that we know now stands for something else: link, title and date all differ."""
    published = row.entry.published or row.entry.updated
    return (
        known.fingerprint[_LINK] != row.fingerprint[_LINK]
        and known.fingerprint[_TITLE] != row.fingerprint[_TITLE]
        and published is not None
        and published != known.published_at
    )


def decide_entries(
    rows: Sequence[Keyed],
    known: Mapping[str, KnownEntry],
    *,
    first: bool,
    now: datetime,
    memory: Mapping[str, Any],
) -> EntryDecision:
    """Compare a document's entries, as `keys_of` gives them, with what is stored.

    `known` maps identities and aliases to stored entries; `first` says that the feed never
    delivered before, so that its undated entries cannot be told from an archive.
    """
    aliases = Counter(row.alias for row in rows)
    matches = [_match(row, known, aliases) for row in rows]
    redates = bool(memory.get("redates")) or _redates(rows, matches, now)
    redates = redates or (first and _all_dated_now(rows, now))
    items: list[NewItem] = []
    revised = 0
    taken: set[str] = set()
    for row, match in zip(rows, matches, strict=True):
        if match is not None and (
            match.fingerprint[_CONTENT] == row.fingerprint[_CONTENT] or match.revision >= MOST_REVISIONS
        ):
            continue
        identity = _identity_for(row, match, known)
        if identity in taken:
            continue
        taken.add(identity)
        revised += match is not None
        date = None if redates else believed_date(row.entry, now)
        items.append(
            NewItem(
                identity=identity,
                fingerprint=row.fingerprint,
                entry=row.entry,
                published_at=match.published_at if match is not None and redates else date,
                fresh=not (first and date is None),
                alias=row.alias,
            )
        )
    dates = [] if redates else [d for row in rows if (d := believed_date(row.entry, now))]
    seen = sum(1 for match in matches if match is not None)
    return EntryDecision(
        items=tuple(items),
        new=len(items) - revised,
        revised=revised,
        known=seen,
        missed=None if first else _missed(dates, seen, memory, now),
        newest=max(dates, default=None),
        memory={"redates": True} if redates else {},
    )


def _identity_for(row: Keyed, match: KnownEntry | None, known: Mapping[str, KnownEntry]) -> str:
    if match is not None:
        return match.identity
    return _hash(16, row.identity, row.alias) if row.identity in known else row.identity


def _redates(rows: Sequence[Keyed], matches: Sequence[KnownEntry | None], now: datetime) -> bool:
    """Whether known, unchanged entries come with new dates near the time of the request."""
    moved = same = 0
    for row, match in zip(rows, matches, strict=True):
        if match is None or match.fingerprint[_CONTENT] != row.fingerprint[_CONTENT]:
            continue
        date = row.entry.published or row.entry.updated
        if date is None or match.published_at is None:
            continue
        if abs(date - match.published_at) > timedelta(minutes=1) and abs(date - now) < _REDATED:
            moved += 1
        else:
            same += 1
    return moved >= 3 and moved >= 4 * same


def _missed(
    dates: Sequence[datetime], seen: int, memory: Mapping[str, Any], now: datetime
) -> tuple[datetime, datetime] | None:
    """The time between the newest entry known before and the oldest in a document without overlap."""
    before = memory.get("newest")
    if seen or not before or not dates:
        return None
    newest_known = datetime.fromisoformat(before)
    oldest = min(dates)
    return (newest_known, oldest) if newest_known < oldest <= now else None
