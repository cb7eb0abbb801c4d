"""A reader's own section: the way to it, its evidence, its votes, and what is told to one who has none."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.feedback import Tally
from domain.readers import ChatId, Subscriber
from sandbox.telegram import Reader
from tests.integration.bot.test_archive import callbacks, turned
from tests.integration.drafted import DRAFTED
from tests.integration.house import Morning, morning_at_work

TOPICS = frozenset({"agents", "code"})
DAY = f"{DRAFTED:%Y%m%d}"


@pytest.fixture
async def morning(lived: Path, tmp_path: Path) -> AsyncIterator[Morning]:
    async with morning_at_work(shutil.copytree(lived, tmp_path / "house"), sample=True) as at_work:
        at_work.house.desk.approve(DRAFTED, "test")
        at_work.house.issues.publish(DRAFTED, "test", at_work.house.clock())
        yield at_work


def follower(morning: Morning, topics: frozenset[str] = TOPICS) -> Reader:
    """A reader who follows topics."""
    reader = morning.reader()
    morning.house.subscribers.join(Subscriber(ChatId(reader.id), morning.house.clock(), topics=topics))
    return reader


async def test_a_reader_opens_his_own_section_and_sees_what_each_of_its_sentences_rests_on(morning: Morning) -> None:
    reader = follower(morning)
    (page,) = await morning.say(reader, "/foryou")
    assert "FOR YOU" in page.text
    listed = await turned(morning, reader, "Sources")
    assert listed.text.startswith("For You, ")
    numbers = [line.partition(".")[0] for line in listed.text.splitlines() if line[:1].isdigit()]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    for number in numbers:
        proof = await turned(morning, reader, number)
        readings = [line for line in proof.text.splitlines() if line.startswith("• ")]
        assert any("2026, " in line and "UTC" in line for line in readings)
        assert any(one["type"] == "text_link" for one in proof.entities)
        await turned(morning, reader, "◀ All of this page")
    back = await turned(morning, reader, "◀ For You")
    assert back.text == page.text


async def test_sources_lists_the_section_of_a_reader_who_has_one(morning: Morning) -> None:
    stranger = morning.reader(1002, "Bob")
    (paper,) = await morning.say(stranger, "/sources")
    assert f"c:{DAY}:foryou" not in callbacks(paper)
    (own,) = await morning.say(follower(morning), "/sources")
    assert callbacks(own)[f"c:{DAY}:foryou"] == "For You"


async def test_a_button_of_evidence_never_shows_that_of_another_sentence(morning: Morning) -> None:
    reader = follower(morning)
    await morning.say(reader, "/foryou")
    listed = await turned(morning, reader, "Sources")
    first = next(data for data in callbacks(listed) if data.startswith(f"c:{DAY}:foryou:"))
    morning.house.subscribers.change(ChatId(reader.id), topics=frozenset({"speech"}))
    assert "can't be read any more" in await morning.forge(reader, first)


async def test_a_deep_link_opens_a_readers_own_section(morning: Morning) -> None:
    (page,) = await morning.say(follower(morning), f"/start foryou_{DAY}")
    assert "FOR YOU" in page.text


async def test_who_follows_nothing_is_told_how_and_a_tap_leads_to_the_topics(morning: Morning) -> None:
    reader = follower(morning, frozenset())
    (told,) = await morning.say(reader, "/foryou")
    assert "You follow nothing yet" in told.text
    topics = await turned(morning, reader, "Choose topics")
    assert topics.text.startswith("Topics")


async def test_who_is_not_subscribed_is_offered_to_be(morning: Morning) -> None:
    (told,) = await morning.say(morning.reader(), "/foryou")
    assert "Subscribe, then choose your topics" in told.text
    assert set(callbacks(told)) == {"do:subscribe", "do:today"}


async def test_who_follows_what_nothing_more_was_read_of_is_told_so(morning: Morning) -> None:
    reader = follower(morning, frozenset())
    morning.house.subscribers.change(ChatId(reader.id), keywords=("zeppelins",))
    (told,) = await morning.say(reader, "/foryou")
    assert "nothing on what you follow" in told.text
    assert "t:0" in callbacks(told)


async def test_a_front_page_from_before_he_gave_up_his_topics_leads_on(morning: Morning) -> None:
    reader = follower(morning)
    await morning.say(reader, "/today")
    morning.house.subscribers.change(ChatId(reader.id), topics=frozenset())
    told = await turned(morning, reader, "For You")
    assert "You follow nothing yet" in told.text


async def test_each_story_of_his_own_section_has_its_votes(morning: Morning) -> None:
    reader = follower(morning)
    await morning.say(reader, "/foryou")
    await turned(morning, reader, "👍 👎 Rate these stories ▶")
    listed = await turned(morning, reader, "1 👎")
    assert listed.buttons[0][1].text == "1 👎 ✓"
    found = morning.house.desk.feedback.of_issue(DRAFTED).stories
    assert {page: tally for (page, _), tally in found.items()} == {"foryou": Tally(0, 1, 1, 1)}
    name = listed.text.splitlines()[1].removeprefix("1. ")
    (told,) = await morning.say(morning.admin(), f"/feedback {DRAFTED}")
    assert f"For You\n👍 0 👎 1 {name}" in told.text
