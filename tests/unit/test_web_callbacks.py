"""Slack's buttons reach the database through the page's signed endpoint, and nobody else does."""

import hashlib
import hmac
import json
import time
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from tests.support.deskkit import Clock, client_of, filled, make_desk, open_store
from worker.channels.slack import SlackBot
from worker.domain.model import Delivery, DeliveryState, Message, SendResult, Sent, Severity
from worker.services.answers import Answers
from worker.storage.store import Store

SECRET = "shhh-signing-secret"


class Recorder:
    """A Slack channel that notes what is written into its messages."""

    name = "slack"

    def __init__(self):
        self.marks = []

    def mark(self, reference, message, state):
        self.marks.append((dict(reference), state))
        return Sent(SendResult.SENT)


@pytest.fixture
def desk(tmp_path):
    engine = open_store(tmp_path)
    filled(engine)
    clock, channel = Clock(), Recorder()
    store = Store(engine)
    made = make_desk(engine, clock, answers=lambda: Answers(store, {"slack": channel}, clock))
    with client_of(made, slack_secret=SECRET) as client:
        yield client, store, channel, clock


def press(client, action="marsad_acknowledge", story=1, secret=SECRET, stamp=None):
    payload = {
        "type": "block_actions",
        "user": {"id": "U1", "username": "duty.officer"},
        "actions": [{"action_id": action, "value": json.dumps({"story": story})}],
    }
    body = urlencode({"payload": json.dumps(payload)}).encode()
    stamp = str(int(time.time())) if stamp is None else stamp
    signed = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": f"v0={signed}",
    }
    return client.post("/slack/actions", content=body, headers=headers)


def state_of(store):
    alert, _ = store.alerts()[0]
    return alert.state, alert.state_by


def test_a_signed_press_acknowledges_the_alert_in_the_presser_s_name(desk):
    client, store, _, _ = desk
    assert press(client).status_code == 200
    assert state_of(store) == ("acknowledged", "duty.officer (Slack)")


def test_the_answer_is_written_into_the_message_that_was_sent(desk):
    client, store, channel, clock = desk
    message = Message(kind="alert", severity=Severity.HIGH, headline="Rocket attack at Baghdad airport")
    bot = SlackBot("xoxb-test", "#iraq")
    first = Delivery(
        key="story:1:1",
        channel=bot.name,
        recipient="#iraq",
        thread="story:1",
        message=message,
        due_at=clock(),
        story_id=1,
    )
    store.enqueue([first], clock())

    (claimed,) = store.claim_deliveries("slack", clock(), 1, timedelta(seconds=60))
    sent = Sent(SendResult.SENT, reference={"channel": "C0IRAQ", "ts": "1.1"})
    store.save_delivery(claimed, DeliveryState.SENT, sent, None, clock())
    assert press(client, "marsad_mute").status_code == 200
    ((reference, written),) = channel.marks
    assert reference == {"channel": "C0IRAQ", "ts": "1.1"}
    assert "duty.officer" in written


@pytest.mark.parametrize(
    "wrong", [{"secret": "another"}, {"stamp": "1000000000"}, {"stamp": "soon"}, {"action": "other_button"}]
)
def test_a_press_that_is_not_slack_s_or_not_ours_changes_nothing(desk, wrong):
    client, store, _, _ = desk
    assert press(client, **wrong).status_code == 401
    assert state_of(store)[0] == "fired"
