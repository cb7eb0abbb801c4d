from __future__ import annotations

import math
import sys

import pytest

from morningpost.services.zones import zone_at


@pytest.mark.parametrize("place", [(91.0, 0.0), (0.0, 181.0), (math.nan, 0.0), (0.0, math.inf), (0.0, -30.0)])
async def test_a_place_without_a_clock_has_no_zone(place: tuple[float, float]) -> None:
    assert await zone_at(*place) is None


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        ((52.52, 13.405), "Europe/Berlin"),
        ((-23.55, -46.63), "America/Sao_Paulo"),
        ((28.61, 77.21), "Asia/Kolkata"),
        ((37.77, -122.42), "America/Los_Angeles"),
    ],
)
async def test_a_place_on_land_has_the_zone_of_its_country(place: tuple[float, float], zone: str) -> None:
    assert await zone_at(*place) == zone


async def test_the_maps_of_the_world_stay_out_of_the_paper() -> None:
    await zone_at(52.52, 13.405)
    assert "tzfpy" not in sys.modules
