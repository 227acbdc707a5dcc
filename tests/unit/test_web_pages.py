"""What the pages show, and that a feed's words stay words."""

import asyncio
import gzip
import re
from datetime import timedelta

import pytest
from sqlalchemy import insert

from tests.support.alertkit import NOW, change
from tests.support.deskkit import Clock, client_of, filled, log_in, make_desk, open_store
from worker.domain.model import ChangeKind
from worker.feeds.discover import FoundFeed
from worker.ports import ParsedFeed, StoryFilter
from worker.storage import tables
from worker.storage.engine import writing
from worker.web.live import ROOM, Live
from worker.web.present import counted


@pytest.fixture
def desk(tmp_path):
    engine = open_store(tmp_path)
    filled(engine)
    found = [FoundFeed("https://news.example/rss", "News <b>", 3, NOW, "link", "rss20")]
    yield make_desk(
        engine, Clock(), discover=lambda _url: found, preview=lambda _url: ParsedFeed(title="News")
    )
    engine.dispose()


@pytest.fixture
def client(desk):
    with client_of(desk) as made:
        made.form = log_in(made, desk)
        yield made


PAGES = (
    "/",
    "/map",
    "/trends",
    "/alerts",
    "/watches",
    "/watches/edit",
    "/feeds",
    "/system",
    "/stories/1",
    "/list",
)


@pytest.mark.parametrize("address", PAGES)
def test_every_page_opens_with_a_strict_policy_and_no_inline_script(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert " style=" not in answer.text
    assert "<script>" not in answer.text
    assert "onclick" not in answer.text


@pytest.mark.parametrize("address", PAGES)
def test_every_page_opens_on_an_empty_archive(tmp_path, address):
    engine = open_store(tmp_path)
    desk = make_desk(engine, Clock())
    with client_of(desk) as client:
        log_in(client, desk)
        assert client.get(address).status_code == (404 if address == "/stories/1" else 200)
    engine.dispose()


def test_the_story_page_shows_arabic_right_to_left_and_marks_words_with_their_meaning(client):
    page = client.get("/stories/1").text
    assert 'dir="rtl" lang="ar"' in page
    assert 'title="rocket (concept)">صاروخ كاتيوشا</mark>' in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_filters_narrow_the_stream_and_a_query_that_cannot_be_read_says_where(client):
    assert "Taji" in client.get("/").text
    only = client.get("/?severity=high").text
    assert "Rocket attack at Baghdad airport" in only
    assert "near Taji" not in only
    words = client.get("/?q=convoy").text
    assert "near Taji" in words
    assert "Rocket attack at Baghdad" not in words
    assert "column" in client.get("/?q=rocket+AND+(").text
    assert "is no governorate" in client.get("/?governorate=Atlantis").text
    assert "No story fits" in client.get("/?lang=de").text


def test_a_filter_becomes_a_watch_that_is_checked_and_tried(client, desk):
    page = client.get("/?q=convoy&governorate=Baghdad").text
    assert "/watches/edit?query=%28convoy%29+governorate%3ABaghdad" in page or "governorate%3ABaghdad" in page
    assert client.get("/watches/check?query=rocket AND (").json()["ok"] is False
    assert client.get("/watches/check?query=rocket attack").json()["ok"] is True
    tried = client.post("/watches/try", data={"form": client.form, "query": "convoy", "days": "30"})
    assert "<b>1</b> of 2 stories" in tried.text
    saved = client.post("/watches/save", data={"form": client.form, "name": "convoys", "query": "convoy",
                        "severity": "moderate", "enabled": "1", "more": "throttle: 5"})  # fmt: skip
    assert saved.status_code == 303
    (watch,) = desk.store.all_watches()
    assert (watch.query, dict(watch.definition)) == ("convoy", {"severity": "moderate", "throttle": 5})
    wrong = client.post("/watches/save", data={"form": client.form, "name": "Bad Name", "query": "convoy"})
    assert "is no name for a watch" in wrong.text


def test_a_feed_is_found_previewed_and_added(client, desk):
    page = client.post("/feeds/look", data={"form": client.form, "address": "news.example"}).text
    assert "News &lt;b&gt;" in page
    client.post("/feeds/add", data={"form": client.form, "url": "https://news.example/rss", "name": "News"})
    assert "https://news.example/rss" in [feed.url for feed, _ in desk.store.feeds()]
    assert client.post("/feeds/add", data={"form": client.form, "url": "javascript:1"}).status_code == 422


def test_a_note_stays_beside_its_story(client):
    client.post("/stories/1/note", data={"form": client.form, "text": "ring the <airport>"})
    assert "ring the &lt;airport&gt;" in client.get("/stories/1").text


def test_a_missing_page_is_a_designed_page(client):
    answer = client.get("/stories/999")
    assert answer.status_code == 404
    assert "There is no story 999." in answer.text
    assert "<nav" in answer.text


class Log:
    """A story log in memory."""

    def __init__(self, count):
        self.rows = [change(ChangeKind.TOLL, n, story_id=1) for n in range(1, count + 1)]
        for number, row in enumerate(self.rows, 1):
            object.__setattr__(row, "id", number)

    def after(self, last, limit):
        return [row for row in self.rows if row.id > last][:limit]

    def newest(self):
        return len(self.rows)


async def _take(stream, count):
    return [await anext(stream) for _ in range(count)]


def test_a_listener_that_comes_back_gets_what_it_missed_in_order():
    log = Log(5)

    async def scene():
        stream = Live(log.after, log.newest, every_s=0.01).stream(2)
        said = await _take(stream, 4)
        await stream.aclose()
        return [line.split("\n")[0] for line in said[1:]]

    assert asyncio.run(scene()) == ["id: 3", "id: 4", "id: 5"]


def test_a_change_reaches_all_who_listen_and_a_slow_one_is_let_go_without_loss():
    log = Log(0)

    async def scene():
        live = Live(log.after, log.newest, every_s=0.01)
        quick, slow = live.stream(None), live.stream(None)
        await _take(quick, 1)
        await _take(slow, 1)
        got = asyncio.create_task(_take(quick, 1))
        asleep = asyncio.create_task(_take(slow, 1))
        await asyncio.sleep(0.05)
        log.rows += Log(1).rows
        first = (await got)[0]
        await asleep
        grown = Log(ROOM + 50).rows
        log.rows[:] = grown
        await asyncio.sleep(0.1)
        kept = [line async for line in slow]
        back = live.stream(1)
        replayed = await _take(back, ROOM + 50)
        for stream in (quick, back):
            await stream.aclose()
        return first, kept, replayed

    first, kept, replayed = asyncio.run(scene())
    assert first.startswith("id: 1\n")
    assert kept == []
    assert replayed[-1].startswith(f"id: {ROOM + 50}\n")


def test_a_search_that_runs_out_of_patience_says_how_far_it_came_and_where_to_go_on(
    client, desk, monkeypatch
):
    from tests.support.alertkit import put_story, report, story
    from worker.web import filters

    for number in range(4, 91):
        told = story(number, updated_at=NOW - timedelta(days=1, minutes=number), gist=f"Story {number}")
        words = "A gyrocopter\nIt was seen." if number == 88 else "Something else\nIt was seen."
        put_story(desk.store.engine, told, [], [report(number, words)])
    monkeypatch.setattr(filters, "PATIENCE_S", -1.0)
    page = client.get("/?q=/gyro.opter/").text
    assert "Looked back to 21 Nov 2026, 11:19 UTC for these words so far" in page
    assert "No story fits" not in page
    seen = 0
    while "Story 88" not in page:
        address = re.search(r'href="(/\?[^"]*before=[^"]*)"', page)[1].replace("&amp;", "&")
        page = client.get(address).text
        seen += 1
    assert seen == 2
    monkeypatch.setattr(filters, "PATIENCE_S", 60.0)
    assert "Story 88" in client.get("/?q=/gyro.opter/").text


def test_a_rare_word_is_found_at_once_however_old_even_without_any_patience(client, desk, monkeypatch):
    from tests.support.alertkit import put_story, report, story
    from worker.web import filters

    for number in range(4, 91):
        told = story(number, updated_at=NOW - timedelta(days=1, minutes=number), gist=f"Story {number}")
        words = "A gyrocopter\nIt was seen." if number == 88 else "Something else\nIt was seen."
        put_story(desk.store.engine, told, [], [report(number, words)])
    monkeypatch.setattr(filters, "PATIENCE_S", -1.0)
    page = client.get("/?q=gyrocopter").text
    assert "Story 88" in page
    assert "so far" not in page
    assert "Older stories" not in page
    assert "Story 88" not in client.get("/?q=gyrocopters+NOT+seen").text
    assert "No story fits" in client.get("/?q=zeppelin").text


def test_what_the_first_paint_of_now_loads_is_small(client):
    """A hundred kilobytes, compressed, is the limit; a new library in the page would show here."""
    page = client.get("/").text
    loaded = set(re.findall(r'(?:src|href)="(/static/[^"?]+\.(?:js|css))', page))
    assert loaded == {"/static/desk.css", "/static/desk.js"}
    sizes = {path: len(gzip.compress(client.get(path).content)) for path in loaded}
    assert sum(sizes.values()) <= 100 * 1024, sizes


def test_an_archive_without_feeds_says_what_to_do_first(tmp_path):
    engine = open_store(tmp_path)
    desk = make_desk(engine, Clock())
    with client_of(desk) as client:
        log_in(client, desk)
        assert 'no feed to read yet. <a href="/feeds">Add the first</a>' in client.get("/").text
    engine.dispose()


def test_a_query_that_cannot_be_read_is_told_without_the_name_of_a_watch(client):
    page = client.get("/", params={"q": "convoy AND ("}).text
    assert "column 13: the query ends where it must not: expected" in page
    assert "watch &#39;filter" not in page


def test_of_two_waits_the_longer_is_the_one_that_95_percent_keep(client, desk):
    begun = {told.id: told.first_published_at for told, _ in desk.store.stories(StoryFilter())}
    with writing(desk.store.engine) as connection:
        for number, seconds in ((1, 20), (2, 40)):
            connection.execute(
                insert(tables.deliveries).values(
                    key=f"story:{number}:1", channel="console", recipient="log", thread=f"story:{number}",
                    story_id=number, message={}, state="sent", reference={}, due_at=begun[number],
                    created_at=begun[number], sent_at=begun[number] + timedelta(seconds=seconds),
                )
            )  # fmt: skip
    page = client.get("/system").text
    assert "median of 2; 95 %: 40 s" in page
    assert "<b>30 s</b>" in page


@pytest.mark.parametrize(("number", "said"), [(0, "0 stories"), (1, "1 story"), (2100, "2,100 stories")])
def test_a_noun_agrees_with_its_number(number, said):
    assert counted(number, "story", "stories") == said


def test_alerts_are_paged_and_older_ones_are_one_press_away(client, desk):
    from tests.support.alertkit import put_story, story
    from tests.support.deskkit import fire
    from worker.storage import tables
    from worker.storage.engine import writing
    from worker.web.alertpage import PAGE

    for number in range(10, 10 + PAGE):
        put_story(desk.store.engine, story(number, gist=f"Story {number}"), [])
        fire(desk.store.engine, number, state="acknowledged")
        with writing(desk.store.engine) as connection:
            connection.execute(
                tables.alerts.update()
                .where(tables.alerts.c.story_id == number)
                .values(updated_at=NOW + timedelta(minutes=number))
            )
    first = client.get("/alerts").text
    older = re.search(r'href="(/alerts\?[^"]*before=[^"]*)"', first)[1].replace("&amp;", "&")
    assert first.count('id="alert-') == PAGE
    assert 'id="alert-1"' not in first
    rest = client.get(older).text
    assert 'id="alert-1"' in rest
    assert "Older alerts" not in rest
    assert "Older alerts" not in client.get("/alerts?state=acknowledged").text
    assert client.get("/alerts?before=nonsense").status_code == 422
