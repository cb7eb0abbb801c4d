from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.languages.cities import city
from bot.languages.lookup import words_of
from bot.subscribers.zones import MOST_FOUND, atlas, is_zone
from bot.texts.places import CONTINENTS, in_order
from bot.texts.settings import callback


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


@pytest.mark.parametrize(
    ("text", "language", "zone"),
    [
        ("Хельсинки", "ru", "Europe/Helsinki"),
        ("ХЕЛЬСИНКИ", "ru", "Europe/Helsinki"),
        ("هلسنكي", "ar", "Europe/Helsinki"),
        ("赫尔辛基", "zh", "Europe/Helsinki"),
        ("Calcutta", "fr", "Asia/Kolkata"),
        ("St Johns", "en", "America/St_Johns"),
    ],
)
def test_a_city_is_found_by_its_name_in_the_readers_language(text: str, language: str, zone: str) -> None:
    assert atlas().find(text, language)[0] == zone


def test_every_part_of_the_world_has_a_name() -> None:
    assert set(CONTINENTS) == set(atlas().continents())


@pytest.mark.parametrize("language", ["ru", "ar", "hi", "zh"])
def test_cities_are_named_in_the_letters_of_the_reader(language: str) -> None:
    latin = [zone for zone in atlas().zones if city(zone, language).isascii()]
    assert latin == ["America/Coyhaique"]  # for which CLDR has no name yet


def test_cities_stand_in_the_order_of_their_names() -> None:
    order = in_order(words_of("es"), ["Europe/Zurich", "Europe/Athens", "Europe/Amsterdam", "Europe/Andorra"])
    assert [city(zone, "es") for zone in order] == ["Ámsterdam", "Andorra", "Atenas", "Zúrich"]


@given(st.text(max_size=40))
def test_whatever_is_typed_finds_at_most_a_screenful_of_zones(text: str) -> None:
    found = atlas().find(text)
    assert len(found) <= MOST_FOUND
    assert all(is_zone(zone) for zone in found)


def test_every_zone_fits_a_button_and_is_known_to_python() -> None:
    assert all(is_zone(zone) and len(callback("in", zone)) <= 64 for zone in atlas().zones)
    assert sum(len(atlas().of(continent)) for continent in atlas().continents()) == len(atlas().zones)


def test_the_bundled_cities_and_languages_stand_under_zones_that_are_offered() -> None:
    bundled = tomllib.loads((files("bot.subscribers") / "cities.toml").read_text(encoding="utf-8"))
    assert {*bundled["cities"], *bundled["languages"].values()} <= set(atlas().zones)


def test_the_zone_is_guessed_from_the_language_and_else_is_the_papers() -> None:
    assert atlas().guess("pt-BR", "UTC") == "America/Sao_Paulo"
    assert atlas().guess("de-AT", "UTC") == "Europe/Berlin"
    assert atlas().guess("en", "Asia/Tokyo") == "Asia/Tokyo"
    assert atlas().guess(None, "UTC") == "UTC"
