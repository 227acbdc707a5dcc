"""The contract of the link room on both databases: the service, its store, and what readers then see."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, func, insert, select, update

from worker.domain.model import Analysis, ChangeKind, Event, Kind, Stage
from worker.domain.stories.book import LinkSettings
from worker.domain.stories.keys import INDEXED, stored
from worker.errors import MarsadError
from worker.services.link import LinkService
from worker.storage import codec
from worker.storage.desk import DeskQueries
from worker.storage.engine import reading, writing
from worker.storage.link import LinkQueries
from worker.storage.migrate import migrate
from worker.storage.tables import (
    analyses,
    entries,
    feeds,
    items,
    link_runs,
    notices,
    stories,
    story_changes,
    story_items,
)

NOW = datetime(2026, 3, 1, 20, tzinfo=UTC)
COMMON = LinkSettings(common_words={"en": frozenset({"the", "a", "in", "of", "at", "on", "and"})})
TAJI = Event(
    sub_event_type="Shelling/artillery/missile attack",
    event_type="Explosions/Remote violence",
    date=date(2026, 3, 1),
    date_precision=1,
    place="Taji",
    governorate="Baghdad",
    lat=33.51,
    lon=44.26,
    geo_precision=1,
    targets=("base",),
    weapons=("rocket",),
    confidence=0.8,
)
BASRA = replace(TAJI, place="Basra", governorate="Basra", lat=30.5, lon=47.8)


class LinkAndDesk(LinkQueries, DeskQueries):
    def __init__(self, engine):
        self.engine = engine


class Newsroom:
    """Puts analysed items into the database as the read room would, and links them."""

    def __init__(self, engine):
        self.engine = engine
        self.store = LinkAndDesk(engine)
        self.now = NOW
        self.service = LinkService(self.store, clock=lambda: self.now, settings=COMMON)
        self._entry = 0

    def report(
        self, source, title, *events, minutes=0, language="en", body="", entry=None, revision=1, kind=None
    ):
        published = NOW - timedelta(hours=6) + timedelta(minutes=minutes)
        text = f"{title}\n{body or title}"
        kind = kind or (Kind.INCIDENT if events else Kind.CONTEXT)
        with writing(self.engine) as connection:
            feed = connection.execute(select(feeds.c.id).where(feeds.c.name == source)).scalar()
            if feed is None:
                feed = connection.execute(
                    insert(feeds)
                    .values(url=f"https://{source.lower()}.example/rss", name=source, options={}, memory={},
                            origin="file", created_at=NOW)
                    .returning(feeds.c.id)
                ).scalar_one()  # fmt: skip
            if entry is None:
                self._entry += 1
                entry = connection.execute(
                    insert(entries)
                    .values(
                        feed_id=feed, identity=f"e{self._entry}", fingerprint="f", first_seen_at=published
                    )
                    .returning(entries.c.id)
                ).scalar_one()
            item = connection.execute(
                insert(items)
                .values(
                    entry_id=entry, feed_id=feed, revision=revision, title_raw=title, html_raw="",
                    url=f"https://{source.lower()}.example/{entry}", published_at=published, seen_at=published,
                    fresh=True, stage=str(Stage.READ), stage_at=published, title=title, text=text,
                    canonical_url=f"https://{source.lower()}.example/{entry}", language=language,
                    text_hash=str(hash((text, language))),
                )
                .returning(items.c.id)
            ).scalar_one()  # fmt: skip
            self.analyse(connection, item, events, kind)
        return item

    def analyse(self, connection, item, events, kind=Kind.INCIDENT):
        analysis = Analysis(
            relevant=True, score=0.9, kind=kind, events=tuple(events), gist="Rockets hit Taji"
        )
        connection.execute(
            insert(analyses).values(
                item_id=item, lexicon_version="1", relevant=True, score=0.9, kind=str(kind), gist=analysis.gist,
                terms=[], matches=[], reasons=[], events=codec.dump(analysis.events), made_at=NOW,
            )
        )  # fmt: skip

    def story_of(self, item):
        with reading(self.engine) as connection:
            row = connection.execute(select(items.c.stage, items.c.story_id).where(items.c.id == item)).one()
        assert row.stage == "linked"
        return row.story_id

    def entry_of(self, item):
        with reading(self.engine) as connection:
            return connection.execute(select(items.c.entry_id).where(items.c.id == item)).scalar()

    def view(self, story):
        return self.store.story_view(story)

    def kinds(self, story):
        return [change.kind for change in self.view(story).changes]


@pytest.fixture
def room(engine):
    return Newsroom(engine)


def test_reports_of_one_event_in_two_languages_become_one_story_that_grows(room):
    first = room.report("Tigris", "Rockets hit Taji base", TAJI)
    assert room.service.run(50) == 1
    second = room.report(
        "Rafidain", "صواريخ على معسكر التاجي", replace(TAJI, killed=2), minutes=20, language="ar"
    )
    third = room.report("Levant", "Three dead in Taji barrage", replace(TAJI, killed=3), minutes=50)
    assert room.service.run(50) == 2
    story = room.story_of(first)
    assert room.story_of(second) == room.story_of(third) == story
    view = room.view(story)
    assert view.story.version == 3
    assert (view.story.event.killed, view.story.fields["killed"].low, view.story.fields["killed"].high) == (
        3,
        2,
        3,
    )
    assert view.story.corroboration == "corroborated"
    assert view.story.languages == ("ar", "en")
    assert (view.story.item_count, view.story.source_count, view.story.independent_sources) == (3, 3, 3)
    assert [r.item_id for r in view.reports] == [first, second, third]
    assert room.kinds(story) == [
        ChangeKind.NEW, ChangeKind.TOLL, ChangeKind.CORROBORATED, ChangeKind.TOLL,
    ]  # fmt: skip


def test_copies_of_one_wire_text_count_once_and_change_nothing(room):
    body = (
        "A rocket barrage struck the Taji base north of the capital late on Sunday, two officers said. " * 2
    )
    first = room.report("Tigris", "Rockets hit Taji base", TAJI, body=body)
    copy = room.report("Levant", "Rockets hit Taji base", TAJI, body=body + "More soon.", minutes=5)
    assert room.service.run(50) == 2
    story = room.story_of(first)
    assert room.story_of(copy) == story
    view = room.view(story)
    assert (view.story.independent_sources, view.story.corroboration) == (1, "single source")
    assert room.kinds(story) == [ChangeKind.NEW, ChangeKind.COPY]


def test_the_same_place_and_kind_on_another_day_is_another_story(room):
    first = room.report("Tigris", "Rockets hit Taji base", TAJI)
    later = room.report(
        "Tigris", "Taji base hit by rockets again", replace(TAJI, date=date(2026, 3, 4)), minutes=3 * 1440
    )
    room.service.run(50)
    assert room.story_of(first) != room.story_of(later)


def test_a_worker_whose_lease_was_lost_writes_nothing_for_that_item(room):
    item = room.report("Tigris", "Rockets hit Taji base", TAJI)
    original = room.store.claim_read

    def claim_then_lose(*args):
        claimed = original(*args)
        with writing(room.engine) as connection:
            connection.execute(update(items).values(generation=items.c.generation + 1))
        return claimed

    room.store.claim_read = claim_then_lose
    assert room.service.run(50) == 0
    with reading(room.engine) as connection:
        assert connection.execute(select(items.c.stage).where(items.c.id == item)).scalar() == "read"
        assert connection.execute(select(func.count()).select_from(stories)).scalar() == 0
        assert connection.execute(select(func.count()).select_from(link_runs)).scalar() == 0


def test_what_another_worker_wrote_meanwhile_is_looked_at_again_inside_the_section(room):
    first = room.report("Tigris", "Rockets hit Taji base", TAJI)
    rival = LinkService(LinkAndDesk(room.engine), clock=lambda: NOW, settings=COMMON)
    original = room.store.link_section
    second = []

    def overtaken(leases, now):
        if not second:
            second.append(room.report("Levant", "Taji base struck by rockets", TAJI, minutes=3))
            assert rival.run(50) == 1
        return original(leases, now)

    room.store.link_section = overtaken
    assert room.service.run(50) == 1
    assert room.story_of(first) == room.story_of(second[0])


def test_a_report_finds_its_story_beside_a_copy_of_that_storys_report_in_one_batch(room):
    first = room.report("Tigris", "Rockets hit Taji base, two dead", replace(TAJI, killed=2))
    assert room.service.run(50) == 1
    copy = room.report("Euphrates", "Rockets hit Taji base, two dead", replace(TAJI, killed=2), minutes=5)
    other = room.report("Rafidain", "صواريخ على معسكر التاجي", TAJI, minutes=6, language="ar")
    assert room.service.run(50) == 2
    assert room.story_of(first) == room.story_of(copy) == room.story_of(other)


def test_workers_side_by_side_make_no_twins(room):
    made = [
        room.report(f"Outlet{n}", f"Rockets hit Taji base, says outlet {n}", replace(TAJI, killed=n % 3), minutes=n)
        for n in range(24)
    ]  # fmt: skip

    def work():
        service = LinkService(LinkAndDesk(room.engine), clock=lambda: NOW, settings=COMMON)
        while service.run(2):
            pass

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len({room.story_of(item) for item in made}) == 1
    view = room.view(room.story_of(made[0]))
    assert (view.story.item_count, len(view.reports)) == (24, 24)
    versions = [change.version for change in view.changes]
    assert versions == sorted(versions)


def test_a_corrected_report_of_another_event_leaves_its_story(room):
    first = room.report("Tigris", "Rockets hit Taji base", TAJI)
    wrong = room.report("Levant", "Rockets hit Taji base, officials say", TAJI, minutes=5)
    room.service.run(50)
    story = room.story_of(first)
    assert room.story_of(wrong) == story
    entry = room.entry_of(wrong)
    right = room.report("Levant", "Correction: rockets hit Basra", BASRA, minutes=30, entry=entry, revision=2)
    room.service.run(50)
    assert room.story_of(right) != story
    view = room.view(story)
    assert view.story.corroboration == "single source"
    assert ChangeKind.CORRECTED in room.kinds(story)


def test_of_three_revisions_only_the_last_still_stands(room):
    first = room.report("Tigris", "Rockets hit Taji base", TAJI)
    room.service.run(50)
    entry = room.entry_of(first)
    second = room.report("Tigris", "Rockets hit Taji base, 2 dead", replace(TAJI, killed=2), minutes=9, entry=entry,
                         revision=2)  # fmt: skip
    room.service.run(50)
    third = room.report("Tigris", "Rockets hit Taji base, 3 dead", replace(TAJI, killed=3), minutes=19, entry=entry,
                        revision=3)  # fmt: skip
    room.service.run(50)
    with reading(room.engine) as connection:
        rows = connection.execute(select(story_items.c.item_id, story_items.c.superseded)).all()
    assert {row.item_id: bool(row.superseded) for row in rows} == {first: True, second: True, third: False}
    assert room.view(room.story_of(first)).story.event.killed == 3


def test_a_report_taken_back_retracts_the_story_of_its_only_source(room):
    item = room.report("Tigris", "Rockets hit Taji base", TAJI)
    room.service.run(50)
    entry = room.entry_of(item)
    room.report("Tigris", "Report of rockets withdrawn", minutes=60, entry=entry, revision=2)
    room.service.run(50)
    story = room.story_of(item)
    assert room.view(story).story.corroboration == "retracted"
    assert room.kinds(story)[-1] is ChangeKind.RETRACTED


def test_an_item_read_again_from_its_article_updates_its_story_in_place(room):
    item = room.report("Tigris", "Rockets hit Taji base", TAJI)
    room.service.run(50)
    with writing(room.engine) as connection:
        connection.execute(analyses.delete())
        room.analyse(connection, item, [replace(TAJI, killed=4)])
        connection.execute(
            update(items).values(stage="read", text="Rockets hit Taji base\nFour died.", text_hash="n")
        )
    room.service.run(50)
    view = room.view(room.story_of(item))
    assert (view.story.item_count, len(view.reports), view.story.event.killed) == (1, 1, 4)
    assert room.kinds(view.story.id) == [ChangeKind.NEW, ChangeKind.TOLL]


def test_stories_merged_by_hand_stay_merged_and_both_addresses_work(room):
    one = room.report("Tigris", "Rockets hit Taji base", TAJI)
    two = room.report("Levant", "Rockets hit Basra", BASRA, minutes=5)
    room.service.run(50)
    kept, gone = room.story_of(one), room.story_of(two)
    assert room.service.merge(kept, gone, "an analyst") == kept
    assert room.story_of(two) == kept
    assert room.view(gone).story.id == kept
    assert room.view(kept).story.pinned
    assert room.view(kept).merged == (gone,)
    third = room.report("Euphrates", "Basra struck by rockets", BASRA, minutes=15)
    room.service.run(50)
    assert room.story_of(third) == kept, "keys of the merged story lead to the one that stayed"
    assert room.story_of(one) == room.story_of(two) == kept


def test_reports_split_by_hand_stay_apart(room):
    one = room.report("Tigris", "Rockets hit Taji base", TAJI)
    two = room.report("Levant", "Taji rockets: second barrage", TAJI, minutes=5)
    room.service.run(50)
    story = room.story_of(one)
    assert room.story_of(two) == story
    made = room.service.split(story, [two], "an analyst")
    assert (room.story_of(one), room.story_of(two)) == (story, made)
    assert ChangeKind.SPLIT in room.kinds(story)
    room.report("Euphrates", "Rockets on Taji base", TAJI, minutes=15)
    room.service.run(50)
    assert room.story_of(one) != room.story_of(two)


def test_hands_are_told_what_they_got_wrong(room):
    item = room.report("Tigris", "Rockets hit Taji base", TAJI)
    room.service.run(50)
    story = room.story_of(item)
    with pytest.raises(MarsadError, match="no such story"):
        room.service.merge(story, 999, "an analyst")
    with pytest.raises(MarsadError, match="itself"):
        room.service.merge(story, story, "an analyst")
    with pytest.raises(MarsadError, match="are not in it"):
        room.service.split(story, [999], "an analyst")


def test_a_story_without_news_for_a_day_is_settled_once(room):
    item = room.report("Tigris", "Rockets hit Taji base", TAJI)
    room.service.run(50)
    assert room.service.settle(10) == 0
    room.now = NOW + timedelta(hours=25)
    assert room.service.settle(10) == 1
    assert room.service.settle(10) == 0
    view = room.view(room.story_of(item))
    assert view.story.phase == "settled"
    assert room.kinds(view.story.id)[-1] is ChangeKind.SETTLED


def keys_of(room, story):
    """How many keys lead to the story, in the eyes of a process that begins now."""
    store = LinkAndDesk(room.engine)
    reports = store.traces([report.item_id for report in room.view(story).reports])
    keys = sorted({key for trace in reports.values() for key in stored(trace) if key >= INDEXED})
    return sum(found == story for _, found, _ in store.reach(keys, 30))


def test_keys_of_events_outside_the_window_are_forgotten_and_the_stories_kept(room):
    old = room.report("Tigris", "Rockets hit Taji base", TAJI)
    room.service.run(50)
    assert room.service.prune() == 0
    room.now = NOW + timedelta(days=36)
    new = room.report(
        "Levant", "Clash near Hilla", replace(TAJI, date=date(2026, 4, 6), place="Hilla"), minutes=36 * 1440
    )
    room.service.run(50)
    assert room.service.prune() > 0
    assert room.service.prune() == 0
    assert (keys_of(room, room.story_of(old)), keys_of(room, room.story_of(new)) > 0) == (0, True)
    assert room.view(room.story_of(old)).story.event.place == "Taji"


def test_the_window_goes_by_the_day_of_the_event_and_not_by_what_was_done_to_the_story_since(room):
    old = room.report("Tigris", "Rockets hit Taji base", TAJI)
    room.service.run(50)
    room.now = NOW + timedelta(days=36)
    room.report(
        "Levant", "Clash near Hilla", replace(TAJI, date=date(2026, 4, 6), place="Hilla"), minutes=36 * 1440
    )
    room.service.pin(room.story_of(old), "an analyst")
    room.service.run(50)
    room.service.prune()
    assert keys_of(room, room.story_of(old)) == 0


def test_an_archive_that_is_read_in_long_afterwards_finds_its_stories(room):
    room.now = NOW + timedelta(days=400)
    first = room.report("Tigris", "Rockets hit Taji base", TAJI)
    room.service.run(50)
    room.service.prune()
    second = room.report("Levant", "Taji base struck by rockets", TAJI, minutes=30)
    room.service.run(50)
    assert room.story_of(first) == room.story_of(second)


@pytest.mark.parametrize("level", ["0003", "0004"])
def test_what_an_older_marsad_filed_is_found_after_the_upgrade(room, level):
    first = room.report("Tigris", "Rockets hit Taji base", TAJI)
    room.service.run(50)
    story = room.story_of(first)
    keys = [key for key in stored(room.store.traces([first])[first]) if key >= INDEXED]
    with writing(room.engine) as connection:
        connection.exec_driver_sql("DROP TABLE link_runs")
        connection.exec_driver_sql(
            "CREATE TABLE link_keys (key bigint, story_id integer, item_id integer, PRIMARY KEY (key, story_id))"
        )
        if level == "0003":
            connection.exec_driver_sql("CREATE INDEX ix_link_keys_story_id ON link_keys (story_id)")
            keys = [key % 1000 for key in keys[:1]]  # keys were made otherwise then
        for key in keys:
            connection.exec_driver_sql(f"INSERT INTO link_keys VALUES ({key}, {story}, {first})")
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{level}'")
    room.engine.dispose()
    assert migrate(room.engine) == "upgraded"
    second = room.report("Levant", "صواريخ على التاجي", TAJI, minutes=30, language="ar")
    LinkService(LinkAndDesk(room.engine), clock=lambda: room.now, settings=COMMON).run(50)
    assert room.story_of(second) == story


def test_a_process_sees_what_others_file_merge_and_forget(room):
    other = LinkAndDesk(room.engine)
    first = room.report("Tigris", "Rockets hit Taji base", TAJI)
    room.service.run(50)
    kept = room.story_of(first)
    keys = sorted(key for key in stored(room.store.traces([first])[first]) if key >= INDEXED)
    assert other.reach(keys, 30) == [(key, kept, first) for key in keys]

    apart = room.report("Levant", "Rockets hit Basra", BASRA, minutes=60)
    room.service.run(50)
    gone = room.story_of(apart)
    theirs = sorted(key for key in stored(room.store.traces([apart])[apart]) if key >= INDEXED)
    room.service.merge(kept, gone, "an analyst")
    assert gone != kept
    assert {story for _, story, _ in other.reach(theirs, 30)} == {kept}
    assert {story for _, story, _ in LinkAndDesk(room.engine).reach(theirs, 30)} == {kept}

    room.now = NOW + timedelta(days=36)
    room.report("Levant", "Clash near Hilla", replace(TAJI, date=date(2026, 4, 6)), minutes=36 * 1440)
    room.service.run(50)
    assert room.service.prune() > 0
    assert other.reach(keys, 30) == []


def test_a_process_begins_anew_where_the_database_was_put_back(room):
    first = room.report("Tigris", "Rockets hit Taji base", TAJI)
    room.service.run(50)
    keys = sorted(key for key in stored(room.store.traces([first])[first]) if key >= INDEXED)
    assert room.store.reach(keys, 30)
    with writing(room.engine) as connection:
        connection.execute(delete(link_runs))
    assert room.store.reach(keys, 30) == []


def test_one_item_that_cannot_be_linked_goes_to_quarantine_and_the_rest_moves_on(room):
    def tell(event):
        if event.place == "Basra":
            raise ValueError("no words for it")
        return "told"

    room.service = LinkService(room.store, clock=lambda: room.now, settings=replace(COMMON, tell=tell))
    bad = room.report("Levant", "Rockets hit Basra", BASRA)
    good = room.report("Tigris", "Rockets hit Taji base", TAJI, minutes=1)
    assert room.service.run(50) == 1
    assert room.view(room.story_of(good)).story.gist == "told"
    for _ in range(2):
        assert room.service.run(50) == 0
    with reading(room.engine) as connection:
        assert connection.execute(select(items.c.stage).where(items.c.id == bad)).scalar() == "quarantined"
        told = connection.execute(select(notices.c.text)).scalar_one()
    assert "no words for it" in told


def test_the_log_is_numbered_in_order_of_commit(room):
    for n in range(6):
        room.report(f"Outlet{n}", f"Outlet {n}: rockets hit Taji base", replace(TAJI, killed=n), minutes=n)
        room.service.run(1)
    with reading(room.engine) as connection:
        log = connection.execute(
            select(story_changes.c.version, story_changes.c.position).order_by(story_changes.c.id)
        ).all()
    assert log == sorted(log)


def test_what_was_pinned_by_hand_takes_reports_in_and_is_never_merged_or_split(room):
    item = room.report("Tigris", "Rockets hit Taji base", TAJI)
    room.service.run(50)
    story = room.story_of(item)
    room.service.pin(story, "an analyst")
    more = room.report("Levant", "Taji base struck by rockets", TAJI, minutes=5)
    room.service.run(50)
    assert room.story_of(more) == story
    entry = room.entry_of(item)
    right = room.report("Tigris", "Correction: rockets hit Basra", BASRA, minutes=9, entry=entry, revision=2)
    room.service.run(50)
    assert room.story_of(right) == room.story_of(item) == story, (
        "a revision stays where a person put its report"
    )
    assert ChangeKind.SPLIT not in room.kinds(story)
    assert room.view(story).story.pinned


def test_a_report_that_comes_days_late_finds_the_story_of_its_event(room):
    first = room.report("Tigris", "Rockets hit Taji base", TAJI)
    room.service.run(50)
    room.now = NOW + timedelta(days=3)
    late = room.report("Levant", "Inquiry names the base struck by rockets", TAJI, minutes=2 * 24 * 60)
    room.service.run(50)
    assert room.story_of(late) == room.story_of(first)


def test_a_settled_story_that_gets_a_report_develops_again(room):
    item = room.report("Tigris", "Rockets hit Taji base", TAJI)
    room.service.run(50)
    room.now = NOW + timedelta(hours=25)
    assert room.service.settle(10) == 1
    room.report("Levant", "Taji base struck by rockets", TAJI, minutes=600)
    room.service.run(50)
    assert room.view(room.story_of(item)).story.phase == "developing"


def test_every_version_of_a_story_is_an_event_of_its_own_and_a_copy_is_told_as_a_copy(room):
    body = "Two rockets fell on the Taji base north of Baghdad at dawn and wounded three guards, police said."
    room.report("Tigris", "Rockets hit Taji base", replace(TAJI, wounded=3), body=body)
    room.service.run(50)
    item = room.report("Levant", "Rockets hit Taji base", replace(TAJI, wounded=3), body=body, minutes=5)
    room.service.run(50)
    grown = room.report("Zagros", "Taji rockets wound five", replace(TAJI, wounded=5), minutes=60)
    room.service.run(50)
    story = room.story_of(grown)
    assert room.story_of(item) == story
    kinds = room.kinds(story)
    assert kinds[:2] == [ChangeKind.NEW, ChangeKind.COPY]
    assert {ChangeKind.TOLL, ChangeKind.CORROBORATED} <= set(kinds[2:])
