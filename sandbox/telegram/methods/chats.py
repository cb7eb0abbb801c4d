"""What the bot can learn of chats and do in them besides writing."""

from __future__ import annotations

from typing import Any, Final

from sandbox.telegram.chats import Chat, ChatKind, Membership, Status
from sandbox.telegram.desk import Desk, may
from sandbox.telegram.errors import bad_request
from sandbox.telegram.parameters import Parameters
from sandbox.telegram.world import message_of, refusal_of

ACTIONS: Final = frozenset(
    (
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    )
)
REACTIONS: Final = frozenset(
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾😡"
)


def get_chat(desk: Desk, given: Parameters) -> dict[str, Any]:
    """``getChat``: the ChatFullInfo."""
    chat = _reachable(desk, given)
    body = chat.as_json() | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    if chat.username:
        body["active_usernames"] = [chat.username]
    if chat.description:
        body["description"] = chat.description
    if chat.pinned and chat.pinned[-1] in chat.messages:
        body["pinned_message"] = chat.messages[chat.pinned[-1]].as_json()
    return body


def get_chat_member(desk: Desk, given: Parameters) -> dict[str, Any]:
    """``getChatMember``; somebody known who is not in the chat has left it."""
    chat = _reachable(desk, given)
    user = desk.world.users.get(given.integer("user_id", 0))
    if user is None:
        raise bad_request("invalid user_id specified" if not given.text("user_id") else "PARTICIPANT_ID_INVALID")
    return _membership(desk, chat, user.id).as_json(user)


def get_chat_administrators(desk: Desk, given: Parameters) -> list[dict[str, Any]]:
    """``getChatAdministrators``."""
    chat = _reachable(desk, given)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    if chat.kind is ChatKind.CHANNEL and chat.bot.status is not Status.ADMINISTRATOR:
        raise bad_request("member list is inaccessible")
    inside = {desk.world.bot.id: chat.bot, **chat.members}
    leading = {Status.CREATOR, Status.ADMINISTRATOR}
    return [one.as_json(desk.world.users[user_id]) for user_id, one in inside.items() if one.status in leading]


def get_chat_member_count(desk: Desk, given: Parameters) -> int:
    """``getChatMemberCount``."""
    chat = _reachable(desk, given)
    if chat.is_private:
        return 2
    return sum(one.is_inside for one in (chat.bot, *chat.members.values()))


def send_chat_action(desk: Desk, given: Parameters) -> bool:
    """``sendChatAction``."""
    action = given.text("action").lower()
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = desk.world.addressee(given.text("chat_id"))
    desk.writable(chat)
    chat.actions.append(action)
    desk.world.changed(chat)
    return True


def pin_chat_message(desk: Desk, given: Parameters) -> bool:
    """``pinChatMessage``."""
    chat = desk.world.addressee(given.text("chat_id"))
    _may_pin(desk, chat)
    message = message_of(chat, given.message_id(), "pin")
    message.pinned = True
    chat.pinned.append(message.id)
    desk.world.changed(chat, message)
    return True


def unpin_chat_message(desk: Desk, given: Parameters) -> bool:
    """``unpinChatMessage``: the one named, or the one pinned last."""
    chat = desk.world.addressee(given.text("chat_id"))
    _may_pin(desk, chat)
    message_id = given.integer("message_id", chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    message = chat.messages.get(message_id)
    if message is not None:
        message.pinned = False
    desk.world.changed(chat, message)
    return True


def set_message_reaction(desk: Desk, given: Parameters) -> bool:
    """``setMessageReaction``: at most one emoji, or none."""
    chat = desk.world.addressee(given.text("chat_id"))
    message = message_of(chat, given.message_id(), "react")
    reactions = given.structure("reaction", "reactions") or []
    if not isinstance(reactions, list) or len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for reaction in reactions:
        emoji = str(reaction.get("emoji", "")).removesuffix("\ufe0f") if isinstance(reaction, dict) else ""
        if emoji not in REACTIONS:
            raise bad_request("REACTION_INVALID")
    message.reactions = reactions
    desk.world.changed(chat, message)
    return True


def _may_pin(desk: Desk, chat: Chat) -> None:
    desk.writable(chat, "can_edit_messages")
    if chat.kind in {ChatKind.SUPERGROUP, ChatKind.GROUP} and not may(chat.bot, "can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")


def _reachable(desk: Desk, given: Parameters) -> Chat:
    chat = desk.world.addressee(given.text("chat_id"))
    refusal = refusal_of(chat)
    if refusal is not None and not chat.is_private:
        raise refusal
    return chat


def _membership(desk: Desk, chat: Chat, user_id: int) -> Membership:
    if user_id == desk.world.bot.id:
        return chat.bot
    if chat.is_private:
        return Membership(Status.MEMBER if user_id == chat.id else Status.LEFT)
    return chat.members.get(user_id, Membership(Status.LEFT))
