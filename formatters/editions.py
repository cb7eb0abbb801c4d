"""Renders an issue as editions: what is approved here is, byte for byte, what readers get."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict

from domain.editions import FRONT, Edition, Message, Style
from domain.issue import Issue, IssueState, Paper
from formatters.classic.edition import classic_pages
from formatters.json_edition import edition_json
from formatters.plain.edition import plain_pages
from formatters.rich.edition import rich_pages

#: The styles that do not depend on the state of the issue: rendered once, stored with the draft.
STORED_STYLES = (Style.CLASSIC, Style.RICH, Style.PLAIN)


def render(issue: Issue, style: Style, paper: Paper, state: IssueState = IssueState.DRAFT) -> Edition:
    """The issue in one style. ``state`` stands in the JSON edition alone, which has a front page only."""
    pages = _pages(issue, style, paper, state)
    return Edition(issue.date, style, pages, sha256_of(pages))


def render_all(issue: Issue, paper: Paper) -> tuple[Edition, ...]:
    """The editions that are stored with an issue; the JSON edition tells its state and is rendered when asked for."""
    return tuple(render(issue, style, paper) for style in STORED_STYLES)


def _pages(issue: Issue, style: Style, paper: Paper, state: IssueState) -> dict[str, Message]:
    match style:
        case Style.CLASSIC:
            return classic_pages(issue, paper)
        case Style.RICH:
            return rich_pages(issue, paper)
        case Style.PLAIN:
            return plain_pages(issue, paper)
        case Style.JSON:
            return {FRONT: Message(Style.JSON, edition_json(issue, state))}


def sha256_of(pages: Mapping[str, Message]) -> str:
    """The SHA-256 (hex) of the pages: of their JSON with sorted keys, no blanks, characters as they are, in UTF-8."""
    content = {name: asdict(message) for name, message in pages.items()}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
