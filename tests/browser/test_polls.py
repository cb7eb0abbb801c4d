"""A poll on the chat page: answered by a press, counted in bars, closed."""

from __future__ import annotations

import pytest

from tests.browser.conftest import City, Open

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_a_reader_votes_by_a_press_changes_his_mind_and_sees_the_shares(city: City, open_page: Open) -> None:
    sent = city.call("sendPoll", chat_id=city.channel.id, question="Which one?", options=["Asters", "Bees <b>"])
    post = city.channel.messages[int(str(sent["message_id"]))]
    page = await open_page()
    poll = page.get_by_role("group", name="Which one?").first
    assert await poll.locator("progress").count() == 0  # what others chose is seen by those who chose
    await poll.get_by_role("button", name="Asters").click()
    await page.wait_for_selector(".poll.counted")
    assert await poll.locator(".poll-share").all_inner_texts() == ["100%", "0%"]
    city.admin.vote(post, 1)
    await page.get_by_text("2 votes").first.wait_for()
    await poll.get_by_role("button", name="Bees <b>").click()
    await page.locator(".poll-answer.chosen", has_text="Bees").first.wait_for()
    assert await poll.locator(".poll-share").all_inner_texts() == ["0%", "100%"]
    await poll.get_by_role("button", name="Bees <b>").click()
    await page.get_by_text("1 vote", exact=True).first.wait_for()
    city.call("stopPoll", chat_id=city.channel.id, message_id=post.id)
    await page.get_by_text("Final results").first.wait_for()
    assert await poll.get_by_role("button", name="Asters").is_disabled()
