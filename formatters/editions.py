"""Renders an issue as editions: what is approved here is, byte for byte, what readers get."""

from __future__ import annotations

from dataclasses import replace

from domain.editions import CHANNEL, FRONT, Edition, Message, Style, fingerprint
from domain.issue import Issue, IssueState, Paper
from formatters.classic.edition import classic_pages
from formatters.json.edition import edition_json
from formatters.keyboards import ENGLISH, Labels, channel_keyboard, labelled
from formatters.plain.edition import plain_pages
from formatters.rich.edition import rich_pages

#: The styles that do not depend on the state of the issue: rendered once, stored with the draft.
STORED_STYLES = (Style.CLASSIC, Style.RICH, Style.PLAIN)


def render(
    issue: Issue,
    style: Style,
    paper: Paper,
    state: IssueState = IssueState.DRAFT,
    labels: Labels = ENGLISH,
) -> Edition:
    """The issue in one style, with buttons that say ``labels``.

    ``state`` stands in the JSON edition alone, which has a front page only.
    """
    pages = {name: labelled(page, labels, paper) for name, page in _pages(issue, style, paper, state).items()}
    return Edition(issue.date, style, pages, fingerprint(pages))


def render_all(issue: Issue, paper: Paper, labels: Labels = ENGLISH) -> tuple[Edition, ...]:
    """The editions that are stored with an issue; the JSON edition tells its state and is rendered when asked for."""
    return tuple(render(issue, style, paper, labels=labels) for style in STORED_STYLES)


def _pages(issue: Issue, style: Style, paper: Paper, state: IssueState) -> dict[str, Message]:
    match style:
        case Style.CLASSIC:
            return _with_channel(classic_pages(issue, paper), paper)
        case Style.RICH:
            return _with_channel(rich_pages(issue, paper), paper)
        case Style.PLAIN:
            return plain_pages(issue, paper)
        case Style.JSON:
            return {FRONT: Message(Style.JSON, edition_json(issue, state))}


def _with_channel(pages: dict[str, Message], paper: Paper) -> dict[str, Message]:
    front = pages[FRONT]
    return pages | {CHANNEL: replace(front, keyboard=channel_keyboard(front.keyboard, paper.bot))}
