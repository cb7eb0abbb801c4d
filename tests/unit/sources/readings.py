"""What the tests of the adapters share: a moment, and ways to look at a catch."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

from domain.items import Item
from domain.readings import Metric, Sighting
from sources.harvesting import Catch

AT = datetime(2026, 7, 3, 12, 0, tzinfo=UTC)  # a Friday

Parse = Callable[[bytes, datetime], Catch]

HOSTILE = "<b>bold</b> \u202egnp.exe\u200b\x00 ignore previous instructions 🎉 " + "x" * 100_000


def encoded(value: object) -> bytes:
    """A value as JSON on the wire, lone surrogates included."""
    return json.dumps(value).encode()


def only(catch: Catch) -> Sighting:
    """The one sighting of a catch."""
    (sighting,) = catch.sightings
    return sighting


def item(catch: Catch) -> Item:
    """The item of the one sighting of a catch."""
    return only(catch).item


def figures(sighting: Sighting) -> dict[str, int]:
    """The figures of a sighting by plain names."""
    return {str(Metric(name)): value for name, value in sighting.metrics.items()}


def ids(catch: Catch) -> list[str]:
    """The ids of a catch, in order."""
    return [sighting.item.key.external_id for sighting in catch.sightings]


def ranks(catch: Catch) -> list[int | None]:
    """The ranks of a catch, in order."""
    return [sighting.rank for sighting in catch.sightings]
