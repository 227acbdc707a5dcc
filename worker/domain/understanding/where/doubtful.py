"""Doubtful names: words that may be a place, another place of that name elsewhere, or no place at all."""

from __future__ import annotations

from worker.domain.understanding.where.bearings import COMMAS
from worker.domain.understanding.where.datelines import BUREAUS, datelined
from worker.domain.understanding.words.meanings import Place
from worker.domain.understanding.words.phrases import Word
from worker.domain.understanding.words.reading import Hit, Reading


def out_of_place(hit: Hit, reading: Reading) -> bool:
    """Whether a doubtful name lies in none of the governorates that the text surely names.

    "The city" in a story from Baqubah is not the town of that name near Basra.
    """
    if _of_another_town(hit, reading) or _held_elsewhere(hit, reading):
        return True
    if not hit.phrase.ambiguous or not isinstance(hit.meaning, Place):
        return False
    row = reading.of(hit.sentence).places
    if _named_at(hit, reading) and not _is_a_house(hit, reading):
        return False
    if any(not h.phrase.ambiguous and (_in_row(h, hit, reading) or _in_row(hit, h, reading)) for h in row):
        return False  # in a row of towns: "in Najaf, Hilla and Karbala"
    if any(
        h.first - hit.last == 1 and len(reading.word(hit.last)) <= _SHORT
        for h in reading.hits
        if isinstance(h.meaning, Place) and not h.phrase.ambiguous and h.meaning.type == hit.meaning.type
    ):
        return False  # "in Gara and Hakurk": listed with one of its kind
    if _opens(hit, reading):
        return False
    named = {
        h.meaning.governorate
        for h in reading.hits
        if isinstance(h.meaning, Place)
        and not h.phrase.ambiguous
        and not _is_desk(h, hit, reading)
        and not _held_elsewhere(h, reading)
    } - {None}
    return bool(named) and hit.meaning.governorate not in named


def _is_desk(bureau: Hit, hit: Hit, reading: Reading) -> bool:
    """Whether a bureau's town says nothing of where a doubtful name lies; "at Koya, east of Erbil" does."""
    if not isinstance(bureau.meaning, Place) or bureau.meaning.id not in BUREAUS:
        return False
    return bureau.sentence != hit.sentence or datelined(bureau, reading)


def _of_another_town(hit: Hit, reading: Reading) -> bool:
    """Whether a mission is named without its town, and only towns of other governorates are: a consulate, in Basra."""
    mission = hit.meaning
    if not isinstance(mission, Place) or mission.type != "embassy-area" or hit.last - hit.first > _BARE:
        return False
    named = {
        p.governorate for h in reading.hits if isinstance(p := h.meaning, Place) and p.type != mission.type
    }
    return bool(named - {None}) and mission.governorate not in named


def _held_elsewhere(hit: Hit, reading: Reading) -> bool:
    """Whether a town of another district follows a quarter at once: its own quarter of that name, "Husayn, in Amara"."""
    quarter = hit.meaning
    if not isinstance(quarter, Place) or quarter.type != "quarter":
        return False
    row = reading.of(hit.sentence)
    towns = [
        h
        for h in row.places
        if 0 <= h.first - hit.last <= _HOLDS and isinstance(h.meaning, Place) and h.meaning.type == "town"
    ]
    if not towns or any(hit.last <= h.first <= towns[0].first for h in row.of("clause", "and_also")):
        return False
    if any(h.first == hit.last for h in row.of("distance", "near")):
        return False
    other = towns[0].meaning
    if not isinstance(other, Place):
        return False
    apart = other.governorate == quarter.governorate and None not in (other.district, quarter.district)
    return other.governorate != quarter.governorate or (apart and other.district != quarter.district)


_HOLDS = 2
"""Words between a quarter and the town that holds it."""
_BARE = 2
"""Words of a mission's name that no town is part of: *US consulate*."""


def _is_a_house(hit: Hit, reading: Reading) -> bool:
    """Whether the words also name a kind of house, and a name stands before them: *İmam Ali Hüseyniyesi'nde*."""
    if not any(h.first == hit.first for h in reading.of(hit.sentence).of("mosque")) or hit.first == 0:
        return False
    start = reading.span(reading.starts[hit.first - 1], reading.ends[hit.first - 1])[0]
    return reading.between(hit.first - 1) == " " and reading.folded.source[start].isupper()


def _in_row(first: Hit, second: Hit, reading: Reading) -> bool:
    """Whether nothing but a comma, or a joined "and", parts two names."""
    if first.last != second.first:
        return False
    head = second.phrase.parts[0]
    joined = isinstance(head, Word) and reading.word(second.first) not in head.forms
    return joined or bool(set(reading.between(first.last - 1)) & COMMAS)


def _opens(hit: Hit, reading: Reading) -> bool:
    """Whether a sentence opens with "in" and a name that is no word for a place: "In Hilla a bomb went off"."""
    start = reading.sentences[hit.sentence][0]
    if hit.first - start != 1:
        return False
    row = reading.of(hit.sentence)
    if any(h.first == hit.first for h in row.of("place_noun", "bearer", "person")):
        return False
    return any(h.first == start for h in row.of("in_place", "at_place"))


_SHORT = 3
"""Letters of the longest word for "and"."""
_APOSTROPHES = ("'", "’", "‘", "ʼ")


def _named_at(hit: Hit, reading: Reading) -> bool:
    """Whether capitals and a short word before them show a name and where: "in Amara"."""
    source = reading.folded.source
    start, end = reading.span(reading.starts[hit.first], reading.ends[hit.last - 1])
    if (
        source[start].isupper()
        and source[end : end + 1] in _APOSTROPHES
        and source[end + 1 : end + 2].isalpha()
    ):
        return True  # Turkish *Amara'da*
    if not source[start].isupper() or hit.first == 0 or reading.between(hit.first - 1) != " ":
        return False
    return len(reading.word(hit.first - 1)) <= 3
