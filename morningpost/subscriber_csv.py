"""Subscribers as rows of CSV: checked whole before a single one is written."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from domain.editions import Style
from domain.readers import ChatId, ChatKind, Subscriber, SubscriberState

#: The columns that are written; reading needs chat_id alone.
COLUMNS = ("chat_id", "zone", "hour", "style", "state", "kind", "joined_at")

_CHAT_ID = re.compile(r"-?\d{1,18}")


@dataclass(frozen=True, slots=True)
class ReaderRows:
    """The rows of a file, and what is wrong with them, by line."""

    rows: tuple[Mapping[str, str], ...]
    problems: tuple[str, ...]

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
        return cls(tuple(rows), tuple(problems))

    def subscribers(self, zone: str, joined_at: datetime) -> Iterator[Subscriber]:
        """The rows as subscribers; what a row leaves out is the paper's zone, 7 o'clock and classic."""
        for row in self.rows:
            chat_id = int(row["chat_id"])
            yield Subscriber(
                ChatId(chat_id),
                datetime.fromisoformat(row["joined_at"]) if row.get("joined_at") else joined_at,
                kind=ChatKind(row["kind"]) if row.get("kind") else _kind(chat_id),
                state=SubscriberState(row["state"]) if row.get("state") else SubscriberState.ACTIVE,
                zone=row.get("zone") or zone,
                hour=int(row["hour"]) if row.get("hour") else 7,
                style=Style(row["style"]) if row.get("style") else Style.CLASSIC,
                came_from="import",
            )


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
}
