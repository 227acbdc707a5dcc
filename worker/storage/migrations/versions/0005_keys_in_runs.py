"""Keys of linking lie in runs: a batch is one row at the table's end, not a page for each key.

Revision ID: 0005
Revises: 0004
"""

import numpy as np
import sqlalchemy as sa
from alembic import op

from worker.domain.stories.keys import day_of
from worker.storage.filed import Run, pack

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ROWS = 5000
"""About as many as a full batch files."""

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_NEXT = sa.text(
    "SELECT key, story_id, item_id FROM link_keys WHERE (key, story_id) > (:key, :story) "
    "ORDER BY key, story_id LIMIT :rows"
)


def upgrade() -> None:
    """Write what is filed as runs."""
    runs = op.create_table(
        "link_runs",
        sa.Column("id", _ID, nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Integer(), nullable=False),
        sa.Column("floor", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("merged", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_runs")),
    )
    connection = op.get_bind()
    key, story = -1, 0
    while found := connection.execute(_NEXT, {"key": key, "story": story, "rows": ROWS}).all():
        first, (key, story, _) = found[0][0], found[-1]
        body = pack(Run(*np.array([tuple(row) for row in found], np.int64).T))
        run = {"first_day": day_of(first), "last_day": day_of(key), "floor": 0, "body": body, "merged": b""}
        connection.execute(runs.insert(), [run])
    op.drop_table("link_keys")


def downgrade() -> None:
    """Leave `link_keys` empty: what is linked from then on is filed there again."""
    op.drop_table("link_runs")
    op.create_table(
        "link_keys",
        sa.Column("key", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("story_id", _ID, nullable=False, autoincrement=False),
        sa.Column("item_id", _ID, nullable=False),
        sa.PrimaryKeyConstraint("key", "story_id", name=op.f("pk_link_keys")),
        sqlite_with_rowid=False,
    )
