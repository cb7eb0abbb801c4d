"""The folder of a house that has lived through three sample mornings; the third issue is a draft."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from domain.items import ItemKey
from morningpost.settings import Settings
from morningpost.telegram import Identity
from morningpost.wiring import House, build_house
from sandbox import sample
from sandbox.serving import Serving
from sandbox.sources import LocalSources

#: The day of the draft.
DRAFTED = sample.mornings()[2].at.date()

#: Whose paper it is, unless a test says otherwise.
ANN = Identity("ann_bot")


class Clock:
    """Stands where it is put."""

    def __init__(self) -> None:
        self.now = datetime(2026, 8, 15, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def live_through(folder: Path, count: int = 3, identity: Identity = ANN, channel: str | None = None) -> None:
    """Collect sample mornings into a folder, publish all issues but the last, and draft that one."""
    mornings, clock = sample.mornings()[:count], Clock()
    sources = LocalSources(mornings)
    with Serving(sources) as server:
        feeds = folder / "feeds.toml"
        feeds.write_text(sources.feeds_toml(server.url), encoding="utf-8")
        environ = {**sources.addresses(server.url), "FEEDS_FILE": str(feeds)}
        environ |= {"TELEGRAM_CHANNEL": channel} if channel is not None else {}
        house = house_in(folder, clock, environ, identity)
        house.database.migrate()
        for morning in mornings:
            sources.turn_to(morning)
            clock.now = morning.at
            asyncio.run(house.collect(morning.at))
            clock.now += timedelta(minutes=1)
            house.desk.assemble(morning.at.date())
            if morning is not mornings[-1]:  # published and not sent: nothing is owed when a bot wakes up here
                house.issues.approve(morning.at.date(), "anna", clock.now)
                house.issues.publish(morning.at.date(), "anna", clock.now)
        house.database.close()


def house_in(folder: Path, clock: Clock, environ: dict[str, str] | None = None, identity: Identity = ANN) -> House:
    """The house of a folder, with links that nobody asks."""
    settings = Settings.from_env({**(environ or {}), "DATA_DIR": str(folder), "CHECK_LINKS": "false"}, folder)
    return build_house(settings, clock, identity, sample=True)


def named(house: House) -> set[ItemKey]:
    """The items that the draft names."""
    return {name.item for claim in house.desk.record(DRAFTED).issue.claims() for name in claim.names}
