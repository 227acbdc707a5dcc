"""Calendar days and months, of the Gregorian and the Iranian solar calendar, as dates of a text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from worker.domain.understanding.when.datewords import SOLAR
from worker.domain.understanding.when.finder import Finder


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
    back: int = 0
    """The deed behind it was so many days before the day that the sentence names: "three days after the shelling"."""
    later: int = 0
    """So many days after what was told before: "the next day"; it has no day until that one is known."""


def solar_month(finder: Finder, at: int, last: int, month: tuple[int, int, tuple[str, ...]]) -> Dated | None:
    """A month of the Iranian calendar without a day; most of its names are ordinary words, too."""
    value, end, key = month
    year = finder.solar_year(end, last)
    if year is None and key in finder.words.ambiguous:
        return None
    first = day_of(year or solar_today(finder), value, 1) if year or finder.today else None
    if first is None or finder.today is None:
        return Dated(at, end + (year is not None), precision=3, past=year is not None)
    if year is None and first > finder.today:
        first = day_of(solar_today(finder) - 1, value, 1)
    age = (finder.today - first).days
    return Dated(at, end + (year is not None), precision=3, past=age > 31, future=age < 0)


def solar_today(finder: Finder) -> int:
    """The solar year that begins in the year of publication."""
    return finder.today.year - 621 if finder.today else 0


def day_of(year: int, month: int, day: int) -> date:
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


def on_day(finder: Finder, at: int, end: int, year: int | None, month: int, day: int) -> Dated | None:
    """A calendar day; without a year one of the next weeks ("the polls of 11 November"), else the last one."""
    guess = year or ((solar_today(finder) if month > SOLAR else finder.today.year) if finder.today else None)
    if guess is None:
        return Dated(at, end, precision=1) if 1 <= month % SOLAR <= 12 else None
    try:
        when = day_of(guess, month, day)
        if year is None and finder.today and when > finder.today + timedelta(days=_AHEAD):
            when = day_of(guess - 1, month, day) if (month, day) != (2, 29) else when
    except ValueError:
        return None
    past = finder.today is not None and when < finder.today - timedelta(days=31)
    future = finder.today is not None and when > finder.today + timedelta(days=1)
    return Dated(at, end, day=when, past=past, future=future)


_AHEAD = 75
"""Days ahead within which a day without a year is to come, and not of the year before."""


def in_month(finder: Finder, at: int, end: int, year: int | None, month: int) -> Dated:
    """A month: precision 3, past unless it is this one or the one before."""
    if finder.today is None:
        return Dated(at, end, precision=3, past=year is not None)
    if year is None:
        year = finder.today.year - (month > finder.today.month)
    age = (finder.today.year - year) * 12 + finder.today.month - month
    return Dated(at, end, precision=3, past=age > 0, future=age < 0)
