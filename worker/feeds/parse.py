"""Bytes to entries. feedparser decides; what it cannot read (JSON Feed, sitemaps) is read beside it.

Only bytes go in: a string would make feedparser open files and addresses. Its HTML handling stays
off, as the text room cleans markup itself. Where it raises, the input is neutralised and parsed
again; a document without a feed in it is a `ParseError` with a sentence about what it is instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from html import escape
from typing import Any

from worker.domain.polled import Entry
from worker.errors import ParseError
from worker.ports import ParsedFeed

MAX_ENTRIES = 2_000
MAX_TEXT = 200_000
"""Code points of one entry's markup that are kept; the longest real articles have a tenth of it."""
MAX_NESTING = 400

_BAD_REFERENCE = re.compile(rb"&#(?:x0*([0-9a-f]{1,12})|0*(\d{1,12}));?", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
PERIODS = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_HTML_START = re.compile(
    rb"^\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_SKIP_HOURS = re.compile(rb"<skipHours\b[^>]*>(.{0,2000}?)</skipHours>", re.IGNORECASE | re.DOTALL)
_SKIP_DAYS = re.compile(rb"<skipDays\b[^>]*>(.{0,2000}?)</skipDays>", re.IGNORECASE | re.DOTALL)
_HOUR = re.compile(rb"<hour\b[^>]*>\s*(\d{1,2})\s*<", re.IGNORECASE)
_DAY = re.compile(rb"<day\b[^>]*>\s*([A-Za-z]{6,9})\s*<", re.IGNORECASE)
_CDF = re.compile(rb"<channel\b[^>]*\bhref=", re.IGNORECASE)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w-]+)["']""")
_LATIN = frozenset({"", "utf-8", "utf8", "us-ascii", "iso-8859-1", "latin1", "windows-1252"})
ENTITY_LIKE = re.compile(r"&(?:#\w+|\w+);")
_SURROGATE = re.compile("[\ud800-\udfff\x00]")


def parse_feed(body: bytes, *, content_type: str = "", url: str = "") -> ParsedFeed:
    """Parse one document of any format; raises `ParseError` when there is no feed in it."""
    from worker.feeds import fast, jsonfeed, sitemap  # noqa: PLC0415 - they import this module's helpers

    start = body[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise ParseError("the server answers with nothing", where=url)
    if start[:1] == b"{":
        return jsonfeed.parse(body, url=url)
    if sitemap.looks_like(start):
        return sitemap.parse(body, url=url)
    try:
        return fast.parse(body, content_type=content_type, url=url)
    except fast.LeaveItError:
        return parse_with_feedparser(body, content_type=content_type, url=url)


def parse_with_feedparser(body: bytes, *, content_type: str = "", url: str = "") -> ParsedFeed:
    """Parse with feedparser alone: the reference that every faster path is held to."""
    note = ""
    body, content_type = as_arabic(body, content_type)
    body, too_deep = limit_nesting(body)
    try:
        found = _feedparser(body, content_type, url)
    except (
        ValueError,
        OverflowError,
        RecursionError,
        AssertionError,
        TypeError,
        KeyError,
        IndexError,
    ) as fault:
        note = f"repaired after {type(fault).__name__}"
        try:
            found = _feedparser(neutralise(body), content_type, url)
        except Exception as again:
            raise ParseError(f"the document cannot be read ({type(again).__name__})", where=url) from again
    entries = tuple(entry_of(one, found.feed) for one in found.entries[:MAX_ENTRIES])
    if not entries and not found.version:
        raise ParseError(what_it_is(body), where=url)
    if found.get("bozo") and not note:
        note = _short(found.get("bozo_exception"))
    return _document(found, entries, body, note or ("nested too deeply" if too_deep else ""))


def _feedparser(body: bytes, content_type: str, url: str) -> Any:
    import feedparser  # noqa: PLC0415 - slow to import, and the fast path may not need it

    headers = {"content-type": content_type or "application/xml", "content-location": url}
    if not url:
        del headers["content-location"]
    return feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False, response_headers=headers)


def as_arabic(body: bytes, content_type: str) -> tuple[bytes, str]:
    """Recode a document in an Arabic code page that says nothing of it, or says Latin or UTF-8.

    The article "al-" tells the two pages apart: alef and lam are C7 E1 in windows-1256 and C7 E4 in
    iso-8859-6. Neither pair occurs in numbers in a Western text.
    """
    declared = _DECLARED.match(body[:200])
    names = {declared[1].decode().lower() if declared else ""}
    names.add(content_type.lower().partition("charset=")[2].strip(" \"';"))
    if body.isascii() or not names <= _LATIN:
        return body, content_type
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        windows, iso = body.count(b"\xc7\xe1"), body.count(b"\xc7\xe4")
        if max(windows, iso) >= 2:
            text = body.decode("cp1256" if windows >= iso else "iso8859-6", "replace")
            text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1)
            return text.encode(), "application/xml; charset=utf-8"
    return body, content_type


def neutralise(body: bytes) -> bytes:
    """Replace what makes parsers raise: references to surrogates and beyond Unicode, control bytes."""

    def fix(match: re.Match[bytes]) -> bytes:
        number = int(match[1], 16) if match[1] else int(match[2])
        bad = number > 0x10FFFF or 0xD800 <= number <= 0xDFFF or number < 9 or number in (0xFFFE, 0xFFFF)
        return b"&#xFFFD;" if bad else match[0]

    return _CONTROL.sub(b"", _BAD_REFERENCE.sub(fix, body))


def limit_nesting(body: bytes) -> tuple[bytes, bool]:
    """Cut the document where its tags nest deeper than any feed's; recursion and stacks have ends."""
    if body.count(b"<") < MAX_NESTING or body.count(b"</") * 2.5 > body.count(b"<"):
        return body, False
    depth = 0
    for match in re.finditer(rb"<(/?)[A-Za-z][^<>]{0,4000}?(/?)>", body):
        if match[1]:
            depth -= 1
        elif not match[2]:
            depth += 1
            if depth > MAX_NESTING:
                return body[: match.start()], True
    return body, False


def entry_of(one: Mapping[str, Any], feed: Mapping[str, Any]) -> Entry:
    """One of feedparser's entries as ours."""
    raw = _raw
    return Entry(
        guid=clean(raw(one, "id") or "")[:2000],
        url=clean(raw(one, "link") or "").strip()[:4000],
        title=_title(one),
        html=clean(fullest(one))[:MAX_TEXT],
        published=when(raw(one, "published_parsed") or raw(one, "created_parsed")),
        updated=when(raw(one, "updated_parsed")),
        author=clean(raw(one, "author") or "").strip()[:300],
        categories=_terms(raw(one, "tags") or ()),
        language=(raw(one, "language") or raw(feed, "language") or None),
    )


def _raw(one: Mapping[str, Any], name: str) -> Any:
    """A field as it is: feedparser's own access answers `published` when asked for `updated`."""
    return dict.get(one, name)  # type: ignore[call-overload]


def fullest(one: Mapping[str, Any]) -> str:
    """The longest of the contents and the summary: feeds put the text into either."""
    texts = [str(_raw(content, "value") or "") for content in _raw(one, "content") or ()]
    texts.append(str(_raw(one, "summary") or ""))
    return max(texts, key=len)


def _title(one: Mapping[str, Any]) -> str:
    text = str(_raw(one, "title") or "")
    detail = _raw(one, "title_detail") or {}
    if detail.get("type") == "text/plain" and ("<" in text or ENTITY_LIKE.search(text)):
        text = escape(text, quote=False)  # it is text, and what follows reads markup
    return clean(text).strip()[:2000]


def _terms(tags: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    terms = (clean(str(tag.get("label") or tag.get("term") or "")).strip()[:200] for tag in tags)
    return tuple(dict.fromkeys(term for term in terms if term))[:50]


def clean(text: str) -> str:
    """Without lone surrogates and NUL, which no database takes."""
    return _SURROGATE.sub("\ufffd", text) if _SURROGATE.search(text) else text


@lru_cache(maxsize=4096)
def _moment(parts: tuple[int, ...]) -> datetime | None:
    try:
        year, month, day, hour, minute, second = parts
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def when(parts: Any) -> datetime | None:
    """Feedparser's time tuple (UTC) as a time; None for what no calendar has."""
    return _moment(tuple(parts)[:6]) if parts else None


def _document(found: Any, entries: tuple[Entry, ...], body: bytes, note: str) -> ParsedFeed:
    feed = found.feed
    links = _raw(feed, "links") or ()
    hubs = tuple(
        dict.fromkeys(link["href"] for link in links if link.get("rel") == "hub" and link.get("href"))
    )
    selves = [link["href"] for link in links if link.get("rel") == "self" and link.get("href")]
    ttl = str(_raw(feed, "ttl") or "").strip()
    hours, days = skips(body)
    return ParsedFeed(
        title=clean(str(_raw(feed, "title") or "")).strip()[:500],
        homepage=clean(str(_raw(feed, "link") or "")).strip(),
        language=_raw(feed, "language") or None,
        entries=entries,
        ttl_s=int(ttl[:6]) * 60 if ttl.isdigit() else None,
        skip_hours=hours,
        skip_days=days,
        update_period_s=_period(feed),
        hubs=hubs[:5],
        self_url=selves[0] if selves else None,
        bozo=note,
        format=found.version or ("cdf" if _CDF.search(body[:20_000]) else ""),
    )


def skips(body: bytes) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Hours and days (GMT) in which a channel asks not to be polled; feedparser keeps only the last."""
    head = body[:20_000]
    if b"skip" not in head:
        return (), ()
    hours, days = _SKIP_HOURS.search(head), _SKIP_DAYS.search(head)
    return (
        tuple(int(hour) for hour in _HOUR.findall(hours[1])) if hours else (),
        tuple(day.decode() for day in _DAY.findall(days[1])) if days else (),
    )


def _period(feed: Mapping[str, Any]) -> int | None:
    """Seconds between updates by the syndication module (sy:updatePeriod, sy:updateFrequency)."""
    period = PERIODS.get(str(_raw(feed, "sy_updateperiod") or "").strip().lower())
    if period is None:
        return None
    times = str(_raw(feed, "sy_updatefrequency") or "1").strip()
    return period // max(int(times[:6]), 1) if times.isdigit() else period


def what_it_is(body: bytes) -> str:
    """A sentence about a document that is no feed."""
    start = body[:8192].lstrip(b"\xef\xbb\xbf \t\r\n")
    if _HTML_START.match(start):
        return "the server answers with a web page, not a feed"
    if not start:
        return "the server answers with nothing"
    if start[:1] in (b"{", b"["):
        return "the server answers with JSON that is no JSON Feed"
    if start[:1] != b"<":
        return "the server answers with plain text or data, not a feed"
    return "the server answers with XML that is no feed"


def _short(fault: object) -> str:
    return f"{type(fault).__name__}: {str(fault).splitlines()[0] if str(fault) else ''}"[:200]
