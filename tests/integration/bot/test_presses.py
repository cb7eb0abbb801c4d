"""Who presses faster than he can be answered: no button of his is left turning, and each press acts once at most."""

from __future__ import annotations

import asyncio
from pathlib import Path

from sandbox.telegram import Fault
from tests.integration.house import morning_at_work


async def test_presses_that_are_left_out_stop_turning_too(tmp_path: Path) -> None:
    slow = Fault.slow(1.5).only(methods=["editMessageText"], times=1)
    async with morning_at_work(tmp_path, faults=[slow]) as morning:
        morning.publish()
        reader = morning.reader()
        (front,) = await morning.say(reader, "/today")
        first = reader.press(front, "Tools")
        await morning.telegram.until(lambda: slow.hits)
        waiting = [reader.press(front, "Tools") for _ in range(3)]  # while the first is still being answered
        for press in waiting[:2]:
            assert await asyncio.to_thread(press.answer) == ""
        assert not waiting[2].answered
        for press in (first, waiting[2]):
            assert await asyncio.to_thread(press.answer) == ""
        assert len(front.edits) <= 2
