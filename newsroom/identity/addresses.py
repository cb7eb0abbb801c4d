"""One form for the many ways to write one address of the web."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

#: The query keys that name what a page shows; every other one (tracking, sorting, sharing) is dropped.
NAMING_QUERIES = frozenset({"v", "id", "p"})

#: On pages that are made by a program or have no path, any key may name what is shown, but for these.
TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|igshid|mc_[ce]id|_hs\w+|ref|ref_src|referrer|source|src|share|si|feature|cmpid|smid|ncid"
)
_PROGRAM = re.compile(r"(?:^|\.(?:php\d?|aspx?|cgi|jsp|pl|do))$", re.IGNORECASE)

_DOOR = re.compile(r"^(?:(?:www\d?|m|mobile|amp|old)\.)+(?=[^.]+\.[^.]+)")
_INDEX = re.compile(r"(?:/+(?:index\.html?)?)+$")
_ARCHIVED = re.compile(r"^/web/\d+[a-z_]*/(https?:/{1,2}.+)$")

#: Other doors of the same house.
_ALIASES = {"twitter.com": "x.com", "mobile.twitter.com": "x.com", "export.arxiv.org": "arxiv.org"}

#: Copies within copies are followed so deep.
_DEEPEST = 3


def canonical_url(url: str) -> str | None:
    """The address without scheme, ``www.``/``m.``, tracking, fragment and trailing slash; None when it is none.

    A short link of YouTube is the long one; a copy in the Internet Archive is the page that was copied.
    """
    try:
        return _canonical(url.strip(), _DEEPEST)
    except ValueError:  # not an address, or characters that no address can hold
        return None


def _canonical(url: str, depth: int) -> str | None:
    parts = urlsplit(url)
    host = _host(parts)
    if parts.scheme not in {"http", "https"} or "." not in host.strip("."):
        return None
    if depth and host == "web.archive.org" and (copied := _ARCHIVED.match(parts.path)):
        inner = re.sub(r"^(https?):/+", r"\1://", copied[1]) + (f"?{parts.query}" if parts.query else "")
        return _canonical(inner, depth - 1)
    path = _INDEX.sub("", quote(unquote(parts.path), safe="/:@!$&'()*+,;=~"))
    if host == "youtu.be" and path.strip("/"):
        return f"youtube.com/watch?{urlencode({'v': path.strip('/')})}"
    kept = sorted(_naming(parts.query, path))
    return f"{host}{path}" + (f"?{urlencode(kept)}" if kept else "")


def _host(parts: SplitResult) -> str:
    host = _DOOR.sub("", (parts.hostname or "").lower())
    return _ALIASES.get(host, host)


def _naming(query: str, path: str) -> Iterator[tuple[str, str]]:
    """The part of a query that says which page it is."""
    program = _PROGRAM.search(path) is not None
    for key, value in parse_qsl(query):
        if key in NAMING_QUERIES or (program and not TRACKING.fullmatch(key.lower())):
            yield key, value
