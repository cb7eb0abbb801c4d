"""What the sections of the paper are called in the words of a reader: on buttons, in lists, above what is told of them.

The paper's own pages bear their titles in its prose (``domain.issue.SECTION_TITLES``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from bot.languages.lookup import words_of
from bot.languages.words import Marked, Words, mark
from domain.editions import Message
from domain.issue import Paper, SectionName
from formatters.keyboards import Labels, labelled

TITLES: Final[Mapping[SectionName, Marked]] = {
    SectionName.LEAD: mark("Lead Story"),
    SectionName.NUMBERS: mark("By the Numbers"),
    SectionName.DEEPDIVE: mark("Deep Dive"),
    SectionName.OPINION: mark("Opinion & Analysis"),
    SectionName.TOOLS: mark("Tools of the Week"),
    SectionName.TRENDING: mark("Trending"),
    SectionName.MOVERS: mark("Biggest Movers This Week"),
    SectionName.READING: mark("Weekend Reading"),
    SectionName.SUBSCRIBE: mark("Subscribe"),
    SectionName.FOR_YOU: mark("For You"),
}

#: The same in a word or two, for buttons; three of up to ``NARROW`` letters share a line on a phone.
SHORT: Final[Mapping[SectionName, Marked]] = {
    SectionName.LEAD: mark("Lead"),
    SectionName.NUMBERS: mark("Numbers"),
    SectionName.DEEPDIVE: mark("Deep Dive"),
    SectionName.OPINION: mark("Opinion"),
    SectionName.TOOLS: mark("Tools"),
    SectionName.TRENDING: mark("Trending"),
    SectionName.MOVERS: mark("Movers"),
    SectionName.READING: mark("Reading"),
    SectionName.SUBSCRIBE: mark("Subscribe"),
    SectionName.FOR_YOU: mark("For You"),
}


def title(words: Words, name: SectionName) -> str:
    """The title of a section, as text without markup."""
    return words.plain_of(TITLES[name])


def dated(words: Words, name: SectionName, day: date) -> str:
    """A section of an issue, as text without markup: ``Lead Story, 4 July 2026``."""
    return words.plain("{section}, {date}", section=title(words, name), date=words.date(day))


def short(words: Words, name: SectionName) -> str:
    """What a button says that opens a section."""
    return words.plain_of(SHORT[name])


def spoken(words: Words, page: Message, paper: Paper) -> Message:
    """A page of the paper with its buttons in these words; in the paper's own language it stays as it was approved."""
    return page if words.language == paper.language else labelled(page, labels(words), paper)


def labels_of(paper: Paper) -> Labels:
    """What the buttons of a paper say as it is approved, and in channels: they speak its own language."""
    return labels(words_of(paper.language))


def labels(words: Words) -> Labels:
    """What the buttons under the paper's pages say."""
    return Labels(
        sections={name: short(words, name) for name in SectionName},
        front=words.back(words.plain("Front page")),
        channel=words.plain("Open the channel"),
        bot=words.plain("Open the bot"),
    )
