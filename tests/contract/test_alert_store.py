"""Judging and the outbox over a real store: once each, in order, whatever happens in between."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.alertkit import NOW, change, grown, policy, put_story, report, rule, story
from worker.domain.model import AlertState, ChangeKind, DeliveryState, SendResult, Sent, Silence
from worker.services.judge import JudgeService
from worker.storage.alert import AlertQueries

LEASE = timedelta(seconds=90)
SENT = Sent(SendResult.SENT, reference={"ts": "1.0"})


@pytest.fixture
def store(engine):
    queries = AlertQueries()
    queries.engine = engine
    return queries


def judge(store, *rules, at=NOW, **more):
    return JudgeService(store, lambda: policy(*rules, **more), lambda: at).run()


def send_all(store, at=NOW):
    """Send whatever is due; returns (channel, kind) in order."""
    told = []
    for channel in store.due_channels(at):
        for delivery in store.claim_deliveries(channel, at, 50, LEASE):
            assert store.begin(delivery)
            assert store.save_delivery(delivery, DeliveryState.SENT, SENT, None, at)
            told.append((delivery.channel, delivery.message.kind))
    return told


def test_a_new_story_makes_one_alert_and_one_message_a_recipient(store, engine):
    put_story(engine, story(), [change()], [report()])
    assert judge(store, rule(), rule("airport", name="airports")) == (1, 3)
    ((alert, told),) = store.alerts()
    assert told.id == 7
    assert alert.watches == ("iraq-security", "airports")
    assert sorted(send_all(store)) == [("console", "alert"), ("email", "alert"), ("slack", "alert")]
    assert judge(store) == (0, 0)
    assert send_all(store) == []


def test_a_higher_toll_updates_the_same_thread(store, engine):
    put_story(engine, story(), [change()], [report()])
    judge(store)
    send_all(store)
    toll = change(ChangeKind.TOLL, 2, "killed rises from 0 to 5")
    put_story(engine, grown(story(), 2, killed=5), [toll])
    assert judge(store) == (1, 3)
    rows = [d for d in store.deliveries() if d.key == "story:7:2"]
    assert {d.message.kind for d in rows} == {"update"}
    assert {d.thread for d in rows} == {"story:7"}
    assert rows[0].message.changed[0] == "killed rises from 0 to 5"
    assert store.sent_in_thread("story:7", "slack", "#iraq")[0].key == "story:7:1"


def test_an_update_supersedes_a_message_that_has_not_left(store, engine):
    put_story(engine, story(), [change()], [report()])
    judge(store)
    put_story(engine, grown(story(), 2, killed=5), [change(ChangeKind.TOLL, 2, "killed rises from 0 to 5")])
    judge(store)
    states = {(d.key, d.state) for d in store.deliveries(channel="email")}
    assert states == {("story:7:1", DeliveryState.SUPERSEDED), ("story:7:2", DeliveryState.PENDING)}
    assert send_all(store).count(("email", "alert")) == 1


def test_a_claimed_change_is_nobody_elses_and_a_lost_lease_writes_nothing(store, engine):
    put_story(engine, story(), [change()], [report()])
    claimed = store.claim_changes(NOW, 10, LEASE)
    assert len(claimed) == 1
    assert store.claim_changes(NOW, 10, LEASE) == []
    later = NOW + LEASE * 2
    assert len(store.claim_changes(later, 10, LEASE)) == 1
    outcome = policy().judge(store.story_views([7])[7], claimed, store.situation(NOW))
    assert store.save_judgement([outcome], NOW) == 0
    assert store.alerts() == []


def test_changes_of_a_story_in_somebodys_hands_wait(store, engine):
    put_story(engine, story(), [change()], [report()])
    store.claim_changes(NOW, 10, LEASE)
    put_story(engine, grown(story(), 2, killed=1), [change(ChangeKind.TOLL, 2, "killed is 1")])
    assert store.claim_changes(NOW, 10, LEASE) == []


def test_a_decision_on_an_alert_that_changed_meanwhile_is_made_again(store, engine):
    put_story(engine, story(), [change()], [report()])
    claimed = store.claim_changes(NOW, 10, LEASE)
    outcome = policy().judge(store.story_views([7])[7], claimed, store.situation(NOW))
    put_story(engine, grown(story(), 2, killed=1), [change(ChangeKind.TOLL, 2, "killed is 1")])
    overtaken = replace(outcome, changes=(), base=None)
    assert store.save_judgement([overtaken], NOW) == 1
    assert store.save_judgement([outcome], NOW) == 0
    assert judge(store)[0] == 1


def test_a_sender_that_died_leaves_a_doubt_and_only_for_the_message_it_was_sending(store, engine):
    put_story(engine, story(), [change()], [report()])
    judge(store, recipients={"email": ("a@example.org", "b@example.org")})
    first, _second = store.claim_deliveries("email", NOW, 10, LEASE)
    assert store.begin(first)
    later = NOW + LEASE * 2
    again = {d.id: d.state for d in store.claim_deliveries("email", later, 10, LEASE)}
    assert again.pop(first.id) is DeliveryState.UNCERTAIN
    assert list(again.values()) == [DeliveryState.PENDING]
    assert store.save_delivery(first, DeliveryState.SENT, SENT, None, later) is False


def test_an_update_never_overtakes_the_message_it_updates(store, engine):
    put_story(engine, story(), [change()], [report()])
    judge(store, recipients={"email": ("a@example.org",)})
    (first,) = store.claim_deliveries("email", NOW, 10, LEASE)
    store.begin(first)
    put_story(engine, grown(story(), 2, killed=5), [change(ChangeKind.TOLL, 2, "killed rises from 0 to 5")])
    judge(store, recipients={"email": ("a@example.org",)})
    assert store.claim_deliveries("email", NOW, 10, LEASE) == []
    store.save_delivery(first, DeliveryState.SENT, SENT, None, NOW)
    (update,) = store.claim_deliveries("email", NOW, 10, LEASE)
    assert update.message.kind == "update"


def test_a_dead_letter_can_be_sent_again(store, engine):
    put_story(engine, story(), [change()], [report()])
    judge(store, recipients={"email": ("a@example.org",)})
    (claimed,) = store.claim_deliveries("email", NOW, 10, LEASE)
    store.begin(claimed)
    store.save_delivery(claimed, DeliveryState.DEAD, Sent(SendResult.REJECTED, "550 no such user"), None, NOW)
    assert store.deliveries(state=DeliveryState.DEAD)[0].error == "550 no such user"
    assert store.claim_deliveries("email", NOW + LEASE * 3, 10, LEASE) == []
    assert store.requeue(claimed.id, NOW)
    assert len(store.claim_deliveries("email", NOW, 10, LEASE)) == 1


def test_a_mute_stops_what_waits_and_what_comes(store, engine):
    put_story(engine, story(), [change()], [report()])
    judge(store)
    assert store.set_alert_state(7, AlertState.MUTED, "Sara", NOW)
    assert store.due_channels(NOW) == []
    put_story(engine, grown(story(), 2, killed=9), [change(ChangeKind.TOLL, 2, "killed rises from 0 to 9")])
    assert judge(store) == (1, 0)


def test_silences_end(store):
    number = store.add_silence(Silence("airport", NOW + timedelta(hours=2), "air show", "Sara"), NOW)
    assert [s.reason for s in store.situation(NOW).silences] == ["air show"]
    assert store.end_silence(number, NOW + timedelta(minutes=1))
    assert store.situation(NOW + timedelta(minutes=2)).silences == ()


def test_watches_of_the_file_and_of_the_database_live_side_by_side(store):
    from worker.domain.model import Watch
    from worker.errors import ConfigError

    assert store.upsert_watches([Watch("a", "rocket"), Watch("b", "convoy")], NOW) == 2
    assert store.upsert_watches([Watch("a", "rocket"), Watch("b", "convoy")], NOW) == 0
    store.save_watch(Watch("mine", "hashd"), NOW)
    with pytest.raises(ConfigError, match="defined in a file"):
        store.save_watch(Watch("a", "hashd"), NOW)
    assert store.upsert_watches([Watch("a", "rocket OR convoy")], NOW) == 2
    assert [w.name for w in store.watches()] == ["a", "mine"]
    assert not store.remove_watch("a")
    assert store.remove_watch("mine")


def test_a_readers_answer_is_not_undone_by_a_judgement_that_did_not_see_it(store, engine):
    put_story(engine, story(), [change()], [report()])
    judge(store)
    send_all(store)
    put_story(engine, grown(story(), 2, killed=5), [change(ChangeKind.TOLL, 2, "killed rises from 0 to 5")])
    claimed = store.claim_changes(NOW, 10, LEASE)
    view = store.story_views([7])[7]
    outcome = replace(policy().judge(view, claimed, store.situation(NOW)), base=view.alert.updated_at)
    later = NOW + timedelta(seconds=1)
    assert store.set_alert_state(7, AlertState.MUTED, "Sara", later)
    assert store.save_judgement([outcome], later) == 0
    assert judge(store, at=later) == (1, 0)
    assert store.alerts()[0][0].state is AlertState.MUTED
