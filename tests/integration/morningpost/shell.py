"""A shell with the settings of a sandbox: what tests of the command line type into."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sandbox import sample
from sandbox.sources import LocalSources
from sandbox.telegram import SandboxTelegram

ADMIN = 42


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended: its exit status, and what it printed where."""

    status: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Shell:
    """A shell with the settings of a sandbox."""

    run: Callable[..., Ran]
    telegram: SandboxTelegram
    sources: LocalSources
    folder: Path


def print_a_paper(shell: Shell) -> None:
    """Live through the sample's last mornings up to a draft of the last."""
    for morning in sample.mornings()[-2:]:
        shell.sources.turn_to(morning)
        assert shell.run("collect", "--at", morning.at.isoformat()).status == 0
    assert shell.run("assemble", "--date", "2026-08-22").status == 0
