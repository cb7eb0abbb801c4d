"""Sending, changing and taking back messages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sandbox.telegram.desk import Desk
from sandbox.telegram.errors import bad_request
from sandbox.telegram.keyboards import inline_keyboard
from sandbox.telegram.messages import Content, Message
from sandbox.telegram.methods.texts import message_text
from sandbox.telegram.parameters import Parameters
from sandbox.telegram.world import message_of

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def send_message(desk: Desk, given: Parameters) -> dict[str, Any]:
    """``sendMessage``."""
    text, entities = message_text(given)
    content = Content(text, entities, keyboard=keyboard_of(given), link_preview=link_preview_of(given))
    chat = desk.world.addressee(given.text("chat_id"))
    return desk.send(chat, content, given).as_json()


def edit_message_text(desk: Desk, given: Parameters) -> dict[str, Any]:
    """``editMessageText``, with a text."""
    text, entities = message_text(given)
    content = Content(text, entities, keyboard=keyboard_of(given), link_preview=link_preview_of(given))
    message = editable(desk, given)
    if message.content.photo is not None:
        raise bad_request("there is no text in the message to edit")
    return change(desk, message, content)


def edit_message_reply_markup(desk: Desk, given: Parameters) -> dict[str, Any]:
    """``editMessageReplyMarkup``."""
    keyboard = keyboard_of(given)
    message = editable(desk, given)
    return change(desk, message, replace(message.content, keyboard=keyboard))


def delete_message(desk: Desk, given: Parameters) -> bool:
    """``deleteMessage``."""
    chat = desk.world.addressee(given.text("chat_id"))
    desk.world.delete(message_of(chat, given.message_id(), "delete"))
    return True


def keyboard_of(given: Parameters) -> dict[str, Any] | None:
    """The inline keyboard of a call."""
    return inline_keyboard(given.structure("reply_markup", "reply keyboard markup"))


def link_preview_of(given: Parameters) -> dict[str, Any] | None:
    """The link_preview_options of a call."""
    options = given.structure("link_preview_options", "link preview options")
    if options is None:
        return {"is_disabled": True} if given.flag("disable_web_page_preview") else None
    if not isinstance(options, dict):
        raise bad_request("object expected as link preview options")
    return options or None


def editable(desk: Desk, given: Parameters) -> Message:
    """The message that an edit names: there, and the bot's own."""
    chat = desk.world.addressee(given.text("chat_id"))
    desk.writable(chat, "can_post_messages")
    message = message_of(chat, given.message_id(), "edit")
    if not message.from_bot:
        raise bad_request("message can't be edited")
    return message


def change(desk: Desk, message: Message, content: Content) -> dict[str, Any]:
    """Put new content into a message; refused where it would change nothing."""
    if message.content.says_the_same(content):
        raise bad_request(_NOT_MODIFIED)
    if desk.gate.limits.edits_count:
        desk.pass_gate(message.chat)
    desk.gate.statistics.edits += 1
    desk.world.edit(message, content)
    return message.as_json()
