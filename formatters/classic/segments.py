"""Sentences as segments of one typeface each: Telegram splits what overlaps, so nothing here does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from domain.claims import Role
from formatters.classic.autolinks import risky_spans
from formatters.views import Paragraph, RunKind


@dataclass(frozen=True, slots=True)
class Segment:
    """Text of one typeface; a link may be bold or italic, code is neither and no link."""

    text: str
    url: str | None = None
    bold: bool = False
    italic: bool = False
    code: bool = False


def set_text(text: str, *, bold: bool = False, italic: bool = False) -> tuple[Segment, ...]:
    """Fixed text or the words of a setting; what Telegram would link by itself becomes code."""
    return _protected([Segment(text, bold=bold, italic=italic)])


def set_paragraph(
    paragraph: Paragraph, *, bold: bool = False, italic: bool = False, figures: int = 0
) -> tuple[Segment, ...]:
    """Sentences that run on; of their figures the first ``figures`` are bold."""
    segments: list[Segment] = []
    for number, sentence in enumerate(paragraph):
        if number:
            segments.append(Segment(" ", bold=bold, italic=italic))
        for run in sentence.runs:
            emphatic = run.kind is RunKind.FIGURE and figures > 0
            figures -= emphatic
            face = bold or emphatic or run.kind is RunKind.MARK
            segments.append(Segment(run.text, run.url, bold=face, italic=italic))
    return _protected(segments, commands=all(sentence.role is Role.HOUSE for sentence in paragraph))


def _protected(segments: Iterable[Segment], commands: bool = False) -> tuple[Segment, ...]:
    """The segments with every risky span outside of links set as code, and equal neighbours joined."""
    line = list(segments)
    risky = sorted(risky_spans("".join(segment.text for segment in line), commands))
    pieces: list[Segment] = []
    position = 0
    for segment in line:
        pieces += [segment] if segment.url else _split(segment, position, risky)
        position += len(segment.text)
    return tuple(_joined(piece for piece in pieces if piece.text))


def _split(segment: Segment, position: int, risky: list[tuple[int, int]]) -> Iterator[Segment]:
    """The segment, which starts at ``position`` of its line, cut at the edges of the risky spans."""
    done, length = 0, len(segment.text)
    for start, end in risky:
        start, end = max(start - position, done), min(end - position, length)  # noqa: PLW2901 - both become local
        if start >= end:
            continue
        yield replace(segment, text=segment.text[done:start])
        yield Segment(segment.text[start:end], code=True)
        done = end
    yield replace(segment, text=segment.text[done:])


def _joined(pieces: Iterable[Segment]) -> Iterator[Segment]:
    for _, same in groupby(pieces, key=lambda piece: replace(piece, text="")):
        group = list(same)
        yield replace(group[0], text="".join(piece.text for piece in group))
