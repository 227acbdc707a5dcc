"""The shipped feeds: addresses, languages, and a reason for every reliability letter."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

import pytest

from config.sources import SCOPES, read_feeds

FEEDS = [dict(feed) for feed in read_feeds()]
LANGUAGES = {"en", "fr", "ar", "ckb", "fa", "tr", "es", "de"}
KEYS = {"name", "url", "homepage", "language", "country", "scope", "reliability", "reason", "documented"}


def test_there_are_about_sixty_and_each_is_told_once() -> None:
    assert len(FEEDS) >= 55
    assert [u for u, n in Counter(f["url"] for f in FEEDS).items() if n > 1] == []
    assert [u for u, n in Counter(f["name"] for f in FEEDS).items() if n > 1] == []


def test_every_feed_fills_every_field() -> None:
    for feed in FEEDS:
        assert set(feed) >= KEYS, feed["name"]
        assert all(str(feed[key]).strip() for key in KEYS), feed["name"]
        assert feed["scope"] in SCOPES
        assert len(feed["country"]) == 2
        assert feed["country"].isupper()


def test_addresses_are_public_and_without_credentials() -> None:
    for feed in FEEDS:
        for key in ("url", "homepage"):
            parts = urlsplit(feed[key])
            assert parts.scheme in ("http", "https"), feed["name"]
            assert parts.hostname, feed["name"]
            assert "." in parts.hostname, feed["name"]
            assert parts.username is None, feed["name"]


def test_no_feed_is_a_search_on_another_site() -> None:
    assert [f["name"] for f in FEEDS if urlsplit(f["url"]).hostname == "news.google.com"] == []


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_every_language_has_feeds(code: str) -> None:
    assert sum(feed["language"] == code for feed in FEEDS) >= 2


def test_languages_are_those_that_are_understood() -> None:
    assert {feed["language"] for feed in FEEDS} <= LANGUAGES


def test_every_scope_is_covered() -> None:
    assert {feed["scope"] for feed in FEEDS} == set(SCOPES)


def test_reliability_is_not_one_letter_for_all() -> None:
    assert len({feed["reliability"] for feed in FEEDS}) >= 4
    assert all(len(feed["reason"]) > 15 for feed in FEEDS)
