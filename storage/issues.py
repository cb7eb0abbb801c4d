"""Issues and their editions, from draft to published; every act of an admin on them is recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Row, Select, func, select, update

from domain.editions import SHORT, Edition, Style
from domain.errors import NotAllowed, NotFound
from domain.issue import Issue, IssueRecord, IssueState
from domain.proofs import Proof
from storage.admin_actions import AdminAction, record_action
from storage.database import Database, Turn
from storage.doubts import issues_citing
from storage.edition_json import edition_from_json
from storage.issue_json import issue_from_json
from storage.issue_writing import Draft, write_draft
from storage.proofs import require_proof
from storage.revisions import Correction, Revision, revisions, write_correction
from storage.schema import CitationKind, EditionRow, IssueRow, RevisionRow


@dataclass(frozen=True, slots=True)
class Act:
    """What may be done with an issue: where it leads, and why it can't be done from a state."""

    name: str
    leads_to: IssueState
    refused: Mapping[IssueState, str]


APPROVE = Act("approve", IssueState.APPROVED, {IssueState.PUBLISHED: "is published already"})
HOLD = Act("hold", IssueState.HELD, {IssueState.PUBLISHED: "is published already and can't be held back"})
PUBLISH = Act(
    "publish",
    IssueState.PUBLISHED,
    {IssueState.DRAFT: "is a draft: approve it first", IssueState.HELD: "is held: approve it first"},
)


class Issues:
    """Every issue of the paper, one for each morning. Every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save_draft(self, issue: Issue, editions: Sequence[Edition], at: datetime) -> IssueRecord:
        """Keep an issue with its editions in place of the draft that stood for its day.

        It stands as a draft, or as held when its checks say so or an admin held what stood before. Saving again
        what stands changes nothing; anything else takes an approval back. Raises NotAllowed: the day's issue is
        published, or another day has its number.
        """
        draft = Draft.of(issue, editions)
        with self._database.write(Turn.ISSUES) as connection:
            write_draft(connection, draft, at)
            return _record(_existing(connection, issue.date))

    def load(self, day: date) -> IssueRecord | None:
        """The issue of a day, whatever its state; None when there is none."""
        return self._first(_issues().where(IssueRow.date == day))

    def latest(self, state: IssueState | None = None) -> IssueRecord | None:
        """The newest issue, of all or of those in a state."""
        newest = _issues().order_by(IssueRow.date.desc()).limit(1)
        return self._first(newest if state is None else newest.where(IssueRow.state == state))

    def newest(self, state: IssueState) -> date | None:
        """The day of the newest issue in a state."""
        with self._database.read() as connection:
            return connection.scalar(select(func.max(IssueRow.date)).where(IssueRow.state == state))

    def dates(self, state: IssueState | None = None) -> list[date]:
        """The days that have an issue, of all or of those in a state, oldest first."""
        days = select(IssueRow.date).order_by(IssueRow.date)
        with self._database.read() as connection:
            return list(connection.scalars(days if state is None else days.where(IssueRow.state == state)))

    def before(self, day: date, limit: int) -> list[Issue]:
        """The last issues before a day, newest first; those that are held count as never written."""
        past = (
            select(IssueRow.content)
            .where(IssueRow.date < day, IssueRow.state != IssueState.HELD)
            .order_by(IssueRow.date.desc())
            .limit(limit)
        )
        with self._database.read() as connection:
            contents = connection.scalars(past).all()
        return [issue_from_json(content) for content in contents]

    def number_for(self, day: date) -> int:
        """The number that the issue of a day bears, or the next free one; the first issue is number 1."""
        own, highest = select(IssueRow.number).where(IssueRow.date == day), select(func.max(IssueRow.number))
        with self._database.read() as connection:
            return connection.scalar(own) or (connection.scalar(highest) or 0) + 1

    def edition(self, day: date, style: Style) -> Edition | None:
        """An issue in one style, exactly as it was saved; None when there is none."""
        of_style = EditionRow.issue_date == day, EditionRow.style == style
        with self._database.read() as connection:
            row = connection.execute(select(EditionRow.pages, EditionRow.sha256).where(*of_style)).first()
        return None if row is None else edition_from_json(day, style, row.pages, row.sha256)

    def proof(self, day: date) -> Proof | None:
        """The issue of a day with all its editions, as they stand in one moment; None when there is none."""
        stored = select(EditionRow.style, EditionRow.pages, EditionRow.sha256).where(EditionRow.issue_date == day)
        with self._database.read() as connection:
            row = connection.execute(_issues().where(IssueRow.date == day)).first()
            rows = connection.execute(stored).all()
        if row is None:
            return None
        return Proof(_record(row), {style: edition_from_json(day, style, pages, sha) for style, pages, sha in rows})

    def approve(self, day: date, by: str, at: datetime, *, of: str | None = None) -> IssueRecord:
        """Let a draft, or a held issue, go out. Approving twice changes nothing.

        ``of``: the fingerprint of the pages that were looked at, whole or its first 16 characters. Raises NotFound,
        NotAllowed, Outdated: the pages are others now.
        """
        return self._act(APPROVE, day, by, at, of, approved_at=at, held_by="")

    def hold(self, day: date, by: str, at: datetime) -> IssueRecord:
        """Keep an issue from going out. Holding twice changes nothing. Raises NotFound, NotAllowed."""
        return self._act(HOLD, day, by, at, approved_at=None, held_by=by)

    def publish(self, day: date, by: str, at: datetime) -> IssueRecord:
        """Publish an approved issue, for good. Publishing twice changes nothing. Raises NotFound, NotAllowed."""
        return self._act(PUBLISH, day, by, at, published_at=at)

    def correct(
        self, issue: Issue, editions: Sequence[Edition], correction: Correction, *, of: str | None = None
    ) -> IssueRecord:
        """Put a corrected issue in place of the one of its day, which keeps its state; the old text is kept as well.

        ``of``: the fingerprint of the pages that were looked at. Raises NotFound: the day has no issue. Outdated: its
        pages are others now.
        """
        draft = Draft.of(issue, editions)
        with self._database.write(Turn.ISSUES) as connection:
            _existing(connection, issue.date)
            if of is not None:
                require_proof(connection, issue.date, of)
            write_correction(connection, draft, correction)
            return _record(_existing(connection, issue.date))

    def revisions(self, day: date) -> list[Revision]:
        """What the issue of a day said before it was corrected, the first text first."""
        with self._database.read() as connection:
            return revisions(connection, day)

    def revision(self, day: date) -> int:
        """How often the issue of a day was corrected."""
        with self._database.read() as connection:
            count = connection.scalar(select(func.count()).where(RevisionRow.issue_date == day))
        return count or 0

    def citing(self, kind: CitationKind, cited: int) -> Sequence[date]:
        """The days whose issues rest on a reading, a list or an item's words, oldest first."""
        with self._database.read() as connection:
            return issues_citing(connection, kind, cited)

    def _act(self, act: Act, day: date, by: str, at: datetime, of: str | None = None, **changes: object) -> IssueRecord:
        with self._database.write(Turn.ISSUES) as connection:
            row = _existing(connection, day)
            if of is not None:
                require_proof(connection, day, of)
            if row.state in act.refused:
                raise NotAllowed(f"The issue of {day} {act.refused[row.state]}.")
            if row.state is not act.leads_to or row.held_by != changes.get("held_by", row.held_by):
                new = {**changes, "state": act.leads_to}
                connection.execute(update(IssueRow).where(IssueRow.date == day).values(new))
                record_action(connection, AdminAction(at, by, act.name, str(day), (of or "")[:SHORT]))
            return _record(_existing(connection, day))

    def _first(self, issues: Select[*IssueColumns]) -> IssueRecord | None:
        with self._database.read() as connection:
            row = connection.execute(issues).first()
        return None if row is None else _record(row)


IssueColumns = tuple[str, IssueState, str, datetime, datetime | None, datetime | None]


def _issues() -> Select[*IssueColumns]:
    return select(
        IssueRow.content,
        IssueRow.state,
        IssueRow.held_by,
        IssueRow.assembled_at,
        IssueRow.approved_at,
        IssueRow.published_at,
    )


def _existing(connection: Connection, day: date) -> Row[*IssueColumns]:
    row = connection.execute(_issues().where(IssueRow.date == day)).first()
    if row is None:
        raise NotFound(f"There is no issue of {day}: run `morningpost assemble` first.")
    return row


def _record(row: Row[*IssueColumns]) -> IssueRecord:
    return IssueRecord(issue_from_json(row.content), row.state, row.assembled_at, row.approved_at, row.published_at)
