"""Any page's address gives its feeds, against a server that logs what it served."""

import asyncio

import pytest

from tests.support.pollkit import LogServer, rss
from worker.errors import FetchError
from worker.feeds.discover import candidates, discover
from worker.feeds.fetch import HttpFetcher
from worker.feeds.guard import AddressGuard


def run(scenario):
    async def main():
        fetcher = HttpFetcher(AddressGuard(["127.0.0.0/8:*"]), user_agent="Marsad/test")
        async with LogServer().running_on() as server, fetcher:
            return await scenario(server, fetcher)

    return asyncio.run(main())


def page(server, text, path="/"):
    server.put(path, f"<!doctype html><html>{text}</html>", Content_Type="text/html")


def test_a_feed_is_itself():
    async def scenario(server, fetcher):
        server.put("/f", rss("one", "two", title="Desk"))
        (found,) = await discover(fetcher, server.url("/f"))
        assert (found.how, found.entries, found.title, found.format) == ("itself", 2, "Desk", "rss20")

    run(scenario)


def test_link_tags_come_first_and_only_real_feeds_are_offered():
    async def scenario(server, fetcher):
        page(
            server,
            '<head><base href="/sub/"><link rel="alternate" type="application/rss+xml" href="feed.xml">'
            '<link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" href="/comments">'
            '<link rel="alternate" hreflang="ar" href="/ar"><link rel="alternate" type="application/rss+xml" href="/dead"></head>'
            '<a href="/other.rss">RSS</a>',
        )
        server.put("/sub/feed.xml", rss("one", "two", "three"))
        server.put("/comments", rss("c"))
        server.put("/other.rss", rss("o"))
        found = await discover(fetcher, server.url("/"))
        assert [(one.url, one.how, one.entries) for one in found] == [
            (server.url("/sub/feed.xml"), "link", 3),
            (server.url("/comments"), "link", 1),
        ]
        assert "/other.rss" not in [path for path, _, _ in server.log]

    run(scenario)


def test_anchors_are_followed_where_there_are_no_link_tags():
    async def scenario(server, fetcher):
        page(
            server, '<a href="/about">About</a><a href="/rss/iraq">Iraq</a><a href="javascript:rss()">RSS</a>'
        )
        server.put("/rss/iraq", rss("one"))
        (found,) = await discover(fetcher, server.url("/"))
        assert (found.url, found.how) == (server.url("/rss/iraq"), "anchor")

    run(scenario)


def test_the_usual_places_are_tried_last_and_not_for_ever():
    async def scenario(server, fetcher):
        page(server, "<p>nothing</p>", "/news/today")
        server.put("/rss.xml", rss("one"))
        (found,) = await discover(fetcher, server.url("/news/today"))
        assert (found.url, found.how) == (server.url("/rss.xml"), "usual place")
        page(server, "<p>nothing</p>", "/bare")
        server.pages.pop("/rss.xml")
        server.log.clear()
        assert await discover(fetcher, server.url("/bare")) == []
        assert len(server.log) < 30

    run(scenario)


def test_a_page_that_cannot_be_had_says_why():
    async def scenario(server, fetcher):
        with pytest.raises(FetchError):
            await discover(fetcher, server.url("/missing"))

    run(scenario)


@pytest.mark.parametrize(
    "body",
    [b"", b"\x00\xff", b"<" * 50_000, b"<div>" * 50_000, b"<base href='http://[x'><a href='//[x/rss'>"],
)
def test_broken_pages_give_nothing(body):
    assert candidates(body, "https://a.example/") == ([], [])
