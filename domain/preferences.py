"""What a reader may wish, and what follows from it: pure rules on the settings of a subscriber.

Nothing here is words for a reader: a rule that refuses names its reason, and the conversation says it in his language.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.combinations import READER_SECTIONS, shown_sections
from domain.readers import DIGEST_WEEKDAY, Cadence, Subscriber, SubscriberState
from domain.text import plain_line, spelled

#: Keywords of one reader, and how long one may be, in characters.
MOST_KEYWORDS = 20
SHORTEST_KEYWORD, LONGEST_KEYWORD = 2, 40

#: A reader may pause for so long: who wants longer leaves, and comes back when he likes.
LONGEST_PAUSE = timedelta(days=366)

#: Signs that may stand in a keyword besides letters, digits and blanks: those of names, none of any markup.
_SIGNS = frozenset("+#.-'’/@")

#: So far ahead a next paper is looked for; a weekly reader who is not paused gets one within eight days.
_AHEAD = 15


class Refusal(StrEnum):
    """Why a wish can't be granted."""

    UNKNOWN = "unknown"  # there is no such section or topic
    LAST = "last"  # it is the only one left
    AT_THE_END = "at_the_end"  # it stands first, or last, already
    NO_WORD = "no_word"  # nothing in it that could be found in a text
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    KNOWN = "known"  # he follows it already


def sections_of(reader: Subscriber) -> tuple[str, ...]:
    """The sections that he reads, in his order."""
    return shown_sections(reader.sections, reader.order)


def all_sections_of(reader: Subscriber) -> tuple[str, ...]:
    """Every section in his order, those too that he switched off: the rows of his settings."""
    return shown_sections((), reader.order)


def toggle_section(reader: Subscriber, name: str) -> frozenset[str] | Refusal:
    """The sections that are on after one was switched; the last one stays on."""
    if name not in READER_SECTIONS:
        return Refusal.UNKNOWN
    changed = frozenset(sections_of(reader)) ^ {name}
    if not changed:
        return Refusal.LAST
    return frozenset() if len(changed) == len(READER_SECTIONS) else changed


def move_section(reader: Subscriber, name: str, places: int) -> tuple[str, ...] | Refusal:
    """The order of all sections after one went ``places`` up (negative) or down among those that are on."""
    on, everything = list(sections_of(reader)), all_sections_of(reader)
    if name not in on:
        return Refusal.UNKNOWN
    place = on.index(name)
    target = min(max(place + places, 0), len(on) - 1)
    if target == place:
        return Refusal.AT_THE_END
    on.insert(target, on.pop(place))
    following = iter(on)
    moved = tuple(next(following) if each in on else each for each in everything)
    return () if moved == READER_SECTIONS else moved


def toggle_weekday(reader: Subscriber, day: int) -> frozenset[int] | Refusal:
    """The weekdays (Monday is 0) after one was switched; the last one stays."""
    if day not in range(7):
        return Refusal.UNKNOWN
    return reader.weekdays ^ {day} or Refusal.LAST


def toggle_topic(reader: Subscriber, topic: str, known: frozenset[str]) -> frozenset[str] | Refusal:
    """His topics after one was switched; ``known`` are those of the taxonomy, and he keeps none but them."""
    if topic not in known:
        return Refusal.UNKNOWN
    return (reader.topics & known) ^ {topic}


def clean_keyword(text: str) -> str | Refusal:
    """A keyword as it is kept: one plain line of letters, digits, blanks and the signs of names.

    Whatever could be markup, a pattern or a command is a blank.
    """
    kept = "".join(character if _may_stand(character) else " " for character in plain_line(text[: LONGEST_KEYWORD * 8]))
    keyword = " ".join(kept.split()).strip("-'’/. ")
    if not spelled(keyword):
        return Refusal.NO_WORD
    if len(keyword) < SHORTEST_KEYWORD:
        return Refusal.TOO_SHORT
    return keyword if len(keyword) <= LONGEST_KEYWORD else Refusal.TOO_LONG


def follow(reader: Subscriber, text: str) -> tuple[str, ...] | Refusal:
    """His keywords with one more, at the end."""
    keyword = clean_keyword(text)
    if isinstance(keyword, Refusal):
        return keyword
    if spelled(keyword) in map(spelled, reader.keywords):
        return Refusal.KNOWN
    if len(reader.keywords) >= MOST_KEYWORDS:
        return Refusal.TOO_MANY
    return (*reader.keywords, keyword)


def unfollow(reader: Subscriber, text: str) -> tuple[str, ...] | Refusal:
    """His keywords without one, however he spells it now."""
    kept = tuple(keyword for keyword in reader.keywords if spelled(keyword) != spelled(text))
    return kept if kept != reader.keywords else Refusal.UNKNOWN


def reads_on(reader: Subscriber, day: date) -> bool:
    """Whether the issue of a day goes to him: he is there, or back by then, and wants the paper on such a day."""
    if reader.state is SubscriberState.PAUSED:
        if reader.paused_until is None or day < reader.paused_until:
            return False
    elif reader.state is not SubscriberState.ACTIVE:
        return False
    if reader.cadence is Cadence.WEEKLY:
        return day.weekday() == DIGEST_WEEKDAY
    return day.weekday() in reader.weekdays


class Nearness(StrEnum):
    """How a day is spoken of by somebody who says it today."""

    TODAY = "today"
    TOMORROW = "tomorrow"
    THIS_WEEK = "this_week"  # one of the next six days: its weekday says which
    LATER = "later"


@dataclass(frozen=True, slots=True)
class NextPaper:
    """When a reader gets his next paper: ``at`` on his own clock (aware, in his zone), and how near its day is."""

    at: datetime
    nearness: Nearness


def next_paper(reader: Subscriber, now: datetime, due: Callable[[date], datetime]) -> NextPaper | None:
    """His next paper after ``now`` (aware UTC); ``due`` gives the moment at which the issue of a day comes to him.

    None for somebody who gets none: who left, who paused until he says so, who wants no weekday. Raises what ``due``
    raises, ZoneInfoNotFoundError for an unknown zone.
    """
    first = now.date() - timedelta(days=1)
    if reader.state is SubscriberState.PAUSED and reader.paused_until is not None:
        first = max(first, reader.paused_until)
    days = (first + timedelta(days=ahead) for ahead in range(_AHEAD))
    moments = [moment for day in days if reads_on(reader, day) and (moment := due(day)) > now]
    if not moments:
        return None
    zone = ZoneInfo(reader.zone)
    at = min(moments).astimezone(zone)
    return NextPaper(at, _nearness((at.date() - now.astimezone(zone).date()).days))


def _nearness(days: int) -> Nearness:
    if days <= 0:
        return Nearness.TODAY
    if days == 1:
        return Nearness.TOMORROW
    return Nearness.THIS_WEEK if days < 7 else Nearness.LATER


def _may_stand(character: str) -> bool:
    return character in _SIGNS or unicodedata.category(character)[0] in {"L", "M", "N"}
