"""What polling tests share: a server that logs what it served, a clock, an in-memory store."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from aiohttp import web

from worker.domain.model import ClaimedFeed, Feed, FeedState, Lease
from worker.domain.polling.entries import KnownEntry
from worker.domain.polling.schedule import PollPolicy
from worker.feeds.fetch import HttpFetcher
from worker.feeds.guard import AddressGuard
from worker.feeds.hostgate import LocalGate
from worker.feeds.parse import parse_feed
from worker.services.poll import PollLimits, PollService

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass
class Clock:
    now: datetime = NOW

    def __call__(self):
        return self.now

    def forward(self, **by):
        self.now += timedelta(**by)


@dataclass
class Answer:
    status: int = 200
    body: bytes = b""
    headers: dict = field(default_factory=dict)
    delay: float = 0.0


class LogServer:
    """Answers by path from a script and keeps (path, status, request headers) of all it served."""

    def __init__(self):
        self.pages = {}
        self.log = []
        self.port = 0
        self.running = self.most = 0

    def put(self, path, body=b"", status=200, delay=0.0, **headers):
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Answer(status, body.encode() if isinstance(body, str) else body, names, delay)

    def url(self, path, host="127.0.0.1"):
        return f"http://{host}:{self.port}{path}"

    def statuses(self, path=None):
        return [status for where, status, _ in self.log if path in (None, where)]

    def last(self):
        return self.log[-1][2]

    async def _serve(self, request):
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            answer = self.pages.get(request.path_qs) or self.pages.get(request.path) or Answer(404)
            if callable(answer):
                answer = answer(request)
            if answer.delay:
                await asyncio.sleep(answer.delay)
            etag, modified = answer.headers.get("ETag"), answer.headers.get("Last-Modified")
            same = etag and request.headers.get("If-None-Match") == etag
            same = same or (not etag and modified and request.headers.get("If-Modified-Since") == modified)
            status = 304 if same and answer.status == 200 else answer.status
            self.log.append((request.path, status, dict(request.headers)))
            headers = {"Content-Type": "application/rss+xml", **answer.headers}
            response = web.Response(status=status, body=b"" if status == 304 else answer.body)
            for name, value in headers.items():
                response.headers[name] = value
            return response
        finally:
            self.running -= 1

    @asynccontextmanager
    async def running_on(self, host="127.0.0.1"):
        app = web.Application()
        app.router.add_route("*", "/{tail:.*}", self._serve)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, host, 0)
        await site.start()
        self.port = runner.addresses[0][1]
        try:
            yield self
        finally:
            await runner.cleanup()


class FakePollStore:
    """The poll room's port in memory, with leases and generations."""

    def __init__(self, *feeds):
        self.rows = {}
        self.entries = {}
        self.items = []
        self.notices = []
        self.disabled = set()
        for number, feed in enumerate(feeds, 1):
            self.rows[number] = (replace(feed, id=number), FeedState(next_poll_at=None), 0)

    def state(self, feed_id=1):
        return self.rows[feed_id][1]

    def feed(self, feed_id=1):
        return self.rows[feed_id][0]

    def claim_feeds(self, now, limit, lease):
        due = [
            number
            for number, (feed, state, _) in self.rows.items()
            if number not in self.disabled and (state.next_poll_at is None or state.next_poll_at <= now)
        ]
        return self.claim_feed_ids(due[:limit], now, lease)

    def claim_feed_ids(self, ids, now, lease):
        claimed = []
        for number in ids:
            feed, state, generation = self.rows[number]
            self.rows[number] = (feed, state, generation + 1)
            claimed.append(ClaimedFeed(feed, state, Lease(number, generation + 1)))
        return claimed

    def known_entries(self, feed_id, keys):
        found = {}
        for (owner, identity), one in self.entries.items():
            if owner == feed_id:
                for key in (one.alias, identity):
                    if key in keys:
                        found[key] = one
        return found

    def save_poll(self, outcomes, now):
        stored = 0
        for one in outcomes:
            number = one.claimed.lease.id
            feed, _, generation = self.rows[number]
            if generation != one.claimed.lease.generation:
                continue
            if one.saved_url:
                feed = replace(feed, url=one.saved_url)
            if one.stop:
                self.disabled.add(number)
            self.rows[number] = (feed, one.state, generation)
            self.notices += one.notices
            for item in one.new:
                known = KnownEntry(item.identity, item.alias, item.fingerprint, item.published_at)
                self.entries[number, item.identity] = known
                self.items.append(item)
                stored += 1
        return stored

    def titles(self):
        return [item.entry.title for item in self.items]


@asynccontextmanager
async def service(store, clock, *, allow=("127.0.0.0/8:*",), gate=None, policy=None, **limits):
    """A poll service over the store, with the real fetcher and parser."""
    async with HttpFetcher(
        AddressGuard(allow), user_agent="Marsad/test (+mailto:desk@example.org)"
    ) as fetcher:
        yield PollService(
            store=store,
            fetcher=fetcher,
            parser=parse_feed,
            gate=gate or LocalGate(at_once=4, spacing_s=0),
            clock=clock,
            jitter=lambda: 0.5,
            policy=policy or PollPolicy(),
            limits=PollLimits(**limits),
        )


def rss(*items, channel="", title="Desk"):
    """An RSS 2.0 document; each item is a mapping of element to text, or a title."""
    parts = []
    for given in items:
        one = given
        if isinstance(given, str):
            one = {"title": given, "guid": given, "link": f"https://desk.example/{given}"}
        parts.append("<item>" + "".join(f"<{name}>{text}</{name}>" for name, text in one.items()) + "</item>")
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{title}</title>'
        f"<link>https://desk.example/</link><description>d</description>{channel}{''.join(parts)}</channel></rss>"
    ).encode()


def dated(title, at, **more):
    """An item with a date."""
    return {
        "title": title,
        "guid": title,
        "link": f"https://desk.example/{title}",
        "pubDate": format_datetime(at),
        **more,
    }


def poll_once(store, clock, **options):
    """One round of whatever is due."""

    async def run():
        async with service(store, clock, **options) as polls:
            return await polls.poll_due()

    return asyncio.run(run())


def one_feed(url, **values):
    return FakePollStore(Feed(url=url, name="Desk", **values))
