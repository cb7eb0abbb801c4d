"""The sample's feeds: made-up laboratories, magazines and notebooks, each in the manner of a real site's feed."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from sandbox.sample.course import DAYS, moment, table
from sandbox.sources.world import Entry, Feed

#: The feed that cannot be read on the last morning.
OUT: Final = ("lakeside", DAYS - 1)


def feeds(day: int) -> dict[str, Feed]:
    """Every feed by slug as it stands on the morning of ``day``."""
    return {row["slug"]: _feed(row, day) for row in _feeds() if (row["slug"], day) != OUT}


@cache
def _feeds() -> tuple[dict[str, Any], ...]:
    return tuple(table("feeds.toml")["feeds"])


def _feed(row: dict[str, Any], day: int) -> Feed:
    appeared = [entry for entry in row["entries"] if moment(entry["day"], entry.get("hour", 0)) <= moment(day)]
    appeared.sort(key=lambda entry: (entry["day"], entry.get("hour", 0)), reverse=True)
    return Feed(
        name=row["name"],
        home=row["home"],
        entries=tuple(_entry(entry, row["home"]) for entry in appeared),
        kind=row["kind"],
        manner=row["manner"],
    )


def _entry(row: dict[str, Any], home: str) -> Entry:
    address = f"{home}{row['path']}"
    return Entry(
        title=row["title"],
        url=row.get("url", address),
        published_at=moment(row["day"], row.get("hour", 0)),
        summary=" ".join([row.get("text", "")] * row.get("repeat", 1)) or None,
        content=row.get("more"),
        id=address,
        categories=tuple(filter(None, row.get("topics", "").split(","))),
    )
