"""An edition read back: whether every sentence of the issue stands in what would be sent."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

from domain.editions import Edition, Style
from domain.issue import Issue
from domain.text import plain_line

_TAG = re.compile(r"<[^>]+>")
_NO_LETTER = re.compile(r"\W+")

#: Styles that print sentences as they are; the plain one sets marks of its sources into them.
READ_BACK = frozenset({Style.CLASSIC, Style.RICH})


def missing_sentences(issue: Issue, edition: Edition) -> Iterator[str]:
    """The sentences of an issue that do not stand in its edition: letters and digits are compared, not typefaces."""
    if edition.style not in READ_BACK:
        return
    shown = _letters("".join(_text(page.body, edition.style) for page in edition.pages.values()))
    for claim in issue.claims():
        if _letters(claim.text) not in shown:
            yield claim.text


def _text(body: str, style: Style) -> str:
    if style is Style.CLASSIC:
        return html.unescape(_TAG.sub("", body))
    return _strings(json.loads(body)) if body[:1] in "[{" else body


def _strings(found: object) -> str:
    if isinstance(found, str):
        return found
    if isinstance(found, list):
        return "".join(_strings(each) for each in found)
    if isinstance(found, dict):
        return " ".join(_strings(each) for key, each in found.items() if key not in {"url", "type", "name"})
    return ""


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", plain_line(text))
