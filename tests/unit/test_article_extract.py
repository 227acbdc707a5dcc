"""The article in a page, what the page says of itself, and the walls before it."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.boilerplate import load_boilerplate, load_walls
from worker.domain.text.boilerplate import Boilerplate
from worker.domain.text.html import MAX_TEXT
from worker.domain.text.walls import Walls
from worker.feeds.article import Words, decode_page, extract, read_pages
from worker.feeds.metadata import parse_date

WORDS = Words(Boilerplate(**load_boilerplate()), Walls(**load_walls()))
URL = "https://www.wire.example/2026/03/taji"
TEXT = [
    "Three rockets landed inside the perimeter of a base north of Baghdad late on Monday, the military said.",
    "Nobody was hurt, the statement said, though a hangar and two vehicles that stood beside it were damaged.",
    "No group said that it had fired the rockets; soldiers found the launcher in an orchard some miles away.",
    "It was the second such attack this month, and the first in which the base's own defences did not react.",
]


def page(body: str, head: str = "", attributes: str = "lang='en'") -> str:
    return (
        f"<!doctype html><html {attributes}><head><title>Rockets hit base near Taji | Tigris Wire</title>{head}</head>"
        f"<body><nav><a href='/'>Home</a><a href='/w'>World</a></nav>{body}"
        "<footer>All rights reserved</footer></body></html>"
    )


ARTICLE = (
    "<article><h1>Rockets hit base near Taji</h1>" + "".join(f"<p>{line}</p>" for line in TEXT) + "</article>"
)


def test_an_article_comes_with_all_that_its_page_declares() -> None:
    head = (
        '<meta property="og:title" content="Rockets hit base near Taji"><meta property="og:site_name" content="Tigris Wire">'
        '<meta property="article:published_time" content="2026-03-02T21:30:00+03:00"><meta name="author" content="By Night Desk">'
        '<meta property="og:image" content="/img/taji.jpg"><link rel="canonical" href="/2026/03/taji?utm_source=x">'
        '<link rel="amphtml" href="/2026/03/taji/amp">'
    )
    found = extract(page(ARTICLE, head), URL, WORDS)
    assert found.text == "\n".join(TEXT)
    assert (found.title, found.author, found.language) == ("Rockets hit base near Taji", "Night Desk", "en")
    assert found.published == datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
    assert found.canonical_url == "https://wire.example/2026/03/taji"
    assert found.image == "https://www.wire.example/img/taji.jpg"
    assert found.amp_url == "https://www.wire.example/2026/03/taji/amp"
    assert (found.verdict, found.variant) == ("ok", "")


def test_json_ld_stands_in_for_missing_meta_tags() -> None:
    facts = {
        "@graph": [
            {"@type": "WebSite", "name": "Tigris Wire", "headline": "not this"},
            {
                "@type": ["NewsArticle"], "headline": "Rockets near Taji", "datePublished": "2026-03-02T18:30:00.5Z",
                "author": [{"name": "First Desk"}, {"name": "Second Desk"}], "image": {"url": "https://img.example/1.jpg"},
            },
        ]
    }  # fmt: skip
    script = f'<script type="application/ld+json">{json.dumps(facts)}</script>'
    found = extract(page(ARTICLE, script), URL, WORDS)
    assert (found.title, found.author) == ("Rockets near Taji", "First Desk, Second Desk")
    assert found.published == datetime(2026, 3, 2, 18, 30, 0, 500_000, tzinfo=UTC)
    assert found.image == "https://img.example/1.jpg"


def test_a_page_that_is_drawn_by_script_gives_the_text_of_its_json_ld() -> None:
    script = json.dumps({"@type": "NewsArticle", "articleBody": "\n".join(TEXT)})
    html = page("<div id='app'></div>", f'<script type="application/ld+json">{script}</script>')
    assert extract(html, URL, WORDS).text == "\n".join(TEXT)


@pytest.mark.parametrize(
    "canonical", ["https://other.example/stolen", "/", "javascript:alert(1)", "http://[::1"]
)
def test_a_canonical_link_that_is_plainly_wrong_is_not_believed(canonical: str) -> None:
    html = page(ARTICLE, f'<link rel="canonical" href="{canonical}">')
    assert extract(html, URL, WORDS).canonical_url == "https://wire.example/2026/03/taji"


def test_amp_and_print_editions_are_named_and_keyed_as_their_article() -> None:
    amp = extract(page(ARTICLE, attributes="amp lang='en'"), URL + "/amp", WORDS)
    printed = extract(page(ARTICLE), URL + "?print=1", WORDS)
    assert (amp.variant, printed.variant) == ("amp", "print")
    assert amp.canonical_url == printed.canonical_url == "https://wire.example/2026/03/taji"


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("<div><h2>We value your privacy</h2><p>We and our partners store cookies.</p><button>Accept</button></div>", "consent"),
        ("<div>Nous et nos partenaires utilisons des cookies. <button>Accepter et continuer</button></div>", "consent"),
        ("<noscript>You need to enable JavaScript to run this app.</noscript><div id='root'></div>", "needs-javascript"),
        ("<noscript>Bitte aktivieren Sie JavaScript.</noscript>", "needs-javascript"),
        ("<h1>Just a moment...</h1><p>Checking your browser before you go on.</p>", "needs-javascript"),
        (f"<article><p>{TEXT[0]}</p></article><div>Subscribe to continue reading</div>", "paywall"),
        (f"<article><p>{TEXT[0]}</p></article><div>Cet article est réservé aux abonnés.</div>", "paywall"),
        (f"<article><p>{TEXT[0]}</p></article><div>هذا المحتوى للمشتركين فقط</div>", "paywall"),
        ("<article><p>Soon more.</p></article>", "too-short"),
        ("", "too-short"),
    ],
)  # fmt: skip
def test_walls_are_recognised_and_named(body: str, verdict: str) -> None:
    found = extract(page(body), URL, WORDS)
    assert found.verdict == verdict
    assert found.reason


def test_a_page_that_declares_itself_locked_is_a_paywall() -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>'
    assert extract(page(ARTICLE, head), URL, WORDS).verdict == "paywall"


def test_a_whole_article_with_a_cookie_banner_is_no_wall() -> None:
    banner = "<div class='banner'>We value your privacy. <button>Accept all cookies</button></div>"
    long = "<article>" + "".join(f"<p>{line} Part {n}.</p>" for n in range(5) for line in TEXT) + "</article>"
    assert extract(page(banner + long), URL, WORDS).verdict == "ok"


def test_boilerplate_goes_from_articles_too() -> None:
    body = ARTICLE.replace(
        "</article>", "<p>Sign up for our daily newsletter</p><p>Read more: Other news</p></article>"
    )
    assert extract(page(body), URL, WORDS).text == "\n".join(TEXT)


def test_sentences_with_comments_inside_stay_whole() -> None:
    """React separates text nodes with empty comments."""
    body = ARTICLE.replace("Nobody was hurt", "Nobody<!-- --> was <!-- -->hurt")
    assert "Nobody was hurt, the statement said" in extract(page(body), URL, WORDS).text


def test_text_below_the_parsers_depth_is_kept() -> None:
    html = "<div>" * 10_000 + "".join(f"<p>{line}</p>" for line in TEXT)
    assert TEXT[-1] in extract(html, URL, WORDS).text


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<p>انفجار</p>".encode("cp1256"), "text/html; charset=windows-1256"),
        ('<meta charset="windows-1256"><p>انفجار</p>'.encode("cp1256"), "text/html"),
        ("<p>انفجار</p>".encode(), "text/html; charset=nonsense"),
        ("<p>انفجار</p>".encode("utf-8-sig"), ""),
    ],
)
def test_pages_are_decoded_as_they_declare(body: bytes, content_type: str) -> None:
    assert "<p>انفجار</p>" in decode_page(body, content_type)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "x",
        "<!--" * 100_000,
        "&" * 1_000_000,
        "<a " + " ".join(f"x{i}=1" for i in range(50_000)) + ">",
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        "<p>a<br>" * 25_000,
        "<p>\ud800</p>",
        "",
    ],
    ids=lambda html: f"{html[:8]!r}",
)
def test_hostile_pages_are_bounded(html: str) -> None:
    assert len(extract(html, URL, WORDS).text) <= MAX_TEXT


@settings(deadline=None)
@given(
    st.text(alphabet='<>/pahtmldiv=" \n&;!-{}[]:,@typeNewsArticle\x00\ud800ا', max_size=200),
    st.text(max_size=12),
)
def test_no_page_raises(html: str, url: str) -> None:
    assert extract(html, url, WORDS).verdict


@pytest.mark.parametrize("value", ["", None, "yesterday", "2026-13-45", "0001-01-01T00:00:00+23:00", 5])
def test_what_is_no_date_gives_none(value: object) -> None:
    assert parse_date(value) is None


def test_dates_come_as_utc() -> None:
    assert parse_date("2026-03-02T21:30:00+0300") == datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
    assert parse_date("2026-03-02") == datetime(2026, 3, 2, tzinfo=UTC)


def test_every_line_in_has_one_line_out() -> None:
    lines = [json.dumps({"id": 7, "url": URL, "html": page(ARTICLE)}), "", "nonsense", "[1]", '{"id": 9}']
    out = [json.loads(line) for line in read_pages(lines, WORDS)]
    assert [row["id"] for row in out] == [7, None, None, 9]
    assert set(out[0]) == {"id", "title", "text", "lang", "author", "published", "canonical_url", "image"}
    assert out[1]["error"].startswith("line 3 is not JSON")
    assert out[3]["error"] == "line 5 has no html"
