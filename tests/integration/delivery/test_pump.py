"""The pump on a real ledger: every ending, every stop, and nothing lost or doubled by any of them."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from delivery.letters import Letter
from delivery.pacing import Limits
from domain.deliveries import (
    ContentRejected,
    Delayed,
    Outcome,
    Refused,
    Sent,
    Unknown,
    Unsupported,
    WireClosed,
)
from domain.editions import Message, Style
from domain.errors import StorageError
from domain.ledger import Ask, Form, Tick
from domain.readers import SubscriberState
from storage.audience import Channel
from storage.outbox import Rules
from tests.contract.outbox.ledgers import CHANNEL
from tests.integration.delivery.parts import Newsroom, until, words


async def test_every_reader_and_the_channel_get_one_copy_the_channel_first(newsroom: Newsroom) -> None:
    newsroom.town.channel = Channel(CHANNEL)
    broadcast = newsroom.open(*range(1, 201))
    await newsroom.deliver()
    assert newsroom.telegram.chats[0] == CHANNEL
    assert Counter(newsroom.telegram.chats) == Counter([CHANNEL, *range(1, 201)])
    assert newsroom.heard.events == [f"finished {broadcast}"]
    assert newsroom.town.outbox.receipt(broadcast).sent == 201


async def test_delivering_again_sends_nothing(newsroom: Newsroom) -> None:
    newsroom.open(1, 2)
    await newsroom.deliver()
    newsroom.town.open(now=True)
    await newsroom.deliver()
    assert newsroom.telegram.chats == [1, 2]


async def test_hours_to_come_are_not_waited_for(newsroom: Newsroom) -> None:
    newsroom.town.publish()
    newsroom.town.subscribe(1, hour=(newsroom.town.now.hour + 3) % 24)
    newsroom.town.open()
    await newsroom.deliver()
    assert newsroom.telegram.sent == []


async def test_a_content_error_reaches_telegram_once_and_an_admin_once(newsroom: Newsroom) -> None:
    broadcast = newsroom.open(*range(1, 60))
    newsroom.telegram.answers = lambda *_: ContentRejected("can't parse entities")
    await newsroom.deliver()
    assert len(newsroom.telegram.sent) == 1
    assert newsroom.heard.events == [f"stopped {broadcast}"]
    assert newsroom.town.broadcast_state(broadcast) == "stopped"
    assert set(newsroom.town.states().values()) == {"queued"}


async def test_a_mended_broadcast_goes_on_in_the_same_pump_with_the_new_words(newsroom: Newsroom) -> None:
    broadcast = newsroom.open(1, 2, 3)
    newsroom.telegram.answers = lambda *_: ContentRejected("can't parse entities")
    stop = asyncio.Event()
    work = asyncio.create_task(newsroom.pump().run(stop))
    await until(lambda: newsroom.town.broadcast_state(broadcast) == "stopped")
    newsroom.telegram.answers = lambda chat, _: Sent(chat)
    newsroom.telegram.words.clear()
    await until(lambda: bool(newsroom.heard.events))
    newsroom.editions = words
    newsroom.town.outbox.resume(broadcast, at=newsroom.town.now, by="ann")
    await until(lambda: newsroom.town.broadcast_state(broadcast) == "done")
    stop.set()
    await work
    assert sorted(newsroom.telegram.chats[1:]) == [1, 2, 3]


async def test_a_form_without_an_edition_stops_the_broadcast_before_the_wire(newsroom: Newsroom) -> None:
    broadcast = newsroom.open(1, style=Style.PLAIN)
    newsroom.editions = lambda _: None
    await newsroom.deliver()
    assert newsroom.telegram.sent == []
    assert newsroom.town.outbox.receipt(broadcast).broadcast.error == "there is no plain edition to send"


async def test_a_refused_token_stops_everything_is_told_once_and_unsubscribes_nobody(newsroom: Newsroom) -> None:
    broadcast = newsroom.open(*range(1, 30))
    newsroom.telegram.answers = lambda chat, _: Sent(chat) if chat == 1 else WireClosed("Unauthorized")
    await newsroom.deliver()
    assert newsroom.heard.events == ["closed Unauthorized"]
    assert newsroom.town.broadcast_state(broadcast) == "stopped"
    assert {newsroom.town.reader_state(chat) for chat in range(1, 30)} == {"active"}
    assert Counter(newsroom.town.states().values()) == {"sent": 1, "queued": 28}


async def test_where_the_server_lacks_rich_messages_rich_readers_get_the_classic_edition(newsroom: Newsroom) -> None:
    newsroom.open(1, 2, 3, 4, style=Style.RICH)

    def answers(chat: int, letter: Letter) -> Outcome:
        return Unsupported("method not found") if letter.style is Style.RICH else Sent(chat)

    newsroom.telegram.answers = answers
    await newsroom.deliver()
    tried = [chat for chat, style, _ in newsroom.telegram.sent if style is Style.RICH]
    assert len(tried) == 1
    assert sorted(chat for chat, style, _ in newsroom.telegram.sent if style is Style.CLASSIC) == [1, 2, 3, 4]
    assert newsroom.heard.events.count("rich missing") == 1
    assert set(newsroom.town.states().values()) == {"sent"}


async def test_a_failing_server_is_asked_again_after_ever_longer_waits(newsroom: Newsroom) -> None:
    newsroom.open(1)
    outcomes: list[Outcome] = [Delayed("Bad Gateway", 0.05), Delayed("Bad Gateway", 0.05), Sent(1)]
    newsroom.telegram.answers = lambda *_: outcomes.pop(0)
    await newsroom.deliver()
    assert newsroom.telegram.chats == [1, 1, 1]
    row = newsroom.town.rows()[0]
    assert (row.state, row.attempts) == ("sent", 3)
    assert row.next_attempt_at - row.due_at >= timedelta(seconds=0.15)


async def test_who_could_not_be_served_in_the_end_can_be_retried(newsroom: Newsroom) -> None:
    newsroom.tempo = replace(newsroom.tempo, attempts=2)
    broadcast = newsroom.open(1, 2)
    newsroom.telegram.answers = lambda chat, _: Delayed("Bad Gateway", 0.01) if chat == 1 else Sent(chat)
    await newsroom.deliver()
    assert newsroom.town.outbox.receipt(broadcast).refused == (("given up after 2 attempts: Bad Gateway", 1),)
    newsroom.telegram.answers = lambda chat, _: Sent(chat)
    assert newsroom.town.outbox.retry_failed(broadcast, at=newsroom.town.now, by="ann") == 1
    await newsroom.deliver()
    assert newsroom.telegram.chats.count(2) == 1
    assert set(newsroom.town.states().values()) == {"sent"}


async def test_a_blocked_reader_is_not_retried(newsroom: Newsroom) -> None:
    broadcast = newsroom.open(1)
    newsroom.telegram.answers = lambda *_: Refused("bot was blocked by the user", SubscriberState.BLOCKED)
    await newsroom.deliver()
    assert newsroom.town.reader_state(1) == "blocked"
    assert newsroom.town.outbox.retry_failed(broadcast, at=newsroom.town.now, by="ann") == 0


async def test_a_lost_answer_costs_one_silent_copy_at_the_end(newsroom: Newsroom) -> None:
    newsroom.open(*range(1, 11))
    lost = iter([Unknown("ReadTimeout")])
    newsroom.telegram.answers = lambda chat, _: next(lost, Sent(chat)) if chat == 3 else Sent(chat)
    await newsroom.deliver()
    assert newsroom.telegram.sent[-1] == (3, Style.CLASSIC, True)
    assert Counter(newsroom.telegram.chats)[3] == 2
    assert len(newsroom.telegram.sent) == 11


@pytest.mark.parametrize(
    ("outcome", "heard"),
    [(Refused("not enough rights"), "channel Refused"), (Unknown("ReadTimeout"), "channel Unknown")],
)
async def test_a_channel_that_fails_alarms_and_does_not_hold_the_readers_up(
    newsroom: Newsroom, outcome: Outcome, heard: str
) -> None:
    newsroom.town.channel = Channel(CHANNEL)
    broadcast = newsroom.open(1, 2, 3)
    newsroom.telegram.answers = lambda chat, _: outcome if chat == CHANNEL else Sent(chat)
    await newsroom.deliver()
    assert newsroom.heard.events == [heard, f"finished {broadcast}"]
    assert Counter(newsroom.telegram.chats) == Counter([CHANNEL, 1, 2, 3])


async def test_a_bug_before_the_wire_hands_the_row_back_and_one_behind_it_is_uncertain(newsroom: Newsroom) -> None:
    newsroom.open(1)

    def broken(form: Form) -> Message | None:
        raise RuntimeError("no words today")

    newsroom.editions = broken
    await newsroom.deliver_for(0.2)
    row = newsroom.town.rows()[0]
    assert (row.state, row.attempts, row.error) == ("queued", 0, "handed back: RuntimeError")
    newsroom.editions = words
    newsroom.town.make_due()

    async def breaking() -> Outcome:
        raise RuntimeError("a bug behind the wire")

    newsroom.telegram.answers = lambda *_: breaking()
    await newsroom.deliver_for(0.1)
    row = newsroom.town.rows()[0]
    assert (row.state, row.error) == ("uncertain", "broken off: RuntimeError")


async def test_a_group_whose_minute_is_full_gives_its_place_back(newsroom: Newsroom) -> None:
    newsroom.limits = Limits(rate=500, chat_span=0.0, group_limit=1, group_span=60.0)
    newsroom.town.publish()
    newsroom.town.subscribe(-7)
    newsroom.town.open(now=True)
    pump = newsroom.pump()
    await pump.run_until_done()
    newsroom.town.publish(newsroom.town.now.date())
    newsroom.town.outbox.open_issue(newsroom.town.now.date(), at=newsroom.town.now, now=True)
    stop = asyncio.Event()
    work = asyncio.create_task(pump.run(stop))
    await until(lambda: newsroom.town.rows()[1].error == "the chat's own limit")
    stop.set()
    await work
    row = newsroom.town.rows()[1]
    assert (row.state, row.attempts) == ("queued", 0)
    assert timedelta(seconds=50) < row.next_attempt_at - row.due_at <= timedelta(seconds=61)


async def test_told_to_stop_it_finishes_what_has_begun_and_hands_the_rest_back(newsroom: Newsroom) -> None:
    newsroom.open(*range(1, 101))
    newsroom.limits = Limits(rate=20, chat_span=0.0)

    async def slowly(chat: int) -> Outcome:
        await asyncio.sleep(0.15)
        return Sent(chat)

    newsroom.telegram.answers = lambda chat, _: slowly(chat)
    await newsroom.deliver_for(0.4)
    states = newsroom.town.states()
    sent = {chat for chat, state in states.items() if state == "sent"}
    assert sent == set(newsroom.telegram.chats), "whatever touched the wire is written down"
    assert Counter(states.values()) == {"sent": len(sent), "queued": 100 - len(sent)}
    assert 2 <= len(sent) <= 20
    newsroom.telegram.answers = lambda chat, _: Sent(chat)
    newsroom.limits = Limits(rate=500, chat_span=0.0)
    await newsroom.deliver()
    assert Counter(newsroom.telegram.chats) == Counter(range(1, 101))


async def test_cancelled_it_stops_in_the_same_order(newsroom: Newsroom) -> None:
    newsroom.open(*range(1, 101))

    async def slowly(chat: int) -> Outcome:
        await asyncio.sleep(0.1)
        return Sent(chat)

    newsroom.telegram.answers = lambda chat, _: slowly(chat)
    work = asyncio.create_task(newsroom.pump().run(asyncio.Event()))
    await until(lambda: len(newsroom.telegram.sent) > 3)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    states = newsroom.town.states()
    assert {chat for chat, state in states.items() if state == "sent"} == set(newsroom.telegram.chats)
    assert set(states.values()) == {"sent", "queued"}


async def test_a_row_that_cannot_begin_in_half_its_lease_is_handed_back(newsroom: Newsroom) -> None:
    newsroom.town.rules = Rules(rate=500, lease=timedelta(seconds=0.3))
    newsroom.open(1, 2)
    flood = iter([Delayed("retry after", 0.6, everyone=True)])
    newsroom.telegram.answers = lambda chat, _: next(flood, Sent(chat))
    await newsroom.deliver()
    assert Counter(newsroom.telegram.chats) == {1: 2, 2: 1}
    assert set(newsroom.town.states().values()) == {"sent"}


class Refusing:
    """A ledger whose database refuses at will; ``forgets`` loses the answer of a commit that was made."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._outbox = newsroom.town.outbox
        self.refuses = False
        self.forgets = 0
        self.refused = 0

    def tick(self, ask: Ask) -> Tick:
        if self.refuses:
            self.refused += 1
            raise StorageError("the disk is full")
        tick = self._outbox.tick(ask)
        if self.forgets and ask.settlements:
            self.forgets -= 1
            raise StorageError("the connection was lost while committing")
        return tick


async def test_while_the_database_refuses_nothing_new_leaves_and_no_outcome_is_lost(newsroom: Newsroom) -> None:
    newsroom.open(*range(1, 41))
    ledger = Refusing(newsroom)
    pump = newsroom.pump(ledger=ledger)

    async def slowly(chat: int) -> Outcome:
        await asyncio.sleep(0.05)
        return Sent(chat)

    newsroom.telegram.answers = lambda chat, _: slowly(chat)
    work = asyncio.create_task(pump.run_until_done())
    await until(lambda: len(newsroom.telegram.sent) >= 5)
    ledger.refuses = True
    await until(lambda: ledger.refused >= 2)
    before = len(newsroom.telegram.sent)
    await asyncio.sleep(0.1)
    assert len(newsroom.telegram.sent) - before <= 16, "only what was leased already"
    ledger.refuses = False
    await asyncio.wait_for(work, 10)
    assert Counter(newsroom.telegram.chats) == Counter(range(1, 41))
    assert set(newsroom.town.states().values()) == {"sent"}


async def test_a_commit_whose_answer_was_lost_doubles_nothing(newsroom: Newsroom) -> None:
    newsroom.town.rules = Rules(rate=500, lease=timedelta(seconds=0.5))
    newsroom.open(*range(1, 41))
    ledger = Refusing(newsroom)
    ledger.forgets = 2
    pump = newsroom.pump(ledger=ledger)
    await asyncio.wait_for(pump.run_until_done(), 10)
    assert Counter(newsroom.telegram.chats) == Counter(range(1, 41))
    assert set(newsroom.town.states().values()) == {"sent"}


async def test_a_pump_that_is_stopped_while_the_database_refuses_ends_nevertheless(newsroom: Newsroom) -> None:
    newsroom.open(1)
    ledger = Refusing(newsroom)
    ledger.refuses = True
    pump = newsroom.pump(ledger=ledger)
    stop = asyncio.Event()
    work = asyncio.create_task(pump.run(stop))
    await until(lambda: ledger.refused >= 1)
    stop.set()
    await asyncio.wait_for(work, 3)


async def test_an_idle_pump_wakes_when_it_is_told(newsroom: Newsroom) -> None:
    newsroom.tempo = replace(newsroom.tempo, idle=30.0)
    pump = newsroom.pump()
    stop = asyncio.Event()
    work = asyncio.create_task(pump.run(stop))
    await asyncio.sleep(0.1)
    newsroom.open(1)
    pump.wake()
    await until(lambda: newsroom.telegram.chats == [1])
    stop.set()
    await work


async def test_an_idle_pump_finds_by_itself_what_another_process_opened(newsroom: Newsroom) -> None:
    stop = asyncio.Event()
    work = asyncio.create_task(newsroom.pump().run(stop))
    await asyncio.sleep(0.05)
    newsroom.open(1)
    await until(lambda: newsroom.telegram.chats == [1])
    stop.set()
    await work


async def test_two_pumps_share_the_work_and_double_nothing(newsroom: Newsroom) -> None:
    newsroom.open(*range(1, 121))
    pumps = [newsroom.pump("ann"), newsroom.pump("bob")]
    await asyncio.wait_for(asyncio.gather(*(pump.run_until_done() for pump in pumps)), 20)
    assert Counter(newsroom.telegram.chats) == Counter(range(1, 121))
    workers = {row.worker for row in newsroom.town.rows()}
    assert workers == {"ann", "bob"}
