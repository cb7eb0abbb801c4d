"""What every method works with: the world, the gate, the updates, the profile, the files, and the act of sending."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.telegram.chats import Chat, ChatKind, Membership, Status, User
from sandbox.telegram.errors import bad_request, too_many_requests
from sandbox.telegram.limits import Gate
from sandbox.telegram.messages import Content, Message, Photo
from sandbox.telegram.parameters import Parameters
from sandbox.telegram.updates import Updates
from sandbox.telegram.world import World, refusal_of


@dataclass(slots=True)
class Profile:
    """What the bot says of itself, by language ("" is every other one), and its commands by (scope, language)."""

    names: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=dict)
    menu_button: Mapping[str, Any] = field(default_factory=lambda: {"type": "commands"})


@dataclass(slots=True)
class CallbackAnswer:
    """What the bot answered to a pressed button."""

    text: str = ""
    alert: bool = False
    url: str = ""


@dataclass(slots=True)
class Callback:
    """A pressed button: who, on which message, with which data; ``answer`` is None until the bot answers."""

    id: str
    user: User
    message: Message
    data: str
    answer: CallbackAnswer | None = None


@dataclass(slots=True)
class Desk:
    """The parts that methods use. ``now`` is a monotonic clock in seconds."""

    world: World
    gate: Gate
    updates: Updates
    now: Callable[[], float]
    profile: Profile = field(default_factory=Profile)
    callbacks: dict[str, Callback] = field(default_factory=dict)
    photos: dict[str, Photo] = field(default_factory=dict)
    polls: list[Message] = field(default_factory=list)
    logged_out: bool = False
    started_at: float = field(init=False)

    def __post_init__(self) -> None:
        self.started_at = self.now()

    def pass_gate(self, chat: Chat) -> None:
        """Let a message through to a chat that wants it, or refuse it with 429, 403 or 400."""
        retry_after = self.gate.admit(chat.id, chat.counts_by_the_minute)
        if retry_after:
            raise too_many_requests(retry_after)

    def writable(self, chat: Chat, right: str = "can_post_messages") -> None:
        """Refused where the bot may not write: not in the chat, blocked, or an administrator without the right."""
        refusal = refusal_of(chat)
        if refusal is not None:
            raise refusal
        if chat.kind is ChatKind.CHANNEL and not may(chat.bot, right):
            raise bad_request("need administrator rights in the channel chat")

    def send(
        self, chat: Chat, content: Content, given: Parameters, forwarded_from: Mapping[str, Any] | None = None
    ) -> Message:
        """Post into a chat as the bot: the gate, the rights, then the message."""
        self.pass_gate(chat)
        self.writable(chat)
        if _offer(chat, given):
            self.world.changed(chat)
        return self.world.post(
            chat,
            self.world.bot,
            content,
            reply_to=_replied(chat, given),
            silent=given.flag("disable_notification"),
            protected=given.flag("protect_content"),
            forwarded_from=forwarded_from,
            thread=_thread(chat, given),
        )


def may(membership: Membership, right: str) -> bool:
    """Whether an administrator holds a right; who made the chat holds all."""
    if membership.status is Status.CREATOR:
        return True
    return membership.status is Status.ADMINISTRATOR and right in membership.rights


def _offer(chat: Chat, given: Parameters) -> bool:
    """Show the buttons below the field that a message brings, or take them away; whether there was either."""
    markup = given.structure("reply_markup", "reply keyboard markup")
    if not isinstance(markup, dict):
        return False
    if "keyboard" in markup:
        if not chat.is_private and any("request_location" in button for row in markup["keyboard"] for button in row):
            raise bad_request("location can be requested in private chats only")
        chat.reply_keyboard = markup
        return True
    if markup.get("remove_keyboard") is True:
        chat.reply_keyboard = None
        return True
    return False


def _thread(chat: Chat, given: Parameters) -> int | None:
    wanted = given.text("message_thread_id")
    if not wanted:
        return None
    topic = chat.topics.get(int(wanted)) if wanted.isdigit() else None
    if topic is None:
        raise bad_request("message thread not found")
    if topic.closed and not may(chat.bot, "can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return topic.id


def _replied(chat: Chat, given: Parameters) -> Message | None:
    wanted = given.structure("reply_parameters", "reply parameters")
    if not isinstance(wanted, dict):
        return None
    message = chat.messages.get(int(wanted.get("message_id", 0)))
    if message is None and wanted.get("allow_sending_without_reply") is not True:
        raise bad_request("message to be replied not found")
    return message
