"""Whole broadcasts in virtual time: how near they come to the limit, and that nothing ever makes them exceed it."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from delivery.pacing import Limits, Reading
from domain.deliveries import ContentRejected, Outcome, Sent, WireClosed
from tests.unit.delivery.towns import Town
from tests.unit.delivery.virtual import VirtualLoop, live


def test_a_strict_receiver_gets_nearly_what_a_safe_window_can_give_and_refuses_nothing() -> None:
    async def story(loop: VirtualLoop) -> Town:
        town = Town(loop, 3000)
        await town.pump().run_until_done()
        return town

    town = live(story)
    assert town.receiver.rate() >= 0.93 * 30, "1 / (1 + mean round trip) is 94 %"
    assert (town.receiver.floods, town.receiver.most_in_a_second) == ([], 30)
    assert set(town.ledger.ended.values()) == {Sent(1)}
    assert set(town.receiver.copies.values()) == {1}
    assert town.fetched == 1, "the words are fetched once"
    assert town.ledger.ticks < 1200, "ten ticks a second"


def test_read_as_a_bucket_the_receiver_gets_the_whole_rate_and_refuses_nothing() -> None:
    async def story(loop: VirtualLoop) -> Town:
        town = Town(loop, 1500, Limits(reading=Reading.BUCKET), bucket=True)
        await town.pump().run_until_done()
        return town

    town = live(story)
    assert town.receiver.rate() >= 0.97 * 30
    assert town.receiver.floods == []


def test_a_thousand_a_second_are_reached_too() -> None:
    async def story(loop: VirtualLoop) -> Town:
        town = Town(loop, 4_000, Limits(rate=1000))
        await town.pump().run_until_done()
        return town

    town = live(story)
    assert town.receiver.rate() >= 0.90 * 1000
    assert town.receiver.floods == []
    assert len(town.receiver.copies) == 4_000


def test_when_the_limit_falls_it_is_found_within_seconds_and_kept() -> None:
    async def story(loop: VirtualLoop) -> Town:
        town = Town(loop, 700)
        loop.call_later(10.0, setattr, town.receiver.door, "rate", 10)
        await town.pump().run_until_done()
        return town

    town = live(story)
    assert town.receiver.rate(since=20.0) >= 0.90 * 10
    assert len(town.receiver.floods) < 12
    assert len(town.receiver.copies) == 700


@pytest.mark.parametrize(("rate", "readers", "commands"), [(30, 900, 1.0), (30, 600, 10.0), (1000, 4000, 20.0)])
def test_replies_hardly_wait_while_a_broadcast_runs(rate: int, readers: int, commands: float) -> None:
    async def story(loop: VirtualLoop) -> Town:
        town = Town(loop, readers, Limits(rate=rate))
        pump = town.pump()
        asking = asyncio.create_task(town.commands(commands, town.paces[0]))
        await pump.run_until_done()
        asking.cancel()
        with suppress(asyncio.CancelledError):
            await asking
        return town

    town = live(story)
    waits = sorted(town.waits)
    assert waits[int(len(waits) * 0.99)] < 0.2
    assert town.receiver.floods == []


@settings(max_examples=15, deadline=None)
@given(
    pumps=st.integers(1, 4),
    rate=st.integers(4, 40),
    starts=st.lists(st.floats(0, 3), min_size=4, max_size=4),
    stops=st.lists(st.floats(3, 9), min_size=4, max_size=4),
    commands=st.floats(0.1, 20),
)
def test_however_many_processes_come_and_go_and_talk_no_second_holds_more_than_the_rate(
    pumps: int, rate: int, starts: list[float], stops: list[float], commands: float
) -> None:
    async def story(loop: VirtualLoop) -> Town:
        town = Town(loop, 400, Limits(rate=rate))

        async def work(number: int) -> None:
            await asyncio.sleep(starts[number])
            pump, stop = town.pump(f"worker {number}"), asyncio.Event()
            working = asyncio.create_task(pump.run(stop))
            asking = asyncio.create_task(town.commands(commands, town.paces[-1]))
            await asyncio.sleep(max(0.1, stops[number] - starts[number]))
            asking.cancel()
            with suppress(asyncio.CancelledError):
                await asking
            stop.set()
            await working

        await asyncio.gather(*(work(number) for number in range(pumps)))
        await town.pump("the last").run_until_done()
        return town

    town = live(story)
    assert town.receiver.floods == []
    assert town.receiver.most_in_a_second <= rate
    assert {chat for chat in town.receiver.copies if chat <= 400} == set(range(1, 401))
    assert max(count for chat, count in town.receiver.copies.items() if chat <= 400) == 1


@pytest.mark.parametrize("moment", [0.5, 2.0, 2.05, 2.1])
def test_a_process_that_stood_still_sends_nothing_late_and_floods_nobody(moment: float) -> None:
    async def story(loop: VirtualLoop) -> Town:
        town = Town(loop, 400)
        town.ledger.lease = 3.0
        loop.call_later(moment, loop.pass_time, 40.0)
        async with asyncio.timeout(90.0):
            await town.pump().run_until_done()
        return town

    town = live(story)
    assert town.receiver.late == []
    assert town.receiver.floods == []
    assert set(town.receiver.copies.values()) == {1}
    assert len(town.ledger.ended) == 400


@pytest.mark.parametrize("jump", [-7200.0, -2.0, 2.0, 7200.0])
def test_a_wall_clock_that_jumps_neither_floods_nor_stalls(jump: float) -> None:
    async def story(loop: VirtualLoop) -> Town:
        town = Town(loop, 600)
        loop.call_later(5.05, setattr, town, "wall", jump)
        await town.pump().run_until_done()
        return town

    town = live(story)
    assert town.receiver.floods == []
    assert set(town.receiver.copies.values()) == {1}
    assert town.loop.time() < 24.0, "it takes 21 s"


def test_while_the_database_is_away_rows_stop_in_time_and_people_are_answered() -> None:
    async def story(loop: VirtualLoop) -> tuple[Town, int]:
        town = Town(loop, 900)
        pump = town.pump()
        loop.call_later(3.0, setattr, town.ledger, "refuses", True)
        work = asyncio.create_task(pump.run_until_done())
        await asyncio.sleep(12.0)
        sent = len(town.receiver.taken)
        await town.command(1, town.paces[0])
        await asyncio.sleep(8.0)
        assert len(town.receiver.taken) == sent + 1, "the reply, and no row"
        town.ledger.refuses = False
        await work
        return town, sent

    town, sent = live(story)
    assert 80 <= sent <= 110, "what was leased, and no more"
    assert town.waits[0] == 0.0
    assert "ledger the database is away" in town.heard.events
    assert set(Counter(town.receiver.copies).values()) == {1}
    assert len(town.ledger.ended) == 900


@pytest.mark.parametrize(
    ("outcome", "heard"),
    [(ContentRejected("can't parse entities"), "stopped 1"), (WireClosed("Unauthorized"), "closed Unauthorized")],
)
def test_what_nobody_can_be_sent_stops_everything_at_the_first_row(outcome: Outcome, heard: str) -> None:
    async def story(loop: VirtualLoop) -> Town:
        town = Town(loop, 500)
        town.receiver.instead = outcome
        await town.pump().run_until_done()
        return town

    town = live(story)
    assert len(town.receiver.begun) == 1
    assert town.heard.events == [heard]


def test_told_to_stop_it_hands_back_what_has_not_begun_and_gives_its_share_back() -> None:
    async def story(loop: VirtualLoop) -> Town:
        town = Town(loop, 500)
        stop = asyncio.Event()
        loop.call_later(4.0, stop.set)
        await town.pump().run(stop)
        return town

    town = live(story)
    assert town.ledger.sending == {}
    assert set(town.ledger.ended) == set(town.receiver.copies)
    assert all(share.wanted == 0 for share in town.ledger.gate.holders.values())
    assert town.loop.time() < 5.5


def test_an_idle_worker_looks_once_a_second() -> None:
    async def story(loop: VirtualLoop) -> Town:
        town = Town(loop, 0)
        stop = asyncio.Event()
        loop.call_later(60.0, stop.set)
        await town.pump().run(stop)
        return town

    assert live(story).ledger.ticks <= 63


def test_rows_that_edit_go_by_edit() -> None:
    async def story(loop: VirtualLoop) -> Town:
        town = Town(loop, 20, edits=True)
        await town.pump().run_until_done()
        return town

    town = live(story)
    assert sorted(town.receiver.edited) == [(chat, chat) for chat in range(1, 21)]
    assert not town.receiver.taken
