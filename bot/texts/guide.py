"""What is said of the commands."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from bot.commands import ADMIN_COMMANDS, READER_GROUPS
from bot.languages.words import Words
from bot.texts.general import notice
from bot.texts.reading import today_button
from bot.texts.settings import callback
from domain.editions import Button, Message


def help_text(words: Words, admin: bool) -> Message:
    """Every command that the asker may use; the admins' in English."""
    lines = list(_for_readers(words))
    if admin:
        lines += ["", "<b>For admins</b>"]
        lines += [f"/{command.name} – {escape(command.description)}" for command in ADMIN_COMMANDS]
    settings = Button(words.plain("All settings"), callback=callback("home"))
    return notice("\n".join(lines), ((today_button(words), settings),))


def _for_readers(words: Words) -> Iterator[str]:
    yield f"<b>{words.say('Commands')}</b>"
    for head, commands in READER_GROUPS:
        yield f"\n<b>{words.of(head)}</b>"
        for command in commands:
            yield words.say("{command} – {what}", command=f"/{command.name}", what=words.plain_of(command.description))
