"""What is told of an item over time is in the reader's words; on the picture stand only letters that its font has."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.languages.lookup import LANGUAGES, words_of
from bot.texts.evidence import Reader
from bot.texts.items import caption, panels
from domain.following import Candidate, Course, Standing
from domain.items import Item, ItemKey, Kind, Source
from domain.readings import Lists, Metric
from formatters.charts import drawable

AT = datetime(2026, 7, 4, 5, 30, tzinfo=UTC)
ROVER = Item(ItemKey(Source.GITHUB, Kind.REPOSITORY, "fieldnotes/rover"), "https://github.com/fieldnotes/rover", "", AT)
COURSE = Course(
    Candidate(7, ROVER),
    (
        Standing(Source.GITHUB, Lists.GITHUB_DAILY, AT - timedelta(days=1), 9, {Metric.STARS: 11_020}),
        Standing(Source.GITHUB, Lists.GITHUB_DAILY, AT, 4, {Metric.STARS: 16_444}),
    ),
)


def test_the_caption_is_told_in_russian() -> None:
    told = caption(Reader(words_of("ru"), "Europe/Berlin"), COURSE, None).splitlines()
    assert told[:2] == ["fieldnotes/rover", "GitHub: репозиторий"]
    assert told[2].startswith("звёзды: 16\N{NO-BREAK SPACE}444, ")
    assert "trending" not in "".join(told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_labels_of_the_picture_can_be_drawn(language: str) -> None:
    drawn = panels(words_of(language), COURSE)
    assert len(drawn) == 2
    assert all(panel.label and drawable(panel.label) for panel in drawn)


@pytest.mark.parametrize(
    ("language", "labels"),
    [("en", ["stars", "GitHub, trending today: #"]), ("de", ["Sterne", "GitHub, "]), ("ar", ["GitHub", "GitHub: #"])],
)
def test_the_picture_speaks_where_its_font_does_and_else_names_the_site(language: str, labels: list[str]) -> None:
    drawn = panels(words_of(language), COURSE)
    assert all(panel.label.startswith(label) for panel, label in zip(drawn, labels, strict=True)), drawn
