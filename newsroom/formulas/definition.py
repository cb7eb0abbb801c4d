"""What an entry of the registry of formulas says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from newsroom.formulas.measures import Measure
from newsroom.formulas.operands import Given


class Licence(StrEnum):
    """A word that a figure may stand beside only if its formula proves it; the checks hold the table of words."""

    MOST = "most"  # the largest of its list or of its day
    LEAST = "least"
    RECORD = "record"  # the extreme over many lists
    NEW = "new"  # on the list, and not on earlier ones
    BACK = "back"  # on the list again
    ABSENT = "absent"  # not on the list
    ONLY = "only"
    RUNNING = "running"  # list after list
    PASSED = "passed"  # a mark lies between two readings
    ORDER = "order"  # how closely two orders agree
    SHARE = "share"  # a part of a whole
    SAME = "same"  # two items tell of one thing
    RULE = "rule"  # what is counted is about AI by the paper's rule


@dataclass(frozen=True, slots=True)
class Definition:
    """A named formula: its operands and arguments by name, in words, and what its value is.

    ``measure`` is what the value measures: the unit printed must fit it.
    ``licences`` are the kinds of words that its value proves: a formula "provided" that something holds has
    no value where it does not hold.
    """

    name: str
    meaning: str
    compute: Callable[[Given], float]
    measure: Measure
    operands: tuple[str, ...] = ()
    args: tuple[str, ...] = ()
    licences: frozenset[Licence] = frozenset()
    version: int = 1
