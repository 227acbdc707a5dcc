"""What words of a watch mean over the shipped lexicon, and what the shipped watch does with real sentences."""

from datetime import UTC, datetime

import pytest

from config.watchfile import load_severity, load_watches
from tests.support.lexicon import shipped_analyser, shipped_lexicon
from worker.domain.alerting.assemble import known_by
from worker.domain.alerting.lexical import LexiconIndex
from worker.domain.alerting.matching import match_text
from worker.domain.alerting.severity import SeverityPolicy
from worker.domain.alerting.watch import check, watch_of
from worker.domain.model import Origin

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def house():
    index = LexiconIndex(shipped_lexicon())
    known = known_by(index, ())
    rules = [
        check(watch_of(g.definition, origin=Origin.FILE, where=g.where), known, g.where)
        for g in load_watches()
    ]
    return index, rules, shipped_analyser(), SeverityPolicy.read(load_severity())


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("rocket attack", {"rocket_attack"}),
        ("tir de roquette", {"rocket_attack"}),
        ("Hashd", {"hashd"}),
        ("الحشد الشعبي", {"hashd"}),
        ("convoy", {"convoy"}),
        ("convois", {"convoy"}),
        ("rocket", {"rocket"}),
        ("صاروخ كاتيوشا", {"rocket"}),
        ("kidnapping", {"kidnapping"}),
        ("Baghdad", {"place:baghdad"}),
        ("quantum physics", set()),
    ],
)
def test_words_name_what_a_reader_means(house, words, ids):
    assert house[0].ids(words) == ids


def test_an_actor_covers_its_factions_and_a_term_is_shown_by_its_words(house):
    index = house[0]
    assert {"actor:kataib_hezbollah", "actor:badr"} <= index.covers("actor:hashd")
    assert "actor:isis" not in index.covers("actor:hashd")
    assert {"rocket", "missile"} <= index.worded_by("rocket_attack")


def test_places_are_found_in_any_language(house):
    index = house[0]
    assert index.point("Taji") == index.point("التاجي")
    assert index.point("Atlantis") is None


@pytest.mark.parametrize(
    ("text", "fires", "word"),
    [
        ("Rocket attack on base near Balad wounds two Iraqi contractors", True, "Rocket attack"),
        ("سقوط صاروخي كاتيوشا على قاعدة عين الأسد في الأنبار وإصابة جنديين", True, ""),
        ("Irak : un convoi logistique de la coalition visé par une bombe près de Diwaniya", True, "convoi"),
        ("Rockets beat Lakers in overtime", False, ""),
        ("Zwei Tote bei Lawine in Tirol", False, ""),
    ],
)
def test_the_shipped_watch_fires_for_incidents_in_any_language_and_for_nothing_else(house, text, fires, word):
    index, rules, reader, severity = house
    found = match_text(text, reader, rules, severity, index, NOW)
    (watch,) = found["watches"]
    assert watch["fires"] is fires, found
    assert not word or word in [words for words, _ in watch["words"]]
