"""Subscribe: the paper's own words; the formatters add the links to the channel and to the bot."""

from __future__ import annotations

from domain.issue import SECTION_TITLES, Layout, Section, SectionName, Story
from newsroom.desk import Desk


def write(desk: Desk) -> Section:
    """The section; it is always there."""
    sentences = tuple(desk.phrases.house(f"subscribe.{part}") for part in ("promise", "commands"))
    return Section(
        SectionName.SUBSCRIBE,
        SECTION_TITLES[SectionName.SUBSCRIBE],
        (Story((), Layout.ARTICLE, paragraphs=(sentences,)),),
    )
