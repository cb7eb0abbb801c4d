"""Copying and forwarding: the same content in another chat."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sandbox.telegram.chats import ChatKind
from sandbox.telegram.desk import Desk
from sandbox.telegram.errors import bad_request
from sandbox.telegram.messages import Content, Message
from sandbox.telegram.methods.messages import keyboard_of
from sandbox.telegram.methods.rich import read_again
from sandbox.telegram.methods.texts import caption
from sandbox.telegram.parameters import Parameters
from sandbox.telegram.world import message_of

_SURVIVING = frozenset(("url", "login_url"))


def copy_message(desk: Desk, given: Parameters) -> dict[str, Any]:
    """``copyMessage``: without a keyboard of its own it is a forward without the author, with one it is built anew."""
    keyboard = keyboard_of(given)
    source = _source(desk, given, "copy")
    content = source.content
    if "caption" in given and content.photo is not None:
        text, entities = caption(given)
        content = replace(content, text=text, entities=entities)
    chat = desk.world.addressee(given.text("chat_id"))
    if keyboard is None and "reply_parameters" not in given:
        content = replace(content, keyboard=_surviving(content))
    else:
        content = replace(read_again(desk, content, chat), keyboard=keyboard)
    return {"message_id": desk.send(chat, content, given).id}


def forward_message(desk: Desk, given: Parameters) -> dict[str, Any]:
    """``forwardMessage``: the header says where it comes from."""
    source = _source(desk, given, "forward")
    chat = desk.world.addressee(given.text("chat_id"))
    content = replace(source.content, keyboard=_surviving(source.content))
    return desk.send(chat, content, given, forwarded_from=source.forwarded_from or _origin(source)).as_json()


def _source(desk: Desk, given: Parameters, what: str) -> Message:
    chat = desk.world.addressee(given.text("from_chat_id"))
    message = message_of(chat, given.message_id(), what)
    if message.protected:
        raise bad_request("message has protected content and can't be forwarded")
    return message


def _surviving(content: Content) -> Any:
    """The keyboard that a forward keeps: one of links only."""
    if content.keyboard is None:
        return None
    buttons = [button for row in content.keyboard["inline_keyboard"] for button in row]
    return content.keyboard if all(_SURVIVING & set(button) for button in buttons) else None


def _origin(message: Message) -> dict[str, Any]:
    date = int(message.date.timestamp())
    if message.chat.kind is ChatKind.CHANNEL:
        return {"type": "channel", "date": date, "chat": message.chat.as_json(), "message_id": message.id}
    sender = {} if message.sender is None else message.sender.as_json()
    return {"type": "user", "date": date, "sender_user": sender}
