"""What the conversation asks of the house; small doors, joined in the wiring."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, Unpack

from bot.ports.displays import Displays
from bot.ports.editing import EditingRoom
from bot.ports.feedback import FeedbackDesk
from bot.ports.health import Watch
from bot.ports.library import Library
from bot.ports.notices import NoticeDesk
from bot.ports.polls import PollDesk
from domain.combinations import PLAIN, FormKey
from domain.deliveries import BroadcastId, Outcome, Receipt, Turn
from domain.editions import Attachment, Message, Style
from domain.issue import IssueRecord, Paper
from domain.questions import Question
from domain.readers import Changes, ChatId, Subscriber, SubscriberState

Clock = Callable[[], datetime]


class Readers(Protocol):
    """The list of subscribers. Synchronous: called off the event loop."""

    def get(self, chat_id: ChatId) -> Subscriber | None:
        """Find a reader; None when the chat never subscribed."""
        ...

    def join(self, subscriber: Subscriber) -> bool:
        """Subscribe a chat, or bring it back; True when it was not active before."""
        ...

    def change(self, chat_id: ChatId, **changes: Unpack[Changes]) -> Subscriber:
        """Change a reader's settings; what is left out stays. Raises NotFound."""
        ...

    def pause(self, chat_id: ChatId, until: date, at: datetime) -> Subscriber:
        """Send a reader nothing until the issue of a day, with which he comes back. Raises NotFound."""
        ...

    def settle_in(self, chat_id: ChatId, thread: int | None) -> Subscriber:
        """Bring a group's papers into one of its topics, or into General (None). Raises NotFound."""
        ...

    def set_state(self, chat_id: ChatId, state: SubscriberState, at: datetime) -> None:
        """Note how a subscription stands now."""
        ...

    def forget(self, chat_id: ChatId) -> bool:
        """Erase every trace of a chat; True when there was one."""
        ...

    def counts(self) -> Mapping[SubscriberState, int]:
        """How many chats stand in each state."""
        ...


class PersonalData(Protocol):
    """What is stored about a chat. Synchronous."""

    def traces(self, chat_id: ChatId) -> Mapping[str, int]:
        """How many rows of each table name a chat, by the table's name."""
        ...

    def of(self, chat_id: ChatId) -> Mapping[str, list[dict[str, Any]]]:
        """All rows of a chat by table, in values that JSON knows."""
        ...


class Questions(Protocol):
    """What people were asked to write. Synchronous; each raises StorageError."""

    def ask(self, chat_id: int, user_id: int, question: Question, now: datetime, until: datetime) -> None:
        """Take the next message of a person in a chat for an answer, until a moment."""
        ...

    def take(
        self, chat_id: int, user_id: int, message_id: int, now: datetime, *, edited: bool = False
    ) -> Question | None:
        """What a message answers; the same message may take it again, ``edited`` only what it answered before."""
        ...

    def forget(self, chat_id: int, user_id: int) -> None:
        """Ask no longer."""
        ...


class Newsstand(Protocol):
    """The published issues, as rendered when they were approved. Synchronous."""

    def current(self) -> date | None:
        """The date of the newest published issue."""
        ...

    def page(self, day: date, style: Style, page: str, own: FormKey = PLAIN) -> Message | None:
        """One page of a published issue, as a combination asks for it; None when there is no such page."""
        ...

    def deliver_now(self, chat_id: ChatId) -> bool:
        """Queue the newest issue for a reader who has not had it yet; False when there is nothing to bring."""
        ...


class Replies(Protocol):
    """Sending to chats, ahead of any broadcast and within the same limits."""

    async def send(
        self, chat_id: ChatId, message: Message, thread: int | None = None, *, silent: bool = False
    ) -> Outcome:
        """Send one message; ``thread`` is the topic of the group that it belongs to. ``silent``: without a sound."""
        ...

    async def ask_location(self, chat_id: ChatId, message: Message, button: str) -> Outcome:
        """Send a message with a button, below the field of the reader, that shares where he is."""
        ...

    async def end_asking(self, chat_id: ChatId, message: Message) -> Outcome:
        """Send a message that takes such a button away."""
        ...

    async def edit(self, chat_id: ChatId, message_id: int, message: Message) -> Outcome:
        """Replace a message in place."""
        ...

    async def photo(self, chat_id: ChatId, png: bytes, caption: str, thread: int | None = None) -> Outcome:
        """Send a picture."""
        ...

    async def document(self, chat_id: ChatId, file: Attachment, thread: int | None = None) -> Outcome:
        """Send a file."""
        ...


class Desk(Protocol):
    """The admins' acts. Synchronous; each raises NotFound or NotAllowed with words for the admin."""

    def record(self, day: date | None) -> IssueRecord:
        """The issue of a day, or the newest one."""
        ...

    def draft_page(self, day: date, style: Style, page: str) -> Message | None:
        """One page of an issue in any state."""
        ...

    def receipt(self) -> Receipt | None:
        """What became of the newest broadcast."""
        ...

    def turn(self, turn: Turn, broadcast: BroadcastId, by: str) -> Receipt:
        """Pause, resume, cancel or retry a broadcast, and say how it stands then."""
        ...


class Usage(Protocol):
    """What is counted of the paper's use."""

    def opened(self, issue_date: date, page: str) -> None:
        """Count the opening of a page; costs nothing, so it is called on the event loop."""
        ...


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that a handler may use."""

    readers: Readers
    newsstand: Newsstand
    replies: Replies
    desk: Desk
    paper: Paper
    clock: Clock
    qr: Callable[[str], bytes]
    library: Library
    editing: EditingRoom
    feedback: FeedbackDesk
    notices: NoticeDesk
    watch: Watch
    usage: Usage
    personal_data: PersonalData
    questions: Questions
    displays: Displays
    zone_at: Callable[[float, float], Awaitable[str | None]]  # of a latitude and a longitude, in degrees
    admins: frozenset[int] = field(default=frozenset())
    own_channel: ChatId | None = None
    polls: PollDesk | None = None  # where a channel is asked
