"""The door to the pace: who waits, who goes first, and that nothing is lost when someone stops waiting."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from delivery.moments import Anchor
from delivery.pace import Pace
from delivery.pacing import Limits, Permit
from delivery.rows import Row
from domain.deliveries import BroadcastId, Delayed, DeliveryId, Outcome, Sent, Unknown
from domain.editions import Style
from domain.ledger import Budget, Form, Lease
from domain.readers import ChatId, ChatKind
from tests.unit.delivery.virtual import VirtualLoop, live

NOW = datetime(2026, 7, 4, 6, 30, tzinfo=UTC)
FORM = Form(BroadcastId(1), date(2026, 7, 4), Style.CLASSIC)


def row(chat: int, at: float = 0.0) -> Row:
    moment = NOW + timedelta(seconds=at)
    chat_id = ChatId(chat)
    lease = Lease(DeliveryId(chat), 1, FORM, chat_id, ChatKind.PRIVATE, False, moment, moment + timedelta(seconds=60))
    return Row.of(lease, Anchor(NOW, 0.0))


@dataclass
class Postman:
    """A carrier whose requests take so long; what left is kept in order, with its moment."""

    loop: VirtualLoop
    pace: Pace
    took: float = 0.05
    left: list[tuple[str, int, float]] = field(default_factory=list)
    refuses: set[int] = field(default_factory=set)
    starvations: int = 0

    def __post_init__(self) -> None:
        self.pace.carried_by(self)

    def admits(self, row: Row, now: float) -> bool:
        return row.chat_id not in self.refuses

    def launch(self, row: Row, permit: Permit) -> None:
        self.left.append(("row", row.chat_id, self.loop.time()))
        self.loop.call_later(self.took, self.pace.ended, permit, Sent(1))

    def hungry(self) -> None:
        pass

    def starved(self) -> None:
        self.starvations += 1

    async def reply(self, chat: int) -> Outcome:
        async def request() -> Outcome:
            self.left.append(("reply", chat, self.loop.time()))
            await asyncio.sleep(self.took)
            return Sent(1)

        return await self.pace.send(ChatId(chat), request)

    @property
    def kinds(self) -> list[str]:
        return [kind for kind, _, _ in self.left]


def joined(loop: VirtualLoop, limits: Limits, took: float = 0.05) -> tuple[Pace, Postman]:
    pace = Pace(limits, loop.time)
    return pace, Postman(loop, pace, took)


def answering(outcome: Outcome | None = None, took: float = 0.0) -> Callable[[], Awaitable[Outcome]]:
    async def request() -> Outcome:
        await asyncio.sleep(took)
        return outcome or Sent(1)

    return request


def test_many_at_once_leave_no_faster_than_the_rate() -> None:
    async def story(loop: VirtualLoop) -> list[float]:
        pace, postman = joined(loop, Limits(rate=4))
        pace.carry([row(chat) for chat in range(1, 21)])
        await asyncio.gather(*(postman.reply(chat) for chat in range(21, 41)))
        await asyncio.sleep(20)
        return [moment for _, _, moment in postman.left]

    left = live(story)
    assert len(left) == 40
    for first, fifth in zip(left, left[4:], strict=False):
        assert fifth - first >= 1.0


def test_a_reply_overtakes_the_rows_that_wait() -> None:
    async def story(loop: VirtualLoop) -> list[str]:
        pace, postman = joined(loop, Limits(rate=1))
        pace.carry([row(1), row(2), row(3)])
        await postman.reply(9)
        await asyncio.sleep(5)
        return postman.kinds

    assert live(story) == ["row", "reply", "row", "row"], "the first row had left before the reply came"


def test_a_flood_of_commands_does_not_starve_the_paper() -> None:
    async def story(loop: VirtualLoop) -> list[str]:
        pace, postman = joined(loop, Limits(rate=1))
        replies = asyncio.gather(*(postman.reply(chat) for chat in range(1, 31)))
        pace.carry([row(chat) for chat in range(31, 37)])
        await replies
        return postman.kinds

    kinds = live(story)
    assert [place for place, kind in enumerate(kinds) if kind == "row"] == [0, 6, 12, 18, 24, 30]


def test_a_chat_that_is_not_ready_keeps_nobody_else_waiting() -> None:
    async def story(loop: VirtualLoop) -> list[tuple[int, float]]:
        pace, postman = joined(loop, Limits(rate=1000), took=0.0)
        pace.carry([row(1), row(1), row(2), row(3)])
        await asyncio.sleep(3)
        return [(chat, round(moment, 1)) for _, chat, moment in postman.left]

    assert live(story) == [(1, 0.0), (2, 0.0), (3, 0.0), (1, 1.0)]


def test_a_row_waits_for_its_moment() -> None:
    async def story(loop: VirtualLoop) -> list[float]:
        pace, postman = joined(loop, Limits())
        pace.carry([row(1, at=2.5), row(2)])
        await asyncio.sleep(3)
        return [moment for _, _, moment in postman.left]

    assert live(story) == [0.0, 2.5]


def test_a_row_that_its_carrier_does_not_admit_takes_no_slot() -> None:
    async def story(loop: VirtualLoop) -> list[int]:
        pace, postman = joined(loop, Limits(rate=1))
        postman.refuses = {1, 2}
        pace.carry([row(1), row(2), row(3)])
        await asyncio.sleep(0.5)
        return [chat for _, chat, _ in postman.left]

    assert live(story) == [3]


def test_rows_that_are_withdrawn_do_not_leave() -> None:
    async def story(loop: VirtualLoop) -> tuple[list[int], list[int]]:
        pace, postman = joined(loop, Limits(rate=1))
        pace.carry([row(chat) for chat in range(1, 6)])
        out = pace.withdraw(lambda row: row.chat_id > 3)
        await asyncio.sleep(10)
        return [row.chat_id for row in out], [chat for _, chat, _ in postman.left]

    assert live(story) == ([4, 5], [1, 2, 3])


def test_who_stops_waiting_takes_no_slot_with_him() -> None:
    async def story(loop: VirtualLoop) -> float:
        pace = Pace(Limits(rate=1), loop.time)
        first = asyncio.create_task(pace.send(ChatId(1), answering(took=0.5)))
        second = asyncio.create_task(pace.send(ChatId(2), answering()))
        await asyncio.sleep(0.1)
        second.cancel()
        await first
        await pace.send(ChatId(3), answering())
        return loop.time()

    assert live(story) == pytest.approx(1.5)


def test_who_is_cancelled_at_the_very_moment_of_his_turn_gives_it_back() -> None:
    async def story(loop: VirtualLoop) -> float:
        pace = Pace(Limits(rate=1, span=10.0), loop.time)
        first = asyncio.create_task(pace.send(ChatId(1), answering()))
        await asyncio.sleep(1)
        second = asyncio.create_task(pace.send(ChatId(2), answering()))
        loop.call_at(10.0, second.cancel)  # his turn is granted in the same round, and he does not know yet
        with pytest.raises(asyncio.CancelledError):
            await second
        assert isinstance(await first, Sent)
        await pace.send(ChatId(3), answering())
        return loop.time()

    assert live(story) == pytest.approx(10.0)


def test_a_permit_that_was_given_back_was_never_used() -> None:
    async def story(loop: VirtualLoop) -> float:
        pace, postman = joined(loop, Limits(rate=1))
        postman.launch = lambda row, permit: pace.given_back(permit)  # type: ignore[method-assign]
        pace.carry([row(1)])
        await postman.reply(1)
        return loop.time()

    assert live(story) == pytest.approx(0.05)


def test_a_request_that_breaks_off_rests_like_one_without_an_answer() -> None:
    async def broken() -> Outcome:
        raise RuntimeError("a bug")

    async def story(loop: VirtualLoop) -> float:
        pace = Pace(Limits(rate=1), loop.time)
        with pytest.raises(RuntimeError):
            await pace.send(ChatId(1), broken)
        await pace.send(ChatId(2), answering())
        return loop.time()

    assert live(story) == pytest.approx(1.0)


def test_a_429_pauses_whoever_comes_next_and_then_one_goes_alone() -> None:
    async def story(loop: VirtualLoop) -> None:
        pace = Pace(Limits(rate=100), loop.time)
        told = Delayed("retry after", 6.0, everyone=True)
        assert await pace.send(ChatId(1), answering(told)) == told
        assert pace.room(2.0) == 0
        assert pace.wait() == pytest.approx(6.0)
        alone = asyncio.create_task(pace.send(ChatId(2), answering(Unknown("lost"), took=1.0)))
        other = asyncio.create_task(pace.send(ChatId(3), answering()))
        assert isinstance(await alone, Unknown)
        assert loop.time() == pytest.approx(7.0)
        await other
        assert loop.time() == pytest.approx(7.0)

    live(story)


def test_a_reply_that_finds_no_slot_in_a_small_share_asks_for_a_larger_one() -> None:
    async def story(loop: VirtualLoop) -> tuple[int, float]:
        pace, postman = joined(loop, Limits(rate=30))
        anchor = Anchor(NOW, loop.time())
        pace.share(Budget(1, NOW + timedelta(seconds=5)), anchor)
        await postman.reply(1)
        assert postman.starvations == 0
        waiting = asyncio.create_task(postman.reply(2))
        await asyncio.sleep(0.1)
        pace.share(Budget(9, NOW + timedelta(seconds=5)), anchor)
        await waiting
        return postman.starvations, loop.time()

    starvations, moment = live(story)
    assert starvations == 1
    assert moment == pytest.approx(0.2)


def test_a_pause_that_the_ledger_knows_of_is_kept_and_its_own_share_too() -> None:
    async def story(loop: VirtualLoop) -> list[float]:
        pace, postman = joined(loop, Limits(rate=30))
        pace.share(Budget(2, NOW + timedelta(seconds=9), NOW + timedelta(seconds=3)), Anchor(NOW, 0.0))
        pace.carry([row(chat) for chat in range(1, 5)])
        await asyncio.sleep(20)
        return [round(moment, 2) for _, _, moment in postman.left]

    assert live(story) == [3.0, 3.05, 4.05, 4.1], "the first alone; none after the share's end, less a second"


def test_without_shares_all_of_the_rate_is_ours() -> None:
    async def story(loop: VirtualLoop) -> int:
        pace, postman = joined(loop, Limits(rate=30), took=0.0)
        pace.reserve()
        assert pace.pacing.slots == 3
        pace.share(None, Anchor(NOW, 0.0))
        pace.carry([row(chat) for chat in range(1, 99)])
        await asyncio.sleep(0.99)
        return len(postman.left)

    assert live(story) == 30


def test_a_chats_own_wait_is_told() -> None:
    async def story(loop: VirtualLoop) -> list[float]:
        pace = Pace(Limits(rate=100, chat_span=5.0), loop.time)
        before = pace.chat_wait(ChatId(1))
        await pace.send(ChatId(1), answering())
        return [before, pace.chat_wait(ChatId(1))]

    assert live(story) == [0.0, 5.0]
