"""A reader's life with the paper, through the chat page alone: what he does, and what stands on his screen."""

from __future__ import annotations

import json
import re

import pytest
from playwright.async_api import expect

from domain.readers import ChatId
from tests.browser.phones import Phone
from tests.browser.walking import Walk

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

LEAD = "Eight models carry one name"


async def newcomer(walk: Walk, language: str = "en") -> Phone:
    """A reader who has opened the chat for the first time, on a morning with an issue."""
    walk.publish()
    return await walk.phone(1001, "Ada", language=language, started=False)


async def stranger(walk: Walk) -> Phone:
    """A reader who is not on the list, on a morning with an issue."""
    walk.publish()
    return await walk.phone(1001, "Ada")


async def subscriber(walk: Walk) -> Phone:
    """A reader who gets the paper at seven."""
    reader = await stranger(walk)
    before = await reader.answers.count()
    await reader.write("/subscribe 7 Europe/Berlin")
    await reader.new(before, "You are subscribed.")
    await reader.new(before, LEAD)
    return reader


async def test_a_newcomer_reads_at_once_names_an_hour_and_says_what_he_sees(walk: Walk) -> None:
    reader = await newcomer(walk)
    await reader.pane.get_by_role("button", name="Start").click()
    welcome = await reader.new(0, "The AI Morning Post", "Every figure comes from a stored reading")
    await reader.picture("start")

    await reader.tap("Read today's issue")
    await reader.new(1, LEAD, "By the Numbers".upper())
    await reader.tap("07:00", "You are subscribed.", on=welcome)
    sample = await reader.new(2, "Do you see the table?")
    await expect(sample.get_by_role("table")).to_be_visible()
    await reader.new(3, LEAD)
    await reader.tap("Yes", "The layout is rich", on=sample)

    front = await reader.ask("/today", "The AI Morning Post", LEAD)
    await expect(front.get_by_role("heading", name="The AI Morning Post")).to_be_visible()
    await reader.picture("rich", top=front)
    await reader.ask("/start", "Your issue comes every day at 07:00")


async def test_a_newcomer_is_asked_for_another_hour_by_all_hours_of_the_day(walk: Walk) -> None:
    reader = await newcomer(walk, language="de")
    await reader.pane.get_by_role("button", name="Start").click()
    await reader.tap("Andere Uhrzeit")
    await reader.tap("21:00", "21:00", "Berlin")


async def test_pages_turn_in_place_and_every_sentence_shows_what_it_rests_on(walk: Walk) -> None:
    reader = await stranger(walk)
    front = await reader.ask("/today", LEAD)
    await reader.picture("front", top=front)
    count = await reader.answers.count()

    await reader.tap("Trending", "Hugging Face")
    await reader.tap("◀ Front page", LEAD)
    await reader.tap("Numbers", "◀ Front page")  # the front page, too, names the section
    await reader.tap("Sources", "Press a number to see what it rests on.")
    await reader.tap("1", "likes")
    await expect(reader.answer.locator("a[href^='https://']").first).to_be_visible()
    await reader.picture("evidence", top=reader.answer)
    await reader.pane.get_by_role("button", name=re.compile("◀")).first.click()
    await reader.read("Press a number")

    assert await reader.answers.count() == count


async def test_old_issues_stand_in_a_calendar_and_words_are_found_in_all_of_them(walk: Walk) -> None:
    reader = await stranger(walk)
    calendar = await reader.ask("/archive", "August 2026", "8 issues in this month.")
    await reader.picture("archive", top=reader.pane.locator(".message.own").last)
    await reader.tap("18", "18 August 2026", on=calendar)
    await reader.tap("◀ August 2026", "Press a day to read it.")
    await calendar.get_by_role("button", name="·", exact=True).first.click()
    await reader.hear("There is no issue of that day.")

    found = await reader.ask("/search Heron", "stories have heron")
    await expect(found.locator("strong, u, mark").first).to_be_visible()
    await reader.picture("search", top=reader.pane.locator(".message.own").last)
    await reader.tap("More ▶", "6.", on=found)
    await reader.tap("◀ Better matches", "1.", on=found)
    await found.get_by_role("button", name=re.compile(r"^1\.")).click()
    await reader.tap("◀ Search results", "stories have heron")

    asked = await reader.ask("Heron-3-27B", "/help")
    await asked.get_by_role("button", name=re.compile("Search for")).click()
    await reader.read("Heron-3-27B")


async def test_an_item_is_followed_over_time_in_a_picture(walk: Walk) -> None:
    reader = await stranger(walk)
    which = await reader.ask("/item Heron-3-27B", "do you mean?")
    await which.get_by_role("button", name="northlake-sample/Heron-3-27B (model, Hugging Face)").click()
    shown = reader.answers.filter(has=reader.page.locator("img")).last
    await expect(shown).to_contain_text("Heron-3-27B")
    assert await shown.locator("img").evaluate("async (image) => (await image.decode(), image.naturalWidth)") > 600
    await reader.picture("item", top=shown)


async def test_everything_is_set_in_one_message_that_changes_in_place(walk: Walk) -> None:
    reader = await subscriber(walk)
    settings = await reader.ask("/settings", "Settings", "every day at 07:00")
    count = await reader.answers.count()
    await reader.tap("Hour: 07:00", "At what hour", on=settings)
    await reader.tap("18:00", "at 18:00")
    await reader.tap("Days: all", "On which days")
    for day in ("Monday", "Tuesday"):
        await reader.tap(f"✅ {day}")
        await expect(reader.answer.get_by_role("button", name=f"▫️ {day}")).to_be_visible()
    await reader.tap("◀ Back", "Wednesday")
    await reader.tap("Sections: 8 of 8", "an arrow to move it")
    await reader.tap("✅ Opinion")
    await reader.answer.get_by_role("button", name="⬆").first.click()
    await expect(reader.answer.locator(".rich-button").first).to_have_text("✅ Numbers")
    await reader.tap("◀ Back")
    await expect(reader.answer.get_by_role("button", name="Sections: 7 of 8")).to_be_visible()
    await reader.tap("Sound: on", "with a sound")
    await reader.tap("Without sound")
    await reader.tap("◀ Back")
    await expect(reader.answer.get_by_role("button", name="Sound: off")).to_be_visible()
    await reader.tap("Pause")
    await reader.tap("A week", "Paused until")
    await reader.tap("Come back now", "at 18:00")
    assert await reader.answers.count() == count


async def test_a_place_is_shared_once_and_gives_the_clock(walk: Walk) -> None:
    reader = await subscriber(walk)
    await reader.ask("/settings", "Settings")
    await reader.tap("Zone: Berlin", "Where are you?")
    await reader.tap("Share my location once")
    await reader.pane.get_by_role("button", name="📍 Share my location").click()
    place = reader.page.get_by_role("dialog")
    await place.get_by_label("Latitude").fill("-23.5505")
    await place.get_by_label("Longitude").fill("-46.6333")
    await place.get_by_role("button", name="Share").click()
    await expect(reader.answer).to_contain_text(re.compile("Sao.Paulo. Where you are was not stored."))
    await expect(reader.pane.locator(".keys")).to_be_hidden()


async def test_the_conversation_changes_its_language_and_the_way_it_is_written(walk: Walk) -> None:
    reader = await stranger(walk)
    walk.subscribe(1001, hour=7, zone="Europe/Berlin")
    await reader.ask("/settings", "Settings")
    await reader.tap("Language: English", "In which language")
    await reader.tap("العربية")
    await expect(reader.answer.locator(".text")).to_contain_text(re.compile("[\u0600-\u06ff]{3}.*07:00", re.DOTALL))
    direction = "node => getComputedStyle(node).unicodeBidi + ' ' + node.matches(':dir(rtl)')"
    assert await reader.answer.locator(".text").evaluate(direction) == "plaintext true"
    await reader.picture("arabic")
    await reader.answer.get_by_role("button", name=re.compile("العربية")).click()
    await reader.tap("हिन्दी")
    await expect(reader.answer.locator(".text")).to_contain_text(re.compile("[\u0900-\u097f]{3}"))
    await reader.answer.get_by_role("button", name=re.compile("हिन्दी")).click()
    await reader.tap("English", "Settings")


async def test_what_a_reader_follows_stands_first_in_his_issue(walk: Walk) -> None:
    reader = await stranger(walk)
    walk.subscribe(1001, hour=7)
    topics = await reader.ask("/topics", "a section of its own: For You")
    await reader.tap("▫️ Images and vision", "You follow: Images and vision", on=topics)
    await reader.tap("Follow a word", "Write me a word", on=topics)
    before = await reader.answers.count()
    await reader.write("swiftdraft")
    await reader.new(before, "swiftdraft")
    front = await reader.ask("/today", "FOR YOU")
    section = front.locator("blockquote", has_text="FOR YOU")
    await section.get_by_role("button", name="Show the whole quote").click()
    await expect(section).to_contain_text("tessera-sample/mosaic")
    await reader.picture("foryou", top=section)
    await reader.ask("/unfollow swiftdraft", "Topics")


async def test_a_vote_is_noted_and_its_reason_read_by_the_editors_alone(walk: Walk) -> None:
    reader = await subscriber(walk)
    await reader.ask("/lead", LEAD)
    await reader.tap("👍")
    await reader.hear("Noted: you liked it.")
    before = await reader.answers.count()
    await reader.tap("Tell us why")
    await reader.new(before, "Only the editors read it.")
    await reader.ask("A chart that I can check. <b>More!</b>", "Thank you.")
    editor = await walk.admin()
    await editor.ask("/feedback", "👍 1", "A chart that I can check. <b>More!</b>")


async def test_a_friend_comes_by_the_link_below_the_qr_code(walk: Walk) -> None:
    reader = await stranger(walk)
    invitation = await reader.ask("/invite", "?start=sub_friend")
    await expect(invitation.locator("img")).to_be_visible()
    friend = await walk.phone(1002, "Grace", started=False)
    before = await friend.answers.count()
    walk.pass_on(1001, 1002)
    await friend.pane.locator("a[href*='start=sub_friend']").last.click()
    await friend.new(before, "You are subscribed.")
    editor = await walk.admin()
    told = await editor.ask("/stats", "Readers: 1 active")
    await editor.tap("Campaigns ▸", "friend", on=told)


async def test_a_reader_sees_what_is_stored_takes_it_away_and_is_forgotten(walk: Walk) -> None:
    reader = await subscriber(walk)
    await reader.ask("/privacy", "What is stored about you", "Not stored: your name")
    exported = await reader.ask("/export", "All that is stored about this chat.")
    async with reader.page.expect_download() as saving:
        await exported.locator(".file-link").click()
    saved = json.loads((await (await saving.value).path()).read_bytes())
    assert any(row.get("zone") == "Europe/Berlin" for rows in saved.values() for row in rows)

    less = await reader.ask("/unsubscribe", "Too much?")
    await reader.tap("Once a week", "digest of the week comes every Sunday", on=less)
    less = await reader.ask("/unsubscribe", "Or leave altogether")
    await reader.tap("Leave", "You are unsubscribed", on=less)
    await reader.ask("/forgetme", "It can't be undone")
    await reader.tap("Yes, erase everything", "Everything about this chat is erased.")
    assert walk.morning.house.subscribers.get(ChatId(1001)) is None


async def test_whatever_is_sent_has_a_short_and_kind_answer(walk: Walk) -> None:
    reader = await subscriber(walk)
    await reader.ask("What a lovely morning!", "/help")
    await reader.ask("x" * 4096, "/help")
    await reader.ask("/lead_story", "/help")
    await reader.ask("/subscribe 25 Mars/Olympus", "That hour or zone is not clear.")
    await reader.ask("/publish", "/help")
    before = await reader.answers.count()
    await reader.act(reader.pane.locator(".message.own").last, "Edit")
    await expect(reader.field).to_have_value("/publish")
    await reader.write("/item nothing-of-that-name")
    await expect(reader.pane.locator(".message.own").last).to_contain_text("/item nothing")
    await expect(reader.pane.locator(".message.own .edited")).to_be_visible()
    await reader.new(before, "None of our readings")


async def test_a_button_that_nobody_made_does_nothing_and_says_so(walk: Walk) -> None:
    reader = await subscriber(walk)
    for number, data in enumerate(("p:20991231:lead", "e:pub:20260822:0000000000000000", "s:hour:99", "%00' OR 1=1")):
        await walk.forge(1001, f"Button {number}", data)
        await reader.tap(f"Button {number}")
        await reader.hear(re.compile(r"no longer in use|can't be read"))


async def test_a_blocked_bot_comes_back_by_one_tap(walk: Walk) -> None:
    reader = await subscriber(walk)
    await reader.pane.get_by_role("button", name="Block", exact=True).click()
    await expect(reader.field).to_be_hidden()
    await reader.pane.locator(".start").click()
    await reader.ask("/settings", "every day at 07:00")
