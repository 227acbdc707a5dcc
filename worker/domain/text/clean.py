"""Characters: what a reader sees and nothing else, so that offsets into a clean text stay valid.

Runs on every text once, at ingest. What has no ink goes: controls, zero-width and bidirectional
marks, lone surrogates, NULs, soft hyphens. One of them is spelling and stays: the zero-width
non-joiner between two Arabic letters, which Persian and old Sorani texts need to be readable
(`worker.domain.text.fold` ignores it).
"""

from __future__ import annotations

import html
import re
import unicodedata

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200d-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_STRAY_JOINER = re.compile("(?<![\u0620-\u06ff])\u200c+|\u200c+(?![\u0620-\u06ff])|(?<=\u200c)\u200c+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BREAK = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_AROUND_BREAK = re.compile(r" ?\n[ \n]*")
_MARKS_IN_A_ROW = 30
"""UAX #15 promises that no language stacks more; thousands make normalisation quadratic."""
_MANY_MARKS = re.compile(rb"[^\0]{%d,}" % (_MARKS_IN_A_ROW + 1))

_LOST_AMPERSAND = re.compile(r"(?:(?<=\w) (?=#0?39;))?#(\d{2,5});")
_LOST_NAME = re.compile(r"(?:(?<=\s)|^)(quot|amp|lt|gt|nbsp|apos);")
_ENTITY = re.compile(r"&(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z][A-Za-z0-9]{1,23});")


def words(text: str) -> frozenset[str]:
    """A set of names written as one string: closed lists stay readable that way."""
    return frozenset(text.split())


def join_surrogates(text: str) -> str:
    """Two halves that came apart in somebody's JSON make their character again, lone ones go."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def _thin_marks(text: str) -> str:
    """Cut runs of combining marks down to what languages use."""
    classes = bytes(map(unicodedata.combining, text))
    parts, behind = [], 0
    for run in _MANY_MARKS.finditer(classes):
        parts.append(text[behind : run.start() + _MARKS_IN_A_ROW])
        behind = run.end()
    return "".join(parts) + text[behind:]


def tidy(text: str) -> str:
    """Visible characters in NFC; one space between words, one line break between paragraphs.

    Applied twice it changes nothing; never raises; never lengthens but for the few characters whose
    NFC form is longer (Unicode bounds that at three).
    """
    if not text.isascii():
        text = _INVISIBLE.sub("", join_surrogates(text))
        text = unicodedata.normalize("NFC", _thin_marks(text))
        # After normalising, since a mark that went may have stood between two joiners.
        text = _STRAY_JOINER.sub("", text)
    else:
        text = _INVISIBLE.sub("", text)
    text = _SPACES.sub(" ", _BREAK.sub("\n", text))
    return _AROUND_BREAK.sub("\n", text).strip()


def mend_entities(text: str) -> str:
    """Entities that are left after decoding: escaped twice (`&amp;#8217;`) or bereft of their `&`.

    `Iraq #39;s` was `Iraq&#39;s` before somebody's converter made the ampersand a space.
    """
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    if ";" in text:
        text = _LOST_AMPERSAND.sub(lambda found: html.unescape(f"&#{found[1]};"), text)
        text = _LOST_NAME.sub(lambda found: html.unescape(f"&{found[1]};"), text)
    return text
