"""Rules for a story as a whole: its address and its rows belong to its items; its labels are plain fixed text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.issue import Layout, Story
from newsroom.checking.dossier import Dossier

_LABEL = re.compile(r"[^\W\d_]+(?:[ ,&'’/-]+[^\W\d_]+)*|", re.UNICODE)


def address_fault(story: Story, dossier: Dossier) -> str:
    """Why the story may not bear its address, in words; empty when it may."""
    if story.url is None:
        return ""
    if not story.url.startswith(("https://", "http://")):
        return f"{story.url!r} is no address of the web"
    if not story.items or story.url not in dossier.addresses(story.items[0]):
        return f"{story.url!r} is not the stored address of the story's subject"
    return ""


def story_faults(story: Story) -> Iterator[str]:
    """What is wrong with the story beyond its sentences."""
    for text in (story.label, *story.columns):
        if _LABEL.fullmatch(text) is None:
            yield f"the label {text!r} is more than plain words"
    if story.layout is Layout.ROW:
        yield from _row_faults(story)


def _row_faults(story: Story) -> Iterator[str]:
    if len(story.cells) != len(story.columns):
        yield f"a row of {len(story.cells)} cells stands under {len(story.columns)} columns"
    linked = {name.item for cell in story.cells for name in cell.names if name.url}
    quoted = {quote.item for cell in story.cells for quote in cell.quotes}
    if not linked | quoted <= set(story.items[:1]):
        yield "the name, the words and the link of a row are not of one item"
