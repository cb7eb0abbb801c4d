"""What the paper calls the lists that it reads: fixed words of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.items import Source
from domain.readings import Lists
from newsroom.record import ListKey


@dataclass(frozen=True, slots=True)
class ListWords:
    """``names`` name the list with its site, each in its own way; ``things`` stand on it, ``thing`` is one of them."""

    names: tuple[str, ...]
    things: str
    thing: str


def _huggingface(things: str, thing: str) -> ListWords:
    return ListWords(
        (
            f"Hugging Face's {thing} list",
            f"the Hugging Face {thing} list",
            f"Hugging Face's {thing} chart",
            f"Hugging Face's list of {things}",
            f"the Hugging Face {thing} chart",
        ),
        things,
        thing,
    )


def _github(*names: str) -> ListWords:
    return ListWords(names, "repositories", "repository")


LIST_WORDS: Mapping[ListKey, ListWords] = {
    ListKey(Source.HUGGINGFACE, Lists.MODELS): _huggingface("models", "model"),
    ListKey(Source.HUGGINGFACE, Lists.DATASETS): _huggingface("datasets", "dataset"),
    ListKey(Source.HUGGINGFACE, Lists.SPACES): _huggingface("Spaces", "Space"),
    ListKey(Source.HUGGINGFACE, Lists.DAILY_PAPERS): ListWords(
        ("Hugging Face's papers page", "the Hugging Face papers page", "Hugging Face's list of papers"),
        "papers",
        "paper",
    ),
    ListKey(Source.GITHUB, Lists.GITHUB_DAILY): _github(
        "GitHub's daily page", "GitHub's daily list", "GitHub's page of the day", "GitHub's daily chart"
    ),
    ListKey(Source.GITHUB, Lists.GITHUB_DAILY_PYTHON): _github("GitHub's daily page for Python"),
    ListKey(Source.GITHUB, Lists.GITHUB_WEEKLY): _github(
        "GitHub's weekly page", "GitHub's weekly list", "GitHub's page of the week", "GitHub's weekly chart"
    ),
    ListKey(Source.GITHUB, Lists.GITHUB_WEEKLY_PYTHON): _github("GitHub's weekly page for Python"),
    ListKey(Source.GITHUB, Lists.GITHUB_YOUNG): _github(
        "our GitHub search for young projects",
        "our search for young AI projects",
        "our search of young GitHub projects",
    ),
    ListKey(Source.OSSINSIGHT, Lists.OSSINSIGHT_DAY): _github("OSS Insight's day list", "OSS Insight's daily list"),
    ListKey(Source.ARXIV, Lists.ARXIV_RECENT): ListWords(
        ("arXiv's list of new papers", "arXiv's new papers list"), "papers", "paper"
    ),
    ListKey(Source.ARXIV, Lists.ARXIV_LISTING): ListWords(
        ("arXiv's daily listing", "arXiv's listing of the day"), "papers", "paper"
    ),
    ListKey(Source.HACKERNEWS, Lists.HN_FRONT_PAGE): ListWords(
        ("Hacker News's front page", "the Hacker News front page", "our Hacker News list"), "stories", "story"
    ),
    ListKey(Source.HACKERNEWS, Lists.HN_AI): ListWords(
        ("our Hacker News search for AI", "our AI search of Hacker News", "our Hacker News AI search"),
        "stories",
        "story",
    ),
}

#: How much a list is looked at, set against the others: what moves on a small list is smaller news.
REACH: Mapping[ListKey, float] = {
    ListKey(Source.HUGGINGFACE, Lists.DATASETS): 0.7,
    ListKey(Source.HUGGINGFACE, Lists.SPACES): 0.5,
    ListKey(Source.GITHUB, Lists.GITHUB_WEEKLY): 0.9,
    ListKey(Source.GITHUB, Lists.GITHUB_YOUNG): 0.5,
    ListKey(Source.HACKERNEWS, Lists.HN_FRONT_PAGE): 1.2,
    ListKey(Source.HACKERNEWS, Lists.HN_AI): 0.8,
}

#: The lists whose order is a ranking that we follow from day to day.
RANKED = (
    ListKey(Source.HUGGINGFACE, Lists.MODELS),
    ListKey(Source.HUGGINGFACE, Lists.DATASETS),
    ListKey(Source.HUGGINGFACE, Lists.SPACES),
    ListKey(Source.GITHUB, Lists.GITHUB_DAILY),
)


def words_of(key: ListKey) -> ListWords:
    """What the list is called; a feed is simply a feed."""
    return LIST_WORDS.get(key) or ListWords(("a feed that we read",), "posts", "post")
