"""The tables of the first version."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "api_tokens",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("scopes", JSON, nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("used_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("hash", name=op.f("uq_api_tokens_hash")),
    )
    op.create_table(
        "audit",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("who", sa.String(length=80), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("data", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_at", ["at"], unique=False)

    op.create_table(
        "facts",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("value", JSON, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_facts")),
    )
    op.create_table(
        "feeds",
        sa.Column("id", ID, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("scope", sa.String(length=16), server_default="world", nullable=False),
        sa.Column("reliability", sa.String(length=1), server_default="F", nullable=False),
        sa.Column("reliability_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("homepage", sa.Text(), server_default="", nullable=False),
        sa.Column("documented_at", sa.Text(), server_default="", nullable=False),
        sa.Column("folder", sa.Text(), server_default="", nullable=False),
        sa.Column("enabled", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("urgent", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("interval_s", sa.Integer(), nullable=True),
        sa.Column("fetch_articles", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("options", JSON, nullable=False),
        sa.Column("origin", sa.String(length=8), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("body_hash", sa.String(length=64), nullable=True),
        sa.Column("next_poll_at", TIME, nullable=True),
        sa.Column("last_polled_at", TIME, nullable=True),
        sa.Column("last_success_at", TIME, nullable=True),
        sa.Column("last_new_at", TIME, nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error_class", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("polls", sa.Integer(), server_default="0", nullable=False),
        sa.Column("memory", JSON, nullable=False),
        sa.Column("claimed_until", TIME, nullable=True),
        sa.Column("generation", sa.Integer(), server_default="0", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feeds")),
        sa.UniqueConstraint("url", name=op.f("uq_feeds_url")),
    )
    with op.batch_alter_table("feeds", schema=None) as batch_op:
        batch_op.create_index(
            "ix_feeds_due",
            ["next_poll_at"],
            unique=False,
            sqlite_where=sa.text("enabled"),
            postgresql_where=sa.text("enabled"),
        )

    op.create_table(
        "link_keys",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("story_id", ID, autoincrement=False, nullable=False),
        sa.Column("item_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("key", "story_id", name=op.f("pk_link_keys")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("link_keys", schema=None) as batch_op:
        batch_op.create_index("ix_link_keys_story_id", ["story_id"], unique=False)

    op.create_table(
        "login_links",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("used_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_login_links")),
    )
    op.create_table(
        "notices",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("data", JSON, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("resolved_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("kind", "subject", "day", name=op.f("uq_notices_kind_subject_day")),
    )
    op.create_table(
        "silences",
        sa.Column("id", ID, nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("until", TIME, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_silences")),
    )
    with op.batch_alter_table("silences", schema=None) as batch_op:
        batch_op.create_index("ix_silences_until", ["until"], unique=False)

    op.create_table(
        "stories",
        sa.Column("id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("gist", sa.Text(), nullable=False),
        sa.Column("sub_event_type", sa.Text(), nullable=True),
        sa.Column("event_date", sa.Date(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("governorate", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("killed", sa.Integer(), nullable=True),
        sa.Column("wounded", sa.Integer(), nullable=True),
        sa.Column("corroboration", sa.String(length=16), nullable=False),
        sa.Column("phase", sa.String(length=12), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("source_count", sa.Integer(), nullable=False),
        sa.Column("first_published_at", TIME, nullable=True),
        sa.Column("last_published_at", TIME, nullable=True),
        sa.Column("merged_into", ID, nullable=True),
        sa.Column("pinned", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("body", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
    )
    with op.batch_alter_table("stories", schema=None) as batch_op:
        batch_op.create_index(
            "ix_stories_developing",
            ["updated_at"],
            unique=False,
            sqlite_where=sa.text("phase = 'developing'"),
            postgresql_where=sa.text("phase = 'developing'"),
        )
        batch_op.create_index(
            "ix_stories_governorate_updated_at", ["governorate", "updated_at"], unique=False
        )
        batch_op.create_index("ix_stories_merged_into", ["merged_into"], unique=False)
        batch_op.create_index(
            "ix_stories_sub_event_type_updated_at", ["sub_event_type", "updated_at"], unique=False
        )
        batch_op.create_index("ix_stories_updated_at_id", ["updated_at", "id"], unique=False)

    op.create_table(
        "users",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("enabled", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("name", name=op.f("uq_users_name")),
    )
    op.create_table(
        "watches",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("definition", JSON, nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("origin", sa.String(length=8), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watches")),
        sa.UniqueConstraint("name", name=op.f("uq_watches_name")),
    )
    op.create_table(
        "alerts",
        sa.Column("id", ID, nullable=False),
        sa.Column("story_id", ID, nullable=False),
        sa.Column("story_version", sa.Integer(), nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("state_by", sa.Text(), server_default="", nullable=False),
        sa.Column("state_at", TIME, nullable=True),
        sa.Column("watches", JSON, nullable=False),
        sa.Column("reasons", JSON, nullable=False),
        sa.Column("fired_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name=op.f("fk_alerts_story_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint("story_id", name=op.f("uq_alerts_story_id")),
    )
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.create_index("ix_alerts_updated_at", ["updated_at"], unique=False)

    op.create_table(
        "entries",
        sa.Column("id", ID, nullable=False),
        sa.Column("feed_id", ID, nullable=False),
        sa.Column("identity", sa.String(length=64), nullable=False),
        sa.Column("alias", sa.String(length=32), server_default="", nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("published_at", TIME, nullable=True),
        sa.Column("first_seen_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["feeds.id"], name=op.f("fk_entries_feed_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
        sa.UniqueConstraint("feed_id", "identity", name=op.f("uq_entries_feed_id_identity")),
    )
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.create_index("ix_entries_feed_id_alias", ["feed_id", "alias"], unique=False)

    op.create_table(
        "feedback",
        sa.Column("id", ID, nullable=False),
        sa.Column("story_id", ID, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("relevant", sa.Boolean(), nullable=False),
        sa.Column("watches", JSON, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name=op.f("fk_feedback_story_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sa.UniqueConstraint("story_id", "by", name=op.f("uq_feedback_story_id_by")),
    )
    op.create_table(
        "notes",
        sa.Column("id", ID, nullable=False),
        sa.Column("story_id", ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name=op.f("fk_notes_story_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.create_index("ix_notes_story_id", ["story_id"], unique=False)

    op.create_table(
        "sessions",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("user_id", ID, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_sessions_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_sessions")),
    )
    op.create_table(
        "story_changes",
        sa.Column("id", ID, nullable=False),
        sa.Column("story_id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("item_id", ID, nullable=True),
        sa.Column("data", JSON, nullable=False),
        sa.Column("judged_at", TIME, nullable=True),
        sa.Column("judgement", sa.Text(), nullable=True),
        sa.Column("claimed_until", TIME, nullable=True),
        sa.Column("generation", sa.Integer(), server_default="0", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name=op.f("fk_story_changes_story_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_changes")),
        sa.UniqueConstraint(
            "story_id", "version", "position", name=op.f("uq_story_changes_story_id_version_position")
        ),
    )
    with op.batch_alter_table("story_changes", schema=None) as batch_op:
        batch_op.create_index(
            "ix_story_changes_waiting",
            ["id"],
            unique=False,
            sqlite_where=sa.text("judged_at IS NULL"),
            postgresql_where=sa.text("judged_at IS NULL"),
        )

    op.create_table(
        "deliveries",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("recipient", sa.String(length=255), nullable=False),
        sa.Column("thread", sa.String(length=120), nullable=False),
        sa.Column("alert_id", ID, nullable=True),
        sa.Column("story_id", ID, nullable=True),
        sa.Column("severity_rank", sa.Integer(), server_default="0", nullable=False),
        sa.Column("message", JSON, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reference", JSON, nullable=False),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("sent_at", TIME, nullable=True),
        sa.Column("claimed_until", TIME, nullable=True),
        sa.Column("generation", sa.Integer(), server_default="0", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alerts.id"], name=op.f("fk_deliveries_alert_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("key", "channel", "recipient", name=op.f("uq_deliveries_key_channel_recipient")),
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_deliveries_due",
            ["channel", "due_at"],
            unique=False,
            sqlite_where=sa.text("state IN ('pending', 'retry', 'sending', 'uncertain')"),
            postgresql_where=sa.text("state IN ('pending', 'retry', 'sending', 'uncertain')"),
        )
        batch_op.create_index("ix_deliveries_story_id", ["story_id"], unique=False)
        batch_op.create_index("ix_deliveries_thread", ["thread", "channel", "recipient"], unique=False)

    op.create_table(
        "items",
        sa.Column("id", ID, nullable=False),
        sa.Column("entry_id", ID, nullable=False),
        sa.Column("feed_id", ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title_raw", sa.Text(), nullable=False),
        sa.Column("html_raw", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), server_default="", nullable=False),
        sa.Column("categories", JSON, nullable=True),
        sa.Column("published_at", TIME, nullable=True),
        sa.Column("seen_at", TIME, nullable=False),
        sa.Column("fresh", sa.Boolean(), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("stage_at", TIME, nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("canonical_url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("text_hash", sa.String(length=64), nullable=True),
        sa.Column("article_text", sa.Text(), nullable=True),
        sa.Column("article", JSON, nullable=True),
        sa.Column("story_id", ID, nullable=True),
        sa.Column("claimed_until", TIME, nullable=True),
        sa.Column("generation", sa.Integer(), server_default="0", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name=op.f("fk_items_entry_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name=op.f("fk_items_feed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items")),
        sa.UniqueConstraint("entry_id", "revision", name=op.f("uq_items_entry_id_revision")),
    )
    with op.batch_alter_table("items", schema=None) as batch_op:
        batch_op.create_index("ix_items_canonical_url", ["canonical_url"], unique=False)
        batch_op.create_index("ix_items_feed_id_id", ["feed_id", "id"], unique=False)
        batch_op.create_index("ix_items_seen_at", ["seen_at"], unique=False)
        batch_op.create_index("ix_items_story_id", ["story_id"], unique=False)
        batch_op.create_index(
            "ix_items_waiting",
            ["stage", "id"],
            unique=False,
            sqlite_where=sa.text("stage IN ('new', 'read')"),
            postgresql_where=sa.text("stage IN ('new', 'read')"),
        )

    op.create_table(
        "analyses",
        sa.Column("item_id", ID, nullable=False),
        sa.Column("lexicon_version", sa.String(length=64), nullable=False),
        sa.Column("relevant", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("gist", sa.Text(), nullable=False),
        sa.Column("terms", JSON, nullable=False),
        sa.Column("matches", JSON, nullable=False),
        sa.Column("reasons", JSON, nullable=False),
        sa.Column("events", JSON, nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_analyses_item_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_analyses")),
    )
    op.create_table(
        "articles",
        sa.Column("item_id", ID, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("claimed_until", TIME, nullable=True),
        sa.Column("generation", sa.Integer(), server_default="0", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_articles_item_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_articles")),
    )
    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.create_index(
            "ix_articles_due",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("state = 'wanted'"),
            postgresql_where=sa.text("state = 'wanted'"),
        )

    op.create_table(
        "events",
        sa.Column("id", ID, nullable=False),
        sa.Column("item_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("event_type", sa.Text(), nullable=False),
        sa.Column("sub_event_type", sa.Text(), nullable=False),
        sa.Column("event_date", sa.Date(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("governorate", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("killed", sa.Integer(), nullable=True),
        sa.Column("wounded", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_events_item_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("item_id", "position", name=op.f("uq_events_item_id_position")),
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index("ix_events_event_date", ["event_date"], unique=False)

    op.create_table(
        "story_items",
        sa.Column("item_id", ID, nullable=False),
        sa.Column("story_id", ID, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("likeness", sa.Float(), nullable=False),
        sa.Column("copy_of", ID, server_default="0", nullable=False),
        sa.Column("superseded", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("trace", sa.LargeBinary(), nullable=False),
        sa.Column("pinned", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("added_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_story_items_item_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name=op.f("fk_story_items_story_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_story_items")),
    )
    with op.batch_alter_table("story_items", schema=None) as batch_op:
        batch_op.create_index("ix_story_items_story_id", ["story_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("story_items", schema=None) as batch_op:
        batch_op.drop_index("ix_story_items_story_id")

    op.drop_table("story_items")
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_index("ix_events_event_date")

    op.drop_table("events")
    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_articles_due",
            sqlite_where=sa.text("state = 'wanted'"),
            postgresql_where=sa.text("state = 'wanted'"),
        )

    op.drop_table("articles")
    op.drop_table("analyses")
    with op.batch_alter_table("items", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_items_waiting",
            sqlite_where=sa.text("stage IN ('new', 'read')"),
            postgresql_where=sa.text("stage IN ('new', 'read')"),
        )
        batch_op.drop_index("ix_items_story_id")
        batch_op.drop_index("ix_items_seen_at")
        batch_op.drop_index("ix_items_feed_id_id")
        batch_op.drop_index("ix_items_canonical_url")

    op.drop_table("items")
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index("ix_deliveries_thread")
        batch_op.drop_index("ix_deliveries_story_id")
        batch_op.drop_index(
            "ix_deliveries_due",
            sqlite_where=sa.text("state IN ('pending', 'retry', 'sending', 'uncertain')"),
            postgresql_where=sa.text("state IN ('pending', 'retry', 'sending', 'uncertain')"),
        )

    op.drop_table("deliveries")
    with op.batch_alter_table("story_changes", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_story_changes_waiting",
            sqlite_where=sa.text("judged_at IS NULL"),
            postgresql_where=sa.text("judged_at IS NULL"),
        )

    op.drop_table("story_changes")
    op.drop_table("sessions")
    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.drop_index("ix_notes_story_id")

    op.drop_table("notes")
    op.drop_table("feedback")
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.drop_index("ix_entries_feed_id_alias")

    op.drop_table("entries")
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.drop_index("ix_alerts_updated_at")

    op.drop_table("alerts")
    op.drop_table("watches")
    op.drop_table("users")
    with op.batch_alter_table("stories", schema=None) as batch_op:
        batch_op.drop_index("ix_stories_updated_at_id")
        batch_op.drop_index("ix_stories_sub_event_type_updated_at")
        batch_op.drop_index("ix_stories_merged_into")
        batch_op.drop_index("ix_stories_governorate_updated_at")
        batch_op.drop_index(
            "ix_stories_developing",
            sqlite_where=sa.text("phase = 'developing'"),
            postgresql_where=sa.text("phase = 'developing'"),
        )

    op.drop_table("stories")
    with op.batch_alter_table("silences", schema=None) as batch_op:
        batch_op.drop_index("ix_silences_until")

    op.drop_table("silences")
    op.drop_table("notices")
    op.drop_table("login_links")
    with op.batch_alter_table("link_keys", schema=None) as batch_op:
        batch_op.drop_index("ix_link_keys_story_id")

    op.drop_table("link_keys")
    with op.batch_alter_table("feeds", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_feeds_due", sqlite_where=sa.text("enabled"), postgresql_where=sa.text("enabled")
        )

    op.drop_table("feeds")
    op.drop_table("facts")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_at")

    op.drop_table("audit")
    op.drop_table("api_tokens")
