"""The contract of the poll room's store: SQLite and PostgreSQL over the engine, SQLite over a bare connection."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select, text

from worker.domain.model import Entry, Feed, FeedState, NewItem, Notice, Origin, PollOutcome
from worker.domain.polling import KnownEntry
from worker.storage.engine import reading, writing
from worker.storage.poll import PollQueries, SqlitePollStore
from worker.storage.tables import entries, feeds, items, notices

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
LEASE = timedelta(seconds=90)


class OverEngine(PollQueries):
    def __init__(self, engine):
        self.engine = engine


@pytest.fixture(params=["engine", "bare"])
def store(request, engine):
    if request.param == "engine":
        yield OverEngine(engine)
        return
    if engine.dialect.name != "sqlite":
        pytest.skip("a bare connection is SQLite's alone")
    made = SqlitePollStore(engine.url.database)
    yield made
    made.close()


def add(store, count=3, **values):
    return store.upsert_feeds(
        [
            Feed(url=f"https://a.example/{n}", name=f"Feed {n}", origin=Origin.FILE, **values)
            for n in range(1, count + 1)
        ],
        NOW,
    )


def item(identity, title="Rocket hits base", fingerprint="f1", **values):
    entry = Entry(
        guid=identity,
        url=f"https://a.example/{identity}",
        title=title,
        html="<p>ﷲ</p>",
        categories=("war", "العراق"),
    )
    return NewItem(identity, fingerprint, entry, NOW, alias=f"alias-{identity}", **values)


def outcome(claimed, *new, **state):
    values = {"next_poll_at": NOW + timedelta(minutes=10), "last_success_at": NOW, "polls": 1, **state}
    return PollOutcome(claimed, replace(claimed.state, **values), tuple(new))


def test_feeds_of_the_file_are_taken_in_once_and_changed_in_place(store):
    assert add(store) == 3
    assert add(store) == 0
    assert add(store, reliability="B", options={"headers": {"X": "1"}}) == 3
    feed, state = store.feeds()[0]
    assert (feed.name, feed.reliability, feed.options, feed.origin) == (
        "Feed 1",
        "B",
        {"headers": {"X": "1"}},
        Origin.FILE,
    )
    assert (feed.enabled, feed.fetch_articles, feed.urgent, state) == (True, True, False, FeedState())


def test_a_paused_feed_stays_paused_when_its_file_changes(store):
    add(store)
    assert store.set_feed_enabled(2, enabled=False)
    assert not store.set_feed_enabled(99, enabled=False)
    add(store, country="IQ")
    assert [feed.enabled for feed, _ in store.feeds()] == [True, False, True]
    assert store.feed_ids() == [1, 3]
    assert store.feed_ids(["https://a.example/3", "https://a.example/2"]) == [3]


def test_due_feeds_are_leased_once_longest_overdue_first(store):
    add(store)
    first = store.claim_feeds(NOW, 2, LEASE)
    assert [one.feed.id for one in first] == [1, 2]
    assert [one.feed.id for one in store.claim_feeds(NOW, 5, LEASE)] == [3]
    assert store.claim_feeds(NOW, 5, LEASE) == []
    again = store.claim_feeds(NOW + LEASE, 5, LEASE)
    assert [(one.lease.generation, one.lease.attempts) for one in again] == [(2, 1)] * 3
    store.save_poll([outcome(again[0], next_poll_at=NOW + timedelta(hours=3))], NOW)
    store.save_poll([outcome(again[2], next_poll_at=NOW + timedelta(hours=1))], NOW)
    later = store.claim_feeds(NOW + timedelta(hours=4), 5, LEASE)
    assert [one.feed.id for one in later] == [2, 3, 1]


def test_feeds_asked_for_by_name_are_leased_due_or_not(store):
    add(store, 900)
    claimed = store.claim_feed_ids(range(1, 901), NOW, LEASE)
    store.save_poll([outcome(one) for one in claimed], NOW)
    assert store.claim_feeds(NOW, 10, LEASE) == []
    assert [one.feed.id for one in store.claim_feed_ids([7, 3], NOW, LEASE)] in ([3, 7], [7, 3])
    assert store.claim_feed_ids([7], NOW, LEASE) == []


def test_items_validators_and_next_poll_are_saved_together(store, engine):
    add(store, 2)
    one, two = store.claim_feeds(NOW, 2, LEASE)
    memory = {"gap_s": 600, "why": "every 5 min"}
    written = store.save_poll(
        [
            outcome(one, item("a"), item("b", fresh=False), etag='W/"x"', body_hash="h", memory=memory),
            outcome(two, item("a")),
        ],
        NOW,
    )
    assert written == 3
    state = {feed.id: state for feed, state in store.feeds()}[1]
    assert (state.etag, state.body_hash, state.memory, state.next_poll_at) == (
        'W/"x"',
        "h",
        memory,
        NOW + timedelta(minutes=10),
    )
    with reading(engine) as connection:
        rows = connection.execute(select(items).order_by(items.c.id)).all()
        kept = connection.execute(select(entries).order_by(entries.c.id)).all()
        assert connection.execute(select(feeds.c.claimed_until)).scalars().all() == [None, None]
    assert [(r.feed_id, r.entry_id, r.revision, r.stage, r.fresh) for r in rows] == [
        (1, 1, 1, "new", True), (1, 2, 1, "new", False), (2, 3, 1, "new", True)
    ]  # fmt: skip
    assert (rows[0].title_raw, rows[0].html_raw, rows[0].categories) == (
        "Rocket hits base",
        "<p>ﷲ</p>",
        ["war", "العراق"],
    )
    assert (rows[0].published_at, rows[0].seen_at) == (NOW, NOW)
    assert (kept[0].identity, kept[0].alias, kept[0].published_at, kept[0].first_seen_at) == (
        "a",
        "alias-a",
        NOW,
        NOW,
    )


def test_a_changed_entry_becomes_a_revision_and_an_unchanged_one_nothing(store, engine):
    add(store, 1)
    store.save_poll([outcome(store.claim_feeds(NOW, 1, LEASE)[0], item("a"))], NOW)
    claimed = store.claim_feed_ids([1], NOW, LEASE)[0]
    assert store.save_poll([outcome(claimed, item("a"), item("c"))], NOW) == 1
    claimed = store.claim_feed_ids([1], NOW, LEASE)[0]
    edited = item("a", title="Five rockets hit base", fingerprint="f2")
    assert store.save_poll([outcome(claimed, edited)], NOW) == 1
    with reading(engine) as connection:
        rows = connection.execute(
            select(items.c.revision, items.c.title_raw).where(items.c.entry_id == 1).order_by(items.c.id)
        )
        assert [tuple(row) for row in rows] == [(1, "Rocket hits base"), (2, "Five rockets hit base")]
        assert connection.execute(
            select(entries.c.fingerprint, entries.c.revision).order_by(entries.c.id)
        ).first() == ("f2", 2)


def test_entries_are_found_by_identity_and_by_alias_within_their_feed(store):
    add(store, 2)
    store.save_poll([outcome(store.claim_feeds(NOW, 1, LEASE)[0], *(item(f"i{n}") for n in range(900)))], NOW)
    known = KnownEntry("i1", "alias-i1", "f1", NOW)
    assert store.known_entries(1, ["i1", "alias-i1", "x"]) == {"i1": known, "alias-i1": known}
    assert store.known_entries(2, ["i1", "alias-i1"]) == {}
    assert len(store.known_entries(1, [f"i{n}" for n in range(1000)])) == 900


def test_a_worker_whose_lease_moved_on_writes_nothing(store, engine):
    add(store, 2)
    late = store.claim_feeds(NOW, 2, LEASE)
    store.claim_feed_ids([1], NOW + LEASE, LEASE)
    assert store.save_poll([outcome(one, item("a"), etag="late") for one in late], NOW) == 1
    with reading(engine) as connection:
        assert connection.execute(select(items.c.feed_id)).scalars().all() == [2]
        assert connection.execute(select(feeds.c.etag).order_by(feeds.c.id)).scalars().all() == [None, "late"]


def test_a_fault_in_the_middle_leaves_nothing_behind(store, engine):
    add(store, 1)
    claimed = store.claim_feeds(NOW, 1, LEASE)[0]
    with pytest.raises(Exception):  # noqa: B017 - each driver has its own
        store.save_poll([outcome(claimed, item("a"), item(None))], NOW)
    with reading(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM items")).scalar() == 0
        assert connection.execute(text("SELECT count(*) FROM entries")).scalar() == 0
    assert store.save_poll([outcome(claimed, item("a"))], NOW) == 1


def test_gone_feeds_stop_moved_feeds_move_and_a_taken_address_is_left_alone(store):
    add(store, 3)
    one, two, three = store.claim_feeds(NOW, 3, LEASE)
    store.save_poll(
        [
            replace(outcome(one), stop=True),
            replace(outcome(two), saved_url="https://b.example/new"),
            replace(outcome(three), saved_url="https://a.example/1"),
        ],
        NOW,
    )
    found = {feed.id: (feed.url, feed.enabled) for feed, _ in store.feeds()}
    assert found == {
        1: ("https://a.example/1", False),
        2: ("https://b.example/new", True),
        3: ("https://a.example/3", True),
    }


def test_notices_are_stored_once_a_day(store, engine):
    add(store, 1)
    notice = Notice("feed-silent", "feed:1", "nothing for 7 h", NOW, {"silent_s": 25_200})
    for _ in range(2):
        claimed = store.claim_feed_ids([1], NOW, LEASE)[0]
        store.save_poll([replace(outcome(claimed), notices=(notice,))], NOW)
    with reading(engine) as connection:
        (row,) = connection.execute(select(notices)).all()
    assert (row.kind, row.day, row.at, row.data, row.resolved_at) == (
        "feed-silent",
        date(2026, 3, 1),
        NOW,
        {"silent_s": 25_200},
        None,
    )


def test_memory_can_be_changed_by_a_persons_word(store):
    add(store, 1)
    store.save_poll([outcome(store.claim_feeds(NOW, 1, LEASE)[0], memory={"a": 1, "b": 2})], NOW)
    assert store.remember_of_feed(1, {"b": None, "redirect": {"approved": True}}, due=True)
    assert not store.remember_of_feed(5, {})
    _, state = store.feeds()[0]
    assert (state.memory, state.next_poll_at) == ({"a": 1, "redirect": {"approved": True}}, None)


def test_items_that_others_inserted_do_not_collide(store, engine):
    """Ids are given out within the transaction; rows made by other means are no obstacle."""
    add(store, 1)
    with writing(engine) as connection:
        connection.execute(
            insert(entries).values(feed_id=1, identity="x", fingerprint="f", first_seen_at=NOW)
        )
    assert store.save_poll([outcome(store.claim_feeds(NOW, 1, LEASE)[0], item("a"), item("b"))], NOW) == 2
    with writing(engine) as connection:
        connection.execute(
            insert(entries).values(feed_id=1, identity="y", fingerprint="f", first_seen_at=NOW)
        )


def test_a_hubs_promise_made_during_a_poll_survives_its_save(store):
    add(store, 1)
    claimed = store.claim_feeds(NOW, 1, LEASE)[0]
    store.remember_of_feed(1, {"websub": {"state": "active"}})
    store.save_poll(
        [outcome(claimed, memory={"hubs": ["https://hub.example/"], "websub": {"state": "asked"}})], NOW
    )
    assert store.feeds()[0][1].memory["websub"] == {"state": "active"}
