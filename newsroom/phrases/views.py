"""The shelf of views: short pieces of opinion, written by hand, each under an analysis of a kind that it fits."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class View:
    """One piece of opinion: a title, its sentences, and the kinds of insight that it stands beside.

    The first kind must be there today; the others may join it. A kind may be narrowed: ``gain@github`` to a source,
    ``new_count_few`` to a variant.
    """

    name: str
    title: str
    kinds: tuple[str, ...]
    text: tuple[str, ...]


def parse_views(text: str) -> tuple[View, ...]:
    """The views of a file, in its order."""
    return tuple(
        View(entry["name"], entry["title"], tuple(entry["kinds"]), tuple(entry["text"]))
        for entry in tomllib.loads(text)["view"]
    )


@cache
def standard_views() -> tuple[View, ...]:
    """The paper's own shelf."""
    return parse_views((resources.files("newsroom.phrases") / "views.toml").read_text(encoding="utf-8"))
