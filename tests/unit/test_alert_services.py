"""Delivering, following watches, trying them: the services around the policy."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.alertkit import KNOWN, NOW, change, event, policy, put_story, report, rule, story, view
from worker.domain.alerting.sending import after_asking, after_attempt
from worker.domain.alerting.severity import SeverityPolicy
from worker.domain.alerting.trial import try_rule
from worker.domain.alerting.watch import check
from worker.domain.model import DeliveryState, SendResult, Sent, Watch
from worker.errors import ConfigError
from worker.services.deliver import DeliverService
from worker.services.judge import JudgeService
from worker.services.trial import try_watch
from worker.services.watching import PolicySource
from worker.storage.alert import AlertQueries
from worker.storage.desk import DeskQueries
from worker.storage.engine import open_engine
from worker.storage.migrate import migrate


class Queries(AlertQueries, DeskQueries):
    pass


@pytest.fixture
def store(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path}/m.sqlite", synchronous="OFF")
    migrate(engine)
    queries = Queries()
    queries.engine = engine
    yield queries
    engine.dispose()


class Scripted:
    """A channel that answers what it was told to."""

    name, can_edit, pause_s = "email", False, 0.0

    def __init__(self, *answers):
        self.answers, self.sent, self.asked = list(answers), [], 0

    def recipients(self):
        return ("a@example.org", "b@example.org", "c@example.org")

    def send(self, delivery, first):
        self.sent.append((delivery.recipient, first))
        return self.answers.pop(0) if self.answers else Sent(SendResult.SENT, reference={"n": 1})

    def ask(self, delivery, first):
        self.asked += 1
        return


def alerted(store, channel, at=NOW):
    put_story(store.engine, story(), [change()], [report()])
    judged = policy(recipients={"email": channel.recipients()})
    JudgeService(store, lambda: judged, lambda: at).run()


def states(store):
    return sorted(d.state.value for d in store.deliveries())


def test_a_rate_limit_stops_the_batch_and_everything_arrives_later(store):
    channel = Scripted(Sent(SendResult.SENT), Sent(SendResult.RETRY, "429", retry_after_s=60))
    alerted(store, channel)
    assert DeliverService(store, {"email": channel}, lambda: NOW).run() == 1
    assert states(store) == ["pending", "retry", "sent"]
    assert store.due_channels(NOW + timedelta(seconds=59)) == []
    assert DeliverService(store, {"email": channel}, lambda: NOW + timedelta(seconds=61)).run() == 2


def test_a_broken_channel_makes_one_notice_and_its_messages_wait(store):
    channel = Scripted(Sent(SendResult.CHANNEL_BROKEN, "token_revoked"))
    alerted(store, channel)
    assert DeliverService(store, {"email": channel}, lambda: NOW).run() == 0
    assert len(channel.sent) == 1
    (notice,) = store.open_notices(NOW - timedelta(days=1))
    assert notice.text == "email refuses Marsad: token_revoked. Its messages wait and are tried once an hour."
    assert DeliverService(store, {"email": channel}, lambda: NOW + timedelta(hours=1, seconds=1)).run() == 3


def test_an_uncertain_mail_waits_for_a_person_and_says_so(store):
    channel = Scripted(*[Sent(SendResult.UNCERTAIN, "no answer")] * 3)
    alerted(store, channel)
    at = [NOW]
    service = DeliverService(store, {"email": channel}, lambda: at[0])
    service.run()
    at[0] += timedelta(minutes=2)
    service.run()
    assert (len(channel.sent), channel.asked) == (3, 3)
    assert states(store) == ["uncertain"] * 3
    assert store.due_channels(NOW + timedelta(days=300)) == []
    assert "marsad deliveries resend" in store.open_notices(NOW - timedelta(days=1))[0].text
    assert store.requeue(1, at[0])
    assert service.run() == 1


def test_a_message_for_a_channel_that_is_gone_is_a_dead_letter(store):
    alerted(store, Scripted())
    DeliverService(store, {}, lambda: NOW).run()
    assert {d.error for d in store.deliveries(state=DeliveryState.DEAD)} == {
        "channel email is not configured"
    }


def test_messages_are_paced(store):
    channel = Scripted()
    channel.pause_s = 1.0
    alerted(store, channel)
    slept = []
    DeliverService(store, {"email": channel}, lambda: NOW, sleep=slept.append).run()
    assert len(slept) == 2
    assert all(0.5 < s <= 1.0 for s in slept)


@pytest.mark.parametrize(
    ("sent", "attempts", "state", "wait"),
    [
        (Sent(SendResult.RETRY, "503"), 1, DeliveryState.RETRY, 10),
        (Sent(SendResult.RETRY, "503"), 3, DeliveryState.RETRY, 120),
        (Sent(SendResult.RETRY, "503"), 99, DeliveryState.RETRY, 7200),
        (Sent(SendResult.RETRY, "429", retry_after_s=45), 1, DeliveryState.RETRY, 45),
        (Sent(SendResult.RETRY, "429", retry_after_s=0), 1, DeliveryState.RETRY, 1),
        (Sent(SendResult.RETRY, "429", retry_after_s=999_999), 1, DeliveryState.RETRY, 6 * 3600),
        (Sent(SendResult.UNCERTAIN, "?"), 1, DeliveryState.UNCERTAIN, 60),
        (Sent(SendResult.REJECTED, "550"), 1, DeliveryState.DEAD, None),
    ],
)
def test_one_retry_table_for_all_channels(sent, attempts, state, wait):
    decided = after_attempt(sent, attempts, NOW, NOW, 0.0)
    assert decided.state is state
    assert decided.due_at == (None if wait is None else NOW + timedelta(seconds=wait))


def test_a_message_is_given_up_after_a_day():
    decided = after_attempt(Sent(SendResult.RETRY, "503"), 20, NOW - timedelta(hours=25), NOW, 0.0)
    assert decided.state is DeliveryState.DEAD
    assert decided.sent.reason == "given up after 20 attempts in 24 hours: 503"


def test_what_surely_did_not_arrive_is_sent_again_at_once():
    assert after_asking(Sent(SendResult.REJECTED, "not there"), 1, NOW).state is DeliveryState.PENDING
    assert after_asking(Sent(SendResult.RETRY, "429"), 1, NOW).state is DeliveryState.UNCERTAIN


def test_a_watch_that_cannot_be_read_keeps_its_last_good_form(store):
    at = [NOW]
    source = PolicySource(
        store,
        store,
        lambda w: check(w, KNOWN),
        lambda rules: policy(*rules) if rules else policy(rule()),
        lambda: at[0],
    )
    store.save_watch(Watch("mine", "convoy"), at[0])
    assert [r.query for r in source().index.rules] == ["convoy"]
    first = source()
    assert source() is first
    at[0] += timedelta(seconds=1)
    store.save_watch(Watch("mine", "convoy OR"), at[0])
    assert [r.query for r in source().index.rules] == ["convoy"]
    assert "column 10" in store.open_notices(NOW - timedelta(days=1))[0].text
    at[0] += timedelta(seconds=1)
    store.save_watch(Watch("mine", "hashd"), at[0])
    assert [r.query for r in source().index.rules] == ["hashd"]


def test_one_story_that_cannot_be_judged_holds_up_no_other(store):
    put_story(store.engine, story(7), [change()], [report(1)])
    put_story(store.engine, story(8), [change(story_id=8, item_id=2)], [report(2)])
    judged = policy()

    class Fragile:
        def judge(self, seen, new, situation):
            if seen.story.id == 7:
                raise RuntimeError("boom")
            return judged.judge(seen, new, situation)

    at = [NOW]
    service = JudgeService(store, Fragile, lambda: at[0])
    for _ in range(4):
        service.run()
        at[0] += timedelta(seconds=100)
    assert [alert.story_id for alert, _ in store.alerts()] == [8]
    assert service.run() == (0, 0)


def test_a_trial_counts_by_day_and_shows_what_it_only_just_missed(store):
    for number in range(1, 6):
        placed = event(governorate="Baghdad" if number < 4 else "Nineveh")
        told = story(number, event=placed, first_published_at=NOW - timedelta(days=number))
        put_story(store.engine, told, [change(story_id=number, item_id=number)], [report(number)])
    severity = policy().severity
    old = story(9, first_published_at=NOW - timedelta(days=40))
    put_story(store.engine, old, [change(story_id=9, item_id=9)], [report(9)])
    found = try_watch(
        store, rule("airport governorate:Baghdad", "mine"), [rule(), rule("pilgrims", "none")], severity,
        since=NOW - timedelta(days=6), now=NOW,
    )  # fmt: skip
    assert (found.stories, len(found.hits), found.digest) == (5, 3, 0)
    assert [count for _, count in found.days] == [0, 0, 0, 1, 1, 1, 0]
    assert {one.why for one in found.near} == {"without governorate: Baghdad"}
    assert found.overlap == (("iraq-security", 3),)


def test_a_near_miss_of_severity_is_told_as_such():
    found = try_rule(
        rule("airport", severity="critical"), [view()], policy().severity, [], since=NOW.date(), now=NOW
    )
    assert [one.why for one in found.near] == ["severity high is below critical"]


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({}, "needs the keys levels and rules"),
        ({"levels": {"critical": 3, "high": 5, "moderate": 1}, "rules": []}, "must fall"),
        ({"levels": {"critical": 9, "high": 5, "moderate": 1}, "rules": [{"says": "x", "points": 1}]}, "without conditions"),
        ({"levels": {"critical": 9, "high": 5, "moderate": 1}, "rules": [{"says": "x", "points": 1, "weather": ["hot"]}]}, "no condition 'weather'"),
        ({"levels": {"critical": 9, "high": 5, "moderate": 1}, "rules": [{"says": "x", "points": "many", "killed": 3}]}, "no whole number"),
    ],
)  # fmt: skip
def test_a_bad_severity_file_is_told(document, says):
    with pytest.raises(ConfigError, match=says):
        SeverityPolicy.read(document)


def test_only_the_heaviest_rule_of_a_group_counts():
    rating = policy().severity.rate(replace(story(), event=event(killed=25, wounded=30)))
    assert "20 or more killed (+9)" in rating.reasons
    assert not any("wounded" in reason for reason in rating.reasons)
