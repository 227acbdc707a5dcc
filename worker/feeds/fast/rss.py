"""RSS 2.0 and RSS 1.0 with lxml, as feedparser reads them."""

from __future__ import annotations

import re
from typing import Any

from worker.feeds.fast.nodes import (
    ATOM,
    CONTENT,
    DC,
    ITUNES,
    MEDIA,
    RDF,
    RSS1,
    SLASH,
    WFW,
    LeaveItError,
    Parts,
    address,
    is_harmless,
    moment,
    note_period,
    period,
    plain_title,
    text_of,
)
from worker.feeds.parse import MAX_ENTRIES, skips
from worker.ports import ParsedFeed

_QUERY = re.compile(r"&([A-Za-z0-9_]+);")
_TITLE, _LINK, _GUID, _TEXT, _BODY, _DATE, _UPDATED, _AUTHOR, _TERM, _SKIP, _LANGUAGE, _MEDIA_TITLE = range(
    12
)
_RSS_PARTS = {
    **dict.fromkeys(("title", RSS1 + "title"), _TITLE),
    **dict.fromkeys(("link", RSS1 + "link"), _LINK),
    **dict.fromkeys(("description", RSS1 + "description"), _TEXT),
    "guid": _GUID,
    "pubDate": _DATE,
    "author": _AUTHOR,
    "category": _TERM,
    CONTENT + "encoded": _BODY,
    DC + "creator": _AUTHOR,
    ITUNES + "author": _AUTHOR,
    DC + "date": _UPDATED,
    ATOM + "updated": _UPDATED,
    DC + "subject": _TERM,
    DC + "language": _LANGUAGE,
    MEDIA + "title": _MEDIA_TITLE,
    **dict.fromkeys(
        (
            "comments", "enclosure", "source", DC + "rights", DC + "publisher", DC + "type", DC + "identifier",
            DC + "source", DC + "format", SLASH + "comments", SLASH + "section", SLASH + "department",
            SLASH + "hit_parade", WFW + "commentRss", WFW + "comment", MEDIA + "content", MEDIA + "thumbnail",
            MEDIA + "credit", MEDIA + "copyright", MEDIA + "text", MEDIA + "rating",
            "{http://www.georss.org/georss}point", "{http://www.georss.org/georss}featurename",
            ITUNES + "duration", ITUNES + "explicit", ITUNES + "episode", ITUNES + "season",
            ITUNES + "episodeType", ITUNES + "block",
        ),
        _SKIP,
    ),
}  # fmt: skip


def read_rss(root: Any, body: bytes, url: str) -> ParsedFeed:
    """Read an RSS feed; `url` is where it came from, for relative addresses."""
    channel: dict[str, Any] = {"title": "", "link": "", "language": None, "hubs": [], "self": None}
    language = root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("lang")
    channel["language"] = language.replace("_", "-") if language else None
    items: list[Any] = []
    for node in root:
        name = _local(node)
        if name == "channel":
            _channel(node, channel, items, url)
        elif name == "item":
            items.append(node)
        elif name != "image" or not node.tag.startswith(RSS1):
            raise LeaveItError("an unknown element beside the channel")
    entries = tuple(_rss_item(item, url).entry(channel["language"]) for item in items[:MAX_ENTRIES])
    hours, days = skips(body)
    return ParsedFeed(
        title=channel["title"][:500],
        homepage=channel["link"].strip(),
        language=channel["language"],
        entries=entries,
        ttl_s=channel.get("ttl"),
        skip_hours=hours,
        skip_days=days,
        update_period_s=period(channel),
        hubs=tuple(dict.fromkeys(channel["hubs"]))[:5],
        self_url=channel["self"],
        format="rss20" if root.tag == "rss" else "rss10",
    )


def _local(node: Any) -> str:
    tag = node.tag
    return tag.rpartition("}")[2] if tag[0] != "{" or tag.startswith(RSS1) else ""


def _channel(node: Any, channel: dict[str, Any], items: list[Any], url: str) -> None:  # noqa: C901
    """What the channel says of itself; its items are set aside."""
    seen: set[str] = set()
    for part in node:
        name = _local(part)
        if name == "item":
            items.append(part)
        elif name in ("title", "link", "language", "ttl"):
            if name in seen or part.attrib:
                raise LeaveItError("a channel's element twice or with attributes")
            seen.add(name)
            value = text_of(part)
            if name == "title":
                channel["title"] = _channel_title(value)
            elif name == "link":
                channel["link"] = _QUERY.sub(r"&\g<1>", address(value, url) if value else "")
            elif name == "language":
                channel["language"] = value or channel["language"]
            elif value.isdigit():
                channel["ttl"] = int(value[:6]) * 60
        elif part.tag == ATOM + "link":
            _channel_link(part, channel, url)
        elif part.prefix == "sy":
            note_period(part, channel)
        elif name in ("textInput", "author", "url", "width", "height") or (not name and _bears_on_feed(part)):
            raise LeaveItError("an element of the channel that is seldom seen")


def _channel_title(text: str) -> str:
    if "\x00" in text:
        raise LeaveItError("a title that may be markup")
    return text


def _bears_on_feed(part: Any) -> bool:
    """Whether an element of another namespace may change title, link or language of the feed."""
    return str(part.tag).startswith((DC + "title", DC + "language", MEDIA, ATOM, ITUNES + "new"))


def _channel_link(part: Any, channel: dict[str, Any], url: str) -> None:
    relation = (part.get("rel") or "alternate").lower()
    target = part.get("href")
    if relation == "alternate" or not target or len(part):
        raise LeaveItError("an Atom link that decides on the homepage")
    target = address(target, url)
    if relation == "hub" and target:
        channel["hubs"].append(target)
    elif relation == "self" and channel["self"] is None:
        channel["self"] = target


def _rss_item(item: Any, url: str) -> Parts:  # noqa: C901, PLR0912, PLR0915 - one branch an element
    parts = Parts()
    about = item.get(RDF + "about")
    if about:
        parts.guid = about
    for node in item:
        what = _RSS_PARTS.get(node.tag)
        if what is None:
            if not is_harmless(node):
                raise LeaveItError(f"the element {node.tag}")
            continue
        if what == _SKIP:
            if len(node):
                raise LeaveItError("markup inside an element")
            continue
        text = text_of(node)
        if what == _TITLE:
            if parts.title or node.attrib:
                raise LeaveItError("a second title")
            parts.title = plain_title(text)
        elif what == _LINK:
            if node.attrib:
                raise LeaveItError("a link with attributes")
            link = address(text, url).replace("&amp;", "&") if text else ""
            parts.link = _QUERY.sub(r"&\g<1>", link) if "&" in link else link
        elif what == _GUID:
            permanent = node.get("isPermaLink", "true") == "true"
            parts.guid = address(text, url) if permanent and text else text
            if permanent and parts.link is None:
                parts.link = parts.guid
        elif what == _TEXT:
            if node.attrib or (parts.summary is not None and not parts.bodies):
                raise LeaveItError("a second description")
            parts.summary = text
        elif what == _BODY:
            if node.attrib:
                raise LeaveItError("content with attributes")
            parts.bodies.append(text)
            if parts.summary is None:
                parts.summary = text
        elif what == _DATE:
            parts.published = moment(text)
        elif what == _UPDATED:
            parts.updated = moment(text)
        elif what == _AUTHOR:
            parts.author = text
        elif what == _TERM:
            if node.get("term") or node.get("label"):
                raise LeaveItError("a category with attributes")
            parts.terms.append(text)
        elif what == _LANGUAGE:
            parts.language = text
        elif not parts.title:
            raise LeaveItError("a media title before the title")
    return parts
