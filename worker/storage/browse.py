"""What the desk's pages and the API read beyond single stories: lists by keyset, counts, points, latency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, func, literal_column, select, text

from worker.domain.model import Alert, AlertState, Delivery, Item, Report, Story
from worker.storage import rows
from worker.storage.desk import reports
from worker.storage.engine import reading
from worker.storage.read import items_with_feed
from worker.storage.storyfilter import actors_of
from worker.storage.tables import (
    DELIVERY_LOST,
    alerts,
    deliveries,
    events,
    feeds,
    items,
    stories,
    story_changes,
    story_items,
)

COUNTED = text("stories.kind = 'incident' AND stories.merged_into IS NULL")
"""The partial index's own condition, as literals: a bound value would hide from SQLite that it fits."""


@dataclass(frozen=True, slots=True)
class Point:
    """A story on the map."""

    id: int
    gist: str
    sub_event_type: str
    governorate: str | None
    place: str | None
    lat: float
    lon: float
    killed: int | None
    at: datetime
    severity: str | None
    geo_precision: int | None = None
    """By ACLED's: 3 stands for a whole governorate."""


class BrowseQueries:
    """Reading for the desk. Every list is paged by key, so that page 400 costs what page 1 costs."""

    def __init__(self, engine: Engine) -> None:
        """Work on this engine; the caller disposes of it."""
        self.engine = engine

    def pulse(self, now: datetime) -> dict[str, Any]:
        """The few figures that stand on every page: cheap on a full archive."""
        hour_ago = now - timedelta(hours=1)
        with reading(self.engine) as connection:
            one = connection.execute
            return {
                "feeds": one(select(func.count()).select_from(feeds).where(feeds.c.enabled)).scalar() or 0,
                "failing": one(
                    select(func.count()).select_from(feeds).where(feeds.c.enabled, feeds.c.failures > 0)
                ).scalar()
                or 0,
                "polled_at": one(select(func.max(feeds.c.last_success_at))).scalar(),
                "items_hour": one(
                    select(func.count()).select_from(items).where(items.c.seen_at >= hour_ago)
                ).scalar()
                or 0,
            }

    def outlets(self) -> list[str]:
        """Names of the feeds, each once: what a filter offers."""
        query = select(feeds.c.name).where(feeds.c.name != "").distinct().order_by(feeds.c.name)
        with reading(self.engine) as connection:
            return [row[0] for row in connection.execute(query)]

    def items_page(self, before: int | None, limit: int) -> list[tuple[Item, Report | None]]:
        """Items, newest first, with what was understood of them."""
        query = items_with_feed().order_by(items.c.id.desc()).limit(limit)
        if before:
            query = query.where(items.c.id < before)
        with reading(self.engine) as connection:
            found = [rows.item(row) for row in connection.execute(query)]
            told = {r.item_id: r for r in reports(connection, items.c.id.in_([i.id for i in found]))}
        return [(item, told.get(item.id)) for item in found]

    def events_page(self, before: int | None, limit: int) -> list[dict[str, Any]]:
        """Events as single items report them, newest first."""
        query = (
            select(events, items.c.story_id, items.c.url, feeds.c.name.label("source"))
            .join(items, items.c.id == events.c.item_id)
            .join(feeds, feeds.c.id == items.c.feed_id)
            .order_by(events.c.id.desc())
            .limit(limit)
        )
        if before:
            query = query.where(events.c.id < before)
        with reading(self.engine) as connection:
            return [dict(row._mapping) for row in connection.execute(query)]  # noqa: SLF001 - SQLAlchemy's public name

    def alerts_page(
        self, before: tuple[datetime, int] | None, limit: int, state: AlertState | None = None
    ) -> list[tuple[Alert, Story]]:
        """Alerts with their stories, newest change first."""
        query = select(alerts).order_by(alerts.c.updated_at.desc(), alerts.c.id.desc()).limit(limit)
        if before:
            at, last = before
            query = query.where(
                (alerts.c.updated_at < at) | ((alerts.c.updated_at == at) & (alerts.c.id < last))
            )
        if state:
            query = query.where(alerts.c.state == str(state))
        with reading(self.engine) as connection:
            fired = [rows.alert(row) for row in connection.execute(query)]
            told = self._stories(connection, [a.story_id for a in fired])
        return [(alert, told[alert.story_id]) for alert in fired if alert.story_id in told]

    def alerts_mark(self) -> str:
        """What changes whenever a list of alerts may look different: a few ends of indexes."""
        with reading(self.engine) as connection:
            ends = [
                connection.execute(select(one)).scalar()
                for one in (
                    func.max(alerts.c.updated_at),
                    func.max(alerts.c.id),
                    func.min(alerts.c.id),
                    func.max(story_changes.c.id),
                )
            ]
        return "/".join(map(str, ends))

    def told_by(self, watch: str, limit: int, among: int = 500) -> list[tuple[Alert, Story]]:
        """The newest alerts that a watch fired, among so many of all; only those are made whole."""
        newest = (
            select(alerts.c.id, alerts.c.watches)
            .order_by(alerts.c.updated_at.desc(), alerts.c.id.desc())
            .limit(among)
        )
        with reading(self.engine) as connection:
            ids = [row.id for row in connection.execute(newest) if watch in row.watches][:limit]
            query = select(alerts).where(alerts.c.id.in_(ids))
            fired = {row.id: rows.alert(row) for row in connection.execute(query)}
            told = self._stories(connection, [a.story_id for a in fired.values()])
        return [(fired[i], told[fired[i].story_id]) for i in ids if i in fired and fired[i].story_id in told]

    def deliveries_of(self, story_ids: Sequence[int]) -> dict[int, list[Delivery]]:
        """Messages by story, oldest first."""
        query = select(deliveries).where(deliveries.c.story_id.in_(story_ids)).order_by(deliveries.c.id)
        found: dict[int, list[Delivery]] = {i: [] for i in story_ids}
        with reading(self.engine) as connection:
            for row in connection.execute(query):
                found[row.story_id].append(rows.delivery(row))
        return found

    def undelivered(self, limit: int) -> list[Delivery]:
        """Messages that were given up, or that may not have arrived, newest first."""
        query = select(deliveries).where(DELIVERY_LOST).order_by(deliveries.c.id.desc()).limit(limit)
        with reading(self.engine) as connection:
            return [rows.delivery(row) for row in connection.execute(query)]

    def points(self, since: datetime, until: datetime, limit: int = 2000) -> list[Point]:
        """Stories with a point on the map, newest change first."""
        query = (
            select(  # in the order of Point's fields
                stories.c.id,
                stories.c.gist,
                stories.c.sub_event_type,
                stories.c.governorate,
                stories.c.place,
                stories.c.lat,
                stories.c.lon,
                stories.c.killed,
                stories.c.updated_at.label("at"),
                alerts.c.severity,
                stories.c.geo_precision,
            )
            .outerjoin(alerts, alerts.c.story_id == stories.c.id)
            .where(
                stories.c.updated_at >= since,
                stories.c.updated_at < until,
                stories.c.merged_into.is_(None),
                stories.c.lat.is_not(None),
            )
            .order_by(stories.c.updated_at.desc())
            .limit(limit)
        )
        with reading(self.engine) as connection:
            return [Point(*row) for row in connection.execute(query).all()]

    def daily(self, since: date) -> list[tuple[date, str, str, int]]:
        """Incident stories by day, governorate and sub-event type; a story without a date counts on its first day."""
        day = func.coalesce(stories.c.event_date, func.date(stories.c.created_at))
        begin = datetime(since.year, since.month, since.day, tzinfo=UTC) - timedelta(days=2)
        query = (
            select(day, stories.c.governorate, stories.c.sub_event_type, func.count())
            .where(
                stories.c.updated_at >= begin,
                COUNTED,
            )
            .group_by(day, stories.c.governorate, stories.c.sub_event_type)
        )
        with reading(self.engine) as connection:
            found = connection.execute(query).all()
        counted = [(date.fromisoformat(str(r[0])[:10]), r[1] or "", r[2] or "", r[3]) for r in found]
        return [row for row in counted if row[0] >= since]

    def actors(self, since: datetime) -> dict[str, int]:
        """Incident stories by actor."""
        value = actors_of(self.engine.dialect.name)
        query = (
            select(value.c.value, func.count())
            .select_from(stories)
            .join(value, func.coalesce(value.c.value, "") != "")
            .where(
                stories.c.updated_at >= since, stories.c.kind == "incident", stories.c.merged_into.is_(None)
            )
            .group_by(value.c.value)
        )
        with reading(self.engine) as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def latency(self, limit: int = 200) -> list[float]:
        """Seconds from publication to the first sent message, of the newest told stories."""
        query = (
            select(func.min(deliveries.c.sent_at), stories.c.first_published_at)
            .join(stories, stories.c.id == deliveries.c.story_id)
            .where(deliveries.c.sent_at.is_not(None), stories.c.first_published_at.is_not(None))
            .group_by(deliveries.c.story_id, stories.c.first_published_at)
            .order_by(deliveries.c.story_id.desc())
            .limit(limit)
        )
        with reading(self.engine) as connection:
            found = connection.execute(query).all()
        return [max(0.0, (sent - published).total_seconds()) for sent, published in found if sent]

    def rhythm(self, since: datetime) -> dict[int, dict[str, int]]:
        """Items by feed and day."""
        day = func.date(items.c.seen_at)
        # The plus keeps SQLite from walking the whole archive in the order of feeds.
        feed_id: Any = literal_column("+items.feed_id")
        query = select(feed_id, day, func.count()).where(items.c.seen_at >= since).group_by(feed_id, day)
        found: dict[int, dict[str, int]] = {}
        with reading(self.engine) as connection:
            for feed, when, count in connection.execute(query):
                found.setdefault(feed, {})[str(when)] = count
        return found

    def reasons(self, story_ids: Sequence[int]) -> tuple[dict[int, Any], dict[tuple[int, str], str]]:
        """Why each report is in its story, by item; and what alerting said, by version and reason of a change."""
        log, held = story_changes.c, story_items.c
        with reading(self.engine) as connection:
            grouped = connection.execute(
                select(held.item_id, held.why, held.likeness).where(held.story_id.in_(story_ids))
            ).all()
            judged = connection.execute(
                select(log.version, log.reason, log.judgement).where(
                    log.story_id.in_(story_ids), log.judgement.is_not(None)
                )
            ).all()
        return {row.item_id: row for row in grouped}, {(r.version, r.reason): r.judgement for r in judged}

    def last_change(self) -> int:
        """Number of the newest story change."""
        with reading(self.engine) as connection:
            return connection.execute(select(func.max(story_changes.c.id))).scalar() or 0

    def _stories(self, connection: Any, ids: Sequence[int]) -> dict[int, Story]:
        found = connection.execute(select(stories).where(stories.c.id.in_(ids)))
        return {row.id: rows.story(row) for row in found}
