"""The one place that rounds and prints figures, and that says whether a printed figure is a right rounding.

The rules: a figure is exact; or it has at least three significant digits and k, M or B; or it says "about" and has
two or three significant digits; "nearly" stands only below a round number, "more than" only above one. Per cent have
one decimal below ten and none above. Rounding is half up and never reaches a milestone (a number with one digit other
than zero, as 30,000): where it would, the digits are cut instead. Small counts up to twelve are words.

A printed minus is the sign U+2212. Units are the plural nouns of ``Figure.unit``; ``%``, ``date``, ``time``,
``rank``, ``times`` and ``days`` have rules of their own, an empty unit is a bare ratio or count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from newsroom.number_words import CARDINAL_VALUES, CARDINALS, ORDINAL_VALUES, ORDINALS
from newsroom.periods import tolerance

MINUS = "−"
UP, DOWN, SAME = "▲", "▼", "="

#: Counts up to this one are printed as words.
LAST_WORD = 12

#: From here on a figure may be shortened with k, M or B.
SHORTENED_FROM = 10_000

_SUFFIXES = {"k": Decimal(1_000), "M": Decimal(1_000_000), "B": Decimal(1_000_000_000)}
_SIGNIFICANT = 3


# --- printing ---------------------------------------------------------------------------------------------------------


def whole(value: float) -> str:
    """A count in full, with thousands commas: ``12,099``, ``−89``. Raises ValueError for a fraction."""
    if value != int(value):
        raise ValueError(f"{value} is not a whole number")
    return f"{MINUS if value < 0 else ''}{abs(int(value)):,}"


def count(value: float) -> str:
    """A small count as a reader likes it: words up to twelve, figures above: ``seven``, ``17``."""
    return CARDINALS[int(value)] if value == int(value) and 0 <= value <= LAST_WORD else whole(value)


def movement(value: float) -> str:
    """A change of place in a cell: ``▲4``, ``▼12``, ``=``."""
    if value == 0:
        return SAME
    return f"{UP if value > 0 else DOWN}{whole(abs(value))}"


def signed(value: float) -> str:
    """A gain in a cell, where no words around it say its direction: ``+53``, ``−3``; ``=`` for none."""
    return SAME if value == 0 else f"{'+' if value > 0 else ''}{whole(value)}"


def short(value: float) -> str:
    """Three significant digits with k, M or B from 10,000 on: ``12.1k``, ``6.32M``; in full below."""
    if abs(value) < SHORTENED_FROM:
        return whole(value)
    exact = _exact(abs(value))
    suffix, scale = max((pair for pair in _SUFFIXES.items() if pair[1] <= exact), key=lambda pair: pair[1])
    rounded = _rounded(exact, _step(exact, _SIGNIFICANT))
    if rounded >= 1000 * scale and suffix != "B":
        suffix, scale = next(pair for pair in _SUFFIXES.items() if pair[1] == 1000 * scale)
    scaled = rounded / scale
    decimals = max(_SIGNIFICANT - len(str(int(scaled))), 0)
    return f"{MINUS if value < 0 else ''}{scaled:.{decimals}f}{suffix}"


def parameters(value: float) -> str:
    """The size of a model: exact where it has few digits (``27B``, ``1.5B``, ``270M``), else short: ``27.8B``."""
    exact = _exact(value)
    suffix, scale = "B" if exact >= _SUFFIXES["B"] else "M", _SUFFIXES["B" if exact >= _SUFFIXES["B"] else "M"]
    scaled = (exact / scale).normalize()
    return f"{scaled:,f}{suffix}" if len(scaled.as_tuple().digits) <= _SIGNIFICANT + 1 else short(value)


def about(value: float) -> str:
    """Two significant digits, said so: ``about 12,000``, ``nearly 30,000``; a number that has no more is exact."""
    exact = _exact(abs(value))
    step = _step(exact, 2) if exact >= 100 else Decimal(1)
    nearest = (exact / step).quantize(Decimal(1), ROUND_HALF_UP) * step
    if nearest == exact:
        return whole(value)
    hedge = "nearly" if nearest > exact and _is_milestone(nearest) else "about"
    return f"{hedge} {whole(float(nearest))}"


def percent(value: float) -> str:
    """One decimal below ten, none above: ``3.4%``, ``88%``; the sign is left to the words around it."""
    exact = _exact(abs(value))
    rounded = _rounded(exact, _percent_step(exact))
    decimals = 1 if rounded < 10 and rounded != int(rounded) else 0
    return f"{rounded:,.{decimals}f}%"


def times(value: float) -> str:
    """A multiple: one decimal below ten, none above: ``2.4``, ``12``."""
    exact = _exact(abs(value))
    rounded = _rounded_times(exact)
    return f"{int(rounded):,}" if rounded == int(rounded) else f"{rounded:.1f}"


def fraction(value: float) -> str:
    """A mean or a median of counts: in full where it is whole, else as a multiple is printed: ``7.5``, ``13``."""
    if value == int(value):
        return whole(value)
    exact = _exact(abs(value))
    step = Decimal("0.1") if exact < 10 else Decimal(1)
    return f"{MINUS if value < 0 else ''}{_rounded(exact, step):,f}"


def coefficient(value: float) -> str:
    """A correlation or another bare ratio with two decimals: ``0.11``, ``−0.40``."""
    rounded = _exact(value).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{MINUS if rounded < 0 else ''}{abs(rounded)}"


def place(rank: float) -> str:
    """A place on a list: ``No. 3``."""
    return f"No. {whole(rank)}"


def ordinal(value: float) -> str:
    """Words up to twelfth, figures above: ``fifth``, ``13th``, ``21st``."""
    number = int(value)
    if 1 <= number <= LAST_WORD:
        return ORDINALS[number]
    return f"{number:,}{_ordinal_ending(number)}"


def days(value: float) -> str:
    """A distance in days, as the nearest count of whole days: ``seven``."""
    return count(float(_exact(value).quantize(Decimal(1), ROUND_HALF_UP)))


def day(at: date) -> str:
    """A day: ``Saturday 22 August``."""
    return f"{at:%A} {at.day} {at:%B}"


def short_day(at: date) -> str:
    """A day without its weekday: ``22 August``."""
    return f"{at.day} {at:%B}"


def weekday(at: date) -> str:
    """A day of the last seven by its weekday: ``Saturday``."""
    return f"{at:%A}"


def clock(at: datetime) -> str:
    """A minute: ``18:37``; the words around it name the zone."""
    return f"{at:%H:%M}"


def singular(noun: str) -> str:
    """One of a unit: ``entry`` of ``entries``, ``star`` of ``stars``."""
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    return noun.removesuffix("s")


def day_value(at: date) -> float:
    """A day as the number that the formula ``date`` gives: 20260822."""
    return at.year * 10_000 + at.month * 100 + at.day


# --- rounding ---------------------------------------------------------------------------------------------------------


def _exact(value: float) -> Decimal:
    return Decimal(repr(float(value)))


def _step(exact: Decimal, significant: int) -> Decimal:
    """What one unit of the last of so many significant digits is worth."""
    return Decimal(1).scaleb(exact.adjusted() - significant + 1)


def _percent_step(exact: Decimal) -> Decimal:
    return Decimal("0.1") if exact < 10 else Decimal(1)


def _rounded(exact: Decimal, step: Decimal) -> Decimal:
    """Half up to the step; cut where that would reach a milestone."""
    rounded = (exact / step).quantize(Decimal(1), ROUND_HALF_UP) * step
    if rounded > exact and _is_milestone(rounded):
        return (exact / step).quantize(Decimal(1), ROUND_DOWN) * step
    return rounded


def _rounded_times(exact: Decimal) -> Decimal:
    """A multiple is never rounded up to a whole number: 1.98 is not twice."""
    step = Decimal("0.1") if exact < 10 else Decimal(1)
    rounded = (exact / step).quantize(Decimal(1), ROUND_HALF_UP) * step
    if step < 1 and rounded > exact and rounded == int(rounded):
        return rounded - step
    return rounded


def _is_milestone(value: Decimal) -> bool:
    return len(value.normalize().as_tuple().digits) == 1 and value >= 10


def _ordinal_ending(number: int) -> str:
    if number % 100 in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


# --- reading back -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed figure read back: its amount without sign, and in which form it stood.

    ``step`` is what one unit of its last digit is worth; ``sign`` is 0 where none is printed.
    """

    amount: Decimal
    step: Decimal
    sign: int = 0
    hedge: str = ""  # "about", "nearly", "more than"
    suffix: str = ""  # "k", "M", "B", "%"
    ordinal: bool = False
    numbered: bool = False  # "No. 3"


_FIGURE = re.compile(
    r"(?:(?P<hedge>about|nearly|almost|more than|over) )?"
    r"(?P<sign>[+\-−▲▼])?"
    r"(?P<numbered>No\. )?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d+)?"
    r"(?P<suffix>[kMB%]|st|nd|rd|th)?",
    re.ASCII,
)
_SIGNS = {"+": 1, UP: 1, "-": -1, MINUS: -1, DOWN: -1}
_HEDGES = {"almost": "nearly", "over": "more than"}


def parse_figure(text: str) -> Printed | None:
    """A printed figure read back: digits, number words, ordinals, hedges and signs; None when it is none."""
    if text == SAME:
        return Printed(Decimal(0), Decimal(1))
    in_words = _parse_words(text.lower())
    if in_words is not None:
        return in_words
    match = _FIGURE.fullmatch(text)
    if match is None:
        return None
    return _printed(match)


def _parse_words(text: str) -> Printed | None:
    if text in {"no", "none"}:
        return Printed(Decimal(0), Decimal(1))
    if text in CARDINAL_VALUES:
        return Printed(Decimal(CARDINAL_VALUES[text]), Decimal(1))
    if text in ORDINAL_VALUES:
        return Printed(Decimal(ORDINAL_VALUES[text]), Decimal(1), ordinal=True)
    return None


def _printed(match: re.Match[str]) -> Printed | None:
    digits, decimals, suffix = match["digits"], match["decimals"] or "", match["suffix"] or ""
    if ("," not in digits and len(digits) > 4) or (len(digits) > 1 and digits.startswith("0")):
        return None  # five digits and more are printed with commas; none begins with a nought
    ordinal_form = suffix in {"st", "nd", "rd", "th"}
    number = Decimal(digits.replace(",", "") + decimals)
    if ordinal_form and (decimals or suffix != _ordinal_ending(int(number))):
        return None
    scale = _SUFFIXES.get(suffix, Decimal(1))
    hedge = match["hedge"] or ""
    return Printed(
        amount=number * scale,
        step=Decimal(1).scaleb(-max(len(decimals) - 1, 0)) * scale,
        sign=_SIGNS.get(match["sign"] or "", 0),
        hedge=_HEDGES.get(hedge, hedge),
        suffix="" if ordinal_form else suffix,
        ordinal=ordinal_form,
        numbered=match["numbered"] is not None,
    )


# --- judging ----------------------------------------------------------------------------------------------------------


def admissible(text: str, value: float, unit: str) -> bool:
    """Whether a printed figure is a right rounding of the exact value in this unit.

    A printed sign must be the value's; without one the words around say the direction, and the amount is compared.
    """
    if unit == "date":
        return _is_date(text, value)
    if unit == "time":
        return text == f"{int(value) // 100:02d}:{int(value) % 100:02d}"
    printed = parse_figure(text)
    if printed is None or not _fits_unit(printed, unit):
        return False
    if printed.sign and printed.sign != (value > 0) - (value < 0):
        return False
    return _right_amount(printed, _exact(abs(value)), unit)


def _fits_unit(printed: Printed, unit: str) -> bool:
    """``%`` stands with the unit of that name and nowhere else, "No." only before a place."""
    if (printed.suffix == "%") != (unit == "%"):
        return False
    if printed.numbered and unit != "rank":
        return False
    return not (unit == "rank" and (printed.hedge or printed.suffix or printed.sign))


def _right_amount(printed: Printed, exact: Decimal, unit: str) -> bool:
    if printed.hedge:
        return not printed.ordinal and _right_hedge(printed, exact)
    judge = _JUDGES.get(unit, _right_short)
    return printed.amount == exact or judge(printed, exact)


def _right_percent(printed: Printed, exact: Decimal) -> bool:
    """A round figure may leave its decimal away: ``4%`` for 4.0."""
    return printed.amount == _rounded(exact, _percent_step(exact)) and printed.step >= Decimal("0.1")


def _right_times(printed: Printed, exact: Decimal) -> bool:
    return printed.amount == _rounded_times(exact) and printed.step >= Decimal("0.1")


def _right_coefficient(printed: Printed, exact: Decimal) -> bool:
    step = Decimal("0.01")
    return printed.step == step and printed.amount == exact.quantize(step, ROUND_HALF_UP)


def _right_days(printed: Printed, exact: Decimal) -> bool:
    """The nearest count of whole days, within the tolerance of periods."""
    stated = timedelta(days=int(printed.amount))
    allowed = min(tolerance(stated), timedelta(hours=12))
    return printed.step == 1 and abs(timedelta(days=float(exact)) - stated) <= allowed


def _right_short(printed: Printed, exact: Decimal) -> bool:
    if exact != int(exact):
        return _right_fraction(printed, exact)
    if printed.suffix not in _SUFFIXES or exact < SHORTENED_FROM:
        return False
    return _significant(printed) >= _SIGNIFICANT and printed.amount == _rounded(exact, printed.step)


def _right_fraction(printed: Printed, exact: Decimal) -> bool:
    """A mean or a median of counts: one decimal below ten, none above."""
    step = Decimal("0.1") if exact < 10 else Decimal(1)
    return not printed.suffix and printed.step == step and printed.amount == _rounded(exact, step)


def _right_hedge(printed: Printed, exact: Decimal) -> bool:
    """The nearest ("about"), a round number above ("nearly") or below ("more than"), of two or three digits."""
    candidates = [_step(exact, digits) for digits in (2, 3)] if exact else []
    if printed.hedge == "about":
        return printed.amount != exact and any(printed.amount == _rounded(exact, step) for step in candidates)
    mode = ROUND_DOWN if printed.hedge == "more than" else ROUND_HALF_UP
    nearest = [(exact / step).quantize(Decimal(1), mode) * step for step in candidates]
    above = printed.amount > exact
    return printed.amount in nearest and printed.amount != exact and above == (printed.hedge == "nearly")


_JUDGES: Mapping[str, Callable[[Printed, Decimal], bool]] = {
    "%": _right_percent,
    "times": _right_times,
    "days": _right_days,
    "": _right_coefficient,
}


def _significant(printed: Printed) -> int:
    return len(str(int(printed.amount / printed.step)))


def _is_date(text: str, value: float) -> bool:
    try:
        at = datetime.strptime(str(int(value)), "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return False
    forms = {weekday(at), short_day(at), day(at)}
    return text in forms | {f"{form} {at.year}" for form in forms - {weekday(at)}}
