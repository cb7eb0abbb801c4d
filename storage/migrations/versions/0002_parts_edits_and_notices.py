"""Deliveries that edit an earlier message; broadcasts of several parts, with words of their own; shares of a rate."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("deliveries") as deliveries:
        deliveries.add_column(sa.Column("edits", sa.BigInteger))
    with op.batch_alter_table("broadcasts") as broadcasts:
        broadcasts.add_column(sa.Column("parts", sa.SmallInteger, nullable=False, server_default="1"))
        broadcasts.add_column(sa.Column("words", sa.Text))
        broadcasts.add_column(sa.Column("audience", sa.Text, nullable=False, server_default=sa.text("''")))
        broadcasts.add_column(sa.Column("opened", sa.Boolean, nullable=False, server_default=sa.true()))
    op.create_index(
        "ix_broadcasts_running",
        "broadcasts",
        ["state"],
        sqlite_where=sa.text("state = 'running'"),
        postgresql_where=sa.text("state = 'running'"),
    )
    op.execute("DELETE FROM gate")  # what it held is over in a second; its rows come back with the next tick
    with op.batch_alter_table("gate") as gate:
        gate.drop_column("resting")
        gate.add_column(sa.Column("holders", sa.JSON, nullable=False))


def downgrade() -> None:
    op.drop_index("ix_broadcasts_running", "broadcasts")
    op.execute("DELETE FROM gate")
    with op.batch_alter_table("gate") as gate:
        gate.drop_column("holders")
        gate.add_column(sa.Column("resting", sa.JSON, nullable=False))
    with op.batch_alter_table("broadcasts") as broadcasts:
        for column in ("opened", "audience", "words", "parts"):
            broadcasts.drop_column(column)
    with op.batch_alter_table("deliveries") as deliveries:
        deliveries.drop_column("edits")
