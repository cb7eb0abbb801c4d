"""The time zone of a place, asked of a process of its own: the maps of the world take 34 MB, which end with it."""

from __future__ import annotations

import asyncio
import math
import sys

import structlog

from bot.subscribers.zones import is_zone

log = structlog.get_logger()

#: Coordinates come by standard input: other users of the machine can read arguments, and nothing is written down.
_QUESTION = "import sys, tzfpy; print(tzfpy.get_tz(*map(float, sys.stdin.read().split())))"

#: Seconds for an answer; it takes 0.4.
_PATIENCE = 10.0


async def zone_at(latitude: float, longitude: float) -> str | None:
    """The IANA zone of a place in degrees; None on the high seas, and where there is no such place."""
    if not (math.isfinite(latitude) and math.isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180):
        return None
    asked = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        "-c",
        _QUESTION,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        said, _ = await asyncio.wait_for(asked.communicate(f"{longitude} {latitude}".encode()), _PATIENCE)
    except TimeoutError:
        asked.kill()
        await asked.wait()
        log.warning("zone.not_found", reason="the maps took too long")
        return None
    zone = said.decode().strip()
    return zone if is_zone(zone) and not zone.startswith("Etc/") else None
