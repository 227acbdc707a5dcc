"""An entry as delivered to the document that understanding reads."""

import pytest

from config.boilerplate import load_boilerplate
from worker.domain.text.boilerplate import Boilerplate
from worker.domain.text.document import CleanItem, clean_item

PHRASES = Boilerplate(**load_boilerplate())


def clean(title: str, html: str, **known: str) -> CleanItem:
    return clean_item(title, html, PHRASES, **known)  # type: ignore[arg-type]


def test_an_aggregators_echo_of_the_headline_tells_the_outlet_and_goes() -> None:
    html = '<a href="https://news.google.com/rss/articles/x">Rockets hit Taji - army</a>&nbsp;&nbsp;<font>Basra Daily</font>'
    item = clean("Rockets hit Taji - army - Basra Daily", html, source="Google News: Iraq")
    assert (item.title, item.suffix) == ("Rockets hit Taji - army", "Basra Daily")
    assert item.text == "Rockets hit Taji - army\n"


def test_the_headlines_of_a_cluster_stay_behind_the_first() -> None:
    html = "<ol><li><a>Rockets hit Taji</a> Basra Daily</li><li><a>Base near Baghdad attacked</a> Kut Post</li></ol>"
    item = clean("Rockets hit Taji - Basra Daily", html)
    assert item.text == "Rockets hit Taji\nBase near Baghdad attacked Kut Post"


def test_the_language_is_that_of_the_text_and_not_of_the_feed() -> None:
    assert (
        clean("Rockets hit base", "<p>The army said so on Monday.</p>", language_hint="ar").language == "en"
    )


@pytest.mark.parametrize(
    ("html", "teaser"), [("<p>Short.</p>", True), ("<p>" + "Long enough. " * 90 + "</p>", False)]
)
def test_a_short_body_is_a_teaser(html: str, teaser: bool) -> None:
    assert clean("Rockets hit base", html).teaser is teaser


def test_nothing_at_all_is_a_document_too() -> None:
    item = clean("", "")
    assert (item.text, item.title_end, item.language, item.canonical_url) == ("\n", 0, "other", "")


@pytest.mark.parametrize(
    "tail", ["The post Gunmen attack a check", "La entrada Gunmen attack a checkpoint near Taji"]
)
def test_a_closing_phrase_that_was_cut_off_goes_when_it_repeats_the_title(tail: str) -> None:
    item = clean("Gunmen attack a checkpoint near Taji", f"Two soldiers were hurt. {tail}")
    assert item.text == "Gunmen attack a checkpoint near Taji\nTwo soldiers were hurt."
    other = clean("Gunmen attack a checkpoint near Taji", "Two soldiers were hurt. The post was burnt")
    assert other.text.endswith("The post was burnt")
