"""The word index: whatever is read is found by its words, in its story, for as long as it is there."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select, text, update

from tests.support.alertkit import INDEX, NOW, VALUES, change, event, put_story, report, story
from worker.domain.alerting.bind import bind
from worker.domain.alerting.query import parse
from worker.domain.alerting.seek import sought
from worker.domain.model import Lease, ReadOutcome, Stage
from worker.ports import StoryFilter
from worker.storage import tables
from worker.storage.engine import writing
from worker.storage.store import Store
from worker.storage.words import UNFILLED

TEXTS = {
    1: "Rocket attack hits Baghdad airport\nThree rockets fell near the runway.",
    2: "O'Neil flies a gyrocopter\nThe U.S.-led team saw the yellow gyrocopter of al-Qaeda.",
    3: 'صاروخ كاتيوشا يسقط\nسقط بالمطار، وقالت الشرطة: "لا" \\ نعم.',
    4: "Yellow and green\nGreen zones, and a yellow wall.",
}  # fmt: skip


@pytest.fixture
def store(engine):
    for number, words in TEXTS.items():
        told = story(
            number, updated_at=NOW - timedelta(hours=number), event=event(actors=(), targets=(), weapons=())
        )
        put_story(engine, told, [change(story_id=number, item_id=number)], [report(number, words)])
    return Store(engine)


def found(store, query, most=100):
    return store.holding(sought(bind(parse(query), INDEX, VALUES)), most)


@pytest.mark.parametrize(
    ("query", "stories"),
    [
        ("gyrocopter", {2}),
        ("gyrocopters", set()),
        ("zeppelin", set()),
        ("o'neil", {2}),
        ("al-qaeda", {2}),
        ("u.s.-led", {2}),
        ("مطار", {3}),
        ("بالمطار", {3}),
        ("gyro*", {2}),
        ("شرط*", {3}),
        ("rocket", {1, 3}),
        ("rocket attack", {1, 2, 3, 4}),
        ('"yellow gyrocopter"', {2}),
        ('"yellow zone"', {4}),
        ("yellow gyrocopter", {2}),
        ("gyrocopter OR runway", {1, 2}),
        ("yellow NOT gyrocopter", {2, 4}),
        ("gyrocopter NEAR/3 rocket", set()),
    ],
)  # fmt: skip
def test_the_index_names_every_story_that_may_answer(store, query, stories):
    assert found(store, query) == stories


def test_more_than_can_be_followed_is_told_and_not_cut_off(store):
    assert found(store, "yellow", most=1) is None
    assert found(store, "yellow", most=2) == {2, 4}
    assert found(store, "yellow gyrocopter", most=1) == {2}


def outcome(store, number, words, **analysis):
    """What reading one item again would save."""
    with writing(store.engine) as connection:
        connection.execute(
            update(tables.items).where(tables.items.c.id == number).values(stage="new", stage_at=NOW)
        )
    item = next(i for i in store.claim_items(NOW, 10, timedelta(seconds=90)) if i.id == number)
    said = replace(report(number, words).analysis, **analysis)
    return ReadOutcome(item, Stage.READ, words.split("\n")[0], words, "en", "h", item.url, said)


def test_reading_writes_the_words_and_reading_again_adds_to_them(store):
    again = "Another text\nA zeppelin was seen."
    assert store.save_read([outcome(store, 2, again)], NOW) == 1
    assert found(store, "zeppelin") == {2}
    assert found(store, "gyrocopter") == {2}
    passed = outcome(store, 2, "Third text\nA balloon was seen.", relevant=False)
    store.save_read([passed], NOW)
    assert found(store, "balloon") == {2}


def test_what_is_removed_with_its_story_is_not_found_any_more(store):
    with writing(store.engine) as connection:
        connection.execute(delete(tables.items).where(tables.items.c.story_id == 2))
    assert found(store, "gyrocopter") == set()
    assert found(store, "yellow") == {4}


def test_a_report_that_moves_takes_its_words_along(store):
    with writing(store.engine) as connection:
        connection.execute(
            update(tables.story_items).where(tables.story_items.c.item_id == 2).values(story_id=4)
        )
    assert found(store, "gyrocopter") == {4}


def test_items_of_before_the_index_are_taken_in_by_and_by_and_until_then_nobody_claims_to_know(store):
    with writing(store.engine) as connection:
        connection.execute(delete(tables.item_words))
        connection.execute(insert(tables.facts).values(key=UNFILLED, value=4, at=NOW))
    assert found(store, "gyrocopter") is None
    assert store.fill_words(3, now=NOW) == 3
    assert found(store, "gyrocopter") is None
    assert store.fill_words(3, now=NOW) == 1
    assert store.fill_words(3, now=NOW) == 0
    assert found(store, "gyrocopter") == {2}
    assert found(store, "rocket") == {1, 3}


def test_a_lease_that_was_lost_writes_no_words(store):
    late = outcome(store, 2, "Late\nA zeppelin.")
    lost = replace(late, item=replace(late.item, lease=Lease(2, 0, 0)))
    assert store.save_read([lost], NOW) == 0
    assert found(store, "zeppelin") == set()


def test_stories_of_a_rare_language_or_source_are_found_among_many(store):
    put_story(
        store.engine, story(9, languages=("fr",), updated_at=NOW - timedelta(days=9)), [],
        [report(9, "Une roquette\nTombée hier.", language="fr")],
    )  # fmt: skip
    assert [s.id for s, _ in store.stories(StoryFilter(language="fr"))] == [9]
    assert store.stories(StoryFilter(language="de")) == []
    assert [s.id for s, _ in store.stories(StoryFilter(source="Outlet", limit=2))] == [1, 2]
    assert store.stories(StoryFilter(source="Nobody")) == []
    assert [s.id for s, _ in store.stories(StoryFilter(among=frozenset((4, 2)), limit=9))] == [2, 4]
    assert store.stories(StoryFilter(among=frozenset())) == []


def test_the_index_is_what_the_database_looks_into(store):
    """A plan, so that a change of the statement that loses the index is noticed before a large archive is slow."""
    with store.engine.connect() as connection:
        if store.engine.dialect.name == "postgresql":
            connection.execute(text("SET enable_seqscan = off"))
            plan = connection.execute(text(
                "EXPLAIN SELECT item_id FROM item_words WHERE array_to_tsvector(string_to_array(words, ' ')) @@ "
                "cast('''gyrocopter''' AS tsquery)"
            ))  # fmt: skip
            assert "word_index" in str(plan.all())
        else:
            query = select(text("name")).select_from(text("sqlite_schema")).where(text("name = 'word_index'"))
            assert connection.execute(query).all()
