"""What the pages stand on: the parts of the house that the web process uses, handed in by the composition root."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from worker.domain.alerting.severity import SeverityPolicy
from worker.domain.alerting.trial import Trial
from worker.domain.alerting.watch import Rule
from worker.domain.model import Watch
from worker.feeds.discover import FoundFeed
from worker.ports import Clock, ParsedFeed
from worker.services.access import Access
from worker.services.answers import Answers
from worker.services.link import LinkService
from worker.storage.access import AccessStore
from worker.storage.browse import BrowseQueries
from worker.storage.store import Store
from worker.web.geo import Sheet


@dataclass(frozen=True, slots=True)
class DeskOptions:
    """What the composition root tells the pages."""

    title: str = "Marsad"
    demo: bool = False
    """Say on every page that these are invented reports."""
    secure: bool = False
    """People come over TLS: cookies are `__Host-` and `Secure`."""
    hosts: tuple[str, ...] = ()
    """Host names besides loopback that are answered; empty with `any_host` for tests."""
    any_host: bool = False
    link: bool = True
    """Somebody on this machine may come in by a login link."""
    websub: bool = False
    """Hubs may confirm subscriptions and push feeds."""
    slack_secret: str = ""
    """Checks presses of Slack's buttons; empty: the endpoint is not there."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The parts. The heavy ones are callables: the lexicon is loaded when a page first needs it."""

    store: Store
    browse: BrowseQueries
    people: AccessStore
    access: Access
    answers: Callable[[], Answers]
    linker: Callable[[], LinkService]
    severity: Callable[[], SeverityPolicy]
    check: Callable[[Watch], Rule]
    """A watch, checked; raises `ConfigError` naming the key or the column."""
    rules: Callable[[], Sequence[Rule]]
    label: Callable[[str], str]
    """A concept's name in English."""
    analyse: Callable[[str, str, str], Mapping[str, Any]]
    """(title, body, source) to the analysis in the output form."""
    match: Callable[[str, Rule | None], Mapping[str, Any]]
    attempt: Callable[[Rule, datetime], Trial]
    """A watch over the archive since a time."""
    discover: Callable[[str], Sequence[FoundFeed]]
    preview: Callable[[str], ParsedFeed]
    sheet: Sheet
    """What stands under every map."""
    channels: Mapping[str, Sequence[str]] = field(default_factory=dict)
    public_url: str = ""
    confirm: Callable[[int, str, Mapping[str, str]], tuple[int, str]] = field(kw_only=True)
    """A hub's question: (feed, token, query) to status and body."""
    accept: Callable[..., Any] = field(kw_only=True)
    """A hub's push: (feed, token, headers, body) to status and the document to take in."""
    take_push: Callable[[int, bytes, str], Coroutine[Any, Any, int]] = field(kw_only=True)
    clock: Clock = field(kw_only=True)
