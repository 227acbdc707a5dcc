"""One key for all the addresses that one page is linked by."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.domain.text.canonical import canonical_url

PAGE = "https://wire.example/iraq/2026/attack"


@pytest.mark.parametrize(
    "url",
    [
        "https://wire.example/iraq/2026/attack",
        "http://www.wire.example/iraq/2026/attack/",
        "HTTPS://WWW.Wire.Example:443/iraq/2026/attack#comments",
        "https://m.wire.example/iraq/2026/attack?utm_source=rss&amp;utm_medium=feed",
        "https://wire.example/iraq/2026/attack?at_medium=RSS&amp;at_campaign=rss",
        "https://wire.example/iraq/2026/attack?fbclid=abc&gclid=def&CMP=share",
        "https://wire.example/iraq/2026/attack?source=rss&ref=twitter",
        "https://amp.wire.example/iraq/2026/attack",
        "https://wire.example/iraq/2026/attack/amp/",
        "https://wire.example/amp/iraq/2026/attack",
        "https://wire.example/iraq/2026/attack.amp.html",
        "https://wire.example/iraq/2026/attack?amp=1",
        "https://wire.example/iraq/2026/attack?outputType=amp",
        "https://wire.example/iraq/2026/attack/print/",
        "https://wire.example/iraq/2026/attack?print=1",
        "https://wire.example//iraq/./2025/../2026/attack/index.html",
        "https://wire.example/%69raq/2026/attack",
        "https://www.google.com/amp/s/www.wire.example/iraq/2026/attack/amp",
        "https://wire-example.cdn.ampproject.org/c/s/wire.example/iraq/2026/attack",
        "https://www.google.com/url?rct=j&sa=t&url=https://wire.example/iraq/2026/attack&ct=ga",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fwire.example%2Firaq%2F2026%2Fattack%3Ffbclid%3Dx&h=y",
        "https://www.bing.com/news/apiclick.aspx?ref=x&url=https%3a%2f%2fwire.example%2firaq%2f2026%2fattack&c=1",
        "https://web.archive.org/web/20260101000000/https://wire.example/iraq/2026/attack",
        "  https://wire.example/iraq/2026/attack \n",
    ],
)
def test_variants_of_one_address_have_one_key(url: str) -> None:
    assert canonical_url(url) == PAGE


def test_google_news_ids_that_carry_the_address_are_unwrapped() -> None:
    raw = b"\x08\x13\x22" + bytes([len(PAGE)]) + PAGE.encode() + b"\xd2\x01\x00"
    token = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    assert canonical_url(f"https://news.google.com/rss/articles/{token}?oc=5") == PAGE


def test_what_only_the_redirector_knows_stays_its_address() -> None:
    opaque = "https://news.google.com/rss/articles/CBMiAUFVX3lxTE9pYWJjZGVmZ2hpamtsbW5vcA"
    assert canonical_url(opaque) == opaque
    assert (
        canonical_url("https://feedproxy.google.com/~r/wire/~3/AbC/")
        == "https://feedproxy.google.com/~r/wire/~3/AbC"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://wire.example/?p=1", "https://wire.example/?p=2"),
        ("https://wire.example/a?id=1&page=2", "https://wire.example/a?id=1"),
        ("https://wire.example/Attack", "https://wire.example/attack"),
        ("https://wire.example/a?source=police", "https://wire.example/a"),
        ("https://wire.example/#!/news/1", "https://wire.example/#!/news/2"),
        ("https://ar.wire.example/a", "https://en.wire.example/a"),
        ("https://wire.example:8080/a", "https://wire.example/a"),
        ("https://wire.example/printing", "https://wire.example"),
    ],
)
def test_addresses_of_different_pages_stay_apart(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


def test_the_order_of_parameters_does_not_matter() -> None:
    assert canonical_url("https://wire.example/a?b=2&a=1") == canonical_url("https://wire.example/a?a=1&b=2")


@pytest.mark.parametrize(
    "url",
    ["", "about:blank", "javascript:alert(1)", "mailto:a@b.example", "/relative", "http://[::1", "https://"],
)
def test_what_is_no_address_has_no_key(url: str) -> None:
    assert canonical_url(url) == ""


def test_international_names_and_paths_are_one_spelling() -> None:
    spelled = canonical_url("https://مرصد.example/خبر")
    assert spelled == canonical_url(
        "https://xn--ugbcy0c.example/%D8%AE%D8%A8%D8%B1".replace("xn--ugbcy0c", "مرصد")
    )
    assert spelled.isascii()


URLS = st.builds(
    "{}{}/{}?{}#{}".format,
    st.sampled_from(["https://", "http://www.", "https://m.amp.", "https://www.google.com/amp/s/", "//", ""]),
    st.sampled_from(["wire.example", "a", "[::1]:80", "x:99999", "مرصد.example", "a..b"]),
    st.text(max_size=12),
    st.text(alphabet="ab=&;%1utm_[]\ud800é ", max_size=16),
    st.text(alphabet="!/a%", max_size=4),
)


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=40) | URLS)
def test_canonicalising_never_raises_and_twice_is_once(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once
