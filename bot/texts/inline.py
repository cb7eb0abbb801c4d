"""What ``@bot words`` offers: stories to share into any chat, each with a way to read on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final

from bot.languages.words import Words
from bot.texts import sections
from domain.editions import Button, start_payload
from domain.issue import Issue, Paper, SectionName
from domain.search import Hit, entries
from domain.text import plain_line

_TITLE: Final = 100
_LINE: Final = 180
_TEXT: Final = 600


@dataclass(frozen=True, slots=True)
class Article:
    """A result: what the list shows, the HTML that is sent when it is chosen, and the button under that."""

    id: str
    title: str
    description: str
    html: str
    button: Button | None


def stories(words: Words, paper: Paper, hits: tuple[Hit, ...]) -> tuple[Article, ...]:
    """What was found, as results."""
    return tuple(
        _article(words, paper, hit, f"{number}:{hit.day:%Y%m%d}:{hit.section}") for number, hit in enumerate(hits)
    )


def todays(words: Words, paper: Paper, issue: Issue) -> tuple[Article, ...]:
    """The sections of an issue, each by its first story."""
    first: dict[SectionName, Hit] = {}
    for entry in entries(issue):
        first.setdefault(entry.section, Hit(issue.date, entry.section, entry.headline, entry.text))
    return tuple(_article(words, paper, hit, f"{issue.date:%Y%m%d}:{hit.section}") for hit in first.values())


def _article(words: Words, paper: Paper, hit: Hit, name: str) -> Article:
    place = sections.dated(words, hit.section, hit.day)
    title = plain_line(hit.headline or hit.text, _TITLE)
    text = hit.text if hit.headline else ""
    body = [f"<b>{escape(plain_line(hit.headline, _TEXT))}</b>"] if hit.headline else []
    body.append(escape(plain_line(hit.text, _TEXT)))
    body.append(f"<i>{escape(paper.title)}: {escape(place)}</i>")
    return Article(
        name,
        title,
        plain_line(f"{place} · {text}" if text else place, _LINE),
        "\n".join(filter(None, body)),
        _read_on(words, paper, hit.day, hit.section),
    )


def _read_on(words: Words, paper: Paper, day: date, section: SectionName) -> Button | None:
    if paper.bot is None:
        return None
    payload = start_payload(day, section)
    return Button(words.plain("Read on"), url=f"https://t.me/{paper.bot.lstrip('@')}?start={payload}")


def nothing_found(words: Words) -> str:
    """What stands above an empty list of results: 1-64 characters; pressed, it opens the bot."""
    return plain_line(words.plain("Nothing found. Read today's issue"), 64)
