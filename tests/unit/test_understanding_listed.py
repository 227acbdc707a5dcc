"""One deed in several places: lists, counts and dead place by place, the first and the second; on the shipped lexicon."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest

from tests.support import reports
from worker.domain.understanding.analyser import Analyser

WEDNESDAY = datetime(2026, 3, 18, 12, tzinfo=UTC)
events_of = partial(reports.events_of, published=WEDNESDAY)


@pytest.mark.parametrize(
    ("language", "text", "killed"),
    [
        (
            "en",
            (
                "US strikes militia sites\nUS jets struck a depot in Jurf al-Sakhar, south of Baghdad, on Monday and a "
                "headquarters in Qaim, where two fighters were killed."
            ),
            {"Jurf al-Sakhar": None, "Al-Qaim": 2},
        ),
        (
            "de",
            (
                "US-Angriffe im Irak\nUS-Drohnen haben am Montag ein Lager in Dschurf al-Sachar südlich von Bagdad sowie "
                "einen Posten in al-Kaim bombardiert. Dort wurden drei Kämpfer getötet."
            ),
            {"Jurf al-Sakhar": None, "Al-Qaim": 3},
        ),
        (
            "es",
            (
                "Bombardeos de EEUU en Irak\nAviones estadounidenses bombardearon el lunes un almacén en Yurf al Sajar, al "
                "sur de Bagdad, y un campamento en Al Qaim. En Al Qaim murieron tres combatientes."
            ),
            {"Jurf al-Sakhar": None, "Al-Qaim": 3},
        ),
        (
            "tr",
            (
                "ABD milisleri vurdu\nABD savaş uçakları pazartesi günü Bağdat'ın güneyindeki Curf es-Sahr'da bir mühimmat "
                "deposunu ve Kaim'de bir karargâhı vurdu. Kaim'de üç milis öldü."
            ),
            {"Jurf al-Sakhar": None, "Al-Qaim": 3},
        ),
        (
            "ar",
            (
                "غارات أمريكية في العراق\nقصفت طائرات أمريكية يوم الاثنين مقرا في جرف الصخر جنوب بغداد ومخزنا للحشد في "
                "سنجار. وقتل ثلاثة مقاتلين في سنجار."
            ),
            {"Jurf al-Sakhar": None, "Sinjar": 3},
        ),
        (
            "ar",
            (
                "طائرات مسيرة في العراق\nاستهدفت طائرات مسيرة يوم الاثنين حقل خورمالة النفطي في أربيل ومعسكرا قرب "
                "سنجار، من دون خسائر بشرية."
            ),
            {"Khurmala oil field": 0, "Sinjar": 0},
        ),
        (
            "fa",
            (
                "حمله ترکیه\nجنگنده‌های ترکیه روز دوشنبه منطقه متینا در شمال عمادیه و کوه گاره در دهوک را بمباران "
                "کردند."
            ),
            {"Metina (Mount Matin)": None, "Gara": None},
        ),
    ],
)
def test_a_list_goes_on_behind_a_bearing_and_each_place_keeps_its_dead(
    analyser: Analyser, language: str, text: str, killed: dict[str, int | None]
) -> None:
    assert {e.place: e.killed for e in events_of(analyser, language, text)} == killed


@pytest.mark.parametrize(
    "text",
    [
        "Drone strike\nA drone hit a car in Sinjar, west of Mosul, and the Kurdish authorities in Erbil condemned it.",
        "Turkish strike\nA Turkish drone hit a car in Sinjar on Monday and the wounded were taken to a hospital in Duhok.",
    ],
)
def test_what_somebody_else_did_elsewhere_is_in_no_list(analyser: Analyser, text: str) -> None:
    assert [e.place for e in events_of(analyser, "en", text)] == ["Sinjar"]


@pytest.mark.parametrize(
    ("language", "text", "counts"),
    [
        (
            "es",
            (
                "Ataques aéreos en Irak\nAviones de la coalición llevaron a cabo el martes nueve bombardeos contra el EI en "
                "Irak, cinco en las cercanías de Ramadi y cuatro cerca de Sinyar."
            ),
            {"Ramadi": 5, "Sinjar": 4},
        ),
        (
            "en",
            (
                "Coalition carries out 11 air strikes in Iraq\nThe coalition conducted eleven air strikes against Islamic "
                "State in Iraq on Monday. Seven hit targets near Ramadi and four were in the area around Baiji."
            ),
            {"Ramadi": 7, "Baiji": 4},
        ),
        (
            "de",
            (
                "Zehn Luftschläge gegen IS\nDie Koalition flog am Dienstag zehn Luftangriffe gegen den IS im Irak. Sechs "
                "davon galten Zielen bei Ramadi, vier trafen Ziele in der Umgebung von Kirkuk."
            ),
            {"Ramadi": 6, "Kirkuk": 4},
        ),
        (
            "tr",
            (
                "Koalisyon Irak'ta 12 hava saldırısı düzenledi\nKoalisyon uçakları pazartesi günü Irak'ta IŞİD hedeflerine "
                "12 hava saldırısı düzenledi; saldırıların 7'si Musul, 5'i Beyci yakınlarında gerçekleşti."
            ),
            {"Mosul": 7, "Baiji": 5},
        ),
    ],
)
def test_strikes_counted_place_by_place_are_an_event_each(
    analyser: Analyser, language: str, text: str, counts: dict[str, int]
) -> None:
    assert {e.place: e.count for e in events_of(analyser, language, text)} == counts


@pytest.mark.parametrize(
    ("language", "text", "killed"),
    [
        (
            "tr",
            (
                "Irak'ta patlamalar: 8 ölü\nIrak'ta pazartesi günü düzenlenen bombalı saldırılarda Bakuba'da 5, Kerkük'te 3 "
                "kişi öldü."
            ),
            {"Baqubah": 5, "Kirkuk": 3},
        ),
        (
            "de",
            (
                "Acht Tote bei Anschlägen\nBei Bombenanschlägen sind am Montag in Bakuba fünf und in Kirkuk drei Menschen "
                "getötet worden."
            ),
            {"Baqubah": 5, "Kirkuk": 3},
        ),
        (
            "tr",
            (
                "MSB: 7 terörist etkisiz\nMilli Savunma Bakanlığı, Irak'ın kuzeyindeki Metina'da 4, Zap'ta 3 PKK'lı "
                "teröristin hava harekatıyla etkisiz hale getirildiğini bildirdi."
            ),
            {"Metina (Mount Matin)": None, "Zap": None},
        ),
    ],
)
def test_figures_behind_their_places_are_those_of_each(
    analyser: Analyser, language: str, text: str, killed: dict[str, int | None]
) -> None:
    assert {e.place: e.killed for e in events_of(analyser, language, text)} == killed


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            (
                "Two coalition convoys hit\nThe first bomb hit a coalition convoy near Samawah on Sunday evening. The second "
                "went off this morning south of Hilla, wounding a driver."
            ),
        ),
        (
            "fr",
            (
                "Deux convois touchés en Irak\nLe premier convoi a été frappé dimanche soir par une bombe près de Samawa. Le "
                "second l'a été ce mercredi à l'aube à hauteur de Hilla, sans faire de victime."
            ),
        ),
        (
            "tr",
            (
                "İki konvoya bombalı saldırı\nKoalisyona ait iki ikmal konvoyu pazartesi günü yola yerleştirilen bombalarla "
                "hedef alındı; biri Semave yakınlarında, diğeri Hilla'da."
            ),
        ),
        (
            "de",
            (
                "Zwei Konvois im Irak angegriffen\nZwei Konvois der Koalition sind am Montag von Sprengsätzen getroffen "
                "worden, einer bei Samawa und der andere bei Hilla."
            ),
        ),
    ],
)
def test_the_first_and_the_second_are_two_events(analyser: Analyser, language: str, text: str) -> None:
    found = events_of(analyser, language, text)
    assert [e.place for e in found] == ["Samawah", "Hillah"]
    assert {e.sub_event_type for e in found} == {"Remote explosive/landmine/IED"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "de",
            (
                "Anschlagsserie im Irak\nMehrere Autobomben sind am Montag in schiitischen Vierteln von Bagdad explodiert, "
                "darunter in Sadr City und Schula. Mindestens 30 Menschen starben."
            ),
        ),
        (
            "ar",
            (
                "موجة تفجيرات في العراق\nقتل 30 شخصا يوم الاثنين في انفجار ست سيارات مفخخة ضربت أحياء في العاصمة "
                "العراقية، بينها مدينة الصدر والشعلة."
            ),
        ),
    ],
)
def test_quarters_named_as_examples_leave_the_wave_to_the_city(
    analyser: Analyser, language: str, text: str
) -> None:
    assert [(e.place, e.killed) for e in events_of(analyser, language, text)] == [("Baghdad", 30)]


def test_arrests_counted_place_by_place_are_an_event_each(analyser: Analyser) -> None:
    text = "Arrests\nSecurity forces arrested three suspects in Mosul and two in Kirkuk on Monday, the army said."
    assert [(e.sub_event_type, e.place) for e in events_of(analyser, "en", text)] == [
        ("Arrests", "Mosul"),
        ("Arrests", "Kirkuk"),
    ]


def test_bombs_counted_together_in_quarters_are_one_wave_in_their_city(analyser: Analyser) -> None:
    text = (
        "Irak'ta bombalar\nBağdat'ın Şula ve Kazımiye semtlerinde pazartesi günü park halindeki 6 bomba yüklü araç "
        "patladı. Patlamalarda 30 kişi öldü."
    )
    assert [(e.place, e.killed) for e in events_of(analyser, "tr", text)] == [("Baghdad", 30)]


def test_a_town_where_police_speak_at_the_head_is_where_it_happened(analyser: Analyser) -> None:
    text = (
        "تفجيرات في بغداد\nقتل 12 شخصا يوم الاثنين في انفجار سيارتين مفخختين في بغداد. وفي كركوك قالت الشرطة إن "
        "مسلحين هاجموا نقطة تفتيش وقتلوا ثلاثة من عناصرها."
    )
    assert [(e.place, e.killed) for e in events_of(analyser, "ar", text)] == [("Baghdad", 12), ("Kirkuk", 3)]
