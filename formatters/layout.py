"""Sets an issue: from sections, stories and claims to the views that every edition is rendered from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby

from domain.claims import Claim, Figure, Name, Quote, Role, Words
from domain.claims import Run as ClaimRun
from domain.issue import Issue, Layout, Paper, Section, SectionName, Story
from domain.items import TITLED
from formatters import phrases
from formatters.cleaning import printed_line, printed_run
from formatters.links import printable_url
from formatters.views import (
    AddressView,
    ArticleView,
    BulletsView,
    BulletView,
    Entry,
    MastheadView,
    Paragraph,
    PulledQuoteView,
    RowView,
    Run,
    RunKind,
    SectionView,
    Sentence,
    TableView,
)

#: What stands in a column of figures: amounts, movements, and the words for none.
_NUMERIC = re.compile(r"[+\-−±▲▼=~]?\s?[\d.,]+\s?[%kKMB]?|[=–]|new|back|day \d+")
_HANDLE = re.compile(r"@?([A-Za-z][A-Za-z0-9_]{3,31})")


def masthead(issue: Issue) -> MastheadView:
    """The title, the motto, the date in full, the number, and the sample's mark."""
    return MastheadView(
        title=printed_line(issue.title),
        motto=printed_line(issue.motto),
        day=long_date(issue.date),
        number=f"{phrases.NUMBER} {issue.number}{phrases.DIGEST if issue.days > 1 else ''}",
        sample=phrases.SAMPLE if issue.sample else "",
    )


def long_date(day: date) -> str:
    """A date in full: ``Saturday 4 July 2026``."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def section(part: Section, remark: str = "") -> SectionView:
    """A section as it is set; ``remark`` closes it."""
    opening, entries = _below_tables(_paragraph(part.opening), tuple(_entries(part.stories)))
    return SectionView(
        name=part.name,
        title=printed_line(part.title),
        opening=_marked(opening),
        entries=entries,
        notes=(*_paragraph(part.notes), *_editors_note(part)),
        remark=remark,
    )


def _editors_note(part: Section) -> Paragraph:
    """What the mark of an editor's words means, where there is one."""
    return (_mark(phrases.EDITORS_WORDS),) if any(claim.edited for claim in part.claims()) else ()


def _below_tables(opening: Paragraph, entries: tuple[Entry, ...]) -> tuple[Paragraph, tuple[Entry, ...]]:
    """An opening that has a sentence for each table of a section of tables is set sentence by sentence below them."""
    tables = [entry for entry in entries if isinstance(entry, TableView)]
    if not len(opening) == len(tables) == len(entries):
        return opening, entries
    return (), tuple(replace(table, note=(one,)) for table, one in zip(tables, opening, strict=True))


def opening_and_rest(issue: Issue, *, own: bool = False) -> tuple[Section | None, tuple[Section, ...]]:
    """What stands open on top of a front page, and the sections that follow; Subscribe is told by the addresses there.

    The lead opens the paper; of a reader's ``own`` issue the first section does.
    """
    told = [part for part in issue.sections if next(part.claims(), None) is not None]
    listed = tuple(part for part in told if part.name is not SectionName.SUBSCRIBE)
    opening = (listed[0] if listed else None) if own else issue.section(SectionName.LEAD)
    return opening, tuple(part for part in listed if opening is None or part.name is not opening.name)


def sentence(claim: Claim) -> Sentence:
    """A claim as it is set: cleaned, single blanks, links only to public web addresses, an editor's words marked."""
    mark = (Run(RunKind.WORDS, f" {phrases.EDITED}"),) if claim.edited else ()
    return Sentence((*_runs(claim), *mark), claim.role)


def _runs(claim: Claim) -> Iterator[Run]:
    """The runs that have something to show; of two blanks that meet, the second goes."""
    after_blank = True
    for run in map(_run, claim.runs):
        text = run.text.lstrip(" ") if after_blank else run.text
        if text:
            yield replace(run, text=text)
            after_blank = text.endswith(" ")


#: A name of fewer words, as of a publisher, is no title that must be set apart from the words around it.
FEWEST_WORDS_OF_A_TITLE = 4


def _reads_as_title(text: str) -> bool:
    return len(text.split()) >= FEWEST_WORDS_OF_A_TITLE


def _run(run: ClaimRun) -> Run:
    text = printed_run(run.text)
    match run:
        case Words():
            return Run(RunKind.WORDS, text)
        case Figure():
            return Run(RunKind.FIGURE, text)
        case Name(url=url, item=item):
            kind = RunKind.TITLE if item.kind in TITLED and _reads_as_title(text) else RunKind.NAME
            return Run(kind, text, printable_url(url) if text.strip() else None)
        case Quote():
            return Run(RunKind.QUOTE, f"“{text}”" if text else "")


def pulled_quote(part: Section, words: int) -> PulledQuoteView | None:
    """The first quotation of at least so many words, credited to a name of its item in the story, best a linked one."""
    for story in part.stories:
        names = [name for claim in story.claims() for name in claim.names if printed_line(name.text)]
        credited = {name.item: name for name in sorted(names, key=lambda name: name.url is not None)}
        for quote in (quote for claim in story.claims() for quote in claim.quotes):
            if quote.item in credited and len(printed_line(quote.text).split()) >= words:
                return PulledQuoteView(_run(quote), _run(credited[quote.item]))
    return None


def _paragraph(claims: Iterable[Claim | None]) -> Paragraph:
    """The sentences that have something to show."""
    sentences = (sentence(claim) for claim in claims if claim is not None)
    return tuple(one for one in sentences if one.text.strip())


def _marked(paragraph: Paragraph) -> Paragraph:
    """The paragraph; one that begins with a view says so."""
    is_view = bool(paragraph) and paragraph[0].role is Role.VIEW
    return (_mark(phrases.VIEW), *paragraph) if is_view else paragraph


def _mark(text: str) -> Sentence:
    """What says of a paragraph what it is; fixed text, so of no claim's role."""
    return Sentence((Run(RunKind.MARK, text),), Role.HOUSE)


def _entries(stories: Iterable[Story]) -> Iterator[Entry]:
    """Articles one by one; bullets and the rows of a table gathered."""
    for setting, group in groupby(stories, key=_set_with):
        gathered = tuple(group)
        match setting[0]:
            case Layout.ARTICLE:
                yield from map(_article, gathered)
            case Layout.BULLET:
                if bullets := tuple(_bullets(gathered)):
                    yield BulletsView(bullets)
            case Layout.ROW:
                yield _table(gathered)


def _set_with(story: Story) -> tuple[Layout, object]:
    """Stories with the same answer stand in one list or table; a row without cells is a bullet."""
    if story.layout is not Layout.ROW:
        return story.layout, None
    if not story.cells:
        return Layout.BULLET, None
    return Layout.ROW, (story.group, story.label, story.columns, len(story.cells))


def _article(story: Story) -> ArticleView:
    """A story with its label over the headline, or, without a headline, before the first paragraph."""
    label, headline = printed_line(story.label), _paragraph([story.headline])
    cells = _paragraph(story.cells)
    paragraphs = ((cells,) if cells else ()) + tuple(filter(None, map(_paragraph, story.paragraphs)))
    if label and paragraphs and not headline:
        run_in = label if label.endswith(tuple(".?!:")) else f"{label}."
        paragraphs, label = ((_mark(run_in), *paragraphs[0]), *paragraphs[1:]), ""
    return ArticleView(
        label=label,
        headline=headline,
        standfirst=_paragraph([story.standfirst]),
        paragraphs=tuple(map(_marked, paragraphs)),
    )


def _bullets(stories: Iterable[Story]) -> Iterator[BulletView]:
    """A bullet for each story; those that follow each other under one label run on in one bullet."""
    shown = (bullet for bullet in map(_bullet, stories) if bullet.headline or bullet.sentences)
    for label, group in groupby(shown, key=lambda bullet: bullet.label):
        bullets = list(group)
        if label and not any(bullet.headline for bullet in bullets):
            yield BulletView(label, (), tuple(sentence for bullet in bullets for sentence in bullet.sentences))
        else:
            yield from bullets


def _bullet(story: Story) -> BulletView:
    claims = [story.standfirst, *story.cells, *(claim for paragraph in story.paragraphs for claim in paragraph)]
    return BulletView(printed_line(story.label), _paragraph([story.headline]), _paragraph(claims))


def _table(stories: tuple[Story, ...]) -> TableView:
    first, rows = stories[0], tuple(map(_row, stories))
    columns = zip(*(row.cells for row in rows), strict=True)
    titled = len(first.columns) == len(first.cells)
    return TableView(
        label=_caption(first),
        columns=tuple(map(printed_line, first.columns)) if titled else (),
        numeric=tuple(all(_NUMERIC.fullmatch(cell.text.strip()) for cell in column) for column in columns),
        rows=rows,
    )


def _caption(story: Story) -> str:
    """The label of a table, after the site that it belongs to: ``Hugging Face · Models``."""
    site, label = phrases.GROUPS.get(story.group, ""), printed_line(story.label)
    return " · ".join(filter(None, (site, label)))


def _row(story: Story) -> RowView:
    claims = [story.headline, story.standfirst, *(claim for paragraph in story.paragraphs for claim in paragraph)]
    return RowView(tuple(map(sentence, story.cells)), _paragraph(claims))


def addresses(paper: Paper) -> tuple[AddressView, ...]:
    """Where the paper can be had: its channel and its bot, as far as they have public names."""
    named = ((phrases.CHANNEL, paper.channel), (phrases.BOT, paper.bot))
    return tuple(_address(label, match[1]) for label, name in named if name and (match := _HANDLE.fullmatch(name)))


def _address(label: str, handle: str) -> AddressView:
    return AddressView(label, f"@{handle}", f"https://t.me/{handle}")
