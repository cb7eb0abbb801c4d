"""Changing what a message says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sandbox.telegram.desk import Desk
from sandbox.telegram.errors import bad_request
from sandbox.telegram.messages import Content
from sandbox.telegram.methods.messages import change, editable, keyboard_of, link_preview_of
from sandbox.telegram.methods.rich import rich_content
from sandbox.telegram.methods.texts import message_text
from sandbox.telegram.parameters import Parameters


def edit_message_text(desk: Desk, given: Parameters) -> dict[str, Any]:
    """``editMessageText``: a text or a rich message in place of either."""
    rich = given.structure("rich_message", "input rich message")
    if rich is not None and given.text("text"):
        raise bad_request("exactly one of text and rich_message must be specified")
    text, entities = ("", ()) if rich is not None else message_text(given)
    keyboard = keyboard_of(given)
    message = editable(desk, given)
    if message.content.photo is not None or message.content.poll is not None:
        raise bad_request("there is no text in the message to edit")
    if rich is None:
        content = Content(text, entities, link_preview=link_preview_of(given))
    else:
        content = rich_content(desk, given, rich, message.chat)
    return change(desk, message, replace(content, keyboard=keyboard))


def edit_message_reply_markup(desk: Desk, given: Parameters) -> dict[str, Any]:
    """``editMessageReplyMarkup``."""
    keyboard = keyboard_of(given)
    message = editable(desk, given)
    return change(desk, message, replace(message.content, keyboard=keyboard))
