"""The one place that builds things: which real part stands behind each door."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from domain.errors import StorageError
from domain.issue import IssueRecord, Paper
from domain.items import Source
from domain.ledger import OnUncertain
from domain.readers import ChatId
from domain.readings import Harvest, Haul
from morningpost import clock as clocks
from morningpost.desk.desk import Desk
from morningpost.desk.writing import model_desk
from morningpost.doctor import Doctor
from morningpost.logs import configure_logs
from morningpost.services.library import Library
from morningpost.services.press import Press
from morningpost.settings import Settings
from morningpost.telegram import Identity, identify, open_bot
from storage.archive import Archive
from storage.audience import Channel
from storage.database import Database
from storage.editing import EditorialChanges
from storage.feedback import FeedbackBook
from storage.following import Following
from storage.forms import Forms
from storage.issues import Issues
from storage.links import Links
from storage.outbox import Outbox, Rules
from storage.oversets import Oversets
from storage.search import Search
from storage.subscribers import Subscribers
from storage.timetable import JobRuns

Clock = Callable[[], datetime]

#: Longer than the longest request, so that a slow answer still counts.
LEASE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class House:
    """Everything that is built once and lives as long as a command."""

    settings: Settings
    paper: Paper
    clock: Clock
    database: Database
    archive: Archive
    issues: Issues
    subscribers: Subscribers
    outbox: Outbox
    runs: JobRuns
    desk: Desk
    library: Library
    press: Press

    async def collect(self, at: datetime | None = None, only: Source | None = None) -> list[Harvest]:
        """Ask the sources, all or one, as of ``at`` (default now) and store what they say."""
        return await self._ask(at, only, self.archive.store)

    async def _ask(self, at: datetime | None, only: Source | None, store: Callable[[Haul], Harvest]) -> list[Harvest]:
        from morningpost.desk.gathering import gather  # the sites' readers, which only a collection needs (7 MB)

        return await gather(self.settings, self.paper, self.clock, store, at=at, only=only)

    async def assemble(self, day: date, *, force: bool = False) -> IssueRecord:
        """Write the draft of a day, with links that live where ``CHECK_LINKS`` says so. Raises NotAllowed."""
        if not self.settings.check_links:
            return await asyncio.to_thread(partial(self.desk.assemble, day, force=force))
        from morningpost.desk.gathering import asking_links
        from morningpost.desk.link_check import assemble_with_living_links

        async with asking_links(self.paper, self.clock) as ask:
            return await assemble_with_living_links(self.desk, day, ask, force=force)

    def doctor(self) -> Doctor:
        """The doctor for this set-up."""

        async def look() -> Sequence[Harvest]:
            return await self._ask(None, None, lambda haul: haul.harvest)

        return Doctor(
            self.settings,
            self.clock,
            self.database.migrate,
            lambda: self.outbox.unattended_since(self.clock()),
            look,
            lambda token: open_bot(self.settings, token),
        )


def build_house(
    settings: Settings,
    clock: Clock = clocks.now,
    identity: Identity | None = None,
    *,
    sample: bool = False,
    lease: timedelta = LEASE,
) -> House:
    """Join the rooms. Nothing is opened yet. Without an ``identity`` nothing goes to a channel.

    ``lease``: how long one send may take before it counts as uncertain.
    """
    known = identity or Identity()
    if settings.database_url is None:
        _make_folder(settings)
    channel = settings.telegram_channel
    paper = Paper(
        title=settings.title,
        motto=settings.motto,
        zone=settings.paper_timezone,
        channel=channel if channel and channel.startswith("@") else None,
        bot=known.bot,
        sample=sample,
        language=settings.language,
    )
    database = Database.open(settings.database)
    archive, issues = Archive(database), Issues(database)
    outbox = _outbox(settings, database, known, lease, real_time=clock is clocks.now)
    changes, oversets = EditorialChanges(database), Oversets(database)
    feedback = FeedbackBook(database)
    desk = Desk(
        archive, issues, outbox, paper, clock, Links(database), changes, oversets, feedback, model_desk(settings)
    )
    press = Press(issues, oversets, Forms(database), archive, changes, paper)
    library = Library(issues, Search(database), Following(database), press)
    return House(
        settings,
        paper,
        clock,
        database,
        archive,
        issues,
        Subscribers(database),
        outbox,
        JobRuns(database),
        desk,
        library,
        press,
    )


def _outbox(settings: Settings, database: Database, identity: Identity, lease: timedelta, *, real_time: bool) -> Outbox:
    """The ledger; a server's clock is better than this machine's, unless this one is a test's."""
    token = settings.telegram_bot_token
    bot_id = int(token.get_secret_value().partition(":")[0]) if token is not None else 0
    rules = Rules(
        rate=settings.telegram_rate,
        lease=lease,
        on_uncertain=OnUncertain(settings.uncertain),
        catch_up=settings.catch_up,
        database_clock=real_time,
    )
    if identity.channel is None:
        return Outbox(database, bot_id, rules)
    return Outbox(database, bot_id, rules, Channel(ChatId(identity.channel), settings.channel_style_value))


def _make_folder(settings: Settings) -> None:
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"The data folder {settings.data_dir} can't be made ({error.strerror}): set DATA_DIR to one that can."
        ) from error


@contextmanager
def open_house(*, migrate: bool = True, known_to_telegram: bool = False) -> Iterator[House]:
    """The house as the environment describes it, its tables up to date, closed at the end.

    ``known_to_telegram``: ask Telegram for the bot's name and the channel's number first.
    """
    settings = Settings.from_env(os.environ)
    configure_logs(settings.log_level, settings.log_format, settings.secrets())
    house = build_house(settings, identity=asyncio.run(identify(settings)) if known_to_telegram else None)
    try:
        if migrate:
            house.database.migrate()
        yield house
    finally:
        house.database.close()
