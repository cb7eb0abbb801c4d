"""The Bot API as far as broadcasts go: each message is delayed, judged, counted and answered."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from random import Random

from benchmarks.receiver.bodies import beginning_of, chat_of, text_of, words_of
from benchmarks.receiver.conditions import Conditions, Latency
from benchmarks.receiver.counts import Counts
from benchmarks.receiver.echo import echo
from benchmarks.receiver.http import Connection
from benchmarks.receiver.limits import Door, Refusal

_SENDING = frozenset({b"sendmessage", b"copymessage"})
_EDITING = b"editmessagetext"
_ME = b'{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"The AI Morning Post","username":"morningpost_bot"}}'
_PROXY_PAGE = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
#: Ids below belong to supergroups and channels; a plain group of id -7 has moved to this minus seven.
_SUPERGROUPS = -1_000_000_000_000
#: Knuth's multiplier spreads chat ids evenly over 2**32.
_SPREAD, _WHOLE = 2_654_435_761, 2**32


class Api:
    """Answers requests. ``loop`` times them, and its clock is the machine's monotonic one."""

    def __init__(self, conditions: Conditions, loop: asyncio.AbstractEventLoop) -> None:
        self.counts = Counts()
        self.began: Callable[[], None] = lambda: None
        self._faults = conditions.faults
        self._loop = loop
        self._chance = Random(conditions.seed)
        self._latency = Latency(conditions, self._chance)
        self._door = Door(conditions)
        self._echoes: dict[bytes, tuple[str, bytes]] = {}

    def handle(self, connection: Connection, target: bytes, body: bytes) -> None:
        """Take one request."""
        method = target.rpartition(b"/")[2].lower()
        if method in _SENDING or method == _EDITING:
            self._receive(connection, method, body)
        elif method == b"getme":
            connection.answer(200, _ME)
        elif method == b"statistics":
            connection.answer(200, json.dumps(self.counts.told()).encode())
        elif method == b"moments":
            connection.answer(200, json.dumps(self.counts.moments.tolist()).encode())
        elif method == b"copies":
            told = [[chat_id, words, count] for (chat_id, words), count in self.counts.copies.items()]
            connection.answer(200, json.dumps(told).encode())
        else:
            connection.answer(404, _error(404, "Not Found"))

    def lower(self) -> None:
        """From now on the lower rate."""
        self._door.lower(self._faults.lowered_to)

    def _receive(self, connection: Connection, method: bytes, body: bytes) -> None:
        half = self._latency.draw() / 2
        sent_at = self._loop.time()
        if half:
            self._loop.call_later(half, self._process, connection, method, body, sent_at, half)
        else:
            self._process(connection, method, body, sent_at, half)

    def _process(self, connection: Connection, method: bytes, body: bytes, sent_at: float, half: float) -> None:
        if connection.cut:
            self.counts.resets += 1
            return
        fault = self._chance.random()
        if fault < self._faults.reset_before:
            self.counts.resets += 1
            connection.break_off()
            return
        if fault < self._faults.reset_before + self._faults.server_errors:
            self.counts.server_errors += 1
            self._after(half, connection.answer, 502, _PROXY_PAGE, b"", b"text/html")
            return
        chat_id = chat_of(body)
        if chat_id is None:
            self._after(half, connection.answer, 400, _error(400, "Bad Request: chat_id is empty"))
            return
        refusal = self._door.refusal(chat_id, sent_at, self._loop.time())
        if refusal is not None:
            self._refuse(connection, refusal, half)
        elif self._lives(connection, chat_id, half):
            self._accept(connection, method, chat_id, body, half)

    def _refuse(self, connection: Connection, refusal: Refusal, half: float) -> None:
        self.counts.floods += refusal.everyone
        self.counts.chat_floods += not refusal.everyone
        self.counts.ignored += refusal.ignored
        told = _error(429, f"Too Many Requests: retry after {refusal.retry_after}", retry_after=refusal.retry_after)
        self._after(half, connection.answer, 429, told, b"Retry-After: %d\r\n" % refusal.retry_after)

    def _lives(self, connection: Connection, chat_id: int, half: float) -> bool:
        """Whether the chat can be written to; the sender is told when it can't."""
        if _SUPERGROUPS < chat_id < 0:
            self.counts.moved += 1
            text = "Bad Request: group chat was upgraded to a supergroup chat"
            self._after(half, connection.answer, 400, _error(400, text, migrate_to_chat_id=_SUPERGROUPS + chat_id))
            return False
        if chat_id > 0 and chat_id * _SPREAD % _WHOLE < self._faults.blocked * _WHOLE:
            self.counts.blocked += 1
            told = _error(403, "Forbidden: bot was blocked by the user")
            self._after(half, connection.answer, 403, told)
            return False
        return True

    def _accept(self, connection: Connection, method: bytes, chat_id: int, body: bytes, half: float) -> None:
        words, told = self._echo(body)
        number = self._number(method, chat_id, words)
        if self._chance.random() < self._faults.reset_after:
            self.counts.replies_lost += 1
            self._after(half, connection.break_off)
            return
        if method == b"copymessage":
            answer = b'{"ok":true,"result":{"message_id":%d}}' % number
        else:
            chat = b'{"id":%d,"type":"%b"}' % (chat_id, b"private" if chat_id > 0 else b"supergroup")
            answer = b'{"ok":true,"result":{"message_id":%d,"chat":%b,%b}}' % (number, chat, told)
        self._after(half, self._reply, connection, answer)

    def _number(self, method: bytes, chat_id: int, words: str) -> int:
        if method == _EDITING:
            self.counts.edits += 1
            return 1
        number = self.counts.accept(chat_id, words, self._loop.time())
        if number == 1:
            self.began()
        return number

    def _reply(self, connection: Connection, answer: bytes) -> None:
        if connection.cut or not connection.answer(200, answer):
            self.counts.replies_lost += 1

    def _echo(self, body: bytes) -> tuple[str, bytes]:
        beginning = beginning_of(body)
        known = self._echoes.get(beginning)
        if known is None:
            known = self._echoes[beginning] = words_of(beginning), echo(text_of(body))
        return known

    def _after(self, half: float, act: Callable[..., object], *arguments: object) -> None:
        if half:
            self._loop.call_later(half, act, *arguments)
        else:
            act(*arguments)


def _error(code: int, description: str, **parameters: int) -> bytes:
    told = {"ok": False, "error_code": code, "description": description}
    return json.dumps({**told, "parameters": parameters} if parameters else told).encode()
