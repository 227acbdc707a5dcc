"""OPML in and out: folders, odd files of other readers, bombs."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.domain.model import Feed
from worker.errors import ConfigError
from worker.feeds.opml import MAX_FEEDS, read_opml, write_opml

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def opml(body):
    return f'<?xml version="1.0"?><opml version="2.0"><head/><body>{body}</body></opml>'.encode()


def test_folders_names_and_addresses_are_read():
    feeds = read_opml(
        opml(
            '<outline text="Middle East"><outline text="Iraq">'
            '<outline type="rss" text="Desk &amp; Co" xmlUrl="https://a.example/rss" htmlUrl="https://a.example/" language="ar"/>'
            '</outline><outline text="B" XMLURL="feed://b.example/rss"/></outline>'
            '<outline text="A note"/><outline text="C" xmlUrl="feed:https://c.example/f" category="/News/World,x"/>'
            '<outline text="Twice" xmlUrl="https://a.example/rss"/><outline text="Bad" xmlUrl="javascript:alert(1)"/>'
        )
    )
    assert [(f.url, f.name, f.folder, f.homepage, f.language) for f in feeds] == [
        ("https://a.example/rss", "Desk & Co", "Middle East/Iraq", "https://a.example/", "ar"),
        ("http://b.example/rss", "B", "Middle East", "", None),
        ("https://c.example/f", "C", "News/World", "", None),
    ]


def test_an_outline_that_is_not_quite_xml_is_still_read():
    broken = opml('<outline text="A & B" xmlUrl="https://a.example/?x=1&y=2"/>')
    assert len(read_opml(broken)) == 1


names = (
    st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=20)
    .map(str.strip)
    .filter(bool)
)


@given(st.dictionaries(st.integers(0, 99), st.tuples(names, st.lists(names, max_size=3)), max_size=8))
def test_what_is_written_is_read_again(given_feeds):
    feeds = [
        Feed(
            url=f"https://a.example/{n}?x=1&y=<2>",
            name=name,
            folder="/".join(part.replace("/", "-") for part in folders),
        )
        for n, (name, folders) in given_feeds.items()
    ]
    again = read_opml(write_opml(feeds, now=NOW))
    assert {f.url for f in again} == {f.url for f in feeds}
    found = {f.url: f for f in again}
    for feed in feeds:
        assert found[feed.url].name == feed.name or "&" in feed.name
        assert found[feed.url].folder.count("/") == feed.folder.count("/")


def test_secrets_of_a_feed_are_not_exported():
    feed = Feed(url="https://a.example/", options={"bearer": "s3cret"})
    assert b"s3cret" not in write_opml([feed], now=NOW)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html></html>",
        b"no xml",
        b'<!DOCTYPE opml [<!ENTITY a "b">]><opml><body><outline text="&a;" xmlUrl="https://a.example/"/></body></opml>',
        opml("<!-- -->" * 800_000),
        opml("".join(f'<outline xmlUrl="https://a.example/{n}"/>' for n in range(MAX_FEEDS + 1))),
    ],
    ids=["nothing", "html", "text", "entities", "too large", "too many"],
)
def test_what_is_no_list_of_feeds_is_refused_with_one_line(body):
    with pytest.raises(ConfigError) as caught:
        read_opml(body, where="reader.opml")
    assert str(caught.value).startswith("reader.opml: ")


def test_depth_is_bounded():
    deep = opml('<outline text="x">' * 200 + '<outline xmlUrl="https://a.example/"/>' + "</outline>" * 200)
    assert read_opml(deep) == []
