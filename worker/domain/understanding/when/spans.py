"""Dates that are spans: between this day and that, from then on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from worker.domain.understanding.when.calendar import Dated
from worker.domain.understanding.when.finder import Finder

NIGHT_GAP = 2
"""Words between a night and its day: "the night of Monday", "la nuit du lundi"."""


def join_spans(finder: Finder, found: list[Dated]) -> list[Dated]:
    """Two dates with "between … and …" or "from … to …" are a span, not two days."""
    reading, words = finder.reading, finder.words
    found = _name_nights(finder, found)
    found = [
        replace(d, day=None, precision=2, span=True)
        if not d.weekday  # "held since Monday" began on Monday
        and words.onward & {reading.word(i) for i in range(d.last, min(d.last + 3, len(reading.starts)))}
        else d
        for d in found
    ]
    for index in range(len(found) - 1):
        low, high = found[index], found[index + 1]
        opened = any(reading.word(i) in words.between for i in range(max(low.first - 2, 0), low.first))
        between = [reading.word(i) for i in range(low.last, high.first)] or _joined_and(finder, low, high)
        if opened and 1 <= len(between) <= 2 and {between[0], between[-1]} & words.between_and:
            if low.weekday and high.weekday and low.day and high.day == low.day + timedelta(days=1):
                # The night between two days: the deed counts for the second.
                return [*found[:index], replace(high, first=low.first), *found[index + 2 :]]
            joined = Dated(
                low.first, high.last, day=None, precision=2, span=True, past=low.past and high.past
            )
            return [*found[:index], joined, *join_spans(finder, found[index + 2 :])]
        if low.day and high.day and low.day != high.day and between and {*between} <= words.between_and:
            joined = Dated(low.first, high.last, day=None, precision=2, span=True)  # yesterday and today
            return [*found[:index], joined, *join_spans(finder, found[index + 2 :])]
    for index, dated in enumerate(found):
        # "between October 17 and 30": the second day stands without its month
        behind = dated.last + 1
        if dated.day and behind < len(reading.starts) and reading.word(dated.last) in words.between_and:
            opened = dated.first > 0 and reading.word(dated.first - 1) in words.between
            if opened and finder.day(behind) is not None:
                joined = Dated(dated.first, behind + 1, precision=2, span=True, past=dated.past)
                return [*found[:index], joined, *join_spans(finder, found[index + 1 :])]
        opening = _opening(finder, dated.first) if dated.day else None
        if dated.day and opening is None:
            opening = _other_day(finder, dated)
        if opening is not None:
            joined = Dated(opening, dated.last, precision=2, span=True, past=dated.past)
            return [*found[:index], joined, *found[index + 1 :]]
    return found


def _joined_and(finder: Finder, low: Dated, high: Dated) -> list[str]:
    """The "and" that is joined to the second date: Arabic *بين 17 تشرين الأول و1 تشرين الثاني*."""
    if low.last != high.first:
        return []
    word = finder.reading.word(high.first)
    return [j for j in finder.words.between_and if len(j) == 1 and len(word) > 1 and word.startswith(j)]


def _name_nights(finder: Finder, found: list[Dated]) -> list[Dated]:
    """Give a night to the day right behind or before it; of two days in turn ("from Monday to Tuesday") to the second."""
    named: list[Dated] = []
    nights = set()
    for dated in found:
        before = named[-1] if named else None
        exact = dated.precision == 1 and not (dated.weak or dated.future)
        if before and exact and dated.day and dated.first - before.last <= NIGHT_GAP:
            # Turkish "pazartesiyi salıya bağlayan gece" has the two days side by side
            turns = before.weekday and not finder.reading.between(before.last - 1).strip(" '’")
            follows = dated.weekday and (before.last in nights or (turns and before.last == dated.first))
            follows = follows and before.day == dated.day - timedelta(days=1)
            if before.weak or follows:
                named[-1] = replace(dated, first=before.first)
                nights.add(dated.last)
                continue
        told = before is not None and before.day is not None and before.precision == 1 and not before.weak
        if before and told and dated.weak and dated.first - before.last <= 1:
            named[-1] = replace(before, last=dated.last)  # "Sunday overnight"
            continue
        named.append(dated)
    return named


def _other_day(finder: Finder, dated: Dated) -> int | None:
    """Where another day stands that shares the month of the one behind "and": Turkish *16 ile 22 Aralık arasında*."""
    at = dated.first - 2
    if at < 0 or finder.reading.word(at + 1) not in finder.words.between_and:
        return None
    low, high = finder.day(at), finder.day(dated.first)
    return at if low is not None and high is not None and low < high else None


def _opening(finder: Finder, at: int) -> int | None:
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
