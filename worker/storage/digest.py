"""What digests read: alerts of a span, what is usual, what stayed silent, feeds to look at."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Engine, func, or_, select

from worker.domain.model import Alert, Story
from worker.storage import rows
from worker.storage.engine import reading
from worker.storage.tables import alerts, feeds, stories, story_changes

QUIET_DAYS = 3
SILENT_REASONS = 20


class DigestQueries:
    """See `worker.services.digest.DigestStore`."""

    engine: Engine

    def alerts_between(self, since: datetime, until: datetime) -> list[tuple[Alert, Story]]:
        """List alerts that were fired or changed in a span, with their stories."""
        query = (
            select(alerts)
            .where(alerts.c.updated_at > since, alerts.c.updated_at <= until)
            .order_by(alerts.c.id)
        )
        with reading(self.engine) as connection:
            fired = [rows.alert(row) for row in connection.execute(query)]
            ids = [alert.story_id for alert in fired]
            told = {
                row.id: rows.story(row)
                for row in connection.execute(
                    select(stories).where(stories.c.id.in_(ids), stories.c.merged_into.is_(None))
                )
            }
        return [(alert, told[alert.story_id]) for alert in fired if alert.story_id in told]

    def usual(self, since: datetime) -> tuple[dict[tuple[str, str], int], datetime | None]:
        """Count alerted incidents since a time by governorate and sub-event type, and say when they begin."""
        query = (
            select(
                stories.c.governorate, stories.c.sub_event_type, func.count(), func.min(stories.c.created_at)
            )
            .join(alerts, alerts.c.story_id == stories.c.id)
            .where(stories.c.created_at >= since, stories.c.sub_event_type.is_not(None))
            .group_by(stories.c.governorate, stories.c.sub_event_type)
        )
        with reading(self.engine) as connection:
            found = connection.execute(query).all()
        counts = {(row[0] or "", row[1]): row[2] for row in found}
        return counts, min((row[3] for row in found), default=None)

    def silences_kept(self, since: datetime, until: datetime) -> list[tuple[str, int]]:
        """Count why stories stayed silent in a span, most frequent first."""
        counted = func.count(story_changes.c.story_id.distinct())
        query = (
            select(story_changes.c.judgement, counted)
            .where(
                story_changes.c.judged_at > since,
                story_changes.c.judged_at <= until,
                story_changes.c.judgement.like("silent: %"),
                story_changes.c.judgement.not_like("silent: no watch asks%"),
                story_changes.c.judgement.not_like("silent: nothing material%"),
            )
            .group_by(story_changes.c.judgement)
            .order_by(counted.desc(), story_changes.c.judgement)
            .limit(SILENT_REASONS)
        )
        with reading(self.engine) as connection:
            return [(row[0].removeprefix("silent: "), row[1]) for row in connection.execute(query)]

    def feeds_to_look_at(self, now: datetime) -> list[tuple[str, str]]:
        """Name feeds that fail or that have brought nothing for days."""
        quiet = now - timedelta(days=QUIET_DAYS)
        query = (
            select(feeds.c.name, feeds.c.url, feeds.c.failures, feeds.c.error, feeds.c.last_new_at)
            .where(feeds.c.enabled, or_(feeds.c.failures >= 3, feeds.c.last_new_at < quiet))
            .order_by(feeds.c.failures.desc(), feeds.c.name)
            .limit(50)
        )
        with reading(self.engine) as connection:
            found = connection.execute(query).all()
        return [
            (
                row.name or row.url,
                row.error or "fails" if row.failures >= 3 else f"nothing new since {row.last_new_at:%d %b}",
            )
            for row in found
        ]
