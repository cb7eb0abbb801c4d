"""Keeping the languages: texts from the code into the catalogues, and CLDR's conventions from Babel.

    python -m tests.catalogues        (make languages)

Writes new texts into every catalogue (empty, to be translated), takes away those that the code no longer says, writes
conventions.json and cities.json again, and lists what each catalogue lacks; exits with 1 while one lacks something.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel import Locale, dates, localedata
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from bot.languages.lookup import ENGLISH, LANGUAGES
from bot.subscribers.zones import atlas

ROOT = Path(__file__).resolve().parents[1]
ROOM = ROOT / "bot"
CATALOGUES = ROOM / "languages" / "catalogues"
CONVENTIONS = ROOM / "languages" / "conventions.json"
CITIES = ROOM / "languages" / "cities.json"

#: Methods of Words that say a text, and how many of their first arguments are texts; ``mark`` is a function.
SAYING = {"say": 1, "plain": 1, "count": 2, "plain_count": 2}
MARKING = "mark"

#: The paper's own English is British: 4 July 2026.
LOCALES = {language: language for language in LANGUAGES} | {ENGLISH: "en_GB"}

#: The language whose data Babel holds.
_ASKED: list[str] = []

#: Marks of direction that CLDR puts beside signs: not needed, for a number in an Arabic line stands in an isolate.
MARKS = "\u200e\u200f"

#: The first day of a month is an ordinal in two languages; CLDR's patterns have no place for that.
FIRST_DAYS = {"fr": "1er", "pt": "1º"}

_PATTERNS = {"short": "MMMd", "month": "yMMMM"}
_FIELDS = {
    "d": "{day}",
    "y": "{year}",
    "MMMM": "{month}",
    "LLLL": "{month_alone}",
    "MMM": "{month_short}",
    "M": "{month_number}",
    "EEEE": "{weekday}",
}


#: CLDR keeps to the first name that it knew of a zone, by the one that the zone has today.
FORMER_ZONES = {
    "Africa/Asmara": "Africa/Asmera",
    "America/Argentina/Buenos_Aires": "America/Buenos_Aires",
    "America/Argentina/Catamarca": "America/Catamarca",
    "America/Argentina/Cordoba": "America/Cordoba",
    "America/Argentina/Jujuy": "America/Jujuy",
    "America/Argentina/Mendoza": "America/Mendoza",
    "America/Atikokan": "America/Coral_Harbour",
    "America/Indiana/Indianapolis": "America/Indianapolis",
    "America/Kentucky/Louisville": "America/Louisville",
    "America/Nuuk": "America/Godthab",
    "Asia/Ho_Chi_Minh": "Asia/Saigon",
    "Asia/Kathmandu": "Asia/Katmandu",
    "Asia/Kolkata": "Asia/Calcutta",
    "Asia/Yangon": "Asia/Rangoon",
    "Atlantic/Faroe": "Atlantic/Faeroe",
    "Europe/Kyiv": "Europe/Kiev",
    "Pacific/Chuuk": "Pacific/Truk",
    "Pacific/Pohnpei": "Pacific/Ponape",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A text in the code.

    ``many`` is empty when it isn't counted; ``where`` is file:line; ``plain``: it has no markup.
    """

    text: str
    many: str
    where: str
    plain: bool


def texts(room: Path = ROOM) -> list[Said]:
    """Every text that the conversation says, by file. Raises ValueError on one that can't be found."""
    return [said for path in sorted(room.rglob("*.py")) for said in _texts_of(path, room)]


def _texts_of(path: Path, room: Path) -> Iterator[Said]:
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    for node in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        wanted = _texts_wanted(node)
        if not wanted:
            continue
        where = f"{path.relative_to(room.parent).as_posix()}:{node.lineno}"
        given = [argument.value if isinstance(argument, ast.Constant) else None for argument in node.args[:wanted]]
        found = [text for text in given if isinstance(text, str)]
        if len(found) < wanted:
            raise ValueError(f"{where}: write the text itself; what is filled in stands in it as {{name}}")
        yield Said(found[0], found[1] if wanted > 1 else "", where, _is_plain(node))


def _texts_wanted(call: ast.Call) -> int:
    """How many texts a call says: of ``mark(…)``, and of the methods of whatever is called ``words``."""
    if isinstance(call.func, ast.Name):
        return 1 if call.func.id == MARKING else 0
    if not isinstance(call.func, ast.Attribute):
        return 0
    owner = call.func.value
    name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
    return SAYING.get(call.func.attr, 0) if name.lower().lstrip("_").endswith("words") else 0


def _is_plain(call: ast.Call) -> bool:
    """Whether a text stands without markup; marked ones stand in menus."""
    return isinstance(call.func, ast.Name) or (isinstance(call.func, ast.Attribute) and "plain" in call.func.attr)


def catalogue(language: str) -> Catalog:
    """The catalogue of a language, by Babel's own reading."""
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def lacking(language: str) -> list[Said]:
    """What the code says and a catalogue lacks."""
    found = catalogue(language)
    return [said for said in texts() if not _is_there(found, said)]


def _is_there(found: Catalog, said: Said) -> bool:
    message = found.get(said.text)
    if message is None or message.fuzzy:
        return False
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    return message.pluralizable == bool(said.many) and all(forms)


def update(language: str) -> None:
    """Bring a catalogue to the texts of the code; what is translated stays."""
    path = CATALOGUES / f"{language}.po"
    old = catalogue(language) if path.exists() else Catalog(locale=language)
    head = f"# The conversation in {Locale.parse(language).english_name}."
    new = Catalog(locale=language, header_comment=head, fuzzy=False)
    for said in texts():
        before = old.get(said.text)
        kept = before is not None and before.pluralizable == bool(said.many)
        new.add(
            (said.text, said.many) if said.many else said.text,
            before.string if before is not None and kept else None,
            locations=[(said.where.rpartition(":")[0], 0)],
        )
    with path.open("wb") as file:
        write_po(file, new, width=120, omit_header=False, sort_output=False, include_lineno=False)
    _quieten(path)


def _quieten(path: Path) -> None:
    """Take the moments and names out of a head: a catalogue changes only where its texts do."""
    text = path.read_text(encoding="utf-8")
    unkept = "Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team"
    text = re.sub(rf'^"(?:{unkept}|Generated-By)[^\n]*\n', "", text, flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")


def conventions() -> dict[str, Any]:
    """What CLDR says of each language, as Conventions takes it."""
    return {language: _conventions(language, cldr(language)) for language in LANGUAGES}


def cldr(language: str) -> Locale:
    """What CLDR says of a language.

    Babel 2.18 lets the months of one language stand for those of another that is asked after it ("一月" in German):
    what it has read is forgotten when another language is asked for.
    """
    if _ASKED[-1:] != [language]:
        localedata._cache.clear()
        _ASKED[:] = [language]
    return Locale.parse(LOCALES[language])


def _conventions(language: str, locale: Locale) -> dict[str, Any]:
    symbols, decimal = locale.number_symbols["latn"], locale.decimal_formats[None]
    percent = locale.percent_formats[None]
    return {
        "language": language,
        "name": (Locale.parse(language).get_language_name(language) or language).capitalize(),
        "rtl": locale.text_direction == "rtl",
        "decimal": symbols["decimal"],
        "group": symbols["group"],
        "groups": list(decimal.grouping),
        "minus": symbols["minusSign"].strip(MARKS),
        "percentage": percent.prefix[0] + "{}" + percent.suffix[0].strip(MARKS),
        "dates": _dates(locale),
        "first_day": FIRST_DAYS.get(language, "1"),
        "months": _names(locale.months["format"]["wide"], range(1, 13)),
        "months_alone": _names(locale.months["stand-alone"]["wide"], range(1, 13)),
        "months_short": _names(locale.months["format"]["abbreviated"], range(1, 13)),
        "weekdays": _names(locale.days["format"]["wide"], range(7)),
        "weekdays_alone": _names(locale.days["stand-alone"]["wide"], range(7)),
        "weekdays_short": _names(locale.days["stand-alone"]["abbreviated"], range(7)),
        "first_weekday": locale.first_week_day,
        "between": "" if language == "zh" else " ",
        "lists": {
            name: locale.list_patterns["standard"][key]
            for name, key in (("start", "start"), ("middle", "middle"), ("end", "end"), ("pair", "2"))
        },
    }


def cities() -> dict[str, dict[str, str]]:
    """What CLDR calls the cities of the zones that are offered, where it differs from the zone's own name."""
    return {language: _cities(cldr(language)) for language in LANGUAGES}


def _cities(locale: Locale) -> dict[str, str]:
    called = {zone: locale.time_zones.get(FORMER_ZONES.get(zone, zone), {}).get("city") for zone in atlas().zones}
    return {
        zone: name
        for zone, name in sorted(called.items())
        if name and name != zone.rpartition("/")[2].replace("_", " ")
    }


def _names(names: Any, numbers: range) -> list[str]:
    return [str(names[number]) for number in numbers]


def _dates(locale: Locale) -> dict[str, str]:
    patterns = {name: locale.date_formats[name].pattern for name in ("long", "full")}
    patterns |= {name: locale.datetime_skeletons[skeleton].pattern for name, skeleton in _PATTERNS.items()}
    return {name: _with_places(pattern) for name, pattern in patterns.items()}


def _with_places(pattern: str) -> str:
    """A CLDR pattern as a text with places. Raises KeyError on a field that Conventions does not know."""
    return "".join(
        value if isinstance(value, str) else _FIELDS[str(value[0]) * int(value[1])]
        for _, value in dates.tokenize_pattern(pattern)
    )


def main() -> int:
    """Update everything, and tell what is lacking."""
    told = json.dumps(conventions(), ensure_ascii=False, indent=1) + "\n"
    CONVENTIONS.write_text(told, encoding="utf-8")
    CITIES.write_text(json.dumps(cities(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    lacks: dict[str, tuple[str, list[str]]] = {}
    for language in LANGUAGES:
        if language == ENGLISH:
            continue
        update(language)
        for said in lacking(language):
            lacks.setdefault(said.text, (said.where, []))[1].append(language)
    for text, (where, languages) in lacks.items():
        sys.stdout.write(f"{where}: {text!r} lacks {' '.join(dict.fromkeys(languages))}\n")
    return 1 if lacks else 0


if __name__ == "__main__":
    sys.exit(main())
