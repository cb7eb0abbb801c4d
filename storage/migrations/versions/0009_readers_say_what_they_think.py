"""Readers say what they think of an issue: votes and words for its pages, reactions in the channel."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("issue_date", sa.Date, nullable=False),
        sa.Column("page", sa.Text, nullable=False),
        sa.Column("reader", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("liked", sa.Boolean, nullable=False),
        sa.Column("words", sa.Text, nullable=False, server_default=sa.text("''")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("issue_date", "page", "reader", name="pk_feedback"),
        sa.ForeignKeyConstraint(["issue_date"], ["issues.date"], name="fk_feedback_issue_date"),
    )
    op.create_index("ix_feedback_reader", "feedback", ["reader"])
    op.create_table(
        "reactions",
        sa.Column("issue_date", sa.Date, nullable=False),
        sa.Column("emoji", sa.Text, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("issue_date", "emoji", name="pk_reactions"),
        sa.ForeignKeyConstraint(["issue_date"], ["issues.date"], name="fk_reactions_issue_date"),
    )


def downgrade() -> None:
    op.drop_table("reactions")
    op.drop_table("feedback")
