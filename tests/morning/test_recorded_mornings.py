from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from domain.deliveries import BroadcastState
from domain.issue import PAPER_SECTIONS
from sandbox.replay import mornings
from tests.morning.recorded import Lived, press

FIRST, LAST, READERS = date(2026, 6, 15), date(2026, 6, 24), 50


@pytest.mark.recordings
@pytest.mark.timeout(300)
async def test_ten_recorded_mornings_print_ten_checked_issues_delivered_exactly_once(
    tmp_path: Path, recordings: Path
) -> None:
    recorded = tuple(mornings(recordings, FIRST, LAST))
    async with press(tmp_path, recorded, READERS) as house:
        lived = [await house.live(morning) for morning in recorded]
    assert [morning.record.issue.number for morning in lived] == list(range(1, 11))
    for morning in lived:
        assert_whole(morning)


def assert_whole(lived: Lived) -> None:
    issue = lived.record.issue
    assert {section.name for section in issue.sections} == set(PAPER_SECTIONS), issue.date
    assert issue.checks.supported == issue.checks.claims > 0
    assert lived.audit.passed, str(lived.audit)
    assert lived.receipt.broadcast.state is BroadcastState.DONE
    assert (lived.receipt.sent, lived.receipt.uncertain, lived.receipt.open) == (READERS + 1, 0, 0)
    assert Counter(lived.copies.values()) == {1: READERS + 1}
