"""Towns taken one after the other, each an event with its day."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.reports import events_of

TAKEN = "Non-state actor overtakes territory"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            (
                "Isis overruns more towns in Anbar\nAfter the border town of al-Qaim, in whose capture on Friday many fell, they took"
                " Rawa on Saturday. On Sunday they entered Rutba."
            ),
        ),
        (
            "de",
            (
                "Isis überrennt weitere Städte in Anbar\nNach dem Grenzort al-Qaim, bei dessen Eroberung am Freitag viele starben,"
                " nahmen sie am Samstag Rawa ein. Am Sonntag rückten sie in Rutba ein."
            ),
        ),
        (
            "es",
            "El EI toma más ciudades en Anbar\nEl EI tomó el viernes Al Qaim y el sábado Rawa. El domingo entró en Rutba.",
        ),
        (
            "tr",
            (
                "IŞİD Enbar'da yeni ilçeler ele geçirdi\nÖrgüt cuma günü El Kaim'i ele geçirdi, cumartesi günü Rava'yı aldı."
                " Örgüt pazar günü Rutba'ya girdi."
            ),
        ),
        (
            "ckb",
            (
                "داعش چەند شارێکی دیکەی ئەنبار دەگرێت\nداعش ڕۆژی هەینی دەستی بەسەر شاری قائیمدا گرت و ڕۆژی شەممە شاری ڕاوەی گرت."
                " ڕۆژی یەکشەممە چووە ناو ڕوتبە."
            ),
        ),
    ],
)
def test_towns_of_several_days_are_an_event_each_and_whoever_took_one_takes_the_next(
    analyser,
    language,
    text,
):
    found = events_of(analyser, language, text)
    assert [(e.sub_event_type, e.place, e.date) for e in found] == [
        (TAKEN, "Al-Qaim", date(2026, 3, 6)),
        (TAKEN, "Rawah", date(2026, 3, 7)),
        (TAKEN, "Rutba", date(2026, 3, 8)),
    ]
    assert all(e.actors == ("isis",) for e in found)


def test_who_only_enters_a_town_has_not_taken_it(analyser):
    text = (
        "Convoy in Hawija\nAn army convoy entered Hawija on Tuesday after a bomb killed two soldiers there."
    )
    assert all("territory" not in e.sub_event_type for e in events_of(analyser, "en", text))


def test_the_fallen_of_a_fight_do_not_make_who_took_the_town(analyser):
    text = (
        "Les jihadistes s'emparent de Sinjar\nLes jihadistes de l'État islamique se sont emparés lundi de Sinjar. La veille, ils"
        " avaient pris Zoumar, au terme de combats qui ont coûté la vie à 16 peshmergas."
    )
    found = events_of(analyser, "fr", text)
    assert [(e.sub_event_type, e.place, e.killed) for e in found] == [
        (TAKEN, "Sinjar", None),
        (TAKEN, "Zummar", 16),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "de",
            "IS nimmt zwei Städte ein\nAna fiel am Samstag, tags darauf rückten die Extremisten des IS in Rutba ein.",
        ),
        ("en", "ISIS takes two towns\nISIS captured Ana on Saturday and the next day captured Rutba."),
    ],
)
def test_the_day_after_is_counted_from_the_day_before_it_in_the_sentence(analyser, language, text):
    found = events_of(analyser, language, text)
    assert [(e.sub_event_type, e.place, e.date) for e in found] == [
        (TAKEN, "Anah", date(2026, 3, 7)),
        (TAKEN, "Rutba", date(2026, 3, 8)),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Isis captures Rawa in Anbar\nIsis captured the town of Rawa in Anbar on Tuesday. Isis entered Rawa from three sides.",
        ),
        (
            "ckb",
            "ڕاوە کەوتە دەست چەکدارانی داعش\nبەیانیی سێشەممە چەکدارانی داعش لە دوو لاوە چوونە ناو قەزای ڕاوە لە پارێزگای ئەنبار.",
        ),
    ],
)
def test_how_a_town_was_entered_by_those_who_took_it_is_no_move_of_its_own(analyser, language, text):
    found = events_of(analyser, language, text)
    assert [e.sub_event_type for e in found] == [TAKEN]


def test_another_force_that_enters_a_town_taken_before_is_told_of_its_own(analyser):
    text = "Isis captures Rawa in Anbar\nIsis captured Rawa in Anbar on Monday. The army entered Rawa on Tuesday."
    found = events_of(analyser, "en", text)
    assert [e.actors for e in found if e.sub_event_type == TAKEN] == [("isis",)]
