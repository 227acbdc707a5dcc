"""Measures alerting: watches against one item, delivery under faults, judging to receipt.

`python -m bench.alerts [curve|faults|latency]`; no argument runs all three.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from tests.support.alertkit import NOW, change, event, policy, put_story, report, rule, story
from tests.support.deliveryworld import run
from tests.support.slackdouble import SlackDouble
from worker.channels.slack import SlackBot
from worker.domain.alerting.facts import of_story
from worker.domain.alerting.index import WatchIndex
from worker.domain.model import Severity
from worker.services.deliver import DeliverService
from worker.services.judge import JudgeService
from worker.storage.alert import AlertQueries
from worker.storage.engine import open_engine
from worker.storage.migrate import migrate

PLACES = ("Baghdad", "Nineveh", '"Al Anbar"')


def watches(count: int) -> list:
    """Watches as people write them: a few concepts, fields, and many words of their own."""
    rng = random.Random(7)
    made = []
    for number in range(count):
        own = f"village{rng.randrange(count * 2)}"
        query = rng.choice(
            (
                f"rocket attack AND {own}",
                f"convoy AND {own}",
                f'"{own} road" OR ({own} AND hashd)',
                f"governorate:{rng.choice(PLACES)} AND {own}",
                f"killed>=3 AND {own}",
                f"{own} OR unit{rng.randrange(count * 2)}",
                f"(rocket OR drone OR isis) AND {own} NOT exercise",
                f"{own} NEAR/5 checkpoint",
            )
        )
        made.append(rule(query, f"w{number}"))
    return made


def curve() -> None:
    """Time an item against 10 to 10,000 watches, with the index and without."""
    told, one = (
        story(),
        report(text="Rocket attack hits Baghdad airport\n" + "Three rockets fell near the runway. " * 12),
    )
    print("watches  candidates  us/item with index  us/item asking all")
    for count in (10, 100, 1_000, 10_000):
        index = WatchIndex.build(watches(count))

        def indexed(index=index) -> int:
            facts = of_story(told, one, Severity.HIGH, NOW)
            return sum(w.test(facts, NOW) is not None for w in index.candidates(facts))

        def asking_all(index=index) -> int:
            facts = of_story(told, one, Severity.HIGH, NOW)
            return sum(w.test(facts, NOW) is not None for w in index.rules)

        assert indexed() == asking_all()
        facts = of_story(told, one, Severity.HIGH, NOW)
        found = len(index.candidates(facts))
        print(f"{count:>7}  {found:>10}  {_best(indexed):>18.0f}  {_best(asking_all):>18.0f}")


def _best(work) -> float:
    times = []
    for _ in range(7):
        begun = time.perf_counter()
        for _ in range(20):
            work()
        times.append((time.perf_counter() - begun) / 20 * 1e6)
    return min(times)


def faults(stories: int = 1000) -> None:
    """Play 1,000 stories, 20 watches, 4 channels with random faults and kills."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/m.sqlite")
        migrate(engine)
        figures = run(engine, stories=stories, watches=20, seed=11)
        engine.dispose()
    print(
        f"{figures.stories} stories x 20 watches x 4 channels: {figures.rows} deliveries in {figures.seconds:.0f} s"
    )
    print(
        f"faults of the other sides: {figures.attempts_failed}; senders killed in an attempt: {figures.deaths}"
    )
    for (channel, state), count in sorted(figures.states.items()):
        print(f"  {channel:<10} {state:<11} {count}")
    print(
        f"arrived twice: {len(figures.twice)}; dead: {len(figures.lost)}; sent but missing: {len(figures.false_sent)}"
    )


def latency(stories: int = 200) -> None:
    """From a story change in the database to the message at Slack's side, one story at a time."""
    times = []
    with tempfile.TemporaryDirectory() as folder, SlackDouble() as slack:
        engine = open_engine(f"sqlite:///{Path(folder)}/m.sqlite")
        migrate(engine)
        store = AlertQueries()
        store.engine = engine
        bot = SlackBot("xoxb-t", "#iraq", slack.api, pause_s=0)
        judged = policy(*[rule(name=f"w{n}") for n in range(20)], recipients={"slack": ("#iraq",)})
        at = [NOW]
        judge = JudgeService(store, lambda: judged, lambda: at[0])
        deliver = DeliverService(store, {"slack": bot}, lambda: at[0])
        for number in range(1, stories + 1):
            at[0] += timedelta(hours=2)
            place = event(governorate=f"G{number}", date=at[0].date())
            fresh = report(number, published_at=at[0], seen_at=at[0])
            put_story(engine, story(number, event=place), [change(story_id=number, item_id=number)], [fresh])
            begun = time.perf_counter()
            judge.run()
            deliver.run()
            times.append(time.perf_counter() - begun)
            assert len(slack.messages) == number
        engine.dispose()
    cuts = statistics.quantiles(times, n=20)
    print(
        f"change stored to message at Slack: p50 {cuts[9] * 1000:.0f} ms, p95 {cuts[18] * 1000:.0f} ms ({stories} stories)"
    )


if __name__ == "__main__":
    chosen = sys.argv[1:] or ["curve", "latency", "faults"]
    for name in chosen:
        {"curve": curve, "faults": faults, "latency": latency}[name]()
