"""The bot as Telegram meets it: its chapters, gathered behind the signatures of python-telegram-bot.

A new chapter is one line in ``CHAPTERS``; a kind of update that it follows is one word in ``ALLOWED_UPDATES``.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final

from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.conversation import Conversation
from bot.editors.composing import Composing
from bot.editors.correcting import Correcting
from bot.editors.drafts import Drafts
from bot.editors.editing import Editing
from bot.editors.health import Health
from bot.editors.polls import Polling
from bot.editors.turns import Turning
from bot.edits import Edits, IsFreshEdit
from bot.guide import Guide
from bot.handling import Act, Chapter
from bot.ports.services import Services
from bot.readers.archive import Archive
from bot.readers.evidence import Evidence
from bot.readers.feedback import Feedback
from bot.readers.inline import Inline
from bot.readers.items import Items
from bot.readers.reading import Reading
from bot.readers.search import Search
from bot.reception import Reception
from bot.subscribers.channels import ChannelSettings
from bot.subscribers.inviting import Inviting
from bot.subscribers.joining import Joining
from bot.subscribers.leaving import Leaving
from bot.subscribers.privacy import Privacy
from bot.subscribers.topics import Topics

BotApplication = Application[Any, Any, Any, Any, Any, Any]
Callback = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]

#: Every subject of the conversation; what waits for a reader's words is asked in this order.
CHAPTERS: Final[tuple[Callable[[Conversation], Chapter], ...]] = (
    Reading,
    Archive,
    Search,
    Evidence,
    Items,
    Inline,
    Joining,
    Leaving,
    Privacy,
    Topics,
    ChannelSettings,
    Feedback,
    Inviting,
    Guide,
    Editing,
    Drafts,
    Composing,
    Correcting,
    Health,
    Polling,
    Turning,
)

#: What we ask Telegram for; membership tells who blocked us.
ALLOWED_UPDATES: Final = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "inline_query",
    "message_reaction_count",
    "poll",
)


def add_handlers(application: BotApplication, services: Services) -> Reception:
    """Give the application every chapter of the conversation. Raises ValueError when two answer the same thing."""
    conversation = Conversation(services)
    reception = Reception(conversation, [chapter(conversation) for chapter in CHAPTERS])
    unasked = reception.followed - set(ALLOWED_UPDATES)
    if unasked:
        raise ValueError(f"chapters follow what Telegram is not asked for: {', '.join(sorted(unasked))}")
    said = filters.UpdateType.MESSAGE | IsFreshEdit(reception.edits)
    for name, act in reception.commands.items():
        application.add_handler(CommandHandler(name, _command(act, reception.edits), said))
    application.add_handler(CallbackQueryHandler(_without_context(reception.pressed)))
    plain = filters.UpdateType.MESSAGE & ~filters.StatusUpdate.ALL
    application.add_handler(MessageHandler(plain, _without_context(reception.written)))
    application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE, _without_context(reception.edited)))
    application.add_handler(TypeHandler(Update, _without_context(reception.followed_up)))

    async def failed(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        await reception.failed(update, context.error)

    application.add_error_handler(failed)
    return reception


def _command(act: Act, edits: Edits) -> Callback:
    async def handler(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        edits.note(update)
        await act(update, list(context.args or []))

    return handler


def _without_context(answer: Callable[[Update], Awaitable[None]]) -> Callback:
    async def handler(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        await answer(update)

    return handler
