"""Time zones as readers name them: by continent and city, by a city that they type, by the language that they speak.

The zones and the names of countries are those of the tz database (zone.tab and iso3166.tab in the package tzdata);
cities that name no zone stand in cities.toml.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from bot.languages.cities import cities, city
from domain.text import spelled

#: A search that has more than these is too wide to choose from.
MOST_FOUND = 8


@dataclass(frozen=True, slots=True)
class Atlas:
    """The zones that are offered, by IANA name; ``named`` has what each name of a city or a country means."""

    zones: tuple[str, ...]
    named: Mapping[str, tuple[str, ...]]
    guesses: Mapping[str, str]

    def continents(self) -> tuple[str, ...]:
        """The first parts of the names of zones, in alphabetical order."""
        return tuple(sorted({zone.partition("/")[0] for zone in self.zones}))

    def of(self, continent: str) -> tuple[str, ...]:
        """The zones of a continent, by city; none when there is no such continent."""
        return tuple(zone for zone in self.zones if zone.startswith(f"{continent}/"))

    def find(self, text: str, language: str = "en") -> tuple[str, ...]:
        """The zones that a city, a country or an IANA name means, the best first; at most ``MOST_FOUND``.

        A city may be named in English, or as ``language`` names it.
        """
        wanted = spelled(text)
        if not wanted:
            return ()
        same = self.named.get(wanted, ()) or tuple(
            zone for zone, name in cities(language).items() if spelled(name) == wanted
        )
        names = [name for name in sorted(self.named) if name.startswith(wanted)] if len(wanted) > 1 else []
        found = same or tuple(dict.fromkeys(zone for name in names for zone in self.named[name]))
        return found[:MOST_FOUND]

    def guess(self, language: str | None, otherwise: str) -> str:
        """The zone where most who speak a language (an IETF tag) live; ``otherwise`` where that says too little."""
        tag = (language or "").replace("_", "-").lower()
        return self.guesses.get(tag) or self.guesses.get(tag.partition("-")[0]) or otherwise


def is_zone(name: str) -> bool:
    """Whether the tz database knows a zone."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return bool(name)


@cache
def atlas() -> Atlas:
    """The atlas of the package tzdata; read at the first question."""
    bundled = tomllib.loads((files("bot.subscribers") / "cities.toml").read_text(encoding="utf-8"))
    countries, zones = _countries(), dict(_zones())
    meant: dict[str, list[str]] = {}
    for zone, codes in zones.items():  # the largest of a country stands first
        names = [
            zone,
            zone.rpartition("/")[2],
            city(zone),
            *bundled["cities"].get(zone, ()),
            *(countries[code] for code in codes),
        ]
        for name in names:
            meant.setdefault(spelled(name), []).append(zone)
    named = {name: tuple(dict.fromkeys(found)) for name, found in meant.items() if name}
    return Atlas(tuple(sorted(zones, key=city)), named, _guesses(bundled))


def _guesses(bundled: Mapping[str, Any]) -> Mapping[str, str]:
    return {str(language): str(zone) for language, zone in bundled["languages"].items()}


def _zones() -> Iterator[tuple[str, tuple[str, ...]]]:
    for fields in _rows("zone.tab"):
        yield fields[2], (fields[0],)


def _countries() -> Mapping[str, str]:
    return {fields[0]: fields[1] for fields in _rows("iso3166.tab")}


def _rows(table: str) -> Iterator[list[str]]:
    for line in (files("tzdata.zoneinfo") / table).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")
