"""The queries of the link room: claim reports, and follow keys to stories.

Plain statements over the driver, each for a whole batch: linking writes thirty rows an item, and a query
compiler would take longer for them than the database.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property

from sqlalchemy import Engine, select, text

from worker.domain.model import Lease, Report, Story
from worker.domain.stories.consolidation import Member
from worker.domain.stories.keys import BUCKET_DAYS
from worker.domain.stories.trace import Sight, Trace
from worker.ports import LinkSection
from worker.storage import linkrows
from worker.storage.engine import reading, writing
from worker.storage.filed import ROW_BYTES, Filed
from worker.storage.leases import MAX_ATTEMPTS
from worker.storage.linksection import RUNS, Section
from worker.storage.plain import Plain, over_engine
from worker.storage.read import fail, quarantine_exhausted
from worker.storage.tables import stories

_LOCK = 7364924
"""The link section's advisory lock on PostgreSQL."""

_WAITING = """
SELECT id FROM items WHERE stage = 'read' AND stage IN ('new', 'read')
AND (claimed_until IS NULL OR claimed_until <= ?) ORDER BY id LIMIT ?
"""
_CLAIM = """
UPDATE items SET claimed_until = ?, generation = generation + 1, attempts = attempts + 1
WHERE id {among} RETURNING id, generation, attempts
"""


class LinkQueries:
    """See `worker.ports.LinkStore`."""

    engine: Engine

    def claim_read(self, now: datetime, limit: int, lease: timedelta) -> list[tuple[Report, Lease]]:
        """Lease items at stage `read`, oldest publication first; exhausted ones go into quarantine."""
        with over_engine(self.engine, write=True) as plain:
            lock = " FOR UPDATE SKIP LOCKED" if plain.postgres else ""
            ids = [row[0] for row in plain.all(_WAITING + lock, (plain.time(now), limit))]
            if not ids:
                return []
            claim = (plain.time(now + lease), plain.listed(ids))
            rows = plain.all(_CLAIM.format(among=plain.among), claim)
            # The present attempt does not count; see `leases.lease_of`.
            claimed = {item: Lease(item, generation, attempts - 1) for item, generation, attempts in rows}
            found = linkrows.reports(plain, ids)
        if any(lease.attempts >= MAX_ATTEMPTS for lease in claimed.values()):
            with writing(self.engine) as connection:
                claimed = quarantine_exhausted(connection, claimed.values(), now)
        return [(report, claimed[report.item_id]) for report in found if report.item_id in claimed]

    def link_mark(self) -> int:
        """Number of the newest story change."""
        with over_engine(self.engine, write=False) as plain:
            return self._look(plain).link_mark()

    def reach(self, keys: Sequence[int], per_key: int) -> list[tuple[int, int, int]]:
        """Follow keys to stories."""
        with over_engine(self.engine, write=False) as plain:
            return self._look(plain).reach(keys, per_key)

    def addressed(self, urls: Sequence[str], since: datetime) -> list[tuple[str, int, int]]:
        """Follow addresses to stories."""
        with over_engine(self.engine, write=False) as plain:
            return self._look(plain).addressed(urls, since)

    def entered(self, entry_ids: Sequence[int]) -> set[int]:
        """Follow entries to stories."""
        with over_engine(self.engine, write=False) as plain:
            return self._look(plain).entered(entry_ids)

    def sights(self, item_ids: Sequence[int]) -> dict[int, Sight]:
        """Read the parts of traces that most candidates are dismissed by."""
        with over_engine(self.engine, write=False) as plain:
            return self._look(plain).sights(item_ids)

    def traces(self, item_ids: Sequence[int]) -> dict[int, Trace]:
        """Load traces."""
        with over_engine(self.engine, write=False) as plain:
            return self._look(plain).traces(item_ids)

    def whole(self, story_ids: Sequence[int]) -> list[tuple[Story, list[Member]]]:
        """Load stories with their reports."""
        with over_engine(self.engine, write=False) as plain:
            return self._look(plain).whole(story_ids)

    @contextmanager
    def link_section(self, held: Sequence[Lease], now: datetime) -> Iterator[LinkSection]:
        """Enter the one section in which stories are written; it ends with the transaction."""
        with self._section() as plain:
            yield Section(plain, self._filed, {lease.id: lease.generation for lease in held}, now)

    def fail_link(self, lease: Lease, error: str, now: datetime) -> None:
        """Give the item back with its error; the third failure quarantines it with a notice."""
        with writing(self.engine) as connection:
            fail(connection, lease, error, now)

    def recent_traces(self, limit: int) -> list[Trace]:
        """Give the newest reports in stories."""
        with over_engine(self.engine, write=False) as plain:
            return linkrows.recent(plain, limit)

    def idle_stories(self, before: datetime, limit: int) -> list[int]:
        """Name stories still developing that nothing was added to since `before`."""
        query = (
            select(stories.c.id)
            .where(
                stories.c.updated_at < before,
                text("stories.phase = 'developing'"),  # as in the partial index; see `ITEM_WAITS`
            )
            .order_by(stories.c.updated_at)
            .limit(limit)
        )
        with reading(self.engine) as connection:
            return [row[0] for row in connection.execute(query)]

    def prune_links(self, today: datetime, window_days: int) -> int:
        """Forget the keys of days that have left the window; returns how many.

        The window ends with the newest day that anything is filed under, so that an archive that is read
        in long afterwards finds its stories. Of a run that reaches into the window the earlier keys stay in
        the database until it goes as a whole; every process forgets them when it reads the new floor.
        """
        with self._section() as plain:
            oldest, newest, floor = plain.all(
                "SELECT min(first_day), max(last_day), max(floor) FROM link_runs"
            )[0]
            if oldest is None:
                return 0
            # What a stretch of days shares is filed under its first day.
            first = min(today.toordinal(), newest) - window_days - BUCKET_DAYS + 2
            if first <= max(floor, oldest):
                return 0
            (held,) = plain.all(
                "SELECT coalesce(sum(length(body)), 0) FROM link_runs WHERE last_day < ?", (first,)
            )[0]
            plain.run("DELETE FROM link_runs WHERE last_day < ?", (first,))
            RUNS.insert(plain, [(first, first, first, b"", b"")])
        return int(held) // ROW_BYTES

    @contextmanager
    def _section(self) -> Iterator[Plain]:
        """One writer at a time: what is numbered here becomes visible in the order of the numbers."""
        with over_engine(self.engine, write=True) as plain:
            if plain.postgres:
                plain.all("SELECT pg_advisory_xact_lock(?)", (_LOCK,))
            yield plain

    @cached_property
    def _filed(self) -> Filed:
        return Filed()

    def _look(self, plain: Plain) -> linkrows.Look:
        return linkrows.Look(plain, self._filed)
