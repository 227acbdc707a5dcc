"""Which CAP messages left; see `worker.services.cap`."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from worker.services.cap import CapMessage
from worker.storage.engine import reading, writing
from worker.storage.tables import cap_messages, stories


class CapQueries:
    """See `worker.services.cap.Ledger`."""

    engine: Engine

    def cap_messages(self, story_ids: Sequence[int]) -> dict[int, list[CapMessage]]:
        """By story, those of stories that were merged into it as well, oldest first."""
        found: dict[int, list[CapMessage]] = {}
        with reading(self.engine) as connection:
            for start in range(0, len(story_ids), 500):
                ids = story_ids[start : start + 500]
                query = (
                    select(func.coalesce(stories.c.merged_into, stories.c.id).label("now"), cap_messages)
                    .join(stories, stories.c.id == cap_messages.c.story_id)
                    .where(or_(stories.c.id.in_(ids), stories.c.merged_into.in_(ids)))
                    .order_by(cap_messages.c.sent, cap_messages.c.version)
                )
                for row in connection.execute(query):
                    one = CapMessage(row.story_id, row.version, row.sender, row.sent)
                    found.setdefault(row.now, []).append(one)
        return found

    def note_cap(self, messages: Sequence[CapMessage]) -> None:
        """Write down that these leave; those that are there stay as they are."""
        upsert = postgresql.insert if self.engine.dialect.name == "postgresql" else sqlite.insert
        rows = [
            {"story_id": one.story_id, "version": one.version, "sender": one.sender, "sent": one.sent}
            for one in messages
        ]
        with writing(self.engine) as connection:
            connection.execute(upsert(cap_messages).on_conflict_do_nothing(), rows)
