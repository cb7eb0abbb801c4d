"""What the bot remembers between two updates is known to every replica, and outlives each; on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from domain.issue import IssueState
from domain.readers import ChatId
from morningpost.services import displays
from sandbox.telegram import Message, Reader
from tests.golden.sample_issue import sample_issue
from tests.integration.bot.replicas import ADMINS, Paper, Replica, paper_on

DAY = sample_issue().date


@pytest.fixture
async def paper(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Paper]:
    monkeypatch.setattr(displays, "EVERY", 0.05)
    async with paper_on(database_url, tmp_path) as paper:
        yield paper


async def subscribed(paper: Paper, on: Replica) -> Reader:
    reader = paper.telegram.user(1001, "Ada")
    await paper.say(on, reader, "/subscribe 7 UTC")
    return reader


async def composed(paper: Paper, on: Replica) -> Message:
    """A notice that its writer has only to confirm."""
    await paper.say(on, paper.admin(), "/broadcast")
    _, question = await paper.say(on, paper.admin(), "The paper moves.")
    await paper.press(on, paper.admin(), question, "Send to 1 …")
    return question


def keywords(replica: Replica) -> tuple[str, ...]:
    reader = replica.house.subscribers.get(ChatId(1001))
    assert reader is not None
    return reader.keywords


@contextmanager
def missing(replica: Replica, table: str) -> Iterator[None]:
    """A table that can't be asked."""
    try:
        rename(replica, table, "lost")
        yield
    finally:
        rename(replica, "lost", table)


def rename(replica: Replica, table: str, name: str) -> None:
    with replica.house.database.write() as connection:
        connection.execute(text(f"ALTER TABLE {table} RENAME TO {name}"))


# --- questions --------------------------------------------------------------------------------------------------------


async def test_what_one_replica_asked_another_understands(paper: Paper) -> None:
    first, second = await paper.replica(), await paper.replica()
    reader = await subscribed(paper, first)
    await paper.say(first, reader, "/follow")
    await paper.say(second, reader, "whisper")
    assert keywords(first) == ("whisper",)
    (answer,) = await paper.say(second, reader, "and thanks")
    assert "/today" in answer.text
    assert keywords(first) == ("whisper",)


async def test_an_answer_whose_replica_was_killed_over_it_is_understood_by_the_next(paper: Paper) -> None:
    first, second = await paper.replica(), await paper.replica()
    reader = await subscribed(paper, first)
    await paper.say(first, reader, "/follow")
    message = reader.say("whisper")
    told = paper.told()
    now = first.house.clock()
    assert first.office.services().questions.take(reader.id, reader.id, message.id, now)  # and then it was killed
    await second.handle(*told)
    assert keywords(second) == ("whisper",)


async def test_without_its_tables_the_bot_answers_a_reader_kindly_and_leaves_a_group_alone(paper: Paper) -> None:
    replica = await paper.replica()
    reader = await subscribed(paper, replica)
    group = paper.telegram.group("AI readers", members=[reader])
    reader.say("/today", group)
    await replica.handle(*paper.told())
    (asked,) = [each for each in group.messages.values() if each.from_bot]
    with missing(replica, "questions"):
        (answer,) = await paper.say(replica, reader, "whisper")
        assert "Something went wrong" in answer.text
        (answer,) = await paper.say(replica, reader, "/follow")
        assert "Something went wrong" in answer.text
        reader.say("whisper", group, reply_to=asked)
        await replica.handle(*paper.told())
    assert [each for each in group.messages.values() if each.from_bot] == [asked]


# --- notices ----------------------------------------------------------------------------------------------------------


async def test_a_notice_that_one_replica_composed_another_sends_and_both_at_once_send_it_once(paper: Paper) -> None:
    first, second = await paper.replica(), await paper.replica()
    await subscribed(paper, first)
    question = await composed(paper, first)
    button = question.button("Yes, send it").data or ""
    once, again = (paper.pressed(paper.admin(), question, button) for _ in range(2))
    await asyncio.gather(first.handle(*once), second.handle(*again))
    assert len(first.house.outbox.receipts(9)) == 1
    assert "Notice" in question.text or "notice" in question.text
    told = [each for each in paper.admin(ADMINS[1]).received if "sends a notice to 1 chats" in each.text]
    assert len(told) == 1
    assert told[0].silent


async def test_a_discarded_notice_is_known_to_be_gone_everywhere(paper: Paper) -> None:
    first, second = await paper.replica(), await paper.replica()
    await subscribed(paper, first)
    question = await composed(paper, first)
    (send,) = paper.pressed(paper.admin(), question, "Yes, send it")
    await paper.press(first, paper.admin(), question, "◀ Back")
    await paper.press(first, paper.admin(), question, "Discard")
    await second.handle(send)  # it came late
    assert "no longer at hand" in question.text
    assert first.house.outbox.receipts(9) == []


async def test_the_progress_of_a_broadcast_goes_on_after_a_kill_and_its_end_is_told(paper: Paper) -> None:
    killed, heir = await paper.replica(), await paper.replica()
    await subscribed(paper, killed)
    question = await composed(paper, killed)
    await paper.press(killed, paper.admin(), question, "Yes, send it")
    assert "Pause" in str(question.buttons)
    async with heir.keeping_displays():
        await paper.telegram.until(lambda: "done" in question.text, 20)
    assert question.buttons == ()


# --- other admins -----------------------------------------------------------------------------------------------------


async def test_a_draft_is_shown_once_to_each_admin_though_the_paper_begins_anew(paper: Paper) -> None:
    first, second = await paper.replica(), await paper.replica()
    paper.draft(first)
    record = first.house.desk.record(DAY)
    async with first.keeping_displays(), second.keeping_displays():
        await first.office.notices.draft_ready(record)
        await second.office.notices.draft_ready(record)
    assert [len(paper.admin(admin).received) for admin in ADMINS] == [2, 2]


async def test_an_issue_that_waits_at_press_time_is_told_once_by_all_replicas(paper: Paper) -> None:
    first, second = await paper.replica(), await paper.replica()
    paper.draft(first)
    record = first.house.desk.record(DAY)
    await asyncio.gather(*(each.office.notices.waiting(record, "AUTO_APPROVE is off") for each in (first, second)))
    await (await paper.replica()).office.notices.waiting(record, "AUTO_APPROVE is off")
    assert [len(paper.admin(admin).received) for admin in ADMINS] == [1, 1]
    await second.office.notices.waiting(record, "somebody holds it")
    assert [len(paper.admin(admin).received) for admin in ADMINS] == [2, 2]


async def test_what_one_admin_did_stands_in_the_copy_of_the_other_who_is_told_once(paper: Paper) -> None:
    first, second = await paper.replica(), await paper.replica()
    paper.draft(first)
    await first.office.notices.draft_ready(first.house.desk.record(DAY))
    mine, theirs = (paper.admin(admin).received[-1] for admin in ADMINS)
    async with first.keeping_displays(), second.keeping_displays():
        await paper.press(first, paper.admin(), mine, "Hold")
        await paper.telegram.until(lambda: f"Held by admin {ADMINS[0]}" in theirs.text, 20)
        await paper.telegram.until(lambda: len(paper.admin(ADMINS[1]).received) == 3, 20)
        await asyncio.sleep(0.3)
    assert "Held by you" in mine.text
    assert [each.text for each in theirs.buttons[0]] == ["Let it go"]
    (line,) = paper.admin(ADMINS[1]).received[2:]
    assert f"Held by admin {ADMINS[0]}" in line.text
    assert line.silent
    assert len(paper.admin().received) == 2
    await paper.press(second, paper.admin(ADMINS[1]), theirs, "Let it go")
    assert first.house.desk.record(DAY).state is IssueState.APPROVED


async def test_an_act_at_the_shell_stands_in_every_copy_after_a_restart(paper: Paper) -> None:
    first = await paper.replica()
    paper.draft(first)
    await first.office.notices.draft_ready(first.house.desk.record(DAY))
    copies = [paper.admin(admin).received[-1] for admin in ADMINS]
    first.house.desk.approve(DAY, "shell anna")
    second = await paper.replica()
    async with second.keeping_displays():
        await paper.telegram.until(
            lambda: all("Let go at press time by shell anna" in each.text for each in copies), 20
        )


async def test_whose_pages_were_changed_by_another_sees_them_before_he_decides(paper: Paper) -> None:
    first = await paper.replica()
    paper.draft(first)
    await first.office.notices.draft_ready(first.house.desk.record(DAY))
    theirs = paper.admin(ADMINS[1]).received[-1]
    paper.draft(first, "Written anew")
    first.house.desk.approve(DAY, f"admin {ADMINS[0]}")
    async with first.keeping_displays():
        await paper.telegram.until(lambda: "not those that would be sent now" in theirs.text, 20)
        await paper.press(first, paper.admin(ADMINS[1]), theirs, "Show it as it stands")
    *_, page, review = paper.admin(ADMINS[1]).received
    assert "Written anew" in page.text
    assert "Publish now" in str(review.buttons)


async def test_a_broadcast_that_another_admin_cancels_says_so_where_it_is_followed(paper: Paper) -> None:
    first, second = await paper.replica(), await paper.replica()
    await subscribed(paper, first)
    question = await composed(paper, first)
    await paper.press(first, paper.admin(), question, "Yes, send it")
    await paper.say(second, paper.admin(ADMINS[1]), "/cancel")
    task = asyncio.create_task(first.office.displays.run())
    await paper.telegram.until(lambda: f"Cancelled by admin {ADMINS[1]}" in question.text, 20)
    task.cancel()
    assert question.buttons == ()
