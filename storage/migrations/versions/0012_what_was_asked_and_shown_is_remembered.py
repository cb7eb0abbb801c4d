"""What people were asked, notices being composed, what admins were shown and what is wrong outlive a process.

A broadcast bears the name of the notice that it sends, so that one notice is sent once.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "questions",
        sa.Column("chat_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.Column("is_open", sa.Boolean, nullable=False),
        sa.Column("answered_by", sa.BigInteger),
        sa.PrimaryKeyConstraint("chat_id", "user_id", name="pk_questions"),
    )
    op.create_index("ix_questions_until", "questions", ["until"])
    op.create_table(
        "notices",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("audience", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_notices"),
    )
    op.create_index("ix_notices_at", "notices", ["at"])
    op.create_table(
        "displays",
        sa.Column("chat_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("message_id", sa.BigInteger, nullable=False),
        sa.Column("seen", sa.Text, nullable=False),
        sa.Column("shown", sa.Text, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("lease_until", _MOMENT),
        sa.PrimaryKeyConstraint("chat_id", "kind", "subject", name="pk_displays"),
    )
    op.create_index("ix_displays_at", "displays", ["at"])
    op.create_table(
        "alarms",
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("told_at", _MOMENT),
        sa.Column("lease_until", _MOMENT),
        sa.PrimaryKeyConstraint("what", "place", name="pk_alarms"),
    )
    op.add_column("broadcasts", sa.Column("notice", sa.Text))
    op.create_index("uq_broadcasts_notice", "broadcasts", ["notice"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_broadcasts_notice", "broadcasts")
    op.drop_column("broadcasts", "notice")
    op.drop_table("alarms")
    op.drop_table("displays")
    op.drop_table("notices")
    op.drop_table("questions")
