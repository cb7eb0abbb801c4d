"""An issue goes from draft to published by acts that are guarded and recorded; its editions stay byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import update

from domain.editions import FRONT, Style
from domain.errors import NotAllowed, NotFound, StorageError
from domain.issue import IssueRecord, IssueState
from storage.admin_actions import AdminAction, AdminActions
from storage.database import Database
from storage.issues import Issues
from storage.schema import EditionRow, IssueRow
from tests.contract.storage.samples import DAY, MORNING, TODAY, YESTERDAY, dump, edition, issue

LATER = MORNING + DAY / 24
SUBJECT = str(TODAY)


def saved(issues: Issues, state: IssueState = IssueState.DRAFT) -> IssueRecord:
    """Today's issue, brought to a state by the admin's acts."""
    record = issues.save_draft(issue(), (edition(),), MORNING)
    if state is IssueState.HELD:
        record = issues.hold(TODAY, "anna", MORNING)
    if state in {IssueState.APPROVED, IssueState.PUBLISHED}:
        record = issues.approve(TODAY, "anna", MORNING)
    if state is IssueState.PUBLISHED:
        record = issues.publish(TODAY, "anna", MORNING)
    return record


def test_a_saved_issue_is_loaded_equal(issues: Issues) -> None:
    record = issues.save_draft(issue(), (edition(),), MORNING)
    assert record == IssueRecord(issue(), IssueState.DRAFT, MORNING)
    assert issues.load(TODAY) == record


def test_an_edition_is_loaded_as_it_was_saved_in_the_order_of_its_pages(issues: Issues) -> None:
    classic, rich = edition(), edition(style=Style.RICH, body="[]")
    issues.save_draft(issue(), (classic, rich), MORNING)
    loaded = issues.edition(TODAY, Style.CLASSIC)
    assert loaded == classic
    assert list(loaded.pages) == list(classic.pages)
    assert issues.edition(TODAY, Style.RICH) == rich
    assert issues.edition(TODAY, Style.PLAIN) is None
    assert issues.edition(YESTERDAY, Style.CLASSIC) is None


def test_an_edition_that_is_not_what_its_fingerprint_says_is_not_saved(issues: Issues) -> None:
    altered = replace(edition(), pages={FRONT: replace(edition().front, body="Buy!")})
    with pytest.raises(StorageError, match="is not what was rendered: assemble the issue again"):
        issues.save_draft(issue(), (altered,), MORNING)
    assert issues.load(TODAY) is None


def test_an_edition_that_was_altered_in_the_database_is_not_given_out(issues: Issues, database: Database) -> None:
    saved(issues)
    with database.write() as connection:
        pages = connection.scalar(update(EditionRow).values(pages=EditionRow.pages).returning(EditionRow.pages))
        assert pages is not None
        connection.execute(update(EditionRow).values(pages=pages.replace("100", "999")))
    with pytest.raises(StorageError, match="is not what was rendered"):
        issues.edition(TODAY, Style.CLASSIC)


def test_an_issue_that_was_damaged_in_the_database_is_told(issues: Issues, database: Database) -> None:
    saved(issues)
    with database.write() as connection:
        connection.execute(update(IssueRow).values(content='{"date": "2026-07-04"}'))
    with pytest.raises(StorageError, match="restore the database from a backup"):
        issues.load(TODAY)


def test_there_is_nothing_before_the_first_issue(issues: Issues) -> None:
    assert issues.load(TODAY) is None
    assert issues.latest() is None
    assert issues.dates() == []
    assert issues.before(TODAY, 7) == []
    assert issues.number_for(TODAY) == 1


def test_saving_what_stands_changes_nothing(issues: Issues, database: Database) -> None:
    saved(issues, IssueState.APPROVED)
    before = dump(database)
    record = issues.save_draft(issue(), (edition(),), LATER)
    assert record.state is IssueState.APPROVED
    assert record.assembled_at == MORNING
    assert dump(database) == before


def test_a_new_draft_takes_the_place_of_the_old_one(issues: Issues) -> None:
    issues.save_draft(issue(), (edition(), edition(style=Style.PLAIN)), MORNING)
    record = issues.save_draft(issue(motto="Second thoughts"), (edition(body="new"),), LATER)
    assert record == IssueRecord(issue(motto="Second thoughts"), IssueState.DRAFT, LATER)
    assert issues.edition(TODAY, Style.CLASSIC) == edition(body="new")
    assert issues.edition(TODAY, Style.PLAIN) is None


def test_editions_alone_that_changed_are_a_new_draft(issues: Issues) -> None:
    saved(issues, IssueState.APPROVED)
    assert issues.save_draft(issue(), (edition(body="new"),), LATER).state is IssueState.DRAFT
    assert issues.edition(TODAY, Style.CLASSIC) == edition(body="new")


def test_a_new_draft_takes_an_approval_back(issues: Issues) -> None:
    saved(issues, IssueState.APPROVED)
    record = issues.save_draft(issue(motto="Second thoughts"), (), LATER)
    assert record == IssueRecord(issue(motto="Second thoughts"), IssueState.DRAFT, LATER)


def test_an_issue_that_fails_its_checks_is_held(issues: Issues) -> None:
    record = issues.save_draft(issue(held="two sections are empty"), (), MORNING)
    assert record.state is IssueState.HELD


def test_a_new_draft_that_passes_its_checks_is_no_longer_held(issues: Issues) -> None:
    issues.save_draft(issue(held="two sections are empty"), (), MORNING)
    assert issues.save_draft(issue(), (), LATER).state is IssueState.DRAFT


def test_what_an_admin_holds_stays_held_through_a_new_draft(issues: Issues) -> None:
    saved(issues, IssueState.HELD)
    assert issues.save_draft(issue(motto="Second thoughts"), (), LATER).state is IssueState.HELD


def test_an_admin_may_hold_what_the_checks_hold(issues: Issues) -> None:
    issues.save_draft(issue(held="two sections are empty"), (), MORNING)
    issues.hold(TODAY, "anna", MORNING)
    assert issues.save_draft(issue(), (), LATER).state is IssueState.HELD


def test_a_published_issue_is_not_written_again(issues: Issues, database: Database) -> None:
    saved(issues, IssueState.PUBLISHED)
    before = dump(database)
    for again in (issue(), issue(motto="Second thoughts")):
        with pytest.raises(NotAllowed, match="is published: it can't be written again"):
            issues.save_draft(again, (edition(),), LATER)
    assert dump(database) == before


def test_two_days_never_bear_one_number(issues: Issues) -> None:
    issues.save_draft(issue(YESTERDAY, number=1), (), MORNING)
    with pytest.raises(NotAllowed, match=f"Number 1 is the issue of {YESTERDAY}"):
        issues.save_draft(issue(TODAY, number=1), (), MORNING)


def test_the_number_is_the_next_one_and_stays(issues: Issues) -> None:
    issues.save_draft(issue(YESTERDAY, number=1), (), MORNING)
    assert issues.number_for(YESTERDAY) == 1
    assert issues.number_for(TODAY) == 2
    issues.save_draft(issue(TODAY, number=2), (), MORNING)
    assert issues.number_for(TODAY) == 2
    assert issues.number_for(YESTERDAY - DAY) == 3


@pytest.mark.parametrize(
    ("state", "act", "leads_to"),
    [
        (IssueState.DRAFT, Issues.approve, IssueState.APPROVED),
        (IssueState.DRAFT, Issues.hold, IssueState.HELD),
        (IssueState.HELD, Issues.approve, IssueState.APPROVED),
        (IssueState.APPROVED, Issues.hold, IssueState.HELD),
        (IssueState.APPROVED, Issues.publish, IssueState.PUBLISHED),
    ],
)
def test_an_act_that_fits_is_done_and_recorded(
    issues: Issues,
    database: Database,
    state: IssueState,
    act: Callable[..., IssueRecord],
    leads_to: IssueState,
) -> None:
    saved(issues, state)
    record = act(issues, TODAY, "bert", LATER)
    assert record.state is leads_to
    assert issues.load(TODAY) == record
    assert AdminActions(database).latest(1) == [AdminAction(LATER, "bert", act.__name__, SUBJECT)]


@pytest.mark.parametrize(
    ("state", "act", "why"),
    [
        (IssueState.DRAFT, Issues.publish, "is a draft: approve it first"),
        (IssueState.HELD, Issues.publish, "is held: approve it first"),
        (IssueState.PUBLISHED, Issues.approve, "is published already"),
        (IssueState.PUBLISHED, Issues.hold, "is published already and can't be held back"),
    ],
)
def test_an_act_that_does_not_fit_is_refused_in_words_and_changes_nothing(
    issues: Issues, database: Database, state: IssueState, act: Callable[..., IssueRecord], why: str
) -> None:
    saved(issues, state)
    before = dump(database)
    with pytest.raises(NotAllowed, match=f"The issue of {TODAY} {why}"):
        act(issues, TODAY, "bert", LATER)
    assert dump(database) == before


@pytest.mark.parametrize(
    ("state", "act"),
    [
        (IssueState.APPROVED, Issues.approve),
        (IssueState.HELD, Issues.hold),
        (IssueState.PUBLISHED, Issues.publish),
    ],
)
def test_an_act_done_twice_changes_nothing(
    issues: Issues, database: Database, state: IssueState, act: Callable[..., IssueRecord]
) -> None:
    record = saved(issues, state)
    before = dump(database)
    assert act(issues, TODAY, "anna", LATER) == record
    assert dump(database) == before


def test_the_moments_of_the_acts_stand_in_the_record(issues: Issues) -> None:
    saved(issues)
    assert issues.approve(TODAY, "anna", LATER).approved_at == LATER
    assert issues.hold(TODAY, "anna", LATER).approved_at is None
    issues.approve(TODAY, "anna", LATER)
    record = issues.publish(TODAY, "anna", LATER + DAY)
    assert (record.assembled_at, record.approved_at, record.published_at) == (MORNING, LATER, LATER + DAY)


@pytest.mark.parametrize("act", [Issues.approve, Issues.hold, Issues.publish])
def test_an_act_on_no_issue_says_so(issues: Issues, act: Callable[..., IssueRecord]) -> None:
    with pytest.raises(NotFound, match=f"There is no issue of {TODAY}"):
        act(issues, TODAY, "anna", MORNING)


def test_an_issue_that_is_published_by_many_at_once_is_published_once(issues: Issues, database: Database) -> None:
    saved(issues, IssueState.APPROVED)
    with ThreadPoolExecutor(4) as threads:
        records = list(threads.map(lambda by: issues.publish(TODAY, by, LATER), "abcd"))
    assert {record.state for record in records} == {IssueState.PUBLISHED}
    assert [action.action for action in AdminActions(database).latest(9)] == ["publish", "approve"]


def test_the_days_are_told_in_order_of_all_or_of_a_state(issues: Issues) -> None:
    days = [TODAY - n * DAY for n in range(4)]
    for number, day in enumerate(days, start=1):
        issues.save_draft(issue(day, number), (), MORNING)
    for day in days[1:3]:
        issues.approve(day, "anna", MORNING)
        issues.publish(day, "anna", MORNING)
    assert issues.dates() == sorted(days)
    assert issues.dates(IssueState.PUBLISHED) == sorted(days[1:3])
    newest, newest_published = issues.latest(), issues.latest(IssueState.PUBLISHED)
    assert newest is not None
    assert newest_published is not None
    assert (newest.issue.date, newest_published.issue.date) == (days[0], days[1])
    assert issues.latest(IssueState.HELD) is None


def test_the_issues_before_a_day_come_newest_first_without_those_held(issues: Issues) -> None:
    days = [TODAY - n * DAY for n in range(1, 6)]
    for number, day in enumerate(days, start=1):
        issues.save_draft(issue(day, number), (), MORNING)
    issues.save_draft(issue(TODAY, 6), (), MORNING)
    issues.hold(days[1], "anna", MORNING)
    assert [each.date for each in issues.before(TODAY, 3)] == [days[0], days[2], days[3]]
