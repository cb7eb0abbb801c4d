"""The harness itself: small broadcasts by the real sender, so that a benchmark does not break unseen."""

from __future__ import annotations

from pathlib import Path

from benchmarks import kills
from benchmarks.deliveries import deliver
from benchmarks.ledger_process import LedgerJob, measure
from benchmarks.receiver.conditions import Conditions, Faults

QUICKLY = Conditions(rate=500, median=0.01, slow=0.02)


def test_a_broadcast_is_counted_on_both_sides_and_answers_to_commands_are_told_apart() -> None:
    delivery = deliver(60, QUICKLY, commands=20.0)
    assert (delivery.lost, delivery.doubled_silently, len(delivery.copies)) == (0, 0, 60)
    assert delivery.counted["messages"] == 60 + len(delivery.sender.waits)
    assert 1 <= delivery.sender.in_flight <= 60
    assert delivery.cpu > 0


def test_a_reader_whose_answer_was_lost_is_told_apart_from_one_who_was_doubled_silently() -> None:
    faults = Faults(reset_after=0.2, blocked=0.1)
    delivery = deliver(40, Conditions(rate=500, median=0.01, slow=0.02, faults=faults), groups=2)
    assert (delivery.lost, delivery.doubled_silently) == (0, 0)
    assert delivery.counted["replies_lost"] >= delivery.counted["doubled"] > 0


def test_the_kills_of_a_broadcast_are_counted_with_what_they_left() -> None:
    proof = kills.one_worker(900, kills=1, seed=3, lease=2.0)
    assert (proof.lost, proof.doubled_silently, proof.floods) == (0, 0, 0)
    assert len(proof.uncertain) == 1
    assert proof.doubled <= proof.uncertain[0]


def test_the_cost_of_the_ledger_is_told_for_one_message(sqlite_template: Path, tmp_path: Path) -> None:
    path = tmp_path / "paper.db"
    path.write_bytes(sqlite_template.read_bytes())
    cost = measure(LedgerJob(f"sqlite:///{path}", 500, 1000))
    assert cost.server == 0
    assert 0 < cost.cpu < 0.01
    assert cost.row > 50
