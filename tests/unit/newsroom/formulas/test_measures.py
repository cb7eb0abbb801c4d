"""What an expression measures: the rules of dimensions."""

from __future__ import annotations

import pytest

from domain.evidence import Expression
from domain.readings import Metric
from newsroom.formulas import FormulaError, Operands
from newsroom.formulas.measures import Measure, Quantity, quantity_of
from tests.unit.newsroom.checking.world import ALPHA, BETA, KIT, morning

PAPER = morning()


def _operands() -> Operands:
    world, today = PAPER.world, PAPER.models[-1]
    cited = {
        "a": world.cite(PAPER.models[-2], ALPHA, Metric.LIKES),
        "b": world.cite(today, ALPHA, Metric.LIKES),
        "d": world.cite(today, ALPHA, Metric.DOWNLOADS),
        "p": world.cite(PAPER.models[-2], ALPHA, "rank"),
        "q": world.cite(today, ALPHA, "rank"),
        "s": world.cite(PAPER.pages[-1], KIT, Metric.STARS),
        "h": world.cite_list(today),
        "w": world.cite_words(ALPHA, "summary", "A model"),
    }
    many = (world.evidence[cited["b"]], world.evidence[world.cite(today, BETA, Metric.LIKES)])
    mixed = (world.evidence[cited["b"]], world.evidence[cited["s"]])
    return {**{name: world.evidence[each] for name, each in cited.items()}, "x": many, "m": mixed}


@pytest.mark.parametrize(
    ("text", "measure", "metric"),
    [
        ("b", Measure.METRIC, "likes"),
        ("b - a", Measure.METRIC, "likes"),
        ("-b", Measure.METRIC, "likes"),
        ("b / 2", Measure.METRIC, "likes"),
        ("sum(x)", Measure.METRIC, "likes"),
        ("max(x) - min(x)", Measure.METRIC, "likes"),
        ("round(b, 1)", Measure.METRIC, "likes"),
        ("b.downloads", Measure.METRIC, "downloads"),
        ("sum(x) / count(x)", Measure.METRIC, "likes"),
        ("(b - a) / days(a, b)", Measure.METRIC, "likes"),
        ("q", Measure.RANK, ""),
        ("b.rank", Measure.RANK, ""),
        ("p - q", Measure.PLACES, ""),
        ("abs(a.rank - b.rank)", Measure.PLACES, ""),
        ("h", Measure.COUNT, ""),
        ("h.items", Measure.COUNT, ""),
        ("count(x)", Measure.COUNT, ""),
        ("h - count(x)", Measure.COUNT, ""),
        ("days(a, b)", Measure.DAYS, ""),
        ("count(x) / h", Measure.RATIO, ""),
        ("b / a - 1", Measure.RATIO, ""),
        ("100 * count(x) / h", Measure.PERCENT, ""),
        ("100 * (b / a - 1)", Measure.PERCENT, ""),
        ("(b - a) / a * 100", Measure.PERCENT, ""),
        ("3", Measure.NUMBER, ""),
        ("b + s", Measure.MIXED, ""),
        ("b - d", Measure.MIXED, ""),
        ("p + q", Measure.MIXED, ""),
        ("b * d", Measure.MIXED, ""),
        ("b / d", Measure.MIXED, ""),
        ("sum(m)", Measure.MIXED, ""),
        ("m", Measure.MIXED, ""),
        ("max(b, s)", Measure.MIXED, ""),
        ("w", Measure.MIXED, ""),
        ("b ** 2", Measure.MIXED, ""),
        ("b < a", Measure.MIXED, ""),
        ("round()", Measure.MIXED, ""),
    ],
)
def test_an_expression_measures_what_its_parts_make(text: str, measure: Measure, metric: str) -> None:
    found = quantity_of(Expression(text), _operands())
    assert (found.measure, found.metric) == (measure, metric)


def test_a_hundred_times_a_count_is_still_a_count() -> None:
    assert quantity_of(Expression("100 * h"), _operands()) == Quantity(Measure.COUNT, hundred=True)


def test_a_missing_operand_measures_nothing() -> None:
    with pytest.raises(FormulaError, match="'z' is missing"):
        quantity_of(Expression("z + 1"), _operands())
