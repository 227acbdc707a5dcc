"""The article room over a scripted fetcher: leave, courtesy, walls, and what becomes of the item."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from config.boilerplate import load_boilerplate, load_walls
from worker.domain.model import Item, Lease, Stage
from worker.domain.text.boilerplate import Boilerplate
from worker.domain.text.walls import Walls
from worker.errors import FetchError
from worker.feeds.article import Words, extract_bytes
from worker.feeds.hostgate import LocalGate
from worker.feeds.robots import Robots
from worker.ports import ArticleOutcome, Request, Response
from worker.services.article import ArticleLimits, ArticleService

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
WORDS = Words(Boilerplate(**load_boilerplate()), Walls(**load_walls()))
PAGE = "https://wire.example/taji"
ROBOTS = "https://wire.example/robots.txt"
STORY = (
    "Three rockets landed near the Taji base north of Baghdad late on Monday, the military said in a statement. "
    * 6
)
HTML = f"<html><body><article><h1>Rockets hit Taji</h1><p>{STORY}</p><p>Nobody was hurt there.</p></article></body></html>"


@dataclass
class Web:
    """Answers by address; notes what was asked."""

    pages: Mapping[str, str | Exception | Response]
    asked: list[str] = field(default_factory=list)

    async def fetch(self, request: Request) -> Response:
        self.asked.append(request.url)
        answer = self.pages.get(request.url, FetchError("nothing there", kind="http", status=404))
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Response):
            return answer
        return Response(200, request.url, answer.encode(), {"content-type": "text/html; charset=utf-8"})


@dataclass
class Shelf:
    """The article half of a read store, in memory."""

    wanted: list[Item]
    outcomes: dict[int, ArticleOutcome] = field(default_factory=dict)

    def claim_articles(self, now: datetime, limit: int, lease: timedelta) -> list[Item]:
        claimed, self.wanted = self.wanted[:limit], self.wanted[limit:]
        return claimed

    def save_article(self, item: Item, outcome: ArticleOutcome, now: datetime) -> bool:
        self.outcomes[item.id] = outcome
        return True


def item(
    number: int = 1, url: str = PAGE, text: str = "Rockets hit Taji\nTeaser.", attempts: int = 0
) -> Item:
    return Item(
        id=number, feed_id=1, entry_id=1, revision=1, url=url, title_raw="Rockets hit Taji", html_raw="", published_at=None,
        seen_at=NOW, fresh=True, stage=Stage.READ, text=text, lease=Lease(number, 1, attempts),
    )  # fmt: skip


def run(pages: Mapping[str, str | Exception | Response], *items: Item) -> tuple[Shelf, Web, int]:
    web, shelf = Web(pages), Shelf(list(items))
    service = ArticleService(
        store=shelf,  # type: ignore[arg-type]
        fetcher=web,
        gate=LocalGate(spacing_s=0.0),
        robots=Robots(web),
        extract=partial(extract_bytes, words=WORDS),
        clock=lambda: NOW,
    )
    return shelf, web, asyncio.run(service.run())


def test_the_pages_text_is_stored_for_reading_again() -> None:
    shelf, web, done = run({PAGE: HTML}, item())
    assert done == 1
    assert web.asked == [ROBOTS, PAGE]
    assert (shelf.outcomes[1].text or "").startswith("Three rockets landed")
    assert (shelf.outcomes[1].verdict, shelf.outcomes[1].retry_at) == ("ok", None)


def test_robots_txt_is_obeyed_and_asked_once() -> None:
    rules = "User-agent: *\nDisallow: /private/*\nAllow: /private/open\n"
    pages = {
        ROBOTS: Response(200, ROBOTS, rules.encode()),
        PAGE: HTML,
        "https://wire.example/private/open": HTML,
    }
    shelf, web, _ = run(
        pages,
        item(1),
        item(2, "https://wire.example/private/x"),
        item(3, "https://wire.example/private/open"),
    )
    assert [shelf.outcomes[n].verdict for n in (1, 2, 3)] == ["ok", "robots", "ok"]
    assert "https://wire.example/private/x" not in web.asked


def test_unreadable_robots_txt_means_later_and_not_yes() -> None:
    shelf, web, _ = run({ROBOTS: FetchError("down", kind="http", status=503), PAGE: HTML}, item())
    assert shelf.outcomes[1].text is None
    assert shelf.outcomes[1].retry_at == NOW + timedelta(minutes=5)
    assert PAGE not in web.asked


@pytest.mark.parametrize(
    ("fault", "retried"),
    [
        (FetchError("no such page", kind="http", status=404), False),
        (FetchError("forbidden address", kind="refused-address"), False),
        (FetchError("too large", kind="too-large"), False),
        (FetchError("no answer", kind="timeout"), True),
        (FetchError("broken", kind="http", status=502), True),
        (FetchError("slow down", kind="rate-limited", status=429, retry_after_s=90), True),
        (RuntimeError("nobody thought of it"), True),
    ],
)
def test_failures_are_settled_or_tried_again(fault: Exception, retried: bool) -> None:
    shelf, _, _ = run(
        {PAGE: fault, "https://other.example/a": HTML}, item(), item(2, "https://other.example/a")
    )
    assert (shelf.outcomes[1].verdict, shelf.outcomes[1].text) == ("error", None)
    assert (shelf.outcomes[1].retry_at is not None) is retried
    assert shelf.outcomes[2].verdict == "ok"


def test_the_third_failure_settles_it() -> None:
    shelf, _, _ = run({PAGE: FetchError("no answer", kind="timeout")}, item(attempts=2))
    assert shelf.outcomes[1].retry_at is None


def test_walls_leave_the_teaser_and_are_named() -> None:
    wall = "<html><body><h1>We value your privacy</h1><p>We and our partners store things.</p></body></html>"
    shelf, _, _ = run({PAGE: wall}, item())
    assert (shelf.outcomes[1].verdict, shelf.outcomes[1].text) == ("consent", None)


def test_the_amp_edition_stands_in_for_a_page_that_needs_a_browser() -> None:
    shell = (
        "<html><head><link rel=amphtml href='https://wire.example/taji/amp'></head>"
        "<body><noscript>Please enable JavaScript</noscript></body></html>"
    )
    shelf, web, _ = run(
        {PAGE: shell, "https://wire.example/taji/amp": HTML.replace("<html>", "<html amp>")}, item()
    )
    assert web.asked[-1] == "https://wire.example/taji/amp"
    assert shelf.outcomes[1].verdict == "ok"
    assert shelf.outcomes[1].reason == "read from the amp edition"


def test_another_page_than_the_teasers_is_not_taken() -> None:
    text = "Parliament adjourns budget session\nLawmakers postponed the vote until Wednesday after quarrels."
    shelf, _, _ = run({PAGE: HTML}, item(text=text))
    assert (shelf.outcomes[1].verdict, shelf.outcomes[1].text) == ("error", None)
    assert shelf.outcomes[1].reason == "the page speaks of something else"


def test_a_flash_of_two_sentences_is_an_article_when_it_is_more_than_the_feed_gave() -> None:
    flash = "<html><body><article><p>Three rockets hit the Taji base north of Baghdad, the army said.</p></article></body></html>"
    shelf, _, _ = run({PAGE: flash}, item(text="Three rockets hit the Taji base, army says\n"))
    assert shelf.outcomes[1].text == "Three rockets hit the Taji base north of Baghdad, the army said."
    other = "<html><body><article><p>This page has moved to another place; use the search box.</p></article></body></html>"
    shelf, _, _ = run({PAGE: other}, item(text="Three rockets hit the Taji base, army says\n"))
    assert (shelf.outcomes[1].text, shelf.outcomes[1].verdict) == (None, "too-short")


def test_a_page_with_less_than_the_feed_gave_is_not_taken() -> None:
    shelf, _, _ = run({PAGE: HTML}, item(text="Rockets hit Taji\n" + STORY * 3))
    assert (shelf.outcomes[1].verdict, shelf.outcomes[1].text) == ("too-short", None)


def test_what_is_no_page_is_not_read() -> None:
    pdf = Response(200, PAGE, b"%PDF", {"content-type": "application/pdf"})
    shelf, _, _ = run({PAGE: pdf}, item())
    assert shelf.outcomes[1].reason == "not a page but application/pdf"


def test_redirectors_are_unwrapped_before_anybody_is_asked() -> None:
    _, web, _ = run({PAGE: HTML}, item(url=f"https://www.google.com/url?q={PAGE}"))
    assert web.asked == [ROBOTS, PAGE]


def test_an_item_without_address_is_settled() -> None:
    shelf, web, _ = run({}, item(url=""))
    assert shelf.outcomes[1].verdict == "error"
    assert web.asked == []


def test_a_site_that_asks_for_pauses_gets_them() -> None:
    rules = Response(200, ROBOTS, b"User-agent: *\nCrawl-delay: 30\n")
    web, gate = Web({ROBOTS: rules, PAGE: HTML}), LocalGate(spacing_s=0.0)
    both = Shelf([item(1), item(2, PAGE + "/2")])
    service = ArticleService(both, web, gate, Robots(web), partial(extract_bytes, words=WORDS), lambda: NOW)  # type: ignore[arg-type]
    service.limits = ArticleLimits(concurrency=1, patience_s=0.1)
    asyncio.run(service.run())
    assert both.outcomes[1].verdict == "ok"
    assert both.outcomes[2].reason == "wire.example is busy"
    assert both.outcomes[2].retry_at is not None


def test_a_page_that_takes_too_long_is_put_off_so_that_the_batch_keeps_its_lease() -> None:
    class Slow(Web):
        async def fetch(self, request: Request) -> Response:
            await asyncio.sleep(60 if request.url == PAGE else 0)
            return await super().fetch(request)

    web, shelf = Slow({PAGE + "/2": HTML}), Shelf([item(1), item(2, PAGE + "/2")])
    service = ArticleService(
        shelf,  # type: ignore[arg-type]
        web,
        LocalGate(spacing_s=0.0),
        Robots(web),
        partial(extract_bytes, words=WORDS),
        lambda: NOW,
        ArticleLimits(page_s=2),
    )
    asyncio.run(service.run())
    assert shelf.outcomes[1].reason == "not done within 2 s"
    assert shelf.outcomes[1].retry_at is not None
    assert shelf.outcomes[2].verdict == "ok"


def test_missing_rules_allow_all_and_a_html_answer_is_no_rules() -> None:
    for answer in (
        FetchError("none", kind="http", status=404),
        Response(200, ROBOTS, b"<html>Disallow: /</html>"),
    ):
        assert run({ROBOTS: answer, PAGE: HTML}, item())[0].outcomes[1].verdict == "ok"
