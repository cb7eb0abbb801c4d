"""The commands, with the words that Telegram shows beside them; one table for the menu, the help and the handlers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.languages.words import Marked, mark
from domain.issue import SectionName


@dataclass(frozen=True, slots=True)
class Command:
    """One command: ``name`` without the slash, ``description`` of 1-256 characters in every language."""

    name: str
    description: Marked


@dataclass(frozen=True, slots=True)
class AdminCommand:
    """A command for the admins of the paper; ``description`` of 1-256 characters in English."""

    name: str
    description: str


#: The sections that are read by a command of their own; /subscribe is the ninth.
SECTION_COMMANDS = (
    Command(SectionName.LEAD, mark("The lead story")),
    Command(SectionName.NUMBERS, mark("The day in numbers")),
    Command(SectionName.DEEPDIVE, mark("A question, answered from the data")),
    Command(SectionName.OPINION, mark("What stands out, in the paper's view")),
    Command(SectionName.TOOLS, mark("Tools worth a look")),
    Command(SectionName.TRENDING, mark("What is trending today")),
    Command(SectionName.MOVERS, mark("Who rose and who fell")),
    Command(SectionName.READING, mark("Papers and posts worth reading")),
)

#: The section that is each reader's own.
OWN_SECTION = Command(SectionName.FOR_YOU, mark("A section of your own, on what you follow"))

#: Every command of a reader, under the heads of the help.
READER_GROUPS: tuple[tuple[Marked, tuple[Command, ...]], ...] = (
    (
        mark("The paper"),
        (
            Command("start", mark("What this paper is")),
            Command("today", mark("Today's front page")),
            *SECTION_COMMANDS,
            OWN_SECTION,
        ),
    ),
    (
        mark("All issues"),
        (
            Command("archive", mark("Every issue, by day")),
            Command("search", mark("Words in all issues: /search open weights")),
            Command("sources", mark("What today's issue rests on")),
            Command("item", mark("One model, repository or paper over time: /item owner/name")),
        ),
    ),
    (
        mark("Your issue"),
        (
            Command("subscribe", mark("One issue every morning: /subscribe 7 Europe/Berlin")),
            Command("settings", mark("Hour, zone, days, sections, language, pause")),
            Command("topics", mark("What you want to read more of")),
            Command("follow", mark("Follow a word: /follow whisper")),
            Command("unfollow", mark("Follow it no longer: /unfollow whisper")),
            Command("invite", mark("A link and a QR code for a friend")),
            Command("unsubscribe", mark("Stop the morning issue")),
        ),
    ),
    (
        mark("Help, and what is stored"),
        (
            Command("help", mark("All commands")),
            Command("privacy", mark("What is stored about you")),
            Command("export", mark("All that is stored about you, as a file")),
            Command("forgetme", mark("Erase everything about you")),
        ),
    ),
)

READER_COMMANDS = tuple(command for _, commands in READER_GROUPS for command in commands)

ADMIN_COMMANDS = (
    AdminCommand("preview", "The newest issue, exactly as it will be sent"),
    AdminCommand("approve", "Let it go out at press time"),
    AdminCommand("hold", "Keep it from going out, or pause it where it stands"),
    AdminCommand("publish", "Publish it now"),
    AdminCommand("skipped", "What is never named, and the way back in"),
    AdminCommand("unskip", "Let an item be named again: /unskip owner/name"),
    AdminCommand("measures", "What an issue measures, against its goals"),
    AdminCommand("why", "Why each story of an issue was chosen"),
    AdminCommand("feedback", "What readers think of an issue: /feedback 2026-07-04"),
    AdminCommand("poll", "How the channel's poll stands; close it before its time"),
    AdminCommand("stats", "Readers, who came and went, deliveries"),
    AdminCommand("health", "Sources, queue, next times, version, disk"),
    AdminCommand("correct", "Put a sentence of a published issue right"),
    AdminCommand("broadcast", "Write to the readers: a notice of your own words"),
    AdminCommand("pause", "Hold a broadcast back: /pause 3, or the newest"),
    AdminCommand("resume", "Let it go on"),
    AdminCommand("cancel", "Send nothing more of it, ever"),
    AdminCommand("retry", "Send it again to those who were refused it"),
)
