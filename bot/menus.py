"""The menus of commands that Telegram shows beside the field of a reader, in his language, and of an admin."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import RetryAfter, TelegramError

from bot.commands import ADMIN_COMMANDS, READER_COMMANDS
from bot.languages.lookup import ENGLISH, LANGUAGES, words_of
from bot.languages.words import Words

log = structlog.get_logger()

Scope = BotCommandScopeAllPrivateChats | BotCommandScopeAllGroupChats | BotCommandScopeChat

#: Menus that are compared with Telegram's, and set, at the same time; nobody waits for them.
_AT_ONCE = 4

#: Telegram puts off who sets many menus at a time; the next start begins where this one gave up.
_ATTEMPTS = 3


async def introduce(bot: Bot, admins: frozenset[int], language: str = ENGLISH) -> None:
    """Tell Telegram the commands, where they differ from what it knows: everyone's by language, and each admin's.

    ``language`` is the paper's: its menu is for all who speak none of ours. Takes as long as Telegram puts it off; the
    bot answers meanwhile.
    """
    turns = asyncio.Semaphore(_AT_ONCE)
    menus = await asyncio.to_thread(lambda: list(_menus(admins, language)))
    await asyncio.gather(*(_told(bot, turns, *menu) for menu in menus))


def _menus(admins: frozenset[int], language: str) -> Iterator[tuple[list[BotCommand], Scope, str]]:
    for code in ("", *LANGUAGES):
        commands = _in(words_of(code, language))
        yield commands, BotCommandScopeAllPrivateChats(), code
        yield commands, BotCommandScopeAllGroupChats(), code
    for admin in sorted(admins):
        theirs = [BotCommand(command.name, command.description) for command in ADMIN_COMMANDS]
        yield [*_in(words_of(ENGLISH)), *theirs], BotCommandScopeChat(admin), ""


def _in(words: Words) -> list[BotCommand]:
    return [BotCommand(command.name, words.plain_of(command.description)) for command in READER_COMMANDS]


async def _told(bot: Bot, turns: asyncio.Semaphore, commands: list[BotCommand], scope: Scope, language: str) -> None:
    """A menu that can't be set is noted; the commands work without it. An admin must have pressed Start once."""
    for attempt in range(_ATTEMPTS):
        try:
            async with turns:
                if list(await bot.get_my_commands(scope=scope, language_code=language)) != commands:
                    await bot.set_my_commands(commands, scope=scope, language_code=language)
        except RetryAfter as wait:
            await asyncio.sleep(_seconds(wait.retry_after) if attempt + 1 < _ATTEMPTS else 0)
        except TelegramError as error:
            log.warning("commands.not_told", scope=scope.to_dict(), language=language, reason=str(error))
            return
        else:
            return
    log.warning("commands.not_told", scope=scope.to_dict(), language=language, reason="put off again and again")


def _seconds(wait: float | timedelta) -> float:
    """A wait as python-telegram-bot gives it, which depends on its settings."""
    return wait.total_seconds() if isinstance(wait, timedelta) else wait
