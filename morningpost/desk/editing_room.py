"""The editing room: what the conversation with editors asks for, joined over the desk and a process for long acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.deliveries import BroadcastKind, BroadcastState, Receipt
from domain.edits import Edit, LeadOption, Outcome, Skip, Wish
from domain.issue import IssueRecord, IssueState
from domain.items import ItemKey
from domain.proofs import Proof
from morningpost.desk.desk import Desk
from morningpost.desk.editing_apart import EditingApart
from morningpost.settings import Settings
from storage.admin_actions import AdminAction, AdminActions

#: The newest correction is looked for among so many broadcasts.
LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class EditingRoom:
    """Implements the bot's EditingRoom."""

    desk: Desk
    actions: AdminActions
    settings: Settings
    apart: EditingApart

    def proof(self, day: date | None) -> Proof:
        """The issue of a day, or the newest one, in the very pages that would be sent."""
        return self.desk.proof(day)

    def edits(self, day: date) -> tuple[Edit, ...]:
        """The sentences of a day's issue that are in an editor's words."""
        return self.desk.changes.edits(day)

    def outlook(self, day: date) -> list[str]:
        """What sending it takes."""
        return self.desk.outlook(day)

    def fate(self, record: IssueRecord) -> str:
        """What happens to it if nobody says a word."""
        press = f"{self.settings.press_at:%H:%M} ({self.settings.paper_timezone})"
        match record.state:
            case IssueState.PUBLISHED:
                return ""
            case IssueState.HELD:
                return "It does not go out until somebody lets it go."
            case IssueState.DRAFT if not self.settings.auto_approve:
                return f"Unanswered it does not go out: AUTO_APPROVE is off. Press time is {press}."
            case _:
                return f"Unanswered it goes out at {press}."

    def last_deed(self, subject: str) -> AdminAction | None:
        """The last act on a subject."""
        return self.actions.latest_on(subject)

    def last_deed_on(self, day: date) -> AdminAction | None:
        """The last act on an issue, or on the broadcast that sends it."""
        sending = self.desk.broadcasts.issue_broadcast(day)
        deeds = [self.actions.latest_on(str(day))]
        if sending is not None:
            deeds.append(self.actions.latest_on(str(sending.id)))
        return max(filter(None, deeds), key=lambda deed: deed.at, default=None)

    def issue_state(self, day: date) -> BroadcastState | None:
        """How the broadcast of an issue stands."""
        sending = self.desk.broadcasts.issue_broadcast(day)
        return None if sending is None else sending.state

    def approve(self, day: date | None, by: str, of: str | None = None) -> IssueRecord:
        """Let an issue go out at press time."""
        return self.desk.approve(day, by, of)

    def hold(self, day: date | None, by: str) -> IssueRecord:
        """Keep an issue from going out; one that is going out is paused where it stands."""
        return self.desk.hold(day, by)

    def publish(self, day: date | None, by: str, of: str | None = None) -> IssueRecord:
        """Publish an issue and queue it for every reader."""
        return self.desk.publish(day, by, of=of)

    def issue_receipt(self, day: date) -> Receipt | None:
        """What became of the issue of a day so far."""
        return self.desk.issue_receipt(day)

    def correction_receipt(self, day: date) -> Receipt | None:
        """What became of the newest correction of an issue's copies."""
        receipts = self.desk.broadcasts.receipts(LOOKED_AT)
        corrections = (each for each in receipts if each.broadcast.kind is BroadcastKind.CORRECTION)
        return next((each for each in corrections if each.broadcast.issue_date == day), None)

    def skips(self) -> tuple[Skip, ...]:
        """Everything that is skipped for good."""
        return self.desk.changes.skips()

    def unskip(self, item: ItemKey, by: str) -> bool:
        """Let an item be named again."""
        return self.desk.changes.unskip(item, by, self.desk.clock())

    async def grant(self, day: date, wish: Wish, of: str, by: str) -> Outcome:
        """Do what an editor wants with a draft."""
        return await self.apart.grant(day, wish, of, by)

    async def lead_options(self, day: date) -> tuple[LeadOption, ...]:
        """The stories that could lead instead."""
        return await self.apart.lead_options(day)
