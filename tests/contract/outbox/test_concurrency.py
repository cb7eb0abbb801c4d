"""Workers at the same moment on one ledger: every row to one of them, and never more than the rate."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from domain.ledger import Ask, Hold, Lease, Settlement, WorkerId
from storage.database import Database
from storage.outbox import Outbox, Rules
from tests.contract.outbox.ledgers import DAY, HORIZON, Town

READERS = 150


def test_workers_at_the_same_moment_share_the_rows_and_double_none(town: Town, database_url: str) -> None:
    town.rules = Rules(rate=10_000)
    town.issue_for(*range(1, READERS + 1))
    begin = threading.Barrier(4)

    def work(name: str) -> list[Lease]:
        database = Database.open(database_url)
        outbox = Outbox(database, 1, town.rules)
        leases: list[Lease] = []
        settlements: list[Settlement] = []
        begin.wait()
        while True:
            tick = outbox.tick(Ask(WorkerId(name), town.now, settlements, 7, HORIZON))
            leases += tick.leases
            settlements = town.send_all(tick.leases)
            if not tick.leases:
                database.close()
                return leases

    with ThreadPoolExecutor(4) as pool:
        shares = list(pool.map(work, ["ann", "bob", "cid", "dee"]))
    taken = [lease.chat_id for share in shares for lease in share]
    assert sorted(taken) == list(range(1, READERS + 1))
    assert set(town.states().values()) == {"sent"}


def test_workers_at_the_same_moment_hold_no_more_than_the_rate(town: Town, database_url: str) -> None:
    town.rules = Rules(rate=9)
    town.issue_for(*range(1, READERS + 1))
    begin = threading.Barrier(4)
    held: list[int] = []

    def work(name: str) -> None:
        database = Database.open(database_url)
        outbox = Outbox(database, 1, town.rules)
        begin.wait()
        for _ in range(6):
            outbox.tick(Ask(WorkerId(name), town.now, (), 2, HORIZON, Hold(wanted=5)))
            held.append(sum(share[0] for share in town.gate().holders.values()))
        database.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, ["ann", "bob", "cid", "dee"]))
    assert max(held) == 9


def test_pressing_at_the_same_moment_opens_one_broadcast(town: Town, database_url: str) -> None:
    town.publish()
    town.subscribe(*range(1, READERS + 1))
    begin = threading.Barrier(4)

    def press(_: int) -> int:
        database = Database.open(database_url)
        begin.wait()
        broadcast = Outbox(database, 1).open_issue(DAY, at=datetime.now(UTC), now=True)
        database.close()
        return broadcast.id

    with ThreadPoolExecutor(4) as pool:
        opened = set(pool.map(press, range(4)))
    assert len(opened) == 1
    assert len(town.rows()) == READERS
