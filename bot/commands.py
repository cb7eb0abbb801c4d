"""The commands, with the words that Telegram shows beside them; one table for the menu, the help and the handlers."""

from __future__ import annotations

from dataclasses import dataclass

from domain.issue import SECTION_TITLES, SectionName


@dataclass(frozen=True, slots=True)
class Command:
    """One command: ``name`` without the slash, ``description`` of 1-256 characters."""

    name: str
    description: str


#: The sections that are read by a command of their own; /subscribe is the ninth.
SECTION_COMMANDS = tuple(
    Command(name.value, SECTION_TITLES[name]) for name in SectionName if name is not SectionName.SUBSCRIBE
)

READER_COMMANDS = (
    Command("start", "What this paper is"),
    Command("today", "Today's front page"),
    *SECTION_COMMANDS,
    Command("subscribe", "One issue every morning: /subscribe 7 Europe/Berlin"),
    Command("unsubscribe", "Stop the morning issue"),
    Command("help", "All commands"),
    Command("privacy", "What is stored about you"),
    Command("forgetme", "Erase everything about you"),
)

ADMIN_COMMANDS = (
    Command("preview", "The newest issue, exactly as it will be sent"),
    Command("approve", "Let it go out at press time"),
    Command("hold", "Keep it from going out"),
    Command("publish", "Publish it now"),
    Command("measures", "What an issue measures, against its goals"),
    Command("why", "Why each story of an issue was chosen"),
    Command("stats", "Readers and deliveries"),
    Command("pause", "Hold a broadcast back: /pause 3, or the newest"),
    Command("resume", "Let it go on"),
    Command("cancel", "Send nothing more of it, ever"),
    Command("retry", "Send it again to those who were refused it"),
)
