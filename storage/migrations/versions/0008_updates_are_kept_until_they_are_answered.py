"""Updates are kept until they are answered, so that each is answered once, whoever is killed meanwhile."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "updates",
        sa.Column("bot_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("update_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("worker", sa.Text, nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("uncertain", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("bot_id", "update_id", name="pk_updates"),
    )
    op.create_index("ix_updates_open", "updates", ["bot_id", "worker"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_updates_bot_id_ended_at", "updates", ["bot_id", "ended_at"])


def downgrade() -> None:
    op.drop_table("updates")
