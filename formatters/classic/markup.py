"""Reads Telegram's HTML as Telegram does, and says in words, with the line, what Telegram would refuse.

Source: Bot API, "HTML style", and TDLib's ``parse_html`` (MessageEntity.cpp): the tags below, properly nested and
closed, and no ``<`` that begins no tag. Attributes that Telegram ignores are errors here, for they were meant to do
something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.errors import MorningPostError

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*')*)>")
_ATTRIBUTE = re.compile(r"\s*([a-zA-Z-]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?")
_ENTITY = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]+);")
_NAMED = frozenset({"lt", "gt", "amp", "quot"})
_ADDRESS = re.compile(r"(https?|tg|mailto|tel):\S+", re.IGNORECASE)

#: Each tag with the attributes that it may have.
_TAGS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "tg-spoiler", "pre"), frozenset()),
    "span": frozenset({"class"}),
    "a": frozenset({"href"}),
    "code": frozenset({"class"}),
    "blockquote": frozenset({"expandable"}),
    "tg-emoji": frozenset({"emoji-id"}),
}


class WrongMarkup(MorningPostError):
    """HTML that Telegram would refuse; ``problems`` says each one with its line."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of the text and where it stands, in code points. ``name`` is in lower case."""

    name: str
    closing: bool
    source: str
    start: int
    end: int


def read_markup(text: str) -> tuple[Tag, ...]:
    """The tags of a text in order. Raises WrongMarkup, naming every problem."""
    problems: list[str] = []
    tags = tuple(_tags(text, problems))
    _require_nested(text, tags, problems)
    problems += [_at(text, place, what) for place, what in _wrong_entities(text)]
    if problems:
        raise WrongMarkup(problems)
    return tags


def _tags(text: str, problems: list[str]) -> Iterator[Tag]:
    place = text.find("<")
    while place >= 0:
        match = _TAG.match(text, place)
        if match is None:
            problems.append(_at(text, place, "a < that begins no tag: write it as &lt;"))
            place = text.find("<", place + 1)
            continue
        tag = Tag(match[2].lower(), bool(match[1]), match[0], match.start(), match.end())
        problems += [_at(text, place, what) for what in _wrong_with(tag, match[3])]
        yield tag
        place = text.find("<", match.end())


def _wrong_with(tag: Tag, attributes: str) -> Iterator[str]:
    if tag.name not in _TAGS:
        yield f"Telegram knows no <{tag.name}>; it knows {', '.join(_TAGS)}"
        return
    if tag.closing:
        if attributes.strip():
            yield f"</{tag.name}> can't have attributes"
        return
    given = {name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(attributes)}
    if _ATTRIBUTE.sub("", attributes).strip():
        yield f"the attributes of <{tag.name}> can't be read: {attributes.strip()}"
    for name in sorted(set(given) - _TAGS[tag.name]):
        yield f"Telegram knows no {name} of <{tag.name}>"
    yield from _missing(tag.name, given)


def _missing(name: str, given: dict[str, str]) -> Iterator[str]:
    if name == "a" and not _ADDRESS.fullmatch(given.get("href", "")):
        yield 'a link needs an address: <a href="https://…">'
    if name == "span" and given.get("class") != "tg-spoiler":
        yield 'a span is <span class="tg-spoiler">, or Telegram refuses it'
    if name == "tg-emoji" and not given.get("emoji-id", "").isdigit():
        yield 'an emoji of one\'s own is <tg-emoji emoji-id="…">'


def _require_nested(text: str, tags: tuple[Tag, ...], problems: list[str]) -> None:
    opened: list[Tag] = []
    for tag in tags:
        if not tag.closing:
            opened.append(tag)
        elif opened and opened[-1].name == tag.name:
            opened.pop()
        else:
            expected = f"</{opened[-1].name}> is due first" if opened else "nothing is open"
            problems.append(_at(text, tag.start, f"{tag.source} closes nothing here: {expected}"))
            return  # whatever follows would be out of step as well
    problems += [_at(text, tag.start, f"{tag.source} is never closed") for tag in opened]


def _wrong_entities(text: str) -> Iterator[tuple[int, str]]:
    for match in _ENTITY.finditer(text):
        if not match[1].startswith("#") and match[1] not in _NAMED:
            yield match.start(), f"Telegram knows no {match[0]}: write the character itself"


def _at(text: str, place: int, what: str) -> str:
    return f"line {text.count(chr(10), 0, place) + 1}: {what}"
