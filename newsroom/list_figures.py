"""Figures over whole lists: how many, what share, since when, against all lists that we hold.

A method gives None where the formula has no value over this evidence (the reading lacks the metric, a list was not
read whole, another item gained more): then the thing can't be said, and the desk says something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from domain.claims import Figure, Run, Words
from domain.evidence import Evidence, EvidenceId, Expression, Formula, NamedFormula, Operand
from domain.readings import Metric, Reading
from newsroom import periods, rounding
from newsroom.citations import Citations
from newsroom.formulas import FormulaError, evaluate
from newsroom.record import Listing, Record

#: A silence of fewer titles says nothing.
FEWEST_TITLES = 10

#: Lists farther apart than this many days have a gap between them.
LONGEST_STEP = 1.5

#: Fewer figures in a row are no series.
FEWEST_OF_A_SERIES = 3

#: No arguments.
NONE: Mapping[str, str | int] = {}

#: How a value is printed.
Form = Callable[[float], str]


class ListFigures:
    """Makes figures over lists, citing what each is computed from."""

    def __init__(self, record: Record, citations: Citations) -> None:
        self._record = record
        self._cite = citations

    def make(
        self,
        formula: Formula | str,
        evidence: Mapping[str, Operand],
        unit: str = "",
        period: str | None = None,
        form: Form = rounding.whole,
    ) -> Figure | None:
        """The figure of a formula (a text is an expression) over evidence already cited, None without a value.

        None as well where what it rests on is not as far apart as its period says.
        """
        expression = Expression(formula) if isinstance(formula, str) else formula
        cited = self._cite.evidence
        operands = {
            name: tuple(cited[each] for each in operand) if isinstance(operand, tuple) else cited[operand]
            for name, operand in evidence.items()
        }
        try:
            value = evaluate(expression, operands, self._record)
        except FormulaError:
            return None
        if period is not None and not _spans(operands, period):
            return None
        return Figure(form(value), value, unit, expression, dict(evidence), period)

    def size(self, listing: Listing, unit: str, form: Form = rounding.whole) -> Figure | None:
        """How many items the list held."""
        return self.make("a", {"a": self._cite.list(listing)}, unit, form=form)

    def counted(self, readings: Iterable[Reading], unit: str, form: Form = rounding.count) -> Figure | None:
        """How many of a list these are: counts the very readings."""
        return self.distinct([self._mention(reading) for reading in readings], unit, form)

    def distinct(self, evidence: Sequence[EvidenceId], unit: str, form: Form = rounding.count) -> Figure | None:
        """How many different items the evidence names; None for a single one, whose own figure it would be."""
        return self._of_several(NamedFormula("distinct_items", 1), evidence, unit, form)

    def quoted(self, quotes: Sequence[EvidenceId], word: str, unit: str, form: Form = rounding.count) -> Figure | None:
        """How many items have the word in the words quoted; None for a single one."""
        return self._of_several(NamedFormula("quoted_count", 1, {"word": word}), quotes, unit, form)

    def _of_several(self, formula: Formula, evidence: Sequence[EvidenceId], unit: str, form: Form) -> Figure | None:
        figure = self.make(formula, {"of": tuple(evidence)}, unit, form=form) if evidence else None
        return figure if figure is not None and figure.value > 1 else None

    def matching(self, listing: Listing, pattern: str, unit: str, form: Form = rounding.count) -> Figure | None:
        """How many ids on the list contain the pattern."""
        return self.listed("pattern_count", listing, unit, form, pattern=pattern)

    def listed(self, name: str, listing: Listing, unit: str, form: Form, **args: str | int) -> Figure | None:
        """A named formula over one whole list (``share``, ``spearman``, ``sum_listed``, …)."""
        return self.make(NamedFormula(name, 1, args), {"list": self._cite.list(listing)}, unit, form=form)

    def of_item(
        self, name: str, reading: Reading, listing: Listing, unit: str, form: Form, **args: str | int
    ) -> Figure | None:
        """A named formula over an item and the list that it stands on (``largest_publisher``, ``only_match``)."""
        evidence = {"item": self._mention(reading), "list": self._cite.list(listing)}
        return self.make(NamedFormula(name, 1, args), evidence, unit, form=form)

    def between(  # noqa: PLR0917 - two lists, what is asked of them, and how it is printed
        self, name: str, before: Listing, after: Listing, unit: str, form: Form, args: Mapping[str, str | int] = NONE
    ) -> Figure | None:
        """A named formula over an older and a newer list (``gained_count``, ``share_of_gains``, ``climbed_count``)."""
        return self.make(NamedFormula(name, 1, args), self._lists(before, after), unit, form=form)

    def among(
        self, name: str, readings: Iterable[Reading], metric: Metric, unit: str, form: Form, /, **args: str | int
    ) -> Figure | None:
        """A named formula over one metric of several readings (``top_share``, ``median_part``)."""
        cited = self._cite.readings(readings, metric)
        return self.make(NamedFormula(name, 1, args), {"of": cited}, unit, form=form) if cited else None

    def over(self, name: str, lists: Sequence[Listing], unit: str, form: Form, **args: str | int) -> Figure | None:
        """A named formula over many readings of one list (``items_held``, ``median_stay``, ``longest_gap``)."""
        return self.make(NamedFormula(name, 1, args), {"lists": self._cite.lists(lists)}, unit, form=form)

    def of_item_over(
        self,
        name: str,
        reading: Reading,
        lists: Sequence[Listing],
        unit: str,
        *,
        metric: Metric | str | None = None,
        form: Form = rounding.count,
    ) -> Figure | None:
        """A named formula over a reading and many lists (``own_readings_below``, ``longest_stay``, ``days_below``)."""
        item = self._mention(reading) if metric is None else self._cite.reading(reading, metric)
        evidence: Mapping[str, Operand] = {"item": item, "lists": self._cite.lists(lists)}
        return self.make(NamedFormula(name, 1), evidence, unit, form=form)

    def record(self, now: Listing, earlier: Sequence[Listing], count: str, **args: str | int) -> Figure | None:
        """How many earlier lists (at least 30) there are, provided each comes to less than today's by ``count``.

        ``count`` is ``matching`` (with ``pattern``), ``publishers``, ``largest_publisher`` or ``size``.
        """
        return self._held_against("lists_below", now, earlier, count, **args)

    def low(self, now: Listing, earlier: Sequence[Listing], count: str, **args: str | int) -> Figure | None:
        """As ``record``, provided each earlier list comes to more; None for a list that was not read whole."""
        return self._held_against("lists_above", now, earlier, count, **args)

    def _held_against(
        self, name: str, now: Listing, earlier: Sequence[Listing], count: str, **args: str | int
    ) -> Figure | None:
        evidence: Mapping[str, Operand] = {"list": self._cite.list(now), "lists": self._cite.lists(earlier)}
        return self.make(NamedFormula(name, 1, {"count": count, **args}), evidence, "lists") if earlier else None

    def gap(self, lists: Sequence[Listing]) -> Figure | None:
        """The longest time between two lists that follow each other, in days; None where no day is missing."""
        found = self.over("longest_gap", lists, "days", rounding.days) if len(lists) > 1 else None
        return found if found is not None and found.value > LONGEST_STEP else None

    def series(self, lists: Sequence[Listing], pattern: str, unit: str) -> tuple[Run, ...] | None:
        """How many ids contain the pattern, list by list, oldest first: ``6, 6, 9, 14``; None below three lists."""
        counts = [self.matching(listing, pattern, unit, rounding.whole) for listing in sorted(lists, key=_moment)]
        return enumerated(counts)

    def new_since(self, now: Listing, before: Listing, unit: str) -> Figure | None:
        """How many items of the list did not stand on the one before."""
        evidence: Mapping[str, Operand] = {"list": self._cite.list(now), "lists": (self._cite.list(before),)}
        return self.make(NamedFormula("new_since", 1), evidence, unit, span(before, now), rounding.count)

    def owners_of(self, readings: Iterable[Reading]) -> Figure | None:
        """How many different owners these items have; None where their ids name none."""
        named = tuple(self._mention(reading) for reading in readings)
        formula = NamedFormula("distinct_owners", 1)
        return self.make(formula, {"of": named}, "accounts", form=rounding.count) if named else None

    def new_among(self, readings: Iterable[Reading], now: Listing, before: Listing, unit: str) -> Figure | None:
        """How many of these items did not stand on the list before."""
        named = tuple(self._mention(reading) for reading in readings)
        if not named:
            return None
        evidence: Mapping[str, Operand] = {
            "of": named,
            "list": self._cite.list(now),
            "lists": (self._cite.list(before),),
        }
        return self.make(NamedFormula("new_among", 1), evidence, unit, form=rounding.count)

    def titles_with(self, word: str, listing: Listing, form: Form = rounding.count) -> Figure | None:
        """How many titles of the list have the word; None where a title can't be quoted whole, or there are few."""
        quoted = [self._cite.title(reading.item) for reading in listing]
        titles = tuple(cited for cited in quoted if cited is not None)
        if len(titles) != len(listing) or len(titles) < FEWEST_TITLES:
            return None
        evidence: Mapping[str, Operand] = {"list": self._cite.list(listing), "titles": titles}
        return self.make(NamedFormula("titles_with", 1, {"word": word}), evidence, "titles", form=form)

    def stayed(self, before: Listing, now: Listing, unit: str) -> Figure | None:
        """How many items stand on both lists."""
        return self._over_both("stayed", before, now, unit)

    def unmoved(self, before: Listing, now: Listing, unit: str) -> Figure | None:
        """How many items stand at the same place on both lists."""
        return self._over_both("unmoved", before, now, unit, top=0)

    def _over_both(self, name: str, before: Listing, now: Listing, unit: str, **args: int) -> Figure | None:
        evidence = self._lists(before, now)
        return self.make(NamedFormula(name, 1, args), evidence, unit, span(before, now), rounding.count)

    def first_listed(self, reading: Reading, now: Listing, earlier: Sequence[Listing]) -> Figure | None:
        """How many earlier lists were searched for an item that stood on none of them."""
        evidence: Mapping[str, Operand] = {
            "item": self._mention(reading),
            "list": self._cite.list(now),
            "lists": self._cite.lists(earlier),
        }
        return self.make(NamedFormula("first_listed", 1), evidence, "lists") if earlier else None

    def away(self, reading: Reading, lists: Sequence[Listing]) -> Figure | None:
        """How many days the item was off the list before it came back on the newest one; None for no whole number."""
        evidence: Mapping[str, Operand] = {"item": self._mention(reading), "lists": self._cite.lists(lists)}
        found = self.make(NamedFormula("days_away", 1), evidence, "days", form=rounding.days)
        return found if found is not None and rounding.admissible(found.text, found.value, "days") else None

    def absent(self, key_evidence: EvidenceId, listing: Listing) -> bool:
        """Whether the item was not on the list, which was read whole."""
        evidence = {"item": key_evidence, "list": self._cite.list(listing)}
        found = self.make(NamedFormula("absent", 1), evidence)
        return found is not None and found.value == 1

    def running(
        self, reading: Reading, lists: Sequence[Listing], place: int = 0, form: Form = rounding.count
    ) -> Figure | None:
        """How many of the lists in a row, back from the newest, hold the item (at ``place`` or better)."""
        evidence: Mapping[str, Operand] = {
            "item": self._mention(reading),
            "lists": self._cite.lists(lists),
        }
        return self.make(NamedFormula("streak", 1, {"place": place}), evidence, "lists", form=form)

    def days_listed(self, reading: Reading, lists: Sequence[Listing], form: Form = rounding.count) -> Figure | None:
        """On how many days the lists held the item."""
        evidence: Mapping[str, Operand] = {
            "item": self._mention(reading),
            "lists": self._cite.lists(lists),
        }
        return self.make(NamedFormula("days_listed", 1), evidence, "days", form=form)

    def _mention(self, reading: Reading) -> EvidenceId:
        return self._cite.mention(reading)

    def _lists(self, before: Listing, after: Listing) -> Mapping[str, EvidenceId]:
        return {"before": self._cite.list(before), "after": self._cite.list(after)}


def enumerated(figures: Sequence[Figure | None]) -> tuple[Run, ...] | None:
    """Figures in a row with commas between; None where one is missing or there are fewer than three."""
    if len(figures) < FEWEST_OF_A_SERIES:
        return None
    runs: list[Run] = []
    for figure in figures:
        if figure is None:
            return None
        runs += [Words(", "), figure] if runs else [figure]
    return tuple(runs)


def span(before: Listing, after: Listing) -> str | None:
    """The distance of two lists as a period; None where it is no whole number of days or hours."""
    distance = after.at - before.at
    period = periods.period(distance)
    return period if periods.right_period(period, distance) else None


def _spans(operands: Mapping[str, Evidence | tuple[Evidence, ...]], period: str) -> bool:
    """Whether what a figure rests on lies as far apart as the period says; one reading has the period of its site."""
    laid_out = (each if isinstance(each, tuple) else (each,) for each in operands.values())
    moments = [evidence.observed_at for several in laid_out for evidence in several]
    return len(moments) == 1 or periods.right_period(period, max(moments) - min(moments))


def _moment(listing: Listing) -> datetime:
    return listing.at
