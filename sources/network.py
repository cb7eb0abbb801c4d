"""Which machines may be asked: public ones, and those that the operator configured himself."""

from __future__ import annotations

import re
import socket
from collections.abc import Awaitable, Callable, Collection
from functools import partial
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple, Self

import httpx
from anyio import to_thread

from sources.errors import ForbiddenAddress, TryLater

Address = IPv4Address | IPv6Address

#: Looks a host name up: (host, port) to the texts of its addresses. Raises OSError when there is no such host.
Resolver = Callable[[str, int], Awaitable[list[str]]]

#: IPv4 addresses inside IPv6 ones, of which the outer address alone says nothing (RFC 6052).
_NAT64 = IPv6Network("64:ff9b::/96")

#: A name as it travels (international ones in their ASCII form), or an address.
_HOST = re.compile(rb"[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}")

_DEFAULT_PORTS = {"http": 80, "https": 443}


class Origin(NamedTuple):
    """Scheme, host and port: who is asked. Two addresses of one origin share connections, pace and credentials."""

    scheme: str
    host: str
    port: int

    @classmethod
    def of(cls, url: httpx.URL) -> Self:
        """The origin of an address. Raises ForbiddenAddress: not http(s), no host, or a user name in it."""
        if url.scheme not in _DEFAULT_PORTS:
            raise ForbiddenAddress(f"{url.scheme or 'an address without scheme'}: only http and https are asked")
        if url.userinfo or not _HOST.fullmatch(url.raw_host):
            raise ForbiddenAddress("an address without a proper host, or with a user name in it, is not asked")
        return cls(url.scheme, url.host, url.port or _DEFAULT_PORTS[url.scheme])

    @classmethod
    def parse(cls, address: str) -> Self:
        """The origin of an address given as text. Raises ForbiddenAddress."""
        return cls.of(web_url(address))


def web_url(address: str) -> httpx.URL:
    """Read an address. Raises ForbiddenAddress when it is none."""
    try:
        return httpx.URL(address)
    except (httpx.InvalidURL, ValueError, TypeError):
        raise ForbiddenAddress("the address can't be read; give one such as https://example.org/path") from None


class Bases:
    """The addresses under which services live; two of them may share an origin (a mirror, the sandbox)."""

    def __init__(self, bases: Collection[str] = ()) -> None:
        self._bases = sorted({base_address(base) for base in bases}, key=len, reverse=True)

    def of(self, url: httpx.URL) -> str:
        """The service that an address belongs to: the longest base above it, else its origin."""
        text = str(url)
        for base in self._bases:
            if text == base or text.startswith((f"{base}/", f"{base}?")):
                return base
        return f"{url.scheme}://{url.netloc.decode('ascii')}"


def base_address(address: str) -> str:
    """An address as all its equals are written, without a slash at the end. Raises ForbiddenAddress."""
    Origin.parse(address)
    return str(web_url(address)).rstrip("/")


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host by the system's resolver, in its order.

    A look-up can hang for half a minute: it runs in a thread that can be left behind, not in one of the few that
    storage needs, too.
    """
    look_up = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    found = await to_thread.run_sync(look_up, abandon_on_cancel=True)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: Address) -> bool:
    """Whether an address is on the public internet, an IPv4 address wrapped into IPv6 counting as itself."""
    inner = _wrapped(address)
    if inner is not None:
        return is_public(inner)
    return address.is_global and not address.is_multicast


def _wrapped(address: Address) -> IPv4Address | None:
    if not isinstance(address, IPv6Address):
        return None
    if address in _NAT64:
        return IPv4Address(address.packed[-4:])
    return address.ipv4_mapped or address.sixtofour


class Network:
    """Looks hosts up and refuses the private ones; what was looked up is what is connected to."""

    def __init__(self, trusted: Collection[Origin] = (), resolver: Resolver = resolve) -> None:
        self._trusted = frozenset(trusted)
        self._resolver = resolver

    async def addresses(self, origin: Origin) -> list[Address]:
        """Where an origin may be connected to, in the resolver's order.

        Raises TryLater: there is no such host now. ForbiddenAddress: any of its addresses is private, so that
        a host can't hide one behind a public one.
        """
        try:
            texts = await self._resolver(origin.host, origin.port)
            found = [ip_address(text.partition("%")[0]) for text in texts]
        except (OSError, ValueError):
            found = []
        if not found:
            raise TryLater(f"{origin.host} can't be found; check the name and the network")
        if origin not in self._trusted and not all(is_public(address) for address in found):
            raise ForbiddenAddress(
                f"{origin.host} is a private address; only an address configured by the operator may be one"
            )
        return found
