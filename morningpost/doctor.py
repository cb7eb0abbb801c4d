"""The doctor: looks at every step of a set-up and says, for each that fails, what to do."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from pathlib import Path

import httpx
from telegram import Bot, ChatMember, ChatMemberAdministrator, ChatMemberOwner
from telegram.error import InvalidToken, TelegramError

from domain.errors import MorningPostError
from domain.plans import NoAnswer
from domain.readings import Harvest, HarvestStatus
from morningpost.desk.writing import asked_once
from morningpost.settings import Settings

#: A clock that is further off than this makes hours and lists wrong.
CLOCK_TOLERANCE = timedelta(seconds=30)

#: Below this the next months of readings may not fit.
DISK_WANTED = 500 * 2**20


class Verdict(StrEnum):
    """How a step of the set-up stands."""

    OK = "ok"
    WARNING = "warning"  # the paper runs, but less well
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One step, what was found, and what to do about it."""

    step: str
    verdict: Verdict
    found: str
    do: str = ""


def ok(step: str, found: str) -> Finding:
    """A step that stands."""
    return Finding(step, Verdict.OK, found)


@dataclass(frozen=True, slots=True)
class Doctor:
    """Examines a set-up.

    ``migrate`` opens the database, ``unattended`` says since when messages are due that nobody sends, ``harvest`` asks
    every source once without storing.
    """

    settings: Settings
    clock: Callable[[], datetime]
    migrate: Callable[[], None]
    unattended: Callable[[], datetime | None]
    harvest: Callable[[], Awaitable[Sequence[Harvest]]]
    bot: Callable[[str], Bot]

    async def examine(self) -> list[Finding]:
        """Look at everything; nothing raises, whatever fails is a finding."""
        findings = [self._folder(), self._disk(), *await asyncio.to_thread(self._database)]
        findings += await self._telegram()
        findings.append(await self._time())
        findings += await asyncio.to_thread(self._model)
        return findings + await self._sources()

    def _folder(self) -> Finding:
        folder = self.settings.data_dir
        probe = folder / ".doctor"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            probe.write_text("", encoding="utf-8")
            probe.unlink()
        except OSError as error:
            return Finding(
                "data folder",
                Verdict.FAILED,
                f"{folder} can't be written ({error.strerror})",
                "give it to the user that runs the paper, or set DATA_DIR to another folder",
            )
        return ok("data folder", str(folder.resolve()))

    def _disk(self) -> Finding:
        free = shutil.disk_usage(_existing(self.settings.data_dir)).free
        found = f"{free / 2**30:,.1f} GB free"
        if free < DISK_WANTED:
            return Finding("disk", Verdict.WARNING, found, "make room: readings need about 1 MB a day")
        return ok("disk", found)

    def _database(self) -> list[Finding]:
        try:
            self.migrate()
            since = self.unattended()
        except MorningPostError as error:
            return [Finding("database", Verdict.FAILED, str(error), "mend DATABASE_URL, or the file it names")]
        return [ok("database", "opened, tables up to date"), _delivery(since)]

    async def _telegram(self) -> list[Finding]:
        if self.settings.telegram_bot_token is None:
            return [
                Finding(
                    "bot token",
                    Verdict.FAILED,
                    "TELEGRAM_BOT_TOKEN is not set",
                    "talk to @BotFather, send /newbot, and put the token into .env",
                )
            ]
        bot = self.bot(self.settings.token)
        try:
            async with bot:
                found = [ok("bot token", f"@{bot.username}"), _inline(bot)]
                return [*found, *await self._admins(bot), await self._channel(bot)]
        except InvalidToken:
            do = "copy it from @BotFather again (/token)"
            return [Finding("bot token", Verdict.FAILED, "Telegram does not know it", do)]
        except TelegramError as error:
            do = "check the network and TELEGRAM_API_URL"
            return [Finding("bot token", Verdict.FAILED, f"no answer: {error}", do)]

    async def _admins(self, bot: Bot) -> list[Finding]:
        if not self.settings.telegram_admins:
            do = "put your user id (ask @userinfobot) into TELEGRAM_ADMINS: drafts and alarms go to you"
            return [Finding("admins", Verdict.WARNING, "none are set", do)]
        return [await self._admin(bot, admin) for admin in self.settings.telegram_admins]

    async def _admin(self, bot: Bot, admin: int) -> Finding:
        try:
            await bot.get_chat(admin)
        except TelegramError as error:
            do = f"open https://t.me/{bot.username} as that user and press Start"
            return Finding(f"admin {admin}", Verdict.WARNING, f"can't be written to: {error}", do)
        return ok(f"admin {admin}", "can be written to")

    async def _channel(self, bot: Bot) -> Finding:
        channel = self.settings.telegram_channel
        if channel is None:
            return Finding(
                "channel", Verdict.WARNING, "none is set", "put its @name into TELEGRAM_CHANNEL, if you want one"
            )
        do = f"in the channel: Administrators, Add Admin, @{bot.username}, with Post Messages and Edit Messages on"
        try:
            member = await bot.get_chat_member(channel, bot.id)
        except TelegramError as error:
            return Finding("channel", Verdict.FAILED, f"{channel}: {error}", f"check the name; {do}")
        verdict, found = _rights(member)
        return Finding("channel", verdict, f"{channel}: {found}", "" if verdict is Verdict.OK else do)

    async def _time(self) -> Finding:
        """The machine's clock against Telegram's."""
        try:
            async with httpx.AsyncClient(timeout=10) as client:
                answer = await client.get(self.settings.telegram_api_url)
            theirs = parsedate_to_datetime(answer.headers["date"]).astimezone(UTC)
        except (httpx.HTTPError, KeyError, ValueError):
            return Finding("clock", Verdict.WARNING, "could not be compared", "check the network")
        off = abs(self.clock() - theirs)
        if off > CLOCK_TOLERANCE:
            return Finding(
                "clock", Verdict.FAILED, f"{off.total_seconds():.0f} s off", "let NTP set the machine's clock"
            )
        return ok("clock", "right")

    def _model(self) -> list[Finding]:
        """The language model, asked for one sentence, where one is set."""
        if self.settings.llm_url is None:
            return []
        try:
            found = asked_once(self.settings)
        except NoAnswer as none:
            do = "mend LLM_URL, LLM_MODEL or LLM_API_KEY (docs/writers.md); until then the built-in writer writes"
            return [Finding("language model", Verdict.WARNING, none.reason, do)]
        return [ok("language model", found)]

    async def _sources(self) -> list[Finding]:
        by_source: dict[str, list[Harvest]] = {}
        for harvest in await self.harvest():
            by_source.setdefault(harvest.source.value, []).append(harvest)
        return [_source_finding(source, harvests) for source, harvests in by_source.items()]


def _inline(bot: Bot) -> Finding:
    """Whether readers can share stories by ``@bot words`` in any chat."""
    if bot.supports_inline_queries:
        return ok("inline mode", f"stories can be shared by @{bot.username} in any chat")
    do = "send /setinline to @BotFather and choose the bot, if readers shall share stories by its name in any chat"
    return Finding("inline mode", Verdict.WARNING, "switched off", do)


def _rights(member: ChatMember) -> tuple[Verdict, str]:
    """What the bot may do in the channel."""
    if isinstance(member, ChatMemberOwner):
        return Verdict.OK, "the bot owns it"
    if not isinstance(member, ChatMemberAdministrator) or not member.can_post_messages:
        return Verdict.FAILED, "the bot may not post"
    if not member.can_edit_messages:
        return Verdict.WARNING, "the bot may post, not edit"
    return Verdict.OK, "the bot may post and edit"


def _delivery(unattended_since: datetime | None) -> Finding:
    if unattended_since is None:
        return ok("delivery", "nothing that is due waits for a worker")
    found = f"messages are due, and nobody has worked since {unattended_since:%Y-%m-%d %H:%M} UTC"
    return Finding("delivery", Verdict.FAILED, found, "start `morningpost run`, or `morningpost worker`")


def _source_finding(source: str, harvests: list[Harvest]) -> Finding:
    failed = [harvest for harvest in harvests if harvest.status is HarvestStatus.FAILED]
    items = sum(harvest.items for harvest in harvests)
    if not failed:
        return ok(source, f"{len(harvests)} lists, {items:,} items")
    why = f"{len(failed)} of {len(harvests)} lists failed; {failed[0].list}: {failed[0].error}"
    verdict = Verdict.FAILED if len(failed) == len(harvests) else Verdict.WARNING
    return Finding(source, verdict, why, "the paper goes on without it; try again later, or check the network")


def _existing(folder: Path) -> Path:
    """The nearest folder above that exists."""
    folder = folder.resolve()
    while not folder.exists():
        folder = folder.parent
    return folder
