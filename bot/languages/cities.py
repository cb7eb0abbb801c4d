"""What the cities of time zones are called in each language: Unicode's CLDR, laid down in cities.json.

``make languages`` writes that file from Babel. It holds the names that differ from the zone's own; a language is read
when it is first needed (50 kB of memory each).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def city(zone: str, language: str = "en") -> str:
    """The city of a zone (IANA name), as it is read: ``Buenos Aires``, ``Буэнос-Айрес``."""
    return cities(language).get(zone) or zone.rpartition("/")[2].replace("_", " ")


@cache
def cities(language: str) -> Mapping[str, str]:
    """The names of a language that differ from those of the zones, by zone; none for a language that is not ours."""
    table: dict[str, dict[str, str]] = json.loads((files("bot.languages") / "cities.json").read_text(encoding="utf-8"))
    return table.get(language, {})
