"""What becomes of commands when the process that answers is killed: ``python -m benchmarks.updates [--quick]``.

Real processes of the paper on the local Telegram, killed (SIGKILL) at moments by chance while new readers ask /help all
the time: one process that polls, on SQLite; and two behind a webhook, on one PostgreSQL. Every command must be answered
exactly once, or stand in the table of updates as uncertain, which is logged.
"""

from __future__ import annotations

import random
import socket
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarks.databases import postgresql, sqlite
from benchmarks.reports import Figure, Report, at_most, run
from benchmarks.updates_process import converse
from sandbox.serving import Serving
from sandbox.telegram import Reader, SandboxTelegram
from storage.database import Database
from storage.updates import Updates

KILLS, QUICK_KILLS = 100, 12
#: Commands a second, and how long a process answers before it is killed, seconds at most.
COMMANDS, SPELL = 40.0, 0.8
#: After the last kill everything must be answered within this, seconds: longer than the lease of a dead process.
PATIENCE = 120.0

_CONTEXT = get_context("forkserver")
_CONTEXT.set_forkserver_preload(["benchmarks.updates_process"])


@dataclass(slots=True)
class Town:
    """A local Telegram with readers who ask; ``asked`` is who asked by which update."""

    telegram: SandboxTelegram
    asked: dict[int, Reader] = field(default_factory=dict)
    _quiet: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def asking(self, rate: float) -> Iterator[None]:
        """Let somebody new ask so often a second, by chance."""
        thread = threading.Thread(target=self._ask, args=(rate,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._quiet.set()
            thread.join()

    def _ask(self, rate: float) -> None:
        chance, number = random.Random(3), 1001
        while not self._quiet.wait(chance.expovariate(rate)):
            reader = self.telegram.user(number)
            with self.telegram.world.signal.lock:
                reader.say("/help")
                self.asked[self.telegram.updates.next_id - 1] = reader
            number += 1

    @property
    def answers(self) -> int:
        """How many have been answered."""
        return sum(bool(reader.received) for reader in list(self.asked.values()))


@dataclass(frozen=True, slots=True)
class Proof:
    """What so many kills came to, in commands. ``pause``: the longest from a kill to the next answer, seconds."""

    kills: int
    asked: int
    lost: int
    doubled: int
    uncertain: int
    pause: float


def killed(settings: Sequence[dict[str, str]], town: Town, database: str, kills: int, seed: int = 5) -> Proof:
    """Kill processes with these settings, one after the other, and start each again."""
    chance, pauses = random.Random(seed), [0.0]
    with ExitStack() as stack:
        processes = [_started(each, stack) for each in settings]
        stack.enter_context(town.asking(COMMANDS))
        town.telegram.wait_for(lambda: town.answers > 0, PATIENCE)
        for number in range(kills):
            time.sleep(chance.uniform(0.02, SPELL))
            index = number % len(settings)
            processes[index].kill()
            processes[index].join()
            died_at, before = time.monotonic(), town.answers
            processes[index] = _started(settings[index], stack)
            town.telegram.wait_for(lambda before=before: town.answers > before + 1, PATIENCE)  # type: ignore[misc]
            pauses.append(time.monotonic() - died_at)
    return proved(town, database, settings, kills, max(pauses))


def proved(town: Town, database: str, settings: Sequence[dict[str, str]], kills: int, pause: float) -> Proof:
    """Let a last process answer what is left, and compare both sides."""
    opened = Database.open(database)
    updates = Updates(opened, int(town.telegram.token.partition(":")[0]))
    with ExitStack() as stack:
        _started(settings[0], stack)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and (updates.holders() or _silent(town, updates)):
            time.sleep(0.1)
    doubtful = set(updates.uncertain())
    opened.close()
    counts = {number: len(reader.received) for number, reader in town.asked.items()}
    return Proof(
        kills,
        len(counts),
        lost=sum(not count and number not in doubtful for number, count in counts.items()),
        doubled=sum(count > 1 for count in counts.values()),
        uncertain=len(doubtful),
        pause=pause,
    )


def _silent(town: Town, updates: Updates) -> set[int]:
    """Commands that are neither answered nor uncertain."""
    return {number for number, reader in town.asked.items() if not reader.received} - set(updates.uncertain())


def _started(settings: dict[str, str], stack: ExitStack) -> Any:
    process = _CONTEXT.Process(target=converse, args=(settings,), daemon=True)
    process.start()
    stack.callback(process.join)
    stack.callback(process.kill)
    return process


@contextmanager
def town_at(folder: str, database: str) -> Iterator[tuple[Town, dict[str, str]]]:
    """A town, and the settings of a paper that polls it."""
    telegram = SandboxTelegram()
    with Serving(telegram) as serving:
        yield (
            Town(telegram),
            {
                "TELEGRAM_BOT_TOKEN": telegram.token,
                "TELEGRAM_API_URL": serving.url,
                "DATABASE_URL": database,
                "DATA_DIR": folder,
                "TELEGRAM_PAID_BROADCAST": "true",  # the shares of a hundred dead processes last for half a minute
                "TELEGRAM_RATE": "1000",
            },
        )


def polled(kills: int) -> Proof:
    """One process at a time, which polls, on SQLite."""
    with tempfile.TemporaryDirectory() as folder, sqlite() as url, town_at(folder, url) as (town, settings):
        return killed([settings], town, url, kills)


def called(url: str, kills: int) -> Proof:
    """Two processes behind a webhook and a balancer, on the PostgreSQL of ``url``."""
    with tempfile.TemporaryDirectory() as folder, town_at(folder, url) as (town, settings):
        ports = [_free_port(), _free_port()]
        with Serving(balancer(ports)) as balanced:
            webhook = {**settings, "WEBHOOK_URL": f"{balanced.url}/telegram"}
            replicas = [{**webhook, "WEB_PORT": str(port)} for port in ports]
            return killed(replicas, town, url, kills)


def balancer(ports: Sequence[int]) -> Starlette:
    """Hands each call to the replicas in turn; whoever does not answer is passed over, as a balancer would."""
    turns = iter(range(1_000_000_000))

    async def hand_on(request: Request) -> Response:
        body, first = await request.body(), next(turns)
        async with httpx.AsyncClient(timeout=10) as client:
            for step in range(len(ports)):
                address = f"http://127.0.0.1:{ports[(first + step) % len(ports)]}{request.url.path}"
                try:
                    answer = await client.post(address, content=body, headers=request.headers.raw)
                except httpx.HTTPError:
                    continue
                return Response(status_code=answer.status_code)
        return Response(status_code=502)

    return Starlette(routes=[Route("/telegram", hand_on, methods=["POST"])])


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def measure(quick: bool) -> Report:
    """Kills in both modes."""
    kills = QUICK_KILLS if quick else KILLS
    figures = _figures("polling, SQLite", polled(kills))
    with postgresql() as server:
        if server is not None:
            with server.database() as url:
                figures += _figures("webhook, two replicas, PostgreSQL", called(url, kills))
    return Report("Commands while the processes that answer them are killed", figures)


def _figures(title: str, proof: Proof) -> list[Figure]:
    return [
        Figure(f"{title}: kills", proof.kills),
        Figure("  commands", proof.asked),
        Figure("  lost", proof.lost, at_most(0)),
        Figure("  answered twice", proof.doubled, at_most(0)),
        Figure("  uncertain, and logged", proof.uncertain),
        Figure("  until answers came again, at most", proof.pause, unit="s"),
    ]


if __name__ == "__main__":
    run(measure)
