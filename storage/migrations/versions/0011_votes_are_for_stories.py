"""Votes are for stories: each story of a page has its own; words may stand without a vote.

Votes from before are for their page, as its first story was meant: their ``story`` is empty.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("feedback") as feedback:
        feedback.add_column(sa.Column("story", sa.Text, nullable=False, server_default=sa.text("''")))
        feedback.alter_column("liked", existing_type=sa.Boolean, existing_nullable=False, nullable=True)
        feedback.drop_constraint("pk_feedback", type_="primary")
        feedback.create_primary_key("pk_feedback", ["issue_date", "page", "story", "reader"])


def downgrade() -> None:
    op.execute("DELETE FROM feedback WHERE liked IS NULL OR story <> ''")
    with op.batch_alter_table("feedback") as feedback:
        feedback.drop_constraint("pk_feedback", type_="primary")
        feedback.create_primary_key("pk_feedback", ["issue_date", "page", "reader"])
        feedback.alter_column("liked", existing_type=sa.Boolean, existing_nullable=True, nullable=False)
        feedback.drop_column("story")
