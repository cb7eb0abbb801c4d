"""The watch: how the paper stands, what is wrong with it, and who came and went."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final

from domain.alarms import Alarm
from domain.movement import Movement
from domain.readings import HarvestStatus
from formatters.charts import Panel, line_chart
from morningpost.status import Status, unattended
from storage.readership import Readership

if TYPE_CHECKING:
    from morningpost.wiring import House

#: So many days are looked back on.
DAYS = 30

#: What this machine is called in an alarm that concerns it alone.
PLACE: Final = platform.node()

#: With less free space the database can't grow for long.
LEAST_FREE = 500 * 1024**2


class Watch:
    """Looks at a house. Implements the bot's Watch."""

    def __init__(self, house: House) -> None:
        self._house = house

    def health(self) -> Sequence[tuple[str, str]]:
        """Sources, queue, next times, versions and disk."""
        status = [row for row in Status.of(self._house).rows() if row[0] not in {"readers", "writer"}]
        return [*status, ("queue", f"{self._house.outbox.waiting():,} messages wait"), *self._machine()]

    def alarms(self) -> Sequence[Alarm]:
        """What is wrong now."""
        found: list[Alarm] = []
        status = Status.of(self._house)
        if status.unattended_since is not None:
            found.append(Alarm("delivery", unattended(status.unattended_since)))
        for source in sorted({harvest.source for harvest in status.harvests}):
            own = [harvest for harvest in status.harvests if harvest.source is source]
            if all(harvest.status is HarvestStatus.FAILED for harvest in own):
                why = f"no list could be read: {own[0].error or 'no reason is told'}"
                found.append(Alarm(f"source {source.value}", why))
        if self._free() < LEAST_FREE:
            found.append(Alarm("disk", f"{self._free() / 1024**2:,.0f} MB are free", PLACE))
        return found

    def movement(self) -> Movement:
        """Who came and went in the last days."""
        return Readership(self._house.database).movement(self._house.clock() - timedelta(days=DAYS))

    def picture(self, movement: Movement) -> bytes:
        """Joined and left by day, below each other."""
        today = self._house.clock().date()
        panels = [
            Panel("Joined a day", list(_by_day(movement.joined, today))),
            Panel("Left a day", list(_by_day(movement.left, today))),
        ]
        return line_chart(f"Readers, {DAYS} days", panels, "UTC")

    def _machine(self) -> Iterator[tuple[str, str]]:
        try:
            yield "version", f"{version('ai-morning-post')}, Python {platform.python_version()}"
        except PackageNotFoundError:
            yield "version", f"Python {platform.python_version()}"
        yield "disk", f"{self._free() / 1024**3:,.1f} GB free"

    def _free(self) -> int:
        return shutil.disk_usage(self._house.settings.data_dir).free


def _by_day(counts: Mapping[date, int], today: date) -> Iterator[tuple[datetime, float]]:
    for back in range(DAYS, -1, -1):
        day = today - timedelta(days=back)
        yield datetime.combine(day, time(), UTC), counts.get(day, 0)
