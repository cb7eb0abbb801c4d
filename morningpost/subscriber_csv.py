"""Subscribers as rows of CSV: checked whole before a single one is written.

Several values stand in one cell with a semicolon between them; a cell that is left blank holds what a new reader has.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from domain.combinations import READER_SECTIONS
from domain.editions import Style
from domain.preferences import MOST_KEYWORDS, clean_keyword
from domain.readers import Cadence, ChatId, ChatKind, Subscriber, SubscriberState

#: The columns that are written; reading needs chat_id alone.
COLUMNS = (
    "chat_id",
    "zone",
    "hour",
    "style",
    "state",
    "kind",
    "joined_at",
    "weekdays",
    "sections",
    "order",
    "topics",
    "keywords",
    "language",
    "silent",
    "cadence",
    "paused_until",
    "thread",
    "seen_on",
)

#: What an import changes of a reader who is on the list: these always, the others if the file has their columns.
_ALWAYS = frozenset({"zone", "hour", "style"})
_IF_NAMED = frozenset(
    {"weekdays", "sections", "order", "topics", "keywords", "language", "silent", "cadence", "thread"}
)

#: Weekdays in a cell, Monday first; ``none`` of them, because a blank cell says all.
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NO_DAY = "none"

_YES, _NO = "yes", "no"

_CHAT_ID = re.compile(r"-?\d{1,18}")
_THREAD = re.compile(r"[1-9][0-9]{0,17}")
_TOPIC = re.compile(r"[a-z][a-z0-9-]{1,39}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


@dataclass(frozen=True, slots=True)
class ReaderRows:
    """The rows of a file, and what is wrong with them, by line."""

    rows: tuple[Mapping[str, str], ...]
    problems: tuple[str, ...]
    settings: frozenset[str] = _ALWAYS

    @classmethod
    def read(cls, lines: Iterable[str]) -> ReaderRows:
        """Read CSV with a header and check every row."""
        reader = csv.DictReader(lines)
        columns = {name.strip() for name in reader.fieldnames or ()}
        if "chat_id" not in columns:
            return cls((), ("line 1: the header must name chat_id, and may name " + ", ".join(COLUMNS[1:]),))
        unknown = sorted(columns - set(COLUMNS))
        if unknown:
            return cls((), (f"line 1: unknown columns {', '.join(unknown)}; known are {', '.join(COLUMNS)}",))
        rows, problems = [], []
        for record in reader:
            row = {name.strip(): (value or "").strip() for name, value in record.items() if isinstance(name, str)}
            problem = "too many columns" if None in record else _problem(row)
            if problem:
                problems.append(f"line {reader.line_num}: {problem}")
            rows.append(row)
        return cls(tuple(rows), tuple(problems), _ALWAYS | (_IF_NAMED & columns))

    def subscribers(self, zone: str, joined_at: datetime) -> Iterator[Subscriber]:
        """The rows as subscribers; what a row leaves out is the paper's zone, and what any new reader has."""
        for row in self.rows:
            chat_id = ChatId(int(row["chat_id"]))
            seen_on = joined_at.date()  # from now on: nobody is inactive because a list was brought from elsewhere
            stranger = Subscriber(chat_id, joined_at, _kind(chat_id), zone=zone, came_from="import", seen_on=seen_on)
            said = {name: read(row[name]) for name, read in _READ.items() if row.get(name)}
            yield replace(stranger, **said)


def row_of(reader: Subscriber) -> dict[str, str]:
    """A subscriber as one row of the file."""
    return {
        "chat_id": str(reader.chat_id),
        "zone": reader.zone,
        "hour": str(reader.hour),
        "style": reader.style.value,
        "state": reader.state.value,
        "kind": reader.kind.value,
        "joined_at": reader.joined_at.isoformat(),
        "weekdays": ";".join(_DAYS[day] for day in sorted(reader.weekdays)) or _NO_DAY,
        "sections": ";".join(sorted(reader.sections)),
        "order": ";".join(reader.order),
        "topics": ";".join(sorted(reader.topics)),
        "keywords": ";".join(reader.keywords),
        "language": reader.language,
        "silent": _YES if reader.silent else _NO,
        "cadence": reader.cadence.value,
        "paused_until": reader.paused_until.isoformat() if reader.paused_until else "",
        "thread": str(reader.thread) if reader.thread else "",
        "seen_on": reader.seen_on.isoformat() if reader.seen_on else "",
    }


def _several(text: str) -> tuple[str, ...]:
    """The values of a cell, each once, in their order."""
    return tuple(dict.fromkeys(value for part in text.split(";") if (value := part.strip())))


def _weekdays(text: str) -> frozenset[int]:
    return frozenset(_DAYS.index(day) for day in _several(text.lower()) if day != _NO_DAY)


#: How the text of a cell is read; what is not here is not taken over.
_READ: Mapping[str, Callable[[str], Any]] = {
    "zone": str,
    "hour": int,
    "style": Style,
    "state": SubscriberState,
    "kind": ChatKind,
    "joined_at": datetime.fromisoformat,
    "weekdays": _weekdays,
    "sections": lambda text: frozenset(_several(text)),
    "order": _several,
    "topics": lambda text: frozenset(_several(text)),
    "keywords": _several,
    "language": str,
    "silent": lambda text: text.lower() == _YES,
    "cadence": Cadence,
    "paused_until": date.fromisoformat,
    "thread": int,
    "seen_on": date.fromisoformat,
}


def _kind(chat_id: int) -> ChatKind:
    return ChatKind.PRIVATE if chat_id > 0 else ChatKind.GROUP


def _problem(row: Mapping[str, str]) -> str | None:
    """What is wrong with a row, in words; None when nothing is. A column that is left out or blank is not wrong."""
    if not _is_chat_id(row.get("chat_id", "")):
        return f"chat_id must be a number other than 0, not {row.get('chat_id', '')!r}"
    for column, (right, wanted) in _CHECKS.items():
        if row.get(column) and not right(row[column]):
            return f"{column} must be {wanted}, not {row[column]!r}"
    return None


def _is_chat_id(text: str) -> bool:
    return _CHAT_ID.fullmatch(text) is not None and int(text) != 0


def _is_hour(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text) <= 23


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _are_weekdays(text: str) -> bool:
    return text.lower() == _NO_DAY or set(_several(text.lower())) <= set(_DAYS)


def _are_sections(text: str) -> bool:
    return set(_several(text)) <= set(READER_SECTIONS)


def _are_topics(text: str) -> bool:
    return all(_TOPIC.fullmatch(topic) for topic in _several(text))


def _are_keywords(text: str) -> bool:
    keywords = _several(text)
    return len(keywords) <= MOST_KEYWORDS and all(clean_keyword(keyword) == keyword for keyword in keywords)


@lru_cache(maxsize=1024)
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


#: What a column may hold, and in which words it is asked for.
_CHECKS: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "zone": (_is_zone, "a time zone such as Europe/Berlin"),
    "hour": (_is_hour, "0 to 23"),
    "style": (lambda text: text in {"classic", "rich"}, "classic or rich"),
    "state": (lambda text: text in set(SubscriberState), f"one of {', '.join(SubscriberState)}"),
    "kind": (lambda text: text in set(ChatKind), f"one of {', '.join(ChatKind)}"),
    "joined_at": (_is_moment, "a time with its zone, as 2026-07-04T05:30:00+00:00"),
    "weekdays": (_are_weekdays, f"days as {';'.join(_DAYS[:2])}, or {_NO_DAY}"),
    "sections": (_are_sections, f"sections as {';'.join(READER_SECTIONS[:2])}"),
    "order": (_are_sections, f"sections as {';'.join(READER_SECTIONS[:2])}"),
    "topics": (_are_topics, "topics as vision;speech"),
    "keywords": (_are_keywords, f"at most {MOST_KEYWORDS} words or phrases as llama;open weights"),
    "language": (lambda text: _LANGUAGE.fullmatch(text) is not None, "a language such as en or pt-BR"),
    "silent": (lambda text: text.lower() in {_YES, _NO}, f"{_YES} or {_NO}"),
    "cadence": (lambda text: text in set(Cadence), f"one of {', '.join(Cadence)}"),
    "paused_until": (_is_day, "a day, as 2026-07-04"),
    "seen_on": (_is_day, "a day, as 2026-07-04"),
    "thread": (lambda text: _THREAD.fullmatch(text) is not None, "the number of a topic, as 17"),
}
