"""The words for what is counted, listed and read: figures, units, kinds of items, sites and their lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.languages.words import Marked, Words, mark
from domain.items import Kind, Source
from domain.readings import Lists, Metric
from formatters.phrases import SOURCES

#: What a reading shows, by its metric, and what a figure counts, by its unit.
COUNTED: Final[Mapping[str, Marked]] = {
    Metric.LIKES: mark("likes"),
    Metric.DOWNLOADS: mark("downloads"),
    Metric.SCORE: mark("trending score"),
    Metric.PARAMETERS: mark("parameters"),
    Metric.STARS: mark("stars"),
    Metric.FORKS: mark("forks"),
    Metric.STARS_TODAY: mark("stars of the day"),
    Metric.STARS_WEEK: mark("stars of the week"),
    Metric.UPVOTES: mark("upvotes"),
    Metric.POINTS: mark("points"),
    Metric.COMMENTS: mark("comments"),
    Metric.GITHUB_STARS: mark("stars on GitHub"),
    Metric.VOTES: mark("votes"),
    "rank": mark("place"),
    "places": mark("places"),
    "days": mark("days"),
    "hours": mark("hours"),
    "lists": mark("lists"),
    "models": mark("models"),
    "datasets": mark("datasets"),
    "Spaces": mark("Spaces"),
    "papers": mark("papers"),
    "repositories": mark("repositories"),
    "stories": mark("stories"),
    "posts": mark("posts"),
    "accounts": mark("accounts"),
    "names": mark("names"),
    "titles": mark("titles"),
    "descriptions": mark("descriptions"),
}

#: Units that the figure shows by itself.
_SHOWN: Final = frozenset({"", "%", "date", "time", "times", "rank"})

KINDS: Final[Mapping[Kind, Marked]] = {
    Kind.MODEL: mark("model"),
    Kind.DATASET: mark("dataset"),
    Kind.SPACE: mark("Space"),
    Kind.PAPER: mark("paper"),
    Kind.REPOSITORY: mark("repository"),
    Kind.STORY: mark("story"),
    Kind.POST: mark("post"),
    Kind.OPTION: mark("answer of a poll"),
}

#: The lists of the sites; a feed's list bears the feed's own name.
LISTS: Final[Mapping[str, Marked]] = {
    Lists.MODELS: mark("trending models"),
    Lists.DATASETS: mark("trending datasets"),
    Lists.SPACES: mark("trending Spaces"),
    Lists.DAILY_PAPERS: mark("papers of the day"),
    Lists.GITHUB_DAILY: mark("trending today"),
    Lists.GITHUB_DAILY_PYTHON: mark("trending today, Python"),
    Lists.GITHUB_WEEKLY: mark("trending this week"),
    Lists.GITHUB_WEEKLY_PYTHON: mark("trending this week, Python"),
    Lists.GITHUB_YOUNG: mark("young repositories"),
    Lists.OSSINSIGHT_DAY: mark("trending in 24 hours"),
    Lists.ARXIV_RECENT: mark("recent papers"),
    Lists.ARXIV_LISTING: mark("new papers"),
    Lists.HN_FRONT_PAGE: mark("front page of the site"),
    Lists.HN_AI: mark("stories about AI"),
}

#: What is no site of that name; every other is called the same in every language.
_NAMELESS: Final[Mapping[Source, Marked]] = {
    Source.FEEDS: mark("lab and press feeds"),
    Source.POLL: mark("our poll in the channel"),
}


def counted(words: Words, name: str) -> str:
    """What a metric or a unit is called; as it is written where it is not known."""
    return words.plain_of(COUNTED[name]) if name in COUNTED else name.replace("_", " ")


def unit(words: Words, name: str) -> str:
    """The unit of a printed figure; empty where the figure shows it by itself, or it is not known."""
    return words.plain_of(COUNTED[name]) if name in COUNTED and name not in _SHOWN else ""


def kind(words: Words, of: Kind) -> str:
    """What an item is."""
    return words.plain_of(KINDS[of])


def site(words: Words, source: Source) -> str:
    """What a site is called."""
    return words.plain_of(_NAMELESS[source]) if source in _NAMELESS else SOURCES[source]


def listed(words: Words, source: Source, name: str) -> str:
    """A list and its site: ``GitHub, trending today``; the site alone where no list is named, or for a poll of ours."""
    if not name or source is Source.POLL:
        return site(words, source)
    told = words.plain_of(LISTS[name]) if name in LISTS else name
    return words.plain("{site}, {list}", site=site(words, source), list=told)
