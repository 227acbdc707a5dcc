"""Slack against a local double that answers as Slack documents."""

import json
from dataclasses import replace

import pytest

from tests.support.alertkit import NOW, change, policy, report, story, view
from tests.support.slackdouble import CHANNEL, SlackDouble
from worker.channels.blocks import escape
from worker.channels.slack import SlackBot, SlackWebhook
from worker.domain.model import ChangeKind, Delivery, SendResult, Situation


@pytest.fixture
def slack():
    with SlackDouble() as double:
        yield double


@pytest.fixture
def bot(slack):
    return SlackBot("xoxb-test", "#iraq", slack.api, timeout_s=5)


def alert_delivery(**more) -> Delivery:
    told = view(story(**more), [report()])
    outcome = policy(recipients={"slack": ("#iraq",)}).judge(told, [change()], Situation(NOW))
    return replace(outcome.deliveries[0], created_at=NOW.replace(year=2020))


def update_of(delivery, kind="update", **data) -> Delivery:
    message = replace(delivery.message, kind=kind, changed=("killed rises from 0 to 5",), data=data)
    return replace(delivery, key="story:7:2", message=message)


def test_an_alert_is_posted_with_blocks_metadata_and_buttons(slack, bot):
    sent = bot.send(alert_delivery(), None)
    assert sent.result is SendResult.SENT
    (message,) = slack.messages
    assert sent.reference == {"channel": CHANNEL, "ts": message["ts"]}
    assert message["metadata"]["event_payload"]["key"] == "story:7:1"
    assert message["blocks"][0]["text"]["text"].startswith("🟠 HIGH · Rocket attack at Baghdad International")
    buttons = [e["text"]["text"] for e in message["blocks"][-1]["elements"]]
    assert buttons == ["Acknowledge", "Mute story", "Not relevant", "Open"]


def test_an_update_edits_the_first_message_and_answers_in_its_thread(slack, bot):
    delivery = alert_delivery()
    first = replace(delivery, reference=bot.send(delivery, None).reference)
    sent = bot.send(update_of(delivery), first)
    assert sent.result is SendResult.SENT
    top, answer = slack.messages
    assert top["edited"]
    assert "UPDATE" in top["blocks"][0]["text"]["text"]
    assert answer["thread_ts"] == top["ts"]
    assert "killed rises from 0 to 5" in json.dumps(answer["blocks"])


def test_a_small_update_edits_without_waking_anybody(slack, bot):
    delivery = alert_delivery()
    first = replace(delivery, reference=bot.send(delivery, None).reference)
    assert bot.send(update_of(delivery, quiet=True), first).result is SendResult.SENT
    assert len(slack.messages) == 1
    assert slack.updates == 1


def test_a_member_of_a_wave_never_edits_the_message_of_another_story(slack, bot):
    delivery = alert_delivery()
    first = replace(delivery, reference=bot.send(delivery, None).reference)
    bot.send(update_of(delivery, "wave", member=True), first)
    assert slack.updates == 0
    assert slack.messages[1]["thread_ts"] == slack.messages[0]["ts"]


def test_an_update_of_a_deleted_message_is_posted_anew(slack, bot):
    delivery = alert_delivery()
    first = replace(delivery, reference={"channel": CHANNEL, "ts": "1.1"})
    assert bot.send(update_of(delivery), first).result is SendResult.SENT
    assert len(slack.messages) == 1


@pytest.mark.parametrize(
    ("fault", "result", "wait"),
    [
        ("limit", SendResult.RETRY, 7.0),
        ("drop", SendResult.UNCERTAIN, None),
        ("lost", SendResult.UNCERTAIN, None),
        ("http500", SendResult.UNCERTAIN, None),
        ("error:internal_error", SendResult.UNCERTAIN, None),
        ("error:token_revoked", SendResult.CHANNEL_BROKEN, None),
        ("error:channel_not_found", SendResult.CHANNEL_BROKEN, None),
        ("error:invalid_blocks", SendResult.REJECTED, None),
        ("error:msg_too_long", SendResult.REJECTED, None),
    ],
)
def test_each_failure_says_what_to_do(slack, bot, fault, result, wait):
    slack.faults["chat.postMessage"] = [fault]
    sent = bot.send(alert_delivery(), None)
    assert sent.result is result
    assert sent.reason
    assert sent.retry_after_s == wait


def test_a_server_that_is_not_there_was_surely_not_told(slack):
    bot = SlackBot("xoxb-test", "#iraq", "http://127.0.0.1:9/api/", timeout_s=2)
    assert bot.send(alert_delivery(), None).result is SendResult.RETRY


@pytest.mark.parametrize(("fault", "found"), [("lost", SendResult.SENT), ("drop", SendResult.REJECTED)])
def test_an_uncertain_message_is_looked_up_before_it_is_sent_again(slack, bot, fault, found):
    slack.faults["chat.postMessage"] = [fault]
    delivery = alert_delivery()
    assert bot.send(delivery, None).result is SendResult.UNCERTAIN
    answer = bot.ask(delivery, None)
    assert answer.result is found
    assert bool(answer.reference) is (found is SendResult.SENT)


def test_an_uncertain_answer_is_looked_up_in_its_thread(slack, bot):
    delivery = alert_delivery()
    first = replace(delivery, reference=bot.send(delivery, None).reference)
    slack.faults["chat.postMessage"] = ["lost"]
    assert bot.send(update_of(delivery), first).result is SendResult.UNCERTAIN
    assert bot.ask(update_of(delivery), first).result is SendResult.SENT


def test_history_is_read_page_by_page(slack, bot):
    for number in range(450):
        slack.messages.append({"ts": f"{1_700_000_000 + number}.0", "text": "other"})
    slack.messages.insert(0, {"ts": "1690000000.0", "metadata": {
        "event_type": "marsad_message", "event_payload": {"key": "story:7:1", "recipient": "#iraq"}}})  # fmt: skip
    assert bot.ask(alert_delivery(), None).result is SendResult.SENT
    assert sum(method == "conversations.history" for method, _ in slack.calls) == 3


def test_without_the_history_scope_a_bot_cannot_be_asked(slack, bot):
    slack.faults["conversations.history"] = ["error:missing_scope"]
    assert bot.ask(alert_delivery(), None) is None
    slack.faults["conversations.history"] = ["limit"]
    assert bot.ask(alert_delivery(), None).result is SendResult.RETRY


def test_only_the_three_characters_are_escaped(slack, bot):
    assert escape("<!here> A & B > C 'd' \"e\" *f*") == "&lt;!here&gt; A &amp; B &gt; C 'd' \"e\" *f*"
    bot.send(alert_delivery(gist="<!channel> & <https://evil.example|click>"), None)
    made = json.dumps(slack.messages[0]["text"])
    assert "<" not in made
    assert "&lt;!channel&gt;" in made


def test_links_come_from_validated_addresses_alone(slack, bot):
    bad = [report(url="javascript:alert(1)"), report(2, url="https://x.example/a|b>c"), report(3)]
    told = view(story(), bad)
    outcome = policy(recipients={"slack": ("#iraq",)}).judge(told, [change()], Situation(NOW))
    bot.send(outcome.deliveries[0], None)
    text = json.dumps(slack.messages[0]["blocks"])
    assert "javascript" not in text
    assert "a|b>c" not in text
    assert "outlet3.example" in text


@pytest.mark.parametrize(
    ("fault", "result"),
    [
        (None, SendResult.SENT),
        ("limit", SendResult.RETRY),
        ("refuse:500 rollup_error", SendResult.RETRY),
        ("refuse:404 no_service", SendResult.CHANNEL_BROKEN),
        ("refuse:403 action_prohibited", SendResult.CHANNEL_BROKEN),
        ("refuse:400 invalid_payload", SendResult.REJECTED),
        ("lost", SendResult.UNCERTAIN),
    ],
)
def test_a_webhook_posts_without_buttons_and_says_what_became_of_it(slack, fault, result):
    hook = SlackWebhook(slack.webhook, timeout_s=5)
    slack.faults["webhook"] = [fault]
    assert hook.send(alert_delivery(), None).result is result
    assert hook.ask(alert_delivery(), None) is None
    for message in slack.messages:
        assert "actions" not in {block["type"] for block in message["blocks"]}


def test_a_mark_takes_the_buttons_away_and_says_who(slack, bot):
    delivery = alert_delivery()
    reference = bot.send(delivery, None).reference
    assert (
        bot.mark(reference, delivery.message, "acknowledged by Sara at 12:05 UTC").result is SendResult.SENT
    )
    made = json.dumps(slack.messages[0]["blocks"])
    assert "acknowledged by Sara at 12:05 UTC" in made
    assert "marsad_acknowledge" not in made


def test_a_retraction_is_shown_in_the_channel(slack, bot):
    delivery = alert_delivery()
    first = replace(delivery, reference=bot.send(delivery, None).reference)
    bot.send(update_of(delivery, "retraction"), first)
    assert slack.messages[1]["reply_broadcast"] in (True, "true", "1")
    assert ChangeKind.RETRACTED.material


def test_a_digests_pictures_go_into_its_thread_and_it_arrives_without_them_too(slack, bot):
    told = alert_delivery()
    pictures = [{"png": b"\x89PNG one".hex(), "alt": "Bars"}, {"png": b"\x89PNG two".hex(), "alt": "Map"}]
    digest = replace(told, message=replace(told.message, kind="digest", data={"pictures": pictures}))
    sent = bot.send(digest, None)
    assert sent.result is SendResult.SENT
    assert b"\x89PNG one" in next(iter(slack.uploads.values()))
    (done,) = slack.files
    assert (done["channel_id"], done["thread_ts"]) == (CHANNEL, sent.reference["ts"])
    slack.faults["files.getUploadURLExternal"] = ["error:missing_scope"]
    assert bot.send(digest, None).result is SendResult.SENT
