"""Everything that the sandbox knows: who is there, what was written where, and which change came when."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sandbox.telegram.chats import Chat, ChatKind, Membership, Status, User
from sandbox.telegram.errors import Refusal, bad_request, forbidden, upgraded
from sandbox.telegram.inline import InlineQuery
from sandbox.telegram.messages import Content, Message
from sandbox.telegram.signal import Signal

#: How many changes the page can catch up on.
REMEMBERED: Final = 5000


@dataclass(frozen=True, slots=True)
class Toast:
    """What the bot answers to a pressed button; only who pressed sees it."""

    user_id: int
    text: str
    alert: bool


@dataclass(frozen=True, slots=True)
class Change:
    """Something that a page has to show: a toast, else a message (by id), else with ``message_id`` None the chat.

    ``chat_id`` None means every chat: the bot says something else of itself.
    """

    number: int
    chat_id: int | None
    message_id: int | None
    toast: Toast | None = None


class World:
    """The state, guarded by ``signal.lock``; every change rings ``signal``. ``clock`` gives aware UTC."""

    def __init__(self, bot: User, clock: Callable[[], datetime], chance: random.Random) -> None:
        self.signal = Signal()
        self.bot = bot
        self.clock = clock
        self.chance = chance
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.changes: deque[Change] = deque(maxlen=REMEMBERED)
        self.last_change = 0
        self.inline_on = True  # as @BotFather sets it up: /setinline
        self.inline_queries: dict[str, InlineQuery] = {}
        self._names: dict[str, int] = {}
        self._last_account_message = 0

    def add_user(self, user: User) -> Chat:
        """Take in a person; gives the private chat with the bot, which the person has not started yet."""
        chat = Chat(user.id, ChatKind.PRIVATE, username=user.username, user=user, bot=Membership(Status.LEFT))
        with self.signal.lock:
            self.users[user.id] = user
            return self.add_chat(chat)

    def add_chat(self, chat: Chat) -> Chat:
        """Take in a chat. Raises ValueError where its id is taken."""
        with self.signal.lock:
            if chat.id in self.chats:
                raise ValueError(f"there is a chat {chat.id} already")
            self.chats[chat.id] = chat
            if chat.username:
                self._names[chat.username.lower()] = chat.id
            self.changed(chat)
        return chat

    def find(self, reference: int | str) -> Chat | None:
        """The chat with this id or @name; None where there is none."""
        try:
            return self.chats.get(int(reference))
        except ValueError:
            chat_id = self._names.get(str(reference).removeprefix("@").lower())
            return None if chat_id is None else self.chats[chat_id]

    def addressee(self, reference: str) -> Chat:
        """The chat that a call names. Refused in Telegram's words where there is none."""
        if not reference:
            raise bad_request("chat_id is empty")
        chat = self.find(reference)
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def post(self, chat: Chat, sender: User | None, content: Content, **more: Any) -> Message:
        """Write a message into a chat; ``more`` are fields of Message."""
        with self.signal.lock:
            message = Message(chat, self._next_message_id(chat), self.clock(), sender, content, **more)
            chat.messages[message.id] = message
            self.changed(chat, message)
        return message

    def edit(self, message: Message, content: Content) -> None:
        """Let a message say something else; what it said is kept in its edits."""
        with self.signal.lock:
            message.edits.append(message.content)
            message.content = content
            message.edited_at = self.clock()
            self.changed(message.chat, message)

    def delete(self, message: Message) -> None:
        """Take a message out of its chat."""
        with self.signal.lock:
            message.deleted = True
            message.chat.messages.pop(message.id, None)
            self.changed(message.chat, message)

    def changed(self, chat: Chat, message: Message | None = None, toast: Toast | None = None) -> None:
        """Tell those who wait that a message, or the chat itself, is not what it was; or what was answered there."""
        self.last_change += 1
        self.changes.append(Change(self.last_change, chat.id, None if message is None else message.id, toast))
        self.signal.ring()

    def profile_changed(self) -> None:
        """Tell those who wait that the bot's commands, name or descriptions are not what they were."""
        self.last_change += 1
        self.changes.append(Change(self.last_change, None, None))
        self.signal.ring()

    def restaged(self) -> None:
        """Tell pages to ask for everything again."""
        self.last_change += 1
        self.changes.clear()
        self.signal.ring()

    def _next_message_id(self, chat: Chat) -> int:
        """Channels and supergroups count for themselves; private chats and basic groups share the account's counter."""
        if chat.kind in {ChatKind.CHANNEL, ChatKind.SUPERGROUP}:
            chat.last_message_id += 1
            return chat.last_message_id
        self._last_account_message += 1
        return self._last_account_message


def message_of(chat: Chat, message_id: int, what: str, of: str = "message") -> Message:
    """The message of a chat; refused with "``of`` to ``what`` not found"."""
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request(f"{of} to {what} not found")
    return message


def refusal_of(chat: Chat) -> Refusal | None:
    """Why the bot may not be in this chat at all, in Telegram's words; None where nothing is against it."""
    if chat.upgraded_to is not None:
        return upgraded(chat.upgraded_to)
    if chat.deleted:
        return forbidden("the group chat was deleted")
    if chat.user is not None:
        return _private_reasons(chat, chat.user)
    named = "channel" if chat.kind is ChatKind.CHANNEL else chat.kind.value
    if chat.bot.status is Status.KICKED:
        return forbidden(f"bot was kicked from the {named} chat")
    if chat.bot.status is Status.LEFT:
        return forbidden(f"bot is not a member of the {named} chat")
    return None


def _private_reasons(chat: Chat, user: User) -> Refusal | None:
    if user.is_bot:
        return forbidden("the bot can't send messages to the bot")
    if user.deactivated:
        return forbidden("user is deactivated")
    if chat.bot.status is Status.KICKED:
        return forbidden("bot was blocked by the user")
    if chat.bot.status is Status.LEFT:
        return forbidden("bot can't initiate conversation with a user")
    return None
