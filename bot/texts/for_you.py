"""What is said where a reader has no section of his own today, and how he gets one."""

from __future__ import annotations

from bot.languages.words import Words
from bot.texts.general import notice
from bot.texts.joining import JOIN
from bot.texts.reading import today_button
from bot.texts.settings import TOPICS
from domain.editions import Button, Message


def for_subscribers(words: Words) -> Message:
    """To one who is not subscribed: what he follows is kept with his subscription."""
    said = words.say("For You is a section of your own, made of what you follow. Subscribe, then choose your topics.")
    return notice(said, ((Button(words.plain("Subscribe"), callback=JOIN),), (today_button(words),)))


def follow_something(words: Words) -> Message:
    """To a subscriber who follows nothing yet."""
    said = words.say(
        "For You is a section of your own, made of what you follow. You follow nothing yet: choose topics."
    )
    return notice(said, ((_topics(words),), (today_button(words),)))


def nothing_today(words: Words) -> Message:
    """To one who follows something of which there is nothing beside the paper."""
    said = words.say("That issue has nothing on what you follow beyond what its other sections tell.")
    return notice(said, ((_topics(words),), (today_button(words),)))


def _topics(words: Words) -> Button:
    return Button(words.plain("Choose topics"), callback=TOPICS)
