"""Finds every phrase of a language in a text: one pass of the automaton, then word and clitic boundaries.

The text is folded, everything that is neither letter nor digit becomes a blank, and offsets of the
result lead back to the source. Linear in the text: what the automaton reports is checked word by word,
and only what it reports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from worker.domain.text.fold import fold
from worker.domain.understanding.words.days import without_days
from worker.domain.understanding.words.meanings import Sense
from worker.domain.understanding.words.phrases import AnyNumber, Gap, Part, Word, plain
from worker.domain.understanding.words.reading import Hit, Reading
from worker.domain.understanding.words.romanised import romanised
from worker.domain.understanding.words.sentences import split
from worker.domain.understanding.words.tongue import NOTHING, Opening, Tongue
from worker.domain.understanding.words.winners import settled

_MAX_TEXT = 200_000
"""Longer texts are cut: no article is, hostile ones are."""
_SIDE_BY_SIDE = frozenset({"grammar", "actor"})
"""Groups whose words no day may part: where they end tells what is said of the day."""
_ACROSS = 12
"""Words between the beginning of a phrase and the end of a day that stands in it."""


def read(text: str, tongue: Tongue) -> Reading:
    """Find all that the language knows in a text; its first line is the title."""
    reading, openings = _begin(text, tongue)
    reading.settle(settled(_all(reading, tongue, openings)))
    return reading


def read_if(text: str, tongue: Tongue, wanted: Callable[[Sequence[Hit]], bool]) -> Reading | None:
    """The same, None where not even all names that the text may hold are what is `wanted`.

    First only the names of Iraq and of armed parties are looked for: most of the world's news holds none,
    and needs no more. What counts in the end is never more than what is found at first. A word that is
    Iraq's by itself settles it without that search.
    """
    reading, openings = _begin(text, tongue)
    firm = any(opening.firm for opening in openings)
    if not firm and not wanted(_search(reading, tongue, [opening.names for opening in openings])):
        return None
    reading.settle(settled(_all(reading, tongue, openings)))
    return reading


def _all(reading: Reading, tongue: Tongue, openings: Sequence[Opening]) -> list[Hit]:
    """All phrases, also those that a day stands in, in the order of their first words."""
    hits = _search(reading, tongue, openings)
    names = romanised(reading, tongue, hits, openings)
    if names:
        hits = sorted([*hits, *names], key=lambda h: h.first)
    across = [
        hit
        for sentence in range(len(reading.sentences))
        for hit in _across_days(reading, tongue, openings, sentence)
    ]
    if not across:
        return hits
    known = {(id(h.phrase), h.first, h.last) for h in hits}  # a gap reached over the day as well
    across = [h for h in across if (id(h.phrase), h.first, h.last) not in known]
    return sorted([*hits, *across], key=lambda h: h.first)


def _across_days(
    reading: Reading, tongue: Tongue, openings: Sequence[Opening], sentence: int
) -> Iterator[Hit]:
    """The phrases of a sentence that go on behind a day which stands in them."""
    first, last = reading.sentences[sentence]
    found = without_days(reading.words[first:last], tongue)
    if found is None:
        return
    kept, gaps = [first + i for i in found[0]], [first + i for i in found[1]]
    rest = Reading(
        reading.folded,
        reading.plain,
        [reading.words[i] for i in kept],
        [reading.starts[i] for i in kept],
        [reading.ends[i] for i in kept],
        [0] * len(kept),
        [(0, len(kept))],
        small=reading.small,
    )
    for at, word in enumerate(kept[:-1]):
        known = openings[word]
        if known is NOTHING or not any(0 < gap - word <= _ACROSS for gap in gaps):
            continue
        opening = _written(rest, known, at) if known.careful else known
        if not opening.longer or not _goes_on(rest, tongue, opening, at):
            continue
        for sense, end in _begun(rest, tongue, opening, at):
            behind = kept[end - 1] + 1
            if sense.group in _SIDE_BY_SIDE or sense.phrase.void:
                continue
            if any(word < gap < behind for gap in gaps):
                yield Hit(
                    sense.key,
                    sense.group,
                    sense.meaning,
                    sense.phrase,
                    sense.iraq,
                    reading.starts[word],
                    reading.ends[behind - 1],
                    word,
                    behind,
                    sentence,
                )


def _begin(text: str, tongue: Tongue) -> tuple[Reading, list[Opening]]:
    """The words and sentences of a text, and what each word can begin."""
    folded = fold(text[:_MAX_TEXT])
    bare = plain(folded.text)
    words = bare.split()
    starts, ends, end = [], [], 0
    for word in words:  # between two words are blanks only
        start = bare.find(word, end)
        end = start + len(word)
        starts.append(start)
        ends.append(end)
    reading = Reading(folded, bare, words, starts, ends, [], [])
    split(reading, tongue)
    return reading, tongue.openings(words)


def _search(reading: Reading, tongue: Tongue, openings: Sequence[Opening]) -> list[Hit]:
    """What begins at each word, and of that what goes on as its phrase demands."""
    hits: list[Hit] = []
    starts, ends, sentence_of = reading.starts, reading.ends, reading.sentence_of
    for at, known in enumerate(openings):
        if known is NOTHING:
            continue
        opening = _written(reading, known, at) if known.careful else known
        sentence, start = sentence_of[at], starts[at]
        if opening.longer and _goes_on(reading, tongue, opening, at):
            hits += [
                Hit(s.key, s.group, s.meaning, s.phrase, s.iraq, start, ends[last - 1], at, last, sentence)
                for s, last in _begun(reading, tongue, opening, at)
            ]
        elif opening.single:
            end, last = ends[at], at + 1
            hits += [
                Hit(s.key, s.group, s.meaning, s.phrase, s.iraq, start, end, at, last, sentence)
                for s in opening.single
            ]
    return hits


def _written(reading: Reading, opening: Opening, at: int) -> Opening:
    """What a word can begin as it is written, where its letters' case matters."""
    start, end = reading.span(reading.starts[at], reading.ends[at])
    source = reading.folded.source
    word = source[start:end]
    small = word[:1].islower()
    if small:
        if reading.small is None:
            reading.small = source.islower()
        small = not reading.small
    return opening.written(word, small=small)


def _goes_on(reading: Reading, tongue: Tongue, opening: Opening, at: int) -> bool:
    """Whether any longer phrase may go on behind a word: most do not, and one look tells."""
    behind, end = at + 1, reading.sentences[reading.sentence_of[at]][1]
    if behind >= end:
        return False
    words, passed = reading.words, tongue.tests.known
    next_passed = passed.get(words[behind])
    if next_passed is None:
        next_passed = tongue.tests.passed(words[behind])
    if opening.numbered or not opening.second.isdisjoint(next_passed):
        return True
    if opening.awaited:
        if not opening.awaited.isdisjoint(next_passed):
            return True
        for index in range(behind + 1, min(behind + 1 + opening.reach, end)):
            if not opening.awaited.isdisjoint(tongue.tests.passed(words[index])):
                return True
    return False


def _begun(reading: Reading, tongue: Tongue, opening: Opening, at: int) -> Iterator[tuple[Sense, int]]:
    """The phrases that begin at a word and go on as they must, each with the word behind it."""
    end, behind = reading.sentences[reading.sentence_of[at]][1], at + 1
    passed, words = tongue.tests.passed, reading.words
    known = passed(words[behind])
    for anchor in opening.anchors:
        for sense in anchor.single:
            yield sense, behind
        longer = anchor.longer
        if longer is None:
            continue
        second = longer.second
        if second and not second.keys().isdisjoint(known):
            for number in sorted(known.intersection(second)):
                yield from _ends(reading, tongue, second[number], at, end)
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
            if number in tested and _stands(reading, sense.phrase.parts[2], skip):
                last = _follow(reading, tongue, sense.phrase.parts, 3, skip + 1, end)
                if last is not None:
                    yield sense, last
                    break


def _ends(
    reading: Reading, tongue: Tongue, senses: Sequence[Sense], at: int, end: int
) -> Iterator[tuple[Sense, int]]:
    """Those of the phrases, their second word found, that go on to their end."""
    for sense in senses:
        parts = sense.phrase.parts
        second = parts[1]
        last = at + 2 if len(parts) == 2 else _follow(reading, tongue, parts, 2, at + 2, end)
        if last is not None and _stands(reading, second, at + 1):
            yield sense, last


def _stands(reading: Reading, test: Part, at: int) -> bool:
    """Whether a word has the capitals or letters that its test demands, and ends its clause, if it must."""
    if not isinstance(test, Word) or not (test.capitals or test.final):
        return True
    start, end = reading.span(reading.starts[at], reading.ends[at])
    if test.final and at + 1 < reading.sentences[reading.sentence_of[at]][1]:
        behind = reading.span(reading.starts[at + 1], reading.ends[at + 1])[0]
        if not reading.folded.source[end:behind].strip():
            return False
    return test.written_so(reading.folded.source[start:end])


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
        elif tongue.tests.numbers[test] not in tongue.tests.passed(word) or not _stands(reading, test, at):
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
