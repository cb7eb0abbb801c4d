"""Published stories can be searched, and the readings of one item found.

The index of the search is filled by the paper itself, which knows how words are spelled.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.search_index import create_index, drop_index

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_entries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("issue_date", sa.Date, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("section", sa.String(32), nullable=False),
        sa.Column("headline", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_search_entries"),
        sa.UniqueConstraint("issue_date", "place", name="uq_search_entries_issue_date_place"),
        sa.ForeignKeyConstraint(["issue_date"], ["issues.date"], name="fk_search_entries_issue_date"),
        sqlite_autoincrement=True,
    )
    create_index(op.get_bind())
    op.create_index("ix_readings_item_id", "readings", ["item_id"])


def downgrade() -> None:
    op.drop_index("ix_readings_item_id", "readings")
    drop_index(op.get_bind())
    op.drop_table("search_entries")
