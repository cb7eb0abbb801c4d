"""What a broadcast to a million costs before and beside the sending: ``python -m benchmarks.enqueue [--quick]``.

How long it takes to owe an issue to everybody at his hour, and what the ledger costs for one message while 500, 10,000,
100,000 and 1,000,000 are owed: a hundred rows settled and a hundred leased in each transaction.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from itertools import combinations

from benchmarks.databases import postgresql, sqlite
from benchmarks.ledger_process import LedgerCost, LedgerJob
from benchmarks.machine import HOME
from benchmarks.reports import Figure, Report, Table, at_most, run

MILLION = 1_000_000
#: Seconds in which an issue must be owed to a million, by engine.
GOALS = {"SQLite": 20.0, "PostgreSQL": 30.0}
HEADS = (
    "engine",
    "readers",
    "owed in s",
    "bytes a row",
    "a message in the ledger: CPU ms",
    "of the server",
    "by the clock",
    "peak MB",
)

Costs = Mapping[int, LedgerCost]


def measure(quick: bool) -> Report:
    """All sizes on both engines."""
    sizes = (500, 10_000, 100_000) if quick else (500, 10_000, 100_000, MILLION)
    found = {"SQLite": _costs(sqlite, sizes)}
    with postgresql() as server:
        if server is not None:
            found["PostgreSQL"] = _costs(server.database, sizes)
    figures = [figure for engine, costs in found.items() for figure in _figures(engine, costs)]
    rows = tuple(_row(engine, size, cost) for engine, costs in found.items() for size, cost in costs.items())
    return Report("A million readers", figures, [Table("The ledger by the number of readers", HEADS, rows)])


def _costs(new_database: Callable[[], AbstractContextManager[str]], sizes: tuple[int, ...]) -> Costs:
    costs: dict[int, LedgerCost] = {}
    for size in sizes:
        with new_database() as url:
            command = [
                sys.executable,
                "-m",
                "benchmarks.ledger_process",
                json.dumps(asdict(LedgerJob(url, size, 5_000))),
            ]
            told = subprocess.run(command, cwd=HOME, check=True, stdout=subprocess.PIPE, text=True).stdout
            costs[size] = LedgerCost(**json.loads(told))
    return costs


def growth(costs: Sequence[float]) -> float:
    """The largest ratio of a cost to one of fewer readers: 1 where it never grows.

    A broadcast so small that its first transactions weigh costs more for each message; that is no growth.
    """
    return max((later / earlier for earlier, later in combinations(costs, 2)), default=1.0)


def _figures(engine: str, costs: Costs) -> list[Figure]:
    largest = max(costs)
    return [
        Figure(
            f"{engine}: an issue is owed to {largest:,}",
            costs[largest].opening,
            at_most(GOALS[engine] * largest / MILLION),
            "s",
        ),
        Figure("  peak memory", max(cost.memory for cost in costs.values()), at_most(200), "MB"),
        Figure(
            f"  CPU of a message in the ledger, {min(costs):,} to {largest:,} owed: grows at most",
            growth([costs[size].cpu + costs[size].server for size in sorted(costs)]),
            at_most(1.2),
        ),
    ]


def _row(engine: str, size: int, cost: LedgerCost) -> tuple[str, ...]:
    return (
        engine,
        f"{size:,}",
        f"{cost.opening:.2f}",
        f"{cost.row:.0f}",
        f"{cost.cpu * 1000:.3f}",
        f"{cost.server * 1000:.3f}",
        f"{cost.clock * 1000:.3f}",
        f"{cost.memory:.0f}",
    )


if __name__ == "__main__":
    run(measure)
