"""Killing the service's processes at random, and its server, changes nothing of what readers are told."""

import os
import random
import shutil
import signal
import time

import pytest

from tests.support.demokit import demo, told
from tests.support.maildouble import MailDouble
from tests.support.slackdouble import SlackDouble

pytestmark = [pytest.mark.processes, pytest.mark.timeout(600)]

KILLS = 5


def test_five_killed_workers_and_a_killed_server_cost_no_alert_and_double_none():
    chance = random.Random(20261122)
    killed = []
    with SlackDouble() as slack, MailDouble() as mail, demo(slack=slack, mail=mail) as running:
        running.wait_for(lambda: len(running.pids()) == 6, 60)
        for turn in range(KILLS):
            time.sleep(chance.uniform(2, 6))
            name = chance.choice(["worker-poll", "worker-read", "worker-alert", "beat", "worker-alert"])
            victim = running.pids()[name]
            os.kill(victim, signal.SIGKILL)
            killed.append(name)
            running.wait_for(lambda n=name, v=victim: running.pids()[n] != v, 30)
            if turn == 2:
                server = running.pids()["server"]
                os.kill(server, signal.SIGKILL)
                killed.append("server")
                running.wait_for(lambda v=server: running.pids()["server"] != v, 30)
        # A worker that was killed early may have slept over the first toll: then the first alert tells the second.
        running.wait_for(lambda: "2 killed" in running.text, 240)
        running.wait_for(lambda: "convoy in Diwaniyah" in running.text, 120)
        time.sleep(5)
        assert running.stop() == 0

    assert len(killed) == KILLS + 1
    stories = {
        row["id"]: row["place"] for row in running.rows("SELECT * FROM stories WHERE merged_into IS NULL")
    }
    alerts = running.rows("SELECT story_id FROM alerts")
    assert sorted(stories[a["story_id"]] for a in alerts) == ["Baghdad International Airport", "Diwaniyah"]
    for channel in ("slack", "email"):
        # Whether a mail left when its sender died cannot be asked: it is flagged, not sent again.
        states = ("sent", "uncertain") if channel == "email" else ("sent",)
        sent = told(running, channel, states)
        assert {thread for thread, _ in sent} == {f"story:{a['story_id']}" for a in alerts}
        assert len(set(sent)) == len(sent)
    tops = [m for m in slack.messages if not m.get("thread_ts") or m["thread_ts"] == m["ts"]]
    assert len(tops) == 2, [m["text"] for m in tops]
    ids = [m["Message-ID"] for _, m in mail.mails]
    assert len(ids) == len(set(ids)), "no mail arrives twice"
    doubtful = running.rows("SELECT * FROM deliveries WHERE state IN ('uncertain', 'dead', 'sending')")
    assert all(row["channel"] == "email" for row in doubtful), doubtful
    shutil.rmtree(running.home)
