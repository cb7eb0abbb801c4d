"""The menus of commands that Telegram shows beside the field of a reader, and of an admin."""

from __future__ import annotations

import structlog
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import TelegramError

from bot.commands import ADMIN_COMMANDS, READER_COMMANDS, Command

log = structlog.get_logger()

Scope = BotCommandScopeAllPrivateChats | BotCommandScopeChat


async def introduce(bot: Bot, admins: frozenset[int]) -> None:
    """Tell Telegram the commands, where they differ from what it knows: everyone's, and each admin's."""
    await _told(bot, READER_COMMANDS, BotCommandScopeAllPrivateChats())
    for admin in sorted(admins):
        await _told(bot, (*READER_COMMANDS, *ADMIN_COMMANDS), BotCommandScopeChat(admin))


async def _told(bot: Bot, commands: tuple[Command, ...], scope: Scope) -> None:
    """A menu that can't be set is noted; the commands work without it. An admin must have pressed Start once."""
    try:
        await _set_commands(bot, commands, scope)
    except TelegramError as error:
        log.warning("commands.not_told", scope=scope.to_dict(), reason=str(error))


async def _set_commands(bot: Bot, commands: tuple[Command, ...], scope: Scope) -> None:
    wanted = [BotCommand(command.name, command.description) for command in commands]
    if list(await bot.get_my_commands(scope=scope)) != wanted:
        await bot.set_my_commands(wanted, scope=scope)
