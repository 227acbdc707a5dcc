"""A short way through well-formed RSS and Atom, several times faster than feedparser.

feedparser stays the parser that decides: this one reads only what it is proven to read the same way
(tests compare every field over the corpus and feedparser's own well-formed tests) and leaves the
whole document to feedparser as soon as it meets anything else: an unknown element, nested markup,
another encoding, a DOCTYPE, a relative address, an odd date.
"""

from __future__ import annotations

import re

from lxml import etree

from worker.feeds.fast.atom import read_atom
from worker.feeds.fast.nodes import ATOM, RDF, RSS1, LeaveItError, moment
from worker.feeds.fast.rss import read_rss
from worker.ports import ParsedFeed

__all__ = ["LeaveItError", "moment", "parse"]

_HEAD = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*?>)?", re.DOTALL)
_DECLARED = re.compile(rb"""encoding\s*=\s*["']([^"']*)["']""")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_BASE = etree.XPath("boolean(//@xml:base | //@base | //@Base | //@BASE)")
_WINDOWS = re.compile(rb"\xc2[\x80-\x9f]")
_WINDOWS_REFERENCE = re.compile(rb"&#(?:0*1[2-5]\d|[xX]0*[89][0-9a-fA-F]);")


def parse(body: bytes, *, content_type: str = "", url: str = "") -> ParsedFeed:
    """Read a document the way feedparser would, or raise `LeaveItError`."""
    _check_encoding(body, content_type)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise LeaveItError("not well-formed") from fault
    if _BASE(root):
        raise LeaveItError("xml:base")
    if root.tag == "rss" and (root.get("version") or "").startswith("2."):
        return read_rss(root, body, url)
    if root.tag == RDF + "RDF" and root.nsmap.get(None) == RSS1[1:-1]:
        return read_rss(root, body, url)
    if root.tag == ATOM + "feed":
        return read_atom(root, url)
    raise LeaveItError("another format")


def _check_encoding(body: bytes, content_type: str) -> None:
    """Only UTF-8, by every declaration there is and by the bytes themselves."""
    head = _HEAD.match(body[:1000])
    declared = _DECLARED.search(head[0]) if head else None
    name = declared[1].decode("latin-1").lower() if declared else "utf-8"
    charset = content_type.lower().partition("charset=")[2].strip(" \"';") or "utf-8"
    if name not in ("utf-8", "utf8") or charset not in ("utf-8", "utf8"):
        raise LeaveItError("another encoding")
    if _DOCTYPE.search(body[: body.find(b"<", 0) + 4096]):
        raise LeaveItError("a DOCTYPE")
    if _WINDOWS.search(body) or _WINDOWS_REFERENCE.search(body):
        raise LeaveItError("characters of windows-1252 among Unicode")
