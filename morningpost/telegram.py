"""The bot's client, and who we are to Telegram: the bot's name and the channel's number, asked once and kept."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import structlog
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from delivery.bot_request import BotRequest
from delivery.connections import Connections
from domain.errors import MorningPostError
from morningpost.settings import Settings

log = structlog.get_logger()

#: Between two attempts to reach Telegram at the start, seconds; doubled each time.
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0


class TelegramSilent(MorningPostError):
    """Telegram could not be asked what we must know of it; the message says what to check."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who we are to Telegram. ``bot`` is a name without @; ``channel`` the channel's number."""

    bot: str | None = None
    channel: int | None = None


def open_bot(settings: Settings, token: str, connections: Connections | None = None) -> Bot:
    """A client of the Bot API, over connections of its own unless given; nothing is asked yet."""
    address = settings.telegram_api_url
    request = BotRequest(connections or Connections())
    return Bot(
        token,
        base_url=f"{address}/bot",
        base_file_url=f"{address}/file/bot",
        request=request,
        get_updates_request=request,
    )


async def connect(bot: Bot, stop: asyncio.Event) -> None:
    """Wait until Telegram answers, and knows the token; ask again after longer and longer pauses.

    Raises TelegramSilent: the token is wrong, or ``stop`` came first.
    """
    pause = FIRST_PAUSE
    while not stop.is_set():
        try:
            await bot.initialize()
        except InvalidToken:
            await bot.shutdown()
            raise TelegramSilent(
                "Telegram does not know TELEGRAM_BOT_TOKEN: copy it from @BotFather (/token)."
            ) from None
        except TelegramError as error:
            log.warning("telegram.not_reached", reason=str(error), again_in=pause)
            await _pause(stop, pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        else:
            return
    await bot.shutdown()
    raise TelegramSilent("Stopped before Telegram answered.")


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return


async def identify(settings: Settings) -> Identity:
    """Ask Telegram who we are, or remember it from the last time when it can't be asked.

    Raises TelegramSilent when a channel is set whose number is not known.
    """
    if settings.telegram_bot_token is None:
        return Identity()
    known = _remembered(settings)
    try:
        found = await _asked(settings)
    except TelegramError as error:
        log.warning("telegram.not_asked", reason=str(error))
        found = known
    _remember(settings, found)
    if settings.telegram_channel is not None and found.channel is None:
        raise TelegramSilent(
            f"Telegram does not tell the number of {settings.telegram_channel}: `morningpost doctor` says what to do."
        )
    return found


async def _asked(settings: Settings) -> Identity:
    bot = open_bot(settings, settings.token)
    async with bot:
        channel = settings.telegram_channel
        if channel is None:
            return Identity(bot.username)
        if channel.startswith("-"):
            return Identity(bot.username, int(channel))
        return Identity(bot.username, (await bot.get_chat(channel)).id)


def _file(settings: Settings) -> Path:
    return settings.data_dir / "telegram.json"


def _remembered(settings: Settings) -> Identity:
    """What was known the last time, of this token and this channel."""
    try:
        kept = json.loads(_file(settings).read_text(encoding="utf-8"))
        if kept.pop("of") == _of(settings):
            return Identity(**kept)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        pass
    return Identity()


def _remember(settings: Settings, identity: Identity) -> None:
    if identity == _remembered(settings):
        return
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        _file(settings).write_text(json.dumps({"of": _of(settings), **asdict(identity)}), encoding="utf-8")
    except OSError as error:
        log.warning("telegram.not_remembered", reason=str(error))


def _of(settings: Settings) -> str:
    """Whose identity it is: the bot's number, which is no secret, and the channel."""
    return f"{settings.token.partition(':')[0]} {settings.telegram_channel}"
