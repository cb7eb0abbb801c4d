"""What is wrong with the paper."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from storage.schema.table import Table


class AlarmRow(Table):
    """Something that is wrong since a moment, until it was told that it is over.

    ``place``: the machine where it is wrong, empty for the whole paper. Whoever tells it takes it until
    ``lease_until``, so that no other does at the same time.
    """

    __tablename__ = "alarms"

    what: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(primary_key=True)
    why: Mapped[str]
    since: Mapped[datetime]
    told_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
