"""How soon `morningpost run` answers after its start, and what it costs while nothing happens.

    python -m benchmarks.idle

Starts the real command against a local Telegram, on a database that a first command has set up, presses /help at
once, then lets it idle for 20 seconds.
Goals: an answer within 2 s of the start, under 120 MB.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sandbox import sample
from sandbox.serving import Serving
from sandbox.sources import LocalSources
from sandbox.telegram import SandboxTelegram

IDLE_SECONDS = 20


def main() -> None:
    """Start, ask, idle, print."""
    telegram = SandboxTelegram()
    reader = telegram.user(1001, "Ada")
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
            "DATA_DIR": folder,
            "LOG_LEVEL": "warning",
        }
        command = str(Path(sys.executable).parent / "morningpost")
        subprocess.run([command, "status"], env=environ, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        reader.say("/help")
        began = time.perf_counter()
        with subprocess.Popen([command, "run"], env=environ, cwd=folder) as paper:
            try:
                telegram.wait_for(lambda: reader.received, 30)
                print(f"answered {time.perf_counter() - began:.2f} s after the start (goal: 2)")
                began_cpu = _cpu(paper.pid)
                time.sleep(IDLE_SECONDS)
                busy = (_cpu(paper.pid) - began_cpu) / IDLE_SECONDS
                print(f"idle: {_memory(paper.pid):.0f} MB resident (goal: under 120), {busy:.2%} of a core")
            finally:
                paper.terminate()
        print(f"ended with status {paper.returncode}")


def _memory(pid: int) -> float:
    """Resident memory in MB; Linux."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _cpu(pid: int) -> float:
    """Seconds of CPU so far; Linux."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
