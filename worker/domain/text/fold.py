"""Folding: one spelling for all spellings, so that a phrase is found however it was typed.

Every later match runs over folded text and reports offsets of the clean text. The rules work on one
character at a time and know no language, so a phrase from a data file and a text from a feed fold
alike whatever either was written with. One function a script:

`_fold_latin`   case, diacritics, ß, the dotted and dotless i of Turkish, look-alikes from Cyrillic,
                Greek and the "fancy letter" blocks that are used to dodge keywords.
`_fold_arabic`  hamza seats, alef, yeh, kaf and heh forms, teh marbuta, the Sorani letters
                (ێ ۆ ڕ ڵ ە), tatweel; the free-standing hamza goes, so that سامراء is سامرا.
`_fold_common`  digits of every script, apostrophes, dashes, quotes, Arabic punctuation, white space;
                what has no width (marks, format and control characters, surrogates) goes.

The zero-width non-joiner goes as well, in every language. Sorani typed on an Arabic keyboard writes ە
as heh and non-joiner in the middle of words, so a separator would tear those apart; Persian endings
(حمله‌های) then stand joined to their word (حملههای), as they do after letters that never join (نیروهای),
and the matcher must know them anyway.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import repeat

MAX_EXPANSION = 4
"""No character folds to more than this many; the few that would (ﷺ) stay as they are."""

_CACHE_LIMIT = 20_000
"""Characters remembered a process; hostile text could otherwise fill the table with a million."""

_COMMON = {
    **dict.fromkeys("'`´ʹʻʼʽʾʿˈˊˋ˴‘’‚‛′‵❛❜＇՚׳ߴߵꞋꞌ", "'"),
    **dict.fromkeys("“”„‟«»″‶❝❞〝〞״＂", '"'),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－˗᠆⁃־", "-"),
    **dict.fromkeys("\r\v\f\x85\u2028\u2029", "\n"),
    **dict.fromkeys("\t\u2800", " "),
    **dict.fromkeys("\u115f\u1160\u3164\uffa0\u17b4\u17b5", ""),
    "\n": "\n",
    "،": ",",
    "؛": ";",
    "؟": "?",
    "٪": "%",
    "٫": ".",
    "٬": ",",
    "۔": ".",
    "⁄": "/",
    "∕": "/",
}
"""Apostrophes, quotes, dashes, line and word separators, letters without ink, punctuation."""

_ARABIC = {
    **dict.fromkeys("أإآٱٲٳ", "ا"),
    **dict.fromkeys("ىیئيێېۍےۓؠؽؾؿٸۑ", "ي"),
    **dict.fromkeys("کڪګڬڭڮ", "ك"),
    **dict.fromkeys("ةەھہۀۂۃ", "ه"),
    **dict.fromkeys("ؤۆۇۈۉۊۋۏٶٷ", "و"),
    **dict.fromkeys("ڕڔړڒ", "ر"),
    **dict.fromkeys("ڵڶڷڸ", "ل"),
    **dict.fromkeys("ڤڢڣڥ", "ف"),
    "ں": "ن",
    "ٮ": "ب",
    "ٯ": "ق",
    "ڡ": "ف",
    "ء": "",
    "ٴ": "",
    "ـ": "",
}

_LATIN = {
    "ı": "i",
    "ȷ": "j",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ł": "l",
    "ħ": "h",
    "ŧ": "t",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ɑ": "a",
    "ɡ": "g",
    "ɩ": "i",
    "ɪ": "i",
    "ʀ": "r",
    "ʏ": "y",
    "ʙ": "b",
    "ɢ": "g",
    "ʜ": "h",
    "ʟ": "l",
    "ɴ": "n",
    "ᴀ": "a",
    "ᴄ": "c",
    "ᴅ": "d",
    "ᴇ": "e",
    "ᴊ": "j",
    "ᴋ": "k",
    "ᴍ": "m",
    "ᴏ": "o",
    "ᴘ": "p",
    "ᴛ": "t",
    "ᴜ": "u",
    "ᴠ": "v",
    "ᴡ": "w",
    "ᴢ": "z",
}

_LOOKALIKES = {
    **dict(zip("АВЕКМНОРСТУХЅІЈԌԚԜҺԀӀ", "abekmhopctyxsijgqwhdi", strict=True)),
    **dict(zip("авекмнорстухѕіјԍԛԝһԁӏ", "abekmhopctyxsijgqwhdl", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϳ", "abezhikmnoptyxcj", strict=True)),
    **dict(zip("αικνορτυχϲ", "aikvoptuxc", strict=True)),
}
"""Cyrillic and Greek letters drawn like Latin ones, upper and lower case apart where they differ (Ν ν)."""


def _fold_latin(char: str) -> str:
    """Lower case, without marks, look-alikes as the Latin letter that they imitate."""
    code = ord(char)
    if 0x1F150 <= code <= 0x1F169 or 0x1F170 <= code <= 0x1F189:  # 🅐 and 🅰 have no decomposition
        return chr(ord("a") + (code - 0x1F150) % 0x20)
    if char in _LOOKALIKES:
        return _LOOKALIKES[char]
    lowered = char.casefold()
    return _LATIN.get(lowered, lowered)


def _fold_arabic(char: str) -> str:
    """One letter for all forms that Arabic, Persian and Sorani keyboards give of it."""
    return _ARABIC.get(char, char)


def _fold_common(char: str) -> str:
    """Digits, punctuation and white space in their ASCII form; nothing for what has no width."""
    if char in _COMMON:
        return _COMMON[char]
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf", "Cc", "Cs"):
        return ""
    if category == "Zs":
        return " "
    if category == "Nd":
        return str(unicodedata.digit(char))
    return char


def _fold_once(char: str) -> str:
    """One pass of all rules over one character."""
    common = _fold_common(char)
    if common != char:
        return common
    # Look-alikes are judged before the compatibility form is taken: Ϲ decomposes to sigma.
    known = _fold_arabic(_fold_latin(char) if char not in _ARABIC else char)
    if known != char:
        return known
    decomposed = unicodedata.normalize("NFKD", char)
    bare = "".join(c for c in decomposed if unicodedata.category(c) not in ("Mn", "Me"))
    return unicodedata.normalize("NFC", bare)


def _fold_char(char: str) -> str:
    """Apply the rules until nothing changes, which is what makes `fold` idempotent."""
    folded = char
    for _ in range(8):
        again = "".join(map(_fold_once, folded))
        if again == folded:
            break
        folded = again
    return folded if len(folded) <= MAX_EXPANSION else char


class _Table(dict[int, str]):
    """Code point to folded characters, for `str.translate`; filled as characters turn up."""

    def __init__(self) -> None:
        super().__init__()
        self._resizing = ""
        self._pattern = re.compile(r"(?!)")

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = _fold_char(char)
        if len(folded) != 1 and char not in self._resizing:
            self._resizing += char
            self._pattern = re.compile(f"[{re.escape(self._resizing)}]")
        if len(self) < _CACHE_LIMIT:
            self[code] = folded
        return folded

    def starts(self, source: str) -> Sequence[int]:
        """For each folded character the offset of the one it comes from; a plain range where none moved."""
        offsets: list[int] = []
        behind = 0
        for found in self._pattern.finditer(source):
            at = found.start()
            offsets.extend(range(behind, at))
            offsets.extend(repeat(at, len(self[ord(source[at])])))
            behind = at + 1
        if not behind:
            return range(len(source))
        offsets.extend(range(behind, len(source)))
        return offsets


_TABLE = _Table()


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text that knows where each of its characters stands in the source.

    Offsets are worked out when first asked for: most texts match nothing and never need them.
    """

    text: str
    source: str = field(repr=False)
    _offsets: list[Sequence[int]] = field(default_factory=list, repr=False, compare=False)

    @property
    def source_length(self) -> int:
        """Length of the source in code points."""
        return len(self.source)

    @property
    def starts(self) -> Sequence[int]:
        """For each folded character its source offset: ascending, `len(starts) == len(text)`."""
        if not self._offsets:
            self._offsets.append(_TABLE.starts(self.source))
        return self._offsets[0]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Lead folded [start, end) back to the source's [start, end).

        Marks that were dropped right behind the last character (its vowel sign, a final hamza) belong
        to the span; an empty span stays empty.
        """
        starts = self.starts
        if type(starts) is range and 0 <= start < end <= len(starts):
            return start, end  # nothing moved
        first = starts[start] if start < len(starts) else len(self.source)
        if end <= start:
            return first, first
        behind = starts[end] if end < len(starts) else len(self.source)
        return first, max(starts[end - 1] + 1, behind)


def fold(text: str) -> Folded:
    """Fold any string; never raises, at most `MAX_EXPANSION` times as long, folding again changes nothing."""
    return Folded(text.translate(_TABLE), text)


def fold_key(text: str) -> str:
    """Make a phrase a lookup key: folded, white space runs as one space, none at the ends."""
    return " ".join(text.translate(_TABLE).split())
