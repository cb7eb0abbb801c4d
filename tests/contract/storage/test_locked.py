"""A locked database: every public method says so in one sentence, and leaves everything as it was."""

from __future__ import annotations

import inspect
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import make_url

from domain.alarms import Alarm
from domain.audiences import Audience
from domain.combinations import FormKey
from domain.deliveries import BroadcastId, DeliveryState
from domain.displays import Display, DisplayKind
from domain.editions import Message, Style, issue_fingerprint
from domain.edits import Redo
from domain.errors import StorageError
from domain.issue import IssueState, SectionName
from domain.ledger import Ask, WorkerId
from domain.links import Asking, Life
from domain.overset import Overset
from domain.polls import Choice, Count
from domain.questions import Question
from domain.readers import ChatId, SubscriberState
from storage.admin_actions import AdminAction, AdminActions
from storage.alarms import AlarmBook
from storage.archive import Archive
from storage.database import Database
from storage.displays import Displays
from storage.doubts import Doubt
from storage.editing import EditorialChanges
from storage.forms import Forms
from storage.issues import Issues
from storage.links import Links
from storage.notices import Notices
from storage.outbox import Outbox
from storage.oversets import Oversets
from storage.polls import Polls
from storage.questions import Questions
from storage.revisions import Correction
from storage.schema import CitationKind, Table
from storage.subscribers import Subscribers
from storage.timetable import JobRuns
from tests.contract.storage.samples import DAY, FIRST, MORNING, TODAY, dump, edition, haul, issue, sighting, subscriber

ANNA = ChatId(7)
CHANNEL = ChatId(-1001000000001)
LEASE = timedelta(minutes=5)
FIRST_BROADCAST = BroadcastId(1)
QUESTION = Question("s", "city")
ALARM = Alarm("disk", "12 MB are free")
DISPLAY = Display(ANNA, DisplayKind.DRAFT, str(TODAY), 5, "", "drafted", MORNING)
NOTICE = (Message(Style.CLASSIC, "The paper moves house on Sunday."),)

Act = Callable[[Database], object]


def outbox(database: Database) -> Outbox:
    return Outbox(database, bot_id=1)


def fingerprint() -> str:
    """That of an issue with one edition."""
    return issue_fingerprint({Style.CLASSIC: edition().sha256})


#: Every public method of storage, called in a way that would do something.
ACTS: dict[str, Act] = {
    "Archive.store": lambda db: Archive(db).store(haul(sighting(), at=MORNING + DAY)),
    "Archive.harvests": lambda db: Archive(db).harvests(MORNING, MORNING),
    "Archive.readings": lambda db: Archive(db).readings(MORNING, MORNING),
    "Archive.items": lambda db: Archive(db).items(MORNING, [FIRST]),
    "Archive.readings_by_id": lambda db: Archive(db).readings_by_id([1]),
    "Archive.harvests_by_id": lambda db: Archive(db).harvests_by_id([1]),
    "Archive.items_by_version": lambda db: Archive(db).items_by_version([1]),
    "Archive.listed": lambda db: Archive(db).listed([1]),
    "Archive.doubt": lambda db: Archive(db).doubt(Doubt(CitationKind.READING, 1, "misread", "anna", MORNING)),
    "Archive.doubts": lambda db: Archive(db).doubts(),
    "Archive.thin": lambda db: Archive(db).thin(MORNING + DAY),
    "Issues.save_draft": lambda db: Issues(db).save_draft(issue(TODAY + DAY, 2), (edition(TODAY + DAY),), MORNING),
    "Issues.load": lambda db: Issues(db).load(TODAY),
    "Issues.latest": lambda db: Issues(db).latest(),
    "Issues.newest": lambda db: Issues(db).newest(IssueState.DRAFT),
    "Issues.dates": lambda db: Issues(db).dates(),
    "Issues.before": lambda db: Issues(db).before(TODAY + DAY, 7),
    "Issues.number_for": lambda db: Issues(db).number_for(TODAY),
    "Issues.edition": lambda db: Issues(db).edition(TODAY, Style.CLASSIC),
    "Issues.proof": lambda db: Issues(db).proof(TODAY),
    "Issues.approve": lambda db: Issues(db).approve(TODAY, "anna", MORNING),
    "Issues.hold": lambda db: Issues(db).hold(TODAY, "anna", MORNING),
    "Issues.publish": lambda db: Issues(db).publish(TODAY, "anna", MORNING),
    "Issues.correct": lambda db: Issues(db).correct(
        issue(), (edition(TODAY),), Correction("a reading was bad", "anna", MORNING)
    ),
    "Issues.revisions": lambda db: Issues(db).revisions(TODAY),
    "Issues.revision": lambda db: Issues(db).revision(TODAY),
    "Issues.citing": lambda db: Issues(db).citing(CitationKind.READING, 1),
    "Links.add": lambda db: Links(db).add([Asking("https://example.org/", MORNING, Life.ALIVE, "200")]),
    "Links.since": lambda db: Links(db).since(MORNING),
    "Links.thin": lambda db: Links(db).thin(MORNING + DAY),
    "Subscribers.get": lambda db: Subscribers(db).get(ANNA),
    "Subscribers.join": lambda db: Subscribers(db).join(subscriber(8)),
    "Subscribers.leave": lambda db: Subscribers(db).leave(ANNA, MORNING),
    "Subscribers.set_state": lambda db: Subscribers(db).set_state(ANNA, SubscriberState.PAUSED, MORNING),
    "Subscribers.pause": lambda db: Subscribers(db).pause(ANNA, TODAY, MORNING),
    "Subscribers.change": lambda db: Subscribers(db).change(ANNA, hour=5),
    "Subscribers.counts": lambda db: Subscribers(db).counts(),
    "Subscribers.import_rows": lambda db: Subscribers(db).import_rows([subscriber(8), subscriber(9)]),
    "Subscribers.export": lambda db: list(Subscribers(db).export()),
    "Subscribers.settle_in": lambda db: Subscribers(db).settle_in(ANNA, 7),
    "Subscribers.forget": lambda db: Subscribers(db).forget(ANNA),
    "Forms.combination": lambda db: Forms(db).combination(FormKey(7)),
    "Forms.in_use": lambda db: Forms(db).in_use(),
    "Oversets.keep": lambda db: Oversets(db).keep(TODAY, Overset()),
    "Oversets.of": lambda db: Oversets(db).of(TODAY),
    "Oversets.thin": lambda db: Oversets(db).thin(TODAY + DAY),
    "JobRuns.claim": lambda db: JobRuns(db).claim("press", MORNING, "a", MORNING, LEASE),
    "JobRuns.renew": lambda db: JobRuns(db).renew("press", MORNING, "a", MORNING, LEASE),
    "JobRuns.finish": lambda db: JobRuns(db).finish("press", MORNING, "a", MORNING),
    "JobRuns.release": lambda db: JobRuns(db).release("press", MORNING, "a", MORNING),
    "JobRuns.last": lambda db: JobRuns(db).last("press"),
    "AdminActions.record": lambda db: AdminActions(db).record(AdminAction(MORNING, "anna", "import", "readers.csv")),
    "AdminActions.latest": lambda db: AdminActions(db).latest(9),
    "AdminActions.latest_on": lambda db: AdminActions(db).latest_on(str(TODAY)),
    "EditorialChanges.edits": lambda db: EditorialChanges(db).edits(TODAY),
    "EditorialChanges.direction": lambda db: EditorialChanges(db).direction(TODAY),
    "EditorialChanges.skips": lambda db: EditorialChanges(db).skips(),
    "EditorialChanges.save": lambda db: EditorialChanges(db).save(
        Redo(SectionName.LEAD), issue(motto="Anew"), (edition(),), fingerprint(), "anna", MORNING
    ),
    "EditorialChanges.unskip": lambda db: EditorialChanges(db).unskip(FIRST, "anna", MORNING),
    "Outbox.open_issue": lambda db: outbox(db).open_issue(TODAY, at=MORNING),
    "Outbox.add_late": lambda db: outbox(db).add_late(ANNA, at=MORNING),
    "Outbox.audience_size": lambda db: outbox(db).audience_size(Audience(), MORNING),
    "Outbox.finish_openings": lambda db: outbox(db).finish_openings(at=MORNING),
    "Outbox.issue_size": lambda db: outbox(db).issue_size(TODAY),
    "Outbox.issue_receipt": lambda db: outbox(db).issue_receipt(TODAY),
    "Outbox.open_correction": lambda db: outbox(db).open_correction(TODAY, at=MORNING, by="anna"),
    "Outbox.open_notice": lambda db: outbox(db).open_notice(NOTICE, Audience(), at=MORNING, by="anna"),
    "Outbox.sent_notice": lambda db: outbox(db).sent_notice("0123456789ab"),
    "Outbox.issue_broadcast": lambda db: outbox(db).issue_broadcast(TODAY),
    "Outbox.receipts": lambda db: outbox(db).receipts(9),
    "Outbox.same_notice": lambda db: outbox(db).same_notice(NOTICE, MORNING),
    "Outbox.paused_until": lambda db: outbox(db).paused_until(MORNING),
    "Outbox.unattended_since": lambda db: outbox(db).unattended_since(MORNING),
    "Outbox.waiting": lambda db: outbox(db).waiting(),
    "Outbox.words": lambda db: outbox(db).words(FIRST_BROADCAST),
    "Outbox.pause": lambda db: outbox(db).pause(FIRST_BROADCAST, at=MORNING, by="anna"),
    "Outbox.resume": lambda db: outbox(db).resume(FIRST_BROADCAST, at=MORNING, by="anna"),
    "Outbox.cancel": lambda db: outbox(db).cancel(FIRST_BROADCAST, at=MORNING, by="anna"),
    "Outbox.in_state": lambda db: outbox(db).in_state(FIRST_BROADCAST, DeliveryState.SENT),
    "Outbox.latest_receipt": lambda db: outbox(db).latest_receipt(),
    "Outbox.receipt": lambda db: outbox(db).receipt(FIRST_BROADCAST),
    "Outbox.resend_uncertain": lambda db: outbox(db).resend_uncertain(FIRST_BROADCAST, at=MORNING, by="anna"),
    "Outbox.retry_failed": lambda db: outbox(db).retry_failed(FIRST_BROADCAST, at=MORNING, by="anna"),
    "Outbox.tick": lambda db: outbox(db).tick(Ask(WorkerId("a"), MORNING, (), 5, LEASE)),
    "Outbox.token_accepted": lambda db: outbox(db).token_accepted(at=MORNING),
    "Questions.ask": lambda db: Questions(db).ask(7, 7, QUESTION, MORNING, MORNING + DAY),
    "Questions.take": lambda db: Questions(db).take(7, 7, 1, MORNING),
    "Questions.forget": lambda db: Questions(db).forget(7, 7),
    "Questions.prune": lambda db: Questions(db).prune(MORNING),
    "Notices.keep": lambda db: Notices(db).keep("0123456789ab", NOTICE, Audience(), "anna", MORNING),
    "Notices.of": lambda db: Notices(db).of("0123456789ab"),
    "Notices.aim": lambda db: Notices(db).aim("0123456789ab", Audience()),
    "Notices.discard": lambda db: Notices(db).discard("0123456789ab"),
    "Notices.prune": lambda db: Notices(db).prune(MORNING),
    "Displays.show": lambda db: Displays(db).show(DISPLAY),
    "Displays.of": lambda db: Displays(db).of(ANNA, DisplayKind.DRAFT, str(TODAY)),
    "Displays.free": lambda db: Displays(db).free(MORNING),
    "Displays.take": lambda db: Displays(db).take(DISPLAY, MORNING, MORNING + LEASE),
    "Displays.shown": lambda db: Displays(db).shown(DISPLAY, "held"),
    "Displays.leave": lambda db: Displays(db).leave(ANNA, 5, MORNING),
    "Displays.drop": lambda db: Displays(db).drop(DISPLAY),
    "Displays.prune": lambda db: Displays(db).prune(MORNING),
    "AlarmBook.standing": lambda db: AlarmBook(db).standing([""]),
    "AlarmBook.take_raised": lambda db: AlarmBook(db).take_raised(ALARM, MORNING, MORNING + LEASE),
    "AlarmBook.raised": lambda db: AlarmBook(db).raised(ALARM, MORNING),
    "AlarmBook.take_over": lambda db: AlarmBook(db).take_over(ALARM, MORNING, MORNING + LEASE),
    "AlarmBook.prune": lambda db: AlarmBook(db).prune("", MORNING),
    "AlarmBook.over": lambda db: AlarmBook(db).over(ALARM),
    "Polls.open": lambda db: Polls(db).open(CHANNEL, TODAY, (Choice("A", TODAY), Choice("B", TODAY)), MORNING, MORNING),
    "Polls.newest": lambda db: Polls(db).newest(),
    "Polls.open_ones": lambda db: Polls(db).open_ones(),
    "Polls.count": lambda db: Polls(db).count(Count("1", "Which?", {}, closed=True), MORNING, None),
    "Polls.end": lambda db: Polls(db).end(TODAY, "it was deleted"),
    "Polls.by_kind": lambda db: Polls(db).by_kind(TODAY, TODAY),
    "Database.migrate": lambda db: db.migrate(),
}


def test_no_public_method_is_left_out() -> None:
    methods = {
        f"{kind.__name__}.{name}"
        for kind in (
            Archive,
            Issues,
            Links,
            Subscribers,
            Forms,
            Oversets,
            JobRuns,
            AdminActions,
            EditorialChanges,
            Outbox,
            Questions,
            Notices,
            Displays,
            AlarmBook,
            Polls,
        )
        for name, _ in inspect.getmembers(kind, inspect.isfunction)
        if not name.startswith("_")
    }
    assert methods | {"Database.migrate"} == set(ACTS)


@contextmanager
def locked_sqlite(url: str) -> Iterator[None]:
    """Another process has the whole file for itself, so that not even reading is possible."""
    locker = sqlite3.connect(str(make_url(url).database), isolation_level=None)
    locker.execute("PRAGMA locking_mode = EXCLUSIVE")
    locker.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        locker.close()


@contextmanager
def locked_postgresql(url: str) -> Iterator[None]:
    """Another process has every table for itself, and every turn."""
    with psycopg.connect(url) as locker:
        for table in (*Table.metadata.tables, "alembic_version"):
            locker.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE".encode())
        yield
        locker.rollback()


def locked(url: str) -> AbstractContextManager[None]:
    return locked_sqlite(url) if url.startswith("sqlite") else locked_postgresql(url)


@pytest.fixture
def hasty(database: Database, database_url: str) -> Iterator[Database]:
    """A database with something in it, that waits for no lock."""
    Archive(database).store(haul(sighting()))
    Issues(database).save_draft(issue(), (edition(),), MORNING)
    Subscribers(database).join(subscriber(ANNA))
    database.close()  # an open connection would keep SQLite's file from being locked whole
    opened = Database.open(database_url, busy_seconds=0.02)
    yield opened
    opened.close()


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_a_locked_database_is_told_and_nothing_is_half_written(
    hasty: Database, database_url: str, database: Database, act: Act
) -> None:
    before = dump(database)
    database.close()
    with locked(database_url), pytest.raises(StorageError, match=r"is locked by another process: let it finish"):
        act(hasty)
    assert dump(database) == before


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_while_one_writes_others_read_what_stood_before(hasty: Database, database: Database) -> None:
    with database.write():
        assert Issues(hasty).load(TODAY) is not None
        assert len(list(Subscribers(hasty).export())) == 1
        with pytest.raises(StorageError, match="is locked by another process"):
            Subscribers(hasty).join(subscriber(8))


def test_after_the_lock_everything_goes_on(hasty: Database, database_url: str) -> None:
    with locked(database_url), pytest.raises(StorageError):
        Subscribers(hasty).join(subscriber(8))
    assert Subscribers(hasty).join(subscriber(8))


def test_of_many_writers_at_once_each_gets_his_turn(database: Database) -> None:
    with ThreadPoolExecutor(8) as threads:
        joined = list(threads.map(lambda chat: Subscribers(database).join(subscriber(chat)), range(1, 41)))
    assert all(joined)
    assert Subscribers(database).counts()[SubscriberState.ACTIVE] == 40
