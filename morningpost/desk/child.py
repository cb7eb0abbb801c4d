"""A process of our own that works beside the paper, and never outlives the wish for what it does."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


@asynccontextmanager
async def child(module: str, *, answers: bool = False) -> AsyncIterator[Process]:
    """``python -m module`` with a pipe to its input, and from its output if it ``answers``; killed when left early."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        module,
        stdin=PIPE,
        stdout=PIPE if answers else None,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        start_new_session=True,  # Ctrl-C is for the parent, who ends this one
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
