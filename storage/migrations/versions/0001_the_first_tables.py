"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# A migration keeps its own words for types: it must mean the same after the code has moved on.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
VALUE = sa.String(32)  # of an enum

NOT_FAILED = sa.text("status <> 'failed'")
OF_AN_ISSUE = sa.text("kind = 'issue'")


def counted() -> sa.Column[int]:
    return sa.Column("id", ID, primary_key=True, autoincrement=True)


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default=sa.text("''"))


def upgrade() -> None:
    op.create_table(
        "items",
        counted(),
        sa.Column("source", VALUE, nullable=False),
        sa.Column("kind", VALUE, nullable=False),
        sa.Column("external_id", sa.Text, nullable=False),
        sa.Column("first_seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_items"),
        sa.UniqueConstraint("source", "kind", "external_id", name="uq_items_source_kind_external_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "item_versions",
        counted(),
        sa.Column("item_id", ID, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("publisher", sa.Text, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("tags", sa.JSON, nullable=False),
        sa.Column("created_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_item_versions"),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_item_versions_item_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_item_versions_item_id_seen_at", "item_versions", ["item_id", "seen_at"])
    op.create_table(
        "harvests",
        counted(),
        sa.Column("source", VALUE, nullable=False),
        sa.Column("list", sa.Text, nullable=False),
        sa.Column("observed_at", MOMENT, nullable=False),
        sa.Column("status", VALUE, nullable=False),
        sa.Column("items", sa.Integer, nullable=False),
        sa.Column("ranked", sa.Boolean, nullable=False),
        sa.Column("bytes", sa.BigInteger, nullable=False),
        sa.Column("seconds", sa.Double, nullable=False),
        sa.Column("etag", sa.Text, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_harvests"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_harvests_observed_at", "harvests", ["observed_at"])
    op.create_index(
        "uq_harvests_answer",
        "harvests",
        ["source", "list", "observed_at"],
        unique=True,
        sqlite_where=NOT_FAILED,
        postgresql_where=NOT_FAILED,
    )
    op.create_table(
        "readings",
        counted(),
        sa.Column("harvest_id", ID, nullable=False),
        sa.Column("item_id", ID, nullable=False),
        sa.Column("observed_at", MOMENT, nullable=False),
        sa.Column("rank", sa.Integer),
        sa.Column("metrics", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_readings"),
        sa.UniqueConstraint("harvest_id", "item_id", name="uq_readings_harvest_id_item_id"),
        sa.ForeignKeyConstraint(["harvest_id"], ["harvests.id"], name="fk_readings_harvest_id"),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_readings_item_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_readings_observed_at", "readings", ["observed_at"])
    op.create_table(
        "issues",
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("state", VALUE, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("assembled_at", MOMENT, nullable=False),
        sa.Column("approved_at", MOMENT),
        sa.Column("published_at", MOMENT),
        text("held_by"),
        sa.PrimaryKeyConstraint("date", name="pk_issues"),
        sa.UniqueConstraint("number", name="uq_issues_number"),
    )
    op.create_table(
        "citations",
        sa.Column("issue_date", sa.Date, nullable=False),
        sa.Column("kind", VALUE, nullable=False),
        sa.Column("cited_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("issue_date", "kind", "cited_id", name="pk_citations"),
        sa.ForeignKeyConstraint(["issue_date"], ["issues.date"], name="fk_citations_issue_date"),
    )
    op.create_index("ix_citations_kind_cited_id", "citations", ["kind", "cited_id"])
    op.create_table(
        "doubts",
        sa.Column("kind", VALUE, nullable=False),
        sa.Column("cited_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("kind", "cited_id", name="pk_doubts"),
    )
    op.create_table(
        "revisions",
        sa.Column("issue_date", sa.Date, nullable=False),
        sa.Column("revision", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("replaced_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("issue_date", "revision", name="pk_revisions"),
        sa.ForeignKeyConstraint(["issue_date"], ["issues.date"], name="fk_revisions_issue_date"),
    )
    op.create_table(
        "editions",
        sa.Column("issue_date", sa.Date, nullable=False),
        sa.Column("style", VALUE, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("pages", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("issue_date", "style", name="pk_editions"),
        sa.ForeignKeyConstraint(["issue_date"], ["issues.date"], name="fk_editions_issue_date"),
    )
    op.create_table(
        "subscribers",
        sa.Column("chat_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("kind", VALUE, nullable=False),
        sa.Column("state", VALUE, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("hour", sa.SmallInteger, nullable=False),
        sa.Column("weekdays", sa.SmallInteger, nullable=False),
        sa.Column("sections", sa.JSON, nullable=False),
        sa.Column("style", VALUE, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("silent", sa.Boolean, nullable=False),
        sa.Column("joined_at", MOMENT, nullable=False),
        sa.Column("came_from", sa.Text, nullable=False),
        sa.Column("state_since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="pk_subscribers"),
    )
    op.create_index("ix_subscribers_state_zone_hour", "subscribers", ["state", "zone", "hour"])
    op.create_table(
        "broadcasts",
        counted(),
        sa.Column("kind", VALUE, nullable=False),
        sa.Column("state", VALUE, nullable=False),
        sa.Column("issue_date", sa.Date),
        text("by"),
        text("error"),
        sa.Column("token_refused", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_broadcasts"),
        sa.ForeignKeyConstraint(["issue_date"], ["issues.date"], name="fk_broadcasts_issue_date"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_broadcasts_issue",
        "broadcasts",
        ["issue_date"],
        unique=True,
        sqlite_where=OF_AN_ISSUE,
        postgresql_where=OF_AN_ISSUE,
    )
    op.create_table(
        "deliveries",
        counted(),
        sa.Column("broadcast_id", ID, nullable=False),
        sa.Column("chat_id", sa.BigInteger),
        sa.Column("chat_kind", VALUE, nullable=False),
        sa.Column("part", sa.SmallInteger, nullable=False, server_default="1"),
        sa.Column("style", VALUE, nullable=False),
        sa.Column("silent", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("state", VALUE, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("next_attempt_at", MOMENT, nullable=False),
        sa.Column("lease_until", MOMENT),
        sa.Column("worker", sa.Text),
        sa.Column("message_id", sa.BigInteger),
        text("error"),
        sa.Column("resent", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("passing", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("claimed_at", MOMENT),
        sa.Column("settled_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("broadcast_id", "chat_id", "part", name="uq_deliveries_broadcast_id_chat_id_part"),
        sa.ForeignKeyConstraint(["broadcast_id"], ["broadcasts.id"], name="fk_deliveries_broadcast_id"),
        sqlite_autoincrement=True,
    )
    for name, where, columns in (
        ("queued", "state = 'queued'", ["broadcast_id", "next_attempt_at", "id"]),
        ("retried", "state = 'queued' AND next_attempt_at > due_at", ["state", "broadcast_id"]),
        ("channel", "state = 'queued' AND chat_kind = 'channel'", ["state", "chat_kind", "broadcast_id"]),
        ("sending", "state = 'sending'", ["state", "broadcast_id"]),
        ("uncertain", "state = 'uncertain'", ["state", "broadcast_id"]),
    ):
        op.create_index(
            f"ix_deliveries_{name}",
            "deliveries",
            columns,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )
    op.create_table(
        "gate",
        sa.Column("bot_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("paused_until", MOMENT),
        sa.Column("resting", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("bot_id", name="pk_gate"),
    )
    op.create_table(
        "job_runs",
        sa.Column("job", sa.Text, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("worker", sa.Text, nullable=False),
        sa.Column("claimed_at", MOMENT, nullable=False),
        sa.Column("lease_until", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT),
        text("error"),
        sa.PrimaryKeyConstraint("job", "due_at", name="pk_job_runs"),
    )
    op.create_table(
        "admin_actions",
        counted(),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        text("detail"),
        sa.PrimaryKeyConstraint("id", name="pk_admin_actions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_admin_actions_at", "admin_actions", ["at"])


def downgrade() -> None:
    for table in (
        "admin_actions",
        "job_runs",
        "gate",
        "deliveries",
        "broadcasts",
        "subscribers",
        "editions",
        "revisions",
        "doubts",
        "citations",
        "issues",
        "readings",
        "harvests",
        "item_versions",
        "items",
    ):
        op.drop_table(table)
