from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.readers.inline import CACHED, MOST
from sandbox.telegram.inline import InlineAnswer
from tests.integration.house import DAY, Morning, morning_at_work


@pytest.fixture
async def morning(tmp_path: Path) -> AsyncIterator[Morning]:
    async with morning_at_work(tmp_path) as at_work:
        yield at_work


async def offered(morning: Morning, text: str, language: str = "en") -> InlineAnswer:
    sharer = morning.telegram.user(2001, "Sharer", language=language)
    return await asyncio.to_thread(morning.telegram.inline(sharer, text).answer)


def titles(answer: InlineAnswer) -> list[str]:
    return [result["title"] for result in answer.results]


async def test_words_offer_stories_that_are_shared_with_a_way_into_the_bot(morning: Morning) -> None:
    issue = morning.publish()
    sharer, friend = morning.reader(2001, "Sharer"), morning.reader(2002, "Friend")
    asking = morning.telegram.inline(sharer, "terminal agent")
    answer = await asyncio.to_thread(asking.answer)
    assert titles(answer) == ["rover"]
    assert answer.results[0]["description"].startswith("Tools of the Week, 4 July 2026 · Rust, 16,444 stars")
    assert (answer.cache_time, answer.is_personal) == (CACHED, False)
    shared = asking.choose(answer.results[0]["id"], friend.chat)
    assert shared.text.startswith("rover\nRust, 16,444 stars")
    assert "The AI Morning Post: Tools of the Week, 4 July 2026" in shared.text
    button = shared.buttons[0][0]
    assert button.url == f"https://t.me/ai_morning_post_bot?start=tools_{issue.date:%Y%m%d}"
    friend.start(button.url.partition("start=")[2])
    (page,) = await morning.telegram.until(lambda: friend.received)
    assert "tools of the week" in page.text.lower()


async def test_no_words_offer_todays_sections(morning: Morning) -> None:
    morning.publish()
    answer = await offered(morning, "  ")
    assert len(answer.results) == 8
    assert titles(answer)[0] == "One small model fills nine of thirty places"


async def test_many_findings_are_cut_to_ten(morning: Morning) -> None:
    morning.publish()
    morning.publish(DAY - timedelta(days=1), 6)
    assert len((await offered(morning, "kestrel")).results) == MOST


async def test_what_is_not_found_offers_the_way_into_the_bot(morning: Morning) -> None:
    morning.publish()
    for text in ("zeppelins", '"', "' OR zeppelins --", "x" * 256, "<zeppelins>"):
        answer = await offered(morning, text)
        assert answer.results == ()
        assert answer.button is not None
        assert answer.button["start_parameter"] == "inline"


async def test_before_the_first_issue_nothing_is_offered_but_the_bot(morning: Morning) -> None:
    morning.draft()
    answer = await offered(morning, "")
    assert (answer.results, answer.button is not None) == ((), True)


async def test_the_button_above_an_empty_list_starts_the_bot_kindly(morning: Morning) -> None:
    reader = morning.reader()
    reader.start("inline")
    (welcome,) = await morning.telegram.until(lambda: reader.received)
    assert "The AI Morning Post" in welcome.text


async def test_shared_stories_read_on_in_the_language_of_who_shares(morning: Morning) -> None:
    morning.publish()
    german = await offered(morning, "rover", "de")
    assert "4. Juli 2026" in german.results[0]["description"]


async def test_the_words_of_a_source_are_no_markup_in_a_shared_story(morning: Morning) -> None:
    morning.publish()
    sharer = morning.reader(2001, "Sharer")
    asking = morning.telegram.inline(sharer, '"lines of config"')
    answer = await asyncio.to_thread(asking.answer)
    shared = asking.choose(answer.results[0]["id"], sharer.chat)
    assert "<100 lines of config" in shared.text


async def test_a_bot_whose_inline_mode_is_off_is_told_how_to_switch_it_on(tmp_path: Path) -> None:
    async with morning_at_work(tmp_path, at_work=False) as morning:
        doctor = replace(morning.house.doctor(), harvest=_nothing)
        morning.telegram.switch_inline(on=False)
        off = {finding.step: finding for finding in await doctor.examine()}
        assert "/setinline" in off["inline mode"].do
        morning.telegram.switch_inline(on=True)
        on = {finding.step: finding for finding in await doctor.examine()}
        assert on["inline mode"].do == ""


async def _nothing() -> list[Any]:
    return []


async def test_the_local_telegram_refuses_a_wrong_answer_as_telegram_does(tmp_path: Path) -> None:
    async with morning_at_work(tmp_path, at_work=False) as morning:
        asking = morning.telegram.inline(morning.reader(), "words")
        article: dict[str, Any] = {
            "type": "article",
            "id": "1",
            "title": "A",
            "input_message_content": {"message_text": "A"},
        }
        sound = {"inline_query_id": asking.query.id, "results": [article]}
        broken = {"message_text": "<b>A", "parse_mode": "HTML"}
        for harm, said in (
            ({"inline_query_id": "1"}, "query is too old"),
            ({"results": [article] * 2}, "RESULT_ID_DUPLICATE"),
            ({"results": [article | {"id": str(number)} for number in range(51)]}, "RESULTS_TOO_MUCH"),
            ({"results": [article | {"id": ""}]}, "RESULT_ID_INVALID"),
            ({"results": [article | {"title": " "}]}, "ARTICLE_TITLE_EMPTY"),
            ({"results": [article | {"type": "widget"}]}, "RESULT_TYPE_INVALID"),
            ({"results": [article | {"input_message_content": {}}]}, "SEND_MESSAGE_TYPE_INVALID"),
            ({"results": [article | {"input_message_content": broken}]}, "can't parse entities"),
            ({"results": {}}, "expected an Array"),
            ({"next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
            ({"button": {"text": "Open", "start_parameter": "no blanks"}}, "START_PARAM_INVALID"),
        ):
            refused = await morning.call("answerInlineQuery", {**sound, **harm})
            assert said in refused["description"]
        assert (await morning.call("answerInlineQuery", sound))["result"] is True
        assert "too old" in (await morning.call("answerInlineQuery", sound))["description"]
