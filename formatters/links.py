"""Which stored addresses may become links: public web addresses that Telegram takes without a change."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

#: Longer addresses are not links: a message holds at most 32,768 bytes of markup.
LONGEST = 2000

#: Characters of RFC 3986, and the percent sign of what is already encoded; the rest is percent-encoded.
_PLAIN = "-._~:/?#[]@!$&'()*+,;=%"
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})")
_NOT_PUBLIC = frozenset({"local", "localhost", "internal", "invalid", "lan", "home", "arpa", "onion"})


@lru_cache(maxsize=1024)
def printable_url(url: str | None) -> str | None:
    """The address as a message may link it, or None: not http(s), no public host name, with a password, too long."""
    if not url or len(url) > LONGEST or any(character.isspace() for character in url) or not url.isprintable():
        return None
    address = quote(url, safe=_PLAIN)
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    host = parts.netloc.rpartition(":")[0] if port is not None else parts.netloc
    if parts.scheme not in {"http", "https"} or not _is_public(host.lower()) or len(address) > LONGEST:
        return None
    path = parts.path or "/"
    return parts._replace(netloc=parts.netloc.lower(), path=path).geturl()


def _is_public(host: str) -> bool:
    return _HOST.fullmatch(host) is not None and host.rpartition(".")[2] not in _NOT_PUBLIC
