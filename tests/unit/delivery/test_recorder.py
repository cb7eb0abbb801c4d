"""The flight recorder: what a killed worker had begun, and how it ended, is found by its successor."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from delivery.recorder import FlightRecorder, Wreck
from domain.deliveries import BroadcastId, Delayed, DeliveryId, Outcome, Refused, Sent, Unknown
from domain.editions import Style
from domain.ledger import Form, Lease, WorkerId
from domain.readers import ChatId, ChatKind

NOW = datetime(2026, 7, 4, 6, 30, tzinfo=UTC)
ANN, BOB = WorkerId("host.example-1-a"), WorkerId("host.example-2-b")
FORM = Form(BroadcastId(1), date(2026, 7, 4), Style.CLASSIC)


def lease(delivery: int, attempt: int = 1) -> Lease:
    until = NOW + timedelta(minutes=1)
    return Lease(DeliveryId(delivery), attempt, FORM, ChatId(delivery), ChatKind.PRIVATE, False, NOW, until)


def recorder(folder: Path | None, worker: WorkerId = ANN) -> FlightRecorder:
    opened = FlightRecorder(folder, worker, lambda: NOW)
    opened.open()
    return opened


@pytest.fixture
def bob(tmp_path: Path) -> Iterator[FlightRecorder]:
    """The successor, who looks around."""
    opened = recorder(tmp_path, BOB)
    yield opened
    opened.close()


def die(killed: FlightRecorder) -> None:
    """As a kill does: the lock falls with the process, the file stays."""
    os.close(killed._file or 0)
    killed._file = None


def outcomes(wrecks: Iterator[Wreck]) -> dict[WorkerId, dict[int, Outcome]]:
    return {wreck.worker: {each.delivery: each.outcome for each in wreck.settlements} for wreck in wrecks}


def test_a_worker_that_lives_is_no_wreck(tmp_path: Path, bob: FlightRecorder) -> None:
    ann = recorder(tmp_path)
    ann.begun(lease(1))
    assert list(bob.wrecks()) == []
    ann.close()


def test_a_worker_that_ended_in_order_leaves_nothing(tmp_path: Path, bob: FlightRecorder) -> None:
    ann = recorder(tmp_path)
    ann.begun(lease(1))
    ann.close()
    assert list(bob.wrecks()) == []
    assert [path.name for path in tmp_path.iterdir()] == [f"{BOB}.flights"]


def test_what_was_answered_is_known_and_only_what_was_under_way_is_not(tmp_path: Path, bob: FlightRecorder) -> None:
    ann = recorder(tmp_path)
    for delivery in (1, 2, 3, 4):
        ann.begun(lease(delivery))
    ann.ended(lease(1), Sent(77))
    ann.ended(lease(2), Refused("bot was blocked by the user"))
    ann.ended(lease(3), Unknown("timed out"))
    die(ann)
    found = outcomes(bob.wrecks())[ANN]
    assert found[1] == Sent(77)
    assert isinstance(found[2], Delayed)  # not delivered: it is tried again, and refused again
    assert isinstance(found[3], Unknown)
    assert isinstance(found[4], Unknown)


def test_a_wreck_is_told_again_until_it_is_taken_away(tmp_path: Path, bob: FlightRecorder) -> None:
    ann = recorder(tmp_path)
    ann.begun(lease(1))
    die(ann)
    assert len(list(bob.wrecks())) == 1
    for wreck in bob.wrecks():
        wreck.path.unlink()
    assert list(bob.wrecks()) == []


def test_two_successors_do_not_take_the_same_wreck(tmp_path: Path, bob: FlightRecorder) -> None:
    ann, eve = recorder(tmp_path), recorder(tmp_path, WorkerId("eve"))
    ann.begun(lease(1))
    die(ann)
    first = bob.wrecks()
    assert next(first).worker == ANN
    assert list(eve.wrecks()) == []
    eve.close()
    first.close()  # type: ignore[attr-defined]  # a generator: it holds the wreck until then


def test_a_record_that_was_cut_off_is_left_out(tmp_path: Path, bob: FlightRecorder) -> None:
    ann = recorder(tmp_path)
    ann.begun(lease(1))
    ann.ended(lease(1), Sent(5))
    die(ann)
    with (tmp_path / f"{ANN}.flights").open("ab") as file:
        file.write(b"b\x07")
    assert outcomes(bob.wrecks()) == {ANN: {1: Sent(5)}}


def test_a_long_file_is_shortened_to_what_the_ledger_does_not_know(tmp_path: Path, bob: FlightRecorder) -> None:
    ann = recorder(tmp_path)
    for delivery in range(20_000):
        ann.begun(lease(delivery))
        ann.ended(lease(delivery), Sent(delivery + 1))
    ann.begun(lease(50_000))
    ann.written([lease(50_000)], [(lease(19_999), Sent(20_000))])
    assert (tmp_path / f"{ANN}.flights").stat().st_size < 100
    assert list(bob.wrecks()) == []  # the new file is as much ours as the old one
    ann.ended(lease(50_000), Sent(9))
    die(ann)
    assert outcomes(bob.wrecks()) == {ANN: {50_000: Sent(9), 19_999: Sent(20_000)}}


def test_a_folder_that_cannot_be_made_costs_no_message(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    ann = recorder(tmp_path / "file")
    ann.begun(lease(1))
    ann.ended(lease(1), Sent(1))
    ann.written([], [])
    ann.close()


def test_without_a_folder_nothing_is_kept() -> None:
    ann = recorder(None)
    ann.begun(lease(1))
    assert list(ann.wrecks()) == []
    ann.close()


_KILLED = """
import os, sys
from tests.unit.delivery.test_recorder import *
ann = recorder(Path(sys.argv[1]))
ann.begun(lease(1)); ann.begun(lease(2)); ann.ended(lease(1), Sent(3))
os.kill(os.getpid(), 9)
"""


def test_the_file_outlives_a_real_kill(tmp_path: Path, bob: FlightRecorder) -> None:
    subprocess.run([sys.executable, "-c", _KILLED, str(tmp_path)], check=False, timeout=30)
    found = outcomes(bob.wrecks())[ANN]
    assert found[1] == Sent(3)
    assert isinstance(found[2], Unknown)
