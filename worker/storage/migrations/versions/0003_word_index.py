"""A word index over what reports say, which CAP messages left, and lost messages by an index.

Revision ID: 0003
Revises: 0002

The words of items that are there already are written by a chore (`WordQueries.fill_words`), not here: on a
large archive that takes minutes, in which nothing else could be written.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from worker.storage.wordindex import WORD_INDEX_POSTGRES, WORD_INDEX_SQLITE

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LOST = sa.text("state IN ('dead', 'uncertain')")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "item_words",
        sa.Column("item_id", ID, sa.ForeignKey("items.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("words", sa.Text, nullable=False),
    )
    postgres = op.get_bind().dialect.name == "postgresql"
    for statement in WORD_INDEX_POSTGRES if postgres else WORD_INDEX_SQLITE:
        op.execute(statement)
    op.create_table(
        "cap_messages",
        sa.Column("story_id", ID, sa.ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("sent", TIME, nullable=False),
    )
    op.create_index("ix_deliveries_lost", "deliveries", ["id"], sqlite_where=LOST, postgresql_where=LOST)
    newest = op.get_bind().execute(sa.text("SELECT max(id) FROM items")).scalar()
    if newest:
        facts = sa.table("facts", sa.column("key"), sa.column("value", JSON), sa.column("at", TIME))
        op.bulk_insert(facts, [{"key": "words_unfilled_to", "value": newest, "at": datetime.now(UTC)}])


def downgrade() -> None:
    op.drop_index("ix_deliveries_lost", "deliveries")
    op.drop_table("cap_messages")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE word_index")
    op.drop_table("item_words")
    op.execute("DELETE FROM facts WHERE key = 'words_unfilled_to'")
