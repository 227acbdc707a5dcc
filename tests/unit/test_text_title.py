"""Headlines without markup and without the outlet behind them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.domain.text.title import CleanTitle, clean_title, headline_of, name_key


@pytest.mark.parametrize(
    ("raw", "source", "text", "suffix"),
    [
        ("Rockets hit base near Taji - Reuters", "Reuters World", "Rockets hit base near Taji", "Reuters"),
        (
            "Rockets hit base near Taji | The Tigris Wire",
            "Tigris Wire",
            "Rockets hit base near Taji",
            "The Tigris Wire",
        ),
        ("سقوط صاروخ على قاعدة التاجي | رووداو", "Rudaw", "سقوط صاروخ على قاعدة التاجي", "رووداو"),
        ("سقوط صاروخ على قاعدة التاجي - Al Akhbar", "Al-Akhbar", "سقوط صاروخ على قاعدة التاجي", "Al Akhbar"),
        ("L'EI exécute quatre « espions » à Routba", "", "L'EI exécute quatre « espions » à Routba", ""),
        (
            "Rockets hit base near Taji | World | The Wire",
            "",
            "Rockets hit base near Taji",
            "World | The Wire",
        ),
        (
            "Bagdad : deux roquettes près de l'aéroport",
            "Agence",
            "Bagdad : deux roquettes près de l'aéroport",
            "",
        ),
        ("Drones – a new threat", "Wire", "Drones – a new threat", ""),
        ("Attack on base - 5 killed", "Wire", "Attack on base - 5 killed", ""),
        ("Attack on base near Taji | 5 killed", "Wire", "Attack on base near Taji | 5 killed", ""),
        ("Reuters - Baghdad", "Reuters", "Reuters - Baghdad", ""),
        (
            "Shi&amp;#8217;ite &lt;b&gt;march&lt;/b&gt; &amp; prayer\n ends",
            "",
            "Shi’ite march & prayer ends",
            "",
        ),
        ("\u202bعاجل\u202c:\u200f انفجار", "", "عاجل: انفجار", ""),
        ("", "Reuters", "", ""),
    ],
)
def test_suffixes_are_split_off_and_headlines_are_not(raw: str, source: str, text: str, suffix: str) -> None:
    assert clean_title(raw, source) == CleanTitle(text, suffix)


def test_the_address_and_known_outlets_name_suffixes_too() -> None:
    title = "Three held over Kirkuk bomb - Shafaq News"
    assert clean_title(title).suffix == ""
    assert clean_title(title, url="https://www.shafaq.com/en/1").suffix == "Shafaq News"
    assert clean_title(title, outlets={name_key("Shafaq News")}).suffix == "Shafaq News"


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=80), st.text(max_size=10))
def test_any_title_is_one_clean_line(raw: str, source: str) -> None:
    cleaned = clean_title(raw, source, url=source)
    assert "\n" not in cleaned.text
    cleaned.text.encode("utf-8")


@pytest.mark.parametrize(
    ("body", "headline", "rest"),
    [
        (
            "Two clerics slain in capital BAGHDAD (Wire) - Gunmen killed two clerics.",
            "Two clerics slain in capital",
            "BAGHDAD (Wire) - Gunmen killed two clerics.",
        ),
        (
            "Mortars hit a mosque KUFA, Iraq -- Shells fell on Monday.",
            "Mortars hit a mosque",
            "KUFA, Iraq -- Shells fell on Monday.",
        ),
        (
            "Two churches bombed in Mosul (AP) AP - Insurgents bombed two churches.",
            "Two churches bombed in Mosul (AP)",
            "AP - Insurgents bombed two churches.",
        ),
        ("The DAESH - which lost Mosul - fled.\nMore.", "The DAESH - which lost Mosul - fled.", "More."),
        ("w" * 201, "", "w" * 201),
    ],
)
def test_a_body_without_headline_gives_what_stands_before_its_dateline(body, headline, rest):
    assert headline_of(body) == (headline, rest)
