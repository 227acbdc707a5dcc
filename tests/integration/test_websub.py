"""WebSub against a hub on this machine: subscription, verification, signed pushes, renewal, refusal."""

import asyncio
import hashlib
import hmac
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

from aiohttp import ClientSession, web

from tests.support.pollkit import NOW, Clock, FakePollStore, LogServer, dated, rss, service
from worker.domain.model import Feed
from worker.feeds.fetch import HttpFetcher
from worker.feeds.guard import AddressGuard
from worker.feeds.websub import WebSub, is_active, subscription_of, verify_signature


class Hub:
    """Verifies every subscription at once, as hubs do, and pushes on demand."""

    def __init__(self, lease=None, deny=False):
        self.subscriptions, self.lease, self.deny = [], lease, deny

    async def __call__(self, request):
        form = dict(await request.post())
        self.subscriptions.append(form)
        query = {"hub.mode": form["hub.mode"], "hub.topic": form["hub.topic"], "hub.challenge": "c4ll"}
        query["hub.lease_seconds"] = self.lease or form["hub.lease_seconds"]
        if self.deny:
            query = {"hub.mode": "denied", "hub.topic": form["hub.topic"], "hub.reason": "full"}
        async with ClientSession() as session, session.get(form["hub.callback"], params=query) as answer:
            self.answer = (answer.status, await answer.text())
        return web.Response(status=202)

    async def push(self, body, secret=None, method="sha256"):
        form = self.subscriptions[-1]
        signature = hmac.new((secret or form["hub.secret"]).encode(), body, method).hexdigest()
        async with ClientSession() as session:
            headers = {"X-Hub-Signature": f"{method}={signature}"}
            async with session.post(form["hub.callback"], data=body, headers=headers) as answer:
                return answer.status


class Memory(FakePollStore):
    def feeds(self):
        return [(feed, state) for feed, state, _ in self.rows.values()]

    def remember_of_feed(self, feed_id, memory, *, due=False):
        feed, state, generation = self.rows[feed_id]
        self.rows[feed_id] = (feed, replace(state, memory={**state.memory, **memory}), generation)
        return True


async def _serve(handlers):
    app = web.Application()
    for method, path, handler in handlers:
        app.router.add_route(method, path, handler)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}"


def run(scenario, hub):
    async def main():
        clock, pushed = Clock(), []
        async with LogServer().running_on() as feeds:
            hub_runner, hub_url = await _serve([("POST", "/", hub)])
            link = f'<link xmlns="http://www.w3.org/2005/Atom" rel="hub" href="{hub_url}/"/>'
            feeds.put("/f", rss("one", channel=link))
            store = Memory(Feed(url=feeds.url("/f"), name="Desk"))
            store.publisher, store.channel = feeds, link
            holder = {}

            async def confirm(request):
                status, text = holder["websub"].confirm(
                    int(request.match_info["feed"]), request.match_info["token"], request.query
                )
                return web.Response(status=status, text=text)

            async def accept(request):
                status, body = holder["websub"].accept(
                    int(request.match_info["feed"]),
                    request.match_info["token"],
                    request.headers,
                    await request.read(),
                )
                if body is not None:
                    pushed.append(body)
                    async with service(store, clock) as polls:
                        await polls.take_in(
                            store.claim_feed_ids([1], clock(), timedelta(seconds=90))[0], body
                        )
                return web.Response(status=status)

            path = "/websub/{feed}/{token}"
            own_runner, own_url = await _serve([("GET", path, confirm), ("POST", path, accept)])
            async with HttpFetcher(AddressGuard(["127.0.0.0/8:*"]), user_agent="t") as fetcher:
                websub = holder["websub"] = WebSub(
                    sender=fetcher, memory=store, clock=clock, public_url=own_url
                )
                async with service(store, clock) as polls:
                    await polls.poll_due()
                try:
                    await scenario(websub, store, clock, pushed)
                finally:
                    await own_runner.cleanup()
                    await hub_runner.cleanup()

    asyncio.run(main())


def test_a_feed_with_a_hub_is_subscribed_verified_and_pushed_to():
    hub = Hub()

    async def scenario(websub, store, clock, pushed):
        assert await websub.renew_due() == 1
        form = hub.subscriptions[0]
        assert (form["hub.mode"], form["hub.topic"]) == ("subscribe", store.feed().url)
        assert len(form["hub.secret"]) >= 40
        assert hub.answer == (200, "c4ll")
        assert is_active(store.state(), clock())
        assert await hub.push(rss("two", "one")) == 202
        assert store.titles() == ["one", "two"]
        assert await websub.renew_due() == 0

    run(scenario, hub)


def test_what_was_pushed_is_known_at_the_next_poll_and_validators_stay():
    hub = Hub()

    async def scenario(websub, store, clock, pushed):
        await websub.renew_due()
        etag = store.state().etag
        await hub.push(rss("two", "one"))
        assert store.state().etag == etag
        clock.forward(days=1)
        async with service(store, clock) as polls:
            await polls.poll_due()
        assert store.titles() == ["one", "two"]

    run(scenario, hub)


def test_forged_pushes_are_thrown_away_quietly():
    hub = Hub()

    async def scenario(websub, store, clock, pushed):
        await websub.renew_due()
        assert await hub.push(rss("forged"), secret="guess") == 202
        callback = hub.subscriptions[0]["hub.callback"]
        async with ClientSession() as session:
            async with session.post(callback, data=rss("unsigned")) as answer:
                assert answer.status == 202
            async with session.post(callback[:-4] + "xxxx", data=rss("lost")) as answer:
                assert answer.status == 410
        assert (pushed, store.titles()) == ([], ["one"])
        for method in ("sha1", "sha384", "sha512"):
            assert await hub.push(rss("one"), method=method) == 202
        assert len(pushed) == 3

    run(scenario, hub)


def test_leases_are_renewed_before_they_end_and_polling_goes_on_when_they_do():
    hub = Hub(lease="172800")

    async def scenario(websub, store, clock, pushed):
        await websub.renew_due()
        assert subscription_of(store.state()).until == NOW + timedelta(days=2)
        clock.forward(hours=20)
        assert await websub.renew_due() == 0
        clock.forward(hours=8)
        assert await websub.renew_due() == 1
        assert hub.subscriptions[0]["hub.secret"] == hub.subscriptions[1]["hub.secret"]
        assert is_active(store.state(), clock())
        clock.forward(days=3)
        assert not is_active(store.state(), clock())

    run(scenario, hub)


def test_a_hub_that_refuses_leaves_the_feed_to_polling():
    hub = Hub(deny=True)

    async def scenario(websub, store, clock, pushed):
        await websub.renew_due()
        assert subscription_of(store.state()).state == "denied"
        clock.forward(hours=12)
        assert await websub.renew_due() == 0
        assert not is_active(store.state(), clock())

    run(scenario, hub)


def test_only_what_was_asked_for_is_confirmed():
    hub = Hub()

    async def scenario(websub, store, clock, pushed):
        await websub.renew_due()
        parts = urlsplit(hub.subscriptions[0]["hub.callback"]).path.split("/")
        token, topic = parts[-1], store.feed().url
        good = {"hub.mode": "subscribe", "hub.topic": topic, "hub.challenge": "x"}
        assert websub.confirm(1, token, good) == (200, "x")
        assert websub.confirm(1, "other", good)[0] == 404
        assert websub.confirm(2, token, good)[0] == 404
        assert websub.confirm(1, token, {**good, "hub.topic": "https://else.example/"})[0] == 404
        assert websub.confirm(1, token, {**good, "hub.mode": "unsubscribe"})[0] == 404

    run(scenario, hub)


def test_a_vouched_for_feed_is_polled_less_often():
    clock = Clock()
    states = {}
    for active in (False, True):
        memory = {"gap_s": 600, "wide_gap_s": 600, "newest": NOW.isoformat()}
        if active:
            memory["websub"] = {"state": "active", "until": (NOW + timedelta(days=3)).isoformat()}
        from worker.domain.polling import PollPolicy, next_poll

        found = next_poll(
            PollPolicy(), Feed(url="u"), memory, now=clock(), brought=False, cache_s=None, jitter=0.5
        )
        states[active] = found.interval_s
    assert states == {False: 300, True: 3600}


def test_a_hub_that_keeps_items_back_loses_its_trust_until_it_pushes_again():
    hub = Hub()

    async def scenario(websub, store, clock, pushed):
        await websub.renew_due()
        titles = ["one"]
        for number in range(2):
            clock.forward(hours=12)
            titles.insert(0, f"kept back {number}")
            old = clock() - timedelta(hours=2)
            store.publisher.put(
                "/f", rss(*(dated(title, old) for title in titles), channel=store.channel), ETag=f'"{number}"'
            )
            async with service(store, clock) as polls:
                await polls.poll(store.claim_feed_ids([1], clock(), timedelta(seconds=90)))
        assert store.state().memory["hub_missed"] == 2
        assert "pushes" not in store.state().memory["why"]
        await hub.push(rss(dated("pushed", clock()), *(dated(title, old) for title in titles)))
        assert "hub_missed" not in store.state().memory

    run(scenario, hub)


def test_signatures_of_unknown_methods_are_refused():
    assert not verify_signature("s", b"x", "md5=abc")
    assert not verify_signature("s", b"x", "")
    assert verify_signature("s", b"x", "sha1=" + hmac.new(b"s", b"x", hashlib.sha1).hexdigest().upper())
