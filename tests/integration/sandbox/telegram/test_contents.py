"""Rich messages, photos, copies and forwards, over the wire and back."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.error import BadRequest

from sandbox.telegram import SandboxTelegram

ADA = 1001
RICH = {
    "skip_entity_detection": True,
    "blocks": [
        {"type": "heading", "size": 1, "text": "The Paper"},
        {"type": "paragraph", "text": ["see ", {"type": "bold", "text": "README.md"}]},
        {"type": "buttons", "buttons": [{"text": "Deep dive", "callback_data": "deep"}]},
    ],
}
KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Lead", callback_data="lead")]])
LINKS = InlineKeyboardMarkup([[InlineKeyboardButton("Site", url="https://a.org/")]])


def _png(width: int = 40, height: int = 20) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes(width * 3) for _ in range(height))
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


async def _send_rich(bot: Bot, rich: object = RICH, **more: object) -> Message:
    message: Message = await bot.do_api_request(
        "send_rich_message", api_kwargs={"chat_id": ADA, "rich_message": rich, **more}, return_type=Message
    )
    return message


async def test_a_rich_message_comes_back_as_blocks_without_a_text(telegram: SandboxTelegram, bot: Bot) -> None:
    telegram.user(ADA).start()

    sent = await _send_rich(bot, reply_markup=KEYBOARD)

    assert sent.text is None
    assert sent.api_kwargs["rich_message"] == {"blocks": RICH["blocks"]}
    assert [[button.text for button in row] for row in telegram.user(ADA).received[-1].buttons] == [
        ["Lead"],
        ["Deep dive"],
    ]


async def test_an_empty_rich_message_tells_that_the_method_is_there(telegram: SandboxTelegram, bot: Bot) -> None:
    telegram.user(ADA).start()

    with pytest.raises(BadRequest, match="Rich message must be non-empty"):
        await _send_rich(bot, {"blocks": []})


async def test_a_text_can_become_rich_and_a_rich_message_a_text(telegram: SandboxTelegram, bot: Bot) -> None:
    reader = telegram.user(ADA)
    reader.start()
    sent = await bot.send_message(ADA, "plain")

    await bot.edit_message_text(None, ADA, sent.message_id, api_kwargs={"rich_message": RICH})  # type: ignore[arg-type]
    assert reader.received[-1].blocks == RICH["blocks"]
    await bot.edit_message_text("plain again", ADA, sent.message_id)

    assert reader.received[-1].text == "plain again"
    assert reader.received[-1].blocks == ()


async def test_a_button_inside_a_rich_message_can_be_pressed(telegram: SandboxTelegram, bot: Bot) -> None:
    reader = telegram.user(ADA)
    reader.start()
    await _send_rich(bot)

    reader.press(reader.received[-1], "Deep dive")
    query = (await bot.get_updates())[-1].callback_query

    assert query is not None
    assert query.data == "deep"


async def test_a_photo_is_stored_served_and_sent_again_by_its_id(telegram: SandboxTelegram, bot: Bot) -> None:
    telegram.user(ADA).start()
    picture = _png()

    sent = await bot.send_photo(ADA, BytesIO(picture), caption="<b>Chart</b>", parse_mode="HTML", reply_markup=KEYBOARD)
    again = await bot.send_photo(ADA, sent.photo[-1].file_id)
    file = await bot.get_file(sent.photo[-1].file_id)

    assert (sent.photo[-1].width, sent.photo[-1].height) == (40, 20)
    assert sent.caption == "Chart"
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id
    address = str(file.file_path)
    async with httpx.AsyncClient() as client:
        assert (await client.get(address)).content == picture
        assert (await client.get(address.replace("photos", "nowhere"))).status_code == 404


def test_a_photo_in_a_rich_message_may_come_with_it(telegram: SandboxTelegram, api: httpx.Client) -> None:
    telegram.user(ADA).start()
    block = '{"blocks": [{"type": "photo", "photo": {"type": "photo", "media": "attach://chart"}}]}'

    answer = api.post(
        "sendRichMessage",
        data={"chat_id": str(ADA), "rich_message": block},
        files={"chart": ("c.png", _png(), "image/png")},
    )

    assert answer.json()["result"]["rich_message"]["blocks"][0]["photo"][0]["width"] == 40


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "file must be non-empty"),
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (_png(2, 100), "PHOTO_INVALID_DIMENSIONS"),
    ],
)
def test_what_is_no_photo_is_refused(telegram: SandboxTelegram, api: httpx.Client, content: bytes, said: str) -> None:
    telegram.user(ADA).start()

    answer = api.post("sendPhoto", data={"chat_id": str(ADA)}, files={"photo": ("a.png", content, "image/png")})

    assert answer.json()["description"] == f"Bad Request: {said}"


async def test_a_caption_has_room_for_1024_characters(telegram: SandboxTelegram, bot: Bot) -> None:
    telegram.user(ADA).start()
    sent = await bot.send_photo(ADA, BytesIO(_png()), caption="x" * 1024)

    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.edit_message_caption(ADA, sent.message_id, caption="x" * 1025)
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("x", ADA, sent.message_id)


async def test_a_copy_keeps_the_content_and_only_a_keyboard_of_links(telegram: SandboxTelegram, bot: Bot) -> None:
    reader = telegram.user(ADA)
    reader.start()
    telegram.channel("@paper")
    with_links = await bot.send_message("@paper", "<b>news</b>", parse_mode="HTML", reply_markup=LINKS)
    with_callbacks = await bot.send_message("@paper", "more", reply_markup=KEYBOARD)

    await bot.copy_message(ADA, "@paper", with_links.message_id)
    await bot.copy_message(ADA, "@paper", with_callbacks.message_id)
    await bot.copy_message(ADA, "@paper", with_callbacks.message_id, reply_markup=KEYBOARD)

    assert [message.html for message in reader.received] == ["<b>news</b>", "more", "more"]
    assert [[button.text for row in message.buttons for button in row] for message in reader.received] == [
        ["Site"],
        [],
        ["Lead"],
    ]


async def test_a_rich_copy_with_a_keyboard_forgets_that_nothing_should_be_linked(
    telegram: SandboxTelegram, bot: Bot
) -> None:
    reader = telegram.user(ADA)
    reader.start()
    sent = await _send_rich(bot)

    await bot.copy_message(ADA, ADA, sent.message_id)
    await bot.copy_message(ADA, ADA, sent.message_id, reply_markup=KEYBOARD)

    exact, anew = (message.blocks for message in reader.received[-2:])
    assert exact == RICH["blocks"]
    linked = {"type": "url", "text": "README.md", "url": "http://readme.md/"}
    assert anew[1]["text"] == ["see ", {"type": "bold", "text": linked}]


async def test_a_forward_says_where_it_comes_from(telegram: SandboxTelegram, bot: Bot) -> None:
    telegram.user(ADA).start()
    channel = telegram.channel("@paper")
    post = await bot.send_message("@paper", "news")

    forwarded = await bot.forward_message(ADA, "@paper", post.message_id)

    assert forwarded.forward_origin is not None
    assert forwarded.forward_origin.type == "channel"
    assert forwarded.forward_origin.to_dict()["chat"]["id"] == channel.id


async def test_what_is_protected_or_gone_cannot_be_copied(telegram: SandboxTelegram, bot: Bot) -> None:
    telegram.user(ADA).start()
    kept = await bot.send_message(ADA, "secret", protect_content=True)

    with pytest.raises(BadRequest, match="protected content"):
        await bot.copy_message(ADA, ADA, kept.message_id)
    with pytest.raises(BadRequest, match="Message to copy not found"):
        await bot.copy_message(ADA, ADA, 999)


async def test_pins_reactions_and_actions_are_kept(telegram: SandboxTelegram, bot: Bot) -> None:
    telegram.user(ADA).start()
    sent = await bot.send_message(ADA, "news")

    await bot.pin_chat_message(ADA, sent.message_id)
    await bot.set_message_reaction(ADA, sent.message_id, "👍")
    await bot.send_chat_action(ADA, "typing")

    chat = telegram.chat(ADA)
    assert chat.messages[sent.message_id].pinned
    assert chat.messages[sent.message_id].reactions == [{"type": "emoji", "emoji": "👍"}]
    assert chat.actions == ["typing"]
    pinned = (await bot.get_chat(ADA)).pinned_message
    assert pinned is not None
    assert pinned.message_id == sent.message_id
    await bot.unpin_chat_message(ADA)
    assert chat.pinned == []


async def test_the_profile_is_kept_by_language(bot: Bot) -> None:
    await bot.set_my_name("The Paper")
    await bot.set_my_short_description("News", language_code="en")
    await bot.set_my_description("All the news")

    assert (await bot.get_my_name(language_code="de")).name == "The Paper"
    assert (await bot.get_my_short_description("en")).short_description == "News"
    assert (await bot.get_my_short_description("de")).short_description == ""
    assert (await bot.get_my_description()).description == "All the news"
    with pytest.raises(BadRequest):
        await bot.set_my_short_description("x" * 121)
