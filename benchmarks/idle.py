"""How soon `morningpost run` answers, what it costs while nothing happens, and what a morning costs beside that.

    python -m benchmarks.idle

Starts the real command against a local Telegram and local sources, on a database that a first command has set up, and
presses /help at once. The morning's times are past, so it collects, assembles and publishes first; then it idles for
20 seconds. Goals: an answer within 2 s of the start, under 120 MB after the morning.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from sandbox import sample
from sandbox.serving import Serving
from sandbox.sources import LocalSources
from sandbox.telegram import Chat, SandboxTelegram

IDLE_SECONDS = 20
QUESTIONS = 20
LONGEST_MORNING = 60
CHANNEL = "@sample_morning_post"


@dataclass(frozen=True, slots=True)
class Bench:
    """The paper's process and who watches it."""

    pid: int
    telegram: SandboxTelegram
    channel: Chat
    numbers: Iterator[int]

    def answer(self) -> float:
        """Seconds from a question to its answer; somebody else asks each time, for a chat gets one message a second."""
        reader = self.telegram.user(next(self.numbers))
        began = time.perf_counter()
        reader.say("/help")
        self.telegram.wait_for(lambda: reader.received, 30)
        return time.perf_counter() - began

    def live_the_morning(self) -> tuple[float, float]:
        """Ask until the issue is in the channel: the slowest answer (seconds), and what the desk held at most (MB)."""
        slowest = held = 0.0
        deadline = time.monotonic() + LONGEST_MORNING
        while not self.channel.messages:
            if time.monotonic() > deadline:
                raise TimeoutError(f"no issue came within {LONGEST_MORNING} s: what the paper logs says why")
            slowest = max(slowest, self.answer())
            held = max([held, *map(_memory, _children(self.pid))])
            time.sleep(0.02)
        return slowest, held


@contextmanager
def _paper_at_work() -> Iterator[Bench]:
    telegram = SandboxTelegram()
    channel = telegram.channel(CHANNEL, "The AI Morning Post")
    sources = LocalSources(sample.mornings())
    with tempfile.TemporaryDirectory() as folder, Serving(telegram) as serving, Serving(sources) as source_server:
        feeds = Path(folder) / "feeds.toml"
        feeds.write_text(sources.feeds_toml(source_server.url), encoding="utf-8")
        environ = {
            **os.environ,
            **sources.addresses(source_server.url),
            "FEEDS_FILE": str(feeds),
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": serving.url,
            "TELEGRAM_CHANNEL": CHANNEL,
            "PAPER_TIMEZONE": _noon_zone(),
            "DATA_DIR": folder,
            "LOG_LEVEL": "warning",
        }
        command = str(Path(sys.executable).parent / "morningpost")
        subprocess.run([command, "status"], env=environ, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        with subprocess.Popen([command, "run"], env=environ, cwd=folder) as paper:
            try:
                yield Bench(paper.pid, telegram, channel, count(1001))
            finally:
                paper.terminate()
        print(f"ended with status {paper.returncode}")


def main() -> None:
    """Start, ask, live a morning, idle, print."""
    with _paper_at_work() as bench:
        print(f"answered {bench.answer():.2f} s after the start (goal: 2)")
        slowest, held = bench.live_the_morning()
        print(f"the morning: {held:.0f} MB for the desk while it works, slowest answer {slowest * 1000:.0f} ms")
        time.sleep(1)
        began_cpu = _cpu(bench.pid)
        time.sleep(IDLE_SECONDS)
        busy = (_cpu(bench.pid) - began_cpu) / IDLE_SECONDS
        print(f"idle after it: {_memory(bench.pid):.0f} MB resident (goal: under 120), {busy:.2%} of a core")
        answers = [bench.answer() for _ in range(QUESTIONS)]
        print(
            f"answers at idle: median {statistics.median(answers) * 1000:.0f} ms, slowest {max(answers) * 1000:.0f} ms"
        )


def _noon_zone() -> str:
    """A zone where it is about noon, so that the morning's times are past."""
    offset = 12 - datetime.now(UTC).hour
    return f"Etc/GMT{-offset:+d}" if offset else "Etc/GMT"


def _children(pid: int) -> list[int]:
    """The processes that a process has started; Linux."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text(encoding="ascii").split()]


def _memory(pid: int) -> float:
    """Resident memory in MB, 0 for a process that has gone; Linux."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except FileNotFoundError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _cpu(pid: int) -> float:
    """Seconds of CPU so far; Linux."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
