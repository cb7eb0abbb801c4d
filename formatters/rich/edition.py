"""The pages of the rich edition: the whole paper as one native message where it fits, and each section by itself."""

from __future__ import annotations

import json
from collections.abc import Sequence

from domain.editions import FRONT, Keyboard, Message, Style
from domain.issue import Issue, Paper, Section, SectionName
from formatters import layout, phrases
from formatters.cleaning import printed_line
from formatters.coverage import coverage_view
from formatters.keyboards import front_keyboard, page_keyboard
from formatters.rich import blocks
from formatters.rich.blocks import Block, RichText
from formatters.rich.limits import TEXT_LIMIT, require_sound
from formatters.rich.measure import LIMITS, Measure, measure
from formatters.rich.sections import section_blocks
from formatters.selection import by_priority, fewer_stories, fitting
from formatters.views import AddressView, CoverageView, MastheadView

#: A quotation of fewer words is not worth setting apart.
PULLED_WORDS = 5


def rich_pages(issue: Issue, paper: Paper) -> dict[str, Message]:
    """The front page and a page for each section, in the order of the paper; each is one message.

    Raises UnsoundMessage where a page breaks Telegram's rules, which is a mistake of ours.
    """
    pages = {FRONT: _front(issue, paper)}
    addresses = layout.addresses(paper)
    for part in issue.sections:
        keyboard = page_keyboard(issue, part.name, addresses)
        pages[part.name.value] = _message(issue, _page(issue, part, addresses), keyboard)
    return pages


def _message(issue: Issue, content: list[Block], keyboard: Keyboard) -> Message:
    require_sound(content, issue.coverage.as_of)
    return Message(Style.RICH, json.dumps(content, ensure_ascii=False, separators=(",", ":")), keyboard)


def _page(issue: Issue, part: Section, addresses: tuple[AddressView, ...]) -> list[Block]:
    head = _running_head(layout.masthead(issue))
    foot = _addresses(addresses) if part.name is SectionName.SUBSCRIBE else []

    def page(section: Section, shortened: bool) -> list[Block]:
        view = layout.section(section, phrases.SHORTENED * shortened)
        return [blocks.heading(view.title, 2), *head, *section_blocks(view), *foot]

    return page(*fitting(part, lambda section, shortened: _fits(measure(page(section, shortened)))))


def _front(issue: Issue, paper: Paper) -> Message:
    """The lead first, then whole sections by priority, then what fits of those left; order of the paper in print."""
    lead, rest = layout.lead_and_rest(issue)
    head = _masthead(layout.masthead(issue))
    foot = [*_addresses(layout.addresses(paper)), _coverage(coverage_view(issue.coverage, paper))]
    reserved = [_contents(rest), _behind(rest)] if rest else []
    room = _Room([*head, *reserved, *foot])
    story, shortened = _lead(lead, room) if lead else ([], False)
    chosen = _chosen(rest, room)
    present = [part for part in rest if part.name in chosen]
    absent = [part for part in rest if part.name not in chosen]
    content = [
        *head,
        *([_contents(present)] if len(present) > 2 else []),
        blocks.divider(),
        *story,
        *(block for part in present for block in chosen[part.name]),
        *([_behind(absent)] if absent else []),
        *foot,
    ]
    return _message(issue, content, front_keyboard(issue, whole_lead=not shortened))


class _Room:
    """What is left of a message beside the blocks that are ``taken``."""

    def __init__(self, taken: list[Block]) -> None:
        self._taken = measure(taken)

    def holds(self, content: list[Block]) -> bool:
        """Whether the blocks fit in beside those taken."""
        return _fits(self._taken + measure(content))

    def take(self, content: list[Block]) -> list[Block]:
        """Give the blocks their place."""
        self._taken += measure(content)
        return content


def _fits(size: Measure) -> bool:
    """Whether Telegram's limits and our own hold; a block is kept free for the line across."""
    return size.text <= TEXT_LIMIT and size.blocks < LIMITS["blocks"] and size.runs <= LIMITS["runs"]


def _lead(lead: Section, room: _Room) -> tuple[list[Block], bool]:
    """The lead with its pull quote where there is room, and whether it had to be shortened."""

    def content(section: Section, shortened: bool) -> list[Block]:
        return _under_anchor(
            section.name, section_blocks(layout.section(section, phrases.MORE * shortened), headline_size=2)
        )

    fitted = fitting(lead, lambda section, shortened: room.holds(content(section, shortened)))
    story = room.take(content(*fitted))
    quote = _pulled(fitted[0])
    return story + (room.take(quote) if room.holds(quote) else []), fitted[1]


def _chosen(sections: tuple[Section, ...], room: _Room) -> dict[SectionName, list[Block]]:
    chosen: dict[SectionName, list[Block]] = {}
    for part in by_priority(sections):
        content = _on_front(part, "")
        if room.holds(content):
            chosen[part.name] = room.take(content)
    for part in by_priority(sections):
        candidates = (_on_front(fewer, phrases.MORE) for fewer in fewer_stories(part))
        if part.name not in chosen and (content := next(filter(room.holds, candidates), [])):
            chosen[part.name] = room.take(content)
    return chosen


def _on_front(section: Section, remark: str) -> list[Block]:
    view = layout.section(section, remark)
    return _under_anchor(section.name, [blocks.heading(view.title, 2), *section_blocks(view, folded=True)])


def _under_anchor(name: SectionName, content: list[Block]) -> list[Block]:
    return [blocks.anchor(name.value), *content]


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
