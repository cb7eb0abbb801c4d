"""The machine that is measured on: its cores, the memory and the time that a process took, and what to call it."""

from __future__ import annotations

import os
import platform
import resource
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
#: One core for who is measured, the other for everyone else; where there is only one, or no pinning, they share.
SENDERS, OTHERS = 0, 1


def pinned(command: Sequence[str], core: int | None) -> list[str]:
    """The command, kept to one core where the system can do that."""
    tool = shutil.which("taskset")
    if core is None or tool is None or core >= (os.cpu_count() or 1):
        return list(command)
    return [tool, "-c", str(core), *command]


@contextmanager
def kept_to(core: int) -> Iterator[None]:
    """Keep this process to one core meanwhile, where the system can do that."""
    if not hasattr(os, "sched_setaffinity") or (os.cpu_count() or 1) <= core:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def peak_memory() -> float:
    """The most memory that this process has held (MB); the system's own count begins with what its parent held."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024


def cpu_of(pid: int, *, reaped: bool = False) -> float:
    """Seconds of CPU that another process took so far, with those of its children that have ended; Linux."""
    fields = _stat(pid)
    return sum(int(field) for field in fields[11 : 15 if reaped else 13]) / os.sysconf("SC_CLK_TCK")


def cpu_of_children(pid: int) -> float:
    """Seconds of CPU of the children that live; Linux."""
    total = 0.0
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended while we looked
            if int(_stat(int(folder.name))[1]) == pid:
                total += cpu_of(int(folder.name))
    return total


def busy(pid: int) -> float:
    """Seconds that the main thread of a process was on a core, to the microsecond; Linux."""
    return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9


def _stat(pid: int) -> list[str]:
    """What the system tells of a process, from its state on."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()


def description() -> str:
    """What a reader of figures must know: cores, processor family, Python, system."""
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()}, "
        f"{platform.python_implementation()} {platform.python_version()}"
    )


def load() -> float:
    """How busy the machine was in the last minute: 0 is idle, as many as it has cores is full."""
    return os.getloadavg()[0]
