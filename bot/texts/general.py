"""What any chapter may have to say: unknown, failed, expired, not yours to press."""

from __future__ import annotations

from dataclasses import replace

from bot.languages.words import Words
from domain.editions import Keyboard, Message, Style
from formatters.keyboards import fitted


def notice(html: str, keyboard: Keyboard = ()) -> Message:
    """A message of our own, in Telegram's HTML; rows of buttons that are too long for a phone are parted."""
    return Message(Style.CLASSIC, html, fitted(keyboard))


def unknown(words: Words) -> Message:
    """The answer to what is no command."""
    return notice(
        words.say("I know the paper and its sections, not free text. Try /today, or /help for every command.")
    )


def failed(words: Words) -> Message:
    """The answer when something broke on our side."""
    return notice(words.say("Something went wrong here, and it has been noted. Please try again in a minute."))


def hurried(words: Words) -> Message:
    """The answer to one who asks faster than a chat may be answered, and for several of his requests at once."""
    return notice(
        words.say(
            "You ask faster than Telegram lets me answer, so I left some out. I answer the newest; give me a moment."
        )
    )


def edited_late(words: Words, minutes: int) -> Message:
    """The answer to a message that was edited long after it was written, once to each chat."""
    return notice(
        words.count(
            "I read what you change within a minute of writing it. Later than that, please send it as a new message.",
            "I read what you change within {count} minutes of writing it. Later than that, please send it as a new "
            "message.",
            minutes,
        )
    )


def by_reply(words: Words, message: Message) -> Message:
    """A question to a group, where a bot hears only what replies to it."""
    how = words.say("In a group, reply to this message: I hear nothing else.")
    return replace(message, body=f"{message.body}\n<i>{how}</i>")


def expired(words: Words) -> str:
    """What the presser of an old or forged button is shown."""
    return words.plain("This button is no longer in use. Try /today.")


def only_group_admins(words: Words) -> Message:
    """The answer to a member of a group who can't decide for it."""
    return notice(words.say("In a group, only its admins can subscribe or unsubscribe it."))


def only_group_admins_press(words: Words) -> str:
    """What a member of a group is shown who presses what only its admins may."""
    return words.plain("In a group, only its admins can press this.")
