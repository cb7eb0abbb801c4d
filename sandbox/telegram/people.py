"""The users' side: what a reader does, and what that tells the bot."""

from __future__ import annotations

from typing import Any, Final

from sandbox.telegram.chats import Chat, ChatKind, Membership, Status, User
from sandbox.telegram.desk import Callback, Desk
from sandbox.telegram.markup.cleaning import clean
from sandbox.telegram.markup.detection import find
from sandbox.telegram.markup.html import parse_html
from sandbox.telegram.messages import Content, Message
from sandbox.telegram.methods.profile import commands_for
from sandbox.telegram.pictures import photo_from
from sandbox.telegram.polls import vote

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

    def say(
        self, text: str, chat: Chat | None = None, reply_to: Message | None = None, thread: int | None = None
    ) -> Message:
        """Write to the bot, into a group, or post in a channel; the bot is told what it may hear.

        To the bot it unblocks a blocked bot, as the Start button does. In a group the bot hears commands, its own name
        and replies to itself (privacy mode). ``thread`` is a topic of the group.
        """
        where = chat or self.chat
        with self._desk.world.signal.lock:
            if where.is_private:
                self.unblock()
            entities = tuple(entity.as_json() for entity in find(text))
            content = Content(text, entities)
            message = self._desk.world.post(where, self.user, content, reply_to=reply_to, thread=thread)
            if self._is_heard(message):
                kind = "channel_post" if where.kind is ChatKind.CHANNEL else "message"
                self._desk.updates.put(kind, message.as_json())
        return message

    def write(self, html: str) -> Message:
        """Write to the bot with formatting, given as Telegram HTML."""
        text, entities = clean(*parse_html(html))
        with self._desk.world.signal.lock:
            self.unblock()
            content = Content(text, tuple(entity.as_json() for entity in entities))
            message = self._desk.world.post(self.chat, self.user, content)
            self._desk.updates.put("message", message.as_json())
        return message

    def send_photo(self, content: bytes, caption_html: str = "") -> Message:
        """Send the bot a picture (the bytes of a PNG, JPEG, GIF or WebP) with a caption in Telegram HTML."""
        text, entities = clean(*parse_html(caption_html))
        with self._desk.world.signal.lock:
            self.unblock()
            photo = photo_from(content)
            self._desk.photos[photo.file_id] = photo
            shown = Content(text, tuple(entity.as_json() for entity in entities), photo=photo)
            message = self._desk.world.post(self.chat, self.user, shown)
            self._desk.updates.put("message", message.as_json())
        return message

    def share_location(self, latitude: float, longitude: float) -> Message:
        """Send the bot a place, in degrees."""
        with self._desk.world.signal.lock:
            self.unblock()
            content = Content(location={"latitude": latitude, "longitude": longitude})
            message = self._desk.world.post(self.chat, self.user, content)
            self._desk.updates.put("message", message.as_json())
        return message

    def rewrite(self, message: Message, text: str) -> None:
        """Edit a message of one's own; the bot is told."""
        with self._desk.world.signal.lock:
            self._desk.world.edit(message, Content(text, tuple(entity.as_json() for entity in find(text))))
            kind = "edited_channel_post" if message.chat.kind is ChatKind.CHANNEL else "edited_message"
            self._desk.updates.put(kind, message.as_json())

    def react(self, message: Message, emoji: str) -> None:
        """React to a message; the bot hears it if it asked for: by name in chats, as a count in channels."""
        reaction = {"type": "emoji", "emoji": emoji}
        with self._desk.world.signal.lock:
            message.votes[emoji] = message.votes.get(emoji, 0) + 1
            self._desk.world.changed(message.chat, message)
            told: dict[str, Any] = {
                "chat": message.chat.as_json(),
                "message_id": message.id,
                "date": int(self._desk.world.clock().timestamp()),
            }
            if message.chat.kind is ChatKind.CHANNEL:
                counts = [
                    {"type": {"type": "emoji", "emoji": one}, "total_count": votes}
                    for one, votes in message.votes.items()
                ]
                self._desk.updates.put("message_reaction_count", told | {"reactions": counts})
                return
            told |= {"user": self.user.as_json(), "old_reaction": [], "new_reaction": [reaction]}
            self._desk.updates.put("message_reaction", told)

    def vote(self, message: Message, *chosen: int) -> None:
        """Choose answers of a poll by number, from 0; choosing none takes the vote back. Raises ValueError."""
        vote(self._desk, message, self.user, *chosen)

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

    def _is_heard(self, message: Message) -> bool:
        chat = message.chat
        if not chat.bot.is_inside:
            return False
        if chat.is_private or chat.kind is ChatKind.CHANNEL or chat.bot.status is Status.ADMINISTRATOR:
            return True
        if message.reply_to is not None and message.reply_to.from_bot:
            return True
        return message.text.startswith("/") or f"@{self._desk.world.bot.username}" in message.text

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
