"""The chat page of the sandbox, read on the screen: what a reader sees, and what his hands do."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import City, Open

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

FRONT = (
    "<b>The Paper</b>\n<i>No. 42</i>\n\n"
    '<a href="https://example.org/model">A model</a> gained <b>1,204 likes</b>.\n'
    "<blockquote expandable>first\nsecond\nthird\nfourth\nfifth, the last one</blockquote>"
    "<tg-spoiler>the answer</tg-spoiler> <code>pip</code>\n<pre>print(1)</pre>"
)
BUTTONS = {
    "inline_keyboard": [[{"text": "Lead story", "callback_data": "p:lead"}, {"text": "Site", "url": "https://a.org"}]]
}


def _pane(role: str) -> str:
    return f'.pane[aria-label^="{role}"]'


async def test_a_section_button_edits_the_message_in_place(city: City, open_page: Open) -> None:
    city.reader.start()
    sent = city.call("sendMessage", chat_id=1001, text=FRONT, parse_mode="HTML", reply_markup=BUTTONS)
    page = await open_page()
    pane = page.locator(_pane("Reader"))

    await pane.get_by_role("button", name="Lead story").click()
    query = await city.telegram.until(lambda: list(city.telegram.desk.callbacks.values()))
    await expect(pane.locator('.rich-button[aria-busy="true"]')).to_have_count(1)
    await asyncio.to_thread(
        city.call,
        "editMessageText",
        chat_id=1001,
        message_id=sent["message_id"],
        text="<b>The lead</b>",
        parse_mode="HTML",
    )
    await asyncio.to_thread(city.call, "answerCallbackQuery", callback_query_id=query[0].id, text="Opened")

    await expect(pane.locator(".message.other .text")).to_have_text("The lead")
    await expect(pane.locator(".message.other")).to_have_count(1)
    await expect(pane.locator(".message.other .edited")).to_be_visible()
    await expect(pane.locator(".toast.shown")).to_have_text("Opened")
    await expect(page.locator(_pane("Admin")).locator(".toast.shown")).to_have_count(0)


async def test_classic_formats_are_shown_as_formats(city: City, open_page: Open) -> None:
    city.call("sendMessage", chat_id="@paper", text=FRONT, parse_mode="HTML", reply_markup=BUTTONS)
    page = await open_page()
    text = page.locator(".text")

    await expect(text.locator("strong").first).to_have_text("The Paper")
    await expect(text.locator("a")).to_have_attribute("href", "https://example.org/model")
    await expect(text.locator("pre")).to_have_text("print(1)")
    await expect(page.get_by_role("link", name="Site")).to_have_attribute("href", "https://a.org/")


async def test_a_long_quote_is_folded_until_it_is_tapped(city: City, open_page: Open) -> None:
    city.call("sendMessage", chat_id="@paper", text=FRONT, parse_mode="HTML")
    page = await open_page()
    quote = page.locator("blockquote")

    folded = await quote.bounding_box()
    await quote.get_by_role("button", name="Show the whole quote").press("Enter")
    opened = await quote.bounding_box()

    assert folded is not None
    assert opened is not None
    assert folded["height"] < 75
    assert opened["height"] > folded["height"] + 30
    await expect(quote.get_by_role("button")).to_have_attribute("aria-expanded", "true")


async def test_a_spoiler_is_hidden_until_it_is_pressed(city: City, open_page: Open) -> None:
    city.call("sendMessage", chat_id="@paper", text=FRONT, parse_mode="HTML")
    page = await open_page()
    spoiler = page.locator(".spoiler")

    await expect(spoiler).to_have_css("color", "rgba(0, 0, 0, 0)")
    await spoiler.click()
    await expect(spoiler).not_to_have_css("color", "rgba(0, 0, 0, 0)")


async def test_a_moment_stands_in_the_zone_of_who_looks(city: City, open_page: Open) -> None:
    text = '<tg-time unix="1795219200" format="wDt">Saturday at midnight UTC</tg-time>'
    city.call("sendMessage", chat_id="@paper", text=text, parse_mode="HTML")
    page = await open_page(zone="America/New_York")

    shown = await page.locator("time.moment").get_attribute("aria-label")

    assert shown is not None
    assert "Friday" in shown
    assert "20 November 2026" in shown
    assert "19:00" in shown


async def test_a_rich_message_shows_its_table_its_notes_and_its_buttons(city: City, open_page: Open) -> None:
    city.reader.start()
    cell = {"align": "right", "valign": "middle"}
    blocks = [
        {"type": "heading", "size": 1, "text": "The Paper"},
        {
            "type": "paragraph",
            "text": ["Gained ", {"type": "reference_link", "text": "[1]", "reference_name": "s1"}],
        },
        {
            "type": "table",
            "is_bordered": True,
            "caption": "Movers",
            "cells": [[cell | {"text": "Likes", "is_header": True}], [cell | {"text": "+1,204"}]],
        },
        {
            "type": "details",
            "summary": "Sources",
            "blocks": [{"type": "paragraph", "text": {"type": "reference", "name": "s1", "text": "read at 05:30"}}],
        },
        {"type": "buttons", "buttons": [{"text": "Deep dive", "callback_data": "deep", "style": "primary"}]},
    ]
    city.call("sendRichMessage", chat_id=1001, rich_message={"blocks": blocks, "skip_entity_detection": True})
    page = await open_page()

    await expect(page.get_by_role("heading", name="The Paper", level=3)).to_be_visible()
    await expect(page.get_by_role("table", name="Movers")).to_be_visible()
    await expect(page.get_by_role("columnheader", name="Likes")).to_be_visible()
    await expect(page.get_by_role("cell", name="+1,204")).to_have_css("text-align", "right")
    await expect(page.get_by_text("read at 05:30")).to_be_hidden()
    await page.get_by_role("button", name="[1]").click()
    await expect(page.get_by_text("read at 05:30")).to_be_visible()
    await page.get_by_role("button", name="Deep dive").click()
    query = await city.telegram.until(lambda: list(city.telegram.desk.callbacks.values()))
    assert query[0].data == "deep"


async def test_start_and_what_is_typed_reach_the_bot(city: City, open_page: Open) -> None:
    page = await open_page()
    city.call(
        "setMyCommands",
        commands=[{"command": "today", "description": "Read it"}, {"command": "help", "description": "What this is"}],
    )
    pane = page.locator(_pane("Reader"))

    await pane.get_by_role("button", name="Start").click()
    await expect(pane.get_by_role("button", name="Menu")).to_be_visible()
    await pane.get_by_role("textbox").fill("/to")
    await expect(pane.locator(".offer:visible")).to_have_text(["/todayRead it"])
    await pane.get_by_role("textbox").press("ArrowDown")
    await pane.locator(".offer:focus").press("Enter")
    await pane.get_by_role("textbox").fill("thank you")
    await pane.get_by_role("textbox").press("Enter")

    await expect(pane.locator(".message.own .text")).to_have_text(["/start", "/today", "thank you"])
    assert [update["message"]["text"] for _, update in city.telegram.updates.queue] == ["/start", "/today", "thank you"]
    assert not await page.locator(_pane("Channel")).get_by_role("textbox").count()


async def test_a_reader_can_block_the_bot_and_take_it_back(city: City, open_page: Open) -> None:
    city.reader.start()
    page = await open_page()
    pane = page.locator(_pane("Reader"))

    await pane.get_by_role("button", name="Block", exact=True).click()
    await expect(pane.get_by_role("textbox")).to_be_hidden()
    await pane.locator(".start").click()
    await expect(pane.get_by_role("textbox")).to_be_visible()

    told = [
        update["my_chat_member"]["new_chat_member"]["status"] for _, update in list(city.telegram.updates.queue)[1:]
    ]
    assert told == ["kicked", "member"]


async def test_hostile_text_stays_text(city: City, open_page: Open) -> None:
    hostile = '<img src=x onerror=alert(1)><script>alert(2)</script>"><b>'
    city.telegram.user(1004, hostile).start()
    city.reader.say(hostile)
    city.call("sendMessage", chat_id=1001, text=hostile)
    blocks = [{"type": "paragraph", "text": hostile}, {"type": "pre", "text": hostile, "language": hostile}]
    city.call("sendRichMessage", chat_id=1001, rich_message={"blocks": blocks})
    page = await open_page()

    await expect(page.locator(".message .text")).to_have_text([hostile, hostile])
    await expect(page.locator(".rich p")).to_have_text(hostile)
    assert await page.locator(".log img, .log script").count() == 0


async def test_the_page_wears_the_colours_of_the_system_until_it_is_told_otherwise(open_page: Open) -> None:
    dark = await open_page(scheme="dark")
    light = await open_page(scheme="light")

    assert await _brightness(dark) < 60
    assert await _brightness(light) > 200
    await dark.get_by_role("button", name="Switch to light colours").click()
    assert await _brightness(dark) > 200


async def test_on_a_narrow_phone_one_chat_fills_the_screen_and_nothing_is_cut(city: City, open_page: Open) -> None:
    city.call("sendMessage", chat_id="@paper", text=FRONT + "x" * 300, parse_mode="HTML", reply_markup=BUTTONS)
    page = await open_page(width=360, height=640)

    await expect(page.locator(".pane:visible")).to_have_count(1)
    await page.get_by_role("button", name="Reader · Ada Lovelace").click()
    await expect(page.locator(".pane:visible")).to_have_attribute(
        "aria-label", "Reader · Ada Lovelace: The AI Morning Post"
    )
    await page.get_by_role("button", name="Channel").click()
    widest = await page.evaluate(
        "Math.max(...[...document.querySelectorAll('.pane.chosen *')].map(e => e.getBoundingClientRect().right))"
    )
    assert widest <= 360
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360


async def test_the_banner_says_that_this_is_not_telegram(city: City, open_page: Open) -> None:
    page = await open_page()
    await expect(page.locator("#banner")).to_have_text("SANDBOX — sample data, not Telegram")

    city.telegram.show(city.telegram.stage.panes[:1], banner="A sample of eight mornings")

    await expect(page.locator("#banner")).to_have_text("A sample of eight mornings")
    await expect(page.locator(".pane")).to_have_count(1)


async def _brightness(page: Page) -> float:
    colour = await page.evaluate("getComputedStyle(document.querySelector('.top')).backgroundColor")
    red, green, blue = (float(part) for part in str(colour).removeprefix("rgb(").removesuffix(")").split(",")[:3])
    return (red + green + blue) / 3
