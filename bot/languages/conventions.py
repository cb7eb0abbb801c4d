"""How a language writes numbers, dates and lists: patterns of Unicode's CLDR, laid down in conventions.json.

``make languages`` writes that file from Babel, and a test holds every function here to what Babel says. Babel itself
stays out of the running paper: its data of nine languages take 16 MB of memory, these take 0.1.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Conventions:
    """The writing of one language.

    Names of weekdays begin with Monday; ``groups`` are the digits of the last group of a number and of those before it;
    ``lists`` the patterns ``start middle end pair`` with {0} and {1}.
    """

    language: str
    name: str  # in the language itself, as a button shows it
    rtl: bool
    decimal: str
    group: str
    groups: tuple[int, int]
    minus: str
    percentage: str
    dates: Mapping[str, str]
    first_day: str  # how the first day of a month is written in a date: ``1``, ``1er``
    months: tuple[str, ...]
    months_alone: tuple[str, ...]
    months_short: tuple[str, ...]
    weekdays: tuple[str, ...]
    weekdays_alone: tuple[str, ...]
    weekdays_short: tuple[str, ...]
    first_weekday: int
    lists: Mapping[str, str]
    between: str  # what stands between two sentences: a blank, or nothing where the full stop has one of its own

    def number(self, value: float | Decimal, decimals: int = 0) -> str:
        """A number with so many decimals; half a unit goes to the even neighbour."""
        whole, _, part = f"{abs(value):.{decimals}f}".partition(".")
        negative = value < 0 and any(digit != "0" for digit in whole + part)
        return (self.minus if negative else "") + self._grouped(whole) + (self.decimal + part if part else "")

    def percent(self, share: float | Decimal, decimals: int = 0) -> str:
        """A share of 1 in hundredths."""
        return self.percentage.format(self.number(share * 100, decimals))

    def dated(self, pattern: str, day: date) -> str:
        """A date by the name of a pattern: long, full, short or month."""
        return self.dates[pattern].format(
            day=self.first_day if day.day == 1 else day.day,
            year=day.year,
            month=self.months[day.month - 1],
            month_alone=self.months_alone[day.month - 1],
            month_number=day.month,
            month_short=self.months_short[day.month - 1],
            weekday=self.weekdays[day.weekday()],
        )

    def listed(self, items: Sequence[str]) -> str:
        """A list with the language's commas and its word for "and"."""
        if len(items) < 2:
            return "".join(items)
        if len(items) == 2:
            return self._joined("pair", items[0], items[1])
        said = self._joined("end", items[-2], items[-1])
        for item in reversed(items[1:-2]):
            said = self._joined("middle", item, said)
        return self._joined("start", items[0], said)

    def _joined(self, pattern: str, first: str, second: str) -> str:
        before, _, rest = self.lists[pattern].partition("{0}")
        between, _, after = rest.partition("{1}")
        return f"{before}{first}{between}{second}{after}"

    def _grouped(self, digits: str) -> str:
        last, others = self.groups
        if len(digits) <= last:
            return digits
        head, tail = digits[:-last], digits[-last:]
        first = len(head) % others
        parts = [head[:first]] if first else []
        parts += [head[place : place + others] for place in range(first, len(head), others)]
        return self.group.join([*parts, tail])


@cache
def conventions_of(language: str) -> Conventions:
    """The conventions of a language that the paper speaks. Raises KeyError."""
    return Conventions(**_table()[language])


def _table() -> dict[str, Any]:
    text = (files("bot.languages") / "conventions.json").read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(text)
    return table
