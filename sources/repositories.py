"""A repository on GitHub, whichever site speaks of it: its name's form, its address, its item."""

from __future__ import annotations

import re
from datetime import datetime

from domain.items import Item, ItemKey, Kind, Source
from sources import words

_PUBLIC = "https://github.com"
#: ``owner/name``: an owner has letters, digits, hyphens (and an underscore where a company manages it).
REPOSITORY = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38})/(?!\.{1,2}$)[\w.-]{1,100}", re.ASCII)


def repository(
    source: Source,
    full_name: str,
    at: datetime,
    *,
    description: str | None,
    tags: tuple[str, ...],
    created_at: datetime | None = None,
) -> Item:
    """The item of a repository, as ``source`` describes it."""
    return Item(
        key=ItemKey(source, Kind.REPOSITORY, full_name),
        url=f"{_PUBLIC}/{full_name}",
        title=full_name,
        seen_at=at,
        publisher=full_name.partition("/")[0],
        summary=words.summary(description),
        tags=tags,
        created_at=created_at,
    )
