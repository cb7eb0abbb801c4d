"""What editors change is kept with the draft that it leads to, or not at all; an approval names what was looked at."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from domain.claims import Claim, Words
from domain.editions import SHORT, Edition, Style
from domain.edits import Change, Edit, LeadChoice, Part, Place, Redo, Skip, Withdrawal
from domain.errors import NotAllowed, Outdated
from domain.issue import IssueState, SectionName
from domain.items import ItemKey
from storage.admin_actions import AdminActions
from storage.database import Database
from storage.editing import EditorialChanges
from storage.issues import Issues
from tests.contract.storage.samples import FIRST, MORNING, SECOND, TODAY, edition, issue

PLACE = Place(SectionName.LEAD, Part.HEADLINE, 0, str(FIRST))
OTHER = edition(body="another page")


def edit(text: str = "Ours now.") -> Edit:
    before = next(issue().claims())
    claim = Claim((Words(text),), also=before.evidence, edited=True)
    return Edit(PLACE, before.text, claim, issue().evidence)


@pytest.fixture
def changes(database: Database) -> EditorialChanges:
    """Over a draft of today."""
    Issues(database).save_draft(issue(), (edition(),), MORNING)
    return EditorialChanges(database)


def stands(database: Database) -> str:
    proof = Issues(database).proof(TODAY)
    assert proof is not None
    return proof.fingerprint


def save(database: Database, change: Change, of: str | None = None, page: Edition = OTHER) -> None:
    anew = replace(issue(), motto=page.front.body)
    EditorialChanges(database).save(change, anew, (page,), of or stands(database), "anna", MORNING)


def test_a_change_for_another_draft_than_the_standing_one_is_refused_and_changes_nothing(
    database: Database, changes: EditorialChanges
) -> None:
    seen = stands(database)
    save(database, Redo(SectionName.NUMBERS))
    for of in (seen, seen[:SHORT], "", "f" * 64, stands(database)[: SHORT - 1]):
        with pytest.raises(Outdated, match="not the one that you saw"):
            EditorialChanges(database).save(edit(), issue(), (edition(),), of or "x", "bert", MORNING)
    assert changes.edits(TODAY) == ()
    assert Issues(database).edition(TODAY, Style.CLASSIC) == OTHER


def test_a_published_issue_takes_no_change(database: Database, changes: EditorialChanges) -> None:
    Issues(database).approve(TODAY, "anna", MORNING)
    Issues(database).publish(TODAY, "anna", MORNING)
    with pytest.raises(NotAllowed, match="is published"):
        save(database, edit())
    assert changes.edits(TODAY) == ()


def test_an_edit_is_kept_equal_and_replaced_and_withdrawn(database: Database, changes: EditorialChanges) -> None:
    save(database, edit())
    assert changes.edits(TODAY) == (edit(),)
    save(database, edit("Better still."), page=edition(body="a third page"))
    assert changes.edits(TODAY) == (edit("Better still."),)
    save(database, Withdrawal(PLACE), page=edition())
    assert changes.edits(TODAY) == ()
    acts = [act.action for act in AdminActions(database).latest(3)]
    assert acts == ["withdraw", "edit", "edit"]


def test_directions_are_kept_for_their_day_and_skips_for_good(database: Database, changes: EditorialChanges) -> None:
    save(database, LeadChoice("gain:x", "X gains"))
    save(database, Redo(SectionName.NUMBERS), page=edition(body="2"))
    save(database, Redo(SectionName.NUMBERS), page=edition(body="3"))
    save(database, Skip(FIRST, "anna/loom", "https://github.com/anna/loom", "anna", MORNING), page=edition(body="4"))
    found = changes.direction(TODAY)
    assert found.lead == "gain:x"
    assert dict(found.redone) == {SectionName.NUMBERS: 2}
    assert found.skipped == {FIRST}
    other = changes.direction(TODAY.replace(year=2027))
    assert other.skipped == {FIRST}
    assert not other.lead
    assert not other.redone


def test_what_is_skipped_may_be_named_again(database: Database, changes: EditorialChanges) -> None:
    skip = Skip(FIRST, "anna/loom", None, "anna", MORNING)
    save(database, skip)
    assert changes.skips() == (skip,)
    assert not changes.unskip(SECOND, "anna", MORNING)
    assert changes.unskip(FIRST, "anna", MORNING)
    assert not changes.unskip(FIRST, "bert", MORNING)
    assert changes.skips() == ()


@pytest.mark.parametrize("text", ["huggingface:model:a/b c", "arxiv:2607.01234"])
def test_an_item_of_any_kind_is_skipped(database: Database, changes: EditorialChanges, text: str) -> None:
    save(database, Skip(ItemKey.parse(text), "x", None, "anna", MORNING))
    assert changes.direction(TODAY).skipped == {ItemKey.parse(text)}


def test_an_approval_of_other_pages_than_the_stored_ones_is_refused(
    database: Database, changes: EditorialChanges
) -> None:
    seen, issues = stands(database), Issues(database)
    save(database, edit())
    with pytest.raises(Outdated, match=stands(database)[:SHORT]):
        issues.approve(TODAY, "bert", MORNING, of=seen)
    assert issues.approve(TODAY, "bert", MORNING, of=stands(database)[:SHORT]).state is IssueState.APPROVED
    act = AdminActions(database).latest_on(str(TODAY))
    assert act is not None
    assert (act.by, act.action, act.detail) == ("bert", "approve", stands(database)[:SHORT])
    assert changes.edits(TODAY) == (edit(),)


def test_a_change_takes_an_approval_back(database: Database, changes: EditorialChanges) -> None:
    Issues(database).approve(TODAY, "bert", MORNING)
    save(database, edit())
    record = Issues(database).load(TODAY)
    assert record is not None
    assert record.state is IssueState.DRAFT
    assert changes.edits(TODAY)


def test_of_two_editors_at_once_one_is_first(database: Database, changes: EditorialChanges) -> None:
    seen = stands(database)

    def try_it(number: int) -> bool:
        try:
            save(database, edit(f"Words of {number}."), seen, edition(body=f"page {number}"))
        except Outdated:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(try_it, range(4))) == 1
    assert len(changes.edits(TODAY)) == 1
