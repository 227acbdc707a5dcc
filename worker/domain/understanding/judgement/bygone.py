"""What names Iraq and is of another age or another country: a siege of 1916, a restored minaret, a pupils' rocket.

Each asks for a sign that settles the matter and for a text that tells no deed of the last days beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.counting.figures import THINGS, counts_people
from worker.domain.understanding.sentence.frame import Frame, told
from worker.domain.understanding.when.datewords import SOLAR_YEARS
from worker.domain.understanding.words.meanings import Actor, Country, Place, is_vast
from worker.domain.understanding.words.reading import Hit, Reading, Row, openings


def of_another_age(reading: Reading, frames: Sequence[Frame]) -> bool:
    """Whether headline or first sentences put what they tell into a year of living memory's other side.

    Not where a party of today is named, nor beside a deed that has a day.
    """
    rows = list(openings(reading, 2))
    if any(f.day is not None and not f.past for f in frames):
        return False
    if not any(_long_ago(reading, index) for index in range(len(rows))):
        return False
    return not any(
        isinstance(h.meaning, Actor) and h.meaning.side in _OF_TODAY for row in rows for h in row.actors
    )


_OF_TODAY = frozenset({"insurgent", "pmf", "kurdish"})
"""Sides whose parties are of our time; Turks and Britons fought there a century ago as well."""
_AGES = range(1500, 1966)
"""Years whose fights concern historians alone."""


def _long_ago(reading: Reading, sentence: int) -> bool:
    """Whether a sentence names a year of another age, and no number of people or things."""
    first, last = reading.sentences[sentence]
    for at in range(first, last):
        word = reading.word(at)
        if len(word) != 4 or not word.isdigit() or int(word) not in _AGES or int(word) in SOLAR_YEARS:
            continue
        if reading.between(at).strip()[:1] in ("-", ":") or reading.between(at - 1).strip()[-1:] in _JOINED:
            continue
        if not any(0 <= h.first - at <= 2 and _counted(h) for h in reading.of(sentence)):
            return True
    return False


_JOINED = ("-", ":", ".", ",")


def _counted(hit: Hit) -> bool:
    """Whether a figure before these words counts something."""
    return counts_people(hit) or hit.group in ("weapon", "toll", "target") or hit.key in THINGS


def of_a_restoration(reading: Reading, frames: Sequence[Frame]) -> bool:
    """Whether a monument that was rebuilt is told of, and its ruin alone beside it."""
    if not any("restoration" in row.keys for row in openings(reading, 2)):
        return False
    return not any(told(f) and (f.day is not None or not f.generic) for f in frames)


def of_a_contest(reading: Reading, frames: Sequence[Frame]) -> bool:
    """Whether pupils or engineers compete with what they built: their rockets and drones are nobody's arms."""
    rows = list(openings(reading, 2))
    if not any("contest" in row.keys for row in rows):
        return False
    if any(_party(h) for row in rows for h in row.actors) or any(
        not row.keys.isdisjoint(_UNDER_ARMS) for row in rows
    ):
        return False
    return not any(t.value for f in frames for t in f.tolls) and not any(
        told(f) and f.day is not None and f.place is not None for f in frames
    )


_UNDER_ARMS = frozenset({"gunmen", "militants", "militia", "pro_iran", "terrorism", "troops", "army"})


def told_elsewhere(reading: Reading, frames: Sequence[Frame]) -> bool:
    """Whether what is told lies in a town abroad, and Iraq is but where something was years ago or somebody may hide.

    The headline names nothing of Iraq; below it Iraq stands beside years gone by, or once, by its bare name,
    under a trial in another country.
    """
    rows = [reading.of(index) for index in range(len(reading.sentences))]
    title = reading.title
    if any(_of_iraq(h) for row in rows[:title] for h in row) or len(rows) <= title:
        return False
    if not any(_abroad(h) for row in rows[: title + 1] for h in row.countries):
        return False
    own = [(row, h) for row in rows[title:] for h in row if _of_iraq(h)]
    if not own or any(told(f) and f.place is not None and f.day is not None for f in frames):
        return False
    if all(_years_ago(reading, h, row) for row, h in own):
        return True
    tried = any("trial" in row.keys for row in rows[: title + 1])
    return tried and len(own) == 1 and isinstance(own[0][1].meaning, Country) and own[0][0] is not rows[title]


def _years_ago(reading: Reading, hit: Hit, row: Row) -> bool:
    """Whether a place is but where something happened years before: "killed in Baghdad four years ago", "in 2020"."""
    if any(max(h.first - hit.last, hit.first - h.last) <= _NEAR for h in row.of("years_back")):
        return True
    around = range(max(hit.first - _NEAR, 0), min(hit.last + _NEAR, len(reading.words)))
    return any(len(w) == 4 and w.isdigit() and int(w) in _YEARS for w in (reading.word(i) for i in around))


_NEAR = 3
_YEARS = range(1900, 2100)


def _of_iraq(hit: Hit) -> bool:
    """Whether words name Iraq, a place in it, or a force or faction of its own."""
    meaning = hit.meaning
    if isinstance(meaning, Country):
        return meaning.code == "IQ"
    if isinstance(meaning, Actor):
        return meaning.side in ("government", "kurdish", "pmf") and meaning.kind != "person"
    return isinstance(meaning, Place) and not is_vast(meaning)


def _abroad(hit: Hit) -> bool:
    """Whether words name another country, or a town in it."""
    return isinstance(hit.meaning, Country) and hit.meaning.code != "IQ" and hit.meaning.kind != "people"


def _party(hit: Hit) -> bool:
    """Whether words name an armed party of today."""
    meaning = hit.meaning
    return isinstance(meaning, Actor) and meaning.kind != "person" and bool(meaning.coarse)
