"""The pages of the classic edition: the front page with sections folded where they fit, and each section in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.editions import FRONT, Message, Style
from domain.issue import Issue, Paper, Section, SectionName
from formatters import layout, phrases
from formatters.classic import environment as templates
from formatters.classic.measure import Size, size
from formatters.coverage import coverage_view
from formatters.keeping import Kept
from formatters.keyboards import front_keyboard, page_keyboard
from formatters.selection import by_priority, fitting, follows_the_paper, own_first

_GAP = "\n\n"


def classic_pages(issue: Issue, paper: Paper) -> dict[str, Message]:
    """The front page and a page for each section, in the order of the paper; each is one message."""
    front = ClassicFronts(issue, paper).front(issue)
    return {FRONT: front} | {part.name.value: classic_page(issue, part, paper) for part in issue.sections}


def classic_page(issue: Issue, part: Section, paper: Paper) -> Message:
    """The page of one section of an issue."""
    addresses = layout.addresses(paper)
    head = templates.render_running_head(layout.masthead(issue), layout.section(part))
    foot = templates.render_addresses(addresses) if part.name is SectionName.SUBSCRIBE else ""

    def page(section: Section, shortened: bool) -> str:
        return _joined(head, templates.render_body(layout.section(section, phrases.SHORTENED * shortened)), foot)

    text = page(*fitting(part, lambda section, shortened: size(page(section, shortened)).fits))
    return Message(Style.CLASSIC, text, page_keyboard(issue, part.name, addresses))


@dataclass(frozen=True, slots=True)
class _Set:
    """Text as it is set, and its size."""

    text: str
    size: Size

    @classmethod
    def of(cls, text: str) -> _Set:
        return cls(text, size(text))


class ClassicFronts:
    """The front pages that are made of one day's issue: the paper's, and readers' own. What they share is set once."""

    def __init__(self, issue: Issue, paper: Paper) -> None:
        self._head = templates.render_masthead(layout.masthead(issue))
        self._coverage = templates.render_coverage(coverage_view(issue.coverage, paper))
        self._foot = templates.render_addresses(layout.addresses(paper))
        self._frame = size(_joined(self._head, self._coverage, self._foot))
        self._folds = Kept(lambda section: _Set.of("\n" + templates.render_folded(layout.section(section))))
        self._whole = Kept(lambda section: _Set.of(_GAP + _opened(section, "")))

    def front(self, issue: Issue, *, own: bool = False) -> Message:
        """The front page of an issue of the day; ``own``: a reader's, whose first section stands open."""
        opening, rest = layout.opening_and_rest(issue, own=own)
        reserved = self._reserved(rest) if own else Size(0, 0, 0)
        story, shortened = self._opening(opening, self._frame + reserved) if opening else (_Set.of(""), False)
        folded = self._folded(rest, self._frame + story.size, in_order=own and not follows_the_paper(issue))
        text = _joined(self._head, story.text.removeprefix(_GAP), "\n".join((*folded, self._coverage)), self._foot)
        return Message(Style.CLASSIC, text, front_keyboard(issue, opening.name if opening and not shortened else None))

    def _reserved(self, rest: Sequence[Section]) -> Size:
        """What is kept free for a reader's own section, which no long story may drive out."""
        own = next((part for part in rest if part.name is SectionName.FOR_YOU), None)
        return self._folds.of(own).size if own is not None else Size(0, 0, 0)

    def _opening(self, section: Section, used: Size) -> tuple[_Set, bool]:
        """The section that stands open beside what is ``used``, and whether it had to be shortened."""
        whole = self._whole.of(section)
        if (used + whole.size).fits:
            return whole, False

        def fits(part: Section, shortened: bool) -> bool:
            return (used + size(_GAP + _opened(part, phrases.MORE * shortened))).fits

        part, shortened = fitting(section, fits)
        return _Set.of(_GAP + _opened(part, phrases.MORE * shortened)), shortened

    def _folded(self, sections: Sequence[Section], used: Size, *, in_order: bool) -> list[str]:
        """The sections that fit whole beside what is ``used``: chosen by priority, given in their order.

        ``in_order``: the first ones of the order first.
        """
        chosen: set[SectionName] = set()
        for part in own_first(sections) if in_order else by_priority(sections):
            larger = used + self._folds.of(part).size
            if larger.fits:
                chosen.add(part.name)
                used = larger
        return [self._folds.of(part).text.removeprefix("\n") for part in sections if part.name in chosen]


def _opened(section: Section, remark: str) -> str:
    """A section that is not folded; the lead needs no title."""
    body = templates.render_body(layout.section(section, remark))
    title = "" if section.name is SectionName.LEAD else templates.render_title(layout.section(section))
    return "\n".join(filter(None, (title, body)))


def _joined(*parts: str) -> str:
    return _GAP.join(part for part in parts if part)
