"""Sending, changing and taking back messages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sandbox.telegram.chats import ChatKind
from sandbox.telegram.desk import Desk, may
from sandbox.telegram.errors import bad_request
from sandbox.telegram.keyboards import inline_keyboard
from sandbox.telegram.messages import Content, Message
from sandbox.telegram.methods.texts import message_text
from sandbox.telegram.parameters import Parameters
from sandbox.telegram.world import message_of

_YOUNG = timedelta(hours=48)
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


def delete_message(desk: Desk, given: Parameters) -> bool:
    """``deleteMessage``."""
    chat = desk.world.addressee(given.text("chat_id"))
    message = message_of(chat, given.message_id(), "delete")
    if not _deletable(desk, message):
        raise bad_request("message can't be deleted for everyone")
    desk.world.delete(message)
    return True


def delete_messages(desk: Desk, given: Parameters) -> bool:
    """``deleteMessages``: those of 1 to 100 that are there."""
    wanted = given.structure("message_ids", "message identifiers")
    if not isinstance(wanted, list) or not 1 <= len(wanted) <= 100:
        raise bad_request("message identifiers are not specified")
    chat = desk.world.addressee(given.text("chat_id"))
    for message_id in wanted:
        message = chat.messages.get(message_id)
        if message is not None and _deletable(desk, message):
            desk.world.delete(message)
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
    others = chat.kind is ChatKind.CHANNEL and may(chat.bot, "can_edit_messages")
    if not message.from_bot and not others:
        raise bad_request("message can't be edited")
    return message


def _deletable(desk: Desk, message: Message) -> bool:
    """Younger than 48 hours and the bot's own or in its private chat; in a channel, with the right, any."""
    chat = message.chat
    if chat.kind is ChatKind.CHANNEL:
        return may(chat.bot, "can_delete_messages") or (message.from_bot and may(chat.bot, "can_post_messages"))
    is_young = desk.world.clock() - message.date < _YOUNG
    return is_young and (message.from_bot or chat.is_private)


def change(desk: Desk, message: Message, content: Content) -> dict[str, Any]:
    """Put new content into a message; refused where it would change nothing."""
    if message.content.says_the_same(content):
        raise bad_request(_NOT_MODIFIED)
    if desk.gate.limits.edits_count:
        desk.pass_gate(message.chat)
    desk.gate.statistics.edits += 1
    desk.world.edit(message, content)
    return message.as_json()
