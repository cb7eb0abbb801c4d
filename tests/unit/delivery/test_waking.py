"""A sleep that can be cut short."""

from __future__ import annotations

import asyncio

from delivery.waking import Waking
from tests.unit.delivery.virtual import VirtualLoop, live


def test_it_sleeps_until_its_moment_or_the_earliest_that_was_said() -> None:
    async def story(loop: VirtualLoop) -> list[float]:
        waking, woke = Waking(loop.time), list[float]()
        await waking.sleep(5.0)
        woke.append(loop.time())
        waking.reset()
        waking.by(7.0)
        waking.by(9.0)
        await waking.sleep(20.0)
        woke.append(loop.time())
        return woke

    assert live(story) == [5.0, 7.0]


def test_a_word_that_was_said_before_the_sleep_is_not_lost() -> None:
    async def story(loop: VirtualLoop) -> float:
        waking = Waking(loop.time)
        waking.reset()
        waking.now()
        await waking.sleep(5.0)
        return loop.time()

    assert live(story) == 0.0


def test_what_was_said_before_the_sleeper_looked_does_not_wake_him_afterwards() -> None:
    async def story(loop: VirtualLoop) -> float:
        waking = Waking(loop.time)
        waking.by(1.0)
        waking.now()
        waking.reset()
        await waking.sleep(5.0)
        return loop.time()

    assert live(story) == 5.0


def test_someone_else_wakes_him_at_once() -> None:
    async def story(loop: VirtualLoop) -> float:
        waking = Waking(loop.time)
        loop.call_later(2.0, waking.now)
        async with asyncio.timeout(100.0):
            await waking.sleep(50.0)
        return loop.time()

    assert live(story) == 2.0
