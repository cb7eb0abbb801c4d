"""What Telegram does to a parsed text before it sends it: characters cleaned, entities put in place, ends trimmed."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from sandbox.telegram.markup.entities import BARE, QUOTES, STYLES, Entity, in_order, units

_SPACES: Final = {code: " " for code in range(33) if code not in (10, 13)}
_REMOVED: Final = {13: None, **dict.fromkeys(range(0x2028, 0x202F)), 0x333: None, 0x33F: None, 0x30A: None}
#: Of several direction marks in a row only the last keeps its meaning.
_MARKS = re.compile("[\u200e\u200f](?=[\u200e\u200f])")
_DIRTY = re.compile("[\x00-\x09\x0b-\x1f\u2028-\u202e\u0333\u033f\u030a]")


def clean(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """The text and the entities that readers get; the text is empty when nothing is left of it."""
    fixed = settled([one for one in entities if one.length > 0])
    text, fixed = without_controls(text, fixed)
    fixed = settled([one for one in fixed if one.length > 0])
    return _trimmed(text, fixed)


def settled(entities: list[Entity]) -> list[Entity]:
    """The entities in order with those that may not meet dropped, and the styles cut at the borders of the others."""
    entities = in_order(entities)
    if _nest_well(entities):
        return entities
    quotes = _apart([one for one in entities if one.kind in QUOTES])
    others = _apart([one for one in entities if one.kind not in QUOTES and one.kind not in STYLES])
    others = [one for one in others if not any(_crosses(one, quote) for quote in quotes)]
    return framed(in_order(quotes + others), [one for one in entities if one.kind in STYLES])


def framed(frame: list[Entity], styles: list[Entity]) -> list[Entity]:
    """The framing entities with the styles cut at their borders."""
    return in_order(frame + _cut(styles, frame)) if styles else frame


def _nest_well(entities: list[Entity]) -> bool:
    """Whether nothing has to be done: the rules under which Telegram leaves entities as they came."""
    outside: list[Entity] = []
    ends: dict[str, int] = {}
    for entity in entities:
        while outside and entity.offset >= outside[-1].end:
            outside.pop()
        if outside and not _may_hold(outside, entity):
            return False
        if entity.kind in STYLES:
            if ends.get(entity.kind, -1) >= entity.offset:
                return False
            ends[entity.kind] = entity.end
        outside.append(entity)
    return True


def _may_hold(outside: list[Entity], entity: Entity) -> bool:
    if entity.end > outside[-1].end or outside[-1].kind in BARE:
        return False
    kinds = {one.kind for one in outside}
    if kinds & set(STYLES) or entity.kind in kinds:
        return False
    if entity.kind in QUOTES or entity.kind in BARE:
        return kinds <= QUOTES and not (entity.kind in QUOTES and kinds)
    return entity.kind in STYLES or kinds <= QUOTES


def _apart(entities: list[Entity]) -> list[Entity]:
    """Those that do not touch an earlier one."""
    kept: list[Entity] = []
    for entity in entities:
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return kept


def _crosses(entity: Entity, quote: Entity) -> bool:
    if entity.end <= quote.offset or quote.end <= entity.offset:
        return False
    return entity.offset < quote.offset or entity.end > quote.end


def _cut(styles: list[Entity], frame: list[Entity]) -> list[Entity]:
    """The styles: joined where they touch, cut where a style begins or a framing entity has a border, none in code."""
    joined = [run for kind in STYLES for run in _joined([one for one in styles if one.kind == kind])]
    pieces = _Pieces(in_order(joined), frame)
    return pieces.all()


def _joined(runs: list[Entity]) -> list[Entity]:
    joined: list[Entity] = []
    for run in runs:
        if joined and run.offset <= joined[-1].end:
            joined[-1] = joined[-1].spanning(joined[-1].offset, max(joined[-1].end, run.end))
        else:
            joined.append(run)
    return joined


class _Pieces:
    """Cuts joined runs of styles at the borders of what frames them."""

    def __init__(self, runs: list[Entity], frame: list[Entity]) -> None:
        self._runs = runs
        self._codes = [one for one in frame if one.kind in BARE]
        self._borders = sorted({border for one in frame for border in (one.offset, one.end)})

    def all(self) -> list[Entity]:
        starts = sorted({run.offset for run in self._runs})
        return [
            piece
            for run in self._runs
            for piece in self._of(run, starts)
            if not any(code.offset <= piece.offset < code.end for code in self._codes)
        ]

    def _of(self, run: Entity, starts: list[int]) -> list[Entity]:
        cuts = [cut for cut in sorted({*starts, *self._borders}) if run.offset < cut < run.end]
        edges = [run.offset, *cuts, run.end]
        return [run.spanning(edges[at], edges[at + 1]) for at in range(len(edges) - 1)]


def without_controls(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """The text without what no reader should get, and the entities moved to their new places (some may be empty)."""
    entities = [_of_a_clean_address(one) for one in entities]
    if not _DIRTY.search(text):
        return _MARKS.sub("\u200c", text), entities
    cleaned = _MARKS.sub("\u200c", text.translate(_SPACES | _REMOVED))
    if not entities:
        return cleaned, []
    gone: list[int] = []  # the unit offsets of removed characters, in order
    at = 0
    for character in text:
        if ord(character) in _REMOVED:
            gone.append(at)
        at += 2 if character > "\uffff" else 1
    return cleaned, [one.spanning(_moved(one.offset, gone), _moved(one.end, gone)) for one in entities]


def _of_a_clean_address(entity: Entity) -> Entity:
    if entity.kind != "text_link" or not _DIRTY.search(entity.argument):
        return entity
    return entity._replace(argument=entity.argument.translate(_SPACES | _REMOVED))


def _moved(offset: int, gone: list[int]) -> int:
    return offset - bisect_left(gone, offset)


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    text = text.rstrip(" \n")
    size = units(text)
    entities = [one.spanning(one.offset, min(one.end, size)) for one in entities if one.offset < size]
    first = entities[0].offset if entities else size
    lead = 0
    while lead < first and lead < len(text) and text[lead] in " \n":
        lead += 1
    if lead:
        entities = [one._replace(offset=one.offset - lead) for one in entities]
    return text[lead:], in_order(entities)
