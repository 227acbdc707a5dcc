"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html import escape
from typing import Any

from worker.domain.polled import Entry
from worker.errors import ParseError
from worker.feeds.parse import MAX_ENTRIES, MAX_TEXT, clean, what_it_is
from worker.ports import ParsedFeed


def parse(body: bytes, *, url: str = "") -> ParsedFeed:
    """Read a JSON Feed; fields of a wrong type are passed over, an item without any text is dropped."""
    try:
        feed = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as fault:
        raise ParseError(
            f"the server answers with JSON that cannot be read ({str(fault)[:80]})", where=url
        ) from fault
    version = _text(feed.get("version")) if isinstance(feed, dict) else ""
    items = feed.get("items") if isinstance(feed, dict) else None
    if "jsonfeed.org/version/" not in version or not isinstance(items, list):
        raise ParseError(what_it_is(body), where=url)
    hubs = _list(feed.get("hubs"))
    language = _text(feed.get("language")) or None
    return ParsedFeed(
        title=_text(feed.get("title"))[:500],
        homepage=_text(feed.get("home_page_url")),
        language=language,
        entries=tuple(_entry(one, language) for one in items[:MAX_ENTRIES] if isinstance(one, dict)),
        hubs=tuple(_text(hub.get("url")) for hub in hubs[:5] if isinstance(hub, dict) and hub.get("url")),
        self_url=_text(feed.get("feed_url")) or None,
        format="json" + version.rsplit("/", 1)[-1].replace(".", ""),
    )


def _entry(one: dict[str, Any], language: str | None) -> Entry:
    markup = _text(one.get("content_html"))
    plain = _text(one.get("content_text"))
    text = markup or (escape(plain, quote=False).replace("\n", "<br>") if plain else "")
    summary = _text(one.get("summary"))
    text = text or escape(summary, quote=False)
    tags = _list(one.get("tags"))
    identifier = one.get("id")
    return Entry(
        guid=_text(str(identifier) if isinstance(identifier, int | float) else identifier)[:2000],
        url=(_text(one.get("url")) or _text(one.get("external_url")))[:4000],
        title=escape(_text(one.get("title")), quote=False)[:2000],
        html=text[:MAX_TEXT],
        published=moment(_text(one.get("date_published"))),
        updated=moment(_text(one.get("date_modified"))),
        author=_author(one)[:300],
        categories=tuple(_text(tag)[:200] for tag in tags[:50] if isinstance(tag, str)),
        language=_text(one.get("language")) or language,
    )


def _author(one: dict[str, Any]) -> str:
    authors = _list(one.get("authors")) or [one.get("author")]
    return ", ".join(_text(a.get("name")) for a in authors if isinstance(a, dict) and a.get("name"))


def moment(text: str) -> datetime | None:
    """An RFC 3339 time; one without zone is taken for UTC."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    try:
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except OverflowError:
        return None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return clean(value).strip() if isinstance(value, str) else ""
