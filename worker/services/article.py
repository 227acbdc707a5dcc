"""The article room: fetches the pages of teasers that matter and has their items read again.

The page is fetched with the same client, limits, address guard and courtesy as feeds, and only where
robots.txt lets us. Whatever goes wrong, the teaser that was read already stays what is known.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

import structlog

from worker.domain.model import Item
from worker.domain.text.canonical import unwrapped
from worker.domain.text.fold import fold_key
from worker.errors import FetchError
from worker.ports import ArticleOutcome, Clock, Fetcher, HostGate, ReadStore, Request, Response

log = structlog.get_logger()

_ACCEPT = "text/html, application/xhtml+xml, */*;q=0.1"
_HTML = ("", "text/html", "application/xhtml+xml", "text/plain", "application/xml")
_SETTLED_KINDS = frozenset(("gone", "refused-address", "too-large", "redirect", "tls"))
_RETRY = timedelta(minutes=5)
_MAX_TRIES = 3
_WORD = re.compile(r"\w{4,}")
_MIN_WORDS = 5
_MIN_COMMON = 0.2
"""Share of the teaser's words that the page must have; a page without them is another page."""
_MIN_GAIN = 1.2
"""How much longer than the teaser a paid article's free beginning must be to be worth having."""
_WORTH_AMP = frozenset(("needs-javascript", "too-short", "consent"))


class Found(Protocol):
    """What an extractor gives: see `worker.feeds.article.Article`."""

    @property
    def text(self) -> str:
        """The article's text, paragraphs on lines."""
        ...

    @property
    def verdict(self) -> str:
        """As `ArticleOutcome.verdict`."""
        ...

    @property
    def reason(self) -> str:
        """The verdict in words."""
        ...

    @property
    def author(self) -> str: ...  # noqa: D102
    @property
    def published(self) -> datetime | None: ...  # noqa: D102
    @property
    def canonical_url(self) -> str: ...  # noqa: D102
    @property
    def image(self) -> str | None: ...  # noqa: D102
    @property
    def variant(self) -> str: ...  # noqa: D102
    @property
    def amp_url(self) -> str | None: ...  # noqa: D102


class Leave(Protocol):
    """What robots.txt says: see `worker.feeds.robots.Leave`."""

    @property
    def allowed(self) -> bool: ...  # noqa: D102
    @property
    def settled(self) -> bool: ...  # noqa: D102
    @property
    def delay_s(self) -> float: ...  # noqa: D102


class RobotsRules(Protocol):
    """Who is asked for leave."""

    async def may_fetch(self, url: str) -> Leave:
        """Judge one address."""
        ...


Extractor = Callable[[bytes, str, str], Found]
"""(body, content type, address) to what is in the page; runs beside the event loop."""


@dataclass(frozen=True, slots=True)
class ArticleLimits:
    """How much is done at once, and for how long."""

    concurrency: int = 20
    lease: timedelta = timedelta(seconds=90)
    page_s: float = 50.0
    """All that one page may take, robots.txt and AMP edition included: a batch must end within its lease."""
    patience_s: float = 15.0
    """How long a page waits for its host's turn before it is put off."""
    total_timeout_s: float = 25.0
    max_bytes: int = 5 * 1024 * 1024


@dataclass(slots=True)
class ArticleService:
    """Fetches pages; one instance a process."""

    store: ReadStore
    fetcher: Fetcher
    gate: HostGate
    robots: RobotsRules
    extract: Extractor
    clock: Clock
    limits: ArticleLimits = field(default_factory=ArticleLimits)

    async def run(self, limit: int = 20) -> int:
        """Fetch one batch side by side; returns how many pages were claimed."""
        claimed = await asyncio.to_thread(self.store.claim_articles, self.clock(), limit, self.limits.lease)
        todo = iter(claimed)

        async def work() -> None:
            for item in todo:
                outcome = await self._try(item)
                await asyncio.to_thread(self.store.save_article, item, outcome, self.clock())

        await asyncio.gather(*(work() for _ in range(min(self.limits.concurrency, len(claimed)))))
        return len(claimed)

    async def _try(self, item: Item) -> ArticleOutcome:
        """One page's outcome, whatever happens: a fault counts a try and holds up no other page."""
        try:
            async with asyncio.timeout(self.limits.page_s):
                return await self.outcome(item)
        except FetchError as fault:
            return self._failed(item, fault)
        except TimeoutError:
            return self._later(item, f"not done within {self.limits.page_s:.0f} s")
        except Exception as fault:
            log.warning("article.failed", item=item.id, exc_info=True)
            return self._later(item, f"{type(fault).__name__}: {fault}"[:300])

    async def outcome(self, item: Item) -> ArticleOutcome:
        """Fetch and judge one page; raises `FetchError`."""
        url = unwrapped(item.url)
        host = urlsplit(url).hostname or ""
        if not host:
            return ArticleOutcome(verdict="error", reason="the item has no address to fetch")
        wait = await self.gate.enter(host, self.limits.patience_s)
        if wait is not None:
            return self._put_off(f"{host} is busy", wait)
        try:
            return await self._visit(item, url, host)
        finally:
            await self.gate.leave(host)

    async def _visit(self, item: Item, url: str, host: str) -> ArticleOutcome:
        """Ask for leave, fetch, extract; the AMP edition stands in for a page that needs a browser."""
        leave = await self.robots.may_fetch(url)
        if not leave.settled:
            return self._later(item, f"robots.txt of {host} could not be read")
        if not leave.allowed:
            return ArticleOutcome(verdict="robots", reason=f"robots.txt of {host} asks not to")
        if leave.delay_s > 0:
            await self.gate.rest(host, leave.delay_s)
        found, reason = await self._page(url)
        if found is None:
            return ArticleOutcome(verdict="error", reason=reason)
        if found.verdict in _WORTH_AMP and found.amp_url and urlsplit(found.amp_url).hostname == host:
            amp = await self._amp(found.amp_url)
            found = amp if amp is not None and amp.verdict == "ok" else found
        return _judge(item, found)

    async def _amp(self, url: str) -> Found | None:
        """The AMP edition, if it may be had; its failure is no news."""
        try:
            leave = await self.robots.may_fetch(url)
            return (await self._page(url))[0] if leave.allowed else None
        except FetchError:
            return None

    async def _page(self, url: str) -> tuple[Found | None, str]:
        """Fetch and extract one address; None with the reason when it is no page."""
        answer: Response = await self.fetcher.fetch(
            Request(
                url,
                accept=_ACCEPT,
                max_bytes=self.limits.max_bytes,
                total_timeout_s=self.limits.total_timeout_s,
            )
        )
        content_type = answer.headers.get("content-type", "")
        kind = content_type.partition(";")[0].strip().lower()
        if kind not in _HTML:
            return None, f"not a page but {kind}"
        return await asyncio.to_thread(self.extract, answer.body, content_type, answer.url), ""

    def _failed(self, item: Item, fault: FetchError) -> ArticleOutcome:
        """What an answer that is no page means: given up, or tried again."""
        refused = (
            fault.status is not None and 400 <= fault.status < 500 and fault.status not in (408, 425, 429)
        )
        if fault.kind == "rate-limited":
            return self._put_off(fault.message, fault.retry_after_s or 600.0)
        if fault.kind in _SETTLED_KINDS or refused:
            return ArticleOutcome(verdict="error", reason=fault.message)
        return self._later(item, fault.message)

    def _later(self, item: Item, reason: str) -> ArticleOutcome:
        """Count a try; the third settles it."""
        tries = (item.lease.attempts if item.lease else 0) + 1
        retry_at = self.clock() + _RETRY * 3 ** (tries - 1) if tries < _MAX_TRIES else None
        return ArticleOutcome(verdict="error", reason=reason, retry_at=retry_at)

    def _put_off(self, reason: str, wait_s: float) -> ArticleOutcome:
        """Come again when the host is free."""
        return ArticleOutcome(
            verdict="error", reason=reason, retry_at=self.clock() + timedelta(seconds=min(wait_s, 3600.0))
        )


def _judge(item: Item, found: Found) -> ArticleOutcome:
    """Take the page's text where it is an article, about the same thing, and more than the teaser."""
    known = item.text or item.title_raw
    teaser, text = known.partition("\n")[2], found.text
    verdict, reason = found.verdict, found.reason
    more = len(text) > _MIN_GAIN * len(teaser)
    if verdict == "too-short" and more and _common_words(known, text) >= _MIN_COMMON:
        verdict, reason = "ok", "a short report"  # agencies' flashes are two sentences long
    elif verdict == "ok" and _common_words(known, text, unless=1.0) < _MIN_COMMON:
        text, verdict, reason = "", "error", "the page speaks of something else"
    elif verdict == "ok" and len(text) <= len(teaser):
        text, verdict, reason = "", "too-short", "the page has no more text than the feed"
    elif (verdict == "paywall" and len(text) < _MIN_GAIN * max(len(teaser), 200)) or verdict not in (
        "ok",
        "paywall",
    ):
        text = ""
    if text and found.variant:
        reason = f"read from the {found.variant} edition"
    return ArticleOutcome(
        text=text or None,
        canonical_url=found.canonical_url or None,
        verdict=verdict,
        reason=reason,
        published_at=found.published,
        author=found.author,
        image=found.image,
    )


def _common_words(teaser: str, article: str, *, unless: float = 0.0) -> float:
    """Share of the teaser's words that the article has; `unless` for a teaser of too few words to tell."""
    words = set(_WORD.findall(fold_key(teaser[:2_000])))
    if len(words) < _MIN_WORDS:
        return unless
    body = fold_key(article)
    return sum(word in body for word in words) / len(words)
