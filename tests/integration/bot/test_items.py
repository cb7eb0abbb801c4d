from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from domain.items import Item, ItemKey, Kind, Source
from domain.readings import Harvest, HarvestStatus, Haul, Lists, Metric, Sighting
from sandbox.telegram import Fault, Harm, Message, Reader, Refusal
from tests.integration.house import Morning, morning_at_work

START = datetime(2026, 6, 27, 5, 30, tzinfo=UTC)
ROVER = ItemKey(Source.GITHUB, Kind.REPOSITORY, "fieldnotes/rover")
OTHER = ItemKey(Source.GITHUB, Kind.REPOSITORY, "harbour/rover")
PAPER = ItemKey(Source.ARXIV, Kind.PAPER, "2607.01234")


def haul(key: ItemKey, name: str, day: int, place: int | None, title: str = "", **metrics: int) -> Haul:
    at = START + timedelta(days=day)
    item = Item(key, f"https://example.org/{key.external_id}", title or key.external_id, at)
    sighting = Sighting(item, place, {Metric(metric): value for metric, value in metrics.items()})
    return Haul(Harvest(key.source, name, at, HarvestStatus.OK, 1, ranked=place is not None), (sighting,))


@pytest.fixture
async def morning(tmp_path: Path) -> AsyncIterator[Morning]:
    async with morning_at_work(tmp_path) as at_work:
        store = at_work.house.archive.store
        for day, (place, stars) in enumerate([(9, 11_020), (4, 12_500), (1, 15_000), (2, 16_444)]):
            store(haul(ROVER, Lists.GITHUB_DAILY, day, place, stars=stars))
        store(haul(OTHER, Lists.GITHUB_WEEKLY, 0, 3, stars=50))
        store(haul(PAPER, Lists.ARXIV_RECENT, 1, None, "Reading Slowly: <b>Long</b> Context"))
        yield at_work


async def shown(morning: Morning, reader: Reader, count: int) -> Message:
    received = await morning.telegram.until(lambda: reader.received if len(reader.received) >= count else [])
    return received[count - 1]


async def test_a_repository_is_followed_as_a_picture_with_the_readings_in_words(morning: Morning) -> None:
    (answer,) = await morning.say(morning.reader(), "/item fieldnotes/rover")
    assert answer.content.photo
    caption = answer.text.splitlines()
    assert caption[:2] == ["fieldnotes/rover", "GitHub: repository"]
    assert caption[2] == (
        "stars: 16,444 on 30 June 2026, 05:30 UTC; 11,020 on 27 June 2026, 05:30 UTC (+5,424 in 3 days)."
    )
    assert caption[3] == (
        "GitHub, trending today: No. 2 on 30 June 2026, 05:30 UTC; best: No. 1 on 29 June 2026, 05:30 UTC."
    )
    assert caption[4] == "From 4 readings of our own, 27 June 2026 to 30 June 2026."
    assert caption[5] == "https://example.org/fieldnotes/rover"
    picture = Image.open(BytesIO(answer.content.photo.content))
    assert picture.format == "PNG"
    assert len(answer.content.photo.content) < 30_000


async def test_a_name_that_several_bear_offers_a_choice(morning: Morning) -> None:
    reader = morning.reader()
    (which,) = await morning.say(reader, "/item rover")
    assert "Which “rover”" in which.text
    await morning.press(reader, which, "harbour/rover (repository, GitHub)")
    answer = await shown(morning, reader, 2)
    assert answer.text.startswith("harbour/rover\n")
    assert "From 1 reading of our own, on 27 June 2026." in answer.text


async def test_what_was_never_counted_is_told_in_words_with_its_markup_harmless(morning: Morning) -> None:
    (answer,) = await morning.say(morning.reader(), "/item reading slowly")
    assert answer.text.startswith("Reading Slowly: <b>Long</b> Context\narXiv: paper\n")
    assert not any(entity["type"] == "bold" for entity in answer.entities)


async def test_the_link_in_the_caption_leads_to_the_same_item(morning: Morning) -> None:
    reader = morning.reader()
    (first,) = await morning.say(reader, "/item fieldnotes/rover")
    link = first.text.splitlines()[-1]
    assert link.startswith("https://t.me/ai_morning_post_bot?start=item_")
    reader.start(link.partition("start=")[2])
    again = await shown(morning, reader, 2)
    assert again.text == first.text


async def test_what_is_not_there_gets_a_kind_answer(morning: Morning) -> None:
    for written, expected in {
        "/item": "/item owner/name",
        "/item zeppelin": "None of our readings is of “zeppelin”",
        "/item ' OR 1=1 --": "None of our readings",
        "/item %": "None of our readings",
        f"/item {'x' * 4000}": "None of our readings",
        "/start item_999999": "not among our readings",
        "/start item_": "not among our readings",
        "/start item_20260704x": "not among our readings",
        "/start item_99999999999999999999": "not among our readings",
    }.items():
        (answer,) = await morning.say(morning.reader(), written)
        assert expected in answer.text


async def test_a_forged_choice_is_answered(morning: Morning) -> None:
    reader = morning.reader()
    await morning.say(reader, "/help")
    for data in ("i", "i:", "i:x", "i:-1", "i:²"):
        assert "/today" in await morning.forge(reader, data)


async def test_where_no_picture_can_be_sent_the_words_come_alone(morning: Morning) -> None:
    refused = Refusal(400, "Bad Request: not enough rights to send photos to the chat")
    morning.telegram.faults.add(Fault(Harm.REFUSE, refused).only(methods=["sendPhoto"]))
    (answer,) = await morning.say(morning.reader(), "/item fieldnotes/rover")
    assert answer.text.startswith("fieldnotes/rover\nGitHub: repository")
