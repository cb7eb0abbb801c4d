"""Printed figures: each is the value of a formula over cited evidence, computed here by the registry itself.

A method gives None where the formula has no value over this evidence (the reading lacks the metric, a list was not
read whole, another item gained more): then the thing can't be said, and the desk says something else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from domain.claims import Figure
from domain.evidence import EvidenceId, NamedFormula
from domain.readings import Metric, Reading
from newsroom import rounding
from newsroom.citations import RANK
from newsroom.list_figures import Form, ListFigures, span
from newsroom.record import Comparison, Listing, Pair

#: Below this many per cent nothing has grown.
LEAST_GROWTH = 1

#: Beyond this many per cent a counter has begun to run, which is not growth.
GROWTH_CEILING = 1_000

#: What a metric counts, as the unit of a figure.
UNITS: Mapping[Metric, str] = {
    Metric.LIKES: "likes",
    Metric.DOWNLOADS: "downloads",
    Metric.STARS: "stars",
    Metric.STARS_TODAY: "stars",
    Metric.STARS_WEEK: "stars",
    Metric.FORKS: "forks",
    Metric.UPVOTES: "upvotes",
    Metric.VOTES: "votes",
    Metric.POINTS: "points",
    Metric.COMMENTS: "comments",
    Metric.GITHUB_STARS: "stars",
    Metric.PARAMETERS: "parameters",
}

#: What a site counts over a time of its own: one reading of it has a period.
SITE_PERIODS: Mapping[Metric, str] = {Metric.STARS_TODAY: "P1D", Metric.STARS_WEEK: "P7D"}

#: Growth in per cent is spoken of from these values on: below them a few clicks are a multiple.
GROWTH_FLOORS: Mapping[Metric, int] = {Metric.DOWNLOADS: 1_000, Metric.STARS: 500, Metric.LIKES: 100}


class Figures(ListFigures):
    """Makes the figures of one issue, citing what each is computed from."""

    # -- one reading ------------------------------------------------------------------------------------------------

    def rank(self, reading: Reading, form: Form = rounding.place) -> Figure | None:
        """The place on the list."""
        if reading.rank is None:
            return None
        return self.make("a.rank", {"a": self._cite.reading(reading, RANK)}, "rank", form=form)

    def value(self, reading: Reading, metric: Metric, form: Form = rounding.whole) -> Figure | None:
        """A metric as it was read."""
        if metric not in reading.metrics:
            return None
        evidence = {"a": self._cite.reading(reading, metric)}
        return self.make("a", evidence, UNITS.get(metric, ""), SITE_PERIODS.get(metric), form)

    def highest(self, reading: Reading, metric: Metric, listing: Listing) -> Figure | None:
        """A metric as it was read, provided no item of the list shows more."""
        if metric not in reading.metrics:
            return None
        evidence = {"item": self._cite.reading(reading, metric), "list": self._cite.list(listing)}
        return self.make(NamedFormula("highest_listed", 1), evidence, UNITS.get(metric, ""))

    def metric_rank(self, reading: Reading, metric: Metric, listing: Listing) -> Figure | None:
        """The place of a reading on its list by a metric of it."""
        evidence = {"item": self._cite.reading(reading, metric), "list": self._cite.list(listing)}
        return self.make(NamedFormula("metric_rank", 1), evidence, "rank", form=rounding.place)

    def named_size(self, reading: Reading) -> Figure | None:
        """How many parameters the item's name says."""
        formula = NamedFormula("named_size", 1, {"metric": Metric.PARAMETERS.value})
        return self.make(formula, {"item": self._mention(reading)}, "parameters", form=rounding.parameters)

    def agreed_size(self, reading: Reading) -> Figure | None:
        """The parameters as the API counts them, where the name says the same."""
        if Metric.PARAMETERS not in reading.metrics:
            return None
        formula = NamedFormula("agreed_size", 1, {"metric": Metric.PARAMETERS.value})
        evidence = {"item": self._cite.reading(reading, Metric.PARAMETERS)}
        return self.make(formula, evidence, "parameters", form=rounding.parameters)

    def date(
        self, at: Reading | Listing, form: Callable[..., str] = rounding.short_day, *, zone: str = "UTC"
    ) -> Figure:
        """The day, as clocks in a zone show it, on which a reading or a list was observed."""
        cited = self._cite.list(at) if isinstance(at, Listing) else self._mention(at)
        moment = (at.at if isinstance(at, Listing) else at.observed_at).astimezone(ZoneInfo(zone))
        formula = NamedFormula("date", 1, {"zone": zone})
        return Figure(form(moment.date()), rounding.day_value(moment.date()), "date", formula, {"at": cited})

    def clock(self, at: Listing) -> Figure:
        """The minute (UTC) at which a list was read: ``18:37``."""
        formula = NamedFormula("time", 1, {"zone": "UTC"})
        value = float(at.at.hour * 100 + at.at.minute)
        return Figure(rounding.clock(at.at), value, "time", formula, {"at": self._cite.list(at)})

    # -- two readings -----------------------------------------------------------------------------------------------

    def gain(self, pair: Pair, metric: Metric, form: Form = rounding.whole) -> Figure | None:
        """How much a metric grew between the two readings (negative: fell)."""
        if pair.change(metric) is None:
            return None
        return self.make("b - a", self._ends(pair, metric), UNITS.get(metric, ""), _period(pair), form)

    def growth(self, pair: Pair, metric: Metric) -> Figure | None:
        """Growth in per cent, where the earlier value is large enough to speak of it."""
        if pair.change(metric) is None:
            return None
        formula = NamedFormula("growth_percent", 1, {"floor": GROWTH_FLOORS.get(metric, 1)})
        growth = self.make(formula, self._ends(pair, metric), "%", _period(pair), rounding.percent)
        return growth if growth is not None and LEAST_GROWTH <= growth.value <= GROWTH_CEILING else None

    def days(self, pair: Pair) -> Figure | None:
        """How far apart the two readings are, in whole days."""
        ends = {"a": self._cite.mention(pair.before), "b": self._cite.mention(pair.after)}
        return self.make("days(a, b)", ends, "days", _period(pair), rounding.days)

    def apart(self, before: Listing, after: Listing) -> Figure | None:
        """How far apart two lists were read, in whole days."""
        ends = {"a": self._cite.list(before), "b": self._cite.list(after)}
        period = span(before, after)
        return self.make("days(a, b)", ends, "days", period, rounding.days) if period else None

    def part(self, reading: Reading, metric: Metric, whole: Metric) -> Figure | None:
        """How many per cent of another metric of the same reading a metric is."""
        if metric not in reading.metrics:
            return None
        evidence = {"item": self._cite.reading(reading, metric)}
        return self.make(NamedFormula("part_of", 1, {"metric": whole.value}), evidence, "%", form=rounding.percent)

    def gain_place(self, pair: Pair, metric: Metric, both: Comparison) -> Figure | None:
        """The place of an item by what it gained, among all on both lists."""
        if pair.change(metric) is None:
            return None
        evidence = {**self._ends(pair, metric), **self._lists(both.before, both.after)}
        return self.make(NamedFormula("gain_rank", 1), evidence, "rank", _period(pair), rounding.place)

    def passed(self, pair: Pair, metric: Metric, mark: int) -> Figure | None:
        """A mark that lies between the two readings."""
        if pair.change(metric) is None:
            return None
        formula = NamedFormula("passed", 1, {"mark": mark})
        return self.make(formula, self._ends(pair, metric), UNITS.get(metric, ""), _period(pair))

    def moved(self, pair: Pair, form: Form = rounding.movement) -> Figure | None:
        """Places climbed (negative: fell)."""
        if pair.climbed is None:
            return None
        return self.make("a.rank - b.rank", self._ends(pair, RANK), "places", _period(pair), form)

    def climbed(self, pair: Pair, form: Form = rounding.count) -> Figure | None:
        """Places climbed, as an amount: the words around it say the direction."""
        return self.moved(pair, form)

    def fell(self, pair: Pair, form: Form = rounding.count) -> Figure | None:
        """Places lost, as an amount: the words around it say the direction."""
        if pair.climbed is None:
            return None
        return self.make("b.rank - a.rank", self._ends(pair, RANK), "places", _period(pair), form)

    def extreme(self, name: str, pair: Pair, metric: Metric | str, both: Comparison) -> Figure | None:
        """``largest_gain``, ``largest_climb`` or ``largest_fall`` of the items on both lists, if it is this one's."""
        if metric != RANK and pair.change(Metric(metric)) is None:
            return None
        if metric == RANK and pair.climbed is None:
            return None
        evidence = {**self._ends(pair, metric), **self._lists(both.before, both.after)}
        unit = "places" if metric == RANK else UNITS.get(Metric(metric), "")
        form: Form = (lambda value: rounding.count(abs(value))) if metric == RANK else rounding.whole
        return self.make(NamedFormula(name, 1), evidence, unit, _period(pair), form)

    def median_gain(self, metric: Metric, both: Comparison) -> Figure | None:
        """The median gain of the items on both lists."""
        evidence = self._lists(both.before, both.after)
        formula = NamedFormula("median_gain", 1, {"metric": metric.value})
        return self.make(formula, evidence, UNITS.get(metric, ""), f"P{both.days}D", rounding.fraction)

    def times_median(self, pair: Pair, metric: Metric, both: Comparison) -> Figure | None:
        """How many times the list's median gain an item gained."""
        if pair.change(metric) is None:
            return None
        evidence = {**self._ends(pair, metric), **self._lists(both.before, both.after)}
        return self.make(NamedFormula("times_median_gain", 1), evidence, "times", _period(pair), rounding.times)

    def _ends(self, pair: Pair, metric: Metric | str) -> Mapping[str, EvidenceId]:
        return {"a": self._cite.reading(pair.before, metric), "b": self._cite.reading(pair.after, metric)}


def digits(figure: Figure) -> Figure:
    """The same figure in digits, for a place where figures stand out."""
    if not figure.text.isalpha() or figure.unit == "days":  # "in one day" counts nothing that stands out
        return figure
    return replace(figure, text=rounding.whole(abs(figure.value)))


def _period(pair: Pair) -> str:
    return f"P{pair.days}D"
