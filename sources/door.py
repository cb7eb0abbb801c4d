"""The one HTTP door: every request to a site goes through it, with its caps, its pace and its manners.

get: a whole answer; status: whether a page is there, without its body
ask ─▶ look up, refuse private ─▶ lane (pace) ─▶ quota spent? ─▶ conditional GET ─▶ redirect? ─▶ body under the cap
                                   └──────────── retried with jitter on what may work a moment later ◀──────┘
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from types import TracebackType
from typing import Self, TypeVar

import httpx
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from sources.body import BodyReader
from sources.cache import Kept, ResponseCache
from sources.errors import ForbiddenAddress, QuotaSpent, Rejected, SourceError, TooMuch, TryLater, Unreadable
from sources.network import Address, Bases, Network, Origin, base_address, is_public, web_url
from sources.politeness import Lanes, Quotas, quota_pause, retry_after

_REDIRECTS = {301, 302, 303, 307, 308}
#: The statuses that may be another a moment later (RFC 9110 15.6, RFC 6585 4).
_PASSING = {429, 502, 503, 504}
#: Of the addresses of a host so many are tried: one may be IPv6 without a route, one down.
_ADDRESSES = 3


@dataclass(frozen=True, slots=True)
class DoorLimits:
    """Seconds, bytes and counts that no answer goes past."""

    connect: float = 10.0
    read: float = 30.0  # between two pieces of an answer
    total: float = 60.0  # one answer from its request to its last byte
    body: int = 8 * 1024 * 1024  # as it travels, and as it opens
    redirects: int = 5
    attempts: int = 3
    first_wait: float = 1.0  # before the second attempt; doubled for the next, with as much jitter
    longest_wait: float = 30.0  # a longer Retry-After is not waited for: the site is left alone instead


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: ``body`` is opened, ``received`` counts the bytes that travelled (0 when it was unchanged).

    ``url`` is where it came from in the end; ``unchanged``: the site confirmed the answer that we kept.
    """

    url: str
    body: bytes
    etag: str
    last_modified: str
    received: int
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class _Redirect:
    """Where an answer sends us, as it stood in its Location."""

    location: str


@dataclass(frozen=True, slots=True)
class _Request:
    """What is asked of an address, before it is known to which machine it goes."""

    method: str
    url: httpx.URL
    headers: dict[str, str]


_Answer = TypeVar("_Answer", Page, int)

#: What an answer is, from its head on; the connection is closed after it.
_Judge = Callable[[httpx.Response], Awaitable[_Answer | _Redirect]]


def user_agent(version: str, contact: str = "") -> str:
    """What we call ourselves before a site: name, version, and where we can be reached (a web address)."""
    return f"AIMorningPost/{version} (+{contact})" if contact else f"AIMorningPost/{version}"


class Door:
    """Asks sites, politely and within limits. Use as an async context manager, in one event loop.

    ``bases`` are the addresses of services that are to be told apart although they may share a host: each has its
    own quota. ``credentials`` gives the Authorization header of a base; it goes to addresses below that base alone.
    ``clock`` gives aware UTC; ``sleep`` waits before another attempt.
    """

    def __init__(
        self,
        agent: str,
        *,
        network: Network | None = None,
        cache: ResponseCache | None = None,
        bases: Collection[str] = (),
        credentials: Mapping[str, str] | None = None,
        limits: DoorLimits | None = None,
        lanes: Lanes | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._agent = agent
        self._network = network or Network()
        self._cache = cache
        self._credentials = {base_address(base): header for base, header in (credentials or {}).items()}
        self._bases = Bases([*bases, *self._credentials])
        self._limits = limits or DoorLimits()
        self._lanes = lanes or Lanes()
        self._quotas = Quotas()
        self._clock = clock
        self._sleep = sleep
        self._timeout = httpx.Timeout(self._limits.read, connect=self._limits.connect, pool=None).as_dict()
        self._transports: dict[Origin, httpx.AsyncHTTPTransport] = {}
        self._trust: ssl.SSLContext | None = None

    async def __aenter__(self) -> Self:
        if self._cache is not None:
            await asyncio.to_thread(self._cache.prune)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        transports, self._transports = list(self._transports.values()), {}
        for transport in transports:
            await transport.aclose()

    async def get(self, url: str, accept: str) -> Page:
        """Ask for an address; ``accept`` is the media type wanted.

        Raises a SourceError: TryLater after the last attempt, Rejected, ForbiddenAddress, TooMuch, Unreadable.
        """
        retrying = AsyncRetrying(
            sleep=self._sleep,
            stop=stop_after_attempt(self._limits.attempts),
            wait=self._wait,
            retry=retry_if_exception(self._worth_another_attempt),
            reraise=True,
        )
        return await retrying(self._followed, web_url(url), accept)

    async def status(self, url: str, method: str = "HEAD") -> int:
        """The HTTP status of a page, redirects followed; asked once, its body is not read.

        Raises a SourceError: TryLater (nobody answered), ForbiddenAddress, TooMuch (too slow), Unreadable.
        """
        asked = web_url(url)
        return await self._led_on(asked, lambda target: self._status_of(target, method))

    async def remember(self, page: Page) -> None:
        """Keep an answer for its next conditional request. Called once it could be read: a broken one is not kept."""
        if self._cache is None:
            return
        if page.unchanged:
            await asyncio.to_thread(self._cache.confirm, page.url)
            return
        kept = Kept(page.body, page.etag, page.last_modified)
        await asyncio.to_thread(self._cache.put, page.url, kept)

    def _wait(self, state: RetryCallState) -> float:
        backoff = wait_exponential_jitter(
            multiplier=self._limits.first_wait, max=self._limits.longest_wait, jitter=self._limits.first_wait
        )
        error = state.outcome.exception() if state.outcome is not None else None
        asked = error.seconds if isinstance(error, TryLater) and error.seconds is not None else 0.0
        return max(backoff(state), asked)

    def _worth_another_attempt(self, error: BaseException) -> bool:
        if not isinstance(error, TryLater) or isinstance(error, QuotaSpent):
            return False
        return error.seconds is None or error.seconds <= self._limits.longest_wait

    async def _followed(self, url: httpx.URL, accept: str) -> Page:
        return await self._led_on(url, lambda target: self._asked(target, accept))

    async def _led_on(self, url: httpx.URL, ask: Callable[[httpx.URL], Awaitable[_Answer | _Redirect]]) -> _Answer:
        """Ask, and follow redirects by hand: each is judged like an address of its own."""
        seen = [url]
        while True:
            answer = await ask(url)
            if not isinstance(answer, _Redirect):
                return answer
            url = _redirected(url, answer.location)
            if url in seen:
                raise ForbiddenAddress(f"{url.host} redirects in a circle; the address of this source has changed")
            seen.append(url)
            if len(seen) > self._limits.redirects + 1:
                raise ForbiddenAddress(f"{url.host}: more than {self._limits.redirects} redirects are not followed")

    async def _asked(self, url: httpx.URL, accept: str) -> Page | _Redirect:
        kept = await asyncio.to_thread(self._cache.get, str(url)) if self._cache is not None else None
        request = _Request("GET", url, self._headers(url, accept, kept))
        return await self._in_lane(request, lambda response: self._judged(response, url, kept))

    async def _status_of(self, url: httpx.URL, method: str) -> int | _Redirect:
        async def judged(response: httpx.Response) -> int | _Redirect:
            self._note_quota(response, self._bases.of(url))
            if response.status_code in _REDIRECTS:
                return _Redirect(response.headers.get("Location", ""))
            return response.status_code

        headers = self._headers(url, "*/*", None)
        if method == "GET":
            headers["Range"] = "bytes=0-0"
        return await self._in_lane(_Request(method, url, headers), judged)

    async def _in_lane(self, request: _Request, judge: _Judge[_Answer]) -> _Answer | _Redirect:
        """Wait for one's turn at the site, unless it wants to hear nothing from us now, and ask."""
        url, origin = request.url, Origin.of(request.url)
        addresses = await self._looked_up(origin)
        async with self._lanes.lane(origin, private=not all(is_public(address) for address in addresses)):
            pause = self._quotas.pause(self._bases.of(url), self._clock())
            if pause:
                raise QuotaSpent(f"{origin.host} takes no more requests from us for {pause:.0f} s", pause)
            return await self._from_any(addresses, request, judge)

    async def _looked_up(self, origin: Origin) -> list[Address]:
        try:
            async with asyncio.timeout(self._limits.connect):
                return await self._network.addresses(origin)
        except TimeoutError:
            raise TryLater(f"{origin.host} can't be looked up in time; check the network") from None

    def _headers(self, url: httpx.URL, accept: str, kept: Kept | None) -> dict[str, str]:
        headers = {"User-Agent": self._agent, "Accept": accept, "Accept-Encoding": "gzip"}
        credential = self._credentials.get(self._bases.of(url))
        if credential is not None:
            headers["Authorization"] = credential
        if kept is not None and kept.etag:
            headers["If-None-Match"] = kept.etag
        if kept is not None and kept.last_modified:
            headers["If-Modified-Since"] = kept.last_modified
        return headers

    async def _from_any(
        self, addresses: list[Address], request: _Request, judge: _Judge[_Answer]
    ) -> _Answer | _Redirect:
        """Ask the first address of the host that takes the connection, of the first few."""
        *others, last = addresses[:_ADDRESSES]
        for address in others:
            try:
                return await self._exchange(address, request, judge)
            except _NotConnected:
                continue
        return await self._exchange(last, request, judge)

    async def _exchange(self, address: Address, asked: _Request, judge: _Judge[_Answer]) -> _Answer | _Redirect:
        """One request and its answer. The connection goes to ``address``, the request and TLS name the host."""
        url, origin = asked.url, Origin.of(asked.url)
        request = httpx.Request(
            asked.method,
            url.copy_with(host=str(address), fragment=None),
            headers={**asked.headers, "Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": url.raw_host.decode("ascii"), "timeout": self._timeout},
        )
        try:
            async with asyncio.timeout(self._limits.total):
                response = await self._transport(origin).handle_async_request(request)
                try:
                    return await judge(response)
                finally:
                    await response.aclose()
        except TimeoutError:
            raise TooMuch(f"{origin.host} took longer than {self._limits.total:.0f} s for one answer") from None
        except (httpx.ConnectError, httpx.ConnectTimeout):
            raise _NotConnected(f"{origin.host} takes no connection; it is asked again next time") from None
        except httpx.TimeoutException:
            raise TryLater(f"{origin.host} did not answer in time; it is asked again next time") from None
        except httpx.LocalProtocolError:  # its text quotes the header, which may be the token
            raise Unreadable(f"{origin.host} can't be asked this way; check its address and token") from None
        except httpx.TransportError:
            raise TryLater(f"{origin.host} broke the connection off; it is asked again next time") from None

    async def _judged(self, response: httpx.Response, url: httpx.URL, kept: Kept | None) -> Page | _Redirect:
        """What an answer is. Raises the SourceError that its status means."""
        service = self._bases.of(url)
        self._note_quota(response, service)
        if response.status_code in _REDIRECTS:
            return _Redirect(response.headers.get("Location", ""))
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            return _confirmed(url, kept)
        if response.status_code != HTTPStatus.OK:
            raise self._refusal(response, service, url.host)
        body = BodyReader(url.host, response.headers.get("Content-Encoding", "").strip().lower(), self._limits.body)
        async for piece in response.aiter_raw():
            body.take(piece)
        return Page(
            str(url),
            body.whole(),
            _validator(response, "ETag"),
            _validator(response, "Last-Modified"),
            body.received,
        )

    def _note_quota(self, response: httpx.Response, service: str) -> None:
        now = self._clock()
        pause = quota_pause(response.headers, now)
        asked = retry_after(response.headers.get("Retry-After", ""), now) if response.status_code >= 400 else None
        if asked is not None and asked > self._limits.longest_wait:
            pause = max(pause or 0.0, asked)
        if pause:
            self._quotas.close(service, pause, now)

    def _refusal(self, response: httpx.Response, service: str, host: str) -> SourceError:
        status, now = response.status_code, self._clock()
        pause = self._quotas.pause(service, now)
        said = f"{host} answered {status} {_phrase(status)}"
        if pause and status in {HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS}:
            return QuotaSpent(f"{said}: our quota is spent for {pause:.0f} s; a token may raise it", pause)
        if status in _PASSING:
            seconds = retry_after(response.headers.get("Retry-After", ""), now)
            return TryLater(f"{said}; it is asked again next time", seconds)
        if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN} and service in self._credentials:
            return Rejected(f"{said}; check the token set for it", status)
        return Rejected(f"{said}; if this lasts, its address has changed or it does not want us", status)

    def _transport(self, origin: Origin) -> httpx.AsyncHTTPTransport:
        """The connections of an origin. Each has its own: they go to addresses, and two hosts may share one."""
        if origin not in self._transports:
            if self._trust is None:
                self._trust = httpx.create_ssl_context()
            self._transports[origin] = httpx.AsyncHTTPTransport(verify=self._trust)
        return self._transports[origin]


class _NotConnected(TryLater):
    """Nothing listens at this address of the host: another one of it may do."""


def _validator(response: httpx.Response, name: str) -> str:
    """A header that is sent back with the next request; empty when it is nothing that could be."""
    value = response.headers.get(name, "")
    return value if re.fullmatch(r"[\x20-\x7e]{1,300}", value) else ""


def _confirmed(url: httpx.URL, kept: Kept | None) -> Page:
    """The kept answer, which the site just confirmed."""
    if kept is None:
        raise Unreadable(f"{url.host} answered 304 Not Modified to a request without condition")
    return Page(str(url), kept.body, kept.etag, kept.last_modified, received=0, unchanged=True)


def _redirected(url: httpx.URL, location: str) -> httpx.URL:
    """Where a redirect leads. Raises ForbiddenAddress: nowhere, off the web, or from https back to http."""
    if not location.strip():
        raise ForbiddenAddress(f"{url.host} redirects without saying where")
    try:
        target = url.join(location).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError):
        raise ForbiddenAddress(f"{url.host} redirects to an address that can't be read") from None
    if url.scheme == "https" and target.scheme == "http":
        raise ForbiddenAddress(f"{url.host} redirects from https to http; that is not followed")
    Origin.of(target)
    return target


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
