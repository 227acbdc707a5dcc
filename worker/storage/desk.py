"""What pages, the API, the command line and the tick read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Select,
    Text,
    cast,
    func,
    or_,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from worker.domain.model import Alert, DeliveryState, Item, Report, Stage, Story, StoryChange, StoryView
from worker.ports import Leaf, StoryFilter
from worker.storage import leases, rows
from worker.storage.engine import reading, writing
from worker.storage.read import FEED_COLUMNS, items_with_feed
from worker.storage.storyfilter import narrowed, story_query
from worker.storage.tables import (
    ITEM_WAITS,
    alerts,
    analyses,
    articles,
    deliveries,
    facts,
    feeds,
    items,
    stories,
    story_changes,
    story_items,
)

WAITING_DELIVERIES = [
    str(state)
    for state in (DeliveryState.PENDING, DeliveryState.RETRY, DeliveryState.SENDING, DeliveryState.UNCERTAIN)
]


REPORT_COLUMNS = [
    items.c[name]
    for name in (
        "id", "feed_id", "url", "canonical_url", "language", "title", "text", "text_hash", "published_at", "seen_at",
        "fresh", "entry_id", "revision", "story_id",
    )
]  # fmt: skip
"""What a report is made of: not the markup, which is most of what an item weighs."""


ANALYSIS_COLUMNS = [
    analyses.c[name]
    for name in (
        "lexicon_version",
        "relevant",
        "score",
        "kind",
        "gist",
        "terms",
        "matches",
        "reasons",
        "events",
    )
]


class DeskQueries:
    """What pages, the API and the command line read."""

    engine: Engine

    def stories(self, wanted: StoryFilter) -> list[tuple[Story, Alert | None]]:
        """List live stories, newest change first, with their alerts."""
        with reading(self.engine) as connection:
            wanted = narrowed(connection, wanted)
            if wanted.among is not None and not wanted.among:
                return []
            found = list(connection.execute(story_query(wanted, self.engine.dialect.name)))
            fired = alerts_of(connection, [row.id for row in found])
            return [(rows.story(row), fired.get(row.id)) for row in found]

    def leaves(self, story_ids: Sequence[int]) -> dict[int, list[Leaf]]:
        """The reports of these stories, in order of publication, each made whole only when it is asked for."""
        found: dict[int, list[Leaf]] = {story: [] for story in story_ids}
        query = _reports_query(items.c.story_id.in_(story_ids), cast(analyses.c.terms, Text).label("ids"))
        with reading(self.engine) as connection:
            for row in connection.execute(query):
                leaf = Leaf(row.text or "", row.ids + row.matches, partial(rows.report, row))
                found[row.story_id].append(leaf)
        return found

    def story_view(self, story_id: int) -> StoryView | None:
        """Give one story with everything; a merged one leads to the story it is part of now."""
        with reading(self.engine) as connection:
            return views(connection, [story_id]).get(story_id)

    def item(self, item_id: int) -> tuple[Item, Report | None, dict[str, Any]] | None:
        """Give one item, its analysis, and its way through the rooms."""
        with reading(self.engine) as connection:
            row = connection.execute(items_with_feed().where(items.c.id == item_id)).one_or_none()
            if row is None:
                return None
            found = reports(connection, items.c.id == item_id)
            link = connection.execute(
                select(story_items).where(story_items.c.item_id == item_id)
            ).one_or_none()
            judged = connection.execute(
                select(story_changes)
                .where(story_changes.c.story_id == row.story_id)
                .order_by(story_changes.c.id)
            ).all()
            way = {
                "stage": row.stage,
                "stage_at": row.stage_at,
                "error": row.error,
                "article": row.article,
                "story_id": row.story_id,
                "linked_because": link.why if link else None,
                "likeness": link.likeness if link else None,
                "changes": [
                    {"version": c.version, "kind": c.kind, "reason": c.reason, "judgement": c.judgement}
                    for c in judged
                ],
            }
            return rows.item(row), (found[0] if found else None), way

    def changes_after(self, change_id: int, limit: int = 100) -> list[StoryChange]:
        """Replay the story log from a point on, in commit order."""
        with reading(self.engine) as connection:
            found = connection.execute(
                select(story_changes)
                .where(story_changes.c.id > change_id)
                .order_by(story_changes.c.id)
                .limit(limit)
            )
            return [rows.change(row) for row in found]

    def status(self, now: datetime) -> dict[str, Any]:
        """Count by stage, name the oldest due, the outbox by state, the last tick and hourly rates."""
        hour_ago = now - timedelta(hours=1)
        with reading(self.engine) as connection:
            by_stage = _counts(connection, select(items.c.stage, func.count()).group_by(items.c.stage))
            outbox = _counts(
                connection, select(deliveries.c.state, func.count()).group_by(deliveries.c.state)
            )
            one = connection.execute
            return {
                "items": by_stage,
                "outbox": outbox,
                "feeds": one(select(func.count()).select_from(feeds).where(feeds.c.enabled)).scalar(),
                "feeds_failing": one(
                    select(func.count()).select_from(feeds).where(feeds.c.enabled, feeds.c.failures > 0)
                ).scalar(),
                "feeds_reached_last_hour": one(
                    select(func.count()).select_from(feeds).where(feeds.c.last_success_at >= hour_ago)
                ).scalar(),
                "oldest_due_poll": one(
                    select(func.min(feeds.c.next_poll_at)).where(feeds.c.enabled)
                ).scalar(),
                "oldest_unread": one(
                    select(func.min(items.c.stage_at)).where(items.c.stage == str(Stage.NEW), ITEM_WAITS)
                ).scalar(),
                "oldest_unlinked": one(
                    select(func.min(items.c.stage_at)).where(items.c.stage == str(Stage.READ), ITEM_WAITS)
                ).scalar(),
                "oldest_undelivered": one(
                    select(func.min(deliveries.c.created_at)).where(
                        deliveries.c.state.in_(WAITING_DELIVERIES)
                    )
                ).scalar(),
                "items_last_hour": one(
                    select(func.count()).select_from(items).where(items.c.seen_at >= hour_ago)
                ).scalar(),
                "stories_last_hour": one(
                    select(func.count()).select_from(stories).where(stories.c.created_at >= hour_ago)
                ).scalar(),
                "sent_last_hour": one(
                    select(func.count()).select_from(deliveries).where(deliveries.c.sent_at >= hour_ago)
                ).scalar(),
                "last_tick": one(select(facts.c.value).where(facts.c.key == "last_tick")).scalar(),
            }

    def set_value(self, key: str, value: Any, now: datetime) -> None:
        """Remember one small fact about the service."""
        upsert = postgresql.insert if self.engine.dialect.name == "postgresql" else sqlite.insert
        with writing(self.engine) as connection:
            connection.execute(
                upsert(facts)
                .values(key=key, value=value, at=now)
                .on_conflict_do_update(index_elements=["key"], set_={"value": value, "at": now})
            )

    def value(self, key: str) -> Any:
        """Recall a fact; None when it was never set."""
        with reading(self.engine) as connection:
            return connection.execute(select(facts.c.value).where(facts.c.key == key)).scalar()

    def due_rooms(self, now: datetime) -> list[str]:
        """Name the rooms that have due work, in the order of the way."""
        due = {
            "poll": select(feeds.c.id).where(
                feeds.c.enabled,
                or_(feeds.c.next_poll_at.is_(None), feeds.c.next_poll_at <= now),
                leases.unclaimed(feeds, now),
            ),
            "article": select(articles.c.item_id).where(
                articles.c.state == "wanted", articles.c.due_at <= now, leases.unclaimed(articles, now)
            ),
            "read": select(items.c.id).where(
                items.c.stage == str(Stage.NEW), ITEM_WAITS, leases.unclaimed(items, now)
            ),
            "link": select(items.c.id).where(
                items.c.stage == str(Stage.READ), ITEM_WAITS, leases.unclaimed(items, now)
            ),
            "judge": select(story_changes.c.id).where(
                story_changes.c.judged_at.is_(None), leases.unclaimed(story_changes, now)
            ),
            "deliver": select(deliveries.c.id).where(
                deliveries.c.state.in_(WAITING_DELIVERIES),
                deliveries.c.due_at <= now,
                leases.unclaimed(deliveries, now),
            ),
        }
        with reading(self.engine) as connection:
            return [
                room for room, query in due.items() if connection.execute(query.limit(1)).first() is not None
            ]


def reports(connection: Connection, which: Any) -> list[Report]:
    """Read analysed items as reports, in order of publication."""
    return [rows.report(row, pinned=bool(row.pinned)) for row in connection.execute(_reports_query(which))]


def _reports_query(which: Any, *more: Any) -> Select[Any]:
    return (
        select(
            *REPORT_COLUMNS,
            *FEED_COLUMNS,
            *ANALYSIS_COLUMNS,
            *more,
            func.coalesce(story_items.c.pinned, False).label("pinned"),
        )
        .join(feeds, feeds.c.id == items.c.feed_id)
        .join(analyses, analyses.c.item_id == items.c.id)
        .outerjoin(story_items, story_items.c.item_id == items.c.id)
        .where(which)
        .order_by(func.coalesce(items.c.published_at, items.c.seen_at), items.c.id)
    )


def alerts_of(connection: Connection, story_ids: list[int]) -> dict[int, Alert]:
    """Read the alerts of these stories, by story."""
    found = connection.execute(select(alerts).where(alerts.c.story_id.in_(story_ids)))
    return {row.story_id: rows.alert(row) for row in found}


def views(connection: Connection, story_ids: list[int]) -> dict[int, StoryView]:
    """Read stories with reports, changes and alerts, by the id that was asked for."""
    asked = {row.id: row for row in connection.execute(select(stories).where(stories.c.id.in_(story_ids)))}
    current = {i: _follow(connection, row) for i, row in asked.items()}
    ids = list({row.id for row in current.values()})
    told: dict[int, list[Report]] = {i: [] for i in ids}
    for one in reports(connection, items.c.story_id.in_(ids)):
        told[one.story_id or 0].append(one)
    log: dict[int, list[StoryChange]] = {i: [] for i in ids}
    for row in connection.execute(
        select(story_changes).where(story_changes.c.story_id.in_(ids)).order_by(story_changes.c.id)
    ):
        log[row.story_id].append(rows.change(row))
    merged: dict[int, list[int]] = {i: [] for i in ids}
    for row in connection.execute(
        select(stories.c.id, stories.c.merged_into).where(stories.c.merged_into.in_(ids))
    ):
        merged[row.merged_into].append(row.id)
    fired = alerts_of(connection, ids)
    return {
        i: StoryView(
            story=rows.story(row),
            reports=tuple(told[row.id]),
            changes=tuple(log[row.id]),
            alert=fired.get(row.id),
            merged=tuple(merged[row.id]),
        )
        for i, row in current.items()
    }


def _follow(connection: Connection, row: Any) -> Any:
    while row.merged_into is not None:
        row = connection.execute(select(stories).where(stories.c.id == row.merged_into)).one()
    return row


def _counts(connection: Connection, query: Select[Any]) -> dict[str, int]:
    return {row[0]: row[1] for row in connection.execute(query)}
