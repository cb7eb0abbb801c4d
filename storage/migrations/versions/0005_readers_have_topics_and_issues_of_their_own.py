"""Readers have topics, an order of sections, a cadence, a pause that ends, and issues of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"
branch_labels = None
depends_on = None

EMPTY_LIST = sa.text("'[]'")


def upgrade() -> None:
    with op.batch_alter_table("subscribers") as subscribers:
        for name in ("section_order", "topics", "keywords"):
            subscribers.add_column(sa.Column(name, sa.Text, nullable=False, server_default=EMPTY_LIST))
        subscribers.add_column(sa.Column("cadence", sa.String(32), nullable=False, server_default="daily"))
        subscribers.add_column(sa.Column("paused_until", sa.Date))
        subscribers.add_column(sa.Column("form", sa.BigInteger, nullable=False, server_default="0"))
    with op.batch_alter_table("deliveries") as deliveries:
        deliveries.add_column(sa.Column("form", sa.BigInteger, nullable=False, server_default="0"))
    op.create_table(
        "forms",
        sa.Column("key", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("combination", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_forms"),
    )
    op.create_table(
        "overset",
        sa.Column("issue_date", sa.Date, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("issue_date", name="pk_overset"),
        sa.ForeignKeyConstraint(["issue_date"], ["issues.date"], name="fk_overset_issue_date"),
    )


def downgrade() -> None:
    op.drop_table("overset")
    op.drop_table("forms")
    with op.batch_alter_table("deliveries") as deliveries:
        deliveries.drop_column("form")
    with op.batch_alter_table("subscribers") as subscribers:
        for name in ("form", "paused_until", "cadence", "keywords", "topics", "section_order"):
            subscribers.drop_column(name)
