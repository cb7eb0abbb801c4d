"""Openings of pages are counted, and of a reader the last day is kept on which he pressed or wrote."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "page_views",
        sa.Column("viewed_on", sa.Date, nullable=False),
        sa.Column("issue_date", sa.Date, nullable=False),
        sa.Column("page", sa.Text, nullable=False),
        sa.Column("views", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("viewed_on", "issue_date", "page", name="pk_page_views"),
        sa.ForeignKeyConstraint(["issue_date"], ["issues.date"], name="fk_page_views_issue_date"),
    )
    with op.batch_alter_table("subscribers") as subscribers:
        subscribers.add_column(sa.Column("seen_on", sa.Date))
    # Of who reads us already nothing is known, and nobody is to count as inactive from the first day.
    op.execute("UPDATE subscribers SET seen_on = CURRENT_DATE")


def downgrade() -> None:
    with op.batch_alter_table("subscribers") as subscribers:
        subscribers.drop_column("seen_on")
    op.drop_table("page_views")
