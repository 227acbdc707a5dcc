"""Formats, encodings and damage: what comes out as entries."""

import json
from datetime import UTC, datetime

import pytest

from tests.support.pollkit import rss
from worker.errors import ParseError
from worker.feeds.parse import MAX_ENTRIES, neutralise, parse_feed

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar">
<title>ديسك</title><link rel="alternate" href="https://desk.example/"/>
<link rel="hub" href="https://hub.example/"/><link rel="self" href="https://desk.example/atom"/>
<entry><id>urn:1</id><title type="text">A &lt;b&gt; &amp;amp; C</title><link href="https://desk.example/1"/>
<updated>2026-03-01T10:00:00+03:00</updated><published>2026-03-01T09:00:00+03:00</published>
<author><name>Desk</name></author><category term="war"/><summary>short</summary>
<content type="html">&lt;p&gt;long text of the entry&lt;/p&gt;</content></entry></feed>"""

RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel rdf:about="https://desk.example/"><title>Desk</title><link>https://desk.example/</link><description>d</description>
<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency></channel>
<item rdf:about="https://desk.example/1"><title>One</title><link>https://desk.example/1</link>
<dc:date>2026-03-01T10:00:00Z</dc:date><dc:creator>Desk</dc:creator><description>d</description>
<content:encoded><![CDATA[<p>the longer text</p>]]></content:encoded></item></rdf:RDF>"""

ATOM03 = """<?xml version="1.0"?><feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Desk</title>
<link rel="alternate" type="text/html" href="https://desk.example/"/><modified>2003-12-13T18:30:02Z</modified>
<entry><title>One</title><link rel="alternate" type="text/html" href="https://desk.example/1"/><id>urn:1</id>
<issued>2003-12-13T08:29:29-04:00</issued><modified>2003-12-13T18:30:02Z</modified></entry></feed>"""

RSS09 = """<?xml version="1.0"?><rss version="0.91"><channel><title>Desk</title><link>https://desk.example/</link>
<description>d</description><language>en</language><item><title>One</title><link>https://desk.example/1</link>
<description>text</description></item></channel></rss>"""

RSS090 = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>Desk</title><link>https://desk.example/</link>
<description>d</description></channel><item><title>One</title><link>https://desk.example/1</link></item></rdf:RDF>"""

CDF = """<?xml version="1.0"?><CHANNEL HREF="https://desk.example/"><TITLE>Desk</TITLE>
<ITEM HREF="https://desk.example/1"><TITLE>One</TITLE><ABSTRACT>text</ABSTRACT></ITEM></CHANNEL>"""

SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://desk.example/1</loc>
<news:news><news:publication><news:name>Desk</news:name><news:language>ar</news:language></news:publication>
<news:publication_date>2026-03-01T13:00:00+03:00</news:publication_date><news:title>A &amp; B</news:title>
<news:keywords>Kirkuk, security</news:keywords></news:news></url>
<url><loc>https://desk.example/about</loc></url></urlset>"""


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        (ATOM, "atom10"),
        (RDF, "rss10"),
        (ATOM03, "atom03"),
        (RSS09, "rss091u"),
        (RSS090, "rss090"),
        (CDF, "cdf"),
    ],
)
def test_every_xml_format_gives_its_entry(document, kind):
    feed = parse_feed(document.encode())
    assert feed.format == kind
    assert [entry.url for entry in feed.entries] == ["https://desk.example/1"]
    assert feed.entries[0].title


def test_atom_keeps_text_as_text_and_takes_the_fuller_content():
    feed = parse_feed(ATOM.encode())
    entry = feed.entries[0]
    assert entry.title == "A &lt;b&gt; &amp;amp; C"
    assert entry.html == "<p>long text of the entry</p>"
    assert entry.published == datetime(2026, 3, 1, 6, tzinfo=UTC)
    assert entry.updated == datetime(2026, 3, 1, 7, tzinfo=UTC)
    assert (entry.guid, entry.author, entry.categories, entry.language) == ("urn:1", "Desk", ("war",), "ar")
    assert (feed.hubs, feed.self_url) == (("https://hub.example/",), "https://desk.example/atom")


def test_rss10_says_how_often_and_gives_the_longer_text():
    feed = parse_feed(RDF.encode())
    assert feed.update_period_s == 900
    assert feed.entries[0].html == "<p>the longer text</p>"


def test_rss20_says_when_not_to_come():
    channel = "<ttl>15</ttl><skipHours><hour>1</hour><hour>2</hour></skipHours><skipDays><day>Friday</day></skipDays>"
    feed = parse_feed(rss("one", channel=channel))
    assert (feed.ttl_s, feed.skip_hours, feed.skip_days) == (900, (1, 2), ("Friday",))


@pytest.mark.parametrize("version", ["1", "1.1"])
def test_json_feed(version):
    document = {
        "version": f"https://jsonfeed.org/version/{version}",
        "title": "Desk",
        "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
        "items": [
            {"id": "1", "url": "https://desk.example/1", "title": "A < B", "content_text": "x < y\nz",
             "date_published": "2026-03-01T10:00:00+03:00", "authors": [{"name": "Desk"}], "tags": ["war", 5]},
            {"id": 2, "external_url": "https://desk.example/2", "content_html": "<p>t</p>", "summary": "s"},
            "no item",
        ],
    }  # fmt: skip
    feed = parse_feed(b"\xef\xbb\xbf" + json.dumps(document).encode())
    one, two = feed.entries
    assert (one.title, one.html, one.author, one.categories) == (
        "A &lt; B",
        "x &lt; y<br>z",
        "Desk",
        ("war",),
    )
    assert one.published == datetime(2026, 3, 1, 7, tzinfo=UTC)
    assert (two.guid, two.url, two.html) == ("2", "https://desk.example/2", "<p>t</p>")
    assert feed.hubs == ("https://hub.example/",)


def test_a_news_sitemap_is_a_feed():
    (entry,) = parse_feed(SITEMAP.encode()).entries
    assert (entry.title, entry.url, entry.language) == ("A &amp; B", "https://desk.example/1", "ar")
    assert entry.published == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert entry.categories == ("Kirkuk", "security")


WORDS = "هجوم بصاروخ على قاعدة في كركوك"


def arabic(declared, codec, bom=b""):
    text = rss({"title": WORDS, "guid": "1"}).decode().replace('encoding="utf-8"', declared)
    return bom + text.encode(codec)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (arabic('encoding="windows-1256"', "cp1256"), "text/xml"),
        (arabic('encoding="iso-8859-6"', "iso8859-6"), "application/rss+xml"),
        (arabic('encoding="utf-8"', "cp1256"), "application/rss+xml; charset=windows-1256"),
        (arabic("", "utf-8"), "application/rss+xml"),
        (arabic('encoding="utf-8"', "utf-8", b"\xef\xbb\xbf"), "application/rss+xml"),
        (arabic('encoding="utf-16"', "utf-16"), "application/rss+xml"),
        (arabic('encoding="iso-8859-1"', "utf-8"), "application/rss+xml; charset=utf-8"),
        (arabic('encoding="windows-1256"', "utf-8"), "text/xml; charset=utf-8"),
        (b"\r\n  " + arabic('encoding="utf-8"', "utf-8"), "application/rss+xml"),
    ],
)
def test_arabic_comes_through_whatever_the_declaration_says(body, content_type):
    assert [entry.title for entry in parse_feed(body, content_type=content_type).entries] == [WORDS]


@pytest.mark.parametrize("codec", ["cp1256", "iso8859-6"])
@pytest.mark.parametrize("declared", ["", 'encoding="utf-8"', 'encoding="iso-8859-1"'])
def test_an_arabic_code_page_is_recognised_without_or_against_its_declaration(codec, declared):
    long = "القوات الأمنية تعلن القبض على المتهم"
    text = rss({"title": long, "guid": "1"}).decode().replace('encoding="utf-8"', declared)
    body = text.encode(codec)
    assert [entry.title for entry in parse_feed(body, content_type="text/xml").entries] == [long]


@pytest.mark.parametrize(
    "damage",
    [
        lambda body: body.replace(b"two", b"two &#xD800; &#1114112; &#x110000;"),
        lambda body: body.replace(b"two", b"two &#xD800; & <b>more"),
        lambda body: body.replace(b"two", b"tw\x00o\x01 & co"),
        lambda body: body.replace(b"two", b"two &nbsp; &bogus; \xff\xfe"),
        lambda body: body.replace(b"</channel></rss>", b""),
        lambda body: body + b"<script>trailing</script>",
        lambda body: b"<br/>warning: mysql<br/>" + body,
    ],
)
def test_damage_costs_no_entry(damage):
    assert len(parse_feed(damage(rss("one", "two", "three"))).entries) == 3


def test_neutralising_keeps_good_references():
    assert neutralise(b"&#1575;&#x628;&#xD800;&#0;&#x110000;\x0b") == b"&#1575;&#x628;" + b"&#xFFFD;" * 3


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<!DOCTYPE html><html><body>Sorry</body></html>", "web page"),
        (b"  <html><head><title>x", "web page"),
        (b"", "nothing"),
        (b"\xef\xbb\xbf\n ", "nothing"),
        (b'{"error": 1}', "JSON"),
        (b"{broken", "JSON"),
        (b"Service down", "plain text"),
        (b"<note><to>you</to></note>", "XML that is no feed"),
        (
            b'<sitemapindex xmlns="x"><sitemap><loc>https://a.example/s.xml</loc></sitemap></sitemapindex>',
            "index",
        ),
        (b"<urlset><url><loc>https://a.example/1</loc></url></urlset>", "not one of news"),
    ],
)
def test_what_is_no_feed_is_said_in_a_sentence(body, words):
    with pytest.raises(ParseError) as caught:
        parse_feed(body, url="https://desk.example/feed")
    assert words in str(caught.value)


def test_a_valid_feed_without_entries_is_no_fault():
    assert parse_feed(rss()).entries == ()


def test_entries_and_texts_are_bounded():
    feed = parse_feed(rss(*(f"t{n}" for n in range(MAX_ENTRIES + 50))))
    assert len(feed.entries) == MAX_ENTRIES
    big = parse_feed(rss({"title": "t" * 9000, "guid": "1", "description": "x" * 900_000}))
    assert (len(big.entries[0].title), len(big.entries[0].html)) == (2000, 200_000)


@pytest.mark.parametrize(
    "body",
    [
        b"<rss version='2.0'><channel>" + b"<item>" * 200_000,
        b"<rss version='2.0'><channel><item><title>" + b"<b>" * 300_000 + b"</title></item></channel></rss>",
        b'{"version":"https://jsonfeed.org/version/1","items":' + b"[" * 500_000,
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
        + b"]><rss version='2.0'><channel><item><title>&j;</title></item></channel></rss>",
        (
            b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item>'
            b"<title>&x;</title></item></channel></rss>"
        ),
    ],
    ids=["open items", "open tags", "json", "billion laughs", "external entity"],
)
def test_depth_and_entities_do_no_harm(body):
    try:
        feed = parse_feed(body)
    except ParseError:
        return
    assert sum(len(entry.title) for entry in feed.entries) < 1_000_000
    assert all("root:" not in entry.title for entry in feed.entries)


def test_lone_surrogates_and_nul_never_reach_an_entry():
    body = json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "a\ud800b\x00"}]}
    )
    assert parse_feed(body.encode()).entries[0].title == "a\ufffdb\ufffd"


def test_the_corpus_parses(shared):
    """87 of the 89 saved files are feeds; the other two were never feeds, and the sentences say so."""
    counted, wrong = 0, []
    for path in sorted((shared / "corpora" / "feeds").iterdir()):
        try:
            counted += bool(parse_feed(path.read_bytes()).format)
        except ParseError as fault:
            wrong.append((path.name, fault.message))
    assert counted == 87
    assert wrong == [
        ("johnathon_2018__xml_data.xml", "the server answers with a web page, not a feed"),
        ("ozansener_2011__abc.xml", "the server answers with XML that is no feed"),
    ]
