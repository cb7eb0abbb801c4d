"""The pages of the rich edition: the whole paper as one native message where it fits, and each section by itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from domain.editions import FRONT, Message, Style
from domain.issue import Issue, Paper, Section, SectionName
from formatters import layout, phrases
from formatters.cleaning import printed_line
from formatters.coverage import coverage_view
from formatters.keeping import Kept
from formatters.keyboards import front_keyboard, page_keyboard
from formatters.rich import blocks
from formatters.rich.blocks import Block, RichText
from formatters.rich.limits import TEXT_LIMIT, require_shaped, require_sound
from formatters.rich.measure import LIMITS, Measure, measure
from formatters.rich.sections import section_blocks
from formatters.selection import by_priority, fewer_stories, fitting, follows_the_paper, own_first
from formatters.views import AddressView, CoverageView, MastheadView

#: A quotation of fewer words is not worth setting apart.
PULLED_WORDS = 5


def rich_pages(issue: Issue, paper: Paper) -> dict[str, Message]:
    """The front page and a page for each section, in the order of the paper; each is one message.

    Raises UnsoundMessage where a page breaks Telegram's rules, which is a mistake of ours.
    """
    front = RichFronts(issue, paper).front(issue)
    return {FRONT: front} | {part.name.value: rich_page(issue, part, paper) for part in issue.sections}


def rich_page(issue: Issue, part: Section, paper: Paper) -> Message:
    """The page of one section of an issue. Raises UnsoundMessage."""
    addresses = layout.addresses(paper)
    content = _page(issue, part, addresses)
    require_sound(content, issue.coverage.as_of)
    return Message(Style.RICH, _json(content), page_keyboard(issue, part.name, addresses))


def _page(issue: Issue, part: Section, addresses: tuple[AddressView, ...]) -> list[Block]:
    head = _running_head(layout.masthead(issue))
    foot = _addresses(addresses) if part.name is SectionName.SUBSCRIBE else []

    def page(section: Section, shortened: bool) -> list[Block]:
        view = layout.section(section, phrases.SHORTENED * shortened)
        return [blocks.heading(view.title, 2), *head, *section_blocks(view), *foot]

    return page(*fitting(part, lambda section, shortened: _fits(measure(page(section, shortened)))))


@dataclass(frozen=True, slots=True)
class _Set:
    """Blocks as they are set, with their JSON (without the brackets of the array) and their size."""

    blocks: list[Block]
    text: str
    size: Measure

    @classmethod
    def of(cls, content: list[Block]) -> _Set:
        return cls(content, _json(content)[1:-1], measure(content))


class RichFronts:
    """The front pages that are made of one day's issue: the paper's, and readers' own. What they share is set once.

    What is set once is held to Telegram's rules once; of a page then only the sums are reckoned.
    """

    def __init__(self, issue: Issue, paper: Paper) -> None:
        self._as_of = issue.coverage.as_of
        self._head = self._sound(_masthead(layout.masthead(issue)))
        self._foot = self._sound(
            [*_addresses(layout.addresses(paper)), _coverage(coverage_view(issue.coverage, paper))]
        )
        self._whole = Kept(lambda section: self._sound(_open(section, "")))
        self._folds = Kept(lambda section: self._sound(_on_front(section, "")))
        self._fewer = Kept(lambda section: [_Set.of(_on_front(part, phrases.MORE)) for part in fewer_stories(section)])
        self._quotes = Kept(lambda section: self._sound(_pulled(section)))

    def _sound(self, content: list[Block]) -> _Set:
        if content:
            require_shaped(content, self._as_of)
        return _Set.of(content)

    def front(self, issue: Issue, *, own: bool = False) -> Message:
        """The opening first, then whole sections by priority, then what fits of those left; in their order in print.

        ``own``: it is a reader's issue, whose first section stands open.
        """
        opening, rest = layout.opening_and_rest(issue, own=own)
        reserved = [_contents(rest), _behind(rest)] if rest else []
        room = _Room(self._head.size + measure(reserved) + self._foot.size)
        kept_free = self._kept_free(rest, room) if own else []
        story, shortened = self._opening(opening, room) if opening else ([], False)
        chosen = self._chosen(rest, room, kept_free, in_order=own and not follows_the_paper(issue))
        present = [part for part in rest if part.name in chosen]
        absent = [part for part in rest if part.name not in chosen]
        content = [
            self._head,
            *([_Set.of([_contents(present)])] if len(present) > 2 else []),
            _Set.of([blocks.divider()]),
            *story,
            *(chosen[part.name] for part in present),
            *([_Set.of([_behind(absent)])] if absent else []),
            self._foot,
        ]
        if not own:
            require_sound([block for each in content for block in each.blocks], self._as_of)
        body = f"[{','.join(each.text for each in content if each.text)}]"
        keyboard = front_keyboard(issue, opening.name if opening and not shortened else None)
        return Message(Style.RICH, body, keyboard)

    def _kept_free(self, rest: Sequence[Section], room: _Room) -> list[Section]:
        """What is a reader's alone takes its place first, before a long story could drive it out."""
        own = [part for part in rest if part.name is SectionName.FOR_YOU and room.holds(self._folds.of(part))]
        for part in own:
            room.take(self._folds.of(part))
        return own

    def _opening(self, section: Section, room: _Room) -> tuple[list[_Set], bool]:
        """The opening with its pull quote where there is room, and whether it had to be shortened."""
        story, shortened, fitted = self._whole.of(section), False, section
        if not room.holds(story):
            fitted, shortened = fitting(section, lambda part, cut: room.holds(_Set.of(_open(part, phrases.MORE * cut))))
            story = self._sound(_open(fitted, phrases.MORE * shortened))
        room.take(story)
        quote = self._quotes.of(fitted) if fitted.name is SectionName.LEAD else None
        return [story, room.take(quote)] if quote and quote.blocks and room.holds(quote) else [story], shortened

    def _chosen(
        self, sections: Sequence[Section], room: _Room, taken: Sequence[Section], *, in_order: bool
    ) -> dict[SectionName, _Set]:
        """What stands of each section beside what has ``taken`` its place; ``in_order``: the first ones first."""
        chosen = {part.name: self._folds.of(part) for part in taken}
        ordered = own_first(sections) if in_order else by_priority(sections)
        for part in ordered:
            if part.name not in chosen and room.holds(self._folds.of(part)):
                chosen[part.name] = room.take(self._folds.of(part))
        for part in ordered:
            if part.name not in chosen and (content := next(filter(room.holds, self._fewer.of(part)), None)):
                chosen[part.name] = room.take(content)
        return chosen


class _Room:
    """What is left of a message beside what is ``taken``."""

    def __init__(self, taken: Measure) -> None:
        self._taken = taken

    def holds(self, content: _Set) -> bool:
        """Whether the blocks fit in beside those taken."""
        return _fits(self._taken + content.size)

    def take(self, content: _Set) -> _Set:
        """Give the blocks their place."""
        self._taken += content.size
        return content


def _fits(size: Measure) -> bool:
    """Whether Telegram's limits and our own hold; a block is kept free for the line across."""
    return size.text <= TEXT_LIMIT and size.blocks < LIMITS["blocks"] and size.runs <= LIMITS["runs"]


def _open(section: Section, remark: str) -> list[Block]:
    """A section that stands open on top; the lead needs no title."""
    content = section_blocks(layout.section(section, remark), headline_size=2)
    title = [] if section.name is SectionName.LEAD else [blocks.heading(printed_line(section.title), 2)]
    return _under_anchor(section.name, [*title, *content])


def _on_front(section: Section, remark: str) -> list[Block]:
    view = layout.section(section, remark)
    return _under_anchor(section.name, [blocks.heading(view.title, 2), *section_blocks(view, folded=True)])


def _under_anchor(name: SectionName, content: list[Block]) -> list[Block]:
    return [blocks.anchor(name.value), *content]


def _json(content: list[Block]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _masthead(masthead: MastheadView) -> list[Block]:
    return [
        blocks.heading(masthead.title, 1),
        *([blocks.paragraph(blocks.styled("italic", masthead.motto))] if masthead.motto else []),
        blocks.paragraph(f"{masthead.day} · {masthead.number}"),
        *_sample(masthead),
    ]


def _running_head(masthead: MastheadView) -> list[Block]:
    """What stands under the title of a section's own page: which paper it is of."""
    line = blocks.styled("italic", f"{masthead.title} · {masthead.day}")
    return [blocks.paragraph(line), *_sample(masthead)]


def _sample(masthead: MastheadView) -> list[Block]:
    return [blocks.paragraph(blocks.styled("bold", masthead.sample))] if masthead.sample else []


def _contents(sections: Sequence[Section]) -> Block:
    """The sections of the page, each a link to its place."""
    links: list[RichText] = [blocks.anchor_link(printed_line(part.title), part.name.value) for part in sections]
    return blocks.paragraph(blocks.with_separator(links, " · "))


def _behind(sections: Sequence[Section]) -> Block:
    """The sections that are only behind buttons."""
    titles = " · ".join(printed_line(part.title) for part in sections)
    return blocks.paragraph(blocks.styled("italic", f"{phrases.BEHIND} {titles}"))


def _addresses(addresses: tuple[AddressView, ...]) -> list[Block]:
    if not addresses:
        return []
    parts = [blocks.joined([f"{one.label} ", blocks.linked(one.handle, one.url)]) for one in addresses]
    return [blocks.paragraph(blocks.with_separator(parts, " · "))]


def _coverage(coverage: CoverageView) -> Block:
    when = blocks.moment(coverage.moment, coverage.as_of, "Dt")
    sentences = " ".join(coverage.sentences)
    return blocks.footer(blocks.joined([f"{phrases.COVERAGE}. {phrases.AS_OF} ", when, f". {sentences}".rstrip()]))


def _pulled(lead: Section) -> list[Block]:
    """The first quotation of the lead that is worth setting apart."""
    pulled = layout.pulled_quote(lead, PULLED_WORDS)
    if pulled is None:
        return []
    return [blocks.pull_quote(blocks.set_run(pulled.quote), blocks.set_run(pulled.credit))]
