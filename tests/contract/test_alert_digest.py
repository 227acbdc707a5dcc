"""Digests, overflow, reminders and notices over a real store."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.alertkit import NOW, change, event, policy, put_story, report, rule, story
from worker.domain.model import DeliveryState, Kind, Notice, SendResult, Sent
from worker.services.digest import DigestService
from worker.services.judge import JudgeService
from worker.storage.alert import AlertQueries
from worker.storage.desk import DeskQueries

LEASE = timedelta(seconds=90)
MAIL = {"email": ("desk@example.org",)}


class Queries(AlertQueries, DeskQueries):
    pass


@pytest.fixture
def store(engine):
    queries = Queries()
    queries.engine = engine
    return queries


def service(store, *rules, at=NOW, **more):
    judged = policy(*rules, recipients=MAIL)
    return DigestService(
        store, lambda: judged, MAIL, lambda: at, ("email",), "https://marsad.example", **more
    )


def judge(store, *rules, at=NOW):
    JudgeService(store, lambda: policy(*rules, recipients=MAIL), lambda: at).run()


DAILY = {"digest": {"daily": "16:00"}}  # 13:00 UTC in Baghdad


def test_a_daily_digest_is_made_once_when_its_time_has_come(store, engine):
    watch = rule(**DAILY)
    assert service(store, watch, at=NOW - timedelta(days=1)).digests() == 0
    put_story(engine, story(), [change()], [report()])
    judge(store, watch)
    assert service(store, watch, at=NOW + timedelta(minutes=30)).digests() == 0
    later = NOW + timedelta(hours=1, minutes=5)
    drawn = [{"png": "00", "alt": "chart"}]
    assert service(store, watch, at=later, draw=lambda _: drawn).digests() == 1
    assert service(store, watch, at=later + timedelta(minutes=1)).digests() == 0
    (digest,) = [d for d in store.deliveries() if d.message.kind == "digest"]
    assert "1 incident in the day to Sun 22 Nov 2026 13:00 UTC" in digest.message.headline
    assert "HIGH     Rocket attack at Baghdad International Airport wounds 2." in digest.message.body
    assert "Baghdad: 1 (usual" in digest.message.body
    assert digest.message.data["pictures"] == drawn


def test_context_waits_for_the_digest_and_is_told_there(store, engine):
    watch = rule(**DAILY)
    service(store, watch, at=NOW - timedelta(days=1)).digests()
    told = story(kind=Kind.CONTEXT, event=None, gist="Hashd leader rejects dissolution")
    put_story(engine, told, [change()], [report()])
    judge(store, watch)
    (held,) = store.deliveries()
    assert held.state is DeliveryState.HELD
    assert held.error == "context: told in the digest"
    assert store.due_channels(NOW + timedelta(days=1)) == []
    service(store, watch, at=NOW + timedelta(hours=1, minutes=5)).digests()
    digest, held = store.deliveries()
    assert "Hashd leader rejects dissolution — context: told in the digest" in digest.message.body
    assert held.state is DeliveryState.SUPERSEDED


def test_what_a_throttle_held_is_told_within_the_hour(store, engine):
    watch = rule(throttle=2)
    for number in range(5):
        told = story(
            100 + number, gist=f"Rocket attack number {number}", event=event(governorate=f"G{number}")
        )
        put_story(engine, told, [change(story_id=told.id, item_id=number + 1)], [report(number + 1)])
    judge(store, watch)
    states = [d.state for d in store.deliveries()]
    assert states.count(DeliveryState.PENDING) == 2
    assert states.count(DeliveryState.HELD) == 3
    assert service(store, watch, at=NOW + timedelta(hours=1, minutes=1)).digests() == 1
    digest = store.deliveries()[0]
    assert digest.message.headline == "3 stories held back until now"
    assert digest.message.body.count("throttled: 2 alerts within the hour") == 3


def test_an_alert_nobody_acknowledged_is_reminded_of_three_times_at_most(store, engine):
    watch = rule(reminder="1h")
    put_story(engine, story(), [change()], [report()])
    judge(store, watch)
    at = NOW
    reminders = 0
    for _ in range(12):
        for delivery in store.claim_deliveries("email", at, 10, LEASE):
            store.begin(delivery)
            store.save_delivery(delivery, DeliveryState.SENT, Sent(SendResult.SENT), None, at)
        at += timedelta(minutes=40)
        reminders += service(store, watch, at=at).reminders()
    assert reminders == 3
    assert [d.message.kind for d in store.deliveries()] == ["reminder"] * 3 + ["alert"]


def test_notices_reach_the_operators_once(store):
    notice = Notice("feed-silent", "feed:12", "Feed X has been silent for 3 days", NOW)
    store.add_notices([notice], NOW)
    assert service(store).notices() == 1
    assert service(store).notices() == 0
    (told,) = store.deliveries()
    assert told.message.headline == "Feed X has been silent for 3 days"
    store.add_notices([replace(notice, kind="channel-broken", subject="channel:email", at=NOW + LEASE)], NOW)
    assert service(store).notices() == 0
