from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from domain.deliveries import BroadcastState
from domain.feedback import Tally
from tests.integration.house import DAY, Morning, morning_at_work


@pytest.fixture
async def morning(tmp_path: Path) -> AsyncIterator[Morning]:
    async with morning_at_work(tmp_path) as at_work:
        at_work.publish()
        yield at_work


async def test_a_reader_votes_on_a_page_changes_his_mind_and_the_editor_is_told(morning: Morning) -> None:
    reader, page = morning.reader(), (await morning.say(morning.reader(), "/lead"))[0]
    assert await morning.press(reader, page, "👍") == "Noted: you liked it. You may change your mind at any time."
    assert await morning.press(reader, page, "👍") == "You have said so already."
    assert await morning.press(reader, page, "👎") == "Noted: you did not like it. You may tell us why."
    assert morning.house.desk.feedback.of_issue(DAY).pages == {"lead": Tally(0, 1, 1, 1)}
    (told,) = await morning.say(morning.admin(), "/feedback")
    assert "Lead Story: 👍 0 👎 1" in told.text


async def test_a_reader_tells_why_in_one_message_and_the_next_one_is_free_text_again(morning: Morning) -> None:
    reader, page = morning.reader(), (await morning.say(morning.reader(), "/lead"))[0]
    await morning.press(reader, page, "👎")
    await morning.press(reader, page, "Tell us why")
    await morning.telegram.until(lambda: "Only the editors read it" in reader.received[-1].text)
    (thanks,) = await morning.say(reader, "Too <long> & dry")
    assert thanks.text == "Thank you. The editors will read it."
    (told,) = await morning.say(morning.admin(), "/feedback 2026-07-04")
    assert "“Too <long> & dry” (lead)" in told.text
    (unknown,) = await morning.say(reader, "Too long")
    assert "not free text" in unknown.text


async def test_who_explains_a_vote_that_he_has_not_cast_is_asked_for_it(morning: Morning) -> None:
    reader, page = morning.reader(), (await morning.say(morning.reader(), "/lead"))[0]
    await morning.press(reader, page, "Tell us why")
    await morning.telegram.until(lambda: "Only the editors read it" in reader.received[-1].text)
    (asked,) = await morning.say(reader, "Too long")
    assert asked.text.startswith("First say whether you liked it")


@pytest.mark.parametrize(
    "data",
    ["f:20260704:lead", "f:20260704:lead:maybe", "f:99999999:lead:up", "f:20260704:subscribe:up", "f:20200101:lead:up"],
)
async def test_a_forged_vote_counts_nothing(morning: Morning, data: str) -> None:
    reader = morning.reader()
    await morning.say(reader, "/help")
    assert "no longer in use" in await morning.forge(reader, data)
    assert morning.house.desk.feedback.of_issue(DAY).pages == {}


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


def _is_done(morning: Morning) -> bool:
    receipt = morning.house.desk.receipt()
    return receipt is not None and receipt.broadcast.state is BroadcastState.DONE


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not true():  # noqa: ASYNC110  # nothing tells what the database has
            await asyncio.sleep(0.02)
