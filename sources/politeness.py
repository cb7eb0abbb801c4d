"""How often a site may be asked, and when it asked us to come back: paces, Retry-After, quotas."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from aiolimiter import AsyncLimiter

from sources.network import Origin


@dataclass(frozen=True, slots=True)
class Pace:
    """At most ``requests`` in ``seconds``, over ``connections`` at a time."""

    requests: float
    seconds: float
    connections: int


#: By domain, its subdomains included; the longest match counts. Where each comes from: docs/sources.md.
PACES: Mapping[str, Pace] = {
    "arxiv.org": Pace(1, 3.0, 1),  # terms of use: one request every three seconds, a single connection
    "api.github.com": Pace(9, 60.0, 1),  # search without a token: ten a minute; one after the other
    "github.com": Pace(1, 1.0, 1),
    "huggingface.co": Pace(4, 1.0, 2),
    "ossinsight.io": Pace(1, 1.0, 1),
    "hn.algolia.com": Pace(4, 1.0, 2),
}
DEFAULT_PACE = Pace(2, 1.0, 2)

#: A machine in the operator's own network (a mirror, the sandbox) is his to load.
PRIVATE_CONNECTIONS = 8


@dataclass(slots=True)
class Lane:
    """The queue before one site: its connections, and its pace where it has one."""

    connections: asyncio.Semaphore
    limiter: AsyncLimiter | None = None

    async def __aenter__(self) -> None:
        await self.connections.acquire()
        if self.limiter is not None:
            try:
                await self.limiter.acquire()
            except BaseException:  # cancelled while waiting: the place in the queue is given back
                self.connections.release()
                raise

    async def __aexit__(self, *exception: object) -> None:
        self.connections.release()


@dataclass(slots=True)
class Lanes:
    """One lane for each site, made when it is first asked."""

    paces: Mapping[str, Pace] = field(default_factory=lambda: PACES)
    _lanes: dict[str, Lane] = field(default_factory=dict)

    def lane(self, origin: Origin, *, private: bool) -> Lane:
        """The lane of an origin; sites of one paced domain share it. ``private``: it is a machine of the operator's."""
        if private:
            return self._lanes.setdefault(f"{origin.host}:{origin.port}", Lane(asyncio.Semaphore(PRIVATE_CONNECTIONS)))
        domain = self._paced_domain(origin.host)
        pace = self.paces.get(domain, DEFAULT_PACE)
        if domain not in self._lanes:
            self._lanes[domain] = Lane(asyncio.Semaphore(pace.connections), AsyncLimiter(pace.requests, pace.seconds))
        return self._lanes[domain]

    def _paced_domain(self, host: str) -> str:
        matches = [domain for domain in self.paces if host == domain or host.endswith(f".{domain}")]
        return max(matches, key=len, default=host)


def retry_after(header: str, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks for, given as seconds or as an HTTP date; None without meaning."""
    text = header.strip()
    if re.fullmatch(r"[0-9]{1,9}", text):
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max((moment - now).total_seconds(), 0.0)


def quota_pause(headers: Mapping[str, str], now: datetime) -> float | None:
    """The seconds until a spent quota is filled again; None while there is something left.

    Reads GitHub's and OSS Insight's ``x-ratelimit-remaining`` with ``x-ratelimit-reset`` (Unix seconds), and
    Hugging Face's ``RateLimit: "api";r=0;t=53``.
    """
    if headers.get("x-ratelimit-remaining", "").strip() == "0":
        reset = headers.get("x-ratelimit-reset", "").strip()
        return max(float(reset) - now.timestamp(), 0.0) if re.fullmatch(r"[0-9]{1,11}", reset) else 60.0
    match = re.search(r";\s*r=0\s*;\s*t=([0-9]{1,6})\b", headers.get("ratelimit", ""))
    return float(match[1]) if match else None


@dataclass(slots=True)
class Quotas:
    """Until when each service (by its base address) wants to hear nothing from us."""

    _closed_until: dict[str, datetime] = field(default_factory=dict)

    def close(self, service: str, seconds: float, now: datetime) -> None:
        """Ask a service nothing for so long; a day is the longest that is believed."""
        until = now + timedelta(seconds=min(seconds, 86_400.0))
        self._closed_until[service] = max(until, self._closed_until.get(service, until))

    def pause(self, service: str, now: datetime) -> float:
        """How many seconds a service still wants to hear nothing; 0 when it may be asked."""
        until = self._closed_until.get(service)
        return max((until - now).total_seconds(), 0.0) if until is not None else 0.0
