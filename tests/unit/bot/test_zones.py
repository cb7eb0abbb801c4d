from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts.settings import callback
from bot.zones import MOST_FOUND, atlas, is_zone


@pytest.mark.parametrize("text", ["", "  ", "💣", "Atlantis", "/settings", "<b>"])
def test_what_is_no_city_finds_nothing(text: str) -> None:
    assert atlas().find(text) == ()


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Berlin", "Europe/Berlin"),
        ("münchen", "Europe/Berlin"),
        ("SAN FRANCISCO", "America/Los_Angeles"),
        ("Москва", "Europe/Moscow"),
        ("北京", "Asia/Shanghai"),
        ("दिल्ली", "Asia/Kolkata"),
        ("القاهرة", "Africa/Cairo"),
        ("Asia/Tokyo", "Asia/Tokyo"),
        ("United States", "America/New_York"),
        ("Japan", "Asia/Tokyo"),
        ("buenos", "America/Argentina/Buenos_Aires"),
    ],
)
def test_a_city_or_a_country_finds_its_clock_first(text: str, zone: str) -> None:
    assert atlas().find(text)[0] == zone


@given(st.text(max_size=40))
def test_whatever_is_typed_finds_at_most_a_screenful_of_zones(text: str) -> None:
    found = atlas().find(text)
    assert len(found) <= MOST_FOUND
    assert all(is_zone(zone) for zone in found)


def test_every_zone_fits_a_button_and_is_known_to_python() -> None:
    assert all(is_zone(zone) and len(callback("in", zone)) <= 64 for zone in atlas().zones)
    assert sum(len(atlas().of(continent)) for continent in atlas().continents()) == len(atlas().zones)


def test_the_bundled_cities_and_languages_stand_under_zones_that_are_offered() -> None:
    bundled = tomllib.loads((files("bot") / "cities.toml").read_text(encoding="utf-8"))
    assert {*bundled["cities"], *bundled["languages"].values()} <= set(atlas().zones)


def test_the_zone_is_guessed_from_the_language_and_else_is_the_papers() -> None:
    assert atlas().guess("pt-BR", "UTC") == "America/Sao_Paulo"
    assert atlas().guess("de-AT", "UTC") == "Europe/Berlin"
    assert atlas().guess("en", "Asia/Tokyo") == "Asia/Tokyo"
    assert atlas().guess(None, "UTC") == "UTC"
