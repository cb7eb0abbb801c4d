"""An editor's morning, through the chat page alone: the draft, its changes, its way out, notices, corrections."""

from __future__ import annotations

import pytest
from playwright.async_api import Locator, expect

from tests.browser.phones import Phone
from tests.browser.walking import Walk, sunrise

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

LEAD = "Eight models carry one name"
STANDFIRST = "Hugging Face's model chart has Heron-3 in eight of its 50 names, after none on 15 August."


async def drafted(walk: Walk) -> tuple[Phone, Locator]:
    """The editor's phone when the draft has come, and its review."""
    walk.sun.turn(5, 31)
    editor = await walk.admin()
    before = await editor.answers.count()
    await walk.show_draft()
    await editor.new(before, LEAD)
    review = await editor.new(before + 1, "Issue 8 of 22 August 2026: draft", "claims supported")
    return editor, review


async def sentence(editor: Phone, review: Locator) -> None:
    """Press on until the new words of the lead's second sentence are asked for."""
    await editor.tap("Edit ▸", "In which section?", on=review)
    await editor.tap("Lead Story", "which sentence?")
    await editor.tap("2", "It stands now:", STANDFIRST)


async def test_a_draft_comes_with_its_verdicts_and_goes_out_at_a_tap(walk: Walk) -> None:
    editor, review = await drafted(walk)
    await editor.read("claims supported, ", "sources answered in full", "Fingerprint of these pages", on=review)
    await editor.read("Unanswered it goes out at 06:30", on=review)
    await editor.picture("draft")
    await editor.tap("Hold", "Held by you", on=review)
    await editor.tap("Let it go", "Let go at press time by you")
    await editor.tap("Publish now", "Published by you")
    await editor.new(2, "Delivered.")
    follower = await walk.phone(1003, "Alan", chat_id=walk.morning.channel.id)
    await follower.new(0, LEAD)


async def test_an_edit_is_a_reply_and_what_no_evidence_holds_is_refused(walk: Walk) -> None:
    editor, review = await drafted(walk)
    await sentence(editor, review)
    before = await editor.answers.count()
    await editor.write("It has 987,654 likes, says Megacorp.")
    await editor.new(before, "Nothing was changed.", "“987,654”: no figure", "Megacorp")
    await editor.picture("edit")
    before = await editor.answers.count()
    await editor.act(editor.answers.filter(has_text="It stands now:"), "Reply")
    await editor.write("Heron-3 is in eight of 50 names of Hugging Face's model chart, after none on 15 August.")
    await editor.new(before, "✎", "Heron-3 is in eight of 50 names")
    await editor.new(before, "1 of its sentences are an editor's")


async def test_a_section_is_written_anew_and_another_story_leads(walk: Walk) -> None:
    editor, review = await drafted(walk)
    before = await editor.answers.count()
    await editor.tap("Redo ▸", "Which section is written anew?", on=review)
    await editor.tap("Opinion & Analysis", "Written anew: opinion.", on=review)
    review = await editor.new(before + 1, "claims supported")
    await editor.tap("Swap the lead ▸", "Which story leads instead?", "worth ", on=review)
    await editor.tap("1", "It leads now:", on=review)
    page = await editor.new(before + 2, "THE AI MORNING POST")
    await expect(page).not_to_contain_text(LEAD)


async def test_a_notice_is_shown_aimed_counted_and_followed(walk: Walk) -> None:
    reader = await walk.phone(1001, "Ada")
    await reader.ask("/subscribe 9 UTC", "You are subscribed.")
    editor = await walk.admin()
    await editor.ask("/broadcast", "Write the notice as your next message")
    before = await editor.answers.count()
    await editor.send_picture(sunrise(), "We **move** on Sunday: [here](https://example.org/new).")
    preview = await editor.new(before, "We move on Sunday: here.")
    await expect(preview.locator("img")).to_be_visible()
    await expect(preview.locator("strong")).to_have_text("move")
    question = await editor.new(before + 1, "Everybody, 1 now")
    await editor.picture("broadcast", top=preview)
    await editor.tap("Language ▸", "Which one?", on=question)
    await editor.tap("en: 1", "language en, 1 now", on=question)
    await editor.tap("Send to 1 …", "Send it to 1", on=question)
    await editor.tap("Yes, send it", "done", "sent 1", on=question)
    received = await reader.new(0, "We move on Sunday: here.")
    await expect(received.locator("img")).to_be_visible()


async def test_a_correction_mends_every_copy_where_it_stands(walk: Walk) -> None:
    walk.sun.to_the_wall()
    walk.publish()
    reader = await walk.phone(1001, "Ada")
    await reader.write("/subscribe 9 UTC")
    copy = await reader.new(0, STANDFIRST)
    editor = await walk.admin()
    await editor.ask("/correct", "What is to be put right?")
    await editor.tap("Lead Story", "which sentence?")
    await editor.tap("2", "It stands now:", STANDFIRST)
    await editor.ask(
        "Heron-3 is in eight of 50 names of Hugging Face's model chart, after none on 15 August.", "Corrected."
    )
    await expect(copy).to_contain_text("Heron-3 is in eight of 50 names of Hugging Face's model chart")
    await expect(copy.locator(".edited")).to_be_visible()


async def test_the_numbers_of_the_paper_are_told_and_drawn(walk: Walk) -> None:
    walk.publish()
    walk.a_month_of_readers()
    editor = await walk.admin()
    told = await editor.ask("/stats", "Readers: 40 active", "In 7 days")
    await editor.tap("30 days", "In 30 days", on=told)
    await editor.tap("Campaigns ▸", "friend", "booth", on=told)
    await editor.tap("◀ Back", "Readers: 40 active", on=told)
    before = await editor.answers.count()
    await editor.tap("As a picture", on=told)
    await expect(editor.answers).to_have_count(before + 1)
    await expect(editor.answer.locator("img")).to_be_visible()
    await editor.picture("stats", top=told)
    await editor.ask("/health", "source huggingface", "queue: 0 messages wait", "GB free")


async def test_an_old_review_says_what_became_of_its_draft_when_it_is_pressed(walk: Walk) -> None:
    editor, old = await drafted(walk)
    newer = await editor.ask("/preview", "Issue 8 of 22 August 2026: draft")
    await editor.tap("Publish now", "Published by you", on=newer)
    await editor.tap("Publish now", "Published by you", on=old)
    await editor.ask("/health", "published")


async def test_a_question_that_was_left_behind_takes_no_later_answer(walk: Walk) -> None:
    editor, review = await drafted(walk)
    await sentence(editor, review)
    before = await editor.answers.count()
    await editor.write("It has 987,654 likes.")
    await editor.new(before, "Nothing was changed.")
    await editor.ask("/broadcast", "Write the notice as your next message")
    await editor.ask("The paper moves on Sunday.", "Above is the notice as it will look.")
