"""Generates an archive for measuring linking: a tenth as many live stories as items, three reports each.

The live stories lie inside the window of 30 days; the rest of the items is older and has no keys any more,
as pruning leaves it. Headlines, events and keys of a story are always the same for its number, so that a
later report of it can be made; leads come from a pool, signatures are drawn.
"""

from __future__ import annotations

import random
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b

import msgspec
import numpy as np
from sqlalchemy import Engine, insert, text

from worker.domain.model import Analysis, Event, Kind, Match, Report, Story
from worker.domain.stories.consolidation import Member, consolidate
from worker.domain.stories.keys import INDEXED, day_of, stored
from worker.domain.stories.signature import HASHES
from worker.domain.stories.trace import LEAD_WORDS, Trace
from worker.domain.stories.words import stem
from worker.domain.vocabulary import SUB_EVENT_TYPES
from worker.storage import codec
from worker.storage.engine import writing
from worker.storage.filed import Run, pack
from worker.storage.linkrows import STORY_COLUMNS, story_row
from worker.storage.tables import analyses, entries, feeds, items

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
NEW_ITEMS, NEW_STORIES = 10_000_000, 50_000_000
"""Numbers from which new reports, and the events that nobody reported before, begin."""

KINDS = tuple(SUB_EVENT_TYPES)
WEAPONS = ("rocket", "missile", "drone", "mortar", "ied", "car_bomb", "small_arms", "grenade", "air_strike", "knife")  # fmt: skip
TARGETS = ("convoy", "base", "airport", "oil_facility", "checkpoint", "market", "mosque", "civilians", "official",
           "journalist", "soldiers", "police", "hashd", "homes", "school", "bank", "port")  # fmt: skip
ACTORS = ("hashd", "badr", "isis", "pkk", "peshmerga", "iraqi_army", "us_forces", "turkish_forces", "irgc", "israel")  # fmt: skip
GOVERNORATES = ("Al Anbar", "Baghdad", "Basra", "Diyala", "Erbil", "Kirkuk", "Nineveh", "Salah al-Din", "Duhok")  # fmt: skip
OUTLETS = [f"Outlet {n}" for n in range(40)]
WORDS = ["".join(random.Random(n).choices("abcdefghiklmnoprstuvw", k=4 + n % 7)) for n in range(30_000)]
CHUNK = 5000
ROWS = 5000


def places(seed: int = 7, count: int = 2000) -> list[tuple[str, str, float, float]]:
    """Made-up places spread over the country's box: (name, governorate, latitude, longitude)."""
    dice = random.Random(seed)
    return [
        (f"Place{n}", dice.choice(GOVERNORATES), round(dice.uniform(30, 37), 4), round(dice.uniform(39, 48), 4))
        for n in range(count)
    ]  # fmt: skip


PLACES = places()


def live_stories(size: int) -> int:
    """How many stories of an archive of this size are live."""
    return size // 10


def old_items(size: int) -> int:
    """How many items of it are in none of those; story ids and live items begin behind this."""
    return size - min(size, 3 * live_stories(size))


def time_of(number: int, live: int) -> datetime:
    """When the live story of this number (from 1, newest first) happened."""
    return NOW - timedelta(days=29 * number / live + 0.05)


@lru_cache(maxsize=4)
def event_of(story: int, at: datetime) -> Event:
    """The event of a story, always the same for its number and day."""
    dice = random.Random(story)
    name, governorate, lat, lon = dice.choice(PLACES)
    return Event(
        sub_event_type=dice.choice(KINDS), event_type="", date=at.date(), date_precision=1, place=name,
        governorate=governorate, lat=lat, lon=lon, geo_precision=1, weapons=(dice.choice(WEAPONS),),
        targets=(dice.choice(TARGETS),), actors=(dice.choice(ACTORS),), killed=dice.choice((None, *range(12))),
        confidence=0.8,
    )  # fmt: skip


@lru_cache(maxsize=4)
def subject_of(story: int) -> tuple[str, ...]:
    """The headline's words that all reports of a story share."""
    own = random.Random(story)
    return tuple(WORDS[int(own.paretovariate(0.6)) % len(WORDS)] for _ in range(6))


def report_of(item: int, story: int, at: datetime, nth: int) -> Report:
    """The nth report of a story; its words are partly the story's own, partly the outlet's."""
    dice = random.Random(item)
    event = event_of(story, at)
    title = " ".join([event.place or "", *subject_of(story), *(dice.choice(WORDS) for _ in range(2))])
    body = " ".join(WORDS[int(dice.paretovariate(0.5)) % len(WORDS)] for _ in range(40))
    whole = f"{title}\n{body}"
    published = at + timedelta(minutes=37 * nth)
    analysis = Analysis(
        relevant=True, score=0.9, kind=Kind.INCIDENT, events=(event,), gist=title, terms=("rocket_attack",),
        matches=(Match(f"place:{event.place}", event.place or "", 0, 5),),
    )  # fmt: skip
    source = dice.choice(OUTLETS)
    return Report(
        item_id=item, feed_id=1 + OUTLETS.index(source), url=f"https://{source[7:]}.example/{item}",
        canonical_url=f"https://o{source[7:]}.example/{item}", source=source, reliability="C", language="en",
        title=title, text=whole, text_hash=blake2b(whole.encode(), digest_size=16).hexdigest(),
        published_at=published, seen_at=published, fresh=True, analysis=analysis, entry_id=item, revision=1,
    )  # fmt: skip


class Traces:
    """Makes the traces that `make_trace` would, quickly: leads come from a pool, signatures are drawn."""

    def __init__(self) -> None:
        self._dice = dice = random.Random(5)
        stems = [stem(word, "en") for word in WORDS]
        self._stem = dict(zip(WORDS, stems, strict=True))
        self._leads = [
            tuple({stems[int(dice.paretovariate(0.5)) % len(stems)] for _ in range(LEAD_WORDS)}) for _ in range(CHUNK)
        ]  # fmt: skip

    def make(self, item: int, story: int, at: datetime, nth: int) -> Trace:
        """The nth report of a story."""
        dice, event = self._dice, event_of(story, at)
        words = [self._stem[word] for word in (*subject_of(story), dice.choice(WORDS), dice.choice(WORDS))]
        title = tuple(dict.fromkeys((str(event.place).lower(), *words)))
        outlet = dice.randrange(len(OUTLETS))
        host, headline = f"o{outlet}.example", " ".join(title)
        return Trace(
            item_id=item, entry_id=item, revision=1, source=OUTLETS[outlet], group=host, reliability="C", language="en",
            at=at + timedelta(minutes=37 * nth), dated=True, url=f"https://{host}/{item}", text_hash=f"{item:032x}",
            kind=Kind.INCIDENT, fresh=True, title=title, lead=dice.choice(self._leads), numbers=(),
            names=(f"place:{event.place}",), terms=("rocket_attack",), events=(event,), gist=headline,
            headline=headline, signature=dice.randbytes(4 * HASHES),
        )  # fmt: skip


class Loader:
    """Fills tables in bulk: executemany on SQLite, COPY on PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.postgres = engine.dialect.name == "postgresql"

    def rows(self, table: str, columns: Sequence[str], values: Iterable[tuple[object, ...]]) -> None:
        """Write rows in one transaction."""
        raw = self.engine.raw_connection()
        names = ", ".join(columns)
        try:
            cursor = raw.cursor()
            if self.postgres:
                cursor.execute("SET session_replication_role = replica")  # no look-up of foreign keys a row
                with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    for row in values:
                        copy.write_row(row)
            else:
                cursor.execute("PRAGMA foreign_keys=OFF")
                cursor.execute("PRAGMA synchronous=OFF")
                cursor.execute("BEGIN")
                marks = ", ".join("?" * len(columns))
                cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)
            raw.commit()
        finally:
            raw.invalidate()  # what was set here must not reach anybody else

    def time(self, at: datetime) -> object:
        """A time as this database keeps it."""
        return at if self.postgres else at.replace(tzinfo=None).isoformat(" ", "microseconds")

    def value(self, value: object) -> object:
        """A column's value of a story as this database keeps it."""
        if isinstance(value, datetime):
            return self.time(value)
        if isinstance(value, Story):
            return msgspec.json.encode(value).decode()
        return value.isoformat() if hasattr(value, "isoformat") and not self.postgres else value

    def flag(self, value: bool) -> object:
        """A truth value as this database keeps it."""
        return value if self.postgres else int(value)


FILLED = ("entries", "items", "stories", "story_items", "link_runs")


@contextmanager
def indexes_afterwards(engine: Engine) -> Iterator[None]:
    """Make indexes once all rows lie there: one sort each, where every row would cost a seek."""
    if engine.dialect.name == "sqlite":
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({})"
    else:
        query = ("SELECT indexname, indexdef FROM pg_indexes WHERE indexname NOT IN (SELECT conname FROM pg_constraint) "
                 "AND tablename IN ({})")  # fmt: skip
    with writing(engine) as connection:
        found = connection.execute(text(query.format(", ".join(f"'{t}'" for t in FILLED)))).all()
        for name, _ in found:
            connection.exec_driver_sql(f"DROP INDEX {name}")
    yield
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET maintenance_work_mem = '512MB'"))
        for _, made_by in found:
            connection.exec_driver_sql(made_by)


ITEM_COLUMNS = ("id", "entry_id", "feed_id", "revision", "url", "title_raw", "html_raw", "author", "published_at",
                "seen_at", "fresh", "stage", "stage_at", "story_id", "generation", "attempts", "title", "text",
                "canonical_url", "language", "text_hash")  # fmt: skip
LINK_COLUMNS = (
    "item_id",
    "story_id",
    "why",
    "likeness",
    "copy_of",
    "superseded",
    "trace",
    "pinned",
    "added_at",
)


class Builder:
    """Lays down one archive."""

    def __init__(self, engine: Engine, size: int) -> None:
        self.loader, self.engine, self.size = Loader(engine), engine, size
        self.keys, self.stories, self.items = array("q"), array("q"), array("q")
        self._traces = Traces()
        self._patterns: list[Story] = []
        self._encode = msgspec.msgpack.Encoder().encode

    def build(self) -> None:
        """Everything, in the order that foreign keys ask for."""
        with writing(self.engine) as connection:
            connection.execute(
                insert(feeds),
                [
                    {"url": f"https://o{n}.example/rss", "name": name, "options": {}, "memory": {}, "origin": "file",
                     "created_at": NOW}
                    for n, name in enumerate(OUTLETS)
                ],
            )  # fmt: skip
        long_ago = self.loader.time(NOW - timedelta(days=200))
        with indexes_afterwards(self.engine):
            self.loader.rows(
                "entries", ("id", "feed_id", "identity", "fingerprint", "revision", "first_seen_at"),
                ((n, 1, f"e{n}", "f", 1, long_ago) for n in range(1, self.size + 1)),
            )  # fmt: skip
            self.loader.rows("items", ITEM_COLUMNS, self._old_items(long_ago))
            live = live_stories(self.size)
            for first in range(1, live + 1, CHUNK):
                self._stories(range(first, min(first + CHUNK, live + 1)), live)
            self._keys()
        self._finish()

    def _old_items(self, long_ago: object) -> Iterator[tuple[object, ...]]:
        stale, html, body = self.loader.flag(False), "h" * 400, "b" * 400
        for n in range(1, old_items(self.size) + 1):
            yield (n, n, 1, 1, f"https://o.example/{n}", "t", html, "", long_ago, long_ago, stale, "linked",
                   long_ago, n // 3 + 1, 1, 0, "t", body, f"https://o.example/{n}", "en", f"h{n}")  # fmt: skip

    def _stories(self, numbers: range, live: int) -> None:
        loader, old = self.loader, old_items(self.size)
        fresh, stale = loader.flag(True), loader.flag(False)
        made_items, made_stories, links = [], [], []
        for number in numbers:
            story, at = old + number, time_of(number, live)
            members = []
            keys: dict[int, int] = {}
            for nth in range(3):
                item = old + 3 * (number - 1) + nth + 1
                trace = self._traces.make(item, story, at, nth)
                members.append(Member(trace, "bench", 1.0))
                for key in stored(trace):
                    if key >= INDEXED:
                        keys.setdefault(key, item)
                seen = loader.time(trace.at)
                made_items.append((item, item, 1 + OUTLETS.index(trace.source), 1, trace.url, "t", "h" * 400, "", seen,
                                   seen, fresh, "linked", seen, story, 1, 0, trace.headline, " ".join(trace.lead),
                                   trace.url, "en", trace.text_hash))  # fmt: skip
                links.append((item, story, "bench", 1.0, 0, stale, self._encode(trace), stale, seen))
            self.keys.extend(keys)
            self.items.extend(keys.values())
            self.stories.extend([story] * len(keys))
            row = (story, *story_row(self._story(number, story, at, members)))
            made_stories.append(tuple(map(loader.value, row)))
        loader.rows("items", ITEM_COLUMNS, made_items)
        loader.rows("stories", ("id", *STORY_COLUMNS), made_stories)
        loader.rows("story_items", LINK_COLUMNS, links)

    def _story(self, number: int, story: int, at: datetime, members: list[Member]) -> Story:
        """One is as long as another: consolidating each would take most of the time."""
        now = at + timedelta(hours=2)
        if len(self._patterns) < 500:
            made = consolidate(members, None, story_id=story, now=now)
            self._patterns.append(replace(made, version=3))
        return replace(
            self._patterns[number % len(self._patterns)], id=story, event=members[0].trace.main, created_at=now,
            updated_at=now, first_published_at=members[0].trace.at, last_published_at=members[-1].trace.at,
        )  # fmt: skip

    def _keys(self) -> None:
        """In runs as an upgrade makes them of an archive; those of single batches are far shorter."""
        keys, stories, found = (
            np.frombuffer(a, dtype=np.int64) for a in (self.keys, self.stories, self.items)
        )
        order = np.lexsort((stories, keys))

        def runs() -> Iterator[tuple[object, ...]]:
            for number, first in enumerate(range(0, len(order), ROWS), start=1):
                part = order[first : first + ROWS]
                days = day_of(int(keys[part[0]])), day_of(int(keys[part[-1]]))
                body = pack(Run(keys[part], stories[part], found[part]))
                yield number, *days, 0, body, b""

        self.loader.rows("link_runs", ("id", "first_day", "last_day", "floor", "body", "merged"), runs())

    def _finish(self) -> None:
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if not self.loader.postgres:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                return
            for table in ("entries", "items", "stories", "link_runs"):
                connection.execute(text(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
                ))  # fmt: skip
            connection.execute(text("VACUUM ANALYZE"))


def feed_new(engine: Engine, size: int, count: int) -> dict[int, int]:
    """Put new items at stage `read`, half about live stories of the last days, half about new events.

    Gives the item ids of the former with the story that each belongs to.
    """
    live, dice = live_stories(size), random.Random(99)
    new_items, new_analyses, new_entries, belongs = [], [], [], {}
    for n in range(count):
        item = NEW_ITEMS + n
        if n % 2:
            number = 1 + int(live * dice.betavariate(1, 8))
            belongs[item] = old_items(size) + number
            report = report_of(item, belongs[item], time_of(number, live), 4)
        else:
            report = report_of(item, NEW_STORIES + n, NOW - timedelta(days=dice.uniform(0, 3)), 0)
        new_entries.append({"id": item, "feed_id": 1, "identity": f"n{n}", "fingerprint": "f", "revision": 1,
                            "first_seen_at": NOW})  # fmt: skip
        new_items.append({
            "id": item, "entry_id": item, "feed_id": report.feed_id, "revision": 1, "url": report.url, "title_raw": "",
            "html_raw": "", "published_at": report.published_at, "seen_at": NOW, "fresh": True, "stage": "read",
            "stage_at": NOW, "title": report.title, "text": report.text, "canonical_url": report.canonical_url,
            "language": "en", "text_hash": report.text_hash,
        })  # fmt: skip
        new_analyses.append({
            "item_id": item, "lexicon_version": "1", "relevant": True, "score": 0.9, "kind": "incident",
            "gist": report.title, "terms": ["rocket_attack"], "matches": codec.dump(report.analysis.matches),
            "reasons": [], "events": codec.dump(report.analysis.events), "made_at": NOW,
        })  # fmt: skip
    with writing(engine) as connection:
        connection.execute(insert(entries), new_entries)
        connection.execute(insert(items), new_items)
        connection.execute(insert(analyses), new_analyses)
    return belongs
