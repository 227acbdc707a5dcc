"""What the desk counts is counted from indexes alone, and stories carry their point's precision.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MERGED = sa.text("merged_into IS NOT NULL")
COUNTED = sa.text("kind = 'incident' AND merged_into IS NULL")


def upgrade() -> None:
    op.add_column("stories", sa.Column("geo_precision", sa.Integer(), nullable=True))
    said = (
        "(body->'event'->>'geo_precision')::int"
        if op.get_bind().dialect.name == "postgresql"
        else "json_extract(body, '$.event.geo_precision')"
    )
    op.execute(f"UPDATE stories SET geo_precision = {said}")  # noqa: S608
    op.create_index(
        "ix_stories_counted",
        "stories",
        ["updated_at", "event_date", "created_at", "governorate", "sub_event_type", "kind", "merged_into"],
        sqlite_where=COUNTED,
        postgresql_where=COUNTED,
    )
    op.drop_index("ix_stories_merged_into", "stories")
    op.create_index(
        "ix_stories_merged_into", "stories", ["merged_into"], sqlite_where=MERGED, postgresql_where=MERGED
    )
    op.drop_index("ix_items_seen_at", "items")
    op.create_index("ix_items_seen_at_feed_id", "items", ["seen_at", "feed_id"])
    op.create_index("ix_items_language_story_id", "items", ["language", "story_id"])
    op.drop_index("ix_alerts_updated_at", "alerts")
    op.create_index("ix_alerts_updated_at_id", "alerts", ["updated_at", "id"])
    op.create_index("ix_alerts_state_updated_at", "alerts", ["state", "updated_at"])


def downgrade() -> None:
    op.drop_index("ix_alerts_state_updated_at", "alerts")
    op.drop_index("ix_alerts_updated_at_id", "alerts")
    op.create_index("ix_alerts_updated_at", "alerts", ["updated_at"])
    op.drop_index("ix_items_language_story_id", "items")
    op.drop_index("ix_items_seen_at_feed_id", "items")
    op.create_index("ix_items_seen_at", "items", ["seen_at"])
    op.drop_index("ix_stories_merged_into", "stories")
    op.create_index("ix_stories_merged_into", "stories", ["merged_into"])
    op.drop_index("ix_stories_counted", "stories")
    op.drop_column("stories", "geo_precision")
