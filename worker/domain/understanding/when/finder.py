"""Looks up date words in a sentence: weekdays and months with clitics and endings, phrases with a number, days, years."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

from worker.domain.understanding.when.datewords import REMEMBERED, SOLAR_YEARS, date_words
from worker.domain.understanding.words.reading import Reading
from worker.domain.understanding.words.tongue import Tongue

BAGHDAD = timezone(timedelta(hours=3))
"""Iraq keeps UTC+3 all the year since 2008."""


@lru_cache(maxsize=1000)
def day_in_iraq(published: datetime) -> date:
    """The day in Iraq."""
    return published.astimezone(BAGHDAD).date()


class Finder:
    """Looks for dates in one sentence."""

    def __init__(self, reading: Reading, tongue: Tongue, published: datetime | None) -> None:
        self.reading, self.words = reading, date_words(tongue)
        self.before = tongue.affixes.before
        self.after = tongue.affixes.after
        self.today = day_in_iraq(published) if published else None

    def may_begin(self, word: str) -> bool:
        """Whether a date can begin with a word, clitics and endings allowed."""
        firsts = self.words.firsts
        if word[:1].isdigit() or word in firsts:
            return True
        heads = ["", *(c for c in self.before if c and word.startswith(c))]
        for head in heads:
            bare = word[len(head) :]
            if bare in firsts or (head and bare.isdigit()):
                return True
            if any(bare[-cut:] in self.after and bare[:-cut] in firsts for cut in range(1, 6)):
                return True
        return False

    def match(
        self, table: Mapping[tuple[str, ...], int], at: int, last: int
    ) -> tuple[int, int, tuple[str, ...]] | None:
        """The longest entry of a table at a word: value, word behind, key."""
        texts = self.reading.words
        known = self.words.reach.setdefault(id(table), {})
        reach = known.get(texts[at])
        if reach is None:
            reach = self.reach(texts[at], table)
            if len(known) < REMEMBERED:
                known[texts[at]] = reach
        if not reach:
            return None
        for length in range(min(5, reach, last - at), 0, -1):
            key = tuple(texts[at : at + length])
            if key in table:
                return table[key], at + length, key
            memory = self.words.bares.setdefault(id(table), {})
            bare = memory.get(key, key)
            if bare is key:
                bare = self.bare(key, table)
                if len(memory) < REMEMBERED:
                    memory[key] = bare
            if bare is not None:
                return table[bare], at + length, bare
        return None

    def reach(self, word: str, table: Mapping[tuple[str, ...], int]) -> int:
        """How many words the longest entry has that may begin with a word, clitics and endings allowed."""
        heads = {word, *(word[len(c) :] for c in self.before if c and word.startswith(c))}
        longest = max((len(key) for key in table if key and key[0] in heads), default=0)
        return longest or int(self.bare((word,), table) is not None)

    def bare(self, key: tuple[str, ...], table: Mapping[tuple[str, ...], int]) -> tuple[str, ...] | None:
        """The same without clitics on the first and endings on the last word."""
        first, last = key[0], key[-1]
        for clitic in self.before:
            if clitic and first.startswith(clitic) and (first[len(clitic) :], *key[1:]) in table:
                return (first[len(clitic) :], *key[1:])
        for cut in range(1, min(6, len(last) - 2)):
            if last[-cut:] in self.after and (*key[:-1], last[:-cut]) in table:
                return (*key[:-1], last[:-cut])
        return None

    def phrase(
        self, phrases: tuple[tuple[str, ...], ...], at: int, last: int
    ) -> tuple[int, int | None] | None:
        """A phrase with `#` at a word: the word behind it and the number."""
        texts = self.reading.words
        known = self.words.opened.setdefault(id(phrases), {})
        opened = known.get(texts[at])
        if opened is None:
            first = ("#" if texts[at][:1].isdigit() else texts[at], texts[at])
            opened = tuple(p for p in phrases if not p or p[0] in first)
            if len(known) < REMEMBERED:
                known[texts[at]] = opened
        for parts in opened:
            if at + len(parts) > last:
                continue
            number: int | None = None
            for offset, part in enumerate(parts):
                word = texts[at + offset]
                if part == "#" and (word.isdigit() or self.day(at + offset) is not None):
                    number = int(word) if word.isdigit() else self.day(at + offset)
                elif part != word:
                    break
            else:
                return at + len(parts), number
        return None

    def day(self, at: int) -> int | None:
        """A day of the month in digits, an ordinal ending allowed."""
        word = self.reading.word(at)
        for ending in self.words.ordinals:
            if ending and word.endswith(ending) and word[: -len(ending)].isdigit():
                word = word[: -len(ending)]
        if not word.isdigit():
            word = next(
                (w for c in self.before if c and (w := word[len(c) :]).isdigit() and word.startswith(c)), word
            )
        return int(word) if word.isdigit() and len(word) <= 2 and 1 <= int(word) <= 31 else None

    def year(self, at: int, last: int) -> int | None:
        """A year in four digits at a word."""
        if at >= last:
            return None
        word = self.reading.word(at)
        return int(word) if len(word) == 4 and word.isdigit() and 1900 <= int(word) <= 2100 else None

    def behind_month(self, at: int, last: int) -> int:
        """The word where a month's year would stand, behind "of" where a language has it: *abril de 2003*."""
        joined = at < last and self.reading.words[at] in self.words.of_year
        return at + 1 if joined and self.year(at + 1, last) is not None else at

    def solar_year(self, at: int, last: int) -> int | None:
        """A year of the Iranian calendar at a word, in four digits or in two ("98")."""
        word = self.reading.word(at) if at < last else ""
        if not word.isdigit() or len(word) not in (2, 4):
            return None
        year = int(word)
        if len(word) == 2:
            year += 1300 if year >= 50 else 1400 if word[0] == "0" else 0
        return year if year in SOLAR_YEARS else None
