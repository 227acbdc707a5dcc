"""What a page says about itself: Open Graph, JSON-LD, microdata, canonical link.

Read by hand from the tree that extraction needs anyway: trafilatura's own metadata pass takes as long
as its extraction (docs/reading.md), most of it in a search for dates that pages declare.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

_MAX_SCRIPTS = 20
_MAX_SCRIPT = 400_000
_MAX_NODES = 5_000
_ARTICLE_TYPES = re.compile(r"Article|Posting|Report", re.IGNORECASE)
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "date_published", "publishdate",
    "publish-date", "pubdate", "publication_date", "parsely-pub-date", "sailthru.date", "dc.date.issued",
    "dcterms.created", "dc.date", "date", "og:pubdate", "article.published", "published_time_telegram",
)  # fmt: skip
_AUTHORS = (
    "author",
    "article:author",
    "byl",
    "parsely-author",
    "dc.creator",
    "sailthru.author",
    "cxenseparse:author",
)
_TITLES = ("og:title", "twitter:title", "dc.title", "parsely-title")
_IMAGES = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
_BY = re.compile(r"^(?:by|par|von|por|بقلم|نویسنده|yazan)\s*:?\s+", re.IGNORECASE)
_ISO_OFFSET = re.compile(r"([+-]\d{2})(\d{2})$")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the page declares; empty or None where it does not."""

    title: str = ""
    site: str = ""
    author: str = ""
    published: datetime | None = None
    canonical: str | None = None
    image: str | None = None
    language: str | None = None
    amp: str | None = None
    """The address of the page's AMP edition."""
    is_amp: bool = False
    locked: bool = False
    """The page says that it is not free to read."""
    body: str = ""
    """The article's text where JSON-LD carries it."""


def page_facts(tree: HtmlElement, url: str) -> PageFacts:
    """Read a parsed page's declarations; `url` is the address it was fetched from."""
    metas = _metas(tree)
    ld = _merge(_json_ld(tree))
    links = _links(tree)
    date = ld.get("datePublished") or _first(metas, _DATES) or _time_element(tree)
    title = _first(metas, _TITLES) or str(ld.get("headline") or "") or _heading(tree)
    image = _first(metas, _IMAGES) or _address_in(ld.get("image"))
    return PageFacts(
        title=title,
        site=_first(metas, ("og:site_name", "application-name")),
        author=_author(ld.get("author"), metas),
        published=parse_date(date),
        canonical=_canonical(links.get("canonical") or _first(metas, ("og:url",)), url),
        image=_absolute(image, url),
        language=(tree.get("lang") or "").split("-")[0].lower() or None,
        amp=_absolute(links.get("amphtml"), url),
        is_amp="amp" in tree.attrib or "⚡" in tree.attrib,
        locked=_locked(ld, metas),
        body=str(ld.get("articleBody") or ""),
    )


def parse_date(value: Any) -> datetime | None:
    """An ISO 8601 date as aware UTC; None for anything else, a date without a zone is taken for UTC."""
    text = _ISO_OFFSET.sub(r"\1:\2", str(value or "").strip())
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (OverflowError, ValueError):
        return None


def _metas(tree: HtmlElement) -> dict[str, str]:
    """First content of each `<meta>` by lower-case name, property or itemprop."""
    found: dict[str, str] = {}
    for meta in islice(tree.iter("meta"), 500):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = (meta.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content[:5_000])
    return found


def _links(tree: HtmlElement) -> dict[str, str]:
    """First address of each `<link>` relation."""
    found: dict[str, str] = {}
    for link in islice(tree.iter("link"), 500):
        for relation in (link.get("rel") or "").lower().split():
            if link.get("href"):
                found.setdefault(relation, link.get("href").strip())
    return found


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str:
    return next((metas[name] for name in names if name in metas), "")


def _json_ld(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The objects in the page's JSON-LD, however they are nested."""
    scripts = (s for s in tree.iter("script") if "ld+json" in (s.get("type") or "").lower())
    for script in islice(scripts, _MAX_SCRIPTS):
        try:
            todo: list[Any] = [json.loads((script.text or "")[:_MAX_SCRIPT], strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(_MAX_NODES):
            if not todo:
                break
            node = todo.pop()
            if isinstance(node, dict):
                yield node
                todo.extend(value for value in node.values() if isinstance(value, dict | list))
            elif isinstance(node, list):
                todo.extend(node)


def _merge(objects: Iterator[dict[str, Any]]) -> dict[str, Any]:
    """The first value of each field over the objects that are articles."""
    merged: dict[str, Any] = {}
    for node in objects:
        if _ARTICLE_TYPES.search(str(node.get("@type") or "")):
            for name, value in node.items():
                if value not in (None, "", [], {}):
                    merged.setdefault(name, value)
    return merged


def _author(declared: Any, metas: dict[str, str]) -> str:
    """Names of the authors, comma-separated, at most five."""
    people = declared if isinstance(declared, list) else [declared]
    names = [str(p.get("name") or "") if isinstance(p, dict) else str(p or "") for p in people[:5]]
    names = [name for name in names if name and not name.startswith("http")]
    if not names:
        meta = _first({k: v for k, v in metas.items() if not v.startswith(("http", "/", "@"))}, _AUTHORS)
        names = [meta] if meta else []
    return ", ".join(dict.fromkeys(_BY.sub("", " ".join(name.split())) for name in names))[:300]


def _address_in(value: Any) -> str:
    """An address out of JSON-LD's ways to give an image."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("url") or value.get("contentUrl") or ""
    return value if isinstance(value, str) else ""


def _absolute(address: str | None, base: str) -> str | None:
    """An http(s) address, made absolute; None for anything else."""
    if not address:
        return None
    try:
        whole = urljoin(base, address.strip())
        return whole if urlsplit(whole).scheme in ("http", "https") else None
    except ValueError:
        return None


def _canonical(address: str | None, url: str) -> str | None:
    """The declared canonical address, unless it is plainly wrong: another site's or the front page."""
    whole = _absolute(address, url)
    if whole is None:
        return None
    own, other = urlsplit(url), urlsplit(whole)
    if own.path.strip("/") and not other.path.strip("/") and not other.query:
        return None
    same = _site(own.hostname) == _site(other.hostname)
    return whole if same or not own.hostname else None


def _site(host: str | None) -> str:
    """The part of a host that one publisher owns, near enough: the last two labels, three for `.co.uk`."""
    labels = (host or "").split(".")
    return ".".join(labels[-3:] if len(labels) > 2 and len(labels[-2]) <= 3 else labels[-2:])


def _heading(tree: HtmlElement) -> str:
    """The one `<h1>`, else the `<title>`."""
    headings = list(islice(tree.iter("h1"), 2))
    chosen = headings[0] if len(headings) == 1 else next(tree.iter("title"), None)
    return " ".join("".join(islice(chosen.itertext(), 50)).split())[:500] if chosen is not None else ""


def _time_element(tree: HtmlElement) -> str:
    """The moment of the first `<time datetime>`, which in articles is the dateline's."""
    return next((t.get("datetime") for t in islice(tree.iter("time"), 5) if t.get("datetime")), "")


def _locked(ld: dict[str, Any], metas: dict[str, str]) -> bool:
    """Whether the page declares itself not free."""
    free = str(ld.get("isAccessibleForFree", "")).lower()
    return free == "false" or metas.get("article:content_tier", "").lower() == "locked"
