"""Rich messages: sending them, and building them anew for a copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sandbox.telegram.chats import Chat
from sandbox.telegram.desk import Desk
from sandbox.telegram.messages import Content
from sandbox.telegram.methods.media import find_photo
from sandbox.telegram.methods.messages import keyboard_of
from sandbox.telegram.parameters import Parameters
from sandbox.telegram.rich.blocks import MEDIA
from sandbox.telegram.rich.message import read_rich_message
from sandbox.telegram.rich.reading import Reading


def send_rich_message(desk: Desk, given: Parameters) -> dict[str, Any]:
    """``sendRichMessage``."""
    value = given.structure("rich_message", "input rich message")
    keyboard = keyboard_of(given)
    chat = desk.world.addressee(given.text("chat_id"))
    return desk.send(chat, replace(rich_content(desk, given, value, chat), keyboard=keyboard), given).as_json()


def rich_content(desk: Desk, given: Parameters, value: Any, chat: Chat) -> Content:
    """The content that an InputRichMessage makes in a chat."""
    reading = Reading(chat.kind, int(desk.world.clock().timestamp()), lambda source: find_photo(desk, given, source))
    rich = read_rich_message(reading, value)
    return Content(rich=rich, losses=tuple(reading.losses))


def read_again(desk: Desk, content: Content, chat: Chat) -> Content:
    """A rich content built anew from what was received, which forgets skip_entity_detection; any other as it is."""
    if content.rich is None:
        return content
    value = {"blocks": [_as_input(block) for block in content.rich["blocks"]]}
    return rich_content(desk, Parameters({}), value, chat)


def _as_input(value: Any) -> Any:
    """A received block as one sends it: media are named by their file_id."""
    if isinstance(value, list):
        return [_as_input(part) for part in value]
    if not isinstance(value, Mapping):
        return value
    kind = value.get("type")
    body = {name: _as_input(part) for name, part in value.items() if name != "label"}
    if kind in MEDIA and kind in body:
        stored = body[kind][0] if isinstance(body[kind], list) else body[kind]
        body[kind] = {"type": kind, "media": stored["file_id"]}
    return body
