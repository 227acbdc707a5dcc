"""Function words are data: every language of the service has some, and a bad file is refused by line."""

import pytest

from config.common_words import load_common_words
from worker.domain.stories.words import content, folded, tokens
from worker.errors import ConfigError

LANGUAGES = ("en", "fr", "ar", "ckb", "fa", "tr", "es", "de")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_function_words(language):
    assert len(load_common_words()[language]) > 50


def test_they_are_left_out_in_any_spelling():
    common = folded({"ar": ["على", "إلى"]})["ar"]
    assert content(tokens("علي التاجی الى"), "en", common) == tokens("التاجي")


def test_an_overlay_adds_to_the_shipped_words(tmp_path):
    (tmp_path / "common_words.yaml").write_text("en: furthermore\nku: li\n", encoding="utf-8")
    words = load_common_words(tmp_path)
    assert {"furthermore", "the"} <= words["en"]
    assert words["ku"] == {"li"}


def test_a_list_in_place_of_a_text_is_refused_with_file_and_remedy(tmp_path):
    (tmp_path / "common_words.yaml").write_text("en: [the, a]\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"common_words\.yaml.*write the words with blanks between"):
        load_common_words(tmp_path)
