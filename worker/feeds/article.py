"""A page's bytes to the article in them: headline, text, author, date, image, address, language.

trafilatura finds the text. Where its complete answer is not nearly all prose, it is asked again for a
precise one and the two check each other: that is worth a point of F1 over either (docs/reading.md). Afterwards the
phrases that surround texts go, as they do from feeds.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from lxml.etree import LxmlError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from worker.domain.text.boilerplate import Boilerplate
from worker.domain.text.canonical import canonical_url
from worker.domain.text.clean import join_surrogates, tidy
from worker.domain.text.fold import fold_key
from worker.domain.text.html import MAX_TEXT, to_text
from worker.domain.text.language import detect
from worker.domain.text.title import clean_title
from worker.domain.text.walls import MIN_ARTICLE, Walls
from worker.feeds.metadata import PageFacts, page_facts

MAX_PAGE = 4_000_000
"""Characters of markup that are looked at."""
MAX_PAGE_TAGS = 30_000
"""Pages with more are read as plain text: no article has so many, and extraction is not linear in them."""

_PROSE_LINE = 80
"""Characters; shorter lines are headings, menus, lists, which say little about how complete a text is."""
_PURE = 0.95
"""From this share of prose on, a complete answer has no menus in it, and asking again would only cost time."""
_INCOMPLETE = 0.6
_CROWDED = 1.6
"""How much less or more prose the precise answer may have than the complete one before it is distrusted."""

_TAG = re.compile(r"<[^<>]*>")
_LOOK = 500_000
_HUGE_TAG = re.compile(r"<[^<>]{20000,}>")
"""Inline images and tags with thousands of attributes, which libxml2 copies in quadratic time."""
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)", re.IGNORECASE)
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?([\w.:-]+)", re.IGNORECASE)
_UNSEEN = frozenset(("script", "style", "template", "svg", "head"))
_PRINT = re.compile(r"/print(?:able|er)?(?:/|\.html?|$)|[?&](?:print|printable|view=print)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """The data that extraction needs."""

    boilerplate: Boilerplate
    walls: Walls


@dataclass(frozen=True, slots=True)
class Article:
    """What a page holds. `verdict` and `reason` as in `worker.ports.ArticleOutcome`."""

    title: str = ""
    text: str = ""
    language: str = "other"
    author: str = ""
    published: datetime | None = None
    canonical_url: str = ""
    image: str | None = None
    verdict: str = "ok"
    reason: str = ""
    variant: str = ""
    """`amp` or `print` when that edition was read."""
    amp_url: str | None = None


def decode_page(body: bytes, content_type: str = "") -> str:
    """Bytes to text: the header's charset, the page's own, UTF-8, a guess; never raises."""
    header, declared = _CHARSET.search(content_type), _DECLARED.search(body[:4_096])
    names = [header[1] if header else "", declared[1].decode("ascii", "replace") if declared else "", "utf-8"]
    if body.startswith(b"\xef\xbb\xbf"):
        names.insert(0, "utf-8-sig")
    for name in filter(None, names):
        try:
            return body.decode(name)
        except (LookupError, ValueError):
            continue
    from charset_normalizer import from_bytes  # noqa: PLC0415 - one page in a thousand needs it

    best = from_bytes(body[:200_000]).best()
    return body.decode(best.encoding if best else "utf-8", "replace")


def extract_bytes(body: bytes, content_type: str, url: str, *, words: Words) -> Article:
    """As `extract`, from an answer's body and its Content-Type."""
    return extract(decode_page(body, content_type), url, words)


def extract(html: str, url: str, words: Words) -> Article:
    """The article in a page, or why there is none. Never raises on any string."""
    html = _HUGE_TAG.sub("", join_surrogates(html[:MAX_PAGE]).replace("\0", ""))
    if html.count("<") > MAX_PAGE_TAGS:
        return _finish(PageFacts(), to_text(html, words.boilerplate), html, url, words)
    tree = _parse(html)
    if tree is None:
        return Article(
            verdict="too-short", reason="there is no markup in it", canonical_url=canonical_url(url)
        )
    facts = page_facts(tree, url)
    text = _body(tree)
    if len(facts.body) >= len(text) and (len(text) < MIN_ARTICLE or "\n" not in text):
        # Drawn by a script: JSON-LD has the text, of which trafilatura loses the paragraphs.
        text = to_text(facts.body, words.boilerplate)
    if len(text) < MIN_ARTICLE and _lost(tree, html):
        text = to_text(html, words.boilerplate)
    return _finish(facts, text, _visible(tree) if len(text) < MAX_TEXT else "", url, words)


def _parse(html: str) -> HtmlElement | None:
    """The tree, or None where lxml finds nothing to build."""
    try:
        # Comments are dropped at once: React leaves them inside sentences, and what follows one is easily lost.
        parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
        return document_fromstring(html.encode(), parser=parser)
    except (LxmlError, ValueError, AssertionError):
        return None


def _lost(tree: HtmlElement, html: str) -> bool:
    """Whether the parser dropped most of the text: libxml2 stops at a depth that no article reaches."""
    kept = sum(len(part) for part in islice(tree.itertext(), 5_000))
    return kept < MIN_ARTICLE < len(_TAG.sub("", html[:_LOOK]).strip()) // 2


def _body(tree: HtmlElement) -> str:
    """The text by trafilatura: the complete answer when it is nearly all prose, else the precise one.

    The precise one is distrusted where it lost or gained much prose against the complete one.
    """
    kept = copy.deepcopy(tree)
    complete = _ask(tree, fast=True)
    prose = _prose(complete)
    if complete and prose >= _PURE * len(complete):
        return complete
    precise = _ask(kept, favor_precision=True)
    return precise if _INCOMPLETE * prose <= _prose(precise) <= _CROWDED * prose else complete


def _ask(tree: HtmlElement, *, fast: bool = False, favor_precision: bool = False) -> str:
    """One extraction; what trafilatura stumbles over counts as nothing found."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - 300 ms that only this room needs

    try:
        found = bare_extraction(
            tree, fast=fast, favor_precision=favor_precision, include_comments=False, with_metadata=False
        )
    except (LxmlError, ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError):
        return ""
    return (getattr(found, "text", None) or "") if found else ""


def _prose(text: str) -> int:
    """Characters in lines long enough to be sentences."""
    return sum(len(line) for line in text.split("\n") if len(line) >= _PROSE_LINE)


def _visible(tree: HtmlElement) -> str:
    """The first words of the page, `<noscript>` among them: what a wall says of itself."""
    parts, size = [], 0
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag not in _UNSEEN and element.text:
            parts.append(element.text)
            size += len(element.text)
        if element.tail:
            parts.append(element.tail)
            size += len(element.tail)
        if size > 20_000:
            break
    return " ".join(parts)


def _finish(facts: PageFacts, text: str, page: str, url: str, words: Words) -> Article:
    """Clean what was found and judge it."""
    headline = clean_title(facts.title, facts.site, url=url)
    lines = [line for line in tidy(text[: MAX_TEXT * 2]).split("\n") if not words.boilerplate.drops(line)]
    if lines and fold_key(lines[0]) in (fold_key(headline.text), fold_key(facts.title)):
        lines = lines[1:]
    body = words.boilerplate.without_tail("\n".join(lines)[:MAX_TEXT])[0]
    verdict, reason = words.walls.judge(body, page, locked=facts.locked)
    return Article(
        title=headline.text,
        text=body,
        language=detect(headline.text, body, facts.language).code,
        author=tidy(facts.author),
        published=facts.published,
        canonical_url=canonical_url(facts.canonical or url),
        image=facts.image,
        verdict=verdict,
        reason=reason,
        variant="amp" if facts.is_amp else "print" if _PRINT.search(url) else "",
        amp_url=None if facts.is_amp else facts.amp,
    )


def read_pages(lines: Iterable[str], words: Words) -> Iterator[str]:
    """JSON lines `{id, url, html}` in, `{id, title, text, lang, author, published, canonical_url, image}` out.

    A line that is no such object gives `{id, error}`, so that every line in has one out.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield json.dumps(_read_line(number, line, words), ensure_ascii=False)


def _read_line(number: int, line: str, words: Words) -> dict[str, object]:
    """One page as `marsad read` prints it."""
    try:
        page = json.loads(line)
    except ValueError as error:
        return {"id": None, "error": f"line {number} is not JSON: {error}"}
    if not isinstance(page, dict) or not isinstance(page.get("html"), str):
        return {
            "id": page.get("id") if isinstance(page, dict) else None,
            "error": f"line {number} has no html",
        }
    found = extract(page["html"], str(page.get("url") or ""), words)
    return {
        "id": page.get("id"),
        "title": found.title,
        "text": found.text,
        "lang": found.language,
        "author": found.author,
        "published": found.published.isoformat() if found.published else None,
        "canonical_url": found.canonical_url,
        "image": found.image,
    }
