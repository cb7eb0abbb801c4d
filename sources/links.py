"""Asks links whether they live: through the door, once each, at the pace of their sites, within a bounded time.

HEAD first; a server that does not know HEAD says so in several ways, and is asked with GET for one byte. Nothing of a
page is read. Only 404 and 410 say that it is gone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

import structlog

from domain.links import Asking, Life
from sources.door import Door, DoorLimits, user_agent
from sources.errors import SourceError
from sources.network import Network

#: Seconds for all the links of an issue; those that did not answer by then are unknown.
SECONDS = 20.0

#: So many links are asked at most; an issue prints about forty, of which a dozen lead outside of the lists' own sites.
MOST = 80

#: A link gets one attempt: another one follows with the next issue.
LIMITS = DoorLimits(connect=5.0, read=8.0, total=10.0, attempts=1)

#: What servers say to HEAD that answer GET (RFC 9110 9.1 lets them; 404 is what a route for GET alone gives).
_HEAD_REFUSED = frozenset({400, 403, 404, 405, 410, 501})

_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})

_log = structlog.get_logger(__name__)


def open_link_door(
    *, version: str, contact: str, clock: Callable[[], datetime], network: Network | None = None
) -> Door:
    """A door for links of anybody's: no credentials, no kept answers, no private address."""
    return Door(user_agent(version, contact), network=network, limits=LIMITS, clock=clock)


@dataclass(frozen=True, slots=True)
class LinkAsker:
    """Asks links through a door that is open. ``clock`` gives aware UTC."""

    door: Door
    clock: Callable[[], datetime]
    seconds: float = SECONDS

    async def ask(self, urls: Sequence[str]) -> list[Asking]:
        """What each link answers, in their order; takes ``seconds`` at most, whatever the network does."""
        asked = list(dict.fromkeys(urls))[:MOST]
        tasks = [asyncio.create_task(self._ask(url)) for url in asked]
        if not tasks:
            return []
        try:
            done, _ = await asyncio.wait(tasks, timeout=self.seconds)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        late = f"no answer within the {self.seconds:.0f} s for all links"
        return [
            task.result() if task in done else Asking(url, self.clock(), Life.UNKNOWN, late)
            for url, task in zip(asked, tasks, strict=True)
        ]

    async def _ask(self, url: str) -> Asking:
        try:
            status = await self._status(url)
        except SourceError as error:
            return Asking(url, self.clock(), Life.UNKNOWN, str(error))
        except Exception as error:  # noqa: BLE001  a mistake of ours on one link must not cost the others
            _log.exception("link.not_asked", url=url, error=str(error))
            return Asking(url, self.clock(), Life.UNKNOWN, f"our mistake: {type(error).__name__}")
        return Asking(url, self.clock(), life_by(status), str(status))

    async def _status(self, url: str) -> int:
        status = await self.door.status(url)
        return await self.door.status(url, "GET") if status in _HEAD_REFUSED else status


def life_by(status: int) -> Life:
    """What an HTTP status says of a page."""
    if status in _GONE:
        return Life.GONE
    is_there = 200 <= status < 300 or status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
    return Life.ALIVE if is_there else Life.UNKNOWN
