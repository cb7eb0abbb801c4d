"""The tour's pictures: each is made by a step of the walk, each is shown, and none is heavy."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
from PIL import Image

from tests.browser.phones import TOUR

ROOT: Final = TOUR.parents[1]
WALK: Final = Path(__file__).parent

#: Bytes that a picture may have.
_HEAVY: Final = 150_000


def taken() -> list[str]:
    """The names of the pictures that the steps of the walk take."""
    steps = "".join(file.read_text("utf-8") for file in sorted(WALK.glob("test_*.py")))
    return re.findall(r'\.picture\("(\w+)"', steps)


def shown(page: str) -> list[str]:
    """The names of the pictures of the tour that a page of the documentation shows."""
    return re.findall(r"tour/(\w+)\.png", (ROOT / page).read_text("utf-8"))


def test_every_picture_is_taken_by_one_step() -> None:
    assert sorted(taken()) == sorted(file.stem for file in TOUR.glob("*.png"))
    assert len(set(taken())) == len(taken())


def test_every_picture_is_shown_in_the_tour_and_the_readme_shows_no_other() -> None:
    assert set(shown("docs/tour.md")) == set(taken())
    assert set(shown("README.md")) <= set(taken())
    assert shown("README.md")


@pytest.mark.parametrize("file", sorted(TOUR.glob("*.png")), ids=lambda file: file.stem)
def test_a_picture_is_light_and_as_wide_as_a_phone(file: Path) -> None:
    assert file.stat().st_size < _HEAVY
    with Image.open(file) as image:
        assert image.width == 2 * 412
