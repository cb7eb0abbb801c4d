"""What the paper calls the lists that it reads: fixed words of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.items import Source
from domain.readings import Lists
from newsroom.record import ListKey


@dataclass(frozen=True, slots=True)
class ListWords:
    """``full`` names the list with its site, ``things`` what stands on it, ``thing`` one of them."""

    full: str
    things: str
    thing: str


LIST_WORDS: Mapping[ListKey, ListWords] = {
    ListKey(Source.HUGGINGFACE, Lists.MODELS): ListWords("Hugging Face's list of trending models", "models", "model"),
    ListKey(Source.HUGGINGFACE, Lists.DATASETS): ListWords(
        "Hugging Face's list of trending datasets", "datasets", "dataset"
    ),
    ListKey(Source.HUGGINGFACE, Lists.SPACES): ListWords("Hugging Face's list of trending Spaces", "Spaces", "Space"),
    ListKey(Source.HUGGINGFACE, Lists.DAILY_PAPERS): ListWords(
        "Hugging Face's page of daily papers", "papers", "paper"
    ),
    ListKey(Source.GITHUB, Lists.GITHUB_DAILY): ListWords("GitHub's daily page", "repositories", "repository"),
    ListKey(Source.GITHUB, Lists.GITHUB_DAILY_PYTHON): ListWords(
        "GitHub's daily page for Python", "repositories", "repository"
    ),
    ListKey(Source.GITHUB, Lists.GITHUB_WEEKLY): ListWords("GitHub's weekly page", "repositories", "repository"),
    ListKey(Source.GITHUB, Lists.GITHUB_WEEKLY_PYTHON): ListWords(
        "GitHub's weekly page for Python", "repositories", "repository"
    ),
    ListKey(Source.GITHUB, Lists.GITHUB_YOUNG): ListWords(
        "our GitHub search for young AI projects", "repositories", "repository"
    ),
    ListKey(Source.OSSINSIGHT, Lists.OSSINSIGHT_DAY): ListWords("OSS Insight's day list", "repositories", "repository"),
    ListKey(Source.ARXIV, Lists.ARXIV_RECENT): ListWords("arXiv's list of new papers", "papers", "paper"),
    ListKey(Source.ARXIV, Lists.ARXIV_LISTING): ListWords("arXiv's daily listing", "papers", "paper"),
    ListKey(Source.HACKERNEWS, Lists.HN_FRONT_PAGE): ListWords("Hacker News's front page", "stories", "story"),
    ListKey(Source.HACKERNEWS, Lists.HN_AI): ListWords("our Hacker News search for AI", "stories", "story"),
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
    return LIST_WORDS.get(key) or ListWords("a feed that we read", "posts", "post")
