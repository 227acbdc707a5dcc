"""What every channel promises: whatever happens, an answer with a reason; nothing is raised, nothing leaks."""

import io
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from tests.support.alertkit import NOW, change, policy, report, story, view
from tests.support.hookdouble import HookDouble
from tests.support.maildouble import MailDouble
from tests.support.slackdouble import SlackDouble
from worker.channels.byapprise import AppriseChannel
from worker.channels.console import ConsoleChannel
from worker.channels.email import EmailChannel
from worker.channels.make import CHANNEL_NAMES, make_channels
from worker.channels.pagerduty import PagerDutyChannel
from worker.channels.slack import SlackBot, SlackWebhook
from worker.channels.webhook import WebhookChannel, payload, signature
from worker.domain.alerting.sample import sample
from worker.domain.model import Message, SendResult, Sent, Severity, Situation
from worker.errors import ConfigError

ROOT = Path(__file__).resolve().parents[2]
SECRET = "s3cr3t-canary"

NAMES = ("console", "slack-bot", "slack-webhook", "email", "webhook", "pagerduty", "apprise")


class Doubles:
    """Every other side, and each channel pointed at it."""

    def __init__(self, slack, mail, hook):
        self.slack, self.mail, self.hook = slack, mail, hook
        self.out = io.StringIO()

    def make(self, name, alive=True):
        port = self.mail.port if alive else 9
        hook = self.hook.url if alive else f"http://127.0.0.1:9/{SECRET}"
        api = self.slack.api if alive else "http://127.0.0.1:9/api/"
        if name == "console":
            if not alive:
                self.out.close()
            return ConsoleChannel(self.out, 100)
        return {
            "slack-bot": lambda: SlackBot(f"xoxb-{SECRET}", "#iraq", api, timeout_s=3),
            "slack-webhook": lambda: SlackWebhook(self.slack.webhook if alive else hook, timeout_s=3),
            "email": lambda: EmailChannel(
                "127.0.0.1", "m@example.org", ("d@example.org",), port, security="none"
            ),
            "webhook": lambda: WebhookChannel(hook, SECRET, timeout_s=3),
            "pagerduty": lambda: PagerDutyChannel(SECRET, hook, timeout_s=3),
            "apprise": lambda: AppriseChannel((hook.replace("http://", "json://"),)),
        }[name]()


@pytest.fixture
def doubles():
    with SlackDouble() as slack, MailDouble() as mail, HookDouble() as hook:
        yield Doubles(slack, mail, hook)


def deliveries():
    told = view(story(), [report(), report(2, "سقوط صاروخ كاتيوشا قرب مطار بغداد", language="ar")])
    alert = policy(recipients={"console": ("log",)}).judge(told, [change()], Situation(NOW)).deliveries[0]
    wild = Message(
        "notice", Severity.LOW, "a\x00\ud800b <!here> & ٪\n" + "x" * 5000, body="\u202e" + "y" * 9000
    )
    return [
        alert,
        replace(alert, message=replace(alert.message, kind="update", changed=("killed rises from 0 to 5",))),
        sample("any", "any", NOW),
        replace(alert, key="notice:1", message=wild),
        replace(
            alert, key="digest:1", message=Message("digest", Severity.HIGH, "Digest", body="line\n" * 60)
        ),
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_kind_of_message_is_sent_or_refused_with_a_reason(doubles, name):
    channel = doubles.make(name)
    assert channel.recipients()
    for number, delivery in enumerate(deliveries()):
        one = replace(delivery, channel=channel.name, recipient=channel.recipients()[0], created_at=NOW)
        sent = channel.send(one, None)
        assert isinstance(sent, Sent)
        if number != 3:
            assert sent.result is SendResult.SENT, (number, sent)
        assert sent.result in (SendResult.SENT, SendResult.REJECTED), (number, sent)


@pytest.mark.parametrize("name", NAMES)
def test_another_side_that_is_not_there_is_tried_again_and_no_secret_is_told(doubles, name):
    channel = doubles.make(name, alive=False)
    one = replace(deliveries()[0], channel=channel.name, recipient=channel.recipients()[0], created_at=NOW)
    sent = channel.send(one, None)
    assert sent.result is SendResult.RETRY
    assert sent.reason
    assert SECRET not in sent.reason
    assert SECRET not in repr(channel)
    assert SECRET not in "".join(channel.recipients())


@pytest.mark.parametrize("name", NAMES)
def test_asking_never_raises(doubles, name):
    channel = doubles.make(name)
    one = replace(deliveries()[0], channel=channel.name, recipient=channel.recipients()[0], created_at=NOW)
    answer = channel.ask(one, None)
    assert answer is None or isinstance(answer, Sent)


@pytest.mark.parametrize("kind", ["webhook", "pagerduty"])
@pytest.mark.parametrize(
    ("fault", "result"),
    [
        ("429", SendResult.RETRY),
        ("500", SendResult.RETRY),
        ("drop", SendResult.UNCERTAIN),
        ("lost", SendResult.UNCERTAIN),
    ],
)
def test_http_channels_share_one_retry_table(doubles, kind, fault, result):
    doubles.hook.fault = lambda: fault
    channel = doubles.make(kind)
    sent = channel.send(replace(deliveries()[0], recipient=channel.recipients()[0]), None)
    assert sent.result is result
    assert sent.retry_after_s == (3.0 if fault == "429" else None)


@pytest.mark.parametrize(
    ("status", "result"),
    [(401, "CHANNEL_BROKEN"), (410, "CHANNEL_BROKEN"), (400, "REJECTED"), (302, "CHANNEL_BROKEN")],
)
def test_permanent_answers_are_not_tried_again(doubles, status, result):
    doubles.hook.status = status
    sent = doubles.make("webhook").send(deliveries()[0], None)
    assert sent.result is SendResult[result]


def test_the_webhooks_documents_follow_their_schema_and_are_signed(doubles):
    schema = json.loads((ROOT / "docs" / "webhook.schema.json").read_text())
    channel = doubles.make("webhook")
    first = deliveries()[0]
    for delivery in deliveries():
        jsonschema.validate(payload(delivery, None), schema)
    channel.send(deliveries()[1], first)
    headers, body = doubles.hook.taken[0]
    jsonschema.validate(body, schema)
    assert body["first_key"] == first.key
    assert headers["x-marsad-signature"] == signature(SECRET, headers["x-marsad-timestamp"], headers["_raw"])
    channel.send(deliveries()[1], first)
    assert doubles.hook.taken[1][0]["idempotency-key"] == headers["idempotency-key"]


def test_pagerduty_gets_one_incident_a_story_and_its_end(doubles):
    channel = doubles.make("pagerduty")
    first = deliveries()[0]
    channel.send(first, None)
    channel.send(replace(first, message=replace(first.message, kind="retraction")), first)
    events = [body for _, body in doubles.hook.taken]
    assert [e["event_action"] for e in events] == ["trigger", "resolve"]
    assert {e["dedup_key"] for e in events} == {"marsad:story:7"}
    assert events[0]["payload"]["severity"] == "error"


def test_what_comes_before_the_links_fits_a_phones_screen(doubles):
    channel = ConsoleChannel(doubles.out, 44)  # a phone held upright
    channel.send(deliveries()[0], None)
    lines = doubles.out.getvalue().splitlines()
    first_link = next(n for n, line in enumerate(lines) if "outlet1.example" in line)
    assert first_link <= 24


def test_a_wrong_apprise_address_is_told_at_start():
    with pytest.raises(ConfigError, match=r"MARSAD_APPRISE_URLS: address 2"):
        AppriseChannel(("ntfy://localhost/a", "nonsense"))


def test_only_what_is_configured_exists():
    from config.settings import load

    env = {
        "HOME": "/home/analyst", "MARSAD_SLACK_WEBHOOK_URL": "https://hooks.slack.com/services/T/B/x",
        "MARSAD_SMTP_HOST": "mail.example.org", "MARSAD_MAIL_FROM": "m@example.org",
        "MARSAD_MAIL_TO": "a@example.org,b@example.org", "MARSAD_WEBHOOK_URL": "https://example.org/h",
        "MARSAD_APPRISE_URLS": "ntfy://localhost/a", "MARSAD_PAGERDUTY_KEY": "k",
    }  # fmt: skip
    assert tuple(make_channels(load(env))) == CHANNEL_NAMES
    assert tuple(make_channels(load({"HOME": "/home/analyst", "MARSAD_CONSOLE": "no"}))) == ()
    assert make_channels(load(env))["email"].recipients() == ("a@example.org", "b@example.org")
