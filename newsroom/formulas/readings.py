"""Formulas over a few readings: growth, marks passed, dates, and counts of what is named."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.evidence import HarvestEvidence, QuoteEvidence
from newsroom.formulas.definition import Definition, Licence
from newsroom.formulas.measures import Measure
from newsroom.formulas.operands import FormulaError, Given, same_subject


def growth_percent(given: Given) -> float:
    """How much ``b`` is above ``a``, in per cent of ``a``."""
    earlier, later = given.reading("a"), given.reading("b")
    same_subject(earlier, later)
    if earlier.value < max(given.number("floor", 1), 1):
        raise FormulaError(f"{earlier.value} is too little to speak of growth")
    return 100 * (later.value - earlier.value) / earlier.value


def passed(given: Given) -> float:
    """The mark, provided it lies above ``a`` and not above ``b``."""
    earlier, later, mark = given.reading("a"), given.reading("b"), given.number("mark")
    same_subject(earlier, later)
    if not earlier.value < mark <= later.value:
        raise FormulaError(f"{mark:g} does not lie between {earlier.value} and {later.value}")
    return mark


def date_of(given: Given) -> float:
    """The day on which ``at`` was observed, as YYYYMMDD."""
    moment = _local(given)
    return moment.year * 10_000 + moment.month * 100 + moment.day


def time_of(given: Given) -> float:
    """The minute at which ``at`` was observed, as HHMM."""
    moment = _local(given)
    return moment.hour * 100 + moment.minute


def _local(given: Given) -> datetime:
    try:
        zone = ZoneInfo(given.word("zone", "UTC"))
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise FormulaError(f"{given.word('zone')!r} is no time zone") from error
    return given.one("at").observed_at.astimezone(zone)


def distinct_items(given: Given) -> float:
    """How many different items the evidence names."""
    return len({each.item for each in given.many("of") if not isinstance(each, HarvestEvidence)})


def distinct_sources(given: Given) -> float:
    """How many different sources the evidence comes from."""
    return len({each.source for each in given.many("of")})


def distinct_days(given: Given) -> float:
    """On how many different days (UTC) the evidence was observed."""
    days: set[date] = {each.observed_at.date() for each in given.many("of")}
    return len(days)


def quoted_count(given: Given) -> float:
    """How many different items have the word in the words quoted, provided each quotation has it."""
    word = given.word("word").casefold()
    quotes = given.many("of")
    for quote in quotes:
        if not isinstance(quote, QuoteEvidence) or word not in quote.text.casefold():
            raise FormulaError(f"not every quotation contains {word!r}")
    return distinct_items(given)


FORMULAS = (
    Definition(
        "growth_percent",
        "100 * (b - a) / a, for two readings of one metric of one item; no value where a is below the floor",
        growth_percent,
        Measure.PERCENT,
        operands=("a: the earlier reading", "b: the later reading"),
        args=("floor: the least value of a that growth is spoken of (1)",),
    ),
    Definition(
        "passed",
        "the mark, provided a < mark <= b, for two readings of one metric of one item",
        passed,
        Measure.METRIC,
        operands=("a: the earlier reading", "b: the later reading"),
        args=("mark: the mark passed",),
        licences=frozenset({Licence.PASSED}),
    ),
    Definition(
        "date",
        "the day on which the evidence was observed, written as the number YYYYMMDD (20260822)",
        date_of,
        Measure.DATE,
        operands=("at: any evidence",),
        args=("zone: IANA name of the time zone (UTC)",),
    ),
    Definition(
        "time",
        "the minute at which the evidence was observed, written as the number HHMM on a clock of 24 hours (1837)",
        time_of,
        Measure.TIME,
        operands=("at: any evidence",),
        args=("zone: IANA name of the time zone (UTC)",),
    ),
    Definition(
        "distinct_items",
        "how many different items are named by the readings and quotations",
        distinct_items,
        Measure.COUNT,
        operands=("of: readings or quotations",),
    ),
    Definition(
        "distinct_sources",
        "how many different sources (huggingface, github, …) the evidence comes from",
        distinct_sources,
        Measure.COUNT,
        operands=("of: any evidence",),
    ),
    Definition(
        "distinct_days",
        "on how many different days (UTC) the evidence was observed",
        distinct_days,
        Measure.DAYS,
        operands=("of: any evidence",),
    ),
    Definition(
        "quoted_count",
        "how many different items the quotations come from, provided the word stands in each (letter case ignored)",
        quoted_count,
        Measure.COUNT,
        operands=("of: quotations",),
        args=("word: the word counted",),
    ),
)
