"""The pages of the plain edition: the whole paper in front, and each section by itself."""

from __future__ import annotations

from collections.abc import Iterator

from domain.editions import FRONT, Message, Style
from domain.errors import NotFound
from domain.issue import Issue, Paper, Section, SectionName
from formatters import layout, phrases
from formatters.coverage import coverage_view
from formatters.pictures import qr_text
from formatters.plain.sections import Footnotes, section_text
from formatters.plain.wrapping import centred, wrapped
from formatters.views import AddressView, CoverageView, MastheadView

WIDTH = 78


def plain_pages(issue: Issue, paper: Paper) -> dict[str, Message]:
    """The front page is the whole paper; then each section, in the order of the paper."""
    names = [None, *(part.name for part in issue.sections)]
    return {name or FRONT: Message(Style.PLAIN, plain_text(issue, paper, name)) for name in names}


def plain_text(issue: Issue, paper: Paper, section: SectionName | None = None, width: int = WIDTH) -> str:
    """The whole paper, or one section of it, in lines of ``width`` columns.

    Raises NotFound: the issue has no such section.
    """
    if section is None:
        return _front(issue, paper, width)
    part = issue.section(section)
    if part is None:
        raise NotFound(f"The issue of {issue.date} has no section {section}.")
    return _page(issue, part, paper, width)


def _front(issue: Issue, paper: Paper, width: int) -> str:
    footnotes = Footnotes()
    addresses = layout.addresses(paper)
    sections = [_section(part, addresses, footnotes, width) for part in issue.sections]
    parts = (
        _masthead(layout.masthead(issue), width),
        *sections,
        _coverage(coverage_view(issue.coverage, paper), width),
        footnotes.text(width),
    )
    return _joined(*parts)


def _page(issue: Issue, part: Section, paper: Paper, width: int) -> str:
    footnotes = Footnotes()
    text = _section(part, layout.addresses(paper), footnotes, width)
    return _joined(_running_head(layout.masthead(issue)), text, footnotes.text(width))


def _section(part: Section, addresses: tuple[AddressView, ...], footnotes: Footnotes, width: int) -> str:
    text = section_text(layout.section(part), footnotes, width)
    if part.name is not SectionName.SUBSCRIBE:
        return text
    return "\n\n".join((text, *_invitations(addresses)))


def _invitations(addresses: tuple[AddressView, ...]) -> Iterator[str]:
    """Where the paper can be had, and the first of these places as a code for a phone."""
    if addresses:
        yield "\n".join(f"{address.label}: {address.url}" for address in addresses)
        yield f"{phrases.SCAN}\n\n{qr_text(addresses[0].url)}"


def _masthead(masthead: MastheadView, width: int) -> str:
    lines = (masthead.title.upper(), masthead.motto, f"{masthead.day} · {masthead.number}", masthead.sample)
    rule = "═" * width
    return "\n".join((rule, *(centred(line, width) for line in lines if line), rule))


def _running_head(masthead: MastheadView) -> str:
    line = f"{masthead.title} · {masthead.day} · {masthead.number}"
    return "\n".join(filter(None, (line, masthead.sample)))


def _coverage(coverage: CoverageView, width: int) -> str:
    text = " ".join((f"{phrases.AS_OF} {coverage.moment}.", *coverage.sentences))
    return f"{phrases.COVERAGE.upper()}\n{'─' * width}\n\n{wrapped(text, width)}"


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"
