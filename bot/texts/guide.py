"""What is said of the commands."""

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
