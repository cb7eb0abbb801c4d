"""A group with topics chooses the one that the paper comes into."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("subscribers") as subscribers:
        subscribers.add_column(sa.Column("thread", sa.BigInteger))
        subscribers.add_column(sa.Column("thread_lost_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    with op.batch_alter_table("subscribers") as subscribers:
        subscribers.drop_column("thread_lost_at")
        subscribers.drop_column("thread")
