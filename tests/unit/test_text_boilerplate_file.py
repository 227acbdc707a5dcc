"""The file of phrases: read whole, checked, and laid over by an operator's own."""

from pathlib import Path

import pytest

from config.boilerplate import FILE, load_boilerplate, load_walls
from config.yamlfile import CatalogueError


def test_the_shipped_file_words_all_eight_languages() -> None:
    lists = load_boilerplate()
    assert set(lists) == {"hidden", "more", "lines", "tails", "share", "credits", "agencies"}
    for phrase in ("read more", "lire la suite", "weiterlesen", "leer más", "devamını oku", "اقرأ المزيد"):
        assert phrase in lists["more"]
    assert {"زیاتر بخوێنەوە", "ادامه مطلب"} <= set(lists["more"])
    assert set(load_walls()) == {"consent", "paywall", "javascript", "challenge"}
    assert all(load_walls().values())


def test_the_blessings_around_a_statement_are_none_of_its_text() -> None:
    assert {"بسم الله الرحمن الرحيم", "ومن الله التوفيق"} <= set(load_boilerplate()["lines"])


def test_an_overlay_adds_to_the_shipped_phrases(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(
        "languages:\n  en:\n    more: [onwards]\nwalls:\n  paywall: [pay here]\n", encoding="utf-8"
    )
    assert load_boilerplate(tmp_path)["more"] == (*load_boilerplate()["more"], "onwards")
    assert "pay here" in load_walls(tmp_path)["paywall"]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("languages:\n  en:\n    mroe: [x]\n", 3, "mroe"),
        ("hidden: [a]\nextra: [b]\n", 2, "extra"),
        ("services:\n  - fb\n  - on\n", 3, "True is no phrase"),
        ("languages:\n  en:\n    lines:\n      - '*'\n", 4, "is no phrase"),
        ("languages: [en]\n", 1, "no mapping"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=rf"{FILE}:{line}: .*{says}"):
        load_boilerplate(tmp_path)
