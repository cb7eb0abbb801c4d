from __future__ import annotations

import itertools
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.languages.lookup import LANGUAGES, words_of
from bot.readers.evidence import Wanted, parsed
from bot.texts import evidence as texts
from domain.evidence import ReadingEvidence
from domain.issue import Section, SectionName
from domain.readers import ChatId, Subscriber
from domain.text import utf16_length
from formatters.classic.markup import read_markup
from formatters.statements import statements
from sandbox.telegram import Fault
from tests.golden.sample_issue import sample_issue
from tests.integration.bot.test_archive import callbacks, turned
from tests.integration.house import Morning, morning_at_work

ISSUE = sample_issue()


@pytest.fixture
async def morning(tmp_path: Path) -> AsyncIterator[Morning]:
    async with morning_at_work(tmp_path) as at_work:
        yield at_work


async def test_without_an_issue_there_are_no_sources_to_tell(morning: Morning) -> None:
    (answer,) = await morning.say(morning.reader(), "/sources")
    assert "no published issue yet" in answer.text


async def test_sources_tells_which_sites_answered_as_of_when_in_the_readers_zone(morning: Morning) -> None:
    morning.publish()
    tokyo = Subscriber(ChatId(1001), datetime.now(UTC), zone="Asia/Tokyo")
    morning.house.subscribers.join(tokyo)
    (answer,) = await morning.say(morning.reader(), "/sources")
    assert "Sources of the issue of 4 July 2026\nAs of 4 July 2026, 14:31 JST:" in answer.text
    assert "✓ GitHub: 84 entries (5 of 5 lists)" in answer.text
    assert "✗ OSS Insight: no answer" in answer.text
    assert "○ arXiv: nothing new was listed" in answer.text
    assert "◐ lab and press feeds: 61 entries, a part of it (23 of 24 lists)" in answer.text
    assert callbacks(answer)["c:20260704:movers"] == "Movers"


async def test_a_figure_is_traced_from_its_page_to_both_readings_and_back(morning: Morning) -> None:
    morning.publish()
    reader = morning.reader()
    await morning.say(reader, "/movers")
    listed = await turned(morning, reader, "Sources")
    line = next(line for line in listed.text.splitlines() if "fieldnotes/rover" in line)
    proof = await turned(morning, reader, line.partition(".")[0])
    assert "+5,424 (stars) = 16,444 − 11,020" in proof.text
    readings = [line for line in proof.text.splitlines() if line.startswith("• ") and "fieldnotes/rover" in line]
    assert any("stars: 11,020" in one and "27 June 2026" in one for one in readings)
    assert any("stars: 16,444" in one and "4 July 2026" in one for one in readings)
    links = {one["url"] for one in proof.entities if one["type"] == "text_link"}
    assert "https://github.com/fieldnotes/rover" in links
    again = await turned(morning, reader, "◀ All of this page")
    assert again.text.startswith("Biggest Movers This Week, 4 July 2026")
    page = await turned(morning, reader, "◀ Movers")
    assert "biggest movers" in page.text.lower()


async def test_a_named_formula_is_told_by_its_meaning(morning: Morning) -> None:
    morning.publish()
    reader = morning.reader()
    await morning.say(reader, "/deepdive")
    listed = await turned(morning, reader, "Sources")
    line = next(line for line in listed.text.splitlines() if "Downloads do not follow" in line)
    proof = await turned(morning, reader, line.partition(".")[0])
    assert "Computed:\n" in proof.text
    assert "the whole list “Hugging Face, trending models”: 30 entries" in proof.text


async def test_long_sections_are_paged(morning: Morning) -> None:
    morning.publish()
    reader = morning.reader()
    await morning.say(reader, "/trending")
    await turned(morning, reader, "Sources")
    second = await turned(morning, reader, "▶")
    assert "\n9. " in second.text
    first = await turned(morning, reader, "◀")
    assert "\n1. " in first.text


async def test_evidence_of_what_is_not_published_and_forged_buttons_are_answered(morning: Morning) -> None:
    morning.draft()
    reader = morning.reader()
    await morning.say(reader, "/help")
    for data in ("c:20260704", "c:20260704:lead", "c:20260704:lead:0"):
        assert "/archive" in await morning.forge(reader, data)
    morning.publish()
    for data in (
        "c",
        "c:",
        "c:20260704:nothing",
        "c:20260704:lead:999",
        "c:20269999",
        "c:20260704:lead:-1",
        "c:2026070４",
    ):
        assert "/today" in await morning.forge(reader, data)
    assert {message.text for message in reader.received[1:]} == {"x"}


async def test_the_evidence_survives_a_moment_in_which_telegram_is_busy(morning: Morning) -> None:
    morning.publish()
    reader = morning.reader()
    await morning.say(reader, "/lead")
    morning.telegram.faults.add(Fault.too_many_requests(1).only(methods=["editMessageText"], times=1))
    listed = await turned(morning, reader, "Sources")
    assert listed.text.startswith("Lead Story, 4 July 2026")


def paper_told(section: Section) -> texts.Told:
    """What a section of the paper states."""
    return texts.Told(ISSUE, section.name, dict(enumerate(statements(section))), ISSUE.evidence)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_evidence_of_every_statement_is_one_sound_message_in_every_language(language: str) -> None:
    reader = texts.Reader(words_of(language), "Europe/Berlin")
    for section in ISSUE.sections:
        told = paper_told(section)
        for number in told.statements:
            message = texts.proved(reader, told, number)
            read_markup(message.body)
            assert utf16_length(re.sub(r"<[^>]*>", "", message.body)) <= 4096
            assert len(message.body.encode()) <= 32_768


def test_every_figure_of_the_paper_names_its_readings_in_its_evidence() -> None:
    reader = texts.Reader(words_of("en"), "UTC")
    for section in ISSUE.sections:
        told = paper_told(section)
        for number, statement in told.statements.items():
            body = texts.proved(reader, told, number).body
            readings = [ISSUE.evidence[cited] for cited in statement.evidence]
            values = [f"{one.value:,}" for one in readings if isinstance(one, ReadingEvidence)]
            assert "more reading" in body or all(value in body for value in values)


def test_what_is_stated_is_every_sentence_that_has_evidence_once() -> None:
    for section in ISSUE.sections:
        proved = [claim for claim in section.claims() if claim.evidence]
        told = list(itertools.chain.from_iterable(statement.claims for statement in statements(section)))
        assert sorted(map(id, told)) == sorted(map(id, proved))


@given(st.sampled_from(SectionName), st.integers(0, 999))
def test_every_button_of_evidence_fits_and_reads_back(section: SectionName, number: int) -> None:
    data = f"c:20260704:{section}:{number}"
    assert len(data.encode()) <= 64
    assert parsed(data) == Wanted(ISSUE.date, section, 0, number)
    assert parsed(f"c:20260704:{section}.{number}") == Wanted(ISSUE.date, section, number)


@given(st.text(max_size=64))
def test_any_other_button_is_read_as_none(data: str) -> None:
    assert parsed(data) is None or data.startswith("c:")
