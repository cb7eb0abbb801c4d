"""The users' side: what a reader does, and what that tells the bot."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from sandbox.telegram.chats import Chat, Membership, Status, User
from sandbox.telegram.desk import Callback, Desk
from sandbox.telegram.messages import Content, Message
from sandbox.telegram.methods.profile import commands_for

_COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]+)?")
#: Seconds that a test waits for an answer at most, unless it says otherwise.
PATIENCE: Final = 5.0


class Press:
    """A pressed button. ``answer`` waits for the bot's answerCallbackQuery."""

    def __init__(self, desk: Desk, callback: Callback) -> None:
        self._desk = desk
        self.callback = callback

    @property
    def answered(self) -> bool:
        """Whether the bot has answered already."""
        return self.callback.answer is not None

    def answer(self, timeout: float = PATIENCE) -> str:
        """The text of the toast (empty: none), as soon as there is an answer. Raises TimeoutError."""
        told = self._desk.world.signal.wait_for(lambda: self.callback.answer, timeout)
        return "" if told is None else told.text


class Reader:
    """A person with a private chat with the bot."""

    def __init__(self, desk: Desk, user: User, chat: Chat) -> None:
        self._desk = desk
        self.user = user
        self.chat = chat

    @property
    def id(self) -> int:
        """The id of the user, and of the private chat."""
        return self.user.id

    @property
    def messages(self) -> list[Message]:
        """What the private chat shows, oldest first."""
        with self._desk.world.signal.lock:
            return list(self.chat.messages.values())

    @property
    def received(self) -> list[Message]:
        """What the bot wrote into the private chat, oldest first."""
        return [message for message in self.messages if message.from_bot]

    @property
    def commands(self) -> list[dict[str, Any]]:
        """The commands that the menu of the private chat offers: objects with ``command`` and ``description``."""
        with self._desk.world.signal.lock:
            return commands_for(self._desk.profile, self.id, self.user.language)

    def start(self, payload: str = "") -> Message:
        """Press Start, or follow t.me/bot?start=payload."""
        return self.say(f"/start {payload}".strip())

    def say(self, text: str, chat: Chat | None = None) -> Message:
        """Write to the bot, or into a group; the bot is told. It unblocks a blocked bot, as the Start button does."""
        where = chat or self.chat
        with self._desk.world.signal.lock:
            if where.is_private:
                self.unblock()
            message = self._desk.world.post(where, self.user, Content(text, tuple(_commands(text))))
            self._desk.updates.put("message", message.as_json())
        return message

    def press(self, message: Message, button: str) -> Press:
        """Press the button with this text or callback data: the bot is told. Raises KeyError, ValueError."""
        pressed = message.button(button)
        if pressed.data is None:
            raise ValueError(f"button {button!r} opens {pressed.url}; only a callback button can be pressed")
        with self._desk.world.signal.lock:
            callback = Callback(str(self._desk.world.chance.getrandbits(62)), self.user, message, pressed.data)
            self._desk.callbacks[callback.id] = callback
            self._desk.updates.put("callback_query", _callback_json(callback))
        return Press(self._desk, callback)

    def block(self) -> None:
        """Block the bot."""
        self._stand(Status.KICKED)

    def unblock(self) -> None:
        """Let the bot write again; does nothing to a bot that is not blocked."""
        with self._desk.world.signal.lock:
            if self.chat.bot.status is Status.LEFT:
                self.chat.bot = Membership(Status.MEMBER)  # the first start tells the bot nothing but the message
                self._desk.world.changed(self.chat)
            elif self.chat.bot.status is Status.KICKED:
                self._stand(Status.MEMBER)

    def _stand(self, status: Status) -> None:
        stands(self._desk, self.chat, Membership(status), self.user)


def stands(desk: Desk, chat: Chat, membership: Membership, by: User) -> None:
    """Give the bot another standing in a chat and tell it by a my_chat_member update."""
    with desk.world.signal.lock:
        before, chat.bot = chat.bot, membership
        desk.world.changed(chat)
        if before == membership:
            return
        body = {
            "chat": chat.as_json(),
            "from": by.as_json(),
            "date": int(desk.world.clock().timestamp()),
            "old_chat_member": before.as_json(desk.world.bot),
            "new_chat_member": membership.as_json(desk.world.bot),
        }
        desk.updates.put("my_chat_member", body)


def _callback_json(callback: Callback) -> dict[str, Any]:
    return {
        "id": callback.id,
        "from": callback.user.as_json(),
        "message": callback.message.as_json(),
        "chat_instance": str(callback.message.chat.id * 7919),
        "data": callback.data,
    }


def _commands(text: str) -> Iterable[dict[str, Any]]:
    for found in _COMMAND.finditer(text):
        offset = len(text[: found.start()].encode("utf-16-le")) // 2
        yield {"offset": offset, "length": len(found[0]), "type": "bot_command"}
