"""What the page is told: its panes, their chats and messages as plain JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sandbox.telegram.chats import Chat, ChatKind, Status, User
from sandbox.telegram.desk import Desk
from sandbox.telegram.messages import Document, Message
from sandbox.telegram.methods.profile import commands_for
from sandbox.telegram.world import Change

#: What the page says of itself unless it is told otherwise.
BANNER: Final = "SANDBOX — sample data, not Telegram"
#: Messages of a chat that the page shows at most.
SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class Pane:
    """One chat on the page, seen by a person: ``role`` is the label above it ("Channel", "Reader", "Admin")."""

    role: str
    chat_id: int
    viewer_id: int


@dataclass(slots=True)
class Stage:
    """Which chats the page shows, and its banner (empty: none)."""

    panes: tuple[Pane, ...] = ()
    banner: str = BANNER
    title: str = "Telegram sandbox"


def panes_of(desk: Desk, stage: Stage) -> tuple[Pane, ...]:
    """The panes that were set; else the first channel and the first two persons."""
    if stage.panes:
        return stage.panes
    chats = list(desk.world.chats.values())
    people = [chat for chat in chats if chat.user is not None][:2]
    channels = [chat for chat in chats if chat.kind is ChatKind.CHANNEL][:1]
    viewer = people[0].id if people else 0
    return (
        *(Pane("Channel", chat.id, viewer) for chat in channels),
        *(Pane("Reader", chat.id, chat.id) for chat in people),
    )


def whole(desk: Desk, stage: Stage) -> dict[str, Any]:
    """Everything that the page needs to draw itself for the first time."""
    with desk.world.signal.lock:
        panes = [pane for pane in panes_of(desk, stage) if pane.chat_id in desk.world.chats]
        return {
            "banner": stage.banner,
            "title": stage.title,
            "change": desk.world.last_change,
            "panes": [{"role": pane.role, "chat_id": pane.chat_id, "viewer_id": pane.viewer_id} for pane in panes],
            "chats": {str(pane.chat_id): chat_view(desk, desk.world.chats[pane.chat_id]) for pane in panes},
            "messages": {
                str(pane.chat_id): [message_view(message) for message in _shown(desk.world.chats[pane.chat_id])]
                for pane in panes
            },
        }


def news(desk: Desk, stage: Stage, after: int) -> dict[str, Any]:
    """What changed on the panes since the change with the number ``after``; ``missed`` where it is too long ago."""
    with desk.world.signal.lock:
        changes = [change for change in desk.world.changes if change.number > after]
        missed = after + 1 < (changes[0].number if changes else desk.world.last_change + 1)
        shown = [pane.chat_id for pane in panes_of(desk, stage) if pane.chat_id in desk.world.chats]
        seen = [change for change in changes if change.chat_id is None or change.chat_id in shown]
        return {
            "change": desk.world.last_change,
            "missed": missed,
            "chats": [chat_view(desk, desk.world.chats[chat_id]) for chat_id in dict.fromkeys(_chat_ids(seen, shown))],
            "messages": [_message_news(desk, *place) for place in dict.fromkeys(_places(seen))],
            "toasts": [_toast(change) for change in seen if change.toast is not None],
        }


def chat_view(desk: Desk, chat: Chat) -> dict[str, Any]:
    """A chat: its name, what it is, and for a private one the commands and whether the bot is blocked."""
    view: dict[str, Any] = {
        "id": chat.id,
        "kind": chat.kind.value,
        "name": desk.world.bot.first_name if chat.is_private else chat.name,
        "username": chat.username,
        "bot": desk.world.bot.username,
        "members": sum(one.is_inside for one in chat.members.values()) + chat.bot.is_inside,
        "pinned": chat.pinned[-1] if chat.pinned else None,
    }
    if chat.user is not None:
        menu = dict(chat.menu_button or desk.profile.menu_button)
        view |= {
            "person": chat.name,
            "blocked": chat.bot.status is Status.KICKED,
            "started": chat.bot.status is not Status.LEFT,
            "commands": commands_for(desk.profile, chat.id, chat.user.language),
            "menu": menu.get("type") != "web_app",
            "reply_keyboard": [] if chat.reply_keyboard is None else list(chat.reply_keyboard["keyboard"]),
            "description": desk.profile.descriptions.get(chat.user.language[:2])
            or desk.profile.descriptions.get("", ""),
        }
    return view


def message_view(message: Message) -> dict[str, Any]:
    """A message as the page draws it; ``date`` in milliseconds of Unix time."""
    content = message.content
    view: dict[str, Any] = {
        "id": message.id,
        "chat_id": message.chat.id,
        "date": int(message.date.timestamp() * 1000),
        "from_bot": message.from_bot,
        "sender_id": None if message.sender is None else message.sender.id,
        "sender": _name(message.sender),
        "text": content.text,
        "entities": list(content.entities),
        "rich": content.rich,
        "keyboard": None if content.keyboard is None else content.keyboard["inline_keyboard"],
        "edited": message.edited_at is not None,
        "silent": message.silent,
        "votes": message.votes,
        "reactions": [str(reaction.get("emoji", "")) for reaction in message.reactions],
        "losses": list(content.losses),
    }
    if content.photo is not None:
        view["photo"] = content.photo.as_json()
    if content.document is not None:
        view["document"] = _document(message, content.document)
    if content.poll is not None:
        view["poll"] = content.poll.as_view()
    if content.location is not None:
        view["location"] = dict(content.location)
    if message.thread is not None:
        topic = message.chat.topics.get(message.thread)
        view["topic"] = "" if topic is None else topic.name
    if content.service is not None:
        view["text"] = ", ".join(name.replace("_", " ") for name in content.service)
    if message.forwarded_from is not None:
        told = message.forwarded_from.get("chat") or message.forwarded_from.get("sender_user") or {}
        view["forwarded_from"] = told.get("title") or told.get("first_name") or ""
    if message.reply_to is not None:
        view["reply_to"] = {"id": message.reply_to.id, "text": message.reply_to.text[:80]}
    return view


def _document(message: Message, document: Document) -> dict[str, Any]:
    address = f"/_sandbox/documents/{message.chat.id}/{message.id}"
    return {"name": document.name, "size": len(document.content), "url": address}


def _name(sender: User | None) -> str:
    return "" if sender is None else f"{sender.first_name} {sender.last_name}".strip()


def _shown(chat: Chat) -> list[Message]:
    return list(chat.messages.values())[-SHOWN:]


def _chat_ids(changes: Iterable[Change], shown: Iterable[int]) -> Iterable[int]:
    for change in changes:
        if change.chat_id is None:
            yield from shown
        elif change.message_id is None and change.toast is None:
            yield change.chat_id


def _places(changes: Iterable[Change]) -> Iterable[tuple[int, int]]:
    for change in changes:
        if change.chat_id is not None and change.message_id is not None:
            yield change.chat_id, change.message_id


def _message_news(desk: Desk, chat_id: int, message_id: int) -> dict[str, Any]:
    message = desk.world.chats[chat_id].messages.get(message_id)
    if message is None:
        return {"id": message_id, "chat_id": chat_id, "deleted": True}
    return message_view(message)


def _toast(change: Change) -> dict[str, Any]:
    toast = change.toast
    if toast is None:
        return {}
    return {"chat_id": change.chat_id, "user_id": toast.user_id, "text": toast.text, "alert": toast.alert}
