"""A teaser's whole way: read, page fetched over loopback with robots.txt, read again with the article."""

import asyncio
from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy import insert, select

from config.boilerplate import load_boilerplate, load_walls
from tests.support.pollkit import LogServer
from worker.domain.model import Analysis, Kind, Stage
from worker.domain.text.boilerplate import Boilerplate
from worker.domain.text.walls import Walls
from worker.feeds.article import Words, extract_bytes
from worker.feeds.fetch import HttpFetcher
from worker.feeds.guard import AddressGuard
from worker.feeds.hostgate import LocalGate
from worker.feeds.robots import Robots
from worker.services.article import ArticleService
from worker.services.read import ReadService
from worker.storage.engine import open_engine, reading, writing
from worker.storage.migrate import migrate
from worker.storage.store import Store
from worker.storage.tables import articles, entries, feeds, items

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
WORDS = Words(Boilerplate(**load_boilerplate()), Walls(**load_walls()))
STORY = "".join(
    f"<p>Three rockets landed near the Taji base north of Baghdad late on Monday, officer number {n} said.</p>"
    for n in range(8)
)
PAGE = f"<html lang=en><body><article><h1>Rockets hit Taji</h1>{STORY}</article></body></html>"


class Judge:
    """Finds everything relevant and keeps the texts."""

    version = "test"

    def __init__(self):
        self.texts = []

    def analyse(self, document):
        self.texts.append(document.text)
        return Analysis(True, 0.9, Kind.INCIDENT)


@pytest.fixture
def engine(tmp_path):
    made = open_engine(f"sqlite:///{tmp_path}/marsad.sqlite", synchronous="OFF")
    migrate(made)
    yield made
    made.dispose()


def add_item(engine, url, fetch_articles=True):
    with writing(engine) as connection:
        connection.execute(
            insert(feeds).values(
                url="https://wire.example/rss", name="Wire", options={}, memory={}, origin="file",
                created_at=NOW, fetch_articles=fetch_articles,
            )
        )  # fmt: skip
        connection.execute(
            insert(entries).values(feed_id=1, identity="i", fingerprint="f", first_seen_at=NOW)
        )
        connection.execute(
            insert(items).values(
                entry_id=1, feed_id=1, revision=1, url=url, title_raw="Rockets hit Taji",
                html_raw="<p>Three rockets landed.</p><a href='#'>Read more</a>", seen_at=NOW, fresh=True,
                stage="new", stage_at=NOW,
            )
        )  # fmt: skip


async def fetch(store, server):
    guard = AddressGuard([f"127.0.0.1:{server.port}"] if server.port else [])
    async with HttpFetcher(guard, user_agent="Marsad/test") as fetcher:
        return await ArticleService(
            store=store,
            fetcher=fetcher,
            gate=LocalGate(spacing_s=0.0),
            robots=Robots(fetcher),
            extract=partial(extract_bytes, words=WORDS),
            clock=lambda: NOW,
        ).run()


def way(engine, robots="", page=PAGE, **item):
    """Read, fetch, read again; gives the judge, the server and how many pages were fetched."""
    judge, store, server = Judge(), Store(engine), LogServer()
    reader = ReadService(store, judge, lambda: NOW, WORDS.boilerplate)

    async def serve():
        async with server.running_on():
            server.put("/robots.txt", robots, Content_Type="text/plain")
            server.put("/taji", page, Content_Type="text/html; charset=utf-8")
            add_item(engine, server.url("/taji"), **item)
            assert await asyncio.to_thread(reader.run) == 1
            return await fetch(store, server)

    fetched = asyncio.run(serve())
    reader.run()
    return judge, server, fetched


def test_a_teaser_that_matters_is_read_again_with_its_page(engine):
    judge, server, fetched = way(engine)
    assert fetched == 1
    assert [path for path, _, _ in server.log] == ["/robots.txt", "/taji"]
    assert judge.texts[0] == "Rockets hit Taji\nThree rockets landed."
    assert judge.texts[1].count("Three rockets landed near the Taji base") == 8
    with reading(engine) as connection:
        row = connection.execute(select(items.c.stage, items.c.article)).one()
        assert connection.execute(select(articles.c.state, articles.c.verdict)).one() == ("done", "ok")
    assert row.stage == Stage.READ
    assert row.article["verdict"] == "ok"


def test_what_robots_txt_forbids_is_never_asked_for(engine):
    judge, server, _ = way(engine, robots="User-agent: *\nDisallow: /taji\n")
    assert [path for path, _, _ in server.log] == ["/robots.txt"]
    assert len(judge.texts) == 1
    with reading(engine) as connection:
        assert connection.execute(select(articles.c.verdict)).scalar() == "robots"


def test_a_feed_that_opted_out_has_no_page_fetched(engine):
    judge, server, fetched = way(engine, fetch_articles=False)
    assert (fetched, server.log, len(judge.texts)) == (0, [], 1)


def test_a_wall_leaves_the_teaser(engine):
    judge, _, fetched = way(engine, page="<html><body><h1>We value your privacy</h1></body></html>")
    assert (fetched, len(judge.texts)) == (1, 1)
    with reading(engine) as connection:
        assert connection.execute(select(items.c.stage)).scalar() == Stage.READ
        assert connection.execute(select(articles.c.verdict)).scalar() == "consent"


def test_a_forbidden_address_is_refused_by_the_guard(engine):
    store = Store(engine)
    add_item(engine, "http://169.254.169.254/latest/meta-data")
    ReadService(store, Judge(), lambda: NOW, WORDS.boilerplate).run()
    server = LogServer()
    assert asyncio.run(fetch(store, server)) == 1
    with reading(engine) as connection:
        row = connection.execute(select(articles.c.state, articles.c.verdict, articles.c.reason)).one()
    assert (row.state, row.verdict) == ("done", "error")
    assert "169.254.169.254" in row.reason
