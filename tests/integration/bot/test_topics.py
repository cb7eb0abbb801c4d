from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.texts.topics import TITLES
from domain.preferences import MOST_KEYWORDS
from domain.readers import ChatId, Subscriber
from newsroom.topics import standard_topics
from sandbox.telegram import Reader
from tests.integration.house import Morning, morning_at_work


@pytest.fixture
async def morning(tmp_path: Path) -> AsyncIterator[Morning]:
    async with morning_at_work(tmp_path) as at_work:
        yield at_work


@pytest.fixture
def reader(morning: Morning) -> Reader:
    morning.house.subscribers.join(Subscriber(ChatId(1001), datetime.now(UTC)))
    return morning.reader()


def kept(morning: Morning) -> Subscriber:
    found = morning.house.subscribers.get(ChatId(1001))
    assert found is not None
    return found


async def test_a_stranger_follows_nothing_and_learns_how_to_subscribe(morning: Morning) -> None:
    for command in ("/topics", "/follow whisper", "/unfollow whisper"):
        (answer,) = await morning.say(morning.reader(), command)
        assert "not subscribed" in answer.text


async def test_topics_are_switched_page_by_page_and_twice_is_once(morning: Morning, reader: Reader) -> None:
    (page,) = await morning.say(reader, "/topics")
    reader.press(page, "t:speech:1")
    reader.press(page, "t:speech:1")
    await morning.telegram.until(lambda: "✅ Speech, music and sound" in [b.text for row in page.buttons for b in row])
    assert kept(morning).topics == {"speech"}
    assert "You follow: Speech, music and sound." in page.text
    await morning.press(reader, page, "▶")
    await morning.telegram.until(lambda: "t:policy:1" in [b.data for row in page.buttons for b in row])
    await morning.press(reader, page, "t:policy:1")
    await morning.telegram.until(lambda: "Law" in page.text)
    assert kept(morning).topics == {"speech", "policy"}
    assert len(reader.received) == 1


async def test_a_word_is_followed_by_command_by_button_and_given_up(morning: Morning, reader: Reader) -> None:
    (followed,) = await morning.say(reader, "/follow <Qwen> & 3")
    assert kept(morning).keywords == ("Qwen 3",)
    assert "Qwen 3" in followed.text
    (known,) = await morning.say(reader, "/follow QWEN 3")
    assert "already" in known.text
    await morning.press(reader, followed, "Follow a word")
    await morning.telegram.until(lambda: "Write me a word" in followed.text)
    (page,) = await morning.say(reader, "语音识别")
    assert "语音识别" in page.text
    await morning.press(reader, page, "✕ 语音识别")
    await morning.telegram.until(lambda: "语音识别" not in page.text)
    (gone,) = await morning.say(reader, "/unfollow qwen 3")
    assert "Your words" not in gone.text
    assert kept(morning).keywords == ()
    (unknown,) = await morning.say(reader, "/unfollow qwen")
    assert "don't follow" in unknown.text


@pytest.mark.parametrize(
    ("words", "told"), [("x", "2 to 40"), ("y" * 41, "2 to 40"), ("💣💣", "no word"), ("...", "no word")]
)
async def test_a_word_that_can_not_be_found_is_refused_with_a_reason(
    morning: Morning, reader: Reader, words: str, told: str
) -> None:
    (answer,) = await morning.say(reader, f"/follow {words}")
    assert told in answer.text
    assert kept(morning).keywords == ()


async def test_no_more_words_are_kept_than_may_be(morning: Morning, reader: Reader) -> None:
    full = tuple(f"word {number}" for number in range(MOST_KEYWORDS))
    morning.house.subscribers.change(ChatId(1001), keywords=full)
    (answer,) = await morning.say(reader, "/follow another")
    assert "Give one up" in answer.text
    assert kept(morning).keywords == full


async def test_forged_data_changes_nothing(morning: Morning, reader: Reader) -> None:
    await morning.say(reader, "/topics")
    for data in ("t:secret:1", "t:speech:2", "t:", "t:x", "t:speech:1:1", "t:²"):
        assert "no longer in use" in await morning.forge(reader, data)
    await morning.forge(reader, "t:drop:0000000000")
    await morning.forge(reader, "t:99")
    assert (kept(morning).topics, kept(morning).keywords) == (frozenset(), ())


def test_the_topics_that_are_offered_are_those_of_the_taxonomy() -> None:
    assert dict(TITLES) == {topic.name: topic.title for topic in standard_topics()}
    assert list(TITLES) == [topic.name for topic in standard_topics()]
