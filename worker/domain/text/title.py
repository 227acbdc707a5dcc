"""Headlines: cleaned like a text, the outlet's suffix split off.

A suffix (" - Reuters", " | رووداو") would otherwise count as words of the headline: it names outlets
that are places and factions too, and makes copies of one headline look different.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from worker.domain.text.boilerplate import Boilerplate
from worker.domain.text.fold import fold_key
from worker.domain.text.html import to_text

MAX_TITLE = 1_000
"""Characters; what is longer is a text that a publisher put in the wrong field."""

_PLAIN = Boilerplate()
_SEPARATOR = re.compile(r"\s+(?:-{1,2}|–|—|\||::|•|·|»|«|/{1,2}|~)\s+|\s*\|\s*")
_BAR = re.compile(r"[|•»«]|::")
_NOT_NAME = re.compile(r"[\W_]+")
_ARABIC = re.compile(r"[\u0620-\u06ff]")
_LATIN = re.compile(r"[a-zA-Z]")
_ARTICLES = re.compile(
    r"^(?:the|al|el|la|le|les|die|der|das|ال)(?=\W|[\u0620-\u06ff])\s*-?\s*", re.IGNORECASE
)

_LONGEST_SUFFIX = 6
"""Words; no outlet's name is longer than this, headlines are."""
_BAR_SUFFIX = 4
"""Words behind a bar that are taken for a section or an outlet without knowing it."""


@dataclass(frozen=True, slots=True)
class CleanTitle:
    """A headline and the outlet's suffix that stood behind it, empty where there was none."""

    text: str
    suffix: str = ""


def clean_title(
    raw: str, source: str = "", *, url: str = "", outlets: Collection[str] = frozenset()
) -> CleanTitle:
    """Clean a headline of markup, entities and invisible characters, and split its suffix off.

    `source` is the feed's name, `url` the item's address, `outlets` further names that suffixes may
    have (a Google News feed carries everybody's), as `name_key` gives them. Never raises.
    """
    text = " ".join(to_text(raw[: MAX_TITLE * 4], _PLAIN).split())[:MAX_TITLE].strip()
    names = {key for key in (name_key(source), _host_key(url), *outlets) if key}
    suffixes: list[str] = []
    while len(suffixes) < 3:
        head, suffix = split_last(text)
        if not suffix or not _is_outlet(head, suffix, text, names):
            break
        text = head
        suffixes.insert(0, suffix)
    return CleanTitle(text, " | ".join(suffixes))


def name_key(name: str) -> str:
    """An outlet's name as it is compared: folded, article and punctuation gone."""
    return _NOT_NAME.sub("", fold_key(_ARTICLES.sub("", name.strip())))


def _host_key(url: str) -> str:
    """The registered name in an address: `www.shafaq.com` gives `shafaq`."""
    try:
        labels = (urlsplit(url).hostname or "").split(".")
    except ValueError:
        return ""
    labels = [
        label
        for label in labels[:-1]
        if label not in ("www", "m", "amp", "rss", "feeds", "news", "co", "com")
    ]
    return name_key(labels[-1]) if labels else ""


def split_last(text: str) -> tuple[str, str]:
    """The headline before its last separator and what stands behind it."""
    last = None
    for last in _SEPARATOR.finditer(text):  # noqa: B007 - the last one is wanted
        pass
    if last is None:
        return text, ""
    return text[: last.start()].strip(), text[last.end() :].strip()


def _is_outlet(head: str, suffix: str, text: str, names: Collection[str]) -> bool:
    """Whether the last part is a name and the rest a headline by itself."""
    words = suffix.split()
    key = name_key(suffix)
    if not key or len(words) > _LONGEST_SUFFIX or len(head.split()) < 2:
        return False
    if any(key == name or (len(key) >= 4 and len(name) >= 4 and _within(key, name)) for name in names):
        return True
    if any(char.isdigit() for char in suffix):
        return False
    if _script(head) and _script(suffix) and _script(head) != _script(suffix):
        return True
    between = text[len(head) : len(text) - len(suffix)]
    if "«" in text and "»" in text and between.strip() in "«»":
        return False  # French quotes stand apart from what they quote
    return bool(_BAR.search(between)) and len(words) <= _BAR_SUFFIX and len(head.split()) > len(words) + 1


def _within(key: str, name: str) -> bool:
    """Whether one name begins or ends the other: `Reuters` and `Reuters World`."""
    short, long = sorted((key, name), key=len)
    return long.startswith(short) or long.endswith(short)


def _script(text: str) -> str:
    """`arabic` or `latin`, whichever more letters are of; empty where neither is there."""
    arabic, latin = len(_ARABIC.findall(text)), len(_LATIN.findall(text))
    return "" if arabic == latin else "arabic" if arabic > latin else "latin"


_FROM_BODY = 200
"""A first line so long may be the headline of a text that has none."""
_DATELINE = re.compile(
    r"[^\n]{12,160}?[\w.!?)>’'\"]\s+(?=(?:"
    r"[A-Z]{4,}(?:[ -][A-Z]{2,})*(?:,\s?[A-Z][\w.]+(?:\s[A-Z][\w.]+)*)?"
    r"(?:,?\s[A-Z][a-z]{2,}\.?\s\d\d?(?:,\s\d{4})?)?(?:\s?\(\s?[A-Z][\w. ]{1,20}\))?\s?(?:--?|–|—)\s?"
    r"|(?<=\)\s)[A-Z]\w+\s-\s"
    r")[A-Z\d\"“])"
)
"""Words, then a town in capitals, perhaps with its country, day and agency, a dash and a capital; or an agency
named once more: "Two dead in Mosul (AP) AP - Gunmen"."""


def headline_of(body: str) -> tuple[str, str]:
    """Headline and rest of a body that came without a headline: what stands before a dateline, else a short first line."""
    found = _DATELINE.match(body)
    if found is not None:
        return body[: found.end()].rstrip(), body[found.end() :]
    first, _, rest = body.partition("\n")
    return (first, rest) if len(first) <= _FROM_BODY else ("", body)
