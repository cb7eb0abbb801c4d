"""Recorded lists of the Hub: models, datasets, Spaces and daily papers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sandbox.replay.readers import atom
from sandbox.replay.recordings import Recorded, parse_time
from sandbox.sources.world import Dataset, Model, Morning, Paper, Space

#: How much earlier than a paper's own date the recorded outer date is.
_OUTER = timedelta(hours=4)


def models_and_spaces(recorded: Recorded) -> Morning:
    """``models30-spaces20-*``: the projection knows neither tags nor dates; both lists empty say that both failed."""
    told = recorded.json()
    at = parse_time(told["last_updated"])
    if not told["trending_models"] and not told["trending_spaces"]:
        return Morning(at=at)
    return Morning(
        at=at,
        models=tuple(
            Model(row["id"], row["likes"], row["downloads"], row["trending_score"], row["pipeline_tag"] or None)
            for row in told["trending_models"]
        ),
        spaces=tuple(
            Space(row["id"], row["likes"], row["trending_score"], row["sdk"] or None) for row in told["trending_spaces"]
        ),
    )


def thousand_models(recorded: Recorded) -> Morning:
    """``list1000-models``."""
    told = recorded.json()
    return Morning(at=parse_time(told["fetchedAt"]), models=tuple(_model(row) for row in told["models"]))


def thousand_datasets(recorded: Recorded) -> Morning:
    """``list1000-datasets``."""
    told = recorded.json()
    listed = tuple(
        Dataset(
            id=row["id"],
            likes=row["likes"],
            downloads=row["downloads"],
            score=row["trendingScore"],
            tags=tuple(row["tags"]),
            created_at=_time(row["createdAt"]),
            modified_at=_time(row["lastModified"]),
        )
        for row in told["datasets"]
    )
    return Morning(at=parse_time(told["fetchedAt"]), datasets=listed)


def thousand_spaces(recorded: Recorded) -> Morning:
    """``list1000-spaces``."""
    told = recorded.json()
    listed = tuple(
        Space(
            id=row["id"],
            likes=row["likes"],
            score=row["trendingScore"],
            sdk=row["sdk"],
            tags=tuple(row["tags"]),
            models=tuple(row["models"]),
            created_at=_time(row["createdAt"]),
            modified_at=_time(row["lastModified"]),
        )
        for row in told["spaces"]
    )
    return Morning(at=parse_time(told["fetchedAt"]), spaces=listed)


def trending_api(recorded: Recorded) -> Morning:
    """``api-trending-models``: ten models in the order of ``/api/trending``, which has no scores."""
    listed = tuple(_trending(row["repoData"]) for row in recorded.json().values())
    return Morning(at=_observed(recorded), models=listed)


def models_atom(recorded: Recorded) -> Morning:
    """``models-atom``: likes, downloads and task; no scores."""
    listed = tuple(
        Model(row.title, row.needed("Likes"), row.figure("Downloads"), None, row.labelled("Type"))
        for row in atom.rows(recorded)
    )
    return Morning(at=atom.updated_at(recorded), models=listed)


def datasets_atom(recorded: Recorded) -> Morning:
    """``datasets-atom``: likes and downloads; no scores."""
    listed = tuple(
        Dataset(row.title, row.needed("Likes"), row.figure("Downloads"), None) for row in atom.rows(recorded)
    )
    return Morning(at=atom.updated_at(recorded), datasets=listed)


def papers_of_a_day(recorded: Recorded) -> Morning:
    """``by-date-backfill``: a listing day as it stood when the file was made, weeks later."""
    told = recorded.json()
    listed = tuple(
        Paper(
            id=row["id"],
            title=row["title"],
            upvotes=row["upvotes"],
            summary=row["summary"],
            authors=tuple(row["authors"]),
            published_at=_time(row["published_at"]),
            listed_at=_time(row["submitted_on_daily_at"]),
            comments=row["num_comments"],
            ai_keywords=tuple(row["ai_keywords"] or ()),
            repository=row["github_repo"] or None,
            project_page=row["project_page"] or None,
            organization=row["institution"] or None,
        )
        for row in told["papers"]
    )
    return Morning(at=parse_time(told["generated_at"]), papers=listed)


def papers_atom(recorded: Recorded) -> Morning:
    """``daily-atom``: twelve papers with upvotes; the abstract is cut and only three authors are named."""
    return Morning(at=atom.updated_at(recorded), papers=tuple(_paper(row) for row in atom.rows(recorded)))


def mixed_paper(row: dict[str, Any]) -> Paper:
    """A paper of ``mixed-feeds``: title, upvotes and the first two hundred characters of its abstract."""
    return Paper(
        id=row["url"].rstrip("/").rpartition("/")[2],
        title=row["title"],
        upvotes=row["likes"],
        summary=row["description"],
        published_at=parse_time(row["published"]) + _OUTER,
    )


def _model(row: dict[str, Any]) -> Model:
    return Model(
        id=row["id"],
        likes=row["likes"],
        downloads=row["downloads"],
        score=row["trendingScore"],
        task=row["pipelineTag"],
        library=row["libraryName"],
        tags=tuple(row["tags"]),
        created_at=_time(row["createdAt"]),
        modified_at=_time(row["lastModified"]),
    )


def _trending(row: dict[str, Any]) -> Model:
    return Model(
        id=row["id"],
        likes=row["likes"],
        downloads=row["downloads"],
        score=None,
        task=row.get("pipeline_tag"),
        gated=row["gated"],
        modified_at=_time(row["lastModified"]),
        parameters=row.get("numParameters"),
    )


def _paper(row: atom.Row) -> Paper:
    return Paper(
        id=row.url.rstrip("/").rpartition("/")[2],
        title=row.title,
        upvotes=row.needed("Upvotes"),
        summary=row.lines[0],
        authors=tuple((row.labelled("Authors") or "").split(", ")),
        published_at=row.updated_at,
        repository=row.links.get("GitHub"),
        repository_stars=row.figure("GitHub Stars"),
        project_page=row.links.get("Project Page"),
    )


def _time(text: str | None) -> datetime | None:
    return parse_time(text) if text else None


def _observed(recorded: Recorded) -> datetime:
    if recorded.observed_at is None:
        raise ValueError(f"{recorded.path.name} does not say when it was observed")
    return recorded.observed_at
