"""Hugging Face's own words: the entries of its lists, and of its daily papers."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from sources.wire import LARGEST_COUNT, Count, Moment, Text, Texts, Wire


def _gate(value: object) -> object:
    """``gated`` has two types: false, or the name of the gate (``auto``, ``manual``)."""
    if value is False:
        return ""
    if value is True:
        return "gated"
    return value


def _whole(value: object) -> object:
    """Some trending scores are fractions (9.6, 45.5), which no metric holds: unknown rather than rounded."""
    if isinstance(value, float) and 0 <= value < LARGEST_COUNT:
        return int(value) if value.is_integer() else None
    return value


Gate = Annotated[Text, BeforeValidator(_gate)]
Score = Annotated[Count | None, BeforeValidator(_whole)]


class ParameterCounts(Wire):
    """``safetensors`` and ``gguf``: how many parameters the files hold, as the API counts them."""

    total: Count | None = None


class SpaceCard(Wire):
    """``cardData`` of a Space, as far as it is read."""

    short_description: Text | None = None


class RepositoryWire(Wire):
    """A model, dataset or Space in a list. Keys that are unknown are absent, not null."""

    id: Text
    author: Text | None = None
    likes: Count | None = None
    downloads: Count | None = None
    trending_score: Score = Field(None, alias="trendingScore")
    pipeline_tag: Text | None = None
    library_name: Text | None = None
    tags: Texts | None = None
    gated: Gate | None = None
    sdk: Text | None = None
    created_at: Moment | None = Field(None, alias="createdAt")
    description: Text | None = None
    safetensors: ParameterCounts | None = None
    gguf: ParameterCounts | None = None
    card: SpaceCard | None = Field(None, alias="cardData")


class NamedWire(Wire):
    """Someone or something with a name: an author, an organisation."""

    name: Text | None = None
    fullname: Text | None = None
    hidden: bool | None = None


class PaperWire(Wire):
    """The inner ``paper`` of a daily paper; its ``publishedAt`` is the right one, the outer is four hours off."""

    id: Text
    title: Text
    summary: Text | None = None
    authors: list[NamedWire] | None = None
    published_at: Moment | None = Field(None, alias="publishedAt")
    upvotes: Count | None = None
    keywords: Texts | None = Field(None, alias="ai_keywords")
    repository: Text | None = Field(None, alias="githubRepo")
    repository_stars: Count | None = Field(None, alias="githubStars")
    organization: NamedWire | None = None


class DailyPaperWire(Wire):
    """An entry of the daily papers: the paper, and what was said about it."""

    paper: dict[str, Any]
    comments: Count | None = Field(None, alias="numComments")
