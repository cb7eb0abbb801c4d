"""Algolia's own words for a Hacker News story."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from sources.errors import Unreadable
from sources.wire import Count, Moment, Text, Texts, Wire, read_json

SITE = "Hacker News"


class HitWire(Wire):
    """A hit of the search. A text post has no ``url`` but a ``story_text`` (HTML)."""

    id: Text = Field(alias="objectID")
    title: Text
    url: Text | None = None
    text: Text | None = Field(None, alias="story_text")
    author: Text | None = None
    points: Count | None = None
    comments: Count | None = Field(None, alias="num_comments")
    created_at: Moment | None = None
    tags: Texts | None = Field(None, alias="_tags")


def hits(body: bytes) -> list[Any]:
    """The hits of an answer. Raises Unreadable: no such list."""
    value = read_json(body, SITE)
    if not isinstance(value, dict) or not isinstance(value.get("hits"), list):
        raise Unreadable(f"{SITE} sent JSON without hits; its API may have changed")
    return list(value["hits"])
