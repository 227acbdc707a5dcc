"""What keeps the database in order: old rows go, batch by batch; items are sent through the rooms again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, and_, delete, exists, func, or_, select, update

from worker.domain.model import DeliveryState, Stage
from worker.storage.engine import reading, writing
from worker.storage.tables import (
    alerts,
    analyses,
    deliveries,
    entries,
    items,
    notices,
    stories,
)

BATCH = 500
"""Rows that one transaction removes: the write lock of SQLite is held for some ten milliseconds."""

_RESTING = [str(s) for s in (Stage.LINKED, Stage.PASSED, Stage.QUARANTINED)]
_LOOSE = [str(s) for s in (Stage.PASSED, Stage.QUARANTINED)]
_SETTLED = [str(s) for s in (DeliveryState.SENT, DeliveryState.DEAD, DeliveryState.SUPERSEDED)]


class KeepQueries:
    """See `worker.services.keep.KeepStore`."""

    engine: Engine

    def prune(self, *, loose_before: datetime, story_before: datetime, limit: int = BATCH) -> dict[str, int]:
        """Remove one batch of each kind of old rows; the counts are all 0 when nothing is left to remove.

        Items without a story go after `loose_before`; stories with all that hangs on them, settled
        messages and notices after `story_before`. A pinned story stays. What a feed delivered is
        remembered as its entry, so that a feed that still lists a removed item does not bring it back.
        """
        with writing(self.engine) as connection:
            return {
                "items": _remove(connection, items, _loose(loose_before), limit),
                "stories": self._remove_stories(connection, story_before, limit),
                "messages": _remove(connection, deliveries, _sent(story_before), limit),
                "notices": _remove(connection, notices, notices.c.at < story_before, limit),
                "entries": _remove(connection, entries, _forgotten(story_before), limit),
            }

    def prunable(self, *, loose_before: datetime, story_before: datetime) -> dict[str, int]:
        """Count what `prune` would remove in all, without removing it."""
        wanted = {
            "items": (items, _loose(loose_before)),
            "stories": (stories, _old(story_before)),
            "messages": (deliveries, _sent(story_before)),
            "notices": (notices, notices.c.at < story_before),
        }
        with reading(self.engine) as connection:
            return {
                name: connection.execute(select(func.count()).select_from(table).where(which)).scalar() or 0
                for name, (table, which) in wanted.items()
            }

    def read_again(self, since: datetime, version: str, now: datetime, limit: int = BATCH) -> int:
        """Send one batch of items seen since then back to the read room; returns how many.

        Items whose analysis is of this lexicon version are left alone, which is why the work can be
        stopped and taken up again. What was alerted is not alerted anew: the outbox is keyed by story.
        """
        with writing(self.engine) as connection:
            ids = _ids(connection, items, _outdated(since, version), limit)
            if ids:
                connection.execute(
                    update(items)
                    .where(items.c.id.in_(ids))
                    .values(stage=str(Stage.NEW), stage_at=now, attempts=0, claimed_until=None, error=None)
                )
            return len(ids)

    def outdated(self, since: datetime, version: str) -> int:
        """Count the items that `read_again` would send back."""
        with reading(self.engine) as connection:
            query = select(func.count()).select_from(items).where(_outdated(since, version))
            return connection.execute(query).scalar() or 0

    def reached(self, since: datetime) -> tuple[int, int]:
        """Count the enabled feeds that were polled since then, and those of them that answered."""
        from worker.storage.tables import feeds  # noqa: PLC0415 - used here alone

        query = select(
            func.count(feeds.c.id).filter(feeds.c.last_polled_at >= since),
            func.count(feeds.c.id).filter(feeds.c.last_success_at >= since),
        ).where(feeds.c.enabled)
        with reading(self.engine) as connection:
            polled, answered = connection.execute(query).one()
            return polled, answered

    def _remove_stories(self, connection: Connection, before: datetime, limit: int) -> int:
        """Stories with their items, log, alerts and messages, and those that were merged into them."""
        ids = _ids(connection, stories, _old(before), limit)
        if not ids:
            return 0
        ids += _ids(connection, stories, stories.c.merged_into.in_(ids), limit)
        for table in (deliveries, items):
            connection.execute(delete(table).where(table.c.story_id.in_(ids)))
        connection.execute(delete(stories).where(stories.c.id.in_(ids)))
        return len(ids)


def _old(before: datetime) -> ColumnElement[bool]:
    """Stories that nothing happened to for so long; those with an unread alert are no exception."""
    return and_(
        stories.c.updated_at < before,
        stories.c.pinned.is_(False),
        stories.c.merged_into.is_(None),
        ~exists().where(alerts.c.story_id == stories.c.id, alerts.c.updated_at >= before),
    )


def _loose(before: datetime) -> ColumnElement[bool]:
    """Items that no story holds and no room waits for."""
    return and_(items.c.seen_at < before, items.c.story_id.is_(None), items.c.stage.in_(_LOOSE))


def _sent(before: datetime) -> ColumnElement[bool]:
    """Messages that are settled, one way or the other."""
    return and_(
        deliveries.c.created_at < before, deliveries.c.state.in_(_SETTLED), deliveries.c.story_id.is_(None)
    )


def _forgotten(before: datetime) -> ColumnElement[bool]:
    """Entries of which nothing is left."""
    return and_(entries.c.first_seen_at < before, ~exists().where(items.c.entry_id == entries.c.id))


def _outdated(since: datetime, version: str) -> ColumnElement[bool]:
    """Items at rest that this lexicon version has not read."""
    read = exists().where(analyses.c.item_id == items.c.id, analyses.c.lexicon_version == version)
    return and_(items.c.seen_at >= since, items.c.stage.in_(_RESTING), or_(items.c.error.is_not(None), ~read))


def _ids(connection: Connection, table: Any, which: ColumnElement[bool], limit: int) -> list[int]:
    """The first ids that answer."""
    return [
        row[0]
        for row in connection.execute(select(table.c.id).where(which).order_by(table.c.id).limit(limit))
    ]


def _remove(connection: Connection, table: Any, which: ColumnElement[bool], limit: int) -> int:
    """Delete the first rows that answer."""
    ids: Sequence[int] = _ids(connection, table, which, limit)
    if ids:
        connection.execute(delete(table).where(table.c.id.in_(ids)))
    return len(ids)
