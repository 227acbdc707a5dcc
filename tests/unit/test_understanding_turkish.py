"""Turkish: parts of a toll, case endings on figures and names, headlines that only announce; on the shipped lexicon."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.support.lexicon import shipped_analyser
from worker.domain.model import Document, Event
from worker.domain.understanding.analyser import Analyser

WEDNESDAY = datetime(2026, 3, 11, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return shipped_analyser()


def events(analyser: Analyser, text: str) -> tuple[Event, ...]:
    return tuple(analyser.analyse(Document(text, text.index("\n"), "tr", WEDNESDAY)).events)


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        (
            "Felluce'de patlama\nFelluce'de dün bir bombanın patlaması sonucu 6'sı sivil 9 kişi öldü, 3'ü ağır 14 kişi yaralandı.",
            9,
            14,
        ),
        ("Tikrit'te patlama\nTikrit'te dün bir bombanın patlaması sonucu 5'i sivil 7 kişi öldü.", 7, None),
        (
            "Tikrit'te patlama\nTikrit'te dün patlayan bomba iki asker ve bir sivilin ölümüne yol açtı.",
            3,
            None,
        ),
        ("Hit'te mayın\nRamadi'de dün mayına çarpan traktördeki bir çiftçi ile iki oğlu öldü.", 3, None),
        (
            "Musul'da patlama\nMusul'da dün bombanın patlaması sonucu 12 kişi öldü, 2 binden fazla kişi yaralandı.",
            12,
            2000,
        ),
        (
            "Musul'da hava saldırısı\nMusul'da dün düzenlenen hava saldırısının ardından petrol yüzde 4 yükseldi.",
            None,
            None,
        ),
    ],
)
def test_a_figure_counts_the_whole_and_not_its_parts(analyser, text, killed, wounded):
    (event,) = events(analyser, text)
    assert (event.killed, event.wounded) == (killed, wounded)


def test_a_mortar_in_the_genitive_sentence_is_no_air_raid(analyser):
    text = "Kayyara'da saldırı\nMusul'un güneyindeki Kayyara'da dün DEAŞ'ın havan saldırısında 6 asker hayatını kaybetti."
    (event,) = events(analyser, text)
    assert event.sub_event_type == "Shelling/artillery/missile attack"
    assert set(event.weapons) == {"mortar"}


def test_a_market_is_no_sunday(analyser):
    text = "Sadr kentinde bayram pazarında patlama\nSalı akşamı düzenlenen intihar saldırısında 30 kişi yaşamını yitirdi."
    (event,) = events(analyser, text)
    assert event.date == date(2026, 3, 10)


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        (
            "Kerrade'de katliam\nBağdat'ın Kerrade semtinde dün düzenlenen intihar saldırısında 30 kişi öldü.",
            "Suicide bomb",
            "Karrada",
        ),
        (
            "MİT'ten Irak'ta operasyon\nMİT, dün Sincar'da PKK'lı bir teröristi yakalayarak Türkiye'ye getirdi.",
            "Arrests",
            "Sinjar",
        ),
        (
            "Tarmiye'de köy baskını\nBağdat'ın kuzeyindeki Tarmiye ilçesinin Elbu Ferac köyüne dün akşam silahlı kişilerin düzenlediği saldırıda 8 sivil öldü.",
            "Attack",
            "Albu Faraj",
        ),
    ],
)
def test_a_headline_that_only_says_violence_is_what_the_first_sentence_tells(analyser, text, kind, place):
    (event,) = events(analyser, text)
    assert (event.sub_event_type, event.place) == (kind, place)


def test_turkish_soldiers_are_a_side_of_a_fight_and_fall_in_an_attack(analyser):
    (fight,) = events(
        analyser, "Hakurk'ta çatışma\nTürk askerleri ile PKK'lılar arasında dün Hakurk'ta çatışma çıktı."
    )
    assert set(fight.actors) == {"turkish_forces", "pkk"}
    (blow,) = events(
        analyser, "Metina'da saldırı\nMetina'da dün PKK'nın roketli saldırısında bir Türk askeri şehit oldu."
    )
    assert set(blow.actors) == {"pkk"}
    assert "soldiers" in blow.targets


def test_iraqs_men_who_were_hit_are_iraqi_forces(analyser):
    text = "Bakuba'da bomba\nBakuba'da dün yola döşenen bombanın patlaması sonucu iki polis yaralandı."
    found = analyser.analyse(Document(text, text.index("\n"), "tr", WEDNESDAY))
    assert "iraqi_forces" in found.terms
