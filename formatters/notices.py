"""A notice of our own words: checked, and set as one message or several, parted where paragraphs end and never cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.editions import Message, Picture, Style
from domain.text import utf16_length
from formatters.classic.markup import Tag, WrongMarkup, read_markup
from formatters.classic.measure import TEXT_LIMIT, size, visible_text

#: Characters that may stand below a picture (Bot API, sendPhoto: caption).
CAPTION_LIMIT = 1024

#: Where a text may be parted: after a paragraph; where one is too long, after a line.
_PARAGRAPH_END = re.compile(r"[ \t]*\n[ \t]*\n\s*")
_LINE_END = re.compile(r"[ \t]*\n\s*")

_LINK = re.compile(r"<a\s[^>]*?href\s*=\s*[\"']?([^\"'>\s]+)[^>]*>(.*?)</a>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Cut:
    """A place where the text may be parted: before ``end`` and after ``start``, inside of the tags ``opened``."""

    end: int
    start: int
    opened: tuple[Tag, ...]


def notice_parts(text: str) -> tuple[Message, ...]:
    """The messages of a notice given as Telegram HTML, in order.

    Raises WrongMarkup, naming every problem: markup that Telegram would refuse, no words, or a line longer than a
    message.
    """
    text = text.replace("\r\n", "\n").removeprefix("\ufeff").strip()
    tags = read_markup(text)
    if not visible_text(text).strip():
        raise WrongMarkup(["the notice has no words"])
    return tuple(Message(Style.CLASSIC, part) for part in _parts(text, tags))


def pictured(photo: str, caption: str) -> tuple[Message, ...]:
    """A notice below a picture that Telegram has, by its file_id. Raises WrongMarkup: the caption can't be sent."""
    caption = caption.strip()
    read_markup(caption)
    length = utf16_length(visible_text(caption))
    if length > CAPTION_LIMIT:
        raise WrongMarkup([f"{length:,} characters; below a picture stand {CAPTION_LIMIT:,} at most"])
    return (Picture(Style.CLASSIC, caption, photo=photo),)


def _parts(text: str, tags: tuple[Tag, ...]) -> Iterator[str]:
    begin, end = _Cut(0, 0, ()), _Cut(len(text), len(text), ())
    while not _fits(text, begin, end):
        cut = _last_fitting(text, begin, _cuts(text, tags, _PARAGRAPH_END, begin.start)) or _last_fitting(
            text, begin, _cuts(text, tags, _LINE_END, begin.start)
        )
        if cut is None:
            raise WrongMarkup([_too_long(text, begin)])
        yield _between(text, begin, cut)
        begin = cut
    yield _between(text, begin, end)


def _last_fitting(text: str, begin: _Cut, cuts: Iterator[_Cut]) -> _Cut | None:
    last = None
    for cut in cuts:
        if not _fits(text, begin, cut):
            break
        last = cut
    return last


def _cuts(text: str, tags: tuple[Tag, ...], ends: re.Pattern[str], after: int) -> Iterator[_Cut]:
    """The places after ``after`` where the text may be parted, with the tags that are open there."""
    opened: list[Tag] = []
    position = 0
    for match in ends.finditer(text):
        while position < len(tags) and tags[position].end <= match.start():
            tag = tags[position]
            opened = opened[:-1] if tag.closing else [*opened, tag]
            position += 1
        within_a_tag = position < len(tags) and tags[position].start < match.end()
        if match.start() > after and not within_a_tag:
            yield _Cut(match.start(), match.end(), tuple(opened))


def _between(text: str, begin: _Cut, end: _Cut) -> str:
    """The text from one cut to another; what is open at a cut is closed before it, and opened again after it."""
    opening = "".join(tag.source for tag in begin.opened)
    closing = "".join(f"</{tag.name}>" for tag in reversed(end.opened))
    return f"{opening}{text[begin.start : end.end]}{closing}"


def _fits(text: str, begin: _Cut, end: _Cut) -> bool:
    return size(_between(text, begin, end)).fits


def _too_long(text: str, begin: _Cut) -> str:
    number = text.count("\n", 0, begin.start) + 1
    line = visible_text(text[begin.start :].split("\n", 1)[0])
    if utf16_length(line) > TEXT_LIMIT:
        told = f"{utf16_length(line):,} characters; a message holds {TEXT_LIMIT:,}"
        return f"line {number}: {told}: break it with a line end"
    return f"line {number}: more formatting than a message holds (100 pieces): part it with a line end"


def notice_lines(parts: tuple[Message, ...]) -> list[str]:
    """How a notice will look, as lines of plain text: each part under its number and length, links with addresses."""
    lines: list[str] = []
    for number, part in enumerate(parts, 1):
        length = utf16_length(visible_text(part.body))
        lines.append(f"--- message {number} of {len(parts)}, {length:,} of {TEXT_LIMIT:,} characters ---")
        lines += visible_text(_LINK.sub(r"\2 [\1]", part.body)).splitlines()
    return [*lines, "---"]
