"""Sections as plain text: rules, wrapped paragraphs, aligned tables, links as numbered footnotes."""

from __future__ import annotations

from collections.abc import Iterable

from formatters import phrases
from formatters.plain.wrapping import columns, wrapped
from formatters.views import (
    ArticleView,
    BulletsView,
    BulletView,
    Entry,
    Paragraph,
    Run,
    RunKind,
    SectionView,
    Sentence,
    TableView,
)

_GUTTER = "  "


class Footnotes:
    """Numbers the addresses of a page, each once, in the order in which they are met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def mark(self, url: str) -> str:
        """The mark of an address: ``[3]``."""
        return f"[{self._numbers.setdefault(url, len(self._numbers) + 1)}]"

    def text(self, width: int) -> str:
        """The list of addresses; empty when none was met."""
        if not self._numbers:
            return ""
        lines = (f"{f'[{number}]':>5} {url}" for url, number in self._numbers.items())
        return "\n".join((phrases.LINKS.upper(), "─" * width, "", *lines))


def section_text(section: SectionView, footnotes: Footnotes, width: int) -> str:
    """A section under its title and a rule."""
    setting = _Setting(footnotes, width)
    title = f"{section.title.upper()}\n{'─' * width}"
    parts = [
        setting.paragraph(section.opening),
        *map(setting.entry, section.entries),
        setting.paragraph(section.notes),
    ]
    return "\n\n".join(part for part in (title, *parts) if part)


class _Setting:
    """Sets the blocks of a section to a width, with the footnotes of its page."""

    def __init__(self, footnotes: Footnotes, width: int) -> None:
        self._footnotes = footnotes
        self._width = width

    def entry(self, entry: Entry) -> str:
        match entry:
            case ArticleView():
                return self._article(entry)
            case BulletsView(bullets=bullets):
                return "\n".join(map(self._bullet, bullets))
            case TableView():
                return self._table(entry)

    def paragraph(self, sentences: Paragraph, first: str = "", rest: str = "") -> str:
        return wrapped(self._words(sentences), self._width, first, rest) if sentences else ""

    def _words(self, sentences: Iterable[Sentence]) -> str:
        return " ".join(map(self._sentence, sentences))

    def _sentence(self, sentence: Sentence) -> str:
        return "".join(map(self._run, sentence.runs))

    def _run(self, run: Run) -> str:
        """Where a link can't be seen, a title stands between quotation marks."""
        if run.url is None:
            return run.text
        text = f"“{run.text}”" if run.kind is RunKind.TITLE else run.text
        return f"{text} {self._footnotes.mark(run.url)}"

    def _article(self, article: ArticleView) -> str:
        kicker = wrapped(article.label, self._width) if article.label else ""
        head = "\n".join(filter(None, (kicker, self.paragraph(article.headline), self.paragraph(article.standfirst))))
        body = map(self.paragraph, article.paragraphs)
        return "\n\n".join(part for part in (head, *body) if part)

    def _bullet(self, bullet: BulletView) -> str:
        text = " · ".join(filter(None, (self._words(bullet.headline), self._words(bullet.sentences))))
        return wrapped(f"{bullet.label}: {text}" if bullet.label else text, self._width, "• ", "  ")

    def _table(self, table: TableView) -> str:
        rows = [[self._sentence(cell).strip() or "–" for cell in row.cells] for row in table.rows]
        lines = self._grid(table, [list(table.columns), *rows] if table.columns else rows)
        head, body = lines[: -len(rows)], lines[-len(rows) :]
        below = (self.paragraph(row.sentences, "  ", "  ") for row in table.rows)
        told = (line for pair in zip(body, below, strict=True) for line in pair)
        note = self.paragraph(table.note)
        return "\n".join(filter(None, (wrapped(table.label, self._width), *head, *told, note)))

    def _grid(self, table: TableView, rows: list[list[str]]) -> list[str]:
        """The rows in columns, figures to the right; where these are too wide for a line, one after the other."""
        widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
        if sum(widths) + len(_GUTTER) * (len(widths) - 1) > self._width:
            return [wrapped(" · ".join(cells), self._width, "", "  ") for cells in rows]
        shape = list(zip(widths, table.numeric, strict=True))
        return [_GUTTER.join(map(_filled, cells, shape)).rstrip() for cells in rows]


def _filled(cell: str, shape: tuple[int, bool]) -> str:
    width, numeric = shape
    blanks = " " * (width - columns(cell))
    return blanks + cell if numeric else cell + blanks
