"""The topics of a group, as the bot manages them."""

from __future__ import annotations

from typing import Any

from sandbox.telegram.desk import Desk
from sandbox.telegram.errors import bad_request
from sandbox.telegram.forums import Forum, may_manage
from sandbox.telegram.parameters import Parameters


def create_forum_topic(desk: Desk, given: Parameters) -> dict[str, Any]:
    """``createForumTopic``: the ForumTopic."""
    topic = _forum(desk, given, "create a topic").open(given.text("name"))
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": 0x6FB9F0}


def edit_forum_topic(desk: Desk, given: Parameters) -> bool:
    """``editForumTopic``: another name."""
    _forum(desk, given, "edit the topic").rename(_number(given), given.text("name"))
    return True


def close_forum_topic(desk: Desk, given: Parameters) -> bool:
    """``closeForumTopic``."""
    _forum(desk, given, "close the topic").close(_number(given))
    return True


def reopen_forum_topic(desk: Desk, given: Parameters) -> bool:
    """``reopenForumTopic``."""
    _forum(desk, given, "reopen the topic").reopen(_number(given))
    return True


def delete_forum_topic(desk: Desk, given: Parameters) -> bool:
    """``deleteForumTopic``, with its messages."""
    _forum(desk, given, "delete the topic").delete(_number(given))
    return True


def _forum(desk: Desk, given: Parameters, act: str) -> Forum:
    chat = desk.world.addressee(given.text("chat_id"))
    desk.writable(chat)
    if not may_manage(chat):
        raise bad_request(f"not enough rights to {act}")
    return Forum(desk, chat, desk.world.bot)


def _number(given: Parameters) -> int:
    return given.integer("message_thread_id", 0)
