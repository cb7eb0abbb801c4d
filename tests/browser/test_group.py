"""A group with the bot in it, and stories that are shared into it, through the chat page alone."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from sandbox.telegram import Membership, Status
from tests.browser.walking import Walk

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_a_group_is_subscribed_by_its_admins_alone(walk: Walk) -> None:
    walk.publish()
    telegram = walk.morning.telegram
    boss, member = telegram.user(1001, "Ada"), telegram.user(1002, "Grace")
    group = telegram.group("AI readers", members=[boss, member])
    group.members[boss.id] = Membership(Status.CREATOR)
    hers, his = await walk.phone(1001, "Ada", chat_id=group.id), await walk.phone(1002, "Grace", chat_id=group.id)

    await his.ask("/subscribe", "only its admins")
    await hers.ask("/subscribe 8 Europe/Paris", "You are subscribed.")
    await hers.new(0, "Eight models carry one name")
    settings = await hers.ask("/settings", "at 08:00")
    await expect(his.answers.filter(has_text="at 08:00").last.locator(".sender")).to_have_text("The AI Morning Post")
    await his.tap("Hour: 08:00", on=his.answers.filter(has_text="at 08:00").last)
    await his.hear("only its admins")

    await hers.tap("Zone: Paris", "Where are you?", on=settings)
    await hers.tap("Type a city", "reply to this message")
    count = await hers.answers.count()
    await hers.act(hers.answer, "Reply")
    await expect(hers.pane.locator(".about-text")).to_contain_text("Reply to: ")
    await hers.write("Lisbon")
    await hers.new(count, "Lisbon")


async def test_a_story_is_shared_into_any_chat_and_read_on_at_a_tap(walk: Walk) -> None:
    walk.publish()
    telegram = walk.morning.telegram
    people = [telegram.user(1001, "Ada"), telegram.user(1002, "Grace")]
    group = telegram.group("AI readers", members=people)
    hers, his = await walk.phone(1001, "Ada", chat_id=group.id), await walk.phone(1002, "Grace", chat_id=group.id)

    await his.write("Did anybody read about the video models?")
    await expect(hers.answer.locator(".sender")).to_have_text("Grace")
    await hers.field.fill("@ai_morning_post_bot video")
    results = hers.pane.get_by_role("list", name="Results of the bot")
    await expect(results.get_by_role("button").first).to_contain_text("minute-long video")
    await hers.field.press("ArrowDown")
    await results.get_by_role("button").first.press("Enter")
    await expect(hers.pane.locator(".message.own")).to_contain_text("The AI Morning Post: ")
    await hers.field.fill("@ai_morning_post_bot Heron")
    await expect(results.get_by_role("button").first).to_contain_text("Heron")
    await hers.picture("inline")

    await his.answer.get_by_role("link", name="Read on").click()
    private = his.page.locator('.pane[aria-label*="alone"]').last
    await expect(private.locator(".message.other").last).to_contain_text("August 2026")
    await hers.field.fill("@ai_morning_post_bot zzzzqqq")
    await expect(results.get_by_role("button").first).to_contain_text("Nothing found.")


async def test_a_channel_is_read_and_reacted_to(walk: Walk) -> None:
    walk.publish()
    follower = await walk.phone(1003, "Alan", chat_id=walk.morning.channel.id)
    post = await follower.new(0, "Eight models carry one name")
    await follower.act(post, "🔥")
    await expect(post.locator(".vote")).to_have_text("🔥 1")
    await expect(follower.field).to_be_hidden()
    editor = await walk.admin()
    await editor.ask("/feedback", "🔥 1")
