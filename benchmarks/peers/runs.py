"""Peers run one at a time or side by side, each in a process of its own against a receiver of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.machine import HOME, OTHERS, SENDERS, pinned
from benchmarks.peers.job import PeerJob, PeerResult
from benchmarks.receiver.conditions import Conditions, Mode
from benchmarks.receiver.process import receiving
from benchmarks.sample import FRONT_PAGE


@dataclass(frozen=True, slots=True)
class PeerRun:
    """Both sides of one broadcast by a peer."""

    name: str
    readers: int
    asked_rate: int
    result: PeerResult
    counted: Mapping[str, Any]

    @property
    def cpu(self) -> float:
        """Seconds for 1,000 messages."""
        return self.result.cpu / self.readers * 1000

    @property
    def rate(self) -> float:
        """Messages a second, from the first to the last."""
        return float(self.counted["rate"])


def run_peer(name: str, readers: int, conditions: Conditions, *, alone: bool = False) -> PeerRun:
    """Let a peer send to so many readers. ``alone``: on a core of its own."""
    sender_core, other_core = (SENDERS, OTHERS) if alone else (None, None)
    with receiving(conditions, other_core) as receiver:
        job = PeerJob(name, receiver.address, receiver.token, readers, conditions.rate, FRONT_PAGE)
        command = pinned([sys.executable, "-m", "benchmarks.peers", job.to_json()], sender_core)
        told = subprocess.run(command, cwd=HOME, check=True, stdout=subprocess.PIPE, text=True).stdout
        return PeerRun(name, readers, conditions.rate, PeerResult(**json.loads(told)), receiver.counted())


def without_limits(name: str, readers: int) -> PeerRun:
    """What a peer takes when nothing holds it up: no limit, no latency, a core of its own."""
    return run_peer(name, readers, Conditions(mode=Mode.OFF, median=0.0), alone=True)


def bare_aiogram_cpu(readers: int) -> float:
    """Seconds of CPU that aiogram takes for 1,000 messages: the measure of all costs here."""
    return without_limits("aiogram, bare", readers).cpu
