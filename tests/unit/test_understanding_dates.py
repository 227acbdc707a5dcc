"""Dates of a sentence, resolved against publication in Iraq's time zone; on the shipped lexicon."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.support.reports import WEDNESDAY
from worker.domain.understanding.when.dates import dates_in
from worker.domain.understanding.words.matcher import read


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "on Tuesday", date(2026, 3, 10)),
        ("en", "on Wednesday", date(2026, 3, 11)),
        ("en", "yesterday", date(2026, 3, 10)),
        ("en", "on 2 March", date(2026, 3, 2)),
        ("en", "on March 2, 2026", date(2026, 3, 2)),
        ("fr", "mardi", date(2026, 3, 10)),
        ("ar", "أمس", date(2026, 3, 10)),
        ("fa", "دیروز", date(2026, 3, 10)),
        ("de", "am 9.3. wurden", date(2026, 3, 9)),
        ("es", "el 3 de junio de 2014", date(2014, 6, 3)),
        ("es", "el 3 de marzo del 2026", date(2026, 3, 3)),
        ("es", "el 3 de marzo de madrugada", date(2026, 3, 3)),
        ("tr", "pazartesi günü sabaha karşı", date(2026, 3, 9)),
        ("en", "yesterday at dawn", date(2026, 3, 10)),
        ("fr", "à l'aube", date(2026, 3, 11)),
        ("de", "im Morgengrauen des 9. März", date(2026, 3, 9)),
        ("tr", "ayın 9'unda", date(2026, 3, 9)),
        ("en", "on the 15th of this month", date(2026, 2, 15)),
        ("ar", "في التاسع من آذار", date(2026, 3, 9)),
        ("fa", "۱۸ اسفند", date(2026, 3, 9)),
        ("fa", "هجدهم اسفندماه ۱۴۰۴", date(2026, 3, 9)),
        ("fa", "۳۰ آبان", date(2025, 11, 21)),
        ("fa", "۲۴ آبان ۹۸", date(2019, 11, 15)),
        ("fa", "۱۳۹۵/۱۲/۳۰", date(2017, 3, 20)),
        ("tr", "dün", date(2026, 3, 10)),
        ("de", "am Montag", date(2026, 3, 9)),
        ("es", "ayer", date(2026, 3, 10)),
        ("ckb", "دوێنێ", date(2026, 3, 10)),
        ("en", "the day before yesterday", date(2026, 3, 9)),
        ("en", "a few hours ago", date(2026, 3, 11)),
        ("fr", "il y a deux jours", date(2026, 3, 9)),
        ("es", "hace tres días", date(2026, 3, 8)),
        ("de", "vor zwei Tagen", date(2026, 3, 9)),
        ("ckb", "سێ ڕۆژ پێش ئێستا", date(2026, 3, 8)),
        ("fr", "dans la nuit de lundi", date(2026, 3, 9)),
        ("fr", "dans la nuit de lundi à mardi", date(2026, 3, 10)),
    ],
)
def test_dates_are_resolved_against_publication(analyser, language, text, day):
    tongue = analyser.lexicon.tongues[language]
    reading = read(text, tongue)
    assert [d.day for d in dates_in(reading, tongue, 0, len(reading.starts), WEDNESDAY)] == [day]


def test_the_previous_evening_is_counted_from_the_day_named(analyser):
    tongue = analyser.lexicon.tongues["en"]
    reading = read("the army said on Tuesday that it lost two men the previous evening", tongue)
    dated = dates_in(reading, tongue, 0, len(reading.starts), WEDNESDAY)
    assert [d.day for d in dated] == [date(2026, 3, 10), date(2026, 3, 9)]


def test_the_day_is_iraqs_and_not_greenwichs(analyser):
    late = datetime(2026, 3, 10, 22, 30, tzinfo=UTC)  # already the 11th in Baghdad
    tongue = analyser.lexicon.tongues["en"]
    reading = read("today", tongue)
    assert dates_in(reading, tongue, 0, 1, late)[0].day == date(2026, 3, 11)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "entre le 17 février et le 1er mars"),
        ("ar", "بين 17 شباط و1 آذار"),
        ("de", "zwischen dem 17. Februar und dem 1. März"),
        ("es", "entre el 17 de febrero y el 1 de marzo"),
    ],
)
def test_articles_and_clitics_stand_inside_a_span(analyser, language, text):
    tongue = analyser.lexicon.tongues[language]
    reading = read(text, tongue)
    (dated,) = dates_in(reading, tongue, 0, len(reading.starts), WEDNESDAY)
    assert dated.span
    assert dated.day is None


def test_a_span_of_days_is_no_day(analyser):
    tongue = analyser.lexicon.tongues["en"]
    reading = read("between October 17 and 30", tongue)
    (dated,) = dates_in(reading, tongue, 0, len(reading.starts), WEDNESDAY)
    assert dated.span
    assert dated.day is None


@pytest.mark.parametrize(("language", "text"), [("fa", "از ۱۷ اکتبر تاکنون"), ("tr", "17 Ekim'den bu yana")])
def test_what_began_on_a_day_is_no_day(analyser, language, text):
    tongue = analyser.lexicon.tongues[language]
    reading = read(text, tongue)
    dated = dates_in(reading, tongue, 0, len(reading.starts), WEDNESDAY)[0]
    assert dated.span
    assert dated.day is None


@pytest.mark.parametrize("month", ["تیر", "مهر", "بهمن"])
def test_a_solar_month_that_is_an_ordinary_word_needs_a_number(analyser, month):
    tongue = analyser.lexicon.tongues["fa"]
    reading = read(month, tongue)
    assert dates_in(reading, tongue, 0, 1, WEDNESDAY) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "on 2-7 March"),
        ("de", "vom 2.-7. März"),
        ("ar", "في الفترة 2-7 آذار"),
        ("tr", "2-7 Mart arasında"),
        ("tr", "2 ile 7 Mart tarihleri arasında"),
    ],
)
def test_days_joined_before_their_month_are_a_span(analyser, language, text):
    tongue = analyser.lexicon.tongues[language]
    reading = read(text, tongue)
    dated = dates_in(reading, tongue, 0, len(reading.starts), WEDNESDAY)[0]
    assert (dated.span, dated.day) == (True, None)


def test_the_night_between_two_days_side_by_side_is_the_seconds(analyser):
    tongue = analyser.lexicon.tongues["tr"]
    reading = read("pazartesiyi salıya bağlayan gece", tongue)
    dated = dates_in(reading, tongue, 0, len(reading.starts), WEDNESDAY)[0]
    assert dated.day == (WEDNESDAY - timedelta(days=1)).date()
