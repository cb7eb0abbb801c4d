"""What Telegram makes of an address: keeps it, completes it, takes it for a mention of a user, or refuses it.

The rules are TDLib's: stricter than a browser's on hosts, looser on paths. An address is ``[scheme://][user@]host[:port]``
and what follows; no scheme means http.
"""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import AddressValueError, IPv6Address
from typing import Final, NamedTuple

_OWN_SCHEME: Final = re.compile(r"(tg|ton|tonsite):(?://)?", re.IGNORECASE | re.ASCII)
_SCHEME_END: Final = re.compile(r"[:/?#@\[\]]")
_AUTHORITY: Final = re.compile(r"[^/?#]*")
_ALLOWED: Final = re.compile(r"(?:[A-Za-z0-9.\-_!$,~*'();&+=]|[^\x00-\x7f])*")
_ALLOWED_IN_USER: Final = re.compile(r"(?:[A-Za-z0-9.\-_!$,~*'();&+=:]|[^\x00-\x7f])*")
_PERCENT: Final = re.compile(r"%[0-9A-Fa-f]{2}")
_USER: Final = re.compile(r"tg:(?://)?user/?\?([^#]*)", re.IGNORECASE | re.ASCII)
_LOWER: Final = {capital: capital + 32 for capital in range(ord("A"), ord("Z") + 1)}
#: User ids have at most 40 bits.
_LAST_USER: Final = (1 << 40) - 1


class LinkError(ValueError):
    """An address that Telegram refuses, in its own words."""


class _Address(NamedTuple):
    scheme: str
    user: str
    host: str
    port: int
    path: str


def linked_user(url: str) -> int | None:
    """The id in ``tg://user?id=N``; None for any other link."""
    found = _USER.match(url)
    if found is None:
        return None
    for parameter in found[1].split("&"):
        name, _, value = parameter.partition("=")
        if name == "id":
            valid = re.fullmatch(r"[0-9]{1,19}", value) is not None and 0 < int(value) <= _LAST_USER
            return int(value) if valid else None
    return None


@lru_cache(maxsize=4096)
def checked_link(url: str) -> str:
    """The address as Telegram keeps it. Raises LinkError."""
    own = _OWN_SCHEME.match(url)
    if own is not None:
        return _own_link(own[1].lower(), url[own.end() :])
    address = _parsed(url)
    if "." not in address.host and not address.host.startswith("["):
        raise LinkError("Wrong HTTP URL")
    user = f"{address.user}@" if address.user else ""
    port = f":{address.port}" if address.port else ""
    return f"{address.scheme}://{user}{address.host}{port}{address.path}"


def _own_link(scheme: str, rest: str) -> str:
    address = _parsed(rest)
    if rest.lower().startswith(("http://", "https://")) or address.user or address.port or address.host[0] == "[":
        raise LinkError("Wrong tg URL" if scheme == "tg" else "Wrong ton URL")
    dots = "." if scheme == "tonsite" else ""
    if not re.fullmatch(rf"[A-Za-z0-9_\-{dots}]*", address.host):
        raise LinkError("Unallowed characters in URL host")
    path = address.path[1:] if address.path.startswith("/?") else address.path
    return f"{scheme}://{address.host}{path}"


def _parsed(url: str) -> _Address:
    scheme, rest = _scheme(url)
    found = _AUTHORITY.match(rest)
    authority = found[0] if found else ""
    user_and_host, port = _port(authority)
    user, _, host = user_and_host.rpartition("@")
    _check_host(host, user)
    return _Address(scheme, user, host.translate(_LOWER), port, _path(rest[len(authority) :]))


def _scheme(url: str) -> tuple[str, str]:
    end = _SCHEME_END.search(url)
    if end is None or not url.startswith("://", end.start()):
        return "http", url
    scheme = url[: end.start()].translate(_LOWER)
    if scheme not in {"http", "https"}:
        raise LinkError("Unsupported URL protocol")
    return scheme, url[end.start() + 3 :]


def _port(authority: str) -> tuple[str, int]:
    """The authority without its port, and the port (0: none)."""
    last = max(authority.rfind(":"), authority.rfind("]"), authority.rfind("@"))
    if last <= 0 or authority[last] != ":":
        return authority, 0
    written = authority[last + 1 :].lstrip("0")
    if not re.fullmatch("[0-9]{1,10}", written) or int(written) > 65535:
        raise LinkError("Wrong port number specified in the URL")
    return authority[:last], int(written)


def _check_host(host: str, user: str) -> None:
    if not host:
        raise LinkError("URL host is empty")
    if host == ".":
        raise LinkError("Host is invalid")
    if host.startswith("[") and host.endswith("]"):
        _check_address(host[1:-1])
        return
    _check_part(host, "host", _ALLOWED)
    _check_part(user, "userinfo", _ALLOWED_IN_USER)


def _check_address(host: str) -> None:
    try:
        IPv6Address(host)
    except AddressValueError as wrong:
        raise LinkError("Wrong IPv6 address specified in the URL") from wrong


def _check_part(part: str, name: str, allowed: re.Pattern[str]) -> None:
    if "%" in part:
        part = _PERCENT.sub("", part)
        if "%" in part:
            raise LinkError(f"Wrong percent-encoded symbol in URL {name}")
    if not allowed.fullmatch(part):
        raise LinkError(f"Disallowed character in URL {name}")


def _path(path: str) -> str:
    path = path.rstrip(" \t\r\n\0\v") or "/"
    if not path.startswith("/"):
        path = "/" + path
    return "".join(character if character > " " else f"%{ord(character):02X}" for character in path)
