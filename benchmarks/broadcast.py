"""How fast a broadcast goes, as a share of Telegram's limit, what goes wrong, and what it costs.

    python -m benchmarks.broadcast [--quick] [--strict]

Round trips of 50 ms in the median and 250 ms in one of a hundred; messages of 1,500 characters. The broadcasts at 30/s
run side by side; those at 1,000/s one after another, the sender on one core, everything else on the other.
"""

from __future__ import annotations

from functools import partial

from benchmarks.databases import postgresql
from benchmarks.deliveries import Delivery, at_once, deliver
from benchmarks.ledgers import uncertain
from benchmarks.peers.runs import bare_aiogram_cpu
from benchmarks.receiver.conditions import Conditions, Faults, Mode
from benchmarks.reports import Figure, Report, at_least, at_most, run

FREE, PAID = 30, 1000
LOWERED_TO, LOWERED_AT = 10, 10.0
#: After a fall of the limit the pace may take so long to find the new one, seconds.
FINDS_ITS_PACE = 10.0
SHARES = Faults(reset_before=0.01, reset_after=0.01, server_errors=0.02, blocked=0.03, outage_at=5.0)


def measure(quick: bool) -> Report:
    """Everything that is promised of a broadcast."""
    readers = 600 if quick else 3000
    strict, bucket, lowered, faults = at_once(
        partial(deliver, readers, Conditions(rate=FREE)),
        partial(deliver, readers, Conditions(rate=FREE, mode=Mode.BUCKET)),
        partial(deliver, 420 if quick else 700, Conditions(rate=FREE, faults=_lowered())),
        partial(_with_faults, 600 if quick else 3000, 10.0 if quick else 60.0),
    )
    paid = Conditions(rate=PAID)
    on_sqlite = deliver(10_000 if quick else 60_000, paid, pinned=True)
    figures = [*_at_thirty(strict, bucket), *_paid(on_sqlite)]
    with postgresql() as server:
        on_postgresql = deliver(5_000 if quick else 20_000, paid, server=server, pinned=True) if server else None
    figures += _costs(on_sqlite, on_postgresql, bare_aiogram_cpu(2_000 if quick else 5_000))
    return Report("A broadcast", [*figures, *_adversity(lowered, faults)])


def _lowered() -> Faults:
    return Faults(lowered_at=LOWERED_AT, lowered_to=LOWERED_TO)


def _with_faults(readers: int, outage: float) -> Delivery:
    faults = Faults(
        SHARES.reset_before, SHARES.reset_after, SHARES.server_errors, SHARES.blocked, SHARES.outage_at, outage
    )
    return deliver(readers, Conditions(rate=100, faults=faults), groups=readers // 200)


def _at_thirty(strict: Delivery, bucket: Delivery) -> list[Figure]:
    return [
        Figure("30/s, never more in any second: share of the limit", strict.share, at_least(0.93), "%"),
        Figure("  flood errors", strict.counted["floods"], at_most(0)),
        Figure("  most in one second", strict.counted["most_in_one_second"], at_most(FREE)),
        Figure("  in flight at most", strict.sender.in_flight),
        Figure("  CPU of the sender, share of a core", strict.sender.cpu / strict.sender.seconds, unit="%"),
        Figure("30/s, read as a bucket by both sides: share of the limit", bucket.share, at_least(0.97), "%"),
        Figure("  flood errors", bucket.counted["floods"], at_most(2)),
    ]


def _paid(paid: Delivery) -> list[Figure]:
    return [
        Figure(f"1,000/s, {paid.readers:,} readers, one core: share of the limit", paid.share, at_least(0.90), "%"),
        Figure("  flood errors", paid.counted["floods"], at_most(0)),
        Figure("  most in one second", paid.counted["most_in_one_second"], at_most(PAID)),
        Figure("  in flight at most", paid.sender.in_flight),
        Figure("  peak memory", paid.sender.memory, at_most(200), "MB"),
    ]


def _costs(on_sqlite: Delivery, on_postgresql: Delivery | None, aiogram: float) -> list[Figure]:
    figures = [
        Figure("CPU for 1,000 messages, ledger included, SQLite", on_sqlite.cpu, at_most(0.16), "s"),
        Figure("  of what aiogram takes for bare sending", on_sqlite.cpu / aiogram, at_most(0.5), "%"),
    ]
    if on_postgresql is not None:
        figures += [
            Figure("CPU for 1,000 messages, ledger included, PostgreSQL", on_postgresql.cpu, at_most(0.20), "s"),
            Figure("  with that of the server", on_postgresql.whole_cpu, unit="s"),
            Figure("  of what aiogram takes for bare sending", on_postgresql.cpu / aiogram, at_most(0.5), "%"),
            Figure("  share of the limit of 1,000/s", on_postgresql.share, unit="%"),
        ]
    return figures


def _adversity(lowered: Delivery, faults: Delivery) -> list[Figure]:
    after = lowered.rate_since(LOWERED_AT + FINDS_ITS_PACE) / LOWERED_TO
    return [
        Figure("limit lowered to 10/s at 30/s: lost", lowered.lost, at_most(0)),
        Figure("  flood errors", lowered.counted["floods"], at_most(19)),
        Figure("  sent though told to wait", lowered.counted["ignored"], at_most(0)),
        Figure("  share of the new limit, from 10 s after", after, at_least(0.90), "%"),
        Figure("faults of every kind, 100/s: lost", faults.lost, at_most(0)),
        Figure("  doubled", faults.counted["doubled"], at_most(faults.counted["replies_lost"])),
        Figure("  doubled though no answer was lost", faults.doubled_silently, at_most(0)),
        Figure("  left to an admin (groups are never sent it again)", uncertain(faults.ledger)),
        Figure("  longer than without the outage and faults", _delay(faults), unit="s"),
    ]


def _delay(faults: Delivery) -> float:
    return faults.moments[-1] - faults.moments[0] - faults.readers / faults.asked_rate


if __name__ == "__main__":
    run(measure)
