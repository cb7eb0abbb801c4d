"""Everything in one process: the conversation, the timetable and the delivery, until a signal ends it."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import socket
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from telegram import Bot, Update
from telegram.ext import ApplicationBuilder

from bot.application import BotApplication, add_handlers
from bot.menus import introduce
from bot.ports.services import Services
from bot.reception import Reception
from delivery.connections import Connections
from delivery.pace import Pace
from delivery.pacing import Limits, Reading
from delivery.pump import Pump
from delivery.wire import TelegramWire
from domain.errors import StorageError
from domain.ledger import WorkerId
from formatters.pictures import qr_png
from morningpost.desk.apart import Apart
from morningpost.desk.editing_apart import EditingApart
from morningpost.desk.editing_room import EditingRoom
from morningpost.morning import Morning
from morningpost.services.alarms import Alarms, Once
from morningpost.services.displays import KEPT, DisplayDesk
from morningpost.services.feedback_desk import FeedbackDesk
from morningpost.services.newsstand import Newsstand, Words
from morningpost.services.notice_desk import NoticeDesk
from morningpost.services.notices import AdminNotices
from morningpost.services.poll_times import ASKED_WITHIN, ASKING, CLOSED_WITHIN, CLOSING, poll_times
from morningpost.services.polls import PollDesk
from morningpost.services.replies import PacedReplies
from morningpost.services.usage import Tally
from morningpost.services.watch import PLACE, Watch
from morningpost.services.zones import zone_at
from morningpost.telegram import Identity, connect, open_bot
from morningpost.timetable import Job, Patience, Timetable, every
from morningpost.updates.polling import polling
from morningpost.updates.register import Register
from morningpost.updates.taking import Intake
from morningpost.wiring import House
from storage.admin_actions import AdminActions
from storage.alarms import AlarmBook
from storage.displays import Displays
from storage.notices import Notices
from storage.personal_data import PersonalData
from storage.polls import Polls
from storage.questions import Questions
from storage.readership import Readership
from storage.updates import Updates
from storage.usage import Usage

log = structlog.get_logger()

#: So often it is looked whether anything is wrong.
WATCHED_EVERY = timedelta(minutes=5)

#: Where an issue that can't go out at press time is an alarm: no machine, and nobody tells that it is over.
_PRESS_TIME = "press time"

#: An opening that takes longer was broken off: a million readers take a third of it.
_LONG_OPENING = timedelta(minutes=1)

#: So often it is looked whether an issue was published or corrected that can't be searched as it stands.
_LOOKED_FOR_NEWS = timedelta(minutes=1)

#: Seconds between two issues that are indexed: who waits for the write lock of SQLite looks ten times a second.
_OTHERS_WRITE = 0.11


@dataclass(frozen=True, slots=True)
class Office:
    """One process at work for one bot token: everything that sends shares its wire and its pace."""

    house: House
    bot: Bot
    pump: Pump
    replies: PacedReplies
    notices: AdminNotices
    newsstand: Newsstand
    editing: EditingRoom
    displays: DisplayDesk
    worker: WorkerId
    tally: Tally

    def services(self) -> Services:
        """What the conversation works with."""
        house = self.house
        return Services(
            readers=house.subscribers,
            newsstand=self.newsstand,
            replies=self.replies,
            desk=house.desk,
            paper=house.paper,
            clock=house.clock,
            qr=qr_png,
            library=house.library,
            editing=self.editing,
            feedback=FeedbackDesk(house.desk.feedback, house.library),
            watch=Watch(house),
            usage=self.tally,
            notices=_notice_desk(house, self.pump.wake),
            personal_data=PersonalData(house.database),
            questions=Questions(house.database),
            displays=self.displays,
            zone_at=zone_at,
            own_channel=house.outbox.own_channel,
            polls=self._polls(),
            admins=frozenset(house.settings.telegram_admins),
        )

    def timetable(self, patience: Patience) -> Timetable:
        """The morning's jobs; the newsroom's are done in processes of their own."""
        house = self.house
        newsroom = Apart(house.settings, Identity(house.paper.bot))
        morning = Morning(house.desk, house.settings, self.notices, newsroom, self.pump.wake)
        book = AlarmBook(house.database)
        alarms = Alarms(Watch(house).alarms, book, self.notices.alarm, self.notices.over, house.clock, PLACE)
        watching = Job("alarms", every(WATCHED_EVERY), WATCHED_EVERY, alarms.sweep)
        return Timetable((*morning.jobs(), *self._polling(), watching), house.runs, self.worker, house.clock, patience)

    def _polls(self) -> PollDesk | None:
        """Who asks the channel; None where there is none."""
        house, channel = self.house, self.house.outbox.own_channel
        if channel is None:
            return None
        polls = Polls(house.database)
        return PollDesk(channel, polls, house.issues, house.outbox, house.paper, self.bot, house.clock, self.pump.wake)

    def _polling(self) -> tuple[Job, ...]:
        """When the channel is asked, and when its votes are read: what was asked is closed also where POLL is off."""
        desk = self._polls()
        if desk is None:
            return ()
        acts = {ASKING: (ASKED_WITHIN, desk.ask), CLOSING: (CLOSED_WITHIN, desk.close)}
        return tuple(Job(name, trigger, *acts[name]) for name, trigger in poll_times(self.house.settings).items())


@asynccontextmanager
async def open_office(
    house: House, stop: asyncio.Event | None = None, limits: Limits | None = None
) -> AsyncIterator[Office]:
    """Connect a house to Telegram, however long that takes; ``stop`` gives up.

    ``limits`` are Telegram's own at the rate of the settings, unless given. Raises TelegramSilent: the token is wrong,
    or nobody answered until ``stop``.
    """
    connections = Connections()
    bot = open_bot(house.settings, house.settings.token, connections)
    await connect(bot, stop or asyncio.Event())
    async with bot:
        await asyncio.to_thread(lambda: house.outbox.token_accepted(at=house.clock()))
        paid = TelegramWire(connections, bot.base_url, paid=house.settings.telegram_paid_broadcast)
        pace = Pace(limits or _limits(house))
        replies = PacedReplies(TelegramWire(connections, bot.base_url), pace)
        editing = _editing_room(house)
        admins, readers = house.settings.telegram_admins, house.subscribers
        displays = _display_desk(house, editing, replies)
        once = Once(AlarmBook(house.database), house.clock, _PRESS_TIME)
        notices = AdminNotices(admins, replies, editing, house.outbox.receipt, readers.get, displays, once)
        words = Words(house.issues, house.outbox, house.press)
        worker = WorkerId(f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}")
        flights = house.settings.data_dir / "flights"
        pump = Pump(house.outbox, paid, pace, words, notices, worker=worker, clock=house.clock, flights=flights)
        stand = Newsstand(house.issues, house.outbox, house.clock, pump.wake, house.press)
        async with _meanwhile(_finish_openings(house, pump.wake)):
            tally = Tally(Usage(house.database), house.clock)
            yield Office(house, bot, pump, replies, notices, stand, editing, displays, worker, tally)


def _editing_room(house: House) -> EditingRoom:
    apart = EditingApart(house.settings, Identity(house.paper.bot), house.paper.sample)
    return EditingRoom(house.desk, AdminActions(house.database), house.settings, apart)


def _display_desk(house: House, editing: EditingRoom, replies: PacedReplies) -> DisplayDesk:
    """What admins were shown, and what goes when it is too old to be shown or answered."""
    shown, asked, composed = Displays(house.database), Questions(house.database), Notices(house.database)

    def prune(now: datetime) -> None:
        shown.prune(now - KEPT)
        composed.prune(now - KEPT)
        asked.prune(now)
        AlarmBook(house.database).prune(_PRESS_TIME, now - KEPT)

    return DisplayDesk(shown, editing, house.outbox.receipt, replies, house.clock, prune)


def _notice_desk(house: House, wake: Callable[[], None]) -> NoticeDesk:
    return NoticeDesk(house.outbox, Notices(house.database), Readership(house.database), house.clock, wake)


def _limits(house: House) -> Limits:
    settings = house.settings
    return Limits(rate=settings.telegram_rate, reading=Reading(settings.telegram_limit))


async def run_paper(
    house: House, stop: asyncio.Event, *, patience: Patience | None, limits: Limits | None = None
) -> None:
    """Converse, keep the timetable and deliver until ``stop`` is set; then finish what has begun.

    ``patience`` is the timetable's; None: no timetable.
    """
    async with open_office(house, stop, limits) as office, _conversation(office), _jobs(office, patience):
        log.info("paper.running", bot=office.bot.username, worker=office.worker)
        await office.pump.run(stop)
    log.info("paper.stopped")


@asynccontextmanager
async def _meanwhile(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Do a work beside all other; it ends with them."""
    working = asyncio.create_task(work)
    try:
        yield
    finally:
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working


async def _finish_openings(house: House, wake: Callable[[], None]) -> None:
    """Finish what others were killed in the middle of opening: at once, and then whatever takes too long."""
    begun_before = None
    while True:
        try:
            if await asyncio.to_thread(house.outbox.finish_openings, at=house.clock(), begun_before=begun_before):
                wake()
        except StorageError as error:
            log.warning("openings.not_finished", reason=str(error))
        await asyncio.sleep(_LONG_OPENING.total_seconds())
        begun_before = house.clock() - _LONG_OPENING


async def _keep_indexed(house: House) -> None:
    """Let every published issue be searched: those from before, new ones, and those that were corrected."""
    while True:
        behind = 0
        try:
            behind = await asyncio.to_thread(house.library.keep_indexed, 1)
        except StorageError as error:
            log.warning("search.not_indexed", reason=str(error))
        await asyncio.sleep(_OTHERS_WRITE if behind else _LOOKED_FOR_NEWS.total_seconds())


@dataclass(frozen=True, slots=True)
class _Answering:
    """The conversation, as updates need it."""

    application: BotApplication
    reception: Reception
    tally: Tally

    async def answer(self, update: Update) -> None:
        """Give an update to whoever answers it."""
        self.tally.seen(update)
        await self.application.process_update(update)

    async def hurried(self, update: Update) -> None:
        """Tell one who asks too fast."""
        await self.reception.hurried(update)


@asynccontextmanager
async def _conversation(office: Office) -> AsyncIterator[None]:
    """Take updates, by webhook or by polling, and answer each person in turn."""
    house, bot = office.house, office.bot
    application: BotApplication = ApplicationBuilder().bot(bot).updater(None).build()
    answering = _Answering(application, add_handlers(application, office.services()), office.tally)
    await application.initialize()
    register = Register(Updates(house.database, bot.id), office.worker, house.clock)
    intake = Intake(register, answering, bot)
    admins = office.services().admins
    try:
        async with (
            office.tally.at_work(),
            intake.at_work(),
            _updates(office, intake),
            _meanwhile(introduce(bot, admins, house.paper.language)),
            _meanwhile(_keep_indexed(house)),
            _meanwhile(office.displays.run()),
        ):
            yield
    finally:
        await application.shutdown()


def _updates(office: Office, intake: Intake) -> AbstractAsyncContextManager[None]:
    """Where updates come from, as the settings say; the web server is loaded only where it is used."""
    if office.house.settings.webhook_url is None:
        return polling(office.bot, intake)
    from morningpost.updates.webhook_server import called

    return called(office.bot, office.house.settings, intake)


@asynccontextmanager
async def _jobs(office: Office, patience: Patience | None) -> AsyncIterator[None]:
    if patience is None:
        yield
        return
    timetable = office.timetable(patience)
    timetable.start()
    try:
        yield
    finally:
        timetable.stop()


def stop_on_signals(stop: asyncio.Event) -> None:
    """Let SIGINT and SIGTERM end the work in order; a second one ends it at once."""
    loop = asyncio.get_running_loop()

    def end(number: signal.Signals) -> None:
        stop.set()
        with suppress(NotImplementedError):
            loop.remove_signal_handler(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):
            loop.add_signal_handler(number, end, number)
