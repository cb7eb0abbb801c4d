"""What the pump is joined with in tests: a wire that answers by a function, and notices that are kept."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from delivery.letters import Letter, write_letter
from delivery.pace import Pace
from delivery.pacing import Limits
from delivery.ports import Clock, Ledger, Wire
from delivery.pump import Pump, Tempo
from domain.deliveries import BroadcastId, Outcome, Sent
from domain.editions import Message, Style
from domain.ledger import Form, Lease, WorkerId
from domain.readers import ChatId
from storage.database import Database
from storage.outbox import Rules
from tests.contract.outbox.ledgers import Town

QUICK = Tempo(every=0.01, idle=0.05)
Answers = Callable[[int, Letter], Outcome | Awaitable[Outcome]]


@dataclass
class Telegram:
    """A wire: ``answers`` decides; what was sent is kept in order."""

    answers: Answers = lambda chat, letter: Sent(chat)
    sent: list[tuple[int, Style, bool]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def letter(self, message: Message) -> Letter:
        return write_letter(message)

    async def send(self, chat_id: ChatId, letter: Letter, silent: bool = False) -> Outcome:
        self.sent.append((chat_id, letter.style, silent))
        self.words.append(letter.fields.decode())
        answer = self.answers(chat_id, letter)
        return answer if isinstance(answer, Outcome) else await answer

    async def edit(self, chat_id: ChatId, message_id: int, letter: Letter) -> Outcome:
        raise AssertionError("a broadcast of an issue edits nothing")

    @property
    def chats(self) -> list[int]:
        return [chat for chat, _, _ in self.sent]


@dataclass
class Heard:
    """Notices, as an admin would hear them."""

    events: list[str] = field(default_factory=list)

    async def finished(self, broadcast: BroadcastId) -> None:
        self.events.append(f"finished {broadcast}")

    async def stopped(self, broadcast: BroadcastId) -> None:
        self.events.append(f"stopped {broadcast}")

    async def channel_failed(self, lease: Lease, outcome: Outcome) -> None:
        self.events.append(f"channel {type(outcome).__name__}")

    async def wire_closed(self, reason: str) -> None:
        self.events.append(f"closed {reason}")

    async def rich_missing(self) -> None:
        self.events.append("rich missing")

    async def ledger_unreachable(self, reason: str) -> None:
        self.events.append(f"ledger {reason}")


def words(form: Form) -> Message | None:
    return Message(form.style, "[]" if form.style is Style.RICH else f"<b>{form.issue_date}</b>")


@dataclass
class Newsroom:
    """A town with real time, and pumps on its ledger."""

    database: Database
    telegram: Telegram = field(default_factory=Telegram)
    wire: Wire | None = None
    heard: Heard = field(default_factory=Heard)
    editions: Callable[[Form], Message | None] = words
    tempo: Tempo = QUICK
    limits: Limits = field(default_factory=lambda: Limits(rate=500, chat_span=0.0))

    def __post_init__(self) -> None:
        self.town = Town(self.database, now=datetime.now(UTC), rules=Rules(rate=500))

    def pump(self, name: str = "ann", ledger: Ledger | None = None, clock: Clock = lambda: datetime.now(UTC)) -> Pump:
        return Pump(
            ledger or self.town.outbox,
            self.wire or self.telegram,
            Pace(self.limits),
            self.editions,
            self.heard,
            worker=WorkerId(name),
            clock=clock,
            tempo=self.tempo,
        )

    def open(self, *chat_ids: int, style: Style = Style.CLASSIC) -> BroadcastId:
        self.town.publish()
        if chat_ids:
            self.town.subscribe(*chat_ids, style=style)
        return self.town.open(now=True)

    async def deliver(self, seconds: float = 20.0) -> None:
        await asyncio.wait_for(self.pump().run_until_done(), seconds)

    async def deliver_for(self, seconds: float) -> None:
        """Work for so long, then stop in order."""
        stop = asyncio.Event()
        work = asyncio.create_task(self.pump().run(stop))
        await asyncio.sleep(seconds)
        stop.set()
        await work


async def until(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    """Wait until something has become true."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while not condition():  # noqa: ASYNC110  # what is waited for stands in a database or at a server
                await asyncio.sleep(0.005)
    assert condition()
