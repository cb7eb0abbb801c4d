"""What is said instead of a page."""

from __future__ import annotations

from bot.languages.words import Words
from bot.texts.general import notice
from domain.editions import Button, Message

#: What the button carries that opens today's front page.
TODAY = "do:today"


def today_button(words: Words) -> Button:
    """The button that opens today's front page."""
    return Button(words.plain("Read today's issue"), callback=TODAY)


def no_issue_yet(words: Words) -> Message:
    """Before the first issue."""
    return notice(
        words.say("There is no published issue yet. The first one comes after its checks; /subscribe to get it.")
    )


def no_such_page(words: Words) -> Message:
    """A command for a section that an issue lacks."""
    return notice(words.say("This section is not in that issue. Today's paper: /today"))


def no_such_page_press(words: Words) -> str:
    """What the presser of a button is shown whose page is not in the issue."""
    return words.plain("This page is not in that issue. Try /today.")
