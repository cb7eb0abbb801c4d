"""``python -m benchmarks.peers JOB``: send as one peer does, and print what it took."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from dataclasses import asdict

os.environ.setdefault("PTB_TIMEDELTA", "1")

from benchmarks.machine import peak_memory
from benchmarks.peers.job import PeerJob, PeerResult
from benchmarks.peers.senders import PEERS


def main(job: PeerJob) -> PeerResult:
    """Send it."""
    began, used = time.perf_counter(), time.process_time()
    lost = asyncio.run(PEERS[job.name](job))
    return PeerResult(time.perf_counter() - began, time.process_time() - used, peak_memory(), lost)


if __name__ == "__main__":
    print(json.dumps(asdict(main(PeerJob(**json.loads(sys.argv[1]))))))
