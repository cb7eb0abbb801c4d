"""The watch: how the paper stands, what is wrong with it, and how it does with its readers."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final

from domain.alarms import Alarm
from domain.readings import HarvestStatus
from domain.statistics import Statistics
from formatters.statistics import statistics_picture
from morningpost.services.statistics import statistics_of
from morningpost.status import Status, unattended

if TYPE_CHECKING:
    from morningpost.wiring import House

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

    def statistics(self, days: int) -> Statistics:
        """How the paper did with its readers in the last days."""
        return statistics_of(self._house, days)

    def picture(self, statistics: Statistics) -> bytes:
        """The same as a picture."""
        return statistics_picture(statistics)

    def _machine(self) -> Iterator[tuple[str, str]]:
        try:
            yield "version", f"{version('ai-morning-post')}, Python {platform.python_version()}"
        except PackageNotFoundError:
            yield "version", f"Python {platform.python_version()}"
        yield "disk", f"{self._free() / 1024**3:,.1f} GB free"

    def _free(self) -> int:
        return shutil.disk_usage(self._house.settings.data_dir).free
