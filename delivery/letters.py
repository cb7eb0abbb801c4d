"""Letters: a message encoded once for Telegram, so that each copy costs only its address."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any, Final, NoReturn, Self

from domain.editions import Button, Message, Picture, PollMessage, Style
from domain.readers import ChatId

#: The method of the Bot API that sends a style; an edit is editMessageText for both.
_METHODS: Final = {Style.CLASSIC: "sendMessage", Style.PLAIN: "sendMessage", Style.RICH: "sendRichMessage"}

#: And what sends a message of a kind of its own, whatever its style.
_SENDS: Final[dict[type[Message], str]] = {Picture: "sendPhoto", PollMessage: "sendPoll"}


@dataclass(frozen=True, slots=True)
class Letter:
    """A message ready to leave: everything but to whom.

    ``fields`` are the members of the JSON object that the Bot API takes, in UTF-8, without its braces; the same
    for sending and for editing. ``blocks``: how many blocks of rich content leave, None for text. ``sends``: the
    method that sends it, where that is another than its style's. ``thread``: the topic of a group that it is sent into.
    """

    style: Style
    fields: bytes
    blocks: int | None = None
    sends: str = ""
    thread: int | None = None

    @property
    def method(self) -> str:
        """The method of the Bot API that sends it."""
        return self.sends or _METHODS[self.style]

    def to(self, chat_id: ChatId, *, silent: bool = False, paid: bool = False) -> bytes:
        """The body that sends it to a chat. ``paid``: Stars may be spent on it (allow_paid_broadcast)."""
        quiet = b'"disable_notification":true,' if silent else b""
        stars = b'"allow_paid_broadcast":true,' if paid else b""
        topic = b"" if self.thread is None else b'"message_thread_id":%d,' % self.thread
        return b'{"chat_id":%d,%b%b%b%b}' % (chat_id, topic, quiet, stars, self.fields)

    def into(self, thread: int | None) -> Self:
        """The letter for a topic of a group; None: for no topic."""
        return self if thread is None else replace(self, thread=thread)

    def asking_location(self, button: str) -> Self:
        """The letter with a button below the reader's field that shares where he is; for private chats."""
        asking = {"keyboard": [[{"text": button, "request_location": True}]], "one_time_keyboard": True}
        return self._with(f'"reply_markup":{_json(asking | {"resize_keyboard": True})}')

    def ending_questions(self) -> Self:
        """The letter that takes such a button away."""
        return self._with('"reply_markup":{"remove_keyboard":true}')

    def _with(self, member: str) -> Self:
        return replace(self, fields=b"%b,%b" % (self.fields, member.encode()))

    def over(self, chat_id: ChatId, message_id: int) -> bytes:
        """The body that puts it in the place of a delivered message."""
        return b'{"chat_id":%d,"message_id":%d,%b}' % (chat_id, message_id, self.fields)


def write_letter(message: Message) -> Letter:
    """Encode a message. Raises ValueError: it is not for chats, its JSON is broken, or it is no Unicode text."""
    if message.style is Style.JSON:
        raise ValueError("the JSON edition is for programs; it is not sent to chats")
    blocks = _blocks(message.body) if message.style is Style.RICH else None
    content = _text(message) if blocks is None else _rich(message.body)
    members = [content, *_markup(message)]
    return Letter(message.style, ",".join(members).encode(), blocks, _SENDS.get(type(message), ""))


def _text(message: Message) -> str:
    if isinstance(message, Picture):
        return _json({"photo": message.photo, "caption": message.body, "parse_mode": "HTML"})[1:-1]
    if isinstance(message, PollMessage):
        return _json(_poll(message))[1:-1]
    fields: dict[str, Any] = {"text": message.body}
    if message.style is Style.CLASSIC:
        fields["parse_mode"] = "HTML"
    preview = message.preview_url
    fields["link_preview_options"] = {"is_disabled": True} if preview is None else {"url": preview}
    return _json(fields)[1:-1]


def _poll(message: PollMessage) -> dict[str, Any]:
    fields = {"question": message.body, "options": [{"text": option} for option in message.options]}
    closing = {} if message.closes_at is None else {"close_date": int(message.closes_at.timestamp())}
    return fields | {"is_anonymous": True} | closing


def _rich(body: str) -> str:
    """The blocks as they were approved, with entity detection off, so that all text is literal."""
    return f'"rich_message":{{"blocks":{body},"skip_entity_detection":true}}'


def _blocks(body: str) -> int:
    try:
        blocks = json.loads(body, parse_constant=_no_number)
    except RecursionError:
        raise ValueError("the rich edition is nested too deeply") from None
    if not isinstance(blocks, list):
        raise ValueError("the rich edition is not an array of blocks")  # noqa: TRY004  # its text is wrong, not its type
    return len(blocks)


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _markup(message: Message) -> list[str]:
    if not message.keyboard:
        return []
    keyboard = [[_button(button) for button in row] for row in message.keyboard]
    return [f'"reply_markup":{_json({"inline_keyboard": keyboard})}']


def _button(button: Button) -> dict[str, str]:
    if button.callback is not None:
        return {"text": button.text, "callback_data": button.callback}
    return {"text": button.text, "url": button.url or ""}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
