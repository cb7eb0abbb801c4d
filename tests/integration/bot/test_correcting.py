"""A sentence of a published issue is put right over Telegram: checked, stamped, and edited in every delivered copy."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.edits import Part, editable
from domain.issue import SectionName
from newsroom.checking.correcting import MENDED
from sandbox.telegram import Message
from tests.integration.drafted import DRAFTED
from tests.integration.house import Morning, morning_at_work


@pytest.fixture
async def morning(lived: Path, tmp_path: Path) -> AsyncIterator[Morning]:
    folder = shutil.copytree(lived, tmp_path / "house")
    async with morning_at_work(folder, sample=True) as at_work:
        yield at_work


async def tap(morning: Morning, message: Message, button: str, until: str) -> None:
    await morning.press(morning.admin(), message, button)
    await morning.telegram.until(lambda: until in message.text)


async def test_a_draft_and_a_wrong_date_are_told(morning: Morning) -> None:
    admin = morning.admin()
    (answer,) = await morning.say(admin, f"/correct {DRAFTED}")
    assert "not published: /preview" in answer.text
    (answer,) = await morning.say(admin, "/correct yesterday")
    assert "2026-07-04" in answer.text


async def test_the_channels_copy_and_the_issue_say_the_mended_sentence(morning: Morning) -> None:
    admin = morning.admin()
    await morning.say(admin, "/help")
    await asyncio.to_thread(morning.house.desk.publish, DRAFTED, "test")
    (copy,) = await morning.telegram.until(lambda: list(morning.channel.messages.values()))
    await morning.telegram.until(lambda: any("Delivered" in each.text for each in admin.received))
    lead = [each for each in editable(morning.house.desk.record(DRAFTED).issue) if each.place.section == "lead"]
    number = next(at for at, each in enumerate(lead) if each.place.part is Part.STANDFIRST)
    (question,) = await morning.say(admin, "/correct")
    await tap(morning, question, "Lead Story", "which sentence?")
    await tap(morning, question, str(number + 1), "Write the new text")
    (unfit,) = await morning.say(admin, "It has 987,654 stars.")
    assert "“987,654”" in unfit.text
    assert morning.house.issues.revision(DRAFTED) == 0
    before = lead[number].claim.text
    count = len(admin.received)
    admin.say(f"In short, {before[0].lower()}{before[1:]}")
    await morning.telegram.until(lambda: any("Corrected." in each.text for each in admin.received[count:]))
    await morning.telegram.until(lambda: "In short, " in copy.text)
    section = morning.house.desk.record(DRAFTED).issue.section(SectionName.LEAD)
    assert section is not None
    assert MENDED in [note.text for note in section.notes]
    assert morning.house.issues.revision(DRAFTED) == 1


async def test_a_reader_corrects_nothing(morning: Morning) -> None:
    reader = morning.reader()
    (unknown,) = await morning.say(reader, "/nonsense")
    (answer,) = await morning.say(reader, "/correct")
    assert answer.text == unknown.text
    assert "no longer in use" in await morning.forge(reader, "k:home:20260817:0000000000000000")
