"""The contract of leases and of the read room, on both databases."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from worker.domain.model import Analysis, Event, Evidence, Kind, Match, ReadOutcome, Stage
from worker.ports import ArticleOutcome
from worker.storage.desk import DeskQueries
from worker.storage.engine import reading, writing
from worker.storage.read import ReadQueries
from worker.storage.tables import articles, entries, feeds, items, notices

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
LEASE = timedelta(seconds=60)


class ReadAndDesk(ReadQueries, DeskQueries):
    def __init__(self, engine):
        self.engine = engine


@pytest.fixture
def store(engine):
    return ReadAndDesk(engine)


def add_items(engine, count):
    with writing(engine) as connection:
        connection.execute(
            insert(feeds).values(
                url="https://outlet.example/rss",
                name="Outlet",
                options={},
                memory={},
                origin="file",
                created_at=NOW,
            )
        )
        for number in range(1, count + 1):
            connection.execute(
                insert(entries).values(feed_id=1, identity=f"i{number}", fingerprint="f", first_seen_at=NOW)
            )
            connection.execute(
                insert(items).values(
                    entry_id=number,
                    feed_id=1,
                    revision=1,
                    url=f"https://outlet.example/{number}",
                    title_raw="Rocket hits base",
                    html_raw="<p>One</p>",
                    seen_at=NOW,
                    fresh=True,
                    stage="new",
                    stage_at=NOW,
                )
            )


def outcome(item, **changes):
    values = {
        "item": item,
        "stage": Stage.READ,
        "title": "Rocket hits base",
        "text": "Rocket hits base\nOne",
        "language": "en",
        "text_hash": "h",
        "canonical_url": item.url,
        "analysis": ANALYSIS,
    }
    return ReadOutcome(**(values | changes))


ANALYSIS = Analysis(
    relevant=True,
    score=0.9,
    kind=Kind.INCIDENT,
    terms=("rocket_attack",),
    matches=(Match("rocket", "Rocket", 0, 6),),
    events=(
        Event(
            sub_event_type="Shelling/artillery/missile attack",
            event_type="Explosions/Remote violence",
            date=date(2026, 2, 28),
            killed=0,
            evidence=(Evidence("sub_event_type", 0, 6),),
        ),
    ),
    reasons=("names a rocket",),
    lexicon_version="1",
)


def test_a_claimed_item_is_not_claimed_again_until_its_lease_ends(store, engine):
    add_items(engine, 3)
    first = store.claim_items(NOW, 2, LEASE)
    assert [i.id for i in first] == [1, 2]
    assert first[0].source == "Outlet"
    assert [i.id for i in store.claim_items(NOW, 9, LEASE)] == [3]
    assert store.claim_items(NOW + LEASE / 2, 9, LEASE) == []
    later = store.claim_items(NOW + LEASE, 9, LEASE)
    assert [i.id for i in later] == [1, 2, 3]
    assert later[0].lease.generation == 2
    assert later[0].lease.attempts == 1


def test_what_a_reader_says_after_its_lease_was_taken_over_is_thrown_away(store, engine):
    add_items(engine, 1)
    (slow,) = store.claim_items(NOW, 1, LEASE)
    (quick,) = store.claim_items(NOW + LEASE, 1, LEASE)
    assert store.save_read([outcome(quick, language="fr")], NOW + LEASE) == 1
    assert store.save_read([outcome(slow, language="en")], NOW + LEASE) == 0
    item, _report, way = store.item(1)
    assert item.language == "fr"
    assert way["stage"] == "read"


def test_an_analysis_comes_back_as_it_was_saved(store, engine):
    add_items(engine, 1)
    store.save_read([outcome(i) for i in store.claim_items(NOW, 1, LEASE)], NOW)
    _, report, _ = store.item(1)
    assert report.analysis == ANALYSIS
    assert report.text == "Rocket hits base\nOne"
    assert store.due_rooms(NOW) == ["poll", "link"]


def test_an_item_that_fails_three_times_is_set_aside_with_a_notice(store, engine):
    add_items(engine, 2)
    for turn in range(3):
        item = store.claim_items(NOW + turn * LEASE, 1, LEASE)[0]
        assert item.id == 1
        store.fail_item(item, "the text broke the reader", NOW)
    assert [i.id for i in store.claim_items(NOW + 9 * LEASE, 9, LEASE)] == [2]
    item, _, way = store.item(1)
    assert item.stage is Stage.QUARANTINED
    assert way["error"] == "the text broke the reader"
    with reading(engine) as connection:
        assert connection.execute(select(notices.c.subject)).scalars().all() == ["item:1"]


def test_an_item_whose_worker_dies_three_times_is_set_aside(store, engine):
    add_items(engine, 1)
    for turn in range(3):
        assert len(store.claim_items(NOW + turn * LEASE, 1, LEASE)) == 1
    assert store.claim_items(NOW + 3 * LEASE, 1, LEASE) == []
    assert store.item(1)[0].stage is Stage.QUARANTINED


def test_a_wanted_page_is_fetched_once_and_the_item_read_again(store, engine):
    add_items(engine, 1)
    item = store.claim_items(NOW, 1, LEASE)[0]
    store.save_read([outcome(item, wants_article=True)], NOW)
    (wanted,) = store.claim_articles(NOW, 5, LEASE)
    assert store.save_article(wanted, ArticleOutcome(text="The whole article."), NOW)
    (again,) = store.claim_items(NOW, 5, LEASE)
    assert again.article_html == "The whole article."
    store.save_read([outcome(again, wants_article=True)], NOW)
    assert store.claim_articles(NOW + LEASE, 5, LEASE) == []


@pytest.mark.parametrize(
    ("told", "kept"),
    [(NOW - timedelta(hours=3), NOW - timedelta(hours=3)), (NOW + timedelta(days=1), None), (None, None)],
)
def test_a_page_tells_its_address_and_its_time_where_the_feed_gave_none(store, engine, told, kept):
    add_items(engine, 1)
    item = store.claim_items(NOW, 1, LEASE)[0]
    store.save_read([outcome(item, wants_article=True)], NOW)
    (wanted,) = store.claim_articles(NOW, 5, LEASE)
    page = ArticleOutcome(text="All of it.", canonical_url="https://outlet.example/page", published_at=told)
    assert store.save_article(wanted, page, NOW)
    (again,) = store.claim_items(NOW, 5, LEASE)
    assert again.canonical_url == "https://outlet.example/page"
    assert again.published_at == kept


def test_a_page_that_fails_is_tried_again_at_its_time_and_then_given_up(store, engine):
    add_items(engine, 1)
    item = store.claim_items(NOW, 1, LEASE)[0]
    store.save_read([outcome(item, wants_article=True)], NOW)
    for turn in range(1, 4):
        (wanted,) = store.claim_articles(NOW + turn * LEASE, 5, LEASE)
        store.save_article(
            wanted, ArticleOutcome(verdict="error", reason="timeout", retry_at=NOW + (turn + 1) * LEASE), NOW
        )
    assert store.claim_articles(NOW + 9 * LEASE, 5, LEASE) == []
    with reading(engine) as connection:
        assert connection.execute(select(articles.c.state)).scalar() == "done"


def test_status_counts_what_waits(store, engine):
    add_items(engine, 2)
    store.set_value("last_tick", "2026-03-01T08:00:00Z", NOW)
    status = store.status(NOW)
    assert status["items"] == {"new": 2}
    assert status["oldest_unread"] == NOW
    assert status["last_tick"] == "2026-03-01T08:00:00Z"
