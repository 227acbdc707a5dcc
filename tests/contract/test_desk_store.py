"""What the desk reads and keeps, on both databases."""

from datetime import timedelta

import pytest

from tests.support.alertkit import NOW, change, event, put_story, report, story
from worker.domain.desk.people import Person, Role
from worker.domain.model import Severity
from worker.ports import StoryFilter
from worker.storage.access import AccessStore
from worker.storage.browse import BrowseQueries
from worker.storage.store import Store

DAY = timedelta(days=1)


@pytest.fixture
def filled(engine):
    put_story(engine, story(1), [change(story_id=1)], [report(1)])
    other = story(2, event=event(actors=("isis",), governorate="Diyala"), updated_at=NOW - DAY)
    put_story(engine, other, [change(story_id=2, item_id=2)], [report(2, language="ar")])
    put_story(engine, story(3, event=None, updated_at=NOW - DAY), [change(story_id=3, item_id=None)])
    return engine


def ids(engine, **wanted):
    return [told.id for told, _ in Store(engine).stories(StoryFilter(**wanted))]


def test_stories_are_found_by_actor_language_source_and_severity(filled):
    assert ids(filled) == [1, 3, 2]
    assert ids(filled, actor="isis") == [2]
    assert ids(filled, actor="nobody") == []
    assert ids(filled, language="ar") == [2]
    assert ids(filled, source="Outlet", language="en") == [1]
    assert ids(filled, severity=Severity.HIGH) == []
    assert ids(filled, governorate="Diyala") == [2]
    assert ids(filled, before=(NOW - DAY, 3)) == [2]


def test_counts_for_trends_and_actors(filled):
    browse = BrowseQueries(filled)
    assert sum(count for *_, count in browse.daily(NOW.date() - DAY)) == 3
    assert browse.actors(NOW - 9 * DAY) == {"kataib_hezbollah": 1, "isis": 1}
    assert browse.last_change() == 3
    assert browse.rhythm(NOW - DAY) == {1: {NOW.date().isoformat(): 2}}
    assert browse.pulse(NOW)["feeds"] == 1
    assert [i.id for i, r in browse.items_page(None, 1) if r] == [2]
    assert [i.id for i, _ in browse.items_page(2, 5)] == [1]
    assert browse.latency() == []


def test_a_login_link_is_used_by_one_alone_and_survives_a_second_offer(engine):
    people = AccessStore(engine)
    people.offer_link("once", NOW + DAY)
    assert people.use_link("once", NOW) is True
    people.offer_link("once", NOW + DAY)
    assert people.use_link("once", NOW) is False
    assert people.use_link("other", NOW) is False


def test_sessions_follow_their_account(engine):
    people = AccessStore(engine)
    people.save_account("noor", "hash", Role.ADMIN, NOW)
    account, _ = people.password_of("noor")
    token = people.begin_session(Person("noor", Role.ADMIN), account.id, NOW)
    assert people.session(token, NOW).role is Role.ADMIN
    assert people.session(token, NOW + DAY) is None
    people.save_account("noor", None, Role.VIEWER, NOW)
    assert people.session(token, NOW) is None
    assert people.remove_account("noor") is True
    assert people.remove_account("noor") is False


def test_a_token_is_found_by_its_hash_until_it_ends_or_is_revoked(engine):
    people = AccessStore(engine)
    token = people.make_token("nb", ["read", "write"], "noor", NOW + DAY, NOW)
    assert people.token(token, NOW).role is Role.ANALYST
    assert people.token(token, NOW + 2 * DAY) is None
    assert people.tokens()[0].used_at == NOW
    assert people.revoke(people.tokens()[0].id) is True
    assert people.token(token, NOW) is None


def test_notes_and_the_audit_log_are_kept(filled):
    people = AccessStore(filled)
    people.add_note(1, "ring them", "noor", NOW)
    people.record("noor", "note written", "story 1", NOW, {"n": 1})
    assert [n.text for n in people.notes([1, 2])] == ["ring them"]
    assert [(a.who, a.data) for a in people.audited()] == [("noor", {"n": 1})]
