"""Rich blocks and texts as Telegram's Bot API takes them; text in blocks is literal, so nothing is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from formatters.views import Paragraph, Run, RunKind, Sentence

Block = dict[str, Any]
RichText = Any  #: a string, a list of rich texts, or an object with ``type``


def styled(kind: str, text: RichText) -> RichText:
    """A text in a typeface: ``bold``, ``italic`` and the like."""
    return {"type": kind, "text": text}


def linked(text: RichText, url: str) -> RichText:
    """A text that opens an address."""
    return {"type": "url", "text": text, "url": url}


def moment(text: str, at: datetime, form: str) -> RichText:
    """A moment that shows in the reader's own zone; ``text`` is what older clients show."""
    return {"type": "date_time", "text": text, "unix_time": int(at.timestamp()), "date_time_format": form}


def anchor_link(text: str, name: str) -> RichText:
    """A text that leads to an anchor of the same message."""
    return {"type": "anchor_link", "text": text, "anchor_name": name}


def set_paragraph(paragraph: Paragraph, figures: int = 0) -> RichText:
    """Sentences that run on; of their figures the first ``figures`` are bold."""
    parts: list[RichText] = []
    for number, sentence in enumerate(paragraph):
        if number:
            parts.append(" ")
        for run in sentence.runs:
            emphatic = run.kind is RunKind.FIGURE and figures > 0
            figures -= emphatic
            parts.append(styled("bold", run.text) if emphatic else set_run(run))
    return joined(parts)


def set_sentence(sentence: Sentence) -> RichText:
    """One sentence, or the cell of a table."""
    return joined(map(set_run, sentence.runs))


def set_run(run: Run) -> RichText:
    """A part of a sentence."""
    if run.kind is RunKind.MARK:
        return styled("bold", run.text)
    return linked(run.text, run.url) if run.url else run.text


def joined(parts: Iterable[RichText]) -> RichText:
    """Texts one after the other, neighbouring strings as one (Telegram merges them anyway)."""
    line: list[RichText] = []
    for part in parts:
        for piece in part if isinstance(part, list) else [part]:
            if isinstance(piece, str) and line and isinstance(line[-1], str):
                line[-1] += piece
            elif piece != "":
                line.append(piece)
    return line[0] if len(line) == 1 else line


def with_separator(parts: Sequence[RichText], separator: str) -> RichText:
    """The non-empty texts with something between them."""
    line: list[RichText] = []
    for part in parts:
        if part not in ("", []):
            line += [separator, part] if line else [part]
    return joined(line)


def heading(text: RichText, size: int) -> Block:
    """A heading; ``size`` 1 is the largest, 6 the smallest."""
    return {"type": "heading", "size": size, "text": text}


def paragraph(text: RichText) -> Block:
    """A paragraph."""
    return {"type": "paragraph", "text": text}


def anchor(name: str) -> Block:
    """A place that anchor links lead to."""
    return {"type": "anchor", "name": name}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def bullet_list(items: Iterable[RichText]) -> Block:
    """An unordered list of one paragraph each."""
    return {"type": "list", "items": [{"blocks": [paragraph(item)]} for item in items]}


def details(summary: RichText, blocks: list[Block]) -> Block:
    """Blocks folded under a summary."""
    return {"type": "details", "summary": summary, "blocks": blocks}


def pull_quote(text: RichText, credit: RichText) -> Block:
    """A quotation set apart, with its source."""
    return {"type": "pullquote", "text": text, "credit": credit}


def footer(text: RichText) -> Block:
    """The last lines, in grey."""
    return {"type": "footer", "text": text}


def cell(text: RichText, align: str, *, header: bool = False) -> Block:
    """A cell of a table."""
    face: Block = {"is_header": True} if header else {}
    return {"text": text, "align": align, "valign": "middle"} | face


def table(rows: list[list[Block]], caption: RichText) -> Block:
    """A table with lines; ``caption`` may be empty."""
    titled = {"caption": caption} if caption else {}
    return {"type": "table", "cells": rows, "is_bordered": True, "is_striped": True, "is_compact": True} | titled
