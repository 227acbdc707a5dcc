"""Finds every phrase of a language in a text: one pass of the automaton, then word and clitic boundaries.

The text is folded, everything that is neither letter nor digit becomes a blank, and offsets of the
result lead back to the source. Linear in the text: what the automaton reports is checked word by word,
and only what it reports.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from worker.domain.text.fold import Folded, fold
from worker.domain.understanding.meanings import Concept, Country, Meaning, Sense
from worker.domain.understanding.phrases import AnyNumber, Gap, Part, Phrase, Word, plain
from worker.domain.understanding.tongue import Anchor, Tests, Tongue

_WORDS = re.compile(r"\S+")
_STOPS = re.compile(r"[.!?]+(?=[\s\"')\]]|$)|\n+|…|;(?=\s)|\s\|\s")
_MAX_TEXT = 200_000
"""Longer texts are cut: no article is, hostile ones are."""


class Hit(NamedTuple):
    """Words of the text that stand for something. `start`, `end` count folded characters."""

    key: str
    group: str
    meaning: Meaning
    phrase: Phrase
    start: int
    end: int
    first: int
    """First word."""
    last: int
    """Behind the last word."""
    sentence: int


@dataclass(slots=True)
class Reading:
    """A text as the machine reads it: words, sentences and what they stand for."""

    folded: Folded
    plain: str
    words: list[str]
    """The words in normal form."""
    starts: list[int]
    ends: list[int]
    sentence_of: list[int]
    sentences: list[tuple[int, int]]
    """First word and behind the last word of each sentence; those of the title come first."""
    small: bool | None = None
    """Whether the source has no capitals, once that was asked."""
    title: int = 1
    """How many sentences the title has; a semicolon ends one."""
    hits: list[Hit] = field(default_factory=list)
    _by_sentence: dict[int, list[Hit]] = field(default_factory=dict)

    def word(self, index: int) -> str:
        """A word in normal form."""
        return self.words[index]

    def passed(self, index: int, tests: Tests) -> frozenset[int]:
        """The numbers of the word tests that a word passes."""
        word = self.words[index]
        found = tests.known.get(word)
        return tests.passed(word) if found is None else found

    def between(self, index: int) -> str:
        """What stands in the folded text between this word and the next."""
        if index + 1 >= len(self.starts):
            return ""
        return self.folded.text[self.ends[index] : self.starts[index + 1]]

    def of(self, sentence: int) -> list[Hit]:
        """The hits of a sentence, in text order."""
        return self._by_sentence.get(sentence, [])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Source offsets of folded ones."""
        return self.folded.span(start, end)

    def settle(self, hits: Iterable[Hit]) -> None:
        """Take over the hits that remain after all conditions."""
        self.hits = sorted(hits, key=lambda h: (h.start, -h.end))
        table: defaultdict[int, list[Hit]] = defaultdict(list)
        for hit in self.hits:
            table[hit.sentence].append(hit)
        self._by_sentence = dict(table)


def read(text: str, tongue: Tongue) -> Reading:
    """Find all that the language knows in a text; its first line is the title."""
    folded = fold(text[:_MAX_TEXT])
    bare = plain(folded.text)
    words = bare.split()
    starts = [found.start() for found in _WORDS.finditer(bare)]
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    reading = Reading(folded, bare, words, starts, ends, [], [])
    _split(reading, tongue)
    candidates = _search(reading, tongue)
    reading.settle(_conditions(_longest(candidates)))
    return reading


def _split(reading: Reading, tongue: Tongue) -> None:
    """Find the sentences; the title's newline ends the first."""
    text = reading.folded.text
    short: frozenset[str] = tongue.cache.setdefault(
        "abbreviations",
        frozenset(str(a).lower() for a in tongue.data["sentences"].get("abbreviations") or ()),
    )
    stops = []
    for stop in _STOPS.finditer(text):
        if stop.group().startswith(".") and _abbreviation(text, stop.start(), short):
            continue
        stops.append(stop.end())
    first = 0
    for offset in [*stops, len(text) + 1]:
        last = bisect_right(reading.starts, offset - 1, lo=first)
        if last > first:
            reading.sentence_of.extend([len(reading.sentences)] * (last - first))
            reading.sentences.append((first, last))
            first = last
    newline = text.find("\n")
    reading.title = (
        max(1, sum(reading.starts[a] < newline for a, _ in reading.sentences)) if newline > 0 else 1
    )


def _abbreviation(text: str, stop: int, short: frozenset[str]) -> bool:
    """Whether the full stop belongs to the word before it: an initial, a known abbreviation, a number."""
    at = stop
    while at > 0 and (text[at - 1].isalnum() or text[at - 1] == "."):
        at -= 1
    word = text[at:stop].strip(".")
    initials = bool(word) and all(len(part) == 1 and part.isalpha() for part in word.split("."))
    return initials or word in short or (word.isdigit() and len(word) < 3)


def _search(reading: Reading, tongue: Tongue) -> list[Hit]:
    """What begins at each word, and of that what goes on as its phrase demands."""
    hits: list[Hit] = []
    starts, ends, sentence_of = reading.starts, reading.ends, reading.sentence_of
    for at, anchors in enumerate(tongue.first_words(reading.words)):
        for anchor in anchors:
            word = anchor.word
            if word.capitals and not _capitals(reading, word, at):
                continue
            begun = _begun(reading, tongue, anchor, at)
            if not begun:
                continue
            small = word.name and _small_letter(reading, starts[at])
            for sense, last in begun:
                if small and sense.phrase.say[0].isupper():
                    continue
                hits.append(
                    Hit(
                        sense.key,
                        sense.group,
                        sense.meaning,
                        sense.phrase,
                        starts[at],
                        ends[last - 1],
                        at,
                        last,
                        sentence_of[at],
                    )
                )
    return hits


def _small_letter(reading: Reading, start: int) -> bool:
    """Whether a word begins with a small letter in a text that knows capitals: "popular mobilizations"."""
    source = reading.folded.source
    if not source[reading.span(start, start + 1)[0]].islower():
        return False
    if reading.small is None:
        reading.small = source.islower()
    return not reading.small


def _begun(reading: Reading, tongue: Tongue, anchor: Anchor, at: int) -> list[tuple[Sense, int]]:
    """The phrases that begin at a word and go on as they must, each with the word behind it."""
    behind = at + 1
    found = [(sense, behind) for sense in anchor.single]
    longer = anchor.longer
    if longer is None:
        return found
    end = reading.sentences[reading.sentence_of[at]][1]
    if behind >= end:
        return found
    tests = tongue.tests
    if longer.second:
        for number in reading.passed(behind, tests) & longer.second.keys():
            found += _ends(reading, tongue, longer.second[number], at, end)
    passed = []
    if longer.loose:
        passed = [reading.passed(i, tests) for i in range(behind, min(behind + 1 + longer.reach, end))]
        if all(map(longer.awaited.isdisjoint, passed)):
            passed = []
    for most, number, sense in longer.loose if passed else ():
        for skip, tested in enumerate(passed[: most + 1], behind):
            if number in tested:
                last = _follow(reading, tongue, sense.phrase.parts, 3, skip + 1, end)
                if last is not None:
                    found.append((sense, last))
                    break
    for sense in longer.numbered:
        last = _follow(reading, tongue, sense.phrase.parts, 1, at + 1, end)
        if last is not None:
            found.append((sense, last))
    return found


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
        elif tongue.tests.number(test) not in reading.passed(at, tongue.tests) or not _cased(
            reading, test, at
        ):
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


def _longest(hits: list[Hit]) -> list[Hit]:
    """Within a group the longest of overlapping hits; equal spans may mean several things."""
    groups: defaultdict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        # Grammar's concepts do not rival each other: in "30 km from" the unit counts as well as the distance.
        groups[hit.key if hit.group == "grammar" else hit.group].append(hit)
    kept: list[Hit] = []
    for members in groups.values():
        if len(members) == 1:
            kept += members
            continue
        # Of two phrases for the same words the one that spells out more of them comes first: it was written for them.
        members.sort(key=lambda h: (h.first - h.last, h.start - h.end, h.start, -len(h.phrase.say)))
        owner: dict[int, tuple[int, int]] = {}
        seen: set[tuple[str, int, int]] = set()
        for hit in members:
            first, last = span = hit.first, hit.last
            if (hit.key, first, last) in seen:
                continue
            if last - first == 1:
                free = owner.setdefault(first, span) == span
            else:
                free = all(owner.get(word, span) == span for word in range(first, last))
                if free:
                    owner.update(dict.fromkeys(range(first, last), span))
            if free:
                seen.add((hit.key, first, last))
                kept.append(hit)
    named = [h for h in kept if h.group == "actor" and h.last - h.first > 1]
    if named:
        kept = [
            h for h in kept if h.group not in _COVERED or _iraqs(h) or not any(_covers(a, h) for a in named)
        ]
    kept = [h for h in kept if not _gives_way(h, kept)]
    # Süleymani with an ending reads as Süleymaniye: the town's own name, or its airport's, wins.
    towns = [h for h in kept if h.group == "geo" and not h.phrase.ambiguous]
    kept = [
        h
        for h in kept
        if not (h.group == "actor" and h.phrase.ambiguous and any(_covers(t, h) for t in towns))
    ]
    ordinary = {word for h in kept if h.group in _ORDINARY for word in range(h.first, h.last)}
    return [h for h in kept if not (h.phrase.ambiguous and h.group == "geo" and _meets(h, ordinary))]


def _gives_way(hit: Hit, hits: Iterable[Hit]) -> bool:
    """Whether a concept stands right beside one that it yields to: the suicide of a suicide drone."""
    meaning = hit.meaning
    if not isinstance(meaning, Concept) or not meaning.yields:
        return False
    return any(h.key in meaning.yields and h.first <= hit.last and hit.first <= h.last for h in hits)


def speaks(hit: Hit, hits: Iterable[Hit]) -> bool:
    """Whether words name who reports and not who acts: "police and medical sources said"."""
    for said in hits:
        if said.key != "said":
            continue
        if hit.group == "target" and 0 <= hit.first - said.last <= 1:
            return True  # verb first: "said the minister", أعلن وزير الصحة
        if 0 <= said.first - hit.last <= 3:
            return not any(h.group == "act" and hit.last <= h.first < said.first for h in hits)
    return False


_COVERED = frozenset({"geo", "target", "toll"})
"""Groups whose words say nothing of their own inside an actor's name: Revolutionary *Guards*."""


def _iraqs(hit: Hit) -> bool:
    """Whether words name Iraq itself: they keep their weight inside "Iraqi army"."""
    return isinstance(hit.meaning, Country) and hit.meaning.code == "IQ"


def _covers(outer: Hit, inner: Hit) -> bool:
    """Whether a hit lies within another."""
    return outer.first <= inner.first and inner.last <= outer.last


_ORDINARY = frozenset({"act", "weapon", "toll", "sign", "topic"})


def _meets(hit: Hit, words: set[int]) -> bool:
    """Whether any of a hit's words is among these: Hit in "rocket hit" is an ordinary word and no place."""
    return any(word in words for word in range(hit.first, hit.last))


def _conditions(hits: list[Hit]) -> list[Hit]:
    """Drop hits whose needed neighbours are missing or whose forbidden ones are there."""
    if not any(h.phrase.need or h.phrase.unless for h in hits):
        return hits
    by_sentence: defaultdict[int, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_sentence[hit.sentence].append(hit)
    return [h for h in hits if _condition(h, by_sentence[h.sentence])]


def _condition(hit: Hit, around: list[Hit]) -> bool:
    """Whether the neighbours allow this reading."""
    phrase = hit.phrase
    if not phrase.need and not phrase.unless:
        return True
    if phrase.near is not None:
        low, high = hit.first - phrase.near, hit.last + phrase.near
        around = [h for h in around if h.last > low and h.first < high]
    keys = {h.key for h in around if (h.first, h.last) != (hit.first, hit.last) or h.key != hit.key}
    return (not phrase.need or any(n in keys for n in phrase.need)) and not any(
        u in keys for u in phrase.unless
    )
