"""A second deed that a further sentence tells: one of another day, what answered the first, a series; on the shipped lexicon."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial

import pytest

from tests.support import reports
from worker.domain.understanding.analyser import Analyser

MONDAY = datetime(2022, 2, 7, 10, tzinfo=UTC)
events_of = partial(reports.events_of, published=MONDAY)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fr",
            (
                "Un policier tué à Hawija\nUn policier a été tué dimanche par des hommes armés à Hawija. Jeudi, un officier "
                "de l'armée avait été abattu dans la même ville."
            ),
        ),
        (
            "de",
            (
                "Polizist in Hawidscha getötet\nBewaffnete haben am Sonntag in Hawidscha einen Polizisten erschossen. Am "
                "Donnerstag war dort ein Richter ermordet worden."
            ),
        ),
        (
            "tr",
            (
                "Havice'de polis öldürüldü\nHavice'de pazar günü silahlı kişilerin saldırısında bir polis öldürüldü. "
                "Perşembe günü de aynı ilçede bir subay evinin önünde vurularak öldürülmüştü."
            ),
        ),
        (
            "fa",
            (
                "کشته شدن یک پلیس در حویجه\nافراد مسلح روز یکشنبه یک پلیس را در حویجه کشتند. روز پنجشنبه نیز یک افسر ارتش "
                "در همین شهر به ضرب گلوله کشته شده بود."
            ),
        ),
    ],
)
def test_a_deed_of_another_day_close_by_is_told_as_well(analyser: Analyser, language: str, text: str) -> None:
    found = events_of(analyser, language, text)
    assert [(e.date, e.place, e.killed) for e in found] == [
        (date(2022, 2, 6), "Hawija", 1),
        (date(2022, 2, 3), "Hawija", 1),
    ]


@pytest.mark.parametrize(
    "further",
    [
        "On Wednesday the provincial council condemned the raids.",
        "On Friday the prime minister promised an inquiry after a series of attacks.",
    ],
)
def test_what_was_said_on_another_day_is_no_deed(analyser: Analyser, further: str) -> None:
    text = f"Drone strike in Sinjar\nA Turkish drone killed two fighters near Sinjar on Sunday. {further}"
    assert len(events_of(analyser, "en", text)) == 1


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        (
            "en",
            (
                "Iraq: activist shot dead in Karbala\nGunmen shot dead an activist in Karbala on Sunday. Hours later "
                "hundreds marched on the Iranian consulate and threw stones."
            ),
            "Violent demonstration",
        ),
        (
            "ar",
            (
                "اغتيال ناشط في كربلاء\nاغتال مسلحون مجهولون ناشطا في كربلاء أمس الأحد. وشارك المئات في تظاهرة خلال تشييعه "
                "للمطالبة بكشف القتلة."
            ),
            "Peaceful protest",
        ),
        (
            "es",
            (
                "Cuatro muertos en Kerbala\nCuatro personas murieron el domingo en Kerbala en un tiroteo entre dos tribus. "
                "El Ejército registró casas y se llevó a catorce hombres."
            ),
            "Arrests",
        ),
    ],
)
def test_what_a_deed_was_answered_with_is_an_event_of_its_own(
    analyser: Analyser, language: str, text: str, kind: str
) -> None:
    found = events_of(analyser, language, text)
    assert [e.sub_event_type for e in found][1:] == [kind]
    assert {e.place for e in found} == {"Karbala"}


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        (
            "en",
            (
                "Iraq: bomb hits convoy near Rumaitha\nA roadside bomb exploded beside supply trucks near Rumaitha on Sunday. "
                "In January eleven such bomb attacks on convoys were counted in the south."
            ),
            11,
        ),
        (
            "ar",
            (
                "انفجار عبوة برتل دعم في السماوة\nانفجرت عبوة ناسفة برتل دعم للتحالف الدولي قرب السماوة أمس الأحد. وشهد شهر "
                "كانون الثاني 11 هجوما بعبوات ناسفة على الأرتال."
            ),
            11,
        ),
        (
            "tr",
            (
                "Rumeysa'da konvoya bombalı saldırı\nIrak'ın Semave kentinde pazar günü konvoya bombalı saldırı düzenlendi. "
                "Ocak ayında konvoylara 7 bombalı saldırı yapıldı."
            ),
            7,
        ),
    ],
)
def test_a_series_counted_behind_the_event_is_one_with_that_count(
    analyser: Analyser, language: str, text: str, count: int
) -> None:
    first, series = events_of(analyser, language, text)
    assert (first.date, first.count) == (date(2022, 2, 6), None)
    assert (series.sub_event_type, series.date, series.place, series.count) == (
        "Remote explosive/landmine/IED",
        None,
        None,
        count,
    )


def test_a_count_of_last_year_is_background(analyser: Analyser) -> None:
    text = (
        "Iraq: bomb hits convoy near Rumaitha\nA roadside bomb exploded beside supply trucks near Rumaitha on Sunday. "
        "More than 200 attacks were recorded last year."
    )
    assert len(events_of(analyser, "en", text)) == 1


@pytest.mark.parametrize(
    ("language", "text", "tolls"),
    [
        (
            "en",
            (
                "Four Peshmerga killed near Kifri\nFour Peshmerga were killed when ISIS attacked their post near Kifri on "
                "Sunday. A relief unit rushing to the post hit a roadside bomb. Two of its men were hurt."
            ),
            [("Armed clash", 4, None), ("Remote explosive/landmine/IED", None, 2)],
        ),
        (
            "de",
            (
                "Drei Polizisten bei Hawidscha getötet\nBewaffnete haben am Sonntag bei Hawidscha drei Polizisten getötet. "
                "Eine Streife, die zu Hilfe eilte, fuhr auf eine Mine; zwei Soldaten wurden verletzt."
            ),
            [("Armed clash", 3, None), ("Remote explosive/landmine/IED", None, 2)],
        ),
        (
            "en",
            (
                "IS attack near Makhmour\nIslamic State militants raided a village near Makhmour on Sunday, killing three "
                "residents, then ambushed Peshmerga who rushed to help, killing seven."
            ),
            [("Attack", 3, None), ("Armed clash", 7, None)],
        ),
    ],
)
def test_those_who_came_to_help_and_were_hit_are_an_event_of_their_own(
    analyser: Analyser, language: str, text: str, tolls: list[tuple[str, int | None, int | None]]
) -> None:
    assert [(e.sub_event_type, e.killed, e.wounded) for e in events_of(analyser, language, text)] == tolls


def test_a_crowd_that_had_stormed_a_house_some_days_before_did_it_twice(analyser: Analyser) -> None:
    text = (
        "Sadr supporters storm Iraq's parliament again\nThousands of supporters of Moqtada al-Sadr broke into the Green "
        "Zone in Baghdad on Saturday. On Wednesday the crowd had already stormed the building."
    )
    found = events_of(analyser, "en", text)
    assert [(e.sub_event_type, e.date) for e in found] == [
        ("Violent demonstration", date(2022, 2, 5)),
        ("Violent demonstration", date(2022, 2, 2)),
    ]


def test_the_second_of_two_is_of_the_first_one_s_kind(analyser: Analyser) -> None:
    text = (
        "Iraq: two coalition convoys hit\nThe first was hit by a roadside bomb on Sunday near Samawah, wounding a driver. "
        "The second was hit on Monday at dawn near Hilla, causing no casualties."
    )
    found = events_of(analyser, "en", text)
    assert [(e.sub_event_type, e.place) for e in found] == [
        ("Remote explosive/landmine/IED", "Samawah"),
        ("Remote explosive/landmine/IED", "Hillah"),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Judge shot dead in Baghdad\nGunmen killed a judge in Baghdad on Sunday. No one was arrested.",
        ),
        (
            "de",
            (
                "Richter in Bagdad erschossen\nUnbekannte haben am Sonntag in Bagdad einen Richter erschossen. Festnahmen "
                "gab es bislang keine."
            ),
        ),
        (
            "en",
            "Judge shot dead in Baghdad\nGunmen killed a judge in Baghdad on Sunday. The minister vowed to arrest the killers.",
        ),
    ],
)
def test_arrests_that_nobody_made_are_none(analyser: Analyser, language: str, text: str) -> None:
    assert [e.sub_event_type for e in events_of(analyser, language, text)] == ["Attack"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Two drones hit Khurmala oil field, third shot down near Erbil airport\nThe fires were put out.",
        ),
        ("ar", "مسيّرتان تضربان حقل خورملة وإسقاط ثالثة قرب مطار أربيل\nوأخمدت فرق الدفاع المدني الحريق."),
    ],
)
def test_headline_tells_what_hit_and_what_was_shot_down_elsewhere(
    analyser: Analyser, language: str, text: str
) -> None:
    told = [(e.sub_event_type, e.place) for e in events_of(analyser, language, text)]
    assert told == [
        ("Air/drone strike", "Khurmala oil field"),
        ("Disrupted weapons use", "Erbil International Airport"),
    ]


def test_an_order_to_arrest_is_no_arrest(analyser: Analyser) -> None:
    told = events_of(
        analyser,
        "ar",
        "تفجير في كركوك\nقتل ثلاثة مدنيين بانفجار عبوة ناسفة في كركوك أمس. وأمر رئيس الوزراء بتوقيف آمر الفوج.",
    )
    assert [e.sub_event_type for e in told] == ["Remote explosive/landmine/IED"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "es",
            (
                "Ataques en Irak\nCazas turcos atacaron el domingo Sinyar y Majmur. En la primera murieron tres "
                "combatientes; en la segunda hubo dos muertos."
            ),
        ),
        (
            "en",
            (
                "Strikes in Iraq\nTurkish jets struck Sinjar and Makhmur on Sunday. In the first, three fighters died; in "
                "the second, two were killed."
            ),
        ),
    ],
)
def test_the_first_and_the_second_are_the_places_told_before(
    analyser: Analyser, language: str, text: str
) -> None:
    told = [(e.place, e.killed) for e in events_of(analyser, language, text)]
    assert told == [("Sinjar", 3), ("Makhmur", 2)]


def test_a_second_attack_in_days_is_not_the_second_of_two_places(analyser: Analyser) -> None:
    text = (
        "Bombs in Iraq\nTwo bombs exploded in Baquba and Mosul on Sunday. Police said the dead were all civilians. The "
        "second deadly attack in two days, it killed 12."
    )
    assert len(events_of(analyser, "en", text)) == 1
