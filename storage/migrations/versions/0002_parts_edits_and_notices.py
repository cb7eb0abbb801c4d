"""Deliveries that edit an earlier message; broadcasts of several parts, with words of their own; shares of a rate."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

#: Indexes of the few broadcasts that a tick asks about.
BROADCASTS = (
    ("ix_broadcasts_running", "state", "state = 'running'"),
    ("ix_broadcasts_in_parts", "parts", "parts > 1"),
)


def upgrade() -> None:
    with op.batch_alter_table("deliveries") as deliveries:
        deliveries.add_column(sa.Column("edits", sa.BigInteger))
    with op.batch_alter_table("broadcasts") as broadcasts:
        broadcasts.add_column(sa.Column("parts", sa.SmallInteger, nullable=False, server_default="1"))
        broadcasts.add_column(sa.Column("words", sa.Text))
        broadcasts.add_column(sa.Column("audience", sa.Text, nullable=False, server_default=sa.text("''")))
        broadcasts.add_column(sa.Column("opened", sa.Boolean, nullable=False, server_default=sa.true()))
    for name, column, where in BROADCASTS:
        op.create_index(
            name, "broadcasts", [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where)
        )
    if op.get_bind().dialect.name == "postgresql":  # by default a list of ten million would wait for two million changes
        op.execute(
            "ALTER TABLE deliveries SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 10000)"
        )
    op.execute("DELETE FROM gate")  # what it held is over in a second; its rows come back with the next tick
    with op.batch_alter_table("gate") as gate:
        gate.drop_column("resting")
        gate.add_column(sa.Column("holders", sa.JSON, nullable=False))


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE deliveries RESET (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold)")
    for name, _, _ in BROADCASTS:
        op.drop_index(name, "broadcasts")
    op.execute("DELETE FROM gate")
    with op.batch_alter_table("gate") as gate:
        gate.drop_column("holders")
        gate.add_column(sa.Column("resting", sa.JSON, nullable=False))
    with op.batch_alter_table("broadcasts") as broadcasts:
        for column in ("opened", "audience", "words", "parts"):
            broadcasts.drop_column(column)
    with op.batch_alter_table("deliveries") as deliveries:
        deliveries.drop_column("edits")
