"""The door to the pace: who waits, who goes first, and that nothing is lost when someone stops waiting."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest

from delivery.pace import NotMade, Pace
from delivery.pacing import Limits
from domain.deliveries import Delayed, Outcome, Sent, Unknown
from domain.readers import ChatId

FAST = Limits(rate=4, span=0.05, chat_span=0.0)


def answering(outcome: Outcome | None = None, took: float = 0.0) -> Callable[[], Awaitable[Outcome]]:
    async def request() -> Outcome:
        await asyncio.sleep(took)
        return outcome or Sent(1)

    return request


async def test_many_at_once_leave_no_faster_than_the_rate() -> None:
    pace, left = Pace(FAST), list[float]()

    async def request() -> Outcome:
        left.append(time.monotonic())
        return Sent(1)

    await asyncio.gather(*(pace.send(ChatId(number), request, reply=number % 2 == 0) for number in range(1, 21)))
    assert len(left) == 20
    for first, fifth in zip(left, left[4:], strict=False):
        assert fifth - first >= FAST.span


async def test_a_reply_overtakes_the_rows_that_wait() -> None:
    pace, order = Pace(Limits(rate=1, span=0.02, chat_span=0.0)), list[str]()

    async def send(name: str, *, reply: bool) -> None:
        async def request() -> Outcome:
            order.append(name)
            return Sent(1)

        await pace.send(ChatId(len(name)), request, reply=reply)

    rows = [asyncio.create_task(send(f"row {number}", reply=False)) for number in range(3)]
    await asyncio.sleep(0)
    await asyncio.gather(send("reply", reply=True), *rows)
    assert order.index("reply") == 1, "the first row had left before the reply came"


async def test_a_flood_of_commands_does_not_starve_the_paper() -> None:
    pace, order = Pace(Limits(rate=1, span=0.004, chat_span=0.0)), list[bool]()

    async def send(number: int, *, reply: bool) -> None:
        async def request() -> Outcome:
            order.append(reply)
            return Sent(1)

        await pace.send(ChatId(number), request, reply=reply)

    replies = [send(number, reply=True) for number in range(1, 31)]
    await asyncio.gather(*replies, *(send(number, reply=False) for number in range(31, 34)))
    assert not all(order[:12])
    assert order[:6].count(True) >= 4


async def test_a_chat_that_is_not_ready_keeps_nobody_else_waiting() -> None:
    pace, order = Pace(Limits(rate=100, chat_span=0.1)), list[int]()

    async def send(chat: int) -> None:
        async def request() -> Outcome:
            order.append(chat)
            return Sent(1)

        await pace.send(ChatId(chat), request, reply=False)

    await asyncio.gather(send(1), send(1), send(2), send(3))
    assert order == [1, 2, 3, 1]


async def test_who_stops_waiting_takes_no_slot_with_him() -> None:
    pace = Pace(Limits(rate=1, span=0.02, chat_span=0.0))
    first = asyncio.create_task(pace.send(ChatId(1), answering(took=0.03), reply=False))
    await asyncio.sleep(0)
    second = asyncio.create_task(pace.send(ChatId(2), answering(), reply=False))
    await asyncio.sleep(0.01)
    second.cancel()
    assert isinstance(await first, Sent)
    assert isinstance(await asyncio.wait_for(pace.send(ChatId(3), answering(), reply=False), 1.0), Sent)


async def not_made() -> Outcome:
    raise NotMade


async def test_who_is_cancelled_at_the_very_moment_of_his_turn_gives_it_back() -> None:
    pace = Pace(Limits(rate=1, span=10.0, chat_span=0.0))
    second: asyncio.Task[Outcome] | None = None

    async def first() -> None:
        with pytest.raises(NotMade):
            await pace.send(ChatId(1), slowly_not_made, reply=True)
        assert second is not None
        second.cancel()  # his turn was granted just now, and he does not know yet

    async def slowly_not_made() -> Outcome:
        await asyncio.sleep(0.01)
        raise NotMade

    task = asyncio.create_task(first())
    await asyncio.sleep(0)
    second = asyncio.create_task(pace.send(ChatId(2), answering(), reply=True))
    await task
    with pytest.raises(asyncio.CancelledError):
        await second
    assert isinstance(await asyncio.wait_for(pace.send(ChatId(3), answering(), reply=True), 1.0), Sent)


async def test_a_request_that_was_not_made_gives_its_permit_back() -> None:
    pace = Pace(Limits(rate=1, span=10.0, chat_span=0.0))
    with pytest.raises(NotMade):
        await pace.send(ChatId(1), not_made, reply=True)
    assert isinstance(await asyncio.wait_for(pace.send(ChatId(1), answering(), reply=True), 1.0), Sent)


async def test_a_request_that_breaks_off_rests_like_one_without_an_answer() -> None:
    pace = Pace(Limits(rate=1, span=0.05, chat_span=0.0))

    async def request() -> Outcome:
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError):
        await pace.send(ChatId(1), request, reply=False)
    before = time.monotonic()
    await pace.send(ChatId(2), answering(), reply=False)
    assert time.monotonic() - before >= 0.04


async def test_a_429_pauses_whoever_comes_next_and_then_one_goes_alone() -> None:
    pace = Pace(Limits(rate=100, chat_span=0.0))
    outcome = await pace.send(ChatId(1), answering(Delayed("retry after", 0.06, everyone=True)), reply=False)
    assert outcome == Delayed("retry after", 0.06, everyone=True)
    assert pace.room(0.02) == 0
    assert 0 < pace.wait() <= 0.06
    before = time.monotonic()
    assert isinstance(await pace.send(ChatId(2), answering(Unknown("lost")), reply=True), Unknown)
    assert time.monotonic() - before >= 0.055


async def test_a_chats_own_wait_is_told() -> None:
    pace = Pace(Limits(rate=100, chat_span=5.0))
    assert pace.chat_wait(ChatId(1)) == 0
    await pace.send(ChatId(1), answering(), reply=True)
    assert 4.9 < pace.chat_wait(ChatId(1)) <= 5.0
