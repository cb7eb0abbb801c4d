"""The counts as a picture and as fields: every day of the period, also those on which nothing happened."""

from __future__ import annotations

import json
from datetime import date, timedelta
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from domain.editions import Style
from domain.feedback import Tally
from domain.movement import Movement
from domain.readers import SubscriberState
from domain.statistics import PERIODS, Opinions, Statistics
from domain.usage import Views
from formatters.charts import PANEL_HEIGHT, WIDTH
from formatters.statistics import statistics_fields, statistics_picture

UNTIL = date(2026, 7, 4)


def counted(days: int = 7, **fields: object) -> Statistics:
    """Counts of a small paper; ``fields`` replace some."""
    usual: dict[str, object] = {
        "until": UNTIL,
        "days": days,
        "readers": {SubscriberState.ACTIVE: 12_345, SubscriberState.LEFT: 40},
        "inactive": 789,
        "languages": {"en": 9000, "de": 3345},
        "styles": {Style.CLASSIC: 8345, Style.RICH: 4000},
        "campaigns": {"booth": 99},
        "movement": Movement({UNTIL: 12}, {UNTIL - timedelta(days=1): 3}, {"booth": 4}, {"booth": 1}),
        "issues": (),
        "views": Views({UNTIL: 1500}, {"front": 1000, "lead": 500}),
        "opinions": Opinions({"lead": Tally(33, 4)}, 6, {"🔥": 12}),
    }
    return Statistics(**(usual | fields))  # type: ignore[arg-type]  # fields by name


def nothing(days: int = 7) -> Statistics:
    """Counts of a paper on its first day."""
    empty: dict[str, object] = {name: {} for name in ("readers", "languages", "styles", "campaigns")}
    return counted(
        days, inactive=0, movement=Movement({}, {}, {}, {}), views=Views({}, {}), opinions=Opinions({}, 0, {}), **empty
    )


def columns(png: bytes, panel: int) -> list[bool]:
    """Of each column of a panel, whether a bar stands in it."""
    picture = Image.open(BytesIO(png)).convert("RGB")
    top = 70 + PANEL_HEIGHT * panel + 60
    return [
        any(_is_bar(picture.getpixel((across, down))) for down in range(top, top + PANEL_HEIGHT - 80))
        for across in range(WIDTH)
    ]


def _is_bar(pixel: object) -> bool:
    return isinstance(pixel, tuple) and max(pixel) - min(pixel) > 80


def bars(png: bytes, panel: int) -> int:
    found = columns(png, panel)
    return sum(now and not before for before, now in pairwise(found))


@pytest.mark.parametrize("days", PERIODS)
def test_each_day_on_which_something_happened_has_a_bar_and_no_other(days: int) -> None:
    some = {UNTIL: 3, UNTIL - timedelta(days=2): 1, UNTIL - timedelta(days=days - 1): 2, UNTIL - timedelta(days=99): 9}
    png = statistics_picture(counted(days, views=Views(some, {"front": 15})))
    assert [bars(png, panel) for panel in range(3)] == [1, 1, 3]
    assert not any(columns(png, 2)[:120])
    assert not any(columns(png, 2)[WIDTH - 34 :])


@pytest.mark.parametrize("days", PERIODS)
def test_a_paper_without_readers_has_a_picture_too(days: int) -> None:
    png = statistics_picture(nothing(days))
    assert [bars(png, panel) for panel in range(3)] == [0, 0, 0]
    assert len(png) < 30_000


def test_the_fields_are_json_with_days_as_written_everywhere() -> None:
    fields = json.loads(json.dumps(statistics_fields(counted())))
    assert fields["opened"] == {"by_day": {"2026-07-04": 1500}, "by_page": {"front": 1000, "lead": 500}}
    assert fields["votes"] == {"lead": {"up": 33, "down": 4}}
    assert (fields["joined"], fields["left"]) == ({"2026-07-04": 12}, {"2026-07-03": 3})
    assert (fields["until"], fields["days"], fields["inactive"]) == ("2026-07-04", 7, 789)
