"""Whose people a toll counts, verb-first clauses, days that later reports share; on the shipped lexicon."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.reports import events_of, only_event
from worker.domain.understanding.analyser import Analyser


@pytest.mark.parametrize(
    ("language", "title", "body"),
    [
        (
            "ar",
            "مقتل 15 عنصراً من داعش بغارات للتحالف الدولي في كركوك",
            "قتل 15 عنصراً من تنظيم داعش في غارات نفذها طيران التحالف الدولي اليوم قرب الحويجة في محافظة كركوك.",
        ),
        (
            "fa",
            "۱۵ نفر از داعش در حمله هوایی ائتلاف در کرکوک کشته شدند",
            "جنگنده‌های ائتلاف بین‌المللی امروز مواضع داعش در الحویجه عراق را بمباران کردند و ۱۵ نفر از داعش کشته شدند.",
        ),
        (
            "en",
            "Coalition air strikes kill 15 ISIS fighters near Hawija, Iraq",
            "Coalition warplanes killed 15 ISIS fighters near Hawija in Iraq's Kirkuk province on Wednesday.",
        ),
    ],
)
def test_the_dead_are_on_the_receiving_end(analyser: Analyser, language: str, title: str, body: str) -> None:
    event = events_of(analyser, language, title, body)[0]
    assert "isis" in event.targets
    assert "isis" not in event.actors
    assert event.killed == 15


def test_who_killed_stands_before_the_figure_and_stays_the_doer(analyser: Analyser) -> None:
    event = events_of(
        analyser,
        "ar",
        "داعش يقتل ثلاثة من البيشمركة قرب داقوق",
        "هاجم مسلحو داعش نقطة للبيشمركة قرب داقوق جنوبي كركوك مساء أمس وقتلوا ثلاثة من قوات البيشمركة.",
    )[0]
    assert event.actors == ("isis",)
    assert "peshmerga" in event.targets
    assert event.killed == 3


def test_rebels_killed_by_forces_make_a_clash(analyser: Analyser) -> None:
    event = events_of(
        analyser,
        "ar",
        "مقتل أربعة من داعش في حمرين",
        "أعلن الجيش العراقي اليوم الأربعاء مقتل أربعة من عناصر داعش في جبال حمرين بمحافظة ديالى.",
    )[0]
    assert event.sub_event_type == "Armed clash"


def test_a_clause_may_begin_with_its_verb(analyser: Analyser) -> None:
    first, second = events_of(
        analyser,
        "ar",
        "تفجيران في العراق",
        "أسفر انفجار سيارة مفخخة في حي البياع ببغداد اليوم عن مقتل 18 شخصاً، فيما قتل اثنان بتفجير عبوة ناسفة في "
        "بعقوبة.",
    )
    assert (first.place, first.killed) == ("Bayaa", 18)
    assert (second.place, second.killed) == ("Baqubah", 2)


def test_a_later_report_shares_the_day_of_the_one_before(analyser: Analyser) -> None:
    events = events_of(
        analyser,
        "ar",
        "تفجيرات في بغداد وديالى",
        "قتل ثلاثة أشخاص بانفجار عبوة ناسفة في الكرادة وسط بغداد أمس الثلاثاء. وأفاد مصدر أمني بأن عبوة ناسفة "
        "أخرى انفجرت في بعقوبة وأسفرت عن مقتل اثنين.",
    )
    assert [e.date for e in events] == [date(2026, 3, 10)] * 2


def test_a_figure_of_people_counts_no_raids(analyser: Analyser) -> None:
    event = events_of(
        analyser,
        "ar",
        "50 قتيلاً بغارات على داعش في الحويجة",
        "قتل 50 من عناصر داعش في غارات لطيران التحالف على الحويجة جنوب غربي كركوك اليوم.",
    )[0]
    assert event.count is None
    assert event.killed == 50


@pytest.mark.parametrize(
    ("language", "title", "kind"),
    [
        ("de", "Zahlreiche Tote nach Anschlagsserie im Irak", "Attack"),
        ("de", "Irak: Viele Verletzte bei Doppelanschlag in Kirkuk", "Attack"),
        ("de", "Irak: Drei Tote durch Autobomben in Kirkuk", "Remote explosive/landmine/IED"),
    ],
)
def test_a_series_of_attacks_is_no_bomb_by_itself(analyser, language, title, kind):
    assert [event.sub_event_type for event in events_of(analyser, language, title, "")] == [kind]


def test_the_headquarters_of_a_front_is_a_party_office(analyser):
    title = "Kerkük'te Türkmen Cephesi Genel Merkezi'ne roketli saldırı"
    event = only_event(analyser, "tr", title, "")
    assert "party_office" in event.targets


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Irakische Polizisten schießen in Nadschaf auf Demonstranten", "Excessive force against protesters"),
        ("Kurdische Truppen im Vormarsch gegen IS-Milizen bei Sindschar", "Armed clash"),
        ("Irak: Dschihadisten auf dem Vormarsch nach Kirkuk", "Change to group/activity"),
        ("IS zerstört alte Moschee in Mossul", "Looting/property destruction"),
        ("Irakische Armee übernimmt kampflos Tikrit", "Non-violent transfer of territory"),
        ("Fünf Tote bei Ausschreitungen in Basra", "Violent demonstration"),
    ],
)
def test_german_headlines_tell_an_event_in_few_words(analyser, title, kind):
    assert [event.sub_event_type for event in events_of(analyser, "de", title, "")] == [kind]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Villagers shot\nISIS shot dead four civilians at a disused base near Qayyarah on Monday, residents said.",
            "Attack",
        ),
        (
            "Base attacked\nGunmen shot at a base near Qayyarah on Monday, killing four people, police said.",
            "Armed clash",
        ),
        (
            "Clash at base\nISIS fighters clashed with soldiers at a base near Qayyarah on Monday and four civilians died.",
            "Armed clash",
        ),
    ],
)
def test_where_the_dead_are_civilians_by_name_a_shooting_is_no_clash(
    analyser: Analyser, text: str, kind: str
) -> None:
    event = only_event(analyser, "en", text)
    assert event.sub_event_type == kind
