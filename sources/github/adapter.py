"""GitHub's words into ours: repositories, and the figures of a sighting."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from domain.items import Item, Source
from domain.readings import Metric, Sighting
from sources import words
from sources.errors import Unreadable
from sources.github.wire import RepositoryWire, TrendingPage, TrendingRow
from sources.harvesting import Basket, Catch, metrics
from sources.repositories import REPOSITORY, repository
from sources.wire import read_entry, read_json

SITE = "GitHub"
_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3}){0,4}"
_NO_LICENSE = {"NOASSERTION", "NONE"}


def trending(period: str, metric: Metric) -> Callable[[bytes, datetime], Catch]:
    """The parser of a trending page whose gains are those of ``period`` ("today", "this week")."""

    def parse(body: bytes, at: datetime) -> Catch:
        page, basket = TrendingPage(body), Basket(ranked=True)
        for row in page.rows():
            full_name = row.path.removeprefix("/")
            if not REPOSITORY.fullmatch(full_name):
                basket.drop("address")
                continue
            figures, wrong = _figures(row, period, metric)
            basket.add(Sighting(_of_row(row, full_name, at), basket.place, figures), wrong)
        caught = basket.catch()
        if not caught.sightings and not caught.flaws and not page.says_that_nothing_trends:
            raise Unreadable(f"{SITE} sent a page without repositories; the trending page may have changed")
        return caught

    return parse


def search(body: bytes, at: datetime) -> Catch:
    """The parser of an answer of the repository search. Several are merged into one list, so none has a rank."""
    value = read_json(body, SITE)
    if not isinstance(value, dict) or not isinstance(value.get("items"), list):
        raise Unreadable(f"{SITE} sent JSON without the items of a search; its API may have changed")
    basket = Basket()
    for raw in value["items"]:
        wire, wrong = read_entry(RepositoryWire, raw)
        if wire is None or not REPOSITORY.fullmatch(wire.full_name):
            basket.drop("full_name")
        else:
            basket.add(Sighting(_of_search(wire, at), metrics=metrics(stars=wire.stars, forks=wire.forks)), wrong)
    if value.get("incomplete_results") is True:
        basket.note_flaw("search cut short by its time limit")
    return basket.catch()


def _figures(row: TrendingRow, period: str, metric: Metric) -> tuple[dict[Metric, int], list[str]]:
    """The figures of a row, and the names of those that are there but not in GitHub's form."""
    texts = {
        Metric.STARS: (row.stars, rf"({_NUMBER})"),
        Metric.FORKS: (row.forks, rf"({_NUMBER})"),
        metric: (row.gained, rf"({_NUMBER})\s+stars?\s+{period}"),
    }
    matches = {name: re.fullmatch(pattern, text) for name, (text, pattern) in texts.items() if text}
    figures = {name: int(match[1].replace(",", "")) for name, match in matches.items() if match}
    return figures, [str(name) for name, match in matches.items() if match is None]


def _of_row(row: TrendingRow, full_name: str, at: datetime) -> Item:
    return repository(
        Source.GITHUB,
        full_name,
        at,
        description=row.description,
        tags=words.tags(words.spaced("language", row.language)),
    )


def _of_search(wire: RepositoryWire, at: datetime) -> Item:
    licence = wire.license.spdx_id if wire.license else None
    tags = words.tags(
        words.spaced("language", wire.language),
        words.spaced("license", licence.lower() if licence and licence not in _NO_LICENSE else None),
        wire.topics or (),
    )
    return repository(
        Source.GITHUB, wire.full_name, at, description=wire.description, tags=tags, created_at=wire.created_at
    )
