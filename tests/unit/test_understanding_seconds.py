"""A second deed that a further sentence tells: one of another day, what answered the first, a series; on the shipped lexicon."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.support.lexicon import shipped_analyser
from worker.domain.model import Document, Event
from worker.domain.understanding.analyser import Analyser

MONDAY = datetime(2022, 2, 7, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return shipped_analyser()


def events(analyser: Analyser, language: str, text: str) -> tuple[Event, ...]:
    return analyser.analyse(Document(text, text.index("\n"), language, MONDAY)).events


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
    found = events(analyser, language, text)
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
    assert len(events(analyser, "en", text)) == 1


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
    found = events(analyser, language, text)
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
    first, series = events(analyser, language, text)
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
    assert len(events(analyser, "en", text)) == 1
