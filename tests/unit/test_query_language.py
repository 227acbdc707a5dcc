"""The query language: what it reads, what it finds, and where it points when it cannot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.alertkit import INDEX, NOW, VALUES, event, report, story
from worker.domain.alerting.bind import bind
from worker.domain.alerting.facts import of_story
from worker.domain.alerting.query import parse
from worker.domain.model import Severity
from worker.errors import QueryError

ENGLISH = report()
ARABIC = report(
    2,
    "سقوط صاروخ كاتيوشا قرب مطار بغداد\nقال مصدر أمني إن الرتل لم يصب بأذى.",
    language="ar",
    source="السومرية",
)
FRENCH = report(
    3, "Irak: tir de roquette près de Bagdad\nUn convoi a été visé.", language="fr", source="Le Jour"
)


def finds(query, told=ENGLISH, the_story=None, severity=Severity.HIGH):
    test = bind(parse(query), INDEX, VALUES)
    facts = of_story(the_story or story(), told, severity, NOW)
    return test(facts, NOW) is not None


@pytest.mark.parametrize(
    ("query", "yes"),
    [
        ("rocket attack", True),
        ("Rocket Attack", True),
        ("tir de roquette", True),
        ("convoy", False),
        ("convoy OR rocket attack", True),
        ("rocket attack AND convoy", False),
        ("rocket attack NOT convoy", True),
        ("rocket attack AND NOT (convoy OR runway)", False),
        ("runway", True),
        ("runways", False),
        ("rocket", True),
        ('"near the runway"', True),
        ('"runway the near"', False),
        ("=missile", False),
        ("=rockets", True),
        ("runw*", True),
        ("*unwa*", True),
        ("near run*", True),
        ("/run(way|ner)/", True),
        ("/runners/", False),
        ("rockets NEAR/3 runway", True),
        ("rockets NEAR/1 runway", False),
        ("runway NEAR/3 rockets", True),
        ("type:shelling", True),
        ('type:"Explosions/Remote violence"', True),
        ("type:clash", False),
        ("actor:hashd", True),
        ("actor:isis", False),
        ("actor:isis,kataib_hezbollah", True),
        ("target:airport", True),
        ("weapon:rocket", True),
        ("place:Baghdad", True),
        ("governorate:Baghdad", True),
        ('governorate:"Al Anbar"', False),
        ('source:"Outlet 1"', True),
        ("lang:en", True),
        ("lang:ar,fr", False),
        ("kind:incident", True),
        ("severity:high,critical", True),
        ("severity:low", False),
        ("killed>=1", False),
        ("killed=0", True),
        ("wounded>=2", True),
        ("wounded>2", False),
        ("sources<2", True),
        ("confidence>=0.5", True),
        ("since:2d", True),
        ("since:2026-11-23", False),
        ("rocket attack since:1h lang:en wounded>1", True),
        ("hashd", True),
    ],
)  # fmt: skip
def test_a_query_finds_what_it_says(query, yes):
    assert finds(query) is yes


@pytest.mark.parametrize("told", [ARABIC, FRENCH])
def test_a_plain_word_stands_for_its_concept_in_every_language(told):
    assert finds("rocket", told)
    assert not finds("=rocket", told)


def test_arabic_words_answer_with_their_clitics():
    assert finds("مطار", ARABIC)
    assert finds("موكب", report(2, "بالموكب العسكري\nوالموكب", language="ar"))
    assert finds("مصدر امني", ARABIC)
    assert not finds("=رتل", ARABIC)


def test_an_unknown_figure_is_never_compared():
    told = story(event=event(killed=None))
    assert not finds("killed<5", the_story=told)
    assert not finds("killed>=0", the_story=told)


def test_words_that_fire_are_shown_where_they_stand():
    facts = of_story(story(), ARABIC, Severity.HIGH, NOW)
    hits = bind(parse("rocket OR convoy"), INDEX, VALUES)(facts, NOW)
    assert [ARABIC.text[a:b] for hit in hits for a, b in hit.spans] == ["صاروخ كاتيوشا"]
    assert hits[0].asked == "rocket"


@pytest.mark.parametrize(
    ("query", "column", "says"),
    [
        ("", 1, "empty"),
        ("rocket OR", 10, "the query ends"),
        ("(rocket", 8, "expected a closing bracket"),
        ("rocket) x", 7, "'\\)' stands"),
        ("foo:bar", 1, "no field 'foo'"),
        ("governorat:Baghdad", 1, "did you mean governorate"),
        ("killed:3", 1, "killed is a figure"),
        ("kiled>3", 1, "did you mean killed"),
        ("killed>=many", 7, "stands where it must not"),
        ("rocket and convoy", 8, "write AND for the operator"),
        ("roquette or convoi", 10, "write OR"),
        ("a*", 1, "almost anything"),
        ("since:yesterday", 7, "a span such as 30d"),
        ("since:2026-02-30", 7, "no day of the calendar"),
        ("lang:ar NEAR/3 rocket", 9, "NEAR stands between words"),
        ("/(?=x)/", 1, "google-re2"),
        ('"unclosed', 1, "cannot stand here"),
        ("x AND AND y", 7, "stands where it must not"),
        ("governorate:Anbar", 1, "did you mean one of: Al Anbar"),
        ("lang:xx", 1, "no lang that Marsad knows"),
        ("(" * 50 + "x" + ")" * 50, 41, "brackets inside each other"),
    ],
)
def test_a_fault_points_at_its_column_and_says_what_may_stand_there(query, column, says):
    with pytest.raises(QueryError, match=says) as caught:
        bind(parse(query), INDEX, VALUES)
    assert caught.value.column == column


def test_a_pattern_costs_linear_time():
    told = report(1, "a" * 60_000 + "\n!")
    assert not finds("/(a+)+$b/", told)


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_with_a_column(text):
    column = 1
    try:
        bind(parse(text), INDEX, VALUES)
    except QueryError as fault:
        column = fault.column
    assert 1 <= column <= len(text) + 1


WORDS = st.sampled_from(
    ["rocket", "convoy", '"green zone"', "=word", "lang:ar", "killed>=3", "runw*", "since:3d"]
)
QUERIES = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.builds("({} OR {})".format, inner, inner),
        st.builds("({} AND {})".format, inner, inner),
        st.builds("NOT {}".format, inner),
    ),
    max_leaves=8,
)


@given(QUERIES)
def test_the_keys_of_a_query_never_hide_a_text_that_answers(query):
    from tests.support.alertkit import rule
    from worker.domain.alerting.index import WatchIndex

    watch = rule(query)
    index = WatchIndex.build([watch])
    for told in (ENGLISH, ARABIC, FRENCH):
        facts = of_story(story(), told, Severity.HIGH, NOW)
        if watch.test(facts, NOW) is not None:
            assert index.candidates(facts) == [watch]
