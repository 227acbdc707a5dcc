"""Places in a romanisation that no list has: *Choumali*, *Şumali*, *Schumali* for Shomali.

Arabic and Kurdish names come into Latin script in more ways than a gazetteer holds. A word that no phrase
knows, in capitals and behind a word that puts something at a place, is the place that sounds so (`sounds`).
Where several do, the sound is short or a phrase begins so, it is the one in the governorate that the same sentence names.
It counts only in a text that surely names Iraq, as a doubtful name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from worker.domain.understanding.words.meanings import FIRM, Place, named
from worker.domain.understanding.words.phrases import compile_name
from worker.domain.understanding.words.reading import Hit, Reading
from worker.domain.understanding.words.sounds import ARTICLES, WORDS, Romanisation, one_of, sound
from worker.domain.understanding.words.tongue import NOTHING, Opening, Tongue


def romanised(
    reading: Reading, tongue: Tongue, hits: Sequence[Hit], openings: Sequence[Opening]
) -> list[Hit]:
    """The places that a text which surely names Iraq names so; none in a language that says nothing of them."""
    by = tongue.romanisation
    if by is None or not any(h.iraq >= FIRM for h in hits):
        return []
    covered = {i for h in hits if h.group != "grammar" for i in range(h.first, h.last)}
    free = {i: known is NOTHING for i, known in enumerate(openings) if i not in covered}
    around: dict[int, set[str]] = {}
    for hit in hits:
        if isinstance(hit.meaning, Place) and hit.meaning.governorate and not hit.phrase.ambiguous:
            around.setdefault(hit.sentence, set()).add(hit.meaning.governorate)
    found = [hit for first in sorted(free) for hit in _heard(reading, by, first, free, around)]
    put = {h.key for h in found if _is_put(reading, by, h)}
    return [h for h in found if h.key in put]


def _heard(
    reading: Reading, by: Romanisation, first: int, free: Mapping[int, bool], around: Mapping[int, set[str]]
) -> Iterator[Hit]:
    """The place that one or two words in capitals sound like."""
    source = reading.folded.source
    for count in range(WORDS, 0, -1):
        last = first + count
        row = range(first, last)
        if any(i not in free for i in row):
            continue
        start, end = reading.span(reading.starts[first], reading.ends[last - 1])
        name = source[start:end]
        if not all(w[0].isupper() for w in name.replace("-", " ").split()):
            continue
        near, strange = around.get(reading.sentence_of[first], ()), all(free[i] for i in row)
        place = one_of(by.sounds, sound(name, by.letters), near, strange=strange)
        if place is None:
            continue
        for phrase in compile_name(name, ambiguous=True):
            sense = named(phrase, place, f"place:{place.id}", "geo")
            spot = reading.starts[first], reading.ends[last - 1], first, last, reading.sentence_of[first]
            yield Hit(sense.key, sense.group, place, phrase, sense.iraq, *spot)
        return


def _is_put(reading: Reading, by: Romanisation, hit: Hit) -> bool:
    """Whether the words around a name say that something is at it."""
    source, end = reading.folded.source, reading.span(hit.start, hit.end)[1]
    if by.endings and source[end : end + 1] in _APOSTROPHES and source[end + 1 : end + 2].islower():
        return True
    behind = hit.last
    told = behind < len(reading.starts) and reading.sentence_of[behind] == hit.sentence
    if told and by.after and reading.word(behind).startswith(by.after):
        return True
    before = hit.first - 1
    while before >= 0 and reading.word(before) in ARTICLES and reading.word(before) not in by.before:
        before -= 1
    same = before >= 0 and reading.sentence_of[before] == hit.sentence
    return same and reading.word(before) in by.before


_APOSTROPHES = ("'", "’")
