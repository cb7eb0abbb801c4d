"""The sandbox as a process of its own: ``python -m sandbox``.

When it is ready it prints one line of JSON: ``{"telegram", "page", "token", "sources", "feeds", "settings"}``, where
``settings`` are the environment variables that point the paper at it. SIGTERM and Ctrl-C end it with status 0.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import signal
import sys
import tempfile
import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from sandbox import replay, sample
from sandbox.serving import Serving
from sandbox.sources import LocalSources, Morning
from sandbox.telegram import PAID, TELEGRAM, TOKEN, UNLIMITED, Latency, Limits, SandboxTelegram

_LIMITS: Final = {"telegram": TELEGRAM, "paid": PAID, "none": UNLIMITED}


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until told to stop; the exit status."""
    given = _parser().parse_args(arguments)
    telegram = SandboxTelegram(token=given.token, chance=random.Random(given.seed), limits=given.limit)  # noqa: S311
    telegram.faults.latency = given.latency
    try:
        with contextlib.ExitStack() as stack:
            stopped = _stop_on_signals()
            server = stack.enter_context(Serving(telegram, port=given.port))
            told = {"telegram": server.url, "page": f"{server.url}/", "token": given.token}
            if given.sources is not None:
                told |= _serve_sources(stack, given)
            sys.stdout.write(json.dumps(told | {"settings": _settings(told)}) + "\n")
            sys.stdout.flush()
            stopped.wait()
    except (FileNotFoundError, LookupError, OSError, ValueError) as wrong:
        sys.stderr.write(f"the sandbox cannot start: {wrong}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A local Telegram and local sources.")
    parser.add_argument("--port", type=int, default=0, help="port of the Telegram and its page (0: a free one)")
    parser.add_argument("--token", default=TOKEN, help="the bot's token")
    parser.add_argument("--seed", type=int, default=7, help="what chance begins with: same seed, same faults")
    parser.add_argument(
        "--latency", type=_latency, metavar="P50,P99", help="seconds that a call takes, log-normal, as in 0.06,0.3"
    )
    parser.add_argument(
        "--limit",
        type=_limits,
        default=UNLIMITED,
        metavar="LIMIT",
        help="flood limits: telegram, paid, none, or messages a second (default none)",
    )
    parser.add_argument("--sources", metavar="WORLD", help="local sources, too: sample, or a folder of recordings")
    parser.add_argument("--sources-port", type=int, default=0, help="their port (0: a free one)")
    parser.add_argument("--first", type=date.fromisoformat, help="first recorded day, as in 2026-06-15")
    parser.add_argument("--last", type=date.fromisoformat, help="last recorded day (default: the first)")
    return parser


def _latency(written: str) -> Latency:
    p50, _, p99 = written.partition(",")
    try:
        return Latency(float(p50), float(p99 or p50))
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(f"{written!r} is not seconds as in 0.06,0.3") from wrong


def _limits(written: str) -> Limits:
    if written in _LIMITS:
        return _LIMITS[written]
    try:
        return Limits(per_second=int(written))
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(f"{written!r} is neither telegram, paid, none nor a number") from wrong


def _serve_sources(stack: contextlib.ExitStack, given: argparse.Namespace) -> dict[str, Any]:
    sources = LocalSources(_world(given))
    server = stack.enter_context(Serving(sources, port=given.sources_port))
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="sandbox-"))
    feeds = Path(folder) / "feeds.toml"
    feeds.write_text(sources.feeds_toml(server.url), encoding="utf-8")
    return {"sources": server.url, "feeds": str(feeds)}


def _world(given: argparse.Namespace) -> Sequence[Morning]:
    if given.sources == "sample":
        return sample.mornings()
    if given.first is None:
        raise ValueError("recordings need --first DATE, and --last DATE for more than a day")
    return tuple(replay.mornings(Path(given.sources), given.first, given.last or given.first))


def _settings(told: dict[str, Any]) -> dict[str, str]:
    settings = {"TELEGRAM_BOT_TOKEN": told["token"], "TELEGRAM_API_URL": told["telegram"]}
    if "sources" in told:
        settings |= LocalSources.addresses(told["sources"]) | {"FEEDS_FILE": told["feeds"]}
    return settings


def _stop_on_signals() -> threading.Event:
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    return stopped


if __name__ == "__main__":
    sys.exit(main())
