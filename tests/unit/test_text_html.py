"""Entry HTML to the text that a reader would see."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.boilerplate import load_boilerplate
from worker.domain.text.boilerplate import Boilerplate
from worker.domain.text.clean import mend_entities, tidy
from worker.domain.text.html import MAX_TEXT, document_text, read_html, to_text

PHRASES = Boilerplate(**load_boilerplate())
ANY = st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=80)
MARKUP = st.text(alphabet='<>/pabrdiv=" \n&;#39amlt!-[]CDATA\u200b\ud800\x00ا', max_size=120)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Two rockets fell near the airport.", "Two rockets fell near the airport."),
        ("<p>One.</p><p>Two.</p>", "One.\nTwo."),
        ("<div>One.<p>Two</p>Three</div>", "One.\nTwo\nThree"),
        ("One<br>two<br/><br />three", "One\ntwo\nthree"),
        ("<ul><li>Kirkuk</li><li>Hawija</li></ul>", "Kirkuk\nHawija"),
        (
            "<table><tr><th>Day</th><th>Dead</th></tr><tr><td>1</td><td>5</td></tr></table>",
            "Day | Dead\n1 | 5",
        ),
        ("<p>A <b>bold</b> <i>w</i>ord</p>", "A bold word"),
        ("<p>line\nbroken  by\tsource</p>", "line broken by source"),
        ("plain first\n\nplain second <b>here</b>", "plain first\nplain second here"),
        ("<p>x<script>var a='<p>no</p>'</script><style>p{}</style>y</p>", "xy"),
        ('<p>seen</p><p style="display: none">unseen</p><div hidden>unseen</div>', "seen"),
        ('<p>seen</p><img src="https://px.example/b.gif" width="1" height="1" alt="pixel">', "seen"),
        ("<p>caf&eacute; &amp; d&#8217;acier &#x202e;&nbsp;fin</p>", "café & d’acier fin"),
        ("&lt;p&gt;Deux &amp;eacute;lus&lt;/p&gt;&lt;p&gt;fin&lt;/p&gt;", "Deux élus\nfin"),
        ("<p>Kata&amp;#8217;ib</p>", "Kata’ib"),
        ("Iraq #39;s army", "Iraq's army"),
        ("<![CDATA[<p>wrapped</p>]]>", "wrapped"),
        ("<p>kept</p>]]>", "kept"),
        ("<p>shots heard in the <a href='https://cut.example/of", "shots heard in the"),
        ("&lt;p&gt;shots heard&lt;/p&gt;&lt;a href=", "shots heard"),
        ("soldiers &lt; 30 and officers > 2", "soldiers < 30 and officers > 2"),
        ("<p>before<!-- note -->after</p>", "beforeafter"),
        ("<p>before</p><!-- never closed <p>after</p>", "before\nnever closed\nafter"),
        ("<p>a\u200bb\ufeffc\u00add\u202ee</p>", "abcde"),
        ("<p>e\u0301</p>", "é"),
        ("<p>می\u200cشود</p><p>\u200cab\u200c</p>", "می\u200cشود\nab"),
        ("<p>\ud83d\ude00 \ud800x\x00</p>", "😀 x"),
        ("", ""),
    ],
)
def test_markup_becomes_what_a_reader_sees(html: str, text: str) -> None:
    assert to_text(html, PHRASES) == text


BODY = "Gunmen attacked a checkpoint on Monday."


@pytest.mark.parametrize(
    "around",
    [
        '<p>{}</p><p>The post <a href="#">Gunmen attack</a> appeared first on <a href="#">Some Wire</a>.</p>',
        "{} The post Gunmen attack checkpoint appeared first on Some Wire.",
        '<p>{} <a class="more" href="#">Read more &raquo;</a></p>',
        "<p>{}</p><p>Read more: Another headline of another day</p>",
        "{} [&#8230;]",
        "<p>{}</p><p>[...]</p>",
        '<p>{}</p><div class="sharedaddy sd-sharing-enabled"><h3>Share this:</h3></div>',
        '<p>{}</p><p>Share on <a href="#">Facebook</a> | <a href="#">Tweet</a> | <a href="#">WhatsApp</a></p>',
        "<p>{}</p><p>شارك: فيسبوك - تلغرام - واتساب</p>",
        "<p>{}</p><p>Share: فەیسبووک | ڤایبەر</p>",
        "<p>{}</p><p>Sign up for our daily newsletter to get this in your inbox</p>",
        "<p>{}</p><p>ظهرت المقالة مسلحون يهاجمون أولاً على وكالة الخبر.</p>",
        "<p>{}</p><p>L’article Des hommes armés est apparu en premier sur Agence.</p>",
        "<p>{}</p><p>La entrada Hombres armados se publicó primero en Diario.</p>",
        "<p>{}</p><p>Der Beitrag Angriff erschien zuerst auf Bote.</p>",
        "<p>{}</p><p>Devamını oku...</p>",
        "{} RELATED: Another Headline of Another Day",
        "{} Lire aussi : Un autre titre d'un autre jour",
        "<p>{}</p><p>Lire aussi &gt; Un autre titre d'un autre jour</p>",
        "<p>{}</p><p>Lo más leído: otro titular de otro día</p>",
        "<p>{}</p><p>En çok okunan » Başka bir günün başlığı</p>",
        "<p>{}</p><p>إقرأ المزيد »</p>",
        "<p>{}</p><p>ادامه مطلب ...</p>",
        "<p>{}</p><p>زیاتر بخوێنەوە</p>",
        "<p>{}</p><p>File photo: a checkpoint last year</p>",
        "<p>{}</p><p>(Reporting by A Reporter; Editing by An Editor)</p>",
        '<figure><img src="a.jpg"><figcaption class="credit">Photo: AFP</figcaption></figure><p>{}</p>',
    ],
)
def test_what_surrounds_a_text_is_dropped(around: str) -> None:
    assert to_text(around.format(BODY), PHRASES) == BODY


@pytest.mark.parametrize(
    "text",
    [
        "The post was attacked twice, and the first soldiers to appear on the road were shot at.",
        "Officers said there would be more",
        "It was related: the same men had fired at the base before, officials said. "
        + "They fled north. " * 20,
        "Facebook closed the group's page after the attack.",
        "Photo of the attacker was released by police.",
        "شارك مئات المتظاهرين في الاحتجاج.",
        "Children in the camp learn to read more every day",
    ],
)
def test_sentences_that_resemble_boilerplate_stay(text: str) -> None:
    assert to_text(f"<p>{text}</p>", PHRASES) == text.strip()


def test_a_caption_stays_without_its_credit() -> None:
    html = "<figure><img><figcaption>Soldiers guard a bridge in Mosul (AFP/Getty Images)</figcaption></figure><p>Text.</p>"
    assert to_text(html, PHRASES) == "Soldiers guard a bridge in Mosul\nText."


def test_a_whole_text_in_a_box_named_like_boilerplate_stays() -> None:
    assert to_text('<div class="newsletter"><p>All of it.</p></div>', PHRASES) == "All of it."


@pytest.mark.parametrize(
    ("html", "cut"),
    [
        ("<p>Teaser.</p><a href='#'>Read more</a>", True),
        ("<p>Teaser.</p><p>Weiterlesen</p>", True),
        ("Teaser [&#8230;]", True),
        ("<p>All of it.</p>", False),
    ],
)
def test_a_teaser_that_invites_to_read_on_says_so(html: str, cut: bool) -> None:
    assert read_html(html, PHRASES).cut is cut


def test_a_document_is_title_newline_body() -> None:
    assert document_text("Attack near Taji", "<p>Two rockets.</p>", PHRASES) == (
        "Attack near Taji\nTwo rockets.",
        16,
    )
    assert (
        document_text("Attack near Taji", "<p>ATTACK near Taji</p><p>Two.</p>", PHRASES)[0]
        == "Attack near Taji\nTwo."
    )
    assert document_text("Attack near Taji", "", PHRASES) == ("Attack near Taji\n", 16)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "kept",
        "<b>" * 15_000 + "kept",
        "<!--" * 100_000 + "kept",
        "&" * 999_990 + " kept",
        "<a " * 100_000,
        "&lt;p " * 150_000,
        "<p>x" * 100_000,
        "a" + "\u0316\u0300" * 400_000,
        "\u200c" * 500_000,
        "read more " * 90_000,
        "<p style='" + "display :" * 90_000 + "'>kept</p>",
    ],
    ids=lambda html: f"{html[:8]!r}",
)
def test_hostile_markup_is_bounded(html: str) -> None:
    """That it ends at all is the point: several of these took minutes; bench/read.py has the seconds."""
    text = to_text(html, PHRASES)
    assert len(text) <= MAX_TEXT
    assert "kept" not in html or "kept" in text or len(text) >= MAX_TEXT - 200


def test_text_at_any_depth_is_kept() -> None:
    html = "".join(f"<div>level {depth}" for depth in range(3_000))
    assert to_text(html, Boilerplate()).split("\n") == [f"level {depth}" for depth in range(3_000)]


@settings(deadline=None)
@given(ANY | MARKUP)
def test_no_string_raises_and_every_text_is_clean(html: str) -> None:
    text = to_text(html, PHRASES)
    assert unicodedata.is_normalized("NFC", text)
    assert not any(unicodedata.category(char) in ("Cs", "Cc") for char in text if char != "\n")
    text.encode("utf-8")


@settings(deadline=None)
@given(ANY)
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


def test_entities_bereft_of_their_ampersand_are_mended() -> None:
    assert mend_entities("worth #36;5 for quot;all quot;") == 'worth $5 for "all "'
    assert mend_entities("section #3; ends") == "section #3; ends"
