"""The calendar of issues: a month as a keyboard, its days with an issue as buttons."""

from __future__ import annotations

import calendar
from collections.abc import Container, Sequence
from datetime import date, timedelta
from html import escape

from bot.languages.words import Words
from bot.texts.general import notice
from bot.texts.reading import ARCHIVE, archive_callback
from domain.editions import FRONT, Button, Message, page_callback

#: What a day's button carries that has no issue, and what it shows: Telegram takes no button that shows nothing.
NOTHING = f"{ARCHIVE}:none"
_BLANK = "·"

Row = tuple[Button, ...]


def issue_callback(day: date) -> str:
    """What a day's button carries: ``a:20260704``."""
    return f"{ARCHIVE}:{day:%Y%m%d}"


def calendar_page(words: Words, month: date, days: Sequence[date], today: date) -> Message:
    """The month of a day, of the issues of ``days`` (sorted); ``today`` is marked when it lies in it."""
    first = month.replace(day=1)
    there = {day for day in days if (day.year, day.month) == (first.year, first.month)}
    issues = words.count("{count} issue in this month.", "{count} issues in this month.", len(there))
    told = words.sentences(issues, words.say("Press a day to read it."))
    text = f"<b>{escape(words.month(first))}</b>\n{told}"
    weeks = _weeks(words, first, there)
    rows = (_weekdays(words), *(tuple(_day(words, day, first, there, today) for day in week) for week in weeks))
    turns = _turns(words, first, days)
    newest = (Button(words.plain("Newest issue"), callback=page_callback(days[-1], FRONT)),)
    return notice(text, tuple(filter(None, (*rows, turns, newest))))


def _weeks(words: Words, first: date, there: Container[date]) -> list[list[date]]:
    """The weeks of a month, from the first to the last that has an issue; all of a month without one."""
    weeks = calendar.Calendar(words.first_weekday).monthdatescalendar(first.year, first.month)
    filled = [number for number, week in enumerate(weeks) if any(day in there for day in week)]
    return weeks[filled[0] : filled[-1] + 1] if filled else weeks


def _weekdays(words: Words) -> Row:
    order = [(words.first_weekday + number) % 7 for number in range(7)]
    return tuple(Button(words.short_weekday(number), callback=NOTHING) for number in order)


def _day(words: Words, day: date, first: date, there: set[date], today: date) -> Button:
    has_issue = day in there
    shown = words.number(day.day) if has_issue else _BLANK
    marked = f"({shown})" if day == today and day.month == first.month else shown
    return Button(marked, callback=issue_callback(day) if has_issue else NOTHING)


def _turns(words: Words, first: date, days: Sequence[date]) -> Row:
    """Back and forward to the nearest months that have issues."""
    after = (first + timedelta(days=31)).replace(day=1)
    earlier = [day for day in days if day < first][-1:]
    later = [day for day in days if day >= after][:1]
    return (
        *(Button(words.back(words.month(day)), callback=archive_callback(day)) for day in earlier),
        *(Button(words.onward(words.month(day)), callback=archive_callback(day)) for day in later),
    )


def back(words: Words, day: date) -> Button:
    """The way from an issue to the calendar of its month."""
    return Button(words.back(words.month(day)), callback=archive_callback(day))


def no_issue_that_day(words: Words) -> str:
    """What the presser of a blank day is shown."""
    return words.plain("There is no issue of that day.")
