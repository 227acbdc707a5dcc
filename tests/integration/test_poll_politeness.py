"""Conditional GET, cadence, rate limits and redirects, against a server that logs what it served."""

import asyncio
from datetime import timedelta
from email.utils import format_datetime

import pytest

from tests.support.pollkit import (
    NOW,
    Answer,
    Clock,
    FakePollStore,
    LogServer,
    dated,
    one_feed,
    rss,
    service,
)
from worker.domain.model import Feed, FeedState
from worker.domain.polling.schedule import PollPolicy
from worker.feeds.hostgate import LocalGate


@pytest.fixture(autouse=True)
def _whole_loopback(_loopback_only):
    """Several hosts are needed: all of 127.0.0.0/8 is this machine."""
    from pytest_socket import socket_allow_hosts

    socket_allow_hosts(["127.0.0.0/8", "::1", "localhost"], allow_unix_socket=True)


def run(scenario):
    """Give the scenario a running server and a clock."""

    async def main():
        async with LogServer().running_on() as server:
            return await scenario(server, Clock())

    return asyncio.run(main())


def test_validators_go_back_exactly_as_given_and_a_304_changes_nothing():
    async def scenario(server, clock):
        server.put(
            "/f", rss("one", "two"), ETag='W/"odd  tag"', Last_Modified="Sunday, 01-Mar-26 09:00:00 GMT"
        )
        store = one_feed(server.url("/f"))
        async with service(store, clock) as polls:
            first = await polls.poll_due()
            assert (first.items, store.state().etag) == (2, 'W/"odd  tag"')
            clock.forward(days=1)
            second = await polls.poll_due()
        headers = server.last()
        assert headers["If-None-Match"] == 'W/"odd  tag"'
        assert headers["If-Modified-Since"] == "Sunday, 01-Mar-26 09:00:00 GMT"
        assert headers["A-IM"] == "feed"
        assert (second.unchanged, second.items, server.statuses()) == (1, 0, [200, 304])
        assert store.state().last_success_at == clock.now

    run(scenario)


def test_a_body_seen_before_is_not_parsed_when_validators_lie():
    async def scenario(server, clock):
        server.put("/f", rss("one"))
        store = one_feed(server.url("/f"))
        async with service(store, clock) as polls:
            await polls.poll_due()
            clock.forward(days=1)
            polls._parser = None  # a second parse would fail
            report = await polls.poll_due()
        assert (report.unchanged, server.statuses()) == (1, [200, 200])

    run(scenario)


def test_an_etag_that_stays_while_the_body_changes_is_only_trusted_by_the_server():
    async def scenario(server, clock):
        server.pages["/f"] = lambda request: Answer(200, rss("one"), {})
        store = one_feed(server.url("/f"))
        async with service(store, clock) as polls:
            await polls.poll_due()
            server.pages["/f"] = lambda request: Answer(200, rss("two", "one"), {})
            clock.forward(days=1)
            await polls.poll_due()
        assert store.titles() == ["one", "two"]

    run(scenario)


def test_a_delta_response_brings_its_entries_and_no_gap():
    async def scenario(server, clock):
        server.put("/f", rss(dated("old", NOW - timedelta(hours=5))), ETag='"1"')
        store = one_feed(server.url("/f"))
        async with service(store, clock) as polls:
            await polls.poll_due()
            server.put("/f", rss(dated("new", NOW)), status=226, ETag='"2"', IM="feed")
            clock.forward(days=1)
            report = await polls.poll_due()
        assert report.items == 1
        assert store.state().etag == '"2"'
        assert "missed" not in store.state().memory

    run(scenario)


@pytest.mark.parametrize(
    ("status", "value", "wait"),
    [
        (429, "1800", 1800),
        (503, "1800", 1800),
        (429, None, 900),
        (403, "1800", 1800),
    ],
)
def test_a_rate_limit_rests_the_whole_host(status, value, wait):
    async def scenario(server, clock):
        server.put("/a", b"", status=status, **({"Retry_After": value} if value else {}))
        server.put("/b", rss("one"))
        store = FakePollStore(Feed(url=server.url("/a")), Feed(url=server.url("/b")))
        gate = LocalGate(at_once=1, spacing_s=0)
        async with service(store, clock, gate=gate, patience_s=0.1, concurrency=1) as polls:
            report = await polls.poll_due()
        assert report.postponed == 1
        assert server.statuses("/b") == []
        assert store.state(1).error_class == "rate-limited"
        for number in (1, 2):
            pause = (store.state(number).next_poll_at - clock.now).total_seconds()
            assert wait * 0.99 <= pause <= wait * 1.11
        assert store.state(2).failures == 0

    run(scenario)


def test_retry_after_may_be_a_date():
    async def scenario(server, clock):
        from datetime import UTC, datetime

        until = datetime.now(UTC) + timedelta(hours=2)
        server.put("/a", b"", status=429, Retry_After=format_datetime(until, usegmt=True))
        store = one_feed(server.url("/a"))
        async with service(store, clock) as polls:
            await polls.poll_due()
        pause = (store.state().next_poll_at - clock.now).total_seconds()
        assert 7100 < pause < 8000

    run(scenario)


def test_a_403_of_a_feed_that_worked_is_a_rate_limit_and_of_a_new_one_a_refusal():
    async def scenario(server, clock):
        server.put("/a", b"", status=403)
        gate = LocalGate(spacing_s=0)
        store = one_feed(server.url("/a"))
        async with service(store, clock, gate=gate) as polls:
            await polls.poll_due()
            assert (store.state().next_poll_at - clock.now).total_seconds() == 3600
            assert await gate.enter("127.0.0.1", 0) is None
            worked = FeedState(last_success_at=clock.now, next_poll_at=clock.now)
            store.rows[1] = (store.feed(), worked, 5)
            await polls.poll_due()
        assert (await gate.enter("127.0.0.1", 0) or 0) > 800

    run(scenario)


def test_backoff_grows_and_never_ends_and_recovery_resets_it():
    async def scenario(server, clock):
        server.put("/f", b"", status=500)
        store = one_feed(server.url("/f"))
        pauses = []
        async with service(store, clock) as polls:
            for _ in range(14):
                await polls.poll_due()
                pauses.append((store.state().next_poll_at - clock.now).total_seconds())
                clock.now = store.state().next_poll_at
            assert pauses[:4] == [300, 600, 1200, 2400]
            assert pauses[-1] == 86_400
            assert [n.kind for n in store.notices] == ["feed-failing"]
            assert store.state().error == "the server has an internal error (500)"
            server.put("/f", rss("one"))
            await polls.poll_due()
        assert (store.state().failures, store.state().error) == (0, None)
        assert store.titles() == ["one"]
        assert store.notices[-1].kind == "feed-recovered"

    run(scenario)


def test_an_outage_on_our_side_blames_no_feed():
    async def scenario(server, clock):
        feeds = [Feed(url=f"http://127.0.5.{n}:9/f") for n in range(1, 6)]
        store = FakePollStore(*feeds)
        async with service(store, clock) as polls:
            report = await polls.poll_due()
        assert report.outage
        assert {store.state(n).failures for n in store.rows} == {0}
        assert {(store.state(n).next_poll_at - clock.now).total_seconds() for n in store.rows} == {60}

    run(scenario)


def test_an_outage_is_noticed_over_small_batches_and_after_good_times():
    async def scenario(server, clock):
        server.put("/f", rss("one"))
        dead = [Feed(url=f"http://127.0.5.{n}:9/f") for n in range(1, 5)]
        store = FakePollStore(Feed(url=server.url("/f")), *dead)
        async with service(store, clock) as polls:
            verdicts = []
            for ids in ([1], [2, 3], [4], [5]):
                claimed = store.claim_feed_ids(ids, clock(), timedelta(seconds=90))
                verdicts.append((await polls.poll(claimed)).outage)
        assert verdicts == [False, False, True, True]
        assert [store.state(n).failures for n in store.rows] == [0, 1, 1, 0, 0]

    run(scenario)


def test_one_dead_host_among_living_ones_is_its_own_fault():
    async def scenario(server, clock):
        server.put("/f", rss("one"))
        dead = [Feed(url=f"http://127.0.5.{n}:9/f") for n in range(1, 5)]
        store = FakePollStore(Feed(url=server.url("/f")), *dead)
        async with service(store, clock) as polls:
            report = await polls.poll_due()
        assert not report.outage
        assert [store.state(n).failures for n in store.rows] == [0, 1, 1, 1, 1]
        assert "no connection to the server" in store.state(2).error

    run(scenario)


def test_a_permanent_redirect_is_followed_at_once_and_saved_after_days():
    async def scenario(server, clock):
        server.put("/old", status=301, Location="/new")
        server.put("/new", rss("one"), ETag='"1"')
        store = one_feed(server.url("/old"))
        async with service(store, clock) as polls:
            await polls.poll_due()
            assert store.titles() == ["one"]
            for _ in range(3):
                assert store.feed().url == server.url("/old")
                clock.forward(days=1, minutes=1)
                await polls.poll_due()
        assert store.feed().url == server.url("/new")

    run(scenario)


def test_a_redirect_that_goes_away_is_forgotten():
    async def scenario(server, clock):
        server.put("/old", status=308, Location="/new")
        server.put("/new", rss("one"))
        store = one_feed(server.url("/old"))
        async with service(store, clock) as polls:
            await polls.poll_due()
            assert store.state().memory["redirect"]["polls"] == 1
            server.put("/old", rss("one"))
            clock.forward(days=4)
            await polls.poll_due()
        assert "redirect" not in store.state().memory

    run(scenario)


def test_a_redirect_to_another_domain_waits_for_a_person():
    async def scenario(server, clock):
        target = server.url("/new", host="127.0.0.2")
        server.put("/old", status=301, Location=server.url("/new", host="localhost"))
        server.put("/new", rss("one"))
        target = server.url("/new", host="localhost")
        store = one_feed(server.url("/old"))
        allow = ("127.0.0.0/8:*", "localhost:*")
        async with service(store, clock, allow=allow) as polls:
            for _ in range(5):
                await polls.poll_due()
                clock.forward(days=2)
            assert store.feed().url == server.url("/old")
            assert [n.kind for n in store.notices] == ["feed-redirect"]
            feed, state, generation = store.rows[1]
            seen = {**state.memory["redirect"], "approved": True}
            from dataclasses import replace

            store.rows[1] = (feed, replace(state, memory={**state.memory, "redirect": seen}), generation)
            await polls.poll_due()
        assert store.feed().url == target

    run(scenario)


def test_a_temporary_hop_ends_the_permanent_chain():
    async def scenario(server, clock):
        server.put("/a", status=301, Location="/b")
        server.put("/b", status=302, Location="/c")
        server.put("/c", rss("one"))
        store = one_feed(server.url("/a"))
        async with service(store, clock) as polls:
            await polls.poll_due()
        assert store.state().memory["redirect"]["to"] == server.url("/b")

    run(scenario)


def test_more_than_five_redirects_are_refused():
    async def scenario(server, clock):
        for n in range(9):
            server.put(f"/{n}", status=302, Location=f"/{n + 1}")
        store = one_feed(server.url("/0"))
        async with service(store, clock) as polls:
            await polls.poll_due()
        assert store.state().error_class == "redirect"
        assert len(server.log) == 6

    run(scenario)


def test_410_stops_with_a_notice_and_404_backs_off():
    async def scenario(server, clock):
        server.put("/gone", status=410)
        store = FakePollStore(Feed(url=server.url("/gone")), Feed(url=server.url("/missing")))
        async with service(store, clock) as polls:
            await polls.poll_due()
        assert store.disabled == {1}
        assert [n.kind for n in store.notices] == ["feed-gone"]
        assert (store.state(2).next_poll_at - clock.now) == timedelta(hours=1)

    run(scenario)


def test_a_host_is_not_asked_more_at_once_than_allowed():
    async def scenario(server, clock):
        for n in range(8):
            server.put(f"/{n}", rss(f"item {n}"), delay=0.03)
        store = FakePollStore(*(Feed(url=server.url(f"/{n}")) for n in range(8)))
        async with service(store, clock, gate=LocalGate(at_once=2, spacing_s=0.0)) as polls:
            report = await polls.poll_due()
        assert (report.items, server.most) == (8, 2)

    run(scenario)


def test_per_feed_options_reach_the_server_and_credentials_stay_with_their_host():
    async def scenario(server, clock):
        server.put("/a", rss("one"))
        server.put("/b", status=302, Location=server.url("/a", host="localhost"))
        options = {"user_agent": "Desk/1", "headers": {"X-Key": "k"}, "basic_auth": "reader:secret"}
        store = FakePollStore(Feed(url=server.url("/a"), options=options))
        allow = ("127.0.0.0/8:*", "localhost:*")
        async with service(store, clock, allow=allow) as polls:
            await polls.poll_due()
            sent = server.last()
            assert (sent["User-Agent"], sent["X-Key"]) == ("Desk/1", "k")
            assert sent["Authorization"] == "Basic cmVhZGVyOnNlY3JldA=="
            store.rows[1] = (Feed(url=server.url("/b"), options={"bearer": "t0ken"}, id=1), FeedState(), 1)
            await polls.poll_due()
        assert server.log[-2][2]["Authorization"] == "Bearer t0ken"
        assert "Authorization" not in server.last()
        assert server.last()["User-Agent"].endswith("(+mailto:desk@example.org)")

    run(scenario)


def test_a_worker_that_lost_its_lease_writes_nothing():
    async def scenario(server, clock):
        server.put("/f", rss("one"))
        store = one_feed(server.url("/f"))
        async with service(store, clock) as polls:
            claimed = store.claim_feeds(clock(), 5, timedelta(seconds=90))
            store.claim_feeds(clock(), 5, timedelta(seconds=90))
            report = await polls.poll(claimed)
        assert (report.items, store.items) == (0, [])

    run(scenario)


def test_urgent_feeds_keep_their_interval():
    async def scenario(server, clock):
        server.put("/f", rss("one", channel="<ttl>600</ttl>"), Cache_Control="max-age=7200")
        store = FakePollStore(
            Feed(url=server.url("/f"), urgent=True), Feed(url=server.url("/f"), interval_s=240)
        )
        async with service(store, clock, policy=PollPolicy(urgent_s=90)) as polls:
            await polls.poll_due()
        assert (store.state(1).next_poll_at - clock.now).total_seconds() == 90
        assert (store.state(2).next_poll_at - clock.now).total_seconds() == 240

    run(scenario)


def test_validators_are_left_out_where_a_feeds_owner_says_so():
    async def scenario(server, clock):
        server.put("/f", rss("one"), ETag='"1"')
        store = one_feed(server.url("/f"), options={"ignore_validators": True})
        async with service(store, clock) as polls:
            await polls.poll_due()
            clock.forward(days=1)
            await polls.poll_due()
        assert server.statuses() == [200, 200]

    run(scenario)


def test_a_full_batch_calls_for_another_worker_before_it_fetches_and_the_last_one_does_not():
    async def scene():
        async with LogServer().running_on() as server:
            feeds = [Feed(url=server.url(f"/{number}")) for number in range(5)]
            for number in range(5):
                server.put(f"/{number}", rss(f"entry-{number}"))
            store, calls = FakePollStore(*feeds), []
            async with service(store, Clock(), batch=2) as polls:
                while (await polls.poll_due(lambda: calls.append(len(server.log)))).feeds:
                    pass
        return calls, len(store.items)

    assert asyncio.run(scene()) == ([0, 2], 5)
