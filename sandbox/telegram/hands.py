"""What a person's hands do on the chat page beyond words and buttons, over HTTP: pictures, places, edits, inline mode.

All bodies are JSON objects, as in ``control``.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from sandbox.telegram.inline import Asking, InlineAnswer
from sandbox.telegram.messages import Message

if TYPE_CHECKING:
    from sandbox.telegram.people import Reader
    from sandbox.telegram.sandbox import SandboxTelegram

Body = Mapping[str, Any]

#: Seconds after which an inline query without an answer offers nothing, about as at Telegram.
_PATIENCE: Final = 10.0


class Hands:
    """The acts of people, each named by its path below ``/_sandbox``."""

    def __init__(self, telegram: SandboxTelegram) -> None:
        self._telegram = telegram

    def say(self, body: Body) -> Any:
        """``{"user_id", "text", "chat_id", "reply_to", "thread"}``; without a chat to the bot, perhaps as ``html``."""
        reader = self._reader(body)
        if body.get("html"):
            return {"message_id": reader.write(str(body["html"])).id}
        chat = self._telegram.chat(body["chat_id"]) if body.get("chat_id") else None
        replied = (chat or reader.chat).messages[int(body["reply_to"])] if body.get("reply_to") else None
        thread = int(body["thread"]) if body.get("thread") else None
        return {"message_id": reader.say(str(body["text"]), chat, replied, thread).id}

    def press(self, body: Body) -> Any:
        """``{"user_id", "chat_id", "message_id", "button"}``: the button's text or its callback data."""
        press = self._reader(body).press(self._message(body), str(body["button"]))
        return {"callback_query_id": press.callback.id}

    def send_photo(self, body: Body) -> Any:
        """``{"user_id", "content", "caption_html"}``: a picture in base64, for the bot."""
        try:
            content = base64.b64decode(str(body["content"]), validate=True)
        except binascii.Error as error:
            raise ValueError(f"the content is not base64: {error}") from error
        return {"message_id": self._reader(body).send_photo(content, str(body.get("caption_html", ""))).id}

    def share_location(self, body: Body) -> Any:
        """``{"user_id", "latitude", "longitude"}`` in degrees, for the bot."""
        latitude, longitude = float(body["latitude"]), float(body["longitude"])
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise ValueError("latitudes lie between -90 and 90 degrees, longitudes between -180 and 180")
        return {"message_id": self._reader(body).share_location(latitude, longitude).id}

    def rewrite(self, body: Body) -> Any:
        """``{"user_id", "chat_id", "message_id", "text"}``: edit a message of one's own."""
        reader, message = self._reader(body), self._message(body)
        if message.sender is None or message.sender.id != reader.id:
            raise ValueError("only who wrote a message can edit it")
        reader.rewrite(message, str(body["text"]))
        return {}

    def react(self, body: Body) -> Any:
        """``{"user_id", "chat_id", "message_id", "emoji"}``."""
        self._reader(body).react(self._message(body), str(body["emoji"]))
        return {}

    def vote(self, body: Body) -> Any:
        """``{"user_id", "chat_id", "message_id", "options"}``: numbers of answers from 0; none takes the vote back."""
        self._reader(body).vote(self._message(body), *(int(number) for number in body["options"]))
        return {}

    async def ask_inline(self, body: Body) -> Any:
        """``{"user_id", "text", "offset"}``: type ``@bot text``; what is offered, nothing where no answer comes."""
        asking = self._telegram.inline(self._reader(body), str(body["text"]), str(body.get("offset", "")))
        answer = await self._answer(asking) if self._telegram.world.inline_on else None
        if answer is None:
            return {"query_id": asking.query.id, "results": [], "button": None, "next_offset": ""}
        shown = ("id", "title", "description")
        return {
            "query_id": asking.query.id,
            "results": [{name: str(result.get(name, "")) for name in shown} for result in answer.results],
            "button": answer.button,
            "next_offset": answer.next_offset,
        }

    async def _answer(self, asking: Asking) -> InlineAnswer | None:
        try:
            return await self._telegram.until(lambda: asking.query.answer, _PATIENCE)
        except TimeoutError:
            return None

    def choose_inline(self, body: Body) -> Any:
        """``{"query_id", "result_id", "chat_id"}``: send what was offered into a chat."""
        query = self._telegram.world.inline_queries[str(body["query_id"])]
        chat = self._telegram.chat(body["chat_id"])
        return {"message_id": Asking(self._telegram.desk, query).choose(str(body["result_id"]), chat).id}

    def block(self, body: Body) -> Any:
        """``{"user_id"}``: block the bot."""
        self._reader(body).block()
        return {}

    def unblock(self, body: Body) -> Any:
        """``{"user_id"}``: let the bot write again."""
        self._reader(body).unblock()
        return {}

    def _reader(self, body: Body) -> Reader:
        return self._telegram.user(int(body["user_id"]))

    def _message(self, body: Body) -> Message:
        return self._telegram.chat(body["chat_id"]).messages[int(body["message_id"])]
