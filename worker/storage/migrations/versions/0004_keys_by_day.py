"""Keys of linking go with their days: one index less, and every key has its day in front.

Revision ID: 0004
Revises: 0003
"""

from datetime import timedelta

import msgspec
import sqlalchemy as sa
from alembic import op

from worker.domain.stories.keys import INDEXED, stored
from worker.domain.stories.trace import Trace

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WINDOW = timedelta(days=30)
BATCH = 1000

KEYS = sa.table("link_keys", sa.column("key"), sa.column("story_id"), sa.column("item_id"))
LINKS = sa.table(
    "story_items",
    sa.column("item_id"),
    sa.column("story_id"),
    sa.column("trace"),
    sa.column("added_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    """File what the window holds anew: keys are made otherwise than before."""
    op.drop_index("ix_link_keys_story_id", "link_keys")
    connection = op.get_bind()
    connection.execute(KEYS.delete())
    connection.execute(sa.text("DELETE FROM facts WHERE key = 'links_pruned_before'"))
    newest = connection.execute(sa.select(sa.func.max(LINKS.c.added_at))).scalar()
    read = msgspec.msgpack.Decoder(Trace).decode
    last = 0
    while newest is not None:
        rows = connection.execute(
            sa.select(LINKS.c.item_id, LINKS.c.story_id, LINKS.c.trace)
            .where(LINKS.c.item_id > last, LINKS.c.added_at >= newest - WINDOW)
            .order_by(LINKS.c.item_id)
            .limit(BATCH)
        ).all()
        if not rows:
            return
        last = rows[-1].item_id
        _file(connection, [(row.story_id, read(row.trace)) for row in rows if row.trace])


def _file(connection: sa.Connection, found: list[tuple[int, Trace]]) -> None:
    made = [
        {"key": key, "story_id": story, "item_id": trace.item_id}
        for story, trace in found
        for key in stored(trace)
        if key >= INDEXED
    ]
    if made:
        values = "(:key, :story_id, :item_id)"
        connection.execute(
            sa.text(f"INSERT INTO link_keys (key, story_id, item_id) VALUES {values} ON CONFLICT DO NOTHING"),  # noqa: S608
            made,
        )


def downgrade() -> None:
    op.create_index("ix_link_keys_story_id", "link_keys", ["story_id"])
