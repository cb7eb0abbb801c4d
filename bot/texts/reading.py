"""What is said instead of a page."""

from __future__ import annotations

from datetime import date

from bot.languages.templates import Html
from bot.languages.words import Words
from bot.texts.general import notice
from domain.editions import FRONT, Button, Message, page_callback
from domain.issue import SectionName

_EXAMPLE = Html("<code>/lead 2026-07-04</code>")

#: What the button carries that opens today's front page.
TODAY = "do:today"

#: What the data of a button begins with that opens the calendar, and the one that opens sources.
ARCHIVE = "a"
SOURCES = "c"


def today_button(words: Words) -> Button:
    """The button that opens today's front page."""
    return Button(words.plain("Read today's issue"), callback=TODAY)


def archive_callback(month: date) -> str:
    """What a button carries that opens the calendar of a month: ``a:202607``."""
    return f"{ARCHIVE}:{month:%Y%m}"


def sources_callback(day: date, page: str = FRONT) -> str:
    """What a button carries that opens the sources of a page: ``c:20260704:lead``, or of the whole issue."""
    return f"{SOURCES}:{day:%Y%m%d}" if page == FRONT else f"{SOURCES}:{day:%Y%m%d}:{page}"


def ways(words: Words, day: date, page: str, newest: date | None) -> tuple[Button, ...]:
    """The buttons that lead out of a page: its sources, the calendar, and from an old issue to the newest."""
    buttons = [Button(words.plain("Sources"), callback=sources_callback(day, page))]
    if page == SectionName.SUBSCRIBE:  # it states nothing
        buttons = []
    if page == FRONT:
        buttons.append(Button(words.plain("All issues"), callback=archive_callback(day)))
    if newest is not None and newest != day:
        buttons.append(Button(words.plain("Newest issue"), callback=page_callback(newest, FRONT)))
    return tuple(buttons)


def no_issue_yet(words: Words) -> Message:
    """Before the first issue."""
    return notice(
        words.say("There is no published issue yet. The first one comes after its checks; /subscribe to get it.")
    )


def no_such_page(words: Words) -> Message:
    """A command for a section that an issue lacks."""
    said = words.say("This section is not in that issue. Today's paper: /today, all issues: /archive")
    return notice(said, ((today_button(words),),))


def unclear_date(words: Words) -> Message:
    """The answer to words after a command that are no date."""
    said = words.say(
        "I can't read that as a date. Write it as {example}, or choose an issue: /archive", example=_EXAMPLE
    )
    return notice(said, ((today_button(words),),))


def no_such_issue(words: Words) -> Message:
    """The answer to who asks for an issue that is not there, or not there any more."""
    return notice(
        words.say("That issue can't be read here. Today's paper: /today, all issues: /archive"),
        ((today_button(words),),),
    )


def no_such_page_press(words: Words) -> str:
    """What the presser of a button is shown whose page is not in the issue."""
    return words.plain("This page can't be read any more, or not yet. Try /today or /archive.")
