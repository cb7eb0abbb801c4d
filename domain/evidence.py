"""What a claim rests on: readings, quoted spans and harvests, and the formulas over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType

from domain.items import ItemKey, Source
from domain.readings import HarvestStatus

EvidenceId = NewType("EvidenceId", str)

#: Evidence named in a formula: one, or a list of them.
Operand = EvidenceId | tuple[EvidenceId, ...]


@dataclass(frozen=True, slots=True)
class ReadingEvidence:
    """One figure of one reading. ``metric`` is a ``Metric`` value, or ``rank`` for the place on the list.

    Its id is ``r<reading>-<metric>``: ``r17-stars``.
    """

    reading_id: int
    source: Source
    list: str
    item: ItemKey
    metric: str
    value: int
    rank: int | None
    observed_at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class QuoteEvidence:
    """An exact span of a source's own words: ``field`` of the item's stored ``version``, from ``start``.

    ``field`` is ``title``, ``summary``, ``publisher``, ``url``, ``external_id`` or ``tags`` (the value of one tag).
    Its id is ``q<n>``, counted within the issue.
    """

    version: int
    source: Source
    item: ItemKey
    field: str
    start: int
    text: str
    observed_at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class HarvestEvidence:
    """One whole list as read: ``items`` is how many it held. Its id is ``h<harvest>``.

    Proves presence and absence ("new on the list"), sizes of lists, and the coverage.
    """

    harvest_id: int
    source: Source
    list: str
    items: int
    status: HarvestStatus
    observed_at: datetime


Evidence = ReadingEvidence | QuoteEvidence | HarvestEvidence


@dataclass(frozen=True, slots=True)
class Expression:
    """A formula written out over named evidence: ``b - a``, ``count(list)``, ``days(a, b)``, ``a.rank``."""

    text: str


@dataclass(frozen=True, slots=True)
class NamedFormula:
    """A formula of the registry, defined exactly in ``docs/formulas.md``; ``args`` are plain values."""

    name: str
    version: int
    args: Mapping[str, str | int | float] = field(default_factory=dict)


Formula = Expression | NamedFormula
