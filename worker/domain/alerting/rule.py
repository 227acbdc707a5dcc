"""A watch that was checked: what the policy asks. `worker.domain.alerting.watch` makes it from YAML."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from worker.domain.alerting.area import Area
from worker.domain.alerting.bind import Test
from worker.domain.model import Severity


@dataclass(frozen=True, slots=True)
class Route:
    """A channel of a watch: from which severity on, and to whom when not to the channel's own recipients."""

    channel: str
    severity: Severity
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which alerts wait, in the watch's own time zone; `but` and above come through."""

    start: time
    end: time
    but: Severity

    def until(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """When the quiet that reigns at `now` ends; None when it does not reign."""
        local = now.astimezone(zone)
        clock = local.time()
        over_midnight = self.start > self.end
        reigns = (
            (clock >= self.start or clock < self.end) if over_midnight else self.start <= clock < self.end
        )
        if not reigns:
            return None
        day = local.date() + timedelta(days=1 if over_midnight and clock >= self.start else 0)
        return datetime.combine(day, self.end, zone).astimezone(now.tzinfo)


@dataclass(frozen=True, slots=True)
class DigestTime:
    """Daily at a time, or weekly on a day (0 Monday) at a time."""

    at: time
    weekday: int | None = None

    @property
    def span(self) -> timedelta:
        """What it looks back on."""
        return timedelta(days=1 if self.weekday is None else 7)

    def last(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The latest moment not after `now` at which it was due."""
        local = now.astimezone(zone)
        day = local.date()
        if self.weekday is not None:
            day -= timedelta(days=(day.weekday() - self.weekday) % 7)
        moment = datetime.combine(day, self.at, zone)
        if moment > local:
            moment = datetime.combine(day - self.span, self.at, zone)
        return moment.astimezone(now.tzinfo)


@dataclass(frozen=True, slots=True)
class Rule:
    """A watch that was checked and bound to the lexicon."""

    name: str
    query: str
    test: Test
    severity: Severity = Severity.LOW
    confidence: float = 0.0
    sources_wanted: int = 1
    context: str = "digest"
    """What becomes of stories that report no incident: `alert`, `digest` or `ignore`."""
    fresh: timedelta | None = None
    """Own freshness; None leaves the setting's 48 hours."""
    area: Area = field(default_factory=Area)
    languages: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    routes: tuple[Route, ...] = ()
    """Empty: every configured channel."""
    throttle: int | None = None
    """Alerts an hour; what is beyond goes into the next digest."""
    quiet: Quiet | None = None
    digests: tuple[DigestTime, ...] = ()
    reminder: timedelta | None = None
    owner: str = ""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Baghdad"))
    about: str = ""

    def route(self, channel: str) -> Route | None:
        """How this watch uses a channel; None when it does not."""
        if not self.routes:
            return Route(channel, Severity.LOW)
        return next((route for route in self.routes if route.channel == channel), None)
