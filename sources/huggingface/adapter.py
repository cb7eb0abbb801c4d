"""Hugging Face's words into ours: items, and the figures of a sighting."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from domain.items import Item, ItemKey, Kind, Source
from domain.readings import Metric, Sighting
from sources import words
from sources.errors import Unreadable
from sources.harvesting import Basket, Catch, metrics
from sources.huggingface.wire import DailyPaperWire, PaperWire, RepositoryWire
from sources.wire import read_entry, read_json

SITE = "Hugging Face"
_PUBLIC = "https://huggingface.co"
#: Where the page of each kind stands.
_PATHS = {Kind.MODEL: "", Kind.DATASET: "datasets/", Kind.SPACE: "spaces/", Kind.PAPER: "papers/"}

#: ``owner/name``; the oldest models and datasets have no owner. At most 96 characters each (huggingface_hub).
_NAME = r"[A-Za-z0-9_](?:[\w.-]{0,94}[A-Za-z0-9_])?"
_ID = re.compile(rf"(?!.*(?:--|\.\.))(?:{_NAME}/)?{_NAME}", re.ASCII)
#: Name spaces of ours: a tag that its owner typed may not pretend to be the site's word.
_OURS = ("task:", "library:", "sdk:", "gated:", "github:", "author:", "keyword:")
_ARXIV_ID = re.compile(r"[0-9]{4}\.[0-9]{4,5}")
_GITHUB = re.compile(r"https?://(?:www\.)?github\.com/([A-Za-z0-9-]{1,39}/[\w.-]{1,100}?)(?:\.git)?/?", re.ASCII)


def repositories(kind: Kind) -> Callable[[bytes, datetime], Catch]:
    """The parser of a list of models, datasets or Spaces, best first."""

    def parse(body: bytes, at: datetime) -> Catch:
        basket = Basket(ranked=True)
        for raw in _entries(body):
            wire, wrong = read_entry(RepositoryWire, raw)
            if wire is None or not _ID.fullmatch(wire.id):
                basket.drop("id")
            else:
                basket.add(Sighting(_repository(wire, kind, at), basket.place, _repository_metrics(wire)), wrong)
        return basket.catch()

    return parse


def daily_papers(body: bytes, at: datetime) -> Catch:
    """The parser of the daily papers. Their order is that of publication, so none has a rank."""
    basket = Basket()
    for raw in _entries(body):
        outer, wrong_outside = read_entry(DailyPaperWire, raw)
        wire, wrong = read_entry(PaperWire, outer.paper) if outer is not None else (None, ())
        if outer is None or wire is None or not _ARXIV_ID.fullmatch(wire.id) or not words.title(wire.title):
            basket.drop("id and title")
            continue
        figures = metrics(upvotes=wire.upvotes, comments=outer.comments, github_stars=wire.repository_stars)
        basket.add(Sighting(_paper(wire, at), metrics=figures), (*wrong_outside, *wrong))
    return basket.catch()


def _entries(body: bytes) -> list[object]:
    value = read_json(body, SITE)
    if not isinstance(value, list):
        raise Unreadable(f"{SITE} sent JSON that is no list; its API may have changed")
    return value


def _repository(wire: RepositoryWire, kind: Kind, at: datetime) -> Item:
    return Item(
        key=ItemKey(Source.HUGGINGFACE, kind, wire.id),
        url=f"{_PUBLIC}/{_PATHS[kind]}{wire.id}",
        title=wire.id,
        seen_at=at,
        publisher=wire.id.rpartition("/")[0],
        summary=words.summary(wire.description or (wire.card.short_description if wire.card else None)),
        tags=words.tags(
            words.spaced("task", wire.pipeline_tag),
            words.spaced("library", wire.library_name),
            words.spaced("sdk", wire.sdk),
            words.spaced("gated", wire.gated),
            (tag for tag in wire.tags or () if not tag.startswith(_OURS)),
        ),
        created_at=wire.created_at,
    )


def _repository_metrics(wire: RepositoryWire) -> dict[Metric, int]:
    counted = wire.safetensors or wire.gguf
    return metrics(
        likes=wire.likes,
        downloads=wire.downloads,
        score=wire.trending_score,
        parameters=counted.total if counted else None,
    )


def _paper(wire: PaperWire, at: datetime) -> Item:
    shown = [author.name for author in wire.authors or () if author.name and not author.hidden]
    repository = _GITHUB.fullmatch(wire.repository or "")
    organization = wire.organization
    return Item(
        key=ItemKey(Source.HUGGINGFACE, Kind.PAPER, wire.id),
        url=f"{_PUBLIC}/{_PATHS[Kind.PAPER]}{wire.id}",
        title=words.title(wire.title),
        seen_at=at,
        publisher=words.name(organization.fullname or organization.name) if organization else "",
        summary=words.summary(wire.summary),
        tags=words.tags(
            [f"arxiv:{wire.id}"],
            words.spaced("github", repository[1] if repository else None),
            words.spaced("author", *shown[: words.AUTHORS_LIMIT]),
            words.spaced("keyword", *(wire.keywords or ())),
        ),
        created_at=wire.published_at,
    )
