"""Retention and re-reading, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select, update

from worker.storage import tables as t
from worker.storage.store import Store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OLD, YOUNG = NOW - timedelta(days=100), NOW - timedelta(days=1)
LIMITS = {"loose_before": NOW - timedelta(days=30), "story_before": NOW - timedelta(days=60)}


@pytest.fixture
def store(engine):
    return Store(engine)


class Archive:
    """Puts rows in as the rooms would leave them."""

    def __init__(self, engine):
        self.engine, self.number = engine, 0
        with engine.begin() as connection:
            self.feed = connection.execute(
                insert(t.feeds).values(url="http://x/", options={}, memory={}, origin="file", created_at=OLD)
            ).inserted_primary_key[0]

    def story(self, at, **more):
        values = {
            "version": 1, "created_at": at, "updated_at": at, "kind": "incident", "gist": "g",
            "corroboration": "single source", "phase": "settled", "item_count": 1, "source_count": 1, "body": {},
        }  # fmt: skip
        with self.engine.begin() as connection:
            return connection.execute(insert(t.stories).values(**values, **more)).inserted_primary_key[0]

    def item(self, at, stage="passed", story=None, version=None):
        self.number += 1
        with self.engine.begin() as connection:
            entry = connection.execute(
                insert(t.entries).values(
                    feed_id=self.feed, identity=f"i{self.number}", fingerprint="f", first_seen_at=at
                )
            ).inserted_primary_key[0]
            item = connection.execute(
                insert(t.items).values(
                    entry_id=entry, feed_id=self.feed, revision=1, url="u", title_raw="t", html_raw="h",
                    seen_at=at, fresh=True, stage=stage, stage_at=at, story_id=story,
                )
            ).inserted_primary_key[0]  # fmt: skip
            if version:
                connection.execute(
                    insert(t.analyses).values(
                        item_id=item, lexicon_version=version, relevant=True, score=1, kind="incident", gist="",
                        terms=[], matches=[], reasons=[], events=[], made_at=at,
                    )
                )  # fmt: skip
            return item

    def delivery(self, at, state="sent", story=None):
        self.number += 1
        with self.engine.begin() as connection:
            connection.execute(
                insert(t.deliveries).values(
                    key=f"k{self.number}", channel="console", recipient="", thread="t", message={}, state=state,
                    reference={}, due_at=at, created_at=at, story_id=story,
                )
            )  # fmt: skip

    def count(self, table):
        with self.engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(table)).scalar()

    def ids(self, table):
        with self.engine.connect() as connection:
            return set(connection.execute(select(table.c.id)).scalars())


@pytest.fixture
def archive(engine):
    return Archive(engine)


def test_old_items_without_a_story_go_and_their_entries_stay_known(store, archive):
    archive.item(OLD)
    young = archive.item(YOUNG)
    waiting = archive.item(OLD, stage="new")
    store_ = store.prune(loose_before=NOW - timedelta(days=30), story_before=NOW - timedelta(days=365))
    assert store_["items"] == 1
    assert archive.ids(t.items) == {young, waiting}
    assert archive.count(t.entries) == 3


def test_an_old_story_goes_with_all_that_hangs_on_it_and_a_young_one_stays_whole(store, archive):
    old, young = archive.story(OLD), archive.story(YOUNG)
    archive.item(OLD, "linked", old)
    archive.delivery(OLD, story=old)
    kept = archive.item(OLD, "linked", young)
    archive.delivery(OLD, story=young)
    gone = store.prune(**LIMITS)
    assert gone["stories"] == 1
    assert archive.ids(t.stories) == {young}
    assert archive.ids(t.items) == {kept}
    assert archive.count(t.deliveries) == 1


def test_a_pinned_story_stays_and_merged_ones_go_with_the_story_they_are_part_of(store, archive):
    pinned = archive.story(OLD, pinned=True)
    old = archive.story(OLD)
    archive.story(OLD, merged_into=old)
    into_pinned = archive.story(OLD, merged_into=pinned)
    store.prune(**LIMITS)
    assert archive.ids(t.stories) == {pinned, into_pinned}


def test_messages_that_still_wait_are_never_removed(store, archive):
    archive.delivery(OLD, "sent")
    archive.delivery(OLD, "pending")
    archive.delivery(OLD, "uncertain")
    assert store.prune(**LIMITS)["messages"] == 1
    assert archive.count(t.deliveries) == 2


def test_what_is_counted_beforehand_is_what_is_removed_in_batches(store, archive):
    for _ in range(5):
        archive.item(OLD)
    expected = store.prunable(**LIMITS)
    total = 0
    while gone := store.prune(**LIMITS, limit=2)["items"]:
        assert gone <= 2
        total += gone
    assert total == expected["items"] == 5


def test_items_that_an_older_lexicon_has_read_are_sent_back_once(store, archive):
    outdated = archive.item(YOUNG, "linked", version="v1")
    archive.item(YOUNG, "linked", version="v2")
    never = archive.item(YOUNG, "quarantined")
    archive.item(OLD, "linked", version="v1")
    archive.item(YOUNG, "read", version="v1")
    since = NOW - timedelta(days=7)
    assert store.outdated(since, "v2") == 2
    assert store.read_again(since, "v2", NOW) == 2
    assert store.read_again(since, "v2", NOW) == 0
    with archive.engine.connect() as connection:
        new = set(connection.execute(select(t.items.c.id).where(t.items.c.stage == "new")).scalars())
    assert new == {outdated, never}


def test_feeds_that_answered_are_told_from_those_that_were_only_asked(store, archive):
    assert store.reached(YOUNG) == (0, 0)
    with archive.engine.begin() as connection:
        connection.execute(update(t.feeds).values(last_polled_at=NOW))
    assert store.reached(YOUNG) == (1, 0)
    with archive.engine.begin() as connection:
        connection.execute(update(t.feeds).values(last_success_at=NOW))
    assert store.reached(YOUNG) == (1, 1)
