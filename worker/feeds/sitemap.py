"""Google-News sitemaps as feeds: publishers without a feed still list their newest articles there.

https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
"""

from __future__ import annotations

import io
from html import escape
from typing import Any

from worker.domain.polled import Entry
from worker.errors import ParseError
from worker.feeds.jsonfeed import moment
from worker.feeds.parse import MAX_ENTRIES, clean
from worker.ports import ParsedFeed


def looks_like(start: bytes) -> bool:
    """Whether a document begins as a sitemap or an index of sitemaps."""
    return b"<urlset" in start or b"<sitemapindex" in start


def parse(body: bytes, *, url: str = "") -> ParsedFeed:
    """Each `url` with a news part is an entry: no text, but title, date, language and keywords."""
    from lxml import etree  # noqa: PLC0415 - only sitemaps need it here

    entries: list[Entry] = []
    count = 0
    pages = etree.iterparse(
        io.BytesIO(body.lstrip()), events=("end",), resolve_entities=False, no_network=True, recover=True
    )
    try:
        for _event, node in pages:
            name = _name(node)
            if name == "sitemap":
                location = next((_text(child) for child in node if _name(child) == "loc"), "")
                remedy = f"add one of its sitemaps, as {location}" if location else ""
                raise ParseError("the server answers with an index of sitemaps", where=url, remedy=remedy)
            if name == "url":
                count += 1
                entry = _entry(node)
                if entry is not None and len(entries) < MAX_ENTRIES:
                    entries.append(entry)
                node.clear()
    except etree.XMLSyntaxError as fault:
        if not entries:
            raise ParseError(f"the sitemap cannot be read ({str(fault)[:80]})", where=url) from fault
    if count and not entries:
        raise ParseError("the server answers with a sitemap that is not one of news", where=url)
    return ParsedFeed(entries=tuple(entries), format="sitemap")


def _entry(node: Any) -> Entry | None:
    fields: dict[str, str] = {}
    for part in node.iter():
        fields.setdefault(_name(part), _text(part))
    link, title = fields.get("loc", ""), fields.get("title", "")
    if not link or not title:
        return None
    keywords = [word.strip()[:200] for word in fields.get("keywords", "").split(",")]
    return Entry(
        guid="",
        url=link[:4000],
        title=escape(title, quote=False)[:2000],
        html="",
        published=moment(fields.get("publication_date", "")),
        updated=moment(fields.get("lastmod", "")),
        categories=tuple(word for word in keywords if word)[:50],
        language=fields.get("language") or None,
    )


def _name(node: Any) -> str:
    return str(node.tag).rsplit("}", 1)[-1] if isinstance(node.tag, str) else ""


def _text(node: Any) -> str:
    return clean(node.text or "").strip()
