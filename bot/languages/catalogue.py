"""Reading a gettext catalogue (.po): the texts of one language by the English ones, and its rule of plurals.

The catalogues are read as they stand in the repository, without a compiled copy that could be older than they are.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from gettext import c2py
from pathlib import Path
from sys import intern
from typing import Final

import structlog

from bot.languages.templates import places

log = structlog.get_logger()

_FIELD = re.compile(r'(msgid_plural|msgid|msgstr)(?:\[(\d)\])? +("(?:[^"\\]|\\.)*")')
_RULE = re.compile(r"nplurals *= *(\d+) *; *plural *= *([^;\n]+);")
_OTHER_THAN_ONE: Final = c2py("n != 1")

#: A form of the plural that is used for one number alone may say it in a word of its own ("two readers" in Arabic).
_NUMBERS: Final = range(201)


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of a catalogue: ``plural`` is empty when it isn't counted; ``forms`` are the translations."""

    text: str
    plural: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is said for each English text; English itself is the catalogue without entries.

    ``which`` tells the form of the plural, of ``nplurals``, for a number.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    plurals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    which: Callable[[int], int] = _OTHER_THAN_ONE
    nplurals: int = 2

    def text(self, text: str) -> str:
        """The translation of a text, or the text."""
        return self.texts.get(text, text)

    def counted(self, one: str, many: str, number: int) -> str:
        """The form of a counted text for a number; in English where there is no translation."""
        forms = self.plurals.get(one)
        if forms is None:
            return one if number == 1 else many
        return forms[self.which(abs(number))]


def read_catalogue(path: Path) -> Catalogue:
    """The catalogue of a file. What can't be said truly is left out, with a line in the log, and so said in English.

    Raises ValueError when the file has no rule of plurals, or one that can't be read.
    """
    entries = list(parse(path.read_text(encoding="utf-8").splitlines()))
    rule = _RULE.search(next((entry.forms[0] for entry in entries if not entry.text), ""))
    if rule is None:
        raise ValueError(f"{path}: the head lacks Plural-Forms, as: nplurals=2; plural=(n != 1);")
    nplurals, which = int(rule[1]), c2py(rule[2])
    said = [entry for entry in entries if entry.text and any(entry.forms)]
    faults = {entry.text: fault for entry in said if (fault := fault_of(entry, nplurals, which))}
    for text, fault in faults.items():
        log.warning("catalogue.left_out", catalogue=path.stem, text=text, why=fault)
    sound = [entry for entry in said if entry.text not in faults]
    return Catalogue(
        {entry.text: entry.forms[0] for entry in sound if not entry.plural},
        {entry.text: entry.forms for entry in sound if entry.plural},
        which,
        nplurals,
    )


def fault_of(entry: Entry, nplurals: int, which: Callable[[int], int]) -> str:
    """Why a translation can't be said; empty when it can."""
    if not entry.plural:
        return "" if places(entry.text) == places(entry.forms[0]) else "other places than the English text"
    if len(entry.forms) != nplurals or not all(entry.forms):
        return f"{sum(map(bool, entry.forms))} forms of the plural instead of {nplurals}"
    of_many, of_one = places(entry.plural), places(entry.text)
    in_words = (of_many, of_one, of_many - {"count"}, of_one - {"count"})
    for number, form in enumerate(entry.forms):
        of_one_number = sum(which(n) == number for n in _NUMBERS) == 1
        if places(form) not in (in_words if of_one_number else (of_many,)):
            return f"form {number} has other places than the English text"
    return ""


def parse(lines: Iterable[str]) -> Iterator[Entry]:
    """The messages of a .po file, its head (the empty text) too.

    Raises ValueError on a line that is none of the format.
    """
    fields: dict[str, str] = {}
    name = ""
    for number, line in enumerate(lines, 1):
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith('"'):
            fields[name] += _string(line.strip(), number)
            continue
        match = _FIELD.fullmatch(line.strip())
        if match is None:
            raise ValueError(f"line {number} of the catalogue can't be read: {line}")
        if match[1] == "msgid" and fields:
            yield _entry(fields)
            fields = {}
        name = match[1] + (match[2] or "")
        fields[name] = _string(match[3], number)
    if fields:
        yield _entry(fields)


def _entry(fields: Mapping[str, str]) -> Entry:
    forms = tuple(text for name, text in fields.items() if name.startswith("msgstr"))
    return Entry(intern(fields["msgid"]), fields.get("msgid_plural", ""), forms)  # one English text for all languages


def _string(quoted: str, number: int) -> str:
    try:
        return str(ast.literal_eval(quoted))  # gettext's escapes are C's, and Python's are, too
    except (SyntaxError, ValueError) as error:
        raise ValueError(f"line {number} of the catalogue has a broken string: {quoted}") from error
