"""Give any page's address and get its feeds: link tags, then anchors, then the usual places.

Each candidate is fetched and parsed; only what really is a feed is offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from worker.errors import FetchError, ParseError
from worker.feeds.parse import parse_feed
from worker.ports import Fetcher, ParsedFeed, Request

COMMON_PATHS = (
    "/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed/", "/rss/", "/feeds/posts/default",
    "/?feed=rss2", "/feed.json", "/index.rdf", "/ar/rss", "/en/rss", "/news-sitemap.xml", "/sitemap-news.xml",
)  # fmt: skip
MAX_TRIED = 24
_FEED_TYPES = frozenset(
    {
        "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
        "application/json", "text/xml", "application/xml",
    }
)  # fmt: skip
_LIKELY = re.compile(
    r"(?:\b|_)(?:rss|atom|feeds?|rdf)(?:\b|_|\d)|\.(?:rss|rdf|atom|xml)(?:$|\?)", re.IGNORECASE
)
_MAX_PAGE = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that a page leads to."""

    url: str
    title: str
    entries: int
    newest: datetime | None
    how: str
    """`itself`, `link`, `anchor` or `usual place`."""
    format: str = ""


async def discover(fetcher: Fetcher, address: str) -> list[FoundFeed]:
    """Feeds of a page, best first. Raises `FetchError` when the page itself cannot be had."""
    url = address if "://" in address else f"https://{address}"
    page = await fetcher.fetch(Request(url=url, accept="text/html, application/xhtml+xml, */*;q=0.8"))
    kind = page.headers.get("content-type", "")
    try:
        return [_found(page.url, parse_feed(page.body, content_type=kind, url=page.url), "itself")]
    except ParseError:
        pass
    tried: set[str] = {page.url}
    links, anchors = candidates(page.body[:_MAX_PAGE], page.url)
    for how, group in (("link", links), ("anchor", anchors), ("usual place", _usual(page.url))):
        found = await _try(fetcher, [one for one in group if one not in tried], how)
        tried |= set(group)
        if found:
            return found
    return []


def candidates(body: bytes, base: str) -> tuple[list[str], list[str]]:
    """Addresses named by a page's link tags and by anchors that look like feeds, each once."""
    from lxml import html  # noqa: PLC0415 - only discovery needs it

    try:
        root = html.document_fromstring(body, parser=html.HTMLParser(huge_tree=False, encoding=None))
    except (ValueError, html.etree.ParserError):
        return [], []
    base = next(iter(_absolute([root.xpath("string(//base/@href)")], base)), base)
    links, anchors = [], []
    for node in root.iter("link"):
        relations = (node.get("rel") or "").lower().split()
        kind = (node.get("type") or "").lower().partition(";")[0].strip()
        if node.get("href") and ("feed" in relations or ("alternate" in relations and kind in _FEED_TYPES)):
            links.append(node.get("href"))
    for node in root.iter("a"):
        target = node.get("href") or ""
        words = " ".join((target, node.get("title") or "", (node.text or "")[:40]))
        if target and _LIKELY.search(words):
            anchors.append(target)
    return _absolute(links, base), _absolute(anchors, base)


def _absolute(targets: Iterable[str], base: str) -> list[str]:
    found: dict[str, None] = {}
    for target in targets:
        try:
            url = urljoin(base, target.strip())
            parts = urlsplit(url)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.hostname:
            found.setdefault(url.partition("#")[0])
    return list(found)


def _usual(url: str) -> list[str]:
    parts = urlsplit(url)
    here = parts.path.rstrip("/")
    paths = (
        [*(f"{here}{path}" for path in ("/feed", "/rss.xml")), *COMMON_PATHS] if here else list(COMMON_PATHS)
    )
    return _absolute(paths, f"{parts.scheme}://{parts.netloc}/")


async def _try(fetcher: Fetcher, urls: list[str], how: str) -> list[FoundFeed]:
    """Fetch candidates one after the other (they share a host) and keep the feeds among them."""
    found: dict[str, FoundFeed] = {}
    for url in urls[:MAX_TRIED]:
        try:
            answer = await fetcher.fetch(Request(url=url))
            kind = answer.headers.get("content-type", "")
            feed = parse_feed(answer.body, content_type=kind, url=answer.url)
        except (FetchError, ParseError) as fault:
            if isinstance(fault, FetchError) and fault.kind == "rate-limited":
                break
            continue
        found.setdefault(answer.url, _found(url, feed, how))
        if how == "usual place":
            break
    return sorted(found.values(), key=lambda one: -one.entries)


def _found(url: str, feed: ParsedFeed, how: str) -> FoundFeed:
    dates = [entry.published or entry.updated for entry in feed.entries]
    newest = max((date for date in dates if date is not None), default=None)
    return FoundFeed(url, feed.title, len(feed.entries), newest, how, feed.format)
