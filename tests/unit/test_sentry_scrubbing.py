"""What reaches Sentry: a local sink receives the envelopes, and no canary is in them."""

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.sentrydouble import SentryDouble
from worker.scrub import MASK, Scrubber

ROOT = Path(__file__).resolve().parents[2]
CANARY = "canary7f3a9c"


@pytest.mark.parametrize(
    "text",
    [
        f"POST https://hooks.slack.com/services/T1/B2/{CANARY} failed",
        f"https://mattermost.example.org/hooks/{CANARY}: 500",
        f"https://example.org/api/webhooks/{CANARY}/x",
        f"token xoxb-12-{CANARY}",
        f"xoxe.xoxp-1-{CANARY}",
        f"xapp-1-{CANARY}",
        f"redis://:{CANARY}@redis:6379/0 refused",
        f"https://{CANARY}@sentry.example.org/4",
        f"smtp_password='{CANARY}'",
        f"{{'password': '{CANARY} with blanks', 'port': 25}}",
        f"api_key={CANARY}&x=1",
        f"Authorization: Bearer {CANARY}",
        f"https://x.example/a?access_token={CANARY}",
        f"Settings(slack_webhook={CANARY})",
    ],
)
def test_what_looks_like_a_secret_is_masked(text):
    clean = Scrubber().text(text)
    assert CANARY not in clean
    assert MASK in clean


@pytest.mark.parametrize(
    "text",
    [
        "feed https://example.org/rss.xml answered 503 after 12.5 s",
        "story 17 got a higher toll: killed 3 to 5",
        "https://example.org/news/2026/11/secret-service-raids-house",
    ],
)
def test_what_an_operator_needs_to_read_stays(text):
    assert Scrubber(personal=True).text(text) == text


def test_known_secrets_go_wherever_and_however_quoted_they_are():
    clean = Scrubber(["a/b+c d€"]).text("x a/b+c d€ y a%2Fb%2Bc%20d%E2%82%AC z")
    assert clean == f"x {MASK} y {MASK} z"


def test_short_values_do_not_black_out_words():
    assert Scrubber(["a", "the"]).text("the cat") == "the cat"


def test_nested_values_are_cleaned_and_telling_names_masked_whole():
    value = {
        "webhook_url": "anything",
        "deep": [{"smtp_password": ["a", "b"]}, (f"Bearer {CANARY}",)],
        "recipient": "person@example.org",
        "note": "mail to person@example.org",
        "count": 3,
        "object": Path(f"/x?token={CANARY}"),
    }
    clean = Scrubber(personal=True).value(value)
    assert CANARY not in json.dumps(clean)
    assert "person" not in json.dumps(clean)
    assert clean["webhook_url"] == clean["recipient"] == clean["deep"][0]["smtp_password"] == MASK
    assert clean["count"] == 3


@given(
    st.recursive(st.text() | st.integers() | st.none(), lambda x: st.lists(x) | st.dictionaries(st.text(), x))
)
def test_no_value_makes_it_fail(value):
    Scrubber(["secret-value"], personal=True).value(value)


def test_a_value_that_contains_itself_is_cut_off():
    value = {}
    value["me"] = value
    assert MASK in json.dumps(Scrubber().value(value))


@pytest.fixture
def sink():
    """A Sentry's address with the canary as its key, and what it is sent."""
    with SentryDouble() as double:
        yield double.dsn(CANARY), double.received


PROGRAM = f"""
    import logging, sys
    import sentry_sdk
    from config.settings import load, secrets
    from worker import sentry

    settings = load()
    assert sentry.start(dsn=settings.sentry_dsn, environment="test", process="worker-read", secrets=secrets(settings))
    local_variable = "{CANARY}-local"
    logging.getLogger("a").warning("breadcrumb https://hooks.slack.com/services/{CANARY}")
    logging.getLogger("b").warning("recipient %s", "{CANARY}@example.org")
    sentry_sdk.add_breadcrumb(message="x", data={{"smtp_password": "{CANARY}", "url": "https://u:{CANARY}@h/"}})
    sentry_sdk.set_context("feed", {{"options": {{"basic_auth": ["u", "{CANARY}"]}}, "id": 12}})
    sentry_sdk.set_user({{"email": "{CANARY}@example.org"}})
    try:
        try:
            raise OSError("535 login failed: password={CANARY}")
        except OSError as error:
            raise RuntimeError(f"cannot post to {{settings.webhook_url}} for {CANARY}@example.org") from error
    except RuntimeError:
        logging.getLogger("c").exception("delivery failed for %s", settings.slack_bot_token)
        sentry_sdk.capture_exception()
    sentry.check_in(ok=True, tick_s=5.0)
    sentry.check_in(ok=True, tick_s=5.0)
    sentry_sdk.flush(10)
"""


def test_no_canary_reaches_the_sink_and_the_error_does(sink, tmp_path):
    dsn, received = sink
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "MARSAD_HOME": str(tmp_path),
        "SENTRY_DSN": dsn,
        "MARSAD_WEBHOOK_URL": f"https://internal.example.org/{CANARY}",
        "MARSAD_SLACK_BOT_TOKEN": f"{CANARY}-token",
        "MARSAD_SLACK_CHANNEL": "#c",
    }
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(PROGRAM), f"--database=postgresql://u:{CANARY}@db/x"],
        env=env, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for body in received for line in body.decode().splitlines()]
    items = [line for line in lines if "exception" in line or "monitor_slug" in line]
    errors = [item for item in items if "exception" in item]
    assert len(errors) >= 1
    kinds = [value["type"] for value in errors[0]["exception"]["values"]]
    assert kinds == ["OSError", "RuntimeError"]
    assert errors[0]["release"].startswith("marsad@")
    assert errors[0]["environment"] == "test"
    assert errors[0]["contexts"]["feed"]["id"] == 12
    assert sum("monitor_slug" in item for item in items) == 1
    for item in items:
        assert CANARY not in json.dumps(item), item
    frames = [f for value in errors[0]["exception"]["values"] for f in value["stacktrace"]["frames"]]
    assert not any("vars" in frame for frame in frames)


def test_without_a_dsn_nothing_is_imported_and_nothing_done(tmp_path):
    code = (
        "import sys; from worker import sentry\n"
        "assert sentry.start(dsn='', environment='', process='') is False\n"
        "sentry.check_in(ok=True, tick_s=5)\n"
        "assert 'sentry_sdk' not in sys.modules"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.run([sys.executable, "-c", code], env=env, check=False).returncode == 0
