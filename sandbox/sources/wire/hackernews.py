"""Algolia's Hacker News search answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sandbox.sources.wire.text import compact_json, seconds
from sandbox.sources.world import Story


def answer(
    hits: Sequence[Story],
    *,
    front: frozenset[int],
    at: datetime,
    query: str,
    params: str,
    page: int,
    size: int,
    total: int,
) -> bytes:
    """``/api/v1/search`` or ``search_by_date``: a page of hits; ``front`` are the ids on the front page."""
    return compact_json(
        {
            "exhaustive": {"nbHits": False, "typo": False},
            "exhaustiveNbHits": False,
            "exhaustiveTypo": False,
            "hits": [_hit(story, story.id in front, query, at) for story in hits],
            "hitsPerPage": size,
            "nbHits": total,
            "nbPages": -(-total // size) if size else 0,
            "page": page,
            "params": params,
            "processingTimeMS": 1,
            "processingTimingsMS": {"_request": {"roundTrip": 1}, "total": 1},
            "query": query,
            "serverTimeMS": 1,
        }
    )


def tags(story: Story, on_front: bool) -> list[str]:
    """What Algolia files a story under."""
    filed = ["story", *([f"author_{story.author}"] if story.author else []), f"story_{story.id}"]
    for prefix, tag in (("Ask HN:", "ask_hn"), ("Show HN:", "show_hn"), ("Launch HN:", "launch_hn")):
        if story.title.startswith(prefix):
            filed.append(tag)
    return [*filed, "front_page"] if on_front else filed


def item(story: Story) -> bytes:
    """``/api/v1/items/{id}``, here without the tree of its comments."""
    return compact_json(
        {
            "author": story.author,
            "children": [],
            "created_at": f"{seconds(story.created_at).removesuffix('Z')}.000Z",
            "created_at_i": int(story.created_at.timestamp()),
            "id": story.id,
            "options": [],
            "parent_id": None,
            "points": story.points,
            "story_id": story.id,
            "text": story.text,
            "title": story.title,
            "type": "story",
            "url": story.url,
        }
    )


def error(message: str, status: int) -> bytes:
    """The body of the API's refusals."""
    return compact_json({"status": status, "error": message})


def _hit(story: Story, on_front: bool, query: str, at: datetime) -> dict[str, Any]:
    shown = {"author": story.author, "title": story.title, "url": story.url, "story_text": story.text}
    hit: dict[str, Any] = {
        "_highlightResult": {name: _highlighted(text, query) for name, text in shown.items() if text is not None},
        "_tags": tags(story, on_front),
    }
    if story.author is not None:
        hit["author"] = story.author
    if story.comments:
        hit["children"] = [story.id + 1 + place for place in range(min(story.comments, 5))]
    hit |= {
        "created_at": seconds(story.created_at),
        "created_at_i": int(story.created_at.timestamp()),
        "num_comments": story.comments,
        "objectID": str(story.id),
        "points": story.points,
        "story_id": story.id,
    }
    if story.text is not None:
        hit["story_text"] = story.text
    hit |= {"title": story.title, "updated_at": seconds(at)}
    if story.url is not None:
        hit["url"] = story.url
    return hit


def _highlighted(text: str, query: str) -> dict[str, Any]:
    words = query.lower().split()
    matched = [word for word in words if word in text.lower()]
    if not matched:
        return {"matchLevel": "none", "matchedWords": [], "value": text}
    either = "|".join(re.escape(word) for word in sorted(matched, key=len, reverse=True))
    return {
        "fullyHighlighted": False,
        "matchLevel": "full" if len(matched) == len(words) else "partial",
        "matchedWords": matched,
        "value": re.sub(either, r"<em>\g<0></em>", text, flags=re.IGNORECASE),
    }
