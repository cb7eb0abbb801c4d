"""What is said to the admin of a channel of its settings, in a chat of his own."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Final

from bot.languages.words import Words
from bot.texts import settings
from bot.texts.general import notice
from domain.editions import Button, Keyboard, Message, Style
from domain.readers import ChatId

#: What the data of every button of a channel's settings begins with: ``sc:-1001234567890:hour:7``.
CHANNEL: Final = "sc"

#: What becomes of a channel's subscription: a page that asks, and the two acts.
LEAVE, LEFT, BACK = "leave", "left", "back"

#: The pages of the settings that a channel has none of: it is spoken to in no language, and follows no topics.
NOT_OF_CHANNELS: Final = frozenset({"language", "where", "thread"})


def addressed(message: Message, channel: ChatId, title: str) -> Message:
    """A page of the settings that says whose they are, and whose buttons do."""
    rows = (tuple(_of(channel, button) for button in row if _is_for_channels(button)) for row in message.keyboard)
    keyboard: Keyboard = tuple(row for row in rows if row)
    body = message.body if message.style is Style.RICH else f"📣 <b>{escape(title)}</b>\n{message.body}"
    return replace(message, body=body, keyboard=keyboard)


def with_leaving(words: Words, home: Message) -> Message:
    """The settings of a channel, and the button that ends its subscription."""
    leaving = Button(words.plain("Stop the issues"), callback=settings.callback(LEAVE))
    return replace(home, keyboard=(*home.keyboard, (leaving,)))


def taken(words: Words, home: Message, reference: str) -> Message:
    """The same for an admin who has just brought the paper to his channel; ``reference``: its @name or number."""
    here = words.say(
        "The paper comes to this channel from now on. Its settings are here, and later at {command}.",
        command=f"/settings {reference}",
    )
    return replace(home, body=f"{here}\n\n{home.body}")


def ask_to_leave(words: Words) -> Message:
    """Asks once more."""
    stop = Button(words.plain("Stop the issues"), callback=settings.callback(LEFT, 1))
    back = Button(words.plain("◀ Back"), callback=settings.callback("home"))
    return notice(words.say("Stop sending issues to this channel?"), ((stop,), (back,)))


def left(words: Words) -> Message:
    """A channel whose subscription was ended."""
    back = Button(words.plain("Send issues again"), callback=settings.callback(BACK, 1))
    return notice(words.say("This channel gets no issues."), ((back,),))


def mute(words: Words) -> Message:
    """A channel in which the bot may not post."""
    return notice(words.say("I have no right to post in this channel. Give me that right, and the paper comes again."))


def unknown(words: Words, named: str) -> Message:
    """The answer to the name of a channel that does not get the paper."""
    return notice(
        words.say(
            "The paper does not come to {channel}. Make me an administrator there with the right to post messages.",
            channel=named[:64],
        )
    )


def own(words: Words) -> Message:
    """The answer to the name of the paper's own channel."""
    return notice(words.say("This is the paper's own channel: each issue is there as soon as it is published."))


def foreign(words: Words) -> Message:
    """The answer to somebody who does not administer a channel."""
    return notice(words.say("Only the administrators of a channel can change its settings."))


def foreign_press(words: Words) -> str:
    """What somebody is shown who presses so."""
    return words.plain("Only the administrators of a channel can change its settings.")


def _is_for_channels(button: Button) -> bool:
    kind, _, rest = (button.callback or "").partition(":")
    return kind == settings.SETTINGS and rest.partition(":")[0] not in NOT_OF_CHANNELS


def _of(channel: ChatId, button: Button) -> Button:
    page = (button.callback or "").partition(":")[2]
    return replace(button, callback=f"{CHANNEL}:{channel}:{page}")
