"""Atom with lxml, as feedparser reads it."""

from __future__ import annotations

from html import escape
from typing import Any

from worker.domain.polled import Entry
from worker.feeds.fast.nodes import (
    ATOM,
    MEDIA,
    LeaveItError,
    Parts,
    address,
    is_harmless,
    moment,
    note_period,
    period,
    text_of,
)
from worker.feeds.parse import ENTITY_LIKE, MAX_ENTRIES
from worker.ports import ParsedFeed

_ATOM_SKIP = frozenset(
    ATOM + name for name in ("contributor", "rights", "source", "subtitle", "generator", "icon", "logo")
)
_ATOM_MEDIA = (MEDIA + "thumbnail", MEDIA + "content")


def read_atom(root: Any, url: str) -> ParsedFeed:  # noqa: C901
    """Read an Atom feed; `url` is where it came from, for relative addresses."""
    language = root.get("{http://www.w3.org/XML/1998/namespace}lang") or None
    feed: dict[str, Any] = {"title": "", "link": "", "hubs": [], "self": None}
    language = language.replace("_", "-") if language else None
    entries: list[Entry] = []
    for node in root:
        tag = node.tag
        if tag == ATOM + "entry":
            if len(entries) < MAX_ENTRIES:
                entries.append(_atom_entry(node, url).entry(language))
        elif tag == ATOM + "title":
            if feed["title"] or node.get("type", "text") not in ("text", "html"):
                raise LeaveItError("a second title, or one in XHTML")
            feed["title"] = text_of(node)
        elif tag == ATOM + "link":
            _atom_feed_link(node, feed, url)
        elif tag == ATOM + "id":
            identifier = address(text_of(node), url)
            feed["link"] = feed["link"] or identifier
        elif node.prefix == "sy":
            note_period(node, feed)
        elif tag.startswith(ATOM):
            if tag[len(ATOM) :] not in (
                "updated",
                "author",
                "category",
                "generator",
                "subtitle",
                "logo",
                "icon",
                "rights",
            ):
                raise LeaveItError("an unknown element of the feed")
        elif not is_harmless(node):
            raise LeaveItError(f"the element {tag}")
    return ParsedFeed(
        title=feed["title"][:500],
        homepage=feed["link"].strip(),
        language=language,
        entries=tuple(entries),
        update_period_s=period(feed),
        hubs=tuple(dict.fromkeys(feed["hubs"]))[:5],
        self_url=feed["self"],
        format="atom10",
    )


def _atom_feed_link(node: Any, feed: dict[str, Any], url: str) -> None:
    relation, target = (node.get("rel") or "alternate").lower(), node.get("href")
    if not target or len(node):
        raise LeaveItError("a link without address")
    target = address(target, url)
    if relation == "alternate" and _is_page(node):
        feed["link"] = target
    elif relation == "hub":
        feed["hubs"].append(target)
    elif relation == "self" and feed["self"] is None:
        feed["self"] = target


def _is_page(node: Any) -> bool:
    return (node.get("type") or "text/html").lower() in (
        "text/html",
        "html",
        "xhtml",
        "application/xhtml+xml",
    )


def _atom_entry(entry: Any, url: str) -> Parts:  # noqa: C901, PLR0912 - one branch an element
    parts = Parts()
    for node in entry:
        tag = node.tag
        name = tag[len(ATOM) :] if tag.startswith(ATOM) else ""
        if name == "title":
            if parts.title:
                raise LeaveItError("a second title")
            parts.title = _atom_title(node)
        elif name == "link":
            target = node.get("href")
            if not target or len(node):
                raise LeaveItError("a link without address")
            if (node.get("rel") or "alternate").lower() == "alternate" and _is_page(node):
                parts.link = address(target, url)
        elif name == "id":
            parts.guid = address(text_of(node), url)
            if parts.link is None:
                parts.link = parts.guid
        elif name == "summary":
            _atom_type(node)
            if parts.summary is not None and not parts.bodies:
                raise LeaveItError("a second summary")
            parts.summary = text_of(node)
        elif name == "content":
            _atom_type(node)
            if parts.bodies:
                raise LeaveItError("a second content")
            parts.bodies.append(text_of(node))
            if parts.summary is None:
                parts.summary = parts.bodies[-1]
        elif name == "published":
            parts.published = moment(text_of(node))
        elif name == "updated":
            parts.updated = moment(text_of(node))
        elif name == "author":
            parts.author = _atom_author(node)
        elif name == "category":
            if len(node) or (node.text or "").strip():
                raise LeaveItError("a category with text")
            parts.terms.append(node.get("label") or node.get("term") or "")
        elif tag in _ATOM_SKIP or (tag in _ATOM_MEDIA and not len(node)):
            continue
        elif name or not is_harmless(node):
            raise LeaveItError(f"the element {tag}")
    return parts


def _atom_type(node: Any) -> str:
    kind = (node.get("type") or "text").lower()
    if kind not in ("text", "html", "text/html", "text/plain") or node.get("src") or node.get("mode"):
        raise LeaveItError("content of another type")
    return kind


def _atom_title(node: Any) -> str:
    kind, text = _atom_type(node), text_of(node)
    if kind in ("text", "text/plain") and ("<" in text or ENTITY_LIKE.search(text)):
        text = escape(text, quote=False)
    return text[:2000]


def _atom_author(node: Any) -> str:
    name = mail = ""
    for part in node:
        if part.tag == ATOM + "name":
            name = text_of(part)
        elif part.tag == ATOM + "email":
            mail = text_of(part)
        elif part.tag != ATOM + "uri":
            raise LeaveItError("an author with more than name and address")
    return f"{name} ({mail})" if name and mail else name or mail
