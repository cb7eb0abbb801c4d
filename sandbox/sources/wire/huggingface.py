"""The Hub's list answers: ``/api/models``, ``/api/datasets``, ``/api/spaces`` and ``/api/daily_papers``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from sandbox.sources.wire.text import compact_json, hexadecimal, milliseconds
from sandbox.sources.world import Dataset, Model, Paper, Space

#: The Hub's model that writes the short summaries of papers; a fixed stand-in.
SUMMARY_WRITER: Final = "sample-summariser"

#: How much earlier than the paper's own date the outer date of a daily paper is.
OUTER_DATE: Final = timedelta(hours=-4)


def models(listed: Sequence[Model], *, full: bool = False, expand: Sequence[str] = ()) -> bytes:
    """``/api/models``: the short form, the full one, or ids with just the expanded properties."""
    return compact_json([_shaped(_model(model), _model_more(model), full, expand) for model in listed])


def datasets(listed: Sequence[Dataset], *, full: bool = False, expand: Sequence[str] = ()) -> bytes:
    """``/api/datasets``."""
    return compact_json([_shaped(_dataset(dataset), _common_more(dataset), full, expand) for dataset in listed])


def spaces(listed: Sequence[Space], *, full: bool = False, expand: Sequence[str] = ()) -> bytes:
    """``/api/spaces``."""
    return compact_json([_shaped(_space(space), _space_more(space), full, expand) for space in listed])


def daily_papers(listed: Sequence[Paper], day: date | None, limit: int) -> bytes:
    """``/api/daily_papers``, of one listing day when ``day`` is given; a paper whose day is unknown is of every day."""
    wanted = [paper for paper in listed if day is None or paper.listed_at is None or paper.listed_at.date() == day]
    return compact_json([_paper(paper) for paper in wanted[:limit]])


def error(message: str) -> bytes:
    """The body of the Hub's refusals."""
    return compact_json({"error": message})


def _shaped(short: dict[str, Any], more: Mapping[str, Any], full: bool, expand: Sequence[str]) -> dict[str, Any]:
    if expand:
        known = {**short, **more}
        return {"_id": short["_id"], "id": short["id"], **{key: known[key] for key in expand if key in known}}
    return {**short, **more} if full else short


def _model(model: Model) -> dict[str, Any]:
    return _without_unknown(
        {
            "_id": hexadecimal(f"model {model.id}", 24),
            "id": model.id,
            "likes": model.likes,
            "trendingScore": model.score,
            "private": False,
            "downloads": model.downloads,
            "tags": list(model.tags),
            "pipeline_tag": model.task,
            "library_name": model.library,
            "createdAt": milliseconds(model.created_at) if model.created_at else None,
            "modelId": model.id,
        }
    )


def _model_more(model: Model) -> dict[str, Any]:
    more = _common_more(model)
    if model.parameters is not None:
        more["safetensors"] = {"parameters": {"BF16": model.parameters}, "total": model.parameters}
    return more


def _dataset(dataset: Dataset) -> dict[str, Any]:
    return _without_unknown(
        {
            "_id": hexadecimal(f"dataset {dataset.id}", 24),
            "id": dataset.id,
            "author": dataset.id.partition("/")[0],
            "disabled": False,
            "gated": dataset.gated,
            "likes": dataset.likes,
            "trendingScore": dataset.score,
            "private": False,
            "description": dataset.description,
            "downloads": dataset.downloads,
            "tags": list(dataset.tags),
            "createdAt": milliseconds(dataset.created_at) if dataset.created_at else None,
        }
    )


def _space(space: Space) -> dict[str, Any]:
    return _without_unknown(
        {
            "_id": hexadecimal(f"space {space.id}", 24),
            "id": space.id,
            "likes": space.likes,
            "trendingScore": space.score,
            "private": False,
            "sdk": space.sdk,
            "tags": list(space.tags),
            "createdAt": milliseconds(space.created_at) if space.created_at else None,
        }
    )


def _space_more(space: Space) -> dict[str, Any]:
    return {**_common_more(space), "models": list(space.models)}


def _common_more(item: Model | Dataset | Space) -> dict[str, Any]:
    more: dict[str, Any] = {"author": item.id.partition("/")[0]}
    if not isinstance(item, Space):
        more["gated"] = item.gated
    if item.modified_at:
        more["lastModified"] = milliseconds(item.modified_at)
    return more


def _without_unknown(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value is not None}


def _paper(paper: Paper) -> dict[str, Any]:
    inner = _without_unknown(
        {
            "id": paper.id,
            "authors": [_author(paper.id, name) for name in paper.authors],
            "publishedAt": milliseconds(paper.published_at) if paper.published_at else None,
            "submittedOnDailyAt": milliseconds(paper.listed_at) if paper.listed_at else None,
            "title": paper.title,
            "submittedOnDailyBy": _submitter(paper.id),
            "summary": paper.summary,
            "upvotes": paper.upvotes,
            "discussionId": hexadecimal(f"discussion {paper.id}", 24),
            "projectPage": paper.project_page,
            "githubRepo": paper.repository,
            "githubRepoAddedBy": "user" if paper.repository else None,
            "githubStars": paper.repository_stars,
            "ai_summary": paper.ai_summary,
            "ai_keywords": list(paper.ai_keywords) or None,
            "ai_summary_model": SUMMARY_WRITER if paper.ai_summary else None,
            "organization": _organization(paper.organization),
        }
    )
    return _without_unknown(
        {
            "paper": inner,
            "publishedAt": milliseconds(paper.published_at + OUTER_DATE) if paper.published_at else None,
            "title": paper.title,
            "summary": paper.summary,
            "thumbnail": f"https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/{paper.id}.png",
            "numComments": paper.comments,
            "submittedBy": _full_submitter(paper.id),
            "organization": _organization(paper.organization),
            "isAuthorParticipating": False,
        }
    )


def _author(paper: str, name: str) -> dict[str, Any]:
    return {"_id": hexadecimal(f"author {paper} {name}", 24), "name": name, "hidden": False}


def _submitter(paper: str) -> dict[str, Any]:
    return {**_person(paper), "user": "sample-reader"}


def _full_submitter(paper: str) -> dict[str, Any]:
    marks = {"isHf": False, "isHfAdmin": False, "isMod": False, "followerCount": 0, "isUserFollowing": False}
    return {**_person(paper), **marks}


def _person(paper: str) -> dict[str, Any]:
    return {
        "_id": hexadecimal(f"submitter {paper}", 24),
        "avatarUrl": "/avatars/0000.svg",
        "fullname": "sample reader",
        "name": "sample-reader",
        "type": "user",
        "isPro": False,
    }


def _organization(name: str | None) -> dict[str, Any] | None:
    if name is None:
        return None
    return {"_id": hexadecimal(f"organization {name}", 24), "name": name, "fullname": name, "avatar": ""}
