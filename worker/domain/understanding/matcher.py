"""Finds every phrase of a language in a text: one pass of the automaton, then word and clitic boundaries.

The text is folded, everything that is neither letter nor digit becomes a blank, and offsets of the
result lead back to the source. Linear in the text: what the automaton reports is checked word by word,
and only what it reports.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from worker.domain.text.fold import fold
from worker.domain.understanding.meanings import Sense
from worker.domain.understanding.phrases import AnyNumber, Gap, Part, Word, plain
from worker.domain.understanding.reading import Hit, Reading
from worker.domain.understanding.sentences import split
from worker.domain.understanding.tongue import Anchor, Opening, Tongue
from worker.domain.understanding.winners import conditions, longest

_WORDS = re.compile(r"\S+")
_MAX_TEXT = 200_000
"""Longer texts are cut: no article is, hostile ones are."""


def read(text: str, tongue: Tongue) -> Reading:
    """Find all that the language knows in a text; its first line is the title."""
    reading, openings = _begin(text, tongue)
    reading.settle(conditions(longest(_search(reading, tongue, openings))))
    return reading


def read_if(text: str, tongue: Tongue, wanted: Callable[[Sequence[Hit]], bool]) -> Reading | None:
    """The same, None where not even all names that the text may hold are what is `wanted`.

    First only the names of Iraq and of armed parties are looked for: most of the world's news holds none,
    and needs no more. What counts in the end is never more than what is found at first.
    """
    reading, openings = _begin(text, tongue)
    if not wanted(_search(reading, tongue, [opening.names for opening in openings])):
        return None
    reading.settle(conditions(longest(_search(reading, tongue, openings))))
    return reading


def _begin(text: str, tongue: Tongue) -> tuple[Reading, list[Opening]]:
    """The words and sentences of a text, and what each word can begin."""
    folded = fold(text[:_MAX_TEXT])
    bare = plain(folded.text)
    words = bare.split()
    starts = [found.start() for found in _WORDS.finditer(bare)]
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    reading = Reading(folded, bare, words, starts, ends, [], [])
    split(reading, tongue)
    return reading, tongue.openings(words)


def _search(reading: Reading, tongue: Tongue, openings: Sequence[Opening]) -> list[Hit]:
    """What begins at each word, and of that what goes on as its phrase demands."""
    hits: list[Hit] = []
    starts, ends, sentence_of = reading.starts, reading.ends, reading.sentence_of
    for at, opening in enumerate(openings):
        if not opening.anchors:
            continue
        sentence, start = sentence_of[at], starts[at]
        if opening.careful or (opening.longer and _goes_on(reading, tongue, opening, at)):
            hits += [
                Hit(s.key, s.group, s.meaning, s.phrase, s.iraq, start, ends[last - 1], at, last, sentence)
                for s, last in _begun(reading, tongue, opening, at)
            ]
        else:
            end, last = ends[at], at + 1
            hits += [
                Hit(s.key, s.group, s.meaning, s.phrase, s.iraq, start, end, at, last, sentence)
                for s in opening.single
            ]
    return hits


def _goes_on(reading: Reading, tongue: Tongue, opening: Opening, at: int) -> bool:
    """Whether any longer phrase may go on behind a word: most do not, and one look tells."""
    if opening.numbered:
        return True
    behind, end = at + 1, reading.sentences[reading.sentence_of[at]][1]
    if behind >= end:
        return False
    words, passed = reading.words, tongue.tests.passed
    if not opening.second.isdisjoint(passed(words[behind])):
        return True
    if opening.awaited:
        for index in range(behind, min(behind + 1 + opening.reach, end)):
            if not opening.awaited.isdisjoint(passed(words[index])):
                return True
    return False


def _begun(reading: Reading, tongue: Tongue, opening: Opening, at: int) -> Iterator[tuple[Sense, int]]:
    """The phrases that begin at a word and go on as they must, each with the word behind it."""
    end = reading.sentences[reading.sentence_of[at]][1]
    for anchor in opening.anchors:
        word = anchor.word
        if word.capitals and not _capitals(reading, word, at):
            continue
        small = word.name and _small_letter(reading, reading.starts[at])
        for sense in anchor.single:
            if not (small and sense.phrase.say[0].isupper()):
                yield sense, at + 1
        if anchor.longer is not None and at + 1 < end:
            for sense, last in _longer(reading, tongue, anchor, at, end):
                if not (small and sense.phrase.say[0].isupper()):
                    yield sense, last


def _longer(
    reading: Reading, tongue: Tongue, anchor: Anchor, at: int, end: int
) -> Iterator[tuple[Sense, int]]:
    """The phrases of several words that begin at a word."""
    longer, behind = anchor.longer, at + 1
    assert longer is not None
    passed, words = tongue.tests.passed, reading.words
    if longer.second:
        known = passed(words[behind])
        if not longer.second.keys().isdisjoint(known):
            for number in known & longer.second.keys():
                yield from _ends(reading, tongue, longer.second[number], at, end)
    if longer.loose:
        ahead = [passed(words[i]) for i in range(behind, min(behind + 1 + longer.reach, end))]
        if not all(map(longer.awaited.isdisjoint, ahead)):
            yield from _over_gaps(reading, tongue, longer.loose, ahead, (behind, end))
    for sense in longer.numbered:
        last = _follow(reading, tongue, sense.phrase.parts, 1, behind, end)
        if last is not None:
            yield sense, last


def _over_gaps(
    reading: Reading,
    tongue: Tongue,
    loose: Sequence[tuple[int, int, Sense]],
    ahead: Sequence[frozenset[int]],
    span: tuple[int, int],
) -> Iterator[tuple[Sense, int]]:
    """The phrases whose second word may stand a few words on."""
    behind, end = span
    for most, number, sense in loose:
        for skip, tested in enumerate(ahead[: most + 1], behind):
            if number in tested:
                last = _follow(reading, tongue, sense.phrase.parts, 3, skip + 1, end)
                if last is not None:
                    yield sense, last
                    break


def _ends(
    reading: Reading, tongue: Tongue, senses: list[Sense], at: int, end: int
) -> Iterator[tuple[Sense, int]]:
    """Those of the phrases, their second word found, that go on to their end."""
    for sense in senses:
        parts = sense.phrase.parts
        second = parts[1]
        last = at + 2 if len(parts) == 2 else _follow(reading, tongue, parts, 2, at + 2, end)
        if last is not None and (not isinstance(second, Word) or _cased(reading, second, at + 1)):
            yield sense, last


def _small_letter(reading: Reading, start: int) -> bool:
    """Whether a word begins with a small letter in a text that knows capitals: "popular mobilizations"."""
    source = reading.folded.source
    if not source[reading.span(start, start + 1)[0]].islower():
        return False
    if reading.small is None:
        reading.small = source.islower()
    return not reading.small


def _cased(reading: Reading, test: Word, at: int) -> bool:
    """Whether a word has the capitals that its test demands, if any."""
    return not test.capitals or _capitals(reading, test, at)


def _capitals(reading: Reading, word: Word, at: int) -> bool:
    """Whether the word of the source is written in the demanded capitals."""
    start, end = reading.span(reading.starts[at], reading.ends[at])
    return reading.folded.source[start:end] == word.capitals


def _follow(
    reading: Reading, tongue: Tongue, parts: Sequence[Part], part: int, at: int, end: int
) -> int | None:
    """Match parts from `part` on at word `at`."""
    while part < len(parts):
        test = parts[part]
        if isinstance(test, Gap):
            for skip in range(test.most + 1):
                last = _follow(reading, tongue, parts, part + 1, at + skip, end)
                if last is not None:
                    return last
            return None
        if at >= end:
            return None
        word = reading.word(at)
        if isinstance(test, AnyNumber):
            if not (word.isdigit() or word in number_words(tongue)):
                return None
        elif tongue.tests.number(test) not in tongue.tests.passed(word) or not _cased(reading, test, at):
            return None
        part, at = part + 1, at + 1
    return at


def number_words(tongue: Tongue) -> frozenset[str]:
    """The language's number words of one word."""
    words: frozenset[str] | None = tongue.cache.get("number_words")
    if words is None:
        numbers = tongue.data["numbers"]
        words = frozenset(
            plain(fold(str(w)).text).strip()
            for section in ("values", "scale", "vague")
            for w in numbers.get(section) or ()
        )
        tongue.cache["number_words"] = words
    return words
