"""Where a sentence only says who reports and when: "announced the minister yesterday the killing of five".

In languages that put the speaker behind the verb (`speaker_side: after`), what stands between a word of
saying and "that", a colon or the first deed tells of the announcement: its day is not the event's, its
places and people are the speaker's.
"""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.sentence.frame import Frame, Scene
from worker.domain.understanding.when.calendar import Dated
from worker.domain.understanding.words.reading import Hit, Reading, Row
from worker.domain.understanding.words.tongue import Tongue

_REACH = 16
"""Words within which an announcement ends."""
_TOLD = frozenset({"act", "toll", "weapon"})


def announcements(reading: Reading, tongue: Tongue, hits: Row, last: int) -> tuple[tuple[int, int], ...]:
    """The words [first, last) of a clause that tell who said so and when, and not what happened."""
    if tongue.grammar.verb_final:
        return _opening(reading, hits, last)
    if not tongue.grammar.speaker_behind:
        return ()
    spans: list[tuple[int, int]] = []
    for said in hits.of("said"):
        if spans and said.first < spans[-1][1]:
            continue
        end = _end(reading, hits, said, last)
        if end > said.last:
            spans.append((said.last, end))
    return tuple(spans)


def _opening(reading: Reading, hits: Row, last: int) -> tuple[tuple[int, int], ...]:
    """The speaker whom a comma parts from what he said, where the verb of saying ends the sentence: *Bakan, ... söyledi*."""
    if not hits or not any(last - h.last <= 1 for h in hits.of("said")):
        return ()
    first = reading.sentences[hits[0].sentence][0]
    end = next((i + 1 for i in range(first, min(first + _SPEAKER, last)) if _comma(reading, i)), first)
    if end == first or any(h.group in _TOLD and h.first < end for h in hits):
        return ()
    return ((first, end),)


_SPEAKER = 7
"""Words within which who speaks is named."""


def _comma(reading: Reading, word: int) -> bool:
    """Whether a comma stands behind a word."""
    return not _COMMAS.isdisjoint(reading.between(word))


_COMMAS = frozenset(",،")


def _end(reading: Reading, hits: Row, said: Hit, last: int) -> int:
    """Behind the last word of an announcement; the word of saying itself where it has no end in reach."""
    limit = min(said.last + _REACH, last)
    opens = next((h.first for h in hits.of("that") if said.last <= h.first < limit), limit)
    colon = next((i + 1 for i in range(said.last - 1, limit - 1) if ":" in reading.between(i)), limit)
    told = next((h.first for h in hits if h.group in _TOLD and said.last <= h.first < limit), limit)
    end = min(opens, colon, told)
    return end if end < limit else said.last


def announces(first: int, spans: tuple[tuple[int, int], ...]) -> bool:
    """Whether a word stands in an announcement."""
    return any(low <= first < high for low, high in spans)


def day_of_new_toll(scene: Scene, dated: Dated, frame: Frame, said: Sequence[Hit]) -> bool:
    """Whether a day is only when somebody gave a higher toll: "has risen to 98, officials said on Sunday"."""
    if "correction" not in frame.signs or frame.title:
        return False
    first = scene.reading.sentences[frame.sentence][0]
    dateline = (
        dated.first - first <= _DATELINE and scene.reading.between(dated.last - 1).strip(" ,.")[:1] in _OPENS
    )
    return dateline or any(0 <= dated.first - h.last <= 4 for h in said)


_DATELINE = 8
_OPENS = tuple("(-–—")
