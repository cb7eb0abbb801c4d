"""A reader and a bot talk through the local Telegram, over real HTTP and with a real client library."""

from __future__ import annotations

import asyncio

import pytest
from telegram import Bot, BotCommand, BotCommandScopeChat, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden

from sandbox.telegram import SandboxTelegram

ADA = 1001


async def test_what_a_reader_says_reaches_the_bot_with_its_commands_marked(telegram: SandboxTelegram, bot: Bot) -> None:
    telegram.user(ADA, "Ada Lovelace", language="de").start("from_readme")

    (update,) = await bot.get_updates()

    assert update.message is not None
    assert update.message.text == "/start from_readme"
    assert update.message.from_user is not None
    assert update.message.from_user.full_name == "Ada Lovelace"
    assert update.message.from_user.language_code == "de"
    assert update.message.parse_entities() == {update.message.entities[0]: "/start"}


async def test_a_waiting_poll_ends_when_something_is_said(telegram: SandboxTelegram, bot: Bot) -> None:
    reader = telegram.user(ADA)
    waiting = asyncio.create_task(bot.get_updates(timeout=4))
    await telegram.until(lambda: telegram.updates.polls)

    reader.say("hello")

    (update,) = await waiting
    assert update.message is not None
    assert update.message.text == "hello"


async def test_a_confirmed_update_does_not_come_again(telegram: SandboxTelegram, bot: Bot) -> None:
    telegram.user(ADA).say("once")
    (update,) = await bot.get_updates()

    assert len(await bot.get_updates()) == 1
    assert await bot.get_updates(offset=update.update_id + 1) == ()


async def test_a_pressed_button_edits_its_message_in_place(telegram: SandboxTelegram, bot: Bot) -> None:
    reader = telegram.user(ADA)
    reader.start()
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Lead story", callback_data="p:20260704:lead")]])
    await bot.send_message(ADA, "<b>Front</b> page", parse_mode="HTML", reply_markup=keyboard)

    press = reader.press(reader.received[-1], "Lead story")
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    await query.edit_message_text("<i>The lead</i>", parse_mode="HTML")
    await query.answer("Opened")

    message = reader.received[-1]
    assert message.html == "<i>The lead</i>"
    assert [content.html for content in message.edits] == ["<b>Front</b> page"]
    assert press.answer() == "Opened"
    assert len(reader.received) == 1


async def test_a_blocked_bot_is_told_and_refused_until_it_is_unblocked(telegram: SandboxTelegram, bot: Bot) -> None:
    reader = telegram.user(ADA)
    reader.start()
    reader.block()

    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(ADA, "news")
    member = (await bot.get_updates())[-1].my_chat_member
    assert member is not None
    assert (member.old_chat_member.status, member.new_chat_member.status) == ("member", "kicked")

    reader.unblock()
    assert (await bot.send_message(ADA, "news")).text == "news"


async def test_a_bot_cannot_write_to_somebody_who_never_pressed_start(telegram: SandboxTelegram, bot: Bot) -> None:
    telegram.user(ADA)

    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(ADA, "news")


async def test_a_message_to_nobody_is_refused(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(5, "news")


async def test_a_channel_takes_posts_only_from_an_administrator_with_the_right(
    telegram: SandboxTelegram, bot: Bot
) -> None:
    telegram.channel("@paper", "The Paper")
    telegram.channel("@other", rights=["can_manage_chat"])

    sent = await bot.send_message("@paper", "Good morning")

    assert sent.chat.username == "paper"
    assert sent.sender_chat == sent.chat
    with pytest.raises(BadRequest, match="Need administrator rights in the channel chat"):
        await bot.send_message("@other", "Good morning")


async def test_the_commands_of_the_narrowest_scope_are_offered(telegram: SandboxTelegram, bot: Bot) -> None:
    admin, reader = telegram.user(ADA), telegram.user(1002)
    await bot.set_my_commands([BotCommand("today", "Read it")])
    await bot.set_my_commands([BotCommand("approve", "Let it out")], scope=BotCommandScopeChat(ADA))

    assert [command["command"] for command in admin.commands] == ["approve"]
    assert [command["command"] for command in reader.commands] == ["today"]
