"""Lives through mornings as the paper does: collected over HTTP into SQLite, assembled from storage, audited."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from domain.editions import FRONT, Style
from domain.issue import Issue
from formatters.editions import render
from morningpost.desk.facts import StoredFacts
from morningpost.settings import Settings
from morningpost.telegram import Identity
from morningpost.wiring import House, build_house
from newsroom.checking import AuditReport
from newsroom.facts import Facts
from sandbox import sample
from sandbox.replay import mornings
from sandbox.serving import Serving
from sandbox.sources import LocalSources, Morning

#: The mornings on which most sources were recorded: 1 June to 4 July and 15 to 22 August 2026.
FIRST, LAST = date(2026, 6, 1), date(2026, 8, 22)

ROOT = Path(__file__).resolve().parents[2]

#: Where the recorded days of the sources lie, if they are here.
ROOT_OF_RECORDINGS = ROOT.parent / "shared" / "recordings"


@dataclass(frozen=True, slots=True)
class Lived:
    """One morning: its issue as stored, set as plain text, the audit, and the processor seconds of assembling.

    ``facts`` can be asked until the next morning is lived.
    """

    issue: Issue
    plain: str
    audit: AuditReport
    seconds: float
    facts: Facts


class Clock:
    """Stands where it is put: the present of a recorded morning."""

    def __init__(self) -> None:
        self.now = datetime(2000, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The moment."""
        return self.now


def recorded(folder: Path, first: date, last: date) -> tuple[Sequence[Morning], bool]:
    """The recorded mornings of these days; where there are none, the bundled sample mornings, and False."""
    found = tuple(mornings(folder, first, last)) if folder.is_dir() else ()
    return (found, True) if found else (sample.mornings(), False)


def lived_with_facts(folder: Path, first: date, last: date) -> Iterator[tuple[Issue, Facts]]:
    """Each issue of these mornings with what is stored, which can be asked until the next one is lived."""
    world, is_real = recorded(folder, first, last)
    return ((lived.issue, lived.facts) for lived in live(world, is_sample=not is_real))


def live(world: Sequence[Morning], *, is_sample: bool) -> Iterator[Lived]:
    """Every morning in turn, each issue knowing those before it."""
    clock = Clock()
    sources = LocalSources(world)
    with (
        tempfile.TemporaryDirectory() as folder,
        Serving(sources) as server,
        _house(Path(folder), sources, server.url, clock, is_sample=is_sample) as house,
    ):
        for morning in world:
            sources.turn_to(morning)
            clock.now = morning.at
            asyncio.run(house.collect(morning.at))
            clock.now += timedelta(minutes=1)
            yield _lived(house, morning.at.date())


def _lived(house: House, day: date) -> Lived:
    began = time.process_time()
    issue = house.desk.assemble(day).issue
    seconds = time.process_time() - began
    plain = render(issue, Style.PLAIN, house.paper).pages[FRONT].body
    return Lived(issue, plain, house.desk.audit(day), seconds, StoredFacts(house.archive))


@contextmanager
def _house(folder: Path, sources: LocalSources, url: str, clock: Clock, *, is_sample: bool) -> Iterator[House]:
    """An empty house in a folder, on these sources."""
    feeds = folder / "feeds.toml"
    feeds.write_text(sources.feeds_toml(url), encoding="utf-8")
    environ = {**sources.addresses(url), "FEEDS_FILE": str(feeds), "DATA_DIR": str(folder)}
    settings = Settings.from_env({**environ, "TELEGRAM_CHANNEL": "@ai_morning_post"}, folder)
    house = build_house(settings, clock, Identity("ai_morning_post_bot"), sample=is_sample)
    house.database.migrate()
    try:
        yield house
    finally:
        house.database.close()
