"""What is wrong with the paper, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that is wrong: ``what`` it concerns, and ``why``, in words for admins.

    ``place``: the machine where it is wrong, empty when it concerns the whole paper; a machine knows of no other's.
    """

    what: str
    why: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """An alarm that stands ``since`` a moment; ``told_at``: when the admins were told, None: not yet. Aware UTC."""

    alarm: Alarm
    since: datetime
    told_at: datetime | None
