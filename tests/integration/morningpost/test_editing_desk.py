"""The editor's acts on a real draft: each leads to a checked draft and is kept, or changes nothing and says why."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from domain.edits import Editable, LeadChoice, Mending, Outcome, Part, Redo, Rewording, Skip, Wish, Withdrawal, editable
from domain.errors import NotAllowed, NotFound, Outdated
from domain.issue import Issue, IssueState, SectionName
from domain.items import ItemKey
from morningpost.desk.editing import EditingDesk
from morningpost.desk.editing_apart import EditingApart
from morningpost.telegram import Identity
from morningpost.wiring import House
from newsroom.checking.correcting import MENDED
from sandbox import sample
from tests.integration.drafted import DRAFTED, Clock, house_in, named


@pytest.fixture
def house(lived: Path, tmp_path: Path) -> Iterator[House]:
    clock = Clock()
    clock.now = sample.mornings()[2].at + timedelta(minutes=2)
    opened = house_in(shutil.copytree(lived, tmp_path / "house"), clock)
    yield opened
    opened.database.close()


def draft(house: House) -> Issue:
    return house.desk.record(DRAFTED).issue


def grant(house: House, wish: Wish, of: str | None = None) -> Outcome:
    """The act of an editor who looked a moment ago."""
    return EditingDesk(house.desk).grant(DRAFTED, wish, of or house.desk.proof(DRAFTED).fingerprint, "admin 42")


def standfirst(house: House) -> Editable:
    return next(each for each in editable(draft(house)) if each.place.part is Part.STANDFIRST)


def reworded(house: House, words: str = "In short, ") -> str:
    each = standfirst(house)
    text = f"{words}{each.claim.text[0].lower()}{each.claim.text[1:]}"
    assert grant(house, Rewording(each.place, text)) == Outcome()
    return text


def skip_of(item: ItemKey, house: House) -> Skip:
    return Skip(item, item.external_id, None, "admin 42", house.clock())


def test_words_that_nothing_proves_are_told_and_not_stored(house: House) -> None:
    before = house.desk.proof(DRAFTED)
    outcome = grant(house, Rewording(standfirst(house).place, "It has 987,654 stars, says Megacorp."))
    assert any("“987,654”" in problem for problem in outcome.problems)
    assert any("Megacorp" in problem for problem in outcome.problems)
    assert house.desk.proof(DRAFTED) == before
    assert house.desk.changes.edits(DRAFTED) == ()


def test_an_edit_stands_in_the_draft_and_passes_the_audit(house: House) -> None:
    text = reworded(house)
    assert standfirst(house).claim.text == text
    assert standfirst(house).claim.edited
    assert house.desk.audit(DRAFTED).passed
    assert house.desk.record(DRAFTED).state is IssueState.DRAFT


def test_an_edit_is_kept_through_a_redo_and_a_second_assembly(house: House) -> None:
    text = reworded(house)
    before = draft(house)
    assert grant(house, Redo(SectionName.LEAD)) == Outcome()
    assert standfirst(house).claim.text == text
    assert draft(house) != before
    house.desk.assemble(DRAFTED, force=True)
    assert standfirst(house).claim.text == text
    assert house.desk.audit(DRAFTED).passed


def test_an_edit_may_be_edited_again_and_taken_back(house: House) -> None:
    first = standfirst(house).claim.text
    reworded(house)
    place = house.desk.changes.edits(DRAFTED)[0].place
    reworded(house, "That is to say, ")
    assert len(house.desk.changes.edits(DRAFTED)) == 1
    assert grant(house, Withdrawal(place)) == Outcome()
    assert house.desk.changes.edits(DRAFTED) == ()
    assert standfirst(house).claim.text == first


def test_a_redone_section_reads_otherwise_and_the_others_stay_byte_for_byte(house: House) -> None:
    before = draft(house)
    assert grant(house, Redo(SectionName.OPINION)) == Outcome()
    after = draft(house)
    assert after.section(SectionName.OPINION) != before.section(SectionName.OPINION)
    assert [each for each in after.sections if each.name is not SectionName.OPINION] == [
        each for each in before.sections if each.name is not SectionName.OPINION
    ]
    assert house.desk.audit(DRAFTED).passed


def test_another_story_leads_when_the_editor_says_so(house: House) -> None:
    options = EditingDesk(house.desk).lead_options(DRAFTED)
    assert options
    assert all(option.why and option.headline for option in options)
    assert grant(house, LeadChoice(options[0].key, options[0].headline)) == Outcome()
    lead = draft(house).section(SectionName.LEAD)
    assert lead is not None
    assert lead.stories[0].headline is not None
    assert house.desk.audit(DRAFTED).passed
    after = draft(house)
    house.desk.assemble(DRAFTED, force=True)
    assert draft(house).section(SectionName.LEAD) == after.section(SectionName.LEAD)


def test_an_edit_of_a_lead_that_was_swapped_is_told_as_lost(house: House) -> None:
    reworded(house)
    options = EditingDesk(house.desk).lead_options(DRAFTED)
    outcome = grant(house, LeadChoice(options[0].key, options[0].headline))
    assert [each.place.part for each in outcome.lost] == [Part.STANDFIRST]


def test_what_is_skipped_is_named_in_no_issue_until_it_is_let_in_again(house: House) -> None:
    lead = draft(house).section(SectionName.LEAD)
    assert lead is not None
    item = lead.stories[0].items[0]
    assert grant(house, skip_of(item, house)) == Outcome()
    assert item not in named(house)
    assert house.desk.audit(DRAFTED).passed
    house.desk.assemble(DRAFTED, force=True)
    assert item not in named(house)
    assert house.desk.changes.unskip(item, "admin 42", house.clock())
    house.desk.assemble(DRAFTED, force=True)
    assert item in named(house)


def test_an_act_on_pages_that_have_changed_since_does_nothing(house: House) -> None:
    seen = house.desk.proof(DRAFTED).fingerprint
    reworded(house)
    with pytest.raises(Outdated):
        grant(house, Redo(SectionName.LEAD), of=seen)
    with pytest.raises(Outdated):
        house.desk.approve(DRAFTED, "admin 43", of=seen)
    with pytest.raises(Outdated):
        house.desk.publish(DRAFTED, "admin 43", of=seen)
    assert house.desk.record(DRAFTED).state is IssueState.DRAFT


def test_a_published_issue_is_not_edited(house: House) -> None:
    house.desk.publish(DRAFTED, "admin 42")
    with pytest.raises(NotAllowed, match="/correct"):
        grant(house, Redo(SectionName.LEAD))


def test_a_process_of_its_own_does_the_same_and_tells_its_errors(house: House) -> None:
    room = EditingApart(house.settings, Identity("ann_bot"), sample=True)
    seen = house.desk.proof(DRAFTED).fingerprint
    assert asyncio.run(room.grant(DRAFTED, Redo(SectionName.OPINION), seen, "admin 42")) == Outcome()
    with pytest.raises(Outdated):
        asyncio.run(room.grant(DRAFTED, Redo(SectionName.OPINION), seen, "admin 43"))
    assert asyncio.run(room.lead_options(DRAFTED)) == EditingDesk(house.desk).lead_options(DRAFTED)
    with pytest.raises(NotFound):
        asyncio.run(room.lead_options(DRAFTED.replace(year=2020)))


def test_a_published_sentence_is_put_right_and_the_section_says_so(house: House) -> None:
    house.desk.publish(DRAFTED, "admin 42")
    before = draft(house)
    each = standfirst(house)
    outcome = grant(house, Mending(Rewording(each.place, "It has 987,654 stars.")))
    assert outcome.problems
    text = f"In short, {each.claim.text[0].lower()}{each.claim.text[1:]}"
    assert grant(house, Mending(Rewording(each.place, text))) == Outcome()
    assert standfirst(house).claim.text == text
    section = draft(house).section(SectionName.LEAD)
    assert section is not None
    assert MENDED in [note.text for note in section.notes]
    assert house.desk.audit(DRAFTED).passed
    assert house.issues.revisions(DRAFTED)[0].issue == before
    assert house.desk.record(DRAFTED).state is IssueState.PUBLISHED


def test_a_draft_is_edited_and_not_corrected(house: House) -> None:
    with pytest.raises(NotAllowed, match="/preview"):
        grant(house, Mending(Rewording(standfirst(house).place, "It is quiet.")))
