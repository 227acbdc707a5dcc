"""Slack's buttons: only Slack may press them, and pressing counts in the database and the message."""

import hashlib
import hmac
import json
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest

from tests.support.alertkit import NOW, change, policy, put_story, report, story
from tests.support.slackdouble import SlackDouble
from worker.channels.slack import SlackBot
from worker.channels.slack_actions import (
    BadPressError,
    Press,
    carry_out,
    on_request,
    read_payload,
    read_request,
)
from worker.domain.model import AlertState
from worker.services.answers import Answers
from worker.services.deliver import DeliverService
from worker.services.judge import JudgeService
from worker.storage.alert import AlertQueries
from worker.storage.engine import open_engine
from worker.storage.migrate import migrate

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


def payload(action="marsad_acknowledge", value='{"story": 7}'):
    return {"type": "block_actions", "user": {"id": "U1", "username": "sara"},
            "actions": [{"action_id": action, "value": value}]}  # fmt: skip


def signed(body, at=1_000_000, secret=SECRET):
    made = hmac.new(secret.encode(), f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(at), "X-Slack-Signature": f"v0={made}"}


BODY = urlencode({"payload": json.dumps(payload())}).encode()


def test_a_signed_press_is_read():
    assert read_request(BODY, signed(BODY), SECRET, now=lambda: 1_000_030) == Press(
        "acknowledge", 7, "sara (Slack)"
    )


@pytest.mark.parametrize(
    ("body", "headers", "secret"),
    [
        (BODY, {}, SECRET),
        (BODY, signed(BODY, secret="other"), SECRET),
        (BODY + b"x", signed(BODY), SECRET),
        (BODY, signed(BODY, at=999_000), SECRET),
        (BODY, signed(BODY), ""),
        (b"\xff", signed(b"\xff"), SECRET),
        (b"payload=%5B%5D", signed(b"payload=%5B%5D"), SECRET),
    ],
)  # fmt: skip
def test_nobody_else_may_press(body, headers, secret):
    with pytest.raises(BadPressError):
        read_request(body, headers, secret, now=lambda: 1_000_030)


@pytest.mark.parametrize("value", ["", "7", '{"story": "7; DROP TABLE"}', '{"story": true}', "[]", "null"])
def test_a_strange_value_is_refused(value):
    with pytest.raises(BadPressError):
        read_payload(payload(value=value))


@pytest.fixture
def alerted(tmp_path):
    """A story that was alerted on in Slack."""
    engine = open_engine(f"sqlite:///{tmp_path}/m.sqlite", synchronous="OFF")
    migrate(engine)
    store = AlertQueries()
    store.engine = engine
    put_story(engine, story(), [change()], [report()])
    with SlackDouble() as slack:
        bot = SlackBot("xoxb-t", "#iraq", slack.api, pause_s=0)
        judged = policy(recipients={"slack": ("#iraq",)})
        JudgeService(store, lambda: judged, lambda: NOW).run()
        DeliverService(store, {"slack": bot}, lambda: NOW).run()
        yield store, slack, Answers(store, {"slack": bot}, lambda: NOW)
    engine.dispose()


def test_acknowledging_counts_and_is_written_into_the_message(alerted):
    store, slack, answers = alerted
    assert (
        carry_out(Press("acknowledge", 7, "sara (Slack)"), answers) == "story 7: acknowledge by sara (Slack)"
    )
    ((alert, _),) = store.alerts()
    assert (alert.state, alert.state_by) == (AlertState.ACKNOWLEDGED, "sara (Slack)")
    assert "acknowledged by sara (Slack) at 12:00 UTC on 22 Nov" in json.dumps(slack.messages[0]["blocks"])


def test_not_relevant_is_kept_for_training_and_mutes(alerted):
    store, slack, answers = alerted
    carry_out(Press("not_relevant", 7, "sara (Slack)"), answers)
    assert [row[:3] for row in store.feedback()] == [(7, "sara (Slack)", False)]
    assert store.alerts()[0][0].state is AlertState.MUTED
    assert "called not relevant by sara" in json.dumps(slack.messages[0]["blocks"])


def test_a_press_on_an_unknown_story_changes_nothing(alerted):
    _, _, answers = alerted
    assert carry_out(Press("mute", 99, "x"), answers) == "no alert on story 99"
    assert carry_out(Press("open", 7, "x"), answers) == ""


def test_socket_mode_answers_slack_first_and_survives_nonsense(alerted):
    store, _, answers = alerted
    sent, said = [], []
    client = SimpleNamespace(send_socket_mode_response=sent.append)
    listener = on_request(answers, said.append)
    listener(client, SimpleNamespace(envelope_id="e1", type="interactive", payload=payload("marsad_mute")))
    listener(client, SimpleNamespace(envelope_id="e2", type="interactive", payload={"x": 1}))
    listener(client, SimpleNamespace(envelope_id="e3", type="hello", payload={}))
    assert [r.envelope_id for r in sent] == ["e1", "e2", "e3"]
    assert said == ["story 7: mute by sara (Slack)", "no press of a button of Marsad"]
    assert store.alerts()[0][0].state is AlertState.MUTED


def test_what_readers_judge_counts_for_watches_and_becomes_labels(alerted):
    from worker.services.answers import labelled, precision_by_watch

    store, _, answers = alerted
    store.give_feedback(7, "ali", NOW, relevant=True)
    carry_out(Press("not_relevant", 7, "sara (Slack)"), answers)
    assert precision_by_watch(store.feedback()) == [("iraq-security", 0, 1)]
    (item,) = labelled(store.feedback(), store.story_views([7]))
    assert (item["relevant"], item["kind"], item["terms"]) == (False, "other", [])
    assert item["title"] == "Rocket attack hits Baghdad airport"
    assert item["body_html"] == "<p>Three rockets fell near the runway.</p>"
