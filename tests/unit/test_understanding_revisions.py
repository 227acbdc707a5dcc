"""Tolls and days that a later sentence, or another word of the same one, changes; on the shipped lexicon."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.support.lexicon import shipped_analyser
from worker.domain.model import Document
from worker.domain.understanding.analyser import Analyser

WEDNESDAY = datetime(2026, 3, 11, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return shipped_analyser()


def first_event(analyser: Analyser, text: str, language: str):
    return analyser.analyse(Document(text, text.index("\n"), language, WEDNESDAY)).events[0]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            (
                "Ambush near Hawija\nGunmen ambushed a patrol near Hawija on Monday, killing three soldiers. "
                "Two of the wounded died later in hospital."
            ),
        ),
        (
            "fr",
            (
                "Attentat à Bakouba\nUn attentat a fait trois morts et huit blessés lundi à Bakouba. "
                "Deux des blessés ont succombé dans la nuit."
            ),
        ),
        (
            "en",
            "Bomb in Muqdadiya\nA bomb killed three people in Muqdadiya on Monday. The toll later rose to five.",
        ),
        (
            "tr",
            (
                "Bakuba'da saldırı\nBakuba'da pazartesi günü bombalı saldırıda üç kişi öldü. "
                "Ölü sayısı hastanede beşe çıktı."
            ),
        ),
    ],
)
def test_those_who_died_later_and_the_count_reached_hold(analyser, language, text):
    assert first_event(analyser, text, language).killed == 5


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Activist killed\nA figure of the 2019 protests was shot dead in Basra on Monday evening."),
        ("fr", "Militant tué\nUne figure de la contestation de 2019 a été abattue lundi soir à Bassora."),
        ("ar", "إصابة طفل\nأصيب طفل بانفجار لغم من مخلفات حرب 1980 في البصرة يوم الاثنين."),
    ],
)
def test_the_year_of_another_thing_hides_no_day(analyser, language, text):
    assert first_event(analyser, text, language).date == date(2026, 3, 9)
