"""Rules for a story as a whole: its address and its rows belong to its items; its labels are plain fixed text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from domain.claims import Figure
from domain.evidence import ReadingEvidence
from domain.issue import Layout, Story
from domain.items import Kind, Source
from newsroom.checking.changes import change_of
from newsroom.checking.dossier import Dossier

#: What the cells under a column are: units that fit, and metrics that the evidence must have (none: any).
_COLUMNS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "Place": (frozenset({"rank"}), frozenset({"rank"})),
    "Change": (frozenset({"places"}), frozenset({"rank"})),
    "Likes": (frozenset({"likes"}), frozenset({"likes"})),
    "Downloads": (frozenset({"downloads"}), frozenset({"downloads"})),
    "Upvotes": (frozenset({"upvotes"}), frozenset({"upvotes"})),
    "Points": (frozenset({"points"}), frozenset({"points"})),
    "Comments": (frozenset({"comments"}), frozenset({"comments"})),
    "Stars": (frozenset({"stars"}), frozenset({"stars"})),
    "Stars that day": (frozenset({"stars"}), frozenset({"stars_today"})),
    "Stars this week": (frozenset({"stars"}), frozenset({"stars_week"})),
    "Days": (frozenset({"days"}), frozenset()),
}

#: Columns of changes; their metric is that of the table.
_OF_CHANGES = frozenset({"Change", "Gained", "Lost"})

#: Which kind of thing a label promises.
_KINDS: Mapping[str, Kind] = {
    "Models": Kind.MODEL,
    "Datasets": Kind.DATASET,
    "Spaces": Kind.SPACE,
    "AI repositories": Kind.REPOSITORY,
    "AI repositories of the week": Kind.REPOSITORY,
    "Discussions": Kind.STORY,
}

_SITES: Mapping[str, Source] = {"Hugging Face": Source.HUGGINGFACE, "GitHub": Source.GITHUB}

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


def promised_faults(story: Story, dossier: Dossier) -> Iterator[str]:
    """Where a label or a column promises another thing than the story prints."""
    subject = story.items[0] if story.items else None
    kind = _KINDS.get(story.label)
    if subject is not None and kind is not None and subject.kind is not kind:
        yield f"{subject} stands under {story.label!r}"
    for site, source in _SITES.items():
        if site in story.label and subject is not None and subject.source is not source:
            yield f"{subject} stands under {story.label!r}"
    for column, cell in zip(story.columns, story.cells, strict=False):
        for figure in cell.figures:
            yield from _column_faults(column, figure, dossier)


def _column_faults(column: str, figure: Figure, dossier: Dossier) -> Iterator[str]:
    units, metrics = _COLUMNS.get(column, (frozenset(), frozenset()))
    read = {each.metric for each in dossier.known(figure.cited()) if isinstance(each, ReadingEvidence)}
    if (units and figure.unit not in units) or (metrics and not read & metrics):
        yield f"{figure.text!r} ({figure.unit}) stands in the column {column!r}"
    try:
        change = change_of(figure, dossier.operands(figure))
    except KeyError:
        return
    if column in _OF_CHANGES and change is None:
        yield f"{figure.text!r} is no change, and stands in the column {column!r}"
    if column in _COLUMNS and column not in _OF_CHANGES and column != "Days" and change is not None:
        yield f"{figure.text!r} is a change, and stands in the column {column!r}"


def order_faults(stories: Sequence[Story]) -> Iterator[str]:
    """Rows of one table stand in the order of their places."""
    last: dict[tuple[str, str], float] = {}
    for story in stories:
        table = story.group, story.label
        for place in (figure.value for cell in story.cells for figure in cell.figures if figure.unit == "rank"):
            if place <= last.get(table, 0):
                yield f"the row of place {place:g} stands below that of place {last[table]:g}"
            last[table] = place
