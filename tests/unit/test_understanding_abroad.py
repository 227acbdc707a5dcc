"""Names of other countries and their towns: what is set there is not Iraq's."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.catalogue import ABROAD_COLUMNS, load_lexicon
from config.yamlfile import CatalogueError
from tests.support.lexicon import shipped_lexicon
from worker.domain.understanding.where.iraq import only_iraqis_abroad
from worker.domain.understanding.words.lexicon import Lexicon
from worker.domain.understanding.words.matcher import read
from worker.domain.understanding.words.meanings import Country


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return shipped_lexicon()


def countries(lexicon: Lexicon, language: str, text: str) -> set[str]:
    hits = read(text, lexicon.tongues[language]).hits
    return {h.meaning.code for h in hits if isinstance(h.meaning, Country)}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Police in Regensburg questioned two men", "DE"),
        ("fr", "La police de Nantes enquête", "FR"),
        ("de", "In Södertälje fielen Schüsse", "SE"),
        ("de", "In Sodertalje fielen Schüsse", "SE"),
        ("es", "La policía de Eskişehir detuvo a dos hombres", "TR"),
        ("tr", "Gaziantep'te bir ev yandı", "TR"),
        ("ar", "انفجار في مهاباد أمس", "IR"),
        ("fa", "انفجار در رومانی", "RO"),
        ("ckb", "تەقینەوەیەک لە ڕۆمانیا", "RO"),
    ],
)
def test_a_town_or_a_country_abroad_is_known(
    lexicon: Lexicon, language: str, text: str, expected: str
) -> None:
    assert expected in countries(lexicon, language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the bern of a calais bag"),  # small letters
        ("tr", "Ordu birlikleri bölgeye girdi"),  # the army, and a town on the Black Sea
        ("es", "Granada de mano contra una patrulla"),
        ("fa", "این انفجار خسارت مالی داشت"),
        ("ar", "تجمع سلمية في ساحة الثورة"),
    ],
)
def test_a_word_that_is_also_a_name_abroad_stays_a_word(lexicon: Lexicon, language: str, text: str) -> None:
    assert not countries(lexicon, language, text) - {"IQ"}


def test_no_name_abroad_is_one_of_iraq() -> None:
    data = load_lexicon()
    own = {n.strip() for p in data.places.values() for k in ("name", "en", "ar") for n in p[k].split("|")}
    abroad = {n for row in data.abroad for k in ABROAD_COLUMNS[2:] for n in row[k].split("|")}
    assert not (own & abroad) - {""}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("IQ\ttown\t\t\t\t\t\t\t\t\tFallujah\t", "no country abroad: 'IQ'"),
        ("fr\ttown\t\t\t\t\t\t\t\t\tNantes\t", "no country abroad: 'fr'"),
        ("FR\tcity\t\t\t\t\t\t\t\t\tNantes\t", "unknown kind 'city'"),
        ("FR\ttown" + "\t" * 12, "too many columns"),
    ],
)
def test_a_row_that_cannot_be_right_is_named_with_its_line(tmp_path: Path, row: str, told: str) -> None:
    (tmp_path / "abroad.tsv").write_text("\t".join(ABROAD_COLUMNS) + f"\n{row}\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=told) as caught:
        load_lexicon(tmp_path)
    assert caught.value.where == "abroad.tsv:2"


def test_an_overlay_adds_towns_abroad(tmp_path: Path) -> None:
    row = "SY\ttown\t\t\t\t\t\t\t\t\tTanaftown\tتنفتاون"
    (tmp_path / "abroad.tsv").write_text("\t".join(ABROAD_COLUMNS) + f"\n{row}\n", encoding="utf-8")
    assert any(r["latin"] == "Tanaftown" for r in load_lexicon(tmp_path).abroad)


@pytest.mark.parametrize(
    ("text", "abroad"),
    [
        ("Iraqi arrested in Hamburg, suspected of leading a militia backed by Iran", True),
        ("An Iraqi was arrested", False),
        ("Iraqi arrested in Hamburg after attacks in Mosul", False),
        ("The Iraqi army arrested a man from Hamburg", False),
        ("Iraqi militia strikes back at the US", False),
    ],
)
def test_iraqis_beside_places_abroad_are_told_from_iraqis_at_home(
    lexicon: Lexicon, text: str, abroad: bool
) -> None:
    assert only_iraqis_abroad(read(text, lexicon.tongues["en"]).hits) is abroad
