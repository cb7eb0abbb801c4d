"""Deliveries that edit an earlier message; broadcasts of several parts, and with words of their own."""

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


def downgrade() -> None:
    with op.batch_alter_table("broadcasts") as broadcasts:
        for column in ("opened", "audience", "words", "parts"):
            broadcasts.drop_column(column)
    with op.batch_alter_table("deliveries") as deliveries:
        deliveries.drop_column("edits")
