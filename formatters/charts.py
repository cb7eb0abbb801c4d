"""Line and bar charts as PNG, made to be read on a phone: large letters, both axes labelled, little else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from math import floor, log10
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from domain.text import plain_line

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

#: Pixels. A phone shows a picture of this width about as large as the screen.
WIDTH: Final = 900
PANEL_HEIGHT: Final = 330
_HEAD: Final = 70
_FOOT: Final = 62
_LEFT: Final = 120
_RIGHT: Final = 34
_ACROSS: Final = WIDTH - _RIGHT - _LEFT

_PAPER, _INK, _GREY, _RULE = "#ffffff", "#1c1c1e", "#6b6b70", "#e3e3e8"
_LINES: Final = ("#1f6feb", "#c2410c", "#15803d")
_TITLE, _LABEL = 34, 26
_TICKS = 4
_MOST_DATES = 5
_MOST_DOTS = 60
_WIDEST_BAR, _BAR_SHARE = 44, 0.7

#: Readings that lie further apart are not joined.
LONGEST_GAP: Final = timedelta(days=3)

#: Pillow's own font draws Latin letters.
_LAST_LATIN: Final = 0x24F


@dataclass(frozen=True, slots=True)
class Panel:
    """One line: its label with the unit, and its points in the order of time (aware moments), at least one.

    ``inverted``: the smallest value stands on top, as the first place of a list does. ``bars``: no line, but a bar from
    nothing upwards for each point, as counts of days want it.
    """

    label: str
    points: Sequence[tuple[datetime, float]]
    inverted: bool = False
    bars: bool = False


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where a panel stands on the picture, and what its axes span; ``values`` are the ticks, smallest first."""

    top: int
    bottom: int
    since: datetime
    until: datetime
    values: tuple[float, ...]
    inverted: bool
    margin: float = 0.0

    def across(self, at: datetime) -> float:
        """Where a moment stands; the first and the last one stand a ``margin`` (pixels) inside."""
        span = self.until - self.since
        return _LEFT + self.margin + (_ACROSS - 2 * self.margin) * (((at - self.since) / span) if span else 0.5)

    def up(self, value: float) -> float:
        """Where a value stands."""
        low, high = self.values[0], self.values[-1]
        share = (value - low) / (high - low)
        return self.top + (self.bottom - self.top) * (share if self.inverted else 1 - share)


def line_chart(title: str, panels: Sequence[Panel], zone: str) -> bytes:
    """Panels below each other over one axis of time, as PNG; the days are those of ``zone`` (IANA name).

    A title in letters that the font lacks is left out; what is sent with the picture has it.
    """
    from PIL import Image, ImageDraw  # only who draws loads it

    height = _HEAD + PANEL_HEIGHT * len(panels) + _FOOT
    picture = Image.new("RGB", (WIDTH, height), _PAPER)
    draw = ImageDraw.Draw(picture)
    title = plain_line(title)
    if drawable(title):
        _text(draw, (WIDTH / 2, _HEAD / 2), _cut(draw, title, WIDTH - 40), _TITLE, anchor="mm")
    moments = [at for panel in panels for at, _ in panel.points]
    for number, panel in enumerate(panels):
        frame = _frame(panel, _HEAD + PANEL_HEIGHT * number, min(moments), max(moments))
        _draw_panel(draw, panel, frame, _LINES[number % len(_LINES)])
    _draw_days(draw, frame, ZoneInfo(zone))
    written = BytesIO()
    picture.quantize(32).save(written, "PNG", optimize=True)
    return written.getvalue()


def drawable(text: str) -> bool:
    """Whether the font has the letters of a text."""
    return all(ord(letter) <= _LAST_LATIN for letter in text)


def _frame(panel: Panel, top: int, since: datetime, until: datetime) -> _Frame:
    values = [value for _, value in panel.points]
    spanned = ticks(0 if panel.bars else min(values), max(values))
    if panel.inverted:
        spanned = tuple(max(1, value) for value in spanned)  # the first place is 1
    margin = 2 * _half_bar(panel) if panel.bars else 0
    return _Frame(top + 44, top + PANEL_HEIGHT - 14, since, until, spanned, panel.inverted, margin)


def _draw_panel(draw: ImageDraw, panel: Panel, frame: _Frame, colour: str) -> None:
    _text(draw, (_LEFT, frame.top - 24), panel.label, _LABEL, anchor="lm", fill=colour)
    for value, written in zip(frame.values, labels(frame.values), strict=True):
        height = frame.up(value)
        draw.line([(_LEFT, height), (WIDTH - _RIGHT, height)], _RULE, 2)
        _text(draw, (_LEFT - 12, height), written, _LABEL, anchor="rm", fill=_GREY)
    (_draw_bars if panel.bars else _draw_line)(draw, panel, frame, colour)


def _draw_bars(draw: ImageDraw, panel: Panel, frame: _Frame, colour: str) -> None:
    half = _half_bar(panel)
    for at, value in panel.points:
        if value:
            across = frame.across(at)
            draw.rectangle([across - half, frame.up(value), across + half, frame.up(0)], colour)


def _half_bar(panel: Panel) -> float:
    """Half the width of a bar, pixels."""
    return min(_WIDEST_BAR, _BAR_SHARE * _ACROSS / (len(panel.points) + 1)) / 2


def _draw_line(draw: ImageDraw, panel: Panel, frame: _Frame, colour: str) -> None:
    for piece in pieces(panel.points):
        line = [(frame.across(at), frame.up(value)) for at, value in piece]
        draw.line(line, colour, 4, "curve")
        for across, up in line if len(panel.points) <= _MOST_DOTS else (line[0], line[-1]):
            draw.ellipse([across - 5, up - 5, across + 5, up + 5], colour)


def pieces(points: Sequence[tuple[datetime, float]]) -> Iterator[Sequence[tuple[datetime, float]]]:
    """The points cut where none was read for long: no line is drawn over what nobody saw."""
    start = 0
    for number in range(1, len(points)):
        if points[number][0] - points[number - 1][0] > LONGEST_GAP:
            yield points[start:number]
            start = number
    yield points[start:]


def _draw_days(draw: ImageDraw, frame: _Frame, zone: ZoneInfo) -> None:
    for at, text in _days(frame.since, frame.until, zone):
        across = frame.across(at)
        draw.line([(across, frame.bottom), (across, frame.bottom + 8)], _GREY, 2)
        _text(
            draw,
            (min(max(across, _LEFT), WIDTH - _RIGHT - 50), frame.bottom + 28),
            text,
            _LABEL,
            anchor="mm",
            fill=_GREY,
        )


def _days(since: datetime, until: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, str]]:
    """At most five moments on the axis of time, named so that no two look alike; days are written as 2026-07-04."""
    whole = (until - since) // timedelta(days=1)
    count = min(_MOST_DATES, whole + 1)
    if count == _MOST_DATES and whole % (count - 1) and not whole % (count - 2):
        count -= 1  # so that they lie equally far apart
    if count == 1:
        yield since, f"{since.astimezone(zone):%Y-%m-%d}"
        return
    for number in range(count):
        at = until if number == count - 1 else since + timedelta(days=round(whole * number / (count - 1)))
        yield at, f"{at.astimezone(zone):%Y-%m-%d}" if number in {0, count - 1} else f"{at.astimezone(zone):%m-%d}"


def ticks(low: float, high: float) -> tuple[float, ...]:
    """Round values from at or below ``low`` to at or above ``high``, about four steps apart; never one alone."""
    step = _round_step((high - low) / _TICKS)
    first = floor(low / step)
    values = [first * step]
    while values[-1] < high or len(values) == 1:
        first += 1
        values.append(first * step)
    return tuple(values)


def _round_step(wanted: float) -> float:
    """The next of 1, 2, 5, 10 … that is not smaller; what we count is whole, so never less than 1."""
    if wanted <= 1:
        return 1
    size = 10.0 ** floor(log10(wanted))
    return next(size * factor for factor in (1, 2, 5, 10) if size * factor >= wanted * 0.999999)


def labels(values: Sequence[float]) -> list[str]:
    """Values in a few signs; in full where two would look alike."""
    short = [short_number(value) for value in values]
    return short if len(set(short)) == len(short) else [f"{value:,.0f}" for value in values]


def short_number(value: float) -> str:
    """A round value in a few signs: ``950``, ``1.2k``, ``15k``, ``2.5M``."""
    for size, letter in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.2f}".rstrip("0").rstrip(".") + letter
    return f"{value:g}"


def _text(draw: ImageDraw, at: tuple[float, float], text: str, size: int, *, anchor: str, fill: str = _INK) -> None:
    """Write; ``anchor`` is Pillow's word for which point of the text stands ``at``."""
    from PIL import ImageFont

    draw.text(at, text, fill, ImageFont.load_default(size), anchor)


def _cut(draw: ImageDraw, text: str, width: float) -> str:
    """A title that fits; the end of a name says more than its beginning, so both stay."""
    from PIL import ImageFont

    font = ImageFont.load_default(_TITLE)
    shown = text
    while draw.textlength(shown, font) > width and len(text) > 2:
        text = text[: len(text) // 2 - 1] + text[len(text) // 2 + 1 :]
        shown = f"{text[: len(text) // 2]}…{text[len(text) // 2 :]}"
    return shown
