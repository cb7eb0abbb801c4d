"""The pages of the classic edition: the front page with sections folded where they fit, and each section in full."""

from __future__ import annotations

from domain.editions import FRONT, Message, Style
from domain.issue import Issue, Paper, Section, SectionName
from formatters import layout, phrases
from formatters.classic import environment as templates
from formatters.classic.measure import Size, size
from formatters.coverage import coverage_view
from formatters.keyboards import front_keyboard, page_keyboard
from formatters.selection import by_priority, fitting

_GAP = "\n\n"


def classic_pages(issue: Issue, paper: Paper) -> dict[str, Message]:
    """The front page and a page for each section, in the order of the paper; each is one message."""
    return {FRONT: _front(issue, paper)} | {part.name.value: _page(issue, part, paper) for part in issue.sections}


def _page(issue: Issue, part: Section, paper: Paper) -> Message:
    addresses = layout.addresses(paper)
    head = templates.render_running_head(layout.masthead(issue), layout.section(part))
    foot = templates.render_addresses(addresses) if part.name is SectionName.SUBSCRIBE else ""

    def page(section: Section, shortened: bool) -> str:
        return _joined(head, templates.render_body(layout.section(section, phrases.SHORTENED * shortened)), foot)

    text = page(*fitting(part, lambda section, shortened: size(page(section, shortened)).fits))
    return Message(Style.CLASSIC, text, page_keyboard(issue, part.name, addresses))


def _front(issue: Issue, paper: Paper) -> Message:
    lead, rest = layout.lead_and_rest(issue)
    head = templates.render_masthead(layout.masthead(issue))
    coverage = templates.render_coverage(coverage_view(issue.coverage, paper))
    foot = templates.render_addresses(layout.addresses(paper))
    used = size(_joined(head, coverage, foot))
    story, shortened = _lead(lead, used) if lead else ("", False)
    folded = _folded(rest, used + size(_GAP + story))
    text = _joined(head, story, "\n".join((*folded, coverage)), foot)
    return Message(Style.CLASSIC, text, front_keyboard(issue, whole_lead=not shortened))


def _lead(lead: Section, used: Size) -> tuple[str, bool]:
    """The lead beside what is ``used``, and whether it had to be shortened."""

    def body(section: Section, shortened: bool) -> str:
        return templates.render_body(layout.section(section, phrases.MORE * shortened))

    fitted = fitting(lead, lambda section, shortened: (used + size(_GAP + body(section, shortened))).fits)
    return body(*fitted), fitted[1]


def _folded(sections: tuple[Section, ...], used: Size) -> list[str]:
    """The sections that fit whole beside what is ``used``: chosen by priority, given in the order of the paper."""
    chosen: dict[SectionName, str] = {}
    for part in by_priority(sections):
        text = templates.render_folded(layout.section(part))
        larger = used + size("\n" + text)
        if larger.fits:
            chosen[part.name], used = text, larger
    return [chosen[part.name] for part in sections if part.name in chosen]


def _joined(*parts: str) -> str:
    return _GAP.join(part for part in parts if part)
