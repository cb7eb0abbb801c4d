"""Admins give broadcasts their turns by command and by button; nobody else can."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.deliveries import BroadcastId, BroadcastState
from tests.integration.house import Morning, morning_at_work


@pytest.fixture
async def morning(tmp_path: Path) -> AsyncIterator[Morning]:
    """A paper at work, whose only broadcast waits for a reader's next morning."""
    async with morning_at_work(tmp_path) as at_work:
        reader = at_work.reader()
        await at_work.say(reader, "/subscribe 7 UTC")
        at_work.publish()
        yield at_work


def standing(morning: Morning) -> BroadcastState:
    return morning.house.outbox.receipt(BroadcastId(1)).broadcast.state


async def test_a_broadcast_is_paused_and_resumed_by_its_number_or_as_the_newest(morning: Morning) -> None:
    admin = morning.admin()
    (answer,) = await morning.say(admin, "/pause 1")
    assert "issue of 4 July 2026 (broadcast 1): paused" in answer.text
    assert standing(morning) is BroadcastState.PAUSED
    (answer,) = await morning.say(admin, "/resume")
    assert "on its way" in answer.text
    assert standing(morning) is BroadcastState.RUNNING


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("/pause 77", "no broadcast 77"),
        ("/resume 1", "cannot be resumed now"),
        ("/cancel one", "Write the number"),
        ("/retry 1 2", "Write the number"),
        ("/pause ¹", "Write the number"),
    ],
)
async def test_a_turn_that_is_not_possible_is_told_in_words(morning: Morning, words: str, told: str) -> None:
    (answer,) = await morning.say(morning.admin(), words)
    assert told in answer.text
    assert standing(morning) is BroadcastState.RUNNING


async def test_the_buttons_under_a_receipt_do_what_they_say_and_ask_before_an_end(morning: Morning) -> None:
    admin = morning.admin()
    (answer,) = await morning.say(admin, "/stats")
    await morning.press(admin, answer, "Pause")
    await morning.telegram.until(lambda: "(broadcast 1): paused" in answer.text)
    await morning.press(admin, answer, "Cancel")
    await morning.telegram.until(lambda: "for good?" in answer.text)
    assert standing(morning) is BroadcastState.PAUSED
    await morning.press(admin, answer, "Yes, cancel it")
    await morning.telegram.until(lambda: "(broadcast 1): cancelled" in answer.text)
    assert standing(morning) is BroadcastState.CANCELLED
    assert answer.buttons == ()


async def test_a_button_of_a_broadcast_that_has_ended_meanwhile_says_so(morning: Morning) -> None:
    admin = morning.admin()
    (answer,) = await morning.say(admin, "/pause 1")
    late = answer.button("Resume").data or ""
    await morning.say(admin, "/cancel 1")
    await morning.telegram.until(lambda: "Cancelled by you" in answer.text, 20)  # what was shown before says so, too
    assert answer.buttons == ()
    await morning.forge(admin, late)
    await morning.telegram.until(lambda: "cannot be resumed" in admin.received[-1].text)


@pytest.mark.parametrize("data", ["b:pause:1", "b:cancel:1", "b:cancel:99999999999999999999", "b::1", "b:cancel??:1"])
async def test_a_button_forged_by_a_reader_does_nothing(morning: Morning, data: str) -> None:
    reader = morning.reader()
    await morning.say(reader, "/help")
    assert "no longer in use" in await morning.forge(reader, data)
    assert standing(morning) is BroadcastState.RUNNING


async def test_with_nothing_ever_sent_there_is_nothing_to_pause(tmp_path: Path) -> None:
    async with morning_at_work(tmp_path) as morning:
        (answer,) = await morning.say(morning.admin(), "/pause")
        assert "Nothing was ever sent" in answer.text
