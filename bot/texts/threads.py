"""What is said of the topic of a group that the issue comes into."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.languages.words import Words
from bot.texts.settings import callback
from domain.editions import Button, Message
from domain.readers import Subscriber

#: What the button carries in the place of a topic's number that brings the issue into General.
GENERAL: Final = "0"


def with_thread(words: Words, home: Message, reader: Subscriber, here: int | None) -> Message:
    """The settings of a group with where its issue comes, and the button that brings it ``here`` (None: General)."""
    line, button = _place(words, reader, here), _moving(words, reader, here)
    body = home.body if line is None else f"{home.body}\n{line}"
    return replace(home, body=body, keyboard=home.keyboard if button is None else ((button,), *home.keyboard))


def _place(words: Words, reader: Subscriber, here: int | None) -> str | None:
    if reader.thread is not None:
        if reader.thread == here:
            return words.say("The issue comes to this topic.")
        return words.say("The issue comes to another topic of this group.")
    if reader.thread_lost_at is not None:
        day = words.date(reader.thread_lost_at.date())
        return words.say(
            "The topic that the issue came to is closed or deleted. Since {day} it comes to General.", day=day
        )
    return None if here is None else words.say("The issue comes to General.")


def _moving(words: Words, reader: Subscriber, here: int | None) -> Button | None:
    if here == reader.thread:
        return None
    if here is None:
        return Button(words.plain("Bring the issue to General"), callback=callback("thread", GENERAL))
    return Button(words.plain("Bring the issue to this topic"), callback=callback("thread", here))
