"""What the editors' conversation asks of the house."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from domain.deliveries import BroadcastState, Receipt
from domain.edits import Edit, LeadOption, Outcome, Skip, Wish
from domain.issue import IssueRecord
from domain.items import ItemKey
from domain.proofs import Proof


class Deed(Protocol):
    """What an admin did, and when (aware UTC)."""

    @property
    def at(self) -> datetime:
        """When."""
        ...

    @property
    def by(self) -> str:
        """Who: ``admin 42``, ``timetable``, ``shell anna``."""
        ...

    @property
    def action(self) -> str:
        """What: ``approve``, ``hold``, ``publish``, ``edit``, ``redo``, ``lead``, ``broadcast.pause``, and the like."""
        ...


class EditingRoom(Protocol):
    """Drafts and what editors do with them. What is not async is called off the event loop.

    An act that names a fingerprint raises Outdated when the issue bears another one by now; all of them raise NotFound
    and NotAllowed with words for the editor.
    """

    def proof(self, day: date | None) -> Proof:
        """The issue of a day, or the newest one, in the very pages that would be sent."""
        ...

    def edits(self, day: date) -> tuple[Edit, ...]:
        """The sentences of a day's issue that are in an editor's words."""
        ...

    def outlook(self, day: date) -> list[str]:
        """What sending it takes, in lines of plain text."""
        ...

    def fate(self, record: IssueRecord) -> str:
        """What happens to it if nobody says a word."""
        ...

    def last_deed(self, subject: str) -> Deed | None:
        """The last act on a subject: an issue (its date), a broadcast (its number), an item."""
        ...

    def last_deed_on(self, day: date) -> Deed | None:
        """The last act on an issue, or on the broadcast that sends it."""
        ...

    def issue_state(self, day: date) -> BroadcastState | None:
        """How the broadcast of an issue stands; None when it was never sent."""
        ...

    def approve(self, day: date | None, by: str, of: str | None = None) -> IssueRecord:
        """Let an issue go out at press time."""
        ...

    def hold(self, day: date | None, by: str) -> IssueRecord:
        """Keep an issue from going out; one that is going out is paused where it stands."""
        ...

    def publish(self, day: date | None, by: str, of: str | None = None) -> IssueRecord:
        """Publish an issue and queue it for every reader."""
        ...

    def issue_receipt(self, day: date) -> Receipt | None:
        """What became of the issue of a day so far; None when it was never sent."""
        ...

    def correction_receipt(self, day: date) -> Receipt | None:
        """What became of the newest correction of an issue's copies; None when none was ever owed."""
        ...

    def skips(self) -> tuple[Skip, ...]:
        """Everything that is skipped for good, the newest first."""
        ...

    def unskip(self, item: ItemKey, by: str) -> bool:
        """Let an item be named again; False when it was not skipped."""
        ...

    async def grant(self, day: date, wish: Wish, of: str, by: str) -> Outcome:
        """Do what an editor wants with the draft that bears the fingerprint ``of``."""
        ...

    async def lead_options(self, day: date) -> tuple[LeadOption, ...]:
        """The stories that could lead instead, best first."""
        ...
