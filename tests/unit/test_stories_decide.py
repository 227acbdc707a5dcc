"""Which reports are one story: the pure decision, its reasons, and its indifference to order."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.domain.model import Analysis, ChangeKind, Event, Kind, Match, Report
from worker.domain.stories import signature, words
from worker.domain.stories.book import LinkSettings, StoryBook
from worker.domain.stories.face import Face
from worker.domain.stories.keys import sought, stored
from worker.domain.stories.likeness import compare
from worker.domain.stories.places import distance_km
from worker.domain.stories.trace import make_trace
from worker.domain.stories.weights import Weights

DAY = datetime(2026, 3, 1, 9, tzinfo=UTC)
COMMON = {"en": ["the", "a", "an", "in", "of", "at", "on", "and", "near", "says", "after", "by"]}
TAJI = Event(
    "Shelling/artillery/missile attack", "Explosions/Remote violence", date=date(2026, 3, 1), date_precision=1,
    place="Taji", governorate="Baghdad", lat=33.51, lon=44.26, geo_precision=1, targets=("base",), weapons=("rocket",),
)  # fmt: skip
BASRA = replace(TAJI, place="Basra", governorate="Basra", lat=30.51, lon=47.81)
WIRE = (
    "A barrage of rockets struck the sprawling Taji military base north of the capital before dawn on Sunday, "
    "security sources said, adding that air defences had engaged several projectiles over the Tigris valley."
)


def report(number, title, *events, hours=0.0, source="Tigris", language="en", body="", kind=None, **more):
    at = DAY + timedelta(hours=hours)
    whole = f"{title}\n{body}"
    analysis = Analysis(
        True, 0.9, kind or (Kind.INCIDENT if events else Kind.CONTEXT), events=events,
        matches=tuple(Match(c, c, 0, 1) for c in more.pop("concepts", ())),
    )  # fmt: skip
    host = source.lower()
    return Report(
        item_id=number, feed_id=1, url=f"https://{host}.example/{number}",
        canonical_url=more.pop("url", f"https://{host}.example/{number}"), source=source, reliability="C",
        language=language, title=title, text=whole, text_hash=str(hash(whole)), published_at=at, seen_at=at,
        fresh=True, analysis=analysis, entry_id=more.pop("entry", number), revision=more.pop("revision", 1),
    )  # fmt: skip


def put(*reports):
    book = StoryBook(LinkSettings(common_words=COMMON))
    for one in reports:
        book.add(one)
    return [book.story_of(one.item_id) for one in reports]


def together(*reports):
    """Whether all these end up in one story, whatever order they come in."""
    found = set()
    for order in permutations(reports):
        book = StoryBook(LinkSettings(common_words=COMMON))
        for one in order:
            book.add(one)
        found.add(len({book.story_of(one.item_id) for one in reports}) == 1)
    assert len(found) == 1, "the order of arrival changed what belongs together"
    return found.pop()


def test_a_place_in_common_is_counted_as_a_place_alone():
    def faces(*concepts):
        told = {"concepts": concepts}
        first = report(1, "Rockets hit base at Taji", TAJI, **told)
        second = report(2, "Roquettes sur la base de Taji", TAJI, source="Seine", language="fr", **told)
        return [Face(make_trace(one, {})) for one in (first, second)]

    plain = compare(*faces(), Weights()).score
    assert compare(*faces("place:taji"), Weights()).score == plain
    assert compare(*faces("barracks"), Weights()).score > plain


def test_two_attacks_of_one_day_and_place_stay_apart_when_all_else_differs():
    shooting = replace(
        TAJI, sub_event_type="Attack", weapons=("small_arms",), targets=("official",), killed=5
    )
    shells = report(1, "Rockets hit base", TAJI, concepts=("place:taji",))
    gunmen = report(2, "Official shot dead", shooting, hours=2, source="Seine", concepts=("place:taji",))
    assert not together(shells, gunmen)


def test_one_outlets_frame_filled_with_another_subject_is_no_copy():
    def bulletin(number, river, headline=None):
        body = (
            f"The weather office at Hilla raised the flood warning for the {river} to level four this morning. The "
            f"{river} may leave its banks from now on. Check what the towns along the banks announce, and move "
            "at once to a safe place on higher ground if you are near the water, the office says."
        )
        title = headline or f"{river} flood warning raised to level four, banks may be flooded"
        return report(number, title, body=body, kind=Kind.OTHER)

    def copy(one, other):
        return compare(*(Face(make_trace(r, {})) for r in (one, other)), Weights()).copy

    diyala = bulletin(1, "Diyala")
    assert not copy(diyala, bulletin(2, "Hillah"))
    anew = bulletin(3, "Diyala", "Diyala flood warning at level four, banks could be flooded")
    assert copy(diyala, anew)


def test_reports_in_two_languages_meet_in_their_event():
    assert together(
        report(1, "Rockets hit Taji base", TAJI),
        report(2, "صواريخ على معسكر التاجي", TAJI, hours=1, source="Rafidain", language="ar"),
    )


def test_a_toll_that_grew_keeps_its_story():
    assert together(
        report(1, "Rockets hit Taji", replace(TAJI, killed=2)),
        report(2, "Taji toll rises", replace(TAJI, killed=3, wounded=12), hours=3, source="Levant"),
        report(
            3,
            "Trois morts à Taji",
            replace(TAJI, killed=3, wounded=14),
            hours=9,
            source="Courrier",
            language="fr",
        ),
    )


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (replace(TAJI, date=date(2026, 3, 4)), "another day"),
        (replace(TAJI, date=date(2026, 3, 2)), "the next day, at the same place"),
        (BASRA, "another province"),
        (replace(TAJI, sub_event_type="Peaceful protest", weapons=(), targets=()), "another kind of event"),
        (replace(TAJI, count=14, date=None), "a summary of many attacks"),
    ],
)
def test_look_alikes_stay_apart(other, why):
    first = report(1, "Rockets hit Taji base", replace(TAJI, killed=2))
    assert not together(first, report(2, "صواريخ", other, hours=24, source="Rafidain", language="ar")), why


def test_neighbouring_kinds_of_one_event_are_one_story():
    clash = replace(TAJI, sub_event_type="Armed clash", weapons=("small_arms",), actors=("isis",), killed=10)
    assert together(
        report(1, "Ten killed in Taji", clash),
        report(
            2, "عشرة قتلى", replace(clash, sub_event_type="Attack"), hours=1, source="Rafidain", language="ar"
        ),
    )


def test_the_same_text_is_a_copy_whoever_carries_it():
    book = StoryBook(LinkSettings(common_words=COMMON))
    book.add(report(1, "Rockets strike base", body=WIRE))
    outcome = book.add(report(2, "Rockets strike base", body=WIRE, source="Levant", hours=2))
    assert "the same text" in outcome.why
    assert book.story_of(2) == book.story_of(1)


def test_an_edited_wire_text_is_a_near_copy_and_says_how_near():
    book = StoryBook(LinkSettings(common_words=COMMON))
    book.add(report(1, "Rockets strike base", TAJI, body=WIRE))
    outcome = book.add(
        report(2, "Rockets strike base", TAJI, body=WIRE + " No casualties.", source="Levant", hours=2)
    )
    assert "near-copy" in outcome.why
    assert book.shelf.held[outcome.story].members[2].copy_of == 1


def test_a_series_of_one_outlet_is_no_copy_of_itself():
    frame = "Catch up with the most important stories from around the country and beyond this day in short."
    assert not together(
        report(1, "Security bulletin, May 10th 2026, morning", body=frame),
        report(2, "Security bulletin, May 11th 2026, morning", body=frame, hours=24),
    )


def test_a_live_page_that_turned_to_another_subject_is_another_story():
    page = "https://tigris.example/live"
    assert not together(
        report(1, "Parliament debates budget law", body="Deputies quarrelled about oil revenues.", url=page),
        report(2, "Floods close roads around Dohuk", body="Heavy rain swept cars away.", url=page, hours=20),
    )


def test_items_without_an_event_join_by_their_text_within_a_language():
    first = report(
        1, "Parliament postpones vote on Popular Mobilization salary law", body="The speaker adjourned."
    )
    alike = report(
        2, "Vote on Popular Mobilization salary law postponed by parliament", source="Levant", hours=3
    )
    other = report(3, "Ministry of Oil signs pipeline contract with consortium", source="Levant", hours=3)
    assert together(first, alike)
    assert not together(first, other)
    assert not together(
        first, report(4, "Le parlement reporte le vote", source="Courrier", language="fr", hours=1)
    )


def test_a_second_event_of_the_same_day_can_carry_a_report_into_its_story():
    harir = replace(TAJI, place="Harir Air Base", governorate="Erbil", lat=36.53, lon=44.35)
    assert together(
        report(1, "Rockets hit Taji base", TAJI),
        report(2, "Harir targeted after Taji", harir, TAJI, hours=5, source="Levant"),
    )


def test_an_earlier_event_that_is_only_recalled_does_not():
    today = replace(BASRA, date=date(2026, 3, 3))
    assert not together(
        report(1, "Rockets hit Taji base", TAJI),
        report(2, "Basra hit, two days after Taji", today, TAJI, hours=50, source="Levant"),
    )


def test_a_round_up_swallows_no_single_events():
    events = [
        replace(BASRA, place=f"P{n}", lat=30.0 + n, governorate=g) for n, g in enumerate(("Basra", "Wasit"))
    ]
    roundup = report(1, "Security developments", *events, replace(TAJI, place="Taji"))
    single = report(2, "Rockets hit Taji base", TAJI, hours=1, source="Levant")
    assert not together(roundup, single)


def test_one_report_that_fits_two_stories_makes_them_one():
    vague = replace(
        TAJI, place=None, lat=None, lon=None, geo_precision=None, governorate="Baghdad", weapons=()
    )
    left = report(1, "Explosions heard", replace(vague, date=None, targets=()), hours=-1)
    book = StoryBook(LinkSettings(common_words=COMMON))
    book.add(left)
    book.add(
        report(2, "صواريخ على التاجي", replace(TAJI, killed=3), source="Rafidain", language="ar", hours=1)
    )
    book.add(
        report(
            3,
            "Explosions heard: rockets on Taji kill three",
            replace(TAJI, killed=3),
            source="Levant",
            hours=2,
        )
    )
    assert len({book.story_of(n) for n in (1, 2, 3)}) == 1
    merged = next(change for change in book.log if change.kind is ChangeKind.MERGED)
    assert (merged.story_id, merged.data["absorbed"]) == (1, 2)
    assert merged.reason.startswith("report 3 shows that they are one: ")
    dated = next(change for change in book.log if change.kind is ChangeKind.DATE)
    assert (dated.data["before"], dated.data["after"]) == (None, "2026-03-01")


def test_a_story_that_holds_two_events_is_divided_and_says_so():
    book = StoryBook(LinkSettings(common_words=COMMON))
    for number, day, source, language, hours in (
        (1, None, "Tigris", "fr", 96),
        (2, date(2026, 3, 4), "Levant", "en", 84),
        (3, date(2026, 3, 5), "Euphrates", "ar", 98),
        (4, date(2026, 3, 3), "Zagros", "tr", 98.4),
    ):
        book.add(report(number, f"{source} {number}", replace(TAJI, date=day), source=source, language=language,
                        hours=hours))  # fmt: skip
    assert [book.story_of(n) for n in (1, 2, 3, 4)] == [1, 1, 1, 2]
    (parted,) = [change for change in book.log if change.kind is ChangeKind.SPLIT]
    assert (parted.story_id, parted.data["into"], parted.data["items"]) == (1, 2, [4])
    assert parted.reason == "these reports tell of another event than the rest"


def test_a_correction_moves_a_report_to_its_own_event():
    stories = put(
        report(1, "Rockets hit Taji base", TAJI),
        report(2, "Rockets hit Taji, officials say", TAJI, source="Levant", hours=1),
        report(3, "Correction: rockets hit Basra", BASRA, source="Levant", hours=2, entry=2, revision=2),
        report(4, "Basra struck by rockets", BASRA, source="Euphrates", hours=3),
    )
    assert stories[0] != stories[2]
    assert stories[2] == stories[3]


def test_every_join_gives_its_reason():
    book = StoryBook(LinkSettings(common_words=COMMON))
    assert book.add(report(1, "Rockets hit Taji base", TAJI)).why == "no report like it so far"
    outcome = book.add(
        report(2, "صواريخ", replace(TAJI, killed=5), source="Rafidain", language="ar", hours=1)
    )
    assert outcome.why == (
        "both on 2026-03-01, both at Taji, Shelling/artillery/missile attack, same base as in Tigris's report 1"
    )


@settings(deadline=None)  # a busy machine
@given(st.randoms(use_true_random=False))
def test_a_dozen_reports_of_three_events_fall_into_three_stories_in_any_order(dice: random.Random):
    events = [TAJI, BASRA, replace(TAJI, date=date(2026, 3, 5))]
    made = [
        report(10 * e + n, f"{n} reports {e}", replace(event, killed=n), hours=96 * (e == 2) + n, source=f"O{n}",
               language=("en", "ar", "fr", "tr")[n])
        for e, event in enumerate(events)
        for n in range(4)
    ]  # fmt: skip
    dice.shuffle(made)
    book = StoryBook(LinkSettings(common_words=COMMON))
    for one in made:
        book.add(one)
    found = {frozenset(r.item_id for r in made if book.story_of(r.item_id) == s.id) for s in book.stories()}
    assert found == {frozenset(10 * e + n for n in range(4)) for e in range(3)}


@given(st.text(max_size=300), st.text(max_size=300))
def test_comparing_is_symmetric_and_bounded_for_any_text(left, right):
    a = make_trace(report(1, left[:80], TAJI, body=left), {})
    b = make_trace(report(2, right[:80], body=right, source="Levant", hours=5), {})
    left, right = Face(a), Face(b)
    forth, back = compare(left, right, Weights()), compare(right, left, Weights())
    assert forth.score == back.score
    assert -1 <= forth.score <= 1


@given(st.integers(0, 400))
def test_what_can_be_one_event_shares_a_key(minutes):
    a = make_trace(report(1, "Rockets hit Taji base", TAJI), {})
    vague = replace(TAJI, date=None, place=None, lat=None, lon=None, geo_precision=None)
    b = make_trace(report(2, "صواريخ", vague, hours=minutes / 60, source="Rafidain", language="ar"), {})
    assert set(stored(a)) & set(sought(b)[0])
    assert set(stored(b)) & set(sought(a)[0])


def test_on_a_crowded_day_the_story_that_names_the_place_is_looked_at_before_those_that_lie_near():
    # All in the cells that are looked in for Taji, forty kilometres and more from it and from each other.
    places = [("Ashta", 33.98, 44.05), ("Barwa", 33.98, 44.50), ("Chamka", 33.95, 44.97), ("Daranj", 33.55, 44.80),
              ("Eshin", 33.05, 44.05), ("Fayla", 33.05, 44.50), ("Guran", 33.10, 44.97)]  # fmt: skip
    near = [
        report(
            n,
            f"Rockets land {name}",
            replace(TAJI, place=name, lat=lat, lon=lon),
            hours=n / 10,
            source=f"S{n}",
        )
        for n, (name, lat, lon) in enumerate(places, 2)
    ]
    first = report(1, "Rockets hit base", TAJI)
    late = report(20, "Des roquettes sur une base", TAJI, hours=2, source="Seine", language="fr")
    found = put(first, *near, late)
    assert found[0] == found[-1]
    assert len(set(found)) == len(found) - 1


def test_keys_are_numbers_that_a_database_indexes_in_eight_bytes():
    trace = make_trace(report(1, "Rockets hit Taji base", TAJI, body=WIRE), {})
    keys = [*stored(trace), *sought(trace)[0], *sought(trace)[1]]
    assert all(-(2**63) <= key < 2**63 for key in keys)
    assert len(stored(trace)) <= 30


def test_signatures_estimate_the_share_of_shingles():
    base = [f"w{n}" for n in range(400)]
    for changed in (0, 40, 100, 200):
        other = [f"x{n}" if n < changed else w for n, w in enumerate(base)]
        left, right = set(words.shingles(base)), set(words.shingles(other))
        true = len(left & right) / len(left | right)
        found = signature.likeness(*(signature.values(signature.signature(list(s))) for s in (left, right)))
        assert found == pytest.approx(true, abs=0.2)


def test_signatures_do_not_depend_on_machine_or_version():
    assert signature.signature(["rockets hit taji"])[:8].hex() == "ded08cc443643c92"


def test_spelling_does_not_matter_but_words_do():
    assert words.tokens("أربيل ۱۲ قتیل") == words.tokens("اربيل 12 قتيل")
    assert words.tokens("1,200 killed") == ["1200", "killed"]


def test_distances_are_great_circles():
    assert distance_km(TAJI, BASRA) == pytest.approx(471, abs=15)
    assert distance_km(TAJI, replace(TAJI, lat=None)) is None
