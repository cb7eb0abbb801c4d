"""What a message is: its present content, what it said before, and the Bot API's form of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sandbox.telegram.markup.writer import html_of

if TYPE_CHECKING:
    from sandbox.telegram.chats import Chat, User
    from sandbox.telegram.polls import Poll


@dataclass(frozen=True, slots=True)
class Button:
    """A button that a reader sees: its text, and what it carries (``data`` for a callback, ``url`` for a link)."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Photo:
    """A stored picture. ``width`` and ``height`` in pixels."""

    file_id: str
    unique_id: str
    width: int
    height: int
    content: bytes = field(repr=False)
    media_type: str = "image/png"

    def as_json(self) -> dict[str, Any]:
        """The Bot API's PhotoSize."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
            "width": self.width,
            "height": self.height,
        }


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was sent."""

    name: str
    content: bytes = field(repr=False)
    media_type: str = "application/octet-stream"

    def as_json(self) -> dict[str, Any]:
        """The Bot API's Document."""
        digest = hashlib.sha256(self.content).hexdigest()
        return {
            "file_id": f"BQACAgIAA{digest[:48]}",
            "file_unique_id": f"AgAD{digest[:12]}",
            "file_name": self.name,
            "mime_type": self.media_type,
            "file_size": len(self.content),
        }


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says at one time.

    ``text`` with ``entities`` (Bot API MessageEntity objects, offsets in UTF-16 units) is the text of a classic message
    or the caption of a photo or a document; ``rich`` is the received form {"blocks": …} of a rich message, which has no
    text; ``location`` is a place that a reader shares, in degrees; ``service`` is what Telegram itself tells a chat, by
    the name of the field that it stands in.
    ``losses`` says in words what Telegram accepted and yet would not show to every reader.
    """

    text: str = ""
    entities: Sequence[Mapping[str, Any]] = ()
    rich: Mapping[str, Any] | None = None
    photo: Photo | None = None
    keyboard: Mapping[str, Any] | None = None
    link_preview: Mapping[str, Any] | None = None
    losses: tuple[str, ...] = ()
    document: Document | None = None
    location: Mapping[str, float] | None = None
    service: Mapping[str, Any] | None = None
    poll: Poll | None = None

    def says_the_same(self, other: Content) -> bool:
        """Whether an edit to ``other`` would change nothing that Telegram compares."""
        return (
            self.text == other.text
            and list(self.entities) == list(other.entities)
            and self.rich == other.rich
            and self.keyboard == other.keyboard
            and self.link_preview == other.link_preview
        )

    @property
    def html(self) -> str:
        """The text with its entities as Telegram HTML."""
        return html_of(self.text, self.entities)

    @property
    def buttons(self) -> tuple[tuple[Button, ...], ...]:
        """The rows of the inline keyboard; those inside a rich message follow, a row each."""
        rows = [] if self.keyboard is None else list(self.keyboard.get("inline_keyboard", ()))
        rows += _rich_rows(self.rich)
        return tuple(tuple(_button(button) for button in row) for row in rows)


def _button(button: Mapping[str, Any]) -> Button:
    text = button["text"]
    return Button(
        text if isinstance(text, str) else _flat(text), data=button.get("callback_data"), url=button.get("url")
    )


def _flat(text: Any) -> str:
    if isinstance(text, str):
        return text
    if isinstance(text, list):
        return "".join(_flat(part) for part in text)
    return _flat(text.get("text") or text.get("alternative_text") or "")


def _rich_rows(value: Any) -> list[list[Mapping[str, Any]]]:
    if isinstance(value, list):
        return [row for part in value for row in _rich_rows(part)]
    if not isinstance(value, Mapping):
        return []
    if value.get("type") == "buttons":
        return [list(value["buttons"])]
    if value.get("type") == "button":
        return [[value["button"]]]
    return [row for part in value.values() for row in _rich_rows(part)]


@dataclass(slots=True)
class Message:
    """A message in a chat. ``date`` and ``edited_at`` are aware UTC; ``edits``: its former contents, oldest first.

    ``reactions`` are the bot's own, ``votes`` the readers' by emoji; ``thread`` is the topic of a group with topics.
    """

    chat: Chat
    id: int
    date: datetime
    sender: User | None
    content: Content
    reply_to: Message | None = None
    silent: bool = False
    protected: bool = False
    forwarded_from: Mapping[str, Any] | None = None
    edited_at: datetime | None = None
    edits: list[Content] = field(default_factory=list)
    reactions: list[Mapping[str, Any]] = field(default_factory=list)
    votes: dict[str, int] = field(default_factory=dict)
    deleted: bool = False
    pinned: bool = False
    thread: int | None = None

    @property
    def text(self) -> str:
        """The present text, or the caption of a photo; empty for a rich message."""
        return self.content.text

    @property
    def html(self) -> str:
        """The present text as Telegram HTML."""
        return self.content.html

    @property
    def entities(self) -> Sequence[Mapping[str, Any]]:
        """The present entities; offsets and lengths in UTF-16 units."""
        return self.content.entities

    @property
    def blocks(self) -> Sequence[Mapping[str, Any]]:
        """The blocks of a rich message; none for any other."""
        return () if self.content.rich is None else self.content.rich["blocks"]

    @property
    def buttons(self) -> tuple[tuple[Button, ...], ...]:
        """The rows of buttons that a reader sees."""
        return self.content.buttons

    @property
    def from_bot(self) -> bool:
        """Whether the bot sent it."""
        return self.sender is not None and self.sender.is_bot

    def button(self, named: str) -> Button:
        """The button with this text or this callback data. Raises KeyError, naming the buttons there are."""
        buttons = [button for row in self.buttons for button in row]
        for button in buttons:
            if named in (button.data, button.text):
                return button
        raise KeyError(f"no button {named!r} on message {self.id}; there are {[button.text for button in buttons]}")

    def as_json(self) -> dict[str, Any]:
        """The Bot API's Message."""
        body: dict[str, Any] = {"message_id": self.id}
        if self.sender is not None and self.chat.kind != "channel":
            body["from"] = self.sender.as_json()
        elif self.chat.kind == "channel":
            body["sender_chat"] = self.chat.as_json()
        body["chat"] = self.chat.as_json()
        body["date"] = int(self.date.timestamp())
        if self.edited_at is not None:
            body["edit_date"] = int(self.edited_at.timestamp())
        if self.forwarded_from is not None:
            body["forward_origin"] = self.forwarded_from
        if self.reply_to is not None:
            body["reply_to_message"] = self.reply_to.as_json() | {"reply_to_message": None}
            del body["reply_to_message"]["reply_to_message"]
        if self.thread is not None:
            body |= {"message_thread_id": self.thread, "is_topic_message": True}
        if self.protected:
            body["has_protected_content"] = True
        body.update(_content_json(self.content))
        return body


def _caption_json(content: Content) -> dict[str, Any]:
    given = {"caption": content.text, "caption_entities": content.entities}
    return {name: value for name, value in given.items() if value}


def _content_json(content: Content) -> dict[str, Any]:
    body: dict[str, Any] = {}
    if content.rich is not None:
        body["rich_message"] = content.rich
    elif content.photo is not None:
        body |= {"photo": [content.photo.as_json()]} | _caption_json(content)
    elif content.document is not None:
        body |= {"document": content.document.as_json()} | _caption_json(content)
    elif content.poll is not None:
        body["poll"] = content.poll.as_json()
    elif content.service is not None:
        body |= content.service
    elif content.location is not None:
        body["location"] = dict(content.location)
    else:
        body["text"] = content.text
        if content.entities:
            body["entities"] = content.entities
    if content.link_preview:
        body["link_preview_options"] = content.link_preview
    if content.keyboard is not None:
        body["reply_markup"] = content.keyboard
    return body
