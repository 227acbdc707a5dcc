"""What both formats are made of: namespaces, text, addresses, dates, and the parts of an entry."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

from worker.domain.polled import Entry
from worker.feeds.parse import ENTITY_LIKE, MAX_TEXT, PERIODS


class LeaveItError(Exception):
    """This document is for feedparser."""


ATOM = "{http://www.w3.org/2005/Atom}"
RSS1 = "{http://purl.org/rss/1.0/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
SLASH = "{http://purl.org/rss/1.0/modules/slash/}"
WFW = "{http://wellformedweb.org/CommentAPI/}"

_PLAIN_URL = re.compile(
    r"https?://[\w.:-]+(?:/[\w./~%+,@!$()*:&=-]*)?(?:\?[\w./~%+,@!$()*:&=-]+)?(?:#[\w./~%+,@!$()*:&=-]+)?",
    re.ASCII,
)
_URI_FIX = re.compile(r"^([A-Za-z][A-Za-z0-9+-.]*://)(/*)(.*?)")
_RFC822 = re.compile(
    r"(?:[A-Za-z]{3},\s+)?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d\d):(\d\d)(?::(\d\d))? (?:GMT|UTC|UT|Z|([+-])(\d\d)(\d\d))",
    re.ASCII,
)
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(?:[Zz]|([+-])(\d\d):(\d\d))", re.ASCII
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}

_KNOWN_PREFIXES = frozenset(
    (
        "admin", "ag", "annotate", "audio", "blogchannel", "cc", "creativecommons", "co", "content", "cp", "dc",
        "dcterms", "email", "ev", "feedburner", "fm", "foaf", "geo", "georss", "gml", "icbm", "image", "itunes", "l",
        "media", "pingback", "prism", "rdf", "rdfs", "ref", "reqv", "search", "slash", "soap", "ss", "str", "sub",
        "sy", "szf", "taxo", "thr", "ti", "trackback", "wfw", "wiki", "xhtml", "xlink", "xml", "psc",
    )
)  # fmt: skip
"""Prefixes that feedparser gives a meaning to; below any other, elements are only noted."""
_KNOWN_NAMESPACE = re.compile(
    r"purl\.org|w3\.org|userland\.com|yahoo\.com/mrss|itunes\.com|netscape\.com|georss\.org|opengis\.net|webns\.net"
    r"|wellformedweb\.org|web\.resource\.org|creativecommons\.org|harvard\.edu|theinfo\.org|freshmeat\.net"
    r"|xmlns\.com|postneo\.com|prismstandard\.org|madskills\.com|benhammersley\.com|pocketsoap\.com"
    r"|podlove\.org|rssnamespace\.org|tangent\.org|xmlsoap\.org|example\.com|echo",
    re.IGNORECASE,
)
"""Where the namespaces that feedparser knows live; wide on purpose, as leaving a document costs only time."""


def text_of(node: Any) -> str:
    """The text of an element without children, as feedparser hands it on."""
    if len(node):
        raise LeaveItError("markup inside an element")
    text: str = (node.text or "").strip()
    if not text.isascii() and _encoded_twice(text):
        raise LeaveItError("text that was encoded twice")
    return text


def _encoded_twice(text: str) -> bool:
    """Whether the text is UTF-8 that was taken for Latin-1 and encoded again; feedparser undoes that."""
    try:
        text.encode("iso-8859-1").decode("utf-8")
    except UnicodeError:
        return False
    return True


def address(text: str, base: str) -> str:
    """Make an address whole; empty where it cannot be one."""
    if not text or _PLAIN_URL.fullmatch(text):
        return text
    try:
        return urljoin(base, _URI_FIX.sub(r"\1\3", text))
    except ValueError:
        return ""


def is_harmless(node: Any) -> bool:
    """Whether feedparser only notes this element and what is in it, under a name of its own."""
    return all(_is_foreign(one.prefix, str(one.tag)) for one in node.iter())


@lru_cache(maxsize=4096)
def _is_foreign(prefix: str | None, tag: str) -> bool:
    """Whether neither prefix nor namespace is one that feedparser gives a meaning to."""
    if prefix is None or prefix.lower() in _KNOWN_PREFIXES or not tag.startswith("{"):
        return False
    return not _KNOWN_NAMESPACE.search(tag[1 : tag.index("}")])


def plain_title(text: str) -> str:
    """A title outside Atom: where it may be markup, feedparser's guess decides."""
    if "<" in text or ("&" in text and ENTITY_LIKE.search(text)):
        raise LeaveItError("a title that may be markup")
    return text[:2000]


def moment(text: str) -> datetime | None:
    """A date in one of the two usual forms; others are feedparser's."""
    if not text:
        return None
    found = _RFC822.fullmatch(text)
    if found is not None:
        day, name, year, hour, minute, second, sign, off_hours, off_minutes = found.groups()
        month = _MONTHS.get(name.lower(), 0)
    else:
        found = _ISO.fullmatch(text)
        if found is None:
            raise LeaveItError("another form of date")
        year, number, day, hour, minute, second, sign, off_hours, off_minutes = found.groups()
        month = int(number)
    try:
        date = datetime(int(year), month, int(day), int(hour), int(minute), int(second or 0), tzinfo=UTC)
        if sign:
            offset = timedelta(hours=int(off_hours), minutes=int(off_minutes))
            date = date - offset if sign == "+" else date + offset
    except (ValueError, OverflowError) as fault:
        raise LeaveItError("an impossible date") from fault
    return date


class Parts:
    """What has been seen of an entry."""

    __slots__ = (
        "author",
        "bodies",
        "guid",
        "language",
        "link",
        "published",
        "summary",
        "terms",
        "title",
        "updated",
    )

    def __init__(self) -> None:
        self.guid = self.title = self.author = ""
        self.link: str | None = None
        self.summary: str | None = None
        self.bodies: list[str] = []
        self.published: datetime | None = None
        self.updated: datetime | None = None
        self.terms: list[str] = []
        self.language = ""

    def entry(self, feed_language: str | None) -> Entry:
        """Put the entry together; the longest of its texts is its body, of equally long ones the first."""
        html = max((*self.bodies, self.summary or ""), key=len)
        terms = (term.strip()[:200] for term in self.terms)
        return Entry(
            guid=self.guid[:2000],
            url=(self.link or "").strip()[:4000],
            title=self.title,
            html=html[:MAX_TEXT],
            published=self.published,
            updated=self.updated,
            author=self.author[:300],
            categories=tuple(dict.fromkeys(term for term in terms if term))[:50],
            language=self.language or feed_language,
        )


def note_period(node: Any, feed: dict[str, Any]) -> None:
    """sy:updatePeriod and sy:updateFrequency, under whichever address publishers give the prefix."""
    if node.attrib:
        raise LeaveItError("the syndication module with attributes")
    feed[node.tag.rpartition("}")[2].lower()] = text_of(node)


def period(channel: dict[str, Any]) -> int | None:
    """Seconds between two updates, as the syndication module gives them."""
    whole = PERIODS.get(channel.get("updateperiod", "").lower())
    times = channel.get("updatefrequency") or "1"
    if whole is None:
        return None
    return whole // max(int(times[:6]), 1) if times.isdigit() else whole
