"""Datelines: which place, country or date at a body's head only tells where and when a report was written."""

from __future__ import annotations

import re

from worker.domain.understanding.words.meanings import Place
from worker.domain.understanding.words.reading import Hit, Reading

BUREAUS = frozenset({"baghdad", "erbil"})
"""Where correspondents sit: as a dateline these name the desk; any other town's dateline is the story's place."""
_DATELINE = re.compile(
    r"[^\n]{0,48}?(?:\s[-–—]+\s|\)\s?[-–—:]|\.\s?[-–—]|/\s?[^\n:/]{2,24}:\s)"
    r"|[^\W\d_][^\n:.,(]{1,22}:\s"
)
"""How a body begins that has a dateline: few words, then a dash, or an agency in brackets or behind a stroke; a town and a colon."""


def _each_datelined(start: int, reading: Reading, text: str) -> bool:
    """Whether another paragraph opens with a place and a dash as well: there they say where each deed was."""
    here = text.rfind("\n", 0, start) + 1
    return any(
        isinstance(h.meaning, Place)
        and h.start not in (start, here)  # "Baghdad/Erbil (Agency) -" is one dateline
        and text[h.start - 1 : h.start] == "\n"
        and _DASH.match(text, h.end)
        for h in reading.hits
    )


_DASH = re.compile(r"[^\n]{0,24}?\s?[-–—:]\s")


_NAMED_AGENCY = re.compile(r"[^\n/:]{2,24}/\s?")
"""What stands before an agency's name in a dateline: "Kirkuk / Nineveh News: "."""


def _names_agency(hit: Hit, reading: Reading) -> bool:
    """Whether a place's name is the agency's, behind a town and a stroke at the head of the body: "Mosul / Ashur: "."""
    text = reading.folded.text
    head = text.find("\n") + 1
    if not head or not head < hit.start < head + 50:
        return False
    found = _DATELINE.match(text, head)
    if found is not None and hit.end <= found.end() and "/" in text[head : hit.start]:
        return True  # "KUT / Kut Eye - "
    if text[hit.end : hit.end + 1] != ":":
        return False
    told = any(h.start > hit.end and h.sentence == hit.sentence for h in reading.of(hit.sentence).places)
    return told and _NAMED_AGENCY.fullmatch(text, head, hit.start) is not None


def datelined(hit: Hit, reading: Reading) -> bool:
    """Whether the place is a bureau in the dateline: BAGHDAD (Agency) - ..., or names the agency."""
    if _names_agency(hit, reading):
        return True
    bureau = isinstance(hit.meaning, Place) and hit.meaning.id in BUREAUS
    return bureau and _in_line(hit.start, hit.end, reading)


def _in_line(start: int, end: int, reading: Reading) -> bool:
    """Whether words between two offsets stand in the dateline, or in the line behind that names the desk."""
    text = reading.folded.text
    head = text.find("\n") + 1
    if head == len(text):
        head = 0  # a post that has no headline
    if not head and len(text) < 100:
        return False  # a headline by itself
    if not head <= start < head + 60 or _each_datelined(start, reading, text):
        return False
    found = _DATELINE.match(text, head)
    if found is None:
        return False
    line = text.find("\n", head)
    return end <= found.end() or (found.end() <= start and end == line)


def opens_dateline(first: int, last: int, reading: Reading) -> bool:
    """Whether words open the text below the headline, and that with a dateline."""
    if not 0 < reading.title < len(reading.sentences) or first != reading.sentences[reading.title][0]:
        return False
    return _in_line(reading.starts[first], reading.ends[last - 1], reading)


def heads_item(first: int, last: int, reading: Reading) -> bool:
    """Whether words are the dateline of one paragraph of a round-up in which others have theirs."""
    start, end, text = reading.starts[first], reading.ends[last - 1], reading.folded.text
    opens = start > 0 and text[start - 1] == "\n" and _DASH.match(text, end) is not None
    return opens and _each_datelined(start, reading, text)


def date_of_line(first: int, last: int, reading: Reading) -> bool:
    """Whether a date stands in the dateline, and so is when the report was written: KIRKUK, Dec 28 (Agency) -."""
    return reading.title > 0 and _in_line(reading.starts[first], reading.ends[last - 1], reading)


def in_dateline(hit: Hit, reading: Reading) -> bool:
    """Whether a country or a town abroad only tells where a report was written: GENEVA - ..., AMMAN, Jordan (Agency) -."""
    text, source = reading.folded.text, reading.folded.source
    head = text.find("\n") + 1
    if not head <= hit.start < head + 40 or head == len(text):
        return False
    found = _DATELINE.match(text, head)
    if found is None or hit.end > found.end():
        return False
    start, _ = reading.span(hit.start, hit.end)
    before = source[reading.span(head, hit.start)[0] : start] if hit.start > head else ""
    return all(word[:1].isupper() for word in before.split())
