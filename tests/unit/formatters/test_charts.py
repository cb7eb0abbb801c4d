from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from formatters.charts import PANEL_HEIGHT, WIDTH, Panel, labels, line_chart, pieces, short_number, ticks

START = datetime(2026, 6, 1, 5, 30, tzinfo=UTC)


def points(*values: float) -> list[tuple[datetime, float]]:
    return [(START + timedelta(days=day), value) for day, value in enumerate(values)]


def drawn(png: bytes) -> Image.Image:
    picture = Image.open(BytesIO(png))
    picture.load()
    return picture


def test_a_chart_is_a_light_picture_with_a_panel_for_each_line() -> None:
    likes = Panel("likes", points(*range(3000, 3000 + 90 * 100, 100)))
    place = Panel("place", points(*range(90, 0, -1)), inverted=True)
    one, two = (line_chart("northwind/Kestrel-8B", panels, "UTC") for panels in ([likes], [likes, place]))
    assert drawn(two).size == (WIDTH, drawn(one).height + PANEL_HEIGHT)
    assert len(two) < 30_000


@pytest.mark.parametrize("values", [(5,), (0,), (7, 7, 7), (1, 10**9), (0, 1)])
def test_one_reading_or_no_change_is_drawn_too(values: tuple[float, ...]) -> None:
    colours = drawn(line_chart("x", [Panel("stars", points(*values))], "UTC")).convert("RGB").getcolors(10**6)
    assert colours is not None
    assert any(blue > red + 100 for _, (red, _, blue) in colours)  # type: ignore[misc]  # pixels are three numbers


def test_a_rising_line_rises_and_the_first_place_stands_on_top() -> None:
    upright = line_chart("", [Panel("", points(1, 2))], "UTC")
    inverted = line_chart("", [Panel("", points(1, 2), inverted=True)], "UTC")
    assert _heights(upright) == pytest.approx(_heights(inverted)[::-1], abs=3)
    assert _heights(upright)[0] > _heights(upright)[1]


def _heights(png: bytes) -> tuple[int, int]:
    """Where the line stands near its left and its right end."""
    picture = drawn(png).convert("RGB")

    def height(across: int) -> int:
        column = [picture.getpixel((across, down)) for down in range(picture.height)]
        blue = [down for down, pixel in enumerate(column) if isinstance(pixel, tuple) and pixel[2] > pixel[0] + 100]
        return (blue[0] + blue[-1]) // 2

    return height(121), height(WIDTH - 36)


def test_no_line_is_drawn_over_days_that_nobody_read() -> None:
    read = [*points(1, 2, 3), *((START + timedelta(days=day), 9.0) for day in (20, 21))]
    assert [len(piece) for piece in pieces(read)] == [3, 2]
    assert [len(piece) for piece in pieces(points(5))] == [1]
    gap = drawn(line_chart("", [Panel("", read)], "UTC")).convert("RGB")
    middle = {gap.getpixel((WIDTH // 2, down)) for down in range(gap.height)}
    assert not any(isinstance(pixel, tuple) and pixel[2] > pixel[0] + 100 for pixel in middle)


@pytest.mark.parametrize("title", ["", "x" * 500, "名前 Имя 🤖", "a\nb"])
def test_any_title_makes_a_picture(title: str) -> None:
    assert drawn(line_chart(title, [Panel("stars", points(1, 2, 3))], "Asia/Tokyo")).width == WIDTH


@given(st.integers(0, 10**10), st.integers(0, 10**10))
def test_ticks_are_few_and_enclose_what_is_drawn(one: int, other: int) -> None:
    low, high = sorted((one, other))
    found = ticks(low, high)
    assert found[0] <= low
    assert found[-1] >= high
    assert 2 <= len(found) <= 7
    assert len(set(labels(found))) == len(found)


@pytest.mark.parametrize(
    ("value", "written"), [(0, "0"), (950, "950"), (1200, "1.2k"), (15_000, "15k"), (2_500_000, "2.5M"), (3e9, "3B")]
)
def test_round_values_are_written_short(value: float, written: str) -> None:
    assert short_number(value) == written
