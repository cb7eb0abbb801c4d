"""Who is there: users, and the chats that they and the bot are in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sandbox.telegram.messages import Message

#: The rights of a channel administrator, by the names of the Bot API.
CHANNEL_RIGHTS = (
    "can_be_edited",
    "can_manage_chat",
    "can_change_info",
    "can_post_messages",
    "can_edit_messages",
    "can_delete_messages",
    "can_invite_users",
    "can_restrict_members",
    "can_promote_members",
    "can_manage_video_chats",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "is_anonymous",
)


class ChatKind(StrEnum):
    """What a chat is, by the Bot API's names."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


class Status(StrEnum):
    """How somebody stands in a chat, by the Bot API's names."""

    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    LEFT = "left"
    KICKED = "kicked"


@dataclass(slots=True)
class User:
    """A person, or the bot. ``language`` is an IETF tag as Telegram tells it; empty: unknown."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language: str = ""
    is_bot: bool = False
    deactivated: bool = False

    def as_json(self) -> dict[str, Any]:
        """The Bot API's User."""
        given = {"last_name": self.last_name, "username": self.username, "language_code": self.language}
        return {
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": self.first_name,
            **{name: value for name, value in given.items() if value},
        }


@dataclass(frozen=True, slots=True)
class Membership:
    """How a user stands in a chat, and what an administrator may do there."""

    status: Status
    rights: frozenset[str] = frozenset()

    @property
    def is_inside(self) -> bool:
        """Whether the user is in the chat."""
        return self.status not in {Status.LEFT, Status.KICKED}

    def as_json(self, user: User) -> dict[str, Any]:
        """The Bot API's ChatMember."""
        body: dict[str, Any] = {"status": self.status.value, "user": user.as_json()}
        if self.status is Status.CREATOR:
            body["is_anonymous"] = False
        elif self.status is Status.ADMINISTRATOR:
            body.update({right: right in self.rights for right in {*CHANNEL_RIGHTS, *self.rights}})
        elif self.status is Status.KICKED:
            body["until_date"] = 0
        return body


@dataclass(slots=True)
class Topic:
    """A topic of a group: ``id`` is the number of the message that opened it."""

    id: int
    name: str
    closed: bool = False


@dataclass(slots=True)
class Chat:
    """A chat: its members by user id (the bot's own membership too) and its messages by message id.

    A private chat has the id of its user; its bot membership is KICKED while the user blocks the bot and LEFT before
    the first /start. ``forum``: a group with topics, which stand in ``topics`` by number; General has none.
    ``reply_keyboard``: the buttons below the field.
    """

    id: int
    kind: ChatKind
    title: str = ""
    username: str = ""
    user: User | None = None
    bot: Membership = Membership(Status.MEMBER)
    members: dict[int, Membership] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    last_message_id: int = 0
    pinned: list[int] = field(default_factory=list)
    description: str = ""
    upgraded_to: int | None = None
    deleted: bool = False
    menu_button: Mapping[str, Any] | None = None
    forum: bool = False
    topics: dict[int, Topic] = field(default_factory=dict)
    reply_keyboard: Mapping[str, Any] | None = None
    actions: list[str] = field(default_factory=list)

    @property
    def is_private(self) -> bool:
        """Whether this is the chat of one user with the bot."""
        return self.kind is ChatKind.PRIVATE

    @property
    def counts_by_the_minute(self) -> bool:
        """Whether Telegram's limit of 20 messages a minute holds here."""
        return not self.is_private

    @property
    def name(self) -> str:
        """What a list of chats shows."""
        if self.user is not None:
            return f"{self.user.first_name} {self.user.last_name}".strip()
        return self.title

    def as_json(self) -> dict[str, Any]:
        """The Bot API's Chat, as messages carry it."""
        if self.user is None:
            given = {"title": self.title, "username": self.username}
        else:
            user = self.user
            given = {"first_name": user.first_name, "last_name": user.last_name, "username": user.username}
        body = {"id": self.id, **{name: value for name, value in given.items() if value}, "type": self.kind.value}
        return body | {"is_forum": True} if self.forum else body
