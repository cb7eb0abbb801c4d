from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.languages.lookup import words_of
from bot.readers.search import Wanted, parsed
from bot.texts import search as texts
from domain.claims import Claim, Role, Words
from domain.issue import Layout, Section, SectionName, Story
from domain.items import ItemKey, Kind, Source
from domain.search import Found, Hit, parse_query
from domain.text import utf16_length
from sandbox.telegram import Message
from tests.integration.bot.test_archive import callbacks, turned
from tests.integration.house import DAY, Morning, morning_at_work


@pytest.fixture
async def morning(tmp_path: Path) -> AsyncIterator[Morning]:
    async with morning_at_work(tmp_path) as at_work:
        yield at_work


def bold(message: Message) -> list[str]:
    """What stands in bold in a message."""
    return [
        message.text.encode("utf-16-le")[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le")
        for one in message.entities
        if one["type"] == "bold"
    ]


async def test_words_are_found_marked_and_open_in_the_same_message_with_a_way_back(morning: Morning) -> None:
    morning.publish()
    reader = morning.reader()
    (answer,) = await morning.say(reader, "/search terminal agents")
    assert answer.text.startswith("1 story has terminal agents.")
    assert "Tools of the Week, 4 July 2026\nrover\n" in answer.text
    assert bold(answer) == ["terminal agents", "terminal", "agent"]
    page = await turned(morning, reader, "1. Tools")
    assert "tools of the week" in page.text.lower()
    again = await turned(morning, reader, "◀ Search results")
    assert again.text == answer.text


async def test_plain_words_are_offered_to_be_looked_for_and_commands_are_not(morning: Morning) -> None:
    morning.publish()
    reader = morning.reader()
    (answer,) = await morning.say(reader, "What of terminal agents?")
    assert "/today" in answer.text
    found = await turned(morning, reader, "Search for “terminal agents”")
    assert "\nrover\n" in found.text
    (unknown,) = await morning.say(reader, "/terminal agents")
    assert not unknown.buttons


async def test_findings_are_paged_by_buttons(morning: Morning) -> None:
    morning.publish()
    morning.publish(DAY - timedelta(days=1), 6)
    reader = morning.reader()
    (first,) = await morning.say(reader, "/search kestrel")
    count = int(first.text.split()[0])
    assert count > 10
    assert "\n1. " in first.text
    shown = first.text
    second = await turned(morning, reader, "More ▶")
    assert "\n6. " in second.text
    back = await turned(morning, reader, "◀ Better matches")
    assert back.text == shown


async def test_an_issue_of_long_ago_is_found_and_read(morning: Morning) -> None:
    morning.publish(date(2025, 1, 2), 1)
    morning.publish()
    reader = morning.reader()
    (answer,) = await morning.say(reader, '/search "asks before it writes"')
    assert answer.text.startswith("2 stories have")
    old = next(data for data in callbacks(answer) if ":250102." in data)
    page = await turned(morning, reader, old)
    assert "2 January 2025" in page.text


async def test_where_nothing_has_all_words_those_that_have_some_are_told_so(morning: Morning) -> None:
    morning.publish()
    (answer,) = await morning.say(morning.reader(), "/search zeppelin seismograph")
    assert answer.text.startswith("No story has all of these words: zeppelin seismograph. 1 story has one of them.")


async def test_a_search_without_words_says_how_to_search(morning: Morning) -> None:
    for written in ("/search", "/search …", '/search "" * -'):
        (answer,) = await morning.say(morning.reader(), written)
        assert "/search open weights" in answer.text


async def test_what_is_not_found_is_told_and_harms_nothing(morning: Morning) -> None:
    morning.publish()
    reader = morning.reader()
    for written in ("zeppelins", "<b>zeppelins</b> & 'x' OR 1", "zeppelins " * 400, '"); DROP TABLE issues; --'):
        (answer,) = await morning.say(reader, f"/search {written}")
        assert "stor" in answer.text
        assert len(answer.text) < 4096
    (front,) = await morning.say(reader, "/today")
    assert "4 July 2026" in front.text


async def test_a_forged_button_of_a_search_is_answered(morning: Morning) -> None:
    morning.publish()
    reader = morning.reader()
    await morning.say(reader, "/help")
    for data in ("q", "q:", "q:0::", "q:x::rover", "q:99::rover", "q:0:999999.1:rover", "q:0:260704.99:x"):
        assert "/today" in await morning.forge(reader, data)


async def test_a_correction_changes_what_is_found(morning: Morning) -> None:
    issue = morning.publish()
    (before,) = await morning.say(morning.reader(), "/search seismograph")
    assert before.text.startswith("1 story")
    said = Claim((Words("A trending list is a barometer."),), Role.HOUSE)
    subject = ItemKey(Source.GITHUB, Kind.REPOSITORY, "loam/ledger")
    mended = replace(
        issue, sections=(Section(SectionName.LEAD, "Lead Story", (Story((subject,), Layout.ARTICLE, said),)),)
    )
    morning.correct(mended)
    (after,) = await morning.say(morning.reader(), "/search seismograph")
    assert after.text.startswith("No story")
    (found,) = await morning.say(morning.reader(), "/search barometer")
    assert found.text.startswith("1 story")


@given(st.text(max_size=300), st.integers(0, texts.MOST_PAGES - 1), st.dates(date(2000, 1, 1), date(2068, 12, 31)))
def test_every_button_of_a_search_fits_and_reads_back(written: str, page: int, day: date) -> None:
    query = parse_query(written, texts.ROOM)
    if not query.terms:
        return
    for section in (SectionName.LEAD, SectionName.SUBSCRIBE):
        hit = Hit(day, section, "", "")
        assert parsed(texts.hit_callback(query, page, hit)) == Wanted(query, page, day, section)
    assert len(texts.hit_callback(query, page, hit).encode()) <= 64
    assert parsed(texts.page_callback(query, page)) == Wanted(query, page)


@given(st.text(max_size=2000), st.text(max_size=5000), st.text(max_size=100))
def test_a_page_of_findings_fits_a_message_whatever_stands_in_the_stories(
    headline: str, text: str, written: str
) -> None:
    query = parse_query(written, texts.ROOM)
    hits = tuple(Hit(DAY, SectionName.DEEPDIVE, headline, text) for _ in range(texts.PER_PAGE))
    message = texts.findings(words_of("en"), query, Found(hits, 99), 3)
    assert utf16_length(message.body) < 30_000
    assert all(button.callback for row in message.keyboard for button in row)
