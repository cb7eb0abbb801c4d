"""The bot: which update goes to which handler, and what Telegram is told of it at start."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat, Update
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot import texts
from bot.commands import ADMIN_COMMANDS, READER_COMMANDS, SECTION_COMMANDS, Command
from bot.conversation import Conversation
from bot.editing import Editing
from bot.ports import Services
from bot.reading import Reading
from bot.subscription import Subscription
from bot.turns import Turning
from domain.deliveries import Turn
from domain.issue import SectionName
from domain.readers import ChatId

log = structlog.get_logger()

BotApplication = Application[Any, Any, Any, Any, Any, Any]
Act = Callable[[Update, list[str]], Awaitable[object]]
Callback = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]

#: What we ask Telegram for; membership tells who blocked us.
ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")


class Handlers:
    """All handlers of the bot, behind PTB's signatures."""

    def __init__(self, services: Services) -> None:
        self.conversation = Conversation(services)
        self.reading = Reading(self.conversation)
        self.subscription = Subscription(self.conversation)
        self.editing = Editing(self.conversation)
        self.turning = Turning(self.conversation)

    def reader_acts(self) -> dict[str, Act]:
        """What each command of a reader does."""
        acts: dict[str, Act] = {
            "start": self._start,
            "today": lambda update, _: self.reading.today(update),
            "subscribe": self.subscription.subscribe,
            "unsubscribe": lambda update, _: self.subscription.unsubscribe(update),
            "help": self._help,
            "privacy": lambda update, _: self.conversation.answer(update, texts.PRIVACY),
            "forgetme": lambda update, _: self.conversation.answer(update, texts.FORGET_ASK),
        }
        for command in SECTION_COMMANDS:
            acts[command.name] = self._section(SectionName(command.name))
        return acts

    def admin_acts(self) -> dict[str, Act]:
        """What each command of an admin does."""
        return {
            "preview": self.editing.preview,
            "measures": self.editing.measures,
            "why": self.editing.why,
            "approve": self.editing.approve,
            "hold": self.editing.hold,
            "publish": self.editing.publish,
            "stats": lambda update, _: self.editing.stats(update),
            **{turn.value: self._turn(turn) for turn in Turn},
        }

    def _turn(self, turn: Turn) -> Act:
        return lambda update, words: self.turning.command(update, turn, words)

    def guarded(self, act: Act) -> Act:
        """The act for admins; anyone else gets the answer to an unknown command."""

        async def only_for_admins(update: Update, words: list[str]) -> None:
            if self.conversation.is_admin(update):
                await act(update, words)
                return
            log.warning("admin_command.refused", user=update.effective_user.id if update.effective_user else None)
            await self.conversation.answer(update, texts.UNKNOWN)

        return only_for_admins

    async def pressed(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a button: at once to the presser, then in the chat."""
        query = update.callback_query
        if query is None:
            return
        act = self._button_acts().get(query.data or "")
        if act is None:
            if not await self.turning.pressed(update, query.data or ""):
                await self.reading.pressed(update, query.data or "")
            return
        await self.conversation.acknowledge(update)
        await act(update, [])

    def _button_acts(self) -> dict[str, Act]:
        return {
            texts.TODAY: lambda update, _: self.reading.today(update),
            texts.JOIN: self.subscription.subscribe,
            texts.LEAVE: lambda update, _: self.subscription.unsubscribe(update),
            texts.FORGET: lambda update, _: self.subscription.forget(update),
            texts.QR: lambda update, _: self._qr(update),
        }

    async def _qr(self, update: Update) -> None:
        services, chat = self.conversation.services, update.effective_chat
        name = services.paper.channel or services.paper.bot
        if chat is None or name is None:
            return
        address = f"https://t.me/{name.lstrip('@')}"
        await services.replies.photo(ChatId(chat.id), services.qr(address), address)

    async def _start(self, update: Update, words: list[str]) -> None:
        payload = words[0] if words else ""
        if not await self.reading.linked(update, payload):
            await self.subscription.start(update, payload)

    async def _help(self, update: Update, _: list[str]) -> None:
        await self.conversation.answer(update, texts.help_text(self.conversation.is_admin(update)))

    def _section(self, name: SectionName) -> Act:
        return lambda update, _: self.reading.section(update, name)

    async def unknown(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer whatever is no command of ours; only in private, a group is not spoken into."""
        if update.effective_chat is not None and update.effective_chat.type == "private":
            await self.conversation.answer(update, texts.UNKNOWN)

    async def membership(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Follow my_chat_member."""
        if update.my_chat_member is not None:
            await self.subscription.membership(update.my_chat_member)

    async def failed(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Note an error, and tell the reader that it was not his fault."""
        log.error("update.failed", error=type(context.error).__name__, exc_info=context.error)
        if isinstance(update, Update):
            await self.conversation.answer(update, texts.FAILED)


def add_handlers(application: BotApplication, services: Services) -> None:
    """Give the application every handler of the paper."""
    handlers = Handlers(services)
    for name, act in handlers.reader_acts().items():
        application.add_handler(CommandHandler(name, _as_handler(act)))
    for name, act in handlers.admin_acts().items():
        application.add_handler(CommandHandler(name, _as_handler(handlers.guarded(act))))
    application.add_handler(CallbackQueryHandler(handlers.pressed))
    application.add_handler(ChatMemberHandler(handlers.membership, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE & ~filters.StatusUpdate.ALL, handlers.unknown))
    application.add_error_handler(handlers.failed)


def _as_handler(act: Act) -> Callback:
    async def handler(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await act(update, list(context.args or []))

    return handler


async def introduce(bot: Bot, admins: frozenset[int]) -> None:
    """Tell Telegram the commands, where they differ from what it knows: everyone's, and each admin's."""
    await _told(bot, READER_COMMANDS, BotCommandScopeAllPrivateChats())
    for admin in sorted(admins):
        await _told(bot, (*READER_COMMANDS, *ADMIN_COMMANDS), BotCommandScopeChat(admin))


async def _told(
    bot: Bot, commands: tuple[Command, ...], scope: BotCommandScopeAllPrivateChats | BotCommandScopeChat
) -> None:
    """A menu that can't be set is noted; the commands work without it. An admin must have pressed Start once."""
    try:
        await _set_commands(bot, commands, scope)
    except TelegramError as error:
        log.warning("commands.not_told", scope=scope.to_dict(), reason=str(error))


async def _set_commands(
    bot: Bot, commands: tuple[Command, ...], scope: BotCommandScopeAllPrivateChats | BotCommandScopeChat
) -> None:
    wanted = [BotCommand(command.name, command.description) for command in commands]
    if list(await bot.get_my_commands(scope=scope)) != wanted:
        await bot.set_my_commands(wanted, scope=scope)
