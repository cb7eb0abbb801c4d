"""The real pump and wire over HTTP against the local Telegram: its limits, its errors, its breakdowns."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from delivery.connections import Connections
from delivery.pacing import Limits
from delivery.wire import TelegramWire
from domain.deliveries import BroadcastId, Receipt
from domain.editions import Message, Style
from sandbox.serving import Serving
from sandbox.telegram.faults import Fault, Harm, Latency
from sandbox.telegram.limits import Limits as Receiving
from sandbox.telegram.sandbox import SandboxTelegram
from storage.audience import Channel
from storage.outbox import Rules
from tests.contract.outbox.ledgers import CHANNEL
from tests.integration.delivery.parts import Newsroom

#: Fast enough for a test, and as strict as Telegram.
RATE = 120


class City:
    """A local Telegram with readers who pressed Start, and a newsroom that writes to them."""

    def __init__(self, newsroom: Newsroom, address: str, telegram: SandboxTelegram) -> None:
        self.newsroom = newsroom
        self.telegram = telegram
        self.address = address
        newsroom.tempo = replace(newsroom.tempo, every=0.02)

    def open(self, readers: int, style: Style = Style.CLASSIC) -> BroadcastId:
        for reader in range(1, readers + 1):
            self.telegram.user(reader).start()
        return self.newsroom.open(*range(1, readers + 1), style=style)

    async def deliver(self, rate: int = RATE, seconds: float = 60.0) -> None:
        self.newsroom.limits = Limits(rate=rate)
        self.newsroom.town.rules = Rules(rate=rate)
        async with Connections() as connections:
            self.newsroom.wire = TelegramWire(connections, f"{self.address}/bot{self.telegram.token}")
            await asyncio.wait_for(self.newsroom.pump().run_until_done(), seconds)

    def copies(self) -> Counter[int]:
        """How many messages each reader has received."""
        people = (chat for chat in self.telegram.world.chats.values() if chat.user is not None and not chat.user.is_bot)
        return Counter({chat.id: len(self.telegram.user(chat.id).received) for chat in people})

    def receipt(self) -> Receipt:
        receipt = self.newsroom.town.outbox.latest_receipt()
        assert receipt is not None
        return receipt


@contextmanager
def city_with(newsroom: Newsroom, limits: Receiving) -> Iterator[City]:
    telegram = SandboxTelegram(limits=limits)
    with Serving(telegram) as serving:
        yield City(newsroom, serving.url, telegram)


@pytest.fixture
def city(newsroom: Newsroom) -> Iterator[City]:
    with city_with(newsroom, Receiving(per_second=RATE)) as city:
        yield city


async def test_thirty_in_any_second_is_never_exceeded_at_the_receiver(newsroom: Newsroom) -> None:
    with city_with(newsroom, Receiving()) as city:
        city.telegram.faults.latency = Latency(0.06, 0.3)
        city.open(100)
        await city.deliver(rate=30)
        told = city.telegram.statistics
        assert told.refused == 0
        assert told.most_in_one_second <= 30
        assert told.rate > 10, "however busy the machine is"
        assert city.copies() == Counter(dict.fromkeys(range(1, 101), 1))


async def test_the_channel_gets_its_copy_first(city: City) -> None:
    channel = city.telegram.channel("@ai_morning_post", chat_id=CHANNEL)
    city.newsroom.town.channel = Channel(CHANNEL)
    city.open(30)
    await city.deliver()
    assert len(channel.messages) == 1
    first = next(iter(channel.messages.values()))
    others = [message for reader in range(1, 31) for message in city.telegram.user(reader).received]
    assert all(first.date <= message.date for message in others)
    assert city.receipt().sent == 31


async def test_a_channel_without_rights_alarms_and_the_readers_get_theirs(city: City) -> None:
    city.telegram.channel("@ai_morning_post", chat_id=CHANNEL, rights=())
    city.newsroom.town.channel = Channel(CHANNEL)
    city.open(10)
    await city.deliver()
    assert city.newsroom.heard.events[0] == "channel Refused"
    assert city.copies() == Counter(dict.fromkeys(range(1, 11), 1))
    assert sum(count for _, count in city.receipt().refused) == 1


async def test_readers_who_blocked_us_are_marked_and_nobody_else_suffers(city: City) -> None:
    city.open(30)
    for reader in (1, 2, 15):
        city.telegram.user(reader).block()
    await city.deliver()
    assert city.receipt().blocked == 3
    assert {reader: city.newsroom.town.reader_state(reader) for reader in (1, 2, 3, 15)} == {
        1: "blocked",
        2: "blocked",
        3: "active",
        15: "blocked",
    }
    assert city.receipt().sent == 27


async def test_a_storm_of_429_loses_nothing_and_doubles_nothing(city: City) -> None:
    city.open(60)
    city.telegram.faults.add(Fault.too_many_requests(1).only(methods=["sendMessage"], share=0.1, times=3))
    await city.deliver()
    assert city.copies() == Counter(dict.fromkeys(range(1, 61), 1))


async def test_a_limit_lower_than_ours_is_found_and_kept(newsroom: Newsroom) -> None:
    with city_with(newsroom, Receiving(per_second=40)) as city:
        city.open(80)
        await city.deliver(rate=60)
        assert city.copies() == Counter(dict.fromkeys(range(1, 81), 1))
        assert city.telegram.statistics.refused < 12


async def test_failures_of_the_server_are_outlasted(city: City) -> None:
    city.open(60)
    for fault in (Fault.named("server_error"), Fault.page(502)):
        city.telegram.faults.add(fault.only(methods=["sendMessage"], share=0.04))
    await city.deliver()
    assert city.copies() == Counter(dict.fromkeys(range(1, 61), 1))
    assert city.receipt().uncertain == 0


async def test_an_outage_is_outlasted_without_a_storm_of_requests(city: City) -> None:
    city.open(40)
    city.telegram.faults.outage(1.5).only(methods=["sendMessage"])
    await city.deliver()
    assert city.copies() == Counter(dict.fromkeys(range(1, 41), 1))
    assert city.telegram.statistics.calls < 40 + 16 + 12


async def test_a_server_that_is_not_there_is_waited_for(newsroom: Newsroom) -> None:
    telegram = SandboxTelegram()
    serving = Serving(telegram).start()
    city = City(newsroom, serving.url, telegram)
    city.open(20)
    delivering = asyncio.create_task(city.deliver())
    await asyncio.sleep(0.3)
    serving.stop()
    await asyncio.sleep(0.8)
    serving.start()
    await delivering
    serving.stop()
    copies = city.copies()
    assert all(count >= 1 for count in copies.values())
    resent = sum(1 for row in newsroom.town.rows() if row.resent)
    assert sum(copies.values()) - 20 <= resent <= 16


async def test_a_connection_cut_before_it_was_done_loses_nothing(city: City) -> None:
    city.open(60)
    cut = city.telegram.faults.add(Fault.of(Harm.RESET_BEFORE).only(methods=["sendMessage"], share=0.05, times=4))
    await city.deliver()
    assert cut.hits > 0
    assert city.copies() == Counter(dict.fromkeys(range(1, 61), 1))
    assert sum(row.resent for row in city.newsroom.town.rows()) == cut.hits


@pytest.mark.parametrize("harm", [Harm.RESET_AFTER, Harm.HALF_JSON, Harm.HTML_OK])
async def test_a_lost_answer_doubles_that_message_alone_once_and_silently(city: City, harm: Harm) -> None:
    city.open(60)
    lost = city.telegram.faults.add(Fault.of(harm).only(methods=["sendMessage"], share=0.05, times=4))
    await city.deliver()
    assert lost.hits > 0
    copies = city.copies()
    assert Counter(copies.values()) == {1: 60 - lost.hits, 2: lost.hits}
    twice = {chat for chat, count in copies.items() if count == 2}
    assert {row.chat_id for row in city.newsroom.town.rows() if row.resent} == twice
    assert all(city.telegram.user(chat).received[-1].silent for chat in twice)


async def test_a_slow_server_slows_the_paper_and_loses_nothing(city: City) -> None:
    city.open(40)
    city.telegram.faults.add(Fault.slow(0.4).only(methods=["sendMessage"], share=0.3))
    await city.deliver()
    assert city.copies() == Counter(dict.fromkeys(range(1, 41), 1))


async def test_a_group_that_was_upgraded_gets_its_copy_at_its_new_address(city: City) -> None:
    city.telegram.group("Readers", chat_id=-1009999999999)
    city.newsroom.town.subscribe(-55)
    city.open(3)
    city.telegram.faults.add(Fault.migrated(-1009999999999).only(chats=[-55]))
    await city.deliver()
    assert len(city.telegram.chat(-1009999999999).messages) == 1
    assert city.newsroom.town.reader_state(-1009999999999) == "active"


async def test_a_revoked_token_stops_the_broadcast_where_it_stands(city: City) -> None:
    city.open(40)
    city.telegram.faults.add(Fault.named("unauthorized").only(methods=["sendMessage"]))
    await city.deliver()
    assert city.newsroom.heard.events == ["closed Unauthorized"]
    assert sum(city.copies().values()) == 0
    assert {city.newsroom.town.reader_state(reader) for reader in range(1, 41)} == {"active"}


async def test_broken_markup_is_met_once(city: City) -> None:
    city.newsroom.editions = lambda form: Message(form.style, "<p>not Telegram's HTML</p>")
    city.open(40)
    await city.deliver()
    assert city.telegram.statistics.by_method["sendmessage"] == 1
    assert "unsupported start tag" in city.receipt().broadcast.error.lower()
