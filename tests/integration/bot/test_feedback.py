from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from domain.deliveries import BroadcastState
from domain.feedback import LONGEST_WORDS, Ballot, Tally, rated
from domain.issue import SectionName, Worth
from morningpost.services.feedback_desk import FeedbackDesk
from sandbox.telegram import Message, Reader
from tests.golden.sample_issue import sample_issue
from tests.integration.bot.test_archive import turned
from tests.integration.house import DAY, Morning, morning_at_work


@pytest.fixture
async def morning(tmp_path: Path) -> AsyncIterator[Morning]:
    async with morning_at_work(tmp_path) as at_work:
        await at_work.deliver()  # or the receipt comes between a question of the admin's and its answer
        yield at_work


def votes(morning: Morning) -> dict[str, Tally]:
    """What was voted, by the name of the story."""
    found = FeedbackDesk(morning.house.desk.feedback, morning.house.library).of_issue(DAY)
    return {found.names[aim]: tally for aim, tally in found.stories.items()}


async def listed(morning: Morning, reader: Reader, page: str) -> Message:
    """The stories of a page, each with its buttons."""
    await morning.say(reader, page)
    return await turned(morning, reader, "👍 👎 Rate these stories ▶")


async def test_a_reader_votes_on_a_page_of_one_story_changes_his_mind_and_the_editor_is_told(morning: Morning) -> None:
    reader, page = morning.reader(), (await morning.say(morning.reader(), "/lead"))[0]
    assert await morning.press(reader, page, "👍") == "Noted: you liked it. You may change your mind at any time."
    assert await morning.press(reader, page, "👍") == "You have said so already."
    assert await morning.press(reader, page, "👎") == "Noted: you did not like it. You may tell us why."
    assert votes(morning) == {"One small model fills nine of thirty places": Tally(0, 1, 1, 1)}
    (told,) = await morning.say(morning.admin(), "/feedback")
    assert "Lead Story\n👍 0 👎 1 One small model fills nine of thirty places" in told.text


async def test_each_story_of_a_page_has_its_own_vote_and_the_reader_sees_his(morning: Morning) -> None:
    reader = morning.reader()
    page = await listed(morning, reader, "/tools")
    assert [line[:2] for line in page.text.splitlines() if line[1:2] == "."] == ["1.", "2.", "3.", "4."]
    await turned(morning, reader, "1 👍")
    await turned(morning, reader, "3 👎")
    assert [button.text for row in page.buttons for button in row if "✓" in button.text] == ["1 👍 ✓", "3 👎 ✓"]
    assert votes(morning) == {"rover": Tally(1, 0, 1, 1), "switchyard": Tally(0, 1, 1, 1)}
    assert await morning.press(reader, page, "3 👎 ✓") == "You have said so already."
    await turned(morning, reader, "3 👍")
    assert votes(morning)["switchyard"] == Tally(1, 0, 1, 1)
    assert "tools of the week" in (await turned(morning, reader, "◀ Tools")).text.lower()


async def test_a_long_page_is_listed_in_pages_and_a_vote_stays_on_its_page(morning: Morning) -> None:
    reader = morning.reader()
    first = await listed(morning, reader, "/trending")
    assert "\n8. " in first.text
    assert "\n9. " not in first.text
    second = await turned(morning, reader, "▶")
    assert "\n13. smallwonder" not in second.text
    assert "\n12. smallwonder/needle\n13. cairn-ai/switchyard" in second.text
    voted = await turned(morning, reader, "13 👍")
    assert voted.buttons[4][0].text == "13 👍 ✓"
    assert votes(morning) == {"cairn-ai/switchyard": Tally(1, 0, 1, 1)}


async def test_a_vote_counts_for_the_kind_of_its_own_story(tmp_path: Path) -> None:
    issue = sample_issue()
    kinds = iter(("gain", "climb", "talk", "echo"))
    tools = next(section for section in issue.sections if section.name is SectionName.TOOLS)
    weighed = [replace(story, worth=Worth(next(kinds), 1, 1, 1, 1, 1, 1)) for story in tools.stories]
    sections = [replace(each, stories=tuple(weighed)) if each is tools else each for each in issue.sections]
    async with morning_at_work(tmp_path) as morning:
        morning.put(replace(issue, sections=tuple(sections)))
        morning.house.desk.publish(DAY, "test")
        reader = morning.reader()
        await listed(morning, reader, "/tools")
        await turned(morning, reader, "2 👍")
        await turned(morning, reader, "4 👎")
        book = morning.house.desk.feedback
        assert book.by_kind(DAY, DAY) == {"climb": Tally(1, 0, 1, 1), "echo": Tally(0, 1, 1, 1)}


async def test_a_button_of_a_page_delivered_before_each_story_had_its_own_votes_for_the_first(morning: Morning) -> None:
    reader = morning.reader()
    await morning.say(reader, "/help")
    assert (await morning.forge(reader, "f:20260704:tools:up")).startswith("Noted: you liked it")
    assert votes(morning) == {"rover": Tally(1, 0, 1, 1)}


async def test_a_correction_shifts_no_vote_to_another_story(morning: Morning) -> None:
    reader = morning.reader()
    page = await listed(morning, reader, "/tools")
    await turned(morning, reader, "2 👎")
    drop(morning, SectionName.TOOLS, 0)
    assert votes(morning) == {"ledger": Tally(0, 1, 1, 1)}
    gone = await morning.press(reader, page, "1 👍")
    assert gone == "This story is no longer in the issue. Open the page again to see what is."
    await turned(morning, reader, "3 👍")
    assert votes(morning) == {"ledger": Tally(0, 1, 1, 1), "switchyard": Tally(1, 0, 1, 1)}
    drop(morning, SectionName.TOOLS, 0)
    (told,) = await morning.say(morning.admin(), "/feedback")
    assert "👍 0 👎 1 a story that is no longer in the issue" in told.text


def drop(morning: Morning, name: SectionName, place: int) -> None:
    """Correct the issue: a story goes."""
    issue = morning.house.library.issue(DAY)
    assert issue is not None
    sections = [
        replace(each, stories=each.stories[:place] + each.stories[place + 1 :]) if each.name is name else each
        for each in issue.sections
    ]
    morning.correct(replace(issue, sections=tuple(sections)))


async def test_in_a_group_each_member_has_his_own_vote_and_nobody_sees_it(morning: Morning) -> None:
    ada, bob = morning.reader(), morning.reader(1002, "Bob")
    group = morning.telegram.group("Readers", members=[ada, bob])
    ada.say("/tools", chat=group)
    await _until(lambda: any("TOOLS" in message.text for message in group.messages.values()))
    page = list(group.messages.values())[-1]
    await morning.press(ada, page, "👍 👎 Rate these stories ▶")
    await _until(lambda: "Press 👍 or 👎" in page.text)
    assert (await morning.press(ada, page, "1 👍")).startswith("Noted: you liked it")
    assert (await morning.press(bob, page, "1 👎")).startswith("Noted: you did not like it")
    assert not any("✓" in button.text for row in page.buttons for button in row)
    assert votes(morning) == {"rover": Tally(1, 1, 2, 1)}


async def test_a_member_of_a_group_tells_why_by_a_reply_that_no_other_can_give_for_him(morning: Morning) -> None:
    ada, bob = morning.reader(), morning.reader(1002, "Bob")
    group = morning.telegram.group("Readers", members=[ada, bob])
    ada.say("/lead", chat=group)
    await _until(lambda: any("LEAD STORY" in message.text for message in group.messages.values()))
    await morning.press(ada, list(group.messages.values())[-1], "Tell us why")
    await _until(lambda: any("reply to this message" in message.text for message in group.messages.values()))
    question = list(group.messages.values())[-1]
    book = morning.house.desk.feedback
    bob.say("I like it", chat=group, reply_to=question)
    ada.say("Too dry", chat=group, reply_to=question)
    await _until(lambda: [said.words for said in book.of_issue(DAY).words] == ["Too dry"])
    assert book.of_issue(DAY).words[0].page == "lead"


async def test_a_reader_tells_why_of_one_story_and_the_next_message_is_free_text_again(morning: Morning) -> None:
    reader = morning.reader()
    await listed(morning, reader, "/tools")
    await turned(morning, reader, "2 👎")
    await morning.press(reader, reader.received[-1], "2 ✍️")
    await morning.telegram.until(lambda: "good or bad about “ledger”" in reader.received[-1].text)
    (thanks,) = await morning.say(reader, "Too <long> & dry")
    assert thanks.text == "Thank you. The editors will read it."
    assert thanks.buttons[0][0].text == "◀ Tools"
    (told,) = await morning.say(morning.admin(), "/feedback 2026-07-04")
    assert "👎 “Too <long> & dry” (Tools of the Week: ledger)" in told.text
    (unknown,) = await morning.say(reader, "Too long")
    assert "not free text" in unknown.text


async def test_words_without_a_vote_are_kept_up_to_the_limit_and_the_reader_is_told(morning: Morning) -> None:
    reader, page = morning.reader(), (await morning.say(morning.reader(), "/lead"))[0]
    await morning.press(reader, page, "Tell us why")
    await morning.telegram.until(lambda: "Only the editors read it" in reader.received[-1].text)
    (thanks,) = await morning.say(reader, "Long. " * 300)
    assert thanks.text.endswith("I could keep only the first 1,000 characters.")
    (kept,) = morning.house.desk.feedback.of_issue(DAY).words
    assert len(kept.words) == LONGEST_WORDS
    assert votes(morning) == {}


async def test_a_picture_instead_of_words_is_asked_for_in_words_and_the_question_stands(morning: Morning) -> None:
    reader, page = morning.reader(), (await morning.say(morning.reader(), "/lead"))[0]
    await morning.press(reader, page, "Tell us why")
    await morning.telegram.until(lambda: "Only the editors read it" in reader.received[-1].text)
    before = len(reader.received)
    reader.share_location(52.5, 13.4)
    await morning.telegram.until(lambda: len(reader.received) > before)
    assert "written words only" in reader.received[-1].text
    (thanks,) = await morning.say(reader, "Too long")
    assert thanks.text == "Thank you. The editors will read it."


async def test_many_words_of_readers_reach_the_editor_page_by_page(morning: Morning) -> None:
    book, now = morning.house.desk.feedback, morning.house.clock()
    (story,) = rated(sample_issue().sections[0])
    for reader in range(20):
        ballot = Ballot(DAY, "lead", story.key, 5000 + reader)
        book.explain(ballot, "", f"Reader {reader}: <b>&" + "& so on " * 60, now + timedelta(seconds=reader))
    editor = morning.admin()
    (told,) = await morning.say(editor, "/feedback")
    assert "Reader 19: <b>&" in told.text
    seen = told.text
    while any(button.text == "▶" for row in told.buttons for button in row):
        await _edited(morning, editor, told, "▶")
        seen += told.text
    assert all(f"Reader {number}:" in seen for number in range(20))
    assert "Counted in ranking" in seen
    assert [button.text for row in told.buttons for button in row] == ["◀"]


@pytest.mark.parametrize(
    "data",
    [
        "f:20260704:lead",
        "f:20260704:lead:maybe",
        "f:99999999:lead:up",
        "f:20260704:subscribe:up",
        "f:20260704:tools:up:xyz",
        "f:20260704:tools:list.9999",
    ],
)
async def test_a_forged_vote_counts_nothing(morning: Morning, data: str) -> None:
    reader = morning.reader()
    await morning.say(reader, "/help")
    assert "no longer in use" in await morning.forge(reader, data)
    assert votes(morning) == {}


@pytest.mark.parametrize("data", ["f:20200101:lead:up", "f:20260704:tools:up:0a0a0a0a", "f:20200101:tools:list"])
async def test_a_vote_for_what_is_not_there_counts_nothing_and_says_so(morning: Morning, data: str) -> None:
    reader = morning.reader()
    await morning.say(reader, "/help")
    assert re.search("no longer in the issue|can't be read any more", await morning.forge(reader, data))
    assert votes(morning) == {}


async def test_feedback_is_for_admins(morning: Morning) -> None:
    (answer,) = await morning.say(morning.reader(), "/feedback")
    assert "not free text" in answer.text


async def test_reactions_in_the_channel_are_counted_for_their_issue(morning: Morning) -> None:
    (post,) = await morning.telegram.until(lambda: list(morning.channel.messages.values()))
    book = morning.house.desk.feedback
    await morning.telegram.until(lambda: "message_reaction_count" in morning.telegram.updates.allowed)
    await _until(lambda: _is_done(morning))
    for reader in (morning.reader(), morning.reader(1002)):
        reader.react(post, "🔥")
    await _until(lambda: book.of_issue(DAY).reactions == {"🔥": 2})
    (told,) = await morning.say(morning.admin(), "/feedback")
    assert "In the channel: 🔥 2" in told.text


async def _edited(morning: Morning, reader: Reader, message: Message, button: str) -> None:
    """Press a button, and wait until the message is another one."""
    edits = len(message.edits)
    await morning.press(reader, message, button)
    await _until(lambda: len(message.edits) > edits)


def _is_done(morning: Morning) -> bool:
    receipt = morning.house.desk.receipt()
    return receipt is not None and receipt.broadcast.state is BroadcastState.DONE


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not true():  # noqa: ASYNC110  # nothing tells what the database has
            await asyncio.sleep(0.02)
