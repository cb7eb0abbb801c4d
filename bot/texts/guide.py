"""What is said of the commands, and of what is stored."""

from __future__ import annotations

from html import escape

from bot.commands import ADMIN_COMMANDS, READER_COMMANDS
from bot.languages.words import Words
from bot.texts.general import notice
from domain.editions import Message


def help_text(words: Words, admin: bool) -> Message:
    """Every command that the asker may use; the admins' in English."""
    lines = [f"<b>{words.say('Commands')}</b>"]
    lines += [
        words.say("{command} – {what}", command=f"/{command.name}", what=words.plain_of(command.description))
        for command in READER_COMMANDS
    ]
    if admin:
        lines.append("<b>For admins</b>")
        lines += [f"/{command.name} – {escape(command.description)}" for command in ADMIN_COMMANDS]
    return notice("\n".join(lines))


def privacy(words: Words) -> Message:
    """What is stored about a reader."""
    stored = (
        words.say("the number of this chat, and since when you read us"),
        words.say("your hour, time zone, layout and language"),
        words.say("where you came from, if a link said so"),
        words.say("which issues were delivered to you"),
    )
    lines = [f"<b>{words.say('What is stored about you')}</b>", *(f"• {what}" for what in stored)]
    unstored = words.say(
        "Not stored: your name, your messages, your location. Nothing is passed on. /forgetme erases all of it at once."
    )
    return notice("\n".join([*lines, "", unstored]))
