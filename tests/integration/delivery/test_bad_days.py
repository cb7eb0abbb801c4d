"""Telegram on its bad days: nothing lost, doubled only where the reply was lost, and it goes on when it can."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from benchmarks.receiver.conditions import Conditions, Faults
from benchmarks.receiver.process import receiving
from delivery.connections import Connections
from delivery.pacing import Limits
from delivery.wire import TelegramWire
from domain.deliveries import DeliveryState
from sandbox.serving import Serving
from sandbox.telegram.errors import Refusal
from sandbox.telegram.faults import Fault, Harm
from sandbox.telegram.limits import Limits as Receiving
from sandbox.telegram.sandbox import SandboxTelegram
from storage.outbox import Rules
from tests.integration.delivery.fleet import Fleet
from tests.integration.delivery.parts import Newsroom, until

RATE = 200
SUPERGROUPS = -1_000_000_000_000


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_day_on_which_everything_goes_wrong_loses_nothing_and_doubles_only_lost_replies(database_url: str) -> None:
    faults = Faults(
        reset_before=0.01, reset_after=0.01, server_errors=0.02, blocked=0.03, outage_at=0.6, outage_seconds=0.8
    )
    with receiving(Conditions(rate=RATE, faults=faults, seed=7)) as telegram:
        fleet = Fleet(database_url, telegram, RATE)
        fleet.town.subscribe(-7, -8)
        fleet.open(300)
        fleet.work().ended_well()
        copies, counted, rows = fleet.copies(), telegram.counted(), fleet.town.rows()
        fleet.close()
    assert counted["blocked"] > 0
    assert counted["moved"] == 2
    assert counted["server_errors"] > 0
    assert counted["replies_lost"] > 0
    states = Counter(row.state for row in rows)
    assert set(states) <= {DeliveryState.SENT, DeliveryState.REFUSED, DeliveryState.UNCERTAIN}
    assert 0 < states[DeliveryState.REFUSED] <= counted["blocked"]
    assert all(row.resent for row in rows if row.state is DeliveryState.UNCERTAIN), "the second reply was lost, too"
    assert all(copies[row.chat_id] >= 1 for row in rows if row.state is DeliveryState.SENT), "nobody is left out"
    assert {SUPERGROUPS - 7, SUPERGROUPS - 8} <= set(copies), "groups that moved have theirs where they are now"
    assert counted["doubled"] <= counted["replies_lost"]
    assert {chat for chat, count in copies.items() if count > 1} <= {row.chat_id for row in rows if row.resent}
    assert counted["floods"] == 0


class City:
    """A newsroom that writes to a local Telegram, which breaks as it is told to."""

    def __init__(self, newsroom: Newsroom, address: str, telegram: SandboxTelegram) -> None:
        self.newsroom = newsroom
        self.town = newsroom.town
        self.telegram = telegram
        self._address = address
        newsroom.limits = Limits(rate=RATE)
        self.town.rules = Rules(rate=RATE, hold=timedelta(seconds=1.5))

    def open(self, readers: int) -> None:
        for reader in range(1, readers + 1):
            self.telegram.user(reader).start()
        self.newsroom.open(*range(1, readers + 1))

    def break_with(self, fault: Fault, *, after: int = 0, **only: object) -> Fault:
        """From now on calls that send are hit."""
        fault.only(methods=["sendMessage"], **only)  # type: ignore[arg-type]  # the fault knows what it takes
        return self.telegram.faults.add(fault)

    async def deliver(self, seconds: float = 30.0, stop: asyncio.Event | None = None) -> None:
        async with Connections() as connections:
            self.newsroom.wire = TelegramWire(connections, f"{self._address}/bot{self.telegram.token}")
            await asyncio.wait_for(self.newsroom.pump().run_until_done(stop), seconds)

    def copies(self, readers: int) -> list[int]:
        return [len(self.telegram.user(reader).received) for reader in range(1, readers + 1)]


@pytest.fixture
def city(newsroom: Newsroom) -> Iterator[City]:
    telegram = SandboxTelegram(limits=Receiving(per_second=RATE))
    with Serving(telegram) as serving:
        yield City(newsroom, serving.url, telegram)


async def test_answers_that_nobody_knows_lose_nothing_and_double_only_what_may_have_been_done(city: City) -> None:
    city.open(60)
    undone = [
        city.break_with(fault, share=0.05, times=3)
        for fault in (Fault.refuse(Refusal(418, "I'm a teapot")), Fault.refuse(Refusal(999, "")), Fault.page(403))
    ]
    done = [city.break_with(Fault.of(harm), share=0.05, times=3) for harm in (Harm.HTML_OK, Harm.HALF_JSON)]
    await city.deliver()
    assert sum(fault.hits for fault in undone) > 0
    assert sum(fault.hits for fault in done) > 0
    copies = city.copies(60)
    assert min(copies) == 1
    assert sum(copies) - 60 <= sum(fault.hits for fault in done)
    assert set(city.town.states().values()) == {"sent"}


async def test_one_chat_that_is_told_to_wait_for_a_day_waits_for_a_day_and_the_others_do_not(city: City) -> None:
    city.open(30)
    city.break_with(Fault.too_many_requests(86_400), chats=[20])
    stop = asyncio.Event()
    work = asyncio.create_task(city.deliver(stop=stop))
    await until(lambda: any("retry after 86400" in row.error for row in city.town.rows(chat_id=20)))
    stop.set()
    await work
    await city.deliver()  # another process, or this one a minute later
    [waiting] = city.town.rows(chat_id=20)
    assert timedelta(hours=23) < waiting.next_attempt_at - datetime.now(UTC) <= timedelta(days=1)
    assert {state for chat, state in city.town.states().items() if chat != 20} == {"sent"}
    city.telegram.faults.clear()
    city.town.make_due()
    await city.deliver()
    assert city.copies(30) == [1] * 30


async def test_when_whoever_asks_is_told_to_wait_for_a_day_nobody_rushes_and_the_log_says_so(
    city: City,
) -> None:
    city.open(30)
    city.break_with(Fault.too_many_requests(86_400))
    stop = asyncio.Event()
    with capture_logs() as told:
        work = asyncio.create_task(city.deliver(stop=stop))
        await until(lambda: any("retry after 86400" in row.error for row in city.town.rows()))
        stop.set()
        await work
    assert [each for each in told if each["event"] == "telegram.flooded" and each["seconds"] == 86_400]
    assert city.telegram.statistics.calls <= 3
    assert set(city.town.states().values()) == {"queued"}
    city.telegram.faults.clear()
    city.town.make_due()
    await city.deliver()
    assert city.copies(30) == [1] * 30


async def test_a_token_refused_in_the_middle_stops_all_unsubscribes_nobody_and_goes_on_when_it_is_accepted(
    city: City,
) -> None:
    city.open(90)
    work = asyncio.create_task(city.deliver())
    await until(lambda: sum(city.copies(90)) >= 20)
    city.break_with(Fault.named("unauthorized"))
    await work
    assert city.newsroom.heard.events == ["closed Unauthorized"]
    states = Counter(city.town.states().values())
    assert set(states) == {"sent", "queued"}
    assert states["sent"] == sum(city.copies(90))
    assert {city.town.reader_state(reader) for reader in range(1, 91)} == {"active"}
    city.telegram.faults.clear()
    await city.deliver()
    assert sum(city.copies(90)) == states["sent"], "nothing leaves until the token is known to work"
    assert city.town.outbox.token_accepted(at=datetime.now(UTC)) == 1
    await city.deliver()
    assert city.copies(90) == [1] * 90
