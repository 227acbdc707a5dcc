"""Dates in a text, resolved against publication in Iraq's time zone, with ACLED's time precision.

A weekday is the last one up to the day of publication, "in the night to Wednesday" the day that it
ends in. Whether a date belongs to the event or to who reported it is judged where events are made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone

from worker.domain.understanding.matcher import Reading
from worker.domain.understanding.phrases import normal
from worker.domain.understanding.tongue import Tongue

_REMEMBERED = 50_000
"""Words whose look-ups are remembered, a language and a table."""
BAGHDAD = timezone(timedelta(hours=3))
"""Iraq keeps UTC+3 all the year since 2008."""


SOLAR = 100
"""Added to the months of the Iranian solar calendar, to tell them from the Gregorian ones."""
_SOLAR_YEARS = range(1300, 1451)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date expression: when, how exactly, where in the text."""

    first: int
    last: int
    day: date | None = None
    precision: int = 1
    """1 the day, 2 the week, 3 the month or longer."""
    past: bool = False
    """Long before publication, or a year or a span of them."""
    future: bool = False
    span: bool = False
    """From one day to another: no single date."""
    weekday: bool = False
    weak: bool = False
    """A night up to publication: gives way to a day that is named."""


@dataclass(frozen=True, slots=True)
class DateWords:
    """A language's date words, compiled to their words."""

    weekdays: Mapping[tuple[str, ...], int]
    months: Mapping[tuple[str, ...], int]
    """Gregorian months 1 to 12; months of the Iranian solar calendar from `SOLAR` + 1 on."""
    days: Mapping[tuple[str, ...], int]
    """Days of the month in words."""
    ambiguous: frozenset[tuple[str, ...]]
    relative: Mapping[tuple[str, ...], int]
    ago: tuple[tuple[str, ...], ...]
    night: tuple[tuple[str, ...], ...]
    last: frozenset[tuple[str, ...]]
    next: frozenset[tuple[str, ...]]
    leads: bool
    """Last and next stand only before the weekday: "on Sunday next to trucks" is no next Sunday."""
    coming: tuple[tuple[str, ...], ...]
    past_span: tuple[tuple[str, ...], ...]
    between: frozenset[str]
    between_and: frozenset[str]
    week: tuple[tuple[str, ...], ...]
    names: tuple[tuple[str, ...], ...]
    """Names that hold a date word and tell no date: the agency Baghdad Today."""
    onward: frozenset[str]
    """Words right behind a date that make it the beginning of a span: "17 October onward"."""
    ordinals: tuple[str, ...]
    firsts: frozenset[str]
    begins: dict[str, bool]
    """Words met, and whether a date may begin with them."""
    bares: dict[int, dict[tuple[str, ...], tuple[str, ...] | None]]
    """For each table the words met, as it has them without clitics and endings; None where it has not."""
    reach: dict[int, dict[str, int]]
    """For each table the words met, and how many words its longest entry that may begin with them has."""
    opened: dict[int, dict[str, tuple[tuple[str, ...], ...]]]
    """For each list of phrases the words met, and the phrases that may begin with them."""


def _key(text: object) -> tuple[str, ...]:
    """A phrase as its words, `#` kept."""
    return tuple(w for piece in str(text).split() for w in (["#"] if piece == "#" else normal(piece).split()))


def date_words(tongue: Tongue) -> DateWords:
    """Compile the language's section `dates` once."""
    known = tongue.cache.get("dates")
    if isinstance(known, DateWords):
        return known
    data = tongue.data["dates"]
    lists = {
        k: tuple(_key(p) for p in data.get(k) or ())
        for k in ("ago", "night_before", "coming", "week", "past_span", "names")
    }
    maps = {
        k: {_key(w): int(v) for w, v in (data.get(k) or {}).items()}
        for k in ("weekdays", "months", "relative", "solar_months", "days")
    }
    maps["months"] |= {key: SOLAR + month for key, month in maps["solar_months"].items()}
    words = DateWords(
        weekdays=maps["weekdays"],
        months=maps["months"],
        days=maps["days"],
        ambiguous=frozenset(_key(w) for w in data.get("ambiguous_months") or ()),
        relative=maps["relative"],
        ago=lists["ago"],
        night=lists["night_before"],
        last=frozenset(_key(w) for w in data.get("last") or ()),
        next=frozenset(_key(w) for w in data.get("next") or ()),
        leads=data.get("qualifier_side") == "before",
        coming=lists["coming"],
        past_span=lists["past_span"],
        between=frozenset(normal(str(w)) for w in data.get("between") or ()),
        between_and=frozenset(normal(str(w)) for w in data.get("between_and") or ()),
        week=lists["week"],
        names=lists["names"],
        onward=frozenset(normal(str(w)) for w in data.get("onward") or ()),
        ordinals=tuple(normal(str(o)) for o in data.get("ordinals") or ()),
        firsts=frozenset(
            key[0]
            for table in (
                maps["weekdays"],
                maps["months"],
                maps["days"],
                maps["relative"],
                lists["ago"],
                lists["night_before"],
                lists["coming"],
                lists["week"],
                lists["past_span"],
                lists["names"],
            )
            for key in table
            if key
        ),
        begins={},
        bares={},
        reach={},
        opened={},
    )
    tongue.cache["dates"] = words
    return words


class _Finder:
    """Looks for dates in one sentence."""

    def __init__(self, reading: Reading, tongue: Tongue, published: datetime | None) -> None:
        self.reading, self.words = reading, date_words(tongue)
        self.before = tongue.affixes.before
        self.after = tongue.affixes.after
        self.today = published.astimezone(BAGHDAD).date() if published else None

    def may_begin(self, word: str) -> bool:
        """Whether a date can begin with a word, clitics and endings allowed."""
        firsts = self.words.firsts
        if word[:1].isdigit() or word in firsts:
            return True
        heads = ["", *(c for c in self.before if c and word.startswith(c))]
        for head in heads:
            bare = word[len(head) :]
            if bare in firsts:
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
            if len(known) < _REMEMBERED:
                known[texts[at]] = reach
        for length in range(min(4, reach, last - at), 0, -1):
            key = tuple(texts[at : at + length])
            if key in table:
                return table[key], at + length, key
            memory = self.words.bares.setdefault(id(table), {})
            bare = memory.get(key, key)
            if bare is key:
                bare = self.bare(key, table)
                if len(memory) < _REMEMBERED:
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
            first = ("#" if texts[at].isdigit() else texts[at], texts[at])
            opened = tuple(p for p in phrases if not p or p[0] in first)
            if len(known) < _REMEMBERED:
                known[texts[at]] = opened
        for parts in opened:
            if at + len(parts) > last:
                continue
            number: int | None = None
            for offset, part in enumerate(parts):
                word = texts[at + offset]
                if part == "#" and word.isdigit():
                    number = int(word)
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

    def solar_year(self, at: int, last: int) -> int | None:
        """A year of the Iranian calendar at a word, in four digits or in two ("98")."""
        word = self.reading.word(at) if at < last else ""
        if not word.isdigit() or len(word) not in (2, 4):
            return None
        year = int(word)
        if len(word) == 2:
            year += 1300 if year >= 50 else 1400 if word[0] == "0" else 0
        return year if year in _SOLAR_YEARS else None


def dates_in(
    reading: Reading, tongue: Tongue, first: int, last: int, published: datetime | None
) -> list[Dated]:
    """The date expressions among the words [first, last)."""
    finder = _Finder(reading, tongue, published)
    found: list[Dated] = []
    at = first
    begins, texts = finder.words.begins, reading.words
    while at < last:
        word = texts[at]
        may = begins.get(word)
        if may is None:
            may = begins[word] = finder.may_begin(word)
        if not may:
            at += 1
            continue
        if name := finder.phrase(finder.words.names, at, last):
            at = name[0]
            continue
        dated = _numeric(finder, at, last) or _calendar(finder, at, last) or _named(finder, at, last)
        if dated is None:
            at += 1
            continue
        found.append(dated)
        at = dated.last
    return _join_spans(finder, found)


def _numeric(finder: _Finder, at: int, last: int) -> Dated | None:
    """2020-08-18, 18.08.2020, 18/8/2020."""
    if at + 2 >= last:
        return None
    words = [finder.reading.word(at + i) for i in range(3)]
    gaps = {finder.reading.between(at).strip(), finder.reading.between(at + 1).strip()}
    if not all(w.isdigit() for w in words) or len(gaps) != 1 or not gaps <= {".", "/", "-"}:
        return None
    year = next((int(w) for w in (words[2], words[0]) if len(w) == 4), None)
    if year is None:
        return None
    day = int(words[0]) if len(words[2]) == 4 else int(words[2])
    solar = SOLAR * (year in _SOLAR_YEARS)
    return _on(finder, at, at + 3, year, solar + int(words[1]), day)


def _calendar(finder: _Finder, at: int, last: int) -> Dated | None:
    """A day and a month in either order, a month with a year, a month alone."""
    month = finder.match(finder.words.months, at, last)
    if month:
        value, end, key = month
        if value > SOLAR:
            return _solar_month(finder, at, last, month)
        day = finder.day(end) if end < last else None
        if day is not None and finder.year(end, last) is None:
            year = finder.year(end + 1, last)
            return _on(finder, at, end + 1 + (year is not None), year, value, day)
        year = finder.year(end, last)
        if year is not None:
            return _month(finder, at, end + 1, year, value)
        if key in finder.words.ambiguous:
            return None
        return _month(finder, at, end, None, value)
    spelled = finder.match(finder.words.days, at, last)
    day, behind = (spelled[0], spelled[1]) if spelled else (finder.day(at), at + 1)
    if day is None:
        return None
    month = finder.match(finder.words.months, behind, last) if behind < last else None
    if month is None and behind + 1 < last and len(finder.reading.word(behind)) <= 3:
        month = finder.match(finder.words.months, behind + 1, last)
    if month is None:
        return None
    year = (finder.solar_year if month[0] > SOLAR else finder.year)(month[1], last)
    return _on(finder, at, month[1] + (year is not None), year, month[0], day)


def _solar_month(
    finder: _Finder, at: int, last: int, month: tuple[int, int, tuple[str, ...]]
) -> Dated | None:
    """A month of the Iranian calendar without a day; most of its names are ordinary words, too."""
    value, end, key = month
    year = finder.solar_year(end, last)
    if year is None and key in finder.words.ambiguous:
        return None
    first = _day_of(year or _solar_today(finder), value, 1) if year or finder.today else None
    if first is None or finder.today is None:
        return Dated(at, end + (year is not None), precision=3, past=year is not None)
    if year is None and first > finder.today:
        first = _day_of(_solar_today(finder) - 1, value, 1)
    age = (finder.today - first).days
    return Dated(at, end + (year is not None), precision=3, past=age > 31, future=age < 0)


def _solar_today(finder: _Finder) -> int:
    """The solar year that begins in the year of publication."""
    return finder.today.year - 621 if finder.today else 0


def _day_of(year: int, month: int, day: int) -> date:
    """A calendar day of either calendar; ValueError where there is none."""
    if month <= SOLAR:
        return date(year, month, day)
    month -= SOLAR
    leap = (25 * year + 11) % 33 < 8
    if not 1 <= month <= 12 or not 1 <= day <= (31 if month < 7 else 30 if month < 12 or leap else 29):
        raise ValueError(f"no such day: {year}-{month}-{day}")
    since = sum(365 + ((25 * y + 11) % 33 < 8) for y in range(min(year, 1400), max(year, 1400)))
    start = date(2021, 3, 21) + timedelta(days=since if year >= 1400 else -since)
    return start + timedelta(days=(month - 1) * 31 - max(month - 7, 0) + day - 1)


def _named(finder: _Finder, at: int, last: int) -> Dated | None:
    """Weekdays, yesterday, three days ago, this week, tomorrow, in 2014."""
    words, today = finder.words, finder.today
    if hit := finder.phrase(words.coming, at, last):
        return Dated(at, hit[0], future=True)
    if hit := finder.phrase(words.ago, at, last):
        day = today - timedelta(days=hit[1]) if today and hit[1] is not None else None
        return Dated(at, hit[0], day=day, past=bool(hit[1] and hit[1] > 14))
    relative = finder.match(words.relative, at, last)
    if relative:
        return _relative(finder, at, relative[1], relative[0], last)
    if hit := finder.phrase(words.week, at, last):
        return Dated(at, hit[0], precision=2)
    weekday = finder.match(words.weekdays, at, last)
    if weekday:
        return _weekday(finder, at, weekday[1], weekday[0], last)
    hit = finder.phrase(words.past_span, at, last)
    if hit and hit[1] is not None and (1900 <= hit[1] <= 2100 or hit[1] in _SOLAR_YEARS):
        year = hit[1] + 621 * (hit[1] in _SOLAR_YEARS)
        return Dated(at, hit[0], precision=3, past=today is None or year < today.year)
    if finder.phrase(words.night, at, last):
        end = finder.phrase(words.night, at, last)
        return Dated(at, end[0] if end else at + 1, day=today, precision=1, weak=True)
    bare = finder.year(at, last)
    if (
        bare is not None
        and today
        and bare < today.year
        and finder.reading.between(at).strip() not in ("-", "/")
    ):
        return Dated(at, at + 1, precision=3, past=True)
    return None


def _relative(finder: _Finder, at: int, end: int, days: int, last: int) -> Dated:
    """Today or yesterday; a weekday right behind it settles which day the writer lived in ("yesterday, Friday")."""
    day = finder.today + timedelta(days=days) if finder.today else None
    named = finder.match(finder.words.weekdays, end, last) if end < last else None
    if named and day:
        off = (day.weekday() - named[0] + 3) % 7 - 3
        if abs(off) <= 1:
            return Dated(at, named[1], day=day - timedelta(days=off))
    return Dated(at, end, day=day)


def _weekday(finder: _Finder, at: int, end: int, weekday: int, last: int) -> Dated:
    """The last such day up to publication; one further back after "last", none yet after "next"."""
    beside = (at - 1,) if finder.words.leads else (at - 1, end)
    around = {(finder.reading.word(i),) for i in beside if 0 <= i < last}
    if around & finder.words.next:
        return Dated(at, end, future=True, weekday=True)
    if finder.today is None:
        return Dated(at, end, weekday=True)
    back = (finder.today.weekday() - weekday) % 7
    if back == 0 and around & finder.words.last:
        back = 7
    return Dated(at, end, day=finder.today - timedelta(days=back), weekday=True)


def _on(finder: _Finder, at: int, end: int, year: int | None, month: int, day: int) -> Dated | None:
    """A calendar day; without a year the last one up to shortly after publication."""
    guess = year or ((_solar_today(finder) if month > SOLAR else finder.today.year) if finder.today else None)
    if guess is None:
        return Dated(at, end, precision=1) if 1 <= month % SOLAR <= 12 else None
    try:
        when = _day_of(guess, month, day)
        if year is None and finder.today and when > finder.today + timedelta(days=3):
            when = _day_of(guess - 1, month, day) if (month, day) != (2, 29) else when
    except ValueError:
        return None
    past = finder.today is not None and when < finder.today - timedelta(days=31)
    future = finder.today is not None and when > finder.today + timedelta(days=1)
    return Dated(at, end, day=when, past=past, future=future)


def _month(finder: _Finder, at: int, end: int, year: int | None, month: int) -> Dated:
    """A month: precision 3, past unless it is this one or the one before."""
    if finder.today is None:
        return Dated(at, end, precision=3, past=year is not None)
    if year is None:
        year = finder.today.year - (month > finder.today.month)
    age = (finder.today.year - year) * 12 + finder.today.month - month
    return Dated(at, end, precision=3, past=age > 0, future=age < 0)


def _join_spans(finder: _Finder, found: list[Dated]) -> list[Dated]:
    """Two dates with "between … and …" or "from … to …" are a span, not two days."""
    reading, words = finder.reading, finder.words
    found = [
        replace(d, day=None, precision=2, span=True)
        if words.onward & {reading.word(i) for i in range(d.last, min(d.last + 3, len(reading.starts)))}
        else d
        for d in found
    ]
    for index in range(len(found) - 1):
        low, high = found[index], found[index + 1]
        opened = low.first > 0 and reading.word(low.first - 1) in words.between
        between = [reading.word(i) for i in range(low.last, high.first)]
        if opened and between and between[-1] in words.between_and and len(between) <= 2:
            if low.weekday and high.weekday and low.day and high.day == low.day + timedelta(days=1):
                # The night between two days: the deed counts for the second.
                return [*found[:index], replace(high, first=low.first), *found[index + 2 :]]
            joined = Dated(
                low.first, high.last, day=None, precision=2, span=True, past=low.past and high.past
            )
            return [*found[:index], joined, *_join_spans(finder, found[index + 2 :])]
    for index, dated in enumerate(found):
        # "between October 17 and 30": the second day stands without its month
        behind = dated.last + 1
        if dated.day and behind < len(reading.starts) and reading.word(dated.last) in words.between_and:
            opened = dated.first > 0 and reading.word(dated.first - 1) in words.between
            if opened and finder.day(behind) is not None:
                joined = Dated(dated.first, behind + 1, precision=2, span=True, past=dated.past)
                return [*found[:index], joined, *_join_spans(finder, found[index + 1 :])]
        if dated.day and (opening := _opening(finder, dated.first)) is not None:
            joined = Dated(opening, dated.last, precision=2, span=True, past=dated.past)
            return [*found[:index], joined, *found[index + 1 :]]
    return found


def _opening(finder: _Finder, at: int) -> int | None:
    """Where "between 4 and" begins before a day with its month; articles may stand between."""
    wanted = [finder.words.between_and, None, finder.words.between]
    step = 0
    for index in range(at - 1, max(at - 8, -1), -1):
        word = finder.reading.word(index)
        want = wanted[step]
        if (want is None and finder.day(index) is not None) or (want is not None and word in want):
            step += 1
            if step == len(wanted):
                return index
        elif len(word) > 3:
            return None
    return None
