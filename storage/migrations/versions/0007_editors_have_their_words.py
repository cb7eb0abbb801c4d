"""Editors have their words: edits, leads of their choice, sections written anew, items that are skipped for good."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "edits",
        sa.Column("issue_date", sa.Date, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("issue_date", "place", name="pk_edits"),
        sa.ForeignKeyConstraint(["issue_date"], ["issues.date"], name="fk_edits_issue_date"),
    )
    op.create_table(
        "directions",
        sa.Column("issue_date", sa.Date, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("issue_date", "what", name="pk_directions"),
        sa.ForeignKeyConstraint(["issue_date"], ["issues.date"], name="fk_directions_issue_date"),
    )
    op.create_table(
        "skips",
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("item", name="pk_skips"),
    )


def downgrade() -> None:
    op.drop_table("skips")
    op.drop_table("directions")
    op.drop_table("edits")
