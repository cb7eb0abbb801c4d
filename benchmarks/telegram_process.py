"""The local Telegram as a process for benchmarks: prints its address and token, and tells what it counted."""

from __future__ import annotations

import json
import sys
import threading
from dataclasses import asdict

from starlette.types import Receive, Scope, Send

from sandbox.serving import Serving
from sandbox.telegram.faults import Latency
from sandbox.telegram.limits import Limits
from sandbox.telegram.sandbox import SandboxTelegram

#: How much the slowest call in a hundred takes longer than the median one.
SPREAD = 5.0


class Counted:
    """The Bot API, and what it counted at ``/statistics``."""

    def __init__(self, telegram: SandboxTelegram) -> None:
        self._telegram = telegram

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call."""
        if scope["type"] != "http" or scope["path"] != "/statistics":
            await self._telegram(scope, receive, send)
            return
        told = {**asdict(self._telegram.statistics), "rate": self._telegram.statistics.rate}
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": json.dumps(told).encode()})


def main(readers: int, rate: int, median: float) -> None:
    """Serve until terminated."""
    telegram = SandboxTelegram(limits=Limits(per_second=rate))
    telegram.faults.latency = Latency(median, median * SPREAD) if median else None
    for reader in range(1, readers + 1):
        telegram.user(reader).start()
    with Serving(Counted(telegram)) as serving:
        print(serving.url, telegram.token, flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main(**json.loads(sys.argv[1]))
