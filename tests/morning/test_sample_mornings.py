from __future__ import annotations

from pathlib import Path

from domain.issue import PAPER_SECTIONS
from sandbox import sample
from tests.morning.recorded import press

READERS = 20


async def test_mornings_are_the_same_on_every_database(tmp_path: Path, database_url: str) -> None:
    mornings = sample.mornings()[-2:]
    async with press(tmp_path, mornings, READERS, database_url) as house:
        lived = [await house.live(morning) for morning in mornings]
    for number, morning in enumerate(lived, 1):
        issue = morning.record.issue
        assert issue.number == number
        assert {section.name for section in issue.sections} == set(PAPER_SECTIONS)
        assert morning.audit.passed, str(morning.audit)
        assert set(morning.copies.values()) == {1}
        assert morning.receipt.sent == READERS + 1
