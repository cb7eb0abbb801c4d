"""How long a reply waits for its turn while a broadcast runs: ``python -m benchmarks.replies [--quick] [--strict]``.

From the moment when the answer to a command is ready until it leaves for Telegram; commands come by chance.
"""

from __future__ import annotations

from functools import partial

from benchmarks.deliveries import Delivery, at_once, deliver
from benchmarks.receiver.conditions import Conditions
from benchmarks.reports import Figure, Report, at_most, run

FREE, PAID = 30, 1000
#: The longest that ninety-nine of a hundred replies may wait, seconds.
GOAL = 0.2


def measure(quick: bool) -> Report:
    """Few and many commands at both rates."""
    readers, few, many = (210, 35, 5_000) if quick else (3_000, 300, 15_000)
    calm, busy = at_once(
        partial(deliver, readers, Conditions(rate=FREE), commands=2.0),
        partial(deliver, few, Conditions(rate=FREE), commands=20.0),
    )
    paid = deliver(many, Conditions(rate=PAID), commands=20.0, pinned=True)
    return Report(
        "A reply's wait for its turn while a broadcast runs",
        [
            *_of("30/s, 2 commands a second", calm),
            *_of("30/s, 20 commands a second", busy),
            *_of("1,000/s, 20 commands a second", paid),
        ],
    )


def _of(title: str, delivery: Delivery) -> list[Figure]:
    waits = sorted(delivery.sender.waits)
    return [
        Figure(f"{title}: p99 of {len(waits)}", _quantile(waits, 0.99), at_most(GOAL), "s"),
        Figure("  p50", _quantile(waits, 0.5), unit="s"),
        Figure("  messages a second, replies included", delivery.counted["rate"]),
        Figure("  flood errors", delivery.counted["floods"], at_most(0)),
    ]


def _quantile(ordered: list[float], share: float) -> float:
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


if __name__ == "__main__":
    run(measure)
