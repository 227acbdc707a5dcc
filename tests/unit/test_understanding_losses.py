"""The dead of both sides of a fight, bombers who were stopped, round-ups by town; on the shipped lexicon."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest

from tests.support import reports
from worker.domain.understanding.analyser import Analyser

WEDNESDAY = datetime(2023, 6, 14, 10, tzinfo=UTC)
events_of = partial(reports.events_of, published=WEDNESDAY)
only_event = partial(reports.only_event, published=WEDNESDAY)
PREVENTED = "Disrupted weapons use"


@pytest.mark.parametrize(
    ("language", "text", "dead"),
    [
        (
            "en",
            "Clash\nFour soldiers were killed in clashes with ISIS near Hawija, and three militants also died.",
            7,
        ),
        ("ar", "اشتباك\nقتل جنديان في اشتباك مع داعش في الحويجة أمس، وقتل مسلح واحد.", 3),
        ("fa", "درگیری\nدر درگیری با داعش در حویجه دو سرباز کشته شدند و سه داعشی به هلاکت رسیدند.", 5),
        ("ckb", "شەڕ\nلە شەڕێک لەگەڵ داعش لە حەویجە سێ سەرباز کوژران و پێنج چەکداری داعشیش کوژران.", 8),
    ],
)
def test_the_dead_of_both_sides_of_a_fight_are_added_up(
    analyser: Analyser, language: str, text: str, dead: int
) -> None:
    assert [e.killed for e in events_of(analyser, language, text)] == [dead]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Samarra\nPolice in Samarra shot dead a suicide bomber before he could detonate his vest."),
        ("ar", "سامراء\nقتلت الشرطة انتحاريا في سامراء قبل أن يفجر نفسه."),
        ("fa", "سامرا\nپلیس عراق یک عامل انتحاری را پیش از آنکه خود را منفجر کند در سامرا از پای درآورد."),
        ("ckb", "کەرکووک\nپۆلیس لە کەرکووک خۆکوژێکیان پێش ئەوەی خۆی بتەقێنێتەوە کوشت."),
        ("tr", "Kerkük\nPolis Kerkük'te bir canlı bombayı kendini patlatamadan öldürdü."),
    ],
)
def test_a_bomber_killed_in_time_is_an_attack_prevented(analyser: Analyser, language: str, text: str) -> None:
    assert [(e.sub_event_type, e.killed) for e in events_of(analyser, language, text)] == [(PREVENTED, 1)]


def test_a_bomber_who_fired_before_the_blast_was_not_stopped(analyser: Analyser) -> None:
    text = "الكوت\nأطلق انتحاري النار على نقطة تفتيش في الكوت قبل أن يفجر نفسه فقتل ثلاثة جنود."
    assert [e.sub_event_type for e in events_of(analyser, "ar", text)] == ["Suicide bomb"]


def test_those_who_repel_an_attack_were_attacked(analyser: Analyser) -> None:
    text = "Amerli\nHashd fighters repelled an ISIS attack on a base south of Amerli on Tuesday."
    event = only_event(analyser, "en", text)
    assert (event.actors, "hashd" in event.targets) == (("isis",), True)


def test_where_every_paragraph_opens_with_a_town_baghdad_is_a_place_too(analyser: Analyser) -> None:
    text = (
        "Security developments in Iraq\nMOSUL - Gunmen killed two policemen on Tuesday, police said.\n"
        "BAGHDAD - A roadside bomb wounded four civilians, police said."
    )
    assert [e.place for e in events_of(analyser, "en", text)] == ["Mosul", "Baghdad"]


def test_the_market_in_a_towns_name_was_not_hit(analyser: Analyser) -> None:
    text = "الناصرية\nانفجرت عبوة ناسفة على دورية للشرطة في سوق الشيوخ أمس."
    event = only_event(analyser, "ar", text)
    assert "market" not in event.targets


def test_a_sentence_that_opens_with_another_town_and_its_own_dead_is_another_event(
    analyser: Analyser,
) -> None:
    text = (
        "هجومان\nقتل شرطيان بهجوم لداعش في كركوك أمس.\nوفي الحويجة هاجم عناصر التنظيم نقطة للجيش فقتل جندي."
    )
    assert [(e.place, e.killed) for e in events_of(analyser, "ar", text)] == [("Kirkuk", 2), ("Hawija", 1)]


def test_a_count_that_passed_a_figure_gives_way_to_the_exact_one(analyser: Analyser) -> None:
    text = (
        "شمار کشته‌های انفجار کربلا از ۳۰ نفر گذشت\n"
        "مقام‌های عراقی گفتند شمار قربانیان انفجار دیروز خودروی بمب‌گذاری‌شده در کربلا به ۳۴ نفر رسیده است."
    )
    assert [e.killed for e in events_of(analyser, "fa", text)] == [34]


def test_where_a_house_was_hit_its_owner_was_not(analyser: Analyser) -> None:
    text = "الناصرية\nألقى مجهولون رمانة يدوية على دار طبيب في الناصرية ليلة أمس دون إصابات."
    assert [e.targets for e in events_of(analyser, "ar", text)] == [("homes",)]


def test_a_day_right_before_the_verb_of_saying_is_the_speakers(analyser: Analyser) -> None:
    text = "کەرکووک\nتەندروستیی کەرکووک ئەمڕۆ ڕایگەیاند تەقینەوەی ئۆتۆمبێلێکی بۆمبڕێژکراو کە دوێنێ ڕوویدا سێ کەسی کوشت."
    assert [e.date and e.date.day for e in events_of(analyser, "ckb", text)] == [13]


def test_a_second_bomber_who_was_stopped_is_another_event(analyser: Analyser) -> None:
    text = (
        "حمله انتحاری در کاظمین؛ انتحاری دوم پیش از انفجار از پا درآمد\n"
        "یک تروریست انتحاری امروز در کاظمین خود را منفجر کرد و ۹ نفر را به شهادت رساند.\n"
        "دقایقی بعد پلیس انتحاری دوم را پیش از منفجر کردن کمربندش کشتند."
    )
    found = [(e.sub_event_type, e.killed) for e in events_of(analyser, "fa", text)]
    assert found == [("Suicide bomb", 9), (PREVENTED, 1)]


def test_a_figure_before_explosions_counts_no_dead(analyser: Analyser) -> None:
    text = (
        "ژمارەی قوربانییانی دوو تەقینەوەکەی کەرکووک زیادی کرد\nتەندروستیی کەرکووک ڕایگەیاند حەوت کەس کوژراون."
    )
    assert [e.killed for e in events_of(analyser, "ckb", text)] == [7]


def test_a_field_called_by_its_name_was_hit_and_the_spokesmans_force_was_not(analyser: Analyser) -> None:
    text = "مسيرة\nسقطت طائرة مسيرة مفخخة أمس في حقل غرب القرنة، على ما أفاد المتحدث باسم التحالف الدولي."
    assert [e.targets for e in events_of(analyser, "ar", text)] == [("oil_facility",)]
