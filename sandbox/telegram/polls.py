"""Polls: what is asked, who voted for what, and when it closes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.telegram.chats import User
    from sandbox.telegram.desk import Desk
    from sandbox.telegram.messages import Message


@dataclass(slots=True)
class Poll:
    """A poll; ``votes``: numbers of chosen options by voter. ``closes_at`` (aware UTC): when it closes by itself."""

    id: str
    question: str
    options: tuple[str, ...]
    anonymous: bool = True
    multiple: bool = False
    closes_at: datetime | None = None
    open_period: int | None = None
    closed: bool = False
    votes: dict[int, frozenset[int]] = field(default_factory=dict)

    def count(self, option: int) -> int:
        """How many chose an option."""
        return sum(option in chosen for chosen in self.votes.values())

    def as_json(self) -> dict[str, Any]:
        """The Bot API's Poll."""
        body: dict[str, Any] = {
            "id": self.id,
            "question": self.question,
            "options": [
                {"persistent_id": str(number), "text": text, "voter_count": self.count(number)}
                for number, text in enumerate(self.options)
            ],
            "total_voter_count": len(self.votes),
            "is_closed": self.closed,
            "is_anonymous": self.anonymous,
            "type": "regular",
            "allows_multiple_answers": self.multiple,
            "allows_revoting": True,
            "members_only": False,
        }
        if self.open_period is not None:
            body["open_period"] = self.open_period
        if self.closes_at is not None:
            body["close_date"] = int(self.closes_at.timestamp())
        return body

    def as_view(self) -> Mapping[str, Any]:
        """What the page shows; who voted for what is told to nobody, but each voter sees his own."""
        return {
            **self.as_json(),
            "voters": {str(user_id): sorted(chosen) for user_id, chosen in self.votes.items()},
        }


def vote(desk: Desk, message: Message, user: User, *chosen: int) -> None:
    """Let somebody vote, or take his vote back by choosing nothing; the bot is told of the count.

    Raises ValueError: it is no poll, it is closed, there is no such option, or only one may be chosen.
    """
    with desk.world.signal.lock:
        close_due(desk)
        poll = message.content.poll
        if poll is None:
            raise ValueError(f"message {message.id} is no poll")
        if poll.closed:
            raise ValueError("the poll is closed")
        if not all(0 <= number < len(poll.options) for number in chosen):
            raise ValueError(f"the poll has {len(poll.options)} options, counted from 0")
        if len(set(chosen)) > 1 and not poll.multiple:
            raise ValueError("this poll takes one answer of each")
        if chosen:
            poll.votes[user.id] = frozenset(chosen)
        else:
            poll.votes.pop(user.id, None)
        if not poll.anonymous:
            answer = {"poll_id": poll.id, "user": user.as_json(), "option_ids": sorted(set(chosen))}
            answer["option_persistent_ids"] = [str(number) for number in sorted(set(chosen))]
            desk.updates.put("poll_answer", answer)
        _told(desk, message, poll)


def close(desk: Desk, message: Message, poll: Poll) -> None:
    """Close a poll for good; the bot is told."""
    poll.closed = True
    _told(desk, message, poll)


def close_due(desk: Desk) -> None:
    """Close the polls whose time is over."""
    now = desk.world.clock()
    for message in desk.polls:
        poll = message.content.poll
        if poll is not None and not poll.closed and poll.closes_at is not None and poll.closes_at <= now:
            close(desk, message, poll)


def _told(desk: Desk, message: Message, poll: Poll) -> None:
    desk.updates.put("poll", poll.as_json())
    if not message.deleted:
        desk.world.changed(message.chat, message)
