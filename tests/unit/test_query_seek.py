"""The word index is asked for all that a query needs and nothing that it doesn't: no answer is left out."""

import itertools
import json

import pytest

from config.catalogue import load_lexicon
from tests.support.alertkit import INDEX, NOW, VALUES, event, report, story
from worker.domain.alerting.bind import bind
from worker.domain.alerting.facts import of_story
from worker.domain.alerting.query import parse
from worker.domain.alerting.seek import LONGEST, may_answer, sought, terms_of
from worker.domain.model import Severity
from worker.ports import Leaf
from worker.storage import codec


def test_of(query):
    return bind(parse(query), INDEX, VALUES)


test_of.__test__ = False


def clauses(query):
    """As sets of sorted lists, to compare."""
    return [sorted(sorted(alternative) for alternative in clause) for clause in sought(test_of(query))]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("gyrocopter", [[["gyrocopter"]]]),
        ("rocket attack", [[["#rocket_attack"]]]),
        ("convoy gyrocopter", [[["#convoy"]], [["gyrocopter"]]]),
        ('"yellow gyrocopter"', [[["gyrocopter", "yellow"]]]),
        ("gyrocopter OR convoy", [[["#convoy"], ["gyrocopter"]]]),
        ("(gyrocopter convoy) OR zeppelin", [[["gyrocopter"], ["zeppelin"]], [["#convoy"], ["zeppelin"]]]),
        ("gyrocopter NOT convoy", [[["gyrocopter"]]]),
        ("convoy NEAR/5 gyrocopter", [[["#convoy"]], [["gyrocopter"]]]),
        ("gyroc*", [[["gyroc*"]]]),
        ("gy*copter", []),
        ("/gyro.opter/", []),
        ("gyrocopter OR /zep/", []),
        ("NOT convoy", []),
        ("killed>=3 gyrocopter", [[["gyrocopter"]]]),
        ("actor:isis", [[["#actor:isis"]]]),
        ("governorate:Baghdad", []),
    ],
)  # fmt: skip
def test_a_query_asks_the_index_for(query, expected):
    assert sorted(clauses(query)) == sorted(expected)


TEXTS = [
    "A gyrocopter\nIt flew past the convoy near the green zone.",
    "بصاروخ كاتيوشا\nسقط صاروخ كاتيوشا على الرتل والمطار.",
    "Gyrocopters and zeppelins\nO'Neil said the U.S.-led al-Qaeda raid ended; وبالصواريخ.",
    "Rocket attack hits Baghdad airport\nThree rockets fell near the runway.",
    "x" * 200 + " convoy\nnothing else",
]
QUERIES = [
    "gyrocopter", "gyrocopters", "=gyrocopters", '"green zone"', '="green zone"', "zeppelin", "zepp*", "صاروخ", "المطار",
    "مطار", "o'neil", "u.s.-led", "al-qaeda", "rocket attack", "convoy NEAR/6 gyrocopter", "actor:hashd", "airport",
    "place:baghdad", "gyrocopter OR rocket", "gyrocopter NOT convoy", "NOT convoy", "x" * 200, "term:airport",
    '"past the convoy"', "kata* OR zepp*", "killed=0 airport", "weapon:rocket",
]  # fmt: skip


def answers(query, told, reports):
    test = test_of(query)
    return any(test(of_story(told, one, Severity.HIGH, NOW), NOW) is not None for one in reports)


def leaf(one):
    """As the store gives it: ids stand in the JSON that is stored."""
    ids = codec.dump(list(one.analysis.terms)), codec.dump(list(one.analysis.matches))
    return Leaf(one.text, json.dumps(ids), lambda: one)


def fulfils(found, terms):
    """As a database does: prefixes with a star, all terms of one alternative in one text."""

    def holds(term, held):
        return (
            any(one.startswith(term[:-1]) for one in held)
            if term.endswith("*") and len(term) > 3
            else term in held
        )

    return all(
        any(any(all(holds(term, held) for term in alternative) for held in terms) for alternative in clause)
        for clause in found
    )


def test_whatever_answers_is_found_by_the_index_and_passes_the_glance():
    reports = [report(number, text) for number, text in enumerate(TEXTS, 1)]
    seen = 0
    for size in (1, 2):
        for told_by in itertools.combinations(reports, size):
            for told in (
                story(),
                story(event=None),
                story(event=event(actors=("isis",), targets=(), weapons=())),
            ):
                # The event of a story is made of what its reports say.
                made = [terms_of(one.text, one.analysis) for one in told_by]
                made[0] |= terms_of("", told_by[0].analysis) | {
                    f"#actor:{a}" for a in (told.event.actors if told.event else ())
                }
                if told.event:
                    made[0] |= {f"#{one}" for one in (*told.event.targets, *told.event.weapons)}
                    made[0].add(f"#place:{told.event.place_id}")
                for query in QUERIES:
                    if answers(query, told, told_by):
                        seen += 1
                        found = sought(test_of(query))
                        assert fulfils(found, made), (query, told_by)
                        assert may_answer(found, told.event, list(map(leaf, told_by))), (query, told_by)
    assert seen > 100


def test_the_glance_passes_over_what_cannot_answer():
    found = sought(test_of("gyrocopter"))
    assert not may_answer(found, event(), [leaf(report(1))])
    assert may_answer(found, event(), [leaf(report(1)), leaf(report(2, TEXTS[0]))])
    assert not may_answer(sought(test_of("convoy")), event(), [leaf(report(1))])


def test_a_report_is_found_by_its_words_freed_from_what_arabic_writes_onto_them():
    terms = terms_of("وبالصواريخ سقطت", report(1).analysis)
    assert {"وبالصواريخ", "بالصواريخ", "#rocket_attack"} <= terms
    assert max(map(len, terms_of("y" * 500, report(1).analysis))) <= LONGEST


def test_ids_of_the_lexicon_hold_nothing_that_an_index_would_cut():
    data = load_lexicon(None)
    for name in (*data.concepts, *data.actors, *data.places):
        assert all(char.isalnum() or char in "_:.-'" for char in name), name
