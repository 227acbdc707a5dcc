"""The whole way, for real: feeds over HTTP, Celery on the bundled server, a page, Slack and mail."""

import shutil
import urllib.request

import pytest

from tests.support.demokit import demo, told
from tests.support.maildouble import MailDouble
from tests.support.slackdouble import SlackDouble

pytestmark = [pytest.mark.processes, pytest.mark.timeout(300)]


def test_one_missile_and_one_convoy_are_told_once_each_on_every_channel_and_the_decoys_never():
    with SlackDouble() as slack, MailDouble() as mail, demo(slack=slack, mail=mail) as running:
        running.wait_for(lambda: " hits Baghdad International" in running.text, 180)
        first_alert = running.began
        page = running.text.split("Page:")[1].split()[0]
        running.wait_for(lambda: "convoy in Diwaniyah" in running.text, 60)
        running.wait_for(lambda: "killed up from 0 to 2" in running.text, 60)
        running.wait_for(
            lambda: any(
                "2 killed" in str(m.get_content_maintype) or "2" in m["Subject"] for _, m in mail.mails
            ),
            20,
        )
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with browser.open(page, timeout=10) as answer:
            shown = answer.read().decode()
        assert running.stop() == 0
    assert first_alert
    assert "Baghdad International Airport" in shown
    assert "Diwaniyah" in shown

    stories = {row["id"]: row for row in running.rows("SELECT * FROM stories WHERE merged_into IS NULL")}
    alerts = running.rows("SELECT * FROM alerts")
    assert sorted(stories[a["story_id"]]["place"] for a in alerts) == [
        "Baghdad International Airport",
        "Diwaniyah",
    ]
    airport = next(s for s in stories.values() if s["place"] == "Baghdad International Airport")
    assert airport["item_count"] == 5
    assert airport["killed"] == 2

    for channel in ("console", "slack", "email"):
        sent = told(running, channel)
        firsts = {}
        for thread, key in sent:
            firsts.setdefault(thread, key)
        assert len(firsts) == 2, sent
        assert len(set(sent)) == len(sent)
    tops = [m for m in slack.messages if not m.get("thread_ts") or m["thread_ts"] == m["ts"]]
    assert len(tops) == 2, "\n".join(
        str((m["text"][:90], m.get("thread_ts"), m["ts"])) for m in slack.messages
    )
    assert slack.updates >= 1, "the first Slack message is edited when the toll rises"
    subjects = [m["Subject"] for _, m in mail.mails]
    assert not any("Zawraa" in s or "Jordan" in s or "league" in s.lower() for s in subjects)
    updates = [m for _, m in mail.mails if m["References"]]
    assert updates, "the update answers the first mail's thread"
    shutil.rmtree(running.home)
