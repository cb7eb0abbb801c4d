"""OSS Insight's words into ours: a repository, which is the same thing as GitHub's of that name."""

from __future__ import annotations

from datetime import datetime

from domain.items import Source
from domain.readings import Sighting
from sources import words
from sources.harvesting import Basket, Catch, metrics
from sources.ossinsight.wire import RepositoryWire, rows
from sources.repositories import REPOSITORY, repository
from sources.wire import read_entry


def trends(body: bytes, at: datetime) -> Catch:
    """The parser of the trends, ordered by OSS Insight's own score."""
    basket = Basket(ranked=True)
    for raw in rows(body):
        wire, wrong = read_entry(RepositoryWire, raw)
        if wire is None or not REPOSITORY.fullmatch(wire.repo_name):
            basket.drop("repo_name")
            continue
        tags = words.tags([f"github:{wire.repo_name}"], words.spaced("language", wire.primary_language))
        item = repository(Source.OSSINSIGHT, wire.repo_name, at, description=wire.description, tags=tags)
        basket.add(Sighting(item, basket.place, metrics(stars_today=wire.stars)), wrong)
    return basket.catch()
