"""Every table, once, for SQLite and PostgreSQL alike.

The tables are declared as typed classes, because a type checker then knows what each column of a query gives back.
The classes are never instantiated: queries run on Core connections and come back as rows, from which the modules
of this room build the values of ``domain``. An identity map and lazy loading would buy nothing here and cost
several times the time and the memory where tens of thousands of readings are loaded each morning.

Ids of what evidence cites (readings, harvests, words of items) are never given out twice.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    MetaData,
    SmallInteger,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from domain.deliveries import BroadcastKind, BroadcastState, DeliveryState
from domain.editions import Style
from domain.issue import IssueState, SectionName
from domain.items import Kind, Source
from domain.links import Life
from domain.readers import Cadence, ChatKind, SubscriberState
from domain.readings import HarvestStatus
from storage.columns import WIDE_ID, Moment, Names, by_value

ENUMS = (
    BroadcastKind,
    BroadcastState,
    Cadence,
    ChatKind,
    DeliveryState,
    HarvestStatus,
    IssueState,
    Kind,
    Life,
    SectionName,
    Source,
    Style,
    SubscriberState,
)

Day = date  # a column may then be called date
CountedId = Annotated[int, mapped_column(WIDE_ID, primary_key=True, autoincrement=True)]
Wide = Annotated[int, mapped_column(BigInteger)]
NOTHING = text("''")
EMPTY_LIST = text("'[]'")


class Table(DeclarativeBase):
    """The root of all tables; constraints get names by rule, so that a migration can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Moment(),
        str: Text(),
        **{kind: by_value(kind) for kind in ENUMS},
    }


class ItemRow(Table):
    """Who an item is, for ever. What is said of it changes and stands in ``item_versions``."""

    __tablename__ = "items"
    __table_args__ = (UniqueConstraint("source", "kind", "external_id"), {"sqlite_autoincrement": True})

    id: Mapped[CountedId]
    source: Mapped[Source]
    kind: Mapped[Kind]
    external_id: Mapped[str]
    first_seen_at: Mapped[datetime]


class ItemVersionRow(Table):
    """A source's words for an item from ``seen_at`` on; a row is added when they change, and never altered."""

    __tablename__ = "item_versions"
    __table_args__ = (Index(None, "item_id", "seen_at"), {"sqlite_autoincrement": True})

    id: Mapped[CountedId]
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    seen_at: Mapped[datetime]
    title: Mapped[str]
    url: Mapped[str]
    publisher: Mapped[str]
    summary: Mapped[str]
    tags: Mapped[Any] = mapped_column(JSON)
    created_at: Mapped[datetime | None]


class HarvestRow(Table):
    """One reading of one list of one source. A list has at most one answer for one moment."""

    __tablename__ = "harvests"
    __table_args__ = (
        Index(
            "uq_harvests_answer",
            "source",
            "list",
            "observed_at",
            unique=True,
            sqlite_where=text("status <> 'failed'"),
            postgresql_where=text("status <> 'failed'"),
        ),
        Index(None, "observed_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[CountedId]
    source: Mapped[Source]
    list: Mapped[str]
    observed_at: Mapped[datetime]
    status: Mapped[HarvestStatus]
    items: Mapped[int]
    ranked: Mapped[bool]
    bytes: Mapped[Wide]
    seconds: Mapped[float]
    etag: Mapped[str]
    error: Mapped[str]


class ReadingRow(Table):
    """One item in one harvest; never rewritten."""

    __tablename__ = "readings"
    __table_args__ = (
        UniqueConstraint("harvest_id", "item_id"),
        Index(None, "observed_at"),
        Index(None, "item_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[CountedId]
    harvest_id: Mapped[int] = mapped_column(ForeignKey("harvests.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    observed_at: Mapped[datetime]
    rank: Mapped[int | None]
    metrics: Mapped[Any] = mapped_column(JSON)


class IssueRow(Table):
    """One morning: its state, and the whole issue with claims, evidence and checks as JSON."""

    __tablename__ = "issues"

    date: Mapped[Day] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    state: Mapped[IssueState]
    content: Mapped[str]
    assembled_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    held_by: Mapped[str] = mapped_column(server_default=NOTHING)  # who held it: an admin, or the checks


class CitationKind(StrEnum):
    """What a piece of evidence points to."""

    READING = "reading"
    HARVEST = "harvest"
    VERSION = "version"  # of the words of an item


class CitationRow(Table):
    """What the evidence of an issue rests on: it is kept for as long as the issue."""

    __tablename__ = "citations"
    __table_args__ = (Index(None, "kind", "cited_id"),)

    issue_date: Mapped[Day] = mapped_column(ForeignKey("issues.date"), primary_key=True)
    kind: Mapped[CitationKind] = mapped_column(by_value(CitationKind), primary_key=True)
    cited_id: Mapped[Wide] = mapped_column(primary_key=True, autoincrement=False)


class DoubtRow(Table):
    """Evidence that is no longer trusted, with the reason; what was stored stays as it was read."""

    __tablename__ = "doubts"

    kind: Mapped[CitationKind] = mapped_column(by_value(CitationKind), primary_key=True)
    cited_id: Mapped[Wide] = mapped_column(primary_key=True, autoincrement=False)
    why: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]


class LinkAskingRow(Table):
    """A link that was asked whether it lives, and what it answered; a row is added for each asking."""

    __tablename__ = "link_askings"
    __table_args__ = (Index(None, "asked_at"), {"sqlite_autoincrement": True})

    id: Mapped[CountedId]
    url: Mapped[str]
    asked_at: Mapped[datetime]
    life: Mapped[Life]
    said: Mapped[str]


class RevisionRow(Table):
    """What an issue said before it was corrected, as ``content`` held it, and why it was corrected."""

    __tablename__ = "revisions"

    issue_date: Mapped[Day] = mapped_column(ForeignKey("issues.date"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # counted from 1
    content: Mapped[str]
    why: Mapped[str]
    by: Mapped[str]
    replaced_at: Mapped[datetime]


class EditionRow(Table):
    """A rendered form of an issue; ``pages`` is the canonical JSON that ``sha256`` was taken of."""

    __tablename__ = "editions"

    issue_date: Mapped[Day] = mapped_column(ForeignKey("issues.date"), primary_key=True)
    style: Mapped[Style] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    pages: Mapped[str]


class SearchEntryRow(Table):
    """A story of a published issue as readers search it; ``revision`` says which text of the issue it is of.

    Beside it stands ``search_index``, which each engine has in a form of its own (``storage.search_index``).
    """

    __tablename__ = "search_entries"
    __table_args__ = (UniqueConstraint("issue_date", "place"), {"sqlite_autoincrement": True})

    id: Mapped[CountedId]
    issue_date: Mapped[Day] = mapped_column(ForeignKey("issues.date"))
    revision: Mapped[int]
    place: Mapped[int]
    section: Mapped[SectionName]
    headline: Mapped[str]
    text: Mapped[str]


class EditRow(Table):
    """A sentence in an editor's words, as JSON, in its place; kept when the issue is written anew."""

    __tablename__ = "edits"

    issue_date: Mapped[Day] = mapped_column(ForeignKey("issues.date"), primary_key=True)
    place: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]


class DirectionRow(Table):
    """How an editor wants an issue written: ``lead`` (``value``: an insight's key), ``redo numbers`` (how often)."""

    __tablename__ = "directions"

    issue_date: Mapped[Day] = mapped_column(ForeignKey("issues.date"), primary_key=True)
    what: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]


class SkipRow(Table):
    """An item that no issue names any more, with what it was called."""

    __tablename__ = "skips"

    item: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    url: Mapped[str | None]
    by: Mapped[str]
    at: Mapped[datetime]


class SubscriberRow(Table):
    """A chat that reads us. ``weekdays`` is a bit for each day, Monday the lowest.

    ``form`` follows from the settings: the combination of what he wants of an issue, 0 for the paper as it is.
    """

    __tablename__ = "subscribers"
    __table_args__ = (Index(None, "state", "zone", "hour"),)

    chat_id: Mapped[Wide] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[ChatKind]
    state: Mapped[SubscriberState]
    zone: Mapped[str]
    hour: Mapped[int] = mapped_column(SmallInteger)
    weekdays: Mapped[int] = mapped_column(SmallInteger)
    sections: Mapped[Any] = mapped_column(JSON)
    style: Mapped[Style]
    language: Mapped[str]
    silent: Mapped[bool]
    joined_at: Mapped[datetime]
    came_from: Mapped[str]
    state_since: Mapped[datetime]
    section_order: Mapped[tuple[str, ...]] = mapped_column(Names, server_default=EMPTY_LIST)
    topics: Mapped[tuple[str, ...]] = mapped_column(Names, server_default=EMPTY_LIST)
    keywords: Mapped[tuple[str, ...]] = mapped_column(Names, server_default=EMPTY_LIST)
    cadence: Mapped[Cadence] = mapped_column(server_default=Cadence.DAILY.value)
    paused_until: Mapped[Day | None]
    form: Mapped[Wide] = mapped_column(server_default="0")


class FormRow(Table):
    """A combination that readers want of an issue, as JSON, under the hash that deliveries name it by."""

    __tablename__ = "forms"

    key: Mapped[Wide] = mapped_column(primary_key=True, autoincrement=False)
    combination: Mapped[str]


class OversetRow(Table):
    """What was set for the issue of a day and not used in it, as JSON: readers' own issues take from it."""

    __tablename__ = "overset"

    issue_date: Mapped[Day] = mapped_column(ForeignKey("issues.date"), primary_key=True)
    content: Mapped[str]


def _partial_index(name: str, where: str, *columns: str) -> Index:
    """An index that holds only what stands so: small, however many rows there are.

    That some begin with a constant is for SQLite: without statistics it takes the index of which it can use most
    columns, and the unique one of deliveries begins with ``broadcast_id``, too.
    """
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


class BroadcastRow(Table):
    """One act of sending. An issue has one broadcast of kind ``issue``, however often it is published.

    ``parts``: messages to each chat, one after the other. ``words``: the messages of a notice as JSON; an issue's
    words are its editions; a correction keeps here which copies were on their way when it was opened. ``audience``:
    whom it is for, in words of the act that opened it. ``opened``: every row that it owes at its opening is there.
    """

    __tablename__ = "broadcasts"
    __table_args__ = (
        Index(
            "uq_broadcasts_issue",
            "issue_date",
            unique=True,
            sqlite_where=text("kind = 'issue'"),
            postgresql_where=text("kind = 'issue'"),
        ),
        _partial_index("ix_broadcasts_running", "state = 'running'", "state"),
        _partial_index("ix_broadcasts_in_parts", "parts > 1", "parts"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[CountedId]
    kind: Mapped[BroadcastKind]
    state: Mapped[BroadcastState]
    issue_date: Mapped[Day | None] = mapped_column(ForeignKey("issues.date"))
    by: Mapped[str] = mapped_column(server_default=NOTHING)
    error: Mapped[str] = mapped_column(server_default=NOTHING)
    token_refused: Mapped[bool] = mapped_column(server_default=false())  # stopped not by its content but by the token
    parts: Mapped[int] = mapped_column(SmallInteger, server_default="1")
    words: Mapped[str | None]
    audience: Mapped[str] = mapped_column(server_default=NOTHING)
    opened: Mapped[bool] = mapped_column(server_default=true())
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class DeliveryRow(Table):
    """One message to one chat, from the moment it is owed.

    ``due_at`` is when the reader expects it; ``next_attempt_at`` when it may be tried (again), and what the queue
    is ordered by. ``chat_id`` is empty once the chat asked to be forgotten: the row still counts, and is never sent.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("broadcast_id", "chat_id", "part"),
        _partial_index("ix_deliveries_queued", "state = 'queued'", "broadcast_id", "next_attempt_at", "id"),
        _partial_index(
            "ix_deliveries_retried", "state = 'queued' AND next_attempt_at > due_at", "state", "broadcast_id"
        ),
        _partial_index(
            "ix_deliveries_channel", "state = 'queued' AND chat_kind = 'channel'", "state", "chat_kind", "broadcast_id"
        ),
        _partial_index("ix_deliveries_sending", "state = 'sending'", "state", "broadcast_id"),
        _partial_index("ix_deliveries_uncertain", "state = 'uncertain'", "state", "broadcast_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[CountedId]
    broadcast_id: Mapped[int] = mapped_column(ForeignKey("broadcasts.id"))
    chat_id: Mapped[Wide | None]
    chat_kind: Mapped[ChatKind]
    part: Mapped[int] = mapped_column(SmallInteger, server_default="1")
    style: Mapped[Style]
    silent: Mapped[bool] = mapped_column(server_default=false())
    state: Mapped[DeliveryState]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(server_default="0")
    next_attempt_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    worker: Mapped[str | None]
    message_id: Mapped[Wide | None]
    edits: Mapped[Wide | None]  # the message in the chat that this one replaces
    error: Mapped[str] = mapped_column(server_default=NOTHING)
    resent: Mapped[bool] = mapped_column(server_default=false())  # once more after a lost answer, and never again
    passing: Mapped[bool] = mapped_column(server_default=false())  # refused, but another day it might be taken
    created_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    form: Mapped[Wide] = mapped_column(server_default="0")  # the reader's own combination; 0: the paper as it is


class GateRow(Table):
    """The rate of a bot token, and who holds which share of it: locked by whoever ticks.

    ``holders`` maps workers to the slots that each holds, what it wanted, and the end of its hold (seconds since
    1970); ``seen_at`` is the moment at which it was kept last.
    """

    __tablename__ = "gate"

    bot_id: Mapped[Wide] = mapped_column(primary_key=True, autoincrement=False)
    seen_at: Mapped[datetime]
    paused_until: Mapped[datetime | None]
    holders: Mapped[Any] = mapped_column(JSON)


class JobRunRow(Table):
    """One firing of the timetable: the first to insert it runs it."""

    __tablename__ = "job_runs"

    job: Mapped[str] = mapped_column(primary_key=True)
    due_at: Mapped[datetime] = mapped_column(primary_key=True)
    worker: Mapped[str]
    claimed_at: Mapped[datetime]
    lease_until: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(server_default=NOTHING)


class AdminActionRow(Table):
    """What an admin did, to what, and when."""

    __tablename__ = "admin_actions"
    __table_args__ = (Index(None, "at"), {"sqlite_autoincrement": True})

    id: Mapped[CountedId]
    at: Mapped[datetime]
    by: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[str] = mapped_column(server_default=NOTHING)


class UpdateRow(Table):
    """What Telegram told the bot: kept before it is confirmed, with its body until its answer is about to leave.

    ``uncertain``: whoever handled it was killed when the answer may have left.
    """

    __tablename__ = "updates"
    __table_args__ = (
        _partial_index("ix_updates_open", "ended_at IS NULL", "bot_id", "worker"),
        Index(None, "bot_id", "ended_at"),
    )

    bot_id: Mapped[Wide] = mapped_column(primary_key=True, autoincrement=False)
    update_id: Mapped[Wide] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[str]
    worker: Mapped[str]
    taken_at: Mapped[datetime]
    lease_until: Mapped[datetime]
    begun_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    uncertain: Mapped[bool] = mapped_column(server_default=false())


class FeedbackRow(Table):
    """What a reader thinks of a page of an issue; ``kind`` is what sort of thing its first story told."""

    __tablename__ = "feedback"
    __table_args__ = (Index(None, "reader"),)

    issue_date: Mapped[Day] = mapped_column(ForeignKey("issues.date"), primary_key=True)
    page: Mapped[str] = mapped_column(primary_key=True)
    reader: Mapped[Wide] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    liked: Mapped[bool]
    words: Mapped[str] = mapped_column(server_default=NOTHING)
    at: Mapped[datetime]


class ReactionRow(Table):
    """How often readers of the channel reacted to an issue with an emoji, as Telegram counted last."""

    __tablename__ = "reactions"

    issue_date: Mapped[Day] = mapped_column(ForeignKey("issues.date"), primary_key=True)
    emoji: Mapped[str] = mapped_column(primary_key=True)
    total: Mapped[int]
    at: Mapped[datetime]
