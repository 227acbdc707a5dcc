"""Dates in a text, resolved against publication in Iraq's time zone, with ACLED's time precision.

A weekday is the last one up to the day of publication, "in the night to Wednesday" the day that it
ends in. Whether a date belongs to the event or to who reported it is judged where events are made.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from worker.domain.understanding.when.calendar import Dated, in_month, on_day, solar_month
from worker.domain.understanding.when.datewords import REMEMBERED, SOLAR, SOLAR_YEARS
from worker.domain.understanding.when.finder import Finder
from worker.domain.understanding.when.spans import join_spans
from worker.domain.understanding.words.reading import Reading
from worker.domain.understanding.words.tongue import Tongue


def dates_in(
    reading: Reading, tongue: Tongue, first: int, last: int, published: datetime | None
) -> list[Dated]:
    """The date expressions among the words [first, last)."""
    finder = Finder(reading, tongue, published)
    found: list[Dated] = []
    at = first
    begins, texts = finder.words.begins, reading.words
    while at < last:
        word = texts[at]
        may = begins.get(word)
        if may is None:
            may = finder.may_begin(word)
            if len(begins) < REMEMBERED:
                begins[word] = may
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
    return join_spans(finder, _reckon(finder, found, first))


def _reckon(finder: Finder, found: list[Dated], first: int) -> list[Dated]:
    """Count "the previous evening" from the day that the sentence names before it, or from the event told before."""
    words = finder.words
    if not words.reckoned or not found:
        return found
    opening = tuple(finder.reading.words[found[0].first : found[0].last])
    closes = (
        len(found) == 1 and finder.reading.sentences[finder.reading.sentence_of[first]][1] == found[0].last
    )
    if opening in words.reckoned and (found[0].first <= first + 1 or closes):
        found[0] = replace(found[0], later=words.reckoned[opening])
    told: Dated | None = None
    reckoned = []
    for dated in found:
        key = tuple(finder.reading.words[dated.first : dated.last])
        if told and told.day and key in words.reckoned:
            reckoned.append(replace(dated, day=told.day + timedelta(days=words.reckoned[key])))
            continue
        if dated.precision == 1 and dated.day and not dated.future:
            told = dated
        reckoned.append(dated)
    return reckoned


def _numeric(finder: Finder, at: int, last: int) -> Dated | None:
    """2020-08-18, 18.08.2020, 18/8/2020, and 18.8. where a full stop makes ordinals."""
    if finder.words.stopped and (short := _day_and_month(finder, at, last)):
        return short
    if at + 2 >= last or not finder.reading.words[at].isdigit():
        return None
    words = [finder.reading.word(at + i) for i in range(3)]
    gaps = {finder.reading.between(at).strip(), finder.reading.between(at + 1).strip()}
    if not all(w.isdigit() for w in words) or len(gaps) != 1 or not gaps <= {".", "/", "-"}:
        return None
    year = next((int(w) for w in (words[2], words[0]) if len(w) == 4), None)
    if year is None:
        return None
    day = int(words[0]) if len(words[2]) == 4 else int(words[2])
    solar = SOLAR * (year in SOLAR_YEARS)
    return on_day(finder, at, at + 3, year, solar + int(words[1]), day)


def _day_and_month(finder: Finder, at: int, last: int) -> Dated | None:
    """A day and a month in figures, each with its full stop and no year behind: "am 12.6."."""
    reading = finder.reading
    if at + 1 >= last or finder.day(at) is None or finder.day(at + 1) is None:
        return None
    gap = reading.between(at + 1)
    if reading.between(at) not in (".", ". ") or not gap.startswith("."):
        return None
    if at + 2 < last and gap == "." and reading.word(at + 2).isdigit():
        return None
    return on_day(finder, at, at + 2, None, int(reading.word(at + 1)), int(reading.word(at)))


def _calendar(finder: Finder, at: int, last: int) -> Dated | None:
    """A day and a month in either order, a month with a year, a month alone."""
    month = finder.match(finder.words.months, at, last)
    if month:
        value, end, key = month
        if value > SOLAR:
            return solar_month(finder, at, last, month)
        day = finder.day(end) if end < last else None
        if day is not None and finder.year(end, last) is None:
            year = finder.year(end + 1, last)
            return on_day(finder, at, end + 1 + (year is not None), year, value, day)
        behind = finder.behind_month(end, last)
        year = finder.year(behind, last)
        if year is not None:
            return in_month(finder, at, behind + 1, year, value)
        if key in finder.words.ambiguous:
            return None
        return in_month(finder, at, end, None, value)
    spelled = finder.match(finder.words.days, at, last)
    day, behind = (spelled[0], spelled[1]) if spelled else (finder.day(at), at + 1)
    if day is None:
        return None
    month = finder.match(finder.words.months, behind, last) if behind < last else None
    if month is None and behind + 1 < last and len(finder.reading.word(behind)) <= 3:
        month = finder.match(finder.words.months, behind + 1, last)
        if month and (until := finder.day(behind)) is not None and until != day:
            return _days_in_a_row(finder, at, last, (day, until), month)
    if month is None:
        return None
    end = finder.behind_month(month[1], last)
    year = (finder.solar_year if month[0] > SOLAR else finder.year)(end, last)
    return on_day(finder, at, end + (year is not None), year, month[0], day)


def _days_in_a_row(
    finder: Finder, at: int, last: int, days: tuple[int, int], month: tuple[int, int, tuple[str, ...]]
) -> Dated | None:
    """Two days joined before their month: a span ("16-22 December"), or the night that ends in the second."""
    value, end = month[0], finder.behind_month(month[1], last)
    year = (finder.solar_year if value > SOLAR else finder.year)(end, last)
    dated = on_day(finder, at, end + (year is not None), year, value, days[1])
    if dated is None or days[1] - days[0] == 1:
        return dated
    return replace(dated, day=None, precision=2, span=True)


def _named(finder: Finder, at: int, last: int) -> Dated | None:
    """Weekdays, yesterday, three days ago, this week, tomorrow, in 2014."""
    words, today = finder.words, finder.today
    if hit := finder.phrase(words.coming, at, last):
        return Dated(at, hit[0], future=True)
    if hit := finder.phrase(words.this_month, at, last):
        return _in_this_month(finder, at, hit)
    if hit := finder.phrase(words.ago, at, last):
        day = today - timedelta(days=hit[1]) if today and hit[1] is not None else None
        return Dated(at, hit[0], day=day, past=bool(hit[1] and hit[1] > 14))
    if words.after_deed and (back := finder.match(words.after_deed, at, last)):
        return Dated(at, back[1], back=back[0])
    if later := finder.match(words.later, at, last):
        return Dated(at, later[1], later=later[0])
    relative = finder.match(words.relative, at, last)
    if relative:
        return _relative(finder, at, relative[1], relative[0], last)
    if hit := finder.phrase(words.week, at, last):
        return Dated(at, hit[0], precision=2)
    weekday = finder.match(words.weekdays, at, last)
    if weekday:
        return _weekday(finder, at, weekday[1], weekday[0], last)
    hit = finder.phrase(words.past_span, at, last)
    if hit and hit[1] is not None and (1900 <= hit[1] <= 2100 or hit[1] in SOLAR_YEARS):
        year = hit[1] + 621 * (hit[1] in SOLAR_YEARS)
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


def _in_this_month(finder: Finder, at: int, hit: tuple[int, int | None]) -> Dated | None:
    """A day of the month that goes on; of the one before where it lies ahead."""
    end, number = hit
    if number is None or finder.today is None:
        return Dated(at, end)
    month = finder.today.month
    found = on_day(finder, at, end, finder.today.year, month, number)
    if found is None or (found.day and found.day > finder.today):
        found = on_day(finder, at, end, finder.today.year - (month == 1), (month - 2) % 12 + 1, number)
    return found


def _relative(finder: Finder, at: int, end: int, days: int, last: int) -> Dated:
    """Today or yesterday; a weekday right behind it settles which day the writer lived in ("yesterday, Friday")."""
    day = finder.today + timedelta(days=days) if finder.today else None
    named = finder.match(finder.words.weekdays, end, last) if end < last else None
    if named and day:
        off = (day.weekday() - named[0] + 3) % 7 - 3
        if abs(off) <= 1:
            return Dated(at, named[1], day=day - timedelta(days=off))
    return Dated(at, end, day=day)


def _weekday(finder: Finder, at: int, end: int, weekday: int, last: int) -> Dated:
    """The last such day up to publication; one further back after "last", none yet after "next"."""
    beside = (at - 1,) if finder.words.leads else (at - 1, end)
    around = {(finder.reading.word(i),) for i in beside if 0 <= i < last}
    to_come = any(tuple(finder.reading.words[max(at - len(w), 0) : at]) == w for w in finder.words.ahead)
    if to_come or around & finder.words.next:
        return Dated(at, end, future=True, weekday=True)
    if finder.today is None:
        return Dated(at, end, weekday=True)
    back = (finder.today.weekday() - weekday) % 7
    if back == 0 and around & finder.words.last:
        back = 7
    return Dated(at, end, day=finder.today - timedelta(days=back), weekday=True)
