"""Sections as rich blocks: headings, paragraphs, lists, tables, folded details."""

from __future__ import annotations

from collections.abc import Iterator

from domain.issue import SectionName
from formatters.rich import blocks
from formatters.rich.blocks import Block, RichText
from formatters.rich.measure import LIMITS
from formatters.views import (
    ArticleView,
    BulletsView,
    BulletView,
    Entry,
    SectionView,
    Sentence,
    TableView,
)

#: Sections whose articles are folded on the front page: what takes leisure.
FOLDED = frozenset({SectionName.DEEPDIVE, SectionName.OPINION})


def section_blocks(section: SectionView, *, folded: bool = False, headline_size: int = 3) -> list[Block]:
    """What stands under the title of a section; ``folded`` puts the articles of some sections into details.

    The notes go with the text that they are about: into the last details where there are any.
    """
    content = list(_opening(section))
    if folded and section.name in FOLDED:
        content += _folded(section, headline_size)
    else:
        content += (block for entry in section.entries for block in _entry(entry, section, headline_size))
    last: list[Block] = content[-1]["blocks"] if content and content[-1]["type"] == "details" else content
    last.extend(_closing(section))
    return content


def _folded(section: SectionView, headline_size: int) -> Iterator[Block]:
    """Each headline with all that follows it up to the next one, in details; nothing is folded under no headline."""
    for head, text in _pieces(section, headline_size):
        if head is None or not text:
            yield from _headline(head, headline_size) if head else ()
            yield from text
        else:
            yield blocks.details(_summary(head), text)


def _pieces(section: SectionView, headline_size: int) -> Iterator[tuple[ArticleView | None, list[Block]]]:
    """The headlines of a section with their texts; first what stands before any headline, often nothing."""
    head: ArticleView | None = None
    text: list[Block] = []
    for entry in section.entries:
        if isinstance(entry, ArticleView) and entry.headline:
            yield head, text
            head, text = entry, list(_text(entry))
        else:
            text += _entry(entry, section, headline_size)
    yield head, text


def _opening(section: SectionView) -> Iterator[Block]:
    if section.opening:
        yield blocks.paragraph(blocks.set_paragraph(section.opening))


def _closing(section: SectionView) -> Iterator[Block]:
    if section.notes:
        yield blocks.paragraph(blocks.styled("italic", blocks.set_paragraph(section.notes)))
    if section.remark:
        yield blocks.paragraph(blocks.styled("italic", section.remark))


def _entry(entry: Entry, section: SectionView, headline_size: int) -> Iterator[Block]:
    match entry:
        case ArticleView():
            yield from _article(entry, headline_size)
        case BulletsView(bullets=bullets):
            figures = 1 if section.name is SectionName.NUMBERS else 0
            yield blocks.bullet_list(_bullet(bullet, figures) for bullet in bullets)
        case TableView():
            yield from _table(entry)


def _article(article: ArticleView, headline_size: int) -> Iterator[Block]:
    yield from _headline(article, headline_size)
    yield from _text(article)


def _headline(article: ArticleView, headline_size: int) -> Iterator[Block]:
    if article.label:
        yield blocks.paragraph(blocks.styled("italic", article.label))
    if article.headline:
        yield blocks.heading(blocks.set_paragraph(article.headline), headline_size)


def _summary(article: ArticleView) -> RichText:
    label = blocks.styled("italic", f"{article.label}: ") if article.label else ""
    return blocks.joined([label, blocks.styled("bold", blocks.set_paragraph(article.headline))])


def _text(article: ArticleView) -> Iterator[Block]:
    if article.standfirst:
        yield blocks.paragraph(blocks.styled("italic", blocks.set_paragraph(article.standfirst)))
    for paragraph in article.paragraphs:
        yield blocks.paragraph(blocks.set_paragraph(paragraph))


def _bullet(bullet: BulletView, figures: int) -> RichText:
    label = [blocks.styled("italic", f"{bullet.label}:"), " "] if bullet.label else []
    headline = blocks.styled("bold", blocks.set_paragraph(bullet.headline)) if bullet.headline else ""
    text = blocks.with_separator([headline, blocks.set_paragraph(bullet.sentences, figures)], " · ")
    return blocks.joined([*label, text])


def _table(table: TableView) -> Iterator[Block]:
    """A grid; with more columns than Telegram takes, a list. What is said of a row follows below."""
    rows = [[_cell_text(cell) for cell in row.cells] for row in table.rows]
    if len(rows[0]) <= LIMITS["columns"]:
        yield blocks.table(_grid(table, rows), table.label)
    else:
        yield blocks.bullet_list(blocks.with_separator(row, " · ") for row in rows)
    for sentences in (*(row.sentences for row in table.rows), table.note):
        if sentences:
            yield blocks.paragraph(blocks.set_paragraph(sentences))


def _cell_text(cell: Sentence) -> RichText:
    return blocks.set_sentence(cell) if cell.text.strip() else "–"


def _grid(table: TableView, rows: list[list[RichText]]) -> list[list[Block]]:
    aligns = ["right" if numeric else "left" for numeric in table.numeric]
    head = [[blocks.cell(text, align, header=True) for text, align in zip(table.columns, aligns, strict=False)]]
    body = [[blocks.cell(text, align) for text, align in zip(row, aligns, strict=True)] for row in rows]
    return (head if table.columns else []) + body
