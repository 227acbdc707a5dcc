"""The poll room: fetch due feeds side by side, decide what is new, save each feed's poll as one step.

The service moves values between ports; what they mean is judged in `worker.domain.polling`.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache, partial
from hashlib import sha256
from typing import Any, Protocol
from urllib.parse import urlsplit

from worker.domain.polled import ClaimedFeed, PollOutcome
from worker.domain.polling.entries import Keyed, decide_entries, keys_of
from worker.domain.polling.failures import after_failure, is_network_failure, is_outage
from worker.domain.polling.headers import cache_seconds, links
from worker.domain.polling.outcome import (
    Answer,
    Hints,
    after_document,
    after_error,
    after_unchanged,
    postponed,
)
from worker.domain.polling.schedule import PollPolicy
from worker.errors import FetchError, ParseError
from worker.ports import Clock, Fetcher, HostGate, ParsedFeed, Parser, PollStore, Request, Response

_REMEMBER_S = 300.0
_LARGE = 512 * 1024
"""Bodies from here on are parsed beside the event loop."""


class Log(Protocol):
    """The part of a structured logger that polling speaks to."""

    def info(self, event: str, **facts: Any) -> None:
        """Note something."""
        ...

    def warning(self, event: str, **facts: Any) -> None:
        """Note something that a person may want to look at."""
        ...

    def error(self, event: str, **facts: Any) -> None:
        """Note something that a person should look at."""
        ...


@cache
def _structlog() -> Log:
    """The service's logger, made when there is something to say: importing it takes a while."""
    import structlog  # noqa: PLC0415

    log: Log = structlog.get_logger("marsad.poll")
    return log


@dataclass(frozen=True, slots=True)
class PollLimits:
    """How much is done at once, and for how long."""

    batch: int = 50
    concurrency: int = 50
    lease: timedelta = timedelta(seconds=90)
    patience_s: float = 15.0
    """How long a feed waits for its host's turn before it is put off."""
    total_timeout_s: float = 30.0
    max_bytes: int = 15 * 1024 * 1024
    save_every: int = 25
    """Feeds a transaction; more would only make a lost lease cost more."""


@dataclass(slots=True)
class PollReport:
    """What a batch came to."""

    feeds: int = 0
    unchanged: int = 0
    failed: int = 0
    postponed: int = 0
    items: int = 0
    """Items really stored, revisions among them."""
    errors: dict[str, int] = field(default_factory=dict)
    outage: bool = False

    def plus(self, other: PollReport) -> PollReport:
        """Both together."""
        kinds = sorted({*self.errors, *other.errors})
        return PollReport(
            feeds=self.feeds + other.feeds,
            unchanged=self.unchanged + other.unchanged,
            failed=self.failed + other.failed,
            postponed=self.postponed + other.postponed,
            items=self.items + other.items,
            errors={kind: self.errors.get(kind, 0) + other.errors.get(kind, 0) for kind in kinds},
            outage=self.outage and other.outage,
        )


@dataclass(frozen=True, slots=True)
class _Lost:
    """A feed that failed at network level: judged when the whole batch is back."""

    claimed: ClaimedFeed
    error: FetchError


class PollService:
    """Polls feeds; one instance a process."""

    def __init__(
        self,
        *,
        store: PollStore,
        fetcher: Fetcher,
        parser: Parser,
        gate: HostGate,
        clock: Clock,
        jitter: Callable[[], float],
        policy: PollPolicy | None = None,
        limits: PollLimits | None = None,
        log: Log | None = None,
    ) -> None:
        """`jitter` gives random numbers from 0 to 1; `log` is the service's own by default."""
        self._log: Callable[[], Log] = _structlog if log is None else partial(_given, log)
        self._store, self._fetcher, self._parser, self._gate = store, fetcher, parser, gate
        self._clock, self._jitter = clock, jitter
        self._policy = policy or PollPolicy()
        self._limits = limits or PollLimits()
        self._network: deque[tuple[float, str, str]] = deque(maxlen=500)
        """(when, host, kind; kind empty when reached) of late: tells our outage from theirs."""

    async def poll_due(self, more: Callable[[], None] | None = None) -> PollReport:
        """Claim a batch of due feeds and poll it.

        `more` is called when the batch was full, before anything is fetched: another process may take
        the next one meanwhile.
        """
        claimed = await asyncio.to_thread(
            self._store.claim_feeds, self._clock(), self._limits.batch, self._limits.lease
        )
        if more is not None and len(claimed) >= self._limits.batch:
            await asyncio.to_thread(more)
        return await self.poll(claimed)

    async def poll(
        self, claimed: Sequence[ClaimedFeed], progress: Callable[[int], None] | None = None
    ) -> PollReport:
        """Poll these feeds side by side; `progress` is told how many are done."""
        report, started = PollReport(feeds=len(claimed)), time.monotonic()
        todo = iter(claimed)
        lost: list[_Lost] = []
        async with self._saving(report) as save:

            async def work() -> None:
                for one in todo:
                    outcome = await self._poll_one(one, report)
                    if isinstance(outcome, _Lost):
                        lost.append(outcome)
                    else:
                        await save(outcome)
                    if progress is not None:
                        progress(1)

            await asyncio.gather(*(work() for _ in range(min(self._limits.concurrency, len(claimed)))))
            for outcome in self._judge_lost(lost, report, started):
                await save(outcome)
        return report

    async def take_in(self, claimed: ClaimedFeed, body: bytes, content_type: str = "") -> int:
        """Take a document that a hub pushed for a claimed feed; returns the items stored.

        It may hold only what is new (WebSub §7), so it says nothing of gaps, and its validators are
        those of the polled document.
        """
        kept = {"etag": claimed.state.etag, "last-modified": claimed.state.last_modified}
        headers = {"content-type": content_type} | {name: value for name, value in kept.items() if value}
        response = Response(226, claimed.feed.url, body, headers)
        outcome = await self._answered(claimed, response, PollReport(), pushed=True)
        return await asyncio.to_thread(self._store.save_poll, [outcome], self._clock())

    @asynccontextmanager
    async def _saving(self, report: PollReport) -> AsyncIterator[Callable[[PollOutcome], Awaitable[None]]]:
        """Collect outcomes and write a few feeds a transaction, beside the fetching."""
        waiting: list[PollOutcome] = []
        lock = asyncio.Lock()

        async def flush() -> None:
            async with lock:
                batch, waiting[:] = waiting[:], []
                if batch:
                    report.items += await asyncio.to_thread(self._store.save_poll, batch, self._clock())

        async def save(outcome: PollOutcome) -> None:
            waiting.append(outcome)
            if len(waiting) >= self._limits.save_every:
                await flush()

        try:
            yield save
        finally:
            await flush()

    async def _poll_one(self, claimed: ClaimedFeed, report: PollReport) -> PollOutcome | _Lost:
        """Fetch one feed behind its host's gate and decide; every failure becomes an outcome."""
        host = urlsplit(claimed.feed.url).hostname or ""
        wait = await self._gate.enter(host, self._limits.patience_s)
        if wait is not None:
            report.postponed += 1
            return postponed(claimed, wait, f"{host} rests or is busy", now=self._clock())
        try:
            response = await self._fetcher.fetch(self._request(claimed))
        except FetchError as error:
            return await self._failed(claimed, host, error, report)
        finally:
            await self._gate.leave(host)
        self._network.append((time.monotonic(), host, ""))
        try:
            return await self._answered(claimed, response, report)
        except ParseError as fault:
            wrong = FetchError(fault.message, kind="not-a-feed", remedy=fault.remedy, where=claimed.feed.url)
            return await self._failed(claimed, host, wrong, report)

    def _request(self, claimed: ClaimedFeed) -> Request:
        feed, state = claimed.feed, claimed.state
        ask = not feed.options.get("ignore_validators")
        return Request(
            url=feed.url,
            etag=state.etag if ask else None,
            last_modified=state.last_modified if ask else None,
            max_bytes=self._limits.max_bytes,
            total_timeout_s=min(float(feed.options.get("timeout_s") or self._limits.total_timeout_s), 60.0),
            options=feed.options,
        )

    async def _answered(
        self, claimed: ClaimedFeed, response: Response, report: PollReport, *, pushed: bool = False
    ) -> PollOutcome:
        state, now = claimed.state, self._clock()
        answer = _answer(claimed, response, now)
        if state.failures:
            self._log().info("feed-recovered", feed=claimed.feed.url, failures=state.failures)
        if response.status == 304 or (answer.body_hash == state.body_hash and answer.body_hash is not None):
            report.unchanged += 1
            return after_unchanged(self._policy, claimed, answer, now=now, jitter=self._jitter())
        document, rows = await self._parse(response)
        known = {}
        first = state.last_success_at is None
        if not first and rows:
            keys = [key for row in rows for key in (row.identity, row.alias)]
            known = await asyncio.to_thread(self._store.known_entries, claimed.feed.id, keys)
        memory = state.memory if response.status != 226 else {**state.memory, "newest": None}
        decision = decide_entries(rows, known, first=first, now=now, memory=memory)
        answer = replace(
            answer, hubs=document.hubs or answer.hubs, self_url=document.self_url or answer.self_url
        )
        if decision.missed is not None:
            start, end = decision.missed
            self._log().warning("entries-missed", feed=claimed.feed.url, after=start, before=end)
        return after_document(
            self._policy,
            claimed,
            answer,
            Hints(document.ttl_s, document.update_period_s, document.skip_hours, document.skip_days),
            [row.entry for row in rows],
            decision,
            now=now,
            jitter=self._jitter(),
            pushed=pushed,
        )

    async def _parse(self, response: Response) -> tuple[ParsedFeed, list[Keyed]]:
        """The document and its entries with their keys; the entries are in the second alone.

        A large body goes to a thread: feedparser may take seconds over it, and the other fetches
        have deadlines.
        """
        kind = response.headers.get("content-type", "")
        if len(response.body) < _LARGE:
            return _parse_and_key(self._parser, response.body, kind, response.url)
        return await asyncio.to_thread(_parse_and_key, self._parser, response.body, kind, response.url)

    async def _failed(
        self, claimed: ClaimedFeed, host: str, error: FetchError, report: PollReport
    ) -> PollOutcome | _Lost:
        report.failed += 1
        report.errors[error.kind] = report.errors.get(error.kind, 0) + 1
        if is_network_failure(error.kind):
            self._network.append((time.monotonic(), host, error.kind))
            return _Lost(claimed, error)
        if error.status is not None:
            self._network.append((time.monotonic(), host, ""))
        return await self._outcome_of(claimed, host, error)

    async def _outcome_of(self, claimed: ClaimedFeed, host: str, error: FetchError) -> PollOutcome:
        failure = after_failure(self._policy, claimed.state, error, self._jitter())
        if failure.host_wait_s:
            await self._gate.rest(host, failure.host_wait_s)
        self._log().info(
            "poll-failed",
            feed=claimed.feed.url,
            kind=error.kind,
            error=error.message,
            wait_s=round(failure.wait_s),
        )
        return after_error(self._policy, claimed, error, failure, now=self._clock())

    def _judge_lost(self, lost: Sequence[_Lost], report: PollReport, started: float) -> Iterable[PollOutcome]:
        """Network failures: our own outage puts feeds off without blame, else each is a failure.

        It is one when this batch reached nobody and, since anybody was last reached, several hosts failed.
        """
        now = self._clock()
        reached = [host for when, host, kind in self._network if not kind and when >= started]
        since = max((when for when, _, kind in self._network if not kind), default=0.0)
        since = max(since, time.monotonic() - _REMEMBER_S)
        failed = [(host, kind) for when, host, kind in self._network if kind and when > since]
        report.outage = bool(lost) and is_outage(failed, reached)
        if report.outage:
            self._log().error(
                "network-outage", feeds=len(lost), remedy="no host answers: check this machine's network"
            )
        for one in lost:
            if report.outage:
                yield postponed(one.claimed, self._policy.outage_s, "our own network was down", now=now)
            else:
                failure = after_failure(self._policy, one.claimed.state, one.error, self._jitter())
                yield after_error(self._policy, one.claimed, one.error, failure, now=now)


def _given(log: Log) -> Log:
    return log


def _parse_and_key(
    parser: Parser, body: bytes, content_type: str, url: str
) -> tuple[ParsedFeed, list[Keyed]]:
    document = parser(body, content_type=content_type, url=url)
    return replace(document, entries=()), keys_of(document.entries)


def _answer(claimed: ClaimedFeed, response: Response, now: datetime) -> Answer:
    """What the headers say; a 304 that repeats no validator keeps the ones we have."""
    headers, state = response.headers, claimed.state
    unchanged = response.status == 304
    digest = sha256(response.body).hexdigest()[:32] if response.status == 200 else None
    selves = links(headers, "self")
    return Answer(
        etag=headers.get("etag") or (state.etag if unchanged else None),
        last_modified=headers.get("last-modified") or (state.last_modified if unchanged else None),
        body_hash=digest,
        permanent_url=response.permanent_url,
        cache_s=cache_seconds(headers, now),
        hubs=links(headers, "hub"),
        self_url=selves[0] if selves else None,
    )
