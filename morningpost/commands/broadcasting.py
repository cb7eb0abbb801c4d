"""`broadcast`: a notice of the admins' own words to the readers, shown and counted before anything is queued."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from domain.audiences import Audience, Circle
from domain.editions import Message
from formatters.notices import notice_lines, notice_parts
from formatters.receipts import broadcast_title, outlook_lines
from morningpost.commands.acts import who
from morningpost.terminal import WRONG_USE, fail, is_terminal, say
from morningpost.wiring import House, open_house

#: The same words within this time are taken for the same notice.
SAME_NOTICE = timedelta(days=1)

_CIRCLES = {
    Circle.ALL: "readers",
    Circle.PRIVATE: "private chats",
    Circle.GROUPS: "groups",
    Circle.INACTIVE: "inactive readers",
}

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def _language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        raise typer.BadParameter(f"write a language as Telegram tells it, such as de or pt-BR, not {text!r}")
    return text


def broadcast(  # noqa: PLR0917 - a command has an argument for each of its options
    text: Annotated[
        Path, typer.Option("--text", help="A file with the words, in Telegram's HTML. `-` reads standard input.")
    ],
    to: Annotated[Circle, typer.Option("--to", help="Which of the active readers.")] = Circle.ALL,
    language: Annotated[
        str | None,
        typer.Option("--language", parser=_language, metavar="CODE", help="Readers of one language only, as de."),
    ] = None,
    silent: Annotated[bool, typer.Option("--silent", help="Without a sound, for everyone.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask; for scripts.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Send words once more that were sent within a day.")] = False,
) -> None:
    """Send a notice to the readers, now: what is longer than a message goes in parts. The channel gets none."""
    parts = notice_parts(_read(text))
    audience = Audience(to, language, silent=silent)
    with open_house() as house:
        if not again and _is_queued(house, parts, asking=not yes):
            return
        count = house.outbox.audience_size(audience, house.clock())
        if not count:
            fail("Nobody to write to: no active reader is in that circle.")
        for line in (*notice_lines(parts), _whom(audience, count)):
            say(line)
        for line in outlook_lines(count * len(parts), house.outbox.rate):
            say(line)
        _confirm("Send it?", yes=yes)
        opened = house.outbox.open_notice(parts, audience, at=house.clock(), by=who())
    say(f"Queued as broadcast {opened.id}. `morningpost run`, `worker` or `deliver` sends it.")


def _read(file: Path) -> str:
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{file} can't be read: {error.__class__.__name__}. Give a text file in UTF-8.")


def _is_queued(house: House, parts: Sequence[Message], *, asking: bool) -> bool:
    """Whether these very words are a broadcast already, and nobody wants them sent once more."""
    now = house.clock()
    same = house.outbox.same_notice(parts, now - SAME_NOTICE)
    if same is None:
        return False
    house.outbox.finish_openings(at=now)
    say(f"These very words were queued at {same.created_at:%Y-%m-%d %H:%M} UTC: {broadcast_title(same)}, {same.state}.")
    if asking and is_terminal():
        return not typer.confirm("Send them once more?", default=False)
    say("Nothing was done. `--again` sends them once more.")
    return True


def _whom(audience: Audience, count: int) -> str:
    circle = _CIRCLES[audience.circle]
    language = f", language {audience.language}" if audience.language else ""
    return f"to {count:,} {circle}{language}{', silently' if audience.silent else ''}"


def _confirm(question: str, *, yes: bool) -> None:
    """Go on, or leave with nothing done."""
    if yes:
        return
    if not is_terminal():
        fail("Nothing was sent: this is no terminal to ask on. `--yes` sends without asking.", WRONG_USE)
    if not typer.confirm(question, default=False):
        fail("Nothing was sent.")
