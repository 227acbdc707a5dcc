"""OPML 2.0 in and out, with folders (http://opml.org/spec2.opml)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from worker.domain.polled import Feed
from worker.errors import ConfigError

MAX_BYTES = 5 * 1024 * 1024
MAX_FEEDS = 20_000
MAX_DEPTH = 20
_REFUSED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def read_opml(body: bytes, *, where: str = "OPML") -> list[Feed]:
    """Feeds of an outline, each with its folder as `Middle East/Iraq`; the first of a doubled address wins.

    Outlines without an http(s) address are folders or notes. Raises `ConfigError` for what is no
    OPML, is too large or declares entities: a list of feeds needs none.
    """
    from lxml import etree  # noqa: PLC0415 - only imports of lists need it

    if len(body) > MAX_BYTES:
        raise ConfigError(f"larger than {MAX_BYTES >> 20} MB", where=where, remedy="split the list")
    if _REFUSED.search(body):
        raise ConfigError("declares a DOCTYPE or entities", where=where, remedy="remove the declaration")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, remove_comments=True)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as fault:
        raise ConfigError(f"is not XML ({fault})", where=where, remedy="export the list again") from fault
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise ConfigError("is not OPML", where=where, remedy="give a file whose root is <opml>")
    found: dict[str, Feed] = {}
    heads = [node for node in root if isinstance(node.tag, str) and node.tag.lower() == "body"]
    todo: list[tuple[Any, tuple[str, ...]]] = [
        (node, ()) for head in reversed(heads) for node in reversed(head)
    ]
    while todo:
        node, folders = todo.pop()
        if not isinstance(node.tag, str) or node.tag.lower() != "outline":
            continue
        given = {name.lower(): value.strip() for name, value in node.attrib.items()}
        address = _address(given.get("xmlurl", ""))
        name = unescape(given.get("title") or given.get("text") or "")[:300]
        if address:
            feed = Feed(
                url=address,
                name=name,
                homepage=_address(given.get("htmlurl", "")),
                language=given.get("language", "")[:8] or None,
                folder="/".join(folders) or given.get("category", "").split(",")[0].strip("/ ")[:300],
            )
            found.setdefault(address, feed)
            if len(found) > MAX_FEEDS:
                raise ConfigError(f"more than {MAX_FEEDS} feeds", where=where, remedy="split the list")
        inner = (*folders, name.replace("/", "∕")) if name and not address else folders
        if len(inner) <= MAX_DEPTH:
            todo += [(child, inner) for child in reversed(node)]
    return list(found.values())


def _address(text: str) -> str:
    """An http(s) address, also where a reader wrote `feed:`; empty for anything else."""
    text = text.strip()
    if text.lower().startswith("feed:"):
        rest = text[5:].lstrip("/")
        text = rest if rest.lower().startswith(("http://", "https://")) else f"http://{rest}"
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in ("http", "https") and parts.hostname else ""


def write_opml(feeds: Iterable[Feed], *, now: datetime, title: str = "Marsad") -> bytes:
    """An outline of these feeds with their folders; options, which may hold secrets, stay out."""
    from lxml import etree  # noqa: PLC0415

    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = title
    etree.SubElement(head, "dateCreated").text = format_datetime(now)
    body = etree.SubElement(root, "body")
    folders = {"": body}
    for feed in sorted(feeds, key=lambda one: (one.folder, one.name, one.url)):
        parent = body
        path = ""
        for name in filter(None, feed.folder.split("/")):
            path = f"{path}/{name}"
            if path not in folders:
                folders[path] = etree.SubElement(parent, "outline", text=_xml(name), title=_xml(name))
            parent = folders[path]
        name = _xml(feed.name or feed.url)
        line = etree.SubElement(parent, "outline", type="rss", text=name, title=name, xmlUrl=_xml(feed.url))
        if feed.homepage:
            line.set("htmlUrl", _xml(feed.homepage))
        if feed.language:
            line.set("language", feed.language)
    return bytes(etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="utf-8"))


def _xml(text: str) -> str:
    """Text that XML can hold."""
    return "".join(sign if sign in "\t\n" or sign >= " " else " " for sign in text)
