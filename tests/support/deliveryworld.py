"""Many stories, watches and channels, with the other sides failing and senders dying at random.

What arrived is counted at the far ends: Slack's history, mailboxes, the webhook's and PagerDuty's books.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from tests.support.alertkit import NOW, change, event, grown, policy, put_story, report, rule, story
from tests.support.hookdouble import HookDouble
from tests.support.maildouble import MailDouble
from tests.support.slackdouble import SlackDouble
from worker.channels.email import EmailChannel
from worker.channels.pagerduty import PagerDutyChannel
from worker.channels.slack import SlackBot
from worker.channels.webhook import WebhookChannel
from worker.domain.model import ChangeKind, DeliveryState
from worker.services.deliver import DeliverService
from worker.services.judge import JudgeService
from worker.storage.alert import AlertQueries

LEASE = timedelta(seconds=90)


class Died(BaseException):
    """The sender's process was killed."""


@dataclass
class Mortal:
    """A channel whose process dies before or after the other side took the message."""

    inner: object
    rng: random.Random
    chance: float
    deaths: list = field(default_factory=list)

    def __getattr__(self, name):
        return getattr(self.inner, name)

    def send(self, delivery, first):
        roll = self.rng.random()
        if roll < self.chance / 2:
            self.deaths.append("before")
            raise Died
        sent = self.inner.send(delivery, first)
        if roll > 1 - self.chance / 2:
            self.deaths.append("after")
            raise Died
        return sent


@dataclass
class Figures:
    """What a run came to."""

    stories: int
    rows: int
    states: Counter
    attempts_failed: int
    deaths: int
    twice: list
    lost: list
    false_sent: list
    seconds: float


def run(engine, *, stories, watches, seed, trouble=0.15, death=0.02):
    """Play it through; every delivery ends as sent, uncertain or superseded."""
    rng = random.Random(seed)
    store = AlertQueries()
    store.engine = engine
    failed = [0]

    def fault(*kinds):
        def roll(*_):
            if rng.random() >= trouble:
                return None
            failed[0] += 1
            return rng.choice(kinds)

        return roll

    begun = time.perf_counter()
    with SlackDouble() as slack, MailDouble() as mail, HookDouble() as hook, HookDouble() as pager:
        posts = fault("limit", "http500", "drop", "lost", "error:internal_error")
        asks = fault("limit", "http500", "drop")
        slack.fault = lambda method: posts() if method.startswith("chat.") else asks()
        mail.fault = fault("rcpt450", "data451", "end451", "cut-after-dot", "lost-answer")
        hook.fault = fault("429", "500", "drop", "lost")
        pager.fault = fault("429", "500", "drop", "lost")
        channels = {
            "slack": SlackBot("xoxb-t", "#iraq", slack.api, timeout_s=5),
            "email": EmailChannel(
                "127.0.0.1", "m@example.org", ("desk@example.org",), mail.port, security="none"
            ),
            "webhook": WebhookChannel(hook.url, "secret"),
            "pagerduty": PagerDutyChannel("key", pager.url),
        }
        mortals = {name: Mortal(one, rng, death) for name, one in channels.items()}
        _play(engine, store, mortals, stories, watches, rng)
        return _count(
            store, slack, mail, hook, pager, stories, failed[0], mortals, time.perf_counter() - begun
        )


def _play(engine, store, mortals, stories, watches, rng):
    rules = [
        rule(("rocket attack", "airport", "hashd OR convoy", "runway")[n % 4], f"watch-{n}")
        for n in range(watches)
    ]
    judged = policy(
        *rules, recipients={n: c.recipients() for n, c in mortals.items()}, editing=("slack", "pagerduty")
    )
    now = [NOW]
    judge = JudgeService(store, lambda: judged, lambda: now[0])
    told = {}
    for number in range(1, stories + 1):
        place = event(governorate=f"G{number}", place_id=f"p{number}", lat=30 + number / 500)
        told[number] = story(number, event=place, gist=f"Rocket attack number {number}")
        put_story(engine, told[number], [change(story_id=number, item_id=number)], [report(number)])
    while judge.run(100)[0]:
        _deliver(store, mortals, now, rng, rounds=1)
    for number in range(1, stories + 1, 2):
        toll = change(
            ChangeKind.TOLL, 2, f"killed rises from 0 to {3 + number % 5}", story_id=number, item_id=number
        )
        put_story(engine, grown(told[number], 2, killed=3 + number % 5), [toll])
    while judge.run(100)[0]:
        _deliver(store, mortals, now, rng, rounds=1)
    _deliver(store, mortals, now, rng, rounds=600)


def _deliver(store, mortals, now, rng, rounds):
    """New senders again and again, as after a kill; the clock moves past leases and waits."""
    for _ in range(rounds):
        service = DeliverService(
            store, mortals, lambda: now[0], LEASE, sleep=lambda _s: None, jitter=rng.random
        )
        try:
            while service.run(20):
                pass
        except Died:
            pass
        now[0] += timedelta(seconds=97)
        if rounds > 1 and not _waiting(store):
            return


def _waiting(store):
    states = (DeliveryState.PENDING, DeliveryState.RETRY, DeliveryState.SENDING)
    if any(store.deliveries(state=state, limit=1) for state in states):
        return True
    return any(d.due_at.year < 9000 for d in store.deliveries(state=DeliveryState.UNCERTAIN, limit=10_000))


def _count(store, slack, mail, hook, pager, stories, failed, mortals, seconds):
    arrived = Counter()
    for message in slack.posted():
        arrived["slack", message["metadata"]["event_payload"]["key"]] += 1
    for _to, message in mail.mails:
        arrived["email", message["X-Marsad-Key"]] += 1
    for _headers, body in hook.taken:
        arrived["webhook", body["key"]] += 1
    incidents = Counter(body["dedup_key"] for _headers, body in pager.taken)
    rows = store.deliveries(limit=1_000_000)
    twice, lost, false_sent = [], [], []
    for row in rows:
        count = arrived[row.channel, row.key]
        if row.channel == "pagerduty":
            count = min(1, incidents[f"marsad:{row.thread}"])  # one incident however often it was triggered
        if count > 1:
            twice.append((row.channel, row.key, count))
        if row.state is DeliveryState.SENT and count == 0 and not _only_edited(row, slack):
            false_sent.append((row.channel, row.key))
        if row.state in (DeliveryState.DEAD, DeliveryState.HELD):
            lost.append((row.channel, row.key, row.error))
    states = Counter((row.channel, row.state.value) for row in rows)
    deaths = sum(len(one.deaths) for one in mortals.values())
    return Figures(stories, len(rows), states, failed, deaths, twice, lost, false_sent, seconds)


def _only_edited(row, slack):
    return row.channel == "slack" and row.message.data.get("quiet") and slack.updates > 0
