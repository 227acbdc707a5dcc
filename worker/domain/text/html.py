"""Entry HTML to the text that a reader would see, paragraph by paragraph.

BeautifulSoup on lxml builds the tree; this module walks it without recursion, so that depth costs
nothing. Bounds: `MAX_MARKUP` characters are looked at, `MAX_TEXT` come out, and markup with more than
`MAX_TAGS` tags is stripped by one linear expression instead of being built into a tree.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from worker.domain.text.boilerplate import Boilerplate
from worker.domain.text.clean import join_surrogates, mend_entities, tidy, words
from worker.domain.text.fold import fold_key

if TYPE_CHECKING:
    from bs4 import Tag

MAX_MARKUP = 1_000_000
MAX_TEXT = 50_000
MAX_TAGS = 20_000

_TAG = re.compile(r"<[A-Za-z/!?]")
_NAMES = words(
    "a abbr b big blockquote br center code dd div dl dt em embed figcaption figure font footer h1 h2 h3 "
    "h4 h5 h6 header hr i iframe img li ol p picture pre s script section small source span strong style "
    "sub sup table tbody td th thead tr u ul video"
)
_KNOWN_TAG = re.compile(rf"</?(?:{'|'.join(sorted(_NAMES))})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ESCAPED_TAG = re.compile(rf"&lt;/?(?:{'|'.join(sorted(_NAMES))})(?:\s|/|&gt;)", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")
_TORN_END = re.compile(r"(?:<[A-Za-z/!][^<>]*|&(?:[a-z]{1,6}|#\w{0,5})?|&lt;/?[a-z]{0,10}(?:\s[^&]*)?)\Z")
"""Half a tag or half an entity where somebody cut the markup at a number of characters."""
_TORN_REACH = 600
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_WHITE = re.compile(r"\s+")

_BLOCKS = words(
    "address article aside blockquote body br center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody tfoot "
    "thead tr ul caption"
)
_HAS_BLOCK = re.compile(rf"<(?:{'|'.join(sorted(_BLOCKS - {'html', 'body'}))})[\s/>]", re.IGNORECASE)
_UNSEEN = words(
    "script style noscript template head iframe object embed applet svg math canvas audio video map "
    "select button input textarea progress meter dialog nav menu"
)
_NEVER_HIDDEN = frozenset(("html", "body", "article", "main"))
_CAPTIONS = frozenset(("figcaption", "caption"))
_CELLS = frozenset(("td", "th"))
_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class CleanText:
    """A clean text; `cut` says that it told its reader to read on elsewhere."""

    text: str
    cut: bool = False


def to_text(html: str, boilerplate: Boilerplate) -> str:
    """What a reader would see of `html`: NFC, one line a paragraph, no boilerplate. Never raises."""
    return read_html(html, boilerplate).text


def read_html(markup: str, boilerplate: Boilerplate) -> CleanText:
    """As `to_text`, and whether the text was a teaser that ended in an invitation to read on."""
    markup = _CDATA.sub("", join_surrogates(markup[:MAX_MARKUP]).replace("\0", ""))
    if "<" in markup or _ESCAPED_TAG.search(markup):
        markup = _without_torn_end(_without_comments(markup))
    if not _TAG.search(markup) and _ESCAPED_TAG.search(markup):
        markup = _without_torn_end(_without_comments(html.unescape(markup)))
    raw, invited = _visible(markup, boilerplate)
    if _KNOWN_TAG.search(raw):  # a part of it was escaped twice
        raw, again = _visible(raw, boilerplate)
        invited = invited or again
    text = tidy(mend_entities(raw))
    lines = [line for line in text.split("\n") if not boilerplate.drops(line)]
    invited = invited or (
        len(lines) < text.count("\n") + 1 and any(map(boilerplate.invites, text.split("\n")))
    )
    text, cut = boilerplate.without_tail("\n".join(lines))
    return CleanText(_shorten(text), cut or invited)


def document_text(title: str, html: str, boilerplate: Boilerplate) -> tuple[str, int]:
    """Clean title, newline, clean body, and the newline's offset; `title` is cleaned already."""
    return join(title, to_text(html, boilerplate))


def join(title: str, body: str) -> tuple[str, int]:
    """Title, newline, body; a body that begins by repeating the title as its first line loses that line."""
    first, _, rest = body.partition("\n")
    if fold_key(first) == fold_key(title):
        body = rest
    return f"{title}\n{body}", len(title)


def _without_comments(markup: str) -> str:
    """Drop comments; one that never ends hides nothing, where a parser would lose the rest of the text."""
    first, *rest = markup.split("<!--")
    return first + "".join(part.partition("-->")[2] if "-->" in part else part for part in rest)


def _without_torn_end(markup: str) -> str:
    """Drop what is left of a tag or an entity at the end of a cut text."""
    return markup[:-_TORN_REACH] + _TORN_END.sub("", markup[-_TORN_REACH:])


def _visible(markup: str, boilerplate: Boilerplate) -> tuple[str, bool]:
    """The text of the visible parts, raw, a line break where a paragraph ends; whether a link invited on."""
    if not _TAG.search(markup):
        return html.unescape(markup), False
    if markup.count("<") > MAX_TAGS:
        return html.unescape(_ANY_TAG.sub("\n", markup)), False
    from bs4 import BeautifulSoup  # noqa: PLC0415 - 60 ms that plain-text feeds never need

    root = BeautifulSoup(markup, "lxml")
    breaks = not _HAS_BLOCK.search(markup)
    walk = _Walk(boilerplate, breaks)
    text = "".join(walk.pieces(root))
    if text.strip():
        return text, walk.invited
    # A whole text inside a box that is called `newsletter` or `share` is no box beside a text.
    return "".join(_Walk(boilerplate, breaks, hiding=False).pieces(root)), walk.invited


class _Walk:
    """One walk through a tree; `breaks` keeps the line breaks of texts without paragraphs of their own."""

    def __init__(self, boilerplate: Boilerplate, breaks: bool, *, hiding: bool = True) -> None:
        self.boilerplate, self.breaks, self.hiding = boilerplate, breaks, hiding
        self.invited = False

    def pieces(self, root: Tag, *, caption: bool = False) -> Iterator[str]:
        """The visible text below `root` in order."""
        from bs4 import Tag  # noqa: PLC0415
        from bs4.element import NavigableString, PreformattedString  # noqa: PLC0415

        stack: list[tuple[str, Iterator[object]]] = [("", iter(root.contents))]
        while stack:
            child = next(stack[-1][1], None)
            if child is None:
                if stack.pop()[0] in _BLOCKS:
                    yield "\n"
            elif isinstance(child, Tag):
                if self._unseen(child):
                    continue
                if child.name in _CAPTIONS and not caption:
                    text = tidy("".join(self.pieces(child, caption=True)))
                    yield f"\n{self.boilerplate.without_credit(text)}\n"
                    continue
                yield _opening(child)
                stack.append((child.name, iter(child.contents)))
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                yield str(child) if self.breaks else _WHITE.sub(" ", child)

    def _unseen(self, tag: Tag) -> bool:
        """Whether a reader would not see it, or would not count it to the text."""
        name, attrs = tag.name, tag.attrs
        if name in _UNSEEN or "hidden" in attrs or attrs.get("aria-hidden") == "true":
            return True
        if name == "a" and self._invites(tag):
            self.invited = True
            return True
        style = attrs.get("style")
        if isinstance(style, str) and _HIDING_STYLE.search(style):
            return True
        if name in _NEVER_HIDDEN or not self.hiding:
            return False
        classes = attrs.get("class") or ()
        names = [*(classes.split() if isinstance(classes, str) else classes), str(attrs.get("id", ""))]
        hidden = any(self.boilerplate.hides(word.casefold()) for word in islice(names, 40) if word)
        self.invited = self.invited or (hidden and name == "a")
        return hidden

    def _invites(self, link: Tag) -> bool:
        """Whether a link says "read more" and no more; one with a lot in it is not looked through."""
        inside = list(islice(link.descendants, 13))
        words = "".join(part for part in inside if isinstance(part, str))
        return len(inside) <= 12 and self.boilerplate.invites(words)


def _opening(tag: Tag) -> str:
    """What a tag adds in front of its text."""
    if tag.name in _CELLS:
        return " | " if tag.find_previous_sibling() is not None else " "
    if tag.name == "q":
        return " "
    return "\n" if tag.name in _BLOCKS else ""


def _shorten(text: str) -> str:
    """Bound the text, at a word's end where there is one near."""
    if len(text) <= MAX_TEXT:
        return text
    end = text.rfind(" ", MAX_TEXT - 200, MAX_TEXT)
    return text[: end if end > 0 else MAX_TEXT]
