"""What is said to a reader, in his language: ``words.say("Your issue comes at {hour}.", hour=words.hour(7))``.

English is the text in the code and the key in the catalogues. A text that a catalogue lacks is said in English.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NewType

from bot.languages.catalogue import Catalogue
from bot.languages.conventions import Conventions
from bot.languages.templates import Html, fill

#: An English text that stands in a table, to be said later by ``Words.of``.
Marked = NewType("Marked", str)


def mark(text: str) -> Marked:
    """Mark a text of a table, so that the catalogues are asked for it."""
    return Marked(text)


@dataclass(frozen=True, slots=True)
class Words:
    """One language, ready to speak.

    ``say``, ``of`` and ``count`` give Telegram's HTML, with what is filled in escaped unless it is ``Html``; ``plain``,
    ``plain_of`` and ``plain_count`` give text for buttons, toasts and menus, where nothing is markup. Each raises
    KeyError when a place of the text is not filled.
    """

    catalogue: Catalogue
    conventions: Conventions

    @property
    def language(self) -> str:
        """The code of the language, as ``ru``."""
        return self.conventions.language

    @property
    def rtl(self) -> bool:
        """Whether it is written from right to left."""
        return self.conventions.rtl

    def say(self, text: str, /, **values: object) -> Html:
        """A text in HTML."""
        return Html(fill(self.catalogue.text(text), values, escaped=True, rtl=self.rtl))

    def plain(self, text: str, /, **values: object) -> str:
        """A text without markup."""
        return fill(self.catalogue.text(text), values, escaped=False, rtl=self.rtl)

    def of(self, text: Marked, /, **values: object) -> Html:
        """A marked text in HTML."""
        return self.say(text, **values)

    def plain_of(self, text: Marked, /, **values: object) -> str:
        """A marked text without markup."""
        return self.plain(text, **values)

    def count(self, one: str, many: str, number: int, /, **values: object) -> Html:
        """A counted text in HTML; ``{count}`` is the number in the language's writing."""
        text = self.catalogue.counted(one, many, number)
        return Html(fill(text, {"count": self.number(number), **values}, escaped=True, rtl=self.rtl))

    def plain_count(self, one: str, many: str, number: int, /, **values: object) -> str:
        """A counted text without markup."""
        text = self.catalogue.counted(one, many, number)
        return fill(text, {"count": self.number(number), **values}, escaped=False, rtl=self.rtl)

    def number(self, value: float | Decimal, decimals: int = 0) -> str:
        """A number with so many decimals: ``12,345.6``, ``12.345,6``, ``12 345,6``."""
        return self.conventions.number(value, decimals)

    def percent(self, share: float | Decimal, decimals: int = 0) -> str:
        """A share of 1 as a percentage: ``25%``, ``25 %``."""
        return self.conventions.percent(share, decimals)

    def date(self, day: datetime.date) -> str:
        """A date in full: ``4 July 2026``."""
        return self.conventions.dated("long", day)

    def full_date(self, day: datetime.date) -> str:
        """A date with its weekday: ``Saturday 4 July 2026``."""
        return self.conventions.dated("full", day)

    def short_date(self, day: datetime.date) -> str:
        """A date without its year: ``4 Jul``."""
        return self.conventions.dated("short", day)

    def month(self, day: datetime.date) -> str:
        """The month of a date: ``July 2026``."""
        return self.conventions.dated("month", day)

    def weekday(self, number: int) -> str:
        """A weekday by itself; Monday is 0."""
        return self.conventions.weekdays_alone[number]

    def short_weekday(self, number: int) -> str:
        """A weekday in two to four letters, for buttons; Monday is 0."""
        return self.conventions.weekdays_short[number]

    @property
    def first_weekday(self) -> int:
        """The weekday with which a calendar's week begins; Monday is 0."""
        return self.conventions.first_weekday

    def back(self, label: str = "") -> str:
        """A button's way back, with the arrow on the side from which the language comes: ``◀ Settings``, or ``◀``."""
        return f"{'▶' if self.rtl else '◀'} {label}".rstrip()

    def onward(self, label: str = "") -> str:
        """A button's way on, with the arrow on the side to which the language goes: ``More ▶``, or ``▶``."""
        return f"{label} {'◀' if self.rtl else '▶'}".lstrip()

    def hour(self, hour: int) -> str:
        """A full hour (0-23), the same in every language: it can be typed back into a command."""
        return f"{hour:02}:00"

    def sentences(self, *said: str) -> Html:
        """Sentences (HTML) one behind the other; empty ones are left out."""
        return Html(self.conventions.between.join(filter(None, said)))

    def all_of(self, items: Sequence[str]) -> str:
        """A list as it is said: ``a, b and c``; Html when every item is."""
        said = self.conventions.listed(items)
        return Html(said) if items and all(isinstance(item, Html) for item in items) else said
