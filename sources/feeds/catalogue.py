"""The list of feeds: read from TOML, checked, every problem told."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Any

from domain.text import plain_line
from sources.errors import FeedsFileWrong
from sources.words import web_address

LONGEST_NAME = 60
MOST_FEEDS = 200
_KEYS = {"name", "url", "kind"}


class FeedKind(StrEnum):
    """Who speaks in a feed."""

    LAB = "lab"
    PRESS = "press"
    BLOG = "blog"


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed: ``name`` is printed as the publisher and names its list."""

    name: str
    url: str
    kind: FeedKind

    @property
    def slug(self) -> str:
        """The name as it stands in the ids of its entries: ``MIT News: AI`` is ``mit-news-ai``."""
        return re.sub(r"[\W_]+", "-", self.name.casefold()).strip("-")


def bundled_feeds() -> tuple[Feed, ...]:
    """The feeds that come with the paper."""
    return parse_feeds((files(__package__) / "feeds.toml").read_text(encoding="utf-8"), "the bundled feeds.toml")


def feeds_from(path: Path) -> tuple[Feed, ...]:
    """The feeds of a file. Raises FeedsFileWrong, which tells every problem."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise FeedsFileWrong(f"FEEDS_FILE: there is no file {path}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise FeedsFileWrong(f"FEEDS_FILE: {path} can't be read ({type(error).__name__})") from None
    return parse_feeds(text, f"FEEDS_FILE {path}")


def parse_feeds(text: str, origin: str) -> tuple[Feed, ...]:
    """Read ``[[feed]]`` tables with ``name``, ``url`` and ``kind``; ``origin`` says in errors where they stand.

    Raises FeedsFileWrong.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FeedsFileWrong(f"{origin} is not TOML: {error}") from None
    entries = table.get("feed")
    if not isinstance(entries, list) or not entries or len(table) > 1:
        raise FeedsFileWrong(f"{origin}: it must hold [[feed]] tables and nothing else, each with name, url and kind")
    if len(entries) > MOST_FEEDS:
        raise FeedsFileWrong(f"{origin}: {len(entries)} feeds; at most {MOST_FEEDS} are read")
    problems = [f"feed {number}: {problem}" for number, entry in enumerate(entries, 1) for problem in _problems(entry)]
    if problems:
        raise FeedsFileWrong(f"{origin}: {'; '.join(problems)}")
    feeds = tuple(Feed(entry["name"].strip(), entry["url"].strip(), FeedKind(entry["kind"])) for entry in entries)
    _refuse_doubles(feeds, origin)
    return feeds


def _problems(entry: object) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield "it is no table"
        return
    unknown = sorted(set(entry) - _KEYS)
    if unknown:
        yield f"unknown {', '.join(unknown)}; it has name, url and kind"
    yield from _name_problems(entry.get("name"))
    if not isinstance(entry.get("url"), str) or web_address(entry["url"]) is None:
        yield "url must be an http or https address"
    if entry.get("kind") not in list(FeedKind):
        yield f"kind must be one of {', '.join(FeedKind)}"


def _name_problems(name: Any) -> Iterator[str]:
    if not isinstance(name, str) or not re.search(r"[^\W_]", name):
        yield "name is missing"
    elif plain_line(name) != name.strip() or len(name) > LONGEST_NAME:
        yield f"name must be one plain line of at most {LONGEST_NAME} characters"


def _refuse_doubles(feeds: Sequence[Feed], origin: str) -> None:
    for what, values in (("name", [feed.slug for feed in feeds]), ("url", [feed.url for feed in feeds])):
        doubled = [value for value, count in Counter(values).items() if count > 1]
        if doubled:
            raise FeedsFileWrong(f"{origin}: two feeds with the same {what}: {', '.join(doubled)}")
