"""The short way through well-formed feeds gives what feedparser gives, or leaves the document to it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.errors import ParseError
from worker.feeds import fast
from worker.feeds.parse import parse_with_feedparser

URL = "https://desk.example/dir/feed.xml"


def compare(body):
    """True when the fast way took the document and every field is equal; False when it left it."""
    try:
        quick = fast.parse(body, content_type="application/xml", url=URL)
    except fast.LeaveItError:
        return False
    reference = parse_with_feedparser(body, content_type="application/xml", url=URL)
    assert quick.entries == reference.entries
    assert quick == replace(reference, bozo="")
    return True


def test_all_of_the_corpus_is_read_alike(shared):
    taken = 0
    for path in sorted((shared / "corpora" / "feeds").iterdir()):
        try:
            taken += compare(path.read_bytes())
        except ParseError:
            pytest.fail(f"{path.name}: the fast way read what feedparser refuses")
    assert taken >= 65


TEXTS = st.sampled_from(
    [
        "", "plain", " spaced \n text ", "A &amp; B", "&lt;p&gt;markup&lt;/p&gt; &amp;eacute;", "<![CDATA[<p>cdata &amp; é</p>]]>",
        "caf\u00c3\u00a9 twice", "هجوم في كركوك", "a<![CDATA[b]]>c", "x &#8217; y", "&#133; dots", "\u0085next", "5 &lt; 6",
        "<b>inline</b>", "AT&amp;amp;T", "<!-- note -->after", "\u00a0\u2003",
    ]
)  # fmt: skip
URLS = st.sampled_from(
    [
        "https://a.example/1?x=1&amp;y=2", "http://a.example", "/relative/1", "urn:uuid:1", "", "https://a.example//x/../y",
        " https://a.example/spaced ", "https://a.example/q?", "https://a.example/é", "tag:a.example,2026:1", "1234", "HTTPS://A.example/U",
        "https://a.example/?a=1&amp;copy;=2", "https://a.example/#frag", "mailto:x@a.example",
    ]
)  # fmt: skip
DATES = st.sampled_from(
    [
        "Sun, 01 Mar 2026 10:00:00 GMT", "Sun, 1 Mar 2026 10:00 +0300", "01 Mar 2026 10:00:00 -0530", "2026-03-01T10:00:00Z",
        "2026-03-01T10:00:00.123+03:00", "2026-03-01", "soon", "", "Sat, 30 Feb 2026 10:00:00 GMT", "Sun, 01 Mar 2026 10:00:00 EST",
        "Sun, 01 Mar 9999 23:00:00 -0500", "Sun, 01 Mar 2026 24:10:00 GMT", "2026-03-01t10:00:00z", "So, 01 März 2026 10:00:00 GMT",
    ]
)  # fmt: skip


def element(name, texts, attributes=None):
    attributes = st.just("") if attributes is None else attributes
    return st.builds(lambda text, extra: f"<{name}{extra}>{text}</{name}>", texts, attributes)


RSS_PARTS = st.one_of(
    element("title", TEXTS),
    element("link", URLS),
    element("guid", URLS | TEXTS, st.sampled_from(["", ' isPermaLink="false"', ' isPermaLink="true"'])),
    element("description", TEXTS),
    element("content:encoded", TEXTS),
    element("pubDate", DATES),
    element("dc:date", DATES),
    element("author", TEXTS),
    element("dc:creator", TEXTS),
    element("category", TEXTS, st.sampled_from(["", ' domain="d"'])),
    element("dc:subject", TEXTS),
    element("dc:language", st.sampled_from(["ar", "", "en-GB"])),
    element("media:title", TEXTS),
    element("media:description", TEXTS),
    element("x:own", TEXTS),
    element("comments", URLS),
    element("source", TEXTS, st.just(' url="https://b.example/"')),
    st.just('<enclosure url="https://a.example/a.mp3" type="audio/mpeg" length="1"/>'),
    st.just('<media:content url="https://a.example/a.jpg" medium="image"/>'),
    st.just('<atom:link href="https://b.example/2" rel="alternate"/>'),
    st.just("<x:own><title>nested</title></x:own>"),
)
ATOM_PARTS = st.one_of(
    element("title", TEXTS, st.sampled_from(["", ' type="html"', ' type="text"', ' type="xhtml"'])),
    element("id", URLS),
    element("summary", TEXTS, st.sampled_from(["", ' type="html"'])),
    element("content", TEXTS, st.sampled_from(["", ' type="html"', ' type="text/html"', ' type="image/png"'])),
    element("published", DATES),
    element("updated", DATES),
    st.builds("<author><name>{}</name></author>".format, TEXTS),
    st.builds("<author><email>{}</email><name>Desk</name></author>".format, TEXTS),
    st.builds('<link href="{}"/>'.format, URLS),
    st.builds('<link rel="{1}" type="{2}" href="{0}"/>'.format, URLS, st.sampled_from(["alternate", "self", "enclosure"]),
              st.sampled_from(["text/html", "application/pdf"])),
    st.sampled_from(['<category term="war"/>', '<category term="war" label="War"/>', '<category scheme="s"/>', "<category>t</category>"]),
    element("x:own", TEXTS),
    st.just("<source><title>Other</title><id>urn:2</id><link href='https://b.example/'/></source>"),
)  # fmt: skip
CHANNEL_PARTS = st.one_of(
    element("title", TEXTS),
    element("link", URLS),
    element("language", st.sampled_from(["ar", "", "en"])),
    element("ttl", st.sampled_from(["60", "x", ""])),
    element("sy:updatePeriod", st.sampled_from(["hourly", "Daily", "x"])),
    element("sy:updateFrequency", st.sampled_from(["2", "0", "x"])),
    st.just(
        "<image><url>https://a.example/i.png</url><title>Image</title><link>https://c.example/</link></image>"
    ),
    st.just('<atom:link rel="self" href="https://a.example/f"/>'),
    st.just('<atom:link rel="hub" href="https://hub.example/"/>'),
    element("lastBuildDate", DATES),
    element("skipHours", st.sampled_from(["<hour>3</hour>", ""])),
)
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:x="https://own.example/ns"'
)
ITEMS = st.lists(st.lists(RSS_PARTS, max_size=8).map("".join), max_size=3)


@settings(max_examples=300, deadline=None)
@given(st.lists(CHANNEL_PARTS, max_size=5).map("".join), ITEMS)
def test_any_rss_is_read_alike(channel, items):
    body = "".join(f"<item>{item}</item>" for item in items)
    compare(
        f'<?xml version="1.0"?><rss version="2.0" {SPACES}><channel>{channel}{body}</channel></rss>'.encode()
    )


@settings(max_examples=200, deadline=None)
@given(ITEMS)
def test_any_rdf_is_read_alike(items):
    body = "".join(f'<item rdf:about="https://a.example/{n}">{item}</item>' for n, item in enumerate(items))
    head = (
        f'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" {SPACES}'
    )
    compare(f"<rdf:RDF {head}><channel><title>t</title></channel>{body}</rdf:RDF>".encode())


def test_of_two_equally_long_bodies_both_ways_take_the_first():
    item = "<content:encoded>first one</content:encoded><content:encoded>other one</content:encoded>"
    assert compare(
        f'<rss version="2.0" {SPACES}><channel><title>t</title><item>{item}</item></channel></rss>'.encode()
    )


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(ATOM_PARTS, max_size=8).map("".join), max_size=3))
def test_any_atom_is_read_alike(entries):
    body = "".join(f"<entry>{entry}</entry>" for entry in entries)
    head = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:x="https://own.example/ns" xml:lang="ar">'
    compare(f"{head}<title>t</title><id>urn:f</id>{body}</feed>".encode())


@pytest.mark.parametrize(
    "body",
    [
        b'<?xml version="1.0" encoding="windows-1256"?><rss version="2.0"><channel/></rss>',
        b'<!DOCTYPE rss><rss version="2.0"><channel/></rss>',
        b'<rss version="2.0" xml:base="https://a.example/"><channel/></rss>',
        b'<rss version="2.0"><channel><item><title>a & b</title></item></channel></rss>',
        b'<rss version="0.91"><channel/></rss>',
        b'<rss version="2.0"><channel><item><body>x</body></item></channel></rss>',
        b"",
    ],
)
def test_what_is_out_of_the_ordinary_is_left_to_feedparser(body):
    assert compare(body) is False
