"""Editors at a draft, over Telegram: shown as it will be sent, decided on once, reworded, redone, led otherwise."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.deliveries import BroadcastState
from domain.editions import SHORT
from domain.edits import Part, editable
from domain.issue import IssueState, SectionName
from sandbox.telegram import Message, Reader
from tests.integration.drafted import DRAFTED, named
from tests.integration.house import ADMIN, Morning, morning_at_work

OTHER = 43


@pytest.fixture
async def morning(lived: Path, tmp_path: Path) -> AsyncIterator[Morning]:
    folder = shutil.copytree(lived, tmp_path / "house")
    async with morning_at_work(folder, admins=(ADMIN, OTHER), sample=True) as at_work:
        yield at_work


def other(morning: Morning) -> Reader:
    return morning.telegram.user(OTHER, "Another editor")


async def shown(morning: Morning, admin: Reader) -> tuple[Message, Message]:
    """The front page and the review that an editor asks for."""
    front, review = await morning.say(admin, "/preview", answers=2)
    return front, review


async def tap(morning: Morning, admin: Reader, message: Message, button: str, until: str) -> None:
    """Press a button, and wait for words in the same message."""
    await morning.press(admin, message, button)
    await morning.telegram.until(lambda: until in message.text)


async def below(morning: Morning, admin: Reader, count: int) -> list[Message]:
    """What stands below so many messages, once a new draft was shown there: its page and its review."""
    found = await morning.telegram.until(lambda: admin.received if len(admin.received) >= count + 2 else [], 20)
    return found[count:]


def late(admin: Reader, shown: Message) -> list[Message]:
    """What stands below a message."""
    return [each for each in admin.received if each.id > shown.id]


def state(morning: Morning) -> IssueState:
    return morning.house.desk.record(DRAFTED).state


def fingerprint(morning: Morning) -> str:
    return morning.house.desk.proof(DRAFTED).fingerprint[:SHORT]


async def asked_for_words(morning: Morning, admin: Reader, review: Message) -> str:
    """Press on until the lead's standfirst is asked for; what it says."""
    issue = morning.house.desk.record(DRAFTED).issue
    lead = [each for each in editable(issue) if each.place.section is SectionName.LEAD]
    number = next(at for at, each in enumerate(lead) if each.place.part is Part.STANDFIRST)
    await tap(morning, admin, review, "Edit ▸", "In which section?")
    await tap(morning, admin, review, "Lead Story", "which sentence?")
    await tap(morning, admin, review, str(number + 1), "Write the new text")
    return lead[number].claim.text


async def test_the_preview_is_what_is_sent_and_the_review_tells_all_of_it(morning: Morning) -> None:
    admin, reader = morning.admin(), morning.reader()
    await morning.say(reader, "/subscribe 7 UTC")
    front, review = await shown(morning, admin)
    assert fingerprint(morning) in review.text
    assert "claims supported" in review.text
    assert "sources answered in full" in review.text
    assert "Unanswered it goes out at" in review.text
    await tap(morning, admin, review, "Publish now", "Published by you")
    (copy,) = await morning.telegram.until(lambda: list(morning.channel.messages.values()))
    assert (copy.text, copy.entities) == (front.text, front.entities)


async def test_an_approval_of_other_pages_is_refused_with_a_word(morning: Morning) -> None:
    admin = morning.admin()
    (answer,) = await morning.say(admin, f"/approve {DRAFTED} {'f' * SHORT}")
    assert "not the one that you saw" in answer.text
    assert state(morning) is IssueState.DRAFT
    (answer,) = await morning.say(admin, f"/approve {DRAFTED} {fingerprint(morning)}")
    assert state(morning) is IssueState.APPROVED


async def test_the_second_press_learns_that_the_first_was_there(morning: Morning) -> None:
    first, second = morning.admin(), other(morning)
    _, one = await shown(morning, first)
    _, two = await shown(morning, second)
    stale = two.button("Publish now").data or ""
    await tap(morning, first, one, "Publish now", "Published by you")
    await morning.telegram.until(lambda: f"Published by admin {ADMIN}" in two.text, 20)
    await morning.forge(second, stale)  # he pressed before he saw that
    answer = [f"Published by admin {ADMIN}", "Fingerprint"]
    await morning.telegram.until(lambda: any(all(word in each.text for word in answer) for each in late(second, two)))
    assert state(morning) is IssueState.PUBLISHED
    receipts = morning.house.outbox.receipts(9)
    assert [receipt.broadcast.issue_date for receipt in receipts].count(DRAFTED) == 1


async def test_a_hold_keeps_it_and_letting_it_go_names_the_pages(morning: Morning) -> None:
    first, second = morning.admin(), other(morning)
    _, one = await shown(morning, first)
    _, two = await shown(morning, second)
    stale = two.button("Publish now").data or ""
    await tap(morning, first, one, "Hold", "Held by you")
    await morning.forge(second, stale)
    await morning.telegram.until(lambda: any("is held" in each.text for each in late(second, two)))
    assert state(morning) is IssueState.HELD
    await tap(morning, first, one, "Let it go", "Let go at press time by you")
    assert state(morning) is IssueState.APPROVED


async def test_a_hold_while_it_goes_out_pauses_it_and_says_how_many_had_it(morning: Morning) -> None:
    admin, reader = morning.admin(), morning.reader()
    await morning.say(reader, "/subscribe 7 UTC")
    await morning.say(admin, "/publish")
    await morning.telegram.until(lambda: morning.channel.messages)
    (answer,) = await morning.say(admin, "/hold")
    receipt = morning.house.desk.issue_receipt(DRAFTED)
    assert receipt is not None
    assert receipt.broadcast.state is BroadcastState.PAUSED
    assert f"Had it already: {receipt.sent:,}." in answer.text


async def test_an_edit_is_taken_as_the_next_message_checked_and_shown(morning: Morning) -> None:
    admin = morning.admin()
    _, review = await shown(morning, admin)
    before = await asked_for_words(morning, admin, review)
    (unfit,) = await morning.say(admin, "It has 987,654 stars, says Megacorp.")
    assert "“987,654”: no figure" in unfit.text
    assert "Megacorp" in unfit.text
    assert morning.house.desk.changes.edits(DRAFTED) == ()
    count = len(admin.received)
    admin.say(f"In short, {before[0].lower()}{before[1:]}")
    page, review = await below(morning, admin, count)
    assert "In short, " in page.text
    assert "✎" in page.text
    assert "1 of its sentences are an editor's" in review.text
    assert fingerprint(morning) in review.text
    assert (await asyncio.to_thread(morning.house.desk.audit, DRAFTED)).passed


async def test_a_reply_to_the_question_is_an_edit_whatever_was_forgotten(lived: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(lived, tmp_path / "house")
    async with morning_at_work(folder, sample=True) as morning:
        admin = morning.admin()
        _, review = await shown(morning, admin)
        before = await asked_for_words(morning, admin, review)
        await tap(morning, admin, review, "Cancel", "claims supported")
        (unknown,) = await morning.say(admin, "In short, it is quiet.")
        assert "/today" in unknown.text
        _, review = await shown(morning, admin)
        await asked_for_words(morning, admin, review)
        await morning.say(admin, "/help")
        count = len(admin.received)
        admin.say(f"In short, {before[0].lower()}{before[1:]}", reply_to=review)
        await below(morning, admin, count)
        assert morning.house.desk.changes.edits(DRAFTED)


async def test_a_section_is_redone_and_an_older_review_shows_the_new_pages(morning: Morning) -> None:
    admin, second = morning.admin(), other(morning)
    _, review = await shown(morning, admin)
    _, old = await shown(morning, second)
    stale = old.button("Publish now").data or ""
    before = morning.house.desk.record(DRAFTED).issue
    await tap(morning, admin, review, "Redo ▸", "Which section")
    count = len(admin.received)
    await morning.press(admin, review, "Opinion & Analysis")
    await below(morning, admin, count)
    after = morning.house.desk.record(DRAFTED).issue
    assert after.section(SectionName.OPINION) != before.section(SectionName.OPINION)
    done = f"Redone in a section by admin {ADMIN}"
    await morning.telegram.until(lambda: done in old.text, 20)
    count = len(second.received)
    await morning.press(second, old, "Show it as it stands")
    *_, review = await below(morning, second, count)
    assert fingerprint(morning) in review.text
    assert done in await morning.forge(second, stale)  # a press that comes late changes nothing, and shows it, too
    assert state(morning) is IssueState.DRAFT


async def test_another_story_leads_by_a_button_with_its_reason(morning: Morning) -> None:
    admin = morning.admin()
    _, review = await shown(morning, admin)
    await tap(morning, admin, review, "Swap the lead ▸", "Which story leads instead?")
    assert review.text.count("worth ") >= 2
    count = len(admin.received)
    await morning.press(admin, review, "1")
    page, _ = await below(morning, admin, count)
    lead = morning.house.desk.record(DRAFTED).issue.section(SectionName.LEAD)
    assert lead is not None
    assert lead.stories[0].headline is not None
    assert lead.stories[0].headline.text in page.text
    assert (await asyncio.to_thread(morning.house.desk.audit, DRAFTED)).passed


async def test_an_item_is_skipped_for_good_and_let_in_by_a_button(morning: Morning) -> None:
    admin = morning.admin()
    _, review = await shown(morning, admin)
    await tap(morning, admin, review, "Skip an item ▸", "Where does the item stand?")
    await tap(morning, admin, review, "Lead Story", "never to be named again")
    name = review.buttons[0][0].text
    await tap(morning, admin, review, name, "for good?")
    count = len(admin.received)
    await morning.press(admin, review, "Yes, skip it")
    await below(morning, admin, count)
    (skip,) = morning.house.desk.changes.skips()
    assert skip.item not in named(morning.house)
    unknown, listed = await morning.say(admin, "/unskip nobody/nothing", answers=2)
    assert "Nothing of that name" in unknown.text
    assert skip.name in listed.text
    (listed,) = await morning.say(admin, "/skipped")
    await tap(morning, admin, listed, f"Let in {skip.name}", "Nothing is skipped")
    assert morning.house.desk.changes.skips() == ()
    (nothing,) = await morning.say(admin, "/unskip")
    assert "Nothing is skipped" in nothing.text


@pytest.mark.parametrize(
    "data",
    ["e:pub:20260817:0000000000000000", "e:pub:20269999:0000000000000000", "e:zap:20260817:0000000000000000", "e:in:x"],
)
async def test_a_forged_or_foreign_button_does_nothing(morning: Morning, data: str) -> None:
    reader = morning.reader()
    await morning.say(reader, "/help")
    assert "no longer in use" in await morning.forge(reader, data)
    admin = morning.admin()
    await morning.say(admin, "/help")
    await morning.forge(admin, data)
    assert state(morning) is IssueState.DRAFT
