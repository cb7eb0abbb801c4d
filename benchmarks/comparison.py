"""The same broadcast by us and by our peers, in the same run: ``python -m benchmarks.comparison [--quick]``.

At 30/s all of them side by side, each against a receiver of its own; at 1,000/s, and for the bare cost of a message,
one after another on a core of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from benchmarks.deliveries import Delivery, deliver
from benchmarks.peers.runs import PeerRun, run_peer, without_limits
from benchmarks.receiver.conditions import Conditions
from benchmarks.reports import Figure, Report, Table, at_least, run

FREE, PAID = 30, 1000
AT_THIRTY = (
    "python-telegram-bot, one by one",
    "python-telegram-bot, AIORateLimiter",
    "aiogram, as its docs advise",
    "aiogram, 30 workers",
)
AT_A_THOUSAND = ("python-telegram-bot, AIORateLimiter", "aiogram, 30 workers")
BARE = ("python-telegram-bot, one by one", "python-telegram-bot, gather", "aiogram, bare")
HEADS = ("sender", "messages/s", "of the limit", "flood errors", "ignored", "lost", "CPU s / 1,000")


def measure(quick: bool) -> Report:
    """Everyone in turn."""
    readers, many = (120, 600) if quick else (450, 2000)
    ours, *peers = _side_by_side(readers)
    paid_ours = deliver(5 * many, Conditions(rate=PAID), pinned=True)
    paid = [run_peer(name, many, Conditions(rate=PAID), alone=True) for name in AT_A_THOUSAND]
    bare = [without_limits(name, many) for name in BARE]
    obedient = [peer.rate for peer in peers if not peer.counted["floods"]]
    figures = [
        Figure("30/s: times as fast as the fastest peer without flood errors", _times(ours, obedient), at_least(1.0)),
        Figure("  as the fastest at all", _times(ours, [peer.rate for peer in peers])),
        Figure("1,000/s: times as fast as the fastest peer", _times(paid_ours, [peer.rate for peer in paid])),
    ]
    tables = (
        Table(f"30 in any second, {readers} readers", HEADS, (_own(ours), *map(_theirs, peers))),
        Table(f"1,000 in any second, {many:,} readers, one core", HEADS, (_own(paid_ours), *map(_theirs, paid))),
        Table(f"The cost of a message: no limit, no latency, {many:,} readers, one core", _COST, _costs(bare)),
    )
    return Report("Ours against theirs", figures, tables)


_COST = ("sender", "messages/s", "CPU s / 1,000")


def _side_by_side(readers: int) -> tuple[Delivery, *tuple[PeerRun, ...]]:
    conditions = Conditions(rate=FREE)
    with ThreadPoolExecutor(len(AT_THIRTY) + 1) as pool:
        ours = pool.submit(deliver, readers, conditions)
        peers = [pool.submit(partial(run_peer, name, readers, conditions)) for name in AT_THIRTY]
        return (ours.result(), *(peer.result() for peer in peers))


def _times(ours: Delivery, rates: Sequence[float]) -> float:
    return float(ours.counted["rate"]) / max(rates)


def _own(ours: Delivery) -> tuple[str, ...]:
    counted = ours.counted
    return (
        "**The AI Morning Post**, ledger included",
        f"{counted['rate']:.1f}",
        f"{ours.share:.0%}",
        f"{counted['floods']:,}",
        str(counted["ignored"]),
        str(ours.lost),
        f"{ours.cpu:.2f}",
    )


def _theirs(peer: PeerRun) -> tuple[str, ...]:
    return (
        peer.name,
        f"{peer.rate:.1f}",
        f"{peer.rate / peer.asked_rate:.0%}",
        f"{peer.counted['floods']:,}",
        str(peer.counted["ignored"]),
        str(peer.readers - peer.counted["messages"]),
        f"{peer.cpu:.2f}",
    )


def _costs(bare: list[PeerRun]) -> tuple[tuple[str, ...], ...]:
    return tuple((peer.name, f"{peer.rate:,.0f}", f"{peer.cpu:.2f}") for peer in bare)


if __name__ == "__main__":
    run(measure)
