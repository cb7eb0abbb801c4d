"""Polls are asked in the channel and counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "polls",
        sa.Column("asked_on", sa.Date, nullable=False),
        sa.Column("broadcast_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("choices", sa.JSON, nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("telegram_id", sa.Text, nullable=False, server_default=sa.text("''")),
        sa.Column("votes", sa.JSON, nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended", sa.Text, nullable=False, server_default=sa.text("''")),
        sa.PrimaryKeyConstraint("asked_on", name="pk_polls"),
        sa.UniqueConstraint("broadcast_id", name="uq_polls_broadcast_id"),
        sa.ForeignKeyConstraint(["broadcast_id"], ["broadcasts.id"], name="fk_polls_broadcast_id"),
    )


def downgrade() -> None:
    op.drop_table("polls")
