"""What Telegram makes of a link's address: keeps it, completes it, takes it for a mention of a user, or drops it."""

from __future__ import annotations

import re


def linked_user(url: str) -> int | None:
    """The id in ``tg://user?id=N``; None for any other link."""
    found = re.fullmatch(r"tg:(?://)?user\?id=([0-9]{1,19})(?:&.*)?", url, re.IGNORECASE)
    return int(found[1]) if found and int(found[1]) > 0 else None


def checked_link(url: str) -> str | None:
    """The address as Telegram keeps it; None where it drops the link without a word."""
    url = url.strip(" \t\r\n")
    if re.match(r"(?:tg|ton|tonsite):", url, re.IGNORECASE):
        return url
    scheme, rest = "http", url
    found = re.match(r"([A-Za-z]+)://", url)
    if found:
        scheme, rest = found[1].lower(), url[found.end() :]
        if scheme not in {"http", "https"}:
            return None
    authority = re.split("[/?#]", rest, maxsplit=1)[0]
    host = authority.rpartition("@")[2].partition(":")[0].lower()
    if "." not in host or re.search(r"[\s<>\"]", host) or host.startswith(".") or host.endswith("."):
        return None
    path = rest[len(authority) :].replace(" ", "%20") or "/"
    if not path.startswith("/"):
        path = "/" + path
    return f"{scheme}://{authority.lower()}{path}"
