"""What is lost or doubled when senders are killed without warning: ``python -m benchmarks.kills [--quick] [--strict]``.

Broadcasts of 10,000 at 500/s; their worker is killed (SIGKILL) at random moments, ten times each, and started again.
Then two workers on one PostgreSQL: one of them is killed ten times, and the server is stopped once as if the power had
failed. Leases of ten seconds instead of sixty, so that what a dead worker held is settled while we watch.
"""

from __future__ import annotations

import random
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from benchmarks.databases import Postgresql, postgresql, sqlite
from benchmarks.deliveries import copies_by_chat
from benchmarks.ledgers import doubled_silently, left_by, lost, owed
from benchmarks.receiver.conditions import Conditions
from benchmarks.receiver.process import Receiver, receiving
from benchmarks.reports import Figure, Report, at_most, run
from benchmarks.sending import SenderJob, result_of, started
from benchmarks.towns import open_broadcast
from storage.database import Database

RATE, LEASE = 500, 10.0
KILLS_EACH = 10
#: A killed worker goes this far, messages, before it is killed: by chance up to twice as far.
SPELL = 400
#: A successor reads what a killed worker left behind at its start, a survivor soon, seconds.
SALVAGED_WITHIN = 20.0


@dataclass(slots=True)
class Proof:
    """What one broadcast with kills came to.

    ``uncertain``: rows of each killed worker that nobody can vouch for; ``pauses``: seconds until messages came again.
    """

    lost: int = 0
    doubled_silently: int = 0
    doubled: int = 0
    floods: int = 0
    most_in_one_second: int = 0
    in_flight: int = 0
    uncertain: list[int] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)


class Broadcast:
    """A broadcast under way, with its ledger and its receiver."""

    def __init__(self, url: str, receiver: Receiver, readers: int, lease: float) -> None:
        self._flights = tempfile.TemporaryDirectory()
        self.job = SenderJob(url, receiver.address, receiver.token, RATE, lease=lease, flights=self._flights.name)
        self.receiver = receiver
        self.database = Database.open(url)
        self.proof = Proof()
        open_broadcast(self.database, readers)

    @property
    def taken(self) -> int:
        """How many messages have been taken."""
        return int(self.receiver.counted()["accepted"])

    def reach(self, messages: int, process: subprocess.Popen[str]) -> None:
        """Wait until so many have been taken, or the worker has nothing more to do."""
        while self.taken < messages and process.poll() is None:
            time.sleep(0.02)

    def kill(self, process: subprocess.Popen[str]) -> float:
        """End a worker without warning; the moment at which it was dead."""
        process.kill()
        process.wait()
        self._killed = str(process.pid)
        return time.monotonic()

    def pause_after(self, died_at: float, process: subprocess.Popen[str]) -> None:
        """Note how long it took until messages came again after what was still on its way."""
        settled = died_at + 0.5
        while process.poll() is None:
            later = [moment for moment in self.receiver.moments()[-2 * RATE :] if moment > settled]
            if later:
                self.proof.pauses.append(later[0] - died_at)
                return
            time.sleep(0.1)

    def count_uncertain(self) -> None:
        """Note what stays uncertain of the worker killed last, once its successor has read what it left behind."""
        left, patience = Path(self._flights.name) / f"{self._killed}.flights", time.monotonic() + SALVAGED_WITHIN
        while left.exists():
            if time.monotonic() > patience:
                raise AssertionError("nobody read what a killed worker left behind")
            time.sleep(0.02)
        self.proof.uncertain.append(left_by(self.database, self._killed))

    def proved(self) -> Proof:
        """Compare both sides, once everything has ended."""
        ledger, copies, counted = owed(self.database), copies_by_chat(self.receiver), self.receiver.counted()
        self.database.close()
        self._flights.cleanup()
        return replace(
            self.proof,
            lost=lost(ledger, copies),
            doubled_silently=doubled_silently(ledger, copies),
            doubled=counted["doubled"],
            floods=counted["floods"],
            most_in_one_second=counted["most_in_one_second"],
        )


@contextmanager
def under_way(url: str, readers: int, lease: float = LEASE) -> Iterator[Broadcast]:
    """A broadcast that is owed to so many."""
    with receiving(Conditions(rate=RATE)) as receiver:
        yield Broadcast(url, receiver, readers, lease)


def one_worker(readers: int, kills: int, seed: int, lease: float = LEASE) -> Proof:
    """One worker at a time on SQLite, killed again and again."""
    chance = random.Random(seed)
    with sqlite() as url, under_way(url, readers, lease) as broadcast:
        died_at = 0.0
        for _ in range(kills):
            with started(broadcast.job) as worker:
                if died_at:
                    broadcast.count_uncertain()
                    broadcast.pause_after(died_at, worker)
                broadcast.reach(broadcast.taken + chance.randrange(20, 2 * SPELL), worker)
                time.sleep(chance.uniform(0, 0.1))
                died_at = broadcast.kill(worker)
        with started(broadcast.job) as worker:
            broadcast.count_uncertain()
            broadcast.proof.in_flight = result_of(worker).in_flight
        return broadcast.proved()


def two_workers(server: Postgresql, readers: int, kills: int) -> Proof:
    """Two workers on one PostgreSQL: one is killed again and again, and in the middle the server fails."""
    chance = random.Random(kills)
    with server.database() as url, under_way(url, readers) as broadcast, ExitStack() as stack:
        survivor = stack.enter_context(started(broadcast.job))
        for number in range(kills):
            with started(broadcast.job) as worker:
                broadcast.reach(broadcast.taken + chance.randrange(20, 2 * SPELL), worker)
                died_at = broadcast.kill(worker)
            broadcast.pause_after(died_at, survivor)
            broadcast.count_uncertain()
            if number == kills // 2:
                failed_at = time.monotonic()
                server.restart()
                broadcast.pause_after(failed_at, survivor)
        broadcast.proof.in_flight = result_of(survivor).in_flight
        return broadcast.proved()


def measure(quick: bool) -> Report:
    """Kills on both engines."""
    broadcasts, readers = (2, 2_500) if quick else (5, 10_000)
    kills = 2 if quick else KILLS_EACH
    with ThreadPoolExecutor(broadcasts) as pool:
        alone = list(pool.map(partial(one_worker, readers, kills), range(broadcasts)))
    with postgresql() as server:
        together = [two_workers(server, readers, kills)] if server else []
    figures = [*_figures("SQLite, one worker", alone), *_figures("PostgreSQL, two workers", together)]
    return Report(f"Workers killed in the middle of broadcasts of {readers:,} at {RATE}/s", figures)


def _figures(title: str, proofs: Sequence[Proof]) -> list[Figure]:
    if not proofs:
        return []
    uncertain = [count for proof in proofs for count in proof.uncertain]
    pauses = [pause for proof in proofs for pause in proof.pauses]
    return [
        Figure(f"{title}: kills", len(uncertain)),
        Figure("  lost", sum(proof.lost for proof in proofs), at_most(0)),
        Figure("  doubled though nothing was uncertain", sum(proof.doubled_silently for proof in proofs), at_most(0)),
        Figure(
            "  second copies, silent, of uncertain ones",
            sum(proof.doubled for proof in proofs),
            at_most(sum(uncertain)),
        ),
        Figure("  uncertain per kill", sum(uncertain) / len(uncertain)),
        Figure("  uncertain at most", max(uncertain), at_most(max(proof.in_flight for proof in proofs))),
        Figure("  flood errors", sum(proof.floods for proof in proofs), at_most(0)),
        Figure("  most in one second", max(proof.most_in_one_second for proof in proofs), at_most(RATE)),
        Figure("  until messages came again, at most", max(pauses, default=0.0), at_most(15), "s"),
    ]


if __name__ == "__main__":
    run(measure)
